#include "time/search.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace antinomy::time {
namespace {

bool enabled(const Enabled& set, StatementId s) {
    return s.value >= set.size() || set[s.value];
}

// A formula's depth comes from a condition, whose grammar bounds it; here it only guards the walks.
void check_depth(const Formula& formula) {
    std::vector<std::pair<const Formula*, int>> open{{&formula, 1}};
    while (!open.empty()) {
        auto [f, depth] = open.back();
        open.pop_back();
        if (depth > Search::kMaxDepth) throw std::length_error("a formula is nested too deeply");
        for (const Formula& part : f->parts)
            if (!part.parts.empty()) open.emplace_back(&part, depth + 1);
    }
}

std::int64_t largest_of(const Formula& formula) {
    std::int64_t largest = 0;
    std::vector<const Formula*> open{&formula};
    while (!open.empty()) {
        const Formula* f = open.back();
        open.pop_back();
        if (f->kind == Formula::Kind::leaf)
            largest = std::max(largest, std::abs(std::clamp(f->leaf.most, -kHuge, kHuge)));
        for (const Formula& part : f->parts) open.push_back(&part);
    }
    return largest;
}

Day nearest(const DaySet& days, Day d) {
    if (days.empty() || days.contains(d)) return d;
    const auto& windows = days.windows();
    auto above = std::lower_bound(windows.begin(), windows.end(), d,
                                  [](const Window& w, Day day) { return w.last < day; });
    if (above == windows.begin()) return above->first;
    Day below = (above - 1)->last;
    if (above == windows.end()) return below;
    return d.value - below.value <= above->first.value - d.value ? below : above->first;
}

DaySet moved(const DaySet& days, std::int64_t by) {
    if (by == 0) return days;
    DaySet out;
    for (const Window& w : days.windows()) out.add({plus(w.first, by), plus(w.last, by)});
    return out;
}

}  // namespace

Search::Search(const Network& network, const Enabled& on, const Enabled* whole, bool traced)
    : network_(&network),
      statements_(static_cast<std::uint32_t>(network.statement_count())),
      graph_(network.point_count(), build(on, whole)),
      traced_(traced) {
    place(graph_.base());
    if (!graph_.settle()) {
        explain_cycle(base_);
        impossible_ = true;
        return;
    }
    settle_choices();
    if (impossible_) return;
    order_choices();
    // A dating that meets the choices too is the better start for every question.
    if (!choiceless()) {
        Mark base = mark();
        tests_ = 0;
        refutation_.clear();
        Fit fit = run();
        if (fit == Fit::yes) dating_ = graph_.dating();
        back_to(base);
        if (fit == Fit::yes) graph_.adopt(dating_);
        if (fit == Fit::no) {
            impossible_ = true;
            base_ = refutation_;
        }
    }
    graph_.adopt(graph_.dating());
}

// Splits what is tied to the calendar first: an anchor that nothing bounds may be bound by what
// another relation makes of its own anchor, and has years without end to try as long as it is not.
void Search::order_choices() {
    constexpr std::size_t kMost = 256;  // each costs two bounds
    if (calendar_choices_.size() < 2 || calendar_choices_.size() > kMost) return;
    std::vector<std::pair<std::int64_t, const Network::CalendarChoice*>> widths;
    for (const auto* choice : calendar_choices_) {
        const auto most = graph_.most(kOrigin, choice->anchor);
        const auto least = graph_.most(choice->anchor, kOrigin);
        widths.emplace_back(most >= kNoBound || least >= kNoBound ? kNoBound : most + least,
                            choice);
    }
    std::stable_sort(widths.begin(), widths.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 0; i < widths.size(); ++i) calendar_choices_[i] = widths[i].second;
}

