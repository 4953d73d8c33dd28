// What the engine finds by itself: facts that contradict one another, a charge with something in
// the way on every account, dates that follow from others. Semantics.md 3.7, 5, 7.6.
#include <algorithm>
#include <functional>
#include <set>
#include <sstream>

#include "check/state.hpp"

namespace antinomy::check {

using model::RecordId;

namespace {

// Lines of a file may be written in another order, and with other blanks.
std::string facts_fingerprint(const Finding& f) {
    std::set<std::string> facts;
    for (const auto& x : f.proof.facts) facts.insert(x.path + "@" + x.account);
    std::set<std::string> requirements;
    for (const auto& r : f.proof.requirements) {
        const bool statement = r.rule == "order" || r.rule == "always";
        std::string text = r.rule + ":";
        std::istringstream words(statement ? r.text : std::string());
        for (std::string word; words >> word;) text += " " + word;
        requirements.insert(std::move(text));
    }
    std::string s = f.rule + "\n" + f.case_id;
    for (const auto* list : {&facts, &requirements})
        for (const auto& x : *list) s += "\n" + x;
    // That a rival value fits nothing is another finding than that no value is left.
    if (f.proof.takes) s += "\ntakes " + f.proof.facts[*f.proof.takes].value;
    return hash16(s);
}

// Do these statements contradict one another, with what holds by meaning; those alone of them that
// are `among`, if given?
bool contradict(const time::Network& network, const std::vector<time::StatementId>& statements,
                const time::Enabled* among = nullptr) {
    time::Enabled only(network.statement_count(), false);
    for (std::uint32_t s = 0; s < only.size(); ++s) only[s] = !network.statement({s}).droppable;
    for (const auto s : statements) only[s.value] = among == nullptr || (*among)[s.value];
    return time::Solver(network, only).fits() == time::Fit::no;
}

// By which of the ways of counting that nobody chose statements contradict one another. A view that
// stands by a way holds no contradiction by it.
class CountedWays {
public:
    CountedWays(const ViewState& v, const time::Choices& chosen) {
        for (std::size_t i = 0; i < chosen.size(); ++i)
            if (!v.refuted.empty() && v.refuted.front().choices[i] != chosen[i]) open_.push_back(i);
        ways_.assign(std::size_t{1} << open_.size(), nullptr);
        for (const auto& w : v.refuted)
            if (!w.contexts.empty())
                ways_[number_of(w.choices)] = w.contexts.front().timeline.get();
    }

    // One for each convention that these statements turn on, as they contradict one another by the
    // way `told`; none: they do by every way. A statement has the same id by every way.
    [[nodiscard]] std::vector<Turn> turns(const time::Choices& told,
                                          const std::vector<time::StatementId>& conflict) const {
        const auto contradictory = by_way(conflict);
        const auto first = number_of(told);
        std::vector<std::pair<std::size_t, std::size_t>> found;  // convention, and where it decides
        for (std::size_t i = 0; i < open_.size(); ++i)
            // From the way that is told on, so that it is named where it can be.
            for (std::size_t n = 0; n < ways_.size(); ++n) {
                const auto way = n ^ first;
                if (!contradictory[way] || contradictory[way ^ bit(i)]) continue;
                found.emplace_back(i, way);
                break;
            }
        std::vector<Turn> out;
        for (const auto& [i, way] : found) {
            Turn turn;
            const auto& convention = time::kConventionTable[open_[i]];
            const auto word = word_of(i, way);
            turn.on = convention.name;
            turn.readings = {{convention.words[word], "contradictory"},
                             {convention.words[1 - word], "not contradictory"}};
            turn.text = std::string(convention.name) + ", which nobody chose: contradictory by `" +
                        convention.words[word] + "`, not by `" + convention.words[1 - word] + "`";
            for (const auto& [other, unused] : found) {
                static_cast<void>(unused);
                if (other == i) continue;
                const auto& with = time::kConventionTable[open_[other]];
                turn.text += std::string(", where ") + with.name + " is `" +
                             with.words[word_of(other, way)] + "`";
            }
            out.push_back(std::move(turn));
        }
        return out;
    }

private:
    // A way is a number: a bit for each open convention, set for its second word.
    static std::size_t bit(std::size_t i) { return std::size_t{1} << i; }
    static std::size_t word_of(std::size_t i, std::size_t way) {
        return (way & bit(i)) != 0 ? 1 : 0;
    }
    [[nodiscard]] std::size_t number_of(const time::Choices& choices) const {
        std::size_t out = 0;
        for (std::size_t i = 0; i < open_.size(); ++i)
            if (choices[open_[i]] == 1) out |= bit(i);
        return out;
    }
    [[nodiscard]] std::vector<bool> by_way(const std::vector<time::StatementId>& conflict) const {
        std::vector<bool> out;
        for (const auto* timeline : ways_) {
            if (timeline == nullptr) {
                out.push_back(false);
                continue;
            }
            out.push_back(contradict(timeline->network(), conflict));
        }
        return out;
    }

