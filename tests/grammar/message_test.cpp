#include "grammar/message.hpp"

#include <gtest/gtest.h>

#include <string>

#include "expr_text.hpp"
#include "random_text.hpp"
#include "readme_table.hpp"

namespace antinomy::grammar {
namespace {

using std::string;
using std::string_view;
using test::Random;

// Literal text stands in <>, expressions as trees: "<on >a.b<.>".
string parts(string_view text) {
    const auto result = parse_message(text);
    if (const auto* error = std::get_if<SyntaxError>(&result)) return "refused: " + error->message;
    string out;
    for (const auto& part : std::get<Message>(result).parts) {
        out += part.expr ? tree(*part.expr) : "<" + part.text + ">";
    }
    return out;
}

TEST(Message, IsTextAndExpressions) {
    const struct {
        const char* text;
        const char* parts;
    } rows[] = {
        {"", ""},
        {"plain", "<plain>"},
        {"{e}", "e"},
        {"{e}{m}", "em"},
        {"{ e }", "e"},
        {"{e} was public", "e< was public>"},
        {"on {e.published}.", "<on >e.published<.>"},
        {"{e} was public on {e.published}, {days(e.published, m.start)} before {m} ({m.start})",
         "e< was public on >e.published<, >(call days e.published m.start)< before >m< "
         "(>m.start<)>"},
        {"Запись {e} старше события {событие.начало}",
         "<Запись >e< старше события >событие.начало"},
        {"“{e}” — it's", "<“>e<” — it's>"},
        {"two\nlines {e}\n", "<two\nlines >e<\n>"},
        {"{{", "<{>"},
        {"}}", "<}>"},
        {"{{}}", "<{}>"},
        {"{{e}}", "<{e}>"},
        {"{{{e}}}", "<{>e<}>"},
        {"a {{ b }} c", "<a { b } c>"},
        {"{a.end + 10 days}", "(+ a.end [10day])"},
        {"{(a = b)}", "(= a b)"},
        {"{f(a = b)}", "(call f (= a b))"},
        {"{e.published according to defence}", "e.published@defence"},
        {"{f('}')}", "(call f '}')"},
        {"{f(\"{\")} x", "(call f '{')< x>"},
        {"it's {e}, isn't it", "<it's >e<, isn't it>"},
        {"{'a'} and {'b'}", "'a'< and >'b'"},
        {"{10 days} {2014-09-29} {yes} {3}", "[10day]< >{2014-09-29}< >yes< >3"},
    };
    for (const auto& row : rows) EXPECT_EQ(parts(row.text), row.parts) << row.text;
}

TEST(Message, RangesAreThoseOfTheWholeText) {
    const string text = "Событие {e.start}, {days(e.start, 2014-09-29)} {c.x according to y}";
    const auto message = std::get<Message>(parse_message(text));
    const auto slice = [&](Range range) {
        return text.substr(range.begin, range.end - range.begin);
    };
    const auto& start = *message.parts[1].expr;
    EXPECT_EQ(slice(start.range), "e.start");
    EXPECT_EQ(slice(start.part_ranges[1]), "start");
    const auto& days = *message.parts[3].expr;
    EXPECT_EQ(slice(days.range), "days(e.start, 2014-09-29)");
    EXPECT_EQ(slice(days.children[0].range), "e.start");
    EXPECT_EQ(slice(days.children[1].range), "2014-09-29");
    EXPECT_EQ(slice(days.children[1].date.range), "2014-09-29");
    EXPECT_EQ(slice(message.parts[5].expr->sided_range), "y");
}

TEST(Message, RefusesWithPlaceAndReason) {
    const string unclosed = "write } after the expression; for the brace itself {{";
    const string names = "write a name, as in {e.published}; for the braces themselves {{ and }}";
    const struct {
        const char* text;
        Range range;
        const char* message;
        string help;
    } rows[] = {
        {"{", {0, 1}, "this brace is not closed", unclosed},
        {"{e", {0, 1}, "this brace is not closed", unclosed},
        {"a {e was public", {2, 3}, "this brace is not closed", unclosed},
        {"{a} and {b", {8, 9}, "this brace is not closed", unclosed},
        {"{{{", {2, 3}, "this brace is not closed", unclosed},
        {"}", {0, 1}, "this brace closes nothing", "for the brace itself write }}"},
        {"{a}} b", {3, 4}, "this brace closes nothing", "for the brace itself write }}"},
        {"a {b {c}}", {5, 6}, "a brace inside an expression", unclosed},
        {"{}", {0, 2}, "there is no expression between these braces", names},
        {"on {} x", {3, 5}, "there is no expression between these braces", names},
        {"on { \n}", {3, 7}, "there is no expression between these braces", names},
        {"on {e.published +}",
         {16, 17},
         "expected an expression after `+`",
         "the text ends here; YAML cuts a plain text at ` #` and `: `"},
        {"день {e.}",
         {11, 12},
         "expected a name directly after the dot",
         "no blanks around a dot; YAML may have cut the text here"},
        {"{a} {b befor c}", {7, 12}, "expected `+`, `-` or the end", ""},
        {"{a = b}",
         {3, 4},
         "expected `+`, `-` or the end",
         "a message shows values; a comparison goes in brackets"},
        {"{days(a, b}",
         {5, 6},
         "this bracket is not closed",
         "add ) where it ends; YAML cuts a plain text at ` #` and `: `"},
        {"{a && b}", {3, 5}, "`&&` is no word of the language", "write and"},
        {"x {on}", {3, 5}, "expected an expression", "`on` is a word of the language and no name"},
        {"{a}{2014-13}",
         {9, 11},
         "expected a month from 01 to 12, or a season or division from 21 to 41",
         ""},
        {"{part_of*}",
         {8, 9},
         "`*` stands only right after a reference that is followed all the way, as in x.part_of*",
         "to multiply, write times"},
    };
    for (const auto& row : rows) {
        const auto result = parse_message(row.text);
        ASSERT_TRUE(std::holds_alternative<SyntaxError>(result)) << row.text;
        const auto& error = std::get<SyntaxError>(result);
        EXPECT_EQ(error.range, row.range)
            << row.text << ' ' << error.range.begin << ".." << error.range.end;
        EXPECT_EQ(error.message, row.message) << row.text;
        EXPECT_EQ(error.help, row.help) << row.text;
    }
}

TEST(Message, AtMostFourKibibytes) {
    EXPECT_EQ(parts(string(4096, 'a')), "<" + string(4096, 'a') + ">");
    EXPECT_EQ(parts(string(4097, 'a')), "refused: longer than 4096 bytes");
    string many;
    for (int i = 0; i < 1000; ++i) many += "{a}";
    EXPECT_EQ(parts(many), string(1000, 'a'));
}

TEST(Message, EditedMessagesNeitherCrashNorHang) {
    Random random(4);
    for (int i = 0; i < 20000; ++i) {
        const auto text = random.edited("{e} was on {days(e.start, m)}, {{it's}} {'x'} день",
                                        "{}{}()'\".,a \n\xD0");
        const auto result = parse_message(text);
        if (const auto* error = std::get_if<SyntaxError>(&result)) {
            ASSERT_LE(error->range.begin, error->range.end) << text;
            ASSERT_LE(error->range.end, text.size()) << text;
            ASSERT_FALSE(error->message.empty());
        }
    }
}

TEST(MessageReadme, ExamplesHold) {
    const auto rows = test::readme_rows("Messages", "written");
    EXPECT_GE(rows.size(), 4U);
    for (const auto& row : rows) {
        string expressions;
        const auto message = std::get<Message>(parse_message(row.at(0)));
        for (const auto& part : message.parts) {
            if (!part.expr) continue;
            expressions += (expressions.empty() ? "" : "; ") + print(*part.expr);
        }
        EXPECT_EQ(expressions, row.at(1)) << row[0];
    }
    const auto refusals = test::readme_rows("Messages", "refused");
    EXPECT_GE(refusals.size(), 4U);
    for (const auto& row : refusals) {
        const auto result = parse_message(row.at(0));
        ASSERT_TRUE(std::holds_alternative<SyntaxError>(result)) << row[0];
        EXPECT_EQ(std::get<SyntaxError>(result).message, row.at(1)) << row[0];
        EXPECT_EQ(std::get<SyntaxError>(result).help, row.at(2)) << row[0];
    }
}

}  // namespace
}  // namespace antinomy::grammar
