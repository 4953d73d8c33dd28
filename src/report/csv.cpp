#include "report/csv.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <ostream>
#include <vector>

#include "report/chronology.hpp"
#include "report/phrases.hpp"
#include "report/place.hpp"

namespace antinomy::report {
namespace {

class Table {
public:
    Table(std::ostream& out, std::initializer_list<const char*> head) : out_(out) {
        for (const char* name : head) cell(name);
        end();
    }
    void cell(std::string_view text) {
        if (!first_) out_ << ',';
        first_ = false;
        out_ << csv_cell(text);
    }
    void cell(bool yes) { cell(std::string_view(yes ? "yes" : "no")); }
    void cell(const char* text) { cell(std::string_view(text)); }
    void cell(time::Day d) { cell(std::string_view(time::bounded(d) ? time::to_string(d) : "")); }
    void end() {
        out_ << "\r\n";
        first_ = true;
    }

private:
    std::ostream& out_;
    bool first_ = true;
};

std::string joined(const std::vector<std::string>& list) {
    std::string out;
    for (const std::string& s : list) out += (out.empty() ? "" : "; ") + s;
    return out;
}

// Each once, in the order of the statements; what is not stated is left out.
std::string each(const std::vector<check::Fact>& facts, std::string check::Fact::*field) {
    std::vector<std::string> out;
    for (const check::Fact& f : facts)
        if (const std::string& s = f.*field;
            !s.empty() && std::find(out.begin(), out.end(), s) == out.end())
            out.push_back(s);
    return joined(out);
}

std::string_view word(check::Baseline b) {
    switch (b) {
        case check::Baseline::none:
            break;
        case check::Baseline::fresh:
            return "new";
        case check::Baseline::old:
            return "old";
        case check::Baseline::stronger:
            return "stronger";
    }
    return "";
}

void row(Table& t, const check::Finding& f, const check::CaseResult& c, const Report& r) {
    const text::Span span = f.places.empty() ? text::Span{} : f.places[0].span;
    const Where w = where(r, span, c.file);
    std::vector<std::string> given;
    for (const check::Given& g : f.given) given.push_back(g.account + ": " + g.path);
    std::vector<std::string> basis;
    for (const check::Basis& b : f.basis) basis.push_back(basis_words(b));
    t.cell(f.case_id);
    t.cell(w.file);
    t.cell(span.valid() ? std::to_string(w.line) : "");
    t.cell(span.valid() ? std::to_string(w.column) : "");
    t.cell(f.rule);
    t.cell(f.rule_title);
    t.cell(check::word(f.severity));
    t.cell(check::word(f.verdict));
    t.cell(f.condition);
    t.cell(joined(given));
    t.cell(check::word(f.relation));
    t.cell(joined(f.accounts));
    t.cell(f.about);
    t.cell(f.reaches);
    t.cell(f.at);
    t.cell(f.message);
    t.cell(joined(basis));
    t.cell(f.help);
    t.cell(f.burden);
    t.cell(f.fingerprint);
    t.cell(f.group);
    t.cell(f.suppressed);
    t.cell(f.suppressed_by);
    t.cell(f.suppressed_until);
    t.cell(word(f.baseline));
    t.cell(r.threshold.counts(f));
    t.end();
}

void row(Table& t, const check::ChronologyPoint& p, const check::AccountChronology& a,
         const check::Chronology& c) {
    const time::Window hull = p.days.empty() ? time::Window{} : p.days.hull();
    std::string stated;
    for (const check::Fact& f : p.statements) stated += (stated.empty() ? "" : " or ") + f.value;
    std::vector<std::string> because;
    for (const check::Proof& proof : p.because)
        for (const std::string& s : support(proof))
            if (std::find(because.begin(), because.end(), s) == because.end()) because.push_back(s);
    t.cell(c.id);
    t.cell(a.account);
    t.cell(p.path);
    t.cell(p.label);
    t.cell(stated);
    t.cell(hull.first);
    t.cell(hull.last);
    t.cell(days_words(p.days));
    t.cell(p.exact);
    t.cell(p.inferred);
    t.cell(joined(because));
    t.cell(p.doubtful);
    t.cell(p.in_conflict);
    t.cell(each(p.statements, &check::Fact::state));
    t.cell(each(p.statements, &check::Fact::source));
    t.cell(each(p.statements, &check::Fact::speaker));
    t.cell(each(p.statements, &check::Fact::quote));
    t.end();
}

}  // namespace

std::string csv_cell(std::string_view text) {
    static constexpr std::array<std::string_view, 12> starts = {"=",
                                                                "+",
                                                                "-",
                                                                "@",
                                                                "\t",
                                                                "\r",
                                                                "\n",
                                                                "'",
                                                                "\xef\xbc\x9d",
                                                                "\xef\xbc\x8b",
                                                                "\xef\xbc\x8d",
                                                                "\xef\xbc\xa0"};
    std::string safe = sanitize(text);
    // By what it was: a tab stands by its number now, and is harmless, but the rule is one.
    if (std::any_of(starts.begin(), starts.end(),
                    [&](std::string_view s) { return text.substr(0, s.size()) == s; }))
        safe.insert(0, 1, '\'');
    if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
    std::string out = "\"";
    for (const char c : safe) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

void print_csv(std::ostream& out, const Report& r) {
    Table t(out, {"case",     "file",       "line",          "column",           "rule",
                  "title",    "severity",   "verdict",       "condition",        "given",
                  "relation", "accounts",   "about",         "reaches",          "at",
                  "message",  "basis",      "help",          "burden",           "fingerprint",
                  "group",    "suppressed", "suppressed_by", "suppressed_until", "baseline",
                  "counts"});
    for (const check::CaseResult& c : r.result.cases)
        for (const bool suppressed : {false, true})
            for (const check::Finding* f : in_order(c, suppressed)) row(t, *f, c, r);
}

void print_csv_chronology(std::ostream& out, const Report& r) {
    Table t(out, {"case", "account", "path", "label", "stated", "first", "last", "days", "exact",
                  "inferred", "because", "doubtful", "in_contradiction", "states", "sources",
                  "speakers", "quotes"});
    for (const check::Chronology& c : r.chronologies)
        for (const check::AccountChronology& a : c.accounts)
            for (const check::ChronologyPoint& p : a.points) row(t, p, a, c);
}

}  // namespace antinomy::report
