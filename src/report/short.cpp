#include "report/short.hpp"

#include <ostream>

#include "report/excerpt.hpp"
#include "report/phrases.hpp"
#include "report/terminal.hpp"

namespace antinomy::report {

std::string short_words(const check::Finding& f) {
    return ": " + std::string(check::word(f.severity)) + '[' + one_line(f.rule) + "] " +
           one_line(f.message) + " (" + verdict_words(f) + ')';
}

std::string short_line(const check::Finding& f, const std::string& file,
                       const text::SourceMap& sources, const std::string& words) {
    std::string out;
    if (!f.places.empty()) out = place_words(sources, f.places[0].span);
    if (out.empty()) out = sanitize(file);
    out += words;
    if (const auto mark = baseline_mark(f); !mark.empty()) (out += ' ') += mark;
    return out;
}

std::string short_line(const check::Finding& f, const std::string& file,
                       const text::SourceMap& sources) {
    return short_line(f, file, sources, short_words(f));
}

std::string short_line(const text::Diagnostic& d, const text::SourceMap& sources) {
    const auto place = place_words(sources, d.span);
    std::string out = place.empty() ? sanitize(d.where) : place;
    out += d.level == text::Level::error     ? ": error["
           : d.level == text::Level::warning ? ": warning["
                                             : ": note[";
    out += one_line(d.code) + "] " + one_line(d.message);
    if (!d.help.empty()) out += "; help: " + one_line(d.help);
    return out;
}

std::string gap_words(const check::Gap& g) {
    // A path names its record itself.
    const bool path = g.field.find('.') != std::string::npos;
    return '`' + one_line(g.field) + (path ? "` for " : "` of ") + one_line(g.at);
}

std::string short_line(const check::Gap& g, const std::string& file,
                       const text::SourceMap& sources) {
    const auto place = place_words(sources, g.span);
    std::string out = (place.empty() ? sanitize(file) : place) + ": gap[" + one_line(g.rule) +
                      "] " + one_line(g.case_id) + ": " + gap_words(g) + " is not stated";
    if (!g.accounts.empty())
        out += (g.accounts.size() == 1 ? "; account: " : "; accounts: ") + list_words(g.accounts);
    if (!g.burden.empty()) out += "; the burden is on " + one_line(g.burden);
    if (!g.pending.empty()) out += "; it has not come: pending " + one_line(g.pending);
    return out;
}

void print_short(std::ostream& out, const check::Result& result, const text::SourceMap& sources,
                 std::size_t most) {
    std::size_t told = 0;
    std::size_t held_back = 0;
    for (const check::CaseResult& c : result.cases)
        for (const check::Finding* f : in_order(c)) {
            if (most > 0 && told == most) {
                ++held_back;
                continue;
            }
            ++told;
            out << short_line(*f, c.file, sources) << '\n';
        }
    if (held_back > 0)
        out << count_words(held_back, "more finding") << " not shown (--max-findings " << most
            << ")\n";
}

}  // namespace antinomy::report
