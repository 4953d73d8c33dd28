#pragma once
// What the engine finds by itself, without a rule of a pack: one row each. `builtin_rules` of
// pack.hpp has their ids.

#include <string_view>
#include <vector>

#include "rule/pack.hpp"

namespace antinomy::rule {

struct Builtin {
    std::string_view id;
    std::string_view title;
    Severity severity = Severity::error;
    bool mandatory = false;      // nothing silences it, turns it off or weighs it less
    std::string_view never_off;  // why it may weigh less, and not be turned off; empty: it may
};

[[nodiscard]] const std::vector<Builtin>& builtins();
// Null: it is none.
[[nodiscard]] const Builtin* find_builtin(std::string_view id);

}  // namespace antinomy::rule
