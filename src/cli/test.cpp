// antinomy test [PATH...]: the packs' own examples and the cases' `expect:`.
// Four outcomes: ok; missing (expected, not found); noisy (found, not expected); wrong (found
// otherwise). `--coverage` asks of the examples whether they are enough.

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/workspace.hpp"
#include "report/phrases.hpp"
#include "trial/coverage.hpp"
#include "trial/trial.hpp"

namespace antinomy::cli {

namespace {

struct TestOptions {
    std::vector<std::string> paths;
    std::vector<std::string> rules;
    bool coverage = false;
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
        w_.add(o_.paths.empty() ? std::vector<std::string>{w_.rules_folder()} : o_.paths);
        w_.load();
        w_.check_rules(o_.rules);
        for (const auto& p : w_.named_packs()) packs_.push_back(rules_of(p));
        if (o_.coverage && packs_.empty())
            w_.argument_error("--coverage", "there is no rule pack in what was given",
                              "name the pack whose rules are meant, beside the cases");
        for (const auto& p : packs_) examples(p);
        for (const auto& c : w_.cases())
            if (c.good) test_case(c);
        const bool errors = w_.print_problems(common_.style(2));
        print_tally();
        if (errors) return kNotDone;
        if (o_.coverage) print_coverage();
        return tally_.good() ? kFine : kFound;
    }

private:
    [[nodiscard]] bool asked(const std::string& id) const {
        return o_.rules.empty() ||
               std::find(o_.rules.begin(), o_.rules.end(), id) != o_.rules.end();
    }

    PackRules rules_of(const Workspace::NamedPack& pack) {
        PackRules out;
        out.packs = pack.packs;
        for (const auto& r : pack.packs->rules()) {
            if (r.pack != pack.id) continue;
            if (!asked(r.id)) continue;
            out.rules.push_back(&r);
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
        if (!c.file.expectations.empty()) ++tally_.cases;
        check::SeenTerms seen;
        add(trial::run(*c.packs, c.file, o_.rules, o_.coverage ? &seen : nullptr));
        if (!o_.coverage) return;
        for (const auto& r : c.packs->rules()) coverage_.add(r, seen);
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

    // "file:line:column: ", or nothing. The shipped packs have been read by their full path, which
    // says nothing to who stands in the folder above them.
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
    return [o, sub, &common]() -> int { return sub->parsed() ? TestRun(*o, common).run() : -1; };
}

}  // namespace antinomy::cli
