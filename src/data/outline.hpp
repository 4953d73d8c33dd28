#pragma once
// What of a JSON text is wanted (pick.hpp), laid out flat as it is written, to compare texts by:
// where two outlines for the same wishes have one key, `pick_json` makes of both texts trees that
// say the same but for what stands apart.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data/pick.hpp"

namespace antinomy::data {

struct Outline {
    // What is made into one node, or into several that hang together.
    struct Piece {
        std::uint32_t begin = 0;  // bytes of the text
        std::uint32_t end = 0;
        bool scalar = false;
        bool apart = false;  // it is not in the key
        bool open = false;   // a mapping or list whose parts are pieces of their own
        const Branch* wish = nullptr;
    };
    std::string key;
    std::vector<Piece> pieces;  // in the order of the text
    // By number of a list of which some items may be left out: the only one that is made, from 0,
    // which then is not in the key, and the list's piece; else kNone.
    struct List {
        std::size_t item = kNone;
        std::size_t piece = kNone;
    };
    std::vector<List> lists;

    static constexpr auto kNone = static_cast<std::size_t>(-1);
};

// The outline's room is used again; its key is written behind what is there. Only of a text that
// was found to be JSON (pick_json). False: it is none, or has no outline.
[[nodiscard]] bool outline_json(std::string_view bytes, const Branch& wanted, const Items& items,
                                std::size_t lists, Outline& out);

// Numbers and texts so that no two lists of them are the same bytes.
void add_number(std::string& to, std::uint64_t);
void add_text(std::string& to, std::string_view);

}  // namespace antinomy::data
