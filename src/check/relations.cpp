// Relations of time: operands as points with an offset, relations as differences for the network.
#include "check/evaluate.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "time/allen.hpp"
#include "time/division.hpp"

namespace antinomy::check {

using grammar::TimeWord;
using rule::Op;
using rule::Term;

namespace {

using K = Ground::Kind;

// A day of a quantifier is a point that no network has, until it is one of the days that decide.
constexpr std::uint32_t kDayVariables = UINT32_MAX - 1024;
bool is_variable(time::PointId p) {
    return p.value >= kDayVariables;
}

Ground least(time::PointId from, std::int64_t offset_from, time::PointId to, std::int64_t offset_to,
             std::int64_t n) {
    // (to + offset_to) - (from + offset_from) >= n
    return Ground::difference({to, from, offset_to - offset_from - n});
}

Ground grounded(const time::Formula& f) {
    using F = time::Formula::Kind;
    if (f.kind == F::leaf) return Ground::difference(f.leaf);
    if (f.kind == F::yes || f.kind == F::no) return Ground::truth(f.kind == F::yes);
    std::vector<Ground> parts;
    for (const auto& p : f.parts) parts.push_back(grounded(p));
    return f.kind == F::all ? Ground::all_of(std::move(parts)) : Ground::any_of(std::move(parts));
}

}  // namespace

time::Placed Evaluator::place(const PointTerm& p) {
    // A day that is written in a rule is of the zone of what it is compared with.
    if (*p.point == time::kOrigin || is_variable(*p.point)) return {};
    auto out = timeline_.place(*p.point);
    if (out.zone == nullptr) return out;
    if (p.offset != 0) out.second.reset();  // so many days later: a day
    if (out.zone->kind != time::Zone::Kind::named || (out.second && out.offsets.single()))
        return out;
    // Which offset the zone had is a question of the days that are left for the point.
    const auto days = firm_.days(*p.point);
    const auto hull = days.empty() ? time::Window{} : days.hull();
    out.offsets = out.zone->during({plus(hull.first, p.offset), plus(hull.last, p.offset)});
    return out;
}

int Evaluator::convention(std::size_t c) {
    const auto chosen = timeline_.choices()[c];
    if (chosen >= 0) return chosen;
    asked_[c] = true;
    return std::max(0, picked_[c]);
}

// A day some months later is no fixed distance away: it is one for each stretch of days, and the
// operand is as many alternatives, each under the condition that the day lies in its stretch.
void Evaluator::add_days_later(const Operand& o, const DayOf& day, std::vector<Operand>& out) {
    constexpr std::int64_t kSpan = 4000;  // days; a wider window stays unknown
    constexpr std::size_t kStretches = 400;
    if (o.gap || o.unknown) {
        out.push_back(o);
        return;
    }
    const auto unknown = [&] {
        Operand moved = o;
        moved.unknown = true;
        moved.first.offset = moved.last.offset = 0;
        out.push_back(std::move(moved));
    };
    const auto shift = [&](time::Day d) -> std::optional<std::int64_t> {
        const auto to = day(plus(d, o.first.offset));
        if (!to) return std::nullopt;
        return to->value - d.value;
    };
    if (*o.first.point == time::kOrigin) {
        const auto distance = shift({0});
        if (!distance) return unknown();
        Operand moved = o;
        moved.first.offset = moved.last.offset = *distance;
        out.push_back(std::move(moved));
        return;
    }
    auto days = firm_.days(*o.first.point);
    if (days.empty() || !bounded(days.hull().first) || !bounded(days.hull().last))
        days = full_.days(*o.first.point);
    const auto hull = days.empty() ? time::Window{} : days.hull();
    if (!bounded(hull.first) || !bounded(hull.last) || hull.last.value - hull.first.value > kSpan)
        return unknown();
    std::vector<Operand> stretches;
    for (auto d = hull.first; d <= hull.last;) {
        const auto distance = shift(d);
        if (!distance || stretches.size() == kStretches) return unknown();
        auto last = d;
        while (last < hull.last && shift(plus(last, 1)) == distance) last = plus(last, 1);
        Operand moved = o;
        if (!hull.single())
            moved.guard = Ground::all_of(
                {o.guard, Ground::difference({*o.first.point, time::kOrigin, -d.value}),
                 Ground::difference({time::kOrigin, *o.first.point, last.value})});
        moved.first.offset = moved.last.offset = *distance;
        stretches.push_back(std::move(moved));
        d = plus(last, 1);
    }
    for (auto& x : stretches) out.push_back(std::move(x));
}

// The last day of a term that an event's day starts.
Evaluator::DayOf Evaluator::deadline(const Length& term) {
    const bool included = convention(time::kDeadlineFirstDay) == 1;
    const bool working = term.working_days.has_value();
    // The last day of a term of working days is one: there is nothing to roll.
    const bool rolls = !working && convention(time::kDeadlineRolls) == 1;
    const auto months = term.amount.months;
    const auto month_end = months != 0 && convention(time::kMonthEnd) == 1
                               ? time::MonthEnd::overflow
                               : time::MonthEnd::clamp;
    const auto calendar = case_.conventions.working_days;
    const auto count = term.working_days.value_or(0);
    const auto days = static_cast<std::int64_t>(term.amount.low) / time::kSecondsOfDay;
    return [=](time::Day day) -> std::optional<time::Day> {
        if (working) {
            if (!calendar) return std::nullopt;
            const auto first = calendar->on_or_after(included ? day : plus(day, 1));
            return first ? calendar->after(*first, count - 1) : std::nullopt;
        }
        auto last = plus(months != 0 ? time::add_months(day, months, month_end) : day, days);
        if (included) last = plus(last, -1);
        if (!rolls) return last;
        // Without a calendar nobody knows which days are free.
        return calendar ? calendar->on_or_after(last) : std::nullopt;
    };
}

// What a term may be: of a policy or as written, perhaps in working days; else any duration.
std::vector<Evaluator::Length> Evaluator::lengths(const Term& t, Context& c) {
    std::vector<Length> out;
    if (rule::is_term(t)) {
        for (auto& x : terms(t, c)) {
            Length one{std::move(x.guard), x.rival, x.gap, x.unknown, {}, amount_of(x.value)};
            if (x.value.unit == grammar::Unit::working_day) one.working_days = x.value.count;
            out.push_back(std::move(one));
        }
        return out;
    }
    for (const auto& s : scalars(t, c))
        out.push_back({s.guard, s.rival, s.gap, s.unknown, {}, s.amount()});
    return out;
}

// A day so much later or earlier: working days by the calendar; months by the calendar first, then
// what is left.
void Evaluator::add_length(const Operand& o, const Length& d, int sign, std::vector<Operand>& out) {
    std::vector<Operand> moved;
    if (d.working_days) {
        const auto calendar = case_.conventions.working_days;
        const auto count = *d.working_days;
        const auto later = [&](time::Day day) -> std::optional<time::Day> {
            if (!calendar) return std::nullopt;
            return sign > 0 ? calendar->after(day, count) : calendar->before(day, count);
        };
        return add_days_later(o, later, out);
    }
    if (d.amount.months == 0) {
        moved.push_back(o);
    } else {
        const auto month_end =
            convention(time::kMonthEnd) == 1 ? time::MonthEnd::overflow : time::MonthEnd::clamp;
        const auto months = sign * d.amount.months;
        add_days_later(
            o, [&](time::Day day) { return time::add_months(day, months, month_end); }, moved);
    }
    for (auto& m : moved) {
        // Of a range the ends tell what comes before or after all of it: as if they were rivals.
        const bool ranged = d.amount.low != d.amount.high;
        std::size_t which = 0;
        for (const auto amount : {d.amount.low, d.amount.high}) {
            auto end = m;
            end.rival = 2 * m.rival + which++;
            end.ranged = end.ranged || ranged;
            if (std::isinf(amount)) {
                end.beyond = (amount > 0 ? 1 : -1) * sign;
            } else {
                const auto seconds = sign * static_cast<std::int64_t>(amount);
                for (auto* p : {&end.first, &end.last})
                    if (d.amount.by_clock)
                        p->seconds += seconds;
                    else
                        p->offset += seconds / time::kSecondsOfDay;
            }
            out.push_back(std::move(end));
            if (!ranged) break;
        }
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
            if (gap) {
                missing();
            } else {
                constant(bounded(day) ? day.value : 0);
                // Stated, and open on this side.
                out.back().unknown = !bounded(day);
            }
            return out;
        }
        case Op::stretch: {
            const auto ends = operands(t.children[1], c);
            std::size_t rivals = 1;
            for (const auto& to : ends) rivals = std::max(rivals, to.rival + 1);
            for (const auto& from : operands(t.children[0], c))
                for (const auto& to : ends) {
                    Operand o;
                    o.guard = Ground::all_of({from.guard, to.guard});
                    o.rival = from.rival * rivals + to.rival;
                    o.gap = from.gap || to.gap;
                    o.unknown = from.unknown || to.unknown;
                    o.ranged = from.ranged || to.ranged;
                    o.beyond = from.beyond != 0 ? from.beyond : to.beyond;
                    o.first = from.first;
                    o.last = to.last;
                    out.push_back(std::move(o));
                }
            return out;
        }
        case Op::sum:
        case Op::deadline: {
            // Each day with each length that the term may have.
            const auto base = operands(t.children[0], c);
            const auto each = lengths(t.children[1], c);
            std::size_t rivals = 1;
            for (const auto& x : each) rivals = std::max(rivals, x.rival + 1);
            for (const auto& day : base)
                for (const auto& x : each) {
                    auto o = day;
                    o.guard = Ground::all_of({day.guard, x.guard});
                    if (o.guard.kind == K::no) continue;
                    o.rival = day.rival * rivals + x.rival;
                    o.gap = day.gap || x.gap;
                    const bool told = !x.unknown && (t.op == Op::sum || x.working_days ||
                                                     x.amount.low == x.amount.high);
                    o.unknown = day.unknown || !told;
                    if (o.gap || o.unknown)
                        out.push_back(std::move(o));
                    else if (t.op == Op::deadline)
                        add_days_later(o, deadline(x), out);
                    else
                        add_length(o, x, t.text == "-" ? -1 : 1, out);
                }
            if (out.empty()) missing();
            return out;
        }
        case Op::cases: {
            const auto guards = case_guards(t, c);
            std::vector<std::vector<Operand>> each;
            std::size_t rivals = 1;
            for (std::size_t i = 0; i < guards.size(); ++i) {
                if (guards[i].kind == K::no) continue;
                const bool holds = i + 1 < guards.size();
                if (!holds) missing();  // no case holds
                each.push_back(holds ? operands(t.children[2 * i + 1], c) : std::exchange(out, {}));
                for (auto& o : each.back()) {
                    o.guard = Ground::all_of({guards[i], o.guard});
                    rivals = std::max(rivals, o.rival + 1);
                }
            }
            // A case with fewer rivals stands beside each of another's.
            for (const auto& arm : each) {
                std::size_t own = 1;
                for (const auto& o : arm) own = std::max(own, o.rival + 1);
                for (std::size_t rival = 0; rival < rivals; ++rival)
                    for (auto o : arm)
                        if (o.rival == rival % own) {
                            o.rival = rival;
                            out.push_back(std::move(o));
                        }
            }
            return out;
        }
        default:
            break;
    }
    if (t.days) {
        Operand o;
        o.guard = Ground::truth(true);
        o.first.point = o.last.point =
            time::PointId{kDayVariables + static_cast<std::uint32_t>(t.binding)};
        out.push_back(std::move(o));
        return out;
    }
    auto w = walk(t, c);
    if (w.gap || w.ends.empty()) {
        missing();
        return out;
    }
    for (const auto& end : w.ends) {
        auto o = moment(end, c, t.part);
        o.rival = out.size();
        out.push_back(std::move(o));
    }
    return out;
}

