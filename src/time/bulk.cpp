// A dating for all links that stay, at once. First a few sweeps over the links, there and back, as
// long as each halves what is left to do: most networks need no more. Then the method of Goldberg
// and Radzik (1993). In a round, the links that the dating does not meet, with those that it only
// just meets, make a graph; its points are gone through from front to back, each moving what
// depends on it down. Where no link leads back, one round is enough, whatever the order in which
// the links were written; at worst it is Bellman and Ford's method. A link that is not met, between
// two points that lead to one another, closes a negative cycle.

#include <algorithm>
#include <utility>

#include "time/search.hpp"

namespace antinomy::time {
namespace {

constexpr std::uint32_t kNone = UINT32_MAX;

}  // namespace

// The cycle of a link that is not met and of links, none with room, from its head to its tail. They
// are searched within one component.
bool Graph::find_cycle(std::uint32_t tail, std::uint32_t head, std::int32_t link,
                       const std::vector<std::uint32_t>& component) {
    std::vector<std::pair<std::uint32_t, std::int32_t>> came(size(), {kNone, -1});
    std::vector<std::uint32_t> open{head};
    came[head] = {head, -1};
    for (std::size_t i = 0; i < open.size() && came[tail].first == kNone; ++i) {
        const auto u = open[i];
        each_out(u, [&](std::uint32_t v, std::int64_t most, std::int32_t e) {
            if (component[v] != component[u] || came[v].first != kNone ||
                dating_[u] + most > dating_[v])
                return;
            came[v] = {u, e};
            open.push_back(v);
        });
    }
    if (came[tail].first == kNone) return false;
    cycle_.assign(1, link);
    for (auto u = tail; u != head; u = came[u].first) cycle_.push_back(came[u].second);
    return true;
}

Graph::Bulk Graph::sweep() {
    const auto count = static_cast<std::size_t>(base_count_);
    std::size_t moved = 0;
    const auto meet = [&](std::size_t i) {
        const auto& link = (*base_)[i];
        const Difference& d = link.difference;
        if (d.most >= kHuge) return true;
        const auto day = dating_[d.from.value] + std::max(d.most, -kHuge);
        auto& to = dating_[d.to.value];
        if (day >= to) return true;
        if (d.from == d.to) {
            cycle_.assign(1, static_cast<std::int32_t>(i));
            return false;
        }
        to = day;
        ++moved;
        return true;
    };
    for (std::size_t round = 0, before = 0;; ++round) {
        moved = 0;
        if (round % 2 == 0) {
            for (std::size_t i = 0; i < count; ++i)
                if (!meet(i)) return Bulk::cycle;
        } else {
            for (std::size_t i = count; i-- > 0;)
                if (!meet(i)) return Bulk::cycle;
        }
        if (moved == 0) {
            back_to_origin();
            return Bulk::done;
        }
        if (round > 1 && moved > before / 2) return Bulk::gave_up;
        before = moved;
    }
}

// What was moved down may be the origin: then all go up by as much.
void Graph::back_to_origin() {
    if (const auto origin = dating_[0]; origin != 0)
        for (auto& day : dating_) day -= origin;
}

Graph::Bulk Graph::settle_at_once() {
    if (const Bulk swept = sweep(); swept != Bulk::gave_up) return swept;
    index();
    const auto count = static_cast<std::uint32_t>(size());
    const auto& begin = arcs_->out_begin;
    const auto& out = arcs_->out;
    const auto unmet = [&](std::uint32_t u, const Arc& a) {
        return dating_[u] + a.most < dating_[a.node];
    };
    // Tarjan's components, without recursion: `found` in the order in which they are closed, which
    // is from back to front.
    std::vector<std::uint32_t> number(count, 0);  // of this round's walk; 0: not seen
    std::vector<std::uint32_t> low(count, 0);
    std::vector<std::uint32_t> next(count, 0);
    std::vector<std::uint32_t> component(count, kNone);
    std::vector<std::uint32_t> walk, open, found, sources, changed;
    std::vector<char> waits(count, 0);

    for (std::uint32_t u = 0; u < count; ++u) sources.push_back(u);
    for (std::uint32_t round = 0; round <= count; ++round) {
        // Only points with a link that is not met begin a walk.
        sources.erase(std::remove_if(sources.begin(), sources.end(),
                                     [&](std::uint32_t u) {
                                         waits[u] = 0;
                                         return std::none_of(
                                             out.begin() + begin[u], out.begin() + begin[u + 1],
                                             [&](const Arc& a) { return unmet(u, a); });
                                     }),
                      sources.end());
        if (sources.empty()) {
            back_to_origin();
            return Bulk::done;
        }
        found.clear();
        std::uint32_t seen = 0;
        std::uint32_t components = 0;
        for (const auto source : sources) {
            if (number[source] != 0) continue;
            const auto enter = [&](std::uint32_t u) {
                number[u] = low[u] = ++seen;
                next[u] = begin[u];
                walk.push_back(u);
                open.push_back(u);
            };
            enter(source);
            while (!walk.empty()) {
                const auto u = walk.back();
                bool deeper = false;
                while (next[u] < begin[u + 1]) {
                    const Arc& a = out[next[u]++];
                    if (dating_[u] + a.most > dating_[a.node]) continue;
                    if (number[a.node] == 0) {
                        enter(a.node);
                        deeper = true;
                        break;
                    }
                    if (component[a.node] == kNone) low[u] = std::min(low[u], number[a.node]);
                }
                if (deeper) continue;
                walk.pop_back();
                if (!walk.empty()) low[walk.back()] = std::min(low[walk.back()], low[u]);
                if (low[u] != number[u]) continue;
                for (;;) {
                    const auto v = open.back();
                    open.pop_back();
                    component[v] = components;
                    found.push_back(v);
                    if (v == u) break;
                }
                ++components;
            }
        }
        for (const auto u : found)
            for (auto i = begin[u]; i < begin[u + 1]; ++i)
                if (component[out[i].node] == component[u] && unmet(u, out[i]))
                    return find_cycle(u, out[i].node, out[i].link, component) ? Bulk::cycle
                                                                              : Bulk::gave_up;
        changed.clear();
        for (auto u = found.rbegin(); u != found.rend(); ++u) {
            for (auto i = begin[*u]; i < begin[*u + 1]; ++i) {
                const Arc& a = out[i];
                if (!unmet(*u, a)) continue;
                dating_[a.node] = dating_[*u] + a.most;
                if (waits[a.node] == 0) changed.push_back(a.node);
                waits[a.node] = 1;
            }
        }
        for (const auto u : found) {
            number[u] = 0;
            component[u] = kNone;
        }
        std::swap(sources, changed);
    }
    return Bulk::gave_up;
}

}  // namespace antinomy::time
