#pragma once
// What names stand for in a report that leaves the house: P1 for a person, event-3 for an event.
// The same name has the same token wherever it stands, and two names never have one. Tokens are
// given in the order in which the names are met; a key file (key.hpp) keeps them for the next run.

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/vocabulary.hpp"

namespace antinomy::redact {

// One name and its token. `kind`: "id" of records, "account", "case", "text", "file".
struct Named {
    std::string kind;
    std::string name;
    std::string token;
};

class Names {
public:
    Names() = default;
    explicit Names(std::vector<Named> known);

    // Words of the vocabulary name nobody and stay: an id that is one is not mapped.
    void keep_words_of(const model::Vocabulary&);
    // Gives a record's id, an account, a case its token.
    void meet_id(const std::string& id, const std::string& type);
    void meet_account(const std::string& id);
    void meet_case(const std::string& id);

    // What was met; of an id that is a word of the vocabulary the word itself.
    [[nodiscard]] std::string id(const std::string&) const;
    [[nodiscard]] std::string account(const std::string&) const;
    [[nodiscard]] std::string case_id(const std::string&) const;
    // "events.meeting.start", part by part. A part that nobody knows is cut.
    [[nodiscard]] std::string path(std::string_view) const;
    // Any text: always the same token for the same text. `wish`: the token if it is still free.
    std::string text(const std::string&, const std::string& wish = {});
    std::string file(const std::string&, const std::string& stem);

    // The names of persons, to be looked for where others wrote freely: rules of the desk's own.
    void meet_person(const std::string& text);
    // The text with all that was met replaced in it, in capitals or in small letters.
    [[nodiscard]] std::string swept(const std::string&) const;

    // In the order in which the tokens were given.
    [[nodiscard]] const std::vector<Named>& all() const { return all_; }

private:
    const std::string* find(const std::string& kind, const std::string& name) const;
    std::string give(const std::string& kind, const std::string& name, const std::string& prefix);
    void put(const std::string& kind, const std::string& name, const std::string& token);

    std::vector<Named> all_;
    std::map<std::string, std::map<std::string, std::string, std::less<>>> tokens_;  // by kind
    std::set<std::string> used_;
    std::set<std::string> text_tokens_;
    std::map<std::string, std::size_t> counts_;  // by prefix
    std::set<std::string, std::less<>> words_;
    std::map<std::string, std::string, std::less<>> parts_;  // words of persons' names
};

}  // namespace antinomy::redact
