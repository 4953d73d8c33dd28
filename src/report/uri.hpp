#pragma once
// Paths of files as references of URIs (RFC 3986).

#include <string>
#include <string_view>

namespace antinomy::report {

// Every byte but unreserved ones and "/" as %XX; so no part of it is read as a scheme, a query or a
// fragment, whatever bytes a name has.
[[nodiscard]] std::string percent_encoded(std::string_view path);

}  // namespace antinomy::report
