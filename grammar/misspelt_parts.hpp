#pragma once
// A misspelt date in pieces, and what is guessed from words and from other forms of ISO 8601. Only
// for misspelt*.cpp.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/misspelt.hpp"

namespace antinomy::grammar::misspelt {

inline constexpr const char* numbers_only = "a date is written in numbers";

[[nodiscard]] constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// A run of digits or a run of letters, and what parts it from the next.
struct Piece {
    std::string_view text;
    char separator = 0;  // that follows: one of -./ or blank; 0 at the end or for none
    [[nodiscard]] bool number() const { return is_digit(text[0]); }
    [[nodiscard]] std::size_t size() const { return text.size(); }
    [[nodiscard]] int value() const;  // of the first eight digits
};
// At most eight; nothing if other characters are in the text. Bytes beyond ASCII are letters.
[[nodiscard]] std::vector<Piece> pieces(std::string_view text);

[[nodiscard]] bool month_like(const Piece&);  // 1 to 12
[[nodiscard]] bool day_like(const Piece&);    // 1 to 31
[[nodiscard]] bool year_like(const Piece&);   // four digits
[[nodiscard]] std::string two(int n);
// "2014-09-29"; without a day if that is 0
[[nodiscard]] std::string spelt(std::string_view year, int month, int day);
[[nodiscard]] std::string day_and_month(int day, int month);  // "29 September"

// Nov 2014, 29 сентября 2014, autumn 2014, ca. 1950, 1950s, 19th century, 44 BC, Q3 2014
[[nodiscard]] std::optional<Misspelling> meant_by_words(const std::vector<Piece>&);
// 2014-W40, 2014-W40-1, 2014-272, 2014272, 20140929T100000Z, --09-29
[[nodiscard]] std::optional<Misspelling> meant_by_iso(std::string_view text);

}  // namespace antinomy::grammar::misspelt
