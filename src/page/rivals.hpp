#pragma once
// What each account holds, fact by fact and side by side: of all that at least one account says in
// its own name. What nobody in particular says is held by all of them and stands in the chronology.

#include "html/html.hpp"
#include "page/dossier.hpp"

namespace antinomy::page {

// Empty: there are not two accounts.
[[nodiscard]] html::Html rivals_section(const Dossier&);

}  // namespace antinomy::page
