#include "data/json_walk.hpp"

#include <gtest/gtest.h>

#include <random>

#include "data/json.hpp"
#include "data/tree_walk.hpp"

namespace antinomy::data {
namespace {

// Paths as a map has them: $.a, $.b.a, $.b.c, $.list (its text unread), and of each item of
// $.items: .a, .b.c, the item itself.
class Plan {
public:
    Plan() {
        auto& root = parts.root;
        root.names.resize(7);
        root.paths = 6;
        name(root, 0, "a", 1, 0);
        name(root, 0, "b", 2, 1);
        name(root, 2, "a", 3, 2);
        name(root, 2, "c\xC3\xA9 long key of more than sixteen bytes", 4, 3);
        name(root, 0, "list", 5, 4);
        root.names[5].content = false;
        name(root, 0, "items", 6, 5);
        root.names[6].each = true;
        root.names[6].splits = {0, 1};
        Split s;
        s.level = 3;
        s.place.names.resize(4);
        s.place.paths = 2;
        name(s.place, 0, "a", 1, 0);
        name(s.place, 0, "b", 2, check::Sketch::kNone);
        name(s.place, 2, "c", 3, 1);
        parts.splits.push_back(std::move(s));
        Split whole;  // whatever the items are
        whole.level = 3;
        whole.place.paths = 1;
        whole.place.names.front().path = 0;
        whole.place.names.front().content = true;
        parts.splits.push_back(std::move(whole));
    }
    SketchPlan::Parts parts;

private:
    static void name(Place& place, std::uint32_t at, const char* text, std::uint32_t to,
                     std::uint32_t path) {
        auto& n = place.names[at];
        n.children.emplace_back(text, to);
        n.lengths |= std::uint64_t{1} << (n.children.back().first.size() % 64);
        place.names[to].path = path;
        place.names[to].content = true;
    }
};

// What was seen, as text.
template <class Walk>
class Shown {
public:
    Shown(Walk& walk, const PathEnds& ends, const SketchPlan::Parts& parts) : walk_(walk) {
        for (const auto& s : ends.root) one(s);
        for (std::size_t i = 0; i < ends.items.size(); ++i) {
            const auto& items = ends.items[i];
            const auto paths = parts.splits[i].place.paths;
            for (std::size_t k = 0; k < items.whole.size(); ++k) {
                out += items.whole[k] != 0 ? "\n+ " : "\n- ";
                for (std::size_t p = 0; p < paths; ++p) one(items.seen[k * paths + p]);
            }
        }
    }
    std::string out;

private:
    void one(const Seen& s) {
        switch (s.shape) {
            case Shape::absent:
                out += "absent ";
                return;
            case Shape::nothing:
                out += "nothing ";
                return;
            case Shape::mapping:
                out += "mapping ";
                return;
            case Shape::list: {
                out += "[";
                const bool all = walk_.items(s, [&](const Seen& i) {
                    one(i);
                    return true;
                });
                out += all ? "]" : "...";
                return;
            }
            default:
                if (s.written) {  // there may be escapes in it, which a tree has not
                    out += "scalar ";
                    return;
                }
                out += "'" + std::string(s.text()) + "' ";
        }
    }
    Walk& walk_;
};

// Random JSON texts, of the keys that the paths ask for and others.
class Maker {
public:
    explicit Maker(unsigned seed) : draw_(seed) {}
    unsigned below(unsigned n) { return static_cast<unsigned>(draw_() % n); }

