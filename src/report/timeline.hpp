#pragma once
// A timeline in character cells, to scale.
//
//   = timeline 2014      29 Sep  9 Oct             1 Nov             30 Nov
//     meeting (defence)  ●
//     ban                        ◆━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━▶
//     meeting (court)                              ├──── day unknown ─────┤
//
// `●` a day, `├─┤` one unknown day within (several of them: within one of these), `◆━▶` in force
// from, `◀`/`▶` no bound on that side; in ASCII `*`, `[--]`, `#==>`, `<`, `>`. A bar whose first
// day is not known begins after the last day it can be. What is inferred is dotted, `├┄┤` and `○`
// for a day (ASCII `[..]` and `o`); within a stated window, where it leaves less: `├──├┄┄┤───┤`.
//
// Promises: the scale is linear. Where two days of different statements would fall into one column,
// the longest empty stretches are cut out of the axis, drawn `//` in every row, and the last line
// says how many days each leaves out. Rows stand by the earliest day they can
// have, equal ones as given; rows with equal windows are drawn
// alike, so no picture puts two equal imprecise dates in an order. A window of more than a day has
// two columns at least. At most `most_rows` rows, then "+N more".

#include <string>
#include <vector>

#include "check/finding.hpp"

namespace antinomy::report {

inline constexpr std::size_t kTimelineRows = 8;

// Lines of at most `width` cells, sanitized; the first is the head, ticks included, and begins with
// "= timeline"; the others are indented by 2. Empty if no row has a date.
[[nodiscard]] std::vector<std::string> draw_timeline(const std::vector<check::TimelineRow>&,
                                                     int width, bool unicode,
                                                     std::size_t most_rows = kTimelineRows);

}  // namespace antinomy::report
