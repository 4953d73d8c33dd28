#pragma once
// Days in words, for a reader who does not know how dates are written in files.
//
// Nothing is made more precise than it is: a stretch of days that holds one unknown day is told as
// that, an end that nobody states as not stated.

#include <string>

#include "grammar/ast.hpp"
#include "time/calendar.hpp"
#include "time/stated.hpp"

namespace antinomy::time {

// Which day it was: "2014-09-29", "between 2014-11-01 and 2014-11-30", "on or before 2014-10-09",
// "2014-10-09, or between 2014-11-10 and 2014-11-11", "on an unknown day".
[[nodiscard]] std::string when_words(const DaySet&);

// When a period was: "from 2019-05-15 on, end not stated", "until 2019-05-15, start not known",
// "from 2014-11-01 to a day between 2014-12-01 and 2014-12-31"; of one value, which holds both
// ends, "on 2014-11-05", "within 2014-11-01 to 2014-11-30". `written`: tells an open end (`..`: not
// stated) from an unknown one (empty: not known).
[[nodiscard]] std::string period_words(const StatedPeriod&, const grammar::Edtf& written);

}  // namespace antinomy::time
