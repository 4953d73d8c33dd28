#pragma once
// Time expressions (EDTF or relative to another point) and order lines. Names are any letters,
// digits, `-` and `_`, parted by points; no part begins with `-`, and what is or looks like a date
// is none. The first part is no keyword. Blanks around and between words do not count.
#include <string>
#include <string_view>

#include "grammar/ast.hpp"

namespace antinomy::grammar {

// At most 1,024 bytes.
[[nodiscard]] Parsed<TimeExpression> parse_time(std::string_view text);
// At most 4,096 bytes. Weeks are counted as seven days; months and years are refused.
[[nodiscard]] Parsed<OrderLine> parse_order(std::string_view text);

// Canonical spelling; parse(print(x)) == x but for ranges.
[[nodiscard]] std::string print(const TimeExpression&);
[[nodiscard]] std::string print(const OrderLine&);

}  // namespace antinomy::grammar