    std::string record() {
        std::string out = mapping(3, {"a", "b", "list", "items", "x", "other"});
        if (below(3) == 0) out = " \t" + out + "  ";
        return out;
    }

private:
    std::string space() {
        return below(6) != 0 ? "" : std::vector<std::string>{" ", "\t", "  ", "\r"}[below(4)];
    }
    std::string text(const std::string& plain) {
        std::string out;
        for (const char c : plain) {
            // Sometimes a letter is written as an escape.
            if (below(30) == 0 && c > ' ' && c < 127 && c != '"' && c != '\\') {
                static const char* const kDigits = "0123456789abCDeF";
                out += std::string("\\u00") + kDigits[static_cast<unsigned>(c) >> 4u] +
                       kDigits[static_cast<unsigned>(c) & 15u];
            } else {
                out += c;
            }
        }
        return '"' + out + '"';
    }
    std::string scalar() {
        static const std::vector<std::string> kScalars = {
            "null",
            "true",
            "false",
            "0",
            "-0",
            "17",
            "-3",
            "12.50",
            "1e5",
            "-2.5E-3",
            "123456789012345678",
            "9223372036854775807",
            "9223372036854775808",
            "1e400",
            "\"\"",
            "\" \"",
            "\"\\n\"",
            "\"\\\\\"",
            "\"a\\\"b\"",
            "\"\\ud83d\\ude00\"",
            "\"2014-11-05\"",
            "\"{[,:]}\"",
            "\"\\u0000\"",
            "\"a text of more than sixteen bytes, Kl\xC3\xA4gerin \\/ \\b\\f\\t\\r\"",
        };
        return below(3) != 0 ? kScalars[below(static_cast<unsigned>(kScalars.size()))]
                             : text("value " + std::to_string(below(50)));
    }
    std::string value(int depth, const std::string& key) {
        static const std::vector<std::string> kInner = {
            "a", "b", "c", "c\xC3\xA9 long key of more than sixteen bytes", "d"};
        if (key == "items" && below(8) != 0) {
            std::string out = "[" + space();
            const auto count = below(4);
            for (unsigned i = 0; i < count; ++i)
                out += (i > 0 ? "," + space() : "") +
                       (below(8) == 0 ? scalar() : mapping(depth - 1, kInner));
            return out + "]";
        }
        if (key == "b" && below(4) != 0) return mapping(depth - 1, kInner);
        const auto roll = below(8);
        if (depth > 0 && roll == 0) return mapping(depth - 1, kInner);
        if (depth > 0 && roll < 3) {
            std::string out = "[";
            const auto count = below(4);
            for (unsigned i = 0; i < count; ++i)
                out += (i > 0 ? "," : "") + space() + (roll == 1 ? scalar() : value(depth - 1, ""));
            return out + space() + "]";
        }
        return scalar();
    }
    std::string mapping(int depth, std::vector<std::string> keys) {
        // Mostly in one order, some missing.
        if (below(6) == 0) std::shuffle(keys.begin(), keys.end(), draw_);
        if (below(60) == 0) keys.push_back(keys.front());
        std::string out;
        for (const auto& key : keys) {
            if (below(5) == 0) continue;
            out += (out.empty() ? "" : ",") + space() + text(key) + space() + ":" + space() +
                   value(depth, key) + space();
        }
        return "{" + out + "}";
    }
    std::mt19937 draw_;
};

struct Tried {
    bool json = false;
    bool walked = false;
};

class Trial {
public:
    Tried run(const std::string& bytes) {
        Tried out;
        std::optional<Flaw> flaw;
        const auto tree = reader_.read(bytes, text::FileId{}, flaw);
        out.json = tree.has_value();
        auto held = bytes;
        held.resize(bytes.size() + kBehind, '"');
        held[bytes.size()] = '\n';
        PathEnds of_json;
        out.walked = walk_.go(std::string_view(held).substr(0, bytes.size()), of_json);
        EXPECT_TRUE(!out.walked || out.json) << bytes;
        if (!out.walked || !out.json) return out;
        PathEnds of_tree;
        TreeWalk trees(plan_.parts);
        EXPECT_TRUE(trees.go(*tree, of_tree)) << bytes;
        Shown<JsonWalk> a(walk_, of_json, plan_.parts);
        // What is not told of a JSON text is told of no tree.
        for (std::size_t i = 0; i < of_json.root.size(); ++i)
            unread(of_json.root[i], of_tree.root[i]);
        for (std::size_t i = 0; i < of_json.items.size(); ++i)
            for (std::size_t k = 0; k < of_json.items[i].used; ++k)
                unread(of_json.items[i].seen[k], of_tree.items[i].seen[k]);
        Shown<TreeWalk> b(trees, of_tree, plan_.parts);
        EXPECT_EQ(a.out, b.out) << bytes;
        return out;
    }

private:
    static void unread(const Seen& json, Seen& tree) {
        if (json.written && tree.shape == Shape::text) tree.written = true;
    }
    Plan plan_;
    JsonReader reader_;
    JsonWalk walk_{plan_.parts};
};

// The keys are learned, so one walk goes through all of them.
TEST(JsonWalk, sees_what_the_tree_has) {
    Maker make(5);
    Trial trial;
    unsigned walked = 0;
    for (int i = 0; i < 20'000; ++i) walked += trial.run(make.record()).walked ? 1 : 0;
    EXPECT_GT(walked, 2'000u);
}

TEST(JsonWalk, takes_nothing_that_is_no_json) {
    static const std::string kSigns = "{}[]:,\"\\ \t\n0-+.eEtfnu1\x01\x80\xC3\xFF";
    Maker make(6);
    Trial trial;
    unsigned broken = 0;
    for (int i = 0; i < 60'000; ++i) {
        auto text = make.record();
        const auto changes = 1 + make.below(3);
        for (unsigned k = 0; k < changes && !text.empty(); ++k) {
            const auto at = make.below(static_cast<unsigned>(text.size()));
            switch (make.below(4)) {
                case 0:
                    text.erase(at, 1 + make.below(3));
                    break;
                case 1:
                    text.insert(at, 1, kSigns[make.below(static_cast<unsigned>(kSigns.size()))]);
                    break;
                case 2:
                    text[at] = kSigns[make.below(static_cast<unsigned>(kSigns.size()))];
                    break;
                default:
                    text.resize(at);
            }
        }
        broken += trial.run(text).json ? 0 : 1;
    }
    EXPECT_GT(broken, 20'000u);
}

TEST(JsonWalk, by_hand) {
    Trial trial;
    const auto walked = [&](const std::string& text) { return trial.run(text).walked; };
    EXPECT_TRUE(walked("{}"));
    EXPECT_TRUE(walked(R"({"a": 1, "b": {"a": [1, "2"]}, "items": [{"a": null}, null]})"));
    // Twice, also where one of them is an escape, or nobody asks for it.
    for (const auto* text :
         {R"({"a": 1, "a": 2})", R"({"a": 1, "\u0061": 2})", R"({"x": {"y": 1, "y": 1}})",
          R"({"x": [{"y": 1, "z": 2, "\u0079": 1}]})", R"({"b": {"c": 1, "d": 2, "c": 3}})"}) {
        EXPECT_FALSE(walked(text)) << text;
        EXPECT_FALSE(walked(text)) << text;  // and once its keys are known
    }
    for (const auto* text : {"",
                             " ",
                             "1",
                             "[]",
                             "{",
                             "{\"a\"}",
                             "{\"a\": }",
                             "{\"a\": 1,}",
                             "{\"a\": 1 \"b\": 2}",
                             "{\"a\": 1}}",
                             "{\"a\": 1} {\"a\": 1}",
                             "{\"a\": 01}",
                             "{\"a\": 1.}",
                             "{\"a\": .5}",
                             "{\"a\": -}",
                             "{\"a\": +1}",
                             "{\"a\": 1e}",
                             "{\"a\": 0x1}",
                             "{\"a\": nul}",
                             "{\"a\": nulls}",
                             "{\"a\": true\"x\"}",
                             "{\"a\": 12\"x\"}",
                             "{\"a\": 1\\u0041}",
                             "{\"a\": \"\\x\"}",
                             "{\"a\": \"\\u12\"}",
                             "{\"a\": \"\\u12g4\"}",
                             "{'a': 1}",
                             "{\"a\": \"\\ud800\"}",
                             "{\"a\": \"\\ud800\\u0041\"}",
                             "{\"a\": \"\\udc00\"}",
                             "{\"x\": [1, 2,]}",
                             "{\"x\": [1 2]}",
                             "{\"x\": [}",
                             "{\"x\": [{]}}",
                             "{\"a\": 1, 2}",
                             "{\"a\": NaN}",
                             "{\"a\": \"x\ny\"}",
                             "{\"a\": \"\xC3\"}",
                             "\xEF\xBB\xBF{\"a\": 1}"})
        EXPECT_FALSE(walked(text)) << text;
    // Deep, where nobody asks for anything and where a path leads.
    const auto deep = [](std::size_t levels) {
        return "{\"x\": " + std::string(levels - 1, '[') + std::string(levels - 1, ']') + "}";
    };
    EXPECT_TRUE(walked(deep(kDepth)));
    EXPECT_FALSE(walked(deep(kDepth + 1)));
    EXPECT_FALSE(walked(deep(100'000)));
    // More keys than are learned.
    for (int turn = 0; turn < 3; ++turn) {
        std::string many = "{\"a\": 1";
        for (int i = 0; i < 300; ++i)
            many += ", \"key " + std::to_string(i + turn * 7) + "\": \"x\"";
        EXPECT_TRUE(walked(many + "}"));
        EXPECT_FALSE(walked(many + ", \"key 20\": 1}"));
    }
}

}  // namespace
}  // namespace antinomy::data
