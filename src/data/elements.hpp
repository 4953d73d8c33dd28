#pragma once
// What the paths of a map lead to in one record, whatever the record was read from. Nothing is
// owned: all of it points into the record, or into what its reader keeps of it.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace antinomy::data {

// Kinds that matter here; a number that is no whole one is `other`.
enum class Shape : std::uint8_t { absent, nothing, text, whole, truth, list, mapping, other };

struct Seen {
    // Of a scalar its first byte, a text without its quotes; of what holds more, what its reader
    // knows it by.
    const void* at = nullptr;
    std::uint32_t size = 0;
    Shape shape = Shape::absent;
    bool written = false;  // a text, as it is written: there may be escapes in it

    [[nodiscard]] std::string_view text() const { return {static_cast<const char*>(at), size}; }
    [[nodiscard]] bool scalar() const {
        return shape == Shape::text || shape == Shape::truth || shape == Shape::whole;
    }
    [[nodiscard]] bool holds_more() const {
        return shape == Shape::list || shape == Shape::mapping;
    }
};

// All of them, by the numbers of the paths.
struct PathEnds {
    // Of a list that is split: its items, one after the other.
    struct Items {
        std::vector<Seen> seen;   // as many for each item as paths begin at it, and room for more
        std::vector<char> whole;  // by item: is it more than nothing?
        std::size_t used = 0;     // of `seen`
        void clear() {
            whole.clear();
            used = 0;
        }
        // What the paths of one more item lead to: nowhere yet. Good until the next.
        Seen* add(std::size_t paths) {
            used += paths;
            if (seen.size() < used) seen.resize(2 * used);
            auto* const out = seen.data() + used - paths;
            std::fill(out, out + paths, Seen());
            return out;
        }
    };
    std::vector<Seen> root;
    std::vector<Items> items;  // by split
};

}  // namespace antinomy::data
