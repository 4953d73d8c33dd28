#include "grammar/condition.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "expr_text.hpp"
#include "random_text.hpp"
#include "readme_table.hpp"

namespace antinomy::grammar {
namespace {

using std::string;
using std::string_view;
using test::Random;

Expr parsed(string_view text) {
    auto result = parse_condition(text);
    if (const auto* error = std::get_if<SyntaxError>(&result)) {
        ADD_FAILURE() << text << ": " << error->message;
        return {};
    }
    return std::get<Expr>(std::move(result));
}

SyntaxError refused(string_view text) {
    const auto result = parse_condition(text);
    if (const auto* error = std::get_if<SyntaxError>(&result)) return *error;
    ADD_FAILURE() << text << " is accepted as " << tree(std::get<Expr>(result));
    return {};
}

string repeat(string_view text, std::size_t times) {
    string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

string slice(string_view text, Range range) {
    return string(text.substr(range.begin, range.end - range.begin));
}

// ---------------------------------------------------------------- what is read

struct Valid {
    const char* text;
    const char* tree;
    const char* canonical;  // "": as written
};

const Valid valid[] = {
    {"a", "a", ""},
    {"_a", "_a", ""},
    {"a-b", "a-b", ""},
    {"a-1", "a-1", ""},
    {"a.b", "a.b", ""},
    {"a.b.c", "a.b.c", ""},
    {"a.in", "a.in", ""},
    {"events.9-april.start", "events.9-april.start", ""},
    {"events.2014.x", "events.2014.x", ""},
    {"a.not.yes", "a.not.yes", ""},
    {"e.published", "e.published", ""},
    {"кому", "кому", ""},
    {"событие.начало", "событие.начало", ""},
    {"رخداد", "رخداد", ""},
    {"日付.開始", "日付.開始", ""},
    {"été-1", "été-1", ""},
    {"a according to b", "a@b", ""},
    {"a.b according to prosecution", "a.b@prosecution", ""},
    {"a.b according to защита", "a.b@защита", ""},
    {"yes", "yes", ""},
    {"no", "no", ""},
    {"0", "0", ""},
    {"7", "7", ""},
    {"007", "7", "7"},
    {"10", "10", ""},
    {"3.5", "3.5", ""},
    {"0.25", "0.25", ""},
    {"1.50", "1.5", "1.5"},
    {"123456789012345", "123456789012345", ""},
    {"'x'", "'x'", ""},
    {"\"x\"", "'x'", "'x'"},
    {"''", "''", ""},
    {"\"it's\"", "'it's'", ""},
    {"'say \"x\"'", "'say \"x\"'", ""},
    {"'and or (not)'", "'and or (not)'", ""},
    {"'“typographic” — inside'", "'“typographic” — inside'", ""},
    {"2014-09", "{2014-09}", ""},
    {"2014-09-29", "{2014-09-29}", ""},
    {"2014-XX", "{2014-XX}", ""},
    {"2014-09~", "{2014-09~}", ""},
    {"2014-09-29?", "{2014-09-29?}", ""},
    {"2014-21", "{2014-21}", ""},
    {"1 day", "[1day]", ""},
    {"10 days", "[10day]", ""},
    {"1 days", "[1day]", "1 day"},
    {"2 day", "[2day]", "2 days"},
    {"3 weeks", "[3week]", ""},
    {"4 months", "[4month]", ""},
    {"5 years", "[5year]", ""},
    {"3 hours", "[3hour]", ""},
    {"a.part_of*", "a.part_of*", ""},
    {"a.part_of*.name", "a.part_of*.name", ""},
    {"x in a.part_of*", "(in x a.part_of*)", ""},
    {"2 times a", "(times 2 a)", ""},
    {"2 times a + b", "(+ (times 2 a) b)", ""},
    {"a + 2 times b", "(+ a (times 2 b))", ""},
    {"2 times (a + b)", "(times 2 (+ a b))", ""},
    {"2 times 3 times a", "(times (times 2 3) a)", ""},
    {"a overlaps from b to c", "(overlaps a (from-to b c))", ""},
    {"a overlaps from b to c + 3 days", "(overlaps a (from-to b (+ c [3day])))", ""},
    {"from b according to x to c overlaps a", "(overlaps (from-to b@x c) a)", ""},
    {"some day d in e satisfies (d before a)", "(some day d e (before d a))", ""},
    {"every day d in from a to b satisfies (d within c)",
     "(every day d (from-to a b) (within d c))", ""},
    {"no day d in e satisfies (d before a)", "(no day d e (before d a))", ""},
    {"some day in e satisfies (day before a)", "(some day e (before day a))", ""},
    {"f()", "(call f)", ""},
    {"f(a)", "(call f a)", ""},
    {"f( a , b )", "(call f a b)", "f(a, b)"},
    {"f (a)", "(call f a)", "f(a)"},
    {"age(p, on d)", "(call age p d)", "age(p, d)"},
    {"age(on d)", "(call age d)", "age(d)"},
    {"age(p, on a = b)", "(call age p (= a b))", "age(p, a = b)"},
    {"f(a = b and c)", "(call f (and (= a b) c))", ""},
    {"f(g(h(a)))", "(call f (call g (call h a)))", ""},
    {"f((a))", "(call f a)", "f(a)"},
    {"f(10 days)", "(call f [10day])", ""},
    {"(a)", "a", "a"},
    {"((a))", "a", "a"},
    {"( a )", "a", "a"},
    {"a = b", "(= a b)", ""},
    {"a=b", "(= a b)", "a = b"},
    {"a!=b", "(!= a b)", "a != b"},
    {"a != b", "(!= a b)", ""},
    {"a < b", "(< a b)", ""},
    {"a<=b", "(<= a b)", "a <= b"},
    {"a > b", "(> a b)", ""},
    {"a >= b", "(>= a b)", ""},
    {"a at most b", "(<= a b)", "a <= b"},
    {"a at least b", "(>= a b)", "a >= b"},
    {"a at least 10", "(>= a 10)", "a >= 10"},
    {"a at most 3.5", "(<= a 3.5)", "a <= 3.5"},
    {"a at least 10 days", "(>= a [10day])", "a >= 10 days"},
    {"a at least 10 days + b", "(>= a (+ [10day] b))", "a >= 10 days + b"},
    {"a at least 3 + 4", "(>= a (+ 3 4))", "a >= 3 + 4"},
    {"a more than 3", "(> a 3)", "a > 3"},
    {"a less than b.c", "(< a b.c)", "a < b.c"},
    {"a more than 10 days", "(> a [10day])", "a > 10 days"},
    {"a in b", "(in a b)", ""},
    {"a not in b", "(not (in a b))", ""},
    {"a matches '^x.*$'", "(matches a '^x.*$')", ""},
    {"not a matches 'x'", "(not (matches a 'x'))", ""},
    {"a before b", "(before a b)", ""},
    {"a after b", "(after a b)", ""},
    {"a not before b", "(not-before a b)", ""},
    {"a not after b", "(not-after a b)", ""},
    {"a same day as b", "(same-day a b)", ""},
    {"a not same day as b", "(not-same-day a b)", ""},
    {"a within b", "(within a b)", ""},
    {"a overlaps b", "(overlaps a b)", ""},
    {"a agrees with b", "(agrees a b)", ""},
    {"a at least 10 days before b", "(at-least-10day-before a b)", ""},
    {"a at most 1 week after b", "(at-most-1week-after a b)", ""},
    {"a exactly 3 months before b", "(exactly-3month-before a b)", ""},
    {"a 5 years after b", "(exactly-5year-after a b)", "a exactly 5 years after b"},
    {"a 1 day before b + 2 days", "(exactly-1day-before a (+ b [2day]))",
     "a exactly 1 day before b + 2 days"},
    {"a at least 10 days before b + 3 days", "(at-least-10day-before a (+ b [3day]))", ""},
    {"a + 1 day at least 2 days after b", "(at-least-2day-after (+ a [1day]) b)", ""},
    {"10 days before a", "(before [10day] a)", ""},
    {"a + 10 days before b", "(before (+ a [10day]) b)", ""},
    {"a before 2014-10-09", "(before a {2014-10-09})", ""},
    {"2014-10 after a", "(after {2014-10} a)", ""},
    {"a allen before b", "(allen-before a b)", ""},
    {"a allen meets b", "(allen-meets a b)", ""},
    {"a allen overlaps b", "(allen-overlaps a b)", ""},
    {"a allen starts b", "(allen-starts a b)", ""},
    {"a allen during b", "(allen-during a b)", ""},
    {"a allen finishes b", "(allen-finishes a b)", ""},
    {"a allen equals b", "(allen-equals a b)", ""},
    {"a allen after b", "(allen-after a b)", ""},
    {"a allen met-by b", "(allen-met-by a b)", ""},
    {"a allen overlapped-by b", "(allen-overlapped-by a b)", ""},
    {"a allen started-by b", "(allen-started-by a b)", ""},
    {"a allen contains b", "(allen-contains a b)", ""},
    {"a allen finished-by b", "(allen-finished-by a b)", ""},
    {"a allen before or meets b", "(allen-before or meets a b)", ""},
    {"a allen starts or during or finishes b or c",
     "(or (allen-starts or during or finishes a b) c)", ""},
    {"a contains b", "(contains a b)", ""},
    {"not a contains b", "(not (contains a b))", ""},
    {"a within 3 days of b", "(near-3day a b)", ""},
    {"a.start within 1 week of b.end and c", "(and (near-1week a.start b.end) c)", ""},
    {"a within b", "(within a b)", ""},
    {"a + b", "(+ a b)", ""},
    {"a - b", "(- a b)", ""},
    {"a + b - c", "(- (+ a b) c)", ""},
    {"a - (b - c)", "(- a (- b c))", ""},
    {"(a - b) - c", "(- (- a b) c)", "a - b - c"},
    {"(a + b) - (c + d) + e", "(+ (- (+ a b) (+ c d)) e)", "a + b - (c + d) + e"},
    {"a.end + 10 days = b", "(= (+ a.end [10day]) b)", ""},
    {"days(a, b) - 3 > 0", "(> (- (call days a b) 3) 0)", ""},
    {"not a", "(not a)", ""},
    {"not not a", "(not (not a))", ""},
    {"not not not a", "(not (not (not a)))", ""},
    {"not a = b", "(not (= a b))", ""},
    {"not (a = b)", "(not (= a b))", "not a = b"},
    {"not a not in b", "(not (not (in a b)))", ""},
    {"(not a) = b", "(= (not a) b)", ""},
    {"a and b", "(and a b)", ""},
    {"a or b", "(or a b)", ""},
    {"a and b and c", "(and a b c)", ""},
    {"a or b or c", "(or a b c)", ""},
    {"a or b and c", "(or a (and b c))", ""},
    {"(a or b) and c", "(and (or a b) c)", ""},
    {"a and b or c and d", "(or (and a b) (and c d))", ""},
    {"not a and b", "(and (not a) b)", ""},
    {"not (a and b)", "(not (and a b))", ""},
    {"(a and b) and c", "(and (and a b) c)", ""},
    {"a or (b or c)", "(or a (or b c))", ""},
    {"a = b and c != d or e", "(or (and (= a b) (!= c d)) e)", ""},
    {"(a = b) = c", "(= (= a b) c)", ""},
    {"(a in b) in c", "(in (in a b) c)", ""},
    {"some x in l satisfies (x)", "(some x l x)", ""},
    {"every x in l.m satisfies (x.a = yes)", "(every x l.m (= x.a yes))", ""},
    {"no x in l satisfies (x before a)", "(no x l (before x a))", ""},
    {"no x in l + m satisfies (x)", "(no x (+ l m) x)", ""},
    {"no in l", "(in no l)", ""},
    {"no = a", "(= no a)", ""},
    {"a = no", "(= a no)", ""},
    {"a = no and b", "(and (= a no) b)", ""},
    {"a = no or no = b", "(or (= a no) (= no b))", ""},
    {"not some x in l satisfies (x)", "(not (some x l x))", ""},
    {"a and some x in l satisfies (b) and c", "(and a (some x l b) c)", ""},
    {"some x in l satisfies (every y in x.m satisfies (y in x or no z in y satisfies (z)))",
     "(some x l (every y x.m (or (in y x) (no z y z))))", ""},
    {"some x in f(a, b) satisfies (not x)", "(some x (call f a b) (not x))", ""},
    {"some x in (a) satisfies ((b))", "(some x a b)", "some x in a satisfies (b)"},
    {"(some x in l satisfies (x)) = yes", "(= (some x l x) yes)", ""},
    {"count(some x in l satisfies (x))", "(call count (some x l x))", ""},
    {"some more in l satisfies (more)", "(some more l more)", ""},
    {"no same in l satisfies (same = a)", "(no same l (= same a))", ""},
    {"no exactly 3 days before b", "(exactly-3day-before no b)", ""},
    {"same(a, b)", "(call same a b)", ""},
    {"same.day same day as exactly.more", "(same-day same.day exactly.more)", ""},
    {"days = 3", "(= days 3)", ""},
    {"day same day as month", "(same-day day month)", ""},
    {"more more than less", "(> more less)", "more > less"},
    {"exactly exactly 3 days before less", "(exactly-3day-before exactly less)", ""},
    {"satisfied", "satisfied", ""},
    {"inner in outer", "(in inner outer)", ""},
    {"nothing = 1", "(= nothing 1)", ""},
    {"e.published not before m.start and not (e.same_item = no)",
     "(and (not-before e.published m.start) (not (= e.same_item no)))",
     "e.published not before m.start and not e.same_item = no"},
    {"(a.end before day and b.start not before day) or (b.end before day and a.start not before "
     "day)",
     "(or (and (before a.end day) (not-before b.start day)) (and (before b.end day) (not-before "
     "a.start day)))",
     "a.end before day and b.start not before day or b.end before day and a.start not before day"},
};

TEST(Condition, ReadsEveryForm) {
    for (const auto& row : valid) {
        SCOPED_TRACE(row.text);
        EXPECT_EQ(tree(parsed(row.text)), row.tree);
    }
}

TEST(Condition, PrintsCanonically) {
    for (const auto& row : valid) {
        SCOPED_TRACE(row.text);
        const string canonical = *row.canonical == '\0' ? row.text : row.canonical;
        EXPECT_EQ(print(parsed(row.text)), canonical);
        EXPECT_EQ(tree(parsed(canonical)), row.tree);
    }
}

TEST(Condition, BlanksAndLinesDoNotMatter) {
    for (const char* text : {"a  =\tb", " a = b ", "a\n  =\r\n  b\n"}) {
        EXPECT_EQ(tree(parsed(text)), "(= a b)") << text;
    }
    EXPECT_EQ(tree(parsed("a not\n  before b")), "(not-before a b)");
    EXPECT_EQ(tree(parsed("a at\tleast 3")), "(>= a 3)");
}

// ---------------------------------------------------------------- ranges

// The text of every node, read by itself, is that node again; and a child lies in its parent.
void expect_ranges(string_view text, const Expr& expr) {
    ASSERT_LE(expr.range.begin, expr.range.end);
    ASSERT_LE(expr.range.end, text.size());
    EXPECT_EQ(tree(parsed(slice(text, expr.range))), tree(expr)) << text;
    for (std::size_t i = 0; i < expr.parts.size(); ++i) {
        EXPECT_EQ(slice(text, expr.part_ranges[i]), expr.parts[i]);
    }
    if (!expr.sided.empty()) {
        EXPECT_EQ(slice(text, expr.sided_range), expr.sided);
    }
    for (const auto& child : expr.children) {
        EXPECT_GE(child.range.begin, expr.range.begin) << text;
        EXPECT_LE(child.range.end, expr.range.end) << text;
        // `a not in b` is a negation whose child has no text of its own.
        const bool not_in = expr.kind == ExprKind::negation && child.range == expr.range;
        if (!not_in) expect_ranges(text, child);
        if (not_in) {
            for (const auto& side : child.children) expect_ranges(text, side);
        }
    }
}

TEST(Condition, EveryNodeKnowsItsText) {
    for (const auto& row : valid) expect_ranges(row.text, parsed(row.text));
}

TEST(Condition, BracketsBelongToTheNodeAround) {
    const auto expr = parsed("((a) + b) - c = d");
    const auto& difference = expr.children[0];
    EXPECT_EQ(difference.range, (Range{0, 13}));
    EXPECT_EQ(difference.children[0].range, (Range{1, 8}));
    EXPECT_EQ(difference.children[0].children[0].range, (Range{2, 3}));
}

TEST(Condition, CallsAndQuantifiersKnowTheirNames) {
    const string text = "count(l) > 3 and some x in l satisfies (x)";
    const auto expr = parsed(text);
    EXPECT_EQ(slice(text, expr.children[0].children[0].part_ranges.at(0)), "count");
    EXPECT_EQ(slice(text, expr.children[1].part_ranges.at(0)), "x");
}

// ---------------------------------------------------------------- what is refused

struct Refused {
    const char* text;
    std::uint32_t begin;
    std::uint32_t end;
    const char* message;
    const char* help;
};

constexpr const char* cut_short = "the text ends here; YAML cuts a plain text at ` #` and `: `";
constexpr const char* add_bracket = "add ) where it ends; YAML cuts a plain text at ` #` and `: `";
constexpr const char* one_line =
    "quoted text stays on one line; YAML cuts at ` #` and `: `, so write a long condition as a "
    "block (|)";
constexpr const char* hyphens =
    "names have hyphens: a-b is a name; for a negative number write (0 - 5)";
constexpr const char* only_after_reference =
    "`*` stands only right after a reference that is followed all the way, as in x.part_of*";
constexpr const char* only_inside = "a dot stands only inside a name, as in e.published";
constexpr const char* no_blanks = "no blanks around a dot, and none after a bracket";
constexpr const char* in_full = "write the second one in full after `and`: a < b and b < c";
constexpr const char* blank_after_number =
    "write a blank after a number, as in `10 days`; a name begins with a letter";
constexpr const char* allen_list =
    "expected one of Allen's relations, `before`, `meets`, `overlaps`, `starts`, `during`, "
    "`finishes`, `equals`, `after`, `met-by`, `overlapped-by`, `started-by`, `contains`, "
    "`finished-by`";
const string allen_at_end = string(allen_list) + " after `allen`";
const char* const allen_list_at_end = allen_at_end.c_str();

const Refused refusals[] = {
    {"", 0, 0, "the condition is empty", ""},
    {" \n ", 0, 3, "the condition is empty", ""},
    {"a =", 2, 3, "expected an expression after `=`", cut_short},
    {"a and", 2, 5, "expected an expression after `and`", cut_short},
    {"a or", 2, 4, "expected an expression after `or`", cut_short},
    {"not", 0, 3, "expected an expression after `not`", cut_short},
    {"a before", 2, 8, "expected an expression after `before`", cut_short},
    {"a not", 2, 5, "expected `in`, `before`, `after` or `same` after `not`", cut_short},
    {"a at", 2, 4, "expected `least` or `most` after `at`", cut_short},
    {"a at least", 5, 10, "expected an expression after `least`", cut_short},
    {"a at least 3 +", 13, 14, "expected an expression after `+`", cut_short},
    {"a agrees", 2, 8, "expected `with` after `agrees`", cut_short},
    {"a same day", 7, 10, "expected `as` after `day`", cut_short},
    {"a allen", 2, 7, allen_list_at_end, cut_short},
    {"a exactly", 2, 9, "expected a number of hours, days, weeks, months or years after `exactly`",
     cut_short},
    {"(", 0, 1, "expected an expression after `(`", cut_short},
    {"(a = b", 0, 1, "this bracket is not closed", add_bracket},
    {"f(a", 1, 2, "this bracket is not closed", add_bracket},
    {"f(", 1, 2, "expected an argument or `)` after `(`", cut_short},
    {"f(a,", 3, 4, "expected an argument after `,`", cut_short},
    {"some", 0, 4, "expected a name after `some`", cut_short},
    {"some x", 5, 6, "expected `in` after `x`", cut_short},
    {"some x in", 7, 9, "expected an expression after `in`", cut_short},
    {"some x in l", 10, 11, "expected `satisfies` after `l`", cut_short},
    {"some x in l satisfies", 12, 21, "expected `(` after `satisfies`", cut_short},
    {"some x in l satisfies (", 22, 23, "expected an expression after `(`", cut_short},
    {"a according to", 12, 14, "expected a name after `to`", cut_short},
    {")", 0, 1, "expected an expression", ""},
    {"a)", 1, 2, "this bracket closes nothing", "take it out"},
    {"a = b) and c", 5, 6, "this bracket closes nothing", "take it out"},
    {"(a = b)) and c", 7, 8, "this bracket closes nothing", "take it out"},
    {"()", 1, 2, "expected an expression", ""},
    {"a == b", 2, 4, "`==` is no relation here", "write ="},
    {"a === b", 2, 5, "`===` is no relation here", "write ="},
    {"a !== b", 2, 5, "`!==` is no relation here", "write !="},
    {"a <> b", 2, 4, "`<>` is no relation here", "write !="},
    {"a =< b", 2, 4, "`=<` is no relation here", "write <="},
    {"a => b", 2, 4, "`=>` is no relation here", "write >="},
    {"a && b", 2, 4, "`&&` is no word of the language", "write and"},
    {"a || b", 2, 4, "`||` is no word of the language", "write or"},
    {"a & b", 2, 3, "`&` is no word of the language", "write and"},
    {"a | b", 2, 3, "`|` is no word of the language", "write or"},
    {"!a", 0, 1, "`!` is no word of the language", "write not"},
    {"a and !b", 6, 7, "`!` is no word of the language", "write not"},
    {"a ≤ b", 2, 5, "`≤` is no relation here", "write <="},
    {"a ≥ b", 2, 5, "`≥` is no relation here", "write >="},
    {"a ≠ b", 2, 5, "`≠` is no relation here", "write !="},
    {"a = “x”", 4, 7, "a typographic quote is no quote here", "write ' or \""},
    {"a = ‘x’", 4, 7, "a typographic quote is no quote here", "write ' or \""},
    {"a = «x»", 4, 6, "a typographic quote is no quote here", "write ' or \""},
    {"a = 'x", 4, 6, "this quote is not closed", one_line},
    {"a = \"x", 4, 6, "this quote is not closed", one_line},
    {"a = 'x\n'", 4, 6, "this quote is not closed", one_line},
    {"a – b", 2, 5, "a dash is no minus", "write - with a blank on each side"},
    {"a — b", 2, 5, "a dash is no minus", "write - with a blank on each side"},
    {"a − b", 2, 5, "this minus is not the one of the keyboard",
     "write - with a blank on each side"},
    {"a -b", 2, 3, "a minus needs a blank on each side", hyphens},
    {"a- b", 1, 2, "a minus needs a blank on each side", hyphens},
    {"a +b", 2, 3, "a plus needs a blank on each side", "write a + b"},
    {"a+b", 1, 2, "a plus needs a blank on each side", "write a + b"},
    {"a = -5", 4, 5, "a minus needs a blank on each side", hyphens},
    {"10-5", 2, 3, "a minus needs a blank on each side", hyphens},
    {"10days", 0, 6, "a number runs into letters", blank_after_number},
    {"10_000", 0, 6, "a number runs into letters", "write digits without _"},
    {"1.", 1, 2, "expected a digit after the decimal point", ""},
    {"1.5.2", 3, 4, only_inside, no_blanks},
    {"3rd", 0, 3, "a number runs into letters", blank_after_number},
    {"12abc-4", 0, 7, "a number runs into letters", blank_after_number},
    {"1234567890123456", 0, 16, "a number has at most 15 digits", ""},
    {"1.5 days before a", 0, 3, "expected a whole number of hours, days, weeks, months or years",
     ""},
    {"a 1.5 days before b", 2, 5, "expected a whole number of hours, days, weeks, months or years",
     ""},
    {"a = 2014-13", 9, 11, "expected a month from 01 to 12, or a season or division from 21 to 41",
     ""},
    {"a = 2014-09-31T10:00:00", 4, 23, "a date in a condition has no time of day", "write the day"},
    {"a = 2014-09-1", 12, 13, "expected a day from 01 to 31", "write 2014-09-01"},
    {"2014-", 4, 5, "a minus needs a blank on each side", hyphens},
    {"part_of* = b", 7, 8, only_after_reference, "to multiply, write times"},
    {"a * b", 2, 3, only_after_reference, "to multiply, write times"},
    {"a.b *", 4, 5, only_after_reference, "to multiply, write times"},
    {"a = 2 times", 6, 11, "expected an expression after `times`",
     "the text ends here; YAML cuts a plain text at ` #` and `: `"},
    {"a within from b", 14, 15, "expected `to` after `b`",
     "the text ends here; YAML cuts a plain text at ` #` and `: `"},
    {"from = b", 5, 6, "expected an expression", ""},
    {"some day d on e satisfies (d)", 11, 13, "expected `in`", "did you mean `in`?"},
    {"a / b", 2, 3, "`/` is not supported in a condition", "compare with both ends of an interval"},
    {"2014-09/2014-10 = a", 7, 8, "`/` is not supported in a condition",
     "compare with both ends of an interval"},
    {"a [ b", 2, 3, "`[` can't stand in a condition", ""},
    {"a; b", 1, 2, "`;` can't stand in a condition", ""},
    {"a = b # c", 6, 7, "`#` can't stand in a condition", ""},
    {"a: b", 1, 2, "`:` can't stand in a condition", ""},
    {"a = {b}", 4, 5, "`{` can't stand in a condition", ""},
    {"e .x", 2, 3, only_inside, no_blanks},
    {"e. x", 1, 2, "expected a name directly after the dot",
     "no blanks around a dot; YAML may have cut the text here"},
    {"e.", 1, 2, "expected a name directly after the dot",
     "no blanks around a dot; YAML may have cut the text here"},
    {".x", 0, 1, only_inside, no_blanks},
    {"f(a).b", 4, 5, only_inside, no_blanks},
    {"e..x", 1, 2, "expected a name directly after the dot",
     "no blanks around a dot; YAML may have cut the text here"},
    {"'x'.y", 3, 4, only_inside, no_blanks},
    {"a b", 2, 3, "expected a relation, `and` or `or`", ""},
    {"a befor b", 2, 7, "expected a relation, `and` or `or`", "did you mean `before`?"},
    {"e.published not befor m.start", 16, 21, "expected `in`, `before`, `after` or `same`",
     "did you mean `before`?"},
    {"e.published Before m.start", 12, 18, "expected a relation, `and` or `or`",
     "did you mean `before`?"},
    {"a AND b", 2, 5, "expected a relation, `and` or `or`", "did you mean `and`?"},
    {"a aftr b", 2, 6, "expected a relation, `and` or `or`", "did you mean `after`?"},
    {"a matchs 'x'", 2, 8, "expected a relation, `and` or `or`", "did you mean `matches`?"},
    {"a overlap b", 2, 9, "expected a relation, `and` or `or`", "did you mean `overlaps`?"},
    {"a at leest 3", 5, 10, "expected `least` or `most`", "did you mean `least`?"},
    {"a at 3", 5, 6, "expected `least` or `most`", ""},
    {"a more 3", 7, 8, "expected `than`", ""},
    {"a agree with b", 2, 7, "expected a relation, `and` or `or`", "did you mean `agrees`?"},
    {"a agrees to b", 9, 11, "expected `with`", ""},
    {"a allen befor b", 8, 13, allen_list, "did you mean `before`?"},
    {"a allen before-all b", 8, 18, allen_list, ""},
    {"a same dya as b", 7, 10, "expected `day`", "did you mean `day`?"},
    {"a same day y", 11, 12, "expected `as`", ""},
    {"a = b = c", 6, 7, "relations do not chain", in_full},
    {"a < b < c", 6, 7, "relations do not chain", in_full},
    {"a before b before c", 11, 17, "relations do not chain", in_full},
    {"a = b not in c", 6, 9, "relations do not chain", in_full},
    {"a in b in c", 7, 9, "relations do not chain", in_full},
    {"a more than 10 days before b", 20, 26, "relations do not chain",
     "a distance has `at least`, `at most` or `exactly` before its number"},
    {"a at least 10 days = b", 19, 20, "relations do not chain", in_full},
    {"x at least 10 days befor y", 19, 24, "expected `and` or `or`", "did you mean `before`?"},
    {"a exactly 3 b", 10, 11, "expected a number of hours, days, weeks, months or years", ""},
    {"a exactly 3 days until b", 17, 22, "expected `before` or `after`", ""},
    {"a 10 b", 2, 4, "expected a relation, `and` or `or`", ""},
    {"a 10 dayz before b", 5, 9, "expected `hours`, `days`, `weeks`, `months` or `years`",
     "did you mean `days`?"},
    {"a = 10 dayz", 7, 11, "expected `hours`, `days`, `weeks`, `months` or `years`",
     "did you mean `days`?"},
    {"some x of l satisfies (a)", 7, 9, "expected `in`", ""},
    {"some in in l satisfies (a)", 5, 7, "expected a name",
     "`in` is a word of the language and no name"},
    {"every x in l satisfy (a)", 13, 20, "expected `satisfies`", ""},
    {"every x in l satisfies a", 23, 24, "expected `(`", ""},
    {"every x in l satisfies (a", 23, 24, "this bracket is not closed", add_bracket},
    {"every x in l satisfies (x) = yes", 27, 28, "a quantifier is no value to compare",
     "put the quantifier in brackets"},
    {"no x in l", 8, 9, "expected `satisfies` after `l`", cut_short},
    {"a = some x in l satisfies (x)", 4, 8, "expected an expression",
     "put the quantifier in brackets"},
    {"a = not b", 4, 7, "expected an expression",
     "`not` stands before a whole condition: not (a = b)"},
    {"a = and b", 4, 7, "expected an expression", "`and` is a word of the language and no name"},
    {"or b", 0, 2, "expected an expression", "`or` is a word of the language and no name"},
    {"in = 3", 0, 2, "expected an expression", "`in` is a word of the language and no name"},
    {"at = 3", 0, 2, "expected an expression", "`at` is a word of the language and no name"},
    {"not.x = 3", 3, 4, "expected an expression", ""},
    {"yes.x", 3, 4, "expected a relation, `and` or `or`",
     "`yes` is a word of the language and no name"},
    {"on d", 0, 2, "expected an expression", "`on` is a word of the language and no name"},
    {"f(on)", 4, 5, "expected an expression", ""},
    {"f(a,)", 4, 5, "expected an argument", ""},
    {"f(,a)", 2, 3, "expected an argument or `)`", ""},
    {"f(a b)", 4, 5, "expected a relation, `and`, `or` or `)`", ""},
    {"f(a on b)", 4, 6, "expected a relation, `and`, `or` or `)`", ""},
    {"a, b", 1, 2, "a comma stands only between the arguments of a call",
     "write `and` or `or` between conditions"},
    {"(a, b)", 2, 3, "a comma stands only between the arguments of a call",
     "write `and` or `or` between conditions"},
    {"(a b)", 3, 4, "expected a relation, `and`, `or` or `)`", ""},
    {"a.b(c)", 3, 4, "expected a relation, `and` or `or`", "only a plain name takes arguments"},
    {"a according b", 12, 13, "expected `to`", ""},
    {"a according to in", 15, 17, "expected a name", "`in` is a word of the language and no name"},
    {"a accordng to b", 2, 10, "expected a relation, `and` or `or`", "did you mean `according`?"},
    {"a = b c", 6, 7, "expected `and` or `or`", ""},
    {"some x in l satisfies (x y)", 25, 26, "expected a relation, `and`, `or` or `)`", ""},
    {"e.published befor m.start && x", 12, 17, "expected a relation, `and` or `or`",
     "did you mean `before`?"},
    {"a = \x01"
     "",
     4, 5, "a control character can't stand in a condition", ""},
    {"a = \xff"
     "",
     4, 5, "this is not well-formed UTF-8", ""},
    {"a = '\xc3"
     "('",
     5, 6, "this is not well-formed UTF-8", ""},
    {"a\u00A0= b", 1, 3, "a no-break space is no blank here", "write an ordinary blank"},
};

TEST(Condition, RefusesWithPlaceAndReason) {
    for (const auto& row : refusals) {
        SCOPED_TRACE(row.text);
        const auto error = refused(row.text);
        EXPECT_EQ(error.range, (Range{row.begin, row.end}))
            << error.range.begin << ".." << error.range.end;
        EXPECT_EQ(error.message, row.message);
        EXPECT_EQ(error.help, row.help);
    }
}

TEST(Condition, ReservedWordsAreNoNames) {
    for (const char* word :
         {"and",      "or",     "not",   "some",    "every", "in",        "satisfies",
          "before",   "after",  "at",    "least",   "most",  "according", "within",
          "overlaps", "agrees", "allen", "matches", "on",    "contains"}) {
        EXPECT_TRUE(std::holds_alternative<SyntaxError>(parse_condition(word))) << word;
        EXPECT_TRUE(std::holds_alternative<SyntaxError>(parse_path(word))) << word;
        EXPECT_EQ(tree(parsed("a." + string(word))), "a." + string(word));
        EXPECT_EQ(tree(parsed(string(word) + "-x")), string(word) + "-x");
    }
}

// ---------------------------------------------------------------- limits

TEST(Condition, BracketsNestSixtyFourDeep) {
    for (const char* open : {"(", "f(", "not (", "a + ("}) {
        SCOPED_TRACE(open);
        const auto nested = [&](std::size_t depth) {
            return repeat(open, depth) + "a" + repeat(")", depth);
        };
        parsed(nested(60));
        parsed(nested(64));
        const auto error = refused(nested(65));
        EXPECT_EQ(error.message, "brackets are nested more than 64 deep");
        EXPECT_EQ(error.range.begin, 65 * string(open).size() - 1);
        EXPECT_EQ(error.range.end, error.range.begin + 1);
    }
    const auto quantifiers = repeat("some x in l satisfies (", 64) + "x" + repeat(")", 64);
    EXPECT_EQ(tree(parsed(quantifiers)), repeat("(some x l ", 64) + "x" + repeat(")", 64));
}

TEST(Condition, BracketsSideBySideAreNotDeep) {
    parsed("a" + repeat(" and (a)", 400));
}

TEST(Condition, AtMostFourKibibytes) {
    parsed(string(4096, 'a'));
    const auto error = refused(string(4100, 'a'));
    EXPECT_EQ(error.message, "longer than 4096 bytes");
    EXPECT_EQ(error.range, (Range{4096, 4100}));
    EXPECT_EQ(refused(string(1 << 20, '(')).message, "longer than 4096 bytes");
}

TEST(Condition, AtMostAThousandNodes) {
    parsed("a" + repeat(" or a", 700));
    parsed("f(a" + repeat(",a", 997) + ")");
    const auto error = refused("f(a" + repeat(",a", 999) + ")");
    EXPECT_EQ(error.message, "more than 1000 names, values and relations");
    EXPECT_EQ(error.range, (Range{2 + 2 * 999, 3 + 2 * 999}));
    parsed("1" + repeat(" + 1", 499));
    EXPECT_EQ(refused("1" + repeat(" + 1", 600)).message, error.message);
    parsed(repeat("not ", 999) + "a");
    EXPECT_EQ(refused(repeat("not ", 1000) + "a").message, error.message);
}

// ---------------------------------------------------------------- paths and values

TEST(Path, IsANameWithPartsAndASide) {
    for (const char* text : {"evidence", "e.records", "c.conduct according to accuser"}) {
        const auto result = parse_path(text);
        ASSERT_TRUE(std::holds_alternative<Expr>(result)) << text;
        EXPECT_EQ(print(std::get<Expr>(result)), text);
    }
    const auto path = std::get<Expr>(parse_path(" c.conduct  according to accuser"));
    EXPECT_EQ(path.parts, (std::vector<string>{"c", "conduct"}));
    EXPECT_EQ(path.part_ranges, (std::vector<Range>{{1, 2}, {3, 10}}));
    EXPECT_EQ(path.sided, "accuser");
    EXPECT_EQ(path.sided_range, (Range{25, 32}));
    EXPECT_EQ(path.range, (Range{1, 32}));
}

TEST(Path, IsNothingElse) {
    const Refused rows[] = {
        {"", 0, 0, "the path is empty", ""},
        {"f(a)", 1, 2, "expected `.`, `according to` or the end",
         "only a plain name takes arguments"},
        {"a = b", 2, 3, "expected `.`, `according to` or the end", ""},
        {"a befor b", 2, 7, "expected `.`, `according to` or the end", ""},
        {"a acording to b", 2, 10, "expected `.`, `according to` or the end",
         "did you mean `according`?"},
        {"yes", 0, 3, "expected a name", "`yes` is a word of the language and no name"},
        {"3", 0, 1, "expected a name", ""},
        {"part_of*", 7, 8,
         "`*` stands only right after a reference that is followed all the way, as in x.part_of*",
         "to multiply, write times"},
    };
    for (const auto& row : rows) {
        const auto result = parse_path(row.text);
        ASSERT_TRUE(std::holds_alternative<SyntaxError>(result)) << row.text;
        const auto& error = std::get<SyntaxError>(result);
        EXPECT_EQ(error.range, (Range{row.begin, row.end})) << row.text;
        EXPECT_EQ(error.message, row.message) << row.text;
        EXPECT_EQ(error.help, row.help) << row.text;
    }
}

TEST(Value, IsASumOrACondition) {
    EXPECT_EQ(tree(std::get<Expr>(parse_value("a + 10 days"))), "(+ a [10day])");
    EXPECT_EQ(tree(std::get<Expr>(parse_value("(a = b)"))), "(= a b)");
    const auto error = std::get<SyntaxError>(parse_value("a = b"));
    EXPECT_EQ(error.range, (Range{2, 3}));
    EXPECT_EQ(error.message, "expected `+`, `-` or the end");
}

// ---------------------------------------------------------------- at random

// Any tree that the grammar can make.
class RandomExpr {
public:
    explicit RandomExpr(std::uint64_t seed) : random_(seed) {}

    Expr any(int depth) {
        Expr out;
        if (depth == 0) return leaf();
        switch (random_.below(9)) {
            case 0:
            case 1:
                out.kind = random_.chance(2) ? ExprKind::any_of : ExprKind::all_of;
                fill(out, 2 + random_.below(3), depth);
                return out;
            case 2:
                out.kind = ExprKind::negation;
                fill(out, 1, depth);
                return out;
            case 3:
                out.kind = ExprKind::quantifier;
                out.text = random_.pick(std::array<const char*, 3>{"some", "every", "no"});
                out.name = name();
                fill(out, 2, depth);
                return out;
            case 4:
                out.kind = ExprKind::compare;
                out.text = random_.pick(
                    std::array<const char*, 8>{"=", "!=", "<", "<=", ">", ">=", "in", "matches"});
                fill(out, 2, depth);
                return out;
            case 5:
                relation(out);
                fill(out, 2, depth);
                return out;
            case 6:
                out.kind = ExprKind::sum;
                out.text = random_.chance(2) ? "+" : "-";
                fill(out, 2, depth);
                return out;
            case 7:
                out.kind = ExprKind::call;
                out.text = name();
                fill(out, random_.below(4), depth);
                return out;
            default:
                return leaf();
        }
    }

private:
    Random random_;

    void fill(Expr& out, int children, int depth) {
        for (int i = 0; i < children; ++i) out.children.push_back(any(depth - 1));
    }

    string name() {
        return random_.pick(std::array<const char*, 12>{"a", "e-1", "x_2", "кому", "more", "same",
                                                        "day", "days", "exactly", "to", "notion",
                                                        "inner"});
    }

    void span(Expr& out) {
        out.count = random_.below(400);
        out.unit = static_cast<Unit>(random_.below(5));
    }

    void relation(Expr& out) {
        out.kind = ExprKind::relation;
        out.relation = static_cast<TimeWord>(random_.below(11));
        if (out.relation == TimeWord::allen) {
            out.allen = random_.pick(
                std::array<const char*, 4>{"meets", "before", "met-by", "before or meets"});
        }
        if (out.relation == TimeWord::within && random_.chance(2)) {
            out.text = random_.chance(2) ? "near" : "contains";
            if (out.text == "near") span(out);
        }
        if (out.relation == TimeWord::distance) {
            span(out);
            out.bound = static_cast<Bound>(random_.below(3));
            out.after = random_.chance(2);
        }
    }

    Expr leaf() {
        Expr out;
        switch (random_.below(8)) {
            case 0:
                out.kind = ExprKind::number;
                out.number = random_.below(100000) / 1000.0;
                break;
            case 1:
                out.kind = ExprKind::duration;
                span(out);
                break;
            case 2:
                out.kind = ExprKind::day;
                out.date =
                    std::get<EdtfDate>(parse_edtf_date(random_.pick(std::array<const char*, 4>{
                        "2014-09-29", "2014-11", "2014-XX", "2014-10-01~"})));
                break;
            case 3:
                out.kind = ExprKind::string;
                out.text = random_.pick(std::array<const char*, 4>{"", "a b", "it's", "\"и\" ("});
                break;
            case 4:
                out.kind = ExprKind::boolean;
                out.text = random_.chance(2) ? "yes" : "no";
                break;
            default:
                out.parts.push_back(name());
                while (random_.chance(2)) {
                    out.parts.push_back(random_.chance(4) ? "before" : name());
                }
                if (random_.chance(5)) out.sided = name();
        }
        return out;
    }
};

TEST(Condition, PrintedTreesReadBackAsThemselves) {
    RandomExpr random(20140929);
    int read = 0;
    for (int i = 0; i < 5000; ++i) {
        const Expr expr = random.any(1 + i % 5);
        const string text = print(expr);
        if (text.size() > 3000) continue;
        const auto result = parse_condition(text);
        if (const auto* error = std::get_if<SyntaxError>(&result)) {
            // The only limit that a tree of this size may meet.
            ASSERT_EQ(error->message.find("more than 1000"), 0U) << text << error->message;
            continue;
        }
        ASSERT_EQ(tree(std::get<Expr>(result)), tree(expr)) << text;
        ASSERT_EQ(print(std::get<Expr>(result)), text);
        if (i % 10 == 0) expect_ranges(text, std::get<Expr>(result));
        ++read;
    }
    EXPECT_GT(read, 4500);
}

TEST(Condition, BracketsArePrintedOnlyWhereNeeded) {
    RandomExpr random(7);
    for (int i = 0; i < 300; ++i) {
        const Expr expr = random.any(3);
        const string text = print(expr);
        for (std::size_t open = 0; open < text.size(); ++open) {
            const bool call = open > 0 && text[open - 1] != ' ' && text[open - 1] != '(';
            const bool satisfies = open >= 10 && text.compare(open - 10, 10, "satisfies ") == 0;
            if (text[open] != '(' || call || satisfies) continue;
            std::size_t close = open;
            char quote = '\0';
            for (int depth = 0; close < text.size(); ++close) {
                const char c = text[close];
                if (quote != '\0') {
                    if (c == quote) quote = '\0';
                    continue;
                }
                if (c == '\'' || c == '"') quote = c;
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                if (c == ')' && depth == 0) break;
            }
            if (close == text.size()) continue;  // this one stood in quoted text
            string without = text;
            without.erase(close, 1).erase(open, 1);
            const auto result = parse_condition(without);
            const auto* other = std::get_if<Expr>(&result);
            EXPECT_TRUE(other == nullptr || tree(*other) != tree(expr)) << text << '\n' << without;
        }
    }
}

void expect_sane(const string& text) {
    for (const auto parse : {&parse_condition, &parse_value, &parse_path}) {
        const auto result = parse(text);
        if (const auto* error = std::get_if<SyntaxError>(&result)) {
            ASSERT_LE(error->range.begin, error->range.end) << text;
            ASSERT_LE(error->range.end, text.size()) << text;
            ASSERT_FALSE(error->message.empty()) << text;
            continue;
        }
        const auto& expr = std::get<Expr>(result);
        const auto again = parse_condition(print(expr));
        ASSERT_TRUE(std::holds_alternative<Expr>(again)) << text << '\n' << print(expr);
        ASSERT_EQ(tree(std::get<Expr>(again)), tree(expr)) << text;
    }
}

TEST(Condition, RandomTokensNeitherCrashNorHang) {
    const std::vector<string> words = {
        "a",      "b.c",  "кому", "and",     "or",   "not",        "some",      "every", "no",
        "yes",    "in",   "at",   "least",   "most", "satisfies",  "before",    "after", "on",
        "within", "same", "day",  "as",      "more", "than",       "according", "to",    "allen",
        "meets",  "with", "days", "agrees",  "=",    "!=",         "<",         ">=",    "+",
        "-",      "(",    ")",    "(",       ")",    ",",          ".",         "'x'",   "\"",
        "3",      "1.5",  "2014", "2014-09", "f(",   "2014-09-29", "exactly",   "*",     "&&",
        "\xD0",   "“",    "\n",   "10 days", "",     "x in l"};
    Random random(20000);
    for (int i = 0; i < 20000; ++i) {
        string text;
        for (int n = 1 + random.below(24); n > 0; --n) {
            text += random.pick(words);
            if (!random.chance(6)) text += ' ';
        }
        ASSERT_NO_FATAL_FAILURE(expect_sane(text));
    }
}

TEST(Condition, EditedConditionsNeitherCrashNorHang) {
    Random random(20001);
    for (int i = 0; i < 20000; ++i) {
        const auto& row = valid[static_cast<std::size_t>(random.below(std::size(valid)))];
        ASSERT_NO_FATAL_FAILURE(
            expect_sane(random.edited(row.text, "()'\" .=<>!-+09aеxs,\n\xD0\xB5")));
    }
}

// ---------------------------------------------------------------- the README

TEST(ConditionReadme, ExamplesAreRead) {
    const auto rows = test::readme_rows("Conditions", "written");
    EXPECT_GE(rows.size(), 30U);
    for (const auto& row : rows) {
        EXPECT_EQ(print(parsed(row.at(0))), row.at(1));
        expect_ranges(row.at(0), parsed(row.at(0)));
    }
}

TEST(ConditionReadme, MistakesAreRefusedAsItSays) {
    const auto rows = test::readme_rows("Conditions", "refused");
    EXPECT_GE(rows.size(), 15U);
    for (const auto& row : rows) {
        const auto error = refused(row.at(0));
        EXPECT_EQ(error.message, row.at(1)) << row[0];
        EXPECT_EQ(error.help, row.at(2)) << row[0];
    }
}

}  // namespace
}  // namespace antinomy::grammar
