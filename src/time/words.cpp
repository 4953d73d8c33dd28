#include "time/words.hpp"

namespace antinomy::time {

namespace {

constexpr std::size_t kStretches = 4;  // told one by one

std::string stretch(Window w) {
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

std::string when_words(const DaySet& days) {
    if (days.empty()) return "on an unknown day";
    const auto& windows = days.windows();
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
