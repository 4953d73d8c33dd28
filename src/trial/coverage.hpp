#pragma once
// Which conditions of a rule no example has seen come out true, false, or open.

#include <map>
#include <string>
#include <vector>

#include "check/run.hpp"
#include "rule/pack.hpp"

namespace antinomy::trial {

struct Uncovered {
    text::Span span;
    std::string section;  // where | require | unless
    std::string written;
    std::vector<std::string> never;  // of: true, false, unknown
};

struct Covered {
    std::size_t conditions = 0;
    std::size_t outcomes = 0;  // asked for: three a condition, two of one that is never unknown
    std::size_t met = 0;
    std::vector<Uncovered> missing;
};

// Gathers over examples and cases, which may each have been judged by a compiled form of the rule
// of their own: conditions are told apart by their place in it.
class Coverage {
public:
    void add(const rule::Rule&, const check::SeenTerms&);
    [[nodiscard]] Covered of(const rule::Rule&) const;

private:
    std::map<std::string, std::vector<check::Seen>> seen_;  // by rule; in the order of literals()
};

}  // namespace antinomy::trial
