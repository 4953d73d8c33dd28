#include "grammar/duration.hpp"

#include <gtest/gtest.h>

namespace antinomy::grammar {
namespace {

struct Read {
    const char* text;
    WrittenDuration duration;
};

bool same(const WrittenDuration& a, const WrittenDuration& b) {
    return a.years == b.years && a.months == b.months && a.weeks == b.weeks && a.days == b.days &&
           a.hours == b.hours && a.minutes == b.minutes;
}

TEST(Duration, IsNumbersWithUnits) {
    const Read rows[] = {
        {"10 days", {0, 0, 0, 10, 0, 0}},
        {"1 day", {0, 0, 0, 1, 0, 0}},
        {"30", {0, 0, 0, 30, 0, 0}},
        {"0 days", {}},
        {"7 years 6 months", {7, 6, 0, 0, 0, 0}},
        {"1 year 2 months 3 weeks 4 days 5 hours 6 minutes", {1, 2, 3, 4, 5, 6}},
        {"48  hours", {0, 0, 0, 0, 48, 0}},
        {"1000000 days", {0, 0, 0, 1'000'000, 0, 0}},
    };
    for (const auto& row : rows) {
        const auto parsed = parse_duration(row.text);
        ASSERT_TRUE(std::holds_alternative<WrittenDuration>(parsed)) << row.text;
        EXPECT_TRUE(same(std::get<WrittenDuration>(parsed), row.duration)) << row.text;
    }
}

struct Refused {
    const char* text;
    std::uint32_t begin;
    std::uint32_t end;
    const char* message;
    const char* help;
};

constexpr const char* how = "write `30 days`, `7 years 6 months` or `3 hours`";

TEST(Duration, IsNothingElse) {
    const Refused rows[] = {
        {"", 0, 0, "expected a number", how},
        {"ten days", 0, 8, "expected a number", how},
        {"-3 days", 0, 7, "expected a number", how},
        {"1000001 days", 0, 7, "a duration has at most 1,000,000 of a unit", "use a larger unit"},
        {"99999999999999999999 days", 0, 20, "a duration has at most 1,000,000 of a unit",
         "use a larger unit"},
        {"05 days", 0, 2, "a number begins with another digit than 0", how},
        {"1.5 years", 1, 9, "expected a unit after the number", how},
        {"3days", 1, 5, "expected a unit after the number", how},
        {"7 years 6", 9, 9, "expected a unit after the number", how},
        {"3 dayz", 2, 6, "expected `years`, `months`, `weeks`, `days`, `hours` or `minutes`",
         "did you mean `days`?"},
        {"3 fortnights", 2, 12, "expected `years`, `months`, `weeks`, `days`, `hours` or `minutes`",
         how},
        {"6 months 7 years", 11, 16, "the larger unit comes first, and each at most once", how},
        {"1 day 2 days", 8, 12, "the larger unit comes first, and each at most once", how},
        {"3 days ", 7, 7, "expected a number", how},
    };
    for (const auto& row : rows) {
        const auto parsed = parse_duration(row.text);
        ASSERT_TRUE(std::holds_alternative<SyntaxError>(parsed)) << row.text;
        const auto& error = std::get<SyntaxError>(parsed);
        EXPECT_EQ(error.message, row.message) << row.text;
        EXPECT_EQ(error.range, (Range{row.begin, row.end})) << row.text;
        EXPECT_EQ(error.help, row.help) << row.text;
    }
}

}  // namespace
}  // namespace antinomy::grammar
