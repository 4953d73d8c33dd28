#include "data/dates.hpp"

#include <array>
#include <cstdio>

#include "grammar/edtf.hpp"
#include "grammar/names.hpp"
#include "text/join.hpp"

namespace antinomy::data {

namespace {

constexpr std::string_view kLetters = "YmdBbHMSz";
constexpr const char* kKnown =
    "known: %Y (year), %m, %B, %b (month as number, name, short name), %d (day), %H %M %S %z "
    "(time of day), %F (%Y-%m-%d), %T (%H:%M:%S), %% (a percent sign)";

bool digit(char c) {
    return c >= '0' && c <= '9';
}

bool by_digits(char letter) {
    return letter != '\0' && letter != 'B' && letter != 'b' && letter != 'z';
}

// A number of `least` to `most` digits.
std::optional<int> number(std::string_view s, std::size_t& at, std::size_t least,
                          std::size_t most) {
    int value = 0;
    std::size_t n = 0;
    while (n < most && at + n < s.size() && digit(s[at + n])) {
        value = value * 10 + (s[at + n] - '0');
        ++n;
    }
    if (n < least) return std::nullopt;
    at += n;
    return value;
}

bool letter_byte(char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

std::optional<int> short_month(std::string_view word) {
    const auto low = grammar::lower_case(word);
    std::optional<int> out;
    for (const auto& language : grammar::languages())
        for (const auto* words : {&language.short_months, &language.months})
            for (const auto& w : *words)
                if (grammar::lower_case(w.text) == low) out = w.number;
    return out;
}

std::string two(int n) {
    const std::array<char, 2> digits{static_cast<char>('0' + n / 10),
                                     static_cast<char>('0' + n % 10)};
    return {digits.data(), digits.size()};
}

struct Read {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = -1;
    int minute = -1;
    int second = -1;
    std::string offset;
};

bool read_piece(const DateFormat::Piece& p, bool fixed, std::string_view s, std::size_t& at,
                Read& out) {
    const std::size_t least = fixed ? 2 : 1;
    const auto put = [](std::optional<int> n, int low, int high, int& to) {
        if (!n || *n < low || *n > high) return false;
        to = *n;
        return true;
    };
    switch (p.letter) {
        case '\0':
            if (s.substr(at, p.text.size()) != p.text) return false;
            at += p.text.size();
            return true;
        case 'Y':
            return put(number(s, at, 4, 4), 0, 9999, out.year);
        case 'm':
            return put(number(s, at, least, 2), 1, 12, out.month);
        case 'd':
            return put(number(s, at, least, 2), 1, 31, out.day);
        case 'H':
            return put(number(s, at, least, 2), 0, 23, out.hour);
        case 'M':
            return put(number(s, at, 2, 2), 0, 59, out.minute);
        case 'S':
            return put(number(s, at, 2, 2), 0, 59, out.second);
        case 'B':
        case 'b': {
            auto end = at;
            while (end < s.size() && letter_byte(s[end])) ++end;
            const auto word = s.substr(at, end - at);
            at = end;
            return put(p.letter == 'B' ? grammar::month_called(word) : short_month(word), 1, 12,
                       out.month);
        }
        default: {  // z
            if (at < s.size() && s[at] == 'Z') {
                ++at;
                out.offset = "Z";
                return true;
            }
            if (at >= s.size() || (s[at] != '+' && s[at] != '-')) return false;
            const char sign = s[at++];
            const auto hours = number(s, at, 2, 2);
            if (at < s.size() && s[at] == ':') ++at;
            const auto minutes = number(s, at, 2, 2);
            if (!hours || !minutes || *hours > 23 || *minutes > 59) return false;
            out.offset = text::join(std::string_view(&sign, 1), two(*hours), ":", two(*minutes));
            return true;
        }
    }
}

}  // namespace

std::optional<DateFormat> read_format(std::string_view s, FormatProblem& problem) {
    DateFormat out;
    out.written = s;
    if (s == "edtf") return out;
    const auto fail = [&](std::string message, std::string help) {
        problem = {std::move(message), std::move(help)};
        return std::nullopt;
    };
    std::string all(s);
    for (const auto& [whole, parts] : {std::pair{"%F", "%Y-%m-%d"}, std::pair{"%T", "%H:%M:%S"}})
        for (auto at = all.find(whole); at != std::string::npos; at = all.find(whole))
            all.replace(at, 2, parts);
    std::string letters;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i] != '%' || (i + 1 < all.size() && all[i + 1] == '%')) {
            if (all[i] == '%') ++i;
            if (out.pieces.empty() || out.pieces.back().letter != '\0') out.pieces.push_back({});
            out.pieces.back().text.push_back(all[i]);
            continue;
        }
        const char letter = ++i < all.size() ? all[i] : ' ';
        if (letter == 'y')
            return fail("two digits leave the century open",
                        "use %Y; nothing is guessed, so data with two digits need a column with "
                        "the whole year");
        if (kLetters.find(letter) == std::string_view::npos)
            return fail(text::join("`%", std::string_view(&letter, 1), "` is no part of a date"),
                        kKnown);
        const char kind = letter == 'B' || letter == 'b' ? 'm' : letter;
        if (letters.find(kind) != std::string::npos)
            return fail(text::join("`%", std::string_view(&letter, 1),
                                   "` stands for what an "
                                   "earlier part has said"),
                        "name each part once");
        letters.push_back(kind);
        out.pieces.push_back({letter, ""});
    }
    const auto has = [&](char c) { return letters.find(c) != std::string::npos; };
    if (!has('Y'))
        return fail("a date without a year is none",
                    letters.empty() ? "write `edtf`, or a format such as %d.%m.%Y" : "add %Y");
    if (has('d') && !has('m')) return fail("a day without a month is none", "add %m, %B or %b");
    if (has('H') && !(has('d') && has('M')))
        return fail("a time of day needs the day and the minute", "add %d and %M");
    if ((has('M') || has('S') || has('z')) && !has('H'))
        return fail("a time of day needs the hour", "add %H");
    if (has('S') && !has('M')) return fail("seconds need the minute", "add %M");
    if (has('z') && !has('S'))
        return fail("an offset from UTC needs the time by the second", "add %S");
    return out;
}

