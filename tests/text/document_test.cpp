// Trees and places of what is read.

#include "text/document.hpp"

#include <gtest/gtest.h>

#include "tests/text/helpers.hpp"
#include "tests/text/oracle.hpp"

namespace antinomy::text {
namespace {

using test::Parsed;

// The value of `a` in a file, which must be read.
const Node& value(const Parsed& parsed, const char* key = "a") {
    static const Node none;
    EXPECT_TRUE(parsed.root) << parsed.errors();
    const Node* node = parsed.root ? parsed.root->find(key) : nullptr;
    EXPECT_NE(node, nullptr);
    return node != nullptr ? *node : none;
}

struct ScalarCase {
    const char* file;
    ScalarStyle style;
    const char* source;  // what the span covers
    const char* text;
    bool pieces;  // whether the text differs from the bytes at the span's begin
};

TEST(Document, spans_of_every_scalar_style) {
    using enum ScalarStyle;
    const ScalarCase table[] = {
        {"a: word\n", plain, "word", "word", false},
        {"a: word  # note\n", plain, "word", "word", false},
        {"a:   two words\t\n", plain, "two words", "two words", false},
        {"a: Қосимов # імʼя\n", plain, "Қосимов", "Қосимов", false},
        {"a: no newline", plain, "no newline", "no newline", false},
        {"a: crlf\r\n", plain, "crlf", "crlf", false},
        {"\xEF\xBB\xBF"
         "a: bom\n",
         plain, "bom", "bom", false},
        {"a:\n  below\nb: c\n", plain, "below", "below", false},
        {"a: one\n  two\n", plain, "one\n  two", "one two", true},
        {"a: one \r\n  two\r\n", plain, "one \r\n  two", "one two", true},
        {"a: one\n\n\n  two\nb:\n", plain, "one\n\n\n  two", "one\n\ntwo", true},
        {"a: x#y:z,[{}]\n", plain, "x#y:z,[{}]", "x#y:z,[{}]", false},
        {"a: 'it''s' # x\n", single_quoted, "'it''s'", "it's", true},
        {"a: ''\n", single_quoted, "''", "", true},
        {"a: 'один\n  два'\n", single_quoted, "'один\n  два'", "один два", true},
        {"a: \"plain\"\n", double_quoted, "\"plain\"", "plain", true},
        {"a: \"\\u0431\\n\\\\\"\n", double_quoted, "\"\\u0431\\n\\\\\"", "б\n\\", true},
        {"a: \"one \\\n   two\"\n", double_quoted, "\"one \\\n   two\"", "one two", true},
        {"a: \"x \r\n\r\n  y\"\r\n", double_quoted, "\"x \r\n\r\n  y\"", "x\ny", true},
        {"a: |\n  x\n   y\n\n  z\n", block, "|\n  x\n   y\n\n  z", "x\n y\n\nz\n", true},
        {"a: |-\r\n  x\r\n  y\r\n", block, "|-\r\n  x\r\n  y", "x\ny", true},
        {"a: |+ # keep\n  x\n\nb: c\n", block, "|+ # keep\n  x", "x\n\n", true},
        {"a: |2\n    x\n  y\n", block, "|2\n    x\n  y", "  x\ny\n", true},
        {"a: >\n  x\n  y\n\n  z\n", block, ">\n  x\n  y\n\n  z", "x y\nz\n", true},
        {"a: >-\n  слово\n  за\n   словом\n", block, ">-\n  слово\n  за\n   словом",
         "слово за\n словом", true},
        {"a: |\n  no newline", block, "|\n  no newline", "no newline\n", true},
    };
    for (const auto& row : table) {
        SCOPED_TRACE(row.file);
        const Parsed parsed(row.file);
        const Node& node = value(parsed);
        EXPECT_TRUE(node.is_scalar());
        EXPECT_EQ(node.style, row.style);
        EXPECT_EQ(parsed.text(node.span), row.source);
        EXPECT_EQ(node.text, row.text);
        EXPECT_EQ(!node.pieces.empty(), row.pieces);
    }
}

TEST(Document, spans_in_flow) {
    const Parsed parsed("a: {имя: 'x', l: [ one two , \"y\" ], e: }  # end\n");
    const Node& node = value(parsed);
    EXPECT_TRUE(node.flow);
    EXPECT_EQ(parsed.text(node.span), "{имя: 'x', l: [ one two , \"y\" ], e: }");
    ASSERT_EQ(node.entries.size(), 3u);
    EXPECT_EQ(parsed.text(node.entries[0].key.span), "имя");
    EXPECT_EQ(parsed.text(node.entries[0].value.span), "'x'");
    const Node& list = node.entries[1].value;
    EXPECT_TRUE(list.is_sequence() && list.flow);
    EXPECT_EQ(parsed.text(list.span), "[ one two , \"y\" ]");
    EXPECT_EQ(parsed.text(list.items[0].span), "one two");
    EXPECT_EQ(parsed.text(list.items[1].span), "\"y\"");
    EXPECT_TRUE(node.entries[2].value.is_null());
    EXPECT_EQ(parsed.at(node.entries[2].value.span), "1:39");
}

TEST(Document, spans_of_block_collections) {
    const Parsed parsed(
        "# head\na:\n  - b\n  - c: d\n    e: [f,\n      g]  # x\n\nh:\ni: |\n  j\n\n");
    ASSERT_TRUE(parsed.root) << parsed.errors();
    EXPECT_EQ(parsed.text(parsed.root->span),
              "a:\n  - b\n  - c: d\n    e: [f,\n      g]  # x\n\nh:\ni: |\n  j");
    const Node& list = value(parsed);
    EXPECT_FALSE(list.flow);
    EXPECT_EQ(parsed.text(list.span), "- b\n  - c: d\n    e: [f,\n      g]");
    EXPECT_EQ(parsed.text(list.items[1].span), "c: d\n    e: [f,\n      g]");
    const Node& nothing = value(parsed, "h");
    EXPECT_TRUE(nothing.is_null());
    EXPECT_TRUE(nothing.span.valid());
    EXPECT_EQ(parsed.at(nothing.span), "8:3");
}

TEST(Document, scalars_stay_text_and_nothing_is_null) {
    const Parsed parsed(
        "a: no\nb: 012\nc: 2014-09-30\nd:\ne: ~\nf: null\ng: 'null'\nh: \"\"\ni: True\n");
    EXPECT_EQ(value(parsed, "a").text, "no");
    EXPECT_EQ(value(parsed, "b").text, "012");
    EXPECT_EQ(value(parsed, "c").text, "2014-09-30");
    EXPECT_TRUE(value(parsed, "d").is_null());
    EXPECT_TRUE(value(parsed, "e").is_null());
    EXPECT_EQ(parsed.text(value(parsed, "e").span), "~");
    EXPECT_TRUE(value(parsed, "f").is_null());
    EXPECT_TRUE(value(parsed, "g").is_scalar());
    EXPECT_TRUE(value(parsed, "h").is_scalar());
    EXPECT_EQ(value(parsed, "i").text, "True");
    EXPECT_EQ(parsed.root->find("z"), nullptr);
    EXPECT_EQ(parsed.root->find_entry("b")->key.text, "b");
}

TEST(Document, kind_words) {
    const Parsed parsed("a: x\nb: [x]\nc: {x: y}\nd:\n");
    EXPECT_EQ(kind_word(value(parsed, "a")), "text");
    EXPECT_EQ(kind_word(value(parsed, "b")), "a list");
    EXPECT_EQ(kind_word(value(parsed, "c")), "a mapping");
    EXPECT_EQ(kind_word(value(parsed, "d")), "nothing");
}

struct InsideCase {
    const char* file;
    std::uint32_t begin;
    std::uint32_t end;
    const char* source;
};

TEST(Document, places_inside_scalars) {
    const InsideCase table[] = {
        {"a: one two\n", 4, 7, "two"},
        {"a: one two\n", 0, 7, "one two"},
        {"a: one\n   two\n", 4, 7, "two"},
        {"a: one\n   two\n", 0, 3, "one"},
        {"a: one\n   two\n", 2, 5, "e\n   t"},
        {"a: 'it''s'\n", 2, 3, "''"},
        {"a: 'it''s'\n", 3, 4, "s"},
        {"a: 'it''s'\n", 0, 4, "it''s"},
        {"a: \"x\\u0431y\"\n", 0, 1, "x"},
        {"a: \"x\\u0431y\"\n", 1, 3, "\\u0431"},
        {"a: \"x\\u0431y\"\n", 3, 4, "y"},
        {"a: \"x\\u0431y\"\n", 0, 4, "x\\u0431y"},
        {"a: \"x\\n\\t\"\n", 1, 2, "\\n"},
        {"a: \"x\\n\\t\"\n", 2, 3, "\\t"},
        {"a: \"one \\\n   two\"\n", 0, 4, "one "},
        {"a: \"one \\\n   two\"\n", 4, 7, "two"},
        {"a: \"one\n   two\"\n", 0, 3, "one"},
        {"a: \"\"\n", 0, 0, ""},
        {"a: |\n  one\n  two\n", 0, 3, "one"},
        {"a: |\n  one\n  two\n", 4, 7, "two"},
        {"a: |\r\n  one\r\n  two\r\n", 4, 7, "two"},
        {"a: |\n  one\n\n    two\n", 5, 10, "  two"},
        {"a: |+\n  one\n\n", 0, 3, "one"},
        {"a: >\n  one\n  two\n\n  три\n", 0, 3, "one"},
        {"a: >\n  one\n  two\n\n  три\n", 4, 7, "two"},
        {"a: >\n  one\n  two\n\n  три\n", 8, 14, "три"},
        {"a: |\n  one", 0, 4, "one"},
    };
    for (const auto& row : table) {
        SCOPED_TRACE(std::string(row.file) + " [" + std::to_string(row.begin) + ", " +
                     std::to_string(row.end) + ")");
        const Parsed parsed(row.file);
        EXPECT_EQ(parsed.text(value(parsed).inside(row.begin, row.end)), row.source);
    }
}

TEST(Document, any_range_inside_stays_in_the_scalar) {
    for (const auto& path : test::files_in("valid")) {
        const Parsed parsed(test::read_all(path));
        ASSERT_TRUE(parsed.root) << path << parsed.errors();
        test::for_each_node(*parsed.root, [&](const Node& node) {
            if (!node.is_scalar()) return;
            const auto size = std::min(static_cast<std::uint32_t>(node.text.size()), 40u);
            for (std::uint32_t begin = 0; begin <= size + 1; ++begin)
                for (std::uint32_t end = begin; end <= size + 2; ++end) {
                    const Span span = node.inside(begin, end);
                    ASSERT_LE(node.span.begin, span.begin) << path;
                    ASSERT_LE(span.begin, span.end) << path;
                    ASSERT_LE(span.end, node.span.end) << path;
                }
        });
    }
}

// Children stand inside their parents and in order; keys, values and what is quoted read back.
TEST(Document, spans_nest) {
    for (const auto& path : test::files_in("valid")) {
        const Parsed parsed(test::read_all(path));
        ASSERT_TRUE(parsed.root) << path << parsed.errors();
        test::for_each_node(*parsed.root, [&](const Node& node) {
            std::uint32_t from = node.span.begin;
            const auto child = [&](const Node& inner) {
                EXPECT_GE(inner.span.begin, from) << path;
                EXPECT_LE(inner.span.end, node.span.end) << path;
                from = inner.span.end;
            };
            for (const auto& item : node.items) child(item);
            for (const auto& entry : node.entries) {
                child(entry.key);
                child(entry.value);
            }
            if (node.is_scalar() && node.pieces.empty()) {
                EXPECT_EQ(parsed.text(node.span), node.text) << path;
            }
        });
    }
}

// A tree with places in code points, which must not depend on line ends and byte order marks.
std::string placed(const Parsed& parsed) {
    std::string all;
    if (!parsed.root) return parsed.errors();
    test::write_node(all, *parsed.root);
    test::for_each_node(*parsed.root, [&](const Node& node) {
        const Position end = parsed.map.position(parsed.file, node.span.end);
        all += "\n" + parsed.at(node.span) + "-" + std::to_string(end.line) + ":" +
               std::to_string(end.column);
    });
    return all;
}

TEST(Document, line_ends_and_byte_order_mark_change_nothing) {
    std::size_t files = 0;
    for (const char* folder : {"valid", "invalid", "profile"})
        for (const auto& path : test::files_in(folder)) {
            const std::string bytes = test::read_all(path);
            if (bytes.find('\r') != std::string::npos || bytes.substr(0, 3) == "\xEF\xBB\xBF")
                continue;
            ++files;
            std::string crlf;
            for (const char c : bytes) {
                if (c == '\n') crlf += '\r';
                crlf += c;
            }
            const std::string as_is = placed(Parsed(bytes));
            EXPECT_EQ(placed(Parsed(crlf)), as_is) << path << " with CR LF";
            EXPECT_EQ(placed(Parsed("\xEF\xBB\xBF" + bytes)), as_is) << path << " with BOM";
        }
    EXPECT_GT(files, 200u);
}

}  // namespace
}  // namespace antinomy::text
