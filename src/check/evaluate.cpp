#include "check/evaluate.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace antinomy::check {

using grammar::TimeWord;
using model::AssertionId;
using model::RecordId;
using rule::Op;
using rule::Term;
using time::Difference;

namespace {

using K = Ground::Kind;

Ground least(time::PointId from, std::int64_t offset_from, time::PointId to, std::int64_t offset_to,
             std::int64_t n) {
    // (to + offset_to) - (from + offset_from) >= n
    return Ground::difference({to, from, offset_to - offset_from - n});
}

std::string plural(std::int64_t n) {
    return std::to_string(n) + (n == 1 ? " day" : " days");
}

}  // namespace

std::string Instance::key(const model::Case& c) const {
    std::string out;
    for (const auto r : records) out += (r.valid() ? c.record(r).path : std::string("-")) + "|";
    if (field_record.valid()) out += c.record(field_record).path + "." + std::to_string(field);
    if (one.valid())
        out += "#" + std::to_string(std::min(one, other).value) + "," +
               std::to_string(std::max(one, other).value);
    return out;
}

namespace {

time::Enabled both(time::Enabled a, const time::Enabled* b) {
    if (b != nullptr)
        for (std::size_t i = 0; i < a.size(); ++i) a[i] = a[i] && (i >= b->size() || (*b)[i]);
    return a;
}

}  // namespace

Evaluator::Evaluator(const Timeline& timeline,
                     const std::map<std::string, double, std::less<>>& policies,
                     const FindingLookup* lookup, const time::Enabled* kept)
    : timeline_(timeline),
      case_(timeline.file()),
      vocabulary_(timeline.vocabulary()),
      policies_(policies),
      lookup_(lookup),
      firm_enabled_(both(timeline.undoubted(), kept)),
      full_enabled_(both(timeline.all(), kept)),
      firm_(timeline.network(), firm_enabled_),
      full_(timeline.network(), full_enabled_),
      doubt_(timeline.has_doubt()),
      restricted_(kept != nullptr) {}

bool Evaluator::weak(const model::Assertion& a) const {
    return timeline_.doubtful(a);
}

Evaluator::Context Evaluator::context(const Instance& i, Reads& reads) {
    Context c;
    c.instance = &i;
    c.records = i.records;
    c.sides = i.sides;
    c.reads = &reads;
    return c;
}

// ---------------------------------------------------------------- paths

void Evaluator::note_gap(const Located& at, Context& c) {
    const auto& r = case_.record(at.record);
    c.reads->gaps.insert(r.path + "." + vocabulary_.type(r.type).fields[at.field].name);
}

const std::vector<AssertionId>& Evaluator::held(const Located& at, Context& c) {
    const auto& list = timeline_.view(at.side).held(case_, at.record, at.field);
    const auto kind = vocabulary_.type(case_.record(at.record).type).fields[at.field].kind;
    const bool date = kind == model::FieldKind::day || kind == model::FieldKind::period;
    for (const auto a : list) (date ? c.reads->dates : c.reads->values).insert({a, at.side});
    return list;
}

Evaluator::Walk Evaluator::walk(const Term& t, Context& c) {
    Walk out;
    const auto at = static_cast<std::size_t>(t.binding);
    if (t.binding < 0 || at >= c.records.size() ||
        (!c.records[at].valid() && t.type.kind != rule::Kind::field)) {
        out.gap = true;
        return out;
    }
    const int side = t.side >= 0 ? t.side : c.sides[at];
    std::vector<Located> now{{c.records[at], UINT32_MAX, side}};
    for (std::size_t i = 0; i < t.steps.size(); ++i) {
        const bool last = i + 1 == t.steps.size();
        std::vector<Located> next;
        for (auto& l : now) {
            Located here{l.record, t.steps[i], l.side};
            const auto& field = vocabulary_.type(case_.record(l.record).type).fields[here.field];
            const bool reference =
                field.kind == model::FieldKind::reference || field.kind == model::FieldKind::nested;
            if (!reference) {
                // Only the last step can end in something else.
                next.push_back(here);
                continue;
            }
            const auto& list = held(here, c);
            if (field.list) out.list = true;
            if (list.empty()) {
                if (field.list) {
                    out.open = true;  // nobody lists anything: an open list with nothing in it
                } else {
                    note_gap(here, c);
                    out.gap = true;
                }
                continue;
            }
            if (!field.list && list.size() > 1) out.rival = true;
            for (const auto id : list) {
                const auto& a = case_.assertion(id);
                if (field.list && !a.closed) out.open = true;
                for (const auto r : a.value.records) {
                    if (!timeline_.view(here.side).exists[r.value]) {
                        // Another account's record: a gap, though nothing that could be found out.
                        if (!field.list) out.gap = true;
                        continue;
                    }
                    if (case_.record(r).by.valid()) c.reads->records.insert({r, here.side});
                    const auto same = [&](const Located& x) { return x.record == r; };
                    if (std::none_of(next.begin(), next.end(), same))
                        next.push_back({r, UINT32_MAX, here.side});
                }
            }
        }
        now = std::move(next);
        if (now.empty() && !last) break;
    }
    out.ends = std::move(now);
    if (out.ends.size() > 1 && !out.list) out.rival = true;
    return out;
}

std::vector<Evaluator::Located> Evaluator::list_items(const Term& t, Context& c, bool* open) {
    if (t.op == Op::records) {
        const model::TypeId type{static_cast<std::uint32_t>(t.count)};
        const int side = std::max(0, t.side);
        std::vector<Located> out;
        for (std::uint32_t i = 0; i < case_.records.size(); ++i)
            if (case_.records[i].type == type && timeline_.view(side).exists[i])
                out.push_back({RecordId{i}, UINT32_MAX, side});
        *open = !case_.is_complete(vocabulary_.type(type).plural);
        return out;
    }
    auto w = walk(t, c);
    *open = w.open || w.gap;
    return std::move(w.ends);
}

// ---------------------------------------------------------------- conditions

Ground Evaluator::condition(const Term& t, const Instance& i, Reads& reads, bool asserted_only) {
    auto c = context(i, reads);
    c.asserted_only = asserted_only;
    return ground(t, c, false);
}

std::vector<LiteralTrace> Evaluator::trace(const Term& t, const Instance& i) {
    Reads reads;
    auto c = context(i, reads);
    std::vector<LiteralTrace> out;
    c.trace = &out;
    ground(t, c, false);
    return out;
}

