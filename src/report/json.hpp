#pragma once
// The report as JSON, format 1 (design.md 9). Keys may be added, none renamed.
//
// One object; its schema is what `antinomy schema report` prints (schema_report.cpp). Places in
// lines and columns from 1, columns in code points, `end_column` one past the end; days as
// "YYYY-MM-DD", no bound as null, a set of days as a list of [first, last]. A step from or to
// "1970-01-01" is a bound on the calendar; `because` indexes `facts`, then `requirements`.
// Suppressed findings stand in `suppressed`, not in `findings`. `complete` is false if there was an
// error of the input or something stayed undecided. The same input gives the same bytes. Bytes that
// are not UTF-8 come out as U+FFFD; controls and bidirectional marks are escaped, so that the JSON
// too can be shown on a terminal.

#include <iosfwd>
#include <nlohmann/json_fwd.hpp>

#include "check/finding.hpp"
#include "report/provenance.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

namespace antinomy::report {

// One finding, or one problem, as it stands in that report, after what is given: an object on a
// line of its own.
void print_json_line(std::ostream&, const nlohmann::ordered_json& before, const check::Finding&,
                     const text::SourceMap&);
void print_json_line(std::ostream&, const nlohmann::ordered_json& before, const text::Diagnostic&,
                     const text::SourceMap&);

// A gap, as there, and where its record stands.
void print_json_line(std::ostream&, const nlohmann::ordered_json& before, const check::Gap&,
                     const text::SourceMap&);

// `run`: what the run was, under that key; none: the key is left out.
void print_json(std::ostream&, const check::Result&, const text::SourceMap&,
                const text::Diagnostics&, const Provenance* run = nullptr);

// The same as JSON Lines, for streams: an object a line, its `kind` first: `finding` (suppressed
// ones too: they have a `reason`), `problem` with its `level`, and last the `summary` with the
// counts. What is no finding (gaps, dates that follow) is in the whole report only.
void print_jsonl(std::ostream&, const check::Result&, const text::SourceMap&,
                 const text::Diagnostics&);

}  // namespace antinomy::report
