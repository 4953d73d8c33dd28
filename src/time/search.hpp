#pragma once
// Inside of the folder: the search behind `Solver` and the explanations. Others use network.hpp.
//
// Links live on a stack; beside them stands a dating that meets them all (a feasible potential,
// kept up to date link by link as in Cotton and Maler 2006, save that the origin never moves: what
// it would have to give, the other end of the new link gives). Taking links off the stack needs no
// work. Choices are checked against the dating; a violated one is split:
//   days with holes    at most the window below | at least the window above
//   calendar relation  the anchor in its present year, month or week (then it is a plain distance)
//                      | before that | after that
//   one-of, any        one arm | the next ...
// A refuted split tells which earlier splits it needed; others are jumped over.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "time/network.hpp"

namespace antinomy::time {

// Distances beyond are no bound (27 billion years); sums of a path stay far from overflow.
inline constexpr std::int64_t kHuge = 10'000'000'000'000;
// Wider windows tell little about the day.
inline constexpr std::int64_t kWideWindow = 100 * 366;

// The differences that keep a point in a window: none, one or two.
[[nodiscard]] std::vector<Difference> window_links(PointId, Window);

// ---------------------------------------------------------------- calendar relations
// Is the relation a plain distance (so that its hull says it all)?
[[nodiscard]] bool is_plain(const CalendarRelation&);
// Tightest plain distances that the relation implies.
[[nodiscard]] std::vector<Difference> calendar_hull(PointId point, PointId anchor,
                                                    const CalendarRelation&);
[[nodiscard]] bool holds(const CalendarRelation&, Day point, Day anchor);
// Of working days: does the calendar say to which day they count from this anchor?
[[nodiscard]] bool counts(const CalendarRelation&, Day anchor);
// The relation for anchors in the unit (year, month, week, or those with the same answer) around
// `anchor`: one or more conjunctions of plain differences, of which one must hold. `unit` gets the
// unit's days.
[[nodiscard]] std::vector<std::vector<Difference>> calendar_cases(const Network::CalendarChoice&,
                                                                  Day anchor, Window& unit);

// ---------------------------------------------------------------- sets of small numbers
class Bits {
public:
    void set(std::size_t i) {
        if (i / 64 >= words_.size()) words_.resize(i / 64 + 1);
        words_[i / 64] |= std::uint64_t{1} << (i % 64);
    }
    void reset(std::size_t i) {
        if (i / 64 < words_.size()) words_[i / 64] &= ~(std::uint64_t{1} << (i % 64));
    }
    [[nodiscard]] bool test(std::size_t i) const {
        return i / 64 < words_.size() && ((words_[i / 64] >> (i % 64)) & 1) != 0;
    }
    void merge(const Bits& other) {
        if (other.words_.size() > words_.size()) words_.resize(other.words_.size());
        for (std::size_t i = 0; i < other.words_.size(); ++i) words_[i] |= other.words_[i];
    }
    void clear() { words_.clear(); }
    [[nodiscard]] std::size_t end() const { return words_.size() * 64; }

private:
    std::vector<std::uint64_t> words_;
};

// Why something cannot be: the splits (by level, from 1) and the statements it rests on.
struct Refutation {
    static constexpr std::int32_t kCycle = -1;
    Bits levels;
    Bits statements;
    std::int32_t proof = kCycle;  // index of `Search::proofs()`; kCycle: no splits needed
    void clear() { *this = {}; }
    void merge(const Refutation& other) {
        levels.merge(other.levels);
        statements.merge(other.statements);
    }
};

// ---------------------------------------------------------------- links and a dating
class Graph {
public:
    using Links = std::vector<Network::Link>;

    // Links that stay are its own to look at and shared by its copies; `because` is an index of
    // reasons. They hold from `settle` on; a dating that meets them all is in reach from the days
    // placed before.
    Graph(std::size_t points, std::shared_ptr<const Links> base);

    struct Edge {
        std::uint32_t from;
        std::uint32_t to;
        std::int64_t most;
        std::uint32_t level;
        std::uint32_t reason;  // index of reasons, or kAssumed
        std::int32_t next_out;
        std::int32_t next_in;
    };
    static constexpr std::uint32_t kAssumed = UINT32_MAX;

    [[nodiscard]] const Links& base() const { return *base_; }
    // Mends the dating link by link; where they are many, or where that gets dear, all at once
    // (bulk.cpp). False: they cannot be, and `cycle()` says why.
    bool settle();

    struct Mark {
        std::size_t edges;
        std::size_t trail;
    };
    [[nodiscard]] Mark mark() const { return {edges_.size(), trail_.size()}; }
    // Takes links off and puts the dating back.
    void back_to(Mark);
    // Adds a link and mends the dating. False: it cannot be; `why` gets the levels and reasons of a
    // negative cycle (as edge indices in `cycle()`), and the caller must go back to a mark.
    bool push(const Difference&, std::uint32_t level, std::uint32_t reason);
    [[nodiscard]] const std::vector<std::int32_t>& cycle() const { return cycle_; }
    [[nodiscard]] Edge edge(std::int32_t i) const;
    [[nodiscard]] std::size_t pushed() const {
        return edges_.size();
    }  // after the base's, by index

