#pragma once
// Pieces of a message put together. (Not `+`: GCC 12 warns falsely about `"literal" + std::string`
// under -Wrestrict, bug 105651.)

#include <string>
#include <string_view>

namespace antinomy::text {

namespace detail {
inline std::string_view part(const char& one) {
    return {&one, 1};
}
inline std::string_view part(const char* many) {
    return many;
}
inline std::string_view part(std::string_view many) {
    return many;
}
}  // namespace detail

template <typename... Parts>
[[nodiscard]] std::string join(const Parts&... parts) {
    std::string all;
    (all.append(detail::part(parts)), ...);
    return all;
}

}  // namespace antinomy::text
