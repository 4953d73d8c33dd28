#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "check/state.hpp"
#include "time/expression.hpp"

namespace antinomy::check {

using model::AccountId;
using model::RecordId;
using rule::Rule;
using rule::RuleKind;

namespace {

constexpr std::int64_t kBindings = 1'000'000;  // bindings tried for one rule in one view
// Steps of one rule in a case, of all its views; of all rules, after which each has as few as it
// takes a rule that is none too slow, so that one pack cannot take any time.
constexpr std::int64_t kSteps = 5'000'000;
constexpr std::int64_t kAllSteps = 20'000'000;
constexpr std::int64_t kFewSteps = 200'000;
constexpr std::size_t kWays = 16;  // answers to open identities and ways of counting
constexpr std::size_t kArms = 16;  // of a disjunctive requirement of a fact rule

// Alternatives of a formula as conjunctions; nothing if there are too many.
std::optional<std::vector<std::vector<time::Difference>>> arms_of(const time::Formula& f) {
    using Kind = time::Formula::Kind;
    std::vector<std::vector<time::Difference>> out;
    switch (f.kind) {
        case Kind::yes:
            return std::vector<std::vector<time::Difference>>{{}};
        case Kind::no:
            return out;
        case Kind::leaf:
            return std::vector<std::vector<time::Difference>>{{f.leaf}};
        case Kind::any:
            for (const auto& p : f.parts) {
                auto more = arms_of(p);
                if (!more) return std::nullopt;
                out.insert(out.end(), more->begin(), more->end());
                if (out.size() > kArms) return std::nullopt;
            }
            return out;
        case Kind::all:
            out.emplace_back();
            for (const auto& p : f.parts) {
                auto more = arms_of(p);
                if (!more) return std::nullopt;
                std::vector<std::vector<time::Difference>> next;
                for (const auto& a : out)
                    for (const auto& b : *more) {
                        next.push_back(a);
                        next.back().insert(next.back().end(), b.begin(), b.end());
                        if (next.size() > kArms) return std::nullopt;
                    }
                out = std::move(next);
            }
            return out;
    }
    return out;
}

bool only_time(const Ground& g) {
    if (g.kind == Ground::Kind::unknown || g.kind == Ground::Kind::gap) return false;
    return std::all_of(g.parts.begin(), g.parts.end(), only_time);
}

class Judge {
public:
    Judge(const rule::Packs& packs, const model::Case& c, const Options& options,
          const std::vector<const Rule*>& rules, const Scope& scope)
        : packs_(packs),
          case_(c),
          options_(options),
          rules_(rules),
          scope_(scope),
          selection_(selection_of(packs.vocabulary(), c, options)) {}

    Judgement run() {
        make_views();
        // Strata in order; in each, what is fact before what is law.
        int top = 0;
        for (const auto* r : rules_) top = std::max(top, r->stratum);
        for (int stratum = 0; stratum <= top; ++stratum) {
            for (const auto kind : {RuleKind::fact, RuleKind::law}) {
                if (stratum == 0 && kind == RuleKind::law)
                    for (auto& v : out_.views) build_plus(v);
                for (const auto* r : rules_) {
                    if (r->stratum != stratum || r->kind != kind ||
                        r->between != rule::Between::none)
                        continue;
                    for (auto& v : out_.views) judge_rule(*r, v);
                }
            }
        }
        judge_between();
        judge_sources();
        return std::move(out_);
    }

    // Of each instance: the groups that it may belong to, and its amount.
    void gather(const Gather& out) {
        make_views();
        for (const auto* r : rules_) {
            struct Found {
                std::map<std::string, std::size_t> keys;  // in how many ways it belongs there
                std::optional<Amount> amount;
                bool sure = true;
                std::size_t ways = 0;
            };
            std::map<std::string, Found> found;
            std::size_t ways = 0;
            for (auto& v : out_.views)
                for (auto& c : v.contexts) {
                    ++ways;
                    std::int64_t budget = kBindings;
                    for (const auto& i : c.evaluator->instances(*r, budget)) {
                        if (!i.unbound.empty()) continue;
                        const auto b = c.evaluator->belonging(*r, i);
                        if (!b) continue;
                        auto& f = found[i.key(case_)];
                        ++f.ways;
                        f.sure = f.sure && b->sure;
                        for (const auto& key : b->keys) ++f.keys[key];
                        f.amount = f.amount ? either(*f.amount, b->amount) : b->amount;
                    }
                }
            for (const auto& [instance, f] : found) {
                const bool sure = f.sure && f.keys.size() == 1 && f.ways == ways;
                for (const auto& [key, unused] : f.keys) {
                    static_cast<void>(unused);
                    out(r->id, key, *f.amount, sure);
                }
            }
        }
    }

private:
    // One of two amounts.
    static Amount either(const Amount& a, const Amount& b) {
        if (a.months == b.months && a.low == b.low && a.high == b.high) return a;
        const auto [low, high] = in_seconds(a);
        const auto [other_low, other_high] = in_seconds(b);
        return {0, std::min(low, other_low), std::max(high, other_high), a.by_clock || b.by_clock};
    }

