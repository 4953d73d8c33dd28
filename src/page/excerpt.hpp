#pragma once
// Lines of the case's files with the places of a finding marked in them.

#include "check/finding.hpp"
#include "html/html.hpp"
#include "page/words.hpp"
#include "text/source.hpp"

namespace antinomy::page {

// Each file with the lines that a finding points to, and what is said of each place. A very long
// line is cut around its place. Empty: the finding has no place.
[[nodiscard]] html::Html excerpts(const check::Finding&, const Words&, const text::SourceMap&);

}  // namespace antinomy::page
