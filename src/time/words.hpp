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
// "2014-10-09, or between 2014-11-10 and 2014-11-11", "on 5 March of an unknown year", "on an
// unknown day".
[[nodiscard]] std::string when_words(const DaySet&);

// Of days that come back year by year, as those of `XXXX-03-05`: "5 March of an unknown year",
// "March of an unknown year from 1990 to 1999"; `XXXX-XX-05`: "day 5 of an unknown month of an
// unknown year". Empty: they are none such, or so few that they are better told one by one.
[[nodiscard]] std::string recurring_words(const DaySet&);
// The first and the last day of a set; a side that only the figures of an unspecified year bound
// (0000 and 9999) is open. Of a non-empty set.
[[nodiscard]] Window said_hull(const DaySet&);

// When a period was: "from 2019-05-15 on, end not stated", "until 2019-05-15, start not known",
// "from 2014-11-01 to a day between 2014-12-01 and 2014-12-31"; of one value, which holds both
// ends, "on 2014-11-05", "within 2014-11-01 to 2014-11-30". `written`: tells an open end (`..`: not
// stated) from an unknown one (empty: not known).
[[nodiscard]] std::string period_words(const StatedPeriod&, const grammar::Edtf& written);

}  // namespace antinomy::time
