#pragma once
// GitHub Actions: annotations as workflow commands, and the summary of a step.
//
// GitHub keeps 10 errors, 10 warnings and 10 notices of a step and drops the rest without a word;
// so here the worst of each kind are printed and what is left out is counted in the last of them.
// Kinds: `error` for findings of severity error and errors of the input, `warning`, and `notice`
// for the others. Those that count for the exit code come first, then by severity, certain before
// possible; what is suppressed is not among them. `file=` is relative to the top of the
// project. Nothing else stands in what is printed: a
// line of a case cannot become a command.

#include <iosfwd>
#include <string>

#include "report/report.hpp"

namespace antinomy::report {

void print_github(std::ostream&, const Report&);

// For $GITHUB_STEP_SUMMARY: the counts, and a Markdown table of findings, worst first. GitHub takes
// 1 MiB of a step; rows beyond `most_bytes` are counted.
[[nodiscard]] std::string github_summary(const Report&, std::size_t most_bytes = 900'000);

}  // namespace antinomy::report