    // Takes over a dating that meets all links, for good.
    void adopt(std::vector<std::int64_t> dating);

    [[nodiscard]] std::size_t size() const { return dating_.size(); }
    [[nodiscard]] Day day(PointId p) const { return Day{dating_[p.value]}; }
    void place(PointId p, Day d) { dating_[p.value] = d.value; }  // before `settle`
    [[nodiscard]] const std::vector<std::int64_t>& dating() const { return dating_; }

    // Most that b - a can be; kNoBound if nothing bounds it.
    [[nodiscard]] std::int64_t most(PointId a, PointId b);

    // As many links are met at once, fewer one by one: then points stay near the days where they
    // were placed. For tests; no answer turns on it.
    static std::size_t many;
    [[nodiscard]] bool at_once() const { return base_->size() >= many; }

private:
    struct Arc {
        std::uint32_t node;  // at the other end
        std::int32_t link;
        std::int64_t most;
    };
    // The links that stay, by point; of each point the latest first.
    struct Arcs {
        std::vector<std::uint32_t> out_begin, in_begin;
        std::vector<Arc> out, in;
    };
    void index();
    enum class Bulk { done, cycle, gave_up };
    Bulk sweep();
    void back_to_origin();
    Bulk settle_at_once();
    bool find_cycle(std::uint32_t tail, std::uint32_t head, std::int32_t link,
                    const std::vector<std::uint32_t>& component);

    // What goes out of (comes into) a point: f(other point, most, index of the link).
    template <class F>
    void each_out(std::uint32_t node, F f) const {
        for (std::int32_t e = out_[node]; e >= 0;) {
            const Edge& link = edges_[static_cast<std::size_t>(e - base_count_)];
            f(link.to, link.most, e);
            e = link.next_out;
        }
        if (!arcs_) return;
        for (auto i = arcs_->out_begin[node]; i < arcs_->out_begin[node + 1]; ++i) {
            const Arc& arc = arcs_->out[i];
            if (arc.link < shown_) f(arc.node, arc.most, arc.link);
        }
    }
    template <class F>
    void each_in(std::uint32_t node, F f) const {
        for (std::int32_t e = in_[node]; e >= 0;) {
            const Edge& link = edges_[static_cast<std::size_t>(e - base_count_)];
            f(link.from, link.most, e);
            e = link.next_in;
        }
        if (!arcs_) return;
        for (auto i = arcs_->in_begin[node]; i < arcs_->in_begin[node + 1]; ++i) {
            const Arc& arc = arcs_->in[i];
            if (arc.link < shown_) f(arc.node, arc.most, arc.link);
        }
    }
    void set(std::uint32_t node, std::int64_t value) {
        trail_.push_back({node, dating_[node]});
        dating_[node] = value;
    }
    bool mend(std::int32_t edge);
    void clean();

    struct Saved {
        std::uint32_t node;
        std::int64_t value;
    };
    struct Entry {
        std::int64_t key;
        std::uint32_t node;
        friend bool operator>(const Entry& a, const Entry& b) {
            return a.key != b.key ? a.key > b.key : a.node > b.node;
        }
    };
    void heap_push(Entry);
    Entry heap_pop();
    struct Reach {
        std::int64_t to_goal = kNoBound, to_origin = kNoBound;
    };
    Reach reach(PointId from, PointId goal, bool back, bool through_origin, std::int64_t limit);

    std::shared_ptr<const Links> base_;
    std::shared_ptr<const Arcs> arcs_;  // of base_, once it is needed
    std::int32_t base_count_ = 0;
    std::int32_t shown_ = 0;   // of the base, so many count so far
    std::size_t work_ = 0;     // links looked at while mending
    std::vector<Edge> edges_;  // pushed; their indices follow the base's
    std::vector<std::int32_t> out_;
    std::vector<std::int32_t> in_;
    std::vector<std::int64_t> dating_;  // [0] is 0
    std::vector<Saved> trail_;
    std::vector<std::int32_t> cycle_;
    // Scratch, clean between calls.
    std::vector<std::int64_t> shift_;
    std::vector<std::int32_t> parent_;
    std::vector<char> done_;
    std::vector<std::uint32_t> touched_;
    std::vector<std::uint32_t> order_;
    std::vector<Entry> heap_;
};

// ---------------------------------------------------------------- the search
class Search {
public:
    // A one-of counts as far as its arms' statements are enabled; with `whole`, only if all of its
    // arms that are enabled in `whole` are enabled (what a proof needs: every arm closed).
    // `traced`: keep how a `no` was found.
    Search(const Network&, const Enabled&, const Enabled* whole = nullptr, bool traced = false);

    [[nodiscard]] int tests() const { return tests_; }

    // One way on at a split: links (because of the statements of a choice), or a part of a formula.
    struct Alternative {
        std::vector<Difference> links;
        const Formula* formula = nullptr;
        std::uint32_t reason = Graph::kAssumed;
    };
    // A split all of whose alternatives were refuted: by another split or by a cycle.
    struct Proof {
        std::vector<Alternative> alternatives;
        std::vector<std::int32_t> refuted_by;
    };

