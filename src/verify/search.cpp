#include "verify/search.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <utility>

namespace antinomy::verify {

using time::Day;
using time::DaySet;
using time::Window;
using Kind = Constraint::Kind;

Constraint Constraint::at_least(int from, int to, std::int64_t days) {
    Constraint c;
    c.from = from;
    c.to = to;
    c.days = days;
    return c;
}
Constraint Constraint::in(int point, DaySet set) {
    Constraint c;
    c.kind = Kind::in;
    c.to = point;
    c.set = std::move(set);
    return c;
}
Constraint Constraint::related(int from, int to, Relation relation) {
    Constraint c;
    c.kind = Kind::related;
    c.from = from;
    c.to = to;
    c.relation = relation;
    return c;
}
Constraint Constraint::all_of(std::vector<Constraint> parts) {
    Constraint c;
    c.kind = Kind::all;
    c.parts = std::move(parts);
    return c;
}
Constraint Constraint::any_of(std::vector<Constraint> parts) {
    Constraint c;
    c.kind = Kind::any;
    c.parts = std::move(parts);
    return c;
}

Constraint negated(const Constraint& c) {
    return Constraint::at_least(c.to, c.from, 1 - c.days);
}

bool met(const Constraint& c, const std::vector<std::int64_t>& dates) {
    const auto day = [&](int p) { return dates[static_cast<std::size_t>(p)]; };
    switch (c.kind) {
        case Kind::at_least:
            return day(c.to) - day(c.from) >= c.days;
        case Kind::in:
            return c.set.contains(Day{day(c.to)});
        case Kind::related:
            return c.relation.days_for(Day{day(c.from)}).contains(Day{day(c.to)});
        case Kind::all:
            return std::all_of(c.parts.begin(), c.parts.end(),
                               [&](const Constraint& p) { return met(p, dates); });
        case Kind::any:
            return std::any_of(c.parts.begin(), c.parts.end(),
                               [&](const Constraint& p) { return met(p, dates); });
    }
    return false;
}

void points_of(const Constraint& c, std::vector<int>& out) {
    if (c.kind == Kind::at_least || c.kind == Kind::related) out.push_back(c.from);
    if (c.kind == Kind::at_least || c.kind == Kind::related || c.kind == Kind::in)
        out.push_back(c.to);
    for (const auto& p : c.parts) points_of(p, out);
}

namespace {

constexpr std::int64_t kNone = INT64_MAX / 4;  // no bound
constexpr int kJumps = 2000;                   // over holes, in one narrowing
constexpr int kDepth = 3000;
// Days farther than this from 1970 are no bounds of history; sums stay far from overflow.
constexpr std::int64_t kFar = 4'000'000'000'000;

class Search {
public:
    Search(int points, int budget) : points_(static_cast<std::size_t>(points)), budget_(budget) {
        low_.assign(points_, -kNone);
        high_.assign(points_, kNone);
        low_[0] = high_[0] = 0;
    }

    Solved run(const Constraints& given) {
        for (const auto& c : given) add(c);
        Solved out;
        out.answer = branch(0);
        if (out.answer == Answer::yes) out.dates = dates_;
        return out;
    }

private:
    struct Edge {
        std::size_t from;
        std::size_t to;
        std::int64_t days;
    };
    struct Mark {
        std::size_t edges;
        std::size_t sets;
        std::size_t relations;
        std::size_t choices;
        bool impossible;
        std::vector<std::int64_t> low;
        std::vector<std::int64_t> high;
    };

