#include "report/text.hpp"

#include <algorithm>
#include <ostream>

#include "report/chronology.hpp"
#include "report/layout.hpp"
#include "report/phrases.hpp"
#include "report/questions.hpp"

namespace antinomy::report {
namespace {

constexpr std::size_t kProofLines = 6;
constexpr std::size_t kTurning = 2;
constexpr std::size_t kResolutions = 4;
constexpr std::size_t kContrary = 4;
constexpr std::size_t kInferred = 8;
constexpr std::size_t kGaps = 12;

void print_heading(std::ostream& out, std::string_view title, const Style& style) {
    print_wrapped(out, style.unicode ? "── " : "-- ", Tone::frame, title, 3, style, Tone::strong);
}

void print_inferred(std::ostream& out, const check::CaseResult& c, const Style& style) {
    if (c.inferred.empty()) return;
    print_heading(out, "dates that follow from the statements", style);
    for (std::size_t i = 0; i < c.inferred.size(); ++i) {
        if (i == kInferred) {
            out << "   +" << c.inferred.size() - kInferred << " more\n";
            break;
        }
        const check::Inferred& d = c.inferred[i];
        std::string text = '`' + d.path + '`';
        text += d.stated.empty() ? ", not stated" : ", stated as " + d.stated;
        text += ": " + days_words(d.days);
        if (!d.account.empty()) text += " (account: " + d.account + ')';
        if (!d.from.empty()) text += "; from " + some_names(d.from, 4);
        print_wrapped(out, "   - ", Tone::frame, text, 5, style);
    }
    out << '\n';
}

// The shortest proof: its steps; without steps its sentences, if they are few.
void print_because(std::ostream& out, const check::Finding& f, int gutter, const Style& style) {
    const auto lines = because_lines(f, kProofLines);
    if (lines.empty()) return;
    print_item(out, gutter, "because", "", style);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i == kProofLines && lines.size() > kProofLines + 1) {
            print_bullet(out, gutter,
                         std::to_string(lines.size() - i) + " more steps, see the explanation",
                         style);
            break;
        }
        print_bullet(out, gutter, lines[i], style);
    }
}

void print_details(std::ostream& out, const check::CaseResult& c, const Style& style) {
    print_inferred(out, c, style);
    print_gaps(out, c, style);
}

// Never left out: what was silenced, what was not done.
void print_remarks(std::ostream& out, const check::CaseResult& c, const Style& style) {
    bool any = false;
    for (const check::Finding* f : in_order(c, true)) {
        std::string text(check::word(f->severity));
        text += '[' + f->rule + "] at " + f->at + " (" + verdict_words(*f) +
                "): " + suppressed_words(*f);
        print_wrapped(out, "suppressed: ", Tone::faint, text, 4, style);
        any = true;
    }
    for (const std::string& note : c.notes) {
        print_wrapped(out, "note: ", Tone::info, note, 4, style);
        any = true;
    }
    for (const check::Undecided& u : c.undecided) {
        print_wrapped(out, "undecided: ", Tone::warning, u.rule + " at " + u.at + ": " + u.why, 4,
                      style);
        any = true;
    }
    if (any) out << '\n';
}

}  // namespace

