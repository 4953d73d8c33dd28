#pragma once
// The keys of `antinomy.yaml`, each with what it is for: what its reader accepts and what its JSON
// Schema describes.

#include "text/keys.hpp"

namespace antinomy::config {

[[nodiscard]] const text::Keys& file_keys();
[[nodiscard]] const text::Keys& rules_keys();     // of `rules:`
[[nodiscard]] const text::Keys& per_path_keys();  // of an entry of `per_path:`
[[nodiscard]] const text::Keys& severities();     // words of `severities:`
[[nodiscard]] const text::Keys& thresholds();     // words of `fail_on:`
[[nodiscard]] const text::Keys& truths();         // words of what is on or off

}  // namespace antinomy::config
