#pragma once
// What `rules show` prints: one rule as a reader wants it, in the terminal or as Markdown. Both say
// the same in the same order; conditions stand as the pack has them, never put into other words.
//
// Markdown is CommonMark with headings from level 2 on, for a document that has a title of its own.
// All that comes from a pack is sanitized, and what Markdown would read as its own is escaped.

#include <functional>
#include <iosfwd>
#include <string>

#include "report/terminal.hpp"
#include "rule/pack.hpp"

namespace antinomy::report {

// Where a place is, in words: "rules/evidence.yaml:8".
using Place = std::function<std::string(const text::Span&)>;

// The packs are those that the rule was loaded with; its examples are there if they were asked for
// (`with_tests`).
void print_rule(std::ostream&, const rule::Packs&, const rule::Rule&, const Place&, const Style&);
void print_rule_markdown(std::ostream&, const rule::Packs&, const rule::Rule&, const Place&);

}  // namespace antinomy::report