void print_finding(std::ostream& out, const check::Finding& f, const text::SourceMap& sources,
                   const Style& style, const TextOptions& options) {
    const int gutter = print_places(out, f, sources, style);
    if (options.timeline) print_timeline(out, f, gutter, style);
    print_because(out, f, gutter, style);
    print_turning(out, f, gutter, kTurning, style);
    if (f.verdict == check::Verdict::possible && (f.turning.empty() || !f.turning_note.empty()))
        print_witnesses(out, f, gutter, style);
    std::string basis;
    for (const check::Basis& b : f.basis) basis += (basis.empty() ? "" : "; ") + basis_words(b);
    if (!basis.empty()) print_item(out, gutter, "basis", basis, style);
    std::string notes;
    for (const std::string& s : f.sources_note) notes += (notes.empty() ? "" : "; ") + s;
    if (!notes.empty()) print_item(out, gutter, "sources", notes, style);
    std::string exceptions;
    for (const check::ExceptionLooked& e : f.exceptions)
        exceptions += (exceptions.empty() ? "" : "; ") + exception_words(e);
    if (!exceptions.empty()) print_item(out, gutter, "exceptions looked at", exceptions, style);
    if (!f.contrary.empty()) {
        print_item(out, gutter, "the file also has", "", style);
        for (std::size_t i = 0; i < f.contrary.size(); ++i) {
            if (i == kContrary) {
                print_bullet(out, gutter,
                             std::to_string(f.contrary.size() - i) + " more, see the explanation",
                             style);
                break;
            }
            print_bullet(out, gutter, contrary_words(f.contrary[i]), style);
        }
    }
    if (!f.burden.empty())
        print_item(out, gutter, "burden",
                   "on " + f.burden +
                       (f.verdict == check::Verdict::possible
                            ? "; what stays open counts against that side"
                            : ""),
                   style);
    if (!f.help.empty()) print_item(out, gutter, "help", f.help, style);
    if (!f.resolve.empty()) {
        print_item(out, gutter,
                   f.verdict == check::Verdict::certain ? "no longer certain" : "it would change",
                   "", style);
        for (std::size_t i = 0; i < f.resolve.size(); ++i) {
            if (i == kResolutions) {
                print_bullet(out, gutter,
                             std::to_string(f.resolve.size() - i) + " more, see the explanation",
                             style);
                break;
            }
            print_bullet(out, gutter, resolution_words(f.resolve[i]), style);
        }
    }
    if (!f.fingerprint.empty() && options.explain_beside.empty()) {
        print_item(out, gutter, "explain", "antinomy explain " + f.fingerprint, style);
    } else if (!f.fingerprint.empty()) {
        // A command to be copied: in one piece, whatever the width.
        out << spaces(gutter + 1) << paint(Tone::frame, "= explain: ", style) << "antinomy explain "
            << f.fingerprint << ' ' << sanitize(options.explain_beside) << '\n';
    }
    out << '\n';
}

void print_gaps(std::ostream& out, const check::CaseResult& c, const Style& style) {
    if (c.gaps.empty()) return;
    const Questions asked = questions(c);
    print_heading(out,
                  "what to find out (" + count_words(asked.facts, "fact") +
                      " that rules ask for and the file does not hold)",
                  style);
    for (std::size_t i = 0; i < asked.lines.size(); ++i) {
        if (i == kGaps) {
            out << "   +" << asked.lines.size() - kGaps << " more\n";
            break;
        }
        print_wrapped(out, "   - ", Tone::frame, asked.lines[i], 5, style);
    }
    out << '\n';
}

void print_summary(std::ostream& out, const check::Result& result, const Style& style) {
    const Tally t = tally(result);
    std::string text;
    std::size_t certain = 0;
    if (result.cases.empty()) {
        text = "no case was checked";
    } else if (t.findings == 0) {
        text = "no findings in " + count_words(result.cases.size(), "case") +
               "; silence is no clearance";
    } else {
        text = count_words(t.findings, "finding") + " in " + std::to_string(t.cases_with_findings) +
               " of " + count_words(result.cases.size(), "case") + ": ";
        bool first = true;
        for (std::size_t s = 0; s < 4; ++s) {
            const std::size_t n = t.certain[s] + t.possible[s];
            certain += t.certain[s];
            if (n == 0) continue;
            if (!first) text += ", ";
            first = false;
            const auto word = check::word(static_cast<check::Severity>(s));
            text += s < 2 ? count_words(n, word) : std::to_string(n) + ' ' + std::string(word);
        }
        text += " (" + std::to_string(certain) + " certain, " +
                std::to_string(t.findings - certain) + " possible)";
    }
    print_wrapped(out, "", Tone::plain, text, 2, style, Tone::strong);
    text.clear();
    const auto add = [&](std::string part) {
        text += (text.empty() ? "" : ", ") + std::move(part);
    };
    if (t.gaps > 0) add(count_words(t.gaps, "gap"));
    if (t.suppressed > 0) add(std::to_string(t.suppressed) + " suppressed");
    if (result.baselined) {
        add(std::to_string(t.old) + " in the baseline");
        if (t.stronger > 0) add(std::to_string(t.stronger) + " there as possible");
        add(std::to_string(t.findings - t.old - t.stronger) + " new");
        if (!result.gone.empty()) add(std::to_string(result.gone.size()) + " gone");
    }
    if (result.variants_left_out > 0)
        add(count_words(result.variants_left_out, "variant") + " left out");
    if (result.rules > 0) add(count_words(result.rules, "rule"));
    if (!text.empty()) print_wrapped(out, "", Tone::plain, text, 2, style);
    if (!result.off.empty())
        print_wrapped(
            out,
            count_words(result.off.size(), "rule") + " turned off by a pack or antinomy.yaml: ",
            Tone::plain, list_words(result.off), 2, style);
    // A few are told by name; of a whole library most have nothing to say of one case.
    constexpr std::size_t kNamed = 12;
    if (result.not_applicable.size() > kNamed)
        print_wrapped(out, "", Tone::plain,
                      count_words(result.not_applicable.size(), "rule") +
                          " applied to nothing (`--format json` names them)",
                      2, style);
    else if (!result.not_applicable.empty())
        print_wrapped(out,
                      count_words(result.not_applicable.size(), "rule") + " applied to nothing: ",
                      Tone::plain, list_words(result.not_applicable), 2, style);
    if (t.undecided > 0)
        print_wrapped(
            out, "", Tone::plain,
            count_words(t.undecided, "question") + " undecided: not everything could be checked", 2,
            style, Tone::warning);
}

