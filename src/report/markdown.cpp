#include "report/markdown.hpp"

#include <algorithm>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "report/markdown_text.hpp"
#include "report/phrases.hpp"
#include "report/place.hpp"
#include "report/questions.hpp"
#include "report/sections.hpp"

namespace antinomy::report {
namespace {

class Page {
public:
    Page(std::ostream& out, const Report& r) : out_(out), r_(r) {}

    void print() {
        out_ << "# Antinomy\n\n" << markdown_text(preamble()) << "\n\n";
        problems();
        for (const check::CaseResult& c : r_.result.cases) print(c);
        summary();
    }

private:
    static std::string upper(std::string text) {
        if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
            text[0] = static_cast<char>(text[0] - 'a' + 'A');
        return text;
    }
    std::string place_code(const text::Span& span, std::string_view file) const {
        const Where w = where(r_, span, file);
        std::string out = w.file;
        if (span.valid()) out += ':' + std::to_string(w.line) + ':' + std::to_string(w.column);
        return markdown_code(out);
    }

    void problems() {
        bool any = false;
        for (const text::Diagnostic& d : r_.problems.items()) {
            if (d.level != text::Level::error) continue;
            if (!any) out_ << "**Not everything could be checked:**\n\n";
            any = true;
            out_ << "- " << place_code(d.span, d.where) << ": " << markdown_text(d.message) << " ("
                 << markdown_code(d.code) << ")\n";
        }
        if (any) out_ << '\n';
    }

    void print(const check::CaseResult& c) {
        out_ << "## " << markdown_text(c.title.empty() ? c.id : c.title);
        if (!c.title.empty()) out_ << " (" << markdown_code(c.id) << ')';
        out_ << "\n\n" << place_code({}, c.file) << "\n\n";
        const auto findings = in_order(c);
        if (findings.empty())
            out_ << "No finding under the rules that applied; silence is no clearance.\n\n";
        for (std::size_t i = 0; i < findings.size(); ++i) {
            if (r_.max_findings > 0 && told_ == r_.max_findings) {
                out_ << count_words(findings.size() - i, "more finding")
                     << " not told (`--max-findings " << r_.max_findings << "`).\n\n";
                break;
            }
            ++told_;
            print(*findings[i], i + 1, c);
        }
        dates(findings);
        if (const Questions asked = questions(c); asked.facts > 0) {
            out_ << "### What to find out\n\n";
            for (const std::string& line : asked.lines) out_ << "- " << markdown_text(line) << '\n';
            out_ << '\n';
        }
        suppressed(c);
        for (const std::string& note : c.notes) out_ << "Note: " << markdown_text(note) << "\n\n";
        for (const check::Undecided& u : c.undecided)
            out_ << "Undecided: " << markdown_code(u.rule) << " at " << markdown_code(u.at) << ": "
                 << markdown_text(u.why) << "\n\n";
    }

    void print(const check::Finding& f, std::size_t number, const check::CaseResult& c) {
        out_ << "### " << number << ". " << upper(std::string(check::word(f.severity))) << ", "
             << markdown_text(verdict_words(f)) << ": " << markdown_code(f.rule) << "\n\n"
             << markdown_text(f.message) << "\n\n";
        if (const auto given = given_words(f); !given.empty())
            out_ << markdown_text(upper(given)) << ".\n\n";
        if (f.baseline != check::Baseline::none)
            out_ << (f.baseline == check::Baseline::old ? "In the baseline.\n\n"
                     : f.baseline == check::Baseline::stronger
                         ? "In the baseline as possible; now certain.\n\n"
                         : "Not in the baseline.\n\n");
        out_ << "- At " << markdown_code(f.at) << "; " << markdown_text(accounts_words(f)) << '\n';
        for (const check::Place& p : f.places) {
            out_ << "- " << place_code(p.span, c.file);
            if (!p.label.empty()) out_ << ": " << markdown_text(p.label);
            if (!p.account.empty()) out_ << " (" << markdown_code(p.account) << ')';
            out_ << '\n';
        }
        out_ << '\n';
        for (const Section& s : sections(f)) {
            if (s.lines.size() == 1) {
                out_ << upper(s.title) << ": " << markdown_text(s.lines[0]) << "\n\n";
                continue;
            }
            out_ << upper(s.title) << ":\n\n";
            for (std::size_t i = 0; i < s.lines.size(); ++i)
                out_ << (s.steps ? std::to_string(i + 1) + ". " : "- ") << markdown_text(s.lines[i])
                     << '\n';
            out_ << '\n';
        }
        if (!f.fingerprint.empty())
            out_ << "Fingerprint: " << markdown_code(f.fingerprint) << "\n\n";
    }

