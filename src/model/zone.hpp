#pragma once
// The system's time zones (IANA names) and offsets, by the date library: read once where a case
// names them.
#include <optional>
#include <string>

#include "time/zone.hpp"

namespace antinomy::model {

// "Asia/Dushanbe", "+05:00", "unknown". Nothing if it is none of these.
[[nodiscard]] std::optional<time::Zone> read_zone(const std::string& name);
// What was probably meant by a name that is none.
[[nodiscard]] std::string near_zones(const std::string& name);

}  // namespace antinomy::model
