#pragma once
// What a rule leans on beyond its own text: other rules, numbers that a desk chooses, ways of
// counting. For readers of a rule; no case is looked at.

#include <string>
#include <vector>

#include "rule/pack.hpp"

namespace antinomy::rule {

// The rules whose errors `fails` of this rule can see, in the order of their ids: those about a
// record of a type that it asks about, of severity error, in one account's view. Empty without
// `fails`. The rule must be one of these packs.
[[nodiscard]] std::vector<const Rule*> rules_read(const Packs&, const Rule&);

// Names of the policies that decide something in the rule: numbers that it names, and the ways of
// counting that its ages, terms, months and years heed. Sorted, each once.
[[nodiscard]] std::vector<std::string> policies_used(const Rule&);

}  // namespace antinomy::rule
