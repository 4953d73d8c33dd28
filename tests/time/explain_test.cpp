#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <set>

#include "brute_force.hpp"
#include "time/network.hpp"

namespace antinomy::time {
namespace {

using brute::Case;
using brute::Dating;
using brute::Random;
using Mask = std::uint32_t;

// Which sets of statements stand with an assumption, from every dating: bit i is statement i.
class Sets {
public:
    Sets(const Case& c, const Formula& assumption) : case_(c) {
        std::set<std::vector<bool>> seen;
        brute::each_dating(c, c.range, [&](const Dating& at) {
            if (!brute::meets(assumption, at)) return;
            std::vector<bool> broken;
            for (const auto& constraint : c.constraints) broken.push_back(!constraint.holds(at));
            seen.insert(broken);
        });
        broken_.assign(seen.begin(), seen.end());
    }
    // A constraint counts if all its statements are there. The range is always there.
    bool stand(Mask on) const {
        std::vector<bool> counts;
        for (const auto& constraint : case_.constraints)
            counts.push_back(std::all_of(constraint.of.begin(), constraint.of.end(),
                                         [&](StatementId s) { return (on >> s.value) & 1; }));
        return std::any_of(broken_.begin(), broken_.end(), [&](const auto& broken) {
            for (std::size_t i = 0; i < counts.size(); ++i)
                if (counts[i] && broken[i]) return false;
            return true;
        });
    }

private:
    const Case& case_;
    std::vector<std::vector<bool>> broken_;
};

Mask all_of(const Network& n) {
    return (Mask{1} << n.statement_count()) - 1;
}
Mask mask_of(const std::vector<StatementId>& ids) {
    Mask m = 0;
    for (StatementId s : ids) m |= Mask{1} << s.value;
    return m;
}
Mask mask_of(const Enabled& on) {
    Mask m = 0;
    for (std::size_t i = 0; i < on.size(); ++i)
        if (on[i]) m |= Mask{1} << i;
    return m;
}
std::vector<std::uint32_t> ids(Mask m) {
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < 32; ++i)
        if ((m >> i) & 1) out.push_back(i);
    return out;
}

// Do the steps alone contradict the assumption?
bool steps_suffice(const Network& n, const std::vector<Step>& steps, const Formula& assumption) {
    Network only;
    for (std::size_t p = 1; p < n.point_count(); ++p) only.add_point("p");
    StatementId s = only.add_statement({"s"});
    for (const Step& step : steps) only.add(s, {step.to, step.from, -step.least});
    return Solver(only).fits(assumption) == Fit::no;
}

bool plain(const Formula& f) {
    if (f.kind == Formula::Kind::any) return false;
    return std::all_of(f.parts.begin(), f.parts.end(), plain);
}

TEST(SmallestCore, AgreesWithEverySetOfStatements) {
    int cores = 0;
    int with_cases = 0;
    int without_steps = 0;
    std::set<std::size_t> sizes;
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        std::int64_t points = random.in(2, 4);
        Case c = brute::random_case(random,
                                    {points, points == 4 ? 6 : random.in(6, 12), random.in(3, 9)});
        if (c.network.statement_count() > 12) continue;
        std::vector<PointId> all = c.points;
        all.push_back(kOrigin);
        Formula f = random.one_in(2) ? Formula::truth(true)
                                     : brute::random_formula(
                                           random, all, static_cast<int>(random.in(0, 2)), c.range);
        Sets sets(c, f);
        const Mask everything = all_of(c.network);
        auto core = smallest_core(c.network, {}, f);
        ASSERT_EQ(core.has_value(), !sets.stand(everything));
        if (!core) continue;
        ++cores;
        EXPECT_TRUE(core->smallest);

        Mask counted = 0;
        for (std::uint32_t s = 0; s < c.network.statement_count(); ++s)
            if (c.network.statement(StatementId{s}).counted) counted |= Mask{1} << s;
        std::vector<std::uint32_t> expected;
        bool found = false;
        for (Mask m = 0; m <= everything; ++m) {
            if ((m & ~counted) != 0 || sets.stand(m | (everything & ~counted))) continue;
            auto these = ids(m);
            if (!found || these.size() < expected.size() ||
                (these.size() == expected.size() && these < expected))
                expected = these;
            found = true;
        }
        Mask got = mask_of(core->statements);
        ASSERT_EQ(ids(got & counted), expected);
        sizes.insert(expected.size());
        ASSERT_FALSE(sets.stand(got | 1));
        for (std::uint32_t s : ids(got))
            if (s != 0 && (got & 1) != 0) {
                ASSERT_TRUE(sets.stand(got & ~(Mask{1} << s)));
            }

        // The steps: each because of statements of the core; together they contradict the
        // assumption.
        ASSERT_TRUE(core->steps.empty() || core->cases.empty());
        // Weeks that were tried up to where a dating may be drawn together make no steps.
        if (core->steps.empty() && core->cases.empty() && got != 0) {
            ++without_steps;
            ASSERT_FALSE(c.network.calendar_choices().empty());
            continue;
        }
        auto check = [&](const std::vector<Step>& steps) {
            for (const Step& step : steps) {
                EXPECT_FALSE(step.because.empty());
                EXPECT_EQ(mask_of(step.because) & ~got, 0U);
            }
            if (plain(f)) {
                EXPECT_TRUE(steps_suffice(c.network, steps, f));
            }
            for (std::size_t i = 1; i < steps.size(); ++i) {
                if (f.kind == Formula::Kind::yes) {
                    EXPECT_EQ(steps[i - 1].to, steps[i].from);
                }
            }
        };
        if (core->cases.empty()) check(core->steps);
        for (const auto& one : core->cases) {
            EXPECT_FALSE(one.assume.empty());
            check(one.steps);
        }
        if (!core->cases.empty()) ++with_cases;
        // Each step follows from its statements.
        if (core->cases.empty()) {
            for (const Step& step : core->steps) {
                Case part;
                part.points = c.points;
                Mask because = mask_of(step.because);
                brute::each_dating(c, c.range, [&](const Dating& at) {
                    for (const auto& constraint : c.constraints)
                        if ((mask_of(constraint.of) & ~because) == 0 && !constraint.holds(at))
                            return;
                    EXPECT_GE(at[step.to.value] - at[step.from.value], step.least);
                });
            }
        }
        if (HasFailure()) return;
    }
    EXPECT_GT(cores, 700);
    EXPECT_LT(without_steps, 20);
    EXPECT_GT(with_cases, 100);
    EXPECT_GE(sizes.size(), 5U);
}

