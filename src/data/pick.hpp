#pragma once
// Parts of a JSON text made into a located tree: of a record that was read once (sketcher.hpp), and
// of which a few values are needed. `JsonReader` makes the whole tree.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/document.hpp"

namespace antinomy::data {

// What of a JSON text is wanted: of mappings some keys, of the items of lists the same for all.
struct Branch {
    bool whole = false;  // all of it
    bool apart = true;   // of what is whole: nothing but titles, or the case's id, is made of it
    std::vector<std::string> names;
    std::vector<Branch> below;        // by name
    std::vector<Branch> items;        // one: what of each item; none: no list is asked for
    std::uint32_t list = UINT32_MAX;  // its number among those of which some items may be left out

    // What of a key is wanted; null: nothing.
    [[nodiscard]] const Branch* at(std::string_view name) const;
};
// By number of a list, which of its first 64 items are wanted, as bits; all that come later are.
using Items = std::vector<std::uint64_t>;
[[nodiscard]] inline bool is_wanted(const Items& items, std::uint32_t list, std::size_t item) {
    return list >= items.size() || item >= 64 || (items[list] >> item & 1u) != 0;
}
// The tree of a text without the rest, and without pieces; an empty mapping or list stands for one
// of which nothing is wanted, and nothing (null) for an item that is not. Only of a text that was
// found to be JSON, with no key twice and no deeper than kDepth (a record that has a sketch);
// false: it is none. The tree may be that of another text before: its room is used again.
[[nodiscard]] bool pick_json(std::string_view bytes, text::FileId file, const Branch& wanted,
                             const Items& items, text::Node& out);

}  // namespace antinomy::data
