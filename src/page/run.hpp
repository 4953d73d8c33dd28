#pragma once
// What the run was and what it was not: rules run and not run, provenance, what was silenced, what
// the report does not show, and how its words are meant.

#include "html/html.hpp"
#include "page/dossier.hpp"
#include "page/numbers.hpp"
#include "page/words.hpp"
#include "report/report.hpp"

namespace antinomy::page {

// Findings that a `suppress:` entry silences, and what a baseline says; folded. Empty: there are
// none.
[[nodiscard]] html::Html silenced_section(const Dossier&, const Words&, const Numbers&,
                                          const report::Report&);
[[nodiscard]] html::Html rules_section(const Dossier&, const report::Report&);
[[nodiscard]] html::Html provenance_section(const Dossier&, const report::Report&);
// Undecided questions, notes, variants left out, and what no such report can show.
[[nodiscard]] html::Html limits_section(const Dossier&, const Words&, const report::Report&);
[[nodiscard]] html::Html glossary_section(const Dossier&);

}  // namespace antinomy::page
