// Links on a stack and a dating that meets them. All at once: bulk.cpp.

#include <algorithm>
#include <utility>

#include "time/search.hpp"

namespace antinomy::time {

std::size_t Graph::many = 4096;

Graph::Graph(std::size_t points, std::shared_ptr<const Links> base)
    : base_(std::move(base)),
      base_count_(static_cast<std::int32_t>(base_->size())),
      out_(points, -1),
      in_(points, -1),
      dating_(points, 0),
      shift_(points, 0),
      parent_(points, -1),
      done_(points, 0) {}

Graph::Edge Graph::edge(std::int32_t i) const {
    if (i >= base_count_) return edges_[static_cast<std::size_t>(i - base_count_)];
    const auto& link = (*base_)[static_cast<std::size_t>(i)];
    const Difference& d = link.difference;
    return {d.from.value, d.to.value, std::max(d.most, -kHuge), 0, link.because.value, -1, -1};
}

// Arcs by point, by counting; filled from the front with the last links first.
void Graph::index() {
    if (arcs_) return;
    auto arcs = std::make_shared<Arcs>();
    const auto counts = [&](const Difference& d) { return d.most < kHuge && d.from != d.to; };
    arcs->out_begin.assign(size() + 1, 0);
    arcs->in_begin.assign(size() + 1, 0);
    const auto count = static_cast<std::size_t>(base_count_);
    for (std::size_t i = 0; i < count; ++i) {
        const Difference& d = (*base_)[i].difference;
        if (!counts(d)) continue;
        ++arcs->out_begin[d.from.value + 1];
        ++arcs->in_begin[d.to.value + 1];
    }
    for (std::size_t p = 0; p < size(); ++p) {
        arcs->out_begin[p + 1] += arcs->out_begin[p];
        arcs->in_begin[p + 1] += arcs->in_begin[p];
    }
    arcs->out.resize(arcs->out_begin.back());
    arcs->in.resize(arcs->in_begin.back());
    auto out_at = arcs->out_begin;
    auto in_at = arcs->in_begin;
    for (std::size_t i = count; i-- > 0;) {
        const Difference& d = (*base_)[i].difference;
        if (!counts(d)) continue;
        const auto most = std::max(d.most, -kHuge);
        const auto link = static_cast<std::int32_t>(i);
        arcs->out[out_at[d.from.value]++] = {d.to.value, link, most};
        arcs->in[in_at[d.to.value]++] = {d.from.value, link, most};
    }
    arcs_ = std::move(arcs);
}

bool Graph::settle() {
    constexpr std::size_t kPatience = 8;  // looks at each link and point, before all at once
    const auto budget = kPatience * (static_cast<std::size_t>(base_count_) + size());
    bool tried = false;
    for (shown_ = 0; shown_ < base_count_;) {
        if (!tried && (at_once() || work_ > budget)) {
            tried = true;
            shown_ = base_count_;
            const Bulk bulk = settle_at_once();
            if (bulk != Bulk::gave_up) return bulk == Bulk::done;
            shown_ = 0;  // the dating has changed: from the beginning
        }
        const Difference& d = (*base_)[static_cast<std::size_t>(shown_)].difference;
        const auto link = shown_++;
        if (d.most >= kHuge) continue;
        if (d.from == d.to) {
            if (d.most >= 0) continue;
            cycle_.assign(1, link);
            return false;
        }
        if (dating_[d.to.value] - dating_[d.from.value] <= std::max(d.most, -kHuge)) continue;
        index();
        if (!mend(link)) return false;
    }
    return true;
}

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
    auto index = base_count_ + static_cast<std::int32_t>(edges_.size());
    edges_.push_back(
        {d.from.value, d.to.value, most, level, reason, out_[d.from.value], in_[d.to.value]});
    out_[d.from.value] = index;
    in_[d.to.value] = index;
    if (d.from == d.to) {
        cycle_.assign(1, index);
        return false;
    }
    if (dating_[d.to.value] - dating_[d.from.value] <= most) return true;
    this->index();
    return mend(index);
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
        bool met = false;
        each_out(top.node, [&](std::uint32_t to, std::int64_t most, std::int32_t e) {
            ++work_;
            if (met || done_[to] != 0) return;
            std::int64_t by = here + most - dating_[to];
            if (by >= shift_[to] || by >= 0) return;
            if (to == u) {
                met = true;
                cycle_.clear();
                cycle_.push_back(e);
                down_path(top.node);
            } else {
                lower(to, by, e);
            }
        });
        if (met) {
            clean();
            return false;
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
        bool met = false;
        each_in(top.node, [&](std::uint32_t from, std::int64_t most, std::int32_t e) {
            ++work_;
            if (met || done_[from] != 0) return;
            std::int64_t by = here - most - dating_[from];
            if (by <= shift_[from] || by <= 0) return;
            if (from == v) {
                met = true;
                cycle_.assign({index, e});
                up_path(top.node);
            } else {
                raise(from, by, e);
            }
        });
        if (met) {
            clean();
            return false;
        }
    }
    for (std::uint32_t node : order_) set(node, dating_[node] + shift_[node]);
    clean();
    return true;
}

// Dijkstra over reduced lengths, which are not negative; `shift_` holds the distance, plus one so
// that 0 can mean "not seen". `back`: from the goal's side, against the links. What is farther than
// `limit` is of no interest.
Graph::Reach Graph::reach(PointId from, PointId goal, bool back, bool through_origin,
                          std::int64_t limit) {
    Reach found;
    const auto take = [&](std::uint32_t node, std::int64_t distance) {
        if (shift_[node] == 0) touched_.push_back(node);
        shift_[node] = distance + 1;
        heap_push({distance, node});
    };
    take(from.value, 0);
    while (!heap_.empty()) {
        const Entry top = heap_pop();
        if (top.key >= limit) break;
        if (done_[top.node] != 0) continue;
        done_[top.node] = 1;
        if (top.node == goal.value) {
            found.to_goal = top.key;
            break;
        }
        if (top.node == 0 && from != kOrigin) {
            found.to_origin = top.key;
            if (!through_origin) continue;
        }
        const auto near = [&](std::uint32_t other, std::int64_t most, std::int32_t) {
            if (done_[other] != 0) return;
            const auto slack =
                back ? dating_[other] - dating_[top.node] : dating_[top.node] - dating_[other];
            const std::int64_t distance = top.key + most + slack;
            if (shift_[other] == 0 || distance + 1 < shift_[other]) take(other, distance);
        };
        if (back)
            each_in(top.node, near);
        else
            each_out(top.node, near);
    }
    clean();
    return found;
}

// Nearly every point has a link with the origin: a search that got there would go everywhere. So it
// begins at the other end, or stops at the origin and goes on from the other end to it.
std::int64_t Graph::most(PointId a, PointId b) {
    if (a == b) return 0;
    index();
    std::int64_t reduced = kNoBound;
    if (a == kOrigin) {
        reduced = reach(b, a, true, true, kNoBound).to_goal;
    } else if (b == kOrigin) {
        reduced = reach(a, b, false, true, kNoBound).to_goal;
    } else {
        const Reach there = reach(a, b, false, false, kNoBound);
        reduced = there.to_goal;
        if (there.to_origin < reduced) {
            const Reach here =
                reach(b, kOrigin, true, true, std::min(kNoBound, reduced) - there.to_origin);
            if (here.to_goal < kNoBound)
                reduced = std::min(reduced, there.to_origin + here.to_goal);
        }
    }
    return reduced >= kNoBound ? kNoBound : reduced + dating_[b.value] - dating_[a.value];
}

}  // namespace antinomy::time