std::shared_ptr<const Graph::Links> Search::build(const Enabled& on, const Enabled* whole) {
    const Network& n = *network_;
    Graph::Links links;
    // The network outlives the search: where all its links count, they need no copy.
    const bool all = n.one_ofs().empty() &&
                     std::all_of(on.begin(), on.end(), [](bool enabled) { return enabled; });
    if (!all) {
        links.reserve(n.links().size());
        for (const auto& link : n.links())
            if (enabled(on, link.because)) links.push_back(link);
    }
    plain_links_ = all ? n.links().size() : links.size();
    for (const auto& choice : n.day_choices())
        if (enabled(on, choice.because)) day_choices_.push_back(&choice);
    for (const auto& choice : n.calendar_choices())
        if (enabled(on, choice.because)) calendar_choices_.push_back(&choice);

    auto enlarge = [&](const Difference& d) {
        if (d.most < kHuge) largest_ = std::max(largest_, std::abs(std::max(d.most, -kHuge)));
    };
    for (const auto& arms : n.one_ofs()) {
        Group group;
        bool complete = true;
        std::vector<StatementId> because;
        for (const Arm& arm : arms) {
            if (enabled(on, arm.because)) {
                group.arms.push_back(&arm);
                because.push_back(arm.because);
            } else if (whole != nullptr && enabled(*whole, arm.because)) {
                complete = false;
            }
        }
        if (group.arms.empty() || !complete) continue;
        std::sort(because.begin(), because.end());
        because.erase(std::unique(because.begin(), because.end()), because.end());
        group.reason = statements_ + static_cast<std::uint32_t>(groups_because_.size());
        groups_because_.push_back(std::move(because));
        const StatementId reason{group.reason};
        if (group.arms.size() == 1) {  // no choice: all of it holds
            for (const Difference& d : group.arms.front()->differences)
                links.push_back({d, reason});
            continue;
        }
        // What all arms bound is a plain difference.
        for (const Difference& d : group.arms.front()->differences) {
            std::int64_t weakest = -kNoBound;
            for (const Arm* arm : group.arms) {
                std::int64_t most = kNoBound;
                for (const Difference& other : arm->differences)
                    if (other.from == d.from && other.to == d.to) most = std::min(most, other.most);
                weakest = std::max(weakest, most);
            }
            if (weakest < kHuge) links.push_back({{d.from, d.to, weakest}, reason});
        }
        for (const Arm* arm : group.arms)
            for (const Difference& d : arm->differences) enlarge(d);
        groups_.push_back(std::move(group));
    }
    for (const auto& link : all ? n.links() : links) enlarge(link.difference);
    for (const auto* choice : day_choices_) {
        // Windows are in order, so the outermost are the farthest; `XXXX-11-04` has 10,000.
        for (const Window& w : {choice->days.windows().front(), choice->days.windows().back()}) {
            if (bounded(w.first)) largest_ = std::max(largest_, std::abs(w.first.value));
            if (bounded(w.last)) largest_ = std::max(largest_, std::abs(w.last.value));
        }
    }
    // Beyond the years that a calendar of working days covers, all years are alike.
    for (const auto* choice : calendar_choices_) {
        if (!choice->relation.calendar || choice->relation.calendar->covered().empty()) continue;
        const Window w = choice->relation.calendar->covered();
        largest_ = std::max({largest_, std::abs(w.first.value), std::abs(w.last.value)});
    }
    if (all) return {std::shared_ptr<const Graph::Links>{}, &n.links()};
    return std::make_shared<const Graph::Links>(std::move(links));
}

