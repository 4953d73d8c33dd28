#include "check/screen_choice.hpp"

#include <algorithm>

namespace antinomy::check {

using rule::Op;
using Is = Screen::Shape::Value::Is;

int ShapeDates::of(int date, std::uint32_t shape) {
    const auto [known, is_new] = made_.try_emplace({date, shape}, date);
    if (!is_new) return known->second;
    auto d = p_.dates[static_cast<std::size_t>(date)];
    const auto& values = shapes_[shape].values;
    if (d.other_slot == Sketch::kNone || values[d.slot].is != Is::never) return date;
    bool lasts = false;
    for (const auto& [slot, words] : d.lasts) {
        const auto& v = values[slot];
        if (v.is == Is::any) return date;
        lasts = lasts ||
                (v.is == Is::word && std::find(words.begin(), words.end(), v.word) != words.end());
    }
    if (!lasts) {
        d.slot = d.other_slot;
        d.field = d.other_field;
        d.part = 0;
    }
    d.other_slot = Sketch::kNone;
    d.lasts.clear();
    p_.dates.push_back(std::move(d));
    return known->second = static_cast<int>(p_.dates.size() - 1);
}

bool ShapeChoice::ruled_out(const ScreenRule& r, std::size_t bound) {
    const Asserting asserting(*this);
    return std::any_of(r.where.begin(), r.where.end(), [&](const auto& part) {
        return part.second <= bound && is_no(judge(part.first, false).comes);
    });
}

void ShapeChoice::take_out(ScreenRule& r) {
    stated_.clear();
    for (const auto& part : r.where)
        if (asks_for_reference(part.first))
            stated_.insert(
                {part.first.children[0].binding, part.first.children[0].steps.front().slot});
    auto unbound = std::make_shared<std::vector<ScreenNode>>();
    for (const auto& part : r.where) unbound->push_back(part.first);
    std::vector<std::pair<ScreenNode, std::size_t>> where;
    for (auto& [part, needs] : r.where) {
        // These are what the others go by.
        if (asks_for_reference(part)) {
            const auto stated = std::exchange(stated_, {});
            const auto is = judge(part, false);
            stated_ = stated;
            if (!is_yes(is.comes) || !is.settled()) where.emplace_back(part, needs);
            continue;
        }
        const Asserting asserting(*this);
        if (const auto is = judge(part, false); is_yes(is.comes) && is.settled()) continue;
        where.emplace_back(rewrite(part, false), needs);
    }
    r.where = std::move(where);
    r.unbound = std::move(unbound);
    // What references `where` asks for are stated where the rest is asked.
    r.require = rewrite(r.require, false);
    take_out(r.unless);
    for (auto& part : r.where) settle_dates(part.first);
    settle_dates(r.require);
    settle_dates(r.unless);
}

std::optional<Bound> ShapeChoice::follow(const ScreenNode& path, bool& perhaps_nobody) const {
    if (path.op != Op::path || path.closer || path.binding < 0) return Bound{};
    const bool list = !path.steps.empty() && path.steps.back().list;
    const auto way = this->way(path, path.steps.size() - (list ? 1 : 0));
    perhaps_nobody = way.perhaps || way.is != Bound::Is::shape;
    if (way.is != Bound::Is::shape) return Bound{way.is, way.shape};
    if (!list) return Bound{Bound::Is::shape, way.shape};
    const auto& v = shapes_[way.shape].values[path.steps.back().slot];
    if (v.is != Is::never) return Bound{};
    if (way.perhaps) return Bound{Bound::Is::nobody, 0};
    return std::nullopt;
}

bool ShapeChoice::asks_for_reference(const ScreenNode& n) {
    return n.op == Op::known && n.children[0].op == Op::path && !n.children[0].closer &&
           n.children[0].to_record && n.children[0].steps.size() == 1 &&
           !n.children[0].steps.front().list;
}

ShapeChoice::Way ShapeChoice::way(const ScreenNode& path, std::size_t steps) const {
    Way out;
    const auto at = static_cast<std::size_t>(path.binding);
    if (at >= bound_.size()) return out;
    out.is = bound_[at].is;
    out.shape = bound_[at].shape;
    for (std::size_t i = 0; i < steps && out.is == Bound::Is::shape; ++i) {
        const auto& step = path.steps[i];
        const auto& v = shapes_[out.shape].values[step.slot];
        if (step.list) {
            out.is = Bound::Is::any;
        } else if (v.is == Is::never) {
            out.is = Bound::Is::nobody;
            out.noted = true;
        } else if (v.is == Is::record) {
            out.shape = v.shape;
            if (i > 0 || stated_.count({path.binding, step.slot}) == 0) out.perhaps = true;
        } else {
            out.is = Bound::Is::any;
        }
    }
    return out;
}

Beforehand ShapeChoice::judge(const ScreenNode& n, bool negated) {
    if (n.closer) return {};
    const auto finish = [&](Beforehand b) {
        if (negated) b.comes = inverse(b.comes);
        return b;
    };
    switch (n.op) {
        case Op::all:
        case Op::any: {
            const bool every = (n.op == Op::all) != negated;
            Beforehand out = sure(every);
            for (const auto& c : n.children) {
                const auto one = judge(c, negated);
                out.comes = every ? both(out.comes, one.comes) : either(out.comes, one.comes);
                out.silent = out.silent && one.silent;
            }
            out.silent = out.silent || surely(out.comes);
            return out;
        }
        case Op::negate:
            return judge(n.children[0], !negated);
        case Op::boolean:
            return sure((n.number != 0) != negated);
        case Op::some:
        case Op::every:
        case Op::no:
            return quantified(n, negated);
        case Op::relation:
            return relation(n);
        case Op::compare:
            return finish(compare(n));
        case Op::in:
            return in(n, negated);
        case Op::known:
            return finish(known(n.children[0]));
        case Op::pending:
        case Op::doubtful: {
            const auto& x = n.children[0];
            if (x.op != Op::path || x.closer) return {};
            const auto w = way(x, x.steps.size());
            if (w.is != Bound::Is::shape) return {};
            return finish(sure(false, !w.perhaps));
        }
        case Op::certainly:
        case Op::possibly: {
            const bool outer = asserted_;
            asserted_ = outer && !negated;
            auto c = judge(n.children[0], false);
            asserted_ = outer;
            if (is_yes(c.comes) || is_no(c.comes))
                return finish({truth(is_yes(c.comes)), c.silent});
            return {c.comes, false};
        }
        default:
            return {};
    }
}

Beforehand ShapeChoice::quantified(const ScreenNode& n, bool negated) const {
    const auto& list = n.children[0];
    const bool outer = (n.op == Op::some) == negated;
    bool open = true;
    if (list.op == Op::records) {
        if (std::any_of(shapes_.begin(), shapes_.end(),
                        [&](const auto& s) { return s.type == list.type; }))
            return {};
        open = !list.complete;
    } else if (!nobody_listed(list)) {
        return {};
    }
    if (open && !(asserted_ && !outer)) return {};
    return sure(outer);
}

bool ShapeChoice::nobody_listed(const ScreenNode& list) const {
    if (list.op != Op::path || list.closer || !list.to_record || list.binding < 0 ||
        list.steps.empty() || !list.steps.back().list)
        return false;
    const auto w = way(list, list.steps.size() - 1);
    return w.is == Bound::Is::shape && !w.perhaps &&
           shapes_[w.shape].values[list.steps.back().slot].is == Is::never;
}

Beforehand ShapeChoice::known(const ScreenNode& n) const {
    if (n.op != Op::path || n.closer || n.binding < 0) return {};
    const bool list = n.to_record && !n.steps.empty() && n.steps.back().list;
    const auto w = way(n, n.steps.size() - (list ? 1 : 0));
    if (w.is == Bound::Is::nobody) return sure(false, !w.noted && !w.perhaps);
    if (w.is != Bound::Is::shape) return {};
    if (n.to_record && !list) return w.perhaps ? Beforehand{} : sure(true);
    const auto slot = list ? n.steps.back().slot : n.slot;
    switch (shapes_[w.shape].values[slot].is) {
        case Is::never:
            return sure(false, !w.perhaps);
        case Is::word:
            return w.perhaps ? Beforehand{} : sure(true);
        default:
            return {};
    }
}

bool ShapeChoice::missing(const ScreenNode& n) const {
    if (n.op != Op::path || n.closer || n.binding < 0 || n.to_record) return false;
    const auto w = way(n, n.steps.size());
    return w.is == Bound::Is::nobody ||
           (w.is == Bound::Is::shape && shapes_[w.shape].values[n.slot].is == Is::never);
}

bool ShapeChoice::constant(const ScreenNode& n) {
    return !n.closer && !n.gap && !n.untold &&
           (n.op == Op::word || n.op == Op::text || n.op == Op::number || n.op == Op::boolean);
}

Beforehand ShapeChoice::compare(const ScreenNode& n) const {
    const auto& a = n.children[0];
    const auto& b = n.children[1];
    if (a.closer || b.closer) return {};
    if ((missing(a) && constant(b)) || (missing(b) && constant(a))) return {Comes::gap, false};
    if (a.op != Op::path || a.binding < 0) return {};
    const auto w = way(a, a.steps.size());
    if (w.is != Bound::Is::shape || w.perhaps) return {};
    if (a.to_record) {
        if (b.op != Op::path || b.binding < 0 || !b.to_record) return {};
        const auto v = way(b, b.steps.size());
        if (v.is != Bound::Is::shape || v.perhaps) return {};
        if (w.shape != v.shape) return sure(n.text != "=");
        if (shapes_[w.shape].one) return sure(n.text == "=");
        return {};
    }
    const auto& value = shapes_[w.shape].values[a.slot];
    if (value.is != Is::word || (b.op != Op::word && b.op != Op::text)) return {};
    return sure((value.word == b.text) == (n.text == "="));
}

Beforehand ShapeChoice::in(const ScreenNode& n, bool negated) const {
    const auto& item = n.children[0];
    if (item.kind != rule::Kind::record || item.op != Op::path || item.closer || item.binding < 0 ||
        !nobody_listed(n.children[1]) || negated || !asserted_)
        return {};
    const auto w = way(item, item.steps.size());
    if (w.is != Bound::Is::shape || w.perhaps) return {};
    return sure(false);
}

Beforehand ShapeChoice::relation(const ScreenNode& n) const {
    const auto day = [](const ScreenNode& m) {
        return !m.closer &&
               (m.op == Op::day || (m.op == Op::path && m.binding >= 0 && m.first >= 0 &&
                                    std::none_of(m.steps.begin(), m.steps.end(),
                                                 [](const auto& s) { return s.list; })));
    };
    const auto& a = n.children[0];
    const auto& b = n.children[1];
    if (!day(a) || !day(b) || !(never_dated(a) || never_dated(b))) return {};
    return {Comes::gap, false};
}

bool ShapeChoice::never_dated(const ScreenNode& n) const {
    if (n.op != Op::path) return false;
    const auto w = way(n, n.steps.size());
    if (w.is == Bound::Is::nobody) return true;
    if (w.is != Bound::Is::shape) return false;
    const auto& shape = shapes_[w.shape];
    const auto never = [&](int date) {
        const auto& d = p_.dates[static_cast<std::size_t>(date)];
        return shape.values[d.slot].is == Is::never &&
               (d.other_slot == Sketch::kNone || shape.values[d.other_slot].is == Is::never);
    };
    // What `always:` ties to other days may be told all the same.
    return p_.types[shape.type.value].lines.empty() && (never(n.first) || never(n.last));
}

ScreenNode ShapeChoice::rewrite(const ScreenNode& n, bool negated) {
    if (n.closer) return n;
    if (const auto is = judge(n, negated); is.settled() && n.op != Op::boolean) {
        ScreenNode out;
        out.number = is_yes(is.comes) != negated ? 1 : 0;
        return out;
    }
    auto out = n;
    switch (n.op) {
        case Op::all:
        case Op::any: {
            const bool every = (n.op == Op::all) != negated;
            out.children.clear();
            for (const auto& c : n.children) {
                const auto one = judge(c, negated);
                if (!(one.settled() && one.comes == truth(every)))
                    out.children.push_back(rewrite(c, negated));
            }
            return out;
        }
        case Op::negate:
            out.children[0] = rewrite(n.children[0], !negated);
            return out;
        case Op::certainly:
        case Op::possibly: {
            const bool outer = asserted_;
            asserted_ = outer && !negated;
            out.children[0] = rewrite(n.children[0], false);
            asserted_ = outer;
            return out;
        }
        default:
            return out;
    }
}

void ShapeChoice::take_out(std::vector<ScreenException>& all) {
    std::vector<ScreenException> out;
    for (auto& x : all) {
        const Asserting asserting(*this);
        // Of an exception a gap is a "no", and nothing that is missing is noted.
        const auto is = judge(x.when, false).comes;
        if (is_no(is) || is == Comes::gap) continue;
        x.when = rewrite(x.when, false);
        out.push_back(std::move(x));
    }
    all = std::move(out);
    for (auto& x : all) take_out(x.unless);
}

void ShapeChoice::settle_dates(std::vector<ScreenException>& all) {
    for (auto& x : all) {
        settle_dates(x.when);
        settle_dates(x.unless);
    }
}

void ShapeChoice::settle_dates(ScreenNode& n) {
    for (auto& c : n.children) settle_dates(c);
    if (n.op != Op::path || n.closer || n.first < 0 || n.binding < 0) return;
    const auto w = way(n, n.steps.size());
    if (w.is != Bound::Is::shape) return;
    n.first = dates_.of(n.first, w.shape);
    n.last = dates_.of(n.last, w.shape);
}

}  // namespace antinomy::check
