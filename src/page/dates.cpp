#include "page/dates.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "time/words.hpp"

namespace antinomy::page {

using time::bounded;
using time::Civil;
using time::Day;
using time::Window;

namespace {

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

std::string month(const Civil& c, Months how) {
    const auto name = kMonths[static_cast<std::size_t>(c.month - 1)];
    return std::string(how == Months::full ? name : name.substr(0, 3));
}

std::string year(const Civil& c) {
    return c.year > 0 ? std::to_string(c.year) : std::to_string(1 - c.year) + " BCE";
}

}  // namespace

std::string day_words(Day d, Months how) {
    const auto c = time::to_civil(d);
    return std::to_string(c.day) + ' ' + month(c, how) + ' ' + year(c);
}

std::string window_words(const Window& w, Months how) {
    if (!bounded(w.first) && !bounded(w.last)) return "any day";
    if (!bounded(w.first)) return "not after " + day_words(w.last, how);
    if (!bounded(w.last)) return "not before " + day_words(w.first, how);
    if (w.single()) return day_words(w.first, how);
    const auto a = time::to_civil(w.first);
    const auto b = time::to_civil(w.last);
    if (a.year != b.year) return day_words(w.first, how) + " to " + day_words(w.last, how);
    const bool from_first = a.day == 1;
    const bool to_last = b.day == time::days_in_month(b.year, b.month);
    if (a.month == b.month) {
        if (from_first && to_last) return month(a, how) + ' ' + year(a);
        return std::to_string(a.day) + " to " + day_words(w.last, how);
    }
    if (a.month == 1 && b.month == 12 && from_first && to_last) return year(a);
    return std::to_string(a.day) + ' ' + month(a, how) + " to " + day_words(w.last, how);
}

std::string windows_words(const time::DaySet& days) {
    if (auto recurring = time::recurring_words(days); !recurring.empty()) return recurring;
    if (days.empty() || days.windows().size() > 1) return windows_words(days.windows());
    return window_words(time::said_hull(days));
}

std::string windows_words(const std::vector<Window>& windows, Months how, std::size_t most) {
    std::string out;
    for (std::size_t i = 0; i < windows.size(); ++i) {
        if (i == most && windows.size() > most + 1)
            return out + " or one of " + std::to_string(windows.size() - most) + " more stretches";
        out += (i == 0 ? "" : " or ") + window_words(windows[i], how);
    }
    return out;
}

std::string days_count(std::int64_t n) {
    return std::to_string(n) + (n == 1 ? " day" : " days");
}

bool said_by_itself(const check::ChronologyPoint& p) {
    return !p.statements.empty() && p.explained && !p.because.empty() &&
           std::all_of(p.because.begin(), p.because.end(), [&](const check::Proof& proof) {
               return proof.requirements.empty() &&
                      std::all_of(proof.facts.begin(), proof.facts.end(),
                                  [&](const check::Fact& f) { return f.path == p.path; });
           });
}

}  // namespace antinomy::page