void Search::place(const Graph::Links& links) {
    const Network& n = *network_;
    // Where the points start: at the first day of their window; what has none, or nearly none, in
    // the middle of the others.
    std::vector<Window> windows(n.point_count());
    auto narrow = [&](const Difference& d) {
        if (d.most >= kHuge || d.most <= -kHuge) return;
        if (d.from == kOrigin && d.to != kOrigin)
            windows[d.to.value].last = std::min(windows[d.to.value].last, Day{d.most});
        if (d.to == kOrigin && d.from != kOrigin)
            windows[d.from.value].first = std::max(windows[d.from.value].first, Day{-d.most});
    };
    for (const auto& link : links) narrow(link.difference);
    auto wide = [](const Window& w) {
        return !bounded(w.first) || !bounded(w.last) || w.last.value - w.first.value > kWideWindow;
    };
    std::vector<Day> known;
    for (const Window& w : windows)
        if (!w.empty() && !wide(w)) known.push_back(w.first);
    if (known.empty()) {
        for (const Window& w : windows) {
            if (bounded(w.first)) known.push_back(w.first);
            if (bounded(w.last)) known.push_back(w.last);
        }
    }
    Day middle{0};
    if (!known.empty()) {
        auto half = known.begin() + static_cast<std::ptrdiff_t>(known.size() / 2);
        std::nth_element(known.begin(), half, known.end());
        middle = *half;
    }
    for (std::uint32_t p = 1; p < n.point_count(); ++p) {
        const Window& w = windows[p];
        Day d = wide(w) ? std::max(w.first, std::min(w.last, middle)) : w.first;
        // All at once, points only go down.
        if (graph_.at_once() && bounded(w.last)) d = std::max(d, w.last);
        graph_.place(PointId{p}, d);
    }
    // Two passes of moving points within their windows save most of the mending.
    auto settle = [&](const Difference& d) {
        if (d.from == kOrigin || d.to == kOrigin || d.most >= kHuge || d.most <= -kHuge) return;
        std::int64_t over = graph_.day(d.to).value - graph_.day(d.from).value - d.most;
        if (over <= 0) return;
        const Window& to = windows[d.to.value];
        std::int64_t down =
            bounded(to.first) ? std::min(over, graph_.day(d.to).value - to.first.value) : over;
        down = std::max<std::int64_t>(0, down);
        graph_.place(d.to, Day{graph_.day(d.to).value - down});
        const Window& from = windows[d.from.value];
        std::int64_t up = over - down;
        if (bounded(from.last)) up = std::min(up, from.last.value - graph_.day(d.from).value);
        if (up > 0) graph_.place(d.from, Day{graph_.day(d.from).value + up});
    };
    if (!graph_.at_once()) {
        for (std::size_t i = plain_links_; i-- > 0;) settle(links[i].difference);
        for (std::size_t i = 0; i < plain_links_; ++i) settle(links[i].difference);
    }
    for (const auto* choice : day_choices_)
        if (choice->point != kOrigin)
            graph_.place(choice->point, nearest(choice->days, graph_.day(choice->point)));
}

void Search::add_reason(Refutation& why, std::uint32_t reason) const {
    if (reason == Graph::kAssumed) return;
    if (reason < statements_) {
        why.statements.set(reason);
        return;
    }
    for (StatementId s : groups_because_[reason - statements_]) why.statements.set(s.value);
}

void Search::explain_cycle(Refutation& why) const {
    for (std::int32_t e : graph_.cycle()) {
        const Graph::Edge link = graph_.edge(e);
        if (link.level > 0) why.levels.set(link.level);
        add_reason(why, link.reason);
    }
}

bool Search::push(const Difference& d, std::uint32_t level, std::uint32_t reason, Refutation& why) {
    if (graph_.push(d, level, reason)) return true;
    explain_cycle(why);
    return false;
}

bool Search::push(const Formula& formula, std::uint32_t level, Refutation& why) {
    std::vector<const Formula*> open{&formula};
    while (!open.empty()) {
        const Formula* f = open.back();
        open.pop_back();
        switch (f->kind) {
            case Formula::Kind::yes:
                break;
            case Formula::Kind::no:
                if (level > 0) why.levels.set(level);
                return false;
            case Formula::Kind::leaf:
                if (f->leaf.most <= -kNoBound) {
                    if (level > 0) why.levels.set(level);
                    return false;
                }
                if (!push(f->leaf, level, Graph::kAssumed, why)) return false;
                break;
            case Formula::Kind::all:
                for (const Formula& part : f->parts) open.push_back(&part);
                break;
            case Formula::Kind::any:
                if (f->parts.size() == 1)
                    open.push_back(&f->parts.front());
                else
                    pending_.push_back({f, level});
                break;
        }
    }
    return true;
}

bool Search::push_alternative(const Alternative& a, std::uint32_t level, Refutation& why) {
    for (const Difference& d : a.links)
        if (!push(d, level, a.reason, why)) return false;
    return a.formula == nullptr || push(*a.formula, level, why);
}

// Depth is bounded by check_depth.
bool Search::holds(const Formula& f) const {
    switch (f.kind) {
        case Formula::Kind::yes:
            return true;
        case Formula::Kind::no:
            return false;
        case Formula::Kind::leaf:
            return f.leaf.most > -kNoBound && holds(f.leaf);
        case Formula::Kind::all:
            return std::all_of(f.parts.begin(), f.parts.end(),
                               [&](const Formula& part) { return holds(part); });
        case Formula::Kind::any:
            return std::any_of(f.parts.begin(), f.parts.end(),
                               [&](const Formula& part) { return holds(part); });
    }
    return false;
}

