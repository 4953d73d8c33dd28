#pragma once
// The report as SARIF 2.1.0 (OASIS, with errata 01), for code scanning: GitHub's, and viewers in
// editors.
//
// One run. A finding is a result at its primary place; the other places are related locations, to
// which its message has links; the proof stands in the message as well, since not every viewer
// shows code flows. Of each account one code flow: the statements that it rests on there, by time;
// those that may be of the same day share an execution order. A certain finding of severity error
// has the level error, warning warning, others note; a possible one a level less.
//
// URIs are relative to the top of the project (`PROJECT`), percent-encoded; what lies elsewhere is
// relative to `ELSEWHERE`, rule packs of the program to `ANTINOMY`; where those are is not told.
// Columns count UTF-16 units. `partialFingerprints`: `antinomy/v1` is the finding's own
// fingerprint; `primaryLocationLineHash` is what GitHub would compute itself.
//
// GitHub keeps 5,000 results of a file, 1,000 locations and 10,000 locations of code flows of a
// result, and takes 10 MB as gzip has it. What is over is left out, the least severe first, and
// counted: in a notification, and for results in one of their own, of rule `findings-left-out`.
//
// The same input gives the same bytes. Text from cases and packs has no control characters, and
// nothing in it is a link or a placeholder.

#include <cstddef>
#include <iosfwd>

#include "report/report.hpp"

namespace antinomy::report {

struct SarifLimits {
    std::size_t results = 5000;
    std::size_t locations = 1000;
    std::size_t flow_locations = 10000;
    std::size_t packed_bytes = 10u << 20u;
};

void print_sarif(std::ostream&, const Report&, const SarifLimits& = {});

}  // namespace antinomy::report
