#include "cli/judge.hpp"

#include <algorithm>
#include <set>

#include "check/suppress.hpp"

namespace antinomy::cli {

namespace {

bool in(const std::vector<std::string>& list, const std::string& id) {
    return std::find(list.begin(), list.end(), id) != list.end();
}

}  // namespace

void check_asked(Workspace& w, const Judging& o) {
    w.check_rules(o.rules);
    w.check_accounts(o.accounts);
    w.check_sources(o.sources);
    if (w.cases().empty() && !w.diagnostics().has_errors()) w.nothing_to_check();
}

Judged judge(Workspace& w, const Judging& o) {
    Judged out;
    auto& result = out.result;
    std::set<std::string> applied;
    std::set<std::string> rules;
    check::Options options;
    options.accounts = o.accounts;
    if (!o.sources.empty()) options.sources = o.sources;
    options.resolve = o.resolve;
    options.infer = o.infer;
    options.today = o.today;
    const auto counts = [&](const LoadedCase& c) { return !c.variant || c.named || o.variants; };
    check::Groups groups;
    for (const auto& c : w.cases()) {
        if (!counts(c) || !c.good) continue;
        options.rules = w.rules_for(c, o.rules);
        check::gather(*c.packs, c.file, options,
                      [&](const auto& rule, const auto& key, const auto& amount, bool sure) {
                          groups.add(rule, key, amount, sure);
                      });
    }
    options.groups = &groups;
    std::set<std::string> off;
    for (auto& c : w.cases()) {
        if (!counts(c)) {
            ++result.variants_left_out;
            continue;
        }
        if (!c.good) continue;
        options.rules = w.rules_for(c, o.rules);
        auto checked = check::check_case(*c.packs, c.file, options);
        check::weigh(checked.result.findings, c.builtin_weights);
        for (const auto& r : c.packs->rules())
            if (options.rules.empty() || in(options.rules, r.id)) rules.insert(r.id);
        for (const auto& r : c.packs->off())
            if (o.rules.empty()) off.insert(r.id);
        for (const auto& [id, weight] : c.builtin_weights)
            if (o.rules.empty() && !weight) off.insert(id);
        auto& here = out.ran.emplace_back();
        for (const auto& a : checked.applied) {
            applied.insert(a.rule);
            // (Rules that others ask for are judged with them.)
            if (options.rules.empty() || in(options.rules, a.rule))
                here.push_back({a.rule, a.passed});
        }
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
        out.cases.push_back(&c);
        out.rules.push_back(options.rules);
    }
    for (const auto& r : rules)
        if (applied.count(r) == 0) result.not_applicable.push_back(r);
    result.rules = rules.size();
    result.off.assign(off.begin(), off.end());
    return out;
}

track::Run run_of(const Judged& judged, const Judging& o) {
    const auto of = [&judged](const std::string& id) -> std::size_t {
        for (std::size_t i = 0; i < judged.cases.size(); ++i)
            if (judged.result.cases[i].id == id) return i;
        return SIZE_MAX;
    };
    track::Run out;
    out.mandatory = [&judged, of](const std::string& id, const std::string& rule) {
        const auto i = of(id);
        return i != SIZE_MAX && check::is_mandatory(*judged.cases[i]->packs, rule);
    };
    out.judged = [&judged, of, &o](const track::Entry& e) {
        const auto i = of(e.case_id);
        if (i == SIZE_MAX || !o.accounts.empty() || !o.sources.empty()) return false;
        if (!judged.rules[i].empty() && !in(judged.rules[i], e.rule)) return false;
        const auto& undecided = judged.result.cases[i].undecided;
        return std::none_of(undecided.begin(), undecided.end(), [&](const check::Undecided& u) {
            return u.rule.empty() || u.rule == e.rule;
        });
    };
    return out;
}

track::Run run_of_data(const rule::Packs& packs) {
    track::Run out;
    out.mandatory = [&packs](const std::string&, const std::string& rule) {
        return check::is_mandatory(packs, rule);
    };
    out.judged = [](const track::Entry&) { return false; };
    return out;
}

void warn_of_mandatory(Workspace& w, const track::Entries& entries, const track::Run& run) {
    for (const auto& e : entries)
        if (run.mandatory(e.case_id, e.rule))
            w.diagnostics().warning(
                e.span, "mandatory",
                "rule `" + e.rule + "` is mandatory: no baseline holds its findings back",
                "take the entry out");
}

}  // namespace antinomy::cli