bool Search::split_days(const Network::DayChoice& choice, std::uint32_t reason, Split& split) {
    Day d = graph_.day(choice.point);
    if (choice.days.contains(d)) return false;
    const auto& windows = choice.days.windows();
    auto above = std::lower_bound(windows.begin(), windows.end(), d,
                                  [](const Window& w, Day day) { return w.last < day; });
    Alternative lower;
    Alternative upper;
    lower.reason = upper.reason = reason;
    if (above != windows.begin())
        lower.links = window_links(choice.point, {kEver, (above - 1)->last});
    if (above != windows.end()) upper.links = window_links(choice.point, {above->first, kForever});
    const bool has_lower = above != windows.begin();
    const bool has_upper = above != windows.end();
    const bool lower_first =
        has_lower && has_upper && d.value - (above - 1)->last.value <= above->first.value - d.value;
    if (lower_first) split.alternatives.push_back(std::move(lower));
    if (has_upper) split.alternatives.push_back(std::move(upper));
    if (!lower_first && has_lower) split.alternatives.push_back(std::move(lower));
    add_reason(split.refutation, reason);
    return true;
}

bool Search::split_calendar(const Network::CalendarChoice& choice, std::uint32_t reason,
                            Split& split) {
    Day anchor = graph_.day(choice.anchor);
    if (time::holds(choice.relation, graph_.day(choice.point), anchor)) return false;
    Window unit;
    for (auto& links : calendar_cases(choice, anchor, unit))
        split.alternatives.push_back({std::move(links), nullptr, reason});
    split.alternatives.push_back(
        {window_links(choice.anchor, {kEver, plus(unit.first, -1)}), nullptr, reason});
    split.alternatives.push_back(
        {window_links(choice.anchor, {plus(unit.last, 1), kForever}), nullptr, reason});
    add_reason(split.refutation, reason);
    return true;
}

bool Search::next_split(Split& split) {
    split.mark = mark();
    for (std::size_t i = 0; i < pending_.size(); ++i) {
        Pending& p = pending_[i];
        if (p.closed || holds(*p.any)) continue;
        for (const Formula& part : p.any->parts)
            split.alternatives.push_back({{}, &part, Graph::kAssumed});
        if (p.level > 0) split.refutation.levels.set(p.level);
        split.closes = i;
        p.closed = true;
        return true;
    }
    for (const Group& group : groups_) {
        bool met = std::any_of(group.arms.begin(), group.arms.end(), [&](const Arm* arm) {
            return std::all_of(arm->differences.begin(), arm->differences.end(),
                               [&](const Difference& d) { return holds(d); });
        });
        if (met) continue;
        for (const Arm* arm : group.arms)
            split.alternatives.push_back({arm->differences, nullptr, group.reason});
        add_reason(split.refutation, group.reason);
        return true;
    }
    if (wanted_ && split_days(*wanted_, Graph::kAssumed, split)) return true;
    for (const auto* choice : day_choices_)
        if (split_days(*choice, choice->because.value, split)) return true;
    for (const auto* choice : calendar_choices_)
        if (split_calendar(*choice, choice->because.value, split)) return true;
    return false;
}

bool Search::refuted(std::vector<Split>& splits, Refutation why) {
    for (;;) {
        if (splits.empty()) {
            refutation_ = std::move(why);
            return false;
        }
        Split& split = splits.back();
        back_to(split.mark);
        const auto level = static_cast<std::size_t>(splits.size());
        if (why.levels.test(level)) {
            why.levels.reset(level);
            split.refutation.merge(why);
            if (traced_) split.refuted_by.push_back(why.proof);
            return true;
        }
        if (split.closes) pending_[*split.closes].closed = false;
        splits.pop_back();
    }
}

Fit Search::run() {
    Fit fit = search();
    for (Pending& p : pending_) p.closed = false;
    return fit;
}

Fit Search::search() {
    std::vector<Split> splits;
    for (;;) {
        Split fresh;
        if (!next_split(fresh)) return Fit::yes;
        splits.push_back(std::move(fresh));
        for (;;) {
            Split& split = splits.back();
            Refutation why;
            if (split.next == split.alternatives.size()) {
                // Every alternative failed: it failed for what they failed for.
                why = std::move(split.refutation);
                if (traced_) {
                    why.proof = static_cast<std::int32_t>(proofs_.size());
                    proofs_.push_back({std::move(split.alternatives), std::move(split.refuted_by)});
                }
                if (split.closes) pending_[*split.closes].closed = false;
                splits.pop_back();
            } else {
                if (++tests_ > Solver::kTests) return Fit::undecided;
                const Alternative& next = split.alternatives[split.next++];
                if (push_alternative(next, static_cast<std::uint32_t>(splits.size()), why)) break;
            }
            if (!refuted(splits, std::move(why))) return Fit::no;
        }
    }
}

