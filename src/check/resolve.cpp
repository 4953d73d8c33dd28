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

// Certain findings by view, as keys.
std::set<std::string> certain_keys(const model::Case& c, const Judgement& j) {
    std::set<std::string> out;
    for (const auto* list : {&j.views, &j.pairs})
        for (const auto& v : *list) {
            const auto name = account_name(c, v.account) + "/" + account_name(c, v.other);
            if (!v.stands && !v.conflict_on_doubt) out.insert(name + "|facts-contradict");
            for (const auto& o : v.outcomes)
                if (o.status == Status::certain && o.rule->severity == rule::Severity::error)
                    out.insert(name + "|" + o.key);
        }
    return out;
}

}  // namespace

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
        time::DaySet stated;
        for (const auto a : held) {
            const auto& x = c.assertion(a);
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
    if (f.verdict == Verdict::possible && !decides && judged.reads.points.size() > 1)
        f.turning_note = "turns on several dates together";
}

Resolver::Resolver(const rule::Packs& packs, const model::Case& c, const Options& options,
                   const std::vector<const rule::Rule*>& rules)
    : packs_(packs), case_(c), options_(options), rules_(rules) {
    options_.resolve = false;
    options_.infer = false;
    options_.trace.clear();
}

std::set<std::string> Resolver::certain_after(const model::Case& changed) {
    const auto judgement = judge_case(packs_, changed, options_, rules_);
    for (const auto* list : {&judgement.views, &judgement.pairs})
        for (const auto& v : *list) budget_ -= static_cast<std::int64_t>(v.outcomes.size());
    return certain_keys(changed, judgement);
}

