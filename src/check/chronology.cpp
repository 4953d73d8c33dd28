#include "check/chronology.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "check/state.hpp"

namespace antinomy::check {

using model::RecordId;
using time::DistanceBounds;
using time::Formula;
using time::kNoBound;
using time::kOrigin;
using time::PointId;

namespace {

// Explanations cost as many units as the network has statements; beyond it bounds stay unexplained.
constexpr std::int64_t kExplaining = 1'000'000;
constexpr std::size_t kExplainExactly = 12;  // statements; beyond it nothing removable
constexpr std::size_t kHoles = 64;           // windows of one point that are explained
constexpr std::size_t kContexts = 16;        // ways a view can stand that are explained

struct Slot {
    RecordId record;
    std::uint32_t field;
    std::uint32_t part;
};

DistanceBounds wider(DistanceBounds a, DistanceBounds b) {
    return {std::min(a.least, b.least), std::max(a.most, b.most)};
}

bool same_support(const Proof& a, const Proof& b) {
    const auto fact = [](const Fact& x, const Fact& y) { return x.span == y.span; };
    const auto requirement = [](const Requirement& x, const Requirement& y) {
        return x.rule == y.rule && x.text == y.text;
    };
    return std::equal(a.facts.begin(), a.facts.end(), b.facts.begin(), b.facts.end(), fact) &&
           std::equal(a.requirements.begin(), a.requirements.end(), b.requirements.begin(),
                      b.requirements.end(), requirement);
}

class Chronicler {
public:
    Chronicler(const rule::Packs& packs, const model::Case& c, const ChronologyOptions& options)
        : packs_(packs), case_(c), options_(options) {
        event_ = packs.vocabulary().find("event");
    }

    Chronology run() {
        out_.id = case_.id;
        out_.title = case_.title;
        out_.file = case_.file;
        Options options;
        options.accounts = options_.accounts;
        options.sources = options_.sources;
        // No rules: views, their contexts and their conflicts are what is wanted.
        auto judgement = judge_case(packs_, case_, options, {});
        out_.undecided = judgement.undecided;
        for (auto& v : judgement.views) out_.accounts.push_back(account(v));
        return std::move(out_);
    }

private:
    AccountChronology account(ViewState& v) {
        AccountChronology a;
        a.account = account_name(case_, v.account);
        if (v.account.valid())
            for (const auto other : case_.accounts[v.account.value].adopts)
                a.adopts.push_back(account_name(case_, other));
        view_ = &v;
        a.consistent = v.stands;
        for (auto& c : v.contexts)
            if (v.stands && c.evaluator->full().fits() == time::Fit::undecided)
                a.consistent.reset();
        if (v.stands) add_refuted(a);
        add_contradictions(a);
        add_points(a);
        add_pairs(a);
        for (const auto& [from, to] : options_.between) a.between.push_back(distance(from, to));
        return a;
    }

    void undecided(std::string at, std::string why) {
        for (const auto& u : out_.undecided)
            if (u.at == at && u.why == why) return;
        out_.undecided.push_back({"", case_.id, std::move(at), std::move(why)});
    }

    // ---------------------------------------------------------------- contradictions

    void add_contradictions(AccountChronology& a) {
        if (view_->contexts.empty()) return;
        add_contradictions(a, view_->contexts.front(), view_->conflicts, nullptr);
        for (auto& w : view_->refuted)
            if (!w.contexts.empty()) add_contradictions(a, w.contexts.front(), w.conflicts, &w);
    }

    // `way`: of a way of counting that nobody chose, and that they refute.
    void add_contradictions(AccountChronology& a, Context& context,
                            const time::Conflicts& conflicts, const RefutedWay* way) {
        const auto& t = *context.timeline;
        const auto firm = t.undoubted();
        a.more_contradictions = a.more_contradictions || conflicts.more;
        for (const auto& conflict : conflicts.minimal) {
            time::Enabled only(t.network().statement_count(), false);
            if (way != nullptr && told_by_earlier_way(*view_, *way, conflict)) continue;
            Contradiction c;
            c.one_way = way != nullptr && !turns_of(case_, *view_, *way, conflict).empty();
            if (c.one_way) c.verdict = Verdict::possible;
            for (std::uint32_t s = 0; s < only.size(); ++s)
                only[s] = !t.network().statement({s}).droppable;
            for (const auto s : conflict) {
                only[s.value] = true;
                if (!firm[s.value]) c.verdict = Verdict::possible;
            }
            const auto core = time::smallest_core(t.network(), only);
            if (!core) continue;
            fill_proof(c.proof, t, *core, std::nullopt, context.evaluator->full());
            if (!c.proof.steps.empty()) {
                c.sum = 0;
                for (const auto& s : c.proof.steps) *c.sum -= s.min_days;
            }
            a.contradictions.push_back(std::move(c));
        }
    }

