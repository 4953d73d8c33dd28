#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "brute_force.hpp"
#include "time/network.hpp"
#include "time/search.hpp"

namespace antinomy::time {
namespace {

using brute::Case;
using brute::Dating;
using brute::Random;

bool meets_all(const Case& c, const Dating& at) {
    return std::all_of(c.constraints.begin(), c.constraints.end(),
                       [&](const auto& constraint) { return constraint.holds(at); });
}

// How the answers fell: a comparison in which all networks contradict themselves shows nothing.
struct Tally {
    int networks = 0;
    int standing = 0;
    int yes = 0;
    int no = 0;  // of standing networks
    int inexact = 0;
    void expect_both() const {
        EXPECT_GT(standing * 4, networks);
        EXPECT_GT(yes * 4, no);
        EXPECT_GT(no * 4, yes);
        EXPECT_LT(inexact * 100, networks);
    }
};

// Everything that can be asked of one network, against the list of its datings.
void compare(Tally& tally, Random& random, const brute::Shape& shape, int questions) {
    Case c = brute::random_case(random, shape);
    std::vector<Dating> datings;
    brute::each_dating(c, c.range, [&](const Dating& at) {
        if (meets_all(c, at)) datings.push_back(at);
    });
    ++tally.networks;
    if (!datings.empty()) ++tally.standing;
    Solver solver(c.network);
    std::vector<PointId> all = c.points;
    all.push_back(kOrigin);
    for (int q = 0; q < questions; ++q) {
        Formula f =
            q == 0 ? Formula::truth(true)
                   : brute::random_formula(random, all, static_cast<int>(random.in(0, 3)), c.range);
        std::vector<const Dating*> left;
        for (const auto& at : datings)
            if (brute::meets(f, at)) left.push_back(&at);

        Fit fit = solver.fits(f);
        ASSERT_EQ(fit, left.empty() ? Fit::no : Fit::yes);
        if (!datings.empty()) ++(fit == Fit::yes ? tally.yes : tally.no);
        if (fit == Fit::yes) {
            Dating witness;
            for (Day d : solver.witness()) witness.push_back(d.value);
            ASSERT_EQ(witness.size(), all.size());
            ASSERT_EQ(witness[0], 0);
            ASSERT_TRUE(meets_all(c, witness));
            ASSERT_TRUE(brute::meets(f, witness));
        }

        PointId a = all[static_cast<std::size_t>(random.in(0, shape.points))];
        PointId b = all[static_cast<std::size_t>(random.in(0, shape.points))];
        bool exact = false;
        DistanceBounds got = solver.bounds(a, b, f, &exact);
        ASSERT_TRUE(exact);
        if (left.empty()) {
            ASSERT_GT(got.least, got.most);
        } else {
            DistanceBounds expected{INT64_MAX, INT64_MIN};
            for (const auto* at : left) {
                std::int64_t distance = (*at)[b.value] - (*at)[a.value];
                expected.least = std::min(expected.least, distance);
                expected.most = std::max(expected.most, distance);
            }
            ASSERT_EQ(got.least, expected.least);
            ASSERT_EQ(got.most, expected.most);
        }

        DaySet days;
        for (const auto* at : left) days.add({Day{(*at)[b.value]}, Day{(*at)[b.value]}});
        exact = false;
        const DaySet told = solver.days(b, f, &exact);
        if (!exact) {
            // Many single days, each of which takes its tests: it may give up, and says so.
            ++tally.inexact;
            ASSERT_EQ(to_string(days.minus(told)), to_string(DaySet()));
            continue;
        }
        ASSERT_EQ(to_string(told), to_string(days));
    }
}

TEST(Solver, AgreesWithEveryDatingOfThreePoints) {
    Tally tally;
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        compare(tally, random, {3, random.in(6, 16), random.in(2, 7)}, 6);
        if (HasFatalFailure()) return;
    }
    tally.expect_both();
}

TEST(Solver, AgreesWithEveryDatingOfTwoPointsOverMonths) {
    Tally tally;
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        compare(tally, random, {2, random.in(40, 110), random.in(2, 5)}, 6);
        if (HasFatalFailure()) return;
    }
    tally.expect_both();
}

