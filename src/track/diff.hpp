#pragma once
// Two checks compared: which findings are new, which are gone, which are told otherwise; and by
// which changed statements.
//
// Findings are the same by their fingerprint: what a message says, where a file lies and in which
// order its records stand makes no difference. Of each difference the statements are named that
// the finding rests on, or that its exceptions ask for, and that the two checks do not share. Which
// of several did it is not worked out; where none differs, the others of the case that do are
// named.
//
// Pure.

#include <map>
#include <string>
#include <vector>

#include "track/facts.hpp"

namespace antinomy::track {

struct StatementChange {
    enum class Kind { changed, added, removed } kind = Kind::changed;
    Statement before;  // of `added` empty
    Statement after;   // of `removed` empty
};

// What is told otherwise of a finding: "verdict", "severity", "accounts", "given", "suppressed",
// "facts" (the statements that it rests on).
struct Otherwise {
    std::string what;
    std::string before;
    std::string after;
};

struct Difference {
    const Told* before = nullptr;  // of a new one: none
    const Told* after = nullptr;   // of one that is gone: none
    std::vector<Otherwise> otherwise;
    std::vector<StatementChange> statements;
    // None of its own differs: the first others of the case, and how many more there are (all of
    // them stand in `Diff::statements`).
    std::vector<StatementChange> elsewhere;
    std::size_t more_elsewhere = 0;
    // The case is only on one side.
    bool case_only_here = false;
    [[nodiscard]] const Told& told() const { return after != nullptr ? *after : *before; }
};

struct Diff {
    const Checked* before = nullptr;
    const Checked* after = nullptr;
    std::vector<Difference> fresh;
    std::vector<Difference> gone;
    std::vector<Difference> otherwise;
    std::size_t same = 0;
    // All statements known of both sides that differ, by case.
    std::map<std::string, std::vector<StatementChange>> statements;
    [[nodiscard]] bool any() const { return !fresh.empty() || !gone.empty() || !otherwise.empty(); }
};

// Both outlive the answer.
[[nodiscard]] Diff compare(const Checked& before, const Checked& after);

}  // namespace antinomy::track
