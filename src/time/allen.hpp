#pragma once
// Allen's thirteen relations of two periods (Allen 1983), and unions of them, as differences for
// the network. Periods are half-open here, as his are: [first day, day after the last). Two periods
// stand in exactly one of the thirteen; a single day is a period of one day. Composition is the
// network's: tests/time/allen_test.cpp compares it with the published table.

#include <bitset>
#include <cstdint>
#include <string_view>

#include "time/network.hpp"

namespace antinomy::time {

inline constexpr std::size_t kAllenCount = 13;
// By the order of grammar::allen_words: before, meets, overlaps, starts, during, finishes, equals,
// then the converses of the first six.
using AllenSet = std::bitset<kAllenCount>;

// "meets"; "before or meets": of words of the grammar.
[[nodiscard]] AllenSet allen_set(std::string_view words);
// a r b is b converse(r) a; and with time running backwards, a mirrored(r) b.
[[nodiscard]] AllenSet converse(AllenSet);
[[nodiscard]] AllenSet mirrored(AllenSet);

// A point, some days on.
struct Moved {
    PointId point;
    std::int64_t days = 0;
};
struct Period {
    Moved first;
    Moved last;  // the last day itself
};
// One of the relations holds, given that no period ends before it starts: as few differences as
// say so, alternatives only where a conjunction cannot.
[[nodiscard]] Formula allen_formula(AllenSet, const Period& a, const Period& b);

}  // namespace antinomy::time
