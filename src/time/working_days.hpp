#pragma once
// A calendar of working days: which days of some years are worked. The days of the week that are
// free, the holidays, and the free days that are worked after all are data (a YAML file, read by
// model/working_days); nothing is known of a year that the data do not cover, and then the answer
// is "not known", never a guess.
//
// Conventions: the nth working day after a day counts from the next day on, whether or not the day
// itself is worked; n = 0 is the day itself, or the next working day if it is free. Before
// likewise.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "time/calendar.hpp"

namespace antinomy::time {

class WorkingDays {
public:
    struct Data {
        std::string name;  // "tj"
        std::int64_t first_year = 0;
        std::int64_t last_year = -1;  // kMostYears years at most
        std::array<bool, 7> free{};   // Monday first
        // From (month, day) to (month, day) of every year; the later one may lie in the next year.
        // 29 February is no day of a common year.
        struct Yearly {
            int first_month = 1;
            int first_day = 1;
            int last_month = 1;
            int last_day = 1;
        };
        std::vector<Yearly> yearly;
        std::vector<Window> dated;   // holidays of one year
        std::vector<Window> worked;  // worked although a day of rest or a holiday
        // A holiday on a free day of the week makes the next working day free.
        bool moved_on = false;
    };
    static constexpr std::int64_t kMostYears = 400;

    explicit WorkingDays(const Data&);

    [[nodiscard]] const std::string& name() const { return name_; }
    // All days of the years covered; may be empty.
    [[nodiscard]] Window covered() const { return covered_; }

    // Nothing where the calendar does not say: outside its years, or where counting leaves them.
    [[nodiscard]] std::optional<bool> works(Day) const;
    [[nodiscard]] std::optional<Day> next(Day d) const { return after(d, 1); }
    [[nodiscard]] std::optional<Day> previous(Day d) const { return before(d, 1); }
    [[nodiscard]] std::optional<Day> on_or_after(Day d) const { return after(d, 0); }
    [[nodiscard]] std::optional<Day> on_or_before(Day d) const { return before(d, 0); }
    [[nodiscard]] std::optional<Day> after(Day, std::int64_t n) const;   // n >= 0
    [[nodiscard]] std::optional<Day> before(Day, std::int64_t n) const;  // n >= 0

    // All working days, in order.
    [[nodiscard]] const std::vector<Day>& days() const { return days_; }

private:
    std::string name_;
    Window covered_;
    std::vector<Day> days_;
};

}  // namespace antinomy::time
