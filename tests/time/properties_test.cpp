// Laws that hold of any days: the calendar there and back over a billion years each way, months,
// ages; and of any network: narrowing takes away no certainty, mirroring mirrors. RapidCheck
// shrinks what breaks one.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "brute_force.hpp"
#include "grammar/edtf.hpp"
#include "time/allen.hpp"
#include "time/calendar.hpp"
#include "time/network.hpp"
#include "time/stated.hpp"

namespace antinomy::time {
namespace {

constexpr std::int64_t kYears = 1'000'000'000;

Civil any_civil(std::int64_t years = kYears) {
    const auto year = *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(-years, years + 1),
                                      rc::gen::inRange<std::int64_t>(-9'999, 10'000),
                                      rc::gen::inRange<std::int64_t>(1890, 2110));
    const auto month = *rc::gen::inRange(1, 13);
    return {year, month, *rc::gen::inRange(1, days_in_month(year, month) + 1)};
}

bool same(const Civil& a, const Civil& b) {
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

RC_GTEST_PROP(CalendarLaws, DaysAndDatesGoThereAndBack, ()) {
    const Civil c = any_civil();
    RC_ASSERT(valid(c));
    const Day d = to_day(c);
    RC_ASSERT(same(to_civil(d), c));
    RC_ASSERT(to_day(to_civil(d)) == d);
    // The next day is the next date, and the next day of the week.
    const Civil next = c.day < days_in_month(c.year, c.month) ? Civil{c.year, c.month, c.day + 1}
                       : c.month < 12                         ? Civil{c.year, c.month + 1, 1}
                                                              : Civil{c.year + 1, 1, 1};
    RC_ASSERT(to_day(next) == plus(d, 1));
    RC_ASSERT(iso_weekday(plus(d, 1)) == iso_weekday(d) % 7 + 1);
}

RC_GTEST_PROP(CalendarLaws, FourHundredYearsAreOneCycle, ()) {
    const Civil c = any_civil(kYears - 400);
    const Civil later{c.year + 400, c.month, c.day};
    RC_ASSERT(to_day(later) == plus(to_day(c), 146'097));
    RC_ASSERT(iso_weekday(to_day(later)) == iso_weekday(to_day(c)));
    RC_ASSERT(days_in_month(later.year, later.month) == days_in_month(c.year, c.month));
}

RC_GTEST_PROP(CalendarLaws, AsWrittenAndReadAgain, ()) {
    const Day d = to_day(any_civil(9999));
    const std::string written = to_string(d);
    RC_TAG(written.front());
    const auto parsed = grammar::parse_edtf(written);
    if (const auto* e = std::get_if<grammar::SyntaxError>(&parsed))
        RC_FAIL(written + ": " + e->message);
    const auto* edtf = std::get_if<grammar::Edtf>(&parsed);
    const auto* date = std::get_if<grammar::EdtfDate>(edtf);
    RC_ASSERT((date != nullptr) == true);
    const auto day = day_of(*date, {});
    const auto* stated = std::get_if<StatedDay>(&day);
    RC_ASSERT((stated != nullptr) == true);
    RC_ASSERT(to_string(stated->days) == to_string(Window{d, d}));
    RC_ASSERT((stated->days == DaySet(Window{d, d})));
}

RC_GTEST_PROP(CalendarLaws, Months, ()) {
    const Civil c = any_civil(kYears / 2);
    const Day d = to_day(c);
    const auto n = *rc::gen::inRange<std::int64_t>(-100'000, 100'001);
    const Day clamped = add_months(d, n, MonthEnd::clamp);
    const Day over = add_months(d, n, MonthEnd::overflow);
    RC_ASSERT(add_months(d, 0, MonthEnd::clamp) == d);
    RC_ASSERT(add_months(d, 0, MonthEnd::overflow) == d);
    // The month is right; the day too, if the month has it.
    const Civil there = to_civil(clamped);
    RC_ASSERT(there.year * 12 + there.month == c.year * 12 + c.month + n);
    RC_ASSERT(there.day == std::min(c.day, days_in_month(there.year, there.month)));
    RC_ASSERT(clamped <= over);
    RC_ASSERT(over.value - clamped.value == c.day - there.day);
    // There and back: the same, save what was cut off.
    const Day back = add_months(clamped, -n, MonthEnd::clamp);
    RC_ASSERT(back <= d);
    if (c.day <= 28) RC_ASSERT(back == d && clamped == over);
    // A later day gets no earlier day, and twelve months are a year.
    RC_ASSERT(add_months(plus(d, 1), n, MonthEnd::clamp) >= clamped);
    RC_ASSERT(add_months(plus(d, 1), n, MonthEnd::overflow) > over ||
              to_civil(plus(d, 1)).day == 1);
    if (c.day <= 28)
        RC_ASSERT(add_months(d, 12, MonthEnd::clamp) == to_day({c.year + 1, c.month, c.day}));
    // From the first of a month, months add up.
    const Day first = to_day({c.year, c.month, 1});
    const auto m = *rc::gen::inRange<std::int64_t>(-100'000, 100'001);
    RC_ASSERT(add_months(add_months(first, n, MonthEnd::clamp), m, MonthEnd::clamp) ==
              add_months(first, n + m, MonthEnd::clamp));
}

RC_GTEST_PROP(CalendarLaws, Ages, ()) {
    const Day birth = to_day(any_civil(100'000));
    const auto lived = *rc::gen::inRange<std::int64_t>(0, 60'000);
    const Day on = plus(birth, lived);
    for (const auto leap : {LeapBirthday::march_1, LeapBirthday::february_28}) {
        const auto years = completed_years(birth, on, leap);
        RC_ASSERT(years >= 0);
        // One more at most with each day, and one more exactly on a birthday.
        const auto next = completed_years(birth, plus(on, 1), leap);
        RC_ASSERT(next == years || next == years + 1);
        RC_ASSERT(365 * years <= lived);
        RC_ASSERT(lived < 366 * (years + 1) + 1);
    }
    RC_ASSERT(completed_years(birth, on, LeapBirthday::february_28) >=
              completed_years(birth, on, LeapBirthday::march_1));
}

// ---------------------------------------------------------------- networks

// Statements about three to five points within a few days, and formulas over them.
struct Drawn {
    std::vector<Difference> links;
    std::vector<Formula> formulas;
    std::uint32_t points = 0;
};

Difference any_difference(std::uint32_t points) {
    const auto point = [&] { return PointId{*rc::gen::inRange<std::uint32_t>(0, points + 1)}; };
    return {point(), point(), *rc::gen::inRange<std::int64_t>(-6, 20)};
}

Drawn drawn() {
    Drawn d;
    d.points = *rc::gen::inRange<std::uint32_t>(3, 6);
    for (std::uint32_t p = 1; p <= d.points; ++p) {
        const auto first = *rc::gen::inRange<std::int64_t>(0, 15);
        d.links.push_back({kOrigin, PointId{p}, first + *rc::gen::inRange<std::int64_t>(0, 15)});
        d.links.push_back({PointId{p}, kOrigin, -first});
    }
    for (auto n = *rc::gen::inRange(0, 4); n > 0; --n) d.links.push_back(any_difference(d.points));
    brute::Random random(*rc::gen::arbitrary<std::uint64_t>());
    std::vector<PointId> all;
    for (std::uint32_t p = 0; p <= d.points; ++p) all.push_back({p});
    for (int i = 0; i < 8; ++i)
        d.formulas.push_back(brute::random_formula(random, all, 2, {{0}, {30}}));
    return d;
}

Network made(const std::vector<Difference>& links, std::uint32_t points) {
    Network n;
    for (std::uint32_t p = 1; p <= points; ++p) n.add_point("p");
    for (const auto& link : links) n.add(n.add_statement({}), link);
    return n;
}

Difference turn(const Difference& d) {
    return {d.to, d.from, d.most};
}
Formula turn(const Formula& f) {
    Formula out = f;
    out.leaf = turn(f.leaf);
    for (auto& part : out.parts) part = turn(part);
    return out;
}

// What follows goes on following when a window gets narrower, as long as all stands.
RC_GTEST_PROP(NetworkLaws, NarrowingTakesNoCertaintyAway, ()) {
    const Drawn d = drawn();
    auto narrower = d.links;
    for (auto& link : narrower)
        if (*rc::gen::inRange(0, 8) == 0) link.most -= *rc::gen::inRange<std::int64_t>(1, 4);
    const Network wide = made(d.links, d.points);
    const Network narrow = made(narrower, d.points);
    Solver before(wide);
    Solver after(narrow);
    RC_PRE(after.fits() == Fit::yes);
    RC_ASSERT(before.fits() == Fit::yes);
    for (const auto& f : d.formulas)
        if (before.fits(f.negated()) == Fit::no) RC_ASSERT(after.fits(f.negated()) == Fit::no);
    for (std::uint32_t p = 1; p <= d.points; ++p)
        RC_ASSERT(after.days({p}).minus(before.days({p})).empty());
}

RC_GTEST_PROP(NetworkLaws, MirroringMirrors, ()) {
    const Drawn d = drawn();
    std::vector<Difference> turned;
    for (const auto& link : d.links) turned.push_back(turn(link));
    const Network forward = made(d.links, d.points);
    const Network backward = made(turned, d.points);
    Solver one(forward);
    Solver other(backward);
    RC_ASSERT(one.fits() == other.fits());
    for (const auto& f : d.formulas) {
        RC_ASSERT(one.fits(f) == other.fits(turn(f)));
        const auto there = one.bounds({1}, {2}, f);
        const auto here = other.bounds({2}, {1}, turn(f));
        RC_ASSERT(there.least == here.least && there.most == here.most);
    }
    for (std::uint32_t p = 1; p <= d.points; ++p) {
        DaySet turned_back;
        const DaySet days = other.days({p});
        for (const auto& w : days.windows())
            turned_back.add({Day{-w.last.value}, Day{-w.first.value}});
        RC_ASSERT(one.days({p}) == turned_back);
    }
}

// a R b of the one is a mirrored(R) b of the other: starts is finishes, meets is met-by.
RC_GTEST_PROP(NetworkLaws, MirroringMirrorsAllensRelations, ()) {
    Drawn d = drawn();
    d.points = 4;
    d.links.erase(
        std::remove_if(d.links.begin(), d.links.end(),
                       [](const Difference& l) { return l.from.value > 4 || l.to.value > 4; }),
        d.links.end());
    d.links.push_back({{2}, {1}, 0});
    if (d.links.size() > 3) d.links.push_back({{4}, {3}, 0});
    std::vector<Difference> turned;
    for (const auto& link : d.links) turned.push_back(turn(link));
    const Network forward = made(d.links, d.points);
    const Network backward = made(turned, d.points);
    Solver one(forward);
    Solver other(backward);
    const AllenSet set(*rc::gen::inRange<unsigned>(0, 1U << kAllenCount));
    const Period a{{{1}}, {{2}}};
    const Period b{{{3}}, {{4}}};
    const Period a_turned{a.last, a.first};
    const Period b_turned{b.last, b.first};
    const auto f = allen_formula(set, a, b);
    const auto g = allen_formula(mirrored(set), a_turned, b_turned);
    RC_ASSERT(one.fits(f) == other.fits(g));
    RC_ASSERT(one.fits(f.negated()) == other.fits(g.negated()));
    // And the other way round.
    RC_ASSERT(one.fits(allen_formula(converse(set), b, a)) == one.fits(f));
}

}  // namespace
}  // namespace antinomy::time