// The time of a record, or of one of its fields; `part`: of a period its start or end alone.
Evaluator::Operand Evaluator::moment(const Located& end, Context& c, int part_asked) {
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
    const auto first_part = period_first && part_asked == 1 ? 1u : 0u;
    const auto last_part = period_last && part_asked != 0 ? 1u : 0u;
    for (const auto& [field, part, term] :
         {std::tuple{first, first_part, &o.first}, std::tuple{last, last_part, &o.last}}) {
        Located at{end.record, timeline_.effective_field(end.side, end.record, field), end.side};
        held(at, c);
        term->point = timeline_.point(end.side, end.record, field, part);
        if (term->point)
            c.reads->points.insert(term->point->value);
        else
            note_gap(at, c);
    }
    o.gap = !o.first.point || !o.last.point;
    return o;
}

Ground Evaluator::relate(const Term& t, const Operand& a, const Operand& b, Context& c,
                         bool negated) {
    if (a.gap || b.gap) return Ground::of(K::gap);
    if (a.unknown || b.unknown) return Ground::unknown("counting", t.written);
    const bool only_order = t.word == TimeWord::before || t.word == TimeWord::after ||
                            t.word == TimeWord::not_before || t.word == TimeWord::not_after;
    if ((a.ranged || b.ranged) && !only_order) return Ground::unknown("range", t.written);
    if (a.beyond != 0 || b.beyond != 0) {
        if (a.beyond == b.beyond) return Ground::unknown("range", t.written);
        const bool earlier = a.beyond < b.beyond;
        const bool holds = t.word == TimeWord::before || t.word == TimeWord::not_after;
        return Ground::truth((holds == earlier) != negated);
    }
    const auto pa = [&](const PointTerm& p) { return *p.point; };
    // The day of y is so many after that of x, for certain or perhaps (time/zone.hpp).
    const auto reached = [&](const PointTerm& x, const PointTerm& y, time::Reach n) {
        auto surely = least(pa(x), x.offset, pa(y), y.offset, n.certain);
        if (n.certain == n.possible) return surely;
        return Ground::any_of(
            {std::move(surely), Ground::all_of({least(pa(x), x.offset, pa(y), y.offset, n.possible),
                                                Ground::unknown("zones", t.written)})});
    };
    const auto places = [&](const PointTerm& x, const PointTerm& y) {
        const auto out = std::pair{place(x), place(y)};
        if (!time::same_zone(out.first, out.second))
            for (const auto* p : {&x, &y}) c.reads->zones.insert(pa(*p).value);
        return out;
    };
    // y - x >= n seconds, by the clock; of a day without one no hour is known.
    const auto elapsed = [&](const PointTerm& x, const PointTerm& y, std::int64_t n) {
        n += x.seconds - y.seconds;
        if (pa(x) == pa(y)) {
            const auto days = time::ceil_div(n, time::kSecondsOfDay);
            return reached(x, y, {days, days});
        }
        const auto [from, to] = places(x, y);
        const auto reach = time::reach_seconds(from, to, n);
        auto surely = least(pa(x), x.offset, pa(y), y.offset, reach.certain);
        if (reach.certain == reach.possible) return surely;
        return Ground::any_of(
            {std::move(surely),
             Ground::all_of({least(pa(x), x.offset, pa(y), y.offset, reach.possible),
                             Ground::unknown("hours", t.written)})});
    };
    const auto by_clock = [](const PointTerm& x, const PointTerm& y) {
        return x.seconds != 0 || y.seconds != 0;
    };
    // y - x >= n days
    const auto apart = [&](const PointTerm& x, const PointTerm& y, std::int64_t n) {
        if (by_clock(x, y)) return elapsed(x, y, n * time::kSecondsOfDay);
        if (pa(x) == pa(y)) return reached(x, y, {n, n});
        const auto [from, to] = places(x, y);
        return reached(x, y, time::reach_days(from, to, n));
    };
    const auto before = [&](const PointTerm& x, const PointTerm& y) {
        if (by_clock(x, y)) return elapsed(x, y, 1);
        if (pa(x) == pa(y)) return reached(x, y, {1, 1});
        const auto [from, to] = places(x, y);
        return reached(x, y, time::reach_before(from, to));
    };
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
            if (t.unit == grammar::Unit::hour) {
                std::vector<Ground> hours{
                    elapsed(from, to, t.bound == grammar::Bound::at_most ? 0 : 3600 * n)};
                if (t.bound != grammar::Bound::at_least)
                    hours.push_back(elapsed(from, to, 3600 * n + 1).negated());
                g = Ground::all_of(std::move(hours));
                break;
            }
            std::vector<Ground> parts{apart(from, to, t.bound == grammar::Bound::at_most ? 0 : n)};
            if (t.bound != grammar::Bound::at_least)
                parts.push_back(apart(from, to, n + 1).negated());
            g = Ground::all_of(std::move(parts));
            break;
        }
        case TimeWord::within:
            if (t.text == "contains") {
                g = Ground::all_of({not_after(a.first, b.first), not_after(b.last, a.last)});
                break;
            }
            if (t.text == "near") {
                // No more than n days from the end of the one to the beginning of the other.
                const auto n = t.unit == grammar::Unit::week ? 7 * t.count : t.count;
                if (t.unit == grammar::Unit::hour) {
                    g = Ground::all_of({elapsed(b.last, a.first, 3600 * n + 1).negated(),
                                        elapsed(a.last, b.first, 3600 * n + 1).negated()});
                    break;
                }
                g = Ground::all_of({apart(b.last, a.first, n + 1).negated(),
                                    apart(a.last, b.first, n + 1).negated()});
                break;
            }
            g = Ground::all_of({not_after(b.first, a.first), not_after(a.last, b.last)});
            break;
        case TimeWord::overlaps:
            g = Ground::all_of({not_after(a.first, b.last), not_after(b.first, a.last)});
            break;
        case TimeWord::agrees:
            break;
        case TimeWord::allen: {
            // Its intervals are whole days; what an hour makes of them is not told.
            const PointTerm* ends[] = {&a.first, &a.last, &b.first, &b.last};
            if (std::any_of(std::begin(ends), std::end(ends),
                            [](const PointTerm* p) { return p->seconds != 0; }))
                return Ground::unknown("hours", t.written);
            const auto moved = [&](const PointTerm& p) { return time::Moved{pa(p), p.offset}; };
            g = grounded(time::allen_formula(time::allen_set(t.text),
                                             {moved(a.first), moved(a.last)},
                                             {moved(b.first), moved(b.last)}));
            break;
        }
    }

    g = unless_undated(std::move(g), {&a.first, &a.last, &b.first, &b.last}, c);
    return negated ? g.negated() : g;
}

