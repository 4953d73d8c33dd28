#include "time/expression.hpp"

#include <utility>
#include <variant>

#include "grammar/time.hpp"

namespace antinomy::time {
namespace {

using grammar::Bound;
using grammar::Side;
using grammar::Unit;

// to - from <= most
Difference at_most(PointId from, PointId to, std::int64_t most) {
    return {from, to, most};
}
// to - from >= least
Difference at_least(PointId from, PointId to, std::int64_t least) {
    return {to, from, -least};
}

void look(const grammar::TimeExpression& time, std::vector<const grammar::PointName*>& names);
void look(const grammar::Anchor& anchor, std::vector<const grammar::PointName*>& names) {
    if (const auto* name = std::get_if<grammar::PointName>(&anchor)) names.push_back(name);
    if (const auto* link = std::get_if<grammar::Chained>(&anchor)) look(*link->time, names);
}
void look(const grammar::TimeExpression& time, std::vector<const grammar::PointName*>& names) {
    std::visit(
        [&](const auto& v) {
            using T = std::decay_t<decltype(v)>;
            if constexpr (std::is_same_v<T, grammar::Between>) {
                look(v.first, names);
                look(v.last, names);
            } else if constexpr (!std::is_same_v<T, grammar::Edtf>) {
                look(v.anchor, names);
            }
        },
        time.value);
}

// The form of an expression, and those of the expressions that it hangs on.
template <class Visit>
void each_form(const grammar::TimeExpression& time, const Visit& visit) {
    const auto inner = [&](const grammar::Anchor& anchor) {
        if (const auto* link = std::get_if<grammar::Chained>(&anchor))
            each_form(*link->time, visit);
    };
    std::visit(
        [&](const auto& form) {
            using T = std::decay_t<decltype(form)>;
            visit(form);
            if constexpr (std::is_same_v<T, grammar::Between>) {
                inner(form.first);
                inner(form.last);
            } else if constexpr (!std::is_same_v<T, grammar::Edtf>) {
                inner(form.anchor);
            }
        },
        time.value);
}

// One expression about one point: each form says it in its own way.
struct Meaning {
    Network& network;
    StatementId why;
    PointId p;
    const AnchorOf& anchor_of;
    const Conventions& conventions;
    Relative out;

    AnchorPoints points(const grammar::Anchor& anchor) const {
        if (const auto* name = std::get_if<grammar::PointName>(&anchor)) return anchor_of(*name);
        if (const auto* link = std::get_if<grammar::Chained>(&anchor)) {
            const auto own = network.add_point(print(*link->time));
            add_relative(network, why, own, *link->time, anchor_of, conventions);
            return {own, own};
        }
        // A date written in the expression: a point of its own, under the same statement.
        const auto& date = std::get<grammar::EdtfDate>(anchor);
        const auto own = network.add_point("date");
        const auto day = day_of(date, conventions);
        if (const auto* stated = std::get_if<StatedDay>(&day))
            network.add_days(why, own, stated->days);
        return {own, own};
    }
    void calendar(PointId anchor, CalendarRelation relation) {
        out.calendar = Relative::ToAnchor{anchor, std::move(relation)};
    }
    // `at most 2 months after` is after, as `at most 8 weeks after` is.
    void on_its_side(const grammar::Offset& o, PointId from) {
        if (o.bound == Bound::at_most)
            out.differences.push_back(o.after ? at_least(from, p, 0) : at_least(p, from, 0));
    }

    void operator()(const grammar::Edtf&) const {}

    void operator()(const grammar::Offset& o) {
        const auto anchor = points(o.anchor);
        const auto from = o.after ? anchor.last : anchor.first;
        if (o.unit == Unit::month || o.unit == Unit::year) {
            CalendarRelation c;
            c.kind = CalendarRelation::Kind::months_after;
            c.count = (o.unit == Unit::year ? 12 : 1) * o.count * (o.after ? 1 : -1);
            c.bound = o.bound;
            c.month_end = conventions.month_end;
            calendar(from, c);
            on_its_side(o, from);
            return;
        }
        if (o.unit == Unit::working_day) {
            CalendarRelation c;
            c.kind = CalendarRelation::Kind::working_days_after;
            c.count = o.count;
            c.bound = o.bound;
            c.backwards = !o.after;
            // Without a calendar nothing is known of any day.
            static const auto none = std::make_shared<const WorkingDays>(WorkingDays::Data{});
            c.calendar = conventions.working_days ? conventions.working_days : none;
            calendar(from, c);
            on_its_side(o, from);
            return;
        }
        const auto days = o.unit == Unit::week ? o.count * 7 : o.count;
        const auto low = o.after ? from : p;
        const auto high = o.after ? p : from;
        out.differences.push_back(at_least(low, high, o.bound == Bound::at_most ? 0 : days));
        if (o.bound != Bound::at_least) out.differences.push_back(at_most(low, high, days));
    }

