#pragma once
// Time zones as stretches of offsets from UTC, and what two days or clock times in different zones
// say of one another.
//
// A day stands in a zone: it begins and ends there. Of two days in one zone nothing changes, they
// compare as days. In different zones an order is certain only if the one's day has ended before
// the other's begins, whatever offsets the zones may have had on these days; a distance is one in
// days of either zone. Nothing here reads the system's database: who makes a `Zone` fills in its
// stretches (src/model/zone). Semantics.md 3.5.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "time/calendar.hpp"

namespace antinomy::time {

// Seconds east of UTC.
struct Offsets {
    int least = 0;
    int greatest = 0;
    [[nodiscard]] bool single() const { return least == greatest; }
    friend bool operator==(const Offsets&, const Offsets&) = default;
};
// UTC-12 to UTC+14: the zones that people live by.
inline constexpr Offsets kAnyOffset{-12 * 3600, 14 * 3600};

struct Zone {
    enum class Kind {
        named,    // of the database: `stretches`
        fixed,    // `offset`
        unknown,  // some zone; another one for each value
        local     // the case's own, and the case doesn't say which: the same for all values
    } kind = Kind::local;
    std::string name;  // as written; of an offset "+05:00"
    int offset = 0;
    struct Stretch {
        std::int64_t from = 0;  // seconds since 1970-01-01T00:00Z
        std::int64_t to = 0;    // the first second that is not in it
        int offset = 0;
    };
    std::vector<Stretch> stretches;  // in order, no gaps

    // Offsets that the zone may have had during these days of its own.
    [[nodiscard]] Offsets during(Window days) const;
    // At a clock time of a day; two where clocks were put back.
    [[nodiscard]] Offsets at(Day, int second) const;
};
// "+05:00", "-03:30", "+05", "Z": minutes east of UTC, from -12 to +14 hours.
[[nodiscard]] std::optional<int> offset_minutes(const std::string&);
[[nodiscard]] std::string offset_name(int seconds);  // "UTC+5", "UTC-3:30"
[[nodiscard]] std::string to_string(Offsets);        // "UTC+5", "UTC+5 to UTC+6"

// Where a point stands within its day: the whole of it, or a second of it; and in which zone.
struct Placed {
    const Zone* zone = nullptr;
    bool assumed = true;             // nobody says the zone: it is taken to be the case's
    std::optional<int> second;       // of a clock time
    std::uint32_t who = UINT32_MAX;  // of an unknown zone: whose, so that it is one with itself
    Offsets offsets;                 // that the zone may have on the days that the point may have
};
// One zone, or two that had one offset throughout.
[[nodiscard]] bool same_zone(const Placed&, const Placed&);

// A relation of b's day to a's, with D = day(b) - day(a): it holds for certain where D >= certain,
// and may hold where D >= possible (never more than `certain`).
struct Reach {
    std::int64_t certain = 0;
    std::int64_t possible = 0;
    friend bool operator==(const Reach&, const Reach&) = default;
};
// a before b: instants where there are clock times or different zones, else days.
[[nodiscard]] Reach reach_before(const Placed& a, const Placed& b);
// b is at least so many seconds after a (of a negative number: at most so many before): by the
// clock where there is one; a day without one may be any of its seconds.
[[nodiscard]] Reach reach_seconds(const Placed& a, const Placed& b, std::int64_t seconds);
// The day of a value in another zone: as many days earlier or later.
struct Shift {
    std::int64_t least = 0;
    std::int64_t most = 0;
    friend bool operator==(const Shift&, const Shift&) = default;
};
[[nodiscard]] Shift shift_into(const Placed& value, const Placed& zone);
// b's day is at least n days after a's (n may be 0 or negative), counted in either one's zone.
[[nodiscard]] Reach reach_days(const Placed& a, const Placed& b, std::int64_t n);

}  // namespace antinomy::time
