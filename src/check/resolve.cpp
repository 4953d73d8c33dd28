// What would change a finding: turning points of its dates, and small sets of changes after which
// it is not certain. Semantics.md 7.3 and 7.4.
#include <algorithm>
#include <set>

#include "check/state.hpp"

namespace antinomy::check {

using model::AssertionId;

namespace {

constexpr std::size_t kResolutions = 3;
constexpr std::size_t kPaired = 8;  // candidates that are tried two by two

// The day of `fine` nearest to a window.
std::optional<time::Day> nearest_day(const time::DaySet& fine, time::Window w) {
    std::optional<time::Day> best;
    std::int64_t distance = INT64_MAX;
    const auto consider = [&](time::Day d) {
        if (!bounded(d)) return;
        const auto away = d < w.first  ? w.first.value - d.value
                          : d > w.last ? d.value - w.last.value
                                       : 0;
        if (away < distance) {
            distance = away;
            best = d;
        }
    };
    for (const auto& f : fine.windows()) {
        consider(f.first);
        consider(f.last);
        if (bounded(w.first) && f.contains(w.first)) consider(w.first);
        if (bounded(w.last) && f.contains(w.last)) consider(w.last);
    }
    return best;
}

// The stretch that a day is in, as one would say when something was.
std::string stretch_words(const time::DaySet& set, time::Day day) {
    for (const auto& w : set.windows()) {
        if (!w.contains(day)) continue;
        if (!bounded(w.first) && !bounded(w.last)) return "on any day";
        if (!bounded(w.last)) return "on or after " + time::to_string(w.first);
        if (!bounded(w.first)) return "on or before " + time::to_string(w.last);
        if (w.single()) break;
        return "from " + time::to_string(w.first) + " to " + time::to_string(w.last);
    }
    return "on " + time::to_string(day);
}

// The first dating of one side.
const Witness* dating(const Proof& p, bool violates) {
    for (const auto& w : p.witnesses)
        if (w.violates == violates && !w.dates.empty()) return &w;
    return nullptr;
}

// Is it so, and is it not so, on the same days?
bool same_days(const Proof& p) {
    const auto* a = dating(p, true);
    const auto* b = dating(p, false);
    return a != nullptr && b != nullptr && a->dates == b->dates;
}

// What decides then, as far as it is known.
std::string beside_days(const Proof& p) {
    const auto* a = dating(p, true);
    const auto kind = a->assumes.empty() ? std::string() : a->assumes.front().kind;
    if (kind == "hours" || kind == "clock") return "hours of the day, which nobody states";
    if (kind == "open-list") return "what else belongs to a list that nobody says is whole";
    if (kind == "rival-values") return "which of several stated values is right";
    if (kind == "range") return "amounts that are stated as ranges";
    return "more than days";
}

std::string whose(const model::Case& c, const ViewState& v) {
    return account_name(c, v.account) + "/" + account_name(c, v.other);
}

// Rules whose certain findings are errors. Those that read other rules' findings need these; what a
// possible finding would be takes the rules of fact, and matters only to who reads them.
std::vector<const rule::Rule*> deciding(const std::vector<const rule::Rule*>& rules) {
    const bool reading =
        std::any_of(rules.begin(), rules.end(), [](const auto* r) { return r->reads_findings; });
    std::vector<const rule::Rule*> out;
    for (const auto* r : rules)
        if (r->severity == rule::Severity::error || (reading && r->kind == rule::RuleKind::fact))
            out.push_back(r);
    return out;
}

}  // namespace

void put_on(model::Value& value, time::Day day) {
    value.absolute = true;
    value.day = {};
    value.day.days = time::DaySet(time::Window{day, day});
    value.written = time::to_string(day);
}

void add_turning_points(Finding& f, ViewState& v, const Outcome& o) {
    const auto& judged = o.verdict();
    if (judged.reads.points.empty()) return;
    auto& context = v.contexts[o.context()];
    const auto& t = *context.timeline;
    const auto& c = t.file();
    bool decides = false;
    for (const auto id : judged.reads.points) {
        const time::PointId p{id};
        const auto& of = t.made_for(p);
        if (!of.record.valid()) continue;
        const auto& held = t.view(of.side).held(c, of.record, of.field);
        if (held.empty()) continue;
        // Precise and undisputed dates of the sources are not what a reader would move.
        bool movable = f.verdict == Verdict::certain;
        std::string written;
        std::set<std::string> said;
        time::DaySet stated;
        for (const auto a : held) {
            const auto& x = c.assertion(a);
            if (said.insert(x.value.written).second)
                written += (written.empty() ? "" : " or ") + x.value.written;
            stated = stated.unite(t.days_of(of.side, x));
            movable = movable || x.by.valid();
        }
        if (stated.empty()) continue;
        movable = movable || !stated.hull().single();
        if (!movable) continue;
        // The value is withdrawn, and each day tried in effect: per branch the days form an
        // interval.
        auto firm_statements = context.evaluator->firm_statements();
        auto all_statements = context.evaluator->statements();
        for (std::uint32_t s = 0; s < firm_statements.size(); ++s) {
            const auto& origin = t.origins()[s];
            if (origin.kind == Origin::Kind::value &&
                std::find(held.begin(), held.end(), origin.assertion) != held.end())
                firm_statements[s] = all_statements[s] = false;
        }
        time::Solver full(t.network(), all_statements);
        time::Solver firm(t.network(), firm_statements);
        TurningPoint turn;
        turn.path = t.path(p);
        turn.stated = written;
        const auto stand = full.days(p);
        const auto violating = full.days(p, judged.violation.formula(true, false));
        const auto fine = firm.days(p, judged.violation.formula(false, false).negated());
        turn.certain = violating.minus(fine);
        turn.possible = violating.minus(turn.certain);
        turn.fine = stand.minus(violating);
        turn.impossible = time::DaySet::all().minus(stand);
        if (turn.certain.empty() && turn.fine.empty()) continue;
        decides = decides || !turn.certain.intersect(stated).empty() ||
                  !turn.fine.intersect(stated).empty();
        f.turning.push_back(std::move(turn));
    }
    if (f.verdict == Verdict::possible && !decides && judged.reads.points.size() > 1 &&
        f.turns_on.empty())
        f.turning_note = same_days(f.proof) ? "turns on " + beside_days(f.proof)
                                            : std::string("turns on several dates together");
}

// A change, and where in the case it is made.
struct Resolver::Candidate {
    Change change;
    std::vector<AssertionId> assertions;  // of one field: what each of the finding's accounts says
    std::optional<time::Day> day;
    // Of a move: the days on which the rule is silent and those on which it is at most possible,
    // and what was stated.
    const TurningPoint* turn = nullptr;
    const Fact* fact = nullptr;
    const rule::Exception* exception = nullptr;
    std::string text;
};

Resolver::Resolver(const rule::Packs& packs, const model::Case& c, const Options& options,
                   const std::vector<const rule::Rule*>& rules, const Judgement& judged)
    : packs_(packs), case_(c) {
    if (!options.resolve) return;  // nothing will be asked
    options_ = options;
    errors_ = deciding(rules);
    options_.resolve = false;
    options_.infer = false;
    options_.trace.clear();
    before_ = certain_of(c, judged);
}

Resolver::Certain Resolver::certain_of(const model::Case& c, const Judgement& j) {
    Certain out;
    for (const auto* list : {&j.views, &j.pairs})
        for (const auto& v : *list) {
            auto& keys = out[whose(c, v)];
            if (!v.stands && !v.conflict_on_doubt) keys.insert("facts-contradict");
            for (const auto& o : v.outcomes)
                if (o.status == Status::certain) keys.insert(o.key);
        }
    return out;
}

Resolver::Certain Resolver::certain_after(const std::set<model::AccountId>& accounts,
                                          const std::vector<const rule::Rule*>& rules) {
    Scope scope;
    scope.accounts = &accounts;
    scope.statuses = true;
    const auto judgement = judge_case(packs_, *scratch_, options_, rules, scope);
    std::int64_t cost = 0;
    for (const auto* list : {&judgement.views, &judgement.pairs})
        for (const auto& v : *list) cost += static_cast<std::int64_t>(v.outcomes.size());
    // Of a few outcomes that each take long, as many steps as many ordinary ones would.
    budget_ -= std::max(cost, judgement.steps / 100);
    return certain_of(*scratch_, judgement);
}

std::vector<Resolver::Candidate> Resolver::candidates(const Finding& f, const Outcome& o) const {
    const auto& c = case_;
    std::vector<Candidate> out;
    // The assertion that stands there first, then what others of the finding's accounts say of the
    // same field: the finding is theirs too, and a change that leaves it to them takes nothing
    // away.
    const auto assertions_at = [&](const text::Span& span) {
        std::vector<AssertionId> found;
        for (std::uint32_t i = 0; i < c.assertions.size() && found.empty(); ++i)
            if (c.assertions[i].span == span) found.push_back({i});
        if (found.empty()) return found;
        const auto& a = c.assertion(found.front());
        for (const auto id : c.record(a.record).fields[a.field]) {
            const auto& other = c.assertion(id);
            if (id != found.front() && other.by.valid() && other.state != model::State::withdrawn &&
                std::find(f.accounts.begin(), f.accounts.end(), account_name(c, other.by)) !=
                    f.accounts.end())
                found.push_back(id);
        }
        return found;
    };
    for (std::size_t i = 0; i < f.exceptions.size(); ++i) {
        const auto& x = f.exceptions[i];
        if (x.switch_path.empty() || x.state != "absent") continue;
        Candidate k;
        k.exception = &o.rule->unless[i];
        const auto asked = value_asked(*k.exception, x);
        if (!asked) continue;
        k.change = {"exception", x.switch_path, *asked, ""};
        k.text = "if `" + x.switch_path + ": " + k.change.to + "` is stated" +
                 (x.because.empty() ? "" : " (" + x.because + ")");
        out.push_back(std::move(k));
    }
    for (const auto& fact : f.proof.facts) {
        Candidate k;
        k.assertions = assertions_at(fact.span);
        if (k.assertions.empty()) continue;
        k.change = {"withdraw", fact.path, "", ""};
        k.text = "if `" + fact.path + "` (" + fact.value + ") is withdrawn";
        out.push_back(k);
        for (const auto& turn : f.turning) {
            if (turn.path != fact.path) continue;
            // Fine days, or days on which it is at most possible: nearest to what was stated.
            const auto day = nearest_day(turn.fine.empty() ? turn.possible : turn.fine, fact.days);
            if (!day) continue;
            k.day = day;
            k.turn = &turn;
            k.fact = &fact;
            k.change = {"move", fact.path, time::to_string(*day), ""};
            k.text = "if `" + fact.path + "` was " +
                     stretch_words(turn.fine.empty() ? turn.possible : turn.fine, *day) +
                     " instead of " + fact.value;
            out.push_back(k);
        }
    }
    for (const auto& premise : f.proof.premises) {
        // What an account says beside the dates: not so, on that account.
        // Where no date takes part, the plain numbers too.
        const bool number = f.proof.facts.empty() && !premise.value.empty() &&
                            premise.value.find_first_not_of("0123456789.") == std::string::npos;
        if (premise.account.empty() && !number) continue;
        Candidate k;
        k.assertions = assertions_at(premise.span);
        if (k.assertions.empty()) continue;
        k.change = {"flip", premise.path, "not " + premise.value, ""};
        k.text = "if `" + premise.path + "` is not " + premise.value +
                 (premise.account.empty() ? "" : " (`" + premise.account + "` says it is)");
        out.push_back(std::move(k));
    }
    return out;
}

bool Resolver::apply(model::Case& changed, const Candidate& k) const {
    if (k.exception != nullptr) {
        const auto dot = k.change.path.rfind('.');
        const auto r = changed.find(k.change.path.substr(0, dot));
        if (!r.valid()) return false;
        const auto& type = packs_.vocabulary().type(changed.record(r).type);
        model::Assertion a;
        a.record = r;
        a.field = static_cast<std::uint32_t>(type.field_index(k.change.path.substr(dot + 1)));
        a.value.written = k.change.to;
        a.value.boolean = k.change.to == "yes";
        a.value.texts = {k.change.to};
        a.value.number = k.exception->when.term.children[1].number;
        changed.records[r.value].fields[a.field].push_back(
            {static_cast<std::uint32_t>(changed.assertions.size())});
        changed.assertions.push_back(std::move(a));
        return true;
    }
    for (const auto id : k.assertions) {
        auto& a = changed.assertions[id.value];
        if (!k.day) {
            a.state = model::State::withdrawn;
            continue;
        }
        put_on(a.value, *k.day);
    }
    return true;
}

void Resolver::put_back(const std::vector<const Candidate*>& changes) {
    auto& changed = *scratch_;
    for (const auto* k : changes) {
        for (const auto id : k->assertions)
            changed.assertions[id.value] = case_.assertions[id.value];
        if (k->exception == nullptr) continue;
        if (const auto r = changed.find(k->change.path.substr(0, k->change.path.rfind('.')));
            r.valid())
            changed.records[r.value].fields = case_.records[r.value].fields;
    }
    changed.assertions.resize(case_.assertions.size());
}

// The accounts whose views the changes alter: they hold another assertion for some field, or one
// that was changed. Where a field stands in for another, or a source is no longer what it was,
// every view may be another one.
std::set<model::AccountId> Resolver::touched(const std::vector<const Candidate*>& changes) {
    const auto& changed = *scratch_;
    const auto& vocabulary = packs_.vocabulary();
    const auto selection = selection_of(vocabulary, case_, options_);
    std::vector<model::AccountId> accounts;
    for (std::uint32_t i = 0; i < case_.accounts.size(); ++i) accounts.push_back({i});
    if (accounts.empty()) accounts.emplace_back();
    const auto views_of = [&](const model::Case& c) {
        std::vector<std::vector<model::View>> out(accounts.size());
        for (const auto& w : model::worlds(c, selection))
            for (std::size_t i = 0; i < accounts.size(); ++i)
                out[i].push_back(model::make_view(c, accounts[i], selection, w));
        return out;
    };
    if (views_.empty()) views_ = views_of(case_);
    std::set<AssertionId> altered;
    bool all = false;
    for (const auto* k : changes) altered.insert(k->assertions.begin(), k->assertions.end());
    for (auto i = static_cast<std::uint32_t>(case_.assertions.size());
         i < changed.assertions.size(); ++i)
        altered.insert({i});  // exceptions asserted
    for (const auto id : altered) {
        const auto& a = changed.assertion(id);
        const auto& type = vocabulary.type(changed.record(a.record).type);
        all = all || type.name == "source" || !type.fields[a.field].otherwise.empty() ||
              !type.fields[a.field].lasts.empty();
    }
    const auto now = views_of(changed);
    const auto same = [&](const model::View& before, const model::View& after) {
        if (before.exists != after.exists || before.same_as != after.same_as ||
            before.slots != after.slots)
            return false;
        for (const auto& slot : after.slots)
            for (const auto id : slot)
                if (altered.count(id) != 0) return false;
        return true;
    };
    std::set<model::AccountId> out;
    for (std::size_t i = 0; i < accounts.size(); ++i)
        if (all ||
            !std::equal(views_[i].begin(), views_[i].end(), now[i].begin(), now[i].end(), same))
            out.insert(accounts[i]);
    return out;
}

// After these changes: is the finding no longer certain in any view, and what else has become
// certain?
bool Resolver::attempt(Finding& f, const Outcome& o, const std::vector<const Candidate*>& changes) {
    std::string name;
    for (const auto* k : changes) {
        if (k->exception != nullptr) name += k->change.path + "=" + k->change.to;
        for (const auto id : k->assertions) name += std::to_string(id.value) + ",";
        name += (k->day ? "@" + time::to_string(*k->day) : "") + "|";
    }
    const bool error = std::find(errors_.begin(), errors_.end(), o.rule) != errors_.end();
    auto known = after_.find(name);
    Certain own;
    if (known == after_.end() || !error) {
        // Changed in place and put back: copying a case costs as much as judging it.
        if (!scratch_) scratch_ = case_;
        bool good = true;
        for (const auto* k : changes) good = good && apply(*scratch_, *k);
        if (good) {
            const auto accounts = touched(changes);
            if (known == after_.end())
                known = after_.emplace(name, certain_after(accounts, errors_)).first;
            if (!error) {
                auto rules = o.rule->reads_findings ? errors_ : std::vector<const rule::Rule*>{};
                rules.push_back(o.rule);
                own = certain_after(accounts, rules);
            }
        }
        put_back(changes);
        if (!good) return false;
    }
    const auto& judged = error ? known->second : own;

    for (const auto& [view, keys] : before_) {
        if (keys.count(o.key) == 0) continue;
        const auto after = judged.find(view);
        // A view that was not judged again is as it was.
        if (after == judged.end() || after->second.count(o.key) != 0) return false;
    }
    Resolution r;
    for (const auto* k : changes) {
        r.changes.push_back(k->change);
        r.text += (r.text.empty() ? "" : " and ") + k->text;
        // What comes of it on one of these days need not come on another.
        if (k->day && k->text.find("was on " + k->change.to) == std::string::npos)
            r.blocked_on += (r.blocked_on.empty() ? "" : " and ") + k->change.to;
    }
    std::set<std::string> blocked;
    for (const auto& [view, keys] : known->second)
        for (const auto& key : keys) {
            if (const auto it = before_.find(view); it != before_.end() && it->second.count(key))
                continue;
            const auto bar = key.find('|');
            const auto id = key.substr(0, bar);
            if (std::none_of(errors_.begin(), errors_.end(),
                             [&](const auto* rule) {
                                 return rule->id == id && rule->severity == rule::Severity::error;
                             }) &&
                bar != std::string::npos)
                continue;
            if (bar == std::string::npos) {
                blocked.insert(key);
            } else {
                const auto at = key.substr(bar + 1);
                blocked.insert(id + " at " + at.substr(0, at.find('|')));
            }
        }
    r.blocked_by.assign(blocked.begin(), blocked.end());
    if (blocked.empty()) r.blocked_on.clear();
    f.resolve.push_back(std::move(r));
    return true;
}

// What a date moved to its nearest fine day comes to, and whether there are nearer days on which
// the finding is possible still: said as far as judging it again on those days bears it out.
void Resolver::tell_days(const Finding& f, const std::vector<Holding>& holdings,
                         Contraries& contraries, Candidate& k) const {
    if (k.turn == nullptr || contraries.spent()) return;
    const auto on = [&](time::Day day) {
        return contraries.on_day(f, holdings, k.assertions, day);
    };
    const auto then = on(*k.day);
    if (then == Contrary::Then::possible) k.text += " (only possible then)";
    if (then != Contrary::Then::gone) return;
    const auto away = [&](time::Day d) {
        return std::max<std::int64_t>(
            {0, k.fact->days.first.value - d.value, d.value - k.fact->days.last.value});
    };
    const auto nearer = nearest_day(k.turn->possible, k.fact->days);
    if (!nearer || away(*nearer) >= away(*k.day) || on(*nearer) != Contrary::Then::possible) return;
    k.change.possible_on = time::to_string(*nearer);
    k.text = "if `" + k.change.path + "` was " + stretch_words(k.turn->possible, *nearer) +
             " (only possible then) or " + stretch_words(k.turn->fine, *k.day) +
             " (then it is gone) instead of " + k.fact->value;
}

void Resolver::resolve(Finding& f, const std::vector<Holding>& holdings, Contraries& contraries) {
    if (f.verdict != Verdict::certain) return;
    const auto& o = *holdings.front().outcome;
    auto ways = candidates(f, o);
    for (auto& k : ways) {
        if (f.resolve.size() >= kResolutions || budget_ <= 0) break;
        tell_days(f, holdings, contraries, k);
        attempt(f, o, {&k});
    }
    // Two together only where one alone does not do.
    if (f.resolve.empty())
        for (std::size_t a = 0; a < ways.size() && a < kPaired; ++a)
            for (std::size_t b = a + 1; b < ways.size() && b < kPaired; ++b)
                if (f.resolve.size() < kResolutions && budget_ > 0 &&
                    ways[a].change.path != ways[b].change.path)
                    attempt(f, o, {&ways[a], &ways[b]});
    // What brings nothing new with it first.
    std::stable_sort(f.resolve.begin(), f.resolve.end(),
                     [](const Resolution& a, const Resolution& b) {
                         return a.blocked_by.empty() && !b.blocked_by.empty();
                     });
}

}  // namespace antinomy::check
