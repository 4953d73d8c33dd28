#pragma once
// Text from outside, made safe to look at: what a screen would obey, or not show at all, stands
// there by its number. Whoever prints for a format escapes what that format takes for its own
// beside this.

#include <cstdint>
#include <string>
#include <string_view>

namespace antinomy::text {

// Controls (C0, DEL, C1), bidirectional and invisible format characters, line separators.
[[nodiscard]] bool invisible(char32_t);
// All of these, and bytes that are not UTF-8, by their numbers: \x1b, \u202e. All else unchanged;
// so twice is once. What `keep` holds (such as a line break) stays, of ASCII only.
[[nodiscard]] std::string visible(std::string_view, std::string_view keep = {});

}  // namespace antinomy::text