    void make_views() {
        worlds_ = model::worlds(case_, selection_);
        if (worlds_.empty()) {
            out_.undecided.push_back(
                {"", case_.id, "identity",
                 "more than four identities are open: too many combinations to judge"});
            worlds_.emplace_back();
        }
        std::vector<AccountId> accounts;
        for (std::uint32_t i = 0; i < case_.accounts.size(); ++i) accounts.push_back({i});
        if (accounts.empty()) accounts.emplace_back();
        for (const auto a : accounts) {
            if (a.valid() && !options_.accounts.empty() &&
                std::find(options_.accounts.begin(), options_.accounts.end(),
                          case_.accounts[a.value].id) == options_.accounts.end())
                continue;
            if (!in_scope(a)) continue;
            ViewState v;
            v.account = a;
            std::vector<std::vector<model::View>> per_world;
            for (const auto& w : worlds_)
                per_world.emplace_back().push_back(model::make_view(case_, a, selection_, w));
            make_contexts(v, std::move(per_world), false);
            out_.views.push_back(std::move(v));
        }
    }

    [[nodiscard]] bool in_scope(AccountId a) const {
        return scope_.accounts == nullptr || scope_.accounts->count(a) != 0;
    }

    using Asked = std::array<bool, time::kConventions>;

    // Ways of counting that values ask for and nobody chose.
    Asked open_in_values() const {
        Asked out{};
        for (const auto& a : case_.assertions) {
            if (!a.value.time || a.value.absolute) continue;
            const auto asked = time::conventions_of(*a.value.time);
            for (std::size_t i = 0; i < asked.size(); ++i)
                out[i] = out[i] || (asked[i] && case_.choices[i] < 0);
        }
        return out;
    }

    // Can a birthday of 29 February matter here? The two ways differ only of one born on that day,
    // on the 28th of a common year's February. What is so on the timeline counted either way,
    // without what is doubtful, is so by each way.
    static bool asks_for_birthday(const Context& c) {
        auto& solver = c.evaluator->firm();
        const auto hull = [&](time::PointId p) {
            const auto b = solver.bounds(time::kOrigin, p);
            return time::Window{b.least > -time::kNoBound ? time::Day{b.least} : time::kEver,
                                b.most < time::kNoBound ? time::Day{b.most} : time::kForever};
        };
        const auto& choices = c.timeline->network().calendar_choices();
        return std::any_of(choices.begin(), choices.end(), [&](const auto& choice) {
            return choice.relation.kind == time::CalendarRelation::Kind::age &&
                   time::leap_birthday_matters(hull(choice.point), hull(choice.anchor));
        });
    }

    // Each choice of those ways of counting: a way that the view can stand.
    std::vector<time::Choices> ways(const Asked& open) const {
        std::vector<time::Choices> out{case_.choices};
        for (std::size_t i = 0; i < open.size(); ++i) {
            if (!open[i]) continue;
            const auto before = std::move(out);
            out.clear();
            for (const int word : {0, 1})
                for (const auto& choices : before) {
                    out.push_back(choices);
                    out.back()[i] = word;
                }
        }
        return out;
    }

    void limit_worlds(const ViewState& state, const Asked& open, std::size_t ways,
                      std::vector<std::vector<model::View>>& per_world) {
        if (ways * per_world.size() <= kWays) return;
        std::string names;
        for (std::size_t i = 0; i < open.size(); ++i)
            if (open[i])
                names += (names.empty() ? "`" : " or `") +
                         std::string(time::kConventionTable[i].name) + "`";
        out_.undecided.push_back({"", case_.id, account_name(case_, state.account),
                                  "open identities and ways of counting make more than " +
                                      std::to_string(kWays) + " combinations: choose a policy " +
                                      names});
        per_world.resize(kWays / ways);
    }

