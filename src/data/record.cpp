#include "data/record.hpp"

#include <algorithm>

namespace antinomy::data {

void pass_over(text::Position& place, std::string_view bytes) {
    const auto last = bytes.rfind('\n');
    if (last != std::string_view::npos) {
        place.line += static_cast<std::uint32_t>(
            std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(last) + 1, '\n'));
        place.column = place.column_bytes = place.column_utf16 = place.column_cells = 1;
        bytes.remove_prefix(last + 1);
    }
    // Code points by their first bytes; cells are taken to be as many, for nothing is drawn by
    // them.
    std::uint32_t points = 0;
    std::uint32_t wide = 0;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        points += (byte & 0xC0u) != 0x80u ? 1 : 0;
        wide += byte >= 0xF0u ? 1 : 0;
    }
    place.column_bytes += static_cast<std::uint32_t>(bytes.size());
    place.column += points;
    place.column_cells += points;
    place.column_utf16 += points + wide;
}

}  // namespace antinomy::data
