#pragma once
// Durations as ISO 8601 has them: months, which differ in length, beside seconds, which do not.
//
// A year is twelve months, a week seven days, a day 86,400 seconds (no leap seconds, no change of
// clocks). Months and seconds are kept apart: what a month is, only the day it is counted from
// says.

#include <cstdint>
#include <string>

namespace antinomy::time {

inline constexpr std::int64_t kSecondsOfDay = 86'400;

struct Duration {
    std::int64_t months = 0;
    std::int64_t seconds = 0;
    bool by_clock = false;  // has hours: 48 hours after a clock time end at one, 2 days on a day
    friend bool operator==(const Duration& a, const Duration& b) {
        return a.months == b.months && a.seconds == b.seconds;
    }
};

// The least and the most days that so many months have, wherever they begin (a month after the 31st
// is the last of the next month at most). Months from 0 to 12,000,000; one cycle of 400 years is
// tried.
struct DayRange {
    std::int64_t least = 0;
    std::int64_t most = 0;
};
[[nodiscard]] DayRange days_of_months(std::int64_t months);

// "7 years 6 months", "10 days", "48 hours", "3 hours 20 minutes", "0 days"
[[nodiscard]] std::string to_string(const Duration&);

}  // namespace antinomy::time