    void add_refuted(AccountChronology& a) {
        if (view_->contexts.empty()) return;
        auto& context = view_->contexts.front();
        const auto& t = *context.timeline;
        for (const auto& [assertion, core] : refuted_values(context)) {
            Refuted r;
            r.fact = fact_of(t, Reading{assertion, 0});
            r.path = r.fact.path;
            const bool known =
                std::any_of(a.refuted.begin(), a.refuted.end(),
                            [&](const Refuted& other) { return other.fact.span == r.fact.span; });
            if (known) continue;
            fill_proof(r.proof, t, core, std::nullopt, context.evaluator->full());
            a.refuted.push_back(std::move(r));
        }
    }

    // Points that a contradiction touches, in a context.
    std::set<std::uint32_t> touched(std::size_t context) const {
        std::set<std::uint32_t> out;
        if (view_->stands) return out;
        const auto& c = view_->contexts[context];
        const auto& network = c.timeline->network();
        std::vector<bool> in(network.statement_count(), false);
        for (std::size_t s = 0; s < c.kept.size(); ++s) in[s] = !c.kept[s];
        if (context == 0)
            for (const auto& conflict : view_->conflicts.minimal)
                for (const auto s : conflict) in[s.value] = true;
        const auto note = [&](time::StatementId s, PointId p) {
            if (in[s.value] && p != kOrigin) out.insert(p.value);
        };
        for (const auto& l : network.links()) {
            note(l.because, l.difference.from);
            note(l.because, l.difference.to);
        }
        for (const auto& d : network.day_choices()) note(d.because, d.point);
        for (const auto& d : network.calendar_choices()) {
            note(d.because, d.point);
            note(d.because, d.anchor);
        }
        for (const auto& arms : network.one_ofs())
            for (const auto& arm : arms)
                for (const auto& d : arm.differences) {
                    note(arm.because, d.from);
                    note(arm.because, d.to);
                }
        return out;
    }

    // ---------------------------------------------------------------- points

    bool exists(const Context& c, RecordId r) const { return c.timeline->view(0).exists[r.value]; }

    // Date fields of the records that exist here, in the order of the files. A field that stands in
    // for another is listed once.
    std::vector<Slot> slots() const {
        std::vector<Slot> out;
        for (std::uint32_t i = 0; i < case_.records.size(); ++i) {
            const RecordId r{i};
            const auto& type = packs_.vocabulary().type(case_.records[i].type);
            for (std::uint32_t f = 0; f < type.fields.size(); ++f) {
                const bool period = type.fields[f].kind == model::FieldKind::period;
                if (type.fields[f].kind != model::FieldKind::day && !period) continue;
                bool own = false;
                bool there = false;
                for (const auto& c : view_->contexts) {
                    if (!exists(c, r)) continue;
                    const bool effective = c.timeline->effective_field(0, r, f) == f;
                    own = own || effective;
                    there = there || (effective && c.timeline->point(0, r, f).has_value());
                }
                // An event that nobody dates is told; other fields are silent.
                const bool first =
                    case_.records[i].type == event_ && type.fields[f].name == type.first_moment;
                if (!own || (!there && !first)) continue;
                out.push_back({r, f, 0});
                if (period) out.push_back({r, f, 1});
            }
        }
        return out;
    }

