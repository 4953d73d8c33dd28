#pragma once
// Is there a dating that meets some constraints? Bounds are narrowed until nothing moves (each
// point a first and a last day, circles of distances told by counting the rounds), the earliest
// days are tried, and what they don't meet is split. Written for few points and for being read; the
// engine's search works otherwise (a feasible potential kept up to date link by link).
//
// `no` and `yes` are proofs: a `yes` comes with a dating that `met` has looked at constraint by
// constraint. With the budget spent the answer is `unknown`.

#include <cstdint>
#include <vector>

#include "time/calendar.hpp"
#include "verify/relation.hpp"

namespace antinomy::verify {

struct Constraint {
    enum class Kind {
        at_least,  // to - from >= days
        in,        // `to` is one of `set`
        related,   // `to` stands in `relation` to `from`
        all,       // of parts
        any
    } kind = Kind::at_least;
    int from = 0;  // points; 0 is 1970-01-01
    int to = 0;
    std::int64_t days = 0;
    time::DaySet set;
    Relation relation;
    std::vector<Constraint> parts;

    static Constraint at_least(int from, int to, std::int64_t days);
    static Constraint in(int point, time::DaySet);
    static Constraint related(int from, int to, Relation);
    static Constraint all_of(std::vector<Constraint>);
    static Constraint any_of(std::vector<Constraint>);
};
using Constraints = std::vector<Constraint>;

enum class Answer { yes, no, unknown };

struct Solved {
    Answer answer = Answer::unknown;
    std::vector<std::int64_t> dates;  // of a yes, by point
};

// Where days can matter. A dating with a wider gap than `farthest` between two neighbouring points
// outside of `written` can be drawn apart there by `period` as often as one likes; and one with a
// gap wider than both together can be drawn closer.
struct Extent {
    time::Window written{time::Day{0}, time::Day{0}};  // all days that are written; else this one
    std::int64_t farthest = 0;                         // the longest distance between two points
    std::int64_t period = 0;                           // 0: nothing hangs on the calendar
};
[[nodiscard]] Extent extent(const Constraints&);

[[nodiscard]] Solved solve(int points, const Constraints&, int budget = 4000);

[[nodiscard]] bool met(const Constraint&, const std::vector<std::int64_t>& dates);
// The points that it speaks of.
void points_of(const Constraint&, std::vector<int>& out);
// Of a conjunction, what differs from it: to - from >= n becomes from - to >= 1 - n.
[[nodiscard]] Constraint negated(const Constraint& at_least);

}  // namespace antinomy::verify
