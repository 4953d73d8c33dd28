#pragma once
// Inside of the folder: the calendar relations whose point hangs on the anchor's very day: the
// nearest Thursday, the Thursday of a week, the nth working day, ages. For all other relations see
// relations.cpp, which asks here first.
//
// They are branched over stretches of anchors that have one answer: of "the Thursday before x" the
// seven days after a Thursday, of "5 working days after x" a day with the free days behind it, of
// an age a month (February in parts).

#include <vector>

#include "time/network.hpp"

namespace antinomy::time {

[[nodiscard]] bool is_of_days(const CalendarRelation&);
// Of point - anchor, over all anchors.
[[nodiscard]] DistanceBounds distance_of_days(const CalendarRelation&);
[[nodiscard]] bool holds_of_days(const CalendarRelation&, Day point, Day anchor);
[[nodiscard]] std::vector<std::vector<Difference>> cases_of_days(const Network::CalendarChoice&,
                                                                 Day anchor, Window& unit);

}  // namespace antinomy::time
