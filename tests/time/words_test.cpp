// Dates and periods in words: each form that EDTF has, in a field for a day and in one for a
// period.
#include "time/words.hpp"

#include <gtest/gtest.h>

#include "grammar/edtf.hpp"

namespace antinomy::time {
namespace {

struct Said {
    const char* written;
    const char* day;     // in a field for a day
    const char* period;  // in a field for a period
};

class Words : public testing::TestWithParam<Said> {};

grammar::Edtf parsed(const char* text) {
    const auto out = grammar::parse_edtf(text);
    const auto* value = std::get_if<grammar::Edtf>(&out);
    EXPECT_NE(value, nullptr) << text;
    return value != nullptr ? *value : grammar::Edtf{};
}

TEST_P(Words, SayWhatIsStated) {
    const auto& x = GetParam();
    const auto edtf = parsed(x.written);
    const auto day = day_of(edtf, Conventions{});
    ASSERT_TRUE(std::holds_alternative<StatedDay>(day)) << x.written;
    EXPECT_EQ(when_words(std::get<StatedDay>(day).days), x.day) << x.written;
    const auto period = period_of(edtf, Conventions{});
    ASSERT_TRUE(std::holds_alternative<StatedPeriod>(period)) << x.written;
    EXPECT_EQ(period_words(std::get<StatedPeriod>(period), edtf), x.period) << x.written;
}

INSTANTIATE_TEST_SUITE_P(
    Edtf, Words,
    testing::Values(
        // ---- single values
        Said{"2019-05-15", "2019-05-15", "on 2019-05-15"},
        Said{"2019-05", "between 2019-05-01 and 2019-05-31", "within 2019-05-01 to 2019-05-31"},
        Said{"2019", "between 2019-01-01 and 2019-12-31", "within 2019-01-01 to 2019-12-31"},
        Said{"2019-21", "between 2019-03-01 and 2019-05-31", "within 2019-03-01 to 2019-05-31"},
        Said{"2019-24", "between 2019-12-01 and 2020-02-29", "within 2019-12-01 to 2020-02-29"},
        Said{"201X", "between 2010-01-01 and 2019-12-31", "within 2010-01-01 to 2019-12-31"},
        Said{"2019-05-15?", "2019-05-15", "on 2019-05-15"},
        Said{"2019-05-15~", "between 2019-04-15 and 2019-06-14", "within 2019-04-15 to 2019-06-14"},
        Said{"2014-1X-31", "2014-10-31, or 2014-12-31",
             "its first and its last day each 2014-10-31, or 2014-12-31"},
        Said{"2004-XX-31", "on day 31 of an unknown month of 2004",
             "its first and its last day each on day 31 of an unknown month of 2004"},
        Said{"200X-03-05", "on 5 March of an unknown year from 2000 to 2009",
             "its first and its last day each on 5 March of an unknown year from 2000 to 2009"},
        Said{"XXXX-03-05", "on 5 March of an unknown year",
             "its first and its last day each on 5 March of an unknown year"},
        // ---- intervals
        Said{"2019-05-15/2019-06-30", "between 2019-05-15 and 2019-06-30",
             "from 2019-05-15 to 2019-06-30"},
        Said{"2019-05/2019-06", "between 2019-05-01 and 2019-06-30",
             "from a day between 2019-05-01 and 2019-05-31 to a day between 2019-06-01 and "
             "2019-06-30"},
        Said{"2019-05-15/..", "on or after 2019-05-15", "from 2019-05-15 on, end not stated"},
        Said{"2019-05-15/", "on or after 2019-05-15", "from 2019-05-15 on, end not known"},
        Said{"2019-05/..", "on or after 2019-05-01",
             "from a day between 2019-05-01 and 2019-05-31 on, end not stated"},
        Said{"../2019-05-15", "on or before 2019-05-15", "until 2019-05-15, start not stated"},
        Said{"/2019-05-15", "on or before 2019-05-15", "until 2019-05-15, start not known"},
        Said{"/2019-05", "on or before 2019-05-31",
             "until a day between 2019-05-01 and 2019-05-31, start not known"},
        // ---- sets
        Said{"[2014-10-09,2014-11-10..2014-11-11]",
             "2014-10-09, or between 2014-11-10 and 2014-11-11",
             "its first and its last day each 2014-10-09, or between 2014-11-10 and 2014-11-11"},
        Said{"[..2014-10-09]", "on or before 2014-10-09", "all of it on or before 2014-10-09"},
        Said{"[2014-10-09..]", "on or after 2014-10-09", "all of it on or after 2014-10-09"},
        Said{"[1990-01-01,1995-01-01,2001-01-01]", "1990-01-01, 1995-01-01, or 2001-01-01",
             "its first and its last day each 1990-01-01, 1995-01-01, or 2001-01-01"}));

TEST(Words, NoDay) {
    EXPECT_EQ(when_words(DaySet()), "on an unknown day");
    EXPECT_EQ(when_words(DaySet::all()), "on an unknown day");
}

}  // namespace
}  // namespace antinomy::time
