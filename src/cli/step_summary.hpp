#pragma once
// What a step of GitHub Actions shows below its log: a table, appended to the file that the
// variable GITHUB_STEP_SUMMARY names.

#include "report/report.hpp"
#include "text/diagnostic.hpp"

namespace antinomy::cli {

// Appends the table; without the variable, nothing. False: it could not be written whole, and an
// error says why; what was in the file is still there.
[[nodiscard]] bool append_step_summary(const report::Report&, text::Diagnostics&);

}  // namespace antinomy::cli
