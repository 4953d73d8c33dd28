#include "time/calendar.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>
#include <thread>
#include <vector>

#include "time/duration.hpp"

namespace antinomy::time {
namespace {

Day day(std::int64_t y, int m, int d) {
    return to_day({y, m, d});
}

TEST(Calendar, EveryDayOfFourDigitYearsGoesThereAndBack) {
    std::int64_t expected = day(-9999, 1, 1).value;
    int weekday = iso_weekday(Day{expected});
    for (std::int64_t y = -9999; y <= 9999; ++y) {
        for (int m = 1; m <= 12; ++m) {
            for (int d = 1; d <= days_in_month(y, m); ++d) {
                Day got = day(y, m, d);
                ASSERT_EQ(got.value, expected) << y << '-' << m << '-' << d;
                Civil c = to_civil(got);
                ASSERT_TRUE(c.year == y && c.month == m && c.day == d);
                ASSERT_EQ(iso_weekday(got), weekday);
                weekday = weekday % 7 + 1;
                ++expected;
            }
        }
    }
}

TEST(Calendar, KnownDays) {
    EXPECT_EQ(day(1970, 1, 1).value, 0);
    EXPECT_EQ(day(2000, 1, 1).value, 10957);
    EXPECT_EQ(iso_weekday(day(2017, 1, 9)), 1);
    EXPECT_EQ(iso_weekday(day(2017, 1, 8)), 7);
    EXPECT_EQ(iso_weekday(day(1969, 12, 31)), 3);
    EXPECT_EQ(days_in_month(1900, 2), 28);
    EXPECT_EQ(days_in_month(2000, 2), 29);
    EXPECT_EQ(days_in_month(0, 2), 29);
    EXPECT_EQ(days_in_month(-4, 2), 29);
    EXPECT_EQ(days_in_month(-1, 2), 28);
}

TEST(Calendar, FarYears) {
    EXPECT_TRUE(valid({1'000'000'000, 12, 31}));
    EXPECT_FALSE(valid({1'000'000'001, 1, 1}));
    EXPECT_TRUE(valid({-1'000'000'000, 1, 1}));
    for (std::int64_t y : {-1'000'000'000LL, -40'000LL, 32'767LL, 32'768LL, 999'999'999LL}) {
        Civil c = to_civil(day(y, 2, 28));
        EXPECT_TRUE(c.year == y && c.month == 2 && c.day == 28);
    }
    EXPECT_EQ(day(170000002, 1, 1).value - day(170000001, 1, 1).value, 365);
    EXPECT_EQ(to_string(day(170000002, 3, 4)), "Y170000002-03-04");
}

TEST(Calendar, Invalid) {
    EXPECT_FALSE(valid({2015, 2, 29}));
    EXPECT_FALSE(valid({2014, 13, 1}));
    EXPECT_FALSE(valid({2014, 0, 1}));
    EXPECT_FALSE(valid({2014, 4, 31}));
    EXPECT_FALSE(valid({2014, 4, 0}));
}

TEST(Calendar, Strings) {
    EXPECT_EQ(to_string(day(-44, 3, 15)), "-0044-03-15");
    EXPECT_EQ(to_string(kEver), "open");
    EXPECT_EQ(to_string(Window{kEver, day(2014, 9, 29)}), "open..2014-09-29");
    EXPECT_EQ(to_string(Window{day(2014, 9, 29), day(2014, 9, 29)}), "2014-09-29");
    EXPECT_EQ(to_string(DaySet{}), "no day");
}

TEST(Calendar, MonthsSaturate) {
    EXPECT_EQ(add_months(day(2014, 1, 1), INT64_MAX, MonthEnd::clamp), kForever);
    EXPECT_EQ(add_months(day(2014, 1, 1), INT64_MIN, MonthEnd::clamp), kEver);
    EXPECT_EQ(add_months(kEver, 3, MonthEnd::clamp), kEver);
    EXPECT_EQ(add_months(day(2015, 1, 31), 1, MonthEnd::overflow), day(2015, 3, 3));
    EXPECT_EQ(add_months(day(2015, 3, 31), -1, MonthEnd::clamp), day(2015, 2, 28));
    EXPECT_EQ(add_months(day(2015, 1, 15), -13, MonthEnd::clamp), day(2013, 12, 15));
}

// The slow twin: a set of days in a small range.
using Slow = std::set<std::int64_t>;
constexpr std::int64_t kReach = 40;
Slow slow(const DaySet& s) {
    Slow out;
    for (std::int64_t d = -kReach; d <= kReach; ++d)
        if (s.contains(Day{d})) out.insert(d);
    return out;
}
rc::Gen<DaySet> day_sets() {
    auto ends = rc::gen::inRange<std::int64_t>(-20, 20);
    return rc::gen::map(
        rc::gen::container<std::vector<std::tuple<std::int64_t, std::int64_t, int>>>(
            rc::gen::tuple(ends, rc::gen::inRange<std::int64_t>(0, 6), rc::gen::inRange(0, 8))),
        [](const auto& items) {
            DaySet s;
            for (auto [first, length, open] : items)
                s.add({open == 0 ? kEver : Day{first}, open == 1 ? kForever : Day{first + length}});
            return s;
        });
}

TEST(DaySet, AgreesWithSetsOfDays) {
    EXPECT_TRUE(rc::check([] {
        DaySet a = *day_sets();
        DaySet b = *day_sets();
        Slow sa = slow(a);
        Slow sb = slow(b);
        Slow both;
        Slow less;
        Slow either = sa;
        either.insert(sb.begin(), sb.end());
        for (auto d : sa) (sb.count(d) != 0 ? both : less).insert(d);
        RC_ASSERT(slow(a.intersect(b)) == both);
        RC_ASSERT(slow(a.minus(b)) == less);
        RC_ASSERT(slow(a.unite(b)) == either);
        for (const DaySet& s : {a, a.intersect(b), a.minus(b), a.unite(b)}) {
            for (std::size_t i = 0; i < s.windows().size(); ++i) {
                RC_ASSERT(!s.windows()[i].empty());
                if (i > 0) RC_ASSERT(plus(s.windows()[i - 1].last, 1) < s.windows()[i].first);
            }
        }
        RC_ASSERT(a.minus(b).unite(a.intersect(b)) == a);
    }));
}

TEST(DaySet, NeighboursBecomeOne) {
    DaySet s;
    s.add({Day{1}, Day{3}});
    s.add({Day{7}, Day{9}});
    EXPECT_EQ(s.windows().size(), 2U);
    s.add({Day{4}, Day{6}});
    EXPECT_EQ(s, DaySet({Day{1}, Day{9}}));
    EXPECT_EQ(DaySet::all().minus(DaySet::all()), DaySet{});
}

// The textbook way, by Julian day numbers: an algorithm of its own.
std::int64_t julian_day_number(std::int64_t y, int m, int d) {
    const std::int64_t a = (14 - m) / 12;
    const std::int64_t year = y + 4800 - a;
    return d + (153 * (m + 12 * a - 3) + 2) / 5 + 365 * year + year / 4 - 32083;
}

TEST(Calendar, JulianDates) {
    const struct {
        Civil julian;
        Civil gregorian;
    } rows[] = {
        {{1917, 10, 25}, {1917, 11, 7}},  // the October Revolution
        {{1918, 1, 31}, {1918, 2, 13}},   // the last day of Russia's old style
        {{1918, 2, 1}, {1918, 2, 14}},
        {{1900, 2, 29}, {1900, 3, 13}},  // there is no such day in the Gregorian
        {{1900, 2, 28}, {1900, 3, 12}},
        {{1700, 2, 18}, {1700, 2, 28}},
        {{1582, 10, 4}, {1582, 10, 14}},
        {{1582, 10, 5}, {1582, 10, 15}},
        {{325, 3, 21}, {325, 3, 22}},
        {{200, 3, 1}, {200, 3, 1}},
        {{1, 1, 1}, {0, 12, 30}},
        {{-43, 3, 15}, {-43, 3, 13}},
        {{-4712, 1, 1}, {-4713, 11, 24}},  // Julian day number 0
    };
    for (const auto& row : rows)
        EXPECT_EQ(to_string(to_day(Calendar::julian, row.julian)),
                  to_string(to_day(row.gregorian)));
    // Each day from 4000 BC to AD 3000, against the day number; and back.
    std::int64_t expected = julian_day_number(-4000, 1, 1);
    for (std::int64_t y = -4000; y <= 3000; ++y) {
        for (int m = 1; m <= 12; ++m) {
            const int length = days_in_month(Calendar::julian, y, m);
            ASSERT_EQ(
                julian_day_number(m == 12 ? y + 1 : y, m % 12 + 1, 1) - julian_day_number(y, m, 1),
                length);
            for (int d = 1; d <= length; ++d, ++expected) {
                const Day day = to_day(Calendar::julian, {y, m, d});
                ASSERT_EQ(day.value + 2440588, expected) << y << "-" << m << "-" << d;
                const Civil back = to_civil(Calendar::julian, day);
                ASSERT_TRUE(back.year == y && back.month == m && back.day == d);
            }
        }
    }
    for (const std::int64_t y : {-1'000'000'000LL, 1'000'000'000LL}) {
        const Civil back = to_civil(Calendar::julian, to_day(Calendar::julian, {y, 2, 29}));
        EXPECT_TRUE(back.year == y && back.month == 2 && back.day == 29);
    }
}

// Every birth and every day of nine years, 1900 among them: the ways differ only of 29 February.
TEST(Ages, WaysDifferWhereTheySay) {
    const Day low = day(1896, 1, 1);
    const Day high = day(1904, 12, 31);
    for (Day birth = low; birth <= high; birth = plus(birth, 1)) {
        const auto b = to_civil(birth);
        // Other births are like one another; a few stand for them.
        if (b.month != 2 && !(b.month == 3 && b.day == 1) && b.day != 31) continue;
        for (Day on = birth; on <= high; on = plus(on, 1)) {
            const bool differ = completed_years(birth, on, LeapBirthday::march_1) !=
                                completed_years(birth, on, LeapBirthday::february_28);
            ASSERT_EQ(differ, leap_birthday_matters({birth, birth}, {on, on}))
                << to_string(birth) << ' ' << to_string(on);
        }
    }
    EXPECT_TRUE(leap_birthday_matters({day(1897, 1, 1), day(1904, 2, 29)}, {low, high}));
    EXPECT_FALSE(leap_birthday_matters({day(1897, 1, 1), day(1904, 2, 28)}, {low, high}));
    EXPECT_FALSE(leap_birthday_matters({low, high}, {day(1896, 1, 1), day(1897, 2, 27)}));
    EXPECT_TRUE(leap_birthday_matters({kEver, low}, {low, kForever}));
    EXPECT_FALSE(leap_birthday_matters({kEver, low}, {low, low}));
}

// Each number of months is tried once in a run, and gives the same again; so do several threads.
TEST(Calendar, DaysOfMonths) {
    const auto tried = [](std::int64_t months) {
        std::int64_t least = INT64_MAX;
        std::int64_t most = 0;
        // Of every day of 400 years, which is more than the first days of months that are tried
        // there.
        for (Day d = day(2000, 1, 1); d < day(2400, 1, 1); d = plus(d, 1)) {
            const auto n = add_months(d, months, MonthEnd::clamp).value - d.value;
            if (to_civil(d).day <= 28) least = std::min(least, n);
            most = std::max(most, n);
        }
        return std::pair(least, most);
    };
    for (const auto months : {1, 2, 11, 12, 13, 48, 4799, 4800, 4801, 9600}) {
        const auto wanted = tried(months);
        for (int turn = 0; turn < 2; ++turn) {
            const auto got = days_of_months(months);
            EXPECT_EQ(got.least, wanted.first) << months;
            EXPECT_EQ(got.most, wanted.second) << months;
        }
    }
    std::vector<std::vector<std::int64_t>> said(2);
    const auto ask = [&said](std::size_t i) {
        for (std::int64_t m = 0; m < 300; ++m) said[i].push_back(days_of_months(m).most);
    };
    std::thread other([&] { ask(0); });
    ask(1);
    other.join();
    EXPECT_EQ(said[0], said[1]);
}

}  // namespace
}  // namespace antinomy::time