void Resolver::resolve(Finding& f, ViewState& v, const Outcome& o) {
    const auto& packs = packs_;
    const auto& c = case_;
    if (f.verdict != Verdict::certain) return;
    const auto name = account_name(c, v.account) + "/" + account_name(c, v.other);
    struct Candidate {
        Change change;
        AssertionId assertion;
        std::optional<time::Day> day;
        const rule::Exception* exception = nullptr;
        std::string text;
    };
    std::vector<Candidate> candidates;
    const auto assertion_at = [&](const text::Span& span) -> AssertionId {
        for (std::uint32_t i = 0; i < c.assertions.size(); ++i)
            if (c.assertions[i].span == span) return {i};
        return {};
    };
    for (std::size_t i = 0; i < f.exceptions.size(); ++i) {
        const auto& x = f.exceptions[i];
        if (x.switch_path.empty() || x.state != "absent") continue;
        Candidate k;
        k.exception = &o.rule->unless[i];
        const auto& term = k.exception->when.term;
        if (term.op == rule::Op::compare && term.text == "=" && term.children.size() == 2 &&
            term.children[1].op != rule::Op::path)
            k.change = {"exception", x.switch_path, term.children[1].written};
        else
            continue;
        k.text = "if `" + x.switch_path + ": " + k.change.to + "` is stated" +
                 (x.because.empty() ? "" : " (" + x.because + ")");
        candidates.push_back(std::move(k));
    }
    for (const auto& fact : f.proof.facts) {
        const auto id = assertion_at(fact.span);
        if (!id.valid()) continue;
        Candidate k;
        k.assertion = id;
        k.change = {"withdraw", fact.path, ""};
        k.text = "if `" + fact.path + "` (" + fact.value + ") is withdrawn";
        candidates.push_back(k);
        for (const auto& turn : f.turning) {
            if (turn.path != fact.path) continue;
            // Fine days, or days on which it is at most possible: nearest to what was stated.
            const auto day = nearest_day(turn.fine.empty() ? turn.possible : turn.fine, fact.days);
            if (!day) continue;
            k.day = day;
            k.change = {"move", fact.path, time::to_string(*day)};
            k.text = "if `" + fact.path + "` was on " + time::to_string(*day) + " instead of " +
                     fact.value;
            const auto& set = turn.fine.empty() ? turn.possible : turn.fine;
            if (set.windows().size() == 1 && !set.hull().single()) {
                const auto h = set.hull();
                if (!bounded(h.last))
                    k.text = "if `" + fact.path + "` was on or after " + time::to_string(h.first) +
                             " instead of " + fact.value;
                else if (!bounded(h.first))
                    k.text = "if `" + fact.path + "` was on or before " + time::to_string(h.last) +
                             " instead of " + fact.value;
            }
            candidates.push_back(k);
        }
    }
    for (const auto& premise : f.proof.premises) {
        // What an account says beside the dates: not so, on that account.
        // Where no date takes part, the plain numbers too.
        const bool number = f.proof.facts.empty() && !premise.value.empty() &&
                            premise.value.find_first_not_of("0123456789.") == std::string::npos;
        if (premise.account.empty() && !number) continue;
        const auto id = assertion_at(premise.span);
        if (!id.valid()) continue;
        Candidate k;
        k.assertion = id;
        k.change = {"flip", premise.path, "not " + premise.value};
        k.text = "if `" + premise.path + "` is not " + premise.value + " (" + premise.account +
                 " says it is)";
        candidates.push_back(std::move(k));
    }
    if (candidates.empty()) return;

    if (budget_ <= 0) return;
    if (!before_) before_ = certain_after(c);
    const auto& before = *before_;
    const auto apply = [&](model::Case& changed, const Candidate& k) {
        if (k.exception != nullptr) {
            const auto dot = k.change.path.rfind('.');
            const auto r = changed.find(k.change.path.substr(0, dot));
            if (!r.valid()) return false;
            const auto& type = packs.vocabulary().type(changed.record(r).type);
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
        } else if (k.day) {
            auto& a = changed.assertions[k.assertion.value];
            a.value.absolute = true;
            a.value.day = {};
            a.value.day.days = time::DaySet(time::Window{*k.day, *k.day});
            a.value.written = time::to_string(*k.day);
        } else {
            changed.assertions[k.assertion.value].state = model::State::withdrawn;
        }
        return true;
    };
    // After these changes: is the finding no longer certain, and what else has become certain?
    const auto attempt = [&](const std::vector<const Candidate*>& changes) {
        // Changed in place and put back: copying a case costs as much as judging it.
        if (!scratch_) scratch_ = c;
        auto& changed = *scratch_;
        bool good = true;
        for (const auto* k : changes) good = good && apply(changed, *k);
        const auto after = good ? certain_after(changed) : std::set<std::string>{};
        for (const auto* k : changes) {
            if (k->assertion.valid())
                changed.assertions[k->assertion.value] = c.assertions[k->assertion.value];
            else if (const auto r =
                         changed.find(k->change.path.substr(0, k->change.path.rfind('.')));
                     r.valid())
                changed.records[r.value].fields = c.records[r.value].fields;
        }
        changed.assertions.resize(c.assertions.size());
        if (!good) return false;
        if (after.count(name + "|" + o.key) != 0) return false;
        Resolution r;
        for (const auto* k : changes) {
            r.changes.push_back(k->change);
            r.text += (r.text.empty() ? "" : " and ") + k->text;
        }
        std::set<std::string> blocked;
        for (const auto& key : after) {
            if (before.count(key) != 0) continue;
            const auto rest = key.substr(key.find('|') + 1);
            const auto next = rest.find('|');
            if (next == std::string::npos) {
                blocked.insert(rest);
            } else {
                const auto at = rest.substr(next + 1);
                blocked.insert(rest.substr(0, next) + " at " + at.substr(0, at.find('|')));
            }
        }
        r.blocked_by.assign(blocked.begin(), blocked.end());
        f.resolve.push_back(std::move(r));
        return true;
    };
    for (const auto& k : candidates) {
        if (f.resolve.size() >= kResolutions || budget_ <= 0) break;
        attempt({&k});
    }
    // Two together only where one alone does not do.
    if (f.resolve.empty())
        for (std::size_t a = 0; a < candidates.size() && a < kPaired; ++a)
            for (std::size_t b = a + 1; b < candidates.size() && b < kPaired; ++b)
                if (f.resolve.size() < kResolutions &&
                    candidates[a].change.path != candidates[b].change.path)
                    attempt({&candidates[a], &candidates[b]});
    // What brings nothing new with it first.
    std::stable_sort(f.resolve.begin(), f.resolve.end(),
                     [](const Resolution& a, const Resolution& b) {
                         return a.blocked_by.empty() && !b.blocked_by.empty();
                     });
}

}  // namespace antinomy::check
