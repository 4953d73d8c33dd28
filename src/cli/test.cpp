// antinomy test [PATH...]: the packs' own examples and the cases' `expect:`.
// Four outcomes: ok; missing (expected, not found); noisy (found, not expected); wrong (found
// otherwise).

#include <algorithm>
#include <functional>
#include <iostream>
#include <map>
#include <memory>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/workspace.hpp"
#include "report/phrases.hpp"
#include "text/nearest.hpp"

namespace antinomy::cli {

namespace {

struct TestOptions {
    std::vector<std::string> paths;
    bool all = false;
    std::vector<std::string> rules;
};

struct Tally {
    std::size_t ok = 0;
    std::size_t missing = 0;
    std::size_t noisy = 0;
    std::size_t wrong = 0;
    std::size_t broken = 0;
    std::size_t examples = 0;
    std::size_t cases = 0;
};

struct Wanted {
    std::string rule;
    std::string at;
    std::string verdict;
    std::vector<std::string> accounts;
    bool has_accounts = false;
    text::Span span;
};

bool below(const std::string& path, const std::string& at) {
    return at.empty() || path == at || path.rfind(at + ".", 0) == 0;
}

std::string joined(const std::vector<std::string>& list) {
    std::string out;
    for (const auto& s : list) out += (out.empty() ? "" : ", ") + s;
    return out.empty() ? "no account" : out;
}

std::string place(Workspace& w, const text::Span& span) {
    if (!span.valid()) return "";
    const auto p = w.sources().position(span.file, span.begin);
    return report::sanitize(w.sources().name(span.file)) + ":" + std::to_string(p.line) + ":" +
           std::to_string(p.column);
}

// Compares what was found with what was expected; prints what differs.
void compare(Workspace& w, const std::vector<Wanted>& wanted, const check::CaseResult& result,
             const std::string& name, const std::function<bool(const check::Finding&)>& exhaustive,
             Tally& tally) {
    std::vector<bool> expected(result.findings.size(), false);
    const auto line = [&](const char* outcome, const text::Span& span, const std::string& what) {
        const auto at = place(w, span);
        std::cout << outcome << "  " << (at.empty() ? "" : at + ": ") << report::sanitize(name)
                  << ": " << report::sanitize(what) << "\n";
    };
    for (const auto& e : wanted) {
        const auto said = e.rule + (e.at.empty() ? "" : " at " + e.at);
        if (e.verdict == "gap") {
            const bool is =
                std::any_of(result.gaps.begin(), result.gaps.end(), [&](const check::Gap& g) {
                    return g.rule == e.rule && (below(g.at, e.at) || below(e.at, g.at));
                });
            if (is)
                ++tally.ok;
            else {
                ++tally.missing;
                line("missing", e.span, said + ": expected a gap");
            }
            continue;
        }
        bool good = false;
        bool other = false;
        std::string found;
        for (std::size_t i = 0; i < result.findings.size(); ++i) {
            const auto& f = result.findings[i];
            if (f.rule != e.rule || !below(f.at, e.at)) continue;
            const bool fits = f.verdict == (e.verdict == "certain" ? check::Verdict::certain
                                                                   : check::Verdict::possible) &&
                              (!e.has_accounts || f.accounts == e.accounts);
            const bool of_account =
                !e.has_accounts ||
                std::any_of(e.accounts.begin(), e.accounts.end(), [&](const std::string& a) {
                    return std::find(f.accounts.begin(), f.accounts.end(), a) != f.accounts.end();
                });
            if (e.verdict == "none") {
                if (!of_account)
                    continue;  // silent in these views; other expectations speak of the others
                other = true;
                expected[i] = true;
            } else if (fits) {
                good = true;
                expected[i] = true;
            } else {
                other = true;
            }
            if (!fits)
                found += (found.empty() ? "" : "; ") + std::string(check::word(f.verdict)) +
                         " at " + f.at + " (" + joined(f.accounts) + ")";
        }
        if (e.verdict == "none") {
            if (!other)
                ++tally.ok;
            else {
                ++tally.noisy;
                line("noisy", e.span, said + ": expected none, found " + found);
            }
        } else if (good) {
            ++tally.ok;
        } else if (other) {
            ++tally.wrong;
            line("wrong", e.span,
                 said + ": expected " + e.verdict +
                     (e.has_accounts ? " (" + joined(e.accounts) + ")" : "") + ", found " + found);
            for (std::size_t i = 0; i < result.findings.size(); ++i)
                if (result.findings[i].rule == e.rule && below(result.findings[i].at, e.at))
                    expected[i] = true;
        } else {
            ++tally.missing;
            line("missing", e.span, said + ": expected " + e.verdict);
        }
    }
    for (std::size_t i = 0; i < result.findings.size(); ++i) {
        const auto& f = result.findings[i];
        if (expected[i] || !exhaustive(f)) continue;
        ++tally.noisy;
        line("noisy", f.places.empty() ? text::Span{} : f.places.front().span,
             f.rule + " at " + f.at + ": not expected (" + std::string(check::word(f.verdict)) +
                 ", " + joined(f.accounts) + ")");
    }
}

// What an example expects must be there to be found.
void check_expected(Workspace& w, const rule::Packs& packs, const model::Case& file,
                    const rule::Expected& e) {
    if (!e.at.empty() && !model::has_place(packs.vocabulary(), file, e.at))
        w.diagnostics().error(e.span, "unknown-reference",
                              "`at` names `" + e.at + "`, which is no place of the example",
                              model::near_places(file, e.at));
    std::vector<std::string> known;
    for (const auto& a : file.accounts) known.push_back(a.id);
    for (const auto& a : e.accounts)
        if (!file.find_account(a).valid())
            w.diagnostics().error(e.span, "unknown-account",
                                  "the example has no account `" + a + "`",
                                  text::did_you_mean(a, known));
}

void test_pack(Workspace& w, const rule::Packs& packs, const std::string& id,
               const std::vector<std::string>& only, Tally& tally) {
    for (const auto& r : packs.rules()) {
        if (r.pack != id) continue;
        if (!only.empty() && std::find(only.begin(), only.end(), r.id) == only.end()) continue;
        bool fires = false;
        bool silent = false;
        for (const auto& example : r.tests) {
            ++tally.examples;
            const auto before = w.diagnostics().error_count();
            auto file = model::build_case(packs.vocabulary(),
                                          {{example.span.file, example.body, true, true}},
                                          w.diagnostics(), packs.policies());
            for (const auto& e : example.expect) check_expected(w, packs, file, e);
            if (w.diagnostics().error_count() != before) {
                ++tally.broken;
                continue;
            }
            file.id = r.id;
            check::Options options;
            options.resolve = false;
            options.infer = false;
            options.rules = {r.id, "facts-contradict"};
            const auto checked = check::check_case(packs, file, options);
            std::vector<Wanted> wanted;
            // A presumption that cannot hold is told as facts-contradict.
            const auto told = r.presumption ? "facts-contradict" : r.id;
            for (const auto& e : example.expect) {
                wanted.push_back({e.verdict == "gap" ? r.id : told, e.at, e.verdict, e.accounts,
                                  e.has_accounts, e.span});
                fires = fires || e.verdict == "certain" || e.verdict == "possible";
            }
            silent = silent || example.expect.empty() ||
                     std::all_of(example.expect.begin(), example.expect.end(),
                                 [](const auto& e) { return e.verdict == "none"; });
            const auto failed = tally.missing + tally.noisy + tally.wrong;
            const auto ok = tally.ok;
            compare(
                w, wanted, checked.result, r.id + ": " + example.name,
                [&](const check::Finding& f) { return f.rule == told; }, tally);
            tally.ok = ok + (tally.missing + tally.noisy + tally.wrong == failed ? 1 : 0);
            for (const auto& u : checked.result.undecided) {
                ++tally.wrong;
                std::cout << "wrong  "
                          << report::sanitize(r.id + ": " + example.name + ": undecided: " + u.why)
                          << "\n";
            }
        }
        if (!fires || !silent) {
            ++tally.missing;
            std::cout << "missing  " << place(w, r.span) << ": " << report::sanitize(r.id)
                      << ": has no example that " << (fires ? "passes" : "violates") << "\n";
        }
    }
}

void test_case(Workspace& w, const LoadedCase& c, const std::vector<std::string>& only,
               Tally& tally) {
    // The whole case first, exhaustive from warning up; then each set of sources that an
    // expectation names.
    std::map<std::vector<std::string>, std::vector<Wanted>> by_sources;
    by_sources[{}];
    for (const auto& e : c.file.expectations)
        if (only.empty() || std::find(only.begin(), only.end(), e.rule) != only.end())
            by_sources[e.sources].push_back(
                {e.rule, e.at, e.verdict, e.accounts, e.has_accounts, e.span});
    if (!c.file.expectations.empty()) ++tally.cases;
    for (const auto& [sources, wanted] : by_sources) {
        check::Options options;
        options.resolve = false;
        options.infer = false;
        options.rules = only;
        if (!sources.empty()) options.sources = sources;
        const auto checked = check::check_case(*c.packs, c.file, options);
        const auto name = c.file.id + (sources.empty() ? "" : " (" + joined(sources) + ")");
        compare(
            w, wanted, checked.result, name,
            [&](const check::Finding& f) {
                return sources.empty() && !c.file.expectations.empty() && f.suppressed.empty() &&
                       f.severity <= check::Severity::warning;
            },
            tally);
        for (const auto& u : checked.result.undecided) {
            ++tally.wrong;
            std::cout << "wrong  "
                      << report::sanitize(name + ": undecided: " + u.rule + " " + u.why) << "\n";
        }
    }
}

int run(const TestOptions& o, const Common& common) {
    Workspace w(true);
    w.add(o.paths.empty() ? std::vector<std::string>{w.rules_folder()} : o.paths);
    w.load();
    w.check_rules(o.rules);
    Tally tally;
    for (const auto& p : w.named_packs()) test_pack(w, *p.packs, p.id, o.rules, tally);
    for (const auto& c : w.cases()) {
        if (c.good) test_case(w, c, o.rules, tally);
    }
    const bool errors = w.print_problems(common.style(2));
    std::cout << tally.ok << " ok, " << tally.missing << " missing, " << tally.noisy << " noisy, "
              << tally.wrong << " wrong (" << report::count_words(tally.examples, "example") << ", "
              << report::count_words(tally.cases, "case") << ")\n";
    if (errors || tally.broken > 0) return kNotDone;
    return tally.missing + tally.noisy + tally.wrong > 0 ? kFound : kFine;
}

}  // namespace

Run add_test(CLI::App& app, const Common& common) {
    auto o = std::make_shared<TestOptions>();
    auto* sub =
        app.add_subcommand("test", "Run the examples of rule packs and the `expect:` of cases");
    sub->add_option("PATH", o->paths, "packs, cases or folders; without any: the shipped packs");
    add_list(*sub, "--rules", o->rules, "only these rules");
    return [o, sub, &common]() -> int { return sub->parsed() ? run(*o, common) : -1; };
}

}  // namespace antinomy::cli