    Fit fits(const Formula&);
    // After a `yes`.
    [[nodiscard]] const std::vector<std::int64_t>& dating() const { return dating_; }
    // After a `no`: statements that suffice for it (not the fewest).
    [[nodiscard]] const Bits& used() const {
        return impossible_ ? base_.statements : refutation_.statements;
    }
    [[nodiscard]] const std::vector<Proof>& proofs() const { return proofs_; }
    [[nodiscard]] std::int32_t proof() const {
        return impossible_ ? base_.proof : refutation_.proof;
    }
    // The statements of a reason: of a statement itself, or those of a one-of's arms.
    [[nodiscard]] std::vector<StatementId> reason(std::uint32_t index) const {
        if (index < statements_) return {StatementId{index}};
        return groups_because_[index - statements_];
    }

    DistanceBounds bounds(PointId a, PointId b, const Formula&, bool* exact);
    DaySet days(PointId, const Formula&, bool* exact);

    static constexpr int kMaxDepth = 2000;  // of a formula

private:
    struct Mark {
        Graph::Mark graph;
        std::size_t pending;
    };
    // An `any` that was asserted, at a level. Closed: a split has chosen its arm.
    struct Pending {
        const Formula* any;
        std::uint32_t level;
        bool closed = false;
    };
    struct Split {
        Mark mark;
        std::vector<Alternative> alternatives;
        std::size_t next = 0;
        std::optional<std::size_t> closes;  // index of pending_
        Refutation refutation;              // of the alternatives tried so far
        std::vector<std::int32_t> refuted_by;
    };
    struct Group {
        std::vector<const Arm*> arms;
        std::uint32_t reason;
    };

    [[nodiscard]] Mark mark() const { return {graph_.mark(), pending_.size()}; }
    void back_to(const Mark& m) {
        graph_.back_to(m.graph);
        pending_.resize(m.pending);
    }
    // The links that stay, and the choices.
    std::shared_ptr<const Graph::Links> build(const Enabled&, const Enabled* whole);
    void order_choices();
    void settle_choices();
    bool settle_choice(const Network::CalendarChoice&);
    bool bound_by_anchor(const Network::CalendarChoice&);
    bool keeps_out(PointId, const Window&, Refutation& why);
    bool push_because(const std::vector<Difference>&, Refutation, StatementId);
    void place(const Graph::Links&);  // the days to begin with
    bool push(const Difference&, std::uint32_t level, std::uint32_t reason, Refutation&);
    bool push(const Formula&, std::uint32_t level, Refutation&);
    bool push_alternative(const Alternative&, std::uint32_t level, Refutation&);
    void add_reason(Refutation&, std::uint32_t reason) const;
    void explain_cycle(Refutation&) const;
    [[nodiscard]] bool holds(const Difference& d) const {
        return d.most >= kNoBound || graph_.day(d.to).value - graph_.day(d.from).value <= d.most;
    }
    [[nodiscard]] bool holds(const Formula&) const;
    // Splits the first choice that the dating violates; false: there is none.
    bool next_split(Split&);
    bool split_days(const Network::DayChoice&, std::uint32_t reason, Split&);
    bool split_calendar(const Network::CalendarChoice&, std::uint32_t reason, Split&);
    // From the links and pending formulas as they stand; leaves its own on the stack.
    Fit run();
    Fit search();
    // Keeps all points near what is written, if that may bring the search to an end. False: it may
    // not, or they cannot be there.
    bool keep_near(Refutation&);
    // Goes back over the splits to the latest one that the refutation needs; false: to none.
    bool refuted(std::vector<Split>&, Refutation);
    // Plain distances that keep every choice, of the day choices only these, as the dating has it.
    [[nodiscard]] std::vector<Difference> chosen(
        const std::vector<const Network::DayChoice*>& days) const;
    std::int64_t most_with(const std::vector<Difference>& links, PointId a, PointId b);
    std::int64_t highest(PointId a, PointId b, std::int64_t best, bool& exact);
    [[nodiscard]] bool choiceless() const {
        return groups_.empty() && day_choices_.empty() && calendar_choices_.empty() &&
               pending_.empty();
    }

    const Network* network_;
    std::uint32_t statements_ = 0;  // reasons from here on are of one-ofs
    std::vector<std::vector<StatementId>> groups_because_;
    std::vector<const Network::DayChoice*> day_choices_;
    std::vector<const Network::CalendarChoice*> calendar_choices_;
    std::vector<Group> groups_;
    std::int64_t largest_ = 0;     // of all finite distances
    std::size_t plain_links_ = 0;  // those before the one-ofs'
    Graph graph_;
    std::vector<Pending> pending_;
    std::optional<Network::DayChoice> wanted_;  // of `days`: the days not found yet
    std::vector<std::int64_t> dating_;
    Refutation base_;  // why the network cannot stand, if so
    Refutation refutation_;
    std::vector<Proof> proofs_;
    bool traced_ = false;
    bool impossible_ = false;
    int tests_ = 0;
};

}  // namespace antinomy::time
