#pragma once
// Rules as a folder of pages: plain HTML that loads nothing and runs nothing. The same packs give
// the same bytes: no clock, no locale, no order but that of the ids.

#include "docs/library.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

namespace antinomy::docs {

// All files of the folder, by their paths. What the examples' cases have of errors is told; then
// the pages are not to be used.
[[nodiscard]] std::vector<File> site(const Library&, const text::SourceMap&, text::Diagnostics&);

}  // namespace antinomy::docs
