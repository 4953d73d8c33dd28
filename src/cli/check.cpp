// antinomy check PATH...

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>
#include <set>
#include <sstream>

#include "cli/arguments.hpp"
#include "cli/check.hpp"
#include "cli/commands.hpp"
#include "cli/workspace.hpp"
#include "report/formats.hpp"

namespace antinomy::cli {

namespace {

int rank_of(const std::string& word) {
    static const std::vector<std::string> order{"error", "warning", "review", "info"};
    const auto it = std::find(order.begin(), order.end(), word);
    return it == order.end() ? -1 : static_cast<int>(it - order.begin());
}

int run(const CheckOptions& o, const Common& common) {
    const auto start = std::chrono::steady_clock::now();
    const auto lap = [&](const char* what) {
        spdlog::info(
            "{}: {:.1f} ms since the start", what,
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
                .count());
    };
    Workspace w;
    w.let_rules_sleep();
    lap("rules loaded");
    w.add(o.paths);
    w.load(o.variants);
    lap("cases read");
    w.check_rules(o.rules);
    w.check_accounts(o.accounts);
    w.check_sources(o.sources);
    if (w.cases().empty() && !w.diagnostics().has_errors()) w.nothing_to_check();

    check::Result result;
    std::set<std::string> applied;
    std::set<std::string> rules;
    check::Options options;
    options.accounts = o.accounts;
    if (!o.sources.empty()) options.sources = o.sources;
    const auto counts = [&](const LoadedCase& c) { return !c.variant || c.named || o.variants; };
    check::Groups groups;
    for (const auto& c : w.cases()) {
        if (!counts(c) || !c.good) continue;
        options.rules = Workspace::canonical(*c.packs, o.rules);
        check::gather(*c.packs, c.file, options,
                      [&](const auto& rule, const auto& key, const auto& amount, bool sure) {
                          groups.add(rule, key, amount, sure);
                      });
    }
    options.groups = &groups;
    std::set<std::string> off;
    // What formats print that show the case itself.
    const bool whole = report::format_named(o.format)->chronologies;
    std::vector<check::Chronology> chronologies;
    std::vector<check::CaseSheet> sheets;
    for (auto& c : w.cases()) {
        if (!counts(c)) {
            ++result.variants_left_out;
            continue;
        }
        if (!c.good) continue;
        options.rules = Workspace::canonical(*c.packs, o.rules);
        auto checked = check::check_case(*c.packs, c.file, options);
        for (const auto& r : c.packs->rules())
            if (o.rules.empty() ||
                std::find(options.rules.begin(), options.rules.end(), r.id) != options.rules.end())
                rules.insert(r.id);
        for (const auto& r : c.packs->off())
            if (o.rules.empty()) off.insert(r.id);
        for (const auto& a : checked.applied) applied.insert(a.rule);
        for (const auto& u : checked.result.undecided) {
            auto& d = w.diagnostics().error(
                c.file.span, "undecided",
                (u.rule.empty()
                     ? ""
                     : "rule `" + u.rule + "`" + (u.at.empty() ? "" : " at " + u.at) + ": ") +
                    u.why,
                "give narrower dates, or split the case");
            static_cast<void>(d);
        }
        result.cases.push_back(std::move(checked.result));
        if (whole) {
            check::ChronologyOptions dates;
            dates.accounts = o.accounts;
            dates.sources = options.sources;
            chronologies.push_back(check::make_chronology(*c.packs, c.file, dates));
            sheets.push_back(check::make_sheet(*c.packs, c.file, w.sources(), options.sources));
        }
    }
    lap("checked");
    for (const auto& r : rules)
        if (applied.count(r) == 0) result.not_applicable.push_back(r);
    result.rules = rules.size();
    result.off.assign(off.begin(), off.end());

    const auto problems = w.unique();
    const bool errors = problems.has_errors();
    std::ostringstream out;
    report::format_named(o.format)->print(out, {result, w.sources(), problems, common.style(1),
                                                std::move(chronologies), std::move(sheets)});
    std::cout << out.str() << std::flush;
    w.print_problems(common.style(2));
    lap("reported");
    if (!std::cout) {
        std::cerr << "antinomy: the report could not be written whole\n";
        return kNotDone;
    }

    bool found = false;
    for (const auto& c : result.cases)
        for (const auto& f : c.findings) {
            if (!f.suppressed.empty() || !counts_for_exit(f.severity, o)) continue;
            found = found || f.verdict == check::Verdict::certain || o.fail_on_possible;
        }
    if (errors || (result.cases.empty() && result.variants_left_out == 0)) return kNotDone;
    return found ? kFound : kFine;
}

// Options that mean something of data sets only.
int refused_without_map(const CheckOptions& o) {
    for (const auto& [given, name] :
         {std::pair{o.limit > 0, "--limit"}, std::pair{o.sample > 0, "--sample"},
          std::pair{o.seed > 0, "--seed"}, std::pair{o.threads > 0, "--threads"},
          std::pair{o.no_screen, "--no-screen"}, std::pair{!o.at_most.empty(), "--at-most"}})
        if (given)
            return refused("`" + std::string(name) + "` is for data sets, and there is no map",
                           "add `--map MAP`, or leave it out");
    return kFine;
}

int start(const CheckOptions& o, const Common& common) {
    if (!o.map.empty()) return check_data(o, common);
    if (const int code = refused_without_map(o); code != kFine) return code;
    return run(o, common);
}

}  // namespace

bool counts_for_exit(check::Severity severity, const CheckOptions& o) {
    return static_cast<int>(severity) <= rank_of(o.fail_on);
}

Run add_check(CLI::App& app, const Common& common) {
    auto o = std::make_shared<CheckOptions>();
    auto* sub =
        app.add_subcommand("check", "Report what cannot all be true or cannot all be lawful");
    sub->add_option("PATH", o->paths,
                    "case files (with --map: data), folders of them, or - for standard input")
        ->required();
    sub->add_option("--format", o->format, "text, short (one line a finding) or json")
        ->check(one_of({"text", "short", "json"}));
    sub->add_option("--fail-on", o->fail_on,
                    "exit 1 for certain findings of this severity or worse")
        ->check(one_of({"error", "warning", "review", "info", "never"}));
    sub->add_flag("--fail-on-possible", o->fail_on_possible,
                  "possible findings count for the exit code too");
    sub->add_flag("--variants", o->variants, "check the variants of cases too");
    add_list(*sub, "--account", o->accounts, "judge only these accounts");
    add_list(*sub, "--sources", o->sources, "check as if only these sources existed");
    add_list(*sub, "--rules", o->rules, "run only these rules");
    sub->add_option("--map", o->map,
                    "check data in their own form (JSON, JSON Lines, CSV, TSV, YAML, packed or "
                    "not), as this map says");
    add_list(*sub, "--at-most", o->at_most,
             "with --map: RULE=3 or RULE=0.1%: so many records, or such a share of those that it "
             "applied to, may a rule find fault with before the exit code is 1");
    sub->add_option("--limit", o->limit, "with --map: show so many findings, and count the others");
    sub->add_option("--sample", o->sample, "with --map: check so many records, drawn by chance");
    sub->add_option("--seed", o->seed, "with --sample: another number draws others");
    sub->add_option("--threads", o->threads,
                    "with --map: threads that check; as many as there are processors if not said");
    sub->add_flag("--no-screen", o->no_screen,
                  "with --map: check every record as a case, without a quick look first; the "
                  "report is the same");
    return [o, sub, &common]() -> int { return sub->parsed() ? start(*o, common) : -1; };
}

}  // namespace antinomy::cli