namespace {

bool has_variable(const Ground& g) {
    if (g.kind == K::leaf) return is_variable(g.leaf.from) || is_variable(g.leaf.to);
    return std::any_of(g.parts.begin(), g.parts.end(), has_variable);
}

}  // namespace

// A point that nobody dates: the network may decide all the same; if it doesn't, the fact isn't
// there.
Ground Evaluator::unless_undated(Ground g, const std::vector<const PointTerm*>& points,
                                 Context& c) {
    const auto dated = [&](const PointTerm* p) {
        return is_variable(*p->point) || timeline_.dated(*p->point);
    };
    const bool undated = !std::all_of(points.begin(), points.end(), dated);
    if (undated && !undated_open_ && g.kind != K::yes && g.kind != K::no) {
        if (has_variable(g)) {
            for (const auto* p : points)
                if (!dated(p)) c.reads->gaps.insert(timeline_.path(*p->point));
            return Ground::of(K::gap);
        }
        const auto f = g.formula(true, false);
        // Decided on a doubtful date is decided all the same; what follows from it is not certain.
        const auto otherwise = counted(full_, f.negated());
        const auto so = otherwise == time::Fit::no ? otherwise : counted(full_, f);
        if (otherwise != time::Fit::no && so != time::Fit::no) {
            // Too much work is not the same as a fact that isn't there.
            if (otherwise == time::Fit::undecided || so == time::Fit::undecided) ++undecided_gaps_;
            for (const auto* p : points)
                if (!dated(p)) c.reads->gaps.insert(timeline_.path(*p->point));
            return Ground::of(K::gap);
        }
    }
    return g;
}

