#include "grammar/time.hpp"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "grammar/edtf.hpp"
#include "random_text.hpp"

namespace antinomy::grammar {
namespace {

using test::Random;

// ---------------------------------------------------------------- a tree in one line

std::string shape(const PointName& name) {
    std::string out;
    for (const std::string& part : name.parts) out += (out.empty() ? "" : "|") + part;
    return out;
}
std::string shape(const TimeExpression& e);
std::string shape(const Anchor& anchor) {
    if (const auto* link = std::get_if<Chained>(&anchor)) return "(" + shape(*link->time) + ")";
    if (const auto* name = std::get_if<PointName>(&anchor)) return "name " + shape(*name);
    return "date " + print(std::get<EdtfDate>(anchor));
}
std::string shape(Bound bound) {
    return std::array{"exactly", "least", "most"}.at(static_cast<std::size_t>(bound));
}
std::string shape(Unit unit) {
    return std::array{"day", "week", "month", "year", "working-day"}.at(
        static_cast<std::size_t>(unit));
}
std::string shape(const Edtf& edtf) {
    return "edtf " + print(edtf);
}
std::string shape(const Offset& o) {
    return "offset " + shape(o.bound) + " " + std::to_string(o.count) + " " + shape(o.unit) +
           (o.after ? " after " : " before ") + shape(o.anchor);
}
std::string shape(const OneSided& o) {
    return std::array{"before ", "after ", "not-before ", "not-after ", "same-day "}.at(
               static_cast<std::size_t>(o.side)) +
           shape(o.anchor);
}
std::string shape(const Between& b) {
    return "between " + shape(b.first) + " and " + shape(b.last);
}
std::string shape(const MonthOf& m) {
    return "month " + std::to_string(m.month) + " of " + shape(m.anchor);
}
std::string shape(const UnitOf& u) {
    return "unit " + std::to_string(u.shift) + " " + shape(u.unit) + " of " + shape(u.anchor);
}
std::string shape(const WeekdayNear& w) {
    return "weekday " + std::to_string(w.weekday) + (w.or_on ? " on-or" : "") +
           (w.after ? " after " : " before ") + shape(w.anchor);
}
std::string shape(const WeekdayOf& w) {
    return "weekday " + std::to_string(w.weekday) + " of week " + std::to_string(w.shift) + " of " +
           shape(w.anchor);
}
std::string shape(const Aged& a) {
    return "aged " + std::to_string(a.least) + " to " + std::to_string(a.most) + " on " +
           shape(a.anchor);
}
std::string shape(const TimeExpression& e) {
    return std::visit([](const auto& value) { return shape(value); }, e.value);
}
std::string shape(const OrderLine& line) {
    std::string out;
    for (std::size_t i = 0; i < line.points.size(); ++i) {
        if (i > 0) {
            const OrderRelation& r = line.relations.at(i - 1);
            using Kind = OrderRelation::Kind;
            out += r.kind == Kind::distance ? " " + shape(r.bound) + " " + std::to_string(r.days) +
                                                  (r.after ? " after " : " before ")
                                            : std::array{" before ", " after ", " not-before ",
                                                         " not-after ", " same-day "}
                                                  .at(static_cast<std::size_t>(r.kind));
        }
        out += shape(line.points[i]);
    }
    return out;
}
template <class Tree>
std::string shape(const Parsed<Tree>& p) {
    if (const auto* error = std::get_if<SyntaxError>(&p)) return "refused: " + error->message;
    return shape(std::get<Tree>(p));
}

struct Valid {
    const char* text;
    const char* shape;
    const char* printed;  // nullptr: as written
};
struct Invalid {
    const char* text;
    Range range;
    const char* message;
    const char* help;
};

template <class Tree, class Parse, std::size_t size>
void expect_read(const Valid (&rows)[size], Parse parse) {
    for (const Valid& row : rows) {
        SCOPED_TRACE(row.text);
        const Parsed<Tree> parsed = parse(row.text);
        EXPECT_EQ(shape(parsed), row.shape);
        if (!std::holds_alternative<Tree>(parsed)) continue;
        const std::string printed = print(std::get<Tree>(parsed));
        EXPECT_EQ(printed, row.printed != nullptr ? row.printed : row.text);
        EXPECT_EQ(shape(parse(printed)), row.shape);
    }
}

template <class Tree, class Parse, std::size_t size>
void expect_refused(const Invalid (&rows)[size], Parse parse) {
    for (const Invalid& row : rows) {
        SCOPED_TRACE(row.text);
        const Parsed<Tree> parsed = parse(row.text);
        const auto* error = std::get_if<SyntaxError>(&parsed);
        EXPECT_NE(error, nullptr) << shape(parsed);
        if (error == nullptr) continue;
        EXPECT_EQ(error->range.begin, row.range.begin);
        EXPECT_EQ(error->range.end, row.range.end);
        EXPECT_EQ(error->message, row.message);
        EXPECT_EQ(error->help, row.help);
    }
}

// ---------------------------------------------------------------- time expressions

const Valid expressions[] = {
    {"2014-11", "edtf 2014-11", nullptr},
    {"  2014-11\t", "edtf 2014-11", "2014-11"},
    {"[2014-10-09, 2014-11-10..]", "edtf [2014-10-09,2014-11-10..]", "[2014-10-09,2014-11-10..]"},
    {"2014/..", "edtf 2014/..", nullptr},
    {"/2014", "edtf /2014", nullptr},
    {"../2014", "edtf ../2014", nullptr},
    {"-0044-03-15", "edtf -0044-03-15", nullptr},
    {"?2014", "edtf 2014?", "2014?"},
    {"before 1950S2", "before date 1950S2", nullptr},
    {"10 days after Y17E7", "offset exactly 10 day after date Y17E7", nullptr},
    {"XXXX-03-05", "edtf XXXX-03-05", nullptr},
    {"Y170000002", "edtf Y170000002", nullptr},
    {"Y-12345", "edtf Y-12345", nullptr},
    {"10 days after ban", "offset exactly 10 day after name ban", nullptr},
    {"1 day before 2014-10-09", "offset exactly 1 day before date 2014-10-09", nullptr},
    {"1 days before ban", "offset exactly 1 day before name ban", "1 day before ban"},
    {"5 day before ban", "offset exactly 5 day before name ban", "5 days before ban"},
    {"0 days after ban", "offset exactly 0 day after name ban", nullptr},
    {"007 weeks after ban", "offset exactly 7 week after name ban", "7 weeks after ban"},
    {"1 week after ban", "offset exactly 1 week after name ban", nullptr},
    {"1 month after ban", "offset exactly 1 month after name ban", nullptr},
    {"2 years before a.start", "offset exactly 2 year before name a|start", nullptr},
    {"2014 days after ban", "offset exactly 2014 day after name ban", nullptr},
    {"999999999 days after ban", "offset exactly 999999999 day after name ban", nullptr},
    {"at least 3 months before a.start", "offset least 3 month before name a|start", nullptr},
    {"at most 2 weeks after events.ban.start", "offset most 2 week after name events|ban|start",
     nullptr},
    {"at  least\t3 days\n before a", "offset least 3 day before name a",
     "at least 3 days before a"},
    {"before killing", "before name killing", nullptr},
    {"after 2014-10-09?", "after date 2014-10-09?", nullptr},
    {"not before ban", "not-before name ban", nullptr},
    {"not after 2014-10", "not-after date 2014-10", nullptr},
    {"on ban", "same-day name ban", nullptr},
    {"same day as ban", "same-day name ban", "on ban"},
    {"on 2014-10-09", "same-day date 2014-10-09", nullptr},
    {"before -0044", "before date -0044", nullptr},
    {"before Y12345", "before date Y12345", nullptr},
    {"before XXXX-03-05", "before date XXXX-03-05", nullptr},
    {"after 2014-10-09T10:00:00+05:00", "after date 2014-10-09T10:00:00+05:00", nullptr},
    {"between release and election", "between name release and name election", nullptr},
    {"between 2014 and e.start", "between date 2014 and name e|start", nullptr},
    {"January of asia-plus-en.published", "month 1 of name asia-plus-en|published", nullptr},
    {"February of x", "month 2 of name x", nullptr},
    {"March of x", "month 3 of name x", nullptr},
    {"April of x", "month 4 of name x", nullptr},
    {"May of 2014", "month 5 of date 2014", nullptr},
    {"June of x", "month 6 of name x", nullptr},
    {"July of x", "month 7 of name x", nullptr},
    {"August of x", "month 8 of name x", nullptr},
    {"September of x", "month 9 of name x", nullptr},
    {"October of x", "month 10 of name x", nullptr},
    {"November of x", "month 11 of name x", nullptr},
    {"December of x", "month 12 of name x", nullptr},
    {"last week of s.published", "unit -1 week of name s|published", nullptr},
    {"this year of x", "unit 0 year of name x", nullptr},
    {"same month of x", "unit 0 month of name x", "this month of x"},
    {"same week of x", "unit 0 week of name x", "this week of x"},
    {"next year of 2014", "unit 1 year of date 2014", nullptr},
    // working days
    {"5 working days after ban", "offset exactly 5 working-day after name ban", nullptr},
    {"1 working day before ban", "offset exactly 1 working-day before name ban", nullptr},
    {"at most 10 working days after ban", "offset most 10 working-day after name ban", nullptr},
    // days of the week
    {"Thursday before ban", "weekday 4 before name ban", nullptr},
    {"the Thursday after ban.end", "weekday 4 after name ban|end", "Thursday after ban.end"},
    {"the Sunday on or before 2014-10-09", "weekday 7 on-or before date 2014-10-09",
     "Sunday on or before 2014-10-09"},
    {"Monday on or after ban", "weekday 1 on-or after name ban", nullptr},
    {"Tuesday of last week of s.published", "weekday 2 of week -1 of name s|published", nullptr},
    {"the Friday of this week of x", "weekday 5 of week 0 of name x", "Friday of this week of x"},
    {"Wednesday of same week of x", "weekday 3 of week 0 of name x", "Wednesday of this week of x"},
    {"Saturday of next week of x", "weekday 6 of week 1 of name x", nullptr},
    // ages
    {"aged 28 on s.published", "aged 28 to 28 on name s|published", nullptr},
    {"aged 28 to 30 on ban", "aged 28 to 30 on name ban", nullptr},
    {"aged 28 to 28 on ban", "aged 28 to 28 on name ban", "aged 28 on ban"},
    {"aged 0 to 17 on 2014-10-09", "aged 0 to 17 on date 2014-10-09", nullptr},
    // chains
    {"10 days after 1 month before ban",
     "offset exactly 10 day after (offset exactly 1 month before name ban)", nullptr},
    {"January of last year of s.published", "month 1 of (unit -1 year of name s|published)",
     nullptr},
    {"on January of 2014", "same-day (month 1 of date 2014)", nullptr},
    {"before last week of x", "before (unit -1 week of name x)", nullptr},
    {"between 3 days before ban and the Monday after 2014-10-09",
     "between (offset exactly 3 day before name ban) and (weekday 1 after date 2014-10-09)",
     "between 3 days before ban and Monday after 2014-10-09"},
    {"aged 18 on 2 weeks after trial", "aged 18 to 18 on (offset exactly 2 week after name trial)",
     nullptr},
    {"Thursday of next week of 1 year after x",
     "weekday 4 of week 1 of (offset exactly 1 year after name x)", nullptr},
    {"at least 1 day after at most 2 working days before same month of x",
     "offset least 1 day after (offset most 2 working-day before (unit 0 month of name x))",
     "at least 1 day after at most 2 working days before this month of x"},
    {"1 day after 2 days after 3 days after 4 days after 5 days after 6 days after 7 days after 8 "
     "days after x",
     "offset exactly 1 day after (offset exactly 2 day after (offset exactly 3 day after (offset "
     "exactly 4 day after (offset exactly 5 day after (offset exactly 6 day after (offset exactly "
     "7 day after (offset exactly 8 day after name x)))))))",
     nullptr},
    // months and days of the week in other languages, in any case form
    {"ноябрь of x", "month 11 of name x", "November of x"},
    {"Ноября of x", "month 11 of name x", "November of x"},
    {"10 days after мае of x", "offset exactly 10 day after (month 5 of name x)",
     "10 days after May of x"},
    {"среду on or after x", "weekday 3 on-or after name x", "Wednesday on or after x"},
    // these words are names where nothing behind them says otherwise
    {"before Thursday", "before name Thursday", nullptr},
    {"before май", "before name май", nullptr},
    {"between Thursday and the", "between name Thursday and name the", nullptr},
    {"between 2014 and 2015", "between date 2014 and date 2015", nullptr},
    {"before aged", "before name aged", nullptr},
    {"before working", "before name working", nullptr},
    // names
    {"before ban-before", "before name ban-before", nullptr},
    {"before before-ban", "before name before-ban", nullptr},
    {"before not_after", "before name not_after", nullptr},
    {"before x.before", "before name x|before", nullptr},
    {"before Before", "before name Before", nullptr},
    {"before _x", "before name _x", nullptr},
    {"before x-", "before name x-", nullptr},
    {"before 9-april", "before name 9-april", nullptr},
    {"before 2014-raid", "before name 2014-raid", nullptr},
    {"before 2014.published", "before name 2014|published", nullptr},
    {"before X", "before name X", nullptr},
    {"before Y2", "before name Y2", nullptr},
    {"before Yes", "before name Yes", nullptr},
    {"before бан-2014.начало", "before name бан-2014|начало", nullptr},
    {"before боздошт", "before name боздошт", nullptr},
    {"before 禁令", "before name 禁令", nullptr},
    {"before ممنوعیت", "before name ممنوعیت", nullptr},
    {"before می\u200Cشود", "before name می\u200Cشود", nullptr},
    {"before \U0001E922", "before name \U0001E922", nullptr},  // Adlam, newer than Unicode 5.2
    {"before и\u0306", "before name и\u0306", nullptr},
};

constexpr const char* an_expression =
    "expected a date or an expression such as `10 days after ban`, `not before ban` or "
    "`January of ban`";
constexpr const char* an_anchor = "expected a name or a date";
constexpr const char* a_side = "expected `before` or `after`";
constexpr const char* a_unit = "expected `days`, `working days`, `weeks`, `months` or `years`";
constexpr const char* a_place = "expected `before`, `after`, `on or before`, `on or after` or `of`";
constexpr const char* a_shift = "expected `last`, `this` or `next`";
constexpr const char* a_month =
    "expected a month from 01 to 12, or a season or division from 21 to 41";
constexpr const char* letters_only = "a name is made of letters, digits, `-` and `_`";

const Invalid no_expressions[] = {
    {"", {0, 0}, "expected a time expression, but the text is empty", ""},
    {"   ", {0, 3}, "expected a time expression, but the text is empty", ""},
    // mistyped words
    {"befor ban", {0, 5}, an_expression, "did you mean `before`?"},
    {"  befor ban", {2, 7}, an_expression, "did you mean `before`?"},
    {"Before ban", {0, 6}, an_expression, "did you mean `before`?"},
    {"aftre ban", {0, 5}, an_expression, "did you mean `after`?"},
    {"betwen a and b", {0, 6}, an_expression, "did you mean `between`?"},
    {"Januray of x", {0, 7}, an_expression, "did you mean `January`?"},
    {"january of x", {0, 7}, an_expression, "did you mean `January`?"},
    {"lst week of x", {0, 3}, an_expression, "did you mean `last`?"},
    {"10 dayz after ban", {3, 7}, a_unit, "did you mean `days`?"},
    {"10 moths after ban", {3, 8}, a_unit, "did you mean `months`?"},
    {"10 days aftr ban", {8, 12}, a_side, "did you mean `after`?"},
    {"at lest 10 days after ban", {3, 7}, "expected `least` or `most`", "did you mean `least`?"},
    {"between a an b", {10, 12}, "expected `and`", "did you mean `and`?"},
    {"last wek of x", {5, 8}, "expected `week`, `month` or `year`", "did you mean `week`?"},
    {"January off x", {8, 11}, "expected `of`", "did you mean `of`?"},
    {"not befor ban", {4, 9}, a_side, "did you mean `before`?"},
    // other words for the same
    {"since ban", {0, 5}, an_expression, "write `not before`"},
    {"until ban", {0, 5}, an_expression, "write `not after`"},
    {"by ban", {0, 2}, an_expression, "write `not after`"},
    {"in 2014", {0, 2}, an_expression, "leave out `in`"},
    {"two weeks after ban", {0, 3}, an_expression, "write 2"},
    {"a week after ban", {0, 1}, an_expression, "write 1"},
    {"at least ten days after ban", {9, 12}, "expected a count", "write 10"},
    {"within 10 days after ban",
     {0, 6},
     an_expression,
     "write `at most` and a count, as in `at most 10 days after ban`"},
    {"ban", {0, 3}, an_expression, "write `on ban` for the day of a record"},
    {" events.ban ", {1, 11}, an_expression, "write `on events.ban` for the day of a record"},
    {"foo bar", {0, 3}, an_expression, ""},
    {"5 business days after ban",
     {2, 10},
     a_unit,
     "write `working days`, which the calendar of the case counts"},
    {"5 working weeks after ban", {10, 15}, "expected `days`", ""},
    {"Thrusday before ban", {0, 8}, an_expression, "did you mean `Thursday`?"},
    {"Thursday befor ban", {9, 14}, a_place, "did you mean `before`?"},
    {"Thursday of week of ban", {12, 16}, a_shift, ""},
    {"Thursday of lst week of ban", {12, 15}, a_shift, "did you mean `last`?"},
    {"Thursday of last month of ban", {17, 22}, "expected `week`", ""},
    {"Thursday on ban", {12, 15}, "expected `or`", ""},
    {"Thursday of x", {12, 13}, a_shift, ""},
    {"the ban", {4, 7}, "expected a day of the week", ""},
    {"age 28 on ban", {0, 3}, an_expression, "write `aged`, as in `aged 28 on ban`"},
    {"aged on ban", {5, 7}, "expected an age in years", ""},
    {"aged 28", {7, 7}, "expected `on` or `to`", ""},
    {"aged 28 at ban", {8, 10}, "expected `on` or `to`", ""},
    {"aged 28 to ban", {11, 14}, "expected an age in years", ""},
    {"aged 28 to 30 ban", {14, 17}, "expected `on`", ""},
    {"aged 1000 on ban", {5, 9}, "an age is at most 999 years", ""},
    {"aged 30 to 28 on ban",
     {11, 13},
     "the second age is lower than the first",
     "write the lower age first, as in `aged 28 to 30 on ban`"},
    // chains
    {"10 days after 3 dayz after ban", {16, 20}, a_unit, "did you mean `days`?"},
    {"10 days after 3 days ban", {21, 24}, a_side, ""},
    {"10 days after before ban", {14, 20}, "`before` is a word of the language and not a name", ""},
    {"10 days after aged 3 on ban", {19, 27}, "expected the end of the expression", ""},
    {"1 day after 2 days after 3 days after 4 days after 5 days after 6 days after 7 days after 8 "
     "days after 9 days after x",
     {103, 117},
     "a chain of expressions has at most 8 links",
     "give a record the date in between, and go on from that"},
    {"между a and b", {0, 10}, an_expression, ""},
    // something is missing
    {"before", {6, 6}, an_anchor, ""},
    {"before  ", {8, 8}, an_anchor, ""},
    {"10 days", {7, 7}, a_side, ""},
    {"10 days after", {13, 13}, an_anchor, ""},
    {"10 ban", {3, 6}, a_unit, ""},
    {"10 days ban", {8, 11}, a_side, ""},
    {"at 10 days after ban", {3, 5}, "expected `least` or `most`", ""},
    {"at least days after ban", {9, 13}, "expected a count", ""},
    {"not on ban", {4, 6}, a_side, ""},
    {"not", {3, 3}, a_side, ""},
    {"between a", {9, 9}, "expected `and`", ""},
    {"between a and", {13, 13}, an_anchor, ""},
    {"January x", {8, 9}, "expected `of`", ""},
    {"January 2014 of x", {8, 12}, "expected `of`", ""},
    {"last week x", {10, 11}, "expected `of`", ""},
    {"last day of x", {5, 8}, "expected `week`, `month` or `year`", ""},
    {"same day ban", {9, 12}, "expected `as`", ""},
    {"same ban", {5, 8}, "expected `day as`, `week of`, `month of` or `year of`", ""},
    // something is too much
    {"on ban and more", {7, 15}, "expected the end of the expression", ""},
    {"before a b ", {9, 10}, "expected the end of the expression", ""},
    {"before before", {7, 13}, "`before` is a word of the language and not a name", ""},
    {"before day.start", {7, 10}, "`day` is a word of the language and not a name", ""},
    {"between and and b", {8, 11}, "`and` is a word of the language and not a name", ""},
    {"before May",
     {7, 10},
     "`May` is a word of the language and not a name",
     "write a month as 2014-11"},
    {"1234567890 days after ban", {0, 10}, "a count is at most 999999999", ""},
    {"at most 1234567890 days after ban", {8, 18}, "a count is at most 999999999", ""},
    {"10days after ban",
     {2, 6},
     "expected a blank after the count",
     "part the count and the unit with a blank"},
    {"at least 10days after ban",
     {11, 15},
     "expected a blank after the count",
     "part the count and the unit with a blank"},
    {"-10 days after ban", {1, 3}, "expected a year of four digits", ""},
    // names
    {"before -x", {7, 8}, "a part of a name does not begin with `-`", ""},
    {"before a.-b", {9, 10}, "a part of a name does not begin with `-`", ""},
    {"before a..b", {9, 10}, "expected a part of the name", ""},
    {"before .a", {7, 8}, "expected a part of the name", ""},
    {"before a.", {9, 9}, "expected a part of the name", ""},
    {"before a,b", {8, 9}, letters_only, ""},
    {"before “x”", {7, 10}, letters_only, ""},
    {"before a–b", {8, 11}, letters_only, ""},
    {"before a\u00A0b", {8, 10}, letters_only, ""},
    {"before a\xFFz", {8, 9}, letters_only, ""},
    {"before a\U0001F600", {8, 12}, letters_only, ""},
    {"10 days after [2014]", {14, 15}, an_anchor, ""},
    // dates
    {"2014-13", {5, 7}, a_month, ""},
    {" 2014-9-29", {6, 7}, a_month, "write 2014-09-29"},
    {"before 2014-9-29", {12, 13}, a_month, "write 2014-09-29"},
    {"between 2014-01 and 2014-13", {25, 27}, a_month, ""},
    {"before 29.09.2014",
     {7, 17},
     "a date begins with its year of four digits",
     "write 2014-09-29 if 29 September is meant"},
    {"before 1950S5",
     {7, 13},
     "the year has only 4 digits that can be significant: leading zeros are none",
     ""},
    {"before Y2E9", {7, 11}, "years go from -1000000000 to 1000000000", ""},
    {"before 2014-10-09T10", {20, 20}, "expected `:` and the minute", "write 2014-10-09T10:00:00"},
    {"before 2014/2015",
     {11, 16},
     "expected the end of the date",
     "write 2014/2015 for a time from one to the other, [2014..2015] for one of these years"},
    {"Nov 2014", {0, 8}, "a date is written in numbers", "write 2014-11"},
    {"9 November 2014", {0, 15}, "a date is written in numbers", "write 2014-11-09"},
    {"1990s", {4, 5}, "expected the end of the date", "write 199X for the ten years"},
    {"2014-10-09 or so", {10, 16}, "expected the end of the date", ""},
    {"2014 or 2015", {5, 7}, a_unit, ""},
};

TEST(Time, ReadsAndPrints) {
    expect_read<TimeExpression>(expressions, parse_time);
}
TEST(Time, RefusesWithPlaceReasonAndHelp) {
    expect_refused<TimeExpression>(no_expressions, parse_time);
}

TEST(Time, KeepsTheRangeOfEachPart) {
    const auto between =
        std::get<TimeExpression>(parse_time("  between бан.start and 2014-10-09? "));
    EXPECT_EQ(between.range, (Range{2, 38}));
    const auto& both = std::get<Between>(between.value);
    EXPECT_EQ(std::get<PointName>(both.first).range, (Range{10, 22}));
    EXPECT_EQ(std::get<EdtfDate>(both.last).range, (Range{27, 38}));

    const auto interval = std::get<TimeExpression>(parse_time(" 2014/2015 "));
    EXPECT_EQ(interval.range, (Range{1, 10}));
    const auto& ends = std::get<EdtfInterval>(std::get<Edtf>(interval.value));
    EXPECT_EQ(ends.range, (Range{1, 10}));
    EXPECT_EQ(ends.start.date.range, (Range{1, 5}));
    EXPECT_EQ(ends.end.date.range, (Range{6, 10}));

    const auto set = std::get<TimeExpression>(parse_time(" [2014, 2015..] "));
    const auto& items = std::get<EdtfSet>(std::get<Edtf>(set.value)).items;
    EXPECT_EQ(items.at(0).last->range, (Range{2, 6}));
    EXPECT_EQ(items.at(1).first->range, (Range{8, 12}));
}

TEST(Time, LimitsTheLength) {
    const std::string name(1024 - 7, 'x');
    EXPECT_TRUE(std::holds_alternative<TimeExpression>(parse_time("before " + name)));
    const auto parsed = parse_time("before x" + name);
    ASSERT_TRUE(std::holds_alternative<SyntaxError>(parsed));
    const auto& error = std::get<SyntaxError>(parsed);
    EXPECT_EQ(error.range, (Range{1024, 1025}));
    EXPECT_EQ(error.message, "a time expression is at most 1024 bytes long");
}

// ---------------------------------------------------------------- order lines

const Valid lines[] = {
    {"a before b", "a before b", nullptr},
    {"a after b", "a after b", nullptr},
    {"a not before b", "a not-before b", nullptr},
    {"a not after b", "a not-after b", nullptr},
    {"a same day as b", "a same-day b", nullptr},
    {"a before b before c", "a before b before c", nullptr},
    {"  a  before   b ", "a before b", "a before b"},
    {"a at least 10 days before b", "a least 10 before b", nullptr},
    {"a at most 1 day after b", "a most 1 after b", nullptr},
    {"a 3 days before b", "a exactly 3 before b", nullptr},
    {"a 3 weeks before b", "a exactly 21 before b", "a 21 days before b"},
    {"a at least 1 week after b", "a least 7 after b", "a at least 7 days after b"},
    {"a at least 0 days before b", "a least 0 before b", nullptr},
    {"a at least 10 days before b 3 days after c", "a least 10 before b exactly 3 after c",
     nullptr},
    {"a not before b before c", "a not-before b before c", nullptr},
    {"a same day as b after c not after d", "a same-day b after c not-after d", nullptr},
    {"a.start before b.end", "a|start before b|end", nullptr},
    {"ban-before before not-ban", "ban-before before not-ban", nullptr},
    {"задержан before осуждён", "задержан before осуждён", nullptr},
    {"9-april before 2014-raid", "9-april before 2014-raid", nullptr},
    {"a 142857142 weeks before b", "a exactly 999999994 before b", "a 999999994 days before b"},
};

constexpr const char* a_relation =
    "expected `before`, `after`, `not before`, `not after`, `same day as`, or a distance such as "
    "`at least 10 days before`";
constexpr const char* more_or_end = "expected a relation or the end of the line";
constexpr const char* no_date = "a date cannot stand in an order line";
constexpr const char* give_date = "give an event that date, and put the event in the line";

const Invalid no_lines[] = {
    {"", {0, 0}, "expected an order line, but the text is empty", ""},
    {"a", {1, 1}, a_relation, ""},
    {" a ", {3, 3}, a_relation, ""},
    {"a b", {2, 3}, a_relation, ""},
    {"a before", {8, 8}, "expected a name", ""},
    {"a before b before", {17, 17}, "expected a name", ""},
    {"a befor b", {2, 7}, a_relation, "did you mean `before`?"},
    {"a before b aftr c", {11, 17}, more_or_end, "did you mean `after`?"},
    {"a since b", {2, 7}, a_relation, "write `not before`"},
    {"a before b and c", {11, 16}, more_or_end, ""},
    {"a before b, c", {10, 11}, letters_only, ""},
    {"before before b", {0, 6}, "`before` is a word of the language and not a name", ""},
    {"a not b", {6, 7}, "expected `before` or `after`", ""},
    {"a same week as b", {7, 11}, "expected `day`", ""},
    {"a same dey as b", {7, 10}, "expected `day`", "did you mean `day`?"},
    {"a same day b", {11, 12}, "expected `as`", ""},
    {"a at 3 days before b", {5, 6}, "expected `least` or `most`", ""},
    {"a at least 10 dayz before b", {14, 18}, "expected `days` or `weeks`", "did you mean `days`?"},
    {"a at least 10 days b", {19, 20}, "expected `before` or `after`", ""},
    {"a 3 months before b",
     {4, 10},
     "months and years differ in length, and an order line counts days",
     "write a number of days or weeks"},
    {"a at least 1 year before b",
     {13, 17},
     "months and years differ in length, and an order line counts days",
     "write a number of days or weeks"},
    {"a 142857143 weeks before b", {12, 17}, "a distance is at most 999999999 days", ""},
    {"a 1234567890 days before b", {2, 12}, "a count is at most 999999999", ""},
    {"a before b 1234567890 days before c", {11, 21}, "a count is at most 999999999", ""},
    {"a 10days before b",
     {4, 8},
     "expected a blank after the count",
     "part the count and the unit with a blank"},
    {"a before 2014", {9, 13}, no_date, give_date},
    {"2014-10-09 before a", {0, 10}, no_date, give_date},
    {"a before 29.09.2014", {9, 19}, no_date, give_date},
    {"a before b..c", {11, 12}, "expected a part of the name", ""},
};

TEST(Order, ReadsAndPrints) {
    expect_read<OrderLine>(lines, parse_order);
}
TEST(Order, RefusesWithPlaceReasonAndHelp) {
    expect_refused<OrderLine>(no_lines, parse_order);
}

TEST(Order, KeepsTheRangeOfEachName) {
    const auto line = std::get<OrderLine>(parse_order(" a  before bc.d after e "));
    EXPECT_EQ(line.range, (Range{1, 23}));
    ASSERT_EQ(line.points.size(), 3U);
    EXPECT_EQ(line.points[0].range, (Range{1, 2}));
    EXPECT_EQ(line.points[1].range, (Range{11, 15}));
    EXPECT_EQ(line.points[2].range, (Range{22, 23}));
}

TEST(Order, LimitsTheLength) {
    std::string text = "a";
    while (text.size() + 9 <= 4096) text += " before b";
    const auto parsed = parse_order(text);
    ASSERT_TRUE(std::holds_alternative<OrderLine>(parsed));
    EXPECT_EQ(std::get<OrderLine>(parsed).points.size(), 456U);
    text += " before b";
    const auto refused = parse_order(text);
    ASSERT_TRUE(std::holds_alternative<SyntaxError>(refused));
    EXPECT_EQ(std::get<SyntaxError>(refused).message, "an order line is at most 4096 bytes long");
}

// ---------------------------------------------------------------- random trees and texts

PointName random_name(Random& random) {
    static const std::vector<std::string> parts{
        "ban",  "asia-plus-en", "not_after", "x", "бан-1", "9-april",
        "禁令", "before-ban",   "Januar",    "X", "_",     "ممنوعیت"};
    PointName name;
    for (int n = 1 + random.below(3); n > 0; --n) name.parts.push_back(random.pick(parts));
    return name;
}
Anchor random_anchor(Random& random) {
    if (!random.chance(3)) return random_name(random);
    static const std::vector<const char*> dates{
        "2014",        "2014-10",  "2014-10-09?",
        "-0044",       "201X-1X",  "XXXX-03-05",
        "Y-170000002", "2014-23~", "2014-10-09T10:00:00+05:00"};
    return std::get<EdtfDate>(parse_edtf_date(random.pick(dates)));
}
// What may be the anchor of another: a day or a few.
TimeExpression random_link(Random& random, int depth);
Anchor random_chain(Random& random, int depth) {
    if (depth == 0 || random.chance(2)) return random_anchor(random);
    return Chained{std::make_shared<const TimeExpression>(random_link(random, depth - 1))};
}
TimeExpression random_link(Random& random, int depth) {
    TimeExpression e;
    switch (random.below(5)) {
        case 0:
            e.value = Offset{static_cast<Bound>(random.below(3)), random.below(1'000'000'000),
                             static_cast<Unit>(random.below(5)), random.chance(2),
                             random_chain(random, depth)};
            break;
        case 1:
            e.value = WeekdayNear{1 + random.below(7), random.chance(2), random.chance(2),
                                  random_chain(random, depth)};
            break;
        case 2:
            e.value =
                WeekdayOf{1 + random.below(7), random.below(3) - 1, random_chain(random, depth)};
            break;
        case 3:
            e.value = MonthOf{1 + random.below(12), random_chain(random, depth)};
            break;
        default:
            e.value = UnitOf{random.below(3) - 1, static_cast<Unit>(1 + random.below(3)),
                             random_chain(random, depth)};
    }
    return e;
}
TimeExpression random_expression(Random& random) {
    TimeExpression e;
    switch (random.below(5)) {
        case 0:
            e.value = OneSided{static_cast<Side>(random.below(5)), random_chain(random, 7)};
            break;
        case 1:
            e.value = Between{random_chain(random, 7), random_chain(random, 7)};
            break;
        case 2: {
            const int least = random.below(100);
            e.value = Aged{least, least + random.below(10), random_chain(random, 7)};
            break;
        }
        default:
            return random_link(random, 7);
    }
    return e;
}
OrderLine random_line(Random& random) {
    OrderLine line;
    line.points.push_back(random_name(random));
    for (int n = 1 + random.below(5); n > 0; --n) {
        OrderRelation r;
        r.kind = static_cast<OrderRelation::Kind>(random.below(6));
        if (r.kind == OrderRelation::Kind::distance) {
            r.bound = static_cast<Bound>(random.below(3));
            r.days = random.below(1000);
            r.after = random.chance(2);
        }
        line.relations.push_back(r);
        line.points.push_back(random_name(random));
    }
    return line;
}

TEST(Time, ReadsWhatItPrints) {
    Random random(31);
    for (int n = 0; n < 10'000; ++n) {
        const TimeExpression e = random_expression(random);
        ASSERT_EQ(shape(parse_time(print(e))), shape(e)) << print(e);
    }
}
TEST(Order, ReadsWhatItPrints) {
    Random random(32);
    for (int n = 0; n < 10'000; ++n) {
        const OrderLine line = random_line(random);
        ASSERT_EQ(shape(parse_order(print(line))), shape(line)) << print(line);
    }
}

// Whatever the text, the answer is a tree that prints and reads again, or an error that lies in it.
template <class Tree, class Parse>
void expect_sound(const std::string& text, Parse parse) {
    const Parsed<Tree> parsed = parse(text);
    if (const auto* tree = std::get_if<Tree>(&parsed)) {
        ASSERT_LE(tree->range.end, text.size());
        ASSERT_EQ(shape(parse(print(*tree))), shape(*tree)) << text;
        return;
    }
    const auto& error = std::get<SyntaxError>(parsed);
    ASSERT_LE(error.range.begin, error.range.end) << text;
    ASSERT_LE(error.range.end, text.size()) << text;
    ASSERT_FALSE(error.message.empty()) << text;
    // A parser without a name of its own would show its C++ type.
    ASSERT_EQ(error.message.find("boost"), std::string::npos) << text << ": " << error.message;
}

TEST(Time, WithstandsRandomText) {
    Random random(33);
    const std::string_view alphabet = "0123456789XYab-_./,[]?~ \t\xD0\xB1";
    static const std::vector<std::string> words{
        "before", "after",    "not",  "on",   "same", "day",     "as",   "between", "and",
        "at",     "least",    "most", "10",   "days", "weeks",   "of",   "January", "last",
        "week",   "next",     "this", "year", "ban",  "b.start", "2014", "2014-13", "-x",
        "the",    "Thursday", "aged", "to",   "or",   "working", "май",  "28"};
    for (int n = 0; n < 20'000; ++n) {
        const std::string text = random.text(alphabet, 40);
        expect_sound<TimeExpression>(text, parse_time);
        expect_sound<OrderLine>(text, parse_order);
    }
    for (int n = 0; n < 20'000; ++n) {
        std::string text = random.pick(words);
        for (int k = random.below(8); k > 0; --k) text += " " + random.pick(words);
        if (random.chance(3)) text = random.edited(text, alphabet);
        expect_sound<TimeExpression>(text, parse_time);
        expect_sound<OrderLine>("a " + text, parse_order);
    }
    for (int n = 0; n < 20'000; ++n) {
        expect_sound<TimeExpression>(
            random.edited(expressions[random.below(static_cast<int>(std::size(expressions)))].text,
                          alphabet),
            parse_time);
        expect_sound<OrderLine>(
            random.edited(lines[random.below(static_cast<int>(std::size(lines)))].text, alphabet),
            parse_order);
    }
}

}  // namespace
}  // namespace antinomy::grammar
