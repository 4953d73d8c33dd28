#pragma once
// Which rules have to do with one another, and how.

#include "docs/library.hpp"

namespace antinomy::docs {

struct Relation {
    std::string name;  // "Ranks above"
    std::vector<const rule::Rule*> rules;
};

// By rank (`over`), by what reads whose findings, of a group, about the same records, of the same
// family. A rule stands at the first of these that it fits, and only if it has a page or the rule
// itself names it. None is empty.
[[nodiscard]] std::vector<Relation> related(const Library&, const rule::Rule&);

}  // namespace antinomy::docs
