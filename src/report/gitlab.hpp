#pragma once
// GitLab's code quality report: a JSON array of issues as Code Climate has them, of which GitLab
// reads description, check_name, fingerprint, severity and location.
//
// `fingerprint` is the finding's own, so that it is the same from run to run; of two issues with
// one (two cases of one id) the second gets one made of it. `location.path` is relative to
// the top of the project. Left out: what is suppressed. GitLab compares with the target
// branch itself, so findings of the baseline stay. Errors of the input are issues too ("blocker"):
// a report that lacks a case must not look like one without findings.
//
//   severity   error: critical (possible: major); warning: major (minor); review: minor (info);
//              info: info

#include <iosfwd>

#include "report/report.hpp"

namespace antinomy::report {

void print_gitlab(std::ostream&, const Report&);

}  // namespace antinomy::report
