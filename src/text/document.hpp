#pragma once
// The located document: a tree in which every key and scalar knows its file and its first and last
// byte.
//
// YAML comes in by yaml-cpp's event interface under a strict profile (guards G0 to G9 in README.md
// of this folder): one document, a mapping at the root, no anchors, aliases, tags or directives, no
// duplicate keys, scalar keys, bounded depth, size and number of events. What the profile refuses
// is an error with its place; nothing is repaired silently.
//
// Scalars stay text: `no`, `012` and `2014-09-30` mean what the vocabulary says, not what YAML
// guesses.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/diagnostic.hpp"
#include "text/source.hpp"

namespace antinomy::text {

enum class NodeKind { null, scalar, sequence, mapping };
enum class ScalarStyle { plain, single_quoted, double_quoted, block };

struct Entry;

struct Node {
    NodeKind kind = NodeKind::null;
    ScalarStyle style = ScalarStyle::plain;
    bool flow = false;           // a flow collection: [..] or {..}
    Span span;                   // first to last byte as written, quotes and brackets included
    std::string text;            // decoded text of a scalar
    std::vector<Node> items;     // of a sequence
    std::vector<Entry> entries;  // of a mapping, in the order of the file

    // Where decoded text differs from the bytes (quotes, escapes, folded or indented lines):
    // pieces of `text` that stand contiguously in the file, by growing `decoded`. Empty: text
    // starts at span.begin and is byte for byte what stands there.
    struct Piece {
        std::uint32_t decoded;
        std::uint32_t file;
    };
    std::vector<Piece> pieces;

    [[nodiscard]] bool is_scalar() const { return kind == NodeKind::scalar; }
    [[nodiscard]] bool is_mapping() const { return kind == NodeKind::mapping; }
    [[nodiscard]] bool is_sequence() const { return kind == NodeKind::sequence; }
    [[nodiscard]] bool is_null() const { return kind == NodeKind::null; }
    // A mapping's value by key; null if absent.
    [[nodiscard]] const Node* find(std::string_view key) const;
    [[nodiscard]] const Entry* find_entry(std::string_view key) const;
    // The place in the file of decoded bytes [begin, end) of this scalar.
    [[nodiscard]] Span inside(std::uint32_t begin, std::uint32_t end) const;
};

struct Entry {
    Node key;  // always a scalar
    Node value;
};

// "a mapping", "a list", "text", "nothing": for messages.
[[nodiscard]] std::string_view kind_word(const Node&);

struct Limits {
    std::uint32_t file_bytes = 16u << 20;
    std::uint32_t depth = 64;
    std::uint32_t events = 1'000'000;
    std::uint32_t scalar_bytes = 1u << 20;
};

// Reads a regular file ("-": standard input) whole into the map. Missing, unreadable, not a regular
// file (a FIFO never blocks), larger than the limit: an error; no file id.
[[nodiscard]] std::optional<FileId> read_file(SourceMap&, const std::string& path, Diagnostics&,
                                              const Limits& = {});

// "a folder", "a pipe": what stands at a path, by `st_mode` of stat(2), for messages.
[[nodiscard]] std::string kind_of_file(unsigned mode);

// Parses a file as strict YAML. On an error: a diagnostic, and no document.
[[nodiscard]] std::optional<Node> parse_yaml(const SourceMap&, FileId, Diagnostics&,
                                             const Limits& = {});

}  // namespace antinomy::text
