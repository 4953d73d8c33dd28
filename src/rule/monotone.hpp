#pragma once
// Does a certain finding of a rule stay when a date gets known better? It does, as long as the view
// stands, unless the rule finds fault with how well something is known: `known(x)` becomes true,
// `certainly(c)` too, `possibly(c)` becomes false, the width of a window shrinks. Where these count
// the other way (`where: known(x)`), a finding stays. This says which parts of a rule ask so. The
// type checker knows the operators; no case is looked at. tests/oracle/laws.py tries conditions
// without them on random cases.

#include <string>
#include <vector>

#include "rule/pack.hpp"

namespace antinomy::rule {

// What asks how well something is known, as written, without repetition, in the order of `where`,
// `require`, `unless`: "known(e.public_by)". Empty: the rule is monotone.
[[nodiscard]] std::vector<std::string> asks_how_known(const Rule&);

}  // namespace antinomy::rule
