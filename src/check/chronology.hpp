#pragma once
// The timeline of a case as each account has it, told as it is: what is stated of every point, what
// follows for it from everything else, which statements contradict one another, which of two events
// came first.
//
// Promises: bounds are the tightest that the statements entail (semantics.md 3; where the budget of
// the search does not suffice, `exact` is false and they are wider), an order is certain or
// impossible only as a rule would find it so: on statements that nobody doubts. Where the dates of
// an account contradict one another, points that take part show what is stated and nothing
// inferred; what is said of the rest, and of orders, holds in every largest set of statements that
// stands (semantics.md 5). Where identities are open, it holds under every answer.
//
// Doesn't do: rules. What rules of fact would exclude is `check`'s.

#include <optional>
#include <string>
#include <vector>

#include "check/finding.hpp"
#include "model/case.hpp"
#include "rule/pack.hpp"
#include "time/network.hpp"

namespace antinomy::check {

struct ChronologyPoint {
    std::string path;              // "events.meeting.start"
    std::string label;             // "meeting", "meeting end"
    bool moment = false;           // of an event: the day it begins or ends
    std::vector<Fact> statements;  // those this account holds; several: one of them is so
    time::DaySet stated;           // days that they say by themselves; all where that is none
    time::DaySet days;             // days left by everything together
    bool exact = true;
    bool inferred = false;     // `days` is less than `stated`
    bool in_conflict = false;  // takes part in a contradiction: `days` is `stated`
    bool doubtful = false;     // a doubtful statement is among those that it rests on
    bool explained = true;     // false: the budget for explanations was spent
    // Why it is not earlier, not later, none of the days between; empty where `stated` says so.
    std::vector<Proof> because;
};

// `a before b`: the last day of a, the first of b.
struct ChronologyPair {
    enum class Order { certain, possible, impossible } before = Order::possible;
    std::size_t a = 0;  // into `events`
    std::size_t b = 0;
    time::DistanceBounds days;  // from the last day of a to the first of b, doubtful statements too
};

struct Contradiction {
    // Possible: it rests on doubtful statements, or on one way of counting.
    Verdict verdict = Verdict::certain;
    bool one_way = false;  // of two ways of counting, that nobody chose between
    Proof proof;
    std::optional<std::int64_t> sum;  // of the cycle, below 0; none where branches are needed
};

// A rival value that no dating of the rest can keep.
struct Refuted {
    std::string path;
    Fact fact;
    Proof proof;
};

// How far two points lie apart.
struct Distance {
    std::string from;  // paths
    std::string to;
    bool known = false;  // both are there
    time::DistanceBounds days;
    ChronologyPair::Order before = ChronologyPair::Order::possible;
    // Why no less, no more; none: nothing bounds it. Several where a contradiction or an open
    // identity leaves several ways.
    std::vector<Proof> least;
    std::vector<Proof> most;
};

struct AccountChronology {
    std::string account;  // empty: a case without accounts
    std::vector<std::string> adopts;
    std::optional<bool> consistent;  // none: not decided
    std::vector<Contradiction> contradictions;
    bool more_contradictions = false;
    std::vector<Refuted> refuted;
    std::vector<ChronologyPoint> points;  // as the case's files have them
    std::vector<std::string> events;      // paths of those that exist here
    std::vector<ChronologyPair> pairs;
    std::vector<Distance> between;
};

struct Chronology {
    std::string id;
    std::string title;
    std::string file;
    std::vector<AccountChronology> accounts;
    std::vector<Undecided> undecided;
};

// A point as it is named on the command line, resolved.
struct NamedPoint {
    std::string written;
    model::PointRef point;
};

struct ChronologyOptions {
    std::vector<std::string> accounts;  // empty: all
    std::optional<std::vector<std::string>> sources;
    bool pairs = false;
    std::vector<std::pair<NamedPoint, NamedPoint>> between;
};

inline constexpr std::size_t kPairEvents = 1000;  // more have too many pairs

[[nodiscard]] Chronology make_chronology(const rule::Packs&, const model::Case&,
                                         const ChronologyOptions&);

}  // namespace antinomy::check