Fit Search::fits(const Formula& formula) {
    if (impossible_) return Fit::no;
    check_depth(formula);
    tests_ = 0;
    refutation_.clear();
    proofs_.clear();
    Mark base = mark();
    Fit fit = Fit::no;
    if (push(formula, 0, refutation_)) {
        const Mark pushed = mark();
        fit = run();
        if (fit == Fit::undecided && !traced_) {
            // Weeks without a year were tried one by one, and there is no last one.
            back_to(pushed);
            refutation_.clear();
            tests_ = 0;
            if (keep_near(refutation_)) fit = run();
        }
    }
    if (fit == Fit::yes) dating_ = graph_.dating();
    back_to(base);
    return fit;
}

std::vector<Difference> Search::chosen(const std::vector<const Network::DayChoice*>& days) const {
    std::vector<Difference> links;
    auto take = [&](const std::vector<Difference>& more) {
        links.insert(links.end(), more.begin(), more.end());
    };
    auto all_hold = [&](const std::vector<Difference>& differences) {
        return std::all_of(differences.begin(), differences.end(),
                           [&](const Difference& d) { return holds(d); });
    };
    std::vector<const Formula*> open;
    for (const Pending& p : pending_) open.push_back(p.any);
    while (!open.empty()) {
        const Formula* f = open.back();
        open.pop_back();
        if (f->kind == Formula::Kind::leaf) {
            links.push_back(f->leaf);
        } else if (f->kind == Formula::Kind::all) {
            for (const Formula& part : f->parts) open.push_back(&part);
        } else if (f->kind == Formula::Kind::any) {
            for (const Formula& part : f->parts) {
                if (!holds(part)) continue;
                open.push_back(&part);
                break;
            }
        }
    }
    for (const Group& group : groups_) {
        for (const Arm* arm : group.arms) {
            if (!all_hold(arm->differences)) continue;
            take(arm->differences);
            break;
        }
    }
    for (const auto* choice : days) {
        const auto& windows = choice->days.windows();
        auto it = std::lower_bound(windows.begin(), windows.end(), graph_.day(choice->point),
                                   [](const Window& w, Day day) { return w.last < day; });
        if (it != windows.end()) take(window_links(choice->point, *it));
    }
    for (const auto* choice : calendar_choices_) {
        Window unit;
        for (const auto& differences : calendar_cases(*choice, graph_.day(choice->anchor), unit)) {
            if (!all_hold(differences)) continue;
            take(differences);
            break;
        }
    }
    return links;
}

std::int64_t Search::most_with(const std::vector<Difference>& links, PointId a, PointId b) {
    Mark start = mark();
    Refutation ignored;
    for (const Difference& d : links) push(d, 0, Graph::kAssumed, ignored);
    std::int64_t most = graph_.most(a, b);
    back_to(start);
    return most;
}

// The most that b - a can be over the datings of the network and the assumption as pushed; one of
// them has `best`.
std::int64_t Search::highest(PointId a, PointId b, std::int64_t best, bool& exact) {
    const std::int64_t hull = graph_.most(a, b);
    if (best >= hull) return best;
    // Is there a dating with b - a >= least? If so, the most of its branch.
    auto probe = [&](std::int64_t least) -> std::optional<std::int64_t> {
        Mark start = mark();
        Refutation ignored;
        Fit fit = Fit::no;
        if (push({b, a, -least}, 0, Graph::kAssumed, ignored)) fit = run();
        std::vector<Difference> links;
        if (fit == Fit::yes) links = chosen(day_choices_);
        back_to(start);
        if (fit == Fit::undecided) exact = false;
        if (fit != Fit::yes) return std::nullopt;
        return most_with(links, a, b);
    };
    std::int64_t upper = hull;
    if (hull >= kNoBound) {
        // Beyond all distances added up there is a gap that no link spans: what lies above it can
        // be moved up by 400 years as often as one likes.
        auto points = static_cast<std::int64_t>(graph_.size()) + 1;
        if (largest_ >= kHuge / points - 1) {
            exact = false;
            return hull;
        }
        upper = (largest_ + 1) * points;
        if (probe(upper)) return kNoBound;
        --upper;
    } else if (auto found = probe(upper)) {
        return *found;
    } else {
        --upper;
    }
    for (bool near = true; exact && best < upper; near = !near) {
        std::int64_t least = near ? best + 1 : best + (upper - best + 1) / 2;
        if (auto found = probe(least))
            best = *found;
        else
            upper = least - 1;
    }
    return exact ? best : hull;
}

