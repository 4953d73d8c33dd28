// The guards of src/text/README.md: what is refused, with which code, and where.

#include <gtest/gtest.h>

#include <chrono>

#include "tests/text/helpers.hpp"

namespace antinomy::text {
namespace {

using namespace std::string_literals;
using test::Parsed;

struct GuardCase {
    const char* guard;
    std::string file;
    const char* errors;  // "line:column code, ..." in the order of the report
};

TEST(Guards, table) {
    const GuardCase table[] = {
        {"G1", "a: \xFF\n", "1:4 not-utf8"},
        {"G1", "a: \xC0\xAF\nb: \xED\xA0\x80\n", "1:4 not-utf8, 2:4 not-utf8"},
        {"G1",
         "\xFF\xFE"
         "a\0:\0 \0b\0"s,
         "1:1 not-utf8"},
        {"G1", "\0a\0:\0 \0b"s, "1:1 not-utf8"},
        {"G1", "\0\0\xFE\xFF\0\0\0a"s, "1:1 not-utf8"},
        {"G1", "a: x\0y\n"s, "1:5 control-character"},
        {"G1", "a: \x1b[1m\n# \x07\n", "1:4 control-character, 2:3 control-character"},
        {"G1", "a: \xC2\x85\n", "1:4 control-character"},
        {"G1", "a: \uFFFE\n", "1:4 control-character"},
        {"G1", "a: b\rc: d\n", "1:5 lone-cr"},
        {"G1", "a: \u2028\n", "1:4 line-separator"},
        {"G1", "a: b\u202Ec\n", "1:5 bidi-control"},
        {"G1", "a: b\uFEFFc\n", "1:5 bom-inside"},
        {"G2", "%YAML 1.2\n---\na: b\n", "1:1 yaml-directive"},
        {"G2", "%FOO\n%BAR\n---\na: b\n", "1:1 yaml-directive, 2:1 yaml-directive"},
        {"G3", "a: b\n---\nc: d\n", "2:1 second-document"},
        {"G3", "a: b\n...\nc: d\n", "3:1 second-document"},
        {"G3", "{a: b}\nc: d\n", "2:1 text-after-root"},
        {"G3", "--- a: b\n", "1:5 text-after-marker"},
        {"G3", "- a\n", "1:1 root-not-mapping"},
        {"G3", "text\n", "1:1 root-not-mapping"},
        {"G3", "", "1:1 empty-file"},
        {"G3", "# only\n", "2:1 empty-file"},
        {"G3", "---\n", "2:1 empty-file"},
        {"G3", ",\n", "1:1 quote-it"},
        {"G3", ", a: 1\n", "1:1 quote-it"},
        {"G3", "---\n, b\n", "2:1 quote-it"},
        {"G4", "a: &x b\nc: *x\n", "1:4 yaml-anchor, 2:4 yaml-alias"},
        {"G4", "a: &x [*x]\n", "1:4 yaml-anchor, 1:8 yaml-alias"},
        {"G4", "a:\n  <<: {b: c}\n", "2:3 yaml-merge"},
        {"G4", "a: !!str b\nc: ! d\n", "1:4 yaml-tag, 2:4 yaml-tag"},
        {"G6", "? a\n: b\n", "1:1 complex-key"},
        {"G6", "a: 1\n[b]: c\n", "2:1 complex-key"},
        {"G6", "{a: b}: c\n", "1:1 complex-key"},
        {"G6", ": a\n", "1:1 null-key"},
        {"G6", "null: a\n~: b\n", "1:1 null-key, 2:1 null-key"},
        {"G6", "a: 1\n\"a\": 2\nb: {c: 1, c: 2}\n", "3:11 duplicate-key, 2:1 duplicate-key"},
        {"G6", "\"a\n  b\": c\n", "1:1 key-over-lines"},
        {"G6", std::string(1025, 'a') + ": b\n", "1:1 key-too-long"},
        {"G7", "a: \"b\nc: d\n", "1:4 unclosed-quote"},
        {"G7", "a: \"b\nc: \"d\"\n", "1:4 unclosed-quote"},
        {"G7", "a: 'b' c\n", "1:8 text-after-value"},
        {"G7", "a: \"b\"#c\n", "1:7 comment-needs-space"},
        {"G7", "a: \"\\q\"\n", "1:5 bad-escape"},
        {"G7", "a: 1\nb c\nd: 2\ne:f\n", "2:1 missing-colon, 4:1 missing-colon"},
        {"G7", "\"a\":b\n", "1:4 missing-space"},
        {"G7", "a: {b:[c]}\n", "1:6 missing-space"},
        {"G7", "a: b: c\n", "1:5 second-colon"},
        {"G7", "a: %2004\nb: @x\nc: `d`\n", "1:4 quote-it, 2:4 quote-it, 3:4 quote-it"},
        {"G8", "a: [b\nc: d\n", "1:4 unclosed-bracket"},
        {"G8", "a: [b, {c: d]\n", "1:13 bracket-mismatch"},
        {"G8", "a: [b, , c]\n", "1:8 empty-entry"},
        {"G8", "a: [- b]\n", "1:5 dash-in-brackets"},
        {"G8", "a: [b\n  - c]\n", "2:3 dash-in-brackets"},
        {"G8", "a: [\n  b\n]\n", "3:1 bracket-indentation"},
        {"G8", "{a: b,\n---\nc: d}\n", "1:1 unclosed-bracket"},
        {"G8", "a: {b}\n", "1:5 missing-colon"},
        {"G8", "a: {b: c, d}\n", "1:11 missing-colon"},
        {"G8", "a: [b: c]\n", "1:5 pair-in-list"},
        {"G8", "a: ['b' c]\n", "1:9 missing-comma"},
        {"G8", "a: [b] c\n", "1:8 text-after-value"},
        {"G8", "a: [|\n  b]\n", "1:5 block-in-brackets"},
        {"G8", "a: ]\n", "1:4 stray-bracket"},
        {"block", "a:\n\tb: c\n", "2:1 tab-indentation"},
        {"block", "a: b\n\t\nc: d\n", "2:1 tab-indentation"},
        {"block", "a:\n  b: 1\n \tc: 2\n", "3:2 tab-indentation"},
        {"block", "a: 1\n  b: 2\n", "2:3 bad-indentation"},
        {"block", "a:\n    b: 1\n  c: 2\n", "3:3 bad-indentation"},
        {"block", "a: - b\n", "1:4 list-on-key-line"},
        {"block", "a: b\n  - c\n", "2:3 list-after-text"},
        {"block", "a: 1\n- b\n", "2:1 unexpected-dash"},
        {"block", "a: | b\n", "1:6 bad-block-header"},
        {"block", "a: |0\n  b\n", "1:5 bad-block-header"},
    };
    for (const auto& row : table) {
        SCOPED_TRACE(std::string(row.guard) + ": " + row.file.substr(0, 60));
        const Parsed parsed(row.file);
        EXPECT_FALSE(parsed.root);
        EXPECT_EQ(parsed.errors(), row.errors);
        for (const auto& d : parsed.diagnostics.items()) {
            EXPECT_EQ(d.level, Level::error);
            EXPECT_FALSE(d.message.empty());
            EXPECT_FALSE(d.help.empty());
            EXPECT_NE(d.message.back(), '.');
        }
    }
}

TEST(Guards, quote_it_names_the_whole_scalar) {
    const Parsed parsed("a: {start: 2014-11?, end: 2015}\nb: [2014?, x]\n");
    ASSERT_EQ(parsed.errors(), "1:12 quote-it, 2:5 quote-it");
    const auto& d = parsed.diagnostics.items()[0];
    EXPECT_EQ(parsed.text(d.span), "2014-11?");
    EXPECT_EQ(d.help, "write it in quotes: \"2014-11?\"");
    EXPECT_TRUE(Parsed("a: {start: \"2014-11?\"}\nb: 2014-11?\n").root) << "quotes or no brackets";
}

TEST(Guards, duplicates_show_both_places) {
    const Parsed parsed("a: 1\nb: 2\n'a': 3\na: 4\n");
    ASSERT_EQ(parsed.errors(), "3:1 duplicate-key, 4:1 duplicate-key");
    for (const auto& d : parsed.diagnostics.items()) {
        ASSERT_EQ(d.related.size(), 1u);
        EXPECT_EQ(parsed.at(d.related[0].span), "1:1");
    }
    // Many keys take the other way through the code.
    std::string many;
    for (int i = 0; i < 100; ++i) many += "k" + std::to_string(i) + ": x\n";
    EXPECT_TRUE(Parsed(many).root);
    EXPECT_EQ(Parsed(many + "k7: y\nk99: z\n").errors(),
              "101:1 duplicate-key, 102:1 duplicate-key");
}

TEST(Guards, unclosed_ones_show_where_they_should_have_ended) {
    const Parsed quote("a: \"b\nc: d\n");
    ASSERT_EQ(quote.diagnostics.items().size(), 1u);
    EXPECT_EQ(quote.text(quote.diagnostics.items()[0].span), "\"");
    ASSERT_EQ(quote.diagnostics.items()[0].related.size(), 1u);
    EXPECT_EQ(quote.at(quote.diagnostics.items()[0].related[0].span), "2:1");
    const Parsed bracket("a: [b, [c]\n# x\nd: e\n");
    ASSERT_EQ(bracket.errors(), "1:4 unclosed-bracket");
    EXPECT_EQ(bracket.at(bracket.diagnostics.items()[0].related[0].span), "3:1");
}

// G5. The root is the first level.
TEST(Guards, depth) {
    const auto brackets = [](int n) {
        return "a: " + std::string(static_cast<std::size_t>(n), '[') +
               std::string(static_cast<std::size_t>(n), ']') + "\n";
    };
    EXPECT_TRUE(Parsed(brackets(63)).root);
    EXPECT_EQ(Parsed(brackets(64)).errors(), "1:67 too-deep");
    EXPECT_EQ(Parsed(brackets(501)).errors(), "1:67 too-deep");
    EXPECT_EQ(Parsed(brackets(100'000)).errors(), "1:67 too-deep");
    EXPECT_EQ(Parsed("a: " + std::string(100'000, '[')).errors(), "1:67 too-deep");
    std::string braces = "a: ";
    for (int i = 0; i < 100'000; ++i) braces += "{b: ";
    EXPECT_EQ(Parsed(braces).errors(), "1:256 too-deep");
    std::string dashes = "a:\n  ";
    for (int i = 0; i < 100'000; ++i) dashes += "- ";
    EXPECT_EQ(Parsed(dashes + "x\n").errors(), "2:129 too-deep");
    std::string stairs;
    for (std::size_t i = 0; i < 500; ++i) stairs += std::string(i, ' ') + "a:\n";
    EXPECT_EQ(Parsed(stairs).errors(), "65:65 too-deep");
    std::string questions;
    for (int i = 0; i < 100'000; ++i) questions += "? ";
    EXPECT_EQ(Parsed(questions).errors(), "1:1 complex-key");
    Limits limits;
    limits.depth = 2;
    EXPECT_TRUE(Parsed("a: [b]\n", limits).root);
    EXPECT_EQ(Parsed("a: [[b]]\n", limits).errors(), "1:5 too-deep");
}

TEST(Guards, sizes) {
    Limits limits;
    limits.events = 8;  // mapping 2, key, sequence 2, three items
    EXPECT_TRUE(Parsed("a: [b, c, d]\n", limits).root) << Parsed("a: [b, c, d]\n", limits).errors();
    EXPECT_EQ(Parsed("a: [b, c, d, e]\n", limits).errors(), "1:14 too-many-events");
    limits = {};
    limits.scalar_bytes = 4;
    EXPECT_TRUE(Parsed("a: 1234\n", limits).root);
    EXPECT_EQ(Parsed("a: 12345\n", limits).errors(), "1:4 scalar-too-large");
    EXPECT_EQ(Parsed("a: '12345'\n", limits).errors(), "1:4 scalar-too-large");
    EXPECT_EQ(Parsed("a: |\n  1234\n", limits).errors(), "1:4 scalar-too-large");
    EXPECT_EQ(Parsed("12345: a\n", limits).errors(), "1:1 scalar-too-large");
    limits = {};
    limits.file_bytes = 5;
    EXPECT_TRUE(Parsed("a: b\n", limits).root);
    EXPECT_EQ(Parsed("a: bc\n", limits).errors(), "1:1 too-large");
}

// Twice as much of the same takes about twice as long: nothing looks back or ahead without bound.
TEST(Guards, time_is_linear) {
    const auto repeat = [](std::size_t n, const std::string& piece) {
        std::string all;
        all.reserve(n * piece.size());
        for (std::size_t i = 0; i < n; ++i) all += piece;
        return all;
    };
    constexpr std::size_t kBytes = 1u << 19;
    const struct {
        const char* head;
        const char* piece;
        const char* tail;
    } shapes[] = {
        {"a: [", "b,", "]\n"},
        {"a: [", "\n b,", "]\n"},
        {"a: [", "{b: c}, ", "]\n"},
        {"a: \"", "\\n", "\"\n"},
        {"a: \"", "x\n ", "\"\n"},
        {"a: '", "''", "'\n"},
        {"a: x", " x", "\n"},
        {"a: x", "\n x", "\n"},
        {"a: x", "\n", "\n"},
        {"a: |", "\n x", "\n"},
        {"a: >", "\n\n x", "\n"},
        {"a: >", "\n   x", "\n"},
        {"a:\n", "- b\n", ""},
        {"a:\n", "- {b: c}\n", ""},
        {"a:\n", "- b: c\n  d: e\n", ""},
        {"a: b\n", "# c\n", ""},
        {"a: b\n", "\n", ""},
        {"", "no colon\n", ""},
        {"a: b\n", "no colon\n", ""},
        {"a:\n ", "\"", ""},
        {"", "\"\n", ""},
        {"", "a: [\n", ""},
        {"a: ", " [ ", ""},
        {"a: {", "b: c,\n ", "}"},
        {"a:\n", "  text\n", "  b: c\n"},
        {"a: ", "&x ", ""},
        {"", "%Y\n", ""},
    };
    for (const auto& shape : shapes) {
        const std::size_t n = kBytes / std::char_traits<char>::length(shape.piece);
        const auto begin = std::chrono::steady_clock::now();
        const Parsed parsed(shape.head + repeat(n, shape.piece) + shape.tail);
        const auto took = std::chrono::steady_clock::now() - begin;
        EXPECT_LT(took, std::chrono::seconds(5)) << shape.head << shape.piece;
        EXPECT_NE(parsed.root.has_value(), parsed.diagnostics.has_errors());
    }
}

TEST(Guards, no_more_than_twenty_errors) {
    std::string bytes;
    std::string lines;
    for (int i = 0; i < 50; ++i) {
        bytes += "a: \x01\n";
        lines += "no colon\n";
    }
    EXPECT_EQ(Parsed(bytes).diagnostics.items().size(), 20u);
    EXPECT_EQ(Parsed("a: b\n" + lines).diagnostics.items().size(), 20u);
}

// One fault is one complaint, and the next fault is still found.
TEST(Guards, reading_goes_on_behind_an_error) {
    EXPECT_EQ(Parsed("events:\n"
                     "  one: {type: arrest, start: 2014-09-30?}\n"
                     "  two:\n"
                     "    title: \"open\n"
                     "    start: 2014\n"
                     "  three:\n"
                     "    start 2014\n"
                     "    end: 2015\n"
                     "\tplace: x\n"
                     "persons:\n"
                     "  - name: a\n"
                     "    name: b\n"
                     "  - [c\n"
                     "  - d: e: f\n"
                     "last: &x y\n")
                  .errors(),
              "2:30 quote-it, 4:12 unclosed-quote, 7:5 missing-colon, 9:1 tab-indentation, "
              "12:5 duplicate-key, 13:5 unclosed-bracket, 14:9 second-colon, 15:7 yaml-anchor");
}

}  // namespace
}  // namespace antinomy::text
