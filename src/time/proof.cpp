#include "time/proof.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "time/search.hpp"

namespace antinomy::time {
namespace {

constexpr std::size_t kMaxCases = 256;
constexpr std::size_t kMaxWork = 20'000'000;  // link visits for one cycle

struct Link {
    Difference difference;
    std::vector<StatementId> because;  // none: the assumption
};

// The plain distances that a core says: its links, and what all arms of its one-ofs bound.
std::vector<Link> links_of(const Network& network, const Enabled& on, const Enabled& whole) {
    std::vector<Link> links;
    for (const auto& link : network.links())
        if (on[link.because.value]) links.push_back({link.difference, {link.because}});
    for (const auto& arms : network.one_ofs()) {
        std::vector<const Arm*> here;
        std::vector<StatementId> because;
        bool complete = true;
        for (const Arm& arm : arms) {
            if (on[arm.because.value]) {
                here.push_back(&arm);
                because.push_back(arm.because);
            } else if (whole[arm.because.value]) {
                complete = false;
            }
        }
        if (!complete || here.empty()) continue;
        std::sort(because.begin(), because.end());
        because.erase(std::unique(because.begin(), because.end()), because.end());
        for (const Difference& d : here.front()->differences) {
            std::int64_t weakest = -kNoBound;
            for (const Arm* arm : here) {
                std::int64_t most = kNoBound;
                for (const Difference& other : arm->differences)
                    if (other.from == d.from && other.to == d.to) most = std::min(most, other.most);
                weakest = std::max(weakest, most);
            }
            if (weakest < kNoBound) links.push_back({{d.from, d.to, weakest}, because});
        }
    }
    return links;
}

// The leaves of the assumption that hold in any case.
void add_leaves(const Formula& formula, std::vector<Link>& links) {
    std::vector<const Formula*> open{&formula};
    while (!open.empty()) {
        const Formula* f = open.back();
        open.pop_back();
        if (f->kind == Formula::Kind::leaf) links.push_back({f->leaf, {}});
        if (f->kind == Formula::Kind::all || f->parts.size() == 1)
            for (auto part = f->parts.rbegin(); part != f->parts.rend(); ++part)
                open.push_back(&*part);
    }
}

// Any negative cycle (Bellman and Ford): for networks too large for the next function.
std::vector<std::size_t> any_cycle(const std::vector<Link>& links, std::size_t point_count) {
    std::vector<std::int64_t> sum(point_count, 0);
    std::vector<std::size_t> through(point_count, links.size());
    PointId changed{};
    bool change = true;
    for (std::size_t round = 0; change && round <= point_count; ++round) {
        change = false;
        for (std::size_t i = 0; i < links.size(); ++i) {
            const Difference& d = links[i].difference;
            if (d.most >= kHuge) continue;
            std::int64_t most = std::max(d.most, -kHuge);
            if (sum[d.from.value] + most >= sum[d.to.value]) continue;
            sum[d.to.value] = sum[d.from.value] + most;
            through[d.to.value] = i;
            changed = d.to;
            change = true;
        }
    }
    if (!change) return {};
    for (std::size_t i = 0; i < point_count; ++i)  // onto the cycle
        changed = links[through[changed.value]].difference.from;
    std::vector<std::size_t> cycle;
    PointId at = changed;
    do {
        cycle.push_back(through[at.value]);
        at = links[through[at.value]].difference.from;
    } while (at != changed);
    std::reverse(cycle.begin(), cycle.end());
    return cycle;
}

// A negative cycle with the fewest links, and of these the one that is shortest by most (then from
// the lowest point); indices of links in order. Dynamic programming over the number of links
// (Bellman and Ford), from each start.
std::vector<std::size_t> negative_cycle(const std::vector<Link>& links, std::size_t point_count) {
    // Points by dense number.
    std::vector<std::int32_t> number(point_count, -1);
    std::vector<std::uint32_t> points;
    auto dense = [&](PointId p) {
        auto& n = number[p.value];
        if (n < 0) {
            n = static_cast<std::int32_t>(points.size());
            points.push_back(p.value);
        }
        return static_cast<std::size_t>(n);
    };
    struct Edge {
        std::size_t from;
        std::size_t to;
        std::int64_t most;
        std::size_t link;
    };
    std::vector<Edge> edges;
    for (std::size_t i = 0; i < links.size(); ++i) {
        const Difference& d = links[i].difference;
        if (d.most >= kHuge) continue;
        edges.push_back({dense(d.from), dense(d.to), std::max(d.most, -kHuge), i});
    }
    const std::size_t n = points.size();
    std::vector<std::size_t> starts(n);
    for (std::size_t i = 0; i < n; ++i) starts[i] = i;
    std::sort(starts.begin(), starts.end(),
              [&](std::size_t a, std::size_t b) { return points[a] < points[b]; });

    std::vector<std::size_t> best;
    std::int64_t best_sum = 0;
    std::size_t longest = n;  // no longer than the best so far
    std::size_t work = 0;
    struct Reached {
        std::int64_t sum = kNoBound;
        std::int32_t edge = -1;
    };
    std::vector<std::vector<Reached>> layers;
    for (std::size_t start : starts) {
        layers.assign(1, std::vector<Reached>(n));
        layers[0][start].sum = 0;
        for (std::size_t k = 1; k <= longest; ++k) {
            if (work > kMaxWork) return best.empty() ? any_cycle(links, point_count) : best;
            work += edges.size() + n;
            layers.emplace_back(n);
            const auto& before = layers[k - 1];
            auto& now = layers[k];
            for (std::size_t e = 0; e < edges.size(); ++e) {
                const auto& from = before[edges[e].from];
                if (from.sum >= kNoBound) continue;
                std::int64_t sum = from.sum + edges[e].most;
                auto& to = now[edges[e].to];
                if (sum < to.sum) to = {sum, static_cast<std::int32_t>(e)};
            }
            if (now[start].sum >= 0 || (k == best.size() && now[start].sum >= best_sum)) continue;
            best_sum = now[start].sum;
            longest = k;
            best.clear();
            std::size_t at = start;
            for (std::size_t layer = k; layer > 0; --layer) {
                const auto& e = edges[static_cast<std::size_t>(layers[layer][at].edge)];
                best.push_back(e.link);
                at = e.from;
            }
            std::reverse(best.begin(), best.end());
            break;
        }
    }
    return best;
}

void join(std::vector<StatementId>& into, const std::vector<StatementId>& more) {
    into.insert(into.end(), more.begin(), more.end());
    std::sort(into.begin(), into.end());
    into.erase(std::unique(into.begin(), into.end()), into.end());
}

// A cycle of `to - from <= most` read backwards is one of `to - from >= least`. The two sides of
// windows that meet at the origin become one step; the assumption's own steps are left out, and the
// first step is the one after them.
std::vector<Step> steps_of(const std::vector<Link>& links, const std::vector<std::size_t>& cycle) {
    std::vector<Step> all;
    for (auto i = cycle.rbegin(); i != cycle.rend(); ++i) {
        const Link& link = links[*i];
        all.push_back(
            {link.difference.to, link.difference.from, -link.difference.most, link.because});
    }
    if (all.empty()) return {};
    std::size_t first = 0;
    auto assumed = [&](std::size_t i) { return all[i].because.empty(); };
    bool any_assumed = false;
    for (std::size_t i = 0; i < all.size() && !any_assumed; ++i) {
        std::size_t next = (i + 1) % all.size();
        if (!assumed(i) || assumed(next)) continue;
        first = next;
        any_assumed = true;
    }
    if (!any_assumed) {
        // From the lowest point, but not between two steps that will be one.
        for (std::size_t i = 0; i < all.size(); ++i) {
            PointId from = all[i].from;
            if (from == kOrigin) continue;
            if (all[first].from == kOrigin || from < all[first].from) first = i;
        }
    }
    std::rotate(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(first), all.end());
    std::vector<Step> steps;
    bool joins = false;  // the last of `steps` ends where the next of `all` begins
    for (Step& step : all) {
        if (step.because.empty()) {
            joins = false;
            continue;
        }
        if (joins && step.from == kOrigin && steps.back().to == kOrigin &&
            steps.back().from != kOrigin && step.to != kOrigin) {
            steps.back().to = step.to;
            steps.back().least += step.least;
            join(steps.back().because, step.because);
        } else {
            steps.push_back(std::move(step));
        }
        joins = true;
    }
    return steps;
}

// ---------------------------------------------------------------- cases in words

std::string days_word(std::int64_t n) {
    std::string out = std::to_string(n);
    out += n == 1 ? " day" : " days";
    return out;
}

class Words {
public:
    Words(const Network& network, const Enabled& on) : network_(network), on_(on) {}

