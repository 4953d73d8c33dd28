#pragma once
// One line a finding, for editors' problem matchers:
//   file:line:col: error[rule] message (certain, given counsel's word)
// As wide as it is; suppressed findings and gaps are not in it.

#include <cstddef>
#include <iosfwd>
#include <string>

#include "check/finding.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

namespace antinomy::report {

// That line, without its end.
[[nodiscard]] std::string short_line(const check::Finding&, const std::string& file,
                                     const text::SourceMap&);
// What of it does not depend on where the finding is, nor on a baseline; and the line with that.
[[nodiscard]] std::string short_words(const check::Finding&);
[[nodiscard]] std::string short_line(const check::Finding&, const std::string& file,
                                     const text::SourceMap&, const std::string& words);
// The same for a problem of the input, with its way out:
//   file:line:col: error[code] message; help
[[nodiscard]] std::string short_line(const text::Diagnostic&, const text::SourceMap&);

// `most`: so many findings, and the rest as a count on the last line; 0: all.
void print_short(std::ostream&, const check::Result&, const text::SourceMap&, std::size_t most = 0);

// "`ends` of permits.permit", and who asks that it be shown, or what it waits for: what is not
// stated.
[[nodiscard]] std::string gap_words(const check::Gap&);
// "permits.csv:4:1: gap[in-order] P-3: `ends` of permits.permit is not stated"; without a place the
// file.
[[nodiscard]] std::string short_line(const check::Gap&, const std::string& file,
                                     const text::SourceMap&);

}  // namespace antinomy::report
