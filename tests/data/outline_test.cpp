// Where two records have one outline, the trees made of them say the same; and what is wanted has a
// piece at its own place.
#include "data/outline.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>

#include "data/pick.hpp"

namespace antinomy::data {
namespace {

using text::Node;

constexpr text::FileId kFile{0};

Branch leaf(bool apart) {
    Branch out;
    out.whole = true;
    out.apart = apart;
    return out;
}
Branch mapping(std::vector<std::string> names, std::vector<Branch> below) {
    Branch out;
    out.names = std::move(names);
    out.below = std::move(below);
    return out;
}
// id apart; a; b with x apart and y; of each item of l t apart and d; m as a whole.
Branch wishes() {
    Branch list;
    list.list = 0;
    list.items.push_back(mapping({"t", "d"}, {leaf(true), leaf(false)}));
    return mapping({"id", "a", "b", "l", "m"},
                   {leaf(true), leaf(false), mapping({"x", "y"}, {leaf(true), leaf(false)}), list,
                    leaf(false)});
}

// Texts of random records, few of each kind, so that many are alike.
class Texts {
public:
    explicit Texts(std::uint32_t seed) : random_(seed) {}

    std::string record() {
        std::string out = "{";
        const auto add = [&](const std::string& key, const std::string& value) {
            if (below(8) == 0) return;
            if (out.size() > 1) out += below(9) == 0 ? " ,\n " : ",";
            out += key + (below(9) == 0 ? " : " : ":") + value;
        };
        add("\"id\"", scalar(20));
        if (below(3) == 0) add("\"unread\"", "{\"q\":[1,\"]}\\\"\",{}]}");
        add(below(6) == 0 ? "\"\\u0061\"" : "\"a\"", scalar(2));
        add("\"b\"",
            below(5) == 0 ? scalar(2) : "{\"x\":" + scalar(9) + ",\"y\":" + scalar(2) + "}");
        add("\"l\"", list());
        add("\"m\"", below(3) == 0 ? scalar(2) : "[1,{\"z\":" + scalar(2) + "}]");
        if (below(3) == 0) add("\"last\"", scalar(20));
        return out + "}";
    }
    std::size_t below(std::size_t n) { return random_() % n; }

private:
    std::string scalar(std::size_t kinds) {
        static const std::vector<std::string> kOdd{"null",       "true", "\"\"", "17",
                                                   "\"a\\\"b\"", "[]",   "{}",   "\"\\u00e9\""};
        return below(6) == 0 ? kOdd[below(kOdd.size())]
                             : "\"v" + std::to_string(below(kinds)) + "\"";
    }
    std::string list() {
        std::string out = "[";
        for (auto n = below(4); n > 0; --n) {
            out += below(6) == 0 ? "null" : "{\"d\":" + scalar(2) + ",\"t\":" + scalar(9) + "}";
            if (n > 1) out += ",";
        }
        return out + "]";
    }
    std::mt19937 random_;
};

// The only item that is made; none: kNone.
std::size_t only(const Node& list) {
    std::size_t out = Outline::kNone;
    for (std::size_t i = 0; i < list.items.size(); ++i)
        if (!list.items[i].is_null()) {
            if (out != Outline::kNone) return Outline::kNone;
            out = i;
        }
    return out;
}

// Do two trees say the same, but for what stands apart and which item of a list it is?
bool same(const Node& a, const Node& b, const Branch* wish) {
    if (a.kind != b.kind) return false;
    const bool whole = wish == nullptr || wish->whole;
    if (a.is_scalar()) return (wish != nullptr && wish->whole && wish->apart) || a.text == b.text;
    if (a.is_sequence()) {
        const auto* const of = whole || wish->items.empty() ? nullptr : &wish->items.front();
        if (!whole && wish->list != UINT32_MAX)
            if (const auto x = only(a), y = only(b); x != Outline::kNone && y != Outline::kNone)
                return same(a.items[x], b.items[y], of);
        for (std::size_t i = 0; i < std::max(a.items.size(), b.items.size()); ++i) {
            const Node none;
            const auto& x = i < a.items.size() ? a.items[i] : none;
            const auto& y = i < b.items.size() ? b.items[i] : none;
            if (!same(x, y, of)) return false;
        }
        return true;
    }
    if (a.entries.size() != b.entries.size()) return false;
    for (std::size_t i = 0; i < a.entries.size(); ++i) {
        const auto& key = a.entries[i].key.text;
        if (key != b.entries[i].key.text ||
            !same(a.entries[i].value, b.entries[i].value, whole ? nullptr : wish->at(key)))
            return false;
    }
    return true;
}

// Every node that is wanted has a piece where it stands.
void has_pieces(const Node& n, const Branch& wish, const Outline& outline) {
    const auto is_there = [&](const Outline::Piece& p) {
        return p.begin == n.span.begin && p.wish == &wish &&
               (!n.is_scalar() || (p.scalar && p.end == n.span.end));
    };
    EXPECT_TRUE(std::any_of(outline.pieces.begin(), outline.pieces.end(), is_there));
    if (wish.whole) return;
    for (const auto& entry : n.entries)
        if (const auto* to = wish.at(entry.key.text)) has_pieces(entry.value, *to, outline);
    for (const auto& item : n.items)
        if (!item.is_null() && !wish.items.empty()) has_pieces(item, wish.items.front(), outline);
}

TEST(Outline, WhereKeysAreOneTreesSayTheSame) {
    const auto wish = wishes();
    Texts texts(7);
    struct Seen {
        std::string text;
        Node tree;
    };
    std::map<std::string, Seen> seen;
    std::size_t alike = 0;
    for (int i = 0; i < 60'000; ++i) {
        const auto text = texts.record();
        const Items items{1 + texts.below(7)};
        Outline outline;
        outline.key = std::to_string(items.front()) + ' ';
        Node tree;
        ASSERT_TRUE(pick_json(text, kFile, wish, items, tree)) << text;
        if (!outline_json(text, wish, items, 1, outline)) {
            // Of the one item that is wanted nothing is made.
            const auto* const list = tree.find("l");
            EXPECT_TRUE(list != nullptr && only(*list) == Outline::kNone) << text;
            continue;
        }
        has_pieces(tree, wish, outline);
        // Which items are made is no part of it where there is one.
        auto key = outline.key;
        if (outline.lists.front().item != Outline::kNone) {
            EXPECT_EQ(only(*tree.find("l")), outline.lists.front().item);
            key = key.substr(key.find(' '));
        }
        const auto [at, first] = seen.try_emplace(key, Seen{text, tree});
        if (first) continue;
        ++alike;
        EXPECT_TRUE(same(at->second.tree, tree, &wish)) << at->second.text << '\n' << text;
    }
    EXPECT_GT(alike, 20'000u);
    EXPECT_GT(seen.size(), 2'000u);
}

TEST(Outline, WhatStandsApartOrIsNotReadIsNoPartOfTheKey) {
    const auto wish = wishes();
    const auto key = [&](const std::string& text, std::uint64_t items) {
        Outline out;
        EXPECT_TRUE(outline_json(text, wish, {items}, 1, out)) << text;
        return out.key;
    };
    const auto one = key(R"({"id":"1","a":"v","l":[{"d":"w","t":"x"}],"m":1})", 1);
    EXPECT_EQ(one, key(R"({"id":"2","a":"v","l":[{"d":"w","t":"y"}],"m":1})", 1));
    EXPECT_EQ(one, key(R"({"id":"1","a":"v","l":[{"d":"z"},{"d":"w","t":"x"}],"m":1})", 2));
    EXPECT_EQ(one,
              key(R"({"id":"1","u":[{}],"a":"v","l":[{"q":0,"d":"w","t":"x"}],"m":1,"z":2})", 1));
    EXPECT_NE(one, key(R"({"id":"1","a":"w","l":[{"d":"w","t":"x"}],"m":1})", 1));
    EXPECT_NE(one, key(R"({"id":"1","a":"v","l":[{"d":"v","t":"x"}],"m":1})", 1));
    EXPECT_NE(one, key(R"({"id":"1","a":"v","l":[{"d":"w","t":"x"}],"m":2})", 1));
    EXPECT_NE(one, key(R"({"id":null,"a":"v","l":[{"d":"w","t":"x"}],"m":1})", 1));
    EXPECT_NE(one, key(R"({"id":"1","a":"v","l":[{"d":"w","t":null}],"m":1})", 1));
    EXPECT_NE(one, key(R"({"id":"1","a":"v","l":[{"t":"x","d":"w"}],"m":1})", 1));
    EXPECT_NE(key(R"({"a":"v","l":[{"d":"w"},{"d":"w"}]})", 3),
              key(R"({"a":"v","l":[{"d":"w"},{"d":"w"}]})", 1));
}

}  // namespace
}  // namespace antinomy::data
