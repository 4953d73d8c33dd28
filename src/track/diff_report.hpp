#pragma once
// A comparison of two checks, for reading and for programs. Same input, same bytes; text of cases
// passes report's `sanitize`, in JSON its escapes. Keys of the JSON: README.md.

#include <iosfwd>

#include "report/terminal.hpp"
#include "track/diff.hpp"

namespace antinomy::track {

void print_diff(std::ostream&, const Diff&, const report::Style&);
void print_diff_json(std::ostream&, const Diff&);

}  // namespace antinomy::track
