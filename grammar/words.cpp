#include "grammar/words.hpp"

#include <algorithm>
#include <boost/spirit/home/support/char_encoding/unicode/query.hpp>
#include <cstdint>
#include <string>

namespace antinomy::grammar {
namespace {

struct Character {
    std::uint32_t code = 0;
    std::size_t length = 0;  // in bytes; 0: no UTF-8
};

Character character(std::string_view text, std::size_t at) {
    if (at >= text.size()) return {};
    const auto byte = [&](std::size_t i) -> std::uint32_t {
        return static_cast<unsigned char>(text[i]);
    };
    const std::uint32_t lead = byte(at);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return {};
    std::uint32_t code = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U) return {};
        code = (code << 6U) | (byte(at + i) & 0x3FU);
    }
    constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code < least[length] || code > 0x10FFFF || surrogate) return {};
    return {code, length};
}

// Boost's tables end with Unicode 5.2 and call what they do not know an uppercase letter. What has
// come since is taken for a letter where letters are, not where signs and pictures are.
bool may_be_letter(std::uint32_t c) {
    return (c >= 0x0370 && c < 0x2000) || (c >= 0x2C00 && c < 0xD800) ||
           (c >= 0x10000 && c < 0x1F000) || (c >= 0x20000 && c < 0x40000);
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// Optimal string alignment; words longer than 24 bytes are never near.
std::size_t distance(std::string_view a, std::string_view b) {
    constexpr std::size_t longest = 24;
    if (a.size() > longest || b.size() > longest) return longest;
    std::array<std::array<std::size_t, longest + 1>, longest + 1> d{};
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
    const auto same = [&](std::size_t i, std::size_t j) { return lower(a[i]) == lower(b[j]); };
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = same(i - 1, j - 1) ? 0 : 1;
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
            if (i > 1 && j > 1 && same(i - 1, j - 2) && same(i - 2, j - 1)) {
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
    }
    return d[a.size()][b.size()];
}

}  // namespace

std::size_t name_character(std::string_view text, std::size_t at) {
    const auto [c, length] = character(text, at);
    if (length == 0) return 0;
    if (c == '-' || c == '_' || c == 0x200C || c == 0x200D) return length;
    using namespace boost::spirit::ucd;
    const auto major = get_major_category(c);
    const bool newer = get_category(c) == properties::uppercase_letter && !is_alphabetic(c);
    const bool fits = newer ? may_be_letter(c)
                            : major == properties::letter || major == properties::mark ||
                                  get_category(c) == properties::decimal_number;
    return fits ? length : 0;
}

std::string_view nearest_word(std::string_view word, std::span<const std::string_view> words) {
    std::string_view best;
    std::size_t least = std::clamp<std::size_t>(word.size() / 3, 1, 2) + 1;
    for (const std::string_view candidate : words) {
        // A single letter is one edit away from any other.
        if (std::min(word.size(), candidate.size()) < 2) continue;
        const std::size_t edits = distance(word, candidate);
        if (edits < least) {
            least = edits;
            best = candidate;
        }
    }
    return best;
}

}  // namespace antinomy::grammar
