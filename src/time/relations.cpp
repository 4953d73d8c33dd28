// Calendar relations between two points, as plain distances where they are plain. Those of months
// and weeks are here, those of single days (weekdays, working days, ages) in relations_of_days.cpp.

#include <algorithm>
#include <limits>
#include <utility>

#include "time/relations_of_days.hpp"
#include "time/search.hpp"

namespace antinomy::time {
namespace {

using Kind = CalendarRelation::Kind;
using grammar::Bound;
using grammar::Unit;

constexpr std::int64_t kCycleMonths = 4800;
constexpr std::int64_t kCycleDays = 146097;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    std::int64_t q = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}

// Counts in files are bounded by nothing: beyond these a distance is no distance of history.
std::int64_t count_of(const CalendarRelation& r) {
    std::int64_t limit = r.kind == Kind::unit_of && (r.unit == Unit::day || r.unit == Unit::week)
                             ? kHuge / 8
                             : 24'000'000'000;
    if (r.kind == Kind::unit_of && r.unit == Unit::year) limit /= 12;
    return std::clamp(r.count, -limit, limit);
}

// Months since January of year 0.
std::int64_t month_index(Day d) {
    Civil c = to_civil(d);
    return c.year * 12 + c.month - 1;
}
Day month_start(std::int64_t index) {
    std::int64_t year = floor_div(index, 12);
    return to_day({year, static_cast<int>(index - year * 12) + 1, 1});
}
std::int64_t month_length(std::int64_t index) {
    return month_start(index + 1).value - month_start(index).value;
}
Window month_window(std::int64_t index) {
    return {month_start(index), plus(month_start(index + 1), -1)};
}
Window year_window(std::int64_t year) {
    return {to_day({year, 1, 1}), to_day({year, 12, 31})};
}
Window week_window(Day d) {
    Day monday = plus(d, 1 - iso_weekday(d));
    return {monday, plus(monday, 6)};
}

// Days from the cycle's first day to the start of each of its months, and of one more cycle.
const std::vector<std::int64_t>& cycle_months() {
    static const std::vector<std::int64_t> table = [] {
        std::vector<std::int64_t> t;
        t.reserve(2 * kCycleMonths + 1);
        std::int64_t first = 2000 * 12;
        for (std::int64_t i = 0; i <= 2 * kCycleMonths; ++i)
            t.push_back(month_start(first + i).value - month_start(first).value);
        return t;
    }();
    return table;
}

struct Span {
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    std::int64_t most = std::numeric_limits<std::int64_t>::min();
    void take(std::int64_t low, std::int64_t high) {
        least = std::min(least, low);
        most = std::max(most, high);
    }
};

// point - anchor over all anchors, where the relation is exact.
Span span_of(const CalendarRelation& r) {
    Span span;
    std::int64_t n = count_of(r);
    if (r.kind == Kind::month_of) {
        for (std::int64_t year : {2015, 2016}) {
            Window y = year_window(year);
            Window m = month_window(year * 12 + r.month - 1);
            span.take(m.first.value - y.last.value, m.last.value - y.first.value);
        }
        return span;
    }
    if (r.kind == Kind::unit_of && r.unit == Unit::day) {
        span.take(n, n);
        return span;
    }
    if (r.kind == Kind::unit_of && r.unit == Unit::week) {
        span.take(7 * n - 6, 7 * n + 6);
        return span;
    }
    const bool by_year = r.kind == Kind::unit_of && r.unit == Unit::year;
    const std::int64_t months = by_year ? 12 * n : n;
    const std::int64_t unit = by_year ? 12 : 1;
    const auto& start = cycle_months();
    std::int64_t cycles = floor_div(months, kCycleMonths);
    auto rest = static_cast<std::size_t>(months - cycles * kCycleMonths);
    std::int64_t added = cycles * kCycleDays;
    for (std::size_t i = 0; i < static_cast<std::size_t>(kCycleMonths);
         i += static_cast<std::size_t>(unit)) {
        auto width = static_cast<std::size_t>(unit);
        std::size_t j = i + rest;
        // j + width may leave the table by less than a year: one cycle more is the same calendar.
        auto at = [&](std::size_t k) {
            auto size = static_cast<std::size_t>(2 * kCycleMonths);
            return k <= size ? start[k] : start[k - kCycleMonths] + kCycleDays;
        };
        std::int64_t shift = at(j) - at(i) + added;
        std::int64_t here = at(i + width) - at(i);
        std::int64_t there = at(j + width) - at(j);
        if (r.kind == Kind::unit_of) {
            span.take(shift - (here - 1), shift + there - 1);
        } else {
            bool clamps = r.month_end != MonthEnd::overflow;
            span.take(clamps ? shift - std::max<std::int64_t>(0, here - there) : shift, shift);
        }
    }
    return span;
}

// `at least 3 months before`: the point is at that day or earlier.
bool has_lower(const CalendarRelation& r) {
    return r.kind != Kind::months_after || r.bound == Bound::exactly ||
           (r.bound == Bound::at_least) == (r.count >= 0);
}
bool has_upper(const CalendarRelation& r) {
    return r.kind != Kind::months_after || r.bound == Bound::exactly ||
           (r.bound == Bound::at_least) == (r.count < 0);
}

Day shifted(Day anchor, std::int64_t months, bool clamp) {
    std::int64_t target = month_index(anchor) + months;
    std::int64_t day = to_civil(anchor).day;
    if (clamp) day = std::min(day, month_length(target));
    return plus(month_start(target), day - 1);
}

void append(std::vector<Difference>& into, const std::vector<Difference>& more) {
    into.insert(into.end(), more.begin(), more.end());
}

}  // namespace

