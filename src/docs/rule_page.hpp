#pragma once
// The page of one rule: what it says, why, when it does not apply, who must prove it, how it is
// written, what settles it, what it is tried on, and which rules stand near it.

#include "docs/library.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

namespace antinomy::docs {

[[nodiscard]] File rule_page(const Library&, const rule::Rule&, const text::SourceMap&,
                             text::Diagnostics&);

}  // namespace antinomy::docs
