#pragma once
// The conditions that a rule is made of, each by itself: what an author's examples should see come
// out true, false and open.

#include <string>
#include <vector>

#include "rule/pack.hpp"

namespace antinomy::rule {

struct Literal {
    const Term* term = nullptr;  // inside the rule that was asked
    text::Span span;             // of what a define has: the call
    std::string section;         // where | require | unless
    // It is true or false of whatever is stated: `known`, `certainly`, `possibly` and their like.
    bool two_valued = false;
};

// In the order of `where`, `require`, `unless`; a quantifier before what it asks of each item. What
// `certainly`, `possibly` and the cases of defines ask counts as well. Constants are left out:
// nothing could change them. Cannot fail.
[[nodiscard]] std::vector<Literal> literals(const Rule&);

// The place of a term of this condition.
[[nodiscard]] text::Span place_of(const Condition&, const Term&);

}  // namespace antinomy::rule
