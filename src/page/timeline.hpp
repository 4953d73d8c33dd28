#pragma once
// The timeline of a case: a picture to scale with a lane for each account, then what no account
// disputes, evidence, bans and norms, rulings; the contradictions as numbered marks that join rows
// and lead to the findings; and the same as a table.
//
// Promises: the picture shows what the table below it says, row by row (`data-lane`, `data-event`,
// `data-first`, `data-last` on both); no mark is told apart by colour alone; what is inferred is
// hatched and named so. Left out of the picture, and said so: what nobody dates and nothing bounds,
// publication of sources and the like that no finding rests on.

#include "html/html.hpp"
#include "page/dossier.hpp"
#include "page/lanes.hpp"
#include "page/numbers.hpp"
#include "page/words.hpp"

namespace antinomy::page {

// Empty: nothing is dated.
[[nodiscard]] html::Html timeline_section(const Dossier&);

// What the picture shows, before it is laid out.
struct TimelinePlan {
    Plan plan;
    std::vector<std::string> undated;   // paths of events that nobody dates
    std::vector<std::string> left_out;  // paths that no finding rests on
};
[[nodiscard]] TimelinePlan timeline_plan(const Dossier&, const Words&, const Numbers&);

// The picture of a plan; `titles[n]`: what finding number n is called, for its mark.
[[nodiscard]] html::Html picture(const Plan&, const Scene&,
                                 const std::vector<std::string>& titles = {});

// Rules of style for all that is made of dates: the picture, its legend, the tables.
[[nodiscard]] html::Html dates_style();

}  // namespace antinomy::page
