#pragma once
// The skeleton of a new rule: a pack of one rule that loads, with examples that hold, for its
// author to change piece by piece. What it compares follows from the fields of the types that it is
// about; that makes it run, not sensible.

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "rule/pack.hpp"

namespace antinomy::rule {

struct SkeletonWish {
    std::string id;
    RuleKind kind = RuleKind::law;
    std::vector<std::pair<std::string, std::string>> bindings;  // name, type; none: a default
    std::string home;  // a pack that the types may come from; empty: the shipped ones
};
struct SkeletonProblem {
    std::string message;
    std::string help;
};

// The text of a YAML file, or why there can be none: an id that is not in kebab case or is taken,
// a name that can't be bound, a type that no pack has or that has nothing to compare.
[[nodiscard]] std::variant<std::string, SkeletonProblem> skeleton(const Packs&,
                                                                  const SkeletonWish&);

}  // namespace antinomy::rule
