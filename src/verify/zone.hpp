#pragma once
// Time zones, read a second time, and what days and clock times in different zones say of one
// another. A point's day is one of the zone of its first value; what is said in another zone is
// reckoned over, with all offsets that the two may have had. Semantics.md 3.5.
//
// Seconds are east of UTC, from -43,200 to 50,400 where nobody knows the zone.

#include <cstdint>
#include <optional>
#include <string>

#include "time/calendar.hpp"

namespace antinomy::verify {

struct Zone {
    enum class Kind {
        own,    // the case's, which it doesn't name: one for all its values
        named,  // of the system's database
        fixed,  // so many seconds east of UTC
        unknown
    } kind = Kind::own;
    std::string name;  // as findings show it
    int east = 0;      // of a fixed one
};
// `Asia/Dushanbe`, `+05:00`, `+05`, `Z`, `unknown`; nothing: there is no such zone.
[[nodiscard]] std::optional<Zone> read_zone(const std::string&);
// `+05:00` and the like in minutes.
[[nodiscard]] std::optional<int> read_offset(const std::string&);
[[nodiscard]] Zone zone_of_offset(int minutes);

// The least and the greatest of something: of offsets in seconds, of distances in days.
struct Between {
    std::int64_t least = 0;
    std::int64_t most = 0;
    [[nodiscard]] bool single() const { return least == most; }
    friend bool operator==(const Between&, const Between&) = default;
};
// The offsets that a zone may have on these days of its own; at a second of a day.
[[nodiscard]] Between offsets(const Zone&, time::Window days);
[[nodiscard]] Between offsets_at(const Zone&, time::Day, int second);

// Where a day stands.
struct Placed {
    std::optional<Zone> zone;  // none: whichever what it is compared with has
    int who = -1;              // of an unknown zone: whose; each value has another one
    std::optional<int> second;
    Between offsets;
};
[[nodiscard]] bool one_zone(const Placed&, const Placed&);

// How many days later (below 0: earlier) the day of a value is in another zone.
[[nodiscard]] Between days_over(const Placed& value, const Placed& zone);
// What is to be added to b's day less a's, to have the days from one to the other as counted in
// either one's zone.
[[nodiscard]] Between days_between(const Placed& a, const Placed& b);
// a may come before b if b's day less a's is at least so much; it surely does at the second.
struct Before {
    std::int64_t perhaps = 1;
    std::int64_t surely = 1;
};
[[nodiscard]] Before before(const Placed& a, const Placed& b);

}  // namespace antinomy::verify