    void make_contexts(ViewState& state, std::vector<std::vector<model::View>> per_world,
                       bool joined) {
        auto open = open_in_values();
        if (open == Asked{})
            return make_contexts(state, std::move(per_world), joined, case_.choices);
        // Counted either way, value by value: what cannot stand so stands by no way.
        ViewState either;
        either.account = state.account;
        either.other = state.other;
        make_contexts(either, per_world, joined, case_.choices);
        open[time::kLeapBirthday] =
            open[time::kLeapBirthday] && either.stands &&
            std::any_of(either.contexts.begin(), either.contexts.end(), asks_for_birthday);
        const auto counted = ways(open);
        if (either.stands && counted.size() > 1) {
            limit_worlds(state, open, counted.size(), per_world);
            for (const auto& choices : counted) {
                ViewState one;
                one.account = state.account;
                one.other = state.other;
                make_contexts(one, per_world, joined, choices);
                if (one.stands)
                    std::move(one.contexts.begin(), one.contexts.end(),
                              std::back_inserter(state.contexts));
                else
                    state.refuted.push_back(
                        {choices, std::move(one.contexts), std::move(one.conflicts)});
            }
        }
        if (!state.contexts.empty()) return;
        state.contexts = std::move(either.contexts);
        state.stands = either.stands;
        state.conflict_on_doubt = either.conflict_on_doubt;
        state.conflicts = std::move(either.conflicts);
    }

    void make_contexts(ViewState& state, std::vector<std::vector<model::View>> per_world,
                       bool joined, const time::Choices& choices) {
        std::vector<Context> standing;
        std::vector<Context> broken;
        for (std::size_t w = 0; w < per_world.size(); ++w) {
            auto& views = per_world[w];
            Context c;
            c.world = worlds_[w];
            c.timeline = std::make_unique<Timeline>(packs_.vocabulary(), case_, std::move(views),
                                                    selection_, false, &choices);
            c.evaluator = std::make_unique<Evaluator>(*c.timeline, case_.policies, nullptr);
            auto fit = c.evaluator->full().fits();
            if (fit == time::Fit::no && joined) {
                // A join that cannot stand: all points doubled, and what is found is at most
                // possible.
                c.evaluator.reset();
                c.timeline = std::make_unique<Timeline>(
                    packs_.vocabulary(), case_, c.timeline->views(), selection_, true, &choices);
                c.evaluator = std::make_unique<Evaluator>(*c.timeline, case_.policies, nullptr);
                c.restricted = true;
                fit = time::Fit::yes;
            }
            if (fit == time::Fit::undecided)
                out_.undecided.push_back({"", case_.id, account_name(case_, state.account),
                                          "whether the dates of this view fit together was not "
                                          "decided within the limit of tests"});
            (fit == time::Fit::no ? broken : standing).push_back(std::move(c));
        }
        if (!standing.empty()) {
            // An answer to an identity that the dates refute is not judged where another stands.
            for (auto& c : standing) state.contexts.push_back(std::move(c));
        } else {
            state.stands = false;
            auto& first = broken.front();
            state.conflicts =
                time::find_conflicts(first.timeline->network(), first.timeline->all());
            time::Solver firm(first.timeline->network(), first.timeline->undoubted());
            state.conflict_on_doubt = firm.fits() != time::Fit::no;
            for (auto& b : broken) {
                auto conflicts =
                    &b == &first ? state.conflicts
                                 : time::find_conflicts(b.timeline->network(), b.timeline->all());
                const auto shared = std::shared_ptr<Timeline>(std::move(b.timeline));
                for (auto& kept : conflicts.kept) {
                    Context c;
                    c.timeline = std::make_unique<Timeline>(*shared);
                    c.world = b.world;
                    c.kept = kept;
                    c.restricted = true;
                    c.evaluator = std::make_unique<Evaluator>(*c.timeline, case_.policies, nullptr,
                                                              c.kept.empty() ? nullptr : &c.kept);
                    state.contexts.push_back(std::move(c));
                }
            }
        }
    }

    // Where a binding leads to one of several rival values, what does not hold of each of them is
    // certain of none: those sets of rivals (Instance::among).
    static std::set<std::string> hold_back_rivals(const Rule& r, const Context& c,
                                                  const std::vector<Instance>& instances) {
        auto out = c.evaluator->left_out();
        for (const auto& i : instances) {
            if (i.among.empty() || out.count(i.among) != 0) continue;
            const auto each = i.unbound.empty() ? c.evaluator->judge_each(r, i)
                                                : std::vector<Evaluator::Judged>(1);
            if (std::any_of(each.begin(), each.end(),
                            [](const auto& j) { return j.status != Status::certain; }))
                out.insert(i.among);
        }
        return out;
    }

