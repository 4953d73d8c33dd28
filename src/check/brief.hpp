#pragma once
// A case checked for lines: of each finding what is told of it in one line, and no more.

#include <string>
#include <vector>

#include "check/run.hpp"

namespace antinomy::check {

// As `check_case`, by these rules instead of those that the options ask for (a screen has settled
// the others), without `resolve` and `infer`. A finding has its rule, severity, verdict, place,
// sentence, fingerprint, whose word it is given and on what condition, and its first place; its
// proof, premises, pictures and groups are left out where nothing that is told rests on them. The
// findings, their order and all counts are those of `check_case`. `dated`: findings have the dates
// by which they are put in order (check/weigh.hpp) also where there is only one to be put.
[[nodiscard]] Checked check_briefly(const rule::Packs&, const model::Case&, const Options&,
                                    const std::vector<const rule::Rule*>& rules,
                                    bool dated = false);

// The finding as of other records, which are called so; of a case without accounts. `bindings`: the
// paths of those that its rule binds, in their order.
void call_records(Finding&, const rule::Rule&, std::string at,
                  const std::vector<std::string>& bindings);

}  // namespace antinomy::check