    void add(const Constraint& c) {
        switch (c.kind) {
            case Kind::at_least:
                if (c.from == c.to) {
                    impossible_ = impossible_ || c.days > 0;
                } else {
                    edges_.push_back({static_cast<std::size_t>(c.from),
                                      static_cast<std::size_t>(c.to),
                                      std::clamp(c.days, -kFar, kFar)});
                }
                break;
            case Kind::in:
                sets_.push_back(&c);
                break;
            case Kind::related:
                relations_.push_back(&c);
                if (const auto span = c.relation.span(); c.from == c.to) {
                    impossible_ = impossible_ || (span.least && *span.least > 0) ||
                                  (span.most && *span.most < 0);
                } else {
                    const auto from = static_cast<std::size_t>(c.from);
                    const auto to = static_cast<std::size_t>(c.to);
                    if (span.least) edges_.push_back({from, to, *span.least});
                    if (span.most) edges_.push_back({to, from, -*span.most});
                }
                break;
            case Kind::all:
                for (const auto& p : c.parts) add(p);
                break;
            case Kind::any:
                if (c.parts.empty())
                    impossible_ = true;
                else if (c.parts.size() == 1)
                    add(c.parts.front());
                else
                    choices_.push_back(&c);
                break;
        }
    }

    // Distances alone: do they go round in a circle that adds up to more than nothing?
    bool circle() const {
        std::vector<std::int64_t> at(points_, 0);
        for (std::size_t round = 0; round <= points_; ++round) {
            bool moved = false;
            for (const auto& e : edges_)
                if (at[e.from] + e.days > at[e.to]) {
                    at[e.to] = at[e.from] + e.days;
                    moved = true;
                }
            if (!moved) return false;
        }
        return true;
    }

    bool raise(std::size_t p, std::int64_t to) {
        if (to <= low_[p]) return false;
        low_[p] = to;
        return true;
    }
    bool lower(std::size_t p, std::int64_t to) {
        if (to >= high_[p]) return false;
        high_[p] = to;
        return true;
    }

    // False: some point has no day left.
    bool narrow() {
        if (impossible_) return false;
        std::size_t rounds = 0;
        for (int jumps = 0;;) {
            bool moved = false;
            for (const auto& e : edges_) {
                if (low_[e.from] > -kNone) moved |= raise(e.to, low_[e.from] + e.days);
                if (high_[e.to] < kNone) moved |= lower(e.from, high_[e.to] - e.days);
            }
            for (std::size_t p = 0; p < points_; ++p)
                if (low_[p] > high_[p]) return false;
            if (moved) {
                // Without a circle, distances are at rest after as many rounds as there are points.
                if (++rounds > points_ + 1) return false;
                continue;
            }
            rounds = 0;
            if (++jumps > kJumps) return true;
            for (const auto* c : sets_)
                moved |= over_holes(static_cast<std::size_t>(c->to), c->set);
            for (const auto* c : relations_) moved |= follow(*c);
            for (std::size_t p = 0; p < points_; ++p)
                if (low_[p] > high_[p]) return false;
            if (!moved) return true;
        }
    }

    bool over_holes(std::size_t p, const DaySet& set) {
        const auto& w = set.windows();
        bool moved = false;
        const auto up = std::lower_bound(
            w.begin(), w.end(), low_[p],
            [](const Window& a, std::int64_t d) { return bounded(a.last) && a.last.value < d; });
        if (up == w.end()) return raise(p, kNone);
        if (bounded(up->first)) moved |= raise(p, up->first.value);
        auto down = std::upper_bound(
            w.begin(), w.end(), high_[p],
            [](std::int64_t d, const Window& a) { return bounded(a.first) && d < a.first.value; });
        if (down == w.begin()) return lower(p, -kNone) || moved;
        --down;
        if (bounded(down->last)) moved |= lower(p, down->last.value);
        return moved;
    }

