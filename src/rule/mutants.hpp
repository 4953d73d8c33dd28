#pragma once
// A rule changed in one place at a time. A change that no example notices says which example is
// missing. What is changed, and what is left out as no change at all: README.md.

#include <string>
#include <vector>

#include "rule/pack.hpp"

namespace antinomy::rule {

struct Mutant {
    Rule rule;           // the changed rule, without its examples
    std::string change;  // "a before b → a not after b"; no two of a rule are alike
    text::Span span;     // the place of what was changed; of what a define has, the call
};

// All mutants of a compiled rule, in the order of `where`, `require`, `unless`. Nothing is parsed,
// and every mutant has the types of the rule. Cannot fail.
[[nodiscard]] std::vector<Mutant> mutants(const Rule&);

// A change as an author may write it: white space folded, `->` for the arrow.
[[nodiscard]] std::string canonical_change(const std::string&);

}  // namespace antinomy::rule