    void judge_rule(const Rule& r, ViewState& v) {
        const ViewLookup lookup(v, r.stratum);
        const auto allowed = out_.steps < kAllSteps ? kSteps : kFewSteps;
        auto& [most, steps] = steps_.try_emplace(&r, allowed, allowed).first->second;
        const auto before = steps;
        std::map<std::string, std::size_t> seen;
        std::vector<Outcome> found;
        std::vector<std::size_t> times;  // in how many contexts an instance came up
        for (std::size_t k = 0; k < v.contexts.size(); ++k) {
            auto& c = v.contexts[k];
            c.evaluator->set_lookup(&lookup);
            c.evaluator->set_groups(options_.groups);
            if (options_.seen != nullptr) c.evaluator->set_watcher(&watcher_);
            if (steps < 0) break;
            c.evaluator->set_steps(&steps);
            std::int64_t budget = kBindings;
            auto instances = c.evaluator->instances(r, budget);
            if (budget <= 0 && instances.size() == Evaluator::kInstances) {
                out_.undecided.push_back({r.id, case_.id, "",
                                          "`where` leaves more than " +
                                              std::to_string(Evaluator::kInstances) +
                                              " bindings of the rule"});
                continue;
            }
            if (budget <= 0) {
                out_.undecided.push_back(
                    {r.id, case_.id, "",
                     "the rule has more than " + std::to_string(kBindings) + " bindings"});
                continue;
            }
            const auto perhaps = hold_back_rivals(r, c, instances);
            for (auto& i : instances) {
                if (steps < 0) break;
                i.perhaps = perhaps.count(i.among) != 0;
                auto key = r.id + "|" + i.key(case_);
                if (v.other.valid() && v.by_key.count(key) != 0)
                    continue;  // the other order of the pair found it
                std::vector<Evaluator::Judged> each;
                const bool unbound = !i.unbound.empty();
                if (unbound) {
                    each.emplace_back();
                    each.back().status = c.evaluator->judge_unbound(r, i);
                    each.back().excused = each.back().status == Status::satisfied;
                    each.back().reads = i.reads;
                } else {
                    each = c.evaluator->judge_each(r, i);
                }
                if (steps < 0) break;
                auto it = seen.find(key);
                if (it == seen.end()) {
                    it = seen.emplace(key, found.size()).first;
                    Outcome o;
                    o.rule = &r;
                    o.instance = i;
                    o.key = key;
                    o.unbound = unbound;
                    found.push_back(std::move(o));
                    times.push_back(0);
                }
                ++times[it->second];
                found[it->second].unbound = found[it->second].unbound && unbound;
                for (auto& j : each) found[it->second].judged.emplace_back(k, std::move(j));
            }
        }
        out_.steps += std::max<std::int64_t>(before, 0) - std::max<std::int64_t>(steps, 0);
        if (steps < 0 && before >= 0)
            out_.undecided.push_back({r.id, case_.id, "",
                                      "stopped after " + std::to_string(most) +
                                          " steps: the rule asks too much of so many records"});
        for (std::size_t n = 0; n < found.size(); ++n) {
            auto& o = found[n];
            combine(o, times[n] == v.contexts.size(), v);
            if (o.status == Status::undecided)
                out_.undecided.push_back({r.id, case_.id, place_of(case_, packs_.vocabulary(), o),
                                          "not decided within the limit of " +
                                              std::to_string(time::Solver::kTests) + " tests"});
            if (o.status == Status::possible &&
                std::any_of(o.judged.begin(), o.judged.end(), [](const auto& j) {
                    return j.second.perhaps_certain || j.second.status == Status::undecided;
                }))
                out_.undecided.push_back(
                    {r.id, case_.id, place_of(case_, packs_.vocabulary(), o),
                     "possible; whether it is certain was not decided within the limit of " +
                         std::to_string(time::Solver::kTests) + " tests"});
            if (v.other.valid()) {
                o.owned = owned(o, v);
            } else if (!scope_.statuses) {
                o.given = given(o, v);
            }
        }
        note_told(found, v);
        for (auto& o : found)
            if (!v.other.valid() || o.owned || scope_.unowned) v.add(std::move(o));
        for (auto& c : v.contexts) {
            c.evaluator->set_lookup(nullptr);
            c.evaluator->set_watcher(nullptr);
            c.evaluator->set_steps(nullptr);
        }
    }

