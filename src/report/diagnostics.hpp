#pragma once
// What is wrong with the input, for the terminal: errors, warnings and notes with their place, what
// else they are about, and the way out. Those without a place first (arguments, missing files),
// then by file in the order read, then by place.

#include <iosfwd>

#include "report/terminal.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

namespace antinomy::report {

void print_diagnostics(std::ostream&, const text::Diagnostics&, const text::SourceMap&,
                       const Style&);

}  // namespace antinomy::report
