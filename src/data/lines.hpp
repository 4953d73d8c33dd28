#pragma once
// JSON Lines, split by us: a record a line, so that one bad line is one error and loses no other.
//
// A line ends with LF, or with the file; a CR before it is no part of it. Lines with nothing but
// blanks are no records. A line longer than kLongestRecord is one record with a flaw, and its bytes
// are not held.

#include <vector>

#include "data/record.hpp"
#include "data/stream.hpp"

namespace antinomy::data {

class Lines {
public:
    explicit Lines(Stream& stream) : window_(stream) {}
    // The next line that is not blank; false: there is no more.
    bool next(Raw&);
    // The next lines that are at hand, up to `most` bytes (at least one line); they are to be
    // parted by `LinesOf`. False: there are none: take one by `next`. Memory that the record has is
    // used again.
    bool several(Raw&, std::size_t most);

private:
    bool line(Raw&);  // the next line, blank or not
    void begin();

    Window window_;
    std::uint64_t offset_ = 0;
    std::uint64_t records_ = 0;
    std::uint32_t line_ = 1;
    bool begun_ = false;
};

// The records of several lines, one after the other, as `Lines::next` gives them.
class LinesOf {
public:
    // What is parted must outlive it, and stay where it is.
    explicit LinesOf(const Raw& several)
        : bytes_(several.bytes),
          ends_(several.ends),
          end_(ends_.begin()),
          offset_(several.offset),
          number_(several.number),
          line_(several.begin.line) {}
    bool next(Raw&);
    // The same in two steps: the bytes of the next record, where they stand; then, of those who
    // want it, the record.
    bool next(std::string_view& bytes);
    void take(Raw&) const;

private:
    std::string_view bytes_;
    const std::vector<std::uint32_t>& ends_;
    std::vector<std::uint32_t>::const_iterator end_;  // of the next line
    std::size_t at_ = 0;                              // its begin
    std::uint64_t offset_;
    std::uint64_t number_;
    std::uint32_t line_;
    // Of the record that was given last.
    std::string_view given_{};
    std::uint64_t given_offset_ = 0;
};

}  // namespace antinomy::data
