#pragma once
// One line a finding, for editors' problem matchers:
//   file:line:col: error[rule] message (certain, given counsel's word)
// As wide as it is; suppressed findings and gaps are not in it.

#include <iosfwd>

#include "check/finding.hpp"
#include "text/source.hpp"

namespace antinomy::report {

void print_short(std::ostream&, const check::Result&, const text::SourceMap&);

}  // namespace antinomy::report
