#pragma once
// Every date of the case in one table: as written and in words, its earliest and its latest day, on
// whose account, from which source and in whose words, what the others say of it, and which
// findings rest on it. By the earliest possible day; what has none stands at the end.

#include "html/html.hpp"
#include "page/dossier.hpp"

namespace antinomy::page {

// Empty: the case has no dates, and nothing that should have one.
[[nodiscard]] html::Html chronology_section(const Dossier&);

}  // namespace antinomy::page
