#pragma once
// The system's time zones (IANA names), by the date library.
#include <string>

#include "grammar/ast.hpp"

namespace antinomy::model {

[[nodiscard]] bool known_zone(const std::string& name);
// Minutes east of UTC at a local day and clock time of the zone; of two (clocks put back) the
// earlier.
[[nodiscard]] int zone_offset(const std::string& name, const grammar::EdtfDate& local);

}  // namespace antinomy::model
