#include "time/stated.hpp"

#include <gtest/gtest.h>

#include <string>

#include "grammar/edtf.hpp"

namespace antinomy::time {
namespace {

grammar::Edtf parse(const std::string& text) {
    auto parsed = grammar::parse_edtf(text);
    if (const auto* error = std::get_if<grammar::SyntaxError>(&parsed)) {
        ADD_FAILURE() << text << ": " << error->message;
        return grammar::EdtfDate{};
    }
    return std::get<grammar::Edtf>(parsed);
}

// "2014-11-01..2014-11-30", or "error: February 2014 has 28 days @8-10".
// How many separate stretches of days, and where they begin and end.
std::string windows(const std::string& text) {
    const auto stated = std::get<StatedDay>(day_of(parse(text), {}));
    const auto hull = stated.days.hull();
    return std::to_string(stated.days.windows().size()) + " from " + to_string(hull.first) +
           " to " + to_string(hull.last);
}
std::string days(const std::string& text, const Conventions& conventions = {}) {
    auto read = day_of(parse(text), conventions);
    if (const auto* error = std::get_if<CalendarError>(&read)) {
        std::string out = "error: ";
        out += error->message;
        out += " @" + std::to_string(error->range.begin) + "-" + std::to_string(error->range.end);
        return out;
    }
    return to_string(std::get<StatedDay>(read).days);
}

std::string period(const std::string& text) {
    auto read = period_of(parse(text), {});
    if (const auto* error = std::get_if<CalendarError>(&read)) return error->message;
    const auto& p = std::get<StatedPeriod>(read);
    std::string out = to_string(p.start.days);
    out += " to ";
    out += to_string(p.end.days);
    return out;
}

struct Row {
    const char* text;
    const char* days;
};

TEST(Stated, Dates) {
    const Row rows[] = {
        {"2014-09-30", "2014-09-30"},
        {"2014-11", "2014-11-01..2014-11-30"},
        {"2014", "2014-01-01..2014-12-31"},
        {"201X", "2010-01-01..2019-12-31"},
        {"2X14",
         "2014-01-01..2014-12-31; 2114-01-01..2114-12-31; 2214-01-01..2214-12-31; "
         "2314-01-01..2314-12-31; 2414-01-01..2414-12-31; 2514-01-01..2514-12-31; "
         "2614-01-01..2614-12-31; 2714-01-01..2714-12-31; 2814-01-01..2814-12-31; "
         "2914-01-01..2914-12-31"},
        {"XXXX", "0000-01-01..9999-12-31"},
        {"-01XX", "-0199-01-01..-0100-12-31"},
        {"-000X", "-0009-01-01..-0001-12-31"},
        {"2014-1X", "2014-10-01..2014-12-31"},
        {"2014-X2", "2014-02-01..2014-02-28; 2014-12-01..2014-12-31"},
        {"2014-XX", "2014-01-01..2014-12-31"},
        {"2014-1X-31", "2014-10-31; 2014-12-31"},
        {"2014-XX-30",
         "2014-01-30; 2014-03-30; 2014-04-30; 2014-05-30; 2014-06-30; 2014-07-30; 2014-08-30; "
         "2014-09-30; 2014-10-30; 2014-11-30; 2014-12-30"},
        {"2014-02-3X", "error: February 2014 has 28 days @8-10"},
        {"2014-02-2X", "2014-02-20..2014-02-28"},
        {"2016-02-X9", "2016-02-09; 2016-02-19; 2016-02-29"},
        {"201X-02-29", "2012-02-29; 2016-02-29"},
        {"1X56-10-XX",
         "1056-10-01..1056-10-31; 1156-10-01..1156-10-31; 1256-10-01..1256-10-31; "
         "1356-10-01..1356-10-31; 1456-10-01..1456-10-31; 1556-10-01..1556-10-31; "
         "1656-10-01..1656-10-31; 1756-10-01..1756-10-31; 1856-10-01..1856-10-31; "
         "1956-10-01..1956-10-31"},
        {"2014-XX-XX", "2014-01-01..2014-12-31"},
        {"2014-12-31", "2014-12-31"},
        {"Y170000002", "Y170000002-01-01..Y170000002-12-31"},
        {"Y-170000002", "Y-170000002-01-01..Y-170000002-12-31"},
        {"-0044-03-15", "-0044-03-15"},
        {"0000-02-29", "0000-02-29"},
        {"1950S1", "1000-01-01..1999-12-31"},
        {"1950S2", "1900-01-01..1999-12-31"},
        {"1950S3", "1950-01-01..1959-12-31"},
        {"1950S4", "1950-01-01..1950-12-31"},
        {"-1950S2", "-1999-01-01..-1900-12-31"},
        {"0950S1", "0900-01-01..0999-12-31"},
        {"0009S1", "0009-01-01..0009-12-31"},
        {"Y17E7S3", "Y170000000-01-01..Y170999999-12-31"},
        {"Y-17E7S2", "Y-179999999-01-01..Y-170000000-12-31"},
        {"Y999999999S1", "Y900000000-01-01..Y999999999-12-31"},
        {"Y1E9", "Y1000000000-01-01..Y1000000000-12-31"},
        {"Y-1E9", "Y-1000000000-01-01..Y-1000000000-12-31"},
        {"Y2E3", "2000-01-01..2000-12-31"},
    };
    for (const Row& row : rows) EXPECT_EQ(days(row.text), row.days) << row.text;
}

TEST(Stated, DaysThatAreNot) {
    EXPECT_EQ(days("2014-02-30"), "error: February 2014 has 28 days @8-10");
    EXPECT_EQ(days("2015-02-29"), "error: February 2015 has 28 days @8-10");
    EXPECT_EQ(days("1900-02-29"), "error: February 1900 has 28 days @8-10");
    EXPECT_EQ(days("2014-04-31"), "error: April 2014 has 30 days @8-10");
    EXPECT_EQ(days("2014-02-30?"), "error: February 2014 has 28 days @0-11");
    EXPECT_EQ(days("-0044-04-31"), "error: April -44 has 30 days @9-11");
    EXPECT_EQ(days("2014-04-31T10:00:00"), "error: April 2014 has 30 days @8-10");
    EXPECT_EQ(days("XXXX-02-30"), "error: February has at most 29 days @8-10");
    EXPECT_EQ(days("201X-04-31"), "error: April has at most 30 days @8-10");
    EXPECT_EQ(days("20X1-02-29"), "error: none of these years has a 29 February @8-10");
    EXPECT_EQ(days("2014-10-01/2014-02-30"), "error: February 2014 has 28 days @19-21");
    const std::string limit =
        "error: the year is out of range: years go from -1000000000 to 1000000000 @0-";
    EXPECT_EQ(days("Y1E9S1"), limit + "6");
    EXPECT_EQ(days("Y-1000000000S9"), limit + "14");
    grammar::EdtfDate far;
    far.year = "1000000001";
    EXPECT_TRUE(std::holds_alternative<CalendarError>(day_of(far, {})));
    far.year = "99999999999999999999";
    EXPECT_TRUE(std::holds_alternative<CalendarError>(day_of(far, {})));
    far.year = "9XXXXXXXXXXXXXXXXXXX";
    EXPECT_TRUE(std::holds_alternative<CalendarError>(day_of(far, {})));
    far.year = "XXXXX1";
    EXPECT_TRUE(std::holds_alternative<CalendarError>(day_of(far, {})));
    // Each month of ten thousand years, and the most separate days that a date can have.
    EXPECT_EQ(windows("XXXX-XX-15"), "120000 from 0000-01-15 to 9999-12-15");
    EXPECT_EQ(windows("XXXX-XX-0X"), "120000 from 0000-01-01 to 9999-12-09");
    EXPECT_EQ(windows("XXXX-1X-25"), "30000 from 0000-10-25 to 9999-12-25");
    EXPECT_EQ(windows("XXXX-XX-X1"), "360001 from 0000-01-01 to 9999-12-31");
    EXPECT_EQ(windows("[XXXX-XX-15, XXXX-XX-17, XXXX-XX-14]"),
              "240000 from 0000-01-14 to 9999-12-17");
    EXPECT_EQ(days("[XXXX-XX-X1, XXXX-XX-15]"),
              "error: too many separate days are left open @0-24");
}

TEST(Stated, Seasons) {
    const Row rows[] = {
        {"2014-21", "2014-03-01..2014-05-31"}, {"2014-22", "2014-06-01..2014-08-31"},
        {"2014-23", "2014-09-01..2014-11-30"}, {"2014-24", "2014-12-01..2015-02-28"},
        {"2015-24", "2015-12-01..2016-02-29"}, {"2014-25", "2014-03-01..2014-05-31"},
        {"2014-28", "2014-12-01..2015-02-28"}, {"2014-29", "2014-09-01..2014-11-30"},
        {"2014-30", "2014-12-01..2015-02-28"}, {"2014-31", "2014-03-01..2014-05-31"},
        {"2014-32", "2014-06-01..2014-08-31"}, {"2014-33", "2014-01-01..2014-03-31"},
        {"2014-34", "2014-04-01..2014-06-30"}, {"2014-36", "2014-10-01..2014-12-31"},
        {"2014-37", "2014-01-01..2014-04-30"}, {"2014-39", "2014-09-01..2014-12-31"},
        {"2014-40", "2014-01-01..2014-06-30"}, {"2014-41", "2014-07-01..2014-12-31"},
    };
    for (const Row& row : rows) EXPECT_EQ(days(row.text), row.days) << row.text;
    Conventions south;
    south.southern = true;
    EXPECT_EQ(days("2014-21", south), "2014-09-01..2014-11-30");
    EXPECT_EQ(days("2014-22", south), "2014-12-01..2015-02-28");
    EXPECT_EQ(days("2014-24", south), "2014-06-01..2014-08-31");
    EXPECT_EQ(days("2014-25", south), "2014-03-01..2014-05-31");
}

TEST(Stated, IntervalsAndSets) {
    EXPECT_EQ(days("2014-11-01/2014-11-30"), "2014-11-01..2014-11-30");
    EXPECT_EQ(days("[2014-11-01..2014-11-30]"), "2014-11-01..2014-11-30");
    EXPECT_EQ(days("../2014"), "open..2014-12-31");
    EXPECT_EQ(days("2014/"), "2014-01-01..open");
    EXPECT_EQ(days("2014/.."), "2014-01-01..open");
    EXPECT_EQ(days("[..2014-10-09]"), "open..2014-10-09");
    EXPECT_EQ(days("[2014-10-09..]"), "2014-10-09..open");
    EXPECT_EQ(days("[2014-01-05, 2014-01-03, 2015..]"), "2014-01-03; 2014-01-05; 2015-01-01..open");
    EXPECT_EQ(days("{2014-01, 2014-02}"), "2014-01-01..2014-02-28");
    EXPECT_EQ(days("2014-11/2014-10"), "error: the interval ends before it starts @0-15");
    EXPECT_EQ(days("2014-11/2014-11"), "2014-11-01..2014-11-30");
    EXPECT_EQ(days("[2015..2014]").substr(0, 42), "error: the range ends before it starts @1-");
    EXPECT_EQ(period("2014-11"), "2014-11-01..2014-11-30 to 2014-11-01..2014-11-30");
    EXPECT_EQ(period("2014-01/2014-03"), "2014-01-01..2014-01-31 to 2014-03-01..2014-03-31");
    EXPECT_EQ(period("2014-10-01/.."), "2014-10-01 to open..open");
    EXPECT_EQ(period("/2014"), "open..open to 2014-01-01..2014-12-31");
    EXPECT_EQ(period("2014-03/2014-01"), "the interval ends before it starts");
}

TEST(Stated, MarksAndClocks) {
    EXPECT_EQ(days("2014-10-09~"), "2014-09-09..2014-11-08");
    Conventions exact;
    exact.approximate_slack = 0;
    EXPECT_EQ(days("2014-10-09~", exact), "2014-10-09");
    EXPECT_EQ(days("2014-10-09~/2014-10-10"), "2014-09-09..2014-10-10");
    EXPECT_EQ(days("[2014-10-09~..2014-10-10]"), "2014-09-09..2014-10-10");
    EXPECT_EQ(days("2004-06-~11"), "2004-05-12..2004-07-11");
    auto one = [](const std::string& text, const Conventions& conventions = {}) {
        return std::get<StatedDay>(day_of(parse(text), conventions));
    };
    EXPECT_TRUE(one("2014-10-09?").doubtful);
    EXPECT_FALSE(one("2014-10-09?").approximate);
    EXPECT_TRUE(one("2004-?06-11").doubtful);
    EXPECT_TRUE(one("2014%").doubtful && one("2014%").approximate);
    EXPECT_TRUE(one("2014-10-09/2014-10-10?").doubtful);
    EXPECT_TRUE(one("201X-10").elided_year);
    EXPECT_FALSE(one("1950S2").elided_year);  // a span of years lacks no year
    EXPECT_FALSE(one("199X").elided_year);
    EXPECT_FALSE(one("2014-1X").elided_year);
    EXPECT_FALSE(one("2014-10-09").instant);
    const std::int64_t midnight = to_day({2014, 10, 9}).value * 86400;
    EXPECT_EQ(one("2014-10-09T23:30:00+05:00").instant, midnight + 18 * 3600 + 1800);
    EXPECT_EQ(to_string(one("2014-10-09T23:30:00-05:00").days), "2014-10-09");
    EXPECT_EQ(one("2014-10-09T10:00:00").instant, midnight + 10 * 3600);
    Conventions tajik;
    tajik.zone_offset_minutes = 300;
    EXPECT_EQ(one("2014-10-09T10:00:00", tajik).instant, midnight + 5 * 3600);
    EXPECT_EQ(one("2014-10-09T10:00:00Z", tajik).instant, midnight + 10 * 3600);
}

TEST(Stated, JulianDates) {
    const auto julian = [](const std::string& text) {
        auto read = day_of(parse(text), {}, Calendar::julian);
        if (const auto* error = std::get_if<CalendarError>(&read))
            return "error: " + error->message;
        return to_string(std::get<StatedDay>(read).days);
    };
    EXPECT_EQ(julian("1917-10-25"), "1917-11-07");
    EXPECT_EQ(julian("1917-10"), "1917-10-14..1917-11-13");
    EXPECT_EQ(julian("1917"), "1917-01-14..1918-01-13");
    EXPECT_EQ(julian("1917-10-2X"), "1917-11-02..1917-11-11");
    EXPECT_EQ(julian("1900-02-29"), "1900-03-13");
    EXPECT_EQ(julian("1901-02-29"), "error: February 1901 has 28 days");
    EXPECT_EQ(julian("1917-23"), "1917-09-14..1917-12-13");
    EXPECT_EQ(julian("[1917-10-25..1917-10-26]"), "1917-11-07..1917-11-08");
    EXPECT_EQ(julian("1917-10-25~"), "1917-10-08..1917-12-07");
    const auto moment =
        std::get<StatedDay>(day_of(parse("1917-10-25T21:45:00Z"), {}, Calendar::julian));
    EXPECT_EQ(moment.instant, to_day({1917, 11, 7}).value * 86400 + 21 * 3600 + 45 * 60);
}

// Masks against the calendar read digit by digit.
TEST(Stated, MasksAgreeWithEveryDay) {
    std::uint64_t state = 7;
    auto random = [&](std::uint64_t n) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return (state >> 33) % n;
    };
    auto masked = [&](std::string digits) {
        for (char& c : digits)
            if (random(3) == 0) c = 'X';
        return digits;
    };
    for (int round = 0; round < 400; ++round) {
        grammar::EdtfDate date;
        date.year = "20";
        date.year += masked(std::to_string(10 + random(20)));
        date.month = masked(std::to_string(101 + random(12)).substr(1));
        date.day = masked(std::to_string(101 + random(31)).substr(1));
        DaySet expected;
        for (std::int64_t d = to_day({2000, 1, 1}).value; d <= to_day({2100, 1, 1}).value; ++d) {
            std::string text = to_string(Day{d});
            std::string mask = date.year;
            mask += '-';
            mask += date.month;
            mask += '-';
            mask += date.day;
            bool fits = true;
            for (std::size_t i = 0; i < text.size(); ++i)
                fits = fits && (mask[i] == 'X' || mask[i] == text[i]);
            if (fits) expected.add({Day{d}, Day{d}});
        }
        auto got = day_of(date, {});
        if (expected.empty())
            EXPECT_TRUE(std::holds_alternative<CalendarError>(got));
        else
            EXPECT_EQ(to_string(std::get<StatedDay>(got).days), to_string(expected));
    }
}

}  // namespace
}  // namespace antinomy::time
