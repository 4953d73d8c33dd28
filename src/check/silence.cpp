#include "check/silence.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "check/state.hpp"

namespace antinomy::check {

using model::RecordId;

namespace {

// Units as of the Resolver: judging costs as many as it has outcomes, or a hundredth of its steps.
constexpr std::int64_t kBudget = 100'000;

std::int64_t cost_of(const Judgement& j) {
    std::int64_t out = 1;
    for (const auto& v : j.views) out += static_cast<std::int64_t>(v.outcomes.size());
    return std::max(out, j.steps / 100);
}

// Does a reader rest anything on the silence of a rule? Not on that of remarks, nor on that of
// rules that ask how a source puts things: without the source nobody puts them so.
bool matters(const rule::Rule& r) {
    return r.about != "source" &&
           (r.severity == rule::Severity::error || r.severity == rule::Severity::warning);
}

class Finder {
public:
    Finder(const rule::Packs& packs, const model::Case& c, const Options& asked)
        : packs_(packs), case_(c), options_(asked) {
        options_.resolve = options_.infer = false;
        options_.trace.clear();
        options_.seen = nullptr;
        scope_.statuses = true;
        for (const auto* r : judged_rules(packs, options_)) {
            if (r->among) continue;  // it compares with other cases
            rules_.push_back(r);
            // Of rules that are run only because others read them nothing is told.
            if (matters(*r) &&
                (options_.rules.empty() || std::find(options_.rules.begin(), options_.rules.end(),
                                                     r->id) != options_.rules.end()))
                told_.insert(r);
        }
    }

    Silences run() {
        before_ = judge_case(packs_, case_, options_, rules_, scope_);
        budget_ -= cost_of(before_);
        by_source();
        by_policy();
        return std::move(out_);
    }

private:
    void by_source() {
        const auto type = packs_.vocabulary().find("source");
        if (!type.valid()) return;
        const auto chosen = selection_of(packs_.vocabulary(), case_, options_);
        std::vector<std::string> all;
        std::set<RecordId> speaking;
        for (const auto& a : case_.assertions) speaking.insert(a.source);
        for (const auto& r : case_.records) speaking.insert(r.source);
        for (std::uint32_t i = 0; i < case_.records.size(); ++i)
            if (case_.records[i].type == type && chosen.admits(RecordId{i}))
                all.push_back(case_.records[i].id);
        for (const auto& id : all) {
            if (speaking.count(case_.find_in(type, id)) == 0) continue;
            if (budget_ <= 0) {
                out_.whole = false;
                return;
            }
            auto options = options_;
            options.sources.emplace();
            for (const auto& other : all)
                if (other != id) options.sources->push_back(other);
            tell(judge_case(packs_, case_, options, rules_, scope_), Silence::On::source, id, "",
                 "",
                 // Whoever entered it does not vouch for it.
                 is_marked(case_, packs_.vocabulary(), case_.find_in(type, id),
                           {"low", "unchecked"}));
        }
    }

    void by_policy() {
        for (std::size_t i = 0; i < time::kConventions; ++i) {
            const auto chosen = case_.choices[i];
            if (chosen < 0) continue;
            if (budget_ <= 0) {
                out_.whole = false;
                return;
            }
            const auto& convention = time::kConventionTable[i];
            auto other = case_;
            other.choices[i] = 1 - chosen;
            other.policies[convention.name] = 1 - chosen;
            tell(judge_case(packs_, other, options_, rules_, scope_), Silence::On::policy,
                 convention.name, convention.words[static_cast<std::size_t>(chosen)],
                 convention.words[static_cast<std::size_t>(1 - chosen)]);
        }
    }

    // What is a finding now and was silence before, of a rule that applied.
    void tell(const Judgement& after, Silence::On on, const std::string& what,
              const std::string& value, const std::string& otherwise, bool gaps = false) {
        budget_ -= cost_of(after);
        struct Found {
            Silence what;
            std::size_t views = 0;
        };
        // That it would be found, and that it could not be told, are told apart: each of its own
        // accounts.
        std::map<std::tuple<std::string, std::string, bool>, Found> found;
        for (const auto& v : after.views) {
            const auto was =
                std::find_if(before_.views.begin(), before_.views.end(),
                             [&](const ViewState& x) { return x.account == v.account; });
            if (was == before_.views.end() || was->stands != v.stands) continue;
            for (const auto& o : v.outcomes) {
                const bool gap = gaps && o.status == Status::gap;
                if ((!o.is_finding() && !gap) || o.rule->presumption || told_.count(o.rule) == 0)
                    continue;
                const auto it = was->by_key.find(o.key);
                if (it == was->by_key.end() ||
                    was->outcomes[it->second].status != Status::satisfied)
                    continue;
                const auto at = place_of(case_, packs_.vocabulary(), o);
                // What it has to tell of that place otherwise, it is not silent on.
                if (std::any_of(was->outcomes.begin(), was->outcomes.end(), [&](const Outcome& x) {
                        return x.rule == o.rule && x.is_finding() &&
                               place_of(case_, packs_.vocabulary(), x) == at;
                    }))
                    continue;
                auto [mine, fresh] = found.try_emplace({o.rule->id, at, gap});
                auto& s = mine->second.what;
                if (fresh)
                    s = {on, what, value,           otherwise, o.rule->id, o.rule->title,
                         at, {},   Verdict::certain};
                if (o.status == Status::possible) s.then = Verdict::possible;
                if (gap) s.otherwise = "gap";
                const auto name = account_name(case_, v.account);
                if (std::find(s.accounts.begin(), s.accounts.end(), name) != s.accounts.end())
                    continue;
                s.accounts.push_back(name);
                ++mine->second.views;
            }
        }
        for (auto& [key, f] : found) {
            if (f.views == before_.views.size()) f.what.accounts.clear();
            out_.list.push_back(std::move(f.what));
        }
    }

    const rule::Packs& packs_;
    const model::Case& case_;
    Options options_;
    Scope scope_;
    std::vector<const rule::Rule*> rules_;
    std::set<const rule::Rule*> told_;
    Judgement before_;
    Silences out_;
    std::int64_t budget_ = kBudget;
};

}  // namespace

Silences silences_of(const rule::Packs& packs, const model::Case& c, const Options& options) {
    return Finder(packs, c, options).run();
}

}  // namespace antinomy::check
