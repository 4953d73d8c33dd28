#include "verify/dates.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace antinomy::verify {

using time::Day;
using time::DaySet;
using time::Window;

namespace {

constexpr std::int64_t kFarYear = 1'000'000'000;
constexpr std::int64_t kYears = 10'000;  // of a mask beside a month

bool figures(std::string_view s, bool masks) {
    return !s.empty() && std::all_of(s.begin(), s.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (masks && c == 'X');
    });
}

std::int64_t number(std::string_view s) {
    std::int64_t n = 0;
    for (const char c : s) n = n * 10 + (c - '0');
    return n;
}

bool fits(std::int64_t value, std::string_view mask) {
    for (auto i = mask.size(); i > 0; --i, value /= 10)
        if (mask[i - 1] != 'X' && mask[i - 1] - '0' != value % 10) return false;
    return value == 0;
}

// Months of a code from 21 to 41, counted from January of the year; 13 and 14 lie in the next.
bool months_of_code(std::int64_t code, bool southern, int& first, int& count) {
    static constexpr int kNorth[] = {3, 6, 9, 12};
    static constexpr int kSouth[] = {9, 12, 3, 6};
    count = 3;
    if (code <= 24)
        first = (southern ? kSouth : kNorth)[code - 21];
    else if (code <= 28)
        first = kNorth[code - 25];
    else if (code <= 32)
        first = kSouth[code - 29];
    else if (code <= 36)
        first = static_cast<int>(code - 33) * 3 + 1;
    else if (code <= 39)
        count = 4, first = static_cast<int>(code - 37) * 4 + 1;
    else if (code <= 41)
        count = 6, first = static_cast<int>(code - 40) * 6 + 1;
    else
        return false;
    return true;
}

// How a date is to be read: by which conventions, and the months of which calendar.
struct Reading {
    const Conventions& conventions;
    time::Calendar calendar;

    Day day(std::int64_t year, int month, int day) const {
        return time::to_day(calendar, {year, month, day});
    }
    int length(std::int64_t year, int month) const {
        return time::days_in_month(calendar, year, month);
    }
    // Months beyond 12 are those of the next year.
    Window month(std::int64_t year, int m) const {
        year += (m - 1) / 12;
        m = (m - 1) % 12 + 1;
        return {day(year, m, 1), day(year, m, length(year, m))};
    }
};

// hh:mm:ss, then nothing, Z, +hh or +hh:mm
struct Clock {
    int second = 0;             // of the day
    std::optional<int> offset;  // minutes east of UTC
};
std::optional<Clock> clock(std::string_view s) {
    const auto two = [&](std::size_t at) {
        return s.size() >= at + 2 && figures(s.substr(at, 2), false);
    };
    const auto value = [&](std::size_t at) { return static_cast<int>(number(s.substr(at, 2))); };
    if (!two(0) || s.size() < 8 || s[2] != ':' || !two(3) || s[5] != ':' || !two(6))
        return std::nullopt;
    if (value(0) > 23 || value(3) > 59 || value(6) > 59) return std::nullopt;
    Clock out;
    out.second = value(0) * 3600 + value(3) * 60 + value(6);
    s.remove_prefix(8);
    if (s == "Z") out.offset = 0;
    if (s.empty() || s == "Z") return out;
    const bool minutes = s.size() == 6 && s[3] == ':' && two(4);
    if ((s[0] != '+' && s[0] != '-') || !two(1) || (s.size() != 3 && !minutes)) return std::nullopt;
    const int east = value(1) * 60 + (minutes ? value(4) : 0);
    if (east > 14 * 60 || (minutes && value(4) > 59)) return std::nullopt;
    out.offset = s[0] == '-' ? -east : east;
    return out;
}

