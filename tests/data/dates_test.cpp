#include "data/dates.hpp"

#include <gtest/gtest.h>

namespace antinomy::data {
namespace {

std::string by(const std::string& format, const std::string& text) {
    FormatProblem problem;
    const auto read = read_format(format, problem);
    if (!read) return "!" + problem.message;
    return read_date(*read, text).value_or("-");
}

TEST(Dates, formats) {
    EXPECT_EQ(by("%d.%m.%Y", "05.03.2014"), "2014-03-05");
    EXPECT_EQ(by("%d.%m.%Y", "5.3.2014"), "2014-03-05");
    EXPECT_EQ(by("%d.%m.%Y", "05.03.14"), "-");
    EXPECT_EQ(by("%d.%m.%Y", "05.03.2014 "), "-");
    EXPECT_EQ(by("%d.%m.%Y", "32.03.2014"), "-");
    EXPECT_EQ(by("%d.%m.%Y", "05.13.2014"), "-");
    EXPECT_EQ(by("%Y%m%d", "20140305"), "2014-03-05");
    EXPECT_EQ(by("%Y%m%d", "2014035"), "-");
    EXPECT_EQ(by("%m/%Y", "03/2014"), "2014-03");
    EXPECT_EQ(by("%Y", "2014"), "2014");
    EXPECT_EQ(by("%d %B %Y", "5 March 2014"), "2014-03-05");
    EXPECT_EQ(by("%d %B %Y", "5 марта 2014"), "2014-03-05");
    EXPECT_EQ(by("%d %b %Y", "5 Mar 2014"), "2014-03-05");
    EXPECT_EQ(by("%d %B %Y", "5 Marz 2014"), "-");
    EXPECT_EQ(by("%FT%T%z", "2014-03-05T10:11:12+05:00"), "2014-03-05T10:11:12+05:00");
    EXPECT_EQ(by("%FT%T%z", "2014-03-05T10:11:12Z"), "2014-03-05T10:11:12Z");
    EXPECT_EQ(by("%FT%T%z", "2014-03-05T10:11:12+0500"), "2014-03-05T10:11:12+05:00");
    EXPECT_EQ(by("%FT%T%z", "2014-03-05T10:11:12"), "-");
    // No second is made up: the language of dates has no time without one.
    EXPECT_EQ(by("%F %H:%M", "2014-03-05 10:11"), "2014-03-05");
    EXPECT_EQ(by("%Y%%%m", "2014%03"), "2014-03");
    EXPECT_EQ(by("edtf", "2014-03?"), "2014-03?");
    EXPECT_EQ(by("edtf", "5 days before x"), "-");
}

TEST(Dates, formats_that_are_none) {
    for (const auto* format :
         {"%d.%m.%y", "%d.%m", "%Q.%Y", "%d.%Y", "%d.%m.%Y %Y", "%B %m %Y", "%F %H", "%F %M",
          "%F %H:%M%z", "yyyy-mm-dd", "", "%Y %", "%Y-%m %H:%M"})
        EXPECT_EQ(by(format, "x")[0], '!') << format;
}

TEST(Dates, two_that_read_one_text_differently) {
    const auto both = [](const char* a, const char* b) {
        FormatProblem problem;
        return both_read(*read_format(a, problem), *read_format(b, problem)).value_or("");
    };
    EXPECT_EQ(both("%d/%m/%Y", "%m/%d/%Y"), "02/01/1899");
    EXPECT_NE(both("%Y-%d-%m", "edtf"), "");
    EXPECT_NE(both("edtf", "%Y-%d-%m"), "");
    EXPECT_NE(both("%Y%m%d", "%Y%d%m"), "");
    EXPECT_EQ(both("%d.%m.%Y", "%m/%d/%Y"), "");
    EXPECT_EQ(both("%d.%m.%Y", "%m.%Y"), "");
    EXPECT_EQ(both("%d %B %Y", "%d %b %Y"), "");
    EXPECT_EQ(both("%F", "edtf"), "");
    EXPECT_EQ(both("edtf", "edtf"), "");
}

}  // namespace
}  // namespace antinomy::data
