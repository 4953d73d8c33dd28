#pragma once
// Days in words, for reading: "30 September 2014", "some day of November 2014", "9 October 2014 or
// 10 to 11 November 2014". Years before 1 are told as they are in English (44 BCE is the year -43
// of ISO 8601). Empty windows are nobody's.

#include <string>
#include <vector>

#include "check/chronology.hpp"
#include "time/calendar.hpp"

namespace antinomy::page {

enum class Months { full, brief };

// "30 September 2014", "30 Sep 2014"; must be bounded.
[[nodiscard]] std::string day_words(time::Day, Months = Months::full);
// "November 2014" of a whole month, "2014" of a whole year, "1 to 15 November 2014", "not before 9
// October 2014", "any day".
[[nodiscard]] std::string window_words(const time::Window&, Months = Months::full);
// Joined by "or"; more than `most` and one are counted.
[[nodiscard]] std::string windows_words(const std::vector<time::Window>&, Months = Months::full,
                                        std::size_t most = 6);
// The same of a whole set; of days that come back year by year "5 March of an unknown year".
[[nodiscard]] std::string windows_words(const time::DaySet&);
// "643 days", "1 day"
[[nodiscard]] std::string days_count(std::int64_t);

// Its days follow from nothing but its own statement, though that is no plain date: "not before
// 2020-06-20".
[[nodiscard]] bool said_by_itself(const check::ChronologyPoint&);

}  // namespace antinomy::page
