#pragma once
// What to find out next: what rules ask for and the file does not hold, dates on which findings
// turn, words that nobody else confirms, exceptions that nobody speaks to; first what most hangs
// on. And the documents in which such things stand, ranked the same way.

#include <set>
#include <string>
#include <vector>

#include "html/html.hpp"
#include "page/dossier.hpp"
#include "page/numbers.hpp"
#include "page/words.hpp"

namespace antinomy::page {

struct Question {
    std::string path;                // "statuses.ban.legal_force"
    std::set<std::size_t> findings;  // numbers of those that an answer may change
    std::set<std::string> rules;     // that ask for it and could not be judged
    std::set<std::string> accounts;  // in whose view it is missing
    std::set<std::string> burdens;
    std::set<std::string> pending;
    std::string because;   // of an exception: the rule's words
    bool missing = false;  // a gap
    bool turns = false;    // a date on which a finding turns
    bool alone = false;    // one party's unchallenged word
    std::string other;     // of two records that may be one: the second; `path` is the first
};
// What most hangs on it first; then by path.
[[nodiscard]] std::vector<Question> questions(const Dossier&, const Numbers&);

// "the decision itself, with a note of the day on which it took legal force"
[[nodiscard]] std::string document_for(std::string_view type, std::string_view field);

[[nodiscard]] html::Html next_section(const Dossier&, const Words&, const Numbers&);

}  // namespace antinomy::page
