#pragma once
// From what was written (an EDTF value) to the days it can mean. Conventions: README.md of this
// folder.

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "grammar/ast.hpp"
#include "time/calendar.hpp"
#include "time/working_days.hpp"

namespace antinomy::time {

// Where lawful conventions differ; set by packs and cases (`policies:`).
struct Conventions {
    int approximate_slack = 30;  // days; `~` widens by these on both sides
    MonthEnd month_end = MonthEnd::clamp;
    LeapBirthday leap_birthday = LeapBirthday::both;
    bool southern = false;        // seasons 21..24 of the southern hemisphere
    int zone_offset_minutes = 0;  // the case's own zone, for clock times without one (TJ: 300)
    std::shared_ptr<const WorkingDays> working_days;  // the case's calendar; none: not known
};

struct StatedDay {
    DaySet days;            // the day lies in here
    bool doubtful = false;  // `?` or `%`
    bool approximate = false;
    bool elided_year = false;  // the year has an X or few significant digits
    std::optional<std::int64_t>
        instant;  // seconds since 1970-01-01T00:00Z, if a clock time was given
};
struct StatedPeriod {
    StatedDay start;
    StatedDay end;  // not before start: the caller adds that
};
struct CalendarError {
    grammar::Range range;
    std::string message;  // "February 2014 has 28 days"
    std::string help;
};

// In a `date` field: one day. An interval or a set is a window of it. An interval or set that holds
// no day (its end before its start) is an error.
// Numbers of years, months and days are those of `calendar`; the days are Gregorian.
[[nodiscard]] std::variant<StatedDay, CalendarError> day_of(
    const grammar::Edtf&, const Conventions&, Calendar calendar = Calendar::gregorian);
// In a `period` field: a/b starts in a and ends in b; a single value holds both.
[[nodiscard]] std::variant<StatedPeriod, CalendarError> period_of(
    const grammar::Edtf&, const Conventions&, Calendar calendar = Calendar::gregorian);

}  // namespace antinomy::time