    // Where an open identity makes two records one, a rule comes up for both of their names.
    void note_told(std::vector<Outcome>& found, const ViewState& v) const {
        const auto joins = [](const model::View& view) {
            for (std::uint32_t n = 0; n < view.same_as.size(); ++n)
                if (view.same_as[n].value != n) return true;
            return false;
        };
        if (found.size() < 2 ||
            std::none_of(v.contexts.begin(), v.contexts.end(), [&](const Context& c) {
                const auto& views = c.timeline->views();
                return std::any_of(views.begin(), views.end(), joins);
            }))
            return;
        const auto here = [&](const Instance& i, std::size_t context) {
            auto out = i;
            const auto& views = v.contexts[context].timeline->views();
            const auto head = [&](RecordId r, std::size_t side) {
                return r.valid() ? views[side].same_as[r.value] : r;
            };
            for (std::size_t n = 0; n < out.records.size(); ++n)
                out.records[n] = head(out.records[n], static_cast<std::size_t>(out.sides[n]));
            out.field_record = head(out.field_record, 0);
            return out.key(case_);
        };
        const auto is_finding = [](const auto& judged) {
            return judged.second.status == Status::certain ||
                   judged.second.status == Status::possible;
        };
        // What each outcome finds, and where: the context and what the records are there.
        std::vector<std::set<std::pair<std::size_t, std::string>>> finds(found.size());
        std::map<std::pair<std::size_t, std::string>, std::vector<std::size_t>> found_by;
        for (std::size_t n = 0; n < found.size(); ++n) {
            if (!found[n].is_finding()) continue;
            for (const auto& judged : found[n].judged)
                if (is_finding(judged))
                    finds[n].emplace(judged.first, here(found[n].instance, judged.first));
            for (const auto& x : finds[n]) found_by[x].push_back(n);
        }
        // Of two that are the same throughout, the first one is told.
        const auto rank = [&](std::size_t n) {
            return std::tuple(found[n].status == Status::certain, finds[n].size(),
                              found.size() - n);
        };
        for (std::size_t n = 0; n < found.size(); ++n) {
            if (finds[n].empty()) continue;
            const auto& others = found_by.at(*finds[n].begin());
            found[n].told_by_other =
                std::any_of(others.begin(), others.end(), [&](std::size_t other) {
                    return rank(other) > rank(n) &&
                           std::includes(finds[other].begin(), finds[other].end(), finds[n].begin(),
                                         finds[n].end());
                });
        }
    }

    // Certain in every way the view can stand: certain. Possible or certain in one: possible.
    void combine(Outcome& o, bool everywhere, const ViewState& v) {
        std::size_t certain = 0;
        std::optional<std::size_t> possible;
        std::optional<std::size_t> gap;
        std::optional<std::size_t> satisfied;
        std::optional<std::size_t> undecided;
        for (std::size_t n = 0; n < o.judged.size(); ++n) {
            switch (o.judged[n].second.status) {
                case Status::certain:
                    ++certain;
                    [[fallthrough]];
                case Status::possible:
                    if (!possible || (o.judged[n].second.status == Status::possible &&
                                      o.judged[*possible].second.status == Status::certain))
                        possible = n;
                    break;
                case Status::gap:
                    if (!gap) gap = n;
                    break;
                case Status::satisfied:
                    if (!satisfied) satisfied = n;
                    break;
                case Status::undecided:
                    undecided = n;
                    break;
                case Status::not_applicable:
                    break;
            }
        }
        // A view that cannot stand is judged over every set of statements that can: what is
        // possible in some of them only, because something was left out, is not told.
        const bool broken = !v.stands && !v.other.valid();
        if (broken && possible && certain == 0) {
            std::size_t each = 0;
            for (const auto& [k, j] : o.judged) each += j.status == Status::possible ? 1 : 0;
            if (each != o.judged.size() || !everywhere) possible.reset();
        }
        const bool doubled =
            v.other.valid() && !o.judged.empty() && v.contexts[o.judged.front().first].restricted;
        if (certain == o.judged.size() && everywhere && !doubled && certain > 0) {
            o.status = Status::certain;
            o.decisive = 0;
        } else if (possible) {
            o.status = Status::possible;
            o.decisive = *possible;
        } else if (undecided) {
            o.status = Status::undecided;
            o.decisive = *undecided;
        } else if (gap && !(broken && satisfied)) {
            o.status = Status::gap;
            o.decisive = *gap;
        } else if (satisfied) {
            o.status = Status::satisfied;
            o.decisive = *satisfied;
        } else {
            o.status = Status::not_applicable;
            o.decisive = 0;
        }
        if (o.status == Status::possible) note_turns(o, v);
        const auto& j = o.verdict();
        if (o.status == Status::possible && j.needs_requirement && !scope_.statuses) {
            // Which requirements of fact would make it certain.
            const auto& c = v.contexts[o.context()];
            const auto core = time::smallest_core(c.plus->network(), c.plus_enabled,
                                                  j.violation.formula(false, false).negated());
            if (core)
                for (const auto id : core->statements) {
                    const auto& origin = c.plus->origins()[id.value];
                    if (origin.kind != Origin::Kind::rule ||
                        o.condition.find(origin.rule) != std::string::npos)
                        continue;
                    o.condition += (o.condition.empty() ? "" : " and ") + origin.rule;
                }
        }
        o.excepted = o.status == Status::satisfied && j.excused;
    }