Ground Evaluator::ground(const Term& t, Context& c, bool negated) {
    switch (t.op) {
        case Op::all:
        case Op::any: {
            std::vector<Ground> parts;
            const auto before = c.reads->gaps;
            for (const auto& child : t.children) parts.push_back(ground(child, c, negated));
            auto g = (t.op == Op::all) != negated ? Ground::all_of(std::move(parts))
                                                  : Ground::any_of(std::move(parts));
            // What is missing where it decides nothing need not be found out.
            if (g.kind == K::yes || g.kind == K::no) c.reads->gaps = before;
            return g;
        }
        case Op::negate:
            return ground(t.children[0], c, !negated);
        case Op::boolean:
            return Ground::truth((t.number != 0) != negated);
        case Op::some:
        case Op::every:
        case Op::no: {
            auto g = quantified(t, c, negated);
            if (c.trace != nullptr) {
                const auto plain = negated ? g.negated() : g;
                c.trace->push_back({t.written, "",
                                    plain.kind == K::yes   ? "true"
                                    : plain.kind == K::no  ? "false"
                                    : plain.kind == K::gap ? "gap"
                                                           : "unknown"});
            }
            return g;
        }
        default:
            break;
    }
    auto g = literal(t, c, negated);
    if (c.trace != nullptr) {
        const auto plain = negated ? g.negated() : g;
        std::string outcome;
        switch (plain.kind) {
            case K::yes:
                outcome = "true";
                break;
            case K::no:
                outcome = "false";
                break;
            case K::unknown:
                outcome = "unknown";
                break;
            case K::gap:
                outcome = "gap";
                break;
            default: {
                const auto f = plain.formula(true, false);
                if (firm_.fits(f.negated()) == time::Fit::no)
                    outcome = "true";
                else if (firm_.fits(f) == time::Fit::no)
                    outcome = "false";
                else
                    outcome = "possible";
            }
        }
        c.trace->push_back({t.written, describe_values(t, c), outcome});
    }
    return g;
}

Ground Evaluator::quantified(const Term& t, Context& c, bool negated) {
    // every(c) = not some(not c); no(c) = not some(c)
    const bool outer_negated =
        (t.op == Op::some) == negated;  // is the existential under a negation?
    const bool inner_negated = t.op == Op::every;
    bool open = false;
    auto* trace = c.trace;
    c.trace = nullptr;
    const auto items = list_items(t.children[0], c, &open);
    const auto variable = static_cast<std::size_t>(t.binding);
    if (c.records.size() <= variable) {
        c.records.resize(variable + 1);
        c.sides.resize(variable + 1, 0);
    }
    // What an item's condition reads matters where the item decides: then it is a ground of the
    // finding.
    std::vector<Ground> parts;
    for (const auto& item : items) {
        c.records[variable] = item.record;
        c.sides[variable] = item.side;
        Reads own;
        auto* outer = c.reads;
        c.reads = &own;
        auto g = ground(t.children[1], c, inner_negated);
        c.reads = outer;
        c.reads->gaps.insert(own.gaps.begin(), own.gaps.end());
        c.reads->points.insert(own.points.begin(), own.points.end());
        if (g.kind != K::no) {
            c.reads->values.insert(own.values.begin(), own.values.end());
            c.reads->dates.insert(own.dates.begin(), own.dates.end());
            c.reads->records.insert(own.records.begin(), own.records.end());
        }
        c.reads->fails.insert(own.fails.begin(), own.fails.end());
        parts.push_back(std::move(g));
    }
    c.trace = trace;
    c.records[variable] = {};
    if (open && !(c.asserted_only && !outer_negated)) parts.push_back(Ground::of(K::unknown));
    auto exists = Ground::any_of(std::move(parts));
    return outer_negated ? exists.negated() : exists;
}

Ground Evaluator::literal(const Term& t, Context& c, bool negated) {
    const auto finish = [&](Ground g) { return negated ? g.negated() : g; };
    switch (t.op) {
        case Op::relation:
            return relation(t, c, negated);
        case Op::compare:
            return compare(t, c, negated);
        case Op::agrees:
            return finish(agrees(t, c));
        case Op::known: {
            const auto& x = t.children[0];
            auto w = walk(x, c);
            // A gap is what `known` asks about: none is noted, and the reading alone does not bind
            // an account.
            if (w.gap || w.ends.empty()) return finish(Ground::truth(false));
            for (const auto& end : w.ends)
                if (end.field == UINT32_MAX || !held(end, c).empty())
                    return finish(Ground::truth(true));
            return finish(Ground::truth(false));
        }
        case Op::certainly:
        case Op::possibly: {
            const auto g = ground(t.children[0], c, false);
            if (g.kind == K::gap) return g;  // of what is not there nothing is possible or certain
            if (t.op == Op::possibly)
                return finish(Ground::truth(firm_.fits(g.formula(true, false)) != time::Fit::no));
            return finish(
                Ground::truth(firm_.fits(g.formula(false, false).negated()) == time::Fit::no));
        }
        case Op::fails: {
            auto w = walk(t.children[0], c);
            if (w.gap || w.ends.empty()) return Ground::of(K::gap);
            if (lookup_ == nullptr) return finish(Ground::truth(false));
            std::vector<Ground> each;
            for (const auto& end : w.ends)
                each.push_back(Ground::of(lookup_->fails(end.record, t.text, c.reads->fails)));
            return finish(Ground::any_of(std::move(each)));
        }
        case Op::same: {
            auto a = walk(t.children[0], c);
            auto b = walk(t.children[1], c);
            if (a.gap || b.gap || a.ends.empty() || b.ends.empty()) return Ground::of(K::gap);
            bool all = true;
            bool any = false;
            for (const auto& x : a.ends)
                for (const auto& y : b.ends) {
                    // Two views may differ on whether they are one; then it is open.
                    const auto& vx = timeline_.view(x.side);
                    const auto& vy = timeline_.view(y.side);
                    const bool in_x = vx.same_as[x.record.value] == vx.same_as[y.record.value];
                    const bool in_y = vy.same_as[x.record.value] == vy.same_as[y.record.value];
                    all = all && in_x && in_y;
                    any = any || in_x || in_y;
                }
            return finish(all   ? Ground::truth(true)
                          : any ? Ground::of(K::unknown)
                                : Ground::truth(false));
        }
        case Op::in: {
            bool open = false;
            if (t.children[0].type.kind == rule::Kind::record) {
                auto item = walk(t.children[0], c);
                const auto items = list_items(t.children[1], c, &open);
                if (item.gap || item.ends.empty()) return Ground::of(K::gap);
                for (const auto& i : item.ends)
                    for (const auto& l : items) {
                        const auto& v = timeline_.view(l.side);
                        if (v.same_as[i.record.value] == v.same_as[l.record.value])
                            return finish(Ground::truth(true));
                    }
            } else {
                auto list = walk(t.children[1], c);
                const auto item = scalars(t.children[0], c);
                open = list.ends.empty();
                if (item.empty() || item.front().gap) return Ground::of(K::gap);
                for (const auto& end : list.ends) {
                    const auto& assertions = held(end, c);
                    if (assertions.empty()) open = true;
                    for (const auto id : assertions) {
                        const auto& a = case_.assertion(id);
                        if (!a.closed) open = true;
                        if (std::find(a.value.texts.begin(), a.value.texts.end(),
                                      item.front().text) != a.value.texts.end())
                            return finish(Ground::truth(true));
                    }
                }
            }
            if (!open || (c.asserted_only && !negated)) return finish(Ground::truth(false));
            return Ground::of(K::unknown);
        }
        case Op::matches: {
            re2::RE2::Options options(re2::RE2::Quiet);
            options.set_max_mem(1 << 20);
            const re2::RE2 pattern(t.text, options);
            const auto values = scalars(t.children[0], c);
            if (values.empty() || values.front().gap) return Ground::of(K::gap);
            return finish(Ground::truth(re2::RE2::PartialMatch(values.front().text, pattern)));
        }
        case Op::relative:
        case Op::anchored:
        case Op::elided: {
            const auto& i = *c.instance;
            const int side = std::max(0, t.children[0].side);
            Located at{i.field_record, i.field, side};
            bool any = false;
            for (const auto id : held(at, c)) {
                const auto& a = case_.assertion(id);
                if (t.op == Op::elided) {
                    any = any || a.value.day.elided_year;
                } else if (a.value.time && !a.value.absolute) {
                    bool dated = true;
                    std::visit(
                        [&](const auto& v) {
                            using T = std::decay_t<decltype(v)>;
                            const auto look = [&](const grammar::Anchor& an) {
                                const auto* name = std::get_if<grammar::PointName>(&an);
                                if (name == nullptr) return;
                                const auto ref =
                                    model::resolve_point(vocabulary_, case_, *name, {}, nullptr);
                                if (!ref) return;
                                const auto p =
                                    timeline_.point(side, ref->record, ref->first, ref->first_part);
                                if (!p || !timeline_.dated(*p)) dated = false;
                            };
                            if constexpr (std::is_same_v<T, grammar::Between>) {
                                look(v.first);
                                look(v.last);
                            } else if constexpr (!std::is_same_v<T, grammar::Edtf>) {
                                look(v.anchor);
                            }
                        },
                        a.value.time->value);
                    any = any || (t.op == Op::relative ? true : dated);
                }
            }
            return finish(Ground::truth(any));
        }
        default:
            break;
    }
    return Ground::of(K::unknown);
}

