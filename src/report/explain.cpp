#include "report/explain.hpp"

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>

#include "report/chronology.hpp"
#include "report/layout.hpp"
#include "report/phrases.hpp"

namespace antinomy::report {
namespace {

class Explanation {
public:
    Explanation(std::ostream& out, const check::Finding& f, const text::SourceMap& sources,
                const Style& style)
        : out_(out), f_(f), sources_(sources), style_(style) {}

    void heading(std::string_view title) {
        out_ << '\n';
        print_wrapped(out_, style_.unicode ? "── " : "-- ", Tone::frame, title, 3, style_,
                      Tone::strong);
    }
    void line(std::string_view begin, std::string_view text, int hang = 5) {
        print_wrapped(out_, begin, Tone::frame, text, hang, style_);
    }
    void bullet(std::string_view text) { line("   - ", text); }
    void numbered(std::size_t n, std::string_view text) {
        std::string begin = std::to_string(n) + ". ";
        begin = spaces(6 - static_cast<int>(begin.size())) + begin;
        line(begin, text, 6);
    }

    void fact(std::size_t n, const check::Fact& f) {
        std::string text = '`' + f.path + "`: " + f.value;
        if (f.is_date && !(f.days.single() && time::to_string(f.days) == f.value)) {
            if (f.when.empty())
                text +=
                    (f.days.single() ? ", that is " : ", a day within ") + time::to_string(f.days);
            else
                text += ", " + f.when;
        }
        if (f.doubtful) text += " (doubtful)";
        numbered(n, text);
        std::string who =
            f.account.empty() ? "not tied to an account" : "account `" + f.account + '`';
        if (!f.speaker.empty()) who += ", said by " + f.speaker;
        if (f.state == "unchallenged")
            who +=
                ", unchallenged: " + check::others_words(f.others, [](const std::string& account) {
                    return '`' + one_line(account) + '`';
                });
        else if (!f.state.empty())
            who += ", " + f.state;
        who += f.source.empty() ? "; no source given" : "; source `" + f.source + '`';
        line(spaces(6), who, 6);
        if (!f.quote.empty()) {
            const char* open = style_.unicode ? "“" : "\"";
            const char* close = style_.unicode ? "”" : "\"";
            line(spaces(6), open + f.quote + close, 6);
        }
        if (f.span.valid()) out_ << spaces(6) << place_words(sources_, f.span) << '\n';
    }

    void requirement(std::size_t n, const check::Requirement& r) {
        std::string text = "required by ";
        if (r.rule == "order")
            text = "an order line: ";
        else if (r.rule == "always")
            text = "by meaning: ";
        else
            text += r.rule + ": ";
        numbered(n, text + '`' + r.text + '`');
        if (r.span.valid()) out_ << spaces(6) << place_words(sources_, r.span) << '\n';
    }

    void steps(const std::vector<check::Step>& list) {
        for (const check::Step& s : list) {
            std::string text = step_words(s);
            std::string from;
            for (const std::size_t i : s.because)
                from += (from.empty() ? "" : ", ") + std::to_string(i + 1);
            if (!from.empty()) text += " (from " + from + ')';
            bullet(text);
        }
        if (const std::string circle = circle_words(list); !circle.empty()) bullet(circle);
    }

    void proof() {
        const check::Proof& p = f_.proof;
        const auto sentences = proof_sentences(p);
        if (!sentences.empty()) {
            heading("why");
            for (const std::string& s : sentences) bullet(s);
        }
        if (!p.facts.empty() || !p.requirements.empty()) {
            heading("what it rests on");
            std::size_t n = 0;
            for (const check::Fact& f : p.facts) fact(++n, f);
            for (const check::Requirement& r : p.requirements) requirement(++n, r);
        }
        if (!p.steps.empty()) {
            heading("the arithmetic");
            steps(p.steps);
        }
        for (const check::ProofCase& c : p.cases) {
            heading("the arithmetic, supposing " + supposed_words(p, c));
            steps(c.steps);
            if (c.steps.empty()) bullet("that cannot be by itself");
        }
        if (!p.premises.empty()) {
            heading("what else was read");
            for (const check::Fact& f : p.premises) {
                std::string text = '`' + f.path + "`: " + f.value;
                if (!f.account.empty()) text += " (account `" + f.account + "`)";
                if (!f.source.empty()) text += ", source `" + f.source + '`';
                if (f.span.valid()) text += ", " + place_words(sources_, f.span);
                bullet(text);
            }
        }
    }

