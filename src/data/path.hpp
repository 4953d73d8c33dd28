#pragma once
// Paths into a record: `$.terms[0].start` from the record's root, `.start` from the item at hand
// (of a list that is split; elsewhere that is the record), `.` the item itself. A name with other
// characters than letters, digits, `_` and `-` stands in brackets: `$['Date of birth']`, of the
// item at hand `.['Date of birth']`. `[*]` is all items of a list.
//
// Where a path leads in one record: to nodes of it, in their order; to none where a key is absent
// or has no value. A step that cannot be taken (a key of a text) is a flaw of the record.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/document.hpp"

namespace antinomy::data {

struct Path {
    struct Step {
        enum class Kind { name, index, all } kind = Kind::name;
        std::string name;
        std::size_t index = 0;
    };
    bool from_root = true;
    std::vector<Step> steps;
    std::string written;
    text::Span span;       // in the map
    std::size_t slot = 0;  // its number in the map, to tell paths that led nowhere
    [[nodiscard]] bool many() const;
};

// Does a scalar of a map mean a path?
[[nodiscard]] bool looks_like_path(std::string_view);
// The path, or why it is none: the byte, a message, a way out.
struct PathProblem {
    std::uint32_t at = 0;
    std::string message;
    std::string help;
};
[[nodiscard]] std::optional<Path> read_path(std::string_view, PathProblem&);

// A step that cannot be taken.
struct Astray {
    const text::Node* node = nullptr;
    std::string message;
};
// True: something stands there, be it a key without a value.
bool follow(const Path&, const text::Node& root, const text::Node& item,
            std::vector<const text::Node*>& out, std::optional<Astray>&);

// The path from the root of a record to what a place in it points to, as one would write it in a
// map:
// "$.terms[1].start". One byte at which a mapping or a list begins points to that, unless it is a
// value of one byte.
[[nodiscard]] std::string path_to(const text::Node& root, const text::Span&);
// `.name`, or `['a name']`.
[[nodiscard]] std::string step_to(std::string_view name);

}  // namespace antinomy::data
