#pragma once
// What the tests of this folder share.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "text/document.hpp"

namespace antinomy::text::test {

// A parsed text with all that its places refer to.
struct Parsed {
    SourceMap map;
    FileId file;
    Diagnostics diagnostics;
    std::optional<Node> root;

    explicit Parsed(std::string bytes, const Limits& limits = {}) {
        file = map.add("test.yaml", std::move(bytes));
        root = parse_yaml(map, file, diagnostics, limits);
    }
    [[nodiscard]] std::string text(const Span& span) const { return std::string(map.text(span)); }
    [[nodiscard]] std::string at(const Span& span) const {
        const Position place = map.position(span.file, span.begin);
        return std::to_string(place.line) + ":" + std::to_string(place.column);
    }
    // "1:4 unclosed-quote, 2:1 missing-colon"
    [[nodiscard]] std::string errors() const {
        std::string all;
        for (const auto& d : diagnostics.items())
            all.append(all.empty() ? "" : ", ").append(at(d.span)).append(" ").append(d.code);
        return all;
    }
};

inline std::string read_all(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

inline std::vector<std::filesystem::path> files_in(const std::string& folder) {
    std::vector<std::filesystem::path> paths;
    const std::filesystem::path root = std::filesystem::path(ANTINOMY_ROOT) / "tests/text" / folder;
    for (const auto& entry : std::filesystem::directory_iterator(root))
        if (entry.path().extension() == ".yaml") paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    return paths;
}

// Every node of a tree, keys included, in the order of the file.
template <typename Visit>
void for_each_node(const Node& node, const Visit& visit) {
    visit(node);
    for (const auto& item : node.items) for_each_node(item, visit);
    for (const auto& entry : node.entries) {
        for_each_node(entry.key, visit);
        for_each_node(entry.value, visit);
    }
}

}  // namespace antinomy::text::test
