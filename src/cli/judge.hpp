#pragma once
// The cases of a workspace, judged: what `check`, `baseline` and `diff` have in common.

#include <optional>
#include <string>
#include <vector>

#include "check/finding.hpp"
#include "cli/workspace.hpp"
#include "report/report.hpp"
#include "track/baseline.hpp"

namespace antinomy::cli {

struct Judging {
    std::vector<std::string> accounts;
    std::vector<std::string> sources;
    std::vector<std::string> rules;
    bool variants = false;
    bool resolve = true;  // work out what would change each finding
    bool infer = true;    // report dates that follow
    std::optional<time::Day> today{};
};

struct Judged {
    check::Result result;
    std::vector<const LoadedCase*> cases;  // those of the result, in its order
    // Of each case of the result: the rules that applied to something.
    std::vector<std::vector<report::Ran>> ran;
    // The rules that it was judged by, likewise; none named: all.
    std::vector<std::vector<std::string>> rules;
};

// Checks names of rules, accounts and sources, and that there is a case.
void check_asked(Workspace&, const Judging&);

// Judges what is good. What stays undecided is an error of the workspace.
[[nodiscard]] Judged judge(Workspace&, const Judging&);

// What this run can say of the entries of a baseline. `Judged` outlives it.
[[nodiscard]] track::Run run_of(const Judged&, const Judging&);

// What a run over a data set can say of them; the packs outlive it. Which entries were judged it
// does not say: none.
[[nodiscard]] track::Run run_of_data(const rule::Packs&);

// Entries of rules that nothing silences: a warning at each.
void warn_of_mandatory(Workspace&, const track::Entries&, const track::Run&);

}  // namespace antinomy::cli
