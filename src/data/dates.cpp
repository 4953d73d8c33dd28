#include "data/dates.hpp"

#include <array>
#include <cstdio>

#include "grammar/edtf.hpp"
#include "grammar/names.hpp"
#include "text/join.hpp"

namespace antinomy::data {

namespace {

constexpr std::string_view kLetters = "YymdBbHIMSpz#";
constexpr const char* kKnown =
    "known: %Y, %y (year, of two digits), %m, %B, %b (month as number, name, short name), %d "
    "(day), %H %M %S %z, %I %p (time of day, of twelve hours), %# (a number that is none of "
    "these), %F (%Y-%m-%d), %T (%H:%M:%S), %% (a "
    "percent sign)";

bool digit(char c) {
    return c >= '0' && c <= '9';
}

bool by_digits(char letter) {
    return letter != '\0' && letter != 'B' && letter != 'b' && letter != 'z' && letter != 'p';
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

// Of a date: each part in the digits of the language, with X for those that are not known; empty
// where it is not stated.
struct Read {
    std::string year;
    std::string month;
    std::string day;
    int hour = -1;
    int minute = -1;
    int second = -1;
    bool twelve = false;  // the hour is one of twelve
    bool afternoon = false;
    std::string offset;
};

// Digits of a part, some of them perhaps not known: then all of them are there, as X.
std::optional<std::string> open_digits(std::string_view s, std::size_t& at, std::size_t width,
                                       char unknown) {
    if (unknown == '\0' || at + width > s.size()) return std::nullopt;
    std::string out;
    bool open = false;
    for (std::size_t i = 0; i < width; ++i) {
        const char c = s[at + i];
        if (c != unknown && !digit(c)) return std::nullopt;
        open = open || c == unknown;
        out.push_back(c == unknown ? 'X' : c);
    }
    if (!open) return std::nullopt;
    at += width;
    return out;
}

// The year that two digits mean; X in them if that says the same of its first two.
std::optional<std::string> year_of_two(std::string_view digits, int century) {
    std::optional<std::string> out;
    for (int n = 0; n < 100; ++n) {
        const auto written = two(n);
        if ((digits[0] != 'X' && digits[0] != written[0]) ||
            (digits[1] != 'X' && digits[1] != written[1]))
            continue;
        const int first = century - century % 100 + n;
        const int year = first < century ? first + 100 : first;
        auto here = text::join(two(year / 100), digits);
        if (out && *out != here) return std::nullopt;
        out = std::move(here);
    }
    return out;
}

// How dates of a format are read.
struct How {
    bool fixed = false;  // two digits, for numbers touch
    int century = 0;
    char unknown = '\0';
};

bool read_piece(const DateFormat::Piece& p, const How& how, std::string_view s, std::size_t& at,
                Read& out) {
    const std::size_t least = how.fixed ? 2 : 1;
    const auto put = [](std::optional<int> n, int low, int high, int& to) {
        if (!n || *n < low || *n > high) return false;
        to = *n;
        return true;
    };
    const auto part = [&](int high, std::string& to) {
        if (auto open = open_digits(s, at, 2, how.unknown)) {
            to = std::move(*open);
            return true;
        }
        int n = 0;
        if (!put(number(s, at, least, 2), 1, high, n)) return false;
        to = two(n);
        return true;
    };
    switch (p.letter) {
        case '\0':
            if (s.substr(at, p.text.size()) != p.text) return false;
            at += p.text.size();
            return true;
        case 'Y': {
            if (auto open = open_digits(s, at, 4, how.unknown)) {
                out.year = std::move(*open);
                return true;
            }
            int n = 0;
            if (!put(number(s, at, 4, 4), 0, 9999, n)) return false;
            out.year = text::join(two(n / 100), two(n % 100));
            return true;
        }
        case 'y': {
            auto digits = open_digits(s, at, 2, how.unknown);
            if (!digits) {
                const auto n = number(s, at, 2, 2);
                if (!n) return false;
                digits = two(*n);
            }
            auto year = year_of_two(*digits, how.century);
            if (!year) return false;
            out.year = std::move(*year);
            return true;
        }
        case 'm':
            return part(12, out.month);
        case 'd':
            return part(31, out.day);
        case 'H':
            return put(number(s, at, least, 2), 0, 23, out.hour);
        case 'I':
            out.twelve = true;
            return put(number(s, at, least, 2), 1, 12, out.hour);
        case 'p': {
            const auto word = grammar::lower_case(s.substr(at, 4));
            for (const std::string_view name : {"am", "pm", "a.m.", "p.m."}) {
                if (word.compare(0, name.size(), name) != 0) continue;
                at += name.size();
                out.afternoon = name[0] == 'p';
                return true;
            }
            return false;
        }
        case '#':
            return number(s, at, 1, 9).has_value();
        case 'M':
            if (open_digits(s, at, 2, how.unknown)) {
                out.minute = 0;
                return true;
            }
            return put(number(s, at, 2, 2), 0, 59, out.minute);
        case 'S':
            return put(number(s, at, 2, 2), 0, 59, out.second);
        case 'B':
        case 'b': {
            auto end = at;
            while (end < s.size() && letter_byte(s[end])) ++end;
            const auto name = s.substr(at, end - at);
            at = end;
            int n = 0;
            if (!put(p.letter == 'B' ? grammar::month_called(name) : short_month(name), 1, 12, n))
                return false;
            out.month = two(n);
            return true;
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

constexpr std::array<std::string_view, 9> kMarks{"exact",     "about",   "doubtful",
                                                 "before",    "after",   "not before",
                                                 "not after", "between", "nothing"};

// A date with what is said of it; nothing: that cannot be said.
std::optional<std::string> marked(std::string date, Mark mark) {
    switch (mark) {
        case Mark::about:
        case Mark::doubtful: {
            date.push_back(mark == Mark::about ? '~' : '?');
            const bool good =
                !std::holds_alternative<grammar::SyntaxError>(grammar::parse_edtf(date));
            return good ? std::optional(std::move(date)) : std::nullopt;
        }
        case Mark::before:
        case Mark::after:
        case Mark::not_before:
        case Mark::not_after:
            return text::join(word(mark), " ", date);
        case Mark::exact:
        case Mark::between:
        case Mark::nothing:
            break;
    }
    return date;
}

bool begins_with(std::string_view s, std::string_view with) {
    return s.substr(0, with.size()) == with;
}
bool ends_with(std::string_view s, std::string_view with) {
    return s.size() >= with.size() && s.substr(s.size() - with.size()) == with;
}

}  // namespace

std::string_view word(Mark mark) {
    return kMarks[static_cast<std::size_t>(mark)];
}

std::optional<Mark> mark_called(std::string_view name) {
    for (std::size_t i = 0; i < kMarks.size(); ++i)
        if (kMarks[i] == name) return static_cast<Mark>(i);
    return std::nullopt;
}

std::optional<DateFormat> read_format(std::string_view s, FormatProblem& problem, bool century) {
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
        if (letter == 'y' && !century)
            return fail("two digits leave the century open",
                        "use %Y, or say which hundred years they mean: `century: 1950` for 1950 "
                        "to 2049");
        if (kLetters.find(letter) == std::string_view::npos)
            return fail(text::join("`%", std::string_view(&letter, 1), "` is no part of a date"),
                        kKnown);
        const char kind = letter == 'B' || letter == 'b' ? 'm'
                          : letter == 'y'                ? 'Y'
                          : letter == 'I'                ? 'H'
                                                         : letter;
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
    const bool twelve = all.find("%I") != std::string::npos;
    if (twelve != has('p'))
        return fail(twelve ? "an hour of twelve is before noon or after it"
                           : "`%p` is of an hour of twelve",
                    twelve ? "add %p, or write %H" : "write %I for the hour");
    if (has('S') && !has('M')) return fail("seconds need the minute", "add %M");
    if (has('z') && !has('S'))
        return fail("an offset from UTC needs the time by the second", "add %S");
    return out;
}

std::optional<std::string> read_date(const DateFormat& format, std::string_view s, int century,
                                     char unknown) {
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
        if (!read_piece(p, {fixed, century, unknown}, s, at, r)) return std::nullopt;
    }
    if (at != s.size()) return std::nullopt;
    std::string out = r.year;
    if (!r.month.empty()) out += "-" + r.month;
    if (!r.day.empty()) out += "-" + r.day;
    if (r.twelve) r.hour = r.hour % 12 + (r.afternoon ? 12 : 0);
    // The language of dates knows a time by the second; one that is not stated is not made up.
    if (r.second >= 0)
        out += text::join("T", two(r.hour), ":", two(r.minute), ":", two(r.second), r.offset);
    // `X` may make what is no date: 15 of a month that is not known is one, the 3X of it is not.
    if (out.find('X') != std::string::npos &&
        std::holds_alternative<grammar::SyntaxError>(grammar::parse_edtf(out)))
        return std::nullopt;
    return out;
}

std::optional<std::string> read_date(const Dates& dates, std::string_view s, Mark& mark) {
    const auto trim = [](std::string_view t) {
        const auto first = t.find_first_not_of(" \t");
        if (first == std::string_view::npos) return std::string_view();
        return t.substr(first, t.find_last_not_of(" \t") - first + 1);
    };
    const auto read = [&](std::string_view t, Mark with) -> std::optional<std::string> {
        for (const auto& format : dates.formats)
            if (auto out = read_date(format, t, dates.century, dates.unknown))
                if (auto whole = marked(std::move(*out), with)) return whole;
        return std::nullopt;
    };
    if (auto out = read(s, mark)) return out;
    if (mark != Mark::exact) return std::nullopt;
    // The longest sign that is there: `<=` before `<`.
    const std::pair<std::string, Mark>* found = nullptr;
    std::string_view rest;
    for (const auto& m : dates.marks) {
        if (found != nullptr && found->first.size() >= m.first.size()) continue;
        if (begins_with(s, m.first))
            rest = trim(s.substr(m.first.size()));
        else if (ends_with(s, m.first))
            rest = trim(s.substr(0, s.size() - m.first.size()));
        else
            continue;
        found = &m;
    }
    if (found == nullptr) return std::nullopt;
    auto out = read(rest, found->second);
    if (out) mark = found->second;
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
                            case 'y':
                                text += two(year % 100);
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
                            case 'I':
                                text += shown(day % 12 + 1);
                                break;
                            case 'p':
                                text += "am";
                                break;
                            case '#':
                                text += "1";
                                break;
                            case 'M':
                            case 'S':
                                text += two(month);
                                break;
                            default:
                                text += "+05:00";
                        }
                    }
                    const auto one = read_date(a, text, 1950);
                    const auto other = read_date(b, text, 1950);
                    if (one && other && *one != *other) return text;
                }
    return std::nullopt;
}

}  // namespace antinomy::data