// One date of any precision.
std::optional<Stated> one(std::string_view written, const Reading& how) {
    std::string s;
    bool doubtful = false;
    bool about = false;
    for (const char c : written) {
        doubtful = doubtful || c == '?' || c == '%';
        about = about || c == '~' || c == '%';
        if (c != '?' && c != '~' && c != '%') s += c;
    }
    std::string_view rest = s;
    std::optional<std::int64_t> significant;
    if (const auto at = rest.find('S'); at != std::string_view::npos) {
        const auto count = rest.substr(at + 1);
        if (!figures(count, false) || count.size() > 2) return std::nullopt;
        significant = number(count);
        rest = rest.substr(0, at);
    }
    const bool long_year = !rest.empty() && rest[0] == 'Y';
    bool negative = false;
    std::string_view year;
    if (!rest.empty() && rest[0] == 'Y') {
        rest.remove_prefix(1);
        if (!rest.empty() && rest[0] == '-') negative = true, rest.remove_prefix(1);
        year = rest;
        rest = {};
    } else {
        if (!rest.empty() && rest[0] == '-') negative = true, rest.remove_prefix(1);
        if (rest.size() < 4 || !figures(rest.substr(0, 4), true)) return std::nullopt;
        year = rest.substr(0, 4);
        rest.remove_prefix(4);
    }
    std::string_view month_text;
    std::string_view day_text;
    const auto part = [&](std::string_view& into) {
        if (rest.size() < 3 || rest[0] != '-' || !figures(rest.substr(1, 2), true)) return false;
        into = rest.substr(1, 2);
        rest.remove_prefix(3);
        return true;
    };
    if (!rest.empty() && rest[0] == '-' && !part(month_text)) return std::nullopt;
    if (!rest.empty() && rest[0] == '-' && !part(day_text)) return std::nullopt;
    std::optional<Clock> time_of_day;
    if (!rest.empty()) {
        if (rest[0] != 'T' || day_text.empty()) return std::nullopt;
        time_of_day = clock(rest.substr(1));
        if (!time_of_day) return std::nullopt;
    }

    // The years: all that fit the mask, or whose significant digits are these.
    std::vector<std::pair<std::int64_t, std::int64_t>> years;
    if (long_year || significant) {
        const auto e = year.find('E');
        const auto digits = year.substr(0, e);
        if (!figures(digits, false) || digits.size() > 10) return std::nullopt;
        if (e == std::string_view::npos && long_year && digits.size() < 5) return std::nullopt;
        auto value = number(digits);
        if (e != std::string_view::npos) {
            const auto power = year.substr(e + 1);
            if (!figures(power, false) || power.size() > 2) return std::nullopt;
            for (auto n = number(power); n > 0 && value <= kFarYear; --n) value *= 10;
        }
        if (value > kFarYear) return std::nullopt;
        std::int64_t open = 1;
        if (significant) {
            auto left = static_cast<std::int64_t>(std::to_string(value).size()) - *significant;
            if (left < 0) return std::nullopt;
            for (; left > 0; --left) open *= 10;
        }
        const auto first = value - value % open;
        if (first + open - 1 > kFarYear) return std::nullopt;
        years.emplace_back(first, first + open - 1);
    } else if (year.find('X') == std::string_view::npos) {
        years.emplace_back(number(year), number(year));
    } else {
        for (std::int64_t y = 0; y < kYears; ++y) {
            if (!fits(y, year)) continue;
            if (!years.empty() && years.back().second + 1 == y)
                years.back().second = y;
            else
                years.emplace_back(y, y);
        }
    }
    if (negative) {
        for (auto& [a, b] : years) {
            const auto first = -b;
            b = a == 0 ? -1 : -a;
            a = first;
        }
        std::reverse(years.begin(), years.end());
        years.erase(std::remove_if(years.begin(), years.end(),
                                   [](const auto& y) { return y.first > y.second; }),
                    years.end());
    }
    DaySet days;
    for (const auto& [a, b] : years) {
        if (month_text.empty()) {
            days.add({how.day(a, 1, 1), how.day(b, 12, 31)});
            continue;
        }
        for (auto y = a; y <= b; ++y) {
            if (month_text.find('X') == std::string_view::npos && number(month_text) > 20) {
                int first = 0;
                int count = 0;
                if (!day_text.empty() ||
                    !months_of_code(number(month_text), how.conventions.southern, first, count))
                    return std::nullopt;
                days.add({how.month(y, first).first, how.month(y, first + count - 1).last});
                continue;
            }
            for (int m = 1; m <= 12; ++m) {
                if (!fits(m, month_text)) continue;
                if (day_text.empty()) {
                    days.add(how.month(y, m));
                    continue;
                }
                for (int d = 1; d <= how.length(y, m); ++d)
                    if (fits(d, day_text)) {
                        const auto day = how.day(y, m, d);
                        days.add({day, day});
                    }
            }
        }
    }
    if (days.empty()) return std::nullopt;
    if (about) {
        DaySet wide;
        for (const auto& w : days.windows())
            wide.add({plus(w.first, -how.conventions.slack), plus(w.last, how.conventions.slack)});
        days = wide;
    }
    Stated out{days, doubtful, {}, {}};
    if (!time_of_day) return out;
    // About a day, no time of it is meant; the zone is.
    if (!about && days.hull().single()) out.second = time_of_day->second;
    if (time_of_day->offset) out.offsets.push_back(*time_of_day->offset);
    return out;
}

