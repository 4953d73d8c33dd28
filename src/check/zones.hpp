#pragma once
// The zones of a timeline's points, and order lines between points of different zones.
//
// A point stands in the zone of its value: stated, or of its own offset, or taken from what it is
// relative to; else in the case's, which is only assumed. What the values of one point say in
// different zones is brought into the zone of the first, loosened by what lies between the zones.

#include <string>
#include <vector>

#include "check/timeline.hpp"
#include "time/zone.hpp"

namespace antinomy::check {

// A moment of an order line: the days it begins and ends, and where these stand.
struct PlacedMoment {
    time::PointId first;
    time::PointId last;
    time::Placed first_place;
    time::Placed last_place;
};
// The differences that an order relation stands for: as far as it holds in whatever zones.
[[nodiscard]] std::vector<time::Difference> order_differences(const grammar::OrderRelation&,
                                                              const PlacedMoment& a,
                                                              const PlacedMoment& b);

// to - from >= least
[[nodiscard]] inline time::Difference at_least(time::PointId from, time::PointId to,
                                               std::int64_t least) {
    return {to, from, -least};
}
// to - from <= most
[[nodiscard]] inline time::Difference at_most(time::PointId from, time::PointId to,
                                              std::int64_t most) {
    return {from, to, most};
}
// Days in another zone: loosened by what lies between the two.
[[nodiscard]] time::DaySet shifted(const time::DaySet&, time::Shift by);

// "Asia/Dushanbe (UTC+5, assumed)", "+05:00", "an unknown zone"
[[nodiscard]] std::string say_zone(const time::Placed&);

}  // namespace antinomy::check
