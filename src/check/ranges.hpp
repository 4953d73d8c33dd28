#pragma once
// Two amounts compared, each of which may lie anywhere in its range.

#include <optional>
#include <string_view>

#include "check/groups.hpp"

namespace antinomy::check {

// A number as days, to stand beside a duration.
[[nodiscard]] Amount in_days(Amount);

// Does `a op b` hold, wherever in their ranges they lie? Nothing: here so, there not. `op`: one of
// = != < <= > >=. Durations whose seconds are alike compare by their months; else months become
// seconds.
[[nodiscard]] std::optional<bool> compare_amounts(std::string_view op, Amount a, Amount b);

}  // namespace antinomy::check
