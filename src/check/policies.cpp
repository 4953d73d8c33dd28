// Policies on a day: one alternative for each value that the day leaves open, each under the
// condition that the day lies where that value holds. So the network decides them together with
// all else, and nothing is certain that another day would undo.
#include <algorithm>

#include "check/evaluate.hpp"

namespace antinomy::check {

using rule::Op;
using rule::Term;

namespace {

using K = Ground::Kind;

// Days, and the value that holds on them; none: a gap.
struct Stretch {
    time::Window days;
    const model::PolicyValue* value = nullptr;
};

// The values of a policy with what lies between, before and after them.
std::vector<Stretch> stretches(const model::Policy& policy) {
    std::vector<Stretch> out;
    auto next = time::kEver;  // the first day not told of
    for (const auto& v : policy.values) {
        if (next < v.days.first) out.push_back({{next, plus(v.days.first, -1)}, nullptr});
        out.push_back({v.days, &v});
        if (v.days.last == time::kForever) return out;
        next = plus(v.days.last, 1);
    }
    out.push_back({{next, time::kForever}, nullptr});
    return out;
}

// The point so many days later lies within these days.
Ground within(time::PointId point, std::int64_t offset, const time::Window& days) {
    std::vector<Ground> parts;
    if (bounded(days.first))
        parts.push_back(Ground::difference({point, time::kOrigin, offset - days.first.value}));
    if (bounded(days.last))
        parts.push_back(Ground::difference({time::kOrigin, point, days.last.value - offset}));
    return Ground::all_of(std::move(parts));
}

}  // namespace

std::vector<Evaluator::OnDay> Evaluator::on_day(const Term& t, Context& c) {
    std::vector<OnDay> out;
    const auto known = case_.terms.find(t.text);
    const auto add = [&](Ground guard, std::size_t rival, const model::PolicyValue* value) {
        if (known != case_.terms.end() && value != nullptr)
            c.reads->values_of_law.insert(
                {t.text, static_cast<std::size_t>(value - known->second.values.data())});
        OnDay o;
        o.guard = std::move(guard);
        o.rival = rival;
        o.gap = value == nullptr;
        if (value != nullptr) o.value = *value;
        out.push_back(std::move(o));
    };
    if (known == case_.terms.end()) {
        const auto number = policies_.find(t.text);
        model::PolicyValue value;
        if (number != policies_.end()) value.count = static_cast<std::int64_t>(number->second);
        add(Ground::truth(true), 0, number == policies_.end() ? nullptr : &value);
        return out;
    }
    const auto& policy = known->second;
    if (policy.values.size() == 1 && policy.values.front().days == time::Window{}) {
        add(Ground::truth(true), 0, &policy.values.front());
        return out;
    }
    const auto parts = stretches(policy);
    const auto none = "policies." + t.text;
    for (const auto& o : operands(t.children[0], c)) {
        if (o.gap || o.unknown) {
            add(o.guard, o.rival, nullptr);
            out.back().gap = o.gap;
            out.back().unknown = o.unknown;
            continue;
        }
        const auto point = *o.first.point;
        const auto offset = o.first.offset;
        if (point == time::kOrigin) {
            for (const auto& s : parts) {
                if (!s.days.contains(time::Day{offset})) continue;
                if (s.value == nullptr) c.reads->gaps.insert(none);
                add(o.guard, o.rival, s.value);
            }
            continue;
        }
        // Where nobody dates the day, the network may tell all the same.
        if (!timeline_.dated(point) && !undated_open_) {
            const Stretch* only = nullptr;
            bool undecided = false;
            for (const auto& s : parts) {
                const auto otherwise =
                    fits_firmly(within(point, offset, s.days).formula(false, false).negated());
                if (otherwise == time::Fit::no) only = &s;
                undecided = undecided || otherwise == time::Fit::undecided;
            }
            if (only == nullptr) {
                if (undecided) ++undecided_gaps_;
                c.reads->gaps.insert(timeline_.path(point));
                add(o.guard, o.rival, nullptr);
                continue;
            }
            if (only->value == nullptr) c.reads->gaps.insert(none);
            add(o.guard, o.rival, only->value);
            continue;
        }
        // Days that it may be on, with what is doubtful or without.
        time::Window reach{time::kForever, time::kEver};
        for (auto* solver : {&firm_, &full_}) {
            const auto days = solver->days(point);
            const auto hull = days.empty() ? time::Window{} : days.hull();
            reach.first = std::min(reach.first, plus(hull.first, offset));
            reach.last = std::max(reach.last, plus(hull.last, offset));
        }
        for (const auto& s : parts) {
            if (intersect(s.days, reach).empty()) continue;
            if (s.value == nullptr) c.reads->gaps.insert(none);
            add(Ground::all_of({o.guard, within(point, offset, s.days)}), o.rival, s.value);
        }
    }
    if (out.empty()) add(Ground::truth(true), 0, nullptr);
    return out;
}

std::vector<Evaluator::OnDay> Evaluator::terms(const Term& t, Context& c) {
    if (t.op == Op::dated) return on_day(t, c);
    std::vector<OnDay> out;
    if (t.op == Op::cases) {
        const auto guards = case_guards(t, c);
        for (std::size_t i = 0; i + 1 < guards.size(); ++i) {
            if (guards[i].kind == K::no) continue;
            for (auto& x : terms(t.children[2 * i + 1], c)) {
                x.guard = Ground::all_of({guards[i], x.guard});
                out.push_back(std::move(x));
            }
        }
        if (guards.back().kind != K::no) {
            out.emplace_back();
            out.back().guard = guards.back();
            out.back().gap = true;
        }
        return out;
    }
    OnDay one;
    one.guard = Ground::truth(true);
    if (t.op == Op::duration) {
        one.value.count = t.count;
        one.value.unit = t.unit;
    } else if (const auto it = case_.terms.find(t.text);
               t.op == Op::policy && it != case_.terms.end()) {
        one.value = it->second.values.front();
    } else {
        one.gap = true;
    }
    out.push_back(std::move(one));
    return out;
}

}  // namespace antinomy::check
