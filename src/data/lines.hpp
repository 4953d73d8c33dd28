#pragma once
// JSON Lines, split by us: a record a line, so that one bad line is one error and loses no other.
//
// A line ends with LF, or with the file; a CR before it is no part of it. Lines with nothing but
// blanks are no records. A line longer than kLongestRecord is one record with a flaw, and its bytes
// are not held.

#include "data/record.hpp"
#include "data/stream.hpp"

namespace antinomy::data {

class Lines {
public:
    explicit Lines(Stream& stream) : window_(stream) {}
    // The next line that is not blank; false: there is no more.
    bool next(Raw&);

private:
    bool line(Raw&);  // the next line, blank or not

    Window window_;
    std::uint64_t offset_ = 0;
    std::uint64_t records_ = 0;
    std::uint32_t line_ = 1;
    bool begun_ = false;
};

}  // namespace antinomy::data
