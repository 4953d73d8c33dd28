// antinomy test [PATH...]: the packs' own examples and the cases' `expect:`.
// Four outcomes: ok; missing (expected, not found); noisy (found, not
// expected); wrong (found otherwise). `--coverage` and `--mutate` ask of the
// examples whether they are enough.

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <sstream>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/workspace.hpp"
#include "data/apply.hpp"
#include "data/key.hpp"
#include "data/run.hpp"
#include "report/phrases.hpp"
#include "trial/coverage.hpp"
#include "trial/mutation.hpp"
#include "trial/trial.hpp"

namespace antinomy::cli {

namespace {

struct TestOptions {
    ConfigChoice config;
    std::vector<std::string> paths;
    std::vector<std::string> rules;
    bool coverage = false;
    bool mutate = false;
    std::optional<double> at_least;  // per cent
};

struct Tally {
    std::size_t ok = 0;
    std::size_t missing = 0;
    std::size_t noisy = 0;
    std::size_t wrong = 0;
    std::size_t examples = 0;
    std::size_t cases = 0;

    [[nodiscard]] bool good() const { return missing + noisy + wrong == 0; }
};

// The rules of a pack that were asked for, with all examples of the pack.
struct PackRules {
    const rule::Packs* packs = nullptr;
    std::vector<const rule::Rule*> rules;
    std::vector<trial::Example> examples;
};

class TestRun {
public:
    TestRun(const TestOptions& options, const Common& common) : o_(options), common_(common) {}

    int run() {
        if (!fit_together() || (!o_.paths.empty() && !w_.configure(o_.config, o_.paths, true))) {
            w_.print_problems(common_.style(2));
            return kNotDone;
        }
        w_.add(o_.paths.empty() ? std::vector<std::string>{w_.rules_folder()} : o_.paths);
        w_.load();
        w_.check_rules(o_.rules);
        for (const auto& p : w_.named_packs()) packs_.push_back(rules_of(p));
        if ((o_.coverage || o_.mutate) && packs_.empty())
            w_.argument_error(o_.mutate ? "--mutate" : "--coverage",
                              "there is no rule pack in what was given",
                              "name the pack whose rules are meant, beside the cases");
        for (const auto& p : packs_) examples(p);
        for (const auto& c : w_.cases())
            if (c.good) test_case(c);
        for (const auto& path : w_.named_maps()) test_map(path);
        const bool errors = w_.print_problems(common_.style(2));
        print_tally();
        if (errors) return kNotDone;
        if (o_.coverage) print_coverage();
        if (o_.mutate && tally_.good()) return mutate();
        if (o_.mutate) std::cout << "no rule was changed: mend what fails as it is\n";
        return tally_.good() ? kFine : kFound;
    }

private:
    // Options that are of use only with, or only without, another.
    bool fit_together() {
        const bool both = o_.mutate && o_.coverage;
        const bool alone = o_.at_least && !o_.mutate;
        if (both)
            w_.argument_error("--mutate", "`--mutate` and `--coverage` are two questions",
                              "ask one after the other");
        if (alone)
            w_.argument_error("--at-least", "`--at-least` is a share of changes, and none are made",
                              "add `--mutate`");
        return !both && !alone;
    }

    [[nodiscard]] bool asked(const rule::Packs& packs, const std::string& id) const {
        const auto ids = Workspace::canonical(packs, o_.rules);
        return ids.empty() || std::find(ids.begin(), ids.end(), id) != ids.end();
    }

    PackRules rules_of(const Workspace::NamedPack& pack) {
        PackRules out;
        out.packs = pack.packs;
        for (const auto& r : pack.packs->rules()) {
            if (r.pack != pack.id) continue;
            if (asked(*pack.packs, r.id)) out.rules.push_back(&r);
            if (!asked(*pack.packs, r.id) && !o_.mutate) continue;
            for (auto& x : trial::examples_of(*pack.packs, r, w_.diagnostics()))
                out.examples.push_back(std::move(x));
        }
        return out;
    }

    void examples(const PackRules& pack) {
        for (const auto* r : pack.rules) {
            tally_.examples += r->tests.size();
            for (const auto& x : pack.examples) {
                if (x.rule != r) continue;
                check::SeenTerms seen;
                add(trial::run(*pack.packs, x, o_.coverage ? &seen : nullptr));
                if (o_.coverage) coverage_.add(*r, seen);
            }
            const auto wanting = trial::wanting(*r);
            if (wanting.empty()) continue;
            ++tally_.missing;
            std::cout << "missing  " << place(r->span) << report::sanitize(r->id)
                      << ": has no example that " << wanting << "\n";
        }
    }

    void test_case(const LoadedCase& c) {
        if (c.expects) ++tally_.cases;
        check::SeenTerms seen;
        auto compared = trial::run(*c.packs, c.file, Workspace::canonical(*c.packs, o_.rules),
                                   o_.coverage ? &seen : nullptr,
                                   c.expects ? trial::Found::warnings : trial::Found::expected);
        // Nothing expected, nothing found.
        if (c.expects && c.file.expectations.empty() && compared.differences.empty())
            compared.ok = 1;
        add(std::move(compared));
        if (!o_.coverage) return;
        for (const auto& r : c.packs->rules()) coverage_.add(r, seen);
    }

