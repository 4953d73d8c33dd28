#pragma once
// What a run of `check` was, filled in from what was read.

#include "check/finding.hpp"
#include "cli/check.hpp"
#include "cli/workspace.hpp"
#include "data/totals.hpp"
#include "report/provenance.hpp"

namespace antinomy::cli {

// `judged`: the cases of the result, in its order.
[[nodiscard]] report::Provenance provenance_of(const Workspace&,
                                               const std::vector<const LoadedCase*>& judged,
                                               const check::Result&, const CheckOptions&,
                                               const std::string& date);

// The day that a report may say it was made on: of `--run-date`, else of SOURCE_DATE_EPOCH (seconds
// since 1970, UTC; reproducible-builds.org), else none. `why`: that which was given is no day.
[[nodiscard]] std::string run_date(const std::string& option, std::string& why);

// Of a data set: what it was checked by, not the data themselves, which nobody holds whole.
[[nodiscard]] report::Provenance provenance_of_data(const Workspace&, const LoadedMap&,
                                                    const data::Totals&, const check::Result&,
                                                    const CheckOptions&, const std::string& date);

}  // namespace antinomy::cli
