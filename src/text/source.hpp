#pragma once
// Files as read, and places in them.
//
// A `SourceMap` owns the bytes of every file of a run and hands out small `FileId`s. A `Span` is a
// half-open byte range of one file; it is the only kind of place the later stages carry. Lines and
// columns are derived from it on demand, in the four units that readers of a report use (bytes,
// code points, UTF-16 code units as SARIF counts, terminal cells).
//
// Promises: no read outside what was asked for; a path is opened without blocking and must be a
// regular file (or standard input); nothing here throws for what a file contains. Doesn't:
// interpret the bytes (see document.hpp).

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace antinomy::text {

struct FileId {
    std::uint32_t value = UINT32_MAX;
    [[nodiscard]] bool valid() const { return value != UINT32_MAX; }
    friend bool operator==(FileId, FileId) = default;
};

// Half-open byte range [begin, end) of a file. `file` invalid: no place (a command line, a
// built-in).
struct Span {
    FileId file;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    [[nodiscard]] bool valid() const { return file.valid(); }
    friend bool operator==(const Span&, const Span&) = default;
};

// All 1-based. `column` counts code points; the others say their unit.
struct Position {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    std::uint32_t column_bytes = 1;
    std::uint32_t column_utf16 = 1;
    std::uint32_t column_cells = 1;  // a tab counts as one cell; the excerpt printer expands it
};

class SourceMap {
public:
    SourceMap() = default;
    // On top of another map, which must outlive this one and be left as it is: the files of that
    // one keep their ids, and those added here follow them. So the records of a data set come and
    // go, one at a time, beside the files of a run.
    struct OnTop {};
    SourceMap(OnTop, const SourceMap& below) : below_(&below) {}

    // Adds text under a display name (as the user wrote the path; "-" for standard input).
    FileId add(std::string name, std::string bytes);
    // Adds a part of a larger file that is not held whole, and where in that file it begins: lines
    // and columns of places are those of the whole file.
    FileId add_part(std::string name, std::string bytes, const Position& begin);

    [[nodiscard]] std::string_view name(FileId) const;
    [[nodiscard]] std::string_view bytes(FileId) const;
    // The place of a byte offset; an offset past the end is the end.
    [[nodiscard]] Position position(FileId, std::uint32_t offset) const;
    // Likewise, but that cells are not counted.
    [[nodiscard]] Position line_and_column(FileId, std::uint32_t offset) const;
    // Text of a 1-based line without its line break (a CR before LF counts as part of the break).
    // Of a part: as much of the line as the part holds.
    [[nodiscard]] std::string_view line(FileId, std::uint32_t line) const;
    [[nodiscard]] std::uint32_t line_count(FileId) const;
    // The first byte held of the line that an offset is in.
    [[nodiscard]] std::uint32_t line_start(FileId, std::uint32_t offset) const;
    [[nodiscard]] std::string_view text(const Span&) const;
    [[nodiscard]] std::size_t size() const { return first() + files_.size(); }

private:
    struct File {
        std::string name;
        std::string bytes;
        std::vector<std::uint32_t> line_starts;
        Position begin;  // of the first line held; of a whole file 1, 1
    };
    [[nodiscard]] std::size_t first() const { return below_ == nullptr ? 0 : below_->size(); }
    [[nodiscard]] const File* find(FileId) const;
    // Without cells; `before`: what stands before it on its line.
    [[nodiscard]] Position count(FileId, std::uint32_t offset, std::string_view& before) const;

    const SourceMap* below_ = nullptr;
    std::deque<File> files_;
};

// Terminal cells of UTF-8 text, by grapheme cluster (Unicode width by utf8proc).
[[nodiscard]] std::uint32_t display_width(std::string_view utf8);

}  // namespace antinomy::text
