#pragma once
// Tables for spreadsheets: CSV as RFC 4180 has it (CRLF, quotes doubled), UTF-8 without a mark in
// front, a head line always.
//
// `csv`: a row a finding, suppressed ones too (their reason is in `suppressed`). `csv-chronology`:
// a row for each date as each account has it, in the order of the case's files; `first` and `last`
// are the tightest bounds that the account's statements leave, empty where there is none. Where a
// cell holds several, they are parted by "; ".
//
// A spreadsheet takes a cell that begins with = + - @, a tab or a line break for a formula. As
// OWASP's "CSV injection" recommends, such a cell, one that begins with the wide forms of these
// signs, and one that begins with ' itself gets a ' in front: to have the text again, take one
// leading ' away where there is one. Controls and invisible characters stand by their numbers.

#include <iosfwd>
#include <string>
#include <string_view>

#include "report/report.hpp"

namespace antinomy::report {

void print_csv(std::ostream&, const Report&);
void print_csv_chronology(std::ostream&, const Report&);

// One cell, quoted where it must be.
[[nodiscard]] std::string csv_cell(std::string_view);

}  // namespace antinomy::report
