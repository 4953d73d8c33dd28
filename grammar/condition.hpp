#pragma once
// Conditions of rules, and the paths that their `for:` binds. Precedence, loosest first: or, and,
// not, comparison or relation (which do not chain), sum. A minus needs blanks around it, since
// names have hyphens. Nesting is limited to 64 and length to 4 KiB before anything is parsed.
#include <string_view>

#include "grammar/ast.hpp"

namespace antinomy::grammar {

[[nodiscard]] Parsed<Expr> parse_condition(std::string_view text);
// A path, with or without `according to NAME`.
[[nodiscard]] Parsed<Expr> parse_path(std::string_view text);
// What a binding runs over: a path, or a call (`at(c.norm.versions, a.end)`).
[[nodiscard]] Parsed<Expr> parse_binding(std::string_view text);
// A value, as messages show it: a path, a call, a sum; a condition only in brackets.
[[nodiscard]] Parsed<Expr> parse_value(std::string_view text);
// An expression in canonical spelling (one blank, no needless brackets), for proofs and for tests.
[[nodiscard]] std::string print(const Expr&);

}  // namespace antinomy::grammar