    void add_points(AccountChronology& a) {
        std::vector<std::set<std::uint32_t>> conflict;
        for (std::size_t k = 0; k < view_->contexts.size(); ++k) conflict.push_back(touched(k));
        const bool all_in_conflict = !view_->stands && view_->conflicts.more_kept;
        for (const auto& slot : slots()) {
            const auto& record = case_.record(slot.record);
            const auto& type = packs_.vocabulary().type(record.type);
            const auto& field = type.fields[slot.field];
            ChronologyPoint p;
            p.path = record.path + "." + field.name;
            p.label = record.id;
            if (field.name != type.first_moment) p.label += " " + field.name;
            if (field.kind == model::FieldKind::period) {
                p.path += slot.part == 0 ? ".start" : ".end";
                p.label += slot.part == 0 ? " start" : " end";
            }
            p.moment = record.type == event_ &&
                       (field.name == type.first_moment || field.name == type.last_moment);
            state(p, slot);
            p.in_conflict = all_in_conflict;
            bool first = true;
            for (std::size_t k = 0; k < view_->contexts.size(); ++k) {
                auto& c = view_->contexts[k];
                if (!exists(c, slot.record)) continue;
                const auto point = c.timeline->point(0, slot.record, slot.field, slot.part);
                if (!point) {
                    p.days = time::DaySet::all();
                    first = false;
                    continue;
                }
                p.in_conflict = p.in_conflict || conflict[k].count(point->value) != 0;
                auto days = days_of(c.evaluator->full(), *point, p.exact);
                p.days = first ? std::move(days) : p.days.unite(days);
                first = false;
            }
            if (first || p.in_conflict) p.days = p.stated;
            if (!p.exact && !p.in_conflict)
                undecided(p.path, "the tightest bounds were not found within the limit of " +
                                      std::to_string(time::Solver::kTests) + " tests");
            p.inferred = p.days != p.stated;
            for (const auto& s : p.statements) p.doubtful = p.doubtful || s.doubtful;
            if (p.inferred) explain(p, slot);
            a.points.push_back(std::move(p));
        }
    }

    // What is stated of it, and the days that this leaves by itself. What is said of another record
    // is said of this one only where the two are one whatever the answer to an open identity.
    void state(ChronologyPoint& p, const Slot& slot) const {
        std::map<model::AssertionId, std::size_t> held;
        std::size_t contexts = 0;
        for (const auto& c : view_->contexts) {
            if (!exists(c, slot.record)) continue;
            ++contexts;
            for (const auto id : c.timeline->view(0).held(case_, slot.record, slot.field))
                ++held[id];
        }
        std::set<model::AssertionId> seen;
        for (const auto& c : view_->contexts) {
            if (!exists(c, slot.record)) continue;
            const auto& t = *c.timeline;
            for (const auto id : t.view(0).held(case_, slot.record, slot.field)) {
                if (case_.assertion(id).record != slot.record && held[id] < contexts) continue;
                if (!seen.insert(id).second) continue;
                const auto& value = case_.assertion(id).value;
                p.statements.push_back(fact_of(t, Reading{id, 0}));
                const bool period = packs_.vocabulary()
                                        .type(case_.record(slot.record).type)
                                        .fields[slot.field]
                                        .kind == model::FieldKind::period;
                p.stated = p.stated.unite(!value.absolute  ? time::DaySet::all()
                                          : !period        ? value.day.days
                                          : slot.part == 0 ? value.period.start.days
                                                           : value.period.end.days);
            }
        }
        if (p.statements.empty()) p.stated = time::DaySet::all();
    }

    // The hull by its bounds, which are exact with less work; within it the days, if they are
    // found.
    time::DaySet days_of(time::Solver& solver, PointId p, bool& exact) const {
        bool exact_bounds = true;
        const auto b = solver.bounds(kOrigin, p, Formula::truth(true), &exact_bounds);
        const time::Window hull{b.least > -kNoBound ? time::Day{b.least} : time::kEver,
                                b.most < kNoBound ? time::Day{b.most} : time::kForever};
        exact = exact && exact_bounds;
        bool exact_days = true;
        const auto days = solver.days(p, Formula::truth(true), &exact_days);
        if (exact_days && !days.empty()) return days;
        return time::DaySet(hull);
    }

    void explain(ChronologyPoint& p, const Slot& slot) {
        if (p.days.empty()) return;
        const auto hull = p.days.hull();
        std::size_t contexts = 0;
        for (auto& c : view_->contexts) {
            if (!exists(c, slot.record) || ++contexts > kContexts) continue;
            const auto point = c.timeline->point(0, slot.record, slot.field, slot.part);
            if (!point) continue;
            const auto earlier = [&](time::Day d) {
                return Formula::of({kOrigin, *point, d.value - 1});
            };
            const auto later = [&](time::Day d) {
                return Formula::of({*point, kOrigin, -d.value - 1});
            };
            // What the statement says by itself needs no reason.
            const auto own = p.stated.hull();
            if (bounded(hull.first) && hull.first != own.first) because(p, c, earlier(hull.first));
            if (bounded(hull.last) && hull.last != own.last) because(p, c, later(hull.last));
            std::vector<Formula> holes;
            const auto& windows = p.days.windows();
            for (std::size_t i = 1; i < windows.size() && i < kHoles; ++i) {
                const time::Window gap{time::plus(windows[i - 1].last, 1),
                                       time::plus(windows[i].first, -1)};
                if (p.stated.intersect(time::DaySet(gap)).empty()) continue;
                holes.push_back(Formula::all_of(
                    {later(time::plus(gap.first, -1)), earlier(time::plus(gap.last, 1))}));
            }
            if (!holes.empty()) because(p, c, Formula::any_of(std::move(holes)));
        }
    }