    bool follow(const Constraint& c) {
        const auto a = static_cast<std::size_t>(c.from);
        const auto p = static_cast<std::size_t>(c.to);
        const auto reach = c.relation.reach();
        bool moved = false;
        const auto days = [&](std::int64_t d) { return c.relation.days_around(Day{d}); };
        if (near(low_[a]))
            if (const auto w = days(low_[a]); bounded(w.first)) moved |= raise(p, w.first.value);
        if (near(high_[a]))
            if (const auto w = days(high_[a]); bounded(w.last)) moved |= lower(p, w.last.value);
        // And back: the first anchor whose days are not all too early, the last whose are not all
        // too late.
        if (near(low_[p]) && bounded(days(low_[p]).last)) {
            auto from = std::max(low_[a], low_[p] - reach);
            auto to = low_[p] + reach;
            if (from <= to) {
                while (from < to) {
                    const auto middle = from + (to - from) / 2;
                    if (days(middle).last.value >= low_[p])
                        to = middle;
                    else
                        from = middle + 1;
                }
                moved |= raise(a, from);
            }
        }
        if (near(high_[p]) && bounded(days(high_[p]).first)) {
            auto from = high_[p] - reach;
            auto to = std::min(high_[a], high_[p] + reach);
            if (from <= to) {
                while (from < to) {
                    const auto middle = to - (to - from) / 2;
                    if (days(middle).first.value <= high_[p])
                        from = middle;
                    else
                        to = middle - 1;
                }
                moved |= lower(a, to);
            }
        }
        return moved;
    }

    // Within what the calendar knows.
    static bool near(std::int64_t d) { return d > -300'000'000'000 && d < 300'000'000'000; }

    // The earliest days; a point that nothing holds from below lies just under what holds it.
    void date() {
        dates_ = low_;
        std::int64_t base = kNone;
        for (std::size_t p = 1; p < points_; ++p) {
            if (low_[p] > -kNone) base = std::min(base, low_[p]);
            if (high_[p] < kNone) base = std::min(base, high_[p]);
        }
        if (base == kNone) base = 0;
        for (std::size_t p = 0; p < points_; ++p)
            if (low_[p] == -kNone) dates_[p] = high_[p] < kNone ? high_[p] : base;
        for (bool moved = true; moved;) {
            moved = false;
            for (const auto& e : edges_)
                if (low_[e.from] == -kNone && dates_[e.to] - dates_[e.from] < e.days) {
                    dates_[e.from] = dates_[e.to] - e.days;
                    moved = true;
                }
        }
    }

    Answer branch(int depth) {
        if (--budget_ < 0 || depth > kDepth) return Answer::unknown;
        if (impossible_ || circle() || !narrow()) return Answer::no;
        date();
        // Choices first: what a relation tries where a way leaves its anchor open has no end, where
        // another way may have one.
        for (std::size_t i = 0; i < choices_.size(); ++i)
            if (open(i) && !met(*choices_[i], dates_)) return choose(i, depth);
        for (const auto* c : sets_)
            if (!met(*c, dates_)) return split_set(*c, depth);
        for (const auto* c : relations_) {
            if (met(*c, dates_)) continue;
            // Those met by these dates alone, too: one that is made may close the anchor.
            const auto from = static_cast<std::size_t>(c->from);
            if (low_[from] <= -kNone || high_[from] >= kNone)
                for (std::size_t i = 0; i < choices_.size(); ++i)
                    if (open(i)) return choose(i, depth);
            return split_relation(*c, depth);
        }
        return Answer::yes;
    }

    bool open(std::size_t choice) const {
        return std::find(chosen_.begin(), chosen_.end(), choice) == chosen_.end();
    }
    Answer choose(std::size_t choice, int depth) {
        std::vector<Constraints> ways;
        for (const auto& part : choices_[choice]->parts) ways.push_back({part});
        chosen_.push_back(choice);
        const auto answer = split(ways, depth, true);
        chosen_.pop_back();
        return answer;
    }

    Answer split_set(const Constraint& c, int depth) {
        const auto d = dates_[static_cast<std::size_t>(c.to)];
        std::vector<Constraints> ways;
        std::optional<std::int64_t> under;
        std::optional<std::int64_t> over;
        for (const auto& w : c.set.windows()) {
            if (bounded(w.last) && w.last.value < d) under = w.last.value;
            if (bounded(w.first) && w.first.value > d && !over) over = w.first.value;
        }
        if (over) ways.push_back({Constraint::at_least(0, c.to, *over)});
        if (under) ways.push_back({Constraint::at_least(c.to, 0, -*under)});
        return split(ways, depth);
    }

