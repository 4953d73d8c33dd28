#include "grammar/edtf.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cctype>
#include <string>
#include <vector>

#include "random_text.hpp"

namespace antinomy::grammar {
namespace {

using test::Random;

// ---------------------------------------------------------------- a tree in one line

std::string two(int n) {
    return (n < 10 ? "0" : "") + std::to_string(n);
}

// "2014|11?|09%", of each part its marks; "Y3388 E2 S3"; then "T10:00:00" and "+300" minutes.
std::string shape(const EdtfDate& d) {
    std::string out = std::string(d.long_year ? "Y" : "") + (d.negative ? "-" : "") + d.year;
    if (d.exponent != 0) out += " E" + std::to_string(d.exponent) + " ";
    if (d.significant != 0) out += " S" + std::to_string(d.significant) + " ";
    const auto mark = [&](std::size_t part) {
        const Qualifier& q = d.qualifiers[part];
        out += q.uncertain && q.approximate ? "%" : q.uncertain ? "?" : q.approximate ? "~" : "";
    };
    mark(0);
    if (!d.month.empty()) out += "|" + d.month;
    mark(1);
    if (!d.day.empty()) out += "|" + d.day;
    mark(2);
    if (d.clock) {
        out += " T" + two(d.clock->hour) + ":" + two(d.clock->minute) + ":" + two(d.clock->second);
        if (d.clock->offset_minutes) out += " offset " + std::to_string(*d.clock->offset_minutes);
    }
    return out;
}
std::string shape(const EdtfEnd& e) {
    return e.kind == EdtfEnd::Kind::day    ? shape(e.date)
           : e.kind == EdtfEnd::Kind::open ? "open"
                                           : "unknown";
}
std::string shape(const EdtfInterval& i) {
    return "from " + shape(i.start) + " to " + shape(i.end);
}
std::string shape(const EdtfSet& s) {
    std::string out = s.all ? "all of" : "one of";
    for (const EdtfSetItem& item : s.items) {
        const std::string first = item.first ? shape(*item.first) : "ever";
        const std::string last = item.last ? shape(*item.last) : "ever";
        out += " <" + (first == last ? first : first + " .. " + last) + ">";
    }
    return out;
}
std::string shape(const Edtf& e) {
    return std::visit([](const auto& value) { return shape(value); }, e);
}
std::string shape(const Parsed<Edtf>& p) {
    if (const auto* error = std::get_if<SyntaxError>(&p)) return "refused: " + error->message;
    return shape(std::get<Edtf>(p));
}

// ---------------------------------------------------------------- what is read

struct Valid {
    const char* text;
    const char* shape;
    const char* printed;  // nullptr: as written
};

const Valid valid[] = {
    // level 0
    {"2014", "2014", nullptr},
    {"0000", "0000", nullptr},
    {"9999", "9999", nullptr},
    {"2014-11", "2014|11", nullptr},
    {"2014-01", "2014|01", nullptr},
    {"2014-12", "2014|12", nullptr},
    {"2014-10-09", "2014|10|09", nullptr},
    {"2015-02-30", "2015|02|30", nullptr},  // for the calendar to refuse
    {"2014-10-31", "2014|10|31", nullptr},
    {"2014-10-09T23:30:00", "2014|10|09 T23:30:00", nullptr},
    {"2014-10-09T00:00:00", "2014|10|09 T00:00:00", nullptr},
    {"2014-10-09T23:59:59Z", "2014|10|09 T23:59:59 offset 0", nullptr},
    {"2014-10-09T23:30:00+05:00", "2014|10|09 T23:30:00 offset 300", nullptr},
    {"2014-10-09T23:30:00-03:30", "2014|10|09 T23:30:00 offset -210", nullptr},
    {"2014-10-09T23:30:00-00:30", "2014|10|09 T23:30:00 offset -30", nullptr},
    {"2014-10-09T23:30:00+14:00", "2014|10|09 T23:30:00 offset 840", nullptr},
    {"2014-10-09T23:30:00+05", "2014|10|09 T23:30:00 offset 300", "2014-10-09T23:30:00+05:00"},
    {"2014-10-09T23:30:00+00:00", "2014|10|09 T23:30:00 offset 0", "2014-10-09T23:30:00Z"},
    {"2014/2015", "from 2014 to 2015", nullptr},
    {"2014-11-01/2014-11-30", "from 2014|11|01 to 2014|11|30", nullptr},
    {"2014-11/2015", "from 2014|11 to 2015", nullptr},
    {"2014-10-09T10:00:00Z/2014-10-09T11:00:00Z",
     "from 2014|10|09 T10:00:00 offset 0 to 2014|10|09 T11:00:00 offset 0", nullptr},
    // level 1
    {"Y170000002", "Y170000002", nullptr},
    {"Y-170000002", "Y-170000002", nullptr},
    {"Y12345", "Y12345", nullptr},
    {"Y999999999", "Y999999999", nullptr},
    {"Y-12345~", "Y-12345~", nullptr},
    {"-0044", "-0044", nullptr},
    {"-0044-03-15", "-0044|03|15", nullptr},
    {"-0001", "-0001", nullptr},
    {"2014-21", "2014|21", nullptr},
    {"2014-24", "2014|24", nullptr},
    {"2014?", "2014?", nullptr},
    {"2014-11~", "2014~|11~", nullptr},
    {"2014-10-09%", "2014%|10%|09%", nullptr},
    {"201X", "201X", nullptr},
    {"20XX", "20XX", nullptr},
    {"2014-XX", "2014|XX", nullptr},
    {"2014-10-XX", "2014|10|XX", nullptr},
    {"2014-XX-XX", "2014|XX|XX", nullptr},
    {"../2014", "from open to 2014", nullptr},
    {"2014/..", "from 2014 to open", nullptr},
    {"2014/", "from 2014 to unknown", nullptr},
    {"/2014", "from unknown to 2014", nullptr},
    {"2014?/2015-11~", "from 2014? to 2015~|11~", nullptr},
    {"-0044/0001", "from -0044 to 0001", nullptr},
    {"/-0044", "from unknown to -0044", nullptr},
    {"2014-21/2015-24", "from 2014|21 to 2015|24", nullptr},
    // level 2
    {"1X56-10-XX", "1X56|10|XX", nullptr},
    {"XXXX-03-05", "XXXX|03|05", nullptr},
    {"XXXX", "XXXX", nullptr},
    {"XXXX-XX-XX", "XXXX|XX|XX", nullptr},
    {"201X-02-29", "201X|02|29", nullptr},
    {"-01XX", "-01XX", nullptr},
    {"-XXXX-1X", "-XXXX|1X", nullptr},
    {"2014-1X-31", "2014|1X|31", nullptr},
    {"2014-0X-3X", "2014|0X|3X", nullptr},
    {"2014-X2-X0", "2014|X2|X0", nullptr},
    {"2014-X9-0X", "2014|X9|0X", nullptr},
    {"2014-25", "2014|25", nullptr},
    {"2014-34", "2014|34", nullptr},
    {"2014-41", "2014|41", nullptr},
    {"201X-34", "201X|34", nullptr},
    {"2004-?06-11", "2004|06?|11", nullptr},
    {"2004?-06-11", "2004?|06|11", nullptr},
    {"?2004-06-11", "2004?|06|11", "2004?-06-11"},
    {"2004-06-~11", "2004|06|11~", nullptr},
    {"2004-06?-11", "2004?|06?|11", nullptr},
    {"2004-06~-11", "2004~|06~|11", nullptr},
    {"2004-%06-11", "2004|06%|11", nullptr},
    {"?2004-06-~11", "2004?|06|11~", "2004?-06-~11"},
    {"?2004-?06-?11", "2004?|06?|11?", "2004-06-11?"},
    {"2004?-06-?11", "2004?|06|11?", nullptr},
    {"%2004", "2004%", "2004%"},
    {"?-0044", "-0044?", "-0044?"},
    {"2004?-%06-11~", "2004%|06%|11~", "2004-06?-11~"},
    {"2004-06~-11?", "2004%|06%|11?", nullptr},
    {"2004?-06-11~", "2004%|06~|11~", nullptr},
    {"2004-?06~-11%", "2004%|06%|11%", "2004-06-11%"},
    {"2004-?06~-11", "2004~|06%|11", nullptr},
    {"?201X-?XX", "201X?|XX?", "201X-XX?"},
    {"2014-?34", "2014|34?", nullptr},
    {"2014-10-09?T10:00:00", "2014?|10?|09? T10:00:00", "2014-10-09T10:00:00?"},
    {"2014-10?-09T10:00:00", "2014?|10?|09 T10:00:00", nullptr},
    {"2014-10-09T10:00:00Z~", "2014~|10~|09~ T10:00:00 offset 0", nullptr},
    {"Y17E7", "Y17 E7 ", nullptr},
    {"Y-17E7", "Y-17 E7 ", nullptr},
    {"Y1E9", "Y1 E9 ", nullptr},
    {"Y2E3", "Y2 E3 ", nullptr},
    {"Y3388E2S3", "Y3388 E2  S3 ", nullptr},
    {"Y171010000S3", "Y171010000 S3 ", nullptr},
    {"Y-171010000S3", "Y-171010000 S3 ", nullptr},
    {"Y1000000000", "Y1000000000", nullptr},
    {"1950S2", "1950 S2 ", nullptr},
    {"-1950S2", "-1950 S2 ", nullptr},
    {"1950S4", "1950 S4 ", nullptr},
    {"0950S1", "0950 S1 ", nullptr},
    {"1950S2?", "1950 S2 ?", nullptr},
    {"%Y17E7S2", "Y17 E7  S2 %", "Y17E7S2%"},
    {"1950S2/Y17E7~", "from 1950 S2  to Y17 E7 ~", nullptr},
    {"[2014]", "one of <2014>", nullptr},
    {"[2014,2015-11,2016-11-09]", "one of <2014> <2015|11> <2016|11|09>", nullptr},
    {"[2014,2015,  2016]", "one of <2014> <2015> <2016>", "[2014,2015,2016]"},
    {"{2014, 2015..2017}", "all of <2014> <2015 .. 2017>", "{2014,2015..2017}"},
    {"[2014-10-09,2014-11-10..2014-11-11]", "one of <2014|10|09> <2014|11|10 .. 2014|11|11>",
     nullptr},
    {"[2014-10-09,2014-11-10..]", "one of <2014|10|09> <2014|11|10 .. ever>", nullptr},
    {"[..2014-10-09]", "one of <ever .. 2014|10|09>", nullptr},
    {"[2014,..2013,2015..]", "one of <2014> <ever .. 2013> <2015 .. ever>", nullptr},
    {"[2014?,2015~]", "one of <2014?> <2015~>", nullptr},
    {"[2014?..2015,2016..?2017-%11]", "one of <2014? .. 2015> <2016 .. 2017?|11%>",
     "[2014?..2015,2016..2017-~11?]"},
    {"[2014..2014?]", "one of <2014 .. 2014?>", nullptr},
    {"[2014..2014]", "one of <2014>", "[2014]"},
    {"{1950S2,Y17E7..}", "all of <1950 S2 > <Y17 E7  .. ever>", nullptr},
    {"[201X,XXXX-03-05,2014-23]", "one of <201X> <XXXX|03|05> <2014|23>", nullptr},
    {"{..-0044}", "all of <ever .. -0044>", nullptr},
    {"[Y12345,Y-12345..-0044]", "one of <Y12345> <Y-12345 .. -0044>", nullptr},
};

TEST(Edtf, ReadsAndPrints) {
    for (const Valid& row : valid) {
        SCOPED_TRACE(row.text);
        const Parsed<Edtf> parsed = parse_edtf(row.text);
        EXPECT_EQ(shape(parsed), row.shape);
        if (!std::holds_alternative<Edtf>(parsed)) continue;
        const Edtf& edtf = std::get<Edtf>(parsed);
        EXPECT_EQ(print(edtf), row.printed != nullptr ? row.printed : row.text);
        EXPECT_EQ(shape(parse_edtf(print(edtf))), row.shape);
        const Range range = std::visit([](const auto& value) { return value.range; }, edtf);
        EXPECT_EQ(range, (Range{0, static_cast<std::uint32_t>(std::string(row.text).size())}));

        // A date is read alike where only a date may stand; an interval or a set is not.
        const Parsed<EdtfDate> single = parse_edtf_date(row.text);
        ASSERT_EQ(std::holds_alternative<EdtfDate>(single), std::holds_alternative<EdtfDate>(edtf));
        if (const auto* date = std::get_if<EdtfDate>(&single)) {
            EXPECT_EQ(shape(*date), row.shape);
            EXPECT_EQ(print(*date), print(edtf));
        }
    }
}

TEST(Edtf, KeepsTheRangeOfEachDate) {
    const auto interval = std::get<EdtfInterval>(std::get<Edtf>(parse_edtf("2014-11?/-0044")));
    EXPECT_EQ(interval.start.date.range, (Range{0, 8}));
    EXPECT_EQ(interval.end.date.range, (Range{9, 14}));
    const auto set =
        std::get<EdtfSet>(std::get<Edtf>(parse_edtf("[2014,  2015..2016-11, ..0001]")));
    ASSERT_EQ(set.items.size(), 3U);
    EXPECT_EQ(set.items[0].first->range, (Range{1, 5}));
    EXPECT_EQ(set.items[0].last->range, (Range{1, 5}));
    EXPECT_EQ(set.items[1].first->range, (Range{8, 12}));
    EXPECT_EQ(set.items[1].last->range, (Range{14, 21}));
    EXPECT_EQ(set.items[2].last->range, (Range{25, 29}));
}

// ---------------------------------------------------------------- what is refused

constexpr const char* a_year = "expected a year of four digits";
constexpr const char* a_month =
    "expected a month from 01 to 12, or a season or division from 21 to 41";
constexpr const char* a_day = "expected a day from 01 to 31";
constexpr const char* long_digits = "expected digits of a year, the first of them not 0";
constexpr const char* too_far = "years go from -1000000000 to 1000000000";
constexpr const char* a_year_only = "a year with Y or S stands without a month";
constexpr const char* the_end = "expected the end of the date";
constexpr const char* year_first = "a date begins with its year of four digits";
constexpr const char* hyphens = "the parts of a date are joined by `-`";
constexpr const char* in_numbers = "a date is written in numbers";

struct Invalid {
    const char* text;
    Range range;
    const char* message;
    const char* help;
};

const Invalid invalid[] = {
    {"", {0, 0}, "expected a date, but the text is empty", ""},
    {" ", {0, 1}, a_year, ""},
    {" 2014", {0, 1}, a_year, "write 2014"},
    {"2014 ", {4, 5}, the_end, "write 2014"},
    {"ban", {0, 3}, a_year, ""},
    {"X", {0, 1}, a_year, ""},
    {"-", {1, 1}, a_year, ""},
    {"?", {1, 1}, a_year, ""},
    {"20145", {0, 5}, a_year, "write Y20145 for a year of more than four digits"},
    {"-20145", {1, 6}, a_year, "write Y-20145 for a year of more than four digits"},
    {"--2014", {1, 2}, a_year, ""},
    {"-0000", {1, 5}, "there is no year -0000", "write 0000 for the year before 0001"},
    {"-0000-05-01", {1, 5}, "there is no year -0000", "write 0000 for the year before 0001"},
    // months and days
    {"2014-", {5, 5}, a_month, ""},
    {"2014-00", {5, 7}, a_month, ""},
    {"2014-13", {5, 7}, a_month, ""},
    {"2014-20", {5, 7}, a_month, ""},
    {"2014-42", {5, 7}, a_month, ""},
    {"2014-99", {5, 7}, a_month, ""},
    {"2014-2X", {5, 7}, a_month, ""},
    {"2014-1", {5, 6}, a_month, "write 2014-01"},
    {"2014-011",
     {0, 8},
     "days counted from the beginning of the year are no dates of EDTF",
     "write 2014-01-11"},
    {"2014-0111", {5, 9}, a_month, ""},
    {"2014-Nov", {0, 8}, in_numbers, "write 2014-11"},
    {"2014-13-01", {5, 7}, a_month, "write 2014-01-13 if 13 January is meant"},
    {"2014-00-09", {5, 7}, a_month, ""},
    {"2014-10-", {8, 8}, a_day, ""},
    {"2014-10-00", {8, 10}, a_day, ""},
    {"2014-10-32", {8, 10}, a_day, ""},
    {"2014-10-4X", {8, 10}, a_day, ""},
    {"2014-10-9", {8, 9}, a_day, "write 2014-10-09"},
    {"2014-10-099", {8, 11}, a_day, ""},
    {"2014-21-05",
     {7, 8},
     "a season or division of the year (21 to 41) has no day",
     "write 2014-05-21 if 21 May is meant"},
    {"2014-34-40", {7, 8}, "a season or division of the year (21 to 41) has no day", ""},
    {"2014-29-09",
     {7, 8},
     "a season or division of the year (21 to 41) has no day",
     "write 2014-09-29 if 29 September is meant"},
    {"2014-10-09-01", {10, 13}, the_end, ""},
    {"2014-\xD9\xA0\xD9\xA9", {5, 9}, a_month, ""},
    // other spellings
    {"2014-9-29", {5, 6}, a_month, "write 2014-09-29"},
    {"2014-9-9", {5, 6}, a_month, "write 2014-09-09"},
    {"29.09.2014", {0, 10}, year_first, "write 2014-09-29 if 29 September is meant"},
    {"9.10.2014", {0, 9}, year_first, "write 2014-10-09 if 9 October is meant"},
    {"9/10/2014",
     {0, 9},
     year_first,
     "write 2014-10-09 if 9 October is meant, 2014-09-10 if 10 September"},
    {"09-10-2014",
     {0, 10},
     year_first,
     "write 2014-10-09 if 9 October is meant, 2014-09-10 if 10 September"},
    {"10/10/2014", {0, 10}, year_first, "write 2014-10-10 if 10 October is meant"},
    {"29/9/2014", {0, 9}, year_first, "write 2014-09-29 if 29 September is meant"},
    {"9/29/2014", {0, 9}, year_first, "write 2014-09-29 if 29 September is meant"},
    {"29.09.14", {0, 8}, year_first, "write the year in full, as in 2014-09-29"},
    {"14-09-29", {0, 8}, year_first, "write the year in full, as in 2014-09-29"},
    {"09.2014", {0, 7}, year_first, "write 2014-09"},
    {"9/2014", {0, 6}, year_first, "write 2014-09"},
    {"2014/11/05", {0, 10}, hyphens, "write 2014-11-05"},
    {"2014.11.05", {0, 10}, hyphens, "write 2014-11-05"},
    {"2014/11", {0, 7}, hyphens, "write 2014-11"},
    {"20141109", {0, 8}, hyphens, "write 2014-11-09"},
    {"201411", {0, 6}, hyphens, "write 2014-11"},
    {"Nov 2014", {0, 8}, in_numbers, "write 2014-11"},
    {"november 2014", {0, 13}, in_numbers, "write 2014-11"},
    {"2014 November", {0, 13}, in_numbers, "write 2014-11"},
    {"9 November 2014", {0, 15}, in_numbers, "write 2014-11-09"},
    {"9 Nov. 2014", {0, 11}, in_numbers, "write 2014-11-09"},
    {"November 9, 2014", {0, 16}, in_numbers, "write 2014-11-09"},
    {"9-Nov-2014", {0, 10}, in_numbers, "write 2014-11-09"},
    {"autumn 2014", {0, 11}, in_numbers, "write 2014-23"},
    {"Winter 2014", {0, 11}, in_numbers, "write 2014-24"},
    {"ca. 2014", {0, 8}, in_numbers, "write 2014~"},
    {"1990s", {4, 5}, the_end, "write 199X for the ten years"},
    {"201x", {0, 4}, a_year, "write 201X"},
    {"2014-uu", {5, 7}, a_month, "write 2014-XX"},
    // other spellings, in words and in other forms of ISO 8601
    {"Sept 29, 2014", {0, 13}, in_numbers, "write 2014-09-29"},
    {"Sept. 29th, 2014", {0, 16}, in_numbers, "write 2014-09-29"},
    {"the 29th of September 2014", {0, 26}, in_numbers, "write 2014-09-29"},
    {"2014 September 29", {0, 17}, in_numbers, "write 2014-09-29"},
    {"29 сентября 2014", {0, 24}, in_numbers, "write 2014-09-29"},
    {"29 СЕНТЯБРЯ 2014 г.", {0, 28}, in_numbers, "write 2014-09-29"},
    {"1 мая 2014 года", {0, 22}, in_numbers, "write 2014-05-01"},
    {"Март 2014", {0, 13}, in_numbers, "write 2014-03"},
    {"сент. 2014", {0, 14}, in_numbers, "write 2014-09"},
    {"осенью 2014", {0, 17}, in_numbers, "write 2014-23"},
    {"2014 г.", {0, 8}, in_numbers, "write 2014"},
    {"1950-е", {5, 7}, a_month, "write 195X for the ten years"},
    {"1950's", {4, 6}, the_end, "write 195X for the ten years"},
    {"c. 1950", {0, 7}, in_numbers, "write 1950~"},
    {"circa 1950", {0, 10}, in_numbers, "write 1950~"},
    {"около 1950", {0, 15}, in_numbers, "write 1950~"},
    {"ca. November 1950", {0, 17}, in_numbers, "write 1950-11~"},
    {"circa", {0, 5}, in_numbers, "write ~ behind a date that is approximate: 1950~"},
    {"ca", {0, 2}, in_numbers, "write ~ behind a date that is approximate: 1950~"},
    {"19th century", {0, 12}, in_numbers, "write 18XX for the hundred years from 1800 on"},
    {"44 BC", {0, 5}, in_numbers, "write -0043: year 0000 is 1 BC"},
    {"1 BC", {0, 4}, in_numbers, "write 0000: year 0000 is 1 BC"},
    {"AD 79", {0, 5}, in_numbers, "write 0079"},
    {"2014-Q3", {5, 7}, a_month, "write 2014-35"},
    {"H2 2014", {0, 2}, a_year, "write 2014-41"},
    {"2014-W40", {0, 8}, "weeks by number are no dates of EDTF", "write 2014-09-29/2014-10-05"},
    {"2015-W53-7", {0, 10}, "weeks by number are no dates of EDTF", "write 2016-01-03"},
    {"2014W011", {0, 8}, "weeks by number are no dates of EDTF", "write 2013-12-30"},
    {"2014-W53", {5, 8}, a_month, ""},
    {"2014-272",
     {0, 8},
     "days counted from the beginning of the year are no dates of EDTF",
     "write 2014-09-29"},
    {"2012366",
     {0, 7},
     "days counted from the beginning of the year are no dates of EDTF",
     "write 2012-12-31"},
    {"2014-366", {5, 8}, a_month, ""},
    {"20140929T100000Z", {0, 16}, hyphens, "write 2014-09-29T10:00:00Z"},
    {"--09-29", {0, 7}, year_first, "write XXXX-09-29 for that day of any year"},
    {"2014–09–29", {4, 14}, the_end, "write 2014-09-29"},
    {"2014 ?", {4, 6}, the_end, "write 2014?"},
    {"2014-2015",
     {5, 9},
     a_month,
     "write 2014/2015 for a time from one to the other, [2014..2015] for one of these years"},
    {"201", {0, 3}, a_year, "write 201X for the ten years, or a year of four digits"},
    {"20", {0, 2}, a_year, "write 20XX for the hundred years, or a year of four digits"},
    {"+2014", {0, 1}, a_year, "write 2014, without the +"},
    {"2014-10-09T10", {13, 13}, "expected `:` and the minute", "write 2014-10-09T10:00:00"},
    {"2014-10-09T10:00Z", {16, 17}, "expected `:` and the second", "write 2014-10-09T10:00:00Z"},
    {"2014-10-09 10:00 UTC", {10, 20}, the_end, "write 2014-10-09T10:00:00Z"},
    // long years, exponents, significant digits
    {"Y2014",
     {0, 5},
     "expected five digits or more, the first of them not 0",
     "write 2014: Y stands before years of five digits or more"},
    {"Y-44",
     {0, 4},
     "expected five digits or more, the first of them not 0",
     "write -0044: Y stands before years of five digits or more"},
    {"Y1950S2",
     {0, 7},
     "expected five digits or more, the first of them not 0",
     "write 1950S2: Y stands before years of five digits or more"},
    {"Y02014", {1, 6}, long_digits, ""},
    {"Y0E5", {1, 4}, long_digits, ""},
    {"Y1000000001", {0, 11}, too_far, ""},
    {"Y-1000000001", {0, 12}, too_far, ""},
    {"Y99999999999999999999999", {0, 24}, too_far, ""},
    {"Y2E9", {0, 4}, too_far, ""},
    {"Y1E10", {0, 5}, too_far, ""},
    {"Y1E99999999999999999999", {0, 23}, too_far, ""},
    {"Y12345-01", {6, 9}, the_end, a_year_only},
    {"Y", {1, 1}, long_digits, ""},
    {"Y17E", {4, 4}, "expected an exponent from 1 to 9", ""},
    {"Y17E0", {4, 5}, "expected an exponent from 1 to 9", ""},
    {"Y1701XXXX",
     {0, 5},
     "expected five digits or more, the first of them not 0",
     "write Y17010000S4 for the years that begin in these digits"},
    {"17E7", {0, 4}, a_year, "write Y17E7"},
    {"1950S", {5, 5}, "expected how many digits are significant", "write 195X for the ten years"},
    {"1950S0", {5, 6}, "expected how many digits are significant", ""},
    {"1950S5",
     {0, 6},
     "the year has only 4 digits that can be significant: leading zeros are none",
     ""},
    {"0000S1",
     {0, 6},
     "the year has only 0 digits that can be significant: leading zeros are none",
     ""},
    {"19XXS2", {0, 6}, "a year has either X or a number of significant digits", ""},
    {"1950S2-10", {6, 9}, the_end, a_year_only},
    // qualifiers
    {"2014?~", {5, 6}, the_end, "write % for both ? and ~"},
    {"2014??", {5, 6}, the_end, "once is enough"},
    {"??2014", {1, 2}, a_year, "once is enough"},
    {"2014!", {4, 5}, the_end, ""},
    // clocks
    {"2014-10-09T", {11, 11}, "expected an hour from 00 to 23", ""},
    {"2014-10-09T10:00", {16, 16}, "expected `:` and the second", "write 2014-10-09T10:00:00"},
    {"2014-10-09 10:00", {10, 16}, the_end, "write 2014-10-09T10:00:00"},
    {"2014-10-09 10:00:30", {10, 19}, the_end, "write 2014-10-09T10:00:30"},
    {"2014-10-09T24:00:00",
     {11, 13},
     "expected an hour from 00 to 23",
     "write T00:00:00 of the next day"},
    {"2014-10-09T25:00:00", {11, 13}, "expected an hour from 00 to 23", ""},
    {"2014-10-09T9:00:00", {11, 12}, "expected an hour from 00 to 23", ""},
    {"2014-10-09T10:60:00", {14, 16}, "expected a minute from 00 to 59", ""},
    {"2014-10-09T10:00:60", {17, 19}, "expected a second from 00 to 59", ""},
    {"2014-10-09T10:00:00.5", {19, 21}, the_end, "leave out the fractions of a second"},
    {"2014-10-09T10:00:00+", {20, 20}, "expected an offset of at most 14 hours", ""},
    {"2014-10-09T10:00:00+15:00", {20, 22}, "expected an offset of at most 14 hours", ""},
    {"2014-10-09T10:00:00+14:01", {23, 25}, "expected minutes of an offset of at most 14:00", ""},
    {"2014-10-09T10:00:00+05:60", {23, 25}, "expected minutes of an offset of at most 14:00", ""},
    {"2014-10-09T10:00:00-00:00",
     {19, 25},
     "there is no offset -00:00",
     "write Z for UTC, or leave the offset out if it is not known"},
    {"2014-10-09T10:00:00 Z", {19, 21}, the_end, "write 2014-10-09T10:00:00Z"},
    {"2014-10T10:00:00", {7, 16}, the_end, "a time of day needs year, month and day before it"},
    {"2014-10-XXT10:00:00", {10, 11}, "a time of day needs a date without X", ""},
    // intervals
    {"/", {0, 1}, "an interval needs a date at one end at least", ""},
    {"../..", {0, 5}, "an interval needs a date at one end at least", ""},
    {"/..", {0, 3}, "an interval needs a date at one end at least", ""},
    {"../", {0, 3}, "an interval needs a date at one end at least", ""},
    {"..", {2, 2}, "expected `/`", ""},
    {"..2014", {2, 6}, "expected `/`", ""},
    {"2014/2015/2016", {9, 14}, the_end, ""},
    {"2014/open", {5, 9}, a_year, "write `..` for an open end"},
    {"2014/unknown", {5, 12}, a_year, "leave an unknown end empty"},
    {"2014 / 2015", {4, 11}, the_end, "write 2014/2015"},
    {"2014/...", {7, 8}, the_end, ""},
    {"2014-9-29/2014-10-01", {5, 6}, a_month, "write 2014-09-29"},
    {"2014-09-01/30.09.2014", {11, 21}, year_first, "write 2014-09-30 if 30 September is meant"},
    // sets
    {"[", {1, 1}, a_year, ""},
    {"[]", {1, 2}, a_year, ""},
    {"{}", {1, 2}, a_year, ""},
    {"[..]", {3, 4}, a_year, ""},
    {"[2014", {5, 5}, "expected `,` or `]`", ""},
    {"[2014}", {5, 6}, "expected `,` or `]`", ""},
    {"{2014]", {5, 6}, "expected `,` or `}`", ""},
    {"[2014 , 2015]", {5, 6}, "expected `,` or `]`", "write [2014,2015]"},
    {"[2014,]", {6, 7}, a_year, ""},
    {"[2014, 2015", {11, 11}, "expected `,` or `]`", ""},
    {"[2014]?", {6, 7}, the_end, ""},
    {"[[2014]]", {1, 2}, a_year, ""},
    {"[2014/2015]", {5, 6}, "expected `,` or `]`", "a range inside brackets is written with `..`"},
    {"2014..2015", {4, 10}, the_end, "put a range in brackets, or write `/` between start and end"},
    {"[2014-9-29, 2015]", {6, 7}, a_month, "write 2014-09-29"},
    {"[2014, 9 November 2014]", {7, 22}, in_numbers, "write 2014-11-09"},
    {"[2014]x", {6, 7}, the_end, ""},
    {"2014-10-09 or so", {10, 16}, the_end, ""},
};

TEST(Edtf, RefusesWithPlaceReasonAndHelp) {
    for (const Invalid& row : invalid) {
        SCOPED_TRACE(row.text);
        const Parsed<Edtf> parsed = parse_edtf(row.text);
        const auto* error = std::get_if<SyntaxError>(&parsed);
        ASSERT_NE(error, nullptr) << shape(parsed);
        EXPECT_EQ(error->range.begin, row.range.begin);
        EXPECT_EQ(error->range.end, row.range.end);
        EXPECT_EQ(error->message, row.message);
        EXPECT_EQ(error->help, row.help);
    }
}

TEST(Edtf, RefusesMoreThan200Bytes) {
    std::string fits = "[2014";
    while (fits.size() + 6 <= 199) fits += ",2014";
    fits += "]";
    while (fits.size() < 200) fits.insert(6, " ");
    EXPECT_TRUE(std::holds_alternative<Edtf>(parse_edtf(fits)));
    fits.insert(6, " ");
    const auto parsed = parse_edtf(fits);
    const auto* error = std::get_if<SyntaxError>(&parsed);
    ASSERT_NE(error, nullptr);
    EXPECT_EQ(error->range, (Range{200, 201}));
    EXPECT_EQ(error->message, "a date is at most 200 bytes long");
    EXPECT_TRUE(std::holds_alternative<SyntaxError>(parse_edtf(std::string(5'000'000, '['))));
}

// The print of a long set leaves out what it may, so that it can be read again.
TEST(Edtf, PrintsNoLongerThanItReads) {
    std::string text = "[2014-10-09T10:00:00+05";
    while (text.size() + 24 <= 199) text += ",2014-10-09T10:00:00+05";
    text += "]";
    const auto parsed = parse_edtf(text);
    ASSERT_TRUE(std::holds_alternative<Edtf>(parsed)) << shape(parsed);
    EXPECT_EQ(print(std::get<Edtf>(parsed)), text);
}

// ---------------------------------------------------------------- every pair of figures

TEST(Edtf, TakesAPairOfFiguresIfANumberFitsIt) {
    const std::string figures = "0123456789X";
    const auto fits = [](const std::string& pair, int first, int last) {
        for (int n = first; n <= last; ++n) {
            const std::string digits = two(n);
            if ((pair[0] == 'X' || pair[0] == digits[0]) &&
                (pair[1] == 'X' || pair[1] == digits[1])) {
                return true;
            }
        }
        return false;
    };
    for (const char a : figures) {
        for (const char b : figures) {
            const std::string pair{a, b};
            const bool masked = pair.find('X') != std::string::npos;
            const bool month = fits(pair, 1, 12) || (!masked && fits(pair, 21, 41));
            const bool day = fits(pair, 1, 31);
            EXPECT_EQ(std::holds_alternative<Edtf>(parse_edtf("2014-" + pair)), month) << pair;
            EXPECT_EQ(std::holds_alternative<Edtf>(parse_edtf("2014-10-" + pair)), day) << pair;
        }
    }
}

// ---------------------------------------------------------------- random trees and texts

std::string masked(Random& random, std::string digits) {
    for (char& c : digits) {
        if (random.chance(6)) c = 'X';
    }
    return digits;
}

EdtfDate random_date(Random& random) {
    EdtfDate date;
    if (random.chance(8)) {
        date.long_year = true;
        date.negative = random.chance(2);
        date.year = std::to_string(10'000 + random.below(999'989'999));
        if (random.chance(3)) {
            date.year = std::to_string(1 + random.below(9999));
            date.exponent = 1 + random.below(5);
        }
        if (random.chance(3)) {
            const auto digits = date.year.size() + static_cast<std::size_t>(date.exponent);
            date.significant = 1 + random.below(static_cast<int>(digits));
        }
    } else {
        date.negative = random.chance(6);
        std::string year = std::to_string(1 + random.below(9999));
        year.insert(0, 4 - year.size(), '0');
        date.year = masked(random, year);
        if (random.chance(8) && date.year.find('X') == std::string::npos) {
            date.significant =
                1 + random.below(static_cast<int>(std::to_string(std::stoi(year)).size()));
        } else if (random.chance(6)) {
            date.month = std::to_string(21 + random.below(21));
        } else if (!random.chance(4)) {
            date.month = masked(random, two(1 + random.below(12)));
            // 2X might be a season
            if (date.month[0] == '2') date.month = "12";
            if (!random.chance(4)) date.day = masked(random, two(1 + random.below(31)));
        }
        const std::string all = date.year + date.month + date.day;
        if (!date.day.empty() && all.find('X') == std::string::npos && random.chance(2)) {
            date.clock = ClockTime{random.below(24), random.below(60), random.below(60), {}};
            if (random.chance(2)) date.clock->offset_minutes = random.below(1681) - 840;
        }
    }
    if (random.chance(2)) return date;
    const bool whole = random.chance(3);
    for (std::size_t i = 0; i < date.parts(); ++i) {
        date.qualifiers[i] = {random.chance(3), random.chance(3)};
        if (whole) date.qualifiers[i] = date.qualifiers[0];
    }
    return date;
}

Edtf random_edtf(Random& random) {
    const int kind = random.below(4);
    if (kind < 2) return random_date(random);
    if (kind == 2) {
        EdtfInterval interval;
        interval.start.date = random_date(random);
        interval.end.date = random_date(random);
        EdtfEnd& vague = random.chance(2) ? interval.start : interval.end;
        if (random.chance(2)) {
            vague = {random.chance(2) ? EdtfEnd::Kind::open : EdtfEnd::Kind::unknown, {}};
        }
        return interval;
    }
    EdtfSet set;
    set.all = random.chance(2);
    for (int n = 1 + random.below(4); n > 0; --n) {
        EdtfSetItem item;
        const int shape_of_item = random.below(4);
        if (shape_of_item == 0) {
            item.first = item.last = random_date(random);
        } else {
            if (shape_of_item != 1) item.first = random_date(random);
            if (shape_of_item != 2) item.last = random_date(random);
        }
        set.items.push_back(item);
    }
    return set;
}

TEST(Edtf, ReadsWhatItPrints) {
    Random random(20140929);
    for (int n = 0; n < 20'000; ++n) {
        const Edtf edtf = random_edtf(random);
        const std::string text = print(edtf);
        const Parsed<Edtf> parsed = parse_edtf(text);
        ASSERT_EQ(shape(parsed), shape(edtf)) << text;
        ASSERT_EQ(print(std::get<Edtf>(parsed)), text);
    }
}

// A mark before a part is of that part, one behind it of all to its left too; `%` is both.
TEST(Edtf, FindsAQualifierAnywhere) {
    Random random(7);
    constexpr std::array<std::string_view, 4> marks{"", "?", "~", "%"};
    for (int n = 0; n < 2'000; ++n) {
        std::string text;
        std::array<Qualifier, 3> expected;
        const auto mark = [&](std::size_t first, std::size_t last) {
            const std::string_view m = random.pick(marks);
            for (std::size_t i = first; i <= last; ++i) {
                expected[i].uncertain = expected[i].uncertain || m == "?" || m == "%";
                expected[i].approximate = expected[i].approximate || m == "~" || m == "%";
            }
            text += m;
        };
        const std::array<const char*, 3> parts{"2014", "10", "09"};
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (i > 0) text += "-";
            mark(i, i);
            text += parts[i];
            mark(0, i);
        }
        const Parsed<EdtfDate> parsed = parse_edtf_date(text);
        ASSERT_TRUE(std::holds_alternative<EdtfDate>(parsed)) << text;
        const auto& date = std::get<EdtfDate>(parsed);
        ASSERT_EQ(date.qualifiers, expected) << text;
        ASSERT_LE(print(date).size(), text.size()) << text;
        ASSERT_TRUE(same(std::get<EdtfDate>(parse_edtf_date(print(date))), date)) << text;
    }
}

// Most data have plain dates, which `parse_edtf` reads by themselves: as the grammar does.
TEST(Edtf, ReadsPlainDatesAsTheGrammarDoes) {
    const auto two = [](int n) { return std::string{char('0' + n / 10), char('0' + n % 10)}; };
    std::vector<std::string> texts;
    for (const std::string year : {"0000", "0987", "2014", "9999", "201X", "20a4"}) {
        texts.push_back(year);
        for (int month = 0; month < 100; month += month < 45 ? 1 : 11)
            for (int day = -1; day < 40; ++day)
                texts.push_back(year + "-" + two(month) + (day < 0 ? "" : "-" + two(day)));
    }
    for (const std::string odd : {"2014-1", "2014/11", "2014-11-5", "2014 11-05", "2014-11/05", ""})
        texts.push_back(odd);
    std::size_t good = 0;
    for (const auto& text : texts) {
        const auto parsed = parse_edtf(text);
        const auto by_grammar = parse_edtf_date(text);
        const auto* edtf = std::get_if<Edtf>(&parsed);
        const auto* date = edtf == nullptr ? nullptr : std::get_if<EdtfDate>(edtf);
        const auto* expected = std::get_if<EdtfDate>(&by_grammar);
        if (edtf != nullptr && date == nullptr) continue;  // an interval
        ASSERT_EQ(date == nullptr, expected == nullptr) << text;
        if (date == nullptr) continue;
        ++good;
        ASSERT_EQ(date->range, expected->range) << text;
        ASSERT_EQ(date->month, expected->month) << text;
        ASSERT_TRUE(same(*date, *expected)) << text;
    }
    ASSERT_GT(good, 4 * 12 * 31);
}

// Whatever the text, the answer is a tree that prints and reads again, or an error that lies in it.
void expect_sound(const std::string& text) {
    const Parsed<Edtf> parsed = parse_edtf(text);
    if (const auto* edtf = std::get_if<Edtf>(&parsed)) {
        const Parsed<Edtf> again = parse_edtf(print(*edtf));
        ASSERT_EQ(shape(again), shape(*edtf)) << text;
        ASSERT_TRUE(same(std::get<Edtf>(again), *edtf)) << text;
        ASSERT_EQ(print(std::get<Edtf>(again)), print(*edtf)) << text;
        ASSERT_LE(print(*edtf).size(), 200U) << text;
        return;
    }
    const auto& error = std::get<SyntaxError>(parsed);
    ASSERT_LE(error.range.begin, error.range.end) << text;
    ASSERT_LE(error.range.end, text.size()) << text;
    ASSERT_FALSE(error.message.empty()) << text;
    // A parser without a name of its own would show its C++ type.
    ASSERT_EQ(error.message.find("boost"), std::string::npos) << text << ": " << error.message;
    ASSERT_FALSE(std::holds_alternative<EdtfDate>(parse_edtf_date(text))) << text;
}

TEST(Edtf, WithstandsRandomText) {
    Random random(99);
    const std::string_view alphabet = "0123456789XYZTES-/.,[]{}?~%:+ axNov\xD9\xA0";
    for (int n = 0; n < 20'000; ++n) expect_sound(random.text(alphabet, 40));
    for (int n = 0; n < 20'000; ++n) {
        const bool good = random.chance(2);
        const std::string from =
            good ? random.pick(std::vector<Valid>(std::begin(valid), std::end(valid))).text
                 : random.pick(std::vector<Invalid>(std::begin(invalid), std::end(invalid))).text;
        expect_sound(random.edited(from, alphabet));
    }
    for (int n = 0; n < 2'000; ++n) {
        std::string bytes;
        for (int k = random.below(60); k > 0; --k) bytes += static_cast<char>(random.below(256));
        expect_sound(bytes);
    }
}

}  // namespace
}  // namespace antinomy::grammar
