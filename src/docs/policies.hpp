#pragma once
// The page of policies: numbers and ways of counting, with their values and what they rest on.

#include "docs/library.hpp"

namespace antinomy::docs {

[[nodiscard]] html::Html policy_link(const std::string& name, int up);
[[nodiscard]] File policies_page(const Library&);

}  // namespace antinomy::docs
