#pragma once
// "did you mean": the nearest of some names by optimal string alignment distance (edits and swaps
// of neighbours), if near enough to be a slip of the hand.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace antinomy::text {

// The nearest candidate within max(1, min(3, length / 3)) edits, first in order among equals.
[[nodiscard]] std::optional<std::string> nearest(std::string_view name,
                                                 const std::vector<std::string>& candidates);

// "did you mean `x`?" or, with none near, "known: a, b, c" (at most twelve, then "and N more").
[[nodiscard]] std::string did_you_mean(std::string_view name,
                                       const std::vector<std::string>& candidates);

}  // namespace antinomy::text
