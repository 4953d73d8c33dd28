// What an EDTF value is, beside its days: canonical spelling, level, kind, qualifiers.

#include <algorithm>
#include <string>

#include "grammar/edtf.hpp"

namespace antinomy::grammar {
namespace {

bool has_unspecified(const std::string& figures) {
    return figures.find('X') != std::string::npos;
}
bool has_unspecified(const EdtfDate& date) {
    return has_unspecified(date.year) || has_unspecified(date.month) || has_unspecified(date.day);
}
bool qualified(const EdtfDate& date) {
    return date.uncertain() || date.approximate();
}
int season_of(const EdtfDate& date) {
    if (date.month.empty() || has_unspecified(date.month)) return 0;
    const int n = (date.month[0] - '0') * 10 + (date.month[1] - '0');
    return n >= 21 ? n : 0;
}

// Are all parts qualified alike? That is what level 1 can say.
bool qualified_as_a_whole(const EdtfDate& date) {
    for (std::size_t i = 1; i < date.parts(); ++i) {
        if (date.qualifiers[i] != date.qualifiers[0]) return false;
    }
    return true;
}

// Where the marks stand: before a part for that part, behind it for all from the year to it.
struct Marks {
    std::array<Qualifier, 3> before;
    std::array<Qualifier, 3> behind;
};
// With the fewest marks: `?` and `~` each take one behind the last of the parts that have it from
// the year on, and one before each other part. So a text never outgrows the one it was read from.
Marks marks_of(const EdtfDate& date) {
    Marks marks;
    const auto place = [&](bool Qualifier::*which) {
        std::size_t group = 0;
        while (group < date.parts() && date.qualifiers[group].*which) ++group;
        if (group > 0) marks.behind[group - 1].*which = true;
        for (std::size_t i = group; i < date.parts(); ++i) {
            if (date.qualifiers[i].*which) marks.before[i].*which = true;
        }
    };
    place(&Qualifier::uncertain);
    place(&Qualifier::approximate);
    return marks;
}

// ---------------------------------------------------------------- spelling

std::string two(int n) {
    return {static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)};
}
std::string mark(const Qualifier& q) {
    if (!q) return {};
    return q.uncertain && q.approximate ? "%" : q.uncertain ? "?" : "~";
}

// `compact` leaves out what may be left out, so that a long set does not outgrow the limit.
std::string spell(const ClockTime& clock, bool compact) {
    std::string out = "T" + two(clock.hour) + ":" + two(clock.minute) + ":" + two(clock.second);
    if (!clock.offset_minutes) return out;
    const int offset = *clock.offset_minutes;
    if (offset == 0) return out + "Z";
    const int size = offset < 0 ? -offset : offset;
    out += (offset < 0 ? '-' : '+') + two(size / 60);
    if (!compact || size % 60 != 0) out += ':' + two(size % 60);
    return out;
}

std::string spell(const EdtfDate& date, bool compact) {
    std::string year;
    if (date.long_year) year += 'Y';
    if (date.negative) year += '-';
    year += date.year;
    if (date.exponent != 0) year += 'E' + std::to_string(date.exponent);
    if (date.significant != 0) year += 'S' + std::to_string(date.significant);
    const std::array<const std::string*, 3> parts{&year, &date.month, &date.day};
    const Marks marks = marks_of(date);
    std::string out;
    for (std::size_t i = 0; i < date.parts(); ++i) {
        if (i > 0) out += '-';
        out += mark(marks.before[i]) + *parts[i];
        // The whole is marked at its end, behind the time of day.
        if (i == 2 && date.clock) out += spell(*date.clock, compact);
        out += mark(marks.behind[i]);
    }
    return out;
}

std::string spell(const EdtfEnd& end, bool compact) {
    if (end.kind == EdtfEnd::Kind::day) return spell(end.date, compact);
    return end.kind == EdtfEnd::Kind::open ? ".." : "";
}

std::string spell(const EdtfInterval& interval, bool compact) {
    return spell(interval.start, compact) + '/' + spell(interval.end, compact);
}

std::string spell(const EdtfSet& set, bool compact) {
    std::string out(1, set.all ? '{' : '[');
    const char* separator = "";
    for (const EdtfSetItem& item : set.items) {
        out += separator;
        separator = ",";
        const std::string first = item.first ? spell(*item.first, compact) : "";
        const std::string last = item.last ? spell(*item.last, compact) : "";
        out += first == last ? first : first + ".." + last;
    }
    return out + (set.all ? '}' : ']');
}

// ---------------------------------------------------------------- level

// Level 1 has X only at the right: of the whole year (201X, 20XX), the month, the day, or both.
bool unspecified_at_the_right(const EdtfDate& date) {
    const bool year = has_unspecified(date.year);
    if (date.month.empty()) {
        return !has_unspecified(date.year.substr(0, 2)) && date.year[3] == 'X';
    }
    if (year) return false;
    if (date.day.empty()) return date.month == "XX";
    return date.day == "XX" && (date.month == "XX" || !has_unspecified(date.month));
}

int level_of(const EdtfDate& date) {
    if (date.exponent != 0 || date.significant != 0) return 2;
    if (season_of(date) > 24) return 2;
    if (qualified(date) && (!qualified_as_a_whole(date) || date.clock)) return 2;
    if (has_unspecified(date)) return unspecified_at_the_right(date) ? 1 : 2;
    return qualified(date) || date.negative || date.long_year || season_of(date) != 0 ? 1 : 0;
}

int level_of(const EdtfInterval& interval) {
    int least = 0;
    for (const EdtfEnd* end : {&interval.start, &interval.end}) {
        if (end->kind != EdtfEnd::Kind::day) {
            least = std::max(least, 1);
        } else if (end->date.clock || has_unspecified(end->date)) {
            return 2;
        } else {
            least = std::max(least, level_of(end->date));
        }
    }
    return least;
}

int level_of(const EdtfSet&) {
    return 2;
}

// ---------------------------------------------------------------- kind

std::string_view kind_of(const EdtfDate& date) {
    if (date.clock) return "time";
    if (!date.day.empty()) return "day";
    if (const int season = season_of(date); season != 0) {
        return season <= 32   ? "season"
               : season <= 36 ? "quarter"
               : season <= 39 ? "four-months"
                              : "half-year";
    }
    if (!date.month.empty()) return "month";
    const std::size_t first = date.year.find('X');
    if (first == std::string::npos) return "year";
    if (date.year.find_first_not_of('X', first) != std::string::npos) return "mask";
    return first == 3 ? "decade" : first == 2 ? "century" : first == 1 ? "millennium" : "mask";
}
std::string_view kind_of(const EdtfInterval&) {
    return "interval";
}
std::string_view kind_of(const EdtfSet&) {
    return "set";
}

// ---------------------------------------------------------------- all dates of a value

template <class Visit>
void each_date(const EdtfDate& date, const Visit& visit) {
    visit(date);
}
template <class Visit>
void each_date(const EdtfInterval& interval, const Visit& visit) {
    for (const EdtfEnd* end : {&interval.start, &interval.end}) {
        if (end->kind == EdtfEnd::Kind::day) visit(end->date);
    }
}
template <class Visit>
void each_date(const EdtfSet& set, const Visit& visit) {
    for (const EdtfSetItem& item : set.items) {
        if (item.first) visit(*item.first);
        if (item.last) visit(*item.last);
    }
}

// ---------------------------------------------------------------- equality

bool same_clock(const std::optional<ClockTime>& a, const std::optional<ClockTime>& b) {
    if (!a || !b) return !a && !b;
    return a->hour == b->hour && a->minute == b->minute && a->second == b->second &&
           a->offset_minutes == b->offset_minutes;
}
bool same_date(const std::optional<EdtfDate>& a, const std::optional<EdtfDate>& b) {
    return a && b ? same(*a, *b) : !a && !b;
}
bool same_value(const EdtfDate& a, const EdtfDate& b) {
    return same(a, b);
}
bool same_value(const EdtfInterval& a, const EdtfInterval& b) {
    const auto end = [](const EdtfEnd& x, const EdtfEnd& y) {
        return x.kind == y.kind && (x.kind != EdtfEnd::Kind::day || same(x.date, y.date));
    };
    return end(a.start, b.start) && end(a.end, b.end);
}
bool same_value(const EdtfSet& a, const EdtfSet& b) {
    return a.all == b.all && std::equal(a.items.begin(), a.items.end(), b.items.begin(),
                                        b.items.end(), [](const auto& x, const auto& y) {
                                            return same_date(x.first, y.first) &&
                                                   same_date(x.last, y.last);
                                        });
}

}  // namespace