TEST(Solver, AgreesWithEveryDatingOfFourToSixPoints) {
    Tally tally;
    for (std::uint64_t seed = 1; seed <= 600; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        std::int64_t points = random.in(4, 6);
        std::int64_t days = points == 4 ? 11 : points == 5 ? 7 : 5;
        compare(tally, random, {points, days, random.in(4, 10)}, 4);
        if (HasFatalFailure()) return;
    }
    tally.expect_both();
}

// Large networks meet their links at once, not one by one: here small ones do too.
class AtOnce {
public:
    AtOnce() { Graph::many = 0; }
    ~AtOnce() { Graph::many = usual_; }
    AtOnce(const AtOnce&) = delete;
    AtOnce& operator=(const AtOnce&) = delete;

private:
    std::size_t usual_ = Graph::many;
};

TEST(Solver, AgreesWithEveryDatingWhereLinksAreMetAtOnce) {
    const AtOnce at_once;
    Tally tally;
    for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        const std::int64_t points = random.in(2, 5);
        compare(tally, random, {points, points < 4 ? 12 : 6, random.in(3, 9)}, 4);
        if (HasFatalFailure()) return;
    }
    tally.expect_both();
}

// Links in any order, with and without a circle that cannot be: what the one way finds, so does the
// other, and each circle adds up to less than nothing.
TEST(Graph, AtOnceAndOneByOneAgree) {
    int standing = 0;
    int fallen = 0;
    for (std::uint64_t seed = 1; seed <= 20000; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        const auto points = random.in(2, 12);
        auto links = std::make_shared<Graph::Links>();
        for (auto n = random.in(1, 3 * points); n > 0; --n)
            links->push_back({{PointId{static_cast<std::uint32_t>(random.in(0, points - 1))},
                               PointId{static_cast<std::uint32_t>(random.in(0, points - 1))},
                               random.in(-3, random.one_in(3) ? 0 : 9)},
                              StatementId{0}});
        std::vector<std::int64_t> start;
        for (auto p = points; p > 0; --p) start.push_back(random.in(-9, 9));
        const auto settle = [&](bool at_once) {
            std::optional<AtOnce> way;
            if (at_once) way.emplace();
            Graph graph(static_cast<std::size_t>(points), links);
            for (std::uint32_t p = 1; p < points; ++p) graph.place(PointId{p}, Day{start[p]});
            const bool stands = graph.settle();
            if (stands) {
                EXPECT_EQ(graph.day(kOrigin), Day{0});
                for (const auto& link : *links)
                    EXPECT_LE(
                        graph.day(link.difference.to).value - graph.day(link.difference.from).value,
                        link.difference.most);
            } else {
                std::int64_t sum = 0;
                std::multiset<std::uint32_t> from;
                std::multiset<std::uint32_t> to;
                for (const auto e : graph.cycle()) {
                    sum += graph.edge(e).most;
                    from.insert(graph.edge(e).from);
                    to.insert(graph.edge(e).to);
                }
                EXPECT_LT(sum, 0);
                EXPECT_EQ(from, to);
            }
            return stands;
        };
        const bool stands = settle(false);
        ++(stands ? standing : fallen);
        ASSERT_EQ(settle(true), stands);
        if (HasFailure()) return;
    }
    EXPECT_GT(standing, 2000);
    EXPECT_GT(fallen, 2000);
}