    // Dates that findings rest on, by their first possible day.
    void dates(const std::vector<const check::Finding*>& findings) {
        using Key =
            std::tuple<time::Day, time::Day, std::string, std::string, std::string, std::string>;
        std::map<Key, std::vector<std::size_t>> rows;
        for (std::size_t i = 0; i < findings.size(); ++i) {
            const check::Finding& f = *findings[i];
            std::vector<const check::Proof*> proofs{&f.proof};
            for (const check::Proof& p : f.more_proofs) proofs.push_back(&p);
            for (const check::Proof* p : proofs)
                for (const auto* facts : {&p->facts, &p->premises})
                    for (const check::Fact& fact : *facts) {
                        if (!fact.is_date) continue;
                        auto& numbers = rows[{fact.days.first, fact.days.last, fact.path,
                                              fact.account, fact.value, fact.source}];
                        if (numbers.empty() || numbers.back() != i + 1) numbers.push_back(i + 1);
                    }
        }
        if (rows.empty()) return;
        out_ << "### Dates that findings rest on\n\nBy the earliest day that each can be.\n\n"
                "| earliest | latest | as written | of | account | source | findings |\n"
                "|---|---|---|---|---|---|---|\n";
        const auto bound = [](time::Day d) {
            return time::bounded(d) ? time::to_string(d) : std::string("open");
        };
        for (const auto& [key, numbers] : rows) {
            const auto& [first, last, path, account, value, source] = key;
            std::string list;
            for (const std::size_t n : numbers)
                list += (list.empty() ? "" : ", ") + std::to_string(n);
            out_ << "| " << bound(first) << " | " << bound(last) << " | " << markdown_cell(value)
                 << " | " << markdown_cell_code(path) << " | "
                 << (account.empty() ? "" : markdown_cell_code(account)) << " | "
                 << (source.empty() ? "" : markdown_cell_code(source)) << " | " << list << " |\n";
        }
        out_ << '\n';
    }

    void suppressed(const check::CaseResult& c) {
        const auto all = in_order(c, true);
        if (all.empty()) return;
        out_ << "### Suppressed\n\n";
        for (const check::Finding* f : all) {
            out_ << "- " << upper(std::string(check::word(f->severity))) << ", "
                 << markdown_text(verdict_words(*f)) << ": " << markdown_code(f->rule) << " at "
                 << markdown_code(f->at) << ": " << markdown_text(f->suppressed);
            if (!f->suppressed_by.empty()) out_ << "; by " << markdown_text(f->suppressed_by);
            if (!f->suppressed_until.empty())
                out_ << "; until " << markdown_text(f->suppressed_until);
            out_ << '\n';
        }
        out_ << '\n';
    }

    void summary() {
        out_ << "## Sum\n\n";
        const Tally t = tally(r_.result);
        if (r_.result.cases.empty()) {
            out_ << "No case was checked.\n";
            return;
        }
        out_ << "| | certain | possible |\n|---|--:|--:|\n";
        for (std::size_t s = 0; s < 4; ++s)
            out_ << "| " << check::word(static_cast<check::Severity>(s)) << " | " << t.certain[s]
                 << " | " << t.possible[s] << " |\n";
        out_ << '\n'
             << count_words(t.findings, "finding") << " in " << t.cases_with_findings << " of "
             << count_words(r_.result.cases.size(), "case") << "; " << count_words(t.gaps, "gap")
             << "; " << t.suppressed << " suppressed; " << t.undecided << " undecided; "
             << count_words(r_.result.rules, "rule") << ", of which "
             << r_.result.not_applicable.size()
             << " applied to nothing. Silence is no clearance.\n";
        if (!r_.result.baselined) return;
        out_ << "\nBeside the baseline: " << t.old << " listed, " << t.stronger
             << " listed as possible and now certain, " << t.findings - t.old - t.stronger
             << " new; " << r_.result.gone.size() << " listed and not found"
             << (r_.result.gone.empty() ? "." : ":") << '\n';
        if (!r_.result.gone.empty()) out_ << '\n';
        for (const check::Gone& g : r_.result.gone)
            out_ << "- " << markdown_code(g.rule) << " at " << markdown_code(g.at) << " ("
                 << markdown_code(g.case_id) << "): " << markdown_text(g.message) << '\n';
    }

    std::ostream& out_;
    const Report& r_;
    std::size_t told_ = 0;
};

}  // namespace

void print_markdown(std::ostream& out, const Report& r) {
    Page(out, r).print();
}

}  // namespace antinomy::report