std::string print(const Edtf& edtf) {
    const auto text = [&](bool compact) {
        return std::visit([&](const auto& value) { return spell(value, compact); }, edtf);
    };
    std::string out = text(false);
    return out.size() <= longest_edtf ? out : text(true);
}

std::string print(const EdtfDate& date) {
    return spell(date, false);
}

int level(const Edtf& edtf) {
    return std::visit([](const auto& value) { return level_of(value); }, edtf);
}

std::string_view kind(const Edtf& edtf) {
    return std::visit([](const auto& value) { return kind_of(value); }, edtf);
}

bool uncertain(const Edtf& edtf) {
    bool found = false;
    const auto look = [&](const EdtfDate& date) { found = found || date.uncertain(); };
    std::visit([&](const auto& value) { each_date(value, look); }, edtf);
    return found;
}

bool approximate(const Edtf& edtf) {
    bool found = false;
    const auto look = [&](const EdtfDate& date) { found = found || date.approximate(); };
    std::visit([&](const auto& value) { each_date(value, look); }, edtf);
    return found;
}

std::int64_t year_of(const EdtfDate& date) {
    std::int64_t year = 0;
    for (const char c : date.year) {
        if (year > year_limit) break;
        year = year * 10 + (c - '0');
    }
    for (int i = 0; i < date.exponent && year <= year_limit; ++i) year *= 10;
    return date.negative ? -year : year;
}

bool same(const EdtfDate& a, const EdtfDate& b) {
    return a.negative == b.negative && a.long_year == b.long_year && a.year == b.year &&
           a.exponent == b.exponent && a.significant == b.significant && a.month == b.month &&
           a.day == b.day && same_clock(a.clock, b.clock) && a.qualifiers == b.qualifiers;
}

bool same(const Edtf& a, const Edtf& b) {
    if (a.index() != b.index()) return false;
    return std::visit(
        [&](const auto& value) {
            return same_value(value, std::get<std::decay_t<decltype(value)>>(b));
        },
        a);
}

}  // namespace antinomy::grammar
