#pragma once
// What of a check is compared with another check: its findings by fingerprint, and the statements
// that they rest on. It comes from cases that were checked just now, or from a file that `check
// --format json` wrote.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "check/finding.hpp"
#include "model/case.hpp"

namespace antinomy::track {

// A statement: one value of one field. Of an order line the path is "order", the value its text.
struct Statement {
    std::string path;
    std::string account;
    std::string source;
    std::string value;
    std::string state;
    bool doubtful = false;
    friend auto operator<=>(const Statement&, const Statement&) = default;
};

struct Told {
    std::string rule;
    std::string case_id;
    std::string at;
    std::string fingerprint;
    std::string severity;
    std::string verdict;
    std::string message;
    std::vector<std::string> accounts;
    std::vector<std::string> given;  // "evidence.video.published (defence)"
    bool suppressed = false;
    std::vector<Statement> facts;    // sorted, each once
    std::vector<std::string> asked;  // paths that its exceptions ask for
};

struct Checked {
    std::string name;  // the path that was given
    bool complete = true;
    std::vector<Told> findings;
    std::vector<std::string> cases;
    // Statements by case, sorted: all of them, or (`whole` no) those that findings name.
    std::map<std::string, std::vector<Statement>> statements;
    bool whole = false;
};

// Of a result; the statements are to be added of each case.
[[nodiscard]] Checked checked_of(const check::Result&, std::string name, bool complete);
[[nodiscard]] std::vector<Statement> statements_of(const model::Vocabulary&, const model::Case&);

// Of the text of a report in JSON, format 1. Nothing, and why, where it is none.
[[nodiscard]] std::optional<Checked> checked_from_json(const std::string& text, std::string name,
                                                       std::string& why);

}  // namespace antinomy::track
