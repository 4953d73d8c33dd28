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

// By `century: 1950` and with `_` for digits that are not known.
std::string in_century(const std::string& format, const std::string& text, int century = 1950) {
    FormatProblem problem;
    const auto read = read_format(format, problem, true);
    if (!read) return "!" + problem.message;
    return read_date(*read, text, century, '_').value_or("-");
}

TEST(Dates, two_digits_of_a_year_and_a_century) {
    EXPECT_EQ(in_century("%m/%d/%y", "06/15/97"), "1997-06-15");
    EXPECT_EQ(in_century("%m/%d/%y", "6/5/49"), "2049-06-05");
    EXPECT_EQ(in_century("%m/%d/%y", "6/5/50"), "1950-06-05");
    EXPECT_EQ(in_century("%m/%d/%y", "6/5/1950"), "-");
    EXPECT_EQ(in_century("%m/%d/%y", "6/5/5"), "-");
    EXPECT_EQ(in_century("%y", "00", 1900), "1900");
    EXPECT_EQ(in_century("%y", "31", 1931), "1931");
    EXPECT_EQ(in_century("%y", "30", 1931), "2030");
    EXPECT_EQ(in_century("%m/%d/%y %Y", "6/5/50 1950")[0], '!');
}

TEST(Dates, digits_that_are_not_known) {
    EXPECT_EQ(in_century("%m/%d/%Y", "08/__/1999"), "1999-08-XX");
    EXPECT_EQ(in_century("%m/%d/%Y", "__/__/1999"), "1999-XX-XX");
    EXPECT_EQ(in_century("%m/%d/%Y", "__/15/1999"), "1999-XX-15");
    EXPECT_EQ(in_century("%m/%d/%Y", "08/15/____"), "XXXX-08-15");
    EXPECT_EQ(in_century("%m/%d/%Y", "1_/0_/199_"), "199X-1X-0X");
    EXPECT_EQ(in_century("%m/%d/%Y", "08/_/1999"), "-");
    EXPECT_EQ(in_century("%m/%d/%Y", "08/4_/1999"), "-");
    EXPECT_EQ(in_century("%m/%d/%y", "08/__/99"), "1999-08-XX");
    // Whether it is of the one century or the other must not depend on what is not known.
    EXPECT_EQ(in_century("%y", "9_"), "199X");
    EXPECT_EQ(in_century("%y", "4_"), "204X");
    EXPECT_EQ(in_century("%y", "__"), "-");
    EXPECT_EQ(in_century("%y", "__", 1900), "19XX");
    EXPECT_EQ(in_century("%y", "5_", 1955), "-");
    EXPECT_EQ(in_century("%m/%d/%Y %I:%M %p", "08/15/1999 4:__ PM"), "1999-08-15");
}

TEST(Dates, hours_of_twelve_and_numbers_of_their_own) {
    EXPECT_EQ(by("%F %I:%M:%S %p", "2014-03-05 12:10:00 AM"), "2014-03-05T00:10:00");
    EXPECT_EQ(by("%F %I:%M:%S %p", "2014-03-05 12:10:00 p.m."), "2014-03-05T12:10:00");
    EXPECT_EQ(by("%F %I:%M:%S%p", "2014-03-05 1:10:00pm"), "2014-03-05T13:10:00");
    EXPECT_EQ(by("%F %I:%M:%S %p", "2014-03-05 13:10:00 pm"), "-");
    EXPECT_EQ(by("%F %I:%M:%S %p", "2014-03-05 1:10:00 xm"), "-");
    EXPECT_EQ(by("%F %I:%M", "x")[0], '!');
    EXPECT_EQ(by("%F %H:%M %p", "x")[0], '!');
    EXPECT_EQ(by("%m/%d/%Y #%#", "08/15/1999 #12"), "1999-08-15");
    EXPECT_EQ(by("%m/%d/%Y #%#", "08/15/1999 #"), "-");
}

TEST(Dates, signs) {
    Dates dates;
    FormatProblem problem;
    for (const auto* f : {"%m/%d/%y", "%m/%Y", "edtf", "%F %T"})
        dates.formats.push_back(*read_format(f, problem, true));
    dates.century = 1950;
    dates.marks = {{"<", Mark::before},      {"<=", Mark::not_after}, {">", Mark::after},
                   {">=", Mark::not_before}, {"~", Mark::about},      {"c.", Mark::about},
                   {"?", Mark::doubtful},    {"=", Mark::exact}};
    const auto read = [&](const char* text, Mark mark = Mark::exact) {
        const auto date = read_date(dates, text, mark).value_or("-");
        return date + " " + std::string(word(mark));
    };
    EXPECT_EQ(read("06/15/97"), "1997-06-15 exact");
    EXPECT_EQ(read("<06/15/97"), "before 1997-06-15 before");
    EXPECT_EQ(read("<= 06/15/97"), "not after 1997-06-15 not after");
    EXPECT_EQ(read(">08/1999"), "after 1999-08 after");
    EXPECT_EQ(read(">=08/1999"), "not before 1999-08 not before");
    EXPECT_EQ(read("~08/1999"), "1999-08~ about");
    EXPECT_EQ(read("08/1999~"), "1999-08~ about");
    EXPECT_EQ(read("c. 1999"), "1999~ about");
    EXPECT_EQ(read("06/15/97?"), "1997-06-15? doubtful");
    EXPECT_EQ(read("=06/15/97"), "1997-06-15 exact");
    EXPECT_EQ(read("<<06/15/97"), "- exact");
    EXPECT_EQ(read("<"), "- exact");
    EXPECT_EQ(read("1999-08~"), "1999-08~ exact");  // as the language of dates has it itself
    EXPECT_EQ(read("06/15/97", Mark::after), "after 1997-06-15 after");
    EXPECT_EQ(read("<06/15/97", Mark::after), "- after");  // one sign is enough
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