    void witnesses() {
        for (const check::Witness* shown : telling_witnesses(f_.proof)) {
            const check::Witness& w = *shown;
            heading(w.violates ? "a dating that the statements leave open, in conflict"
                               : "a dating that the statements leave open, without conflict");
            for (const auto& [path, d] : w.dates)
                out_ << "     " << time::to_string(d) << "  " << one_line(path) << '\n';
        }
    }

    void turning() {
        if (f_.turning.empty() && f_.turning_note.empty()) return;
        heading("on which days it turns");
        for (const check::TurningPoint& t : f_.turning) {
            std::string text = '`' + t.path + '`';
            text += t.stated.empty() ? ", not stated" : ", stated as " + t.stated;
            bullet(text);
            const auto set = [&](std::string_view name, const time::DaySet& days) {
                if (!days.empty()) line(spaces(5) + std::string(name), days_words(days), 18);
            };
            set("certain      ", t.certain);
            set("possible     ", t.possible);
            set("no conflict  ", t.fine);
            set("cannot be    ", t.impossible);
        }
        if (!f_.turning_note.empty()) bullet(f_.turning_note);
    }

    void law() {
        if (!f_.basis.empty()) {
            heading("basis");
            for (const check::Basis& b : f_.basis) bullet(basis_words(b));
        }
        if (!f_.sources_note.empty()) {
            heading("sources");
            for (const std::string& s : f_.sources_note) bullet(s);
        }
        if (!f_.exceptions.empty()) {
            heading("exceptions looked at");
            for (const check::ExceptionLooked& e : f_.exceptions)
                bullet(exception_words(e) + (e.because.empty() ? "" : "; when `" + e.when + '`'));
        }
        if (!f_.contrary.empty()) {
            heading("the file also has");
            for (const check::Contrary& c : f_.contrary) bullet(contrary_words(c));
        }
        if (!f_.burden.empty()) {
            heading("burden");
            bullet("on " + f_.burden);
        }
    }

    void remedies() {
        if (!f_.help.empty()) {
            heading("help");
            line("   ", f_.help, 3);
        }
        if (f_.resolve.empty()) return;
        heading(f_.verdict == check::Verdict::certain ? "no longer certain" : "it would change");
        std::size_t n = 0;
        for (const check::Resolution& r : f_.resolve) {
            numbered(++n, resolution_words(r));
            if (r.text.empty()) continue;
            for (const check::Change& c : r.changes)
                if (r.text.find(c.path) == std::string::npos) line(spaces(8), change_words(c), 8);
        }
    }

    void names(const check::CaseResult& c) {
        heading("names");
        if (!f_.rule_title.empty()) bullet("rule " + f_.rule + ": " + f_.rule_title);
        for (const auto& [name, path] : f_.bindings) bullet('`' + name + "` is `" + path + '`');
        if (!f_.about.empty()) bullet("about: " + f_.about);
        if (!f_.reaches.empty()) bullet("reaches: " + f_.reaches);
        for (const check::Finding& other : c.findings)
            if (&other != &f_ && !f_.group.empty() && other.group == f_.group &&
                other.fingerprint != f_.fingerprint)
                bullet("shares its conflict with " + other.rule + " at " + other.at + " (" +
                       verdict_words(other) + "), " + other.fingerprint);
        if (!f_.suppressed.empty()) bullet("suppressed: " + suppressed_words(f_));
        bullet("case " + c.id + ", fingerprint " + f_.fingerprint);
    }

private:
    std::ostream& out_;
    const check::Finding& f_;
    const text::SourceMap& sources_;
    const Style& style_;
};

}  // namespace

void print_explanation(std::ostream& out, const check::Finding& f, const check::CaseResult& c,
                       const text::SourceMap& sources, const Style& style) {
    for (const std::string& line : wrap(preamble(), style.width)) out << line << '\n';
    out << '\n';
    const int gutter = print_places(out, f, sources, style);
    print_timeline(out, f, gutter, style);
    Explanation e(out, f, sources, style);
    e.proof();
    e.witnesses();
    e.turning();
    e.law();
    e.remedies();
    e.names(c);
}

}  // namespace antinomy::report
