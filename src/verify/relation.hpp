#pragma once
// What a day has to do with another by the calendar: "2 months after", "January of the year of",
// "the Thursday before". Each is a function from the anchor's day to the days that fit. All but one
// never go back when the anchor goes on: months that overflow do, from 31 January (3 March) to 1
// February (1 March).

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "time/calendar.hpp"
#include "verify/working_days.hpp"

namespace antinomy::verify {

enum class Unit { day, week, month, year };
enum class Bound { exactly, at_least, at_most };

struct Relation {
    enum class Kind {
        months,        // `count` months after (below 0: before), by `bound`
        month_of,      // in month `count` of the anchor's year
        unit_of,       // in the anchor's unit, `count` units on
        weekday_near,  // the nearest `weekday` after (`count` 1) or before (-1); `same`: or that
                       // day
        weekday_of,    // the `weekday` of the anchor's week, `count` weeks on
        aged,          // born so that the completed years on the anchor's day are count..upto
        // `count` working days after (`backwards`: before), by `bound`; of an anchor from which one
        // can count so far (`known`).
        working_days
    } kind = Kind::month_of;
    std::int64_t count = 0;
    std::int64_t upto = 0;
    Unit unit = Unit::month;
    Bound bound = Bound::exactly;
    bool overflows = false;  // of months: a day that a month has not counts on into the next
    bool backwards = false;  // of months and working days: stated as `before`
    bool same = false;
    int weekday = 1;       // 1 Monday .. 7
    bool march = true;     // of ages: whoever was born on 29 February may be older on 1 March
    bool february = true;  // or on 28 February; or on either
    std::shared_ptr<const WorkingDays> calendar;  // of working days
    time::Window known;

    [[nodiscard]] time::Window days_for(time::Day anchor) const;
    // The same, but reaching back to the days of later anchors and on to those of earlier ones that
    // lie beyond: this never goes back, which is what the search relies on.
    [[nodiscard]] time::Window days_around(time::Day anchor) const;
    [[nodiscard]] std::int64_t reach() const;  // how far a bounded side may lie from the anchor
    // The days that fit lie no less and no more than this after any anchor.
    struct Span {
        std::optional<std::int64_t> least;
        std::optional<std::int64_t> most;
    };
    [[nodiscard]] Span span() const;
    // Anchors and days so many days on fit as well: a week, or the 400 years of the calendar.
    [[nodiscard]] std::int64_t period() const;

private:
    [[nodiscard]] Span span_of_working_days() const;
    [[nodiscard]] time::Window bounded_by(time::Day target) const;  // by `bound`
};

}  // namespace antinomy::verify