std::string_view trimmed(std::string_view s) {
    while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
    while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
    return s;
}

// An end of an interval; `..` and nothing are open.
std::optional<Stated> end(std::string_view s, const Reading& how) {
    if (s.empty() || s == "..") return Stated{DaySet::all(), false, {}, {}};
    return one(s, how);
}

void take_offsets(Stated& into, const Stated& part) {
    into.offsets.insert(into.offsets.end(), part.offsets.begin(), part.offsets.end());
}

std::optional<Stated> set(std::string_view s, const Reading& how) {
    if (s.size() < 2 || s.back() != (s.front() == '[' ? ']' : '}')) return std::nullopt;
    s = s.substr(1, s.size() - 2);
    Stated out;
    for (bool more = true; more;) {
        const auto comma = s.find(',');
        more = comma != std::string_view::npos;
        const auto item = trimmed(s.substr(0, comma));
        if (more) s.remove_prefix(comma + 1);
        const auto dots = item.find("..");
        if (dots == std::string_view::npos) {
            const auto day = one(item, how);
            if (!day) return std::nullopt;
            out.days = out.days.unite(day->days);
            out.doubtful = out.doubtful || day->doubtful;
            take_offsets(out, *day);
            continue;
        }
        const auto a = end(trimmed(item.substr(0, dots)), how);
        const auto b = end(trimmed(item.substr(dots + 2)), how);
        if (!a || !b) return std::nullopt;
        const Window w{a->days.hull().first, b->days.hull().last};
        if (w.empty()) return std::nullopt;
        out.days = out.days.unite(DaySet(w));
        out.doubtful = out.doubtful || a->doubtful || b->doubtful;
        take_offsets(out, *a);
        take_offsets(out, *b);
    }
    return out;
}

}  // namespace

std::optional<Stated> read_day(std::string_view s, const Conventions& conventions,
                               time::Calendar calendar) {
    const Reading how{conventions, calendar};
    s = trimmed(s);
    if (s.empty()) return std::nullopt;
    if (s.front() == '[' || s.front() == '{') return set(s, how);
    if (s.find('/') == std::string_view::npos) return one(s, how);
    const auto span = read_span(s, conventions, calendar);
    if (!span) return std::nullopt;
    Stated out{DaySet(Window{span->start.days.hull().first, span->end.days.hull().last}),
               span->start.doubtful || span->end.doubtful,
               {},
               {}};
    take_offsets(out, span->start);
    take_offsets(out, span->end);
    return out;
}

std::optional<StatedSpan> read_span(std::string_view s, const Conventions& conventions,
                                    time::Calendar calendar) {
    const Reading how{conventions, calendar};
    s = trimmed(s);
    const auto slash = s.find('/');
    if (slash == std::string_view::npos || s.front() == '[' || s.front() == '{') {
        const auto day = read_day(s, conventions, calendar);
        if (!day) return std::nullopt;
        return StatedSpan{*day, *day};
    }
    const auto a = end(s.substr(0, slash), how);
    const auto b = end(s.substr(slash + 1), how);
    if (!a || !b || b->days.hull().last < a->days.hull().first) return std::nullopt;
    return StatedSpan{*a, *b};
}

}  // namespace antinomy::verify