    std::string of(const std::vector<Difference>& differences) const {
        std::vector<std::string> parts;
        std::map<PointId, Window> windows;
        std::map<std::pair<PointId, PointId>, Window> distances;  // of two points, lower first
        for (const Difference& d : differences) {
            if (d.most >= kHuge) continue;
            if (d.from == kOrigin && d.to == kOrigin) {
                parts.emplace_back("what cannot be");
            } else if (d.from == kOrigin) {
                Window& w = windows[d.to];
                w.last = std::min(w.last, Day{d.most});
            } else if (d.to == kOrigin) {
                Window& w = windows[d.from];
                w.first = std::max(w.first, Day{-d.most});
            } else if (d.from < d.to) {
                Window& w = distances[{d.from, d.to}];
                w.last = std::min(w.last, Day{d.most});
            } else {
                Window& w = distances[{d.to, d.from}];
                w.first = std::max(w.first, Day{-d.most});
            }
        }
        auto say = [&](PointId point, Window window) {
            std::string text = network_.name(point);
            text += ' ';
            text += window_words(point, window);
            parts.push_back(std::move(text));
        };
        for (const auto& [point, window] : windows) {
            if (!window.empty()) {
                say(point, window);
            } else {  // the contradiction itself
                say(point, {window.first, kForever});
                say(point, {kEver, window.last});
            }
        }
        for (const auto& [pair, window] : distances)
            distance_words(pair.first, pair.second, window, parts);
        std::string out;
        for (const auto& part : parts) {
            if (!out.empty()) out += ", ";
            out += part;
        }
        return out;
    }

private:
    // With the point's days where they have holes: what is left of them there.
    std::string window_words(PointId point, Window window) const {
        DaySet days(window);
        for (const auto& choice : network_.day_choices())
            if (choice.point == point && on_[choice.because.value])
                days = days.intersect(choice.days);
        if (days.windows().size() == 1) window = days.hull();
        std::string out;
        if (!bounded(window.first) && bounded(window.last))
            out += "not after ";
        else if (bounded(window.first) && !bounded(window.last))
            out += "not before ";
        if (bounded(window.first)) out += to_string(window.first);
        if (bounded(window.first) && bounded(window.last) && !window.single()) out += "..";
        if (bounded(window.last) && !window.single()) out += to_string(window.last);
        return out;
    }

