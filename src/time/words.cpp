#include "time/words.hpp"

#include <array>
#include <string_view>

namespace antinomy::time {

namespace {

constexpr std::size_t kStretches = 4;  // told one by one

constexpr std::int64_t kFirstYear = 0;  // that `XXXX` can be
constexpr std::int64_t kLastYear = 9999;

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

std::string month(int m) {
    return std::string(kMonths[static_cast<std::size_t>(m - 1)]);
}

// The part of a year that a window is: "5 March", "March", "1 March to 15 March"; empty: it is of
// several years, or has no bound.
std::string part_of_year(Window w) {
    if (!bounded(w.first) || !bounded(w.last)) return {};
    const auto a = to_civil(w.first);
    const auto b = to_civil(w.last);
    if (a.year != b.year) return {};
    const auto first = std::to_string(a.day) + ' ' + month(a.month);
    if (w.single()) return first;
    const bool whole = a.day == 1 && b.day == days_in_month(b.year, b.month);
    if (whole && a.month == b.month) return month(a.month);
    if (whole) return month(a.month) + " to " + month(b.month);
    return first + " to " + std::to_string(b.day) + ' ' + month(b.month);
}

std::string of_which_year(std::int64_t first, std::int64_t last) {
    const bool from = first > kFirstYear;
    const bool to = last < kLastYear;
    if (first == last) return " of " + std::to_string(first);
    return std::string(" of an unknown year") +
           (from && to ? " from " + std::to_string(first) + " to " + std::to_string(last)
            : from     ? ", " + std::to_string(first) + " or later"
            : to       ? ", " + std::to_string(last) + " or earlier"
                       : "");
}

std::string stretch(Window w) {
    // What `XXXX` alone can be.
    if (bounded(w.first) && bounded(w.last) && to_civil(w.first).year <= kFirstYear &&
        to_civil(w.last).year >= kLastYear)
        return "on an unknown day";
    if (w.single()) return to_string(w.first);
    if (!bounded(w.first) && !bounded(w.last)) return "on an unknown day";
    if (!bounded(w.first)) return "on or before " + to_string(w.last);
    if (!bounded(w.last)) return "on or after " + to_string(w.first);
    return "between " + to_string(w.first) + " and " + to_string(w.last);
}

// As the day that something begins or ends: "2019-05-15", "a day between 2019-05-01 and
// 2019-05-31".
std::string point(const DaySet& days) {
    const auto words = when_words(days);
    return !days.empty() && days.windows().size() == 1 && days.hull().single() ? words
                                                                               : "a day " + words;
}

bool no_bound(const DaySet& days) {
    return days.empty() || (!bounded(days.hull().first) && !bounded(days.hull().last));
}

// Of an end that has no day.
std::string_view missing(const grammar::EdtfEnd& end) {
    return end.kind == grammar::EdtfEnd::Kind::open      ? "not stated"
           : end.kind == grammar::EdtfEnd::Kind::unknown ? "not known"
                                                         : "";
}

}  // namespace

std::string recurring_words(const DaySet& days) {
    const auto& windows = days.windows();
    if (windows.size() <= kStretches) return {};
    const auto hull = days.hull();
    if (!bounded(hull.first) || !bounded(hull.last)) return {};
    const auto first = to_civil(hull.first);
    const auto last = to_civil(hull.last);
    const auto part = part_of_year(windows.front());
    bool same_part = !part.empty();
    bool same_day = windows.front().single();
    bool each_year = true;
    auto year = first.year - 1;
    for (const auto& w : windows) {
        if (!bounded(w.first) || !bounded(w.last)) return {};
        const auto c = to_civil(w.first);
        same_part = same_part && part_of_year(w) == part;
        same_day = same_day && w.single() && c.day == first.day;
        // 29 February comes back in some.
        each_year = each_year && (c.year == year + 1 || (first.month == 2 && first.day == 29));
        year = c.year;
    }
    if (same_part && each_year) return part + of_which_year(first.year, last.year);
    // Of each year most months, whichever have that day.
    if (same_day && windows.size() >= static_cast<std::size_t>(last.year - first.year + 1) * 7)
        return "day " + std::to_string(first.day) + " of an unknown month" +
               of_which_year(first.year, last.year);
    return {};
}

Window said_hull(const DaySet& days) {
    auto out = days.hull();
    const bool one = bounded(out.first) && bounded(out.last) &&
                     to_civil(out.first).year <= kFirstYear && to_civil(out.last).year >= kLastYear;
    if (!one && recurring_words(days).empty()) return out;
    if (to_civil(out.first).year == kFirstYear) out.first = kEver;
    if (to_civil(out.last).year == kLastYear) out.last = kForever;
    return out;
}

std::string when_words(const DaySet& days) {
    if (days.empty()) return "on an unknown day";
    const auto& windows = days.windows();
    if (const auto recurring = recurring_words(days); !recurring.empty())
        return (windows.front().single() ? "on " : "in ") + recurring;
    if (windows.size() > kStretches)
        return stretch(days.hull()) + ", in one of " + std::to_string(windows.size()) +
               " stretches of days";
    std::string out;
    for (std::size_t i = 0; i < windows.size(); ++i)
        out += (i == 0 ? "" : i + 1 == windows.size() ? ", or " : ", ") + stretch(windows[i]);
    return out;
}

std::string period_words(const StatedPeriod& p, const grammar::Edtf& written) {
    const auto* interval = std::get_if<grammar::EdtfInterval>(&written);
    if (interval == nullptr) {
        const auto& days = p.start.days;
        if (no_bound(days)) return "start and end not known";
        const auto& windows = days.windows();
        if (windows.size() > 1) return "its first and its last day each " + when_words(days);
        const auto hull = days.hull();
        if (hull.single()) return "on " + to_string(hull.first);
        if (!bounded(hull.first)) return "all of it " + stretch(hull);
        if (!bounded(hull.last)) return "all of it " + stretch(hull);
        return "within " + to_string(hull.first) + " to " + to_string(hull.last);
    }
    const auto no_start = missing(interval->start);
    const auto no_end = missing(interval->end);
    if (!no_start.empty() && !no_end.empty())
        return no_start == no_end
                   ? "start and end " + std::string(no_start)
                   : "start " + std::string(no_start) + ", end " + std::string(no_end);
    if (!no_end.empty()) return "from " + point(p.start.days) + " on, end " + std::string(no_end);
    if (!no_start.empty()) return "until " + point(p.end.days) + ", start " + std::string(no_start);
    return "from " + point(p.start.days) + " to " + point(p.end.days);
}

}  // namespace antinomy::time
