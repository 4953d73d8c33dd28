#pragma once
// The sources of a case, by number: what each is, how far it is to be relied on, on which others it
// hangs, and what rests on it; then what rests on none, on one alone, or on several that are not
// independent of one another. Addresses stand as text: a page loads nothing, and leads nowhere.

#include <string>
#include <string_view>
#include <vector>

#include "html/html.hpp"
#include "page/dossier.hpp"
#include "page/words.hpp"

namespace antinomy::page {

// Empty: the case has no sources, and nothing that would need one.
[[nodiscard]] html::Html sources_section(const Dossier&);

// Why two sources are not independent: "drawn from it", "one publisher"; empty: nothing in the file
// says so, which does not make them independent.
[[nodiscard]] std::string dependence(const check::CaseSheet&, std::string_view a,
                                     std::string_view b);

}  // namespace antinomy::page
