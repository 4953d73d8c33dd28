#pragma once
// The strict reader: one pass over the bytes of a YAML file that accepts the profile of this folder
// (README.md) and nothing else, and knows the first and the last byte of all it reads.
//
// It exists because yaml-cpp 0.7 tells only where a scalar begins, and accepts much that is no YAML
// (an unclosed quote, a key without its colon, text after the root). parse.cpp lets both read the
// file and returns a document only if they agree on every event.
//
// It promises: every byte up to the end of the file belongs to something it understood; a problem
// is reported where it begins, and reading goes on behind it as far as that makes sense. The bytes
// must have passed check_bytes. Follows YAML 1.2.2, chapters 6 to 9; recursion is bounded by
// Limits::depth.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "text/document.hpp"

namespace antinomy::text {

class Reader {
public:
    Reader(const SourceMap&, FileId, Diagnostics&, const Limits&);
    // The document, or nothing and at least one diagnostic.
    [[nodiscard]] std::optional<Node> read();

private:
    // What a block node is the value of: that decides what may begin on the same line.
    enum class Owner { key, item, root };
    enum class Marker { none, start, end };

    // Bytes. Past the end stands NUL, which the byte check keeps out of files.
    [[nodiscard]] char at(std::uint32_t i) const { return i < size_ ? bytes_.data()[i] : '\0'; }
    [[nodiscard]] bool is_break(std::uint32_t i) const {
        return i >= size_ || bytes_.data()[i] == '\n' || bytes_.data()[i] == '\r';
    }
    [[nodiscard]] bool is_blank(std::uint32_t i) const { return at(i) == ' ' || at(i) == '\t'; }
    [[nodiscard]] bool is_blank_or_break(std::uint32_t i) const {
        return is_blank(i) || is_break(i);
    }
    [[nodiscard]] std::uint32_t line_end(std::uint32_t i) const;
    [[nodiscard]] std::uint32_t next_line(std::uint32_t i) const;
    [[nodiscard]] std::uint32_t spaces(std::uint32_t i) const;
    [[nodiscard]] std::uint32_t blanks(std::uint32_t i) const {
        while (is_blank(i)) ++i;
        return i;
    }
    [[nodiscard]] Marker marker(std::uint32_t i) const;  // `---` or `...` at a line's begin
    [[nodiscard]] bool dash(std::uint32_t i) const {     // `- `: a list item
        return at(i) == '-' && is_blank_or_break(i + 1);
    }
    [[nodiscard]] bool colon(std::uint32_t i, bool flow) const;
    [[nodiscard]] std::string quote(std::uint32_t begin, std::uint32_t end) const;
    [[nodiscard]] std::uint32_t line_number(std::uint32_t i) const;
    [[nodiscard]] Span span(std::uint32_t begin, std::uint32_t end) const;

    // The cursor.
    [[nodiscard]] std::uint32_t column() const { return p_ - line_; }
    [[nodiscard]] bool at_end() const { return p_ >= size_; }
    [[nodiscard]] bool at_document_end() const;
    [[nodiscard]] bool first_on_line() const;
    [[nodiscard]] bool tab_free_indentation();
    void to_line(std::uint32_t begin) { p_ = line_ = begin; }
    void skip();  // blanks, comments, line breaks

    // Complaints. `error` is for what spoils the node being read: its caller goes on behind it;
    // `note` for what can be read over.
    void note(std::uint32_t begin, std::uint32_t end, std::string code, std::string message,
              std::string help, std::optional<Related> related = std::nullopt);
    bool error(std::uint32_t begin, std::uint32_t end, std::string code, std::string message,
               std::string help, std::optional<Related> related = std::nullopt);
    [[nodiscard]] bool recover(std::uint32_t column, std::uint32_t from);

    // Structure (reader.cpp, block.cpp, flow.cpp).
    void before_document();
    void after_document();
    [[nodiscard]] bool count(std::uint32_t events, std::uint32_t where);
    [[nodiscard]] bool enter(std::uint32_t where);  // one level deeper
    [[nodiscard]] bool block_value(Node&, std::int64_t parent, Owner);
    [[nodiscard]] bool block_mapping(Node&);
    [[nodiscard]] bool block_sequence(Node&);
    [[nodiscard]] bool block_entry(Entry&, std::uint32_t column);
    [[nodiscard]] bool block_key(Node&, std::uint32_t column);
    [[nodiscard]] bool begins_entry(std::uint32_t from) const;
    [[nodiscard]] bool key_below() const;
    [[nodiscard]] bool end_of_value(bool may_be_key);
    [[nodiscard]] bool flow(Node&, std::int64_t parent);
    [[nodiscard]] bool flow_entry(Entry&, std::int64_t parent, std::uint32_t open);
    [[nodiscard]] bool flow_node(Node&, std::int64_t parent);
    [[nodiscard]] bool flow_skip(std::int64_t parent, std::uint32_t open);
    [[nodiscard]] bool property(bool in_flow);
    [[nodiscard]] bool no_indicator(bool in_flow);
    void check_duplicates(const Node& mapping);
    void nothing(Node&, std::uint32_t where);

    // Scalars (scalars.cpp). Each begins at its first byte and leaves the cursor behind its last.
    [[nodiscard]] bool plain(Node&, std::int64_t parent, bool in_flow, bool one_line);
    [[nodiscard]] bool quoted(Node&, std::int64_t parent);
    [[nodiscard]] bool escape(Node&);
    [[nodiscard]] bool block_scalar(Node&, std::int64_t parent);
    [[nodiscard]] bool check_size(const Node&);

    const SourceMap& map_;
    FileId file_;
    Diagnostics& diagnostics_;
    const Limits& limits_;
    std::string_view bytes_;
    std::uint32_t size_ = 0;
    std::uint32_t p_ = 0;
    std::uint32_t line_ = 0;    // first byte of the cursor's line
    std::uint32_t resume_ = 0;  // where the last error began
    std::uint32_t depth_ = 0;
    std::uint32_t events_ = 0;
    std::size_t errors_ = 0;
    bool stop_ = false;
    bool many_lines_ = false;  // the scalar read last stands on more than one line
};

// Both readers refuse longer keys: YAML bounds the look-ahead for a key's colon.
inline constexpr std::uint32_t kLongestKey = 1024;

[[nodiscard]] inline bool is_flow_indicator(char c) {
    return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

inline bool Reader::colon(std::uint32_t i, bool in_flow) const {
    return at(i) == ':' && (is_blank_or_break(i + 1) || (in_flow && is_flow_indicator(at(i + 1))));
}

// Whether a plain scalar means "nothing" to YAML 1.2's core schema.
[[nodiscard]] bool is_null_word(std::string_view);

}  // namespace antinomy::text
