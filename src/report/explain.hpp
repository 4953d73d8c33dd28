#pragma once
// One finding at length (`antinomy explain FINGERPRINT`): what the report says of it, then the
// proof as a numbered chain (each statement with its days, account, speaker, source and quote; each
// step with its arithmetic), the datings left open, all turning points, all that would change it,
// and the findings that share its conflict.

#include <iosfwd>

#include "check/finding.hpp"
#include "report/terminal.hpp"
#include "text/source.hpp"

namespace antinomy::report {

void print_explanation(std::ostream&, const check::Finding&, const check::CaseResult&,
                       const text::SourceMap&, const Style&);

}  // namespace antinomy::report