    // Which ways of counting it turns on: two judgements that differ in one of them and in the
    // verdict.
    void note_turns(Outcome& o, const ViewState& v) {
        for (std::size_t c = 0; c < time::kConventions; ++c) {
            for (const auto& [k, j] : o.judged) {
                const auto at = [&](const auto& context, const auto& judged) {
                    auto choices = v.contexts[context].timeline->choices();
                    for (std::size_t i = 0; i < choices.size(); ++i)
                        if (judged.choices[i] >= 0) choices[i] = judged.choices[i];
                    return choices;
                };
                auto other = at(k, j);
                if (other[c] != 0) continue;
                other[c] = 1;
                const auto twin =
                    std::find_if(o.judged.begin(), o.judged.end(), [&](const auto& x) {
                        return v.contexts[x.first].world.answers == v.contexts[k].world.answers &&
                               at(x.first, x.second) == other;
                    });
                if (twin == o.judged.end() || twin->second.status == j.status) continue;
                const auto& convention = time::kConventionTable[c];
                Turn turn;
                turn.on = convention.name;
                turn.readings = {{convention.words[0], std::string(word(j.status))},
                                 {convention.words[1], std::string(word(twin->second.status))}};
                turn.text = std::string(convention.name) + ", which nobody chose: ";
                for (std::size_t i = 0; i < 2; ++i)
                    turn.text += (i == 0 ? "" : ", ") + turn.readings[i].second + " by `" +
                                 turn.readings[i].first + "`";
                o.turns_on.push_back(std::move(turn));
                break;
            }
        }
    }

    // Another party's unchallenged word that the outcome rests on in this view.
    std::vector<Given> given(const Outcome& o, const ViewState& v) {
        std::vector<Given> out;
        const auto add = [&](const model::Assertion& a) {
            if (a.state != model::State::unchallenged || !a.by.valid() ||
                model::holds(case_, v.account, a.by))
                return;
            const auto& r = case_.record(a.record);
            Given g{r.path + "." + packs_.vocabulary().type(r.type).fields[a.field].name,
                    case_.accounts[a.by.value].id,
                    others_of(case_, v.contexts[o.context()].timeline->selection(), a)};
            if (std::none_of(out.begin(), out.end(), [&](const Given& x) {
                    return x.path == g.path && x.account == g.account;
                }))
                out.push_back(std::move(g));
        };
        if (!o.is_finding()) return out;
        const auto& reads = o.verdict().reads;
        for (const auto& set : {reads.values, reads.dates})
            for (const auto& r : set) add(case_.assertion(r.assertion));
        auto& c = v.contexts[o.context()];
        // A read date may be relative to one that somebody else states.
        const bool any = std::any_of(
            case_.assertions.begin(), case_.assertions.end(),
            [](const model::Assertion& a) { return a.state == model::State::unchallenged; });
        if (o.status == Status::certain && any) {
            if (const auto core =
                    time::smallest_core(c.timeline->network(), c.evaluator->firm_statements(),
                                        o.verdict().violation.formula(false, false).negated()))
                for (const auto s : core->statements)
                    if (c.timeline->origins()[s.value].kind == Origin::Kind::value)
                        add(case_.assertion(c.timeline->origins()[s.value].assertion));
        }
        for (const auto& key : reads.fails)
            if (const auto it = v.by_key.find(key); it != v.by_key.end())
                for (const auto& g : v.outcomes[it->second].given)
                    if (std::none_of(out.begin(), out.end(), [&](const Given& x) {
                            return x.path == g.path && x.account == g.account;
                        }))
                        out.push_back(g);
        std::sort(out.begin(), out.end(), [](const Given& a, const Given& b) {
            return std::tie(a.path, a.account) < std::tie(b.path, b.account);
        });
        return out;
    }

    // Does each side's own account (not one it adopts) state something that was compared?
    bool owned(const Outcome& o, const ViewState& v) const {
        const auto& reads = o.verdict().reads;
        bool first = false;
        bool second = false;
        const auto note = [&](AccountId by, int side) {
            first = first || (side == 0 && by == v.account);
            second = second || (side == 1 && by == v.other);
        };
        for (const auto& set : {reads.values, reads.dates})
            for (const auto& r : set) note(case_.assertion(r.assertion).by, r.side);
        for (const auto& [record, side] : reads.records) note(case_.record(record).by, side);
        return first && second;
    }

