#include "time/calendar.hpp"

#include <date/date.h>

#include <algorithm>
#include <cstdlib>

#include "time/division.hpp"

namespace antinomy::time {
namespace {

constexpr std::int64_t kYearLimit = 1'000'000'000;
constexpr std::int64_t kCycleYears = 400;
constexpr std::int64_t kCycleDays = 146097;

// The library's year has 16 bits: it gets a year of the one cycle 2000..2399, and whole cycles are
// added in 64 bits.
struct CycleYear {
    std::int64_t cycles;
    int year;
};
CycleYear cycle_year(std::int64_t year) {
    std::int64_t cycles = floor_div(year - 2000, kCycleYears);
    return {cycles, static_cast<int>(year - cycles * kCycleYears)};
}

std::string digits(std::int64_t value, std::size_t width) {
    std::string s = std::to_string(value);
    if (s.size() < width) s.insert(0, width - s.size(), '0');
    return s;
}

}  // namespace

int days_in_month(std::int64_t year, int month) {
    auto last =
        date::year{cycle_year(year).year} / date::month{static_cast<unsigned>(month)} / date::last;
    return static_cast<int>(static_cast<unsigned>(last.day()));
}

bool valid(const Civil& c) {
    return c.year >= -kYearLimit && c.year <= kYearLimit && c.month >= 1 && c.month <= 12 &&
           c.day >= 1 && c.day <= days_in_month(c.year, c.month);
}

Day to_day(const Civil& c) {
    CycleYear y = cycle_year(c.year);
    date::sys_days days = date::year{y.year} / date::month{static_cast<unsigned>(c.month)} /
                          date::day{static_cast<unsigned>(c.day)};
    return Day{days.time_since_epoch().count() + y.cycles * kCycleDays};
}

Civil to_civil(Day d) {
    const std::int64_t first = 10957;  // 2000-01-01
    std::int64_t cycles = floor_div(d.value - first, kCycleDays);
    auto inside = static_cast<int>(d.value - cycles * kCycleDays);
    date::year_month_day ymd{date::sys_days{date::days{inside}}};
    return {static_cast<int>(ymd.year()) + cycles * kCycleYears,
            static_cast<int>(static_cast<unsigned>(ymd.month())),
            static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

int days_in_month(Calendar calendar, std::int64_t year, int month) {
    if (calendar == Calendar::gregorian) return days_in_month(year, month);
    if (month == 2) return year % 4 == 0 ? 29 : 28;
    return days_in_month(2000, month);
}

// Julian years are counted from March, so that the leap day is the last: 153 days make five months
// from March (or August) on, 1461 days four years. Julian 1970-01-01 is Gregorian 1970-01-14.
constexpr std::int64_t kJulianMarch = -719470;  // day of Julian 0000-03-01

Day to_day(Calendar calendar, const Civil& c) {
    if (calendar == Calendar::gregorian) return to_day(c);
    const std::int64_t year = c.month > 2 ? c.year : c.year - 1;
    const int month = c.month > 2 ? c.month - 3 : c.month + 9;
    return Day{kJulianMarch + 365 * year + floor_div(year, 4) + (153 * month + 2) / 5 + c.day - 1};
}

Civil to_civil(Calendar calendar, Day d) {
    if (calendar == Calendar::gregorian) return to_civil(d);
    const std::int64_t days = d.value - kJulianMarch;
    const std::int64_t cycle = floor_div(days, 1461);
    const std::int64_t in_cycle = days - cycle * 1461;
    const std::int64_t in_cycle_year = in_cycle == 1460 ? 3 : in_cycle / 365;
    const auto in_year = static_cast<int>(in_cycle - in_cycle_year * 365);
    const int month = (5 * in_year + 2) / 153;
    const std::int64_t year = cycle * 4 + in_cycle_year;
    const int day = in_year - (153 * month + 2) / 5 + 1;
    return month < 10 ? Civil{year, month + 3, day} : Civil{year + 1, month - 9, day};
}

int iso_weekday(Day d) {
    std::int64_t since_monday = d.value + 3;  // 1970-01-01 is a Thursday
    return static_cast<int>(since_monday - floor_div(since_monday, 7) * 7) + 1;
}

std::string to_string(Day d) {
    if (!bounded(d)) return "open";
    Civil c = to_civil(d);
    std::string out;
    if (c.year > 9999 || c.year < -9999) {
        out += 'Y';
        out += std::to_string(c.year);
    } else {
        if (c.year < 0) out += '-';
        out += digits(std::abs(c.year), 4);
    }
    out += '-';
    out += digits(c.month, 2);
    out += '-';
    out += digits(c.day, 2);
    return out;
}

Day add_months(Day d, std::int64_t n, MonthEnd month_end) {
    if (!bounded(d)) return d;
    const std::int64_t limit = 24 * kYearLimit;
    if (n > limit) return kForever;
    if (n < -limit) return kEver;
    Civil c = to_civil(d);
    std::int64_t months = c.year * 12 + (c.month - 1) + n;
    std::int64_t year = floor_div(months, 12);
    if (year > kYearLimit) return kForever;
    if (year < -kYearLimit) return kEver;
    int month = static_cast<int>(months - year * 12) + 1;
    if (month_end == MonthEnd::overflow) return plus(to_day({year, month, 1}), c.day - 1);
    return to_day({year, month, std::min(c.day, days_in_month(year, month))});
}

std::int64_t completed_years(Day birth, Day on, LeapBirthday policy) {
    Civil b = to_civil(birth);
    Civil o = to_civil(on);
    Civil birthday{o.year, b.month, b.day};
    if (b.day > days_in_month(o.year, b.month)) {  // 29 February in a common year
        if (policy == LeapBirthday::march_1) {
            birthday.month = 3;
            birthday.day = 1;
        } else {
            birthday.day = 28;
        }
    }
    std::int64_t years = o.year - b.year;
    return on < to_day(birthday) ? years - 1 : years;
}

bool leap_birthday_matters(const Window& birth, const Window& on) {
    // The first such day of February in a leap or a common year, from the window's first day on:
    // within eight years, for 1900 is no leap year.
    const auto has = [](const Window& w, int day, bool leap) {
        if (!bounded(w.first) || !bounded(w.last)) return !w.empty();
        const auto from = to_civil(w.first).year;
        for (auto year = from; year <= from + 8; ++year) {
            if ((days_in_month(year, 2) == 29) != leap) continue;
            if (w.contains(to_day({year, 2, day}))) return true;
        }
        return false;
    };
    return has(birth, 29, true) && has(on, 28, false);
}

Window intersect(Window a, Window b) {
    return {std::max(a.first, b.first), std::min(a.last, b.last)};
}

std::string to_string(Window w) {
    if (w.empty()) return "no day";
    if (w.single()) return to_string(w.first);
    return to_string(w.first) + ".." + to_string(w.last);
}

DaySet::DaySet(Window w) {
    add(w);
}

void DaySet::add(Window w) {
    w = time::intersect(w, Window{});
    if (w.empty()) return;
    // Most callers add in order: the common case looks at the last window only.
    auto touches_or_after = [](const Window& have, const Window& add) {
        return plus(have.last, 1) >= add.first;
    };
    auto begin = windows_.end();
    if (!windows_.empty() && touches_or_after(windows_.back(), w))
        begin = std::lower_bound(
            windows_.begin(), windows_.end(), w,
            [&](const Window& have, const Window& add) { return !touches_or_after(have, add); });
    auto end = begin;
    while (end != windows_.end() && end->first <= plus(w.last, 1)) {
        w.first = std::min(w.first, end->first);
        w.last = std::max(w.last, end->last);
        ++end;
    }
    if (begin == end) {
        windows_.insert(begin, w);
    } else {
        *begin = w;
        windows_.erase(begin + 1, end);
    }
}

bool DaySet::contains(Day d) const {
    auto it = std::lower_bound(windows_.begin(), windows_.end(), d,
                               [](const Window& w, Day day) { return w.last < day; });
    return it != windows_.end() && it->first <= d;
}

Window DaySet::hull() const {
    if (windows_.empty()) return {kForever, kEver};
    return {windows_.front().first, windows_.back().last};
}

DaySet DaySet::intersect(const DaySet& other) const {
    DaySet out;
    auto a = windows_.begin();
    auto b = other.windows_.begin();
    while (a != windows_.end() && b != other.windows_.end()) {
        Window both = time::intersect(*a, *b);
        if (!both.empty()) out.windows_.push_back(both);
        if (a->last < b->last)
            ++a;
        else
            ++b;
    }
    return out;
}

DaySet DaySet::minus(const DaySet& other) const {
    DaySet gaps;  // the complement of `other`
    Day next = kEver;
    bool open = true;  // there may be days from `next` on
    for (const Window& w : other.windows_) {
        if (w.first > next) gaps.windows_.push_back({next, Day{w.first.value - 1}});
        if (!bounded(w.last)) {
            open = false;
            break;
        }
        next = plus(w.last, 1);
    }
    if (open) gaps.windows_.push_back({next, kForever});
    return intersect(gaps);
}

DaySet DaySet::unite(const DaySet& other) const {
    DaySet out;
    auto a = windows_.begin();
    auto b = other.windows_.begin();
    while (a != windows_.end() || b != other.windows_.end()) {
        if (b == other.windows_.end() || (a != windows_.end() && a->first <= b->first))
            out.add(*a++);
        else
            out.add(*b++);
    }
    return out;
}

std::string to_string(const DaySet& set) {
    if (set.empty()) return "no day";
    std::string out;
    for (const Window& w : set.windows()) {
        if (!out.empty()) out += "; ";
        out += to_string(w);
    }
    return out;
}

}  // namespace antinomy::time