// Without a range distances may be unbounded: here one that exceeds all distances in the network
// added up is.
TEST(Solver, AgreesOnWhatIsUnbounded) {
    for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        Case c;
        PointId a = c.network.add_point("a");
        PointId b = c.network.add_point("b");
        c.points = {a, b};
        const PointId all[] = {kOrigin, a, b};
        auto point = [&] { return all[random.in(0, 2)]; };
        auto difference = [&] { return Difference{point(), point(), random.in(-4, 4)}; };
        for (std::int64_t n = random.in(0, 3); n > 0; --n) {
            StatementId s = c.network.add_statement({"s"});
            if (random.one_in(2)) {
                Difference d = difference();
                c.network.add(s, d);
                c.constraints.push_back(
                    {{s}, [d](const Dating& at) { return brute::meets(d, at); }});
            } else {
                PointId p = random.one_in(2) ? a : b;
                DaySet days;
                for (int i = 0; i < 3; ++i) {
                    Day first{random.in(-4, 4)};
                    days.add({random.one_in(4) ? kEver : first,
                              random.one_in(4) ? kForever : plus(first, random.in(0, 1))});
                }
                c.network.add_days(s, p, days);
                c.constraints.push_back(
                    {{s}, [p, days](const Dating& at) { return days.contains(Day{at[p.value]}); }});
            }
        }
        Formula f = Formula::any_of(
            {Formula::of(difference()),
             Formula::all_of({Formula::of(difference()), Formula::of(difference())})});
        DistanceBounds expected{INT64_MAX, INT64_MIN};
        DaySet days;
        constexpr std::int64_t kFar = 60;
        brute::each_dating(c, {Day{-kFar}, Day{kFar}}, [&](const Dating& at) {
            if (!meets_all(c, at) || !brute::meets(f, at)) return;
            std::int64_t distance = at[b.value] - at[a.value];
            expected.least = std::min(expected.least, distance);
            expected.most = std::max(expected.most, distance);
            if (std::abs(at[b.value]) < kFar / 2) days.add({Day{at[b.value]}, Day{at[b.value]}});
        });
        Solver solver(c.network);
        bool exact = false;
        DistanceBounds got = solver.bounds(a, b, f, &exact);
        ASSERT_TRUE(exact);
        if (expected.least > expected.most) {
            ASSERT_GT(got.least, got.most);
            continue;
        }
        ASSERT_EQ(got.least, expected.least < -kFar / 2 ? -kNoBound : expected.least);
        ASSERT_EQ(got.most, expected.most > kFar / 2 ? kNoBound : expected.most);
        DaySet near =
            solver.days(b, f, &exact).intersect(DaySet({Day{-kFar / 2 + 1}, Day{kFar / 2 - 1}}));
        ASSERT_EQ(to_string(near), to_string(days));
    }
}

// Left-out statements: the same as if they had never been said.
TEST(Solver, LeavesStatementsOut) {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        Network network;
        PointId a = network.add_point("a");
        PointId b = network.add_point("b");
        const PointId all[] = {kOrigin, a, b};
        StatementId s[4];
        Difference d[4];
        for (int i = 0; i < 4; ++i) {
            s[i] = network.add_statement({std::string(1, static_cast<char>('w' + i))});
            d[i] = {all[random.in(0, 2)], all[random.in(0, 2)], random.in(-3, 3)};
        }
        network.add(s[0], d[0]);
        network.add(s[1], d[1]);
        network.add_one_of({{s[2], {d[2]}}, {s[3], {d[3]}}});
        for (unsigned mask = 0; mask < 16; ++mask) {
            Enabled on;
            for (unsigned i = 0; i < 4; ++i) on.push_back(((mask >> i) & 1) != 0);
            bool expected = false;
            for (std::int64_t x = -12; x <= 12 && !expected; ++x) {
                for (std::int64_t y = -12; y <= 12 && !expected; ++y) {
                    Dating at{0, x, y};
                    bool first = !on[0] || brute::meets(d[0], at);
                    bool second = !on[1] || brute::meets(d[1], at);
                    bool one = (!on[2] && !on[3]) || (on[2] && brute::meets(d[2], at)) ||
                               (on[3] && brute::meets(d[3], at));
                    expected = first && second && one;
                }
            }
            ASSERT_EQ(Solver(network, on).fits(), expected ? Fit::yes : Fit::no);
        }
    }
}

TEST(Solver, SaysWhenTheBudgetIsTooSmall) {
    // Two words for one unbounded anchor that never agree: no year is left, but there are many.
    Network network;
    PointId anchor = network.add_point("anchor");
    PointId point = network.add_point("point");
    StatementId s = network.add_statement({"s"});
    CalendarRelation march;
    march.month = 3;
    CalendarRelation april;
    april.month = 4;
    network.add_calendar(s, point, anchor, march);
    network.add_calendar(s, point, anchor, april);
    EXPECT_EQ(Solver(network).fits(), Fit::undecided);
    network.add_days(s, anchor, DaySet({to_day({1900, 1, 1}), to_day({2020, 1, 1})}));
    EXPECT_EQ(Solver(network).fits(), Fit::no);
}

