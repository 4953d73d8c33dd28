// What needs no split: calendar relations that the plain distances settle before the search, and
// how far out the days can lie that it has to try.

#include <algorithm>
#include <utility>

#include "time/search.hpp"

namespace antinomy::time {
namespace {

// What these links, with the anchor on this day, say of the distance between a point and the
// origin; kNoBound: nothing.
std::int64_t bound_in(const std::vector<Difference>& links, const Difference& goal, PointId anchor,
                      std::int64_t day) {
    auto most = kNoBound;
    for (const Difference& d : links) {
        if (d.from == goal.from && d.to == goal.to) most = std::min(most, d.most);
        if (goal.to == kOrigin && d.from == goal.from && d.to == anchor)
            most = std::min(most, d.most - day);
        if (goal.from == kOrigin && d.from == anchor && d.to == goal.to)
            most = std::min(most, d.most + day);
    }
    return most;
}

}  // namespace

// A relation whose anchor the plain distances leave in one unit (one day, one month ...) is a plain
// distance itself, and may settle the anchor of another: no split repeats it. Counting working days
// has no bound of its own, but has one where the anchor is bounded. A traced search leaves all this
// to the splits, which the proof shows.
void Search::settle_choices() {
    constexpr std::size_t kMost = 256;  // each costs two bounds a round
    if (traced_ || calendar_choices_.size() > kMost) return;
    auto& open = calendar_choices_;
    for (bool more = true; more && !open.empty();) {
        more = false;
        for (std::size_t i = 0; i < open.size();) {
            const bool settled = settle_choice(*open[i]);
            if (impossible_) return;
            more = settled || bound_by_anchor(*open[i]) || more;
            if (impossible_) return;
            if (settled)
                open.erase(open.begin() + static_cast<std::ptrdiff_t>(i));
            else
                ++i;
        }
    }
}

// Do the links keep a point out of these days, and why?
bool Search::keeps_out(PointId p, const Window& days, Refutation& why) {
    const Mark start = mark();
    bool stands = true;
    for (const Difference& d : window_links(p, days))
        stands = stands && push(d, 0, Graph::kAssumed, why);
    back_to(start);
    return !stands;
}

// Links that stay, because of a choice and of what else makes them so.
bool Search::push_because(const std::vector<Difference>& links, Refutation why,
                          StatementId choice) {
    add_reason(why, choice.value);
    std::vector<StatementId> because;
    for (std::uint32_t s = 0; s < statements_; ++s)
        if (why.statements.test(s)) because.push_back(StatementId{s});
    const auto reason = statements_ + static_cast<std::uint32_t>(groups_because_.size());
    groups_because_.push_back(std::move(because));
    for (const Difference& d : links)
        if (!push(d, 0, reason, base_)) return false;
    return true;
}

bool Search::settle_choice(const Network::CalendarChoice& choice) {
    const auto most = graph_.most(kOrigin, choice.anchor);
    const auto least = graph_.most(choice.anchor, kOrigin);
    if (most >= kNoBound || least >= kNoBound || most + least > kWideWindow) return false;
    Window unit;
    const auto cases = calendar_cases(choice, Day{-least}, unit);
    if (cases.size() != 1 || unit.last.value < most) return false;
    Refutation why;
    if (!keeps_out(choice.anchor, {kEver, plus(unit.first, -1)}, why) ||
        !keeps_out(choice.anchor, {plus(unit.last, 1), kForever}, why))
        return false;
    impossible_ = !push_because(cases.front(), std::move(why), choice.because);
    return true;
}

// The later the anchor, the later the days that fit: those of its first and its last day bound
// them. (Months that count on into the next go back by up to three days.) True: a bound is new.
bool Search::bound_by_anchor(const Network::CalendarChoice& choice) {
    const CalendarRelation& r = choice.relation;
    const auto most = graph_.most(kOrigin, choice.anchor);
    const auto least = graph_.most(choice.anchor, kOrigin);
    if (most >= kNoBound || least >= kNoBound || most + least > kWideWindow) return false;
    // Where the calendar says what the outermost anchors count to, it says so of all between them.
    if (r.kind == CalendarRelation::Kind::working_days_after &&
        (!counts(r, Day{-least}) || !counts(r, Day{most})))
        return false;
    const bool back =
        r.kind == CalendarRelation::Kind::months_after && r.month_end != MonthEnd::clamp;
    const auto bound = [&](bool first) {
        const Difference goal{first ? choice.point : kOrigin, first ? kOrigin : choice.point};
        std::int64_t weakest = -kNoBound;
        for (std::int64_t step = 0; step <= (back ? 3 : 0); ++step) {
            const auto day = first ? std::min(-least + step, most) : std::max(most - step, -least);
            Window unit;
            for (const auto& links : calendar_cases(choice, Day{day}, unit))
                weakest = std::max(weakest, bound_in(links, goal, choice.anchor, day));
        }
        if (weakest >= kNoBound || graph_.most(goal.from, goal.to) <= weakest) return false;
        Refutation why;
        if (!keeps_out(choice.anchor, {kEver, Day{-least - 1}}, why) ||
            !keeps_out(choice.anchor, {Day{most + 1}, kForever}, why))
            return false;
        impossible_ =
            !push_because({{goal.from, goal.to, weakest}}, std::move(why), choice.because);
        return true;
    };
    const bool low = bound(true);
    return !impossible_ && (bound(false) || low);
}

// Where nothing but weeks is asked of the calendar, a dating can be drawn together: of a gap
// between neighbouring points wider than all distances and a week, a week can be taken out (points
// on the far side, seen from what is written, move by it), and every constraint is met as before.
// So if there is a dating, there is one in which no gap is wider. (The years that a calendar of
// working days covers count as written; in others nothing but a distance is said.) That holds of
// any part of the constraints, too: what is refuted here rests on the statements that are used, as
// elsewhere.
bool Search::keep_near(Refutation& why) {
    const auto weekly = [](const Network::CalendarChoice* choice) {
        const CalendarRelation& r = choice->relation;
        return r.kind == CalendarRelation::Kind::weekday_near ||
               r.kind == CalendarRelation::Kind::weekday_of ||
               r.kind == CalendarRelation::Kind::working_days_after ||
               (r.kind == CalendarRelation::Kind::unit_of && r.unit == grammar::Unit::week);
    };
    if (calendar_choices_.empty() ||
        !std::all_of(calendar_choices_.begin(), calendar_choices_.end(), weekly))
        return false;
    Window written{kForever, kEver};  // none yet
    std::int64_t farthest = 0;
    const auto writes = [&](Day d) {
        if (!bounded(d)) return;
        written.first = std::min(written.first, d);
        written.last = std::max(written.last, d);
    };
    const auto link = [&](const Difference& d) {
        if (d.most >= kHuge || d.most <= -kHuge) return;
        if (d.from == kOrigin)
            writes(Day{d.most});
        else if (d.to == kOrigin)
            writes(Day{-d.most});
        else
            farthest = std::max(farthest, std::abs(d.most));
        // Its negation is asked for as well.
        if (d.from == kOrigin) writes(Day{d.most + 1});
        if (d.to == kOrigin) writes(Day{-d.most - 1});
    };
    for (const auto& l : graph_.base()) link(l.difference);
    for (std::size_t i = 0; i < graph_.pushed(); ++i) {
        const auto e = graph_.edge(static_cast<std::int32_t>(graph_.base().size() + i));
        link({PointId{e.from}, PointId{e.to}, e.most});
    }
    for (const Group& group : groups_)
        for (const Arm* arm : group.arms)
            for (const Difference& d : arm->differences) link(d);
    std::vector<const Formula*> open;
    for (const Pending& p : pending_) open.push_back(p.any);
    while (!open.empty()) {
        const Formula* f = open.back();
        open.pop_back();
        if (f->kind == Formula::Kind::leaf) link(f->leaf);
        for (const Formula& part : f->parts) open.push_back(&part);
    }
    const auto days = [&](const DaySet& set) {
        for (const Window& w : set.windows()) {
            writes(w.first);
            writes(w.last);
        }
    };
    for (const auto* choice : day_choices_) days(choice->days);
    if (wanted_) days(wanted_->days);
    for (const auto* choice : calendar_choices_) {
        for (const auto& d : calendar_hull(choice->point, choice->anchor, choice->relation))
            link(d);
        if (const auto* calendar = choice->relation.calendar.get();
            calendar != nullptr && !calendar->covered().empty()) {
            writes(calendar->covered().first);
            writes(calendar->covered().last);
            farthest = std::max(farthest, std::abs(choice->relation.count));
        }
    }
    if (written.empty()) written = {Day{0}, Day{0}};
    const auto points = static_cast<std::int64_t>(graph_.size());
    if (farthest > kHuge / (points + 1) - 8) return false;
    const auto out = points * (farthest + 8);
    const Window near{Day{written.first.value - out}, Day{written.last.value + out}};
    for (std::uint32_t p = 1; p < graph_.size(); ++p)
        for (const Difference& d : window_links(PointId{p}, near))
            if (!push(d, 0, Graph::kAssumed, why)) return false;
    return true;
}

}  // namespace antinomy::time
