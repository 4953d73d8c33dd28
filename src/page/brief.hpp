#pragma once
// What somebody who takes the case up wants beside findings: which claim rests on which evidence
// and falls under which article; liberty and remedies with their dates; what may be answered to
// each finding. All of it is a reading of what the file states, by the vocabulary that comes with
// the program; a case that uses none of these types has none of these sections (they are empty
// then).

#include "html/html.hpp"
#include "page/dossier.hpp"
#include "page/numbers.hpp"
#include "page/words.hpp"

namespace antinomy::page {

// What may be said against each finding: the exceptions that were looked at, in prose.
[[nodiscard]] html::Html answers_section(const Dossier&, const Words&, const Numbers&);
// Charge by charge: each element of its article, the claim that it is met, what is offered for it.
[[nodiscard]] html::Html claims_section(const Dossier&, const Words&, const Numbers&);
// Arrest, judge, counsel, terms, release of who is accused; and what the file does not hold of it.
[[nodiscard]] html::Html liberty_section(const Dossier&, const Words&);
// Decisions, when they were given and served, the term to appeal, and what was appealed against.
[[nodiscard]] html::Html remedies_section(const Dossier&, const Words&);

}  // namespace antinomy::page
