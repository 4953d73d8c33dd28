#pragma once
// The words for what a rule is and has, for every format that shows rules. Conditions stand as the
// pack has them, never put into other words. Nothing is escaped here: what comes from a pack is as
// it came.

#include <string>
#include <vector>

#include "rule/pack.hpp"

namespace antinomy::report {

// Running text, parts of which are quoted from the rule.
struct Word {
    std::string text;
    bool code = false;
};
using Words = std::vector<Word>;
[[nodiscard]] Word code(std::string);
[[nodiscard]] Word plain(std::string);

[[nodiscard]] std::string kind_words(const rule::Rule&);
// Of a rule that is `between`: "two accounts, called accuser and admitter".
[[nodiscard]] std::string between_words(const rule::Rule&);
// "c: every record of type charge"
[[nodiscard]] Words binding_words(const rule::Binding&, const rule::Packs&);
[[nodiscard]] std::string citation_text(const rule::Citation&);
// "14", "10 days", "of law, by the day", or the word of a way of counting.
[[nodiscard]] std::string policy_value(const rule::Packs&, const std::string& name);
// "certain at evidence.e (accounts: defence)"
[[nodiscard]] std::string expected_words(const rule::Expected&);
// "off: pack `x` says so, because ...", "error in its own pack; pack `x` says warning".
[[nodiscard]] std::string overridden_words(const rule::Rule&);

}  // namespace antinomy::report
