#include "check/zones.hpp"

#include <algorithm>
#include <set>

#include "time/stated.hpp"

namespace antinomy::check {

using model::FieldKind;
using time::Difference;
using time::Placed;
using time::PointId;
using time::Zone;

time::DaySet shifted(const time::DaySet& days, time::Shift by) {
    if (by == time::Shift{}) return days;
    time::DaySet out;
    for (const auto& w : days.windows()) out.add({plus(w.first, by.least), plus(w.last, by.most)});
    return out;
}

std::vector<Difference> order_differences(const grammar::OrderRelation& r, const PlacedMoment& a,
                                          const PlacedMoment& b) {
    using Kind = grammar::OrderRelation::Kind;
    // The loosest reading: what a relation leaves possible in some zones stays so.
    const auto before = [](const PlacedMoment& x, const PlacedMoment& y) {
        if (x.last == y.first) return at_least(x.last, y.first, 1);
        return at_least(x.last, y.first, time::reach_before(x.last_place, y.first_place).possible);
    };
    const auto not_before = [](const PlacedMoment& x, const PlacedMoment& y) {
        if (x.last == y.first) return at_most(x.last, y.first, 0);
        return at_most(x.last, y.first,
                       time::reach_before(x.last_place, y.first_place).certain - 1);
    };
    const auto apart = [](PointId x, const Placed& xp, PointId y, const Placed& yp,
                          std::int64_t n) {
        return at_least(x, y, x == y ? n : time::reach_days(xp, yp, n).possible);
    };
    const auto within = [](PointId x, const Placed& xp, PointId y, const Placed& yp,
                           std::int64_t n) {
        return at_most(x, y, (x == y ? n + 1 : time::reach_days(xp, yp, n + 1).certain) - 1);
    };
    switch (r.kind) {
        case Kind::before:
            return {before(a, b)};
        case Kind::after:
            return {before(b, a)};
        case Kind::not_before:
            return {not_before(a, b)};
        case Kind::not_after:
            return {not_before(b, a)};
        case Kind::same_day:
            return {within(a.first, a.first_place, b.first, b.first_place, 0),
                    apart(a.first, a.first_place, b.first, b.first_place, 0),
                    within(a.last, a.last_place, b.last, b.last_place, 0),
                    apart(a.last, a.last_place, b.last, b.last_place, 0)};
        case Kind::distance: {
            const auto& from = r.after ? b : a;
            const auto& to = r.after ? a : b;
            std::vector<Difference> out{apart(from.last, from.last_place, to.first, to.first_place,
                                              r.bound == grammar::Bound::at_most ? 0 : r.days)};
            if (r.bound != grammar::Bound::at_least)
                out.push_back(within(from.last, from.last_place, to.first, to.first_place, r.days));
            return out;
        }
    }
    return {};
}

std::string say_zone(const Placed& p) {
    if (p.zone == nullptr) return "";
    if (p.zone->kind == Zone::Kind::unknown) return "an unknown zone";
    if (p.zone->kind == Zone::Kind::local) return "the case's zone, which is not named";
    if (p.zone->kind == Zone::Kind::fixed) return p.zone->name + (p.assumed ? " (assumed)" : "");
    return p.zone->name + " (" + time::to_string(p.offsets) + (p.assumed ? ", assumed" : "") + ")";
}

// ---------------------------------------------------------------- of a timeline

Timeline::Standing Timeline::standing_of(int side, const model::Assertion& a,
                                         std::uint32_t part) const {
    const auto* at = &a;
    std::set<const model::Assertion*> seen;  // anchors may run in a circle
    while (seen.insert(at).second) {
        if (at->value.absolute) {
            const auto& place = part == 0 ? at->value.place : at->value.place_end;
            const auto who = static_cast<std::uint32_t>(at - case_.assertions.data());
            return {place.zone, place.assumed, who * 2 + part};
        }
        if (!at->value.time) break;
        const auto names = time::names_in(*at->value.time);
        if (names.empty()) break;  // relative to a date written there: the case's zone
        const auto p = model::resolve_point(vocabulary_, case_, *names.front(), {}, nullptr);
        if (!p) break;
        const auto& v = view(side);
        const auto rep = v.same_as[p->record.value];
        const auto field = effective_field(side, rep, p->first);
        part = field == p->first ? p->first_part : 0;
        const auto& held = v.slots[case_.record(rep).first_slot + field];
        if (held.empty()) break;
        at = &case_.assertion(held.front());
    }
    return {};
}

Placed Timeline::placed(Standing s, time::Window days) const {
    Placed out;
    out.zone = &case_.zones[s.zone];
    out.assumed = s.assumed;
    out.who = s.who;
    out.offsets = out.zone->during(days);
    return out;
}

Placed Timeline::place_of(const PointOf& of) const {
    const auto& record = case_.record(of.record);
    const auto& held = view(of.side).slots[record.first_slot + of.field];
    if (held.empty()) return placed({}, {});
    const auto& a = case_.assertion(held.front());
    const auto standing = standing_of(of.side, a, of.part);
    if (held.size() > 1 || !a.value.absolute) return placed(standing, {});
    const bool period = vocabulary_.type(record.type).fields[of.field].kind == FieldKind::period;
    const auto& stated = !period        ? a.value.day
                         : of.part == 0 ? a.value.period.start
                                        : a.value.period.end;
    const auto days = stated.days.empty() ? time::Window{} : stated.days.hull();
    auto out = placed(standing, days);
    out.second = (of.part == 0 ? a.value.place : a.value.place_end).second;
    if (out.second) out.offsets = out.zone->at(days.first, *out.second);
    return out;
}

time::DaySet Timeline::days_beside(int side, const model::Assertion& a, int other,
                                   const model::Assertion& b) const {
    const auto shift =
        time::shift_into(placed(standing_of(side, a, 0), {}), placed(standing_of(other, b, 0), {}));
    return shifted(days_of(side, a), shift);
}

std::optional<bool> Timeline::one_instant(int side, const model::Assertion& a, int other,
                                          const model::Assertion& b) const {
    const auto clock = [](const model::Assertion& x) {
        return x.value.absolute && x.value.place.second && !x.value.day.days.empty() &&
               x.value.day.days.hull().single();
    };
    if (!clock(a) || !clock(b)) return std::nullopt;
    const auto placed_at = [&](int s, const model::Assertion& x) {
        const auto day = x.value.day.days.hull();
        auto out = placed(standing_of(s, x, 0), day);
        out.second = *x.value.place.second;
        out.offsets = out.zone->at(day.first, *out.second);
        return out;
    };
    const auto x = placed_at(side, a);
    const auto y = placed_at(other, b);
    const auto apart = b.value.day.days.hull().first.value - a.value.day.days.hull().first.value;
    // Neither is for certain before the other.
    return apart < time::reach_before(x, y).certain && -apart < time::reach_before(y, x).certain;
}

time::Shift Timeline::into_zone_of(PointId p, const model::Assertion& a) const {
    const auto& of = made_for_[p.value];
    if (!of.record.valid()) return {};
    const auto value = standing_of(of.side, a, of.part);
    return time::shift_into(placed(value, {}), placed_[p.value]);
}

}  // namespace antinomy::check
