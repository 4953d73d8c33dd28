#include "report/github.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <string_view>
#include <tuple>
#include <vector>

#include "report/markdown_text.hpp"
#include "report/phrases.hpp"
#include "report/place.hpp"

namespace antinomy::report {
namespace {

constexpr std::size_t kMost = 10;  // annotations of a kind and step
constexpr std::array<std::string_view, 3> kKinds = {"error", "warning", "notice"};

// As actions/toolkit escapes the text of a command, and of its properties.
std::string escaped(std::string_view text, bool property) {
    std::string out;
    for (const char c : sanitize(text)) {
        if (c == '%')
            out += "%25";
        else if (property && c == ':')
            out += "%3A";
        else if (property && c == ',')
            out += "%2C";
        else
            out += c;
    }
    return out;
}

struct Told {
    const check::Finding* finding;
    const check::CaseResult* of;
};

std::size_t kind_of(check::Severity s) {
    return std::min<std::size_t>(static_cast<std::size_t>(s), 2);
}

// All that are not suppressed: those that count first, then by severity and verdict.
std::vector<Told> worst_first(const Report& r) {
    std::vector<Told> all;
    for (const check::CaseResult& c : r.result.cases)
        for (const check::Finding* f : in_order(c)) all.push_back({f, &c});
    std::stable_sort(all.begin(), all.end(), [&](const Told& a, const Told& b) {
        const auto key = [&](const Told& t) {
            return std::tuple(!r.threshold.counts(*t.finding),
                              t.finding->baseline == check::Baseline::old, t.finding->severity,
                              t.finding->verdict);
        };
        return key(a) < key(b);
    });
    return all;
}

std::string command(std::string_view kind, const Where& w, bool placed, std::string_view title,
                    std::string_view message) {
    std::string out = "::";
    out += kind;
    out += ' ';
    if (!w.file.empty()) {
        out += "file=" + escaped(w.file, true) + ',';
        if (placed) {
            out += "line=" + std::to_string(w.line) + ",endLine=" + std::to_string(w.end_line) +
                   ",col=" + std::to_string(w.column);
            // Of more lines than one GitHub refuses columns' ends.
            if (w.end_line == w.line) out += ",endColumn=" + std::to_string(w.end_column);
            out += ',';
        }
    }
    out += "title=" + escaped(title, true) + "::";
    return out + escaped(message, false) + '\n';
}

std::string title_of(const check::Finding& f) {
    std::string out(check::word(f.severity));
    out += '[' + one_line(f.rule) + "] " + verdict_words(f);
    if (f.baseline == check::Baseline::old) out += ", in the baseline";
    return out;
}

std::string head_words(const Report& r) {
    const Tally t = tally(r.result);
    if (r.result.cases.empty()) return "no case was checked";
    if (t.findings == 0)
        return "no findings in " + count_words(r.result.cases.size(), "case") +
               "; silence is no clearance";
    std::size_t certain = 0;
    for (const std::size_t n : t.certain) certain += n;
    return count_words(t.findings, "finding") + " in " + std::to_string(t.cases_with_findings) +
           " of " + count_words(r.result.cases.size(), "case") + " (" + std::to_string(certain) +
           " certain, " + std::to_string(t.findings - certain) + " possible)";
}

}  // namespace

void print_github(std::ostream& out, const Report& r) {
    std::array<std::vector<std::string>, 3> lines;
    for (const text::Diagnostic& d : r.problems.items()) {
        const std::size_t kind = d.level == text::Level::error     ? 0
                                 : d.level == text::Level::warning ? 1
                                                                   : 2;
        std::string message = one_line(d.message);
        if (!d.help.empty()) message += "; help: " + one_line(d.help);
        lines[kind].push_back(command(kKinds[kind], where(r, d.span, d.where), d.span.valid(),
                                      "input[" + one_line(d.code) + ']', message));
    }
    for (const Told& t : worst_first(r)) {
        const check::Finding& f = *t.finding;
        const text::Span span = f.places.empty() ? text::Span{} : f.places[0].span;
        std::string message = one_line(f.message);
        if (const auto given = given_words(f); !given.empty()) message += "; " + given;
        message += " (" + accounts_words(f) + ')';
        lines[kind_of(f.severity)].push_back(command(kKinds[kind_of(f.severity)],
                                                     where(r, span, t.of->file), span.valid(),
                                                     title_of(f), message));
    }
    for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
        const auto& all = lines[kind];
        // The last place is for the count, where there are more.
        const std::size_t shown = all.size() > kMost ? kMost - 1 : all.size();
        for (std::size_t i = 0; i < shown; ++i) out << all[i];
        if (shown < all.size())
            out << command(kKinds[kind], {}, false, "antinomy",
                           count_words(all.size() - shown, "more " + std::string(kKinds[kind])) +
                               " not shown: GitHub shows " + std::to_string(kMost) +
                               " of a kind. The summary of the step lists them");
    }
}

std::string github_summary(const Report& r, std::size_t most_bytes) {
    std::string out = "## Antinomy: " + markdown_text(head_words(r)) + "\n\n" +
                      markdown_text(preamble()) + "\n\n";
    std::size_t errors = 0;
    for (const text::Diagnostic& d : r.problems.items()) {
        if (d.level != text::Level::error) continue;
        if (errors++ == 0) out += "**Not everything could be checked:**\n\n";
        if (out.size() > most_bytes) continue;
        const Where w = where(r, d.span, d.where);
        std::string place = w.file;
        if (d.span.valid()) place += ':' + std::to_string(w.line);
        out += "- " + markdown_code(place) + ": " + markdown_text(d.message) + " (" +
               markdown_code(d.code) + ")\n";
    }
    if (errors > 0) out += '\n';
    const auto all = worst_first(r);
    std::size_t shown = 0;
    for (const Told& t : all) {
        const check::Finding& f = *t.finding;
        const Where w = where(r, f.places.empty() ? text::Span{} : f.places[0].span, t.of->file);
        std::string verdict = std::string(check::word(f.severity)) + ", " + verdict_words(f);
        if (f.baseline == check::Baseline::old) verdict += ", in the baseline";
        std::string row = "| " + std::to_string(shown + 1) + " | " + markdown_cell(verdict) +
                          " | " + markdown_cell(f.message) + " | " +
                          markdown_cell_code(w.file + ':' + std::to_string(w.line)) + " | " +
                          markdown_cell_code(f.rule) + " | " + markdown_cell_code(f.fingerprint) +
                          " |\n";
        if (out.size() + row.size() > most_bytes) break;
        if (shown++ == 0)
            out +=
                "| | | finding | place | rule | fingerprint |\n"
                "|--:|---|---|---|---|---|\n";
        out += row;
    }
    if (shown > 0) out += '\n';
    if (shown < all.size())
        out += count_words(all.size() - shown, "more finding") + " not listed here.\n\n";
    if (const Tally t = tally(r.result); t.suppressed + t.gaps > 0)
        out += std::to_string(t.suppressed) + " suppressed; " + count_words(t.gaps, "fact") +
               " that rules ask for and the files do not hold.\n\n";
    return out;
}

}  // namespace antinomy::report
