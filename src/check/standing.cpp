// Where something was found, in words that others can read again: the view, the names of points,
// what was supposed of them. What `antinomy verify` re-checks.

#include <algorithm>

#include "check/state.hpp"

namespace antinomy::check {

Standing standing_of(const ViewState& v, const Context& context, const time::Enabled* on) {
    const auto& kept = on != nullptr ? *on : context.kept;
    const auto& t = *context.timeline;
    const auto& c = t.file();
    Standing out;
    out.account = account_name(c, v.account);
    out.other = account_name(c, v.other);
    out.every_source = v.every_source;
    out.doubled = v.other.valid() && context.restricted;
    for (const auto& [line, same] : context.world.answers) {
        const auto& i = c.identities[line];
        out.identities.push_back({line, c.record(i.a).path, c.record(i.b).path, same});
    }
    for (std::size_t i = 0; i < time::kConventions; ++i) {
        const auto& convention = time::kConventionTable[i];
        const int word = t.choices()[i];
        if (c.choices[i] < 0 && word >= 0)
            out.counted.push_back(
                {convention.name, convention.words[static_cast<std::size_t>(word)]});
    }
    for (std::uint32_t s = 0; s < kept.size(); ++s) {
        if (kept[s]) continue;
        const auto& o = t.origins()[s];
        if (o.kind == Origin::Kind::value) {
            const auto& a = c.assertion(o.assertion);
            const auto& r = c.record(a.record);
            out.without.push_back(
                {r.path + "." + t.vocabulary().type(r.type).fields[a.field].name, a.span});
        } else if (o.kind == Origin::Kind::order) {
            out.without.push_back({"order", c.orders[o.order].span});
        }
    }
    return out;
}

Holders holders_of(const model::Case& c, const std::vector<ViewState>& views,
                   model::AssertionId id) {
    const auto& a = c.assertion(id);
    Holders out;
    for (const auto& v : views) {
        bool held = false;
        for (const auto& context : v.contexts) {
            const auto& view = context.timeline->view(0);
            if (!view.exists[a.record.value]) continue;
            const auto& here = view.held(c, a.record, a.field);
            if (std::find(here.begin(), here.end(), id) == here.end()) continue;
            held = true;
            out.holds.push_back(standing_of(v, context));
            if (out.timeline == nullptr) out.timeline = context.timeline.get();
        }
        if (held && v.account.valid()) out.accounts.push_back(account_name(c, v.account));
    }
    // What nobody in particular says, and every view holds, is of no account.
    if (!a.by.valid() && out.accounts.size() == views.size()) out.accounts.clear();
    std::sort(out.accounts.begin(), out.accounts.end());
    return out;
}

std::string point_name(const Timeline& t, time::PointId p) {
    if (p == time::kOrigin) return "1970-01-01";
    const auto& of = t.made_for(p);
    if (!of.record.valid()) return {};
    auto name = t.path(p);
    if (t.views().size() > 1 && !t.shared(of.record, of.field))
        name += "@" + account_name(t.file(), t.view(of.side).account);
    return name;
}

Supposed supposed_of(const Timeline& t, const time::Formula& f) {
    using Kind = time::Formula::Kind;
    Supposed out;
    switch (f.kind) {
        case Kind::yes:
            out.kind = Supposed::Kind::yes;
            break;
        case Kind::no:
            out.kind = Supposed::Kind::no;
            break;
        case Kind::leaf:
            out.kind = Supposed::Kind::least;
            out.from = point_name(t, f.leaf.to);
            out.to = point_name(t, f.leaf.from);
            out.min_days = -f.leaf.most;
            break;
        case Kind::all:
        case Kind::any:
            out.kind = f.kind == Kind::all ? Supposed::Kind::all : Supposed::Kind::any;
            for (const auto& p : f.parts) out.parts.push_back(supposed_of(t, p));
            break;
    }
    return out;
}

bool all_named(const Supposed& s) {
    if (s.kind == Supposed::Kind::least) return !s.from.empty() && !s.to.empty();
    return std::all_of(s.parts.begin(), s.parts.end(), all_named);
}

// Are all days that both have in the same zones there, and at the same times? Else an order says
// another distance.
static bool placed_alike(const Timeline& a, const Timeline& b) {
    for (std::uint32_t p = 1; p < a.network().point_count(); ++p) {
        const auto& of = a.made_for(time::PointId{p});
        if (!of.record.valid()) continue;
        const auto other = b.point(of.side, of.record, of.field, of.part);
        if (!other) continue;
        const auto& x = a.place(time::PointId{p});
        const auto& y = b.place(*other);
        const bool same_zone = x.zone == y.zone || (x.zone != nullptr && y.zone != nullptr &&
                                                    x.zone->name == y.zone->name);
        if (!same_zone || x.second != y.second) return false;
    }
    return true;
}

bool serves(const time::Core& core, const Timeline& from, const Context& to, bool firm) {
    const auto& t = *to.timeline;
    const auto& enabled = firm ? to.evaluator->firm_statements() : to.evaluator->statements();
    // By another way of counting the same words say other days.
    if (t.choices() != from.choices()) return false;
    // Where other records are one, the same lines speak of other points.
    if (t.views().size() != from.views().size()) return false;
    for (std::size_t side = 0; side < t.views().size(); ++side)
        if (t.views()[side].same_as != from.views()[side].same_as) return false;
    if (!placed_alike(from, t)) return false;
    time::Enabled cited(enabled.size(), false);
    for (const auto s : core.statements) {
        const auto& o = from.origins()[s.value];
        bool found = false;
        for (std::uint32_t k = 0; k < t.origins().size() && k < enabled.size() && !found; ++k) {
            const auto& x = t.origins()[k];
            found = x.kind == o.kind && x.assertion == o.assertion && x.order == o.order &&
                    x.record == o.record && x.always_line == o.always_line && x.rule == o.rule &&
                    enabled[k];
            if (found) cited[k] = true;
        }
        if (!found) return false;
    }
    // What is the one value here may have rivals there: then it says nothing without them.
    time::Enabled rival(enabled.size(), false);
    time::Enabled counts(enabled.size(), false);
    for (const auto& arms : t.network().one_ofs()) {
        const bool all = std::all_of(arms.begin(), arms.end(), [&](const time::Arm& arm) {
            return !enabled[arm.because.value] || cited[arm.because.value];
        });
        for (const auto& arm : arms) {
            rival[arm.because.value] = true;
            if (all) counts[arm.because.value] = true;
        }
    }
    for (std::size_t k = 0; k < cited.size(); ++k)
        if (cited[k] && rival[k] && !counts[k]) return false;
    return true;
}

std::vector<Step> steps_of(const Timeline& t, const std::vector<time::Step>& steps,
                           const std::map<std::uint32_t, std::size_t>& index) {
    std::vector<Step> out;
    // Begin at a point with a name, where there is one.
    std::size_t begin = 0;
    while (begin < steps.size() && point_name(t, steps[begin].from).empty()) ++begin;
    const bool closed = !steps.empty() && steps.front().from == steps.back().to;
    if (begin == steps.size() || !closed) begin = 0;
    bool inside = false;  // on the way over points without a name
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto& s = steps[(begin + i) % steps.size()];
        if (!inside) {
            out.emplace_back();
            out.back().from = point_name(t, s.from);
        }
        auto& step = out.back();
        step.to = point_name(t, s.to);
        step.min_days += s.least;
        for (const auto b : s.because)
            if (const auto it = index.find(b.value); it != index.end())
                step.because.push_back(it->second);
        std::sort(step.because.begin(), step.because.end());
        step.because.erase(std::unique(step.because.begin(), step.because.end()),
                           step.because.end());
        inside = step.to.empty();
    }
    return out;
}

