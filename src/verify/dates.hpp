#pragma once
// Dates as people write them (EDTF, ISO 8601-2:2019), read a second time: text in, days out. By
// hand, left to right, without the engine's grammar. What it doesn't know it says so (nothing): a
// certificate that rests on it stays unchecked.

#include <compare>
#include <optional>
#include <string_view>
#include <vector>

#include "time/calendar.hpp"

namespace antinomy::verify {

// Which of two ways of counting was chosen; open: either, value by value.
enum class Way { open, first, second };

// Where lawful practice differs, and a view can stand in either way.
struct Counting {
    Way month_end = Way::open;      // clamp, overflow
    Way leap_birthday = Way::open;  // 1 March, 28 February
    friend auto operator<=>(const Counting&, const Counting&) = default;
};

// What a case or a pack chooses.
struct Conventions {
    int slack = 30;         // days that `~` adds on both sides
    bool southern = false;  // seasons 21 to 24
    Counting counting;
};

struct Stated {
    time::DaySet days;
    bool doubtful = false;
    std::optional<int> second;  // of the day, of one clock time of one day
    std::vector<int> offsets;   // that its clock times have: minutes east of UTC
};
// A day: `2014-11`, `[2014-10-09, 2014-11]`, `2014-11-01/..`. Its years, months and days are those
// of the calendar it is written in; the days that come out are Gregorian.
[[nodiscard]] std::optional<Stated> read_day(std::string_view, const Conventions&,
                                             time::Calendar = time::Calendar::gregorian);

struct StatedSpan {
    Stated start;
    Stated end;
};
// A period: `a/b` starts in a and ends in b; of anything else both lie in it.
[[nodiscard]] std::optional<StatedSpan> read_span(std::string_view, const Conventions&,
                                                  time::Calendar = time::Calendar::gregorian);

}  // namespace antinomy::verify
