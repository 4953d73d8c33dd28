// What relative expressions mean, by hand: the days that are left for a point that an expression
// speaks of, whose anchor `x` lies in a given window.

#include "time/expression.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "grammar/time.hpp"

namespace antinomy::time {
namespace {

Conventions conventions() {
    WorkingDays::Data data;
    data.name = "weekdays";
    data.first_year = 2014;
    data.last_year = 2016;
    data.free[5] = data.free[6] = true;
    data.dated = {{to_day({2014, 10, 14}), to_day({2014, 10, 14})}};
    Conventions c;
    c.working_days = std::make_shared<const WorkingDays>(data);
    return c;
}

std::string days_of(const std::string& text, const std::string& anchor,
                    const Conventions& c = conventions()) {
    auto parsed = grammar::parse_time(text);
    if (const auto* error = std::get_if<grammar::SyntaxError>(&parsed)) return error->message;
    const auto& time = std::get<grammar::TimeExpression>(parsed);
    const auto day = grammar::parse_time(anchor);
    const auto stated =
        day_of(std::get<grammar::Edtf>(std::get<grammar::TimeExpression>(day).value), c);
    Network network;
    const auto s = network.add_statement({"s"});
    const auto x = network.add_point("x");
    network.add_days(s, x, std::get<StatedDay>(stated).days);
    const auto p = network.add_point("p");
    const auto anchor_of = [&](const grammar::PointName&) { return AnchorPoints{x, x}; };
    add_relative(network, s, p, time, anchor_of, c);
    return to_string(Solver(network).days(p));
}

struct Row {
    const char* text;
    const char* anchor;
    const char* days;
};
const Row rows[] = {
    // 9 October 2014 is a Thursday
    {"Thursday before x", "2014-10-09", "2014-10-02"},
    {"Thursday on or before x", "2014-10-09", "2014-10-09"},
    {"Thursday after x", "2014-10-09", "2014-10-16"},
    {"Thursday on or after x", "2014-10-09", "2014-10-09"},
    {"Sunday on or after x", "2014-10-09", "2014-10-12"},
    {"Friday before x", "2014-10-09", "2014-10-03"},
    {"Thursday before x", "2014-10-08/2014-10-16", "2014-10-02; 2014-10-09"},
    // 9 January 2017 is a Monday
    {"Thursday of last week of x", "2017-01-09", "2017-01-05"},
    {"Monday of next week of x", "2017-01-08", "2017-01-09"},
    {"Sunday of this week of x", "2017-01-09", "2017-01-15"},
    // chains: one day of those in between
    {"10 days after 1 month before x", "2014-10-09", "2014-09-19"},
    {"January of last year of x", "2017-01-09", "2016-01-01..2016-01-31"},
    {"1 day after Thursday of last week of x", "2017-01-09", "2017-01-06"},
    {"before last week of x", "2017-01-09", "open..2017-01-07"},
    {"not before January of x", "2017-05", "2017-01-01..open"},
    {"between 3 days before x and the Monday after x", "2014-10-09", "2014-10-06..2014-10-13"},
    {"1 month after 1 month after x", "2015-01-31", "2015-03-28"},
    // working days; the 14th is a holiday
    {"1 working day after x", "2014-10-10", "2014-10-13"},
    {"2 working days after x", "2014-10-10", "2014-10-15"},
    {"2 working days before x", "2014-10-15", "2014-10-10"},
    {"1 working day after x", "2014-10-11", "2014-10-13"},
    {"0 working days after x", "2014-10-11", "2014-10-13"},
    {"0 working days before x", "2014-10-11", "2014-10-10"},
    {"0 working days after x", "2014-10-10", "2014-10-10"},
    {"at most 2 working days after x", "2014-10-10", "2014-10-10..2014-10-15"},
    {"at least 2 working days after x", "2014-10-10", "2014-10-15..open"},
    {"at most 2 working days before x", "2014-10-15", "2014-10-10..2014-10-15"},
    {"5 working days after x", "2013-10-10", "2013-10-15..open"},  // not covered
    {"5 working days before x", "2017-10-10", "open..2017-10-05"},
    {"5 working days after x", "2016-12-29", "2017-01-03..open"},  // leaves the years covered
    // ages, completed on the birthday
    {"aged 28 on x", "2017-01-09", "1988-01-10..1989-01-09"},
    {"aged 28 to 30 on x", "2017-01-09", "1986-01-10..1989-01-09"},
    {"aged 0 on x", "2017-01-09", "2016-01-10..2017-01-09"},
    {"aged 18 on x", "2014-02-28", "1995-03-01..1996-02-29"},  // counted either way
    {"aged 18 on x", "2014-03-01", "1995-03-02..1996-03-01"},
    {"aged 20 on x", "2016-02-29", "1995-03-01..1996-02-29"},
    {"aged 28 on x", "2017", "1988-01-02..1989-12-31"},
    {"aged 28 on 1 year after x", "2016-01-09", "1988-01-10..1989-01-09"},
};

TEST(Expression, MeansWhatItSays) {
    for (const auto& row : rows)
        EXPECT_EQ(days_of(row.text, row.anchor), row.days) << row.text << ", x " << row.anchor;
}

TEST(Expression, LeapBirthdayByPolicy) {
    auto c = conventions();
    c.leap_birthday = LeapBirthday::february_28;
    EXPECT_EQ(days_of("aged 18 on x", "2014-02-28", c), "1995-03-01..1996-02-29");
    EXPECT_EQ(days_of("aged 18 on x", "2014-03-01", c), "1995-03-02..1996-03-01");
    EXPECT_EQ(days_of("aged 20 on x", "2016-02-29", c), "1995-03-01..1996-02-29");
    EXPECT_EQ(days_of("aged 20 on x", "2016-02-28", c), "1995-03-01..1996-02-28");
}

// Nobody chose: the days of either way and no others, whatever the day and the ages.
TEST(Expression, LeapBirthdayBothWays) {
    EXPECT_EQ(days_of("aged 18 on x", "2014-02-28", conventions()), "1995-03-01..1996-02-29");
    EXPECT_EQ(days_of("aged 17 to 18 on x", "2014-02-28", conventions()), "1995-03-01..1997-02-28");
    EXPECT_EQ(days_of("aged 17 on x", "2014-02-28", conventions()), "1996-02-29..1997-02-28");
}

TEST(Expression, BothWaysOfBirthdaysAreOneWindow) {
    auto by = [](LeapBirthday way) {
        auto c = conventions();
        c.leap_birthday = way;
        return c;
    };
    for (Day on = to_day({1895, 1, 1}); on <= to_day({1905, 12, 31}); on = plus(on, 1)) {
        const auto c = to_civil(on);
        if (c.month != 2 && !(c.month == 3 && c.day == 1) && c.day % 13 != 0) continue;
        const std::string day = to_string(on);
        for (const char* age : {"aged 0 on x", "aged 3 to 5 on x", "aged 4 on x"}) {
            const auto both = days_of(age, day, by(LeapBirthday::both));
            const auto early = days_of(age, day, by(LeapBirthday::march_1));
            const auto late = days_of(age, day, by(LeapBirthday::february_28));
            EXPECT_EQ(both, early.substr(0, 12) + late.substr(12)) << age << ' ' << day;
        }
    }
}

// Without a calendar nothing is known of any day.
TEST(Expression, WithoutACalendarWorkingDaysAreDaysAtLeast) {
    EXPECT_EQ(days_of("5 working days after x", "2014-10-09", Conventions{}), "2014-10-14..open");
    EXPECT_EQ(days_of("at most 5 working days after x", "2014-10-09", Conventions{}),
              "2014-10-09..open");
}

TEST(Expression, NamesTheAnchorsInOrder) {
    const auto parsed = grammar::parse_time("between 3 days before a.b and Monday after May of c");
    std::string names;
    for (const auto* name : names_in(std::get<grammar::TimeExpression>(parsed)))
        names += name->parts.front() + " ";
    EXPECT_EQ(names, "a c ");
}

// A chain adds points of its own, and they restrict nothing: the anchor is as free as before.
TEST(Expression, RestrictsNoAnchor) {
    for (const auto& row : rows) {
        const auto parsed = grammar::parse_time(row.text);
        Network network;
        const auto s = network.add_statement({"s"});
        const auto x = network.add_point("x");
        network.add_days(s, x, DaySet({to_day({2016, 2, 20}), to_day({2016, 3, 5})}));
        const auto p = network.add_point("p");
        add_relative(
            network, s, p, std::get<grammar::TimeExpression>(parsed),
            [&](const grammar::PointName&) {
                return AnchorPoints{x, x};
            },
            conventions());
        EXPECT_EQ(to_string(Solver(network).days(x)), "2016-02-20..2016-03-05") << row.text;
    }
}

}  // namespace
}  // namespace antinomy::time
