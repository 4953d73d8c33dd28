// Links on a stack and a dating that meets them.

#include <algorithm>
#include <utility>

#include "time/search.hpp"

namespace antinomy::time {

Graph::Graph(std::size_t points)
    : out_(points, -1),
      in_(points, -1),
      dating_(points, 0),
      shift_(points, 0),
      parent_(points, -1),
      done_(points, 0) {}

void Graph::back_to(Mark m) {
    while (trail_.size() > m.trail) {
        dating_[trail_.back().node] = trail_.back().value;
        trail_.pop_back();
    }
    while (edges_.size() > m.edges) {
        const Edge& e = edges_.back();
        out_[e.from] = e.next_out;
        in_[e.to] = e.next_in;
        edges_.pop_back();
    }
}

void Graph::adopt(std::vector<std::int64_t> dating) {
    dating_ = std::move(dating);
    trail_.clear();
}

bool Graph::push(const Difference& d, std::uint32_t level, std::uint32_t reason) {
    if (d.most >= kHuge) return true;
    std::int64_t most = std::max(d.most, -kHuge);
    if (d.from == d.to && most >= 0) return true;
    auto index = static_cast<std::int32_t>(edges_.size());
    edges_.push_back(
        {d.from.value, d.to.value, most, level, reason, out_[d.from.value], in_[d.to.value]});
    out_[d.from.value] = index;
    in_[d.to.value] = index;
    if (d.from == d.to) {
        cycle_.assign(1, index);
        return false;
    }
    return dating_[d.to.value] - dating_[d.from.value] <= most || mend(index);
}

void Graph::heap_push(Entry e) {
    heap_.push_back(e);
    std::push_heap(heap_.begin(), heap_.end(), std::greater<>{});
}

Graph::Entry Graph::heap_pop() {
    std::pop_heap(heap_.begin(), heap_.end(), std::greater<>{});
    Entry e = heap_.back();
    heap_.pop_back();
    return e;
}

void Graph::clean() {
    for (std::uint32_t n : touched_) {
        shift_[n] = 0;
        done_[n] = 0;
    }
    touched_.clear();
    order_.clear();
    heap_.clear();
}

// The link says to - from <= most, and the dating has more. First the later point goes down, with
// all that must go along, as far as the origin allows; what is missing then, the earlier point goes
// up. Where that meets the origin too, the two ways to it and the link are a negative cycle.
bool Graph::mend(std::int32_t index) {
    const std::uint32_t u = edge(index).from;
    const std::uint32_t v = edge(index).to;
    auto lower = [&](std::uint32_t node, std::int64_t by, std::int32_t through) {
        if (shift_[node] == 0) touched_.push_back(node);
        shift_[node] = by;
        parent_[node] = through;
        heap_push({by, node});
    };
    cycle_.clear();
    auto down_path = [&](std::uint32_t node) {  // edges from v to the node, and the new one
        for (;;) {
            std::int32_t e = parent_[node];
            cycle_.push_back(e);
            if (e == index) return;
            node = edge(e).from;
        }
    };

    // Down: shifts are negative; the heap gives the largest move first.
    std::int64_t missing = 0;
    lower(v, dating_[u] + edge(index).most - dating_[v], index);
    while (!heap_.empty()) {
        Entry top = heap_pop();
        if (done_[top.node] != 0 || top.key != shift_[top.node]) continue;
        if (top.node == 0) {
            missing = -top.key;
            down_path(0);
            break;
        }
        done_[top.node] = 1;
        order_.push_back(top.node);
        const std::int64_t here = dating_[top.node] + top.key;
        for (std::int32_t e = out_[top.node]; e >= 0; e = edge(e).next_out) {
            const Edge& link = edge(e);
            if (done_[link.to] != 0) continue;
            std::int64_t by = here + link.most - dating_[link.to];
            if (by >= shift_[link.to] || by >= 0) continue;
            if (link.to == u) {
                cycle_.clear();
                cycle_.push_back(e);
                down_path(top.node);
                clean();
                return false;
            }
            lower(link.to, by, e);
        }
    }
    for (std::uint32_t node : order_) {
        std::int64_t by = shift_[node] + missing;
        if (by < 0) set(node, dating_[node] + by);
    }
    clean();
    if (missing == 0) return true;

    // Up: keys are negated moves. `cycle_` has the way from the link to the origin.
    auto raise = [&](std::uint32_t node, std::int64_t by, std::int32_t through) {
        if (shift_[node] == 0) touched_.push_back(node);
        shift_[node] = by;
        parent_[node] = through;
        heap_push({-by, node});
    };
    auto up_path = [&](std::uint32_t node) {  // edges from the node to u
        while (node != u) {
            std::int32_t e = parent_[node];
            cycle_.push_back(e);
            node = edge(e).to;
        }
    };
    raise(u, missing, index);
    while (!heap_.empty()) {
        Entry top = heap_pop();
        if (done_[top.node] != 0 || -top.key != shift_[top.node]) continue;
        if (top.node == 0) {
            up_path(0);
            clean();
            return false;
        }
        done_[top.node] = 1;
        order_.push_back(top.node);
        const std::int64_t here = dating_[top.node] - top.key;
        for (std::int32_t e = in_[top.node]; e >= 0; e = edge(e).next_in) {
            const Edge& link = edge(e);
            if (done_[link.from] != 0) continue;
            std::int64_t by = here - link.most - dating_[link.from];
            if (by <= shift_[link.from] || by <= 0) continue;
            if (link.from == v) {
                cycle_.assign({index, e});
                up_path(top.node);
                clean();
                return false;
            }
            raise(link.from, by, e);
        }
    }
    for (std::uint32_t node : order_) set(node, dating_[node] + shift_[node]);
    clean();
    return true;
}

std::int64_t Graph::most(PointId a, PointId b) {
    if (a == b) return 0;
    // Reduced lengths are not negative: Dijkstra. `shift_` holds the distance, plus one so that 0
    // can mean "not seen".
    auto reach = [&](std::uint32_t node, std::int64_t distance) {
        if (shift_[node] == 0) touched_.push_back(node);
        shift_[node] = distance + 1;
        heap_push({distance, node});
    };
    std::int64_t found = kNoBound;
    reach(a.value, 0);
    while (!heap_.empty()) {
        Entry top = heap_pop();
        if (done_[top.node] != 0) continue;
        done_[top.node] = 1;
        if (top.node == b.value) {
            found = top.key + dating_[b.value] - dating_[a.value];
            break;
        }
        for (std::int32_t e = out_[top.node]; e >= 0; e = edge(e).next_out) {
            const Edge& link = edge(e);
            if (done_[link.to] != 0) continue;
            std::int64_t distance = top.key + link.most + dating_[top.node] - dating_[link.to];
            if (shift_[link.to] == 0 || distance + 1 < shift_[link.to]) reach(link.to, distance);
        }
    }
    clean();
    return found;
}

}  // namespace antinomy::time
