#pragma once
// Excerpts: lines of a file with the places marked below them.
//
//   34 │     conduct: meeting
//      │              ^^^^^^^ the charged conduct; its date is disputed
//
// `^` is the primary place, `─` the others. Tabs are expanded, controls shown by number, a line too
// long is cut around the place with `...`; no row is wider than the style (a single word of a label
// may be). A span over several lines is shown by its first one. The cost depends on the width, not
// on how long the line is.

#include <iosfwd>
#include <string>
#include <vector>

#include "report/terminal.hpp"
#include "text/source.hpp"

namespace antinomy::report {

struct Mark {
    text::Span span;
    std::string label;
    bool primary = false;
    Tone tone = Tone::frame;
};

// Digits of the largest line number among the marks, at least 2.
[[nodiscard]] int gutter_of(const text::SourceMap&, const std::vector<text::Span>&);

// Marks in the order given; neighbours of one line share it. Where the file is not `shown` (the one
// that a `-->` line has just named), a `-->` line comes first. Marks without a place are left out.
// Returns the file named last.
text::FileId print_excerpt(std::ostream&, const text::SourceMap&, const std::vector<Mark>&,
                           int gutter, text::FileId shown, const Style&);

// "   │", the empty row around excerpts.
void print_bar(std::ostream&, int gutter, const Style&);

// "cases/x.yaml:34:14", sanitized; the file alone if it is empty.
[[nodiscard]] std::string place_words(const text::SourceMap&, const text::Span&);

}  // namespace antinomy::report
