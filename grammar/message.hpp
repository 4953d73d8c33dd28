#pragma once
// Messages of rules: text with {expressions} in it.
#include <string_view>

#include "grammar/ast.hpp"

namespace antinomy::grammar {

[[nodiscard]] Parsed<Message> parse_message(std::string_view text);

}  // namespace antinomy::grammar
