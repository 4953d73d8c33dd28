#include "report/timeline.hpp"

#include <gtest/gtest.h>

#include <random>

#include "tests/report/fixture.hpp"

namespace antinomy::report_test {
namespace {

std::string drawn(const std::vector<check::TimelineRow>& rows, int width = 78,
                  bool unicode = true) {
    std::string out;
    for (const std::string& line : report::draw_timeline(rows, width, unicode)) out += line + '\n';
    return out;
}

TEST(Timeline, SeedCase) {
    const std::vector<check::TimelineRow> rows = {Seed::row_sep(),
                                                  Seed::row_video(),
                                                  {"ban", {on(2014, 10, 9)}, false, false},
                                                  Seed::row_nov()};
    expect_golden("timeline.txt", drawn(rows) + '\n' + drawn(rows, 78, false) + '\n' +
                                      drawn(rows, 58) + '\n' + drawn(rows, 118));
}

TEST(Timeline, EqualWindowsAreDrawnAlike) {
    const auto lines = report::draw_timeline({{"x", {november()}, true, false},
                                              {"y", {november()}, true, false},
                                              {"z", {on(2014, 12, 5)}, true, false}},
                                             78, true);
    ASSERT_EQ(lines.size(), 4u);
    EXPECT_EQ(lines[1].substr(3), lines[2].substr(3));
}

TEST(Timeline, Shapes) {
    expect_golden(
        "timeline.shapes.txt",
        drawn({{"a day", {on(2014, 9, 29)}, true, false},
               {"a choice", {on(2014, 10, 9), {day(2014, 11, 10), day(2014, 11, 11)}}, true, false},
               {"inferred", {{day(2014, 10, 1), day(2014, 11, 15)}}, true, true},
               {"no end", {{day(2014, 10, 20), time::kForever}}, true, false},
               {"no beginning", {{time::kEver, day(2014, 10, 20)}}, true, false},
               {"in force from", {on(2014, 10, 9)}, false, false},
               {"in force, start unknown", {{day(2014, 10, 9), day(2014, 11, 9)}}, false, false},
               {"in force, one of", Seed::force_days().windows(), false, false},
               {"one row too many", {on(2014, 10, 9)}, true, false}}));
}

TEST(Timeline, WhatIsInferred) {
    const Window autumn{day(2014, 9, 1), day(2014, 11, 30)};
    const std::vector<check::TimelineRow> rows = {
        {"both ends", {autumn}, true, false, {{day(2014, 9, 20), day(2014, 10, 25)}}},
        {"last day", {autumn}, true, false, {{day(2014, 9, 1), day(2014, 10, 25)}}},
        {"one day left", {autumn}, true, false, {on(2014, 10, 9)}},
        {"not stated", {on(2014, 10, 9)}, true, true, {}},
        {"choice", {on(2014, 9, 3), on(2014, 10, 9)}, true, false, {on(2014, 9, 3)}},
        {"open", {{day(2014, 9, 1), time::kForever}}, true, false, {on(2014, 11, 30)}}};
    const std::string out = drawn(rows);
    // A row stands by the earliest day that is left.
    EXPECT_LT(out.find("both ends"), out.find("one day left"));
    EXPECT_LT(out.find("last day"), out.find("both ends"));
    expect_golden("timeline.inferred.txt", out + '\n' + drawn(rows, 78, false));
}

TEST(Timeline, BrokenAxis) {
    const std::vector<check::TimelineRow> rows = {
        {"killing", {on(2015, 3, 5)}, true, false},
        {"election", {on(2015, 3, 12)}, true, false},
        {"arrest", {on(2014, 12, 19)}, true, false},
        {"founded", {{day(2012, 6, 1), day(2012, 8, 31)}}, true, false},
        {"in Spain", {{day(2013, 1, 1), day(2017, 1, 9)}}, true, false},
        {"report", {on(2017, 1, 9)}, true, false},
        {"the day before", {on(2017, 1, 8)}, true, false}};
    const std::string out = drawn(rows);
    EXPECT_NE(out.find("axis broken"), std::string::npos);
    expect_golden("timeline.broken.txt", out + '\n' + drawn(rows, 78, false));
}

TEST(Timeline, OneDayAndNone) {
    EXPECT_EQ(drawn({}), "");
    EXPECT_EQ(drawn({{"x", {}, true, false}, {"y", {Window{}}, true, false}}), "");
    expect_golden("timeline.one.txt",
                  drawn({{"x", {on(2014, 9, 30)}, true, false},
                         {"y", {on(2014, 9, 30)}, true, false},
                         {"z", {Window{day(2014, 9, 30), time::kForever}}, true, false}}) +
                      '\n' +
                      drawn({{"year -400", {on(-400, 2, 29)}, true, false},
                             {"year 12345", {on(12345, 1, 1)}, true, false}}));
}

TEST(Timeline, AnyWindows) {
    std::mt19937 random(5);
    for (int round = 0; round < 2000; ++round) {
        std::vector<check::TimelineRow> rows;
        const std::int64_t scale = round % 3 == 0 ? 20 : round % 3 == 1 ? 1000 : 3'000'000;
        const auto any = [&] {
            return Day{static_cast<std::int64_t>(random() % static_cast<unsigned>(scale))};
        };
        for (std::size_t i = 0; i < 1 + random() % 10; ++i) {
            DaySet days;
            for (std::size_t n = 0; n < 1 + random() % 3; ++n) {
                Window w{any(), any()};
                if (w.first > w.last) std::swap(w.first, w.last);
                if (random() % 3 == 0) w.last = w.first;
                if (random() % 12 == 0) w.first = time::kEver;
                if (random() % 12 == 0) w.last = time::kForever;
                days.add(w);
            }
            rows.push_back(
                {"row " + std::to_string(i), days.windows(), random() % 4 != 0, random() % 4 == 0});
        }
        const int width = 56 + static_cast<int>(random() % 80);
        const auto lines = report::draw_timeline(rows, width, round % 2 == 0);
        EXPECT_LE(lines.size(), report::kTimelineRows + 5);
        for (const std::string& line : lines) {
            EXPECT_LE(report::cells(line), width) << line;
            EXPECT_TRUE(line.empty() || line.back() != ' ') << line;
        }
    }
}

}  // namespace
}  // namespace antinomy::report_test
