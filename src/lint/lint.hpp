#pragma once
// What in rules cannot be meant: names that nothing reads, conditions that are always so, rules and
// exceptions that never come to anything, a rule that says nothing beside another. Some is told by
// reading the rule; the rest was tried on made-up cases, and is so of these cases.

#include <string>
#include <vector>

#include "lint/search.hpp"

namespace antinomy::lint {

struct Remark {
    std::string code;  // stable: "never-fires"
    std::string rule;
    text::Span span;
    std::string section;  // where | require | unless, of a condition
    std::string written;  // the condition, the exception, the name, the other rule
    std::string text;     // the fact, a sentence without its full stop
    std::string help;     // the way out
    // A case that shows it, as lines of YAML, made as small as it stays so; and what it shows.
    std::vector<std::string> example;
    std::string shows;
    bool searched = false;  // it is so of the cases tried, no more
    Extent extent;
};

// A question that the search could not answer.
struct Open {
    std::string rule;
    text::Span span;
    std::string section;
    std::string written;
    std::string why;
};

struct Linted {
    std::vector<Remark> remarks;  // by rule, in the order of the rules given
    std::vector<Open> open;
    std::size_t rules = 0;
    std::size_t cases = 0;  // judged in all
};

// Looks at these rules of the packs; for one that says the same, also at the packs' others.
[[nodiscard]] Linted lint(const rule::Packs&, const std::vector<const rule::Rule*>&);

}  // namespace antinomy::lint
