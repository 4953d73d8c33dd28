#pragma once
// One day, written in full: "2014-10-09". For what is no fact of a case: the day a pack was last
// verified, the last day of a suppression, `--today`.

#include <optional>
#include <string>
#include <string_view>

#include "time/calendar.hpp"

namespace antinomy::time {

// Nothing where it is something else: a month, a doubtful or a relative date, no date at all. Of a
// day that no calendar has, `why` says so; else it stays empty.
[[nodiscard]] std::optional<Day> plain_day(std::string_view, std::string& why);

}  // namespace antinomy::time