    std::vector<std::size_t> open_;      // conventions
    std::vector<const Timeline*> ways_;  // by number; none where the view stands
};

bool same_steps(const Proof& a, const Proof& b) {
    const auto same = [](const std::vector<Step>& x, const std::vector<Step>& y) {
        return std::equal(x.begin(), x.end(), y.begin(), y.end(), [](const Step& s, const Step& t) {
            return std::tie(s.from, s.to, s.min_days, s.because) ==
                   std::tie(t.from, t.to, t.min_days, t.because);
        });
    };
    // The same words may be another account's.
    const bool lines = std::equal(
        a.requirements.begin(), a.requirements.end(), b.requirements.begin(), b.requirements.end(),
        [](const Requirement& x, const Requirement& y) { return x.span == y.span; });
    return a.kind == b.kind && a.supposed == b.supposed && lines && same(a.steps, b.steps) &&
           std::equal(a.cases.begin(), a.cases.end(), b.cases.begin(), b.cases.end(),
                      [&](const ProofCase& x, const ProofCase& y) {
                          return x.path == y.path && same(x.steps, y.steps);
                      });
}

// One finding for what several views share.
void merge(std::vector<Finding>& out, Finding f) {
    for (auto& other : out)
        if (other.fingerprint == f.fingerprint) {
            other.accounts.insert(other.accounts.end(), f.accounts.begin(), f.accounts.end());
            std::sort(other.accounts.begin(), other.accounts.end());
            other.accounts.erase(std::unique(other.accounts.begin(), other.accounts.end()),
                                 other.accounts.end());
            if (same_steps(other.proof, f.proof))
                other.proof.holds.insert(other.proof.holds.end(), f.proof.holds.begin(),
                                         f.proof.holds.end());
            else
                other.more_proofs.push_back(std::move(f.proof));
            for (auto& more : f.more_proofs) other.more_proofs.push_back(std::move(more));
            return;
        }
    out.push_back(std::move(f));
}

std::string list_facts(const Proof& proof) {
    std::string s;
    for (const auto& x : proof.facts) s += (s.empty() ? "" : ", ") + x.path + " (" + x.value + ")";
    for (const auto& r : proof.requirements) s += (s.empty() ? "" : ", ") + ("\"" + r.text + "\"");
    return s;
}

void clear_accounts_if_undisputed(Finding& f, std::size_t views, std::size_t all) {
    const bool bound = std::any_of(f.proof.facts.begin(), f.proof.facts.end(),
                                   [](const Fact& x) { return !x.account.empty(); });
    if (!bound && views == all) f.accounts.clear();
}

// Fewest words of others that must be right for each account to have something in its way. One that
// has an obstacle on its own statements needs none for it, whatever else stands in its way.
std::vector<Given> weakest_condition(const std::vector<std::vector<const Outcome*>>& obstacles) {
    using Word = std::pair<std::string, std::string>;  // path, account
    std::set<Word> all;
    for (const auto& list : obstacles)
        for (const auto* o : list)
            for (const auto& g : o->given) all.emplace(g.path, g.account);
    const auto enough = [&](const std::set<Word>& words) {
        return std::all_of(obstacles.begin(), obstacles.end(), [&](const auto& list) {
            return std::any_of(list.begin(), list.end(), [&](const Outcome* o) {
                return std::all_of(o->given.begin(), o->given.end(), [&](const Given& g) {
                    return words.count({g.path, g.account}) != 0;
                });
            });
        });
    };
    // Of a few all choices are tried, smaller ones first; of more, one after the other is left out
    // that is not needed.
    constexpr std::size_t kTried = 10;
    std::set<Word> least = all;
    if (const std::vector<Word> words(all.begin(), all.end()); words.size() <= kTried) {
        for (std::size_t choice = 0; choice < std::size_t{1} << words.size(); ++choice) {
            std::set<Word> some;
            for (std::size_t i = 0; i < words.size(); ++i)
                if ((choice >> i & 1u) != 0) some.insert(words[i]);
            if (some.size() < least.size() && enough(some)) least = some;
        }
    } else {
        for (const auto& word : words) {
            least.erase(word);
            if (!enough(least)) least.insert(word);
        }
    }
    std::vector<Given> out;
    for (const auto& list : obstacles)
        for (const auto* o : list)
            for (const auto& g : o->given)
                if (least.erase({g.path, g.account}) != 0) out.push_back(g);
    std::sort(out.begin(), out.end(), [](const Given& a, const Given& b) {
        return std::tie(a.path, a.account) < std::tie(b.path, b.account);
    });
    return out;
}

}  // namespace

std::vector<RefutedValue> refuted_values(const Context& context) {
    std::vector<RefutedValue> out;
    const auto& t = *context.timeline;
    for (const auto& arms : t.network().one_ofs()) {
        std::set<std::uint32_t> statements;
        for (const auto& a : arms) statements.insert(a.because.value);
        if (statements.size() < 2) continue;
        for (const auto keep : statements) {
            const auto& origin = t.origins()[keep];
            if (origin.kind != Origin::Kind::value) continue;
            auto enabled = context.evaluator->firm_statements();
            for (const auto s : statements) enabled[s] = s == keep;
            // Of a source's several values, another may be what fits nothing: it has its own turn.
            if (auto core = time::smallest_core(t.network(), enabled);
                core && std::find(core->statements.begin(), core->statements.end(),
                                  time::StatementId{keep}) != core->statements.end())
                out.push_back({origin.assertion, std::move(*core)});
        }
    }
    return out;
}

bool told_by_earlier_way(const ViewState& v, const RefutedWay& way,
                         const std::vector<time::StatementId>& conflict) {
    for (const auto& earlier : v.refuted) {
        if (&earlier == &way) return false;
        const auto& told = earlier.conflicts.minimal;
        if (std::find(told.begin(), told.end(), conflict) != told.end()) return true;
    }
    return false;
}

std::vector<Turn> turns_of(const model::Case& c, const ViewState& v, const RefutedWay& way,
                           const std::vector<time::StatementId>& conflict) {
    return CountedWays(v, c.choices).turns(way.choices, conflict);
}

void add_contradictions(const rule::Packs& packs, const model::Case& c, const Options& options,
                        Judgement& judgement, std::vector<Finding>& out, Resolver& resolver,
                        Contraries& contraries) {
    std::vector<Finding> found;
    // A view may have a finding more than once: by other lines that say the same.
    std::map<std::string, std::set<const ViewState*>> views_with;
    for (auto& v : judgement.views) {
        const auto tell = [&](Context& context, const time::Conflicts& conflicts,
                              const RefutedWay* way) {
            const auto& t = *context.timeline;
            const auto firm = t.undoubted();
            for (const auto& conflict : conflicts.minimal) {
                if (way != nullptr && told_by_earlier_way(v, *way, conflict)) continue;
                // What stands without the doubtful ones stands, whatever they add to it.
                const bool doubt = std::any_of(conflict.begin(), conflict.end(),
                                               [&](auto s) { return !firm[s.value]; }) &&
                                   !contradict(t.network(), conflict, &firm);
                const auto core = time::show_conflict(t.network(), t.all(), conflict);
                Finding f;
                f.rule = "facts-contradict";
                f.rule_title = "Statements that cannot all be true";
                f.case_id = c.id;
                if (way != nullptr) f.turns_on = turns_of(c, v, *way, conflict);
                f.verdict = doubt || !f.turns_on.empty() ? Verdict::possible : Verdict::certain;
                f.about = "source";
                f.reaches = "record";
                if (v.account.valid()) f.accounts = {account_name(c, v.account)};
                fill_proof(f.proof, t, core, std::nullopt, context.evaluator->full());
                f.proof.holds = {standing_of(v, context)};
                f.proof.holds.front().without.clear();
                f.message = "these statements cannot all be true: " + list_facts(f.proof);
                f.help = "at least one of them is misdated, misquoted or speaks of something else";
                f.at = f.proof.facts.empty() ? "order"
                                             : f.proof.facts.front().path.substr(
                                                   0, f.proof.facts.front().path.rfind('.'));
                for (const auto& s : f.proof.facts)
                    f.proof.text.push_back(
                        s.path + " is " + s.value + " [" +
                        (s.account.empty() ? s.source : s.account + ", " + s.source) + "]");
                for (const auto& r : f.proof.requirements)
                    f.proof.text.push_back("required by " + r.rule + ": " + r.text);
                std::int64_t sum = 0;
                for (const auto& s : f.proof.steps) {
                    sum += s.min_days;
                    f.proof.text.push_back(s.to + " is at least " + std::to_string(s.min_days) +
                                           " days after " + s.from);
                }
                if (!f.proof.steps.empty())
                    f.proof.text.push_back("round the circle that is at least " +
                                           std::to_string(sum) + (sum == 1 ? " day" : " days") +
                                           ", and it must be 0");
                for (const auto& turn : f.turns_on)
                    f.proof.text.push_back("it turns on " + turn.text);
                if (conflicts.more)
                    f.proof.text.push_back("there are more than " +
                                           std::to_string(conflicts.minimal.size()) +
                                           " such conflicts; the smallest are listed");
                add_places(f);
                add_rows(f, t);
                add_sources_note(f, c, packs.vocabulary());
                f.fingerprint = facts_fingerprint(f);
                views_with[f.fingerprint].insert(&v);
                merge(found, std::move(f));
            }
        };
        if (!v.stands && !v.contexts.empty()) tell(v.contexts.front(), v.conflicts, nullptr);
        for (auto& w : v.refuted)
            if (!w.contexts.empty()) tell(w.contexts.front(), w.conflicts, &w);
        // A presumption that cannot hold, with no exception asserted: told here, not under its own
        // id.
        for (auto& o : v.outcomes) {
            if (!o.rule->presumption || o.status != Status::certain) continue;
            auto f = present(c, packs, {{&v, &o}}, judgement.views.size());
            for (auto& r : f.proof.requirements)
                if (r.rule == o.rule->id) r.text = o.rule->require.written;
            add_turning_points(f, v, o);
            if (options.resolve) {
                // In all views that have it: they are told as one.
                std::vector<Holding> holdings;
                for (auto& other : judgement.views)
                    if (const auto it = other.by_key.find(o.key);
                        it != other.by_key.end() &&
                        other.outcomes[it->second].status == Status::certain)
                        holdings.push_back({&other, &other.outcomes[it->second]});
                resolver.resolve(f, holdings, contraries);
                contraries.find(f, holdings);
            }
            f.rule = "facts-contradict";
            f.about = "source";
            f.reaches = "record";
            if (v.account.valid()) f.accounts = {account_name(c, v.account)};
            f.fingerprint = facts_fingerprint(f);
            views_with[f.fingerprint].insert(&v);
            merge(found, std::move(f));
        }
        // A source's rival value that no dating can keep.
        if (v.stands && !v.contexts.empty()) {
            auto& context = v.contexts.front();
            const auto& t = *context.timeline;
            for (const auto& [keep, core] : refuted_values(context)) {
                Finding f;
                f.rule = "facts-contradict";
                f.rule_title = "Statements that cannot all be true";
                f.case_id = c.id;
                f.verdict = Verdict::possible;
                f.about = "source";
                f.reaches = "record";
                if (v.account.valid()) f.accounts = {account_name(c, v.account)};
                fill_proof(f.proof, t, core, std::nullopt, context.evaluator->full());
                f.proof.holds = {standing_of(v, context)};
                const auto& a = c.assertion(keep);
                for (std::size_t k = 0; k < f.proof.facts.size(); ++k)
                    if (f.proof.facts[k].span == a.span) f.proof.takes = k;
                f.at = c.record(a.record).path;
                f.message = "of the rival values, " + a.value.written +
                            (a.source.valid() ? " (" + c.record(a.source).id + ")" : "") +
                            " fits no dating of the rest: " + list_facts(f.proof);
                f.help = "the other value remains; say so in the file if that source is set aside";
                f.proof.text.push_back(f.message);
                add_places(f);
                add_rows(f, t);
                add_sources_note(f, c, packs.vocabulary());
                f.fingerprint = facts_fingerprint(f);
                views_with[f.fingerprint].insert(&v);
                merge(found, std::move(f));
            }
        }
    }
    for (auto& f : found) {
        clear_accounts_if_undisputed(f, views_with[f.fingerprint].size(), judgement.views.size());
        out.push_back(std::move(f));
    }
    for (auto& f : judgement.joint) out.push_back(std::move(f));
}

void add_every_account(const rule::Packs& packs, const model::Case& c, Judgement& judgement,
                       std::vector<Finding>& out) {
    const auto& vocabulary = packs.vocabulary();
    const auto charge_type = vocabulary.find("charge");
    if (!charge_type.valid() || c.accounts.size() < 2) return;
    const auto field = [&](RecordId r, std::string_view name) {
        return vocabulary.type(c.record(r).type).field_index(name);
    };
    // What a record's reference field holds in a view.
    const auto refers = [&](const model::View& view, RecordId r, std::string_view name) {
        std::set<RecordId> out_set;
        const auto f = field(r, name);
        if (f == SIZE_MAX) return out_set;
        for (const auto a : view.held(c, r, f))
            for (const auto x : c.assertion(a).value.records) out_set.insert(x);
        return out_set;
    };
    for (std::uint32_t n = 0; n < c.records.size(); ++n) {
        if (c.records[n].type != charge_type) continue;
        const RecordId charge{n};
        struct InConflict {
            ViewState* view;
            bool speaks = false;
            bool owns = false;
            std::vector<const Outcome*> certain;  // without another's word
            std::vector<const Outcome*> possible;
        };
        std::vector<InConflict> counted;
        for (auto& v : judgement.views) {
            if (!v.account.valid() || v.contexts.empty()) continue;
            const auto role = c.accounts[v.account.value].role;
            if (role != model::Role::party && role != model::Role::court) continue;
            const auto& view = v.contexts.front().timeline->view(0);
            if (!view.exists[n]) continue;
            InConflict here{&v, false, false, {}, {}};
            bool speaks = false;
            const auto says = [&](model::AccountId by) {
                if (!by.valid()) return;
                speaks = speaks || model::holds(c, v.account, by);
                here.owns = here.owns || by == v.account;
            };
            const auto conduct = refers(view, charge, "conduct");
            const auto norms = refers(view, charge, "norm");
            std::set<RecordId> about{charge};
            about.insert(conduct.begin(), conduct.end());
            for (const auto r : about) {
                if (view.exists[r.value]) says(c.record(r).by);
                for (const auto& list : c.record(r).fields)
                    for (const auto a : list) says(c.assertion(a).by);
            }
            for (const auto& o : v.outcomes) {
                if (!o.is_finding() || o.rule->severity != rule::Severity::error ||
                    o.rule->presumption)
                    continue;
                if (o.rule->reaches != "element" && o.rule->reaches != "charge") continue;
                bool binds = false;
                bool other_charge = false;
                for (std::size_t k = 0; k < o.rule->bindings.size(); ++k) {
                    const auto r = o.instance.records[k];
                    if (!r.valid()) continue;
                    if (c.record(r).type == charge_type) {
                        binds = binds || r == charge;
                        other_charge = other_charge || r != charge;
                        continue;
                    }
                    binds = binds || conduct.count(r) != 0 || norms.count(r) != 0;
                    for (const auto x : refers(view, r, "offered_for"))
                        binds = binds || conduct.count(x) != 0;
                }
                if (!binds || other_charge) continue;
                // It must rest on something this view says, not on what is undisputed.
                bool of_view = false;
                const auto& reads = o.verdict().reads;
                const auto note = [&](model::AccountId by) {
                    if (!by.valid()) return;
                    says(by);
                    of_view = of_view || model::holds(c, v.account, by);
                };
                for (const auto& r : reads.values) note(c.assertion(r.assertion).by);
                for (const auto& [record, side] : reads.records) note(c.record(record).by);
                // Of dates those that the proof takes: a rule reads others beside them.
                if (o.status == Status::certain)
                    for (const auto by : dated_by(v, o)) note(by);
                else
                    for (const auto& r : reads.dates) note(c.assertion(r.assertion).by);
                if (!of_view) continue;
                (o.status == Status::certain && o.given.empty() ? here.certain : here.possible)
                    .push_back(&o);
            }
            here.speaks = speaks;
            counted.push_back(std::move(here));
        }
        // Whoever states a fact of the proof speaks to it too, and must have something in the way
        // as well.
        std::set<model::AccountId> stated;
        for (const auto& x : counted)
            for (const auto* list : {&x.certain, &x.possible})
                for (const auto* o : *list) {
                    const std::function<void(const Outcome&)> collect = [&](const Outcome& from) {
                        const auto& reads = from.verdict().reads;
                        for (const auto& set : {reads.values, reads.dates})
                            for (const auto& r : set) stated.insert(c.assertion(r.assertion).by);
                        for (const auto& key : reads.fails)
                            if (const auto it = x.view->by_key.find(key);
                                it != x.view->by_key.end())
                                collect(x.view->outcomes[it->second]);
                    };
                    collect(*o);
                }
        for (auto& x : counted)
            for (const auto by : stated)
                if (by.valid() && model::holds(c, x.view->account, by)) {
                    x.speaks = true;
                    x.owns = x.owns || by == x.view->account;
                }
        counted.erase(std::remove_if(counted.begin(), counted.end(),
                                     [](const InConflict& x) { return !x.speaks; }),
                      counted.end());
        // An adopter is no second account beside the one it adopts.
        const auto owners = std::count_if(counted.begin(), counted.end(), [&](const InConflict& x) {
            return x.owns && std::none_of(counted.begin(), counted.end(), [&](const InConflict& y) {
                       return y.owns && y.view != x.view &&
                              model::holds(c, x.view->account, y.view->account);
                   });
        });
        if (owners < 2) continue;
        bool each = true;
        bool certain = true;
        for (const auto& x : counted) {
            each = each && !(x.certain.empty() && x.possible.empty());
            certain = certain && !x.certain.empty();
        }
        if (!each) continue;
        Finding f;
        f.rule = "every-account-in-conflict";
        f.rule_title = "On each account something stands in the way of the charge";
        f.case_id = c.id;
        f.verdict = certain ? Verdict::certain : Verdict::possible;
        f.about = "charge";
        f.reaches = "charge";
        f.at = c.record(charge).path;
        f.bindings.emplace_back("charge", f.at);
        const auto title = counted.front().view->contexts.front().evaluator->title(charge, 0);
        f.message =
            std::string("on each account that speaks to ") + title +
            (certain ? ", something stands in its way" : ", something may stand in its way") + ": ";
        f.help = "each obstacle has its own conditions; see the findings it is made of";
        f.places.push_back({c.record(charge).span, "the charge", ""});
        std::string identity = f.rule + "\n" + c.id + "\n" + f.at;
        // Accounts with the same obstacles, and the same values in them (an adopter and whom it
        // adopts), are told together.
        struct Told {
            std::string signature;
            std::vector<std::string> names;
            std::string text;
            std::size_t first_block;
            std::size_t last_block;
        };
        std::vector<Told> told;
        for (const auto& x : counted) {
            const auto name = account_name(c, x.view->account);
            f.accounts.push_back(name);
            const auto& list = x.certain.empty() ? x.possible : x.certain;
            std::string signature;
            for (const auto* o : list)
                signature += o->key + "|" + std::string(word(o->status)) +
                             (o->given.empty() ? "|" : "|given|") + said_of({x.view, o}).values;
            const auto same = std::find_if(told.begin(), told.end(),
                                           [&](const Told& y) { return y.signature == signature; });
            if (same != told.end()) {
                same->names.push_back(name);
                continue;
            }
            told.push_back({signature, {name}, {}, f.blocks.size(), 0});
            std::string rules;
            for (const auto* o : list) {
                auto sub = present(c, packs, {{x.view, o}}, judgement.views.size());
                AccountBlock block;
                block.account = name;
                block.rule = sub.rule;
                block.message = sub.message;
                block.verdict = sub.verdict;
                block.given = o->given;
                block.places = sub.places;
                const MadeOf part{sub.rule, sub.at, name, sub.verdict};
                if (std::find(f.made_of.begin(), f.made_of.end(), part) == f.made_of.end())
                    f.made_of.push_back(part);
                if (rules.find(sub.rule) == std::string::npos)
                    rules += (rules.empty() ? "" : " and ") + ("`" + sub.rule + "` (") +
                             std::string(word(sub.verdict)) +
                             (o->given.empty() ? "" : ", given another party's word") + ")";
                for (auto& fact : sub.proof.facts)
                    if (std::none_of(f.proof.facts.begin(), f.proof.facts.end(),
                                     [&](const Fact& y) { return y.span == fact.span; }))
                        f.proof.facts.push_back(std::move(fact));
                for (auto& r : sub.proof.requirements)
                    if (std::none_of(f.proof.requirements.begin(), f.proof.requirements.end(),
                                     [&](const Requirement& y) {
                                         return y.rule == r.rule && y.text == r.text;
                                     }))
                        f.proof.requirements.push_back(std::move(r));
                for (const auto& b : sub.basis)
                    if (std::none_of(f.basis.begin(), f.basis.end(),
                                     [&](const Basis& y) { return y.cite == b.cite; }))
                        f.basis.push_back(b);
                f.proof.text.push_back(name + ": " + sub.rule + " (" +
                                       std::string(word(sub.verdict)) + "): " + sub.message);
                f.blocks.push_back(std::move(block));
            }
            told.back().text = rules;
            told.back().last_block = f.blocks.size();
        }
        std::string words;
        for (const auto& y : told) {
            std::string names;
            std::string quoted;
            for (std::size_t k = 0; k < y.names.size(); ++k) {
                const auto* beside = k == 0 ? "" : k + 1 == y.names.size() ? " and " : ", ";
                names += beside + y.names[k];
                quoted += beside + ("`" + y.names[k] + "`");
            }
            for (auto k = y.first_block; k < y.last_block; ++k) f.blocks[k].account = names;
            words += (words.empty() ? "" : "; ") + ("for " + quoted + ", " + y.text);
        }
        std::vector<std::vector<const Outcome*>> obstacles;
        for (const auto& x : counted)
            obstacles.push_back(x.certain.empty() ? x.possible : x.certain);
        f.given = weakest_condition(obstacles);
        f.proof.kind = "findings";
        words += "; each on conditions of its own";
        f.message += words;
        std::sort(f.accounts.begin(), f.accounts.end());
        for (const auto& name : f.accounts) identity += "\n@" + name;
        f.fingerprint = hash16(identity);
        add_rows(f, *counted.front().view->contexts.front().timeline);
        add_sources_note(f, c, vocabulary);
        out.push_back(std::move(f));
    }
}

void add_inferred(const model::Case& c, Judgement& judgement, std::vector<Inferred>& out) {
    struct Found {
        Inferred what;
        std::size_t views = 0;
        std::string accounts;
    };
    std::map<std::string, Found> found;
    std::size_t all = 0;
    for (auto& v : judgement.views) {
        ++all;
        if (!v.stands || v.contexts.size() != 1) continue;
        auto& context = v.contexts.front();
        auto& t = context.plus ? *context.plus : *context.timeline;
        auto& solver = context.plus_solver ? *context.plus_solver : context.evaluator->full();
        const auto& enabled =
            context.plus_solver ? context.plus_enabled : context.evaluator->statements();
        // Dates that rest on a certain fact finding are not inferred.
        std::set<std::uint32_t> tainted;
        for (const auto n : context.certain_facts)
            for (const auto p : v.outcomes[n].verdict().reads.points) tainted.insert(p);
        for (std::uint32_t p = 1; p < t.network().point_count(); ++p) {
            const auto& of = t.made_for(time::PointId{p});
            if (!of.record.valid() || tainted.count(p) != 0) continue;
            const auto& held = t.view(0).held(c, of.record, of.field);
            time::DaySet stated;
            std::string written;
            if (t.vocabulary().type(c.record(of.record).type).fields[of.field].kind !=
                model::FieldKind::day)
                continue;
            for (const auto a : held) {
                stated = stated.unite(t.days_of(0, c.assertion(a)));
                written = c.assertion(a).value.written;
            }
            // A precise day can only be itself.
            if (!stated.empty() && stated.windows().size() == 1 && stated.hull().single()) continue;
            if (held.size() > 1) continue;  // rivals: `sources-contradict` speaks of them
            const auto days = solver.days(time::PointId{p});
            if (days.empty() || days.windows().size() > 8) continue;
            const auto hull = days.hull();
            if (held.empty() ? !bounded(hull.first) || !bounded(hull.last) : days == stated)
                continue;
            Found f;
            f.what.case_id = c.id;
            f.what.path = t.path(time::PointId{p});
            f.what.stated = written;
            f.what.days = days;
            std::vector<time::Formula> outside;
            if (bounded(hull.first))
                outside.push_back(
                    time::Formula::of({time::kOrigin, time::PointId{p}, hull.first.value - 1}));
            if (bounded(hull.last))
                outside.push_back(
                    time::Formula::of({time::PointId{p}, time::kOrigin, -hull.last.value - 1}));
            if (const auto core = time::smallest_core(
                    t.network(), enabled, time::Formula::any_of(std::move(outside)), 12))
                for (const auto s : core->statements) {
                    const auto& o = t.origins()[s.value];
                    std::string label =
                        o.kind == Origin::Kind::rule ? o.rule
                        : o.kind == Origin::Kind::always
                            ? c.record(o.record).path + ": " + t.network().statement(s).label
                            : t.network().statement(s).label;
                    if (std::find(f.what.from.begin(), f.what.from.end(), label) ==
                        f.what.from.end())
                        f.what.from.push_back(std::move(label));
                }
            const auto key = f.what.path + "|" + time::to_string(days);
            auto [it, fresh] = found.try_emplace(key, std::move(f));
            ++it->second.views;
            if (v.account.valid())
                it->second.accounts +=
                    (it->second.accounts.empty() ? "" : ", ") + account_name(c, v.account);
        }
    }
    for (auto& [key, f] : found) {
        if (f.views != all) f.what.account = f.accounts;
        out.push_back(std::move(f.what));
    }
}

}  // namespace antinomy::check