// ---------------------------------------------------------------- days of a period

namespace {

// A day that is some days from a point of the network.
struct DayAt {
    time::PointId point;
    std::int64_t offset = 0;
};

// The days on which some part of a condition on the variable comes true. The condition has no
// negation left, so the first day of a stretch over which it is true is one of these.
void turning_days(const Ground& g, time::PointId variable, std::vector<DayAt>& out) {
    // to - variable <= most: true from to - most on. What is true up to a day begins nothing.
    if (g.kind == K::leaf && g.leaf.from == variable && g.leaf.to != variable)
        out.push_back({g.leaf.to, -g.leaf.most});
    for (const auto& p : g.parts) turning_days(p, variable, out);
}

Ground with_day(const Ground& g, time::PointId variable, const DayAt& day) {
    if (g.kind == K::leaf) {
        auto d = g.leaf;
        if (d.from == variable) {
            d.from = day.point;
            d.most += day.offset;
        }
        if (d.to == variable) {
            d.to = day.point;
            d.most -= day.offset;
        }
        return d.from == d.to ? Ground::truth(d.most >= 0) : Ground::difference(d);
    }
    if (g.kind != K::all && g.kind != K::any) return g;
    std::vector<Ground> parts;
    for (const auto& p : g.parts) parts.push_back(with_day(p, variable, day));
    return g.kind == K::all ? Ground::all_of(std::move(parts)) : Ground::any_of(std::move(parts));
}

}  // namespace