std::vector<Difference> window_links(PointId p, Window w) {
    std::vector<Difference> out;
    if (w.empty()) return {{kOrigin, kOrigin, -1}};
    if (bounded(w.last)) out.push_back({kOrigin, p, w.last.value});
    if (bounded(w.first)) out.push_back({p, kOrigin, -w.first.value});
    if (w.first == kForever || w.last == kEver) out.push_back({kOrigin, kOrigin, -1});
    return out;
}

bool is_plain(const CalendarRelation& r) {
    return r.kind == Kind::unit_of && r.unit == Unit::day;
}

std::vector<Difference> calendar_hull(PointId point, PointId anchor, const CalendarRelation& r) {
    if (is_of_days(r)) {
        const auto [least, most] = distance_of_days(r);
        std::vector<Difference> out;
        if (most < kNoBound) out.push_back({anchor, point, most});
        if (least > -kNoBound) out.push_back({point, anchor, -least});
        return out;
    }
    Span span = span_of(r);
    std::vector<Difference> out;
    if (has_upper(r)) out.push_back({anchor, point, span.most});
    if (has_lower(r)) out.push_back({point, anchor, -span.least});
    return out;
}

bool holds(const CalendarRelation& r, Day point, Day anchor) {
    if (is_of_days(r)) return holds_of_days(r, point, anchor);
    std::int64_t n = count_of(r);
    switch (r.kind) {
        case Kind::month_of: {
            Civil p = to_civil(point);
            return p.month == r.month && p.year == to_civil(anchor).year;
        }
        case Kind::unit_of:
            switch (r.unit) {
                case Unit::day:
                    return point.value - anchor.value == n;
                case Unit::week:
                    return week_window(point).first.value - week_window(anchor).first.value ==
                           7 * n;
                case Unit::month:
                    return month_index(point) - month_index(anchor) == n;
                case Unit::year:
                    return to_civil(point).year - to_civil(anchor).year == n;
                case Unit::working_day:
                case Unit::hour:
                    break;  // no units of a calendar
            }
            return false;
        default:  // months_after
            break;
    }
    auto meets = [&](bool clamp) {
        Day target = shifted(anchor, n, clamp);
        return (!has_lower(r) || point >= target) && (!has_upper(r) || point <= target);
    };
    return (r.month_end != MonthEnd::overflow && meets(true)) ||
           (r.month_end != MonthEnd::clamp && meets(false));
}

std::vector<std::vector<Difference>> calendar_cases(const Network::CalendarChoice& choice,
                                                    Day anchor, Window& unit) {
    const CalendarRelation& r = choice.relation;
    if (is_of_days(r)) return cases_of_days(choice, anchor, unit);
    std::int64_t n = count_of(r);
    auto one_window = [&](Window points) {
        std::vector<Difference> links = window_links(choice.anchor, unit);
        append(links, window_links(choice.point, points));
        return std::vector<std::vector<Difference>>{links};
    };
    if (r.kind == Kind::month_of) {
        std::int64_t year = to_civil(anchor).year;
        unit = year_window(year);
        return one_window(month_window(year * 12 + r.month - 1));
    }
    if (r.kind == Kind::unit_of) {
        if (r.unit == Unit::year) {
            std::int64_t year = to_civil(anchor).year;
            unit = year_window(year);
            return one_window(year_window(year + n));
        }
        if (r.unit == Unit::month) {
            unit = month_window(month_index(anchor));
            return one_window(month_window(month_index(anchor) + n));
        }
        std::int64_t days = r.unit == Unit::week ? 7 * n : n;
        unit = r.unit == Unit::week ? week_window(anchor) : Window{anchor, anchor};
        return one_window({plus(unit.first, days), plus(unit.last, days)});
    }

    std::int64_t from = month_index(anchor);
    unit = month_window(from);
    std::int64_t shift = month_start(from + n).value - unit.first.value;
    std::int64_t length = month_length(from);
    std::int64_t target_length = month_length(from + n);
    // The point stands `shift` days from the anchor, which lies in `days`.
    auto at_distance = [&](Window days) {
        std::vector<Difference> links = window_links(choice.anchor, days);
        if (has_upper(r)) links.push_back({choice.anchor, choice.point, shift});
        if (has_lower(r)) links.push_back({choice.point, choice.anchor, -shift});
        return links;
    };
    std::vector<std::vector<Difference>> cases;
    if (length <= target_length || r.month_end == MonthEnd::overflow) {
        cases.push_back(at_distance(unit));
        return cases;
    }
    Window tail{plus(unit.first, target_length), unit.last};  // days the target month lacks
    if (r.month_end == MonthEnd::both)
        cases.push_back(at_distance(unit));
    else
        cases.push_back(at_distance({unit.first, plus(tail.first, -1)}));
    Day last = plus(month_start(from + n), target_length - 1);
    std::vector<Difference> clamped = window_links(choice.anchor, tail);
    append(clamped, window_links(choice.point,
                                 {has_lower(r) ? last : kEver, has_upper(r) ? last : kForever}));
    cases.push_back(std::move(clamped));
    return cases;
}

}  // namespace antinomy::time
