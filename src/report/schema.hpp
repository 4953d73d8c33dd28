#pragma once
// JSON Schemas (draft 2020-12) of case files and of rule packs, for editors, and of the report.
// They follow from the vocabulary and from the tables of keys (model/keys.hpp, rule/keys.hpp),
// which the readers of files accept by.
//
// Promised: what loads without errors passes. Not promised: what passes loads. A schema knows keys,
// words and kinds of values; it reads no date, no condition and no reference. Plain values are
// taken as YAML 1.2 reads them and as 1.1 does (`no` may be a word or false), dates as text.

#include <iosfwd>

#include "rule/pack.hpp"

namespace antinomy::report {

// Of a case file, and of a file that one includes.
void print_case_schema(std::ostream&, const rule::Packs&);
// Of a file with `pack:`; its examples are checked by the vocabulary of these packs.
void print_pack_schema(std::ostream&, const rule::Packs&);

// Of what `check --format json` prints, for programs that read it: every key, and which are always
// there. Keys may be added without a new `format`, so others are not refused.
void print_report_schema(std::ostream&);
// Of `antinomy.yaml`: rules and policies by the names that these packs have.
void print_config_schema(std::ostream&, const rule::Packs&);

}  // namespace antinomy::report
