#pragma once
// SHA-256 (FIPS 180-4), by libnettle.

#include <string>
#include <string_view>

namespace antinomy::text {

// 64 hex digits, lower case.
[[nodiscard]] std::string sha256(std::string_view bytes);

}  // namespace antinomy::text
