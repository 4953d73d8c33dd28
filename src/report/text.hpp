#pragma once
// The report for a terminal: head, findings case by case, what to find out, summary.
//
// Layout: README.md of this folder. Reads findings and nothing else (beside the source map, for
// excerpts). Not wider than the style, except for paths and words that cannot be broken. The same
// result gives the same bytes.

#include <cstddef>
#include <iosfwd>
#include <string>

#include "check/finding.hpp"
#include "report/terminal.hpp"
#include "text/source.hpp"

namespace antinomy::report {

struct TextOptions {
    bool head = true;  // the preamble
    bool timeline = true;
    bool details = true;  // inferred dates, gaps, notes after the findings of a case
    bool summary = true;
    std::size_t max_findings = 0;  // of the whole report; the rest as a count; 0: all
    // What `antinomy explain` wants beside a fingerprint, as a shell reads it: "--map m.yaml
    // d.csv".
    std::string explain_beside = {};
};

void print_text(std::ostream&, const check::Result&, const text::SourceMap&, const Style&,
                const TextOptions& = {});

// One finding as in the report.
void print_finding(std::ostream&, const check::Finding&, const text::SourceMap&, const Style&,
                   const TextOptions& = {});

// What is to be found out in a case, as in the report; nothing if it has no gaps.
void print_gaps(std::ostream&, const check::CaseResult&, const Style&);

// The last lines: counts, what was left out, rules that applied to nothing.
void print_summary(std::ostream&, const check::Result&, const Style&);

}  // namespace antinomy::report
