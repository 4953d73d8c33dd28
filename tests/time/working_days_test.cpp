#include "time/working_days.hpp"

#include <gtest/gtest.h>

#include <random>

namespace antinomy::time {
namespace {

Day day(std::int64_t year, int month, int d) {
    return to_day({year, month, d});
}

// Saturdays and Sundays free; 21 to 24 March, and 30 December to 1 January; one dated holiday, one
// worked Saturday.
WorkingDays::Data example() {
    WorkingDays::Data data;
    data.name = "example";
    data.first_year = 2014;
    data.last_year = 2016;
    data.free[5] = data.free[6] = true;
    data.yearly = {{3, 21, 3, 24}, {12, 30, 1, 1}};
    data.dated = {{day(2014, 7, 28), day(2014, 7, 28)}};
    data.worked = {{day(2014, 10, 11), day(2014, 10, 11)}};
    return data;
}

TEST(WorkingDays, KnowsWeekendsHolidaysAndWorkedDays) {
    const WorkingDays c(example());
    EXPECT_EQ(c.works(day(2014, 10, 9)), true);    // a Thursday
    EXPECT_EQ(c.works(day(2014, 10, 11)), true);   // a worked Saturday
    EXPECT_EQ(c.works(day(2014, 10, 12)), false);  // a Sunday
    EXPECT_EQ(c.works(day(2014, 3, 24)), false);
    EXPECT_EQ(c.works(day(2014, 3, 25)), true);
    EXPECT_EQ(c.works(day(2014, 1, 1)), false);  // of a holiday that began the year before
    EXPECT_EQ(c.works(day(2014, 7, 28)), false);
    EXPECT_EQ(c.works(day(2015, 7, 28)), true);
}

TEST(WorkingDays, CountsFromTheNextDayOn) {
    const WorkingDays c(example());
    EXPECT_EQ(c.next(day(2014, 10, 10)), day(2014, 10, 11));
    EXPECT_EQ(c.after(day(2014, 10, 10), 2), day(2014, 10, 13));
    EXPECT_EQ(c.after(day(2014, 10, 12), 1), day(2014, 10, 13));  // from a free day
    EXPECT_EQ(c.before(day(2014, 10, 13), 1), day(2014, 10, 11));
    EXPECT_EQ(c.before(day(2014, 10, 13), 3), day(2014, 10, 9));
    EXPECT_EQ(c.on_or_after(day(2014, 10, 12)), day(2014, 10, 13));
    EXPECT_EQ(c.on_or_after(day(2014, 10, 13)), day(2014, 10, 13));
    EXPECT_EQ(c.on_or_before(day(2014, 10, 12)), day(2014, 10, 11));
}

TEST(WorkingDays, SaysNothingOfOtherYears) {
    const WorkingDays c(example());
    EXPECT_EQ(c.covered(), (Window{day(2014, 1, 1), day(2016, 12, 31)}));
    EXPECT_EQ(c.works(day(2013, 12, 31)), std::nullopt);
    EXPECT_EQ(c.works(day(2017, 1, 1)), std::nullopt);
    EXPECT_EQ(c.works(kForever), std::nullopt);
    EXPECT_EQ(c.after(day(2016, 12, 29), 1), std::nullopt);  // the next one is of 2017
    EXPECT_EQ(c.before(day(2014, 1, 2), 1), std::nullopt);
    EXPECT_EQ(c.after(day(2016, 1, 1), 999'999'999), std::nullopt);
    auto none = example();
    none.last_year = 2013;
    EXPECT_TRUE(WorkingDays(none).covered().empty());
    EXPECT_EQ(WorkingDays(none).works(day(2014, 1, 1)), std::nullopt);
}

TEST(WorkingDays, MovesHolidaysOnWhereTheLawDoes) {
    auto data = example();
    data.moved_on = true;
    // 2015: 21 and 22 March are a Saturday and a Sunday; 23 and 24 are free, 25 and 26 stand in.
    const WorkingDays c(data);
    EXPECT_EQ(c.works(day(2015, 3, 25)), false);
    EXPECT_EQ(c.works(day(2015, 3, 26)), false);
    EXPECT_EQ(c.works(day(2015, 3, 27)), true);
    EXPECT_EQ(WorkingDays(example()).works(day(2015, 3, 25)), true);
}

TEST(WorkingDays, TwentyNinthOfFebruary) {
    auto data = example();
    data.yearly = {{2, 29, 2, 29}};
    data.free = {};
    const WorkingDays c(data);
    EXPECT_EQ(c.works(day(2016, 2, 29)), false);
    EXPECT_EQ(c.works(day(2015, 2, 28)), true);
    EXPECT_EQ(c.works(day(2015, 3, 1)), true);
}

// Day by day: as one counts on the fingers.
TEST(WorkingDays, CountsAsOneDoesDayByDay) {
    std::mt19937_64 random(5);
    for (int n = 0; n < 300; ++n) {
        WorkingDays::Data data;
        data.first_year = 2015;
        data.last_year = 2015;
        for (auto& f : data.free) f = random() % 3 == 0;
        const Day start = day(2015, 1, 1);
        for (int k = 0; k < 5; ++k) {
            const Day d = plus(start, static_cast<std::int64_t>(random() % 365));
            (k % 2 == 0 ? data.dated : data.worked).push_back({d, plus(d, 2)});
        }
        const WorkingDays c(data);
        for (int k = 0; k < 50; ++k) {
            const Day d = plus(start, static_cast<std::int64_t>(random() % 365));
            const auto count = static_cast<std::int64_t>(random() % 30);
            const int step = random() % 2 == 0 ? 1 : -1;
            Day at = count == 0 ? d : plus(d, step);
            std::optional<Day> expected;
            for (auto left = count; c.covered().contains(at); at = plus(at, step)) {
                if (!*c.works(at)) continue;
                if (--left > 0) continue;
                expected = at;
                break;
            }
            EXPECT_EQ(step > 0 ? c.after(d, count) : c.before(d, count), expected);
        }
    }
}

}  // namespace
}  // namespace antinomy::time