    // The tests of a map: each record made into a case and checked as `check --map` does.
    void test_map(const std::string& path) {
        const auto loaded = w_.load_map(path);
        if (!loaded.good) return;
        const auto rules =
            data::rules_of_records(*loaded.packs, Workspace::canonical(*loaded.packs, o_.rules));
        const data::Applier applier(loaded.map, loaded.packs->vocabulary());
        for (const auto& test : loaded.map.tests) {
            ++tally_.examples;
            add(data_test(loaded, applier, rules, test));
        }
        if (!loaded.map.tests.empty()) return;
        ++tally_.missing;
        std::cout << "missing  " << place(loaded.map.span) << report::sanitize(loaded.map.id)
                  << ": the map has no test\n";
    }

    trial::Compared data_test(const LoadedMap& loaded, const data::Applier& applier,
                              const std::vector<std::string>& rules, const data::MapTest& test) {
        trial::Compared out;
        const std::string name = test.name.empty() ? loaded.map.id : test.name;
        text::Diagnostics problems;
        std::vector<data::Datum> data;
        std::optional<std::string> key;
        for (const auto& [record, part] : test.records) {
            data.push_back({record, part, false});
            if (loaded.map.per != data::Per::key) continue;
            auto own = data::key_of(loaded.map.parts[part], *record, problems);
            if (own && key && *own != *key)
                out.differences.push_back(
                    {trial::Kind::wrong, record->span, name,
                     "its key is `" + data::shown_key(*own) + "`, and that of those before `" +
                         data::shown_key(*key) + "`: they are no records of one case"});
            if (own) key = std::move(own);
        }
        if (!out.differences.empty()) return out;
        auto root = applier.apply(data, "test", problems);
        if (test.expect != nullptr) {
            root.entries.emplace_back();
            root.entries.back().key.kind = text::NodeKind::scalar;
            root.entries.back().key.text = "expect";
            root.entries.back().key.span = test.expect->span;
            root.entries.back().value = *test.expect;
        }
        model::Case file;
        if (!problems.has_errors())
            file = model::build_case(loaded.packs->vocabulary(),
                                     {{loaded.map.file, &root, true, false}}, problems,
                                     loaded.packs->policies(), loaded.packs->terms());
        if (test.expect == nullptr) {
            std::string codes;
            for (const auto& d : problems.items()) {
                codes += (codes.empty() ? "" : ", ") + d.code;
                out.ok = std::max<std::size_t>(out.ok, d.code == test.refused ? 1 : 0);
            }
            if (out.ok == 0)
                out.differences.push_back(
                    {codes.empty() ? trial::Kind::missing : trial::Kind::wrong, test.span, name,
                     "expected to be refused as " + test.refused +
                         (codes.empty() ? "" : ", is refused as " + codes)});
            return out;
        }
        for (const auto& d : problems.items())
            out.differences.push_back(
                {trial::Kind::wrong, d.span, name, d.code + ": " + d.message});
        for (const auto& e : file.expectations)
            if (std::find(rules.begin(), rules.end(), e.rule) == rules.end() && o_.rules.empty())
                out.differences.push_back({trial::Kind::wrong, e.span, name,
                                           "`" + e.rule + "` is no rule of single records"});
        if (!out.differences.empty()) return out;
        out = trial::run(*loaded.packs, file, rules, nullptr, trial::Found::everything);
        for (auto& d : out.differences) d.name = name;
        if (out.ok == 0 && out.differences.empty()) out.ok = 1;  // nothing expected, nothing found
        return out;
    }

    void add(const trial::Compared& compared) {
        tally_.ok += compared.ok;
        for (const auto& d : compared.differences) {
            ++(d.kind == trial::Kind::missing ? tally_.missing
               : d.kind == trial::Kind::noisy ? tally_.noisy
                                              : tally_.wrong);
            std::cout << trial::word(d.kind) << "  " << place(d.span) << report::sanitize(d.name)
                      << ": " << report::sanitize(d.what) << "\n";
        }
    }

    // "file:line:column: ", or nothing. The shipped packs have been read by their
    // full path, which says nothing to who stands in the folder above them.
    std::string place(const text::Span& span) {
        if (!span.valid()) return "";
        const auto p = w_.sources().position(span.file, span.begin);
        std::string name(w_.sources().name(span.file));
        std::error_code ec;
        const auto here = std::filesystem::current_path(ec).string() + "/";
        if (!ec && name.rfind(here, 0) == 0) name.erase(0, here.size());
        return report::sanitize(name) + ":" + std::to_string(p.line) + ":" +
               std::to_string(p.column) + ": ";
    }

    void print_tally() const {
        std::cout << tally_.ok << " ok, " << tally_.missing << " missing, " << tally_.noisy
                  << " noisy, " << tally_.wrong << " wrong ("
                  << report::count_words(tally_.examples, "example") << ", "
                  << report::count_words(tally_.cases, "case") << ")\n";
    }

