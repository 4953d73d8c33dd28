#pragma once
// Where something stands in a file: line and column as editors count them, both from 1, columns in
// code points. And a file's text as yaml-cpp reads it, with those places.
//
// This folder reads cases a second time, by other means than the engine (yaml-cpp's own nodes, a
// reader of dates and words of its own): what both get wrong in the same way has to be wrong twice.

#include <yaml-cpp/yaml.h>

#include <cstddef>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace antinomy::verify {

struct Place {
    std::string file;
    int line = 0;
    int column = 0;
    friend bool operator<(const Place& a, const Place& b) {
        return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
    }
    friend bool operator==(const Place&, const Place&) = default;
};
[[nodiscard]] std::string to_string(const Place&);  // "case.yaml:12:5"

// Larger files are refused.
inline constexpr std::size_t kLargestFile = 64u << 20;

struct File {
    std::string name;  // as it is shown
    std::string path;  // canonical
    YAML::Node root;
    std::vector<std::string> lines;
    std::string error;  // why it could not be read; empty: it was
    // Of a case that was made of data: where what stands on a line of it (from 0) stands there.
    std::vector<Place> origins;

    [[nodiscard]] Place at(const YAML::Mark&) const;
};
[[nodiscard]] File read_file(const std::string& name);

// Of a mapping, in the order of the file; of anything else none.
[[nodiscard]] std::vector<std::pair<YAML::Node, YAML::Node>> entries(const YAML::Node&);

}  // namespace antinomy::verify