    void distance_words(PointId a, PointId b, Window w, std::vector<std::string>& parts) const {
        auto say = [&](const std::string& words, PointId first, PointId second) {
            std::string text = network_.name(first);
            text += ' ';
            text += words;
            text += ' ';
            text += network_.name(second);
            parts.push_back(std::move(text));
        };
        auto counted = [&](const char* how, std::int64_t n, const char* direction) {
            std::string text = how;
            text += days_word(n);
            text += direction;
            return text;
        };
        if (w.single()) {
            std::int64_t n = w.first.value;
            if (n == 0)
                say("same day as", b, a);
            else if (n > 0)
                say(counted("", n, " after"), b, a);
            else
                say(counted("", -n, " before"), b, a);
            return;
        }
        if (bounded(w.first)) {  // b - a >= n
            std::int64_t n = w.first.value;
            if (n == 0)
                say("not before", b, a);
            else if (n == 1)
                say("after", b, a);
            else if (n > 0)
                say(counted("at least ", n, " after"), b, a);
            else
                say(counted("at most ", -n, " before"), b, a);
        }
        if (bounded(w.last)) {  // b - a <= n
            std::int64_t n = w.last.value;
            if (n == 0)
                say("not after", b, a);
            else if (n == -1)
                say("before", b, a);
            else if (n < 0)
                say(counted("at least ", -n, " before"), b, a);
            else
                say(counted("at most ", n, " after"), b, a);
        }
    }

