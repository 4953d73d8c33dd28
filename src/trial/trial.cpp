#include "trial/trial.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include "model/load.hpp"
#include "text/nearest.hpp"

namespace antinomy::trial {
namespace {

bool below(const std::string& path, const std::string& at) {
    return at.empty() || path == at || path.rfind(at + ".", 0) == 0;
}

bool listed(const std::vector<std::string>& list, const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

std::string joined(const std::vector<std::string>& list) {
    std::string out;
    for (const auto& s : list) out += (out.empty() ? "" : ", ") + s;
    return out.empty() ? "no account" : out;
}

std::string said_of(const Wanted& e) {
    return e.rule + (e.at.empty() ? "" : " at " + e.at);
}

using Exhaustive = std::function<bool(const check::Finding&)>;

// Compares what was found with what was expected.
class Comparison {
public:
    Comparison(const check::CaseResult& result, std::string name)
        : result_(result), name_(std::move(name)), expected_(result.findings.size(), false) {}

    Compared run(const std::vector<Wanted>& wanted, const Exhaustive& exhaustive) {
        for (const auto& e : wanted)
            if (e.verdict == "gap")
                gap(e);
            else if (e.verdict == "none")
                none(e);
            else
                finding(e);
        for (std::size_t i = 0; i < expected_.size(); ++i) {
            const auto& f = result_.findings[i];
            if (expected_[i] || !exhaustive(f)) continue;
            differs(Kind::noisy, f.places.empty() ? text::Span{} : f.places.front().span,
                    f.rule + " at " + f.at + ": not expected (" +
                        std::string(check::word(f.verdict)) + ", " + joined(f.accounts) + ")");
        }
        return std::move(out_);
    }

private:
    void differs(Kind kind, const text::Span& span, std::string what) {
        out_.differences.push_back({kind, span, name_, std::move(what)});
    }

    void gap(const Wanted& e) {
        const bool is =
            std::any_of(result_.gaps.begin(), result_.gaps.end(), [&](const check::Gap& g) {
                return g.rule == e.rule && (below(g.at, e.at) || below(e.at, g.at));
            });
        if (is)
            ++out_.ok;
        else
            differs(Kind::missing, e.span, said_of(e) + ": expected a gap");
    }

    void none(const Wanted& e) {
        std::string found;
        for (std::size_t i = 0; i < expected_.size(); ++i) {
            const auto& f = result_.findings[i];
            if (f.rule != e.rule || !below(f.at, e.at)) continue;
            const bool of_account =
                !e.has_accounts ||
                std::any_of(e.accounts.begin(), e.accounts.end(),
                            [&](const std::string& a) { return listed(f.accounts, a); });
            // Silent in these views; other expectations speak of the others.
            if (!of_account) continue;
            expected_[i] = true;
            add(found, f);
        }
        if (found.empty())
            ++out_.ok;
        else
            differs(Kind::noisy, e.span, said_of(e) + ": expected none, found " + found);
    }

    void finding(const Wanted& e) {
        bool good = false;
        std::string found;
        std::vector<std::size_t> others;
        for (std::size_t i = 0; i < expected_.size(); ++i) {
            const auto& f = result_.findings[i];
            if (f.rule != e.rule || !below(f.at, e.at)) continue;
            if (f.verdict ==
                    (e.verdict == "certain" ? check::Verdict::certain : check::Verdict::possible) &&
                (!e.has_accounts || f.accounts == e.accounts)) {
                good = true;
                expected_[i] = true;
            } else {
                others.push_back(i);
                add(found, f);
            }
        }
        if (good) {
            ++out_.ok;
        } else if (others.empty()) {
            differs(Kind::missing, e.span, said_of(e) + ": expected " + e.verdict);
        } else {
            differs(Kind::wrong, e.span,
                    said_of(e) + ": expected " + e.verdict +
                        (e.has_accounts ? " (" + joined(e.accounts) + ")" : "") + ", found " +
                        found);
            for (const auto i : others) expected_[i] = true;
        }
    }

    static void add(std::string& found, const check::Finding& f) {
        found += (found.empty() ? "" : "; ") + std::string(check::word(f.verdict)) + " at " + f.at +
                 " (" + joined(f.accounts) + ")";
    }

    const check::CaseResult& result_;
    std::string name_;
    std::vector<bool> expected_;  // findings that an expectation speaks of
    Compared out_;
};

// What an example expects must be there to be found.
void check_expected(const rule::Packs& packs, const model::Case& file, const rule::Expected& e,
                    text::Diagnostics& diagnostics) {
    if (!e.at.empty() && !model::has_place(packs.vocabulary(), file, e.at))
        diagnostics.error(e.span, "unknown-reference",
                          "`at` names `" + e.at + "`, which is no place of the example",
                          model::near_places(file, e.at));
    std::vector<std::string> known;
    for (const auto& a : file.accounts) known.push_back(a.id);
    for (const auto& a : e.accounts)
        if (!file.find_account(a).valid())
            diagnostics.error(e.span, "unknown-account", "the example has no account `" + a + "`",
                              text::did_you_mean(a, known));
}

check::Options quick(check::SeenTerms* seen) {
    check::Options out;
    out.resolve = false;
    out.infer = false;
    out.seen = seen;
    return out;
}

void add_undecided(const check::CaseResult& result, const std::string& name, bool of_example,
                   Compared& out) {
    for (const auto& u : result.undecided)
        out.differences.push_back(
            {Kind::wrong, {}, name, "undecided: " + (of_example ? "" : u.rule + " ") + u.why});
}

}  // namespace

const char* word(Kind kind) {
    return kind == Kind::missing ? "missing" : kind == Kind::noisy ? "noisy" : "wrong";
}

std::vector<Example> examples_of(const rule::Packs& packs, const rule::Rule& r,
                                 text::Diagnostics& diagnostics) {
    std::vector<Example> out;
    for (const auto& example : r.tests) {
        const auto before = diagnostics.error_count();
        Example x;
        x.file =
            model::build_case(packs.vocabulary(), {{example.span.file, example.body, true, true}},
                              diagnostics, packs.policies(), packs.terms());
        for (const auto& e : example.expect) check_expected(packs, x.file, e, diagnostics);
        if (diagnostics.error_count() != before) continue;
        x.rule = &r;
        x.written = &example;
        x.name = r.id + ": " + example.name;
        x.file.id = r.id;
        // A presumption that cannot hold is told as facts-contradict.
        x.told = r.presumption ? "facts-contradict" : r.id;
        for (const auto& e : example.expect)
            x.wanted.push_back({e.verdict == "gap" ? r.id : x.told, e.at, e.verdict, e.accounts,
                                e.has_accounts, e.span});
        out.push_back(std::move(x));
    }
    return out;
}

std::string wanting(const rule::Rule& r) {
    bool fires = false;
    bool silent = false;
    for (const auto& x : r.tests) {
        for (const auto& e : x.expect)
            fires = fires || e.verdict == "certain" || e.verdict == "possible";
        silent = silent || std::all_of(x.expect.begin(), x.expect.end(),
                                       [](const auto& e) { return e.verdict == "none"; });
    }
    return !fires ? "violates" : silent ? "" : "passes";
}

std::vector<std::string> rules_of(const Example& x) {
    return {x.rule->id, "facts-contradict"};
}

Compared compare(const Example& x, const check::CaseResult& result) {
    auto out = Comparison(result, x.name).run(x.wanted, [&](const check::Finding& f) {
        return f.rule == x.told;
    });
    out.ok = out.differences.empty() ? 1 : 0;
    add_undecided(result, x.name, true, out);
    return out;
}

Compared run(const rule::Packs& packs, const Example& x, check::SeenTerms* seen) {
    auto options = quick(seen);
    options.rules = rules_of(x);
    return compare(x, check::check_case(packs, x.file, options).result);
}

Compared run(const rule::Packs& packs, const model::Case& file,
             const std::vector<std::string>& only, check::SeenTerms* seen, Found found) {
    std::map<std::vector<std::string>, std::vector<Wanted>> by_sources;
    by_sources[{}];
    for (const auto& e : file.expectations)
        if (only.empty() || listed(only, e.rule))
            by_sources[e.sources].push_back(
                {e.rule, e.at, e.verdict, e.accounts, e.has_accounts, e.span});
    Compared out;
    for (const auto& [sources, wanted] : by_sources) {
        auto options = quick(seen);
        options.rules = only;
        if (!sources.empty()) options.sources = sources;
        const auto checked = check::check_case(packs, file, options);
        const auto name = file.id + (sources.empty() ? "" : " (" + joined(sources) + ")");
        const bool whole =
            sources.empty() && (found != Found::expected || !file.expectations.empty());
        auto part = Comparison(checked.result, name).run(wanted, [&](const check::Finding& f) {
            return f.suppressed.empty() && (found == Found::everything ||
                                            (whole && f.severity <= check::Severity::warning));
        });
        out.ok += part.ok;
        add_undecided(checked.result, name, false, part);
        for (auto& d : part.differences) out.differences.push_back(std::move(d));
    }
    return out;
}

}  // namespace antinomy::trial
