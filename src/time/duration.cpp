#include "time/duration.hpp"

#include <algorithm>
#include <array>
#include <atomic>

#include "time/calendar.hpp"

namespace antinomy::time {

namespace {

constexpr std::int64_t kCycle = 4800;  // months of 400 years

// Of less than a cycle.
DayRange tried(std::int64_t months) {
    DayRange out{INT64_MAX, 0};
    // From the 31st a month may be cut short at its end; never to less than from the first.
    for (std::int64_t m = 0; m < kCycle; ++m) {
        const auto first = to_day({2000 + m / 12, static_cast<int>(m % 12) + 1, 1});
        const auto n = add_months(first, months, MonthEnd::clamp).value - first.value;
        out.least = std::min(out.least, n);
        out.most = std::max(out.most, n);
    }
    return out;
}

}  // namespace

DayRange days_of_months(std::int64_t months) {
    const auto cycles = months / kCycle;
    const auto rest = months % kCycle;
    constexpr std::int64_t kDaysOfCycle = 146'097;
    if (rest == 0) return {cycles * kDaysOfCycle, cycles * kDaysOfCycle};
    // A cycle takes a tenth of a millisecond to try: each is tried once in a run. Zero: not yet;
    // else both bounds, the least in the upper half. Two threads may try the same, and agree.
    static std::array<std::atomic<std::uint64_t>, kCycle> known{};
    auto& slot = known[static_cast<std::size_t>(rest)];
    auto both = slot.load(std::memory_order_relaxed);
    if (both == 0) {
        const auto range = tried(rest);
        both =
            static_cast<std::uint64_t>(range.least) << 32u | static_cast<std::uint64_t>(range.most);
        slot.store(both, std::memory_order_relaxed);
    }
    return {static_cast<std::int64_t>(both >> 32u) + cycles * kDaysOfCycle,
            static_cast<std::int64_t>(both & 0xFFFFFFFFu) + cycles * kDaysOfCycle};
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
