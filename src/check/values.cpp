// Values that are not about time: numbers as ranges, words, records; comparing them.
#include "check/evaluate.hpp"
#include "check/ranges.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "time/duration.hpp"

namespace antinomy::check {

using model::AssertionId;
using rule::Op;
using rule::Term;

namespace {

using K = Ground::Kind;

std::pair<double, double> seconds_of(std::int64_t months, double low, double high) {
    return in_seconds({months, low, high, false});
}

}  // namespace

// A plain number is days.
Amount Evaluator::amount_of(const model::PolicyValue& v) {
    using grammar::Unit;
    const auto unit = v.unit.value_or(Unit::day);
    Amount out;
    if (unit == Unit::month || unit == Unit::year)
        out.months = v.count * (unit == Unit::year ? 12 : 1);
    else
        out.low = out.high =
            static_cast<double>(v.count * (unit == Unit::hour   ? 3600
                                           : unit == Unit::week ? 7 * time::kSecondsOfDay
                                                                : time::kSecondsOfDay));
    out.by_clock = unit == Unit::hour;
    return out;
}

// A number or duration times a number from `low` to `high`.
void Evaluator::multiply(Scalar& s, double low, double high) {
    const auto months = static_cast<double>(s.months) * low;
    if (s.months != 0 && (low != high || months != std::floor(months)))
        std::tie(s.low, s.high) = seconds_of(std::exchange(s.months, 0), s.low, s.high);
    else if (s.months != 0)
        s.months = static_cast<std::int64_t>(months);
    const auto product = [](double x, double y) { return x == 0 || y == 0 ? 0 : x * y; };
    const std::array all{product(s.low, low), product(s.low, high), product(s.high, low),
                         product(s.high, high)};
    s.low = *std::min_element(all.begin(), all.end());
    s.high = *std::max_element(all.begin(), all.end());
}

// The sum, least, greatest or middle of what a list's items say. Of an item with rival values it is
// a range; what an open list leaves out may be any amount.
std::vector<Evaluator::Scalar> Evaluator::total(const Term& t, Context& c) {
    const auto& path = t.children[0];
    const bool durations = path.type.kind == rule::Kind::duration;
    Scalar out;
    out.guard = Ground::truth(true);
    if (path.op == Op::peers) {
        if (const auto group = group_of(path, c))
            out.set(group->of(t.text));
        else
            out.gap = true;
        return {out};
    }
    auto w = walk(path, c);
    std::vector<Amount> items;
    for (const auto& end : w.ends) {
        if (end.field == UINT32_MAX) continue;
        out.unknown = out.unknown || end.weak;
        const auto& list = held(end, c);
        if (list.empty()) {
            note_gap(end, c);
            out.gap = true;
            continue;
        }
        std::vector<Scalar> rivals;
        for (const auto id : list) {
            const auto& a = case_.assertion(id);
            Scalar s;
            s.months = a.value.duration.months;
            s.by_clock = a.value.duration.by_clock;
            s.low = s.high =
                durations ? static_cast<double>(a.value.duration.seconds) : a.value.number;
            out.unknown = out.unknown || weak(a);
            rivals.push_back(std::move(s));
        }
        items.push_back(one_of(std::move(rivals)).amount());
    }
    if (out.gap) return {out};
    const auto none = durations ? 0 : -HUGE_VAL;
    const bool open = w.open || w.gap;
    if (items.empty() && t.text != "sum") {
        if (open) {
            out.low = none;
            out.high = HUGE_VAL;
        } else {
            out.gap = true;  // of nothing there is no least, greatest or middle
        }
        return {out};
    }
    out.set(total_of(t.text, durations, items));
    if (!open) return {out};
    if (t.text == "sum") {
        out.low += none;
        out.high = HUGE_VAL;
        return {out};
    }
    std::tie(out.low, out.high) = seconds_of(std::exchange(out.months, 0), out.low, out.high);
    if (t.text != "max") out.low = none;
    if (t.text != "min") out.high = HUGE_VAL;
    return {out};
}

// One of rival values, which it is not known.
Evaluator::Scalar Evaluator::one_of(std::vector<Scalar> rivals) {
    Scalar out = std::move(rivals.front());
    const bool alike = std::all_of(rivals.begin() + 1, rivals.end(), [&](const Scalar& s) {
        return s.months == out.months && s.low == out.low;
    });
    if (alike) return out;
    std::tie(out.low, out.high) = seconds_of(std::exchange(out.months, 0), out.low, out.high);
    for (std::size_t i = 1; i < rivals.size(); ++i) {
        const auto [low, high] = seconds_of(rivals[i].months, rivals[i].low, rivals[i].high);
        out.low = std::min(out.low, low);
        out.high = std::max(out.high, high);
        out.by_clock = out.by_clock || rivals[i].by_clock;
    }
    return out;
}

// The least time from one place to another at a speed: along the great circle, on a sphere of the
// earth's mean radius (IUGG, 6,371.0088 km). The ellipsoid differs by less than 0.6 %, which is
// taken off, so that nobody is said to be too slow by the shape of the earth.
std::vector<Evaluator::Scalar> Evaluator::travel(const Term& t, Context& c) {
    constexpr double kRadius = 6371.0088;
    constexpr double kShort = 0.994;
    constexpr double kDegree = 3.14159265358979323846 / 180;
    Scalar missing;
    missing.gap = true;
    const auto coordinates = [&](const Term& place) {
        std::vector<std::array<double, 2>> out;
        bool good = true;
        auto w = walk(place, c);
        if (w.gap || w.ends.empty()) good = false;
        for (const auto& end : w.ends) {
            const auto& type = vocabulary_.type(case_.record(end.record).type);
            std::array<double, 2> at{};
            std::size_t k = 0;
            for (const char* name : {"latitude", "longitude"}) {
                const Located l{end.record, static_cast<std::uint32_t>(type.field_index(name)),
                                end.side};
                const auto& list = held(l, c);
                // A place is where it is: rival coordinates are no two places to choose from.
                if (list.size() != 1 || weak(case_.assertion(list.front()))) {
                    if (list.empty()) note_gap(l, c);
                    good = false;
                    continue;
                }
                at[k++] = case_.assertion(list.front()).value.number;
            }
            out.push_back(at);
        }
        if (!good) out.clear();
        return out;
    };
    std::vector<Scalar> out;
    const auto from = coordinates(t.children[0]);
    const auto to = coordinates(t.children[1]);
    for (const auto& speed : scalars(t.children[2], c))
        for (const auto& a : from)
            for (const auto& b : to) {
                if (speed.gap || speed.high <= 0) {
                    out.push_back(missing);
                    out.back().rival = out.size() - 1;
                    continue;
                }
                const auto lat1 = a[0] * kDegree;
                const auto lat2 = b[0] * kDegree;
                const auto half = [](double x) { return std::sin(x / 2) * std::sin(x / 2); };
                const auto h = half(lat2 - lat1) +
                               std::cos(lat1) * std::cos(lat2) * half((b[1] - a[1]) * kDegree);
                const auto km = 2 * kRadius * std::asin(std::sqrt(std::min(1.0, h))) * kShort;
                Scalar s;
                s.guard = speed.guard;
                s.rival = out.size();
                s.unknown = speed.unknown;
                s.by_clock = true;
                s.low = s.high = std::floor(km / speed.high * 3600);
                out.push_back(std::move(s));
            }
    if (out.empty()) out.push_back(missing);
    return out;
}

std::vector<Evaluator::Scalar> Evaluator::scalars(const Term& t, Context& c) {
    std::vector<Scalar> out;
    const auto one = [&](Scalar s) {
        s.guard = Ground::truth(true);
        s.rival = out.size();
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
            model::PolicyValue written;
            written.count = t.count;
            written.unit = t.unit;
            Scalar s;
            s.set(amount_of(written));
            one(std::move(s));
            return out;
        }
        case Op::product: {
            const auto amounts = scalars(t.children[1], c);
            std::size_t rivals = 1;
            for (const auto& y : amounts) rivals = std::max(rivals, y.rival + 1);
            for (const auto& x : scalars(t.children[0], c))
                for (const auto& y : amounts) {
                    Scalar s = y;
                    s.guard = Ground::all_of({x.guard, y.guard});
                    if (s.guard.kind == K::no) continue;
                    s.rival = x.rival * rivals + y.rival;
                    s.gap = x.gap || y.gap;
                    s.unknown = x.unknown || y.unknown;
                    multiply(s, x.low, x.high);
                    out.push_back(std::move(s));
                }
            if (out.empty()) gap();
            return out;
        }
        case Op::total:
            return total(t, c);
        case Op::travel:
            return travel(t, c);
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
        case Op::dated: {
            for (auto& x : on_day(t, c)) {
                Scalar s;
                s.guard = std::move(x.guard);
                s.rival = x.rival;
                s.gap = x.gap;
                // How long working days are, only the day that they are counted from says.
                s.unknown = x.unknown || x.value.unit == grammar::Unit::working_day;
                if (t.type.kind == rule::Kind::number)
                    s.low = s.high = static_cast<double>(x.value.count);
                else
                    s.set(amount_of(x.value));
                out.push_back(std::move(s));
            }
            return out;
        }
        case Op::policy: {
            if (t.type.kind == rule::Kind::duration) {
                for (const auto& x : terms(t, c)) {
                    Scalar s;
                    s.gap = x.gap;
                    s.unknown = x.unknown || x.value.unit == grammar::Unit::working_day;
                    s.set(amount_of(x.value));
                    one(std::move(s));
                }
                return out;
            }
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
            std::size_t rivals = 1;
            for (const auto& y : b) rivals = std::max(rivals, y.rival + 1);
            for (const auto& x : a)
                for (const auto& y : b) {
                    Scalar s;
                    s.guard = Ground::all_of({x.guard, y.guard});
                    if (s.guard.kind == K::no) continue;
                    s.rival = x.rival * rivals + y.rival;
                    s.gap = x.gap || y.gap;
                    s.unknown = x.unknown || y.unknown;
                    s.weak = s.unknown && x.unknown == x.weak && y.unknown == y.weak;
                    s.by_clock = x.by_clock || y.by_clock;
                    const bool plus = t.text == "+";
                    s.months = plus ? x.months + y.months : x.months - y.months;
                    s.low = plus ? x.low + y.low : x.low - y.high;
                    s.high = plus ? x.high + y.high : x.high - y.low;
                    out.push_back(std::move(s));
                }
            if (out.empty()) gap();
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
            std::size_t rivals = 1;
            for (const auto& o : on) rivals = std::max(rivals, o.rival + 1);
            for (const auto& b : birth)
                for (const auto& o : on) {
                    auto s = age(b, o);
                    s.rival = b.rival * rivals + o.rival;
                    s.guard = Ground::all_of({b.guard, o.guard});
                    out.push_back(std::move(s));
                }
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
            if (t.children[0].op == Op::peers) {
                if (const auto group = group_of(t.children[0], c))
                    number(static_cast<double>(group->members),
                           static_cast<double>(group->members + group->perhaps));
                else
                    gap();
            } else if (t.children[0].type.kind == rule::Kind::record) {
                bool open = false;
                bool missing = false;
                auto items = list_items(t.children[0], c, &open, &missing);
                keep_one_each(items);
                if (missing)
                    gap();
                else
                    number(
                        static_cast<double>(std::count_if(
                            items.begin(), items.end(), [](const Located& l) { return !l.weak; })),
                        open ? HUGE_VAL : static_cast<double>(items.size()));
            } else {
                bool missing = false;
                const auto lists = texts_of(t.children[0], c, &missing);
                if (missing || lists.empty()) {
                    gap();
                    return out;
                }
                for (const auto& list : lists) {
                    const auto n = static_cast<double>(list.texts.size());
                    number(n, list.open ? HUGE_VAL : n);
                    out.back().rival = out.size() - 1;
                }
            }
            return out;
        }
        case Op::cases: {
            const auto guards = case_guards(t, c);
            std::vector<std::vector<Scalar>> each;
            std::size_t rivals = 1;
            for (std::size_t i = 0; i < guards.size(); ++i) {
                if (guards[i].kind == K::no) continue;
                const bool holds = i + 1 < guards.size();
                if (!holds) gap();  // no case holds
                each.push_back(holds ? scalars(t.children[2 * i + 1], c) : std::exchange(out, {}));
                for (auto& s : each.back()) {
                    s.guard = Ground::all_of({guards[i], s.guard});
                    rivals = std::max(rivals, s.rival + 1);
                }
            }
            // A case with fewer rivals stands beside each of another's.
            for (const auto& arm : each) {
                std::size_t own = 1;
                for (const auto& s : arm) own = std::max(own, s.rival + 1);
                for (std::size_t rival = 0; rival < rivals; ++rival)
                    for (auto s : arm)
                        if (s.rival == rival % own) {
                            s.rival = rival;
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
                // Beside a firm one a weak value is a rival: what follows must follow of both.
                const bool all_weak = std::all_of(list.begin(), list.end(), [&](AssertionId id) {
                    return weak(case_.assertion(id));
                });
                for (const auto id : list) {
                    const auto& a = case_.assertion(id);
                    Scalar s;
                    s.unknown = s.weak = all_weak;
                    if (kind == model::FieldKind::boolean) {
                        s.low = s.high = a.value.boolean ? 1 : 0;
                    } else if (kind == model::FieldKind::duration) {
                        s.months = a.value.duration.months;
                        s.by_clock = a.value.duration.by_clock;
                        s.low = s.high = static_cast<double>(a.value.duration.seconds);
                    } else
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

// Completed years from a birth to a day, as a range; a gap where either has no bounds.
Evaluator::Scalar Evaluator::age(const Operand& birth, const Operand& on) {
    Scalar s;
    s.gap = true;
    if (birth.gap || on.gap || !birth.first.point || !on.first.point) return s;
    // Both may be moved: the day two weeks after another, or a day of the calendar itself, which is
    // so many days after the first one of the count.
    const auto days = [](time::Solver& solver, const PointTerm& p) {
        time::DaySet out;
        const auto from = p.offset + p.seconds / time::kSecondsOfDay -
                          (p.seconds % time::kSecondsOfDay < 0 ? 1 : 0);
        const auto to = from + (p.seconds % time::kSecondsOfDay != 0 ? 1 : 0);
        const auto unmoved = solver.days(*p.point);
        for (const auto& w : unmoved.windows())
            out.add({time::plus(w.first, from), time::plus(w.last, to)});
        return out;
    };
    const auto both = [&](time::Solver& solver, const Operand& x) {
        auto out = days(solver, x.first);
        if (!x.last.point) return out;
        const auto last = days(solver, x.last);
        for (const auto& w : last.windows()) out.add(w);
        return out;
    };
    const auto b = both(full_, birth);
    const auto o = both(full_, on);
    if (b.empty() || o.empty() || !bounded(b.hull().first) || !bounded(b.hull().last) ||
        !bounded(o.hull().first) || !bounded(o.hull().last))
        return s;
    s.gap = false;
    // Asked for only where a birthday may be 29 February.
    const auto leap = [](time::Day d) {
        const auto civil = time::to_civil(d);
        return civil.month == 2 && civil.day == 29;
    };
    const bool asks = leap(b.hull().first) || leap(b.hull().last);
    const auto rule29 = asks && convention(time::kLeapBirthday) == 1
                            ? time::LeapBirthday::february_28
                            : time::LeapBirthday::march_1;
    s.low = static_cast<double>(time::completed_years(b.hull().last, o.hull().first, rule29));
    s.high = static_cast<double>(time::completed_years(b.hull().first, o.hull().last, rule29));
    // Computed from a doubtful date: neither this age for certain nor for certain not.
    s.unknown = birth.unknown || on.unknown || birth.beyond != 0 || on.beyond != 0 ||
                (doubt_ && (both(firm_, birth) != b || both(firm_, on) != o));
    return s;
}

std::vector<Ground> Evaluator::case_guards(const Term& t, Context& c) {
    std::vector<Ground> out;
    std::vector<Ground> before;
    auto* trace = c.trace;
    // A case that a weak source denies is not ruled out.
    const bool both = std::exchange(c.open_both_ways, true);
    for (std::size_t i = 0; i + 1 < t.children.size(); i += 2) {
        auto parts = before;
        parts.push_back(ground(t.children[i], c, false));
        out.push_back(Ground::all_of(std::move(parts)));
        c.trace = nullptr;  // told once
        before.push_back(ground(t.children[i], c, true));
        c.trace = trace;
    }
    c.open_both_ways = both;
    out.push_back(Ground::all_of(std::move(before)));
    return out;
}

Ground Evaluator::compare(const Term& t, Context& c, bool negated) {
    const auto left = scalars(t.children[0], c);
    const auto right = scalars(t.children[1], c);
    const auto kind = t.children[0].type.kind;
    const bool durations =
        kind == rule::Kind::duration || t.children[1].type.kind == rule::Kind::duration;
    // Alternatives of one value: one of them is so. Of rivals it is not known which is right.
    std::map<std::pair<std::size_t, std::size_t>, std::vector<Ground>> each;
    for (const auto& a : left)
        for (const auto& b : right) {
            Ground g;
            if (a.gap || b.gap) {
                g = Ground::of(K::gap);
            } else if (a.unknown != a.weak || b.unknown != b.weak) {
                g = Ground::unknown("doubtful", t.written);
            } else if (kind == rule::Kind::number || kind == rule::Kind::duration ||
                       kind == rule::Kind::boolean) {
                // A plain number beside a duration is days.
                const auto beside = [&](const Scalar& s, const Term& of) {
                    return durations && of.type.kind == rule::Kind::number ? in_days(s.amount())
                                                                           : s.amount();
                };
                const auto so =
                    compare_amounts(t.text, beside(a, t.children[0]), beside(b, t.children[1]));
                g = so ? Ground::truth(*so) : Ground::unknown("range", t.written);
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
            if (!a.gap && !b.gap && (a.weak || b.weak)) g = doubted(std::move(g), t, c);
            each[{a.rival, b.rival}].push_back(Ground::all_of({a.guard, b.guard, std::move(g)}));
        }
    if (each.empty()) return Ground::of(K::gap);
    return Ground::of_rivals(each, t.written);
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
        for (const auto id : list) c.reads->stated.insert({id, at.side});
        for (const auto id : list)
            days = days.unite(timeline_.days_of(at.side, case_.assertion(id)));
    }
    if (w.gap || days.empty()) {
        *gap = true;
        return {};
    }
    return days.hull();
}

// That a doubtful value agrees leaves a rule in peace that asks for it, and makes nothing certain.
Ground Evaluator::agrees(const Term& t, Context& c, bool negated) {
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
            // A reference is a value here: what stands at its field, not what it leads to.
            Term whole = x;
            if (x.type.kind == rule::Kind::record) whole.steps.pop_back();
            for (auto end : walk(whole, c).ends) {
                if (x.type.kind == rule::Kind::record) end.field = x.steps.back();
                if (end.field == UINT32_MAX) continue;
                const auto& values = held(end, c);
                if (values.empty()) note_gap(end, c);
                for (const auto id : values) out.emplace_back(id, end.side);
            }
        }
        return out;
    };
    // Two records that no field names: they agree if they are one.
    const auto bare = [](const Term& x) {
        return x.type.kind == rule::Kind::record && x.steps.empty();
    };
    if (bare(t.children[0]) || bare(t.children[1])) {
        Term equal = t;
        equal.op = rule::Op::compare;
        equal.text = "=";
        return compare(equal, c, negated);
    }
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
                        // Two clock times are instants: what they have in common is not a day.
                        if (const auto one = timeline_.one_instant(xs, a, ys, b)) {
                            both = *one;
                            break;
                        }
                        both = !timeline_.days_beside(xs, a, ys, b)
                                    .intersect(timeline_.days_of(ys, b))
                                    .empty();
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
                        both = a.value.number == b.value.number;
                        break;
                    case model::FieldKind::duration:
                        both = a.value.duration == b.value.duration;
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
    auto g = Ground::truth(agree != negated);
    return doubt ? doubted(std::move(g), t, c) : g;
}

}  // namespace antinomy::check
