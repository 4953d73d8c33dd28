#include "grammar/misspelt.hpp"

#include <array>
#include <vector>

#include "grammar/words.hpp"

namespace antinomy::grammar {
namespace {

constexpr std::size_t longest_year = 9;  // digits, as in edtf.cpp

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// A misspelt date in pieces: runs of digits and runs of letters, and what parts them.
struct Piece {
    std::string_view text;
    char separator = 0;  // that follows: one of -./ or blank; 0 at the end or for none
    [[nodiscard]] bool number() const { return is_digit(text[0]); }
    [[nodiscard]] std::size_t size() const { return text.size(); }
    [[nodiscard]] int value() const {
        int n = 0;
        for (const char c : text.substr(0, 8)) n = n * 10 + (c - '0');
        return n;
    }
};

// At most eight pieces; nothing if other characters are in the text.
std::vector<Piece> pieces(std::string_view text) {
    std::vector<Piece> out;
    std::size_t at = 0;
    while (at < text.size()) {
        const bool digits = is_digit(text[at]);
        if ((!digits && !is_letter(text[at])) || out.size() == 8) return {};
        const std::size_t begin = at;
        while (at < text.size() && (digits ? is_digit(text[at]) : is_letter(text[at]))) ++at;
        Piece piece{text.substr(begin, at - begin), 0};
        constexpr std::string_view between = "-./ ,";
        while (at < text.size() && between.find(text[at]) != std::string_view::npos) {
            // "Nov. 9, 2014": point or comma, then a blank
            if (piece.separator != 0 && text[at] != ' ') return {};
            piece.separator = text[at++];
        }
        out.push_back(piece);
    }
    return out;
}

std::string two(int n) {
    std::string out{static_cast<char>('0' + n / 10 % 10), static_cast<char>('0' + n % 10)};
    return out;
}
std::string spelt(const Piece& y, int m, int d) {
    return std::string(y.text) + "-" + two(m) + (d == 0 ? "" : "-" + two(d));
}
bool month_like(const Piece& p) {
    return p.number() && p.size() <= 2 && p.value() >= 1 && p.value() <= 12;
}
bool day_like(const Piece& p) {
    return p.number() && p.size() <= 2 && p.value() >= 1 && p.value() <= 31;
}
bool year_like(const Piece& p) {
    return p.number() && p.size() == 4;
}

// 1 to 12 for a month's English name or three letters or more of it; 0 for any other word.
int month_number(std::string_view word) {
    if (word.size() < 3) return 0;
    for (std::size_t m = 0; m < month_names.size(); ++m) {
        const std::string_view name = month_names[m];
        bool same = word.size() <= name.size();
        for (std::size_t i = 0; same && i < word.size(); ++i)
            same = lower(word[i]) == lower(name[i]);
        if (same) return static_cast<int>(m) + 1;
    }
    return 0;
}
std::string day_and_month(int d, int m) {
    return std::to_string(d) + " " + std::string(month_names[static_cast<std::size_t>(m - 1)]);
}
bool is_word(const Piece& p, std::string_view word) {
    if (p.size() != word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (lower(p.text[i]) != word[i]) return false;
    }
    return true;
}

// Three numbers: 2014-9-29, 2014/11/05, 29.09.2014, 9/10/2014.
std::optional<Misspelling> meant_numbers(const Piece& a, const Piece& b, const Piece& c) {
    const std::string year_first = "a date begins with its year of four digits";
    if (year_like(a) && b.size() <= 2 && c.size() <= 2) {
        const bool hyphens = a.separator == '-' && b.separator == '-';
        const std::string message = hyphens ? "" : "the parts of a date are joined by `-`";
        if (month_like(b) && day_like(c)) {
            if (hyphens && b.size() == 2 && c.size() == 2) return {};  // nothing wrong with it
            return Misspelling{message, "write " + spelt(a, b.value(), c.value())};
        }
        if (day_like(b) && month_like(c)) {
            return Misspelling{message, "write " + spelt(a, c.value(), b.value()) + " if " +
                                            day_and_month(b.value(), c.value()) + " is meant"};
        }
        return {};
    }
    if (year_like(c)) {
        const bool day_first = day_like(a) && month_like(b);
        const bool month_first = month_like(a) && day_like(b);
        const std::string first = day_first ? spelt(c, b.value(), a.value()) : "";
        const std::string other = month_first ? spelt(c, a.value(), b.value()) : "";
        if (day_first && (!month_first || a.separator == '.' || first == other)) {
            return Misspelling{year_first, "write " + first + " if " +
                                               day_and_month(a.value(), b.value()) + " is meant"};
        }
        if (day_first && month_first) {
            return Misspelling{year_first, "write " + first + " if " +
                                               day_and_month(a.value(), b.value()) + " is meant, " +
                                               other + " if " +
                                               day_and_month(b.value(), a.value())};
        }
        if (month_first) {
            return Misspelling{year_first, "write " + other + " if " +
                                               day_and_month(b.value(), a.value()) + " is meant"};
        }
        return {};
    }
    if (a.size() <= 2 && b.size() <= 2 && c.size() == 2 && (month_like(a) || month_like(b))) {
        return Misspelling{year_first, "write the year in full, as in 2014-09-29"};
    }
    return {};
}

std::optional<Misspelling> meant_by_pieces(const std::vector<Piece>& p) {
    const std::string numbers_only = "a date is written in numbers";
    const std::size_t n = p.size();
    if (n == 3 && p[0].number() && p[1].number() && p[2].number() && p[0].separator != 0 &&
        p[1].separator != 0) {
        return meant_numbers(p[0], p[1], p[2]);
    }
    if (n == 2 && p[0].number() && p[1].number()) {
        if (year_like(p[0]) && month_like(p[1]) && (p[1].size() == 1 || p[0].separator != '-')) {
            return Misspelling{p[0].separator == '-' ? "" : "the parts of a date are joined by `-`",
                               "write " + spelt(p[0], p[1].value(), 0)};
        }
        if (year_like(p[1]) && month_like(p[0])) {
            return Misspelling{"a date begins with its year of four digits",
                               "write " + spelt(p[1], p[0].value(), 0)};
        }
    }
    if (n == 1 && p[0].number() && (p[0].size() == 8 || p[0].size() == 6)) {
        const std::string_view t = p[0].text;
        const Piece y{t.substr(0, 4), '-'};
        const Piece m{t.substr(4, 2), '-'};
        const Piece d{t.size() == 8 ? t.substr(6, 2) : std::string_view("01"), 0};
        if (!month_like(m) || !day_like(d)) return {};
        return Misspelling{"the parts of a date are joined by `-`",
                           "write " + spelt(y, m.value(), t.size() == 8 ? d.value() : 0)};
    }
    // Nov 2014, 9 Nov 2014, Nov. 9, 2014, 2014 November
    if (n == 2 && !p[0].number() && year_like(p[1]) && month_number(p[0].text) != 0) {
        return Misspelling{numbers_only, "write " + spelt(p[1], month_number(p[0].text), 0)};
    }
    if (n == 2 && year_like(p[0]) && !p[1].number() && month_number(p[1].text) != 0) {
        return Misspelling{numbers_only, "write " + spelt(p[0], month_number(p[1].text), 0)};
    }
    if (n == 3 && year_like(p[2])) {
        const Piece& word = p[0].number() ? p[1] : p[0];
        const Piece& d = p[0].number() ? p[0] : p[1];
        if (!word.number() && d.number() && day_like(d) && month_number(word.text) != 0) {
            return Misspelling{numbers_only,
                               "write " + spelt(p[2], month_number(word.text), d.value())};
        }
    }
    if (n == 2 && year_like(p[0]) && p[0].separator == 0 && is_word(p[1], "s")) {
        std::string decade(p[0].text);
        decade[3] = 'X';
        return Misspelling{"", "write " + decade + " for the ten years"};
    }
    if (n == 2 && !p[0].number() && year_like(p[1])) {
        struct Season {
            std::string_view name;
            std::string_view code;
        };
        constexpr std::array<Season, 5> seasons{{{"spring", "21"},
                                                 {"summer", "22"},
                                                 {"autumn", "23"},
                                                 {"fall", "23"},
                                                 {"winter", "24"}}};
        for (const Season& s : seasons) {
            if (is_word(p[0], s.name)) {
                return Misspelling{numbers_only,
                                   "write " + std::string(p[1].text) + "-" + std::string(s.code)};
            }
        }
        for (const std::string_view about : {"ca", "c", "circa", "about", "around", "approx"}) {
            if (is_word(p[0], about)) {
                return Misspelling{numbers_only, "write " + std::string(p[1].text) + "~"};
            }
        }
    }
    return {};
}

// Forms that are one token: what ISO 8601-2 has and this grammar has not, and older spellings.
std::optional<Misspelling> meant_by_token(std::string_view text) {
    std::size_t at = 0;
    const bool y = at < text.size() && (text[at] == 'Y' || text[at] == 'y');
    if (y) ++at;
    if (at < text.size() && text[at] == '-') ++at;
    const std::size_t digits_begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    const std::size_t digits = at - digits_begin;
    if (y && digits > 0 && at < text.size() && text[at] == 'E') {
        return Misspelling{"exponents (Y17E7) are not supported yet", "write the year in full"};
    }
    if (digits > 0 && at < text.size() && (text[at] == 'S' || text[at] == 'E')) {
        const bool significant = text[at] == 'S';
        if (at + 1 < text.size() && is_digit(text[at + 1])) {
            return significant
                       ? Misspelling{"significant digits (1950S2) are not supported yet",
                                     "write X for the digits that are not known, as in 19XX"}
                       : Misspelling{"exponents (Y17E7) are not supported yet",
                                     "write the year in full"};
        }
    }
    if (y && at == text.size() && digits >= 1 && digits <= 4) {
        const std::string sign = text[1] == '-' ? "-" : "";
        return Misspelling{"", "write " + sign + std::string(4 - digits, '0') +
                                   std::string(text.substr(digits_begin)) +
                                   ": Y stands before years of five digits or more"};
    }
    if (!y && at == text.size() && digits > 4 && digits <= longest_year && digits != 6 &&
        digits != 8) {
        const std::string sign = text[0] == '-' ? "-" : "";
        return Misspelling{"", "write Y" + sign + std::string(text.substr(digits_begin)) +
                                   " for a year of more than four digits"};
    }
    // 201x, 2014-uu
    constexpr std::string_view shape = "9999-99-99";
    std::string better(text);
    bool fits = better.size() == 4 || better.size() == 7 || better.size() == 10;
    for (std::size_t i = 0; fits && i < better.size(); ++i) {
        char& c = better[i];
        if (c == 'x' || c == 'u') c = 'X';
        fits = shape[i] == '-' ? c == '-' : c == 'X' || is_digit(c);
    }
    if (fits && better != text) return Misspelling{"", "write " + better};
    return {};
}

// 2014-10-09 10:00, 2014-10-09T10:00
std::optional<Misspelling> meant_clock(std::string_view text) {
    constexpr std::string_view shape = "9999-99-99t99:99";
    const std::size_t size = text.size();
    if (size != shape.size() && size != shape.size() + 3) return {};
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const bool fits = shape[i] == '9'   ? is_digit(text[i])
                          : shape[i] == 't' ? text[i] == 'T' || text[i] == 't' || text[i] == ' '
                                            : text[i] == shape[i];
        if (!fits) return {};
    }
    std::string better(text);
    better[10] = 'T';
    if (size == shape.size()) better += ":00";
    if (better[16] != ':' || !is_digit(better[17]) || !is_digit(better[18])) return {};
    if (better == text) return {};
    return Misspelling{"", "write " + better};
}

}  // namespace

std::optional<Misspelling> misspelt_date(std::string_view text) {
    if (auto m = meant_clock(text)) return m;
    if (auto m = meant_by_token(text)) return m;
    const std::vector<Piece> p = pieces(text);
    return p.empty() ? std::nullopt : meant_by_pieces(p);
}

}  // namespace antinomy::grammar