    void build_plus(ViewState& v) {
        for (std::size_t k = 0; k < v.contexts.size(); ++k) {
            auto& c = v.contexts[k];
            std::vector<std::pair<const Outcome*, Ground>> possible;
            for (std::size_t n = 0; n < v.outcomes.size(); ++n) {
                const auto& o = v.outcomes[n];
                if (o.rule->kind != RuleKind::fact) continue;
                for (const auto& [context, j] : o.judged) {
                    if (context != k) continue;
                    if (j.status == Status::certain) c.certain_facts.push_back(n);
                    const bool absent = std::all_of(
                        j.exceptions.begin(), j.exceptions.end(),
                        [](const std::string& s) { return s == "absent" || s == "false"; });
                    if (!absent || o.unbound) continue;
                    // By one way of counting only: no requirement of all.
                    if (j.choices != time::kAllOpen) continue;
                    if (j.status != Status::possible && j.status != Status::gap) continue;
                    auto violation = j.status == Status::gap
                                         ? c.evaluator->violation_undated(*o.rule, o.instance)
                                         : j.violation;
                    if (!only_time(violation)) continue;
                    // What it requires must be possible too: else it is a doubtful date that stands
                    // against it.
                    if (c.evaluator->full().fits(violation.formula(false, false).negated()) !=
                        time::Fit::yes)
                        continue;
                    possible.emplace_back(&o, std::move(violation));
                }
            }
            std::sort(possible.begin(), possible.end(),
                      [](const auto& a, const auto& b) { return a.first->key < b.first->key; });
            if (possible.empty()) continue;
            c.plus = std::make_unique<Timeline>(*c.timeline);
            std::vector<time::StatementId> added;
            for (const auto& [o, violation] : possible) {
                const auto arms = arms_of(violation.formula(false, false).negated());
                if (!arms || arms->empty()) continue;
                const auto s =
                    c.plus->add_rule(o->rule->id, o->rule->require.written, o->rule->require.span);
                added.push_back(s);
                if (arms->size() == 1) {
                    for (const auto& d : arms->front()) c.plus->network().add(s, d);
                } else {
                    std::vector<time::Arm> choice;
                    for (const auto& a : *arms) choice.push_back({s, a});
                    c.plus->network().add_one_of(std::move(choice));
                }
            }
            c.plus_enabled.assign(c.plus->network().statement_count(), true);
            for (std::size_t s = 0; s < c.kept.size(); ++s) c.plus_enabled[s] = c.kept[s];
            // Requirements that are each possible and not together: the smallest conflict is a
            // finding, its requirements are left out, and again.
            for (int round = 0; round < 16; ++round) {
                time::Solver solver(c.plus->network(), c.plus_enabled);
                if (solver.fits() != time::Fit::no) break;
                const auto core = time::smallest_core(c.plus->network(), c.plus_enabled);
                if (!core) break;
                joint(v, k, *core);
                bool dropped = false;
                for (const auto s : core->statements)
                    if (std::find(added.begin(), added.end(), s) != added.end()) {
                        c.plus_enabled[s.value] = false;
                        dropped = true;
                    }
                if (!dropped) break;
            }
            c.plus_solver = std::make_unique<time::Solver>(c.plus->network(), c.plus_enabled);
            c.evaluator->set_plus(c.plus_solver.get());
        }
    }

    void joint(ViewState& v, std::size_t context, const time::Core& core) {
        auto& c = v.contexts[context];
        Finding f;
        f.rule = "facts-contradict-jointly";
        f.rule_title = "Requirements that are each possible cannot all hold";
        f.case_id = case_.id;
        // With presumptions or open identities in it, other datings or answers remain.
        f.verdict = Verdict::possible;
        f.about = "source";
        f.reaches = "record";
        if (v.account.valid()) f.accounts = {account_name(case_, v.account)};
        time::Solver solver(c.plus->network(), c.plus_enabled);
        fill_proof(f.proof, *c.plus, core, std::nullopt, *&c.evaluator->full());
        f.proof.holds = {standing_of(v, c)};
        if (!f.proof.facts.empty()) {
            f.at = f.proof.facts.front().path;
            f.at = f.at.substr(0, f.at.rfind('.'));
        }
        std::set<std::string> names;
        for (const auto& r : f.proof.requirements)
            if (r.rule != "order" && r.rule != "always") names.insert(r.rule);
        std::string rules;
        for (const auto& name : names) rules += (rules.empty() ? "" : ", ") + name;
        f.message = "what these rules require can be met one by one, not together: " + rules;
        f.help = "one of the dates, or one of the requirements, does not fit this case";
        f.fingerprint = hash16("facts-contradict-jointly|" + case_.id + "|" + rules + "|" + f.at);
        add_places(f);
        add_rows(f, *c.plus);
        for (const auto& other : out_.joint)
            if (other.fingerprint == f.fingerprint) return;
        out_.joint.push_back(std::move(f));
    }

    static int gravity(Status s) {
        switch (s) {
            case Status::certain:
                return 5;
            case Status::possible:
                return 4;
            case Status::undecided:
                return 3;
            case Status::gap:
                return 2;
            case Status::satisfied:
                return 1;
            case Status::not_applicable:
                return 0;
        }
        return 0;
    }