std::optional<std::string> read_date(const DateFormat& format, std::string_view s) {
    if (format.edtf()) {
        if (std::holds_alternative<grammar::SyntaxError>(grammar::parse_edtf(s)))
            return std::nullopt;
        return std::string(s);
    }
    Read r;
    std::size_t at = 0;
    for (std::size_t i = 0; i < format.pieces.size(); ++i) {
        // Numbers that touch have two digits, or nobody could part them.
        const auto& p = format.pieces[i];
        const auto touches = [&](std::size_t k) {
            const auto& other = format.pieces[k];
            return by_digits(other.letter) ||
                   (other.letter == '\0' && digit(k > i ? other.text.front() : other.text.back()));
        };
        const bool fixed =
            (i > 0 && touches(i - 1)) || (i + 1 < format.pieces.size() && touches(i + 1));
        if (!read_piece(p, fixed, s, at, r)) return std::nullopt;
    }
    if (at != s.size()) return std::nullopt;
    std::string out = text::join(two(r.year / 100), two(r.year % 100));
    if (r.month > 0) out += "-" + two(r.month);
    if (r.day > 0) out += "-" + two(r.day);
    // The language of dates knows a time by the second; one that is not stated is not made up.
    if (r.second >= 0)
        out += text::join("T", two(r.hour), ":", two(r.minute), ":", two(r.second), r.offset);
    return out;
}

std::optional<std::string> both_read(const DateFormat& a, const DateFormat& b) {
    if (a.edtf()) return b.edtf() ? std::nullopt : both_read(b, a);
    static constexpr std::array<int, 12> kYears{1899, 1900, 1911, 1921, 1999, 2000,
                                                2001, 2010, 2011, 2012, 2021, 2031};
    for (const int year : kYears)
        for (int month = 1; month <= 12; ++month)
            for (int day = 1; day <= 28; ++day)
                for (const bool zeros : {true, false}) {
                    const auto shown = [&](int n) { return zeros ? two(n) : std::to_string(n); };
                    std::string text;
                    for (const auto& p : a.pieces) {
                        const auto index = static_cast<std::size_t>(month - 1);
                        switch (p.letter) {
                            case '\0':
                                text += p.text;
                                break;
                            case 'Y':
                                text += two(year / 100) + two(year % 100);
                                break;
                            case 'm':
                                text += shown(month);
                                break;
                            case 'd':
                                text += shown(day);
                                break;
                            case 'B':
                                text += grammar::english_months()[index];
                                break;
                            case 'b':
                                text += grammar::english_months()[index].substr(0, 3);
                                break;
                            case 'H':
                                text += shown(day % 24);
                                break;
                            case 'M':
                            case 'S':
                                text += two(month);
                                break;
                            default:
                                text += "+05:00";
                        }
                    }
                    const auto one = read_date(a, text);
                    const auto other = read_date(b, text);
                    if (one && other && *one != *other) return text;
                }
    return std::nullopt;
}

}  // namespace antinomy::data