// Some day of a period is such: the first one is either the first day of the period or one on which
// a part of the condition comes true. That is exact, and a formula over the points of the network
// as any other.
Ground Evaluator::some_day(const Term& t, Context& c, bool negated) {
    const time::PointId variable{kDayVariables + static_cast<std::uint32_t>(t.binding)};
    auto* trace = c.trace;
    c.trace = nullptr;
    c.days.push_back(t.binding);
    const auto body = ground(t.children[1], c, t.op == Op::every);
    c.days.pop_back();
    c.trace = trace;
    std::vector<DayAt> turns;
    turning_days(body, variable, turns);
    std::map<std::size_t, std::vector<Ground>> each;  // by rivals, as in `relation`
    for (const auto& period : operands(t.children[0], c)) {
        auto& alternatives = each[period.rival];
        if (period.gap) {
            alternatives.push_back(Ground::all_of({period.guard, Ground::of(K::gap)}));
            continue;
        }
        if (period.unknown || period.ranged) {
            alternatives.push_back(
                Ground::all_of({period.guard, Ground::unknown("counting", t.written)}));
            continue;
        }
        if (period.first.seconds != 0 || period.last.seconds != 0) {
            alternatives.push_back(
                Ground::all_of({period.guard, Ground::unknown("hours", t.written)}));
            continue;
        }
        const DayAt first{*period.first.point, period.first.offset};
        const DayAt last{*period.last.point, period.last.offset};
        auto days = turns;
        days.insert(days.begin(), first);
        std::vector<Ground> some;
        // One inside another, each would multiply what is inside it by itself.
        const auto size = body.size() * static_cast<std::int64_t>(days.size());
        if (size > kSmall && !spend(kPart * (size - kSmall))) return Ground::unknown("limit", "");
        for (const auto& day : days) {
            const auto order = [](const DayAt& x, const DayAt& y) {
                return x.point == y.point ? Ground::truth(x.offset <= y.offset)
                                          : least(x.point, x.offset, y.point, y.offset, 0);
            };
            some.push_back(Ground::all_of(
                {order(first, day), order(day, last), with_day(body, variable, day)}));
        }
        auto g = unless_undated(Ground::any_of(std::move(some)), {&period.first, &period.last}, c);
        alternatives.push_back(Ground::all_of({period.guard, std::move(g)}));
    }
    auto out = each.empty() ? Ground::of(K::gap) : Ground::of_rivals(each, t.written);
    return (t.op == Op::some) == negated ? out.negated() : out;
}

