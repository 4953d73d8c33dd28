#include "text/table.hpp"

#include <gtest/gtest.h>

#include "tests/text/helpers.hpp"

namespace antinomy::text {
namespace {

// All that a node holds but its children, as text.
std::string described(const Node& n) {
    auto out = std::to_string(static_cast<int>(n.kind)) + " " +
               std::to_string(static_cast<int>(n.style)) + (n.flow ? " flow " : " block ") +
               std::to_string(n.span.file.value) + ":" + std::to_string(n.span.begin) + "-" +
               std::to_string(n.span.end) + " <" + n.text + ">";
    for (const auto& p : n.pieces)
        out += " " + std::to_string(p.decoded) + "@" + std::to_string(p.file);
    return out + " " + std::to_string(n.items.size()) + "+" + std::to_string(n.entries.size());
}

std::vector<std::string> described_all(const Node& root) {
    std::vector<std::string> out;
    test::for_each_node(root, [&](const Node& n) { out.push_back(described(n)); });
    return out;
}

// Every kind of scalar, escape, folding and bracket that may be in a file.
TEST(Table, GivesBackEveryValidFile) {
    std::size_t files = 0;
    for (const auto& path : test::files_in("valid")) {
        const test::Parsed parsed(test::read_all(path));
        ASSERT_TRUE(parsed.root) << path;
        const auto bytes = parsed.map.bytes(parsed.file);
        const auto back = from_table(to_table(*parsed.root, bytes), bytes, parsed.file);
        EXPECT_EQ(described_all(back), described_all(*parsed.root)) << path;
        ++files;
    }
    EXPECT_GT(files, 40u);
}

TEST(Table, ManyAndLongAreTold) {
    std::string list = "a: [";
    for (int i = 0; i < 20'000; ++i) list += std::to_string(i) + ", ";
    const test::Parsed parsed(list + "]\nb: \"" + std::string(100'000, 'x') + "\\n\"\n");
    ASSERT_TRUE(parsed.root) << parsed.errors();
    const auto bytes = parsed.map.bytes(parsed.file);
    const auto back = from_table(to_table(*parsed.root, bytes), bytes, FileId{7});
    EXPECT_EQ(back.find("a")->items.size(), 20'000u);
    EXPECT_EQ(back.find("b")->text, std::string(100'000, 'x') + "\n");
    EXPECT_EQ(back.find("b")->span.file, FileId{7});
}

// Of a tree with parts taken out, the rest stays where it is.
TEST(Table, PartsMayBeLeftOut) {
    test::Parsed parsed("a: {b: one, c: two, d: three}\ne: four\n");
    ASSERT_TRUE(parsed.root);
    auto& keys = parsed.root->entries.front().value.entries;
    keys.erase(keys.begin() + 1);
    const auto bytes = parsed.map.bytes(parsed.file);
    const auto back = from_table(to_table(*parsed.root, bytes), bytes, parsed.file);
    EXPECT_EQ(described_all(back), described_all(*parsed.root));
}

}  // namespace
}  // namespace antinomy::text
