#pragma once
// One finding as a section of the page: what it says and on what condition, why, on which days it
// turns, in law and in fact what it leans on, what would resolve it.

#include "html/html.hpp"
#include "page/dossier.hpp"
#include "page/numbers.hpp"
#include "page/words.hpp"

namespace antinomy::page {

[[nodiscard]] html::Html finding_section(const check::Finding&, const Dossier&, const Words&,
                                         const Numbers&);

}  // namespace antinomy::page