    // Anchors around the dated one whose days are the same, or are as far off as its own; and those
    // before and after.
    Answer split_relation(const Constraint& c, int depth) {
        const auto a = dates_[static_cast<std::size_t>(c.from)];
        if (!near(a)) return Answer::unknown;
        const auto here = c.relation.days_for(Day{a});
        const auto extend = [&](bool moving) {
            const auto same = [&](std::int64_t d) {
                const auto w = c.relation.days_for(Day{d});
                const auto by = moving ? d - a : 0;
                return plus(here.first, by) == w.first && plus(here.last, by) == w.last;
            };
            Window block{Day{a}, Day{a}};
            while (block.first.value > a - 370 && same(block.first.value - 1)) --block.first.value;
            while (block.last.value < a + 370 && same(block.last.value + 1)) ++block.last.value;
            return block;
        };
        const auto still = extend(false);
        const auto moving = extend(true);
        const bool moves =
            moving.last.value - moving.first.value > still.last.value - still.first.value;
        const auto block = moves ? moving : still;
        Constraints in{Constraint::at_least(0, c.from, block.first.value),
                       Constraint::at_least(c.from, 0, -block.last.value)};
        const int base = moves ? c.from : 0;
        const auto shift = moves ? a : 0;
        if (bounded(here.first))
            in.push_back(Constraint::at_least(base, c.to, here.first.value - shift));
        if (bounded(here.last))
            in.push_back(Constraint::at_least(c.to, base, shift - here.last.value));
        return split({in,
                      {Constraint::at_least(0, c.from, block.last.value + 1)},
                      {Constraint::at_least(c.from, 0, 1 - block.first.value)}},
                     depth);
    }

    // `each`: a way that is too much work doesn't keep from trying the next.
    Answer split(const std::vector<Constraints>& ways, int depth, bool each = false) {
        const Mark mark{
            edges_.size(), sets_.size(), relations_.size(), choices_.size(), impossible_,
            low_,          high_};
        bool unknown = false;
        for (const auto& way : ways) {
            for (const auto& c : way) add(c);
            const auto answer = branch(depth + 1);
            if (answer == Answer::yes) return answer;
            unknown = unknown || answer == Answer::unknown;
            edges_.resize(mark.edges);
            sets_.resize(mark.sets);
            relations_.resize(mark.relations);
            choices_.resize(mark.choices);
            impossible_ = mark.impossible;
            low_ = mark.low;
            high_ = mark.high;
            if (unknown && (!each || budget_ <= 0)) return Answer::unknown;
        }
        return unknown ? Answer::unknown : Answer::no;
    }

