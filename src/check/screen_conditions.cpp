#include "check/screen_conditions.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "check/ranges.hpp"
#include "time/duration.hpp"

namespace antinomy::check {

using model::FieldKind;
using rule::Kind;
using rule::Op;

namespace {

// Wider windows are not moved by months (check/relations.cpp goes by each day).
constexpr std::int64_t kSpan = 3000;

}  // namespace

// ---------------------------------------------------------------- paths

// Along references that are no lists: the record there; nothing, if one is not stated (a gap,
// noted) or is a list.
std::optional<std::uint32_t> ScreenConditions::straight(const ScreenNode& n, bool& gap) {
    auto at = bindings_[static_cast<std::size_t>(n.binding)];
    if (at == Sketch::kNone) {
        gap = true;
        return std::nullopt;
    }
    for (const auto& step : n.steps)
        if (step.list) return std::nullopt;
    for (const auto& step : n.steps) {
        const auto& v = value(at, step.slot);
        if (!v.there) {
            note(at, step.field);
            gap = true;
            return std::nullopt;
        }
        at = v.record;
    }
    return at;
}

// All records that a path leads to. False: look closer.
bool ScreenConditions::walk(const ScreenNode& n, std::vector<std::uint32_t>& out, bool& open,
                            bool& gap) {
    const auto at = bindings_[static_cast<std::size_t>(n.binding)];
    if (at == Sketch::kNone) {
        gap = true;
        return true;
    }
    out.assign(1, at);
    std::vector<std::uint32_t> next;
    for (const auto& step : n.steps) {
        next.clear();
        const auto add = [&](std::uint32_t r) {
            if (std::find(next.begin(), next.end(), r) == next.end()) next.push_back(r);
        };
        for (const auto r : out) {
            const auto& v = value(r, step.slot);
            if (!v.there) {
                if (step.list) {
                    open = true;
                } else {
                    note(r, step.field);
                    gap = true;
                }
            } else if (step.list) {
                open = open || !v.closed;
                for (std::uint32_t i = 0; i < v.count; ++i) add(s_.listed[v.record + i]);
            } else {
                add(v.record);
            }
        }
        out.swap(next);
    }
    steps_ -= static_cast<std::int64_t>(out.size());
    return steps_ >= 0;
}

// Items of a list of records. False: look closer.
bool ScreenConditions::items_of(const ScreenNode& n, std::vector<std::uint32_t>& out, bool& open,
                                bool& gap) {
    if (n.op == Op::records) {
        out = s_.of_type[n.type.value];
        open = !n.complete;
        return true;
    }
    return n.op == Op::path && !n.closer && n.to_record && walk(n, out, open, gap);
}

// ---------------------------------------------------------------- conditions

Comes ScreenConditions::condition(const ScreenNode& n, bool negated) {
    const auto out = n.closer || --steps_ < 0 ? Comes::closer : ask(n, negated);
    if (out == Comes::closer) tally_.missing.push_back(kWhoKnows);
    return out;
}

Comes ScreenConditions::ask(const ScreenNode& n, bool negated) {
    const auto finish = [&](Comes c) { return negated ? inverse(c) : c; };
    const bool whole = std::exchange(whole_, false);
    switch (n.op) {
        case Op::all:
        case Op::any: {
            const bool every = (n.op == Op::all) != negated;
            const auto start = tally_.missing.size();
            auto out = truth(every);
            for (const auto& c : n.children) {
                whole_ = whole && every;
                const auto one = condition(c, negated);
                out = every ? both(out, one) : either(out, one);
                if (out == truth(!every) || (whole && every && is_no(out))) break;
            }
            whole_ = false;
            if (surely(out)) forget(start);
            return out;
        }
        case Op::negate:
            whole_ = whole;
            return condition(n.children[0], !negated);
        case Op::boolean:
            return truth((n.number != 0) != negated);
        case Op::some:
        case Op::every:
        case Op::no:
            return quantified(n, negated);
        case Op::relation:
            return finish(by_days(relation(n)));
        case Op::compare:
            return finish(compare(n));
        case Op::in:
            return in(n, negated);
        case Op::known:
            return finish(known(n.children[0]));
        case Op::pending:
        case Op::doubtful: {
            // Nothing is, in a sketch; what is missing on the way is noted all the same.
            bool gap = false;
            const auto& x = n.children[0];
            if (x.op != Op::path || x.closer || (!straight(x, gap) && !gap))
                tally_.missing.push_back(kWhoKnows);
            return finish(Comes::surely_no);
        }
        case Op::certainly:
        case Op::possibly: {
            // What is on a day that nobody can tell may be so, and may not.
            if (const auto& x = n.children[0]; x.op == Op::relation && !x.closer) {
                const auto a = moment(x.children[0]);
                const auto b = moment(x.children[1]);
                const bool plain = !a.closer && !b.closer;
                if (plain && (a.untold || b.untold))
                    return a.gap || b.gap ? Comes::gap : finish(truth(n.op == Op::possibly));
            }
            const auto start = tally_.missing.size();
            const bool outer = asserted_;
            asserted_ = outer && !negated;
            const auto c = condition(n.children[0], false);
            asserted_ = outer;
            if (is_yes(c) || is_no(c)) return finish(truth(is_yes(c)));
            // So on some days, and not on others.
            if (c == Comes::closer && on_some_days(n.children[0], n.op == Op::certainly)) {
                forget(start);
                return finish(by_days(truth(n.op == Op::possibly)));
            }
            return c;
        }
        case Op::fails: {
            bool gap = false;
            if (!straight(n.children[0], gap)) return gap ? Comes::gap : Comes::closer;
            return finish(Comes::surely_no);  // of what is quiet no rule finds anything
        }
        case Op::same: {
            bool gap = false;
            const auto a = straight(n.children[0], gap);
            const auto b = straight(n.children[1], gap);
            if (gap) return Comes::gap;
            return a && b ? finish(truth(*a == *b)) : Comes::closer;
        }
        case Op::matches: {
            const auto v = number(n.children[0]);
            if (v.closer || v.by_days) return Comes::closer;
            if (v.gap) return Comes::gap;
            return finish(truth(re2::RE2::PartialMatch(
                re2::StringPiece(v.text.data(), v.text.size()), *n.pattern)));
        }
        case Op::flips:
            return finish(flips(n));
        default:
            return Comes::closer;
    }
}

Comes ScreenConditions::quantified(const ScreenNode& n, bool negated) {
    const bool outer = (n.op == Op::some) == negated;
    const bool inner = n.op == Op::every;
    std::vector<std::uint32_t> items;
    bool open = false;
    bool gap = false;
    if (!items_of(n.children[0], items, open, gap)) return Comes::closer;
    const auto variable = static_cast<std::size_t>(n.binding);
    if (bindings_.size() <= variable) bindings_.resize(variable + 1, Sketch::kNone);
    const auto before = bindings_[variable];
    auto out = truth(outer);
    const auto add = [&](Comes c) { out = outer ? both(out, c) : either(out, c); };
    for (const auto item : items) {
        bindings_[variable] = item;
        add(condition(n.children[1], inner != outer));
    }
    bindings_[variable] = before;
    if (gap) add(Comes::gap);
    if (open && !(asserted_ && !outer)) add(Comes::closer);
    return out;
}

Comes ScreenConditions::known(const ScreenNode& n) {
    if (n.op != Op::path || n.closer) return Comes::closer;
    bool gap = false;
    if (n.to_record && !n.steps.empty() && n.steps.back().list) {
        // A list of records is known if anything is in it.
        auto at = bindings_[static_cast<std::size_t>(n.binding)];
        if (at == Sketch::kNone) return Comes::surely_no;
        for (std::size_t i = 0; i + 1 < n.steps.size(); ++i) {
            const auto& step = n.steps[i];
            const auto& v = value(at, step.slot);
            if (step.list) return Comes::closer;
            if (!v.there) {
                note(at, step.field);
                return Comes::surely_no;
            }
            at = v.record;
        }
        const auto& list = value(at, n.steps.back().slot);
        return list.there && list.count == 0 ? Comes::closer : truth(list.there);
    }
    const auto at = straight(n, gap);
    if (gap) return Comes::surely_no;
    if (!at) return Comes::closer;
    return truth(n.to_record || value(*at, n.slot).there);
}

Comes ScreenConditions::in(const ScreenNode& n, bool negated) {
    const auto& item = n.children[0];
    const auto& list = n.children[1];
    bool open = false;
    bool found = false;
    bool gap = false;  // whose list it is, is not stated
    if (item.kind == Kind::record) {
        bool no_item = false;
        const auto one =
            item.op == Op::path && !item.closer ? straight(item, no_item) : std::nullopt;
        if (!one && !no_item) return Comes::closer;
        std::vector<std::uint32_t> items;
        if (!items_of(list, items, open, gap)) return Comes::closer;
        if (no_item) return Comes::gap;
        found = std::find(items.begin(), items.end(), *one) != items.end();
    } else {
        const auto one = number(item);
        if (one.closer || one.by_days || list.op != Op::path || list.closer) return Comes::closer;
        const auto at = straight(list, gap);
        if (!at) return gap ? Comes::gap : Comes::closer;
        if (one.gap) return Comes::gap;
        const auto& v = value(*at, list.slot);
        open = !v.there || !v.closed;
        for (std::uint32_t i = 0; v.there && i < v.count; ++i)
            found = found || s_.texts[v.record + i] == one.text;
    }
    if (found) return truth(!negated);
    if (gap) return Comes::gap;
    if (open && !(asserted_ && !negated)) return Comes::closer;
    return truth(negated);
}

// ---------------------------------------------------------------- numbers, words

Number ScreenConditions::number(const ScreenNode& n) {
    if (n.closer) return beyond();
    if (n.gap) return missing();
    switch (n.op) {
        case Op::number:
        case Op::boolean:
            return plain(n.number, n.number);
        case Op::text:
        case Op::word: {
            Number out;
            out.text = n.text;
            return out;
        }
        case Op::duration: {
            Number out;
            out.months = n.months;
            out.low = out.high = static_cast<double>(n.seconds);
            out.by_clock = n.by_clock;
            out.untold = n.untold;
            return out;
        }
        case Op::path:
            return of_path(n);
        case Op::sum: {
            const auto a = number(n.children[0]);
            const auto b = number(n.children[1]);
            if (a.closer || b.closer || a.untold || b.untold) return beyond();
            if (a.gap || b.gap) return missing();
            const bool plus = n.text == "+";
            auto out = plain(plus ? a.low + b.low : a.low - b.high,
                             plus ? a.high + b.high : a.high - b.low);
            out.months = plus ? a.months + b.months : a.months - b.months;
            out.by_clock = a.by_clock || b.by_clock;
            out.by_days = a.by_days || b.by_days;
            return out;
        }
        case Op::product: {
            const auto by = number(n.children[0]);
            auto out = number(n.children[1]);
            if (by.closer || out.closer || by.untold || out.untold) return beyond();
            if (by.gap || out.gap) return missing();
            // A range of months, or a part of one, is days: leave it.
            const auto months = static_cast<double>(out.months) * by.low;
            out.by_days = out.by_days || by.by_days;
            if (by.low != by.high || (out.months != 0 && months != std::floor(months)))
                return beyond();
            out.months = static_cast<std::int64_t>(months);
            const auto times = [&](double x) { return x == 0 || by.low == 0 ? 0 : x * by.low; };
            const auto x = times(out.low);
            const auto y = times(out.high);
            out.low = std::min(x, y);
            out.high = std::max(x, y);
            return out;
        }
        case Op::count:
            return count(n.children[0]);
        case Op::total:
            return total(n);
        case Op::age:
            return age(n);
        case Op::width:
        case Op::width_up_to: {
            const auto& x = n.children[0];
            if (x.op != Op::path || x.closer || x.field_kind != FieldKind::day) return beyond();
            const auto m = moment(x);
            if (m.closer || (!m.gap && (m.first.free || m.first.of->narrowed))) return beyond();
            if (m.gap) return missing();
            const bool open = m.first.low <= -Sketch::kOpen || m.first.high >= Sketch::kOpen;
            const auto days = open ? HUGE_VAL : static_cast<double>(m.first.high - m.first.low + 1);
            return plain(n.op == Op::width ? days : 1, days);
        }
        case Op::cases:
            return of_cases(n, missing(), beyond(),
                            [&](const ScreenNode& arm) { return number(arm); });
        default:
            return beyond();
    }
}

Number ScreenConditions::of_path(const ScreenNode& n) {
    bool gap = false;
    const auto at = straight(n, gap);
    if (gap) return missing();
    if (!at) return beyond();
    Number out;
    if (n.to_record) {
        out.record = *at;
        return out;
    }
    const auto& v = value(*at, n.slot);
    if (!v.there) {
        note(*at, n.field);
        return missing();
    }
    if (n.field_list) return beyond();
    if (n.field_kind == FieldKind::duration) {
        out.months = v.months();
        out.low = out.high = static_cast<double>(v.seconds());
        out.by_clock = v.by_clock;
    } else {
        out.low = out.high = v.number;
    }
    out.text = v.text;
    return out;
}

// The value of the case that holds. All conditions are asked, and all values that are not
// surely ruled out, for what is missing to any of them.
template <class Value, class Of>
Value ScreenConditions::of_cases(const ScreenNode& n, const Value& none, const Value& closer,
                                 const Of& of) {
    auto before = Comes::surely_yes;
    std::optional<Value> out;
    bool open = false;
    bool days = false;
    const auto arm = [&](Comes guard, const ScreenNode* value) {
        if (guard == Comes::surely_no) return;
        days = days || !surely(guard);
        open = open || guard == Comes::gap || guard == Comes::closer;
        auto v = value != nullptr ? of(*value) : none;
        if (is_yes(guard))
            out = std::move(v);
        else if (v.closer)
            tally_.missing.push_back(kWhoKnows);
    };
    for (std::size_t i = 0; i + 1 < n.children.size(); i += 2) {
        const auto c = condition(n.children[i], false);
        arm(both(before, c), &n.children[i + 1]);
        before = both(before, inverse(c));
    }
    arm(before, nullptr);
    if (open || !out) return closer;
    out->by_days = out->by_days || days;
    return *out;
}

Number ScreenConditions::count(const ScreenNode& list) {
    if (list.closer) return beyond();
    if (list.kind == Kind::record) {
        std::vector<std::uint32_t> items;
        bool open = false;
        bool gap = false;
        if (!items_of(list, items, open, gap)) return beyond();
        if (gap) return missing();
        const auto many = static_cast<double>(items.size());
        return plain(many, open ? HUGE_VAL : many);
    }
    bool gap = false;
    if (list.op != Op::path) return beyond();
    const auto at = straight(list, gap);
    if (!at) return gap ? missing() : beyond();
    const auto& v = value(*at, list.slot);
    // One text twice is one.
    std::vector<std::string_view> texts;
    for (std::uint32_t i = 0; v.there && i < v.count; ++i)
        if (std::find(texts.begin(), texts.end(), s_.texts[v.record + i]) == texts.end())
            texts.push_back(s_.texts[v.record + i]);
    const auto many = static_cast<double>(texts.size());
    return plain(many, v.there && v.closed ? many : HUGE_VAL);
}

Number ScreenConditions::total(const ScreenNode& n) {
    const auto& list = n.children[0];
    if (list.op != Op::path || list.closer || list.to_record) return beyond();
    std::vector<std::uint32_t> items;
    bool open = false;
    bool gap = false;
    if (!walk(list, items, open, gap) || open || gap) return beyond();
    const bool durations = list.kind == Kind::duration;
    std::vector<Amount> amounts;
    bool lacking = false;
    for (const auto r : items) {
        const auto& v = value(r, list.slot);
        if (!v.there) {
            note(r, list.field);
            lacking = true;
            continue;
        }
        Amount a;
        a.months = durations ? v.months() : 0;
        a.by_clock = v.by_clock;
        a.low = a.high = durations ? static_cast<double>(v.seconds()) : v.number;
        amounts.push_back(a);
    }
    if (lacking || (amounts.empty() && n.text != "sum")) return missing();
    const auto all = total_of(n.text, durations, amounts);
    auto out = plain(all.low, all.high);
    out.months = all.months;
    out.by_clock = all.by_clock;
    return out;
}

Number ScreenConditions::age(const ScreenNode& n) {
    const auto birth = moment(n.children[0]);
    const auto on = moment(n.children[1]);
    if (birth.closer || on.closer || birth.untold || on.untold) return beyond();
    if (birth.gap || on.gap) return missing();
    const auto& b = birth.first;
    const auto& o = on.first;
    if (b.low <= -Sketch::kOpen || b.high >= Sketch::kOpen || o.low <= -Sketch::kOpen ||
        o.high >= Sketch::kOpen)
        return beyond();
    const auto leap = [](std::int64_t day) {
        const auto civil = time::to_civil(time::Day{day});
        return civil.month == 2 && civil.day == 29;
    };
    if ((leap(b.low) || leap(b.high)) && p_.choices[time::kLeapBirthday] < 0) return beyond();
    const auto rule = p_.choices[time::kLeapBirthday] == 1 ? time::LeapBirthday::february_28
                                                           : time::LeapBirthday::march_1;
    const auto years = [&](std::int64_t from, std::int64_t to) {
        return static_cast<double>(time::completed_years(time::Day{from}, time::Day{to}, rule));
    };
    return plain(years(b.high, o.low), years(b.low, o.high));
}

Comes ScreenConditions::compare(const ScreenNode& n) {
    const auto a = number(n.children[0]);
    const auto b = number(n.children[1]);
    if (a.closer || b.closer || a.untold || b.untold) return Comes::closer;
    if (a.gap || b.gap) return Comes::gap;
    // What comes out alike for all cases is settled without the network, what does not is not.
    if (a.by_days || b.by_days) return Comes::closer;
    const auto kind = n.children[0].kind;
    const auto other = n.children[1].kind;
    if (kind == Kind::record) return truth((a.record == b.record) == (n.text == "="));
    const bool durations = kind == Kind::duration || other == Kind::duration;
    if (!durations && kind != Kind::number && kind != Kind::boolean)
        return truth((a.text == b.text) == (n.text == "="));
    const bool days_a = durations && kind == Kind::number;
    const bool days_b = durations && other == Kind::number;
    const auto so = compare_amounts(n.text, days_a ? in_days(a.amount()) : a.amount(),
                                    days_b ? in_days(b.amount()) : b.amount());
    return so ? truth(*so) : Comes::closer;
}

// ---------------------------------------------------------------- time

Point ScreenConditions::point(std::uint32_t record, const ScreenDate& d, bool& gap) {
    Point out;
    const auto [v, part] = effective(record, d, &out.field);
    out.record = record;
    if (!v->there && !v->free) {
        note(record, out.field);
        gap = true;
        return out;
    }
    out.of = v;
    out.part = part;
    out.free = !v->there;
    out.low = v->low[part];
    out.high = v->high[part];
    return out;
}

Moment ScreenConditions::moment(const ScreenNode& n) {
    Moment out;
    const auto constant = [&](std::int64_t day) {
        out.first.low = out.first.high = out.last.low = out.last.high = day;
    };
    if (n.closer) {
        out.closer = true;
        return out;
    }
    switch (n.op) {
        case Op::day:
            constant(n.count);
            return out;
        case Op::path: {
            const auto at = straight(n, out.gap);
            if (out.gap) return out;
            if (!at || n.first < 0) {
                out.closer = true;
                return out;
            }
            bool gap = false;
            out.first = point(*at, p_.dates[static_cast<std::size_t>(n.first)], gap);
            out.last = point(*at, p_.dates[static_cast<std::size_t>(n.last)], gap);
            out.gap = gap;
            return out;
        }
        case Op::earliest:
        case Op::latest: {
            const auto& x = n.children[0];
            const auto m = moment(x);
            if (m.closer || x.op != Op::path || x.field_kind != FieldKind::day || x.to_record ||
                m.first.free || (m.first.of != nullptr && m.first.of->narrowed)) {
                out.closer = true;
            } else if (m.gap) {
                out.gap = true;
            } else {
                constant(n.op == Op::earliest ? m.first.low : m.first.high);
            }
            return out;
        }
        case Op::stretch: {
            const auto from = moment(n.children[0]);
            const auto to = moment(n.children[1]);
            out.closer = from.closer || to.closer;
            out.gap = from.gap || to.gap;
            out.untold = from.untold || to.untold;
            out.first = from.first;
            out.last = to.last;
            return out;
        }
        case Op::sum:
        case Op::deadline:
            return later(n);
        case Op::cases: {
            Moment none;
            none.gap = true;
            Moment beyond_it;
            beyond_it.closer = true;
            return of_cases(n, none, beyond_it, [&](const ScreenNode& arm) { return moment(arm); });
        }
        default:
            out.closer = true;
            return out;
    }
}

// How long a term is; of cases the one that holds.
Number ScreenConditions::length(const ScreenNode& n) {
    if (n.op != Op::cases || !n.term) return number(n);
    return of_cases(n, missing(), beyond(), [&](const ScreenNode& arm) { return length(arm); });
}

Moment ScreenConditions::later(const ScreenNode& n) {
    auto out = moment(n.children[0]);
    const auto term = length(n.children[1]);
    out.closer = out.closer || term.closer || term.by_clock || term.low != term.high;
    out.gap = out.gap || term.gap;
    out.untold = out.untold || term.untold;
    if (out.closer || out.gap || out.untold) return out;
    const auto seconds = static_cast<std::int64_t>(term.low);
    const bool deadline = n.op == Op::deadline;
    const auto sign = n.text == "-" && !deadline ? -1 : 1;
    std::int64_t days = sign * (seconds / time::kSecondsOfDay);
    std::int64_t least = days;
    std::int64_t most = days;
    if (deadline) {
        // Nobody said whether the last day rolls on: only a calendar would tell.
        if (p_.choices[time::kDeadlineRolls] != 0) {
            out.closer = true;
            return out;
        }
        const auto first = p_.choices[time::kDeadlineFirstDay];
        if (first != 0) least -= 1;
        if (first == 1) most -= 1;
    }
    if (term.months == 0 && !deadline) {
        for (auto* p : {&out.first, &out.last}) {
            p->low = moved(p->low, least);
            p->high = moved(p->high, least);
            p->offset += least;
        }
        return out;
    }
    auto& p = out.first;
    if (!out.single() || p.free || p.low <= -Sketch::kOpen || p.high >= Sketch::kOpen ||
        p.high - p.low > kSpan) {
        out.closer = true;
        return out;
    }
    std::pair<std::int64_t, std::int64_t> shifted{p.low, p.high};
    if (term.months != 0) shifted = months_later(p.low, p.high, sign * term.months);
    const auto [low, high] = shifted;
    p.low = low + least;
    p.high = high + most;
    p.of = nullptr;
    p.offset = 0;
    out.last = p;
    return out;
}

// The earliest and the latest day on which so many months after a day of a window may end. A month
// that overflows its end comes after the first days of the next one, so that the ends of the window
// alone do not tell.
std::pair<std::int64_t, std::int64_t> ScreenConditions::months_later(std::int64_t low,
                                                                     std::int64_t high,
                                                                     std::int64_t months) const {
    std::pair<std::int64_t, std::int64_t> out{INT64_MAX, INT64_MIN};
    const auto choice = p_.choices[time::kMonthEnd];
    const auto add = [&](std::int64_t day, time::MonthEnd end) {
        const auto to = time::add_months(time::Day{day}, months, end).value;
        out.first = std::min(out.first, to);
        out.second = std::max(out.second, to);
    };
    if (choice != 1) {
        add(low, time::MonthEnd::clamp);
        if (high != low) add(high, time::MonthEnd::clamp);
    }
    if (choice == 0) return out;
    add(low, time::MonthEnd::overflow);
    add(high, time::MonthEnd::overflow);
    const auto begin = time::to_civil(time::Day{low});
    const auto next = time::to_day({begin.year + begin.month / 12, begin.month % 12 + 1, 1}).value;
    if (next <= high) add(next, time::MonthEnd::overflow);
    const auto end = time::to_civil(time::Day{high});
    const auto last = high - end.day;  // of the month before
    if (last >= low) add(last, time::MonthEnd::overflow);
    return out;
}

bool ScreenConditions::plainly(const ScreenPlain& p) {
    using Is = ScreenPlain::Is;
    const auto& a = p.earlier;
    const auto& b = p.later;
    switch (p.is) {
        case Is::apart: {
            const auto* from = stated(a.binding, a.steps, a.slot);
            if (from == nullptr) return false;
            const auto* to = stated(b.binding, b.steps, b.slot);
            if (to == nullptr) return false;
            auto earlier = from->high[a.part];
            auto later = to->low[b.part];
            if (!a.shifts.empty() && !shifted(a, *from, true, earlier)) return false;
            if (!b.shifts.empty() && !shifted(b, *to, false, later)) return false;
            return later - earlier >= p.days;
        }
        case Is::narrow: {
            const auto* of = stated(a.binding, a.steps, a.slot);
            return of != nullptr && !of->narrowed && of->low[0] > -Sketch::kOpen &&
                   of->high[0] < Sketch::kOpen && of->high[0] - of->low[0] < p.days;
        }
        case Is::stated:
        case Is::not_stated:
            return reaches(a.binding, a.steps, a.slot) == (p.is == Is::stated);
        case Is::same:
        case Is::others: {
            const auto one = reached(a.binding, a.steps);
            const auto other = reached(b.binding, b.steps);
            return one != Sketch::kNone && other != Sketch::kNone &&
                   (one == other) == (p.is == Is::same);
        }
        case Is::word:
        case Is::other_word: {
            const auto* of = stated(a.binding, a.steps, a.slot);
            return of != nullptr && (of->text == p.text) == (p.is == Is::word);
        }
    }
    return false;
}

bool ScreenConditions::shifted(const ScreenPlain::Side& side, const Sketch::Value& v, bool latest,
                               std::int64_t& day) {
    auto low = v.low[side.part];
    auto high = v.high[side.part];
    for (const auto& s : side.shifts) {
        if (low <= -Sketch::kOpen || high >= Sketch::kOpen) return false;
        std::int64_t months = 0;
        std::int64_t days = 0;
        for (const auto& t : s) {
            if (t.binding < 0) {
                months += t.sign * t.months;
                days += t.sign * t.days;
                continue;
            }
            const auto* term = stated(t.binding, t.steps, t.slot);
            if (term == nullptr || term->by_clock) return false;
            months += t.sign * term->months();
            days += t.sign * (term->seconds() / time::kSecondsOfDay);
        }
        if (months != 0) {
            if (high - low > kSpan) return false;
            std::tie(low, high) = months_later(low, high, months);
        }
        low += days;
        high += days;
    }
    day = latest ? high : low;
    return true;
}

// Is y at least so many days after x?
Comes ScreenConditions::at_least(const Point& x, const Point& y, std::int64_t n) {
    if (x.same(y)) return truth(y.offset - x.offset >= n);
    if (y.low > -Sketch::kOpen && x.high < Sketch::kOpen && y.low - x.high >= n)
        return Comes::surely_yes;
    if (y.high < Sketch::kOpen && x.low > -Sketch::kOpen && y.high - x.low < n)
        return Comes::surely_no;
    if (!x.free && !y.free) return Comes::closer;
    // Two days of one record may be tied to each other; bounds of the one tell all only where
    // the other is one day.
    const auto one_day = [](const Point& p) { return p.low == p.high; };
    if (x.record == y.record && x.of != nullptr && y.of != nullptr && !one_day(x) && !one_day(y))
        return Comes::closer;
    ++free_leaves_;
    return Comes::gap;
}

Comes ScreenConditions::relate(const ScreenNode& n, const Moment& a, const Moment& b) {
    using grammar::Bound;
    using grammar::TimeWord;
    if (a.closer || b.closer || a.untold || b.untold) return Comes::closer;
    if (a.gap || b.gap) return Comes::gap;
    if (n.unit == grammar::Unit::hour) return Comes::closer;
    free_leaves_ = 0;
    const auto out = [&]() -> Comes {
        const auto days = n.unit == grammar::Unit::week ? 7 * n.count : n.count;
        switch (n.word) {
            case TimeWord::before:
                return at_least(a.last, b.first, 1);
            case TimeWord::after:
                return at_least(b.last, a.first, 1);
            case TimeWord::not_before:
                return inverse(at_least(a.last, b.first, 1));
            case TimeWord::not_after:
                return inverse(at_least(b.last, a.first, 1));
            case TimeWord::same_day:
            case TimeWord::not_same_day: {
                auto same = both(at_least(a.first, b.first, 0), at_least(b.first, a.first, 0));
                if (!(a.single() && b.single()))
                    same =
                        both(same, both(at_least(a.last, b.last, 0), at_least(b.last, a.last, 0)));
                return n.word == TimeWord::same_day ? same : inverse(same);
            }
            case TimeWord::distance: {
                if (n.unit != grammar::Unit::day && n.unit != grammar::Unit::week)
                    return Comes::closer;
                const auto& from = n.after ? b.last : a.last;
                const auto& to = n.after ? a.first : b.first;
                auto c = at_least(from, to, n.bound == Bound::at_most ? 0 : days);
                if (n.bound != Bound::at_least) c = both(c, inverse(at_least(from, to, days + 1)));
                return c;
            }
            case TimeWord::within:
                if (n.text == "contains")
                    return both(at_least(a.first, b.first, 0), at_least(b.last, a.last, 0));
                if (n.text == "near") {
                    if (n.unit != grammar::Unit::day && n.unit != grammar::Unit::week)
                        return Comes::closer;
                    return both(inverse(at_least(b.last, a.first, days + 1)),
                                inverse(at_least(a.last, b.first, days + 1)));
                }
                return both(at_least(b.first, a.first, 0), at_least(a.last, b.last, 0));
            case TimeWord::overlaps:
                return both(at_least(a.first, b.last, 0), at_least(b.first, a.last, 0));
            default:
                return Comes::closer;
        }
    }();
    if (out != Comes::gap) return out;
    // Each of several distances may be open, and all of them together not.
    if (free_leaves_ > 1 && !(a.single() && b.single())) return Comes::closer;
    free_ = true;
    for (const auto* p : {&a.first, &a.last, &b.first, &b.last})
        if (p->free) note(p->record, p->field, p->part + 1);
    return out;
}

// Is a condition that comes out `closer` so on some days and not on others, as far as it takes to
// deny that it is certain (`all`), or to say that it is possible? Of a conjunction one part is
// enough for the former, of an alternative for the latter, if nothing is missing to the others.
bool ScreenConditions::on_some_days(const ScreenNode& n, bool all) {
    if (n.op == Op::relation) return !n.closer && on_some_days(n);
    if (n.op != (all ? Op::all : Op::any)) return false;
    bool any = false;
    for (const auto& c : n.children) {
        const auto start = tally_.missing.size();
        const auto one = condition(c, false);
        forget(start);
        if (all ? is_yes(one) : is_no(one)) continue;
        if (one != Comes::closer || c.closer || c.op != Op::relation || !on_some_days(c))
            return false;
        any = true;
    }
    return any;
}

// Likewise of a relation: one day that is stated beside one of the calendar, or beside another of
// another record. Whatever day of its window either is, nothing else keeps it from being that;
// where differences of two windows hold days on either side, each of them may be it.
bool ScreenConditions::on_some_days(const ScreenNode& n) {
    if (n.unit == grammar::Unit::hour) return false;
    const auto a = moment(n.children[0]);
    const auto b = moment(n.children[1]);
    if (a.closer || b.closer || a.untold || b.untold || a.gap || b.gap) return false;
    const auto fixed = [](const Moment& m) {
        return m.single() && m.first.of == nullptr && m.first.low == m.first.high;
    };
    const auto stated = [](const Moment& m) {
        return m.single() && m.first.of != nullptr && !m.first.free;
    };
    const bool two = stated(a) && stated(b) && a.first.record != b.first.record;
    if (!two && !(fixed(a) && stated(b)) && !(stated(a) && fixed(b))) return false;
    return relate(n, a, b) == Comes::closer;
}

Comes ScreenConditions::relation(const ScreenNode& n) {
    const auto a = moment(n.children[0]);
    const auto b = moment(n.children[1]);
    return relate(n, a, b);
}

// Could two days turn round if an assumed zone were not theirs? Only days that are next to each
// other could.
Comes ScreenConditions::flips(const ScreenNode& n) {
    const auto a = moment(n.children[0]);
    const auto b = moment(n.children[1]);
    if (a.closer || b.closer || a.untold || b.untold) return Comes::closer;
    if (a.gap || b.gap) return Comes::gap;
    constexpr std::int64_t kFar = 4;  // zones are at most 26 hours apart
    const auto never = [&](const Point& x, const Point& y) {
        if (x.same(y)) return true;
        const bool early = y.high < Sketch::kOpen && x.low > -Sketch::kOpen && y.high < x.low + 1;
        const bool late =
            y.low > -Sketch::kOpen && x.high < Sketch::kOpen && y.low - x.high >= kFar;
        return early || late;
    };
    if (!never(a.last, b.first) || !never(b.last, a.first)) return Comes::closer;
    const auto settled = [](const Point& x, const Point& y) {
        return x.same(y) || x.of == nullptr || y.of == nullptr;
    };
    return settled(a.last, b.first) && settled(b.last, a.first) ? Comes::surely_no : Comes::no;
}

}  // namespace antinomy::check
