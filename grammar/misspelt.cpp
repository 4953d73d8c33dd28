#include "grammar/misspelt.hpp"

#include <algorithm>
#include <vector>

#include "grammar/edtf.hpp"
#include "grammar/misspelt_parts.hpp"
#include "grammar/words.hpp"

namespace antinomy::grammar {
namespace misspelt {

int Piece::value() const {
    int n = 0;
    for (const char c : text.substr(0, 8)) n = n * 10 + (c - '0');
    return n;
}

std::vector<Piece> pieces(std::string_view text) {
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               static_cast<unsigned char>(c) >= 0x80;
    };
    std::vector<Piece> out;
    std::size_t at = 0;
    while (at < text.size()) {
        const bool digits = is_digit(text[at]);
        if ((!digits && !letter(text[at])) || out.size() == 8) return {};
        const std::size_t begin = at;
        while (at < text.size() && (digits ? is_digit(text[at]) : letter(text[at]))) ++at;
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
    return {static_cast<char>('0' + n / 10 % 10), static_cast<char>('0' + n % 10)};
}
std::string spelt(std::string_view year, int month, int day) {
    return std::string(year) + "-" + two(month) + (day == 0 ? "" : "-" + two(day));
}
std::string day_and_month(int day, int month) {
    return std::to_string(day) + " " +
           std::string(month_names[static_cast<std::size_t>(month - 1)]);
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

}  // namespace misspelt

namespace {

using namespace misspelt;

constexpr std::size_t longest_year = 10;  // digits: 10^9
constexpr std::size_t longest_misspelling = 100;

// Three numbers: 2014-9-29, 2014/11/05, 29.09.2014, 9/10/2014.
std::optional<Misspelling> meant_numbers(const Piece& a, const Piece& b, const Piece& c) {
    const std::string year_first = "a date begins with its year of four digits";
    if (year_like(a) && b.size() <= 2 && c.size() <= 2) {
        const bool hyphens = a.separator == '-' && b.separator == '-';
        const std::string message = hyphens ? "" : "the parts of a date are joined by `-`";
        if (month_like(b) && day_like(c)) {
            if (hyphens && b.size() == 2 && c.size() == 2) return {};  // nothing wrong with it
            return Misspelling{message, "write " + spelt(a.text, b.value(), c.value())};
        }
        if (day_like(b) && month_like(c)) {
            return Misspelling{message, "write " + spelt(a.text, c.value(), b.value()) + " if " +
                                            day_and_month(b.value(), c.value()) + " is meant"};
        }
        return {};
    }
    if (year_like(c)) {
        const bool day_first = day_like(a) && month_like(b);
        const bool month_first = month_like(a) && day_like(b);
        const std::string first = day_first ? spelt(c.text, b.value(), a.value()) : "";
        const std::string other = month_first ? spelt(c.text, a.value(), b.value()) : "";
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

// 2014–09–29 has other dashes, 1950 ? and 2014 / 2015 have blanks.
std::optional<Misspelling> meant_with_other_signs(std::string_view text) {
    std::string better;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view three = text.substr(i, 3);
        // hyphen, non-breaking hyphen, figure dash, en dash, em dash, minus
        if (three == "\xE2\x80\x90" || three == "\xE2\x80\x91" || three == "\xE2\x80\x92" ||
            three == "\xE2\x80\x93" || three == "\xE2\x80\x94" || three == "\xE2\x88\x92") {
            better += '-';
            i += 2;
        } else {
            better += text[i];
        }
    }
    const bool dashes = better != text;
    better.erase(std::remove(better.begin(), better.end(), ' '), better.end());
    if (better == text || better.empty()) return {};
    if (std::holds_alternative<Edtf>(parse_edtf(better))) {
        return Misspelling{"", "write " + better};
    }
    return dashes ? misspelt_date(better) : std::nullopt;
}

std::optional<Misspelling> meant_by_pieces(const std::vector<Piece>& p) {
    const std::size_t n = p.size();
    if (n == 3 && p[0].number() && p[1].number() && p[2].number() && p[0].separator != 0 &&
        p[1].separator != 0) {
        return meant_numbers(p[0], p[1], p[2]);
    }
    if (n == 2 && year_like(p[0]) && year_like(p[1]) && p[0].text < p[1].text) {
        return Misspelling{"", "write " + std::string(p[0].text) + "/" + std::string(p[1].text) +
                                   " for a time from one to the other, [" + std::string(p[0].text) +
                                   ".." + std::string(p[1].text) + "] for one of these years"};
    }
    if (n == 2 && p[0].number() && p[1].number()) {
        if (year_like(p[0]) && month_like(p[1]) && (p[1].size() == 1 || p[0].separator != '-')) {
            return Misspelling{p[0].separator == '-' ? "" : "the parts of a date are joined by `-`",
                               "write " + spelt(p[0].text, p[1].value(), 0)};
        }
        if (year_like(p[1]) && month_like(p[0])) {
            return Misspelling{"a date begins with its year of four digits",
                               "write " + spelt(p[1].text, p[0].value(), 0)};
        }
    }
    if (n == 1 && p[0].number() && (p[0].size() == 8 || p[0].size() == 6)) {
        const std::string_view t = p[0].text;
        const Piece y{t.substr(0, 4), '-'};
        const Piece m{t.substr(4, 2), '-'};
        const Piece d{t.size() == 8 ? t.substr(6, 2) : std::string_view("01"), 0};
        if (!month_like(m) || !day_like(d)) return {};
        return Misspelling{"the parts of a date are joined by `-`",
                           "write " + spelt(y.text, m.value(), t.size() == 8 ? d.value() : 0)};
    }
    return {};
}

// Forms that are one token: years with a wrong or a missing Y, older spellings, Roman of ISO 8601.
std::optional<Misspelling> meant_by_token(std::string_view text) {
    std::size_t at = 0;
    const bool y = at < text.size() && (text[at] == 'Y' || text[at] == 'y');
    if (y) ++at;
    if (at < text.size() && text[at] == '-') ++at;
    const std::string sign = at > 0 && text[at - 1] == '-' ? "-" : "";
    const std::size_t digits_begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    const std::size_t digits = at - digits_begin;
    const std::string number(text.substr(digits_begin, digits));
    const std::string_view rest = text.substr(at);
    const bool power = rest.size() > 1 && rest.size() < 6 && (rest[0] == 'E' || rest[0] == 'e') &&
                       rest.find_first_not_of("0123456789", 1) == std::string_view::npos;
    if (power && digits > 0 && number[0] != '0' && (!y || text[0] == 'y' || rest[0] == 'e')) {
        return Misspelling{"", "write Y" + sign + number + "E" + std::string(rest.substr(1))};
    }
    if (y && text[0] == 'y' && rest.empty() && digits > 4) {
        return Misspelling{"", "write Y" + sign + number};
    }
    if (y && digits > 1 && number[0] != '0' && !rest.empty() &&
        rest.find_first_not_of('X') == std::string_view::npos && digits + rest.size() > 4) {
        return Misspelling{"", "write Y" + sign + number + std::string(rest.size(), '0') + "S" +
                                   std::to_string(digits) +
                                   " for the years that begin in these digits"};
    }
    if (!y && at == text.size() && digits > 4 && digits <= longest_year && digits != 6 &&
        digits != 7 && digits != 8) {
        return Misspelling{"", "write Y" + sign + number + " for a year of more than four digits"};
    }
    if (digits == 4 && number[3] == '0' && (rest == "'s" || rest == "\xE2\x80\x99s")) {
        return Misspelling{"", "write " + sign + number.substr(0, 3) + "X for the ten years"};
    }
    if (!y && rest.empty() && digits == 3) {
        return Misspelling{
            "", "write " + sign + number + "X for the ten years, or a year of four digits"};
    }
    if (!y && rest.empty() && digits == 2 && number <= "20") {
        return Misspelling{
            "", "write " + sign + number + "XX for the hundred years, or a year of four digits"};
    }
    if (text.size() > 4 && text[0] == '+' && is_digit(text[1])) {
        return Misspelling{"", "write " + std::string(text.substr(1)) + ", without the +"};
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

// 2014-10-09 10:00, 2014-10-09T10, 2014-10-09t10:00z
std::optional<Misspelling> meant_clock(std::string_view text) {
    constexpr std::string_view shape = "9999-99-99t99:99:99";
    std::size_t at = 0;
    for (; at < text.size() && at < shape.size(); ++at) {
        const bool fits = shape[at] == '9'   ? is_digit(text[at])
                          : shape[at] == 't' ? text[at] == 'T' || text[at] == 't' || text[at] == ' '
                                             : text[at] == shape[at];
        if (!fits) break;
    }
    std::string better(text.substr(0, at));
    std::string zone(text.substr(at));
    if (zone == "z" || zone == " Z" || zone == " UTC" || zone == "UTC") zone = "Z";
    if (at == 13) {
        better += ":00:00";
    } else if (at == 16) {
        better += ":00";
    } else if (at != shape.size()) {
        return {};
    }
    const bool offset = zone.empty() || zone == "Z" || zone[0] == '+' || zone[0] == '-';
    if (!offset || zone.find_first_not_of("0123456789:+-Z") != std::string::npos) return {};
    better[10] = 'T';
    better += zone;
    if (better == text) return {};
    return Misspelling{"", "write " + better};
}

}  // namespace

std::optional<Misspelling> misspelt_date(std::string_view text) {
    if (text.size() > longest_misspelling) return {};
    if (auto m = meant_with_other_signs(text)) return m;
    if (auto m = meant_clock(text)) return m;
    if (auto m = meant_by_iso(text)) return m;
    if (auto m = meant_by_token(text)) return m;
    const std::vector<Piece> p = pieces(text);
    if (p.empty()) return {};
    if (auto m = meant_by_words(p)) return m;
    return meant_by_pieces(p);
}

}  // namespace antinomy::grammar
