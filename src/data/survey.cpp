#include "data/survey.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "data/convert.hpp"
#include "grammar/duration.hpp"
#include "grammar/edtf.hpp"
#include "grammar/names.hpp"
#include "time/stated.hpp"

namespace antinomy::data {

using text::Node;

namespace {

constexpr std::size_t kFew = 20;          // different values that are kept
constexpr std::size_t kStrangers = 8;     // likewise, of those of no kind
constexpr std::size_t kKeys = 2000;       // of one mapping, over all records
constexpr std::size_t kLongestDate = 40;  // bytes of a text that may be a date

constexpr std::array kTried{
    "edtf",           "%F",
    "%d.%m.%Y",       "%d/%m/%Y",
    "%m/%d/%Y",       "%d-%m-%Y",
    "%m-%d-%Y",       "%Y/%m/%d",
    "%Y.%m.%d",       "%Y%m%d",
    "%d %B %Y",       "%d %b %Y",
    "%d. %B %Y",      "%d. %b %Y",
    "%d-%b-%Y",       "%d/%b/%Y",
    "%d.%b.%Y",       "%B %d, %Y",
    "%b %d, %Y",      "%b. %d, %Y",
    "%B %d %Y",       "%b %d %Y",
    "%Y %B %d",       "%Y-%b-%d",
    "%d.%m.%Y г.",    "%d %B %Y г.",
    "%Y年%m月%d日",   "%m/%Y",
    "%m.%Y",          "%m-%Y",
    "%Y/%m",          "%Y.%m",
    "%B %Y",          "%b %Y",
    "%b-%Y",          "%F %T",
    "%FT%T%z",        "%F %T%z",
    "%F %H:%M",       "%FT%H:%M",
    "%Y/%m/%d %T",    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %T",    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M", "%d/%m/%Y %T",
    "%m/%d/%Y %T",    "%d-%m-%Y %T",
    "%d-%m-%Y %H:%M",
};
static_assert(kTried.size() <= 64);  // the bits of Formats

bool digit(char c) {
    return c >= '0' && c <= '9';
}

bool digits(std::string_view s) {
    return !s.empty() && std::all_of(s.begin(), s.end(), digit);
}

bool letter_or_digit(char c) {
    return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Small letters of ASCII: spellings of nothing are no more.
std::string small(std::string_view s) {
    std::string out(s);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool spells_nothing(std::string_view s) {
    static constexpr std::array<std::string_view, 33> kKnown{
        "-",       "--",      "---",        "\u2013",     "\u2014",     ".",
        "?",       "??",      "n/a",        "n.a.",       "na",         "#n/a",
        "nan",     "null",    "nil",        "none",       "\\n",        "unknown",
        "missing", "k.a.",    "unbekannt",  "not known",  "not stated", "not available",
        "s.d.",    "n.d.",    "0000-00-00", "00.00.0000", "00/00/0000", "0000-00-00 00:00:00",
        "<na>",    "(blank)", "00-00-0000"};
    const auto low = small(s);
    return std::find(kKnown.begin(), kKnown.end(), low) != kKnown.end();
}

// As model::whole_number has it.
bool whole_number(std::string_view s) {
    if (!s.empty() && s[0] == '-') s.remove_prefix(1);
    return digits(s) && s.size() <= 18 && (s.size() == 1 || s[0] != '0');
}

bool point_number(std::string_view s) {
    const auto dot = s.find('.');
    if (dot == std::string_view::npos) return false;
    const auto rest = s.substr(dot + 1);
    return whole_number(s.substr(0, dot)) && dot <= 12 && digits(rest) && rest.size() <= 9;
}

// 1.250,50, 12,5: a comma before the fraction, and points, if any, between groups of three.
bool comma_number(std::string_view s, bool& grouped) {
    const auto comma = s.find(',');
    if (comma == std::string_view::npos || !digits(s.substr(comma + 1)) || s.size() > 18)
        return false;
    auto left = s.substr(0, comma);
    if (!left.empty() && left[0] == '-') left.remove_prefix(1);
    grouped = left.find('.') != std::string_view::npos;
    std::size_t run = 0;
    bool first = true;
    for (std::size_t i = 0; i <= left.size(); ++i) {
        if (i < left.size() && digit(left[i])) {
            ++run;
            continue;
        }
        if (i < left.size() && left[i] != '.') return false;
        if (grouped && (first ? run == 0 || run > 3 : run != 3)) return false;
        if (run == 0) return false;
        first = false;
        run = 0;
    }
    return true;
}

// 1,250.50, 1,250,000: commas between groups of three, a point before the fraction.
bool comma_grouped(std::string_view s, bool& certain) {
    if (!s.empty() && s[0] == '-') s.remove_prefix(1);
    const auto point = s.find('.');
    const auto left = s.substr(0, point);
    if (point != std::string_view::npos && !digits(s.substr(point + 1))) return false;
    std::size_t groups = 0;
    for (std::size_t from = 0;; ++groups) {
        const auto end = std::min(left.find(',', from), left.size());
        const auto run = left.substr(from, end - from);
        if (!digits(run) || run.size() > 3 || (groups > 0 && run.size() != 3)) return false;
        if (end == left.size()) break;
        from = end + 1;
    }
    certain = groups > 1 || point != std::string_view::npos;
    return groups > 0 && s.size() <= 18 && s[0] != '0';
}

// An amount as people write it: $2,155.00, 1 250,50, 12 %.
bool amount(std::string_view s) {
    static constexpr std::array<std::string_view, 5> kUnits{"$", "€", "£", "¥", "%"};
    bool sign = false;
    const auto strip = [&](std::string_view what) {
        if (s.size() > what.size() && s.substr(0, what.size()) == what)
            s.remove_prefix(what.size());
        else if (s.size() > what.size() && s.substr(s.size() - what.size()) == what)
            s.remove_suffix(what.size());
        else
            return false;
        return true;
    };
    for (const auto unit : kUnits) sign = strip(unit) || sign;
    s = trimmed(s);
    // Blanks, narrow ones too, and apostrophes between groups of three.
    std::string plain;
    for (std::size_t i = 0; i < s.size();) {
        std::size_t length = 0;
        for (const std::string_view blank : {" ", "'", "\u00a0", "\u202f", "\u2019"})
            if (s.substr(i, blank.size()) == blank) length = blank.size();
        if (length == 0) {
            plain += s[i++];
            continue;
        }
        sign = true;
        i += length;
        if (plain.empty() || i + 3 > s.size() || !digits(s.substr(i, 3)) ||
            (i + 3 < s.size() && digit(s[i + 3])))
            return false;
    }
    bool group = false;
    return sign && (whole_number(plain) || point_number(plain) || comma_number(plain, group) ||
                    comma_grouped(plain, group));
}

// A number in a way that no field reads: 1e5, +3, more digits than are kept.
bool other_number(std::string_view s) {
    if (amount(s)) return true;
    if (!s.empty() && (s[0] == '-' || s[0] == '+')) s.remove_prefix(1);
    std::size_t figures = 0;
    std::size_t points = 0;
    for (std::size_t i = 0; i < s.size(); ++i) {
        if (digit(s[i])) {
            ++figures;
        } else if (s[i] == '.') {
            ++points;
        } else if ((s[i] == 'e' || s[i] == 'E') && figures > 0) {
            auto rest = s.substr(i + 1);
            if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) rest.remove_prefix(1);
            return digits(rest) && points <= 1;
        } else {
            return false;
        }
    }
    // 007 is no number, but a name.
    return figures > 0 && points == 1;
}

// Is a year of four digits in it, with a month and a day by numbers or by name?
// (2014-01-02T03:04:05.678Z, Mon, 5 March 2014)
bool like_a_date(std::string_view s) {
    std::size_t runs = 0;
    bool year = false;
    bool month = false;
    bool words = false;
    for (std::size_t i = 0; i < s.size();) {
        auto end = i;
        if (digit(s[i])) {
            while (end < s.size() && digit(s[end])) ++end;
            const auto run = s.substr(i, end - i);
            year = year || (run.size() == 4 && run >= "1000" && run <= "2999");
            ++runs;
        } else if (letter_or_digit(s[i]) || static_cast<unsigned char>(s[i]) >= 0x80) {
            while (end < s.size() && !digit(s[end]) &&
                   (letter_or_digit(s[end]) || static_cast<unsigned char>(s[end]) >= 0x80))
                ++end;
            const auto word = s.substr(i, end - i);
            const bool weekday = grammar::weekday_called(word).has_value() || word.size() == 3;
            month = month || grammar::month_called(word).has_value();
            words =
                words || (word != "T" && word != "Z" && word != "AM" && word != "PM" && !weekday);
        } else {
            if (std::string_view("-/.: ,+?<>~").find(s[i]) == std::string_view::npos) return false;
            // `??` stands for a day or a month.
            while (end < s.size() && s[end] == s[i]) ++end;
            if (s[i] == '?') ++runs;
        }
        i = end;
    }
    return year && ((month && runs >= 2) || (!words && runs >= 3));
}

bool year_within(std::string_view s) {
    std::size_t run = 0;
    for (const char c : s) {
        run = digit(c) ? run + 1 : 0;
        if (run == 4) return true;
    }
    return false;
}

bool three_behind(std::string_view s, char sign) {
    const auto at = s.find(sign);
    const auto whole = at - (s[0] == '-' ? 1 : 0);
    return s.size() - at - 1 == 3 && whole >= 1 && whole <= 3 && s[s[0] == '-' ? 1 : 0] != '0';
}

// 05.03.14, 5/3/14, 5-Mar-14: the century is open.
bool two_digit_year(std::string_view s) {
    while (!s.empty() && (s[0] == '<' || s[0] == '>' || s[0] == '~')) s.remove_prefix(1);
    while (!s.empty() && (s.back() == '>' || s.back() == '?')) s.remove_suffix(1);
    std::array<std::string_view, 3> parts;
    std::size_t n = 0;
    char sign = '\0';
    std::size_t from = 0;
    for (std::size_t i = 0; i <= s.size(); ++i) {
        const bool end = i == s.size();
        if (!end && s[i] != '.' && s[i] != '/' && s[i] != '-' && s[i] != ' ') continue;
        if (!end && sign != '\0' && s[i] != sign) return false;
        if (!end) sign = s[i];
        if (n == 3) return false;
        parts[n++] = s.substr(from, i - from);
        from = i + 1;
    }
    if (n != 3 || !digits(parts[2]) || parts[2].size() != 2) return false;
    const auto number = [](std::string_view p) {
        return digits(p) && p.size() <= 2
                   ? (p.size() == 2 ? (p[0] - '0') * 10 + p[1] - '0' : p[0] - '0')
                   : 0;
    };
    const int day = number(parts[0]);
    if (day < 1 || day > 31) return false;
    if (const int month = number(parts[1]); month > 0)
        return month <= 31 && (day <= 12 || month <= 12);
    FormatProblem problem;
    static const auto named = read_format("%b %Y", problem);
    return read_date(*named, std::string(parts[1]) + " 2000").has_value();
}

// What the calendar has, by the project's own reading.
template <typename Stated, typename Reading>
bool in_calendar(Reading reading, const grammar::Edtf& date) {
    static const time::Conventions conventions;
    return std::holds_alternative<Stated>(reading(date, conventions, time::Calendar::gregorian));
}

bool with_names(const DateFormat& format) {
    return format.written.find("%b") != std::string::npos ||
           format.written.find("%B") != std::string::npos;
}

std::uint64_t hash_of(std::string_view s) {
    return std::hash<std::string_view>{}(s);
}

}  // namespace

const std::vector<DateFormat>& tried_formats() {
    static const auto all = [] {
        std::vector<DateFormat> out;
        FormatProblem problem;
        for (const auto* written : kTried) out.push_back(*read_format(written, problem));
        return out;
    }();
    return all;
}

std::uint64_t Texts::all_dates() const {
    std::uint64_t n = 0;
    for (const auto& [formats, seen] : dates) n += seen.count;
    for (const auto& [formats, seen] : open) n += seen.count;
    return n;
}

void Texts::add(const Node& node) {
    const auto s = trimmed(node.text);
    if (s.empty()) {
        ++blank;
        return;
    }
    if (spells_nothing(s)) {
        ++nothing[std::string(s)];
        return;
    }
    if (values++ == 0) example = s;
    if (node.style != text::ScalarStyle::plain) ++quoted;
    if (std::none_of(s.begin(), s.end(), letter_or_digit) && name_from(s).empty()) ++nameless;
    if (few && (s.size() > 200 || (++different[std::string(s)], different.size() > kFew))) {
        few = false;
        different.clear();
    }
    if (each_once && !met.insert(hash_of(s)).second) {
        each_once = false;
        met.clear();
    }

    const bool some = add_number(s);
    if (s.size() > kLongestDate || !add_date(s, some))
        if (!some) add_strange(s);
}

bool Texts::add_number(std::string_view s) {
    bool group = false;
    if (s == "yes" || s == "no" || s == "true" || s == "false") {
        ++truths;
    } else if (whole_number(s)) {
        ++whole;
        if (s.size() == 4 && s >= "1000" && s <= "2100") ++years;
    } else if (point_number(s)) {
        ++point;
        if (three_behind(s, '.')) ++point_three;
    } else if (comma_grouped(s, group) && group) {
        ++point_grouped;
    } else if (comma_number(s, group)) {
        ++comma;
        if (group)
            ++grouped;
        else if (three_behind(s, ','))
            ++comma_three;
    } else if (digit(s[0]) &&
               std::holds_alternative<grammar::WrittenDuration>(grammar::parse_duration(s))) {
        ++durations;
    } else if (other_number(s)) {
        other_numbers.add(s);
        return false;
    } else {
        return false;
    }
    return true;
}

void Texts::add_strange(std::string_view s) {
    strange.add(s);
    if (strangers.size() < kStrangers || strangers.count(std::string(s)) != 0)
        ++strangers[std::string(s)];
}

bool Texts::add_date(std::string_view s, bool some) {
    // Without a year of four digits nothing is a date, and with one of two its century is open.
    if (!year_within(s)) {
        if (some || !two_digit_year(s)) return false;
        two_digits.add(s);
        return true;
    }
    const bool named = std::any_of(s.begin(), s.end(), [](char c) {
        return (letter_or_digit(c) && !digit(c)) || static_cast<unsigned char>(c) >= 0x80;
    });
    Formats read = 0;
    bool differ = false;
    bool impossible = false;
    std::string first;
    const auto& all = tried_formats();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].edtf() ? !digit(s[0]) : !named && with_names(all[i])) continue;
        const auto date = read_date(all[i], s);
        if (!date) continue;
        const auto parsed = grammar::parse_edtf(*date);
        const auto* edtf = std::get_if<grammar::Edtf>(&parsed);
        const auto kind = edtf == nullptr ? std::string_view() : grammar::kind(*edtf);
        if (kind == "set") continue;
        if (kind == "interval" && in_calendar<time::StatedPeriod>(time::period_of, *edtf)) {
            intervals.add(s);
            return true;
        }
        if (edtf == nullptr || kind == "interval" ||
            !in_calendar<time::StatedDay>(time::day_of, *edtf)) {
            impossible = true;
            continue;
        }
        if (read == 0)
            first = *date;
        else
            differ = differ || *date != first;
        read |= Formats{1} << i;
    }
    if (read != 0)
        (differ ? open : dates)[read].add(s);
    else if (impossible && !some)
        no_day.add(s);
    else if (!some && two_digit_year(s))
        two_digits.add(s);
    else if (!some && like_a_date(s))
        other_dates.add(s);
    else
        return false;
    return true;
}

void Shape::add(const Node& node) {
    if (node.is_null()) {
        ++absent;
        return;
    }
    ++met;
    if (node.is_scalar()) {
        texts.add(node);
    } else if (node.is_sequence()) {
        ++lists;
        longest = std::max<std::uint64_t>(longest, node.items.size());
        if (!item) {
            item = std::make_unique<Shape>();
            item->above = this;
            item->items = true;
        }
        for (const auto& i : node.items) item->add(i);
    } else {
        ++mappings;
        for (const auto& entry : node.entries) {
            const auto& name = entry.key.text;
            auto it = by_key.find(name);
            if (it == by_key.end()) {
                if (children.size() >= kKeys) {
                    ++left_out;
                    continue;
                }
                children.push_back(std::make_unique<Shape>());
                children.back()->key = name;
                children.back()->above = this;
                it = by_key.emplace(name, children.back().get()).first;
            }
            it->second->add(entry.value);
        }
    }
}

}  // namespace antinomy::data
