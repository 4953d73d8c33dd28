#pragma once
// Days and windows of days, proleptic Gregorian (ISO 8601, year 0000 exists and is a leap year).
//
// A `Day` counts days since 1970-01-01 in 64 bits. Years go from -9999 to 9999 in four digits and
// to
// +-10^9 in long form; the date library does the calendar within one 400-year cycle, and cycles are
// added here, since its `year` has 16 bits and wraps silently. Dates of the Julian calendar (before
// and after any reform, year 0000 too) become days of the Gregorian.
// `kEver` and `kForever` stand for "no bound" and absorb arithmetic.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace antinomy::time {

struct Day {
    std::int64_t value = 0;
    friend auto operator<=>(Day, Day) = default;
};
inline constexpr Day kEver{INT64_MIN / 4};
inline constexpr Day kForever{INT64_MAX / 4};
[[nodiscard]] constexpr bool bounded(Day d) {
    return d > kEver && d < kForever;
}
// d + n days, absorbing the unbounded.
[[nodiscard]] constexpr Day plus(Day d, std::int64_t n) {
    return bounded(d) ? Day{d.value + n} : d;
}

struct Civil {
    std::int64_t year = 1970;
    int month = 1;
    int day = 1;
};
[[nodiscard]] bool valid(const Civil&);
[[nodiscard]] int days_in_month(std::int64_t year, int month);
[[nodiscard]] Day to_day(const Civil&);    // must be valid
[[nodiscard]] Civil to_civil(Day);         // must be bounded
[[nodiscard]] int iso_weekday(Day);        // 1 Monday .. 7 Sunday
[[nodiscard]] std::string to_string(Day);  // "2014-09-30"; "open" if unbounded

enum class Calendar { gregorian, julian };
// The same of a date in either calendar.
[[nodiscard]] int days_in_month(Calendar, std::int64_t year, int month);
[[nodiscard]] Day to_day(Calendar, const Civil&);  // must be valid there
[[nodiscard]] Civil to_civil(Calendar, Day);       // must be bounded

enum class MonthEnd {
    clamp,
    overflow,
    both
};  // 31 January + 1 month: 28 February, 3 March, either
// The day n months after d (n may be negative), counted from d itself; `month_end` not `both`.
[[nodiscard]] Day add_months(Day d, std::int64_t n, MonthEnd);

// When one born on 29 February is a year older in a common year; `both`: either may be so.
enum class LeapBirthday { march_1, february_28, both };
// Completed years on a day: completed on the birthday itself (semantics: time.md 63..66). Not of
// `both`. The two ways differ, by one year, of one born on 29 February on the 28th of a common
// year's February, and of nobody else on no other day.
[[nodiscard]] std::int64_t completed_years(Day birth, Day on, LeapBirthday);

// Both ends included; either may be unbounded. first > last: empty.
struct Window {
    Day first = kEver;
    Day last = kForever;
    [[nodiscard]] bool empty() const { return first > last; }
    [[nodiscard]] bool contains(Day d) const { return first <= d && d <= last; }
    [[nodiscard]] bool single() const { return first == last; }
    friend bool operator==(const Window&, const Window&) = default;
};
[[nodiscard]] Window intersect(Window, Window);
// May the two ways to count birthdays of 29 February differ, of somebody born within the first
// window, on a day within the second? Of an unbounded window any day may be.
[[nodiscard]] bool leap_birthday_matters(const Window& birth, const Window& on);
// "2014-11-01..2014-11-30", "2014-09-30", "open..2014-09-29"
[[nodiscard]] std::string to_string(Window);

// A set of days: sorted windows, no two touching.
class DaySet {
public:
    DaySet() = default;  // empty
    explicit DaySet(Window w);
    [[nodiscard]] static DaySet all() { return DaySet(Window{}); }
    void add(Window);  // union
    [[nodiscard]] const std::vector<Window>& windows() const { return windows_; }
    [[nodiscard]] bool empty() const { return windows_.empty(); }
    [[nodiscard]] bool contains(Day) const;
    [[nodiscard]] Window hull() const;  // of a non-empty set
    [[nodiscard]] DaySet intersect(const DaySet&) const;
    [[nodiscard]] DaySet minus(const DaySet&) const;
    [[nodiscard]] DaySet unite(const DaySet&) const;
    friend bool operator==(const DaySet&, const DaySet&) = default;

private:
    std::vector<Window> windows_;
};
// Windows joined by "; ".
[[nodiscard]] std::string to_string(const DaySet&);

}  // namespace antinomy::time