TEST(FindConflicts, AgreesWithEverySetOfStatements) {
    int conflicting = 0;
    int doubted = 0;
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        std::int64_t points = random.in(2, 3);
        Case c = brute::random_case(random, {points, random.in(6, 10), random.in(4, 9)});
        if (c.network.statement_count() > 11) continue;
        const Formula nothing;
        Sets sets(c, nothing);
        const Mask everything = all_of(c.network);
        const Mask hard = 1;
        Conflicts got = find_conflicts(c.network, {}, 1000, 1000);
        if (sets.stand(everything)) {
            EXPECT_TRUE(got.minimal.empty());
            ASSERT_EQ(got.kept.size(), 1U);
            EXPECT_EQ(mask_of(got.kept[0]), everything);
            continue;
        }
        ++conflicting;
        std::vector<bool> stands;
        for (Mask m = 0; m <= everything; ++m) stands.push_back(sets.stand(m | hard));
        auto doubtful = [&](std::uint32_t s) {
            return c.network.statement(StatementId{s}).doubtful;
        };
        Mask undoubted = 0;
        for (std::uint32_t s = 0; s < c.network.statement_count(); ++s)
            if (!doubtful(s)) undoubted |= Mask{1} << s;
        const bool only_doubt = stands[undoubted];
        if (only_doubt) ++doubted;

        std::set<Mask> minimal;
        std::set<Mask> maximal;
        for (Mask m = 0; m <= everything; ++m) {
            if ((m & hard) == 0) continue;
            bool least = !stands[m];
            bool most = stands[m] && (!only_doubt || (undoubted & ~m) == 0);
            for (std::uint32_t s = 1; s < c.network.statement_count(); ++s) {
                Mask bit = Mask{1} << s;
                if ((m & bit) != 0 && least) least = stands[m & ~bit];
                if ((m & bit) == 0 && most) most = !stands[m | bit];
            }
            if (least) minimal.insert(m & ~hard);
            if (most) maximal.insert(m);
        }
        std::set<Mask> got_minimal;
        for (const auto& conflict : got.minimal) got_minimal.insert(mask_of(conflict) & ~hard);
        ASSERT_EQ(got_minimal, minimal);
        EXPECT_EQ(got.minimal.size(), minimal.size());
        EXPECT_FALSE(got.more);
        EXPECT_FALSE(got.more_kept);
        EXPECT_TRUE(std::is_sorted(
            got.minimal.begin(), got.minimal.end(), [&](const auto& a, const auto& b) {
                auto counted = [&](const auto& set) {
                    return std::count_if(set.begin(), set.end(), [&](StatementId s) {
                        return c.network.statement(s).counted;
                    });
                };
                return counted(a) < counted(b);
            }));

        bool shared = false;  // a one-of of several statements: kept sets hold all or none
        for (const auto& constraint : c.constraints)
            shared = shared ||
                     std::set<StatementId>(constraint.of.begin(), constraint.of.end()).size() > 1;
        std::set<Mask> got_kept;
        for (const auto& on : got.kept) {
            got_kept.insert(mask_of(on));
            ASSERT_EQ(Solver(c.network, on).fits(), Fit::yes);
            EXPECT_EQ(mask_of(on) & hard, hard);
            for (std::uint32_t s = 1; s < c.network.statement_count(); ++s) {
                Enabled more = on;
                if (more[s]) continue;
                more[s] = true;
                EXPECT_NE(Solver(c.network, more).fits(), Fit::yes);
            }
        }
        if (!shared) {
            ASSERT_EQ(got_kept, maximal);
        }

        // The limits.
        Conflicts few = find_conflicts(c.network, {}, 1, 1);
        EXPECT_EQ(few.minimal.size(), std::min<std::size_t>(1, minimal.size()));
        EXPECT_EQ(few.more, minimal.size() > 1);
        EXPECT_LE(few.kept.size(), 1U);
        if (HasFailure()) return;
    }
    EXPECT_GT(conflicting, 700);
    EXPECT_GT(doubted, 100);
}

