#include "time/relations_of_days.hpp"

#include <algorithm>
#include <utility>

#include "time/search.hpp"

namespace antinomy::time {
namespace {

using Kind = CalendarRelation::Kind;
using grammar::Bound;

constexpr std::int64_t kMostYearsOld = 1000;
constexpr std::int64_t kMostDays = kHuge / 8;  // a count beyond is no distance of history

std::int64_t count_of(const CalendarRelation& r) {
    return std::clamp<std::int64_t>(r.count, -kMostDays, kMostDays);
}
Day monday_of(Day d) {
    return plus(d, 1 - iso_weekday(d));
}

// ---------------------------------------------------------------- weekdays

Day near_weekday(const CalendarRelation& r, Day anchor) {
    const int here = iso_weekday(anchor);
    int days = r.backwards ? (here - r.weekday + 7) % 7 : (r.weekday - here + 7) % 7;
    if (days == 0 && !r.or_on) days = 7;
    return plus(anchor, r.backwards ? -days : days);
}

// ---------------------------------------------------------------- working days

std::optional<Day> working_day(const CalendarRelation& r, Day anchor) {
    const auto n = std::max<std::int64_t>(0, count_of(r));
    return r.backwards ? r.calendar->before(anchor, n) : r.calendar->after(anchor, n);
}
bool at_or_later(const CalendarRelation& r) {  // than the day counted to
    return r.bound == Bound::exactly || (r.bound == Bound::at_least) != r.backwards;
}
bool at_or_earlier(const CalendarRelation& r) {
    return r.bound == Bound::exactly || (r.bound == Bound::at_least) == r.backwards;
}

// The anchors around this one from which one counts to the same day; where the calendar does not
// say, those of which it does not.
Window same_count(const CalendarRelation& r, Day anchor) {
    const auto& days = r.calendar->days();
    const auto size = static_cast<std::int64_t>(days.size());
    const Window all = r.calendar->covered();
    const auto n = std::max<std::int64_t>(0, count_of(r));
    if (all.empty()) return Window{};
    const auto day = [&](std::int64_t i) { return days[static_cast<std::size_t>(i)]; };
    if (const auto target = working_day(r, anchor)) {
        const auto i = std::lower_bound(days.begin(), days.end(), *target) - days.begin();
        // From the day that is counted off last, or from the first day that there is.
        const auto first = r.backwards ? (n == 0 ? i : i + n - 1) : (n == 0 ? i - 1 : i - n);
        const bool own = r.backwards == (n == 0);  // does counting from that day itself end here?
        Window w;
        w.first = first < 0 ? all.first : own ? day(first) : plus(day(first), 1);
        const auto last = first + 1;
        w.last = last >= size ? all.last : own ? plus(day(last), -1) : day(last);
        return w;
    }
    // Not known: before the years covered, behind them, and where counting would leave them.
    Window w;
    if (r.backwards) {
        if (anchor > all.last) return {plus(all.last, 1), kForever};
        // Anchors that leave fewer than n working days before them.
        w.last = size == 0 || n > size ? all.last : n == 0 ? plus(day(0), -1) : day(n - 1);
    } else {
        if (anchor < all.first) return {kEver, plus(all.first, -1)};
        w.first = size == 0 || n > size ? all.first
                  : n == 0              ? plus(day(size - 1), 1)
                                        : day(size - n);
    }
    return w;
}

// ---------------------------------------------------------------- ages

// The latest day of birth with so many years completed.
Day latest_birth(Day on, std::int64_t years, LeapBirthday policy) {
    Civil c = to_civil(on);
    c.year -= years;
    c.day = std::min(c.day, days_in_month(c.year, c.month));
    Day birth = to_day(c);
    while (completed_years(plus(birth, 1), on, policy) >= years) birth = plus(birth, 1);
    while (completed_years(birth, on, policy) < years) birth = plus(birth, -1);
    return birth;
}
std::pair<std::int64_t, std::int64_t> ages_of(const CalendarRelation& r) {
    return {std::clamp<std::int64_t>(r.count, 0, kMostYearsOld),
            std::clamp<std::int64_t>(r.most, 0, kMostYearsOld)};
}
// Of `both` ways of counting, all days from the first by 1 March to the last by 28 February. Those
// are the days of either way and no others: by 28 February both ends are the same or one day later
// (a 29th for the 28th), and each way has a year of days or more, so that no day lies between.
Window births(const CalendarRelation& r, Day on) {
    const auto [least, most] = ages_of(r);
    const bool both = r.leap_birthday == LeapBirthday::both;
    const auto early = both ? LeapBirthday::march_1 : r.leap_birthday;
    const auto late = both ? LeapBirthday::february_28 : r.leap_birthday;
    return {plus(latest_birth(on, most + 1, early), 1), latest_birth(on, least, late)};
}

DistanceBounds distance_of_births(const CalendarRelation& r) {
    DistanceBounds out{kNoBound, -kNoBound};
    for (std::int64_t year = 2000; year < 2400; ++year) {
        // All other days stand as far from their birthdays as one of these.
        const Day days[] = {to_day({year, 1, 1}), to_day({year, 2, 28}),
                            to_day({year, 2, days_in_month(year, 2)}), to_day({year, 3, 1})};
        for (const Day on : days) {
            const Window w = births(r, on);
            out.least = std::min(out.least, w.first.value - on.value);
            out.most = std::max(out.most, w.last.value - on.value);
        }
    }
    return out;
}

}  // namespace

bool counts(const CalendarRelation& r, Day anchor) {
    return r.calendar != nullptr && working_day(r, anchor).has_value();
}

bool is_of_days(const CalendarRelation& r) {
    return r.kind == Kind::weekday_near || r.kind == Kind::weekday_of ||
           r.kind == Kind::working_days_after || r.kind == Kind::age;
}

DistanceBounds distance_of_days(const CalendarRelation& r) {
    const auto n = count_of(r);
    if (r.kind == Kind::weekday_near) {
        const std::int64_t near = r.or_on ? 0 : 1;
        return r.backwards ? DistanceBounds{-near - 6, -near} : DistanceBounds{near, near + 6};
    }
    if (r.kind == Kind::weekday_of) return {7 * n + r.weekday - 7, 7 * n + r.weekday - 1};
    if (r.kind == Kind::age) return distance_of_births(r);
    // Working days: so many days at least, and nobody knows how many more, for no calendar covers
    // all years.
    DistanceBounds out;
    if (r.bound == Bound::at_most) return out;
    const auto away = std::max<std::int64_t>(0, n);
    (r.backwards ? out.most : out.least) = r.backwards ? -away : away;
    return out;
}

bool holds_of_days(const CalendarRelation& r, Day point, Day anchor) {
    const auto n = count_of(r);
    switch (r.kind) {
        case Kind::weekday_near:
            return point == near_weekday(r, anchor);
        case Kind::weekday_of:
            return point == plus(monday_of(anchor), 7 * n + r.weekday - 1);
        case Kind::age: {
            const auto [least, most] = ages_of(r);
            const auto of_age = [&, low = least, high = most](LeapBirthday way) {
                const auto years = completed_years(point, anchor, way);
                return years >= low && years <= high;
            };
            if (r.leap_birthday != LeapBirthday::both) return of_age(r.leap_birthday);
            return of_age(LeapBirthday::march_1) || of_age(LeapBirthday::february_28);
        }
        default:
            break;
    }
    if (const auto target = working_day(r, anchor))
        return (!at_or_later(r) || point >= *target) && (!at_or_earlier(r) || point <= *target);
    const auto far = r.backwards ? anchor.value - point.value : point.value - anchor.value;
    return r.bound == Bound::at_most || far >= std::max<std::int64_t>(0, n);
}

std::vector<std::vector<Difference>> cases_of_days(const Network::CalendarChoice& choice,
                                                   Day anchor, Window& unit) {
    const CalendarRelation& r = choice.relation;
    const auto n = count_of(r);
    const auto both = [&](Window anchors, Window points) {
        auto links = window_links(choice.anchor, anchors);
        for (const auto& d : window_links(choice.point, points)) links.push_back(d);
        return links;
    };
    if (r.kind == Kind::weekday_near) {
        const Day target = near_weekday(r, anchor);
        const std::int64_t near = r.or_on ? 0 : 1;
        unit = r.backwards ? Window{plus(target, near), plus(target, near + 6)}
                           : Window{plus(target, -near - 6), plus(target, -near)};
        return {both(unit, {target, target})};
    }
    if (r.kind == Kind::weekday_of) {
        unit = {monday_of(anchor), plus(monday_of(anchor), 6)};
        const Day target = plus(unit.first, 7 * n + r.weekday - 1);
        return {both(unit, {target, target})};
    }
    if (r.kind == Kind::working_days_after) {
        unit = same_count(r, anchor);
        if (const auto target = working_day(r, anchor))
            return {both(
                unit, {at_or_later(r) ? *target : kEver, at_or_earlier(r) ? *target : kForever})};
        auto links = window_links(choice.anchor, unit);
        const auto away = std::max<std::int64_t>(0, n);
        if (r.bound != Bound::at_most)
            links.push_back(r.backwards ? Difference{choice.anchor, choice.point, -away}
                                        : Difference{choice.point, choice.anchor, -away});
        return {links};
    }
    // An age: within a month all birthdays are as far away, but for the end of February.
    const Civil c = to_civil(anchor);
    const int length = days_in_month(c.year, c.month);
    unit = {to_day({c.year, c.month, 1}), to_day({c.year, c.month, length})};
    std::vector<Window> parts;
    const int plain = c.month == 2 ? 27 : length;
    parts.push_back({unit.first, plus(unit.first, plain - 1)});
    for (int day = plain + 1; day <= length; ++day)
        parts.push_back({plus(unit.first, day - 1), plus(unit.first, day - 1)});
    std::vector<std::vector<Difference>> cases;
    for (const Window& part : parts) {
        const Window born = births(r, part.first);
        auto links = window_links(choice.anchor, part);
        links.push_back({choice.anchor, choice.point, born.last.value - part.first.value});
        links.push_back({choice.point, choice.anchor, part.first.value - born.first.value});
        cases.push_back(std::move(links));
    }
    return cases;
}

}  // namespace antinomy::time