    void because(ChronologyPoint& p, Context& c, const Formula& against) {
        const auto& network = c.timeline->network();
        explaining_ -= static_cast<std::int64_t>(network.statement_count());
        if (explaining_ < 0) {
            p.explained = false;
            undecided("because",
                      "which statements each inferred date rests on was worked out for "
                      "the first ones only: the case has too many");
            return;
        }
        const auto core =
            time::smallest_core(network, c.evaluator->statements(), against, kExplainExactly);
        if (!core) return;
        for (const auto s : core->statements)
            p.doubtful = p.doubtful || network.statement(s).doubtful;
        Proof proof;
        fill_proof(proof, *c.timeline, *core, std::nullopt, c.evaluator->full());
        if (std::none_of(p.because.begin(), p.because.end(),
                         [&](const Proof& x) { return same_support(x, proof); }))
            p.because.push_back(std::move(proof));
    }

    // ---------------------------------------------------------------- orders

    using Order = ChronologyPair::Order;

    // As a rule's condition `a before b` is judged.
    Order order(Context& c, const model::PointRef& a, const model::PointRef& b) {
        rule::Term before;
        before.op = rule::Op::relation;
        before.word = grammar::TimeWord::before;
        Instance instance;
        for (const auto* p : {&a, &b}) {
            const auto& type = packs_.vocabulary().type(case_.record(p->record).type);
            rule::Term path;
            path.op = rule::Op::path;
            path.type.kind = rule::Kind::record;
            path.type.record = case_.record(p->record).type;
            path.binding = static_cast<int>(instance.records.size());
            // A field; without one, what the record stands for.
            if (p->first != type.field_index(type.first_moment) ||
                p->last != type.field_index(type.last_moment)) {
                path.steps = {p->first};
                path.type.kind = rule::Kind::day;
                if (p->first_part == p->last_part) path.part = static_cast<int>(p->first_part);
            }
            before.children.push_back(std::move(path));
            instance.records.push_back(p->record);
            instance.sides.push_back(0);
        }
        Reads reads;
        const auto ground = c.evaluator->condition(before, instance, reads, false);
        return order(c, ground.formula(false, false), ground.formula(true, true));
    }

    // `surely` and `perhaps`: what is not known against it, and for it.
    Order order(Context& c, const Formula& surely, const Formula& perhaps) {
        const auto against = c.evaluator->fits_firmly(surely.negated());
        if (against == time::Fit::no) return Order::certain;
        const auto with = c.evaluator->fits_firmly(perhaps);
        if (with == time::Fit::no) return Order::impossible;
        if (against == time::Fit::undecided || with == time::Fit::undecided)
            undecided("pairs", "an order was not decided within the limit of " +
                                   std::to_string(time::Solver::kTests) + " tests");
        return Order::possible;
    }

    // What holds in every way the view can stand.
    static Order both(std::optional<Order> a, Order b) {
        return !a || *a == b ? b : Order::possible;
    }

    // An event from its first day to its last.
    model::PointRef whole(RecordId r) const {
        const auto& type = packs_.vocabulary().type(case_.record(r).type);
        return {r, static_cast<std::uint32_t>(type.field_index(type.first_moment)), 0,
                static_cast<std::uint32_t>(type.field_index(type.last_moment)), 0};
    }

    std::optional<PointId> moment(const Context& c, RecordId r, bool last) const {
        const auto& type = packs_.vocabulary().type(case_.record(r).type);
        const auto f = type.field_index(last ? type.last_moment : type.first_moment);
        const bool period = type.fields[f].kind == model::FieldKind::period;
        return c.timeline->point(0, r, static_cast<std::uint32_t>(f), period && last ? 1 : 0);
    }