// On or after a Tuesday a Monday is never that day; no year is given, so no week is the last.
TEST(Solver, WeeksWithoutEndAreDecided) {
    for (const std::int64_t apart : {0, 5, 6, 12, 13}) {
        Network network;
        const PointId day = network.add_point("day");
        const PointId tuesday = network.add_point("tuesday");
        const PointId monday = network.add_point("monday");
        CalendarRelation next;
        next.kind = CalendarRelation::Kind::weekday_near;
        next.or_on = true;
        next.weekday = 2;
        network.add_calendar(network.add_statement({}), tuesday, day, next);
        next.weekday = 1;
        network.add_calendar(network.add_statement({}), monday, tuesday, next);
        const auto distance = network.add_statement({});
        network.add(distance, {day, monday, apart});
        network.add(distance, {monday, day, -apart});
        // 0 to 6 days to the Tuesday, and 6 from there.
        EXPECT_EQ(Solver(network).fits(), apart >= 6 && apart <= 12 ? Fit::yes : Fit::no) << apart;
    }
}

TEST(Solver, NothingOverflows) {
    Network network;
    StatementId s = network.add_statement({"s"});
    std::vector<PointId> chain{kOrigin};
    for (int i = 0; i < 50; ++i) {
        chain.push_back(network.add_point("p"));
        network.add(s, {chain.back(), chain[chain.size() - 2], -(INT64_MAX / 4 - 1)});
        network.add(s, {chain[chain.size() - 2], chain.back(), INT64_MAX / 4 - 1});
    }
    Solver solver(network);
    EXPECT_EQ(solver.fits(), Fit::yes);
    EXPECT_EQ(solver.fits(Formula::of({kOrigin, chain.back(), 0})), Fit::no);
    EXPECT_EQ(solver.fits(Formula::of({kOrigin, chain.back(), INT64_MIN})), Fit::no);
    EXPECT_EQ(solver.fits(Formula::of({kOrigin, chain.back(), INT64_MAX})), Fit::yes);
    EXPECT_EQ(solver.fits(Formula::of({kOrigin, chain.back(), INT64_MAX}).negated()), Fit::no);
    CalendarRelation r;
    r.kind = CalendarRelation::Kind::months_after;
    r.count = INT64_MAX;
    network.add_calendar(s, network.add_point("q"), chain[1], r);
    r.count = INT64_MIN;
    r.kind = CalendarRelation::Kind::unit_of;
    network.add_calendar(s, network.add_point("q"), chain[1], r);
    Solver again(network);
    EXPECT_NE(again.fits(), Fit::no);
}

TEST(Solver, WitnessesStayNearTheOthers) {
    Network network;
    StatementId s = network.add_statement({"s"});
    PointId a = network.add_point("a");
    PointId b = network.add_point("b");
    PointId c = network.add_point("c");
    PointId d = network.add_point("d");
    network.add_days(s, a, DaySet({to_day({2014, 11, 1}), to_day({2014, 11, 30})}));
    network.add(s, {a, b, -10});  // b at least 10 days before a
    network.add(s, {d, c, -1});   // c before d, and nothing else is known
    Solver solver(network);
    ASSERT_EQ(solver.fits(), Fit::yes);
    for (PointId p : {a, b, c, d}) EXPECT_EQ(to_civil(solver.witness()[p.value]).year, 2014);
    ASSERT_EQ(solver.fits(Formula::of({c, a, -40})), Fit::yes);
    for (PointId p : {a, b, c, d}) EXPECT_EQ(to_civil(solver.witness()[p.value]).year, 2014);
}

// Questions leave no trace: asked in any order, the answers and witnesses are the same.
TEST(Solver, AnswersDoNotDependOnEarlierQuestions) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        Random random(seed);
        Case c = brute::random_case(random, {4, 12, 8});
        std::vector<Formula> formulas;
        for (int i = 0; i < 6; ++i)
            formulas.push_back(brute::random_formula(random, c.points, 2, c.range));
        Solver used(c.network);
        for (const auto& f : formulas) {
            Fit fit = used.fits(f);
            Solver fresh(c.network);
            ASSERT_EQ(fresh.fits(f), fit);
            if (fit == Fit::yes) {
                ASSERT_EQ(fresh.witness(), used.witness());
            }
            Solver copy = used;
            ASSERT_EQ(copy.fits(f), fit);
        }
    }
}

}  // namespace
}  // namespace antinomy::time