    std::size_t points_;
    int budget_;
    bool impossible_ = false;
    std::vector<Edge> edges_;
    std::vector<const Constraint*> sets_;
    std::vector<const Constraint*> relations_;
    std::vector<const Constraint*> choices_;
    std::vector<std::size_t> chosen_;  // choices of which one way is taken
    std::vector<std::int64_t> low_;
    std::vector<std::int64_t> high_;
    std::vector<std::int64_t> dates_;
};

// The same constraints over the points they use alone.
Constraint renumbered(const Constraint& c, const std::vector<int>& number) {
    auto out = c;
    out.from = number[static_cast<std::size_t>(c.from)];
    out.to = number[static_cast<std::size_t>(c.to)];
    for (auto& p : out.parts) p = renumbered(p, number);
    return out;
}

void extend(const Constraint& c, Extent& out) {
    const auto written = [&](Day d) {
        if (!bounded(d)) return;
        out.written.first = std::min(out.written.first, d);
        out.written.last = std::max(out.written.last, d);
    };
    const auto far = [&](std::int64_t days) {
        out.farthest = std::max(out.farthest, std::abs(std::clamp(days, -kFar, kFar)));
    };
    switch (c.kind) {
        case Kind::at_least:
            if (c.from == 0) written(Day{c.days});
            if (c.to == 0) written(Day{-c.days});
            if (c.from != 0 && c.to != 0) far(c.days);
            break;
        case Kind::in:
            for (const auto& w : c.set.windows()) {
                written(w.first);
                written(w.last);
            }
            break;
        case Kind::related: {
            const auto span = c.relation.span();
            if (span.least) far(*span.least);
            if (span.most) far(*span.most);
            out.period = std::max(out.period, c.relation.period());
            break;
        }
        case Kind::all:
        case Kind::any:
            for (const auto& p : c.parts) extend(p, out);
            break;
    }
}

// Over the points they use alone.
Solved solve_together(int points, const Constraints& constraints, int budget) {
    std::vector<int> used{0};
    for (const auto& c : constraints) points_of(c, used);
    std::sort(used.begin(), used.end());
    used.erase(std::unique(used.begin(), used.end()), used.end());
    std::vector<int> number(static_cast<std::size_t>(points), 0);
    for (std::size_t i = 0; i < used.size(); ++i)
        number[static_cast<std::size_t>(used[i])] = static_cast<int>(i);
    Constraints dense;
    for (const auto& c : constraints) dense.push_back(renumbered(c, number));
    // If there is a dating, there is one no farther out: trying week by week comes to an end.
    const auto days = extent(constraints);
    if (days.period > 0) {
        const auto count = static_cast<std::int64_t>(used.size());
        const auto out = count * (days.farthest + days.period);
        for (int p = 1; p < static_cast<int>(used.size()); ++p) {
            dense.push_back(Constraint::at_least(0, p, days.written.first.value - out));
            dense.push_back(Constraint::at_least(p, 0, -(days.written.last.value + out)));
        }
    }
    auto found = Search(static_cast<int>(used.size()), budget).run(dense);
    if (found.answer != Answer::yes) return found;
    // A yes is looked at again, whole.
    for (const auto& c : dense)
        if (!met(c, found.dates)) return {Answer::unknown, {}};
    Solved out{Answer::yes, std::vector<std::int64_t>(static_cast<std::size_t>(points), 0)};
    for (std::size_t i = 0; i < used.size(); ++i)
        out.dates[static_cast<std::size_t>(used[i])] = found.dates[i];
    return out;
}

}  // namespace

Extent extent(const Constraints& constraints) {
    Extent out;
    out.written = {time::kForever, time::kEver};
    for (const auto& c : constraints) extend(c, out);
    if (out.written.empty()) out.written = {Day{0}, Day{0}};
    return out;
}

Solved solve(int points, const Constraints& constraints, int budget) {
    // Points that nothing ties to one another are dated apart: what one part tries is not tried
    // again for each try of another.
    std::vector<int> part(static_cast<std::size_t>(points));
    for (int p = 0; p < points; ++p) part[static_cast<std::size_t>(p)] = p;
    const auto part_of = [&](int p) {
        while (part[static_cast<std::size_t>(p)] != p) p = part[static_cast<std::size_t>(p)];
        return p;
    };
    std::vector<int> first(constraints.size(), 0);  // a point of each but the origin, if it has one
    for (std::size_t i = 0; i < constraints.size(); ++i) {
        std::vector<int> of;
        points_of(constraints[i], of);
        for (const int p : of) {
            if (p == 0) continue;
            if (first[i] == 0)
                first[i] = p;
            else
                part[static_cast<std::size_t>(part_of(p))] = part_of(first[i]);
        }
    }
    std::map<int, Constraints> parts;
    for (std::size_t i = 0; i < constraints.size(); ++i)
        parts[part_of(first[i])].push_back(constraints[i]);
    Solved out{Answer::yes, std::vector<std::int64_t>(static_cast<std::size_t>(points), 0)};
    for (const auto& [name, together] : parts) {
        const auto found = solve_together(points, together, budget);
        if (found.answer == Answer::no) return found;
        if (found.answer == Answer::unknown) out.answer = Answer::unknown;
        if (out.answer == Answer::unknown) continue;  // another part may still be impossible
        for (std::size_t p = 1; p < out.dates.size(); ++p)
            if (part_of(static_cast<int>(p)) == name) out.dates[p] = found.dates[p];
    }
    if (out.answer != Answer::yes) out.dates.clear();
    return out;
}

}  // namespace antinomy::verify