// A chain `p0 before p1 before ... before p0`: all of it is needed.
TEST(SmallestCore, LongChain) {
    Network network;
    std::vector<PointId> points;
    const std::size_t n = 400;
    for (std::size_t i = 0; i < n; ++i) points.push_back(network.add_point("p"));
    for (std::size_t i = 0; i < n; ++i) {
        StatementId s = network.add_statement({"order"});
        network.add(s, {points[(i + 1) % n], points[i], -1});
    }
    auto core = smallest_core(network, {});
    ASSERT_TRUE(core);
    EXPECT_EQ(core->statements.size(), n);
    EXPECT_EQ(core->steps.size(), n);
    EXPECT_TRUE(core->smallest);
}

TEST(SmallestCore, TheWordsOfCases) {
    Network network;
    PointId a = network.add_point("release");
    PointId k = network.add_point("killing");
    PointId e = network.add_point("election");
    auto say = [&](const char* label) { return network.add_statement({label}); };
    StatementId released = say("release");
    network.add_days(released, a, DaySet({to_day({2015, 2, 3}), to_day({2015, 2, 3})}));
    StatementId elected = say("election");
    network.add_days(elected, e, DaySet({to_day({2015, 3, 5}), to_day({2015, 3, 5})}));
    StatementId killed = say("killing");
    DaySet fifth;
    for (int y = 0; y <= 9999; ++y) fifth.add({to_day({y, 3, 5}), to_day({y, 3, 5})});
    network.add_days(killed, k, fifth);
    StatementId order = say("order");
    network.add(order, {k, a, -1});
    network.add(order, {e, k, -1});
    auto core = smallest_core(network, {});
    ASSERT_TRUE(core);
    EXPECT_EQ(core->statements, (std::vector<StatementId>{released, elected, killed, order}));
    EXPECT_TRUE(core->steps.empty());
    ASSERT_EQ(core->cases.size(), 2U);
    EXPECT_EQ(core->cases[0].assume, "killing not before 2015-03-05");
    EXPECT_EQ(core->cases[1].assume, "killing not after 2014-03-05");
}

TEST(SmallestCore, WindowsThatMeetAtTheOriginAreOneStep) {
    Network network;
    PointId video = network.add_point("video.published");
    PointId meeting = network.add_point("meeting.start");
    StatementId published = network.add_statement({"published"});
    StatementId held = network.add_statement({"held"});
    network.add_days(published, video, DaySet({to_day({2014, 9, 30}), to_day({2014, 9, 30})}));
    network.add_days(held, meeting, DaySet({to_day({2014, 11, 1}), to_day({2014, 11, 30})}));
    // Not (the video is older than the meeting): video - meeting >= 0.
    auto core = smallest_core(network, {}, Formula::of({video, meeting, 0}));
    ASSERT_TRUE(core);
    ASSERT_EQ(core->steps.size(), 1U);
    EXPECT_EQ(core->steps[0].from, video);
    EXPECT_EQ(core->steps[0].to, meeting);
    EXPECT_EQ(core->steps[0].least, 32);
    EXPECT_EQ(core->steps[0].because, (std::vector<StatementId>{published, held}));
}

}  // namespace
}  // namespace antinomy::time
