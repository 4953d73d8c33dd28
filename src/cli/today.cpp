#include "cli/today.hpp"

#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "cli/arguments.hpp"
#include "time/plain_day.hpp"

namespace antinomy::cli {

namespace {

constexpr std::int64_t kDay = 86400;          // seconds
constexpr std::int64_t kMost = 253402300799;  // the last second of the year 9999

}  // namespace

bool source_date(std::optional<time::Day>& day, std::string& why) {
    const char* set = std::getenv("SOURCE_DATE_EPOCH");
    if (set == nullptr || *set == '\0') return true;
    std::int64_t seconds = 0;
    const auto* end = set + std::strlen(set);
    const auto [at, error] = std::from_chars(set, end, seconds);
    if (error != std::errc() || at != end || seconds < 0 || seconds > kMost) {
        why = "SOURCE_DATE_EPOCH is `" + std::string(set) +
              "`, which is no number of seconds since 1970";
        return false;
    }
    day = time::Day{seconds / kDay};
    return true;
}

std::optional<time::Day> day_of_run(const std::string& option, std::string& why) {
    if (!option.empty()) {
        std::string no_such_day;
        const auto day = time::plain_day(option, no_such_day);
        if (!day)
            why = "`--today` is `" + option + "`, which is no day" +
                  (no_such_day.empty() ? "" : ": " + no_such_day);
        return day;
    }
    std::optional<time::Day> day;
    if (!source_date(day, why)) return std::nullopt;
    if (day) return day;
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return time::Day{std::chrono::duration_cast<std::chrono::seconds>(now).count() / kDay};
}

void add_today(CLI::App& app, std::string& option) {
    app.add_option("--today", option,
                   "the day by which suppressions end (2027-03-01); without it, that of "
                   "SOURCE_DATE_EPOCH, or of the clock");
}

int refused_day(const std::string& why) {
    return refused(why, why.rfind("SOURCE", 0) == 0 ? "set it to such a number, or not at all"
                                                    : "write a day, as 2027-03-01");
}

}  // namespace antinomy::cli