DistanceBounds Search::bounds(PointId a, PointId b, const Formula& formula, bool* exact) {
    const DistanceBounds none{kNoBound, -kNoBound};
    bool sure = true;
    if (exact == nullptr) exact = &sure;
    *exact = true;
    if (impossible_) return none;
    check_depth(formula);
    tests_ = 0;
    refutation_.clear();
    Mark base = mark();
    DistanceBounds out = none;
    if (push(formula, 0, refutation_)) {
        Mark pushed = mark();
        Fit fit = run();
        std::vector<Difference> links;
        if (fit == Fit::yes) links = chosen(day_choices_);
        back_to(pushed);
        if (fit == Fit::undecided || (fit == Fit::yes && choiceless())) {
            *exact = fit == Fit::yes;
            out = {-graph_.most(b, a), graph_.most(a, b)};
        } else if (fit == Fit::yes) {
            const std::int64_t largest = largest_;
            largest_ = std::max(largest_, largest_of(formula));
            bool least_exact = true;
            out.most = highest(a, b, most_with(links, a, b), *exact);
            out.least = -highest(b, a, most_with(links, b, a), least_exact);
            *exact = *exact && least_exact;
            largest_ = largest;
        }
    }
    back_to(base);
    return out;
}

DaySet Search::days(PointId p, const Formula& formula, bool* exact) {
    bool sure = true;
    if (exact == nullptr) exact = &sure;
    *exact = true;
    if (impossible_) return {};
    check_depth(formula);
    tests_ = 0;
    Mark base = mark();
    refutation_.clear();
    if (!push(formula, 0, refutation_)) {
        back_to(base);
        return {};
    }
    auto window = [&] {
        std::int64_t most = graph_.most(kOrigin, p);
        std::int64_t least = graph_.most(p, kOrigin);
        return Window{least >= kNoBound ? kEver : Day{-least},
                      most >= kNoBound ? kForever : Day{most}};
    };
    // The days of p itself and of points at a fixed distance from it are holes in its interval;
    // only the other choices make branches.
    DaySet own = DaySet::all();
    std::vector<const Network::DayChoice*> others;
    for (const auto* choice : day_choices_) {
        std::int64_t to = graph_.most(choice->point, p);
        if (to < kNoBound && graph_.most(p, choice->point) == -to)
            own = own.intersect(moved(choice->days, to));
        else
            others.push_back(choice);
    }
    const DaySet candidates = own.intersect(DaySet(window()));
    if (choiceless()) {
        back_to(base);
        return candidates;
    }
    // A dating with p on a day not found yet; with the choices as it has them, the days of p are an
    // interval (less the holes of its own days).
    DaySet found;
    for (;;) {
        DaySet rest = candidates.minus(found);
        if (rest.empty()) break;
        Mark start = mark();
        ++tests_;
        bool stands = true;
        for (const Difference& d : window_links(p, rest.hull()))
            stands = stands && push(d, 0, Graph::kAssumed, refutation_);
        Fit fit = Fit::no;
        if (stands) {
            wanted_ = Network::DayChoice{{}, p, rest};
            fit = tests_ > Solver::kTests ? Fit::undecided : run();
            wanted_.reset();
        }
        if (fit == Fit::undecided) {
            back_to(start);
            found = candidates;
            *exact = false;
            break;
        }
        if (fit == Fit::no) {
            back_to(start);
            break;
        }
        std::vector<Difference> links = chosen(others);
        Day here = graph_.day(p);
        back_to(start);
        Refutation ignored;
        for (const Difference& d : links) push(d, 0, Graph::kAssumed, ignored);
        DaySet more = own.intersect(DaySet(window()));
        back_to(start);
        more.add({here, here});  // it is one of them: the loop always gets on
        found = found.unite(more);
    }
    back_to(base);
    return found;
}

}  // namespace antinomy::time