    void judge_between() {
        std::vector<const Rule*> between;
        for (const auto* r : rules_)
            if (r->between == rule::Between::accounts) between.push_back(r);
        if (between.empty() || case_.accounts.size() < 2) return;
        for (std::uint32_t a = 0; a < case_.accounts.size(); ++a)
            for (std::uint32_t b = 0; b < case_.accounts.size(); ++b) {
                if (a == b || !options_.accounts.empty()) continue;
                if (!in_scope({a}) && !in_scope({b})) continue;
                // Who adopts the other says the same: listed beside it, not held against it.
                if (model::holds(case_, {a}, {b}) || model::holds(case_, {b}, {a})) continue;
                ViewState v;
                v.account = {a};
                v.other = {b};
                std::vector<std::vector<model::View>> per_world;
                for (const auto& w : worlds_) {
                    auto& two = per_world.emplace_back();
                    two.push_back(model::make_view(case_, {a}, selection_, w));
                    two.push_back(model::make_view(case_, {b}, selection_, w));
                }
                make_contexts(v, std::move(per_world), true);
                for (const auto* r : between) judge_rule(*r, v);
                // Reported once: of an outcome and its mirror image, the graver one.
                for (auto& earlier : out_.pairs) {
                    if (earlier.account != v.other || earlier.other != v.account) continue;
                    v.keep([&](const Outcome& o) {
                        const auto it = earlier.by_key.find(o.key);
                        return it == earlier.by_key.end() ||
                               gravity(o.status) > gravity(earlier.outcomes[it->second].status);
                    });
                    earlier.keep([&](const Outcome& o) { return v.by_key.count(o.key) == 0; });
                }
                if (!v.outcomes.empty()) out_.pairs.push_back(std::move(v));
            }
    }

    void judge_sources() {
        std::vector<const Rule*> rules;
        for (const auto* r : rules_)
            if (r->between == rule::Between::sources) rules.push_back(r);
        if (rules.empty() || out_.views.empty()) return;
        // One pass over all assertions, in a view that has every record: `values of` sees all.
        ViewState v;
        v.every_source = true;
        auto view = model::make_view(case_, {}, selection_, model::World{});
        for (std::uint32_t i = 0; i < case_.records.size(); ++i)
            view.exists[i] = selection_.admits(case_.records[i].source) &&
                             case_.records[i].state != model::State::proposed;
        Context c;
        c.timeline = std::make_unique<Timeline>(
            packs_.vocabulary(), case_, std::vector<model::View>{std::move(view)}, selection_);
        c.evaluator = std::make_unique<Evaluator>(*c.timeline, case_.policies, nullptr);
        v.contexts.push_back(std::move(c));
        for (const auto* r : rules) judge_rule(*r, v);
        out_.pairs.push_back(std::move(v));
    }

    void note_seen(const rule::Term& t, const std::string& outcome) const {
        auto& seen = (*options_.seen)[&t];
        if (outcome == "true")
            seen.yes = true;
        else if (outcome == "false")
            seen.no = true;
        else
            seen.open = true;
    }

    const rule::Packs& packs_;
    const model::Case& case_;
    const Options& options_;
    const std::vector<const Rule*>& rules_;
    const Scope& scope_;
    const Evaluator::Watcher watcher_ = [this](const rule::Term& t, const std::string& outcome) {
        note_seen(t, outcome);
    };
    model::Selection selection_;
    std::vector<model::World> worlds_;
    std::map<const Rule*, std::pair<std::int64_t, std::int64_t>> steps_;  // allowed, left
    Judgement out_;
};

}  // namespace

Ground::Kind ViewLookup::fails(RecordId r, const std::string& mode,
                               std::set<std::string>& keys) const {
    bool certain = false;
    bool possible = false;
    const auto [first, last] = view_.by_record.equal_range(r);
    for (auto it = first; it != last; ++it) {
        const auto& o = view_.outcomes[it->second];
        if (o.rule->stratum >= stratum_ || !o.is_finding() ||
            o.rule->severity != rule::Severity::error)
            continue;
        certain = certain || o.status == Status::certain;
        possible = true;
        keys.insert(o.key);
    }
    if (mode == "certainly") return certain ? Ground::Kind::yes : Ground::Kind::no;
    if (mode == "possibly") return possible ? Ground::Kind::yes : Ground::Kind::no;
    return certain ? Ground::Kind::yes : possible ? Ground::Kind::unknown : Ground::Kind::no;
}

model::Selection selection_of(const model::Vocabulary& vocabulary, const model::Case& c,
                              const Options& options) {
    model::Selection out;
    if (!options.sources) return out;
    out.sources.emplace();
    const auto type = vocabulary.find("source");
    for (const auto& id : *options.sources)
        if (const auto r = type.valid() ? c.find_in(type, id) : RecordId{}; r.valid())
            out.sources->insert(r);
    return out;
}

Judgement judge_case(const rule::Packs& packs, const model::Case& c, const Options& options,
                     const std::vector<const Rule*>& rules, const Scope& scope) {
    return Judge(packs, c, options, rules, scope).run();
}

void gather_case(const rule::Packs& packs, const model::Case& c, const Options& options,
                 const std::vector<const Rule*>& rules, const Gather& out) {
    Judge(packs, c, options, rules, {}).gather(out);
}

}  // namespace antinomy::check
