#pragma once
// Time expressions (EDTF or relative to another point) and order lines.
#include <string_view>

#include "grammar/ast.hpp"

namespace antinomy::grammar {

[[nodiscard]] Parsed<TimeExpression> parse_time(std::string_view text);
[[nodiscard]] Parsed<OrderLine> parse_order(std::string_view text);

}  // namespace antinomy::grammar
