#include <gtest/gtest.h>

#include "data/documents.hpp"
#include "data/json.hpp"
#include "data/path.hpp"
#include "data/table.hpp"
#include "helpers.hpp"

namespace antinomy::data {
namespace {

using test::records;
using Keys = std::vector<std::string>;

// ---- JSON

std::string elements(const std::string& text, const Keys& keys = {}) {
    return records<JsonElements>(text, keys);
}

TEST(JsonElements, a_list_and_its_places) {
    EXPECT_EQ(elements("[1, {\"a\": [2]},\n \"x,]\"]"), "1:2 1\n1:5 {\"a\": [2]}\n2:2 \"x,]\"\n");
    EXPECT_EQ(elements("[]"), "");
    EXPECT_EQ(elements(" \n"), "2:1 !no-records@0\n");
    EXPECT_EQ(elements("{\"a\": 1}"), "1:1 {\"a\": 1}\n");
    EXPECT_EQ(elements("\xEF\xBB\xBF[\"я\", {}]"), "1:2 \"я\"\n1:7 {}\n");
}

TEST(JsonElements, a_list_below_keys) {
    const std::string text =
        "{\"n\": {\"b\": [9]}, \"a\": {\"x\": \"}\", \"b\": [1, 2]}, \"z\": [{}]}";
    EXPECT_EQ(elements(text, {"a", "b"}), "1:41 1\n1:44 2\n");
    EXPECT_EQ(elements(text, {"n", "b"}), "1:14 9\n");
    EXPECT_EQ(elements(text, {"a", "c"}), "1:46 !no-records@0\n");
    EXPECT_EQ(elements(text, {"a"}), "1:24 !no-records@0\n");
    EXPECT_EQ(elements("[1]", {"a"}), "1:1 !no-records@0\n");
}

TEST(JsonElements, a_bad_element_loses_no_other) {
    // What is wrong within is for the reader of the element.
    EXPECT_EQ(elements("[{\"a\" 1}, {\"b\": 2}]"), "1:2 {\"a\" 1}\n1:11 {\"b\": 2}\n");
    EXPECT_EQ(elements("[{\"a\": [1}, {}]"), "1:2 {\"a\": [1}\n1:13 {}\n");
    EXPECT_EQ(elements("[\n{\"a\": \"x},\n{\"b\": 2}\n]"), "2:1 !bad-json@0\n3:1 {\"b\": 2}\n");
    EXPECT_EQ(elements("[\n{\"a\":\n  1\n,\n{\"b\": 2}]"), "2:1 !bad-json@0\n5:1 {\"b\": 2}\n");
    // What is deeper belongs to the broken one, whatever it looks like.
    EXPECT_EQ(elements("[\n {\n  \"t\": [\n   {\"a\": \"x},\n   {\"a\": 1}\n  ]\n },\n {}\n]"),
              "2:2 !bad-json@0\n8:2 {}\n");
    EXPECT_EQ(elements("[{\n  \"a\": [1,\n  \"b\": {\"c\": 2}\n}, {\n  \"d\": 3\n}]\n"),
              "1:2 {\n  \"a\": [1,\n  \"b\": {\"c\": 2}\n}\n4:4 {\n  \"d\": 3\n}\n");
    EXPECT_EQ(elements("[{\n  \"a\": \"x,\n  \"b\": {\"c\": 2}\n}, {\n  \"d\": 3\n}]\n"),
              "1:2 !bad-json@0\n4:4 {\n  \"d\": 3\n}\n");
    EXPECT_EQ(elements("[{\"a\": 1, {\"b\": 2}]"), "1:2 !bad-json@0\n");
    EXPECT_EQ(elements("[{]}, {}]"), "1:2 {]}\n1:7 {}\n");
    EXPECT_EQ(elements("{\"a\": [{\"b\": 1]}", {"a"}), "1:8 !bad-json@0\n");
    EXPECT_EQ(elements("[1,, 2]"), "1:2 1\n1:4 !bad-json@0\n1:6 2\n");
    EXPECT_EQ(elements("[1, }, 2]"), "1:2 1\n1:5 !bad-json@0\n1:8 2\n");
}

TEST(JsonElements, a_file_that_is_not_whole) {
    EXPECT_EQ(elements("[1, 2"), "1:2 1\n1:5 2\n1:6 !no-records@0\n");
    EXPECT_EQ(elements("[1, {\"a\":"), "1:2 1\n1:5 !bad-json@0\n1:10 !no-records@0\n");
    EXPECT_EQ(elements("[1, {\"a\": [2,\n{}, 3"),
              "1:2 1\n1:5 !bad-json@0\n2:1 {}\n2:5 3\n2:6 !no-records@0\n");
    EXPECT_EQ(elements("[1] 2"), "1:2 1\n1:5 !no-records@0\n");
    EXPECT_EQ(elements("{} {}"), "1:1 !no-records@0\n");
    EXPECT_EQ(elements("{\"a\": [1], \"b\": ", {"a"}), "1:8 1\n1:17 !no-records@0\n");
}

TEST(JsonElements, a_long_one_is_one_error) {
    const std::string longest(kLongestRecord, ' ');
    EXPECT_EQ(elements("[1, [" + longest + "], 2]").substr(0, 28), "1:2 1\n1:5 !record-too-long@0");
}

struct Tree {
    text::SourceMap map;
    text::FileId file;
    std::optional<Flaw> flaw;
    std::optional<text::Node> root;
    explicit Tree(const std::string& bytes) {
        file = map.add("x", bytes);
        root = JsonReader().read(map.bytes(file), file, flaw);
    }
};

std::string shown(const text::Node& n, const text::SourceMap& map) {
    std::string out;
    if (n.is_mapping()) {
        for (const auto& [k, v] : n.entries)
            out += "<" + std::string(map.text(k.span)) + ">" + k.text + "=" + shown(v, map) + ";";
    } else if (n.is_sequence()) {
        for (const auto& i : n.items) out += shown(i, map) + ",";
    } else {
        out = n.text;
    }
    return "<" + std::string(map.text(n.span)) + ">" + out;
}

TEST(Json, the_tree_has_its_places_and_numbers_as_written) {
    const Tree t("{ \"a\" : [ 1.50 , true,null,-0 ] , \"b\":{} }");
    ASSERT_TRUE(t.root);
    const auto& a = t.root->entries[0].value;
    EXPECT_EQ(t.map.text(t.root->span), "{ \"a\" : [ 1.50 , true,null,-0 ] , \"b\":{} }");
    EXPECT_EQ(shown(a, t.map), "<[ 1.50 , true,null,-0 ]><1.50>1.50,<true>true,<null>,<-0>-0,");
    EXPECT_EQ(shown(t.root->entries[1].value, t.map), "<{}>");
    EXPECT_TRUE(a.items[2].is_null());
}

TEST(Json, a_place_within_a_text_with_escapes) {
    const Tree t(R"({"k\u0061": "\"я\u00e9\ud83d\ude42\n x"})");
    ASSERT_TRUE(t.root);
    const auto& entry = t.root->entries[0];
    EXPECT_EQ(entry.key.text, "ka");
    EXPECT_EQ(entry.value.text, "\"яé🙂\n x");
    const auto place = [&](std::uint32_t begin, std::uint32_t end) {
        return std::string(t.map.text(entry.value.inside(begin, end)));
    };
    EXPECT_EQ(place(0, 1), "\\\"");
    EXPECT_EQ(place(1, 3), "я");
    EXPECT_EQ(place(3, 5), "\\u00e9");
    EXPECT_EQ(place(5, 9), "\\ud83d\\ude42");
    EXPECT_EQ(place(10, 12), " x");
}

TEST(Json, what_is_none) {
    for (const auto& [text, code] : std::vector<std::pair<std::string, std::string>>{
             {"{\"a\": 1,}", "bad-json"},
             {"{\"a\": 1} x", "bad-json"},
             {"{\"a\": \"x}", "bad-json"},
             {"{\"a\": \"\xFF\"}", "bad-json"},
             {"{\"a\": 123456789012345678901234567890}", "bad-json"},
             {"{\"a\": \"\\q\"}", "bad-json"},
             {"{\"a\": nul}", "bad-json"},
             {"{\"a\": \"\t\"}", "bad-json"},
             {"", "bad-json"},
             {"{\"a\": 1, \"\\u0061\": 2}", "duplicate-key"},
             {std::string(65, '[') + std::string(65, ']'), "too-deep"}}) {
        const Tree t(text);
        EXPECT_FALSE(t.root) << text;
        ASSERT_TRUE(t.flaw) << text;
        EXPECT_EQ(t.flaw->code, code) << text;
        EXPECT_FALSE(t.flaw->help.empty());
    }
    EXPECT_TRUE(Tree(std::string(64, '[') + std::string(64, ']')).root);
    EXPECT_EQ(Tree("{\"a\": 1, \"\\u0061\": 2}").flaw->at, 9u);
}

// ---- tables

TableForm semicolon() {
    TableForm form;
    form.separator = ';';
    return form;
}

TEST(Rows, rows_and_places) {
    EXPECT_EQ(records<Rows>("\xEF\xBB\xBF"
                            "a;b\r\n1;2\r\n\r\n3;\"x\r\ny;z\"\r\n5;6",
                            semicolon()),
              "2:1 1;2\n4:1 3;\"x\r\ny;z\"\n6:1 5;6\n");
    EXPECT_EQ(records<Rows>("a;b\n", semicolon()), "");
    EXPECT_EQ(records<Rows>("", semicolon()), "");
    auto form = semicolon();
    form.header = false;
    form.columns = {"a", "b"};
    form.skip = 1;
    EXPECT_EQ(records<Rows>("title\n1;2\n", form), "2:1 1;2\n");
}

TEST(Rows, a_bad_row_is_one_error) {
    EXPECT_EQ(records<Rows>("a;b\n1;2;3\n4\n5;6\n", semicolon()),
              "2:1 !wrong-cells@0\n3:1 !wrong-cells@0\n4:1 5;6\n");
    EXPECT_EQ(records<Rows>("a;b\n1;\"x\n2;y\n3;\"z\"\n", semicolon()),
              "2:1 !text-after-quote@4\n3:1 2;y\n4:1 3;\"z\"\n");
    EXPECT_EQ(records<Rows>("a;b\n1;\"x\n2;y\n3;z\n", semicolon()),
              "2:1 !unclosed-quote@2\n3:1 2;y\n4:1 3;z\n");
    EXPECT_EQ(records<Rows>("a;b\n1;x\"y\n2;\"y\"z\n3;z\n", semicolon()),
              "2:1 !stray-quote@3\n3:1 !text-after-quote@5\n4:1 3;z\n");
    // A quote too many that another one closes, lines later: the cells do not come out even.
    EXPECT_EQ(records<Rows>("a;b\n1;\"x\n2;y\n3;z\";4\n5;6\n", semicolon()),
              "2:1 !wrong-cells@0\n3:1 2;y\n4:1 !stray-quote@3\n5:1 5;6\n");
}

TEST(Rows, a_bad_header_is_the_file_s) {
    EXPECT_EQ(records<Rows>("a;\"b\n1;2\n", semicolon()), "1:1 !bad-header@2\n");
    EXPECT_EQ(records<Rows>("a;\xFF\n1;2\n", semicolon()), "1:1 !bad-header@2\n");
}

TEST(Rows, quotes_may_be_text) {
    auto form = semicolon();
    form.quotes = false;
    EXPECT_EQ(records<Rows>("a;b\n\"1;x\"y\n", form), "2:1 \"1;x\"y\n");
}

std::string cells(const std::string& row) {
    text::SourceMap map;
    const auto file = map.add("x", row);
    std::optional<Flaw> flaw;
    const auto read = read_cells(row, file, semicolon(), flaw);
    if (!read) return "!" + flaw->code;
    std::string out;
    for (const auto& c : *read) out += c.text + "<" + std::string(map.text(c.span)) + ">";
    return out;
}

TEST(Rows, cells_and_their_places) {
    EXPECT_EQ(cells("a;;\"b \"\"c\"\";d\""), "a<a><>b \"c\";d<\"b \"\"c\"\";d\">");
    EXPECT_EQ(cells(";"), "<><>");
    EXPECT_EQ(cells("a;\"\""), "a<a><\"\">");
    EXPECT_EQ(cells("\xC3"), "!not-utf8");
    text::SourceMap map;
    const std::string row = "\"b \"\"c\"";
    const auto file = map.add("x", row);
    std::optional<Flaw> flaw;
    const auto read = read_cells(row, file, semicolon(), flaw);
    EXPECT_EQ(map.text(read->front().inside(2, 4)), "\"\"c");
}

// ---- YAML

TEST(Documents, split_at_markers) {
    EXPECT_EQ(records<Documents>("# head\n---\na: 1\n---\n# none\n...\n---\nb: |\n  ---\n"),
              "3:1 a: 1\n\n8:1 b: |\n  ---\n\n");
    EXPECT_EQ(records<Documents>("--- {a: 1}\n--- {b: 2}\n"), "1:4  {a: 1}\n\n2:4  {b: 2}\n\n");
    EXPECT_EQ(records<Documents>("a: 1\n...\n"), "1:1 a: 1\n\n");
    EXPECT_EQ(records<Documents>(""), "");
    EXPECT_EQ(records<Documents>("--- # no\n"), "");
}

TEST(Documents, a_list_at_the_root) {
    EXPECT_EQ(records<Documents>("# head\n- a: 1\n  t:\n  - x\n-\n  b: 2\n---\nl:\n- 1\n- 2\n"),
              "1:1 # head\n  a: 1\n  t:\n  - x\n\n5:1  \n  b: 2\n\n8:1 l:\n- 1\n- 2\n\n");
}

// ---- paths

std::string reads(const std::string& path) {
    PathProblem problem;
    const auto read = read_path(path, problem);
    return read ? std::to_string(read->steps.size()) + (read->many() ? "*" : "") +
                      (read->from_root ? "$" : ".")
                : std::to_string(problem.at) + (problem.help.empty() ? " no help" : "");
}

TEST(Path, what_is_one) {
    EXPECT_EQ(reads("$"), "0$");
    EXPECT_EQ(reads("."), "0.");
    EXPECT_EQ(reads("$.a[0]['b c'].öd-1_"), "4$");
    EXPECT_EQ(reads(".a[*]"), "2*.");
    EXPECT_EQ(reads("a"), "0");
    EXPECT_EQ(reads("$a"), "1");
    EXPECT_EQ(reads("$."), "2");
    EXPECT_EQ(reads("$.a b"), "3");
    EXPECT_EQ(reads("$['a"), "1");
    EXPECT_EQ(reads("$.a[x]"), "3");
    EXPECT_EQ(reads("$.a["), "3");
    EXPECT_EQ(reads("$.a[]"), "3");
}

TEST(Path, where_it_leads_and_back) {
    const Tree t(R"({"a": [{"b": 1}, {"b": null}, {}], "x y": "z"})");
    const auto lead = [&](const std::string& path) {
        PathProblem problem;
        std::vector<const text::Node*> nodes;
        std::optional<Astray> astray;
        follow(*read_path(path, problem), *t.root, *t.root, nodes, astray);
        if (astray) return "!" + astray->message;
        std::string out;
        for (const auto* n : nodes) out += path_to(*t.root, n->span) + "=" + n->text + ";";
        return out;
    };
    EXPECT_EQ(lead("$.a[0].b"), "$.a[0].b=1;");
    EXPECT_EQ(lead("$.a[*].b"), "$.a[0].b=1;");
    EXPECT_EQ(lead("$['x y']"), "$['x y']=z;");
    EXPECT_EQ(lead("$.a[7].b"), "");
    EXPECT_EQ(lead("$.q.r"), "");
    EXPECT_EQ(lead("$.a.b"), "!`$.a.b` asks for the key `b` of a list");
    EXPECT_EQ(lead("$[0]"), "!`$[0]` asks for an item of a mapping");
}

}  // namespace
}  // namespace antinomy::data