    void add_pairs(AccountChronology& a) {
        std::vector<RecordId> events;
        for (std::uint32_t i = 0; i < case_.records.size(); ++i) {
            const RecordId r{i};
            if (case_.records[i].type != event_) continue;
            if (std::none_of(view_->contexts.begin(), view_->contexts.end(),
                             [&](const Context& c) { return exists(c, r); }))
                continue;
            events.push_back(r);
            a.events.push_back(case_.record(r).path);
        }
        if (!options_.pairs) return;
        if (events.size() > kPairEvents) {
            undecided("pairs", "the case has " + std::to_string(events.size()) +
                                   " events; pairs are worked out for at most " +
                                   std::to_string(kPairEvents));
            return;
        }
        for (std::size_t i = 0; i < events.size(); ++i)
            for (std::size_t k = 0; k < events.size(); ++k) {
                if (i == k) continue;
                ChronologyPair pair;
                pair.a = i;
                pair.b = k;
                std::optional<Order> before;
                std::optional<DistanceBounds> days;
                for (auto& c : view_->contexts) {
                    if (!exists(c, events[i]) || !exists(c, events[k])) continue;
                    before = both(before, order(c, whole(events[i]), whole(events[k])));
                    const auto x = moment(c, events[i], true);
                    const auto y = moment(c, events[k], false);
                    const auto d = x && y ? c.evaluator->full().bounds(*x, *y) : DistanceBounds{};
                    days = days ? wider(*days, d) : d;
                }
                if (!before) continue;  // never in one view together
                pair.before =
                    view_->stands || !view_->conflicts.more_kept ? *before : Order::possible;
                pair.days = *days;
                a.pairs.push_back(pair);
            }
    }

    Distance distance(const NamedPoint& from, const NamedPoint& to) {
        Distance out;
        out.from = from.written;
        out.to = to.written;
        std::optional<Order> before;
        for (auto& c : view_->contexts) {
            const auto& x = from.point;
            const auto& y = to.point;
            if (!exists(c, x.record) || !exists(c, y.record)) continue;
            const auto a = c.timeline->point(0, x.record, x.last, x.last_part);
            const auto b = c.timeline->point(0, y.record, y.first, y.first_part);
            DistanceBounds d;
            if (a && b) {
                d = c.evaluator->full().bounds(*a, *b);
                before = both(before, order(c, x, y));
                out.from = c.timeline->path(*a);
                out.to = c.timeline->path(*b);
            }
            out.days = out.known ? wider(out.days, d) : d;
            out.known = true;
        }
        if (!out.known || view_->contexts.empty()) return out;
        if (before && (view_->stands || !view_->conflicts.more_kept)) out.before = *before;
        std::size_t contexts = 0;
        for (auto& c : view_->contexts) {
            if (!exists(c, from.point.record) || !exists(c, to.point.record)) continue;
            if (++contexts > kContexts) break;
            const auto a =
                c.timeline->point(0, from.point.record, from.point.last, from.point.last_part);
            const auto b =
                c.timeline->point(0, to.point.record, to.point.first, to.point.first_part);
            if (!a || !b) continue;
            const auto why = [&](const Formula& against, std::vector<Proof>& proofs) {
                const auto core =
                    time::smallest_core(c.timeline->network(), c.evaluator->statements(), against);
                if (!core) return;
                Proof proof;
                fill_proof(proof, *c.timeline, *core, std::nullopt, c.evaluator->full());
                if (std::none_of(proofs.begin(), proofs.end(),
                                 [&](const Proof& x) { return same_support(x, proof); }))
                    proofs.push_back(std::move(proof));
            };
            if (out.days.least > -kNoBound)
                why(Formula::of({*a, *b, out.days.least - 1}), out.least);
            if (out.days.most < kNoBound) why(Formula::of({*b, *a, -out.days.most - 1}), out.most);
        }
        return out;
    }

    const rule::Packs& packs_;
    const model::Case& case_;
    const ChronologyOptions& options_;
    model::TypeId event_;
    ViewState* view_ = nullptr;
    std::int64_t explaining_ = kExplaining;
    Chronology out_;
};

}  // namespace

Chronology make_chronology(const rule::Packs& packs, const model::Case& c,
                           const ChronologyOptions& options) {
    return Chronicler(packs, c, options).run();
}

}  // namespace antinomy::check
