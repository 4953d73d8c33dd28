#include "time/duration.hpp"

#include <algorithm>

#include "time/calendar.hpp"

namespace antinomy::time {

DayRange days_of_months(std::int64_t months) {
    constexpr std::int64_t kCycle = 4800;  // months of 400 years
    const auto cycles = months / kCycle;
    const auto rest = months % kCycle;
    constexpr std::int64_t kDaysOfCycle = 146'097;
    DayRange out{INT64_MAX, 0};
    if (rest == 0) return {cycles * kDaysOfCycle, cycles * kDaysOfCycle};
    // From the 31st a month may be cut short at its end; never to less than from the first.
    for (std::int64_t m = 0; m < kCycle; ++m) {
        const auto first = to_day({2000 + m / 12, static_cast<int>(m % 12) + 1, 1});
        const auto n = add_months(first, rest, MonthEnd::clamp).value - first.value;
        out.least = std::min(out.least, n);
        out.most = std::max(out.most, n);
    }
    out.least += cycles * kDaysOfCycle;
    out.most += cycles * kDaysOfCycle;
    return out;
}

std::string to_string(const Duration& d) {
    std::string out;
    const auto add = [&](std::int64_t n, const char* unit) {
        if (n == 0) return;
        out += (out.empty() ? "" : " ") + std::to_string(n) + " " + unit + (n == 1 ? "" : "s");
    };
    add(d.months / 12, "year");
    add(d.months % 12, "month");
    const auto days = d.by_clock && d.seconds < 4 * kSecondsOfDay ? 0 : d.seconds / kSecondsOfDay;
    add(days, "day");
    add((d.seconds - days * kSecondsOfDay) / 3600, "hour");
    add(d.seconds % 3600 / 60, "minute");
    add(d.seconds % 60, "second");
    return out.empty() ? "0 days" : out;
}

}  // namespace antinomy::time