    const Network& network_;
    const Enabled& on_;
};

}  // namespace

void prove(const Network& network, const Enabled& whole, const Formula& assumption, Core& core) {
    Enabled on(network.statement_count(), false);
    for (StatementId s : core.statements) on[s.value] = true;
    Search search(network, on, &whole, true);
    if (search.fits(assumption) != Fit::no) return;

    std::vector<Link> base = links_of(network, on, whole);
    if (search.proof() == Refutation::kCycle) {
        add_leaves(assumption, base);
        core.steps = steps_of(base, negative_cycle(base, network.point_count()));
        return;
    }
    add_leaves(assumption, base);
    // Without splits after all? (The search splits a choice that the plain distances refute too, if
    // the assumption came later.)
    if (auto cycle = negative_cycle(base, network.point_count()); !cycle.empty()) {
        core.steps = steps_of(base, cycle);
        return;
    }
    // Depth first over the splits; each leaf is a case. What a stated window rules out by itself is
    // no case: `January of published`, published on a known day, has one year only. The window's
    // statement then stands beside the choice's.
    struct Open {
        std::int32_t proof;
        std::vector<Link> links;              // of the path
        std::vector<Difference> assumptions;  // said in words
        std::vector<std::pair<std::size_t, std::size_t>> path;
    };
    auto with = [&](const std::vector<Link>& path, const std::vector<Link>& more) {
        std::vector<Link> links = base;
        links.insert(links.end(), path.begin(), path.end());
        links.insert(links.end(), more.begin(), more.end());
        return links;
    };
    Words words(network, on);
    std::vector<Open> open;
    open.push_back({search.proof(), {}, {}, {}});
    while (!open.empty()) {
        Open node = std::move(open.back());
        open.pop_back();
        if (node.proof == Refutation::kCycle) {
            if (core.cases.size() == kMaxCases) {
                core.cases.clear();  // some of the cases would prove nothing
                core.splits.clear();
                return;
            }
            std::vector<Link> links = with(node.links, {});
            core.cases.push_back({words.of(node.assumptions), node.path,
                                  steps_of(links, negative_cycle(links, network.point_count()))});
            continue;
        }
        const Search::Proof& split = search.proofs()[static_cast<std::size_t>(node.proof)];
        std::vector<Open> ways;
        std::vector<StatementId> windows;  // that rule the others out
        std::optional<Open> ruled_out;
        Core::Split told;
        for (std::size_t i = 0; i < split.alternatives.size(); ++i) {
            const Search::Alternative& a = split.alternatives[i];
            std::vector<Link> more;
            if (a.formula != nullptr) add_leaves(*a.formula, more);
            for (const Difference& d : a.links) more.push_back({d, search.reason(a.reason)});
            std::vector<Formula> leaves;
            for (const Difference& d : a.links) leaves.push_back(Formula::of(d));
            Formula way = a.formula != nullptr ? *a.formula : Formula::all_of(std::move(leaves));
            if (a.formula == nullptr) join(told.because, search.reason(a.reason));
            Open next = node;
            next.proof = split.refuted_by[i];
            for (const Link& link : more) next.assumptions.push_back(link.difference);
            next.links.insert(next.links.end(), more.begin(), more.end());
            if (a.formula == nullptr && next.proof == Refutation::kCycle) {
                std::vector<Link> links = with(node.links, more);
                auto cycle = negative_cycle(links, network.point_count());
                const std::size_t own = links.size() - more.size();
                std::vector<StatementId> others;
                bool by_window = !cycle.empty() && cycle.size() <= 2;
                for (std::size_t link : cycle) {
                    if (link >= own) continue;
                    by_window = by_window && !links[link].because.empty() &&
                                (links[link].difference.from == kOrigin ||
                                 links[link].difference.to == kOrigin);
                    join(others, links[link].because);
                }
                if (by_window) {
                    join(windows, others);
                    ruled_out = std::move(next);
                    continue;
                }
            }
            ways.push_back(std::move(next));
            told.ways.push_back(std::move(way));
        }
        if (ways.empty() && ruled_out) ways.push_back(std::move(*ruled_out));
        if (ways.size() == 1) {
            Open& only = ways.front();
            only.assumptions = node.assumptions;
            for (std::size_t i = node.links.size(); i < only.links.size(); ++i)
                join(only.links[i].because, windows);
        } else {
            for (std::size_t i = 0; i < ways.size(); ++i)
                ways[i].path.emplace_back(core.splits.size(), i);
            join(told.because, windows);
            core.splits.push_back(std::move(told));
        }
        for (auto way = ways.rbegin(); way != ways.rend(); ++way) open.push_back(std::move(*way));
    }
    if (core.cases.size() == 1 && core.cases.front().assume.empty()) {
        core.steps = std::move(core.cases.front().steps);
        core.cases.clear();
        core.splits.clear();
    }
}

}  // namespace antinomy::time
