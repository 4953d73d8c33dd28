#pragma once
// EDTF, ISO 8601-2:2019 levels 0, 1 and 2, whole: calendar dates and times of day, seasons and
// divisions 21 to 41, long years with exponents and significant digits, X anywhere, qualifiers of
// the whole and of parts, intervals with open and unknown ends, one-of and all-of sets with ranges.
// Where the standard leaves a choice, README.md says ours. Years beyond +-10^9 are refused with
// that limit; a text is at most 200 bytes long.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "grammar/ast.hpp"

namespace antinomy::grammar {

inline constexpr std::int64_t year_limit = 1'000'000'000;
inline constexpr std::size_t longest_edtf = 200;  // bytes

// The whole text must match. Digits are checked as digits (month 13 is refused here, 30 February by
// the calendar in src/time).
[[nodiscard]] Parsed<Edtf> parse_edtf(std::string_view text);

// A single date, no interval and no set.
[[nodiscard]] Parsed<EdtfDate> parse_edtf_date(std::string_view text);

// Canonical spelling; parse(print(x)) == x but for ranges. Each part of a date keeps its
// qualifiers, with the fewest marks: behind a part for all from the year to it, before a part for
// it alone.
[[nodiscard]] std::string print(const Edtf&);
[[nodiscard]] std::string print(const EdtfDate&);

// 0, 1 or 2: the lowest level of the standard that has the canonical spelling; 2 too for what is
// ours (a qualified time of day, times of day in intervals).
[[nodiscard]] int level(const Edtf&);

// What is written, not how many days it has: "time", "day", "month", "season", "quarter",
// "four-months", "half-year", "year", "decade" (201X), "century" (20XX), "millennium" (2XXX),
// "mask" (other years with an X: 1X56), "interval", "set".
[[nodiscard]] std::string_view kind(const Edtf&);

// Of any date in it, and of any part of that.
[[nodiscard]] bool uncertain(const Edtf&);
[[nodiscard]] bool approximate(const Edtf&);

// The year of a date without X, exponent and sign applied; `significant` is not looked at.
[[nodiscard]] std::int64_t year_of(const EdtfDate&);

// Equal but for ranges.
[[nodiscard]] bool same(const EdtfDate&, const EdtfDate&);
[[nodiscard]] bool same(const Edtf&, const Edtf&);

}  // namespace antinomy::grammar
