// antinomy explain FINGERPRINT PATH...   why a finding stands
// antinomy explain RULE [PATH...]        what a rule says, and what it said of each record, silence
// included
// Of data sets (`--map`): explain_data.cpp.

#include <algorithm>
#include <iostream>
#include <memory>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/explain.hpp"
#include "cli/today.hpp"
#include "cli/workspace.hpp"
#include "report/explain.hpp"
#include "report/rule_words.hpp"
#include "rule/monotone.hpp"
#include "text/nearest.hpp"

namespace antinomy::cli {

bool is_fingerprint(const std::string& s) {
    return s.size() >= 6 && s.size() <= 16 && std::all_of(s.begin(), s.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

namespace {

void print_wrapped(std::ostream& out, const std::string& text, int indent,
                   const report::Style& style) {
    for (const auto& line : report::wrap(report::sanitize(text), style.width - indent))
        out << std::string(static_cast<std::size_t>(indent), ' ') << line << "\n";
}

void print_exceptions(const std::vector<rule::Exception>& list, int indent,
                      const report::Style& style) {
    for (const auto& x : list) {
        print_wrapped(
            std::cout,
            "unless  " + x.when.written + (x.because.empty() ? "" : "  (" + x.because + ")"),
            indent, style);
        print_exceptions(x.unless, indent + 4, style);
    }
}

}  // namespace

void print_rule(const rule::Rule& r, const report::Style& style) {
    std::cout << report::sanitize(r.id) << "\n";
    print_wrapped(std::cout, r.title, 2, style);
    std::cout << "\n";
    for (const auto& b : r.bindings)
        print_wrapped(std::cout, "for     " + b.name + ": " + b.written, 2, style);
    if (r.where) print_wrapped(std::cout, "where   " + r.where->written, 2, style);
    print_wrapped(std::cout, "require " + r.require.written, 2, style);
    print_exceptions(r.unless, 2, style);
    for (const auto& asked : rule::asks_how_known(r))
        print_wrapped(std::cout,
                      "note    a certain finding may go when a date gets known better: " + asked, 2,
                      style);
    if (!r.burden.empty()) print_wrapped(std::cout, "burden  " + r.burden, 2, style);
    if (!r.help.empty()) print_wrapped(std::cout, "help    " + r.help, 2, style);
    for (const auto& b : r.basis)
        print_wrapped(std::cout,
                      "basis   " + b.cite +
                          (b.forum.empty() ? "" : " (where the forum is " + b.forum + ")") +
                          (b.unverified ? " (unverified)" : ""),
                      2, style);
}

bool explained_at(const check::Explained& e, const std::string& at) {
    if (at.empty() || e.at == at || e.at.rfind(at + ".", 0) == 0) return true;
    return std::any_of(e.bindings.begin(), e.bindings.end(),
                       [&](const auto& b) { return b.second == at; });
}

namespace {

// How a literal or an exception came out, in words that judge no statement.
std::string said(const check::Explained::Line& l) {
    if (l.outcome == "true") return "holds";
    if (l.outcome == "false") return "does not hold";
    if (l.outcome == "gap") return "not stated";
    if (l.outcome == "absent") return "nobody says so";
    return l.outcome;
}

}  // namespace

void print_explained(std::ostream& out, const check::Explained& e, const report::Style& style) {
    std::string head = e.at;
    if (!e.account.empty()) head += ", " + e.account;
    out << "\n"
        << report::sanitize(head) << ": " << e.status
        << (e.note.empty() ? "" : " (" + report::sanitize(e.note) + ")") << "\n";
    std::string bound;
    for (const auto& [name, path] : e.bindings)
        bound += (bound.empty() ? "" : ", ") + name + " = " + path;
    print_wrapped(out, bound, 2, style);
    for (const auto& l : e.lines) {
        print_wrapped(out, l.section + "  " + l.written + ": " + said(l), 4, style);
        if (!l.values.empty()) print_wrapped(out, l.values, 8, style);
    }
}

namespace {

int run(const ExplainOptions& o, const Common& common) {
    std::string no_day;
    const auto today = day_of_run(o.today, no_day);
    if (!today) return refused_day(no_day);
    const auto style = common.style(1);
    Workspace w;
    if (!w.configure(o.config, o.paths)) {
        w.print_problems(common.style(2));
        return kNotDone;
    }
    w.add(o.paths);
    w.load();
    w.check_sources(o.sources);
    w.check_place(o.at);
    const rule::Rule* rule = w.packs().find(o.what);
    for (const auto& c : w.cases())
        if (rule == nullptr) rule = c.packs->find(o.what);
    for (const auto& p : w.named_packs())
        if (rule == nullptr) rule = p.packs->find(o.what);
    for (const auto& c : w.cases())
        if (rule == nullptr) rule = c.packs->find_off(o.what);
    for (const auto& p : w.named_packs())
        if (rule == nullptr) rule = p.packs->find_off(o.what);
    const auto& builtin = rule::builtin_rules();
    const bool known_builtin = std::find(builtin.begin(), builtin.end(), o.what) != builtin.end();
    if (rule == nullptr && !known_builtin && is_fingerprint(o.what)) {
        std::size_t shown = 0;
        for (const auto& c : w.cases()) {
            if (!c.good) continue;
            check::Options options;
            options.today = today;
            options.rules = w.rules_for(c, {});
            if (!o.sources.empty()) options.sources = o.sources;
            auto checked = check::check_case(*c.packs, c.file, options);
            check::weigh(checked.result.findings, c.builtin_weights);
            for (const auto& f : checked.result.findings) {
                if (f.fingerprint.rfind(o.what, 0) != 0) continue;
                report::print_explanation(std::cout, f, checked.result, w.sources(), style);
                ++shown;
            }
        }
        const bool errors = w.print_problems(common.style(2));
        if (shown == 0) {
            std::cerr << "antinomy: no finding with the fingerprint `" << o.what
                      << "` in what was given\n"
                      << "  help: `antinomy check PATH` prints the fingerprints; give the same "
                         "paths here, and of data the same `--map`\n";
            return kNotDone;
        }
        return errors ? kNotDone : kFine;
    }
    if (rule == nullptr && !known_builtin) {
        std::vector<std::string> known = w.packs().ids();
        w.argument_error(
            "explain",
            "`" + o.what + "` is neither a rule nor a fingerprint (6 to 16 digits of 0-9a-f)",
            text::did_you_mean(o.what, known));
        w.print_problems(common.style(2));
        return kNotDone;
    }
    if (rule != nullptr) print_rule(*rule, style);
    if (rule != nullptr && rule->overridden && !rule->overridden->severity) {
        print_wrapped(std::cout, report::overridden_words(*rule), 2, style);
        return w.print_problems(common.style(2)) ? kNotDone : kFine;
    }
    bool any = false;
    bool judged = false;
    for (const auto& c : w.cases()) {
        if (!c.good || (c.variant && !c.named)) continue;
        judged = true;
        check::Options options;
        options.today = today;
        options.trace = c.packs->canonical(o.what);
        options.resolve = false;
        if (!o.sources.empty()) options.sources = o.sources;
        auto checked = check::check_case(*c.packs, c.file, options);
        check::weigh(checked.result.findings, c.builtin_weights);
        bool headed = false;
        const auto head = [&] {
            if (!headed) std::cout << "\n== " << report::sanitize(c.file.id) << "\n";
            headed = any = true;
        };
        for (const auto& e : checked.explained) {
            if (!explained_at(e, o.at)) continue;
            head();
            print_explained(std::cout, e, style);
        }
        if (known_builtin)
            for (const auto& f : checked.result.findings)
                if (f.rule == o.what) {
                    head();
                    report::print_explanation(std::cout, f, checked.result, w.sources(), style);
                }
    }
    if (!judged && !o.paths.empty())
        std::cout << "\nno case could be judged\n";
    else if (!any && !o.paths.empty())
        std::cout << "\nnothing in what was given that this rule speaks of"
                  << (o.at.empty() ? "" : " at " + report::sanitize(o.at)) << "\n";
    return w.print_problems(common.style(2)) ? kNotDone : kFine;
}

}  // namespace

Run add_explain(CLI::App& app, const Common& common) {
    auto o = std::make_shared<ExplainOptions>();
    auto* sub = app.add_subcommand(
        "explain",
        "Why a finding stands, or what a rule said of each record and why it stayed silent");
    sub->add_option("WHAT", o->what,
                    "a fingerprint of a report (or its first digits), or a rule's id; of data also "
                    "a line of the report, or its place")
        ->required();
    sub->add_option("PATH", o->paths, "the cases (with --map: the data), as for check");
    sub->add_option("--map", o->map, "the map of a data set");
    sub->add_option("--record", o->record,
                    "with --map: the record that a rule is explained of, by the id of its case or "
                    "its place (FILE:LINE)");
    sub->add_option("--at", o->at, "only what concerns this record");
    add_list(*sub, "--sources", o->sources, "as if only these sources existed");
    add_today(*sub, o->today);
    add_config(*sub, o->config);
    return [o, sub, &common]() -> int {
        if (!sub->parsed()) return -1;
        if (!o->map.empty()) return explain_data(*o, common);
        if (!o->record.empty())
            return refused("`--record` is for data sets, and there is no map",
                           "add `--map MAP`; in cases `--at` names a record");
        return run(*o, common);
    };
}

}  // namespace antinomy::cli
