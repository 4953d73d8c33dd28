// Dates in words, English and Russian: names of months and seasons, "about", centuries, decades.

#include <algorithm>
#include <array>
#include <string>

#include "grammar/misspelt_parts.hpp"
#include "grammar/names.hpp"

namespace antinomy::grammar::misspelt {
namespace {

bool is_word(const Piece& p, std::string_view word) {
    return lower_case(p.text) == word;
}
template <std::size_t n>
bool is_one_of(const Piece& p, const std::array<std::string_view, n>& words) {
    const std::string word = lower_case(p.text);
    for (const std::string_view w : words) {
        if (w == word) return true;
    }
    return false;
}

// 1 to 12 for a month's name in any language, or three letters or more of it; 0 for any other word.
int month_number(std::string_view text) {
    const std::string word = lower_case(text);
    const auto letters = std::count_if(word.begin(), word.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;  // not within a letter
    });
    if (letters < 3) return 0;
    for (const auto& month : all_months()) {
        if (lower_case(month.text).substr(0, word.size()) == word) return month.number;
    }
    return 0;
}

// 21 to 24
int season_number(const Piece& p) {
    struct Season {
        std::string_view name;
        int code;
    };
    constexpr std::array<Season, 13> seasons{{{"spring", 21},
                                              {"summer", 22},
                                              {"autumn", 23},
                                              {"fall", 23},
                                              {"winter", 24},
                                              {"весна", 21},
                                              {"весной", 21},
                                              {"лето", 22},
                                              {"летом", 22},
                                              {"осень", 23},
                                              {"осенью", 23},
                                              {"зима", 24},
                                              {"зимой", 24}}};
    for (const Season& s : seasons) {
        if (is_word(p, s.name)) return s.code;
    }
    return 0;
}

constexpr std::array<std::string_view, 12> about_words{
    "ca",      "c",     "circa", "about",    "around", "approx", "approximately",
    "roughly", "около", "ок",    "примерно", "est"};
constexpr std::array<std::string_view, 5> year_words{"г", "год", "года", "году", "year"};
constexpr std::array<std::string_view, 6> decade_words{"s", "е", "х", "ые", "ых", "гг"};
constexpr std::array<std::string_view, 4> ordinal_words{"st", "nd", "rd", "th"};

// Without what says nothing: the 29th of September 2014; 29 сентября 2014 г.
std::vector<Piece> telling(const std::vector<Piece>& all) {
    std::vector<Piece> out;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool ordinal = i > 0 && day_like(all[i - 1]) && all[i - 1].separator == 0 &&
                             is_one_of(all[i], ordinal_words);
        const bool year = i > 0 && year_like(all[i - 1]) && is_one_of(all[i], year_words);
        const bool of = is_word(all[i], "of") && i + 1 < all.size() && !all[i + 1].number();
        if (!ordinal && !year && !of && !is_word(all[i], "the")) out.push_back(all[i]);
    }
    return out;
}

std::string padded(const Piece& p) {
    return p.size() < 4 ? std::string(4 - p.size(), '0') + std::string(p.text)
                        : std::string(p.text);
}

// 19th century; 44 BC; AD 44
std::optional<Misspelling> meant_century_or_era(const std::vector<Piece>& p) {
    const std::size_t n = p.size();
    if (n == 3 && p[0].number() && p[0].size() <= 2 && is_one_of(p[1], ordinal_words) &&
        is_word(p[2], "century") && p[0].value() > 0) {
        return Misspelling{numbers_only, "write " + two(p[0].value() - 1) +
                                             "XX for the hundred years from " +
                                             two(p[0].value() - 1) + "00 on"};
    }
    if (n != 2 || p[0].number() == p[1].number()) return {};
    const Piece& year = p[0].number() ? p[0] : p[1];
    const Piece& era = p[0].number() ? p[1] : p[0];
    if (year.size() > 4 || year.value() == 0) return {};
    if (is_word(era, "ad") || is_word(era, "ce")) {
        return Misspelling{numbers_only, "write " + padded(year)};
    }
    if (is_word(era, "bc") || is_word(era, "bce")) {
        const std::string before = std::to_string(year.value() - 1);
        return Misspelling{numbers_only, std::string("write ") + (year.value() == 1 ? "" : "-") +
                                             std::string(4 - before.size(), '0') + before +
                                             ": year 0000 is 1 BC"};
    }
    return {};
}