    void print_coverage() {
        std::size_t conditions = 0;
        std::size_t outcomes = 0;
        std::size_t met = 0;
        for (const auto& pack : packs_)
            for (const auto* r : pack.rules) {
                const auto covered = coverage_.of(*r);
                conditions += covered.conditions;
                outcomes += covered.outcomes;
                met += covered.met;
                for (const auto& u : covered.missing) {
                    std::string never;
                    for (const auto& n : u.never) never += (never.empty() ? "" : ", ") + n;
                    std::cout << "never " << never << "  " << place(u.span)
                              << report::sanitize(r->id + ": " + u.section + ": " + u.written)
                              << "\n";
                }
            }
        std::cout << met << " of " << outcomes << " outcomes of "
                  << report::count_words(conditions, "condition") << " seen\n";
    }

    // The arrow of a change, where only ASCII is to be drawn.
    [[nodiscard]] std::string shown(std::string change) const {
        if (!common_.ascii) return report::sanitize(change);
        for (auto at = change.find("→"); at != std::string::npos; at = change.find("→", at))
            change.replace(at, std::string("→").size(), "->");
        return report::sanitize(change);
    }

    int mutate() {
        std::vector<trial::TriedCase> cases;
        for (const auto& c : w_.cases())
            if (c.good && !c.file.expectations.empty()) cases.push_back({c.packs, &c.file});
        trial::RuleTried all;
        for (const auto& pack : packs_)
            for (auto& r : trial::mutate(*pack.packs, pack.rules, pack.examples, cases, o_.rules)) {
                print(r);
                all.changes += r.changes;
                all.noticed += r.noticed;
                std::move(r.survived.begin(), r.survived.end(), std::back_inserter(all.survived));
                std::move(r.stale.begin(), r.stale.end(), std::back_inserter(all.stale));
            }
        return print_sum(all) && all.stale.empty() ? kFine : kFound;
    }

    // Are enough of the changes noticed?
    [[nodiscard]] bool print_sum(const trial::RuleTried& all) const {
        const double share = all.changes == 0 ? 100.0
                                              : 100.0 * static_cast<double>(all.noticed) /
                                                    static_cast<double>(all.changes);
        const double wanted = o_.at_least.value_or(90);
        const bool enough = share >= wanted;
        const auto reasons =
            std::count_if(all.survived.begin(), all.survived.end(),
                          [](const trial::Survived& s) { return !s.because.empty(); });
        std::ostringstream out;
        // Cut, not rounded: a share that is too low must not read as one that is not.
        out << all.noticed << "/" << all.changes << " changes noticed in all ("
            << std::floor(share * 10) / 10 << " %)";
        if (!all.survived.empty())
            out << ", " << all.survived.size()
                << (all.survived.size() == 1 ? " survives, " : " survive, ") << reasons
                << " of them for a reason";
        if (!enough) out << "; asked for were " << wanted << " %";
        std::cout << out.str() << "\n";
        return enough;
    }

    void print(const trial::RuleTried& tried) {
        const auto& id = tried.rule->id;
        for (const auto& s : tried.survived) {
            std::cout << "survives  " << place(s.span) << report::sanitize(id) << ": "
                      << shown(s.change) << "\n";
            if (!s.because.empty())
                std::cout << "          because " << report::sanitize(s.because) << "\n";
        }
        for (const auto& s : tried.stale)
            std::cout << "stale  " << place(s.span) << report::sanitize(id) << ": "
                      << shown(s.change) << ": "
                      << (s.noticed
                              ? "an example or a case notices it; take the entry out of `survives`"
                              : "the rule has no such change; take the entry out, or copy "
                                "one from a line `survives`")
                      << "\n";
        std::cout << report::sanitize(id) << ": " << tried.noticed << "/" << tried.changes << "\n";
    }

    const TestOptions& o_;
    const Common& common_;
    Workspace w_{true};
    Tally tally_;
    std::vector<PackRules> packs_;
    trial::Coverage coverage_;
};

}  // namespace

Run add_test(CLI::App& app, const Common& common) {
    auto o = std::make_shared<TestOptions>();
    auto* sub =
        app.add_subcommand("test", "Run the examples of rule packs and the `expect:` of cases");
    sub->add_option("PATH", o->paths, "packs, cases or folders; without any: the shipped packs");
    add_list(*sub, "--rules", o->rules, "only these rules");
    sub->add_flag("--coverage", o->coverage,
                  "name the conditions that never came out true, false or unknown");
    sub->add_flag("--mutate", o->mutate,
                  "change each rule in one place at a time, and name the changes that no example "
                  "notices");
    sub->add_option("--at-least", o->at_least,
                    "per cent of the changes that must be noticed; 90 if not said")
        ->check(per_cent());
    add_config(*sub, o->config);
    return [o, sub, &common]() -> int { return sub->parsed() ? TestRun(*o, common).run() : -1; };
}

}  // namespace antinomy::cli
