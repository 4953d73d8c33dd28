#include "trial/mutation.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "rule/mutants.hpp"

namespace antinomy::trial {
namespace {

// Packs that a rule is put into for the time of a try. The packs given stay as they are.
class Changed {
public:
    explicit Changed(const rule::Packs& packs) : packs_(packs) {}

    template <class Try>
    bool with(const rule::Rule& rule, const Try& attempt) {
        auto kept = packs_.replace(rule);
        const bool out = attempt(packs_);
        packs_.replace(std::move(kept));
        return out;
    }

private:
    rule::Packs packs_;
};

class Trier {
public:
    Trier(const rule::Packs& packs, const std::vector<Example>& examples,
          const std::vector<TriedCase>& cases, const std::vector<std::string>& only)
        : changed_(packs), only_(only) {
        for (const auto& x : examples)
            if (trial::run(packs, x).differences.empty()) examples_.push_back(&x);
        for (const auto& c : cases) {
            if (!trial::run(*c.packs, *c.file, only_).differences.empty()) continue;
            cases_.push_back(c);
            by_packs_.try_emplace(c.packs, *c.packs);
        }
    }

    RuleTried run(const rule::Rule& rule) {
        RuleTried out;
        out.rule = &rule;
        const auto mutants = rule::mutants(rule);
        elsewhere_.clear();
        std::set<std::string> survived;
        std::set<std::string> known;
        for (std::size_t i = 0; i < mutants.size(); ++i) {
            const auto& m = mutants[i];
            known.insert(m.change);
            ++out.changes;
            if (noticed(rule, m.rule, i)) {
                ++out.noticed;
                continue;
            }
            survived.insert(m.change);
            out.survived.push_back({m.change, m.span, reason(rule, m.change)});
        }
        for (const auto& s : rule.survives)
            if (survived.count(s.change) == 0)
                out.stale.push_back({s.change, s.span, known.count(s.change) != 0});
        return out;
    }

private:
    static std::string reason(const rule::Rule& rule, const std::string& change) {
        for (const auto& s : rule.survives)
            if (s.change == change) return s.because;
        return {};
    }

    bool noticed(const rule::Rule& rule, const rule::Rule& mutant, std::size_t number) {
        // A rule's own examples notice most: the others are asked only where they do not.
        const auto by_examples = [&](bool own) {
            return changed_.with(mutant, [&](const rule::Packs& packs) {
                return std::any_of(examples_.begin(), examples_.end(), [&](const Example* x) {
                    return (x->rule->id == rule.id) == own &&
                           !trial::run(packs, *x).differences.empty();
                });
            });
        };
        if (by_examples(true) || by_examples(false)) return true;
        return std::any_of(cases_.begin(), cases_.end(),
                           [&](const TriedCase& c) { return by_case(c, rule, number); });
    }

    // A case may be judged by packs of its own, in which the same rule has the same changes.
    bool by_case(const TriedCase& c, const rule::Rule& rule, std::size_t number) {
        const auto* there = c.packs->find(rule.id);
        if (there == nullptr) return false;
        auto [it, fresh] = elsewhere_.try_emplace(c.packs);
        if (fresh) it->second = rule::mutants(*there);
        if (number >= it->second.size()) return false;
        return by_packs_.at(c.packs).with(it->second[number].rule, [&](const rule::Packs& packs) {
            return !trial::run(packs, *c.file, only_).differences.empty();
        });
    }

    Changed changed_;
    const std::vector<std::string>& only_;
    std::vector<const Example*> examples_;
    std::vector<TriedCase> cases_;
    std::map<const rule::Packs*, Changed> by_packs_;
    std::map<const rule::Packs*, std::vector<rule::Mutant>> elsewhere_;  // of the rule at hand
};

}  // namespace

std::vector<RuleTried> mutate(const rule::Packs& packs, const std::vector<const rule::Rule*>& rules,
                              const std::vector<Example>& examples,
                              const std::vector<TriedCase>& cases,
                              const std::vector<std::string>& only) {
    std::vector<RuleTried> out;
    Trier trier(packs, examples, cases, only);
    for (const auto* r : rules) out.push_back(trier.run(*r));
    return out;
}

}  // namespace antinomy::trial