namespace {

// What ties points to one another, with the statement it comes from.
struct Tie {
    std::vector<std::uint32_t> points;
    std::vector<time::StatementId> because;
};

std::vector<Tie> ties_of(const time::Network& n, const time::Enabled& enabled) {
    std::vector<Tie> ties;
    for (const auto& l : n.links())
        if (enabled[l.because.value])
            ties.push_back({{l.difference.from.value, l.difference.to.value}, {l.because}});
    for (const auto& d : n.day_choices())
        if (enabled[d.because.value]) ties.push_back({{d.point.value}, {d.because}});
    for (const auto& c : n.calendar_choices())
        if (enabled[c.because.value])
            ties.push_back({{c.point.value, c.anchor.value}, {c.because}});
    for (const auto& arms : n.one_ofs()) {
        Tie tie;
        for (const auto& arm : arms) {
            if (!enabled[arm.because.value]) continue;
            tie.because.push_back(arm.because);
            for (const auto& d : arm.differences) {
                tie.points.push_back(d.from.value);
                tie.points.push_back(d.to.value);
            }
        }
        ties.push_back(std::move(tie));
    }
    return ties;
}

// The points that hang together with these by the ties; `used` gets the ties.
std::set<std::uint32_t> reached_from(const std::vector<Tie>& ties, std::size_t count,
                                     const std::set<std::uint32_t>& points,
                                     std::vector<bool>& used) {
    std::vector<std::vector<std::size_t>> of(count);
    for (std::size_t i = 0; i < ties.size(); ++i)
        for (const auto p : ties[i].points) of[p].push_back(i);
    std::set<std::uint32_t> reached(points.begin(), points.end());
    std::vector<std::uint32_t> open(points.begin(), points.end());
    used.assign(ties.size(), false);
    while (!open.empty()) {
        const auto p = open.back();
        open.pop_back();
        if (p == 0) continue;
        for (const auto i : of[p]) {
            if (used[i]) continue;
            used[i] = true;
            for (const auto q : ties[i].points)
                if (reached.insert(q).second) open.push_back(q);
        }
    }
    return reached;
}

}  // namespace

