#pragma once
// The report in Markdown (CommonMark with GitHub's tables), to be pasted into an issue or a note.
//
// Cases, and in each its findings by number, worst first: the message, whose word it is given, the
// places, the proof as a numbered list and what the terminal report says beside; the dates that
// findings rest on as a table, with earliest and latest day; what to find out; what is suppressed.
// No picture: a bar over days of which one is meant would say that it lasted so long. All text from
// outside goes through markdown_text.hpp; no HTML and no links are written. The same result gives
// the same bytes.

#include <iosfwd>

#include "report/report.hpp"

namespace antinomy::report {

void print_markdown(std::ostream&, const Report&);

}  // namespace antinomy::report
