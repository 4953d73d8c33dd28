#pragma once
// The pages that lead to the rules: by family (the first page), by severity, by what they are
// about, and all ids.

#include "docs/library.hpp"

namespace antinomy::docs {

// The id of a family's part of the first page.
[[nodiscard]] std::string part_anchor(const std::string& key);

[[nodiscard]] File families_page(const Library&);
[[nodiscard]] File severities_page(const Library&);
[[nodiscard]] File abouts_page(const Library&);
[[nodiscard]] File ids_page(const Library&);

}  // namespace antinomy::docs