time::Enabled statements_near(const Timeline& t, const time::Enabled& enabled,
                              const std::set<std::uint32_t>& points) {
    const auto ties = ties_of(t.network(), enabled);
    std::vector<bool> used;
    reached_from(ties, t.network().point_count(), points, used);
    time::Enabled out(enabled.size(), false);
    for (std::size_t i = 0; i < ties.size(); ++i)
        if (used[i])
            for (const auto s : ties[i].because) out[s.value] = true;
    return out;
}

std::vector<std::pair<std::string, time::Day>> hanging_together(
    const Timeline& t, const time::Enabled& enabled, const std::set<std::uint32_t>& points,
    const std::vector<time::Day>& dating) {
    std::vector<bool> used;
    const auto reached =
        reached_from(ties_of(t.network(), enabled), t.network().point_count(), points, used);
    std::vector<std::pair<std::string, time::Day>> out;
    for (const auto p : reached) {
        if (p == 0 || p >= dating.size()) continue;
        auto name = point_name(t, time::PointId{p});
        if (!name.empty()) out.emplace_back(std::move(name), dating[p]);
    }
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        return std::tie(a.second, a.first) < std::tie(b.second, b.first);
    });
    return out;
}

std::vector<MadeOf> made_of(const ViewState& v, const Outcome& o) {
    std::vector<MadeOf> out;
    for (const auto& key : o.verdict().reads.fails) {
        const auto it = v.by_key.find(key);
        if (it == v.by_key.end()) continue;
        const auto& other = v.outcomes[it->second];
        if (!other.is_finding()) continue;
        MadeOf m;
        m.rule = other.rule->presumption ? "facts-contradict" : other.rule->id;
        m.at = v.contexts.front().timeline->file().record(other.at()).path;
        m.account = account_name(v.contexts.front().timeline->file(), v.account);
        m.verdict = other.status == Status::certain ? Verdict::certain : Verdict::possible;
        if (std::find(out.begin(), out.end(), m) == out.end()) out.push_back(std::move(m));
    }
    return out;
}

}  // namespace antinomy::check