    void operator()(const grammar::OneSided& s) {
        const auto anchor = points(s.anchor);
        switch (s.side) {
            case Side::before:
                out.differences = {at_least(p, anchor.first, 1)};
                break;
            case Side::after:
                out.differences = {at_least(anchor.last, p, 1)};
                break;
            case Side::not_before:
                out.differences = {at_least(anchor.first, p, 0)};
                break;
            case Side::not_after:
                out.differences = {at_least(p, anchor.last, 0)};
                break;
            case Side::same_day:
                out.differences = {at_least(anchor.first, p, 0), at_least(p, anchor.last, 0)};
                break;
        }
    }

    void operator()(const grammar::Between& b) {
        const auto first = points(b.first);
        const auto last = points(b.last);
        out.differences = {at_least(first.first, p, 0), at_least(p, last.last, 0)};
    }

    void operator()(const grammar::MonthOf& m) {
        CalendarRelation c;
        c.kind = CalendarRelation::Kind::month_of;
        c.month = m.month;
        calendar(points(m.anchor).first, c);
    }

    void operator()(const grammar::UnitOf& u) {
        CalendarRelation c;
        c.kind = CalendarRelation::Kind::unit_of;
        c.unit = u.unit;
        c.count = u.shift;
        calendar(points(u.anchor).first, c);
    }

    void operator()(const grammar::WeekdayNear& w) {
        // Of what lasts: before its first day, after its last; on or after its first, on or before
        // its last, as `not before` and `not after` have it.
        const auto anchor = points(w.anchor);
        CalendarRelation c;
        c.kind = CalendarRelation::Kind::weekday_near;
        c.weekday = w.weekday;
        c.backwards = !w.after;
        c.or_on = w.or_on;
        calendar(w.after == w.or_on ? anchor.first : anchor.last, c);
    }

    void operator()(const grammar::WeekdayOf& w) {
        CalendarRelation c;
        c.kind = CalendarRelation::Kind::weekday_of;
        c.weekday = w.weekday;
        c.count = w.shift;
        calendar(points(w.anchor).first, c);
    }

    void operator()(const grammar::Aged& a) {
        CalendarRelation c;
        c.kind = CalendarRelation::Kind::age;
        c.count = a.least;
        c.most = a.most;
        c.leap_birthday = conventions.leap_birthday;
        calendar(points(a.anchor).first, c);
    }
};

}  // namespace

std::vector<const grammar::PointName*> names_in(const grammar::TimeExpression& time) {
    std::vector<const grammar::PointName*> out;
    look(time, out);
    return out;
}

bool counts_working_days(const grammar::TimeExpression& time) {
    bool out = false;
    each_form(time, [&](const auto& form) {
        if constexpr (std::is_same_v<std::decay_t<decltype(form)>, grammar::Offset>)
            out = out || form.unit == Unit::working_day;
    });
    return out;
}

std::array<bool, kConventions> conventions_of(const grammar::TimeExpression& time) {
    std::array<bool, kConventions> out{};
    each_form(time, [&](const auto& form) {
        using T = std::decay_t<decltype(form)>;
        if constexpr (std::is_same_v<T, grammar::Offset>)
            out[kMonthEnd] = out[kMonthEnd] || form.unit == Unit::month || form.unit == Unit::year;
        else if constexpr (std::is_same_v<T, grammar::Aged>)
            out[kLeapBirthday] = true;
    });
    return out;
}

bool only_distances(const grammar::TimeExpression& time) {
    if (const auto* o = std::get_if<grammar::Offset>(&time.value))
        return o->unit == Unit::day || o->unit == Unit::week;
    return std::holds_alternative<grammar::Edtf>(time.value) ||
           std::holds_alternative<grammar::OneSided>(time.value) ||
           std::holds_alternative<grammar::Between>(time.value);
}

Relative relative_to(Network& network, StatementId why, PointId p,
                     const grammar::TimeExpression& time, const AnchorOf& anchor_of,
                     const Conventions& conventions) {
    Meaning meaning{network, why, p, anchor_of, conventions, {}};
    std::visit([&](const auto& form) { meaning(form); }, time.value);
    return std::move(meaning.out);
}

void add_relative(Network& network, StatementId why, PointId p, const grammar::TimeExpression& time,
                  const AnchorOf& anchor_of, const Conventions& conventions) {
    const auto says = relative_to(network, why, p, time, anchor_of, conventions);
    if (says.calendar) network.add_calendar(why, p, says.calendar->anchor, says.calendar->relation);
    for (const auto& d : says.differences) network.add(why, d);
}

}  // namespace antinomy::time
