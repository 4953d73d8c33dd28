#pragma once
// What the page of a case is made of: what was found, the dates of each account, the case as its
// files state it, what the silence of rules rests on. All of it is the caller's and outlives the
// page.

#include "check/chronology.hpp"
#include "check/finding.hpp"
#include "check/sheet.hpp"
#include "check/silence.hpp"
#include "report/report.hpp"
#include "text/source.hpp"

namespace antinomy::page {

struct Dossier {
    const check::CaseResult& result;
    const check::Chronology& chronology;
    const check::CaseSheet& sheet;
    const check::Silences& silences;
    const text::SourceMap& sources;
    const report::Wording& wording;
};

}  // namespace antinomy::page
