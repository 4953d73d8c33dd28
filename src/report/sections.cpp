#include "report/sections.hpp"

#include <limits>
#include <utility>

#include "report/phrases.hpp"
#include "report/terminal.hpp"

namespace antinomy::report {
namespace {

std::vector<std::string> safe(std::vector<std::string> lines) {
    for (std::string& line : lines) line = one_line(line);
    return lines;
}

}  // namespace

std::vector<Section> sections(const check::Finding& f) {
    using check::Verdict;
    std::vector<Section> out;
    const auto add = [&](std::string title, std::vector<std::string> lines, bool steps = false) {
        if (!lines.empty()) out.push_back({std::move(title), safe(std::move(lines)), steps});
    };
    std::vector<std::string> lines;
    const auto flush = [&](std::string title) { add(std::move(title), std::exchange(lines, {})); };

    for (const check::AccountBlock& b : f.blocks) {
        check::Finding part;  // for the words of a verdict with its given
        part.verdict = b.verdict;
        part.given = b.given;
        lines.push_back('`' + one_line(b.account) + "`: " + one_line(b.message) + " (`" +
                        one_line(b.rule) + "`, " + verdict_words(part) + ')');
    }
    flush("by account");
    add("because", because_lines(f, std::numeric_limits<std::size_t>::max()), true);
    lines = turning_dates(f);
    for (const check::Turn& t : f.turns_on) lines.push_back(t.text);
    if (!f.turning_note.empty()) lines.push_back(f.turning_note);
    flush("turns on");
    if (f.verdict == Verdict::possible && (f.turning.empty() || !f.turning_note.empty()))
        add("datings that the statements leave open", witness_lines(f));
    for (const check::Basis& b : f.basis) lines.push_back(basis_words(b));
    flush("basis");
    add("sources", f.sources_note);
    for (const check::ExceptionLooked& e : f.exceptions) lines.push_back(exception_words(e));
    flush("exceptions looked at");
    for (const check::Contrary& c : f.contrary) lines.push_back(contrary_words(c));
    flush("the file also has");
    if (!f.burden.empty())
        add("burden",
            {"on " + f.burden +
             (f.verdict == Verdict::possible ? "; what stays open counts against that side" : "")});
    if (!f.help.empty()) add("help", {f.help});
    for (const check::Resolution& r : f.resolve) lines.push_back(resolution_words(r));
    flush(f.verdict == Verdict::certain ? "no longer certain" : "it would change");
    return out;
}

}  // namespace antinomy::report
