#pragma once
// EDTF, ISO 8601-2:2019 levels 0 and 1, with the parts of level 2 that case files need: one-of and
// all-of sets, X anywhere in a date, seasons and divisions 21 to 41, qualifiers on components. Not
// here yet (refused with a reason): exponents, significant digits, qualifiers inside sets' ranges.
#include <string_view>

#include "grammar/ast.hpp"

namespace antinomy::grammar {

// The whole text must match. Digits are checked as digits (month 13 is refused here, 30 February by
// the calendar in src/time).
[[nodiscard]] Parsed<Edtf> parse_edtf(std::string_view text);

// A single date, no interval and no set.
[[nodiscard]] Parsed<EdtfDate> parse_edtf_date(std::string_view text);

// Canonical spelling; parse(print(x)) == x but for ranges.
[[nodiscard]] std::string print(const Edtf&);
[[nodiscard]] std::string print(const EdtfDate&);

}  // namespace antinomy::grammar
