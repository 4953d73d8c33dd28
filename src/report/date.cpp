#include "report/date.hpp"

#include <array>
#include <cstdint>
#include <ostream>

#include "report/chronology.hpp"
#include "report/json_parts.hpp"
#include "report/layout.hpp"
#include "time/conventions.hpp"

namespace antinomy::report {
namespace {

using Json = nlohmann::ordered_json;
using time::bounded;

constexpr std::int64_t kDays = 1000;          // counted in JSON; more are null
constexpr std::size_t kWindowsListed = 1000;  // of a set with holes

constexpr std::array<const char*, 12> kMonths = {"January",   "February", "March",    "April",
                                                 "May",       "June",     "July",     "August",
                                                 "September", "October",  "November", "December"};
constexpr std::array<const char*, 7> kWeekdays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                  "Friday", "Saturday", "Sunday"};

// -1: without end.
std::int64_t count(const time::DaySet& set) {
    std::int64_t n = 0;
    for (const auto& w : set.windows()) {
        if (!bounded(w.first) || !bounded(w.last)) return -1;
        n += w.last.value - w.first.value + 1;
    }
    return n;
}

std::string month_name(time::Day d) {
    return kMonths[static_cast<std::size_t>(time::to_civil(d).month - 1)];
}
std::string year_name(time::Day d) {
    const auto text = time::to_string(d);
    return text.substr(0, text.size() - 6);
}

// "from 2014-11-01 to 2014-11-30"
std::string from_to(const time::Window& w) {
    if (!bounded(w.first) && !bounded(w.last)) return "without any bound";
    if (!bounded(w.first)) return "on or before " + time::to_string(w.last);
    if (!bounded(w.last)) return "on or after " + time::to_string(w.first);
    if (w.single()) return "on " + time::to_string(w.first);
    return "from " + time::to_string(w.first) + " to " + time::to_string(w.last);
}

// What calendar stretch it names: "November 2014", "2014"; empty: none that words shorten.
std::string stretch(const time::Meaning& m, const time::Window& w) {
    if (m.approximate || !bounded(w.first) || !bounded(w.last)) return {};
    if (m.kind == "month") return month_name(w.first) + ' ' + year_name(w.first);
    if (m.kind == "year" && w.last.value - w.first.value < 366) return year_name(w.first);
    return {};
}

}  // namespace

std::string meaning_words(const time::Meaning& m) {
    if (!m.valid || m.days.empty()) return {};
    const auto hull = m.days.hull();
    if (m.period) {
        const auto& p = *m.period;
        return "a period: it starts " + from_to(p.start.days.hull()) + " and ends " +
               from_to(p.end.days.hull()) + ", not before it starts";
    }
    if (m.days.windows().size() > 1) return "one unknown day: " + days_words(m.days);
    if (hull.single()) {
        const auto c = time::to_civil(hull.first);
        return "the day " + time::to_string(hull.first) + ": " +
               kWeekdays[static_cast<std::size_t>(time::iso_weekday(hull.first) - 1)] + ", " +
               std::to_string(c.day) + ' ' + month_name(hull.first) + ' ' + year_name(hull.first);
    }
    const auto of = stretch(m, hull);
    return "one unknown day" + (of.empty() ? " " : " of " + of + ", ") + from_to(hull);
}

void print_meaning(std::ostream& out, const time::Meaning& m, const time::Conventions& conventions,
                   const Style& style) {
    out << paint(Tone::strong, one_line(m.input), style) << '\n';
    const auto line = [&](std::string_view text) {
        print_wrapped(out, "  ", Tone::plain, text, 4, style);
    };
    if (!m.valid) {
        print_wrapped(out, "  error: ", Tone::error, m.error, 4, style);
        if (!m.help.empty()) print_wrapped(out, "  help: ", Tone::frame, m.help, 4, style);
        return;
    }
    line(meaning_words(m));
    if (const auto n = count(m.days); n > 1 && !m.period)
        line("one of " + std::to_string(n) + " days");
    if (m.uncertain) line("doubtful (?): nothing is certain or impossible on it alone");
    if (m.approximate)
        line("about (~): widened by " + std::to_string(conventions.approximate_slack) +
             " days on both sides (policy approximate_slack)");
    if (!m.anchors.empty()) {
        std::string text = "relative to ";
        for (std::size_t i = 0; i < m.anchors.size(); ++i)
            text += (i == 0 ? "`" : ", `") + m.anchors[i] + '`';
        line(text + ", as dated by --anchor");
    }
    for (const auto& name : m.open)
        if (const auto c = time::convention_of(name)) {
            const auto& convention = time::kConventionTable[*c];
            line("counted both ways, which differ here: policy " + name + ", " +
                 convention.words[0] + " or " + convention.words[1]);
        }
    std::string form = "written: " + m.canonical;
    if (m.level) form += " (EDTF level " + std::to_string(*m.level) + ", " + m.kind + ")";
    line(form);
}

void print_meaning_json(std::ostream& out, const time::Meaning& m) {
    Json j;
    const auto hull = m.valid && !m.days.empty() ? m.days.hull() : time::Window{};
    const auto n = m.valid && !m.period ? count(m.days) : -1;
    j["input"] = m.input;
    j["canonical"] = m.canonical.empty() ? Json(nullptr) : Json(m.canonical);
    j["level"] = m.level ? Json(*m.level) : Json(nullptr);
    j["valid"] = m.valid;
    j["first"] = json_day(hull.first);
    j["last"] = json_day(hull.last);
    j["days"] = n >= 0 && n <= kDays ? Json(n) : Json(nullptr);
    j["uncertain"] = m.uncertain;
    j["approximate"] = m.approximate;
    j["kind"] = m.kind.empty() ? Json(nullptr) : Json(m.kind);
    j["error"] = m.error.empty() ? Json(nullptr) : Json(m.error);
    j["help"] = m.help.empty() ? Json(nullptr) : Json(m.help);
    j["words"] = m.valid ? Json(meaning_words(m)) : Json(nullptr);
    j["windows"] =
        m.valid && m.days.windows().size() <= kWindowsListed ? json_days(m.days) : Json(nullptr);
    if (!m.open.empty()) j["turns_on"] = m.open;
    if (m.period) {
        const auto& p = *m.period;
        j["start"] = json_days(p.start.days);
        j["end"] = json_days(p.end.days);
    }
    out << json_text(j, -1) << '\n';
}

}  // namespace antinomy::report