// Q3 2014, 2014-Q3, 2014 Q3: the word and its figure are two pieces.
std::optional<Misspelling> meant_quarter(const std::vector<Piece>& p) {
    if (p.size() != 3) return {};
    const bool year_first = year_like(p[0]);
    const Piece& year = year_first ? p[0] : p[2];
    const Piece& word = year_first ? p[1] : p[0];
    const Piece& part = year_first ? p[2] : p[1];
    if (!year_like(year) || part.size() != 1 || !part.number()) return {};
    const int which = part.value();
    const bool quarter = is_word(word, "q") && which >= 1 && which <= 4;
    const bool half = is_word(word, "h") && which >= 1 && which <= 2;
    if (!quarter && !half) return {};
    return Misspelling{"", "write " + spelt(year.text, (quarter ? 32 : 39) + which, 0)};
}

}  // namespace

std::optional<Misspelling> meant_by_words(const std::vector<Piece>& all) {
    if (auto m = meant_century_or_era(all)) return m;
    if (auto m = meant_quarter(all)) return m;
    const bool words = all.size() != 1 || !all[0].number();
    const std::vector<Piece> p = telling(all);
    const std::size_t n = p.size();
    if (n == 0) return {};
    if (n == 1 && is_one_of(p[0], about_words)) {
        return Misspelling{numbers_only, "write ~ behind a date that is approximate: 1950~"};
    }
    if (n == 1 && year_like(p[0]) && words && all.size() > 1) {
        return Misspelling{numbers_only, "write " + std::string(p[0].text)};
    }
    if (n == 2 && year_like(p[0]) && !p[1].number() && is_one_of(p[1], decade_words)) {
        std::string decade(p[0].text);
        decade[3] = 'X';
        return Misspelling{"", "write " + decade + " for the ten years"};
    }
    // ca. 1950, circa November 1950: what follows, with a mark
    if (n >= 2 && is_one_of(p[0], about_words)) {
        if (n == 2 && year_like(p[1])) {
            return Misspelling{numbers_only, "write " + std::string(p[1].text) + "~"};
        }
        auto meant = meant_by_words({p.begin() + 1, p.end()});
        if (meant && meant->help.substr(0, 6) == "write " &&
            meant->help.find(' ', 6) == std::string::npos) {
            meant->help += '~';
        }
        return meant;
    }
    // Nov 2014, 9 Nov 2014, Nov. 9, 2014, 2014 November
    if (n == 2 && !p[0].number() && year_like(p[1])) {
        if (const int m = month_number(p[0].text)) {
            return Misspelling{numbers_only, "write " + spelt(p[1].text, m, 0)};
        }
        if (const int s = season_number(p[0])) {
            return Misspelling{numbers_only, "write " + spelt(p[1].text, s, 0)};
        }
    }
    if (n == 2 && year_like(p[0]) && !p[1].number()) {
        if (const int m = month_number(p[1].text)) {
            return Misspelling{numbers_only, "write " + spelt(p[0].text, m, 0)};
        }
    }
    const bool year_first = n == 3 && year_like(p[0]);
    if (year_first || (n == 3 && year_like(p[2]))) {
        const Piece& year = year_first ? p[0] : p[2];
        const Piece& one = year_first ? p[1] : p[0];
        const Piece& other = year_first ? p[2] : p[1];
        const Piece& word = one.number() ? other : one;
        const Piece& d = one.number() ? one : other;
        if (!word.number() && d.number() && day_like(d)) {
            if (const int m = month_number(word.text)) {
                return Misspelling{numbers_only, "write " + spelt(year.text, m, d.value())};
            }
        }
    }
    return {};
}

}  // namespace antinomy::grammar::misspelt
