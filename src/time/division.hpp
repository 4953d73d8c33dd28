#pragma once
// Whole quotients that round down or up, also of negative numbers, where C++ rounds to zero. The
// divisor is positive.
#include <cstdint>

namespace antinomy::time {

[[nodiscard]] constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    const auto q = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}
[[nodiscard]] constexpr std::int64_t ceil_div(std::int64_t a, std::int64_t b) {
    return -floor_div(-a, b);
}

}  // namespace antinomy::time