Ground Evaluator::lasts_over(const Located& item, const Term& day, Context& c) {
    static const Term kContains = [] {
        Term t;
        t.op = Op::relation;
        t.word = TimeWord::within;
        t.text = "contains";
        return t;
    }();
    const auto time = moment({item.record, UINT32_MAX, item.side}, c);
    std::map<std::size_t, std::vector<Ground>> each;
    for (const auto& d : operands(day, c))
        each[d.rival].push_back(Ground::all_of({d.guard, relate(kContains, time, d, c, false)}));
    return Ground::of_rivals(each, day.written);
}

// The order that the days have where each is taken to be of the case's zone, and would lose where
// that is not the zone of one of them.
Ground Evaluator::flips(const Term& t, Context& c) {
    static const time::Zone kSome{time::Zone::Kind::unknown, "unknown", 0, {}};
    const auto freed = [](time::Placed p) {
        if (!p.assumed) return p;
        p.zone = &kSome;
        p.who = UINT32_MAX;
        p.offsets = time::kAnyOffset;
        return p;
    };
    std::vector<Ground> each;
    for (const auto& a : operands(t.children[0], c))
        for (const auto& b : operands(t.children[1], c)) {
            if (a.gap || b.gap) {
                each.push_back(Ground::of(K::gap));
                continue;
            }
            const auto turns = [&](const PointTerm& x, const PointTerm& y) {
                const auto from = place(x);
                const auto to = place(y);
                if (*x.point == *y.point || *x.point == time::kOrigin ||
                    *y.point == time::kOrigin || !(from.assumed || to.assumed))
                    return Ground::truth(false);
                const auto stands = time::reach_before(from, to).certain;
                const auto anywhere = time::reach_before(freed(from), freed(to)).certain;
                if (stands >= anywhere) return Ground::truth(false);
                return Ground::all_of(
                    {least(*x.point, x.offset, *y.point, y.offset, stands),
                     least(*x.point, x.offset, *y.point, y.offset, anywhere).negated()});
            };
            each.push_back(
                Ground::all_of({a.guard, b.guard,
                                Ground::any_of({turns(a.last, b.first), turns(b.last, a.first)})}));
        }
    if (each.empty()) return Ground::of(K::gap);
    return Ground::of_rivals(std::move(each), t.written);
}

Ground Evaluator::relation(const Term& t, Context& c, bool negated) {
    const auto left = operands(t.children[0], c);
    const auto right = operands(t.children[1], c);
    std::map<std::pair<std::size_t, std::size_t>, std::vector<Ground>> each;
    for (const auto& a : left)
        for (const auto& b : right)
            each[{a.rival, b.rival}].push_back(
                Ground::all_of({a.guard, b.guard, relate(t, a, b, c, negated)}));
    const auto ranged = [](const Operand& o) { return o.ranged; };
    const bool range = std::any_of(left.begin(), left.end(), ranged) ||
                       std::any_of(right.begin(), right.end(), ranged);
    return Ground::of_rivals(each, t.written, range ? "range" : "rival-values");
}

}  // namespace antinomy::check
