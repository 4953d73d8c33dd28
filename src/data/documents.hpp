#pragma once
// YAML in many documents, or a list of records at the root: split at the markers `---` and `...`
// and before each item of such a list; each record is read by the reader of cases
// (text/document.hpp) where it is checked.
//
// A marker stands at the begin of a line, which nothing within a document may (YAML 1.2.2, 9.1.2),
// and of a document that begins with `- ` there, all that belongs to an item is indented. So the
// bytes tell where a record ends, whatever it holds. An item's dash becomes a blank: what is left
// is a document, each byte in its place. Documents of comments alone are none.

#include "data/record.hpp"
#include "data/stream.hpp"

namespace antinomy::data {

class Documents {
public:
    explicit Documents(Stream& stream) : window_(stream) {}
    bool next(Raw&);

private:
    // Takes the next line into the record, or away (a marker, or too much): nothing at the end.
    // `item`: the line begins the next one, and was left.
    enum class Got { nothing, line, marker, item };
    Got line(Raw&);

    Window window_;
    text::Position place_;
    std::uint64_t offset_ = 0;
    std::uint64_t records_ = 0;
    bool begun_ = false;
    bool content_ = false;  // of the record so far: more than comments
    bool list_ = false;     // the document is a list
};

}  // namespace antinomy::data
