#pragma once
// Rules changed in one place at a time (rule/mutants.hpp), each change tried on the examples: which
// of them does no example notice?

#include <string>
#include <vector>

#include "trial/trial.hpp"

namespace antinomy::trial {

// A case that is tried as well, and the packs that it is judged by.
struct TriedCase {
    const rule::Packs* packs = nullptr;
    const model::Case* file = nullptr;
};

struct Survived {
    std::string change;
    text::Span span;
    std::string because;  // as the rule says; empty: it gives no reason
};

// An entry under `survives:` that says what is not so.
struct Stale {
    std::string change;
    text::Span span;
    bool noticed = false;  // an example notices the change; else there is no such change
};

struct RuleTried {
    const rule::Rule* rule = nullptr;
    std::size_t changes = 0;
    std::size_t noticed = 0;
    std::vector<Survived> survived;
    std::vector<Stale> stale;
};

// Tries all changes of these rules: on their own examples, then on those of the others of
// `examples` (all of one pack), then on the cases, of which only these rules are asked (`only`;
// empty: all). What is not met by the rules as they are is left out: it would notice every change.
[[nodiscard]] std::vector<RuleTried> mutate(const rule::Packs&,
                                            const std::vector<const rule::Rule*>& rules,
                                            const std::vector<Example>& examples,
                                            const std::vector<TriedCase>& cases,
                                            const std::vector<std::string>& only);

}  // namespace antinomy::trial