namespace {

void print_gone(std::ostream& out, const check::Result& result, const Style& style) {
    for (const check::Gone& g : result.gone)
        print_wrapped(out, "gone: ", Tone::faint,
                      one_line(g.rule) + " at " + one_line(g.at) + " in " + one_line(g.case_id) +
                          " (" + std::string(check::word(g.verdict)) + "): " + one_line(g.message),
                      4, style);
    if (!result.gone.empty()) out << '\n';
}

bool same_words(const check::Finding& a, const check::Finding& b) {
    return a.baseline == b.baseline && a.rule == b.rule && a.verdict == b.verdict &&
           a.message == b.message && a.accounts == b.accounts;
}

}  // namespace

void print_text(std::ostream& out, const check::Result& result, const text::SourceMap& sources,
                const Style& style, const TextOptions& options) {
    if (options.head) {
        for (const std::string& line : wrap(preamble(), style.width)) out << line << '\n';
        out << '\n';
    }
    std::size_t printed = 0;
    std::size_t held_back = 0;
    for (const check::CaseResult& c : result.cases) {
        const auto findings = in_order(c);
        const bool details = options.details && (!c.gaps.empty() || !c.inferred.empty());
        const bool silent =
            c.findings.empty() && !details && c.notes.empty() && c.undecided.empty();
        // Of a data set, the cases with nothing to say are only counted.
        if (silent && result.cases.size() > 1) continue;
        const std::string mark = style.unicode ? "══ " : "== ";
        std::string title = one_line(c.title.empty() ? c.id : c.title);
        if (!c.title.empty()) title += " (" + one_line(c.id) + ')';
        print_wrapped(out, mark, Tone::frame, title, 3, style, Tone::strong);
        out << "   " << sanitize(c.file) << "\n\n";
        if (findings.empty())
            print_wrapped(out, "", Tone::plain,
                          "No finding under the rules that applied; silence is no clearance.", 0,
                          style),
                out << '\n';
        for (const check::Finding* f : findings) {
            if (options.max_findings > 0 && printed == options.max_findings) {
                ++held_back;
                continue;
            }
            ++printed;
            // The same sentence about another record of the same kind: told once, and where else it
            // holds.
            const auto told =
                std::find_if(findings.begin(), findings.end(),
                             [&](const check::Finding* x) { return same_words(*x, *f); });
            if (*told != f) continue;
            print_finding(out, *f, sources, style, options);
            for (const check::Finding* other : findings)
                if (other != f && same_words(*f, *other))
                    print_wrapped(out, "   ", Tone::plain,
                                  "the same at `" + one_line(other->at) + "`: antinomy explain " +
                                      other->fingerprint,
                                  7, style);
            if (std::any_of(findings.begin(), findings.end(),
                            [&](const check::Finding* x) { return x != f && same_words(*f, *x); }))
                out << '\n';
        }
        if (options.details) print_details(out, c, style);
        print_remarks(out, c, style);
    }
    if (held_back > 0)
        out << count_words(held_back, "more finding") << " not shown (--max-findings "
            << options.max_findings << ")\n\n";
    print_gone(out, result, style);
    if (options.summary) print_summary(out, result, style);
}

}  // namespace antinomy::report
