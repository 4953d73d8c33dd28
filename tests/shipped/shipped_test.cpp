#include "shipped/shipped.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace antinomy::shipped {
namespace {

namespace fs = std::filesystem;
using text::Node;

std::string bytes_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

// The files of rules, from the top level.
std::set<std::string> files_of_rules() {
    std::set<std::string> out;
    for (const char* folder : {"rules", "rules/forums"}) {
        const auto path = fs::path(ANTINOMY_ROOT) / folder;
        if (!fs::exists(path)) continue;
        for (const auto& entry : fs::directory_iterator(path))
            if (entry.path().extension() == ".yaml")
                out.insert(std::string(folder) + "/" + entry.path().filename().string());
    }
    return out;
}

// Keys of rules that are not built in.
bool left_out(const std::string& path, const std::string& key) {
    return path == "rules[]" && (key == "tests" || key == "survives");
}

// Empty, or where two trees differ first. `path`: of keys, in the tree that was parsed.
std::string difference(const Node& parsed, const Node& built, const std::string& path) {
    const auto at = [&](const char* what) { return path + ": " + what; };
    if (parsed.kind != built.kind) return at("kind");
    if (parsed.style != built.style) return at("style");
    if (parsed.flow != built.flow) return at("brackets");
    if (!(parsed.span == built.span)) return at("place");
    if (parsed.text != built.text) return at("text");
    if (!std::equal(parsed.pieces.begin(), parsed.pieces.end(), built.pieces.begin(),
                    built.pieces.end(), [](const Node::Piece& a, const Node::Piece& b) {
                        return a.decoded == b.decoded && a.file == b.file;
                    }))
        return at("pieces");
    if (parsed.items.size() != built.items.size()) return at("number of items");
    for (std::size_t i = 0; i < parsed.items.size(); ++i)
        if (auto d = difference(parsed.items[i], built.items[i], path + "[]"); !d.empty()) return d;
    std::size_t next = 0;
    for (const auto& entry : parsed.entries) {
        if (left_out(path, entry.key.text)) continue;
        if (next == built.entries.size()) return at("number of keys");
        const auto& other = built.entries[next++];
        const auto below = path.empty() ? entry.key.text : path + "." + entry.key.text;
        if (auto d = difference(entry.key, other.key, below + " (key)"); !d.empty()) return d;
        if (auto d = difference(entry.value, other.value, below); !d.empty()) return d;
    }
    return next == built.entries.size() ? "" : at("number of keys");
}

TEST(Shipped, EveryFileOfRulesIsBuiltIn) {
    std::set<std::string> built;
    for (const auto& f : files()) built.emplace(f.name);
    EXPECT_EQ(built, files_of_rules());
    const auto beside = std::count_if(built.begin(), built.end(), [](const std::string& name) {
        return name.rfind("rules/forums/", 0) == 0;
    });
    EXPECT_EQ(of_every_case() + static_cast<std::size_t>(beside), built.size());
}

TEST(Shipped, TreesAreThoseOfTheParser) {
    for (const auto& name : files_of_rules()) {
        text::SourceMap map;
        map.add("another", "a: b\n");  // ids of files aren't all zero
        const auto file = map.add(name, bytes_of(fs::path(ANTINOMY_ROOT) / name));
        text::Diagnostics problems;
        const auto parsed = text::parse_yaml(map, file, problems);
        ASSERT_TRUE(parsed) << name;
        const auto built = tree_of(map, file);
        ASSERT_TRUE(built) << name << " has changed since the program was built";
        EXPECT_EQ(difference(*parsed, *built, ""), "") << name;
        const auto* rules = built->find("rules");
        if (rules == nullptr) continue;
        for (const auto& rule : rules->items) EXPECT_EQ(rule.find("tests"), nullptr) << name;
    }
}

// What a rule that sleeps is known by is what the file says; the rest is not there, or empty.
TEST(Shipped, HeadsAreThoseOfTheParser) {
    const std::set<std::string> emptied{"for", "require", "message"};
    std::size_t rules = 0;
    for (const auto& f : files()) {
        text::SourceMap map;
        const auto file = map.add("a", std::string(f.bytes));
        text::Diagnostics problems;
        const auto parsed = text::parse_yaml(map, file, problems);
        ASSERT_TRUE(parsed) << f.name;
        const auto heads = tree_of(map, file, true);
        ASSERT_TRUE(heads) << f.name;
        ASSERT_EQ(heads->entries.size(), parsed->entries.size()) << f.name;
        for (const auto& [key, value] : heads->entries) {
            const auto* whole = parsed->find(key.text);
            ASSERT_NE(whole, nullptr) << f.name << " " << key.text;
            EXPECT_EQ(value.span, whole->span) << f.name << " " << key.text;
            if (key.text == "define") {
                EXPECT_TRUE(value.is_null());
            } else if (key.text != "rules") {
                EXPECT_EQ(difference(*whole, value, key.text), "") << f.name;
            } else {
                ASSERT_EQ(value.items.size(), whole->items.size()) << f.name;
                for (std::size_t i = 0; i < value.items.size(); ++i, ++rules) {
                    for (const char* k : {"id", "kind", "severity", "for", "require", "message"})
                        EXPECT_EQ(value.items[i].find(k) != nullptr,
                                  whole->items[i].find(k) != nullptr)
                            << f.name << " " << k;
                    for (const auto& [k, v] : value.items[i].entries) {
                        const auto* said = whole->items[i].find(k.text);
                        ASSERT_NE(said, nullptr) << f.name << " " << k.text;
                        if (emptied.count(k.text) != 0) {
                            EXPECT_TRUE(v.is_null() && v.span == said->span) << k.text;
                        } else {
                            EXPECT_EQ(difference(*said, v, k.text), "") << f.name;
                        }
                    }
                }
            }
        }
    }
    EXPECT_GT(rules, 0u);
}

TEST(Shipped, AnyOtherBytesHaveNoTree) {
    ASSERT_FALSE(files().empty());
    for (const auto& f : files()) {
        const std::string bytes(f.bytes);
        text::SourceMap map;
        EXPECT_FALSE(tree_of(map, map.add("a", bytes + "\n"))) << f.name;
        EXPECT_FALSE(tree_of(map, map.add("a", bytes.substr(0, bytes.size() - 1)))) << f.name;
        auto changed = bytes;
        changed[bytes.size() / 2] ^= 1;
        EXPECT_FALSE(tree_of(map, map.add("a", changed))) << f.name;
        EXPECT_TRUE(tree_of(map, map.add("elsewhere", bytes))) << f.name;
    }
    text::SourceMap map;
    EXPECT_FALSE(tree_of(map, map.add("empty", "")));
}

}  // namespace
}  // namespace antinomy::shipped