// ---------------------------------------------------------------- values

std::vector<Evaluator::Scalar> Evaluator::scalars(const Term& t, Context& c) {
    std::vector<Scalar> out;
    const auto one = [&](Scalar s) {
        s.guard = Ground::truth(true);
        out.push_back(std::move(s));
    };
    const auto number = [&](double low, double high) {
        Scalar s;
        s.low = low;
        s.high = high;
        one(std::move(s));
    };
    const auto gap = [&] {
        Scalar s;
        s.gap = true;
        one(std::move(s));
    };
    switch (t.op) {
        case Op::number:
            number(t.number, t.number);
            return out;
        case Op::duration: {
            const auto days =
                static_cast<double>(t.unit == grammar::Unit::week ? 7 * t.count : t.count);
            number(days, days);
            return out;
        }
        case Op::boolean:
            number(t.number, t.number);
            return out;
        case Op::text:
        case Op::word: {
            Scalar s;
            s.text = t.text;
            one(std::move(s));
            return out;
        }
        case Op::policy: {
            const auto it = policies_.find(t.text);
            if (it == policies_.end())
                gap();
            else
                number(it->second, it->second);
            return out;
        }
        case Op::sum: {
            const auto a = scalars(t.children[0], c);
            const auto b = scalars(t.children[1], c);
            if (a.empty() || b.empty() || a.front().gap || b.front().gap) {
                gap();
                return out;
            }
            for (const auto& x : a)
                for (const auto& y : b)
                    if (t.text == "+")
                        number(x.low + y.low, x.high + y.high);
                    else
                        number(x.low - y.high, x.high - y.low);
            return out;
        }
        case Op::width:
        case Op::width_up_to: {
            bool missing = false;
            const auto w = stated(t.children[0], c, &missing);
            if (missing)
                gap();
            else if (!bounded(w.first) || !bounded(w.last))
                number(t.op == Op::width ? HUGE_VAL : 1, HUGE_VAL);
            else {
                const auto n = static_cast<double>(w.last.value - w.first.value + 1);
                number(t.op == Op::width ? n : 1, n);
            }
            return out;
        }
        case Op::age: {
            const auto birth = operands(t.children[0], c);
            const auto on = operands(t.children[1], c);
            if (birth.empty() || on.empty() || birth.front().gap || on.front().gap ||
                !birth.front().first.point || !on.front().first.point) {
                gap();
                return out;
            }
            const auto b = full_.days(*birth.front().first.point);
            const auto o = full_.days(*on.front().first.point);
            if (b.empty() || o.empty() || !bounded(b.hull().first) || !bounded(b.hull().last) ||
                !bounded(o.hull().first) || !bounded(o.hull().last)) {
                gap();
                return out;
            }
            const auto rule29 = case_.conventions.leap_birthday;
            number(
                static_cast<double>(time::completed_years(b.hull().last, o.hull().first, rule29)),
                static_cast<double>(time::completed_years(b.hull().first, o.hull().last, rule29)));
            return out;
        }
        case Op::years: {
            if (restricted_) {
                // In a view that cannot stand nothing is inferred (semantics 5.3).
                gap();
                return out;
            }
            const auto& i = *c.instance;
            const auto p =
                timeline_.point(std::max(0, t.children[0].side), i.field_record, i.field);
            Located at{i.field_record, i.field, std::max(0, t.children[0].side)};
            held(at, c);
            if (!p) {
                gap();
                return out;
            }
            std::set<std::int64_t> years;
            const auto days = full_.days(*p);
            for (const auto& w : days.windows()) {
                if (!bounded(w.first) || !bounded(w.last)) {
                    number(1, HUGE_VAL);
                    return out;
                }
                for (auto y = time::to_civil(w.first).year;
                     y <= time::to_civil(w.last).year && years.size() < 20'000; ++y)
                    years.insert(y);
            }
            // Which of several years it was is not known; one is.
            number(years.size() > 1 ? 1 : static_cast<double>(years.size()),
                   static_cast<double>(years.size()));
            return out;
        }
        case Op::count: {
            if (t.children[0].type.kind == rule::Kind::record) {
                bool open = false;
                const auto items = list_items(t.children[0], c, &open);
                number(static_cast<double>(items.size()),
                       open ? HUGE_VAL : static_cast<double>(items.size()));
            } else {
                auto w = walk(t.children[0], c);
                double n = 0;
                bool open = w.ends.empty();
                for (const auto& end : w.ends)
                    for (const auto id : held(end, c)) {
                        n += static_cast<double>(case_.assertion(id).value.texts.size());
                        open = open || !case_.assertion(id).closed;
                    }
                number(n, open ? HUGE_VAL : n);
            }
            return out;
        }
        case Op::cases: {
            for (std::size_t i = 0; i + 1 < t.children.size(); i += 2) {
                auto guard = ground(t.children[i], c, false);
                if (guard.kind == K::no) continue;
                for (auto& s : scalars(t.children[i + 1], c)) {
                    s.guard = Ground::all_of({guard, s.guard});
                    out.push_back(std::move(s));
                }
            }
            return out;
        }
        case Op::path: {
            auto w = walk(t, c);
            if (w.gap || w.ends.empty()) {
                gap();
                return out;
            }
            for (const auto& end : w.ends) {
                if (end.field == UINT32_MAX) {
                    Scalar s;
                    s.record = end.record;
                    one(std::move(s));
                    continue;
                }
                const auto& list = held(end, c);
                if (list.empty()) {
                    note_gap(end, c);
                    gap();
                    continue;
                }
                const auto kind =
                    vocabulary_.type(case_.record(end.record).type).fields[end.field].kind;
                for (const auto id : list) {
                    const auto& a = case_.assertion(id);
                    Scalar s;
                    s.unknown = weak(a);
                    if (kind == model::FieldKind::boolean)
                        s.low = s.high = a.value.boolean ? 1 : 0;
                    else
                        s.low = s.high = a.value.number;
                    if (!a.value.texts.empty()) s.text = a.value.texts.front();
                    one(std::move(s));
                }
            }
            return out;
        }
        default:
            break;
    }
    gap();
    return out;
}

Ground Evaluator::compare(const Term& t, Context& c, bool negated) {
    const auto left = scalars(t.children[0], c);
    const auto right = scalars(t.children[1], c);
    const auto kind = t.children[0].type.kind;
    std::vector<Ground> all;
    std::vector<Ground> any;
    bool gap = left.empty() || right.empty();
    std::vector<Ground> guarded;
    for (const auto& a : left)
        for (const auto& b : right) {
            if (a.gap || b.gap) {
                gap = true;
                continue;
            }
            Ground g;
            if (a.unknown || b.unknown) {
                g = Ground::of(K::unknown);
            } else if (kind == rule::Kind::number || kind == rule::Kind::duration ||
                       kind == rule::Kind::boolean) {
                bool yes = false;
                bool no = false;
                if (t.text == "=" || t.text == "!=") {
                    yes = a.low == a.high && b.low == b.high && a.low == b.low;
                    no = a.high < b.low || b.high < a.low;
                    if (t.text == "!=") std::swap(yes, no);
                } else if (t.text == "<") {
                    yes = a.high < b.low;
                    no = a.low >= b.high;
                } else if (t.text == "<=") {
                    yes = a.high <= b.low;
                    no = a.low > b.high;
                } else if (t.text == ">") {
                    yes = a.low > b.high;
                    no = a.high <= b.low;
                } else {
                    yes = a.low >= b.high;
                    no = a.high < b.low;
                }
                g = yes ? Ground::truth(true) : no ? Ground::truth(false) : Ground::of(K::unknown);
            } else {
                bool equal = false;
                if (kind == rule::Kind::record) {
                    const auto& v = timeline_.view(std::max(0, t.children[0].side));
                    equal = v.same_as[a.record.value] == v.same_as[b.record.value];
                } else {
                    equal = a.text == b.text;
                }
                g = Ground::truth(equal == (t.text == "="));
            }
            if (negated) g = g.negated();
            if (a.guard.kind != K::yes || b.guard.kind != K::yes) {
                guarded.push_back(Ground::all_of({a.guard, b.guard, g}));
            } else {
                all.push_back(g);
                any.push_back(std::move(g));
            }
        }
    if (!guarded.empty()) return Ground::any_of(std::move(guarded));
    if (gap && all.empty()) return Ground::of(K::gap);
    if (gap) all.push_back(Ground::of(K::gap));
    if (all.size() == 1) return std::move(all.front());
    // Rival values: so if it is so of each; perhaps so if of one.
    auto certainly = Ground::all_of(std::move(all));
    auto perhaps = Ground::all_of({Ground::any_of(std::move(any)), Ground::of(K::unknown)});
    if (certainly.kind == K::yes) return certainly;
    return perhaps.kind == K::no ? perhaps
                                 : Ground::any_of({std::move(certainly), std::move(perhaps)});
}

time::Window Evaluator::stated(const Term& t, Context& c, bool* gap) {
    auto w = walk(t, c);
    time::DaySet days;
    for (const auto& end : w.ends) {
        if (end.field == UINT32_MAX) continue;
        Located at = end;
        at.field = timeline_.effective_field(end.side, end.record, end.field);
        const auto& list = held(at, c);
        if (list.empty()) note_gap(at, c);
        for (const auto id : list)
            days = days.unite(timeline_.days_of(at.side, case_.assertion(id)));
    }
    if (w.gap || days.empty()) {
        *gap = true;
        return {};
    }
    return days.hull();
}

// A day some months later is no fixed distance away: it is one for each stretch of days, and the
// operand is as many alternatives, each under the condition that the day lies in its stretch.
void Evaluator::add_months_later(const Operand& o, std::int64_t months, std::vector<Operand>& out) {
    constexpr std::int64_t kSpan = 4000;  // days; a wider window stays unknown
    if (o.gap) {
        out.push_back(o);
        return;
    }
    const auto shift = [&](time::Day d) {
        const auto from = plus(d, o.first.offset);
        return time::add_months(from, months, time::MonthEnd::clamp).value - d.value;
    };
    if (*o.first.point == time::kOrigin) {
        Operand moved = o;
        moved.first.offset = moved.last.offset = shift({0});
        out.push_back(std::move(moved));
        return;
    }
    auto days = firm_.days(*o.first.point);
    if (days.empty() || !bounded(days.hull().first) || !bounded(days.hull().last))
        days = full_.days(*o.first.point);
    const auto hull = days.empty() ? time::Window{} : days.hull();
    if (!bounded(hull.first) || !bounded(hull.last) || hull.last.value - hull.first.value > kSpan) {
        Operand moved = o;
        moved.guard = Ground::all_of({o.guard, Ground::of(K::unknown)});
        moved.first.offset += 30 * months;
        moved.last.offset += 30 * months;
        out.push_back(std::move(moved));
        return;
    }
    for (auto d = hull.first; d <= hull.last;) {
        const auto distance = shift(d);
        auto last = d;
        while (last < hull.last && shift(plus(last, 1)) == distance) last = plus(last, 1);
        Operand moved = o;
        if (!hull.single())
            moved.guard = Ground::all_of(
                {o.guard, Ground::difference({*o.first.point, time::kOrigin, -d.value}),
                 Ground::difference({time::kOrigin, *o.first.point, last.value})});
        moved.first.offset = moved.last.offset = distance;
        out.push_back(std::move(moved));
        d = plus(last, 1);
    }
}

std::vector<Evaluator::Operand> Evaluator::operands(const Term& t, Context& c) {
    std::vector<Operand> out;
    const auto constant = [&](std::int64_t day) {
        Operand o;
        o.guard = Ground::truth(true);
        o.first = o.last = {time::kOrigin, day};
        out.push_back(std::move(o));
    };
    const auto missing = [&] {
        Operand o;
        o.guard = Ground::truth(true);
        o.gap = true;
        out.push_back(std::move(o));
    };
    switch (t.op) {
        case Op::day:
            constant(t.count);
            return out;
        case Op::earliest:
        case Op::latest: {
            bool gap = false;
            const auto w = stated(t.children[0], c, &gap);
            const auto day = t.op == Op::earliest ? w.first : w.last;
            if (gap || !bounded(day))
                missing();
            else
                constant(day.value);
            return out;
        }
        case Op::sum: {
            const auto& d = t.children[1];
            const auto sign = t.text == "-" ? -1 : 1;
            auto base = operands(t.children[0], c);
            if (d.unit == grammar::Unit::month || d.unit == grammar::Unit::year) {
                for (const auto& o : base)
                    add_months_later(o, sign * d.count * (d.unit == grammar::Unit::year ? 12 : 1),
                                     out);
                return out;
            }
            out = std::move(base);
            const auto n = (d.unit == grammar::Unit::week ? 7 : 1) * d.count * sign;
            for (auto& o : out) {
                o.first.offset += n;
                o.last.offset += n;
            }
            return out;
        }
        case Op::cases: {
            for (std::size_t i = 0; i + 1 < t.children.size(); i += 2) {
                auto guard = ground(t.children[i], c, false);
                if (guard.kind == K::no) continue;
                for (auto& o : operands(t.children[i + 1], c)) {
                    o.guard = Ground::all_of({guard, o.guard});
                    out.push_back(std::move(o));
                }
            }
            if (out.empty()) missing();
            return out;
        }
        default:
            break;
    }
    auto w = walk(t, c);
    if (w.gap || w.ends.empty()) {
        missing();
        return out;
    }
    for (const auto& end : w.ends) {
        Operand o;
        o.guard = Ground::truth(true);
        std::uint32_t first = end.field;
        std::uint32_t last = end.field;
        const auto& type = vocabulary_.type(case_.record(end.record).type);
        if (end.field == UINT32_MAX) {
            first = static_cast<std::uint32_t>(type.field_index(type.first_moment));
            last = static_cast<std::uint32_t>(type.field_index(type.last_moment));
        }
        const bool period_first = type.fields[first].kind == model::FieldKind::period;
        const bool period_last = type.fields[last].kind == model::FieldKind::period;
        const auto first_part = period_first && t.part == 1 ? 1u : 0u;
        const auto last_part = period_last && t.part != 0 ? 1u : 0u;
        for (const auto& [field, part, term] :
             {std::tuple{first, first_part, &o.first}, std::tuple{last, last_part, &o.last}}) {
            Located at{end.record, timeline_.effective_field(end.side, end.record, field),
                       end.side};
            held(at, c);
            term->point = timeline_.point(end.side, end.record, field, part);
            if (term->point)
                c.reads->points.insert(term->point->value);
            else
                note_gap(at, c);
        }
        o.gap = !o.first.point || !o.last.point;
        out.push_back(std::move(o));
    }
    return out;
}

Ground Evaluator::relate(const Term& t, const Operand& a, const Operand& b, Context& c,
                         bool negated) {
    if (a.gap || b.gap) return Ground::of(K::gap);
    const auto pa = [&](const PointTerm& p) { return *p.point; };
    // y - x >= n
    const auto apart = [&](const PointTerm& x, const PointTerm& y, std::int64_t n) {
        return least(pa(x), x.offset, pa(y), y.offset, n);
    };
    const auto before = [&](const PointTerm& x, const PointTerm& y) { return apart(x, y, 1); };
    const auto not_after = [&](const PointTerm& x, const PointTerm& y) { return apart(x, y, 0); };
    const auto equal = [&](const PointTerm& x, const PointTerm& y) {
        return Ground::all_of({apart(x, y, 0), apart(y, x, 0)});
    };

    Ground g;
    switch (t.word) {
        case TimeWord::before:
            g = before(a.last, b.first);
            break;
        case TimeWord::after:
            g = before(b.last, a.first);
            break;
        case TimeWord::not_before:
            g = before(a.last, b.first).negated();
            break;
        case TimeWord::not_after:
            g = before(b.last, a.first).negated();
            break;
        case TimeWord::same_day:
            g = Ground::all_of({equal(a.first, b.first), equal(a.last, b.last)});
            break;
        case TimeWord::not_same_day:
            g = Ground::all_of({equal(a.first, b.first), equal(a.last, b.last)}).negated();
            break;
        case TimeWord::distance: {
            const auto n = t.unit == grammar::Unit::week ? 7 * t.count : t.count;
            const auto& from = t.after ? b.last : a.last;
            const auto& to = t.after ? a.first : b.first;
            std::vector<Ground> parts{apart(from, to, t.bound == grammar::Bound::at_most ? 0 : n)};
            if (t.bound != grammar::Bound::at_least)
                parts.push_back(apart(from, to, n + 1).negated());
            g = Ground::all_of(std::move(parts));
            break;
        }
        case TimeWord::within:
            g = Ground::all_of({not_after(b.first, a.first), not_after(a.last, b.last)});
            break;
        case TimeWord::overlaps:
            g = Ground::all_of({not_after(a.first, b.last), not_after(b.first, a.last)});
            break;
        case TimeWord::agrees:
            break;
        case TimeWord::allen: {
            // Half-open: [first, last + 1).
            const auto& as = a.first;
            const auto& bs = b.first;
            PointTerm ae = a.last;
            PointTerm be = b.last;
            ++ae.offset;
            ++be.offset;
            const auto lt = [&](const PointTerm& x, const PointTerm& y) { return apart(x, y, 1); };
            const std::string& w = t.text;
            if (w == "before")
                g = lt(ae, bs);
            else if (w == "meets")
                g = equal(ae, bs);
            else if (w == "overlaps")
                g = Ground::all_of({lt(as, bs), lt(bs, ae), lt(ae, be)});
            else if (w == "starts")
                g = Ground::all_of({equal(as, bs), lt(ae, be)});
            else if (w == "during")
                g = Ground::all_of({lt(bs, as), lt(ae, be)});
            else if (w == "finishes")
                g = Ground::all_of({lt(bs, as), equal(ae, be)});
            else if (w == "equals")
                g = Ground::all_of({equal(as, bs), equal(ae, be)});
            else if (w == "after")
                g = lt(be, as);
            else if (w == "met-by")
                g = equal(be, as);
            else if (w == "overlapped-by")
                g = Ground::all_of({lt(bs, as), lt(as, be), lt(be, ae)});
            else if (w == "started-by")
                g = Ground::all_of({equal(as, bs), lt(be, ae)});
            else if (w == "contains")
                g = Ground::all_of({lt(as, bs), lt(be, ae)});
            else
                g = Ground::all_of({lt(as, bs), equal(ae, be)});  // finished-by
            break;
        }
    }

    // Two clock times compare as instants; one beside a plain day of the same day may come either
    // way.
    const bool order = t.word == TimeWord::before || t.word == TimeWord::after ||
                       t.word == TimeWord::not_before || t.word == TimeWord::not_after;
    if (order && a.first.offset == 0 && b.first.offset == 0) {
        const auto& x =
            t.word == TimeWord::before || t.word == TimeWord::not_before ? a.last : b.last;
        const auto& y =
            t.word == TimeWord::before || t.word == TimeWord::not_before ? b.first : a.first;
        const auto ix = timeline_.instant(pa(x));
        const auto iy = timeline_.instant(pa(y));
        const bool denied = t.word == TimeWord::not_before || t.word == TimeWord::not_after;
        if (ix && iy) {
            g = Ground::truth((*ix < *iy) != denied);
        } else if (ix || iy) {
            g = Ground::any_of(
                {apart(x, y, 1), Ground::all_of({apart(x, y, 0), Ground::of(K::unknown)})});
            if (denied) g = g.negated();
        }
    }

    // A point that nobody dates: the network may decide all the same; if it doesn't, the fact isn't
    // there.
    bool undated = false;
    for (const auto* p : {&a.first, &a.last, &b.first, &b.last})
        undated = undated || !timeline_.dated(pa(*p));
    if (undated && g.kind != K::yes && g.kind != K::no) {
        const auto f = g.formula(true, false);
        if (firm_.fits(f.negated()) != time::Fit::no && full_.fits(f) != time::Fit::no) {
            for (const auto* p : {&a.first, &a.last, &b.first, &b.last})
                if (!timeline_.dated(pa(*p))) c.reads->gaps.insert(timeline_.path(pa(*p)));
            return Ground::of(K::gap);
        }
    }
    return negated ? g.negated() : g;
}

Ground Evaluator::relation(const Term& t, Context& c, bool negated) {
    const auto left = operands(t.children[0], c);
    const auto right = operands(t.children[1], c);
    std::vector<Ground> guarded;
    std::vector<Ground> all;
    std::vector<Ground> any;
    for (const auto& a : left)
        for (const auto& b : right) {
            auto g = relate(t, a, b, c, negated);
            if (a.guard.kind != K::yes || b.guard.kind != K::yes) {
                guarded.push_back(Ground::all_of({a.guard, b.guard, std::move(g)}));
            } else {
                all.push_back(g);
                any.push_back(std::move(g));
            }
        }
    if (!guarded.empty()) return Ground::any_of(std::move(guarded));
    if (all.size() == 1) return std::move(all.front());
    auto certainly = Ground::all_of(std::move(all));
    return Ground::any_of({std::move(certainly), Ground::all_of({Ground::any_of(std::move(any)),
                                                                 Ground::of(K::unknown)})});
}

Ground Evaluator::agrees(const Term& t, Context& c) {
    // The assertions on each side.
    const auto side = [&](const Term& x, bool first) {
        std::vector<std::pair<AssertionId, int>> out;
        if (x.type.kind == rule::Kind::field) {
            const auto& i = *c.instance;
            if (i.one.valid()) {
                const auto id = (x.side == 1) == first ? i.other : i.one;
                const auto chosen = x.side < 0 ? (first ? i.one : i.other) : id;
                const auto pick = x.side >= 0 ? (x.side == 0 ? i.one : i.other) : chosen;
                const auto kind =
                    vocabulary_.type(case_.record(i.field_record).type).fields[i.field].kind;
                (kind == model::FieldKind::day || kind == model::FieldKind::period
                     ? c.reads->dates
                     : c.reads->values)
                    .insert({pick, std::max(0, x.side)});
                out.emplace_back(pick, std::max(0, x.side));
            } else {
                const int s = std::max(0, x.side);
                for (const auto id : held({i.field_record, i.field, s}, c)) out.emplace_back(id, s);
            }
        } else {
            for (const auto& end : walk(x, c).ends)
                if (end.field != UINT32_MAX)
                    for (const auto id : held(end, c)) out.emplace_back(id, end.side);
        }
        return out;
    };
    const auto left = side(t.children[0], true);
    const auto right = side(t.children[1], false);
    if (left.empty() || right.empty()) return Ground::of(K::gap);
    bool agree = false;
    bool doubt = false;
    for (const auto& [x, xs] : left)
        for (const auto& [y, ys] : right) {
            const auto& a = case_.assertion(x);
            const auto& b = case_.assertion(y);
            const auto& field = vocabulary_.type(case_.record(a.record).type).fields[a.field];
            doubt = doubt || weak(a) || weak(b);
            bool both = false;
            const auto subset = [](const auto& items, const auto& of) {
                return std::all_of(items.begin(), items.end(), [&](const auto& i) {
                    return std::find(of.begin(), of.end(), i) != of.end();
                });
            };
            if (field.list) {
                // A closed list leaves nothing out: what the other has beyond it contradicts it.
                both = true;
                if (a.closed)
                    both = both && subset(b.value.records, a.value.records) &&
                           subset(b.value.texts, a.value.texts);
                if (b.closed)
                    both = both && subset(a.value.records, b.value.records) &&
                           subset(a.value.texts, b.value.texts);
            } else {
                switch (field.kind) {
                    case model::FieldKind::day:
                        both =
                            !timeline_.days_of(xs, a).intersect(timeline_.days_of(ys, b)).empty();
                        break;
                    case model::FieldKind::period:
                        both = !a.value.period.start.days.intersect(b.value.period.start.days)
                                    .empty() &&
                               !a.value.period.end.days.intersect(b.value.period.end.days).empty();
                        break;
                    case model::FieldKind::boolean:
                        both = a.value.boolean == b.value.boolean;
                        break;
                    case model::FieldKind::integer:
                    case model::FieldKind::number:
                    case model::FieldKind::duration:
                        both = a.value.number == b.value.number;
                        break;
                    case model::FieldKind::text:
                    case model::FieldKind::word:
                        both = a.value.texts == b.value.texts;
                        break;
                    case model::FieldKind::reference:
                    case model::FieldKind::nested:
                        both = a.value.records == b.value.records;
                        break;
                }
            }
            agree = agree || both;
        }
    if (doubt && !agree) return Ground::of(K::unknown);
    return Ground::truth(agree);
}

// ---------------------------------------------------------------- verdicts

Ground Evaluator::exception(const rule::Exception& x, Context& c, std::string* state) {
    Reads own;
    auto* outer = c.reads;
    c.reads = &own;
    c.asserted_only = true;
    auto when = ground(x.when.term, c, false);
    const bool gap = !own.gaps.empty();
    when = when.without_gaps(false);
    std::vector<Ground> parts{when};
    for (const auto& inner : x.unless) parts.push_back(exception(inner, c, nullptr).negated());
    c.reads = outer;
    auto g = Ground::all_of(std::move(parts));
    if (state != nullptr)
        *state = g.kind == K::yes  ? "true"
                 : g.kind == K::no ? (gap ? "absent" : "false")
                                   : "unknown";
    if (g.kind != K::no) {
        outer->points.insert(own.points.begin(), own.points.end());
        outer->dates.insert(own.dates.begin(), own.dates.end());
        outer->values.insert(own.values.begin(), own.values.end());
    }
    return g;
}

Evaluator::Judged Evaluator::judge(const rule::Rule& r, const Instance& i) {
    Judged out;
    out.reads = i.reads;
    auto c = context(i, out.reads);
    c.asserted_only = true;
    out.scope = r.where ? ground(r.where->term, c, false) : Ground::truth(true);
    if (out.scope.kind == K::no) {
        out.violation = Ground::truth(false);
        out.status = Status::not_applicable;
        return out;
    }
    std::vector<Ground> parts{out.scope};
    c.asserted_only = false;
    parts.push_back(ground(r.require.term, c, true));
    for (const auto& x : r.unless) {
        std::string state;
        parts.push_back(exception(x, c, &state).negated());
        out.exceptions.push_back(std::move(state));
    }
    out.violation = Ground::all_of(std::move(parts));

    // What is settled without the network must not ask it: one that cannot stand would say yes to
    // anything.
    const auto fits = [](time::Solver& s, const time::Formula& f) {
        if (f.kind == time::Formula::Kind::yes) return time::Fit::yes;
        if (f.kind == time::Formula::Kind::no) return time::Fit::no;
        return s.fits(f);
    };
    bool undecided = false;
    const auto no = [&](time::Fit f) {
        undecided = undecided || f == time::Fit::undecided;
        return f == time::Fit::no;
    };
    const auto against = out.violation.formula(false, false).negated();
    if (no(fits(firm_, against))) {
        out.status = Status::certain;
        return out;
    }
    const auto perhaps = out.violation.formula(true, false);
    const auto first = fits(full_, perhaps);
    undecided = undecided || first == time::Fit::undecided;
    if (first == time::Fit::yes) {
        bool stands = true;
        if (plus_ != nullptr && r.kind == rule::RuleKind::law) {
            stands = !no(fits(*plus_, perhaps));
            if (stands && no(fits(*plus_, against))) out.needs_requirement = true;
        }
        if (stands) {
            out.status = Status::possible;
            return out;
        }
    }
    if (undecided) {
        out.status = Status::undecided;
        return out;
    }
    if (first == time::Fit::no && doubt_ && firm_.fits(perhaps) == time::Fit::yes)
        out.on_doubt = true;
    if (fits(full_, out.violation.formula(true, true)) == time::Fit::yes &&
        first == time::Fit::no) {
        out.status = Status::gap;
        return out;
    }
    if (fits(full_, out.scope.formula(true, true)) == time::Fit::no) {
        out.status = Status::not_applicable;
        return out;
    }
    out.status = Status::satisfied;
    return out;
}

// ---------------------------------------------------------------- bindings

bool Evaluator::prune(const rule::Rule& r, const Instance& i, std::size_t bound_count) {
    if (!r.where) return false;
    // Conjuncts of `where` that need no later binding decide early.
    const std::function<int(const Term&)> highest = [&](const Term& t) {
        int n = t.op == Op::path || t.op == Op::some || t.op == Op::every || t.op == Op::no
                    ? t.binding
                    : -1;
        if (t.op == Op::some || t.op == Op::every || t.op == Op::no) n = -1;
        for (const auto& child : t.children) {
            const int m = highest(child);
            if (m < static_cast<int>(r.bindings.size())) n = std::max(n, m);
        }
        return n < static_cast<int>(r.bindings.size()) ? n : -1;
    };
    const auto& w = r.where->term;
    const auto check = [&](const Term& t) {
        if (highest(t) != static_cast<int>(bound_count) - 1) return false;
        Reads scratch;
        auto c = context(i, scratch);
        c.asserted_only = true;
        return ground(t, c, false).kind == K::no;
    };
    if (w.op == Op::all) {
        for (const auto& child : w.children)
            if (check(child)) return true;
        return false;
    }
    return check(w);
}

void Evaluator::enumerate(const rule::Rule& r, std::size_t at, Instance& i,
                          std::vector<Instance>& out, std::int64_t& budget) {
    if (budget <= 0) return;
    if (at == r.bindings.size()) {
        --budget;
        out.push_back(i);
        return;
    }
    const auto& b = r.bindings[at];
    if (b.type.kind == rule::Kind::field) {
        for (std::uint32_t n = 0; n < case_.records.size(); ++n) {
            const auto& view = timeline_.view(0);
            if (!view.exists[n] || view.same_as[n].value != n) continue;
            const auto& record = case_.records[n];
            const auto& fields = vocabulary_.type(record.type).fields;
            for (std::uint32_t f = 0; f < fields.size(); ++f) {
                if (fields[f].kind == model::FieldKind::nested) continue;
                i.field_record = RecordId{n};
                i.field = f;
                i.records[at] = RecordId{n};
                if (r.between == rule::Between::sources) {
                    for (std::size_t x = 0; x < record.fields[f].size(); ++x)
                        for (std::size_t y = x + 1; y < record.fields[f].size(); ++y) {
                            const auto& a = case_.assertion(record.fields[f][x]);
                            const auto& o = case_.assertion(record.fields[f][y]);
                            const auto counts = [&](const model::Assertion& s) {
                                return s.source.valid() && timeline_.selection().admits(s.source) &&
                                       s.state != model::State::withdrawn &&
                                       s.state != model::State::proposed;
                            };
                            if (!counts(a) || !counts(o) || a.source == o.source || a.by != o.by)
                                continue;
                            i.one = record.fields[f][x];
                            i.other = record.fields[f][y];
                            enumerate(r, at + 1, i, out, budget);
                        }
                    i.one = i.other = {};
                } else if (!view.held(case_, RecordId{n}, f).empty()) {
                    if (!prune(r, i, at + 1)) enumerate(r, at + 1, i, out, budget);
                }
            }
        }
        i.field_record = {};
        i.records[at] = {};
        return;
    }
    bool open = false;
    bool gap = false;
    std::vector<Located> items;
    const auto before = i.reads;
    if (b.source.op == Op::records) {
        auto c = context(i, i.reads);
        items = list_items(b.source, c, &open);
    } else {
        auto c = context(i, i.reads);
        auto w = walk(b.source, c);
        gap = w.gap;
        items = std::move(w.ends);
    }
    const auto after = i.reads;
    for (const auto& item : items) {
        --budget;
        if (budget <= 0) return;
        i.reads = after;
        i.records[at] = item.record;
        i.sides[at] = b.side >= 0 ? b.side : item.side;
        if (case_.record(item.record).by.valid())
            i.reads.records.insert({item.record, i.sides[at]});
        if (!prune(r, i, at + 1)) enumerate(r, at + 1, i, out, budget);
    }
    i.records[at] = {};
    if (items.empty() && gap) {
        // What the path asks for is not there: the instance stands with the gap, unless `where`
        // excludes it already.
        i.reads = after;
        i.unbound.insert(at);
        out.push_back(i);
        i.unbound.erase(at);
    }
    i.reads = before;
}

std::vector<Instance> Evaluator::instances(const rule::Rule& r, std::int64_t& budget) {
    std::vector<Instance> out;
    Instance i;
    i.records.resize(std::max(r.variable_count, r.bindings.size()));
    i.sides.resize(i.records.size(), 0);
    enumerate(r, 0, i, out, budget);
    return out;
}

// ---------------------------------------------------------------- wording

std::string Evaluator::title(RecordId r, int side) const {
    const auto& record = case_.record(r);
    const auto& type = vocabulary_.type(record.type);
    if (!type.title_field.empty()) {
        // The record's own title, also where it is one with another.
        const auto index = type.field_index(type.title_field);
        for (const auto id : record.fields[index])
            if (!case_.assertion(id).value.texts.empty())
                return case_.assertion(id).value.texts.front();
    }
    static_cast<void>(side);
    return record.id;
}

std::string Evaluator::say(const Term& t, const Instance& i) {
    Reads scratch;
    auto c = context(i, scratch);
    if (t.op == Op::cases) {
        for (std::size_t k = 0; k + 1 < t.children.size(); k += 2)
            if (ground(t.children[k], c, false).kind != K::no) return say(t.children[k + 1], i);
        return "an unknown day";
    }
    if (t.type.kind == rule::Kind::field) {
        if (!i.field_record.valid()) return "a field";
        if (t.side >= 0 && i.one.valid())
            return case_.assertion(t.side == 0 ? i.one : i.other).value.written;
        const auto& record = case_.record(i.field_record);
        return "`" + record.path + "." + vocabulary_.type(record.type).fields[i.field].name + "`";
    }
    if (t.op == Op::path && (t.type.kind == rule::Kind::day || t.type.kind == rule::Kind::period)) {
        auto w = walk(t, c);
        for (const auto& end : w.ends) {
            if (end.field == UINT32_MAX) continue;
            const auto field = timeline_.effective_field(end.side, end.record, end.field);
            const auto& list = timeline_.view(end.side).held(case_, end.record, field);
            const auto windows = [&](const time::DaySet& days) {
                std::string s;
                for (const auto& win : days.windows())
                    s += (s.empty() ? "" : " or ") + to_string(win);
                return s;
            };
            if (list.size() == 1) {
                const auto& a = case_.assertion(list.front());
                if (a.value.absolute && a.value.day.days.windows().size() == 1 &&
                    a.value.day.days.hull().single())
                    return a.value.written;
                // A month or a year is one unknown day of it, and a reader must be told so.
                if (a.value.absolute && a.value.day.days.windows().size() == 1 &&
                    a.value.written.find_first_not_of("0123456789-") == std::string::npos)
                    return "an unknown day of " + a.value.written;
                if (a.value.absolute && a.value.day.days.windows().size() <= 4)
                    return windows(a.value.day.days);
                if (a.value.absolute) return a.value.written;
            }
            if (const auto p = timeline_.point(end.side, end.record, end.field)) {
                const auto days = full_.days(*p);
                if (days.windows().size() <= 4 && !days.empty()) {
                    if (days.windows().size() > 1 || days.hull().single()) return windows(days);
                    const auto hull = days.hull();
                    if (!bounded(hull.first) && !bounded(hull.last)) return "an unknown day";
                    if (!bounded(hull.first))
                        return "an unknown day up to " + time::to_string(hull.last);
                    if (!bounded(hull.last))
                        return "an unknown day from " + time::to_string(hull.first);
                    return "an unknown day of " + windows(days);
                }
            }
        }
        return "an unknown day";
    }
    if (t.type.kind == rule::Kind::record) {
        auto w = walk(t, c);
        std::string out;
        for (const auto& end : w.ends)
            out += (out.empty() ? "" : ", ") + title(end.record, end.side);
        return out.empty() ? "(not stated)" : out;
    }
    if (t.op == Op::earliest || t.op == Op::latest) {
        bool gap = false;
        const auto w = stated(t.children[0], c, &gap);
        return gap ? "an unknown day" : time::to_string(t.op == Op::earliest ? w.first : w.last);
    }
    const auto number = [](double x) {
        if (std::isinf(x)) return std::string("any number");
        if (x == std::floor(x)) return std::to_string(static_cast<std::int64_t>(x));
        auto s = std::to_string(x);
        while (s.back() == '0') s.pop_back();
        return s;
    };
    std::string out;
    for (const auto& s : scalars(t, c)) {
        std::string one;
        if (s.gap)
            one = "(not stated)";
        else if (t.type.kind == rule::Kind::text || t.type.kind == rule::Kind::word)
            one = s.text;
        else if (t.type.kind == rule::Kind::boolean)
            one = s.low != 0 ? "yes" : "no";
        else if (s.low == s.high)
            one = number(s.low);
        else
            one = std::isinf(s.high) ? "at least " + number(s.low)
                                     : number(s.low) + " to " + number(s.high);
        if (out.find(one) == std::string::npos) out += (out.empty() ? "" : " or ") + one;
    }
    return out;
}

std::string Evaluator::say_days(const Term& a, const Term& b, const Instance& i) {
    Reads scratch;
    auto c = context(i, scratch);
    const auto x = operands(a, c);
    const auto y = operands(b, c);
    if (x.empty() || y.empty() || x.front().gap || y.front().gap)
        return "an unknown number of days";
    const auto bounds = full_.bounds(*x.front().last.point, *y.front().first.point);
    const auto shift = y.front().first.offset - x.front().last.offset;
    auto low = bounds.least <= -time::kNoBound ? bounds.least : bounds.least + shift;
    auto high = bounds.most >= time::kNoBound ? bounds.most : bounds.most + shift;
    if (high < 0) {
        std::swap(low, high);
        low = -low;
        high = -high;
    }
    if (low == high) return plural(low);
    const bool has_low = low > -time::kNoBound;
    const bool has_high = high < time::kNoBound;
    if (!has_low && !has_high) return "an unknown number of days";
    if (!has_high) return "at least " + plural(low);
    if (!has_low || low < 0) return "up to " + plural(high);
    return std::to_string(low) + " to " + plural(high);
}

std::string Evaluator::say_word(const Term& t, const Instance& i) {
    Reads scratch;
    auto c = context(i, scratch);
    std::vector<AssertionId> list;
    if (t.type.kind == rule::Kind::field && t.side >= 0 && i.one.valid()) {
        list.push_back(t.side == 0 ? i.one : i.other);
    } else if (t.type.kind == rule::Kind::field) {
        list = timeline_.view(std::max(0, t.side)).held(case_, i.field_record, i.field);
    } else {
        // Whose word a reference is, is said where it stands: at the record that refers.
        Term holder = t;
        std::uint32_t last = UINT32_MAX;
        if (t.type.kind == rule::Kind::record && !t.steps.empty()) {
            last = t.steps.back();
            holder.steps.pop_back();
        }
        for (const auto& end : walk(holder, c).ends) {
            const auto field = last != UINT32_MAX ? last : end.field;
            if (field == UINT32_MAX) continue;
            const auto f = timeline_.effective_field(end.side, end.record, field);
            const auto& h = timeline_.view(end.side).held(case_, end.record, f);
            list.insert(list.end(), h.begin(), h.end());
        }
    }
    if (list.empty()) return "by inference from other dates";
    const auto& a = case_.assertion(list.front());
    const auto account = [&](model::AccountId id) {
        const auto& name = case_.accounts[id.value].title;
        return name.rfind("the ", 0) == 0 ? name : "the " + name;
    };
    std::string out;
    if (a.by.valid()) {
        if (a.speaker.valid())
            out = "on the word of " + title(a.speaker, 0) + " for " + account(a.by);
        else
            out = "on the account of " + account(a.by);
        if (a.source.valid()) out += " as reported in " + case_.record(a.source).id;
        if (a.state == model::State::unchallenged)
            out += " (what the others say of it is not known)";
        if (a.state == model::State::conceded) out += " (conceded)";
    } else if (a.source.valid()) {
        out = "according to " + case_.record(a.source).id;
    } else {
        out = "as the file states without a source";
    }
    if (list.size() > 1) out += ", and others differ";
    return out;
}

std::string Evaluator::describe_values(const Term& t, Context& c) {
    // The paths a literal reads, with their values: "e.published is 2014-09-30".
    std::string out;
    const std::function<void(const Term&)> visit = [&](const Term& x) {
        if (x.op == Op::path && (!x.steps.empty() || x.type.kind == rule::Kind::field)) {
            Instance now = *c.instance;
            now.records = c.records;
            now.sides = c.sides;
            const auto said = say(x, now);
            if (!said.empty()) out += (out.empty() ? "" : ", ") + x.written + " is " + said;
            return;
        }
        for (const auto& child : x.children) visit(child);
    };
    for (const auto& child : t.children) visit(child);
    return out;
}

}  // namespace antinomy::check
