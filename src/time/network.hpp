#pragma once
// The timeline: a simple temporal network (Dechter, Meiri, Pearl 1991) over the points of one view,
// with choices (masks, one-of values, rival values, calendar relations) that are branched over only
// where they can change an answer.
//
// A `Network` is a description: points, differences `to - from <= most`, choices; each says which
// *statement* it comes from. A `Solver` answers questions on it with some statements left out:
// does it fit, with an assumption too? what are the tightest bounds? which days are left for a
// point? what is the smallest set of statements that cannot stand, and the cycle they make?
//
// Method: a feasible potential kept up to date edge by edge (Cotton and Maler 2006, difference
// logic) and Dijkstra over reduced costs for bounds: sparse, O(m + n log n) a question. Choices:
// the hull of each is a plain difference; a solution that happens to satisfy every choice ends the
// search; otherwise a violated one is branched on, over the alternatives its bounds leave. Exact
// within a budget of tests, and it says when the budget was too small (`Fit::undecided`). Distances
// are days in 64 bits, saturating; input can't overflow them (calendar.hpp bounds years).

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "grammar/ast.hpp"
#include "time/calendar.hpp"
#include "time/working_days.hpp"

namespace antinomy::time {

struct PointId {
    std::uint32_t value = 0;  // 0 is the origin, 1970-01-01
    friend auto operator<=>(PointId, PointId) = default;
};
inline constexpr PointId kOrigin{0};

// Something somebody states (a value, an order line) or a rule or `always:` requires.
struct StatementId {
    std::uint32_t value = 0;
    friend auto operator<=>(StatementId, StatementId) = default;
};
struct Statement {
    std::string label;      // for messages and tests
    bool counted = true;    // false: rules and `always:`, which "fewest statements" does not count
    bool droppable = true;  // false: `always:`; belongs to every kept set
    bool doubtful = false;
};

inline constexpr std::int64_t kNoBound = INT64_MAX / 4;
// to - from <= most (days)
struct Difference {
    PointId from;
    PointId to;
    std::int64_t most = kNoBound;
    friend bool operator==(const Difference&, const Difference&) = default;
};
[[nodiscard]] Difference negate(const Difference&);  // over the integers: from - to <= -most - 1

// Positive formula over differences: what a rule's condition is once all else in it is known.
struct Formula {
    enum class Kind { yes, no, leaf, all, any } kind = Kind::yes;
    Difference leaf;
    std::vector<Formula> parts;
    static Formula truth(bool b) { return {b ? Kind::yes : Kind::no, {}, {}}; }
    static Formula of(Difference d) { return {Kind::leaf, d, {}}; }
    static Formula all_of(std::vector<Formula> parts);  // folds constants
    static Formula any_of(std::vector<Formula> parts);
    [[nodiscard]] Formula negated() const;
};

// One way a rival value or a disjunctive requirement can be so.
struct Arm {
    StatementId because;
    std::vector<Difference> differences;
};

// Relations to an anchor point that are no plain distance.
struct CalendarRelation {
    enum class Kind {
        month_of,  // point lies in month `month` of the anchor's year
        unit_of,   // point lies in the week / month / year of the anchor, shifted by `count` units
        // Point is `count` months after (negative: before) the anchor; `bound` at least / most:
        // `at least 3 months before a` is any day up to 3 months before a. At most is one-sided
        // too: `at most 3 months after a` may be before a, unless a difference says otherwise.
        months_after,
        // Point is the nearest `weekday` after the anchor, or before it if `backwards`; with
        // `or_on` the anchor's own day counts.
        weekday_near,
        weekday_of,  // point is the `weekday` of the anchor's week, shifted by `count` weeks
        // Point is the `count`th working day after (`backwards`: before) the anchor, by `calendar`;
        // `bound` as of months. Where the calendar does not say, point may be any day that is
        // not nearer than `count` days.
        working_days_after,
        age  // at the anchor, one born on point has completed `count` to `most` years
    } kind = Kind::month_of;
    int month = 1;
    grammar::Unit unit = grammar::Unit::week;
    std::int64_t count = 0;
    grammar::Bound bound = grammar::Bound::exactly;
    MonthEnd month_end = MonthEnd::clamp;  // both: either convention may hold; so of birthdays
    int weekday = 1;                       // 1 Monday .. 7 Sunday
    bool backwards = false;
    bool or_on = false;
    std::shared_ptr<const WorkingDays> calendar;  // of working_days_after, never empty
    std::int64_t most = 0;                        // of age; 0 to 999, like `count`
    LeapBirthday leap_birthday = LeapBirthday::march_1;
};

class Network {
public:
    Network();
    PointId add_point(std::string name);
    StatementId add_statement(Statement);
    void add(StatementId, Difference);
    void add_days(StatementId, PointId, const DaySet&);  // several windows: hull and a choice
    void add_calendar(StatementId, PointId point, PointId anchor, const CalendarRelation&);
    // One of the arms holds, of those whose statement is not left out (none left: no restriction).
    // Explanations keep or drop it whole: a proof has to close every arm.
    void add_one_of(std::vector<Arm>);

    [[nodiscard]] std::size_t point_count() const { return names_.size(); }
    [[nodiscard]] std::size_t statement_count() const { return statements_.size(); }
    [[nodiscard]] const std::string& name(PointId p) const { return names_[p.value]; }
    [[nodiscard]] const Statement& statement(StatementId s) const { return statements_[s.value]; }

    struct Link {
        Difference difference;
        StatementId because;
    };
    struct DayChoice {
        StatementId because;
        PointId point;
        DaySet days;
    };
    struct CalendarChoice {
        StatementId because;
        PointId point;
        PointId anchor;
        CalendarRelation relation;
    };
    [[nodiscard]] const std::vector<Link>& links() const { return links_; }
    [[nodiscard]] const std::vector<DayChoice>& day_choices() const { return day_choices_; }
    [[nodiscard]] const std::vector<CalendarChoice>& calendar_choices() const {
        return calendar_choices_;
    }
    [[nodiscard]] const std::vector<std::vector<Arm>>& one_ofs() const { return one_ofs_; }

private:
    std::vector<std::string> names_;
    std::vector<Statement> statements_;
    std::vector<Link> links_;
    std::vector<DayChoice> day_choices_;
    std::vector<CalendarChoice> calendar_choices_;
    std::vector<std::vector<Arm>> one_ofs_;
};

// Which statements take part: by statement id. Default: all.
using Enabled = std::vector<bool>;

enum class Fit { yes, no, undecided };

// Tightest bounds of (b - a) in days; -kNoBound / kNoBound where there is none.
struct DistanceBounds {
    std::int64_t least = -kNoBound;
    std::int64_t most = kNoBound;
};

class Solver {
public:
    static constexpr int kTests = 4096;  // network tests for one question (semantics 3.6)

    // The network must outlive the solver and stay as it is.
    explicit Solver(const Network&);  // all statements
    Solver(const Network&, const Enabled&);

    // Is there a dating of all points that meets everything and the formula? On yes, `witness()`
    // has one.
    Fit fits(const Formula& assumption = Formula::truth(true));
    // How many network tests the last question took.
    [[nodiscard]] int tests() const;
    // A dating by point (index = PointId; the origin's is day 0). Of the last `fits` that said yes.
    // Points that nothing ties to the calendar get a day near the others'.
    [[nodiscard]] const std::vector<Day>& witness() const;

    // Bounds over all datings that meet everything and the formula (choices branched; where the
    // budget does not suffice, the hull's, which are wider, and `exact` is set to false). Doesn't
    // fit: least > most.
    DistanceBounds bounds(PointId a, PointId b, const Formula& assumption = Formula::truth(true),
                          bool* exact = nullptr);
    // Days that a point can have. With an assumption: per branch the days form an interval; their
    // union.
    DaySet days(PointId, const Formula& assumption = Formula::truth(true), bool* exact = nullptr);

    Solver(const Solver&);
    Solver(Solver&&) noexcept;
    Solver& operator=(const Solver&);
    Solver& operator=(Solver&&) noexcept;
    ~Solver();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// ---------------------------------------------------------------- explanations (explain.cpp)

struct Step {
    PointId from;
    PointId to;
    std::int64_t least =
        0;  // to - from >= least, because of these statements (one, or a window's two sides)
    std::vector<StatementId> because;
};
struct Core {
    std::vector<StatementId> statements;  // by id
    bool smallest = true;  // false: nothing removable, but a smaller one was not excluded
    // A negative cycle that they make with the assumption, beginning at its point; empty where
    // branches are needed (then see `cases`). The assumption's own steps are left out. A step from
    // or to the origin is a side of a window; two that meet there are one step. Without an
    // assumption the steps close, and their `least` add up to more than 0.
    std::vector<Step> steps;
    struct Case {
        std::string assume;  // "2015-03-05", "x at most ..."
        // The splits on the way to it, and of each the way taken.
        std::vector<std::pair<std::size_t, std::size_t>> path;
        std::vector<Step> steps;
    };
    std::vector<Case> cases;
    // One of the ways holds: because of these statements, or (none) by the assumption itself, as
    // far as the ways before allow.
    struct Split {
        std::vector<StatementId> because;
        std::vector<Formula> ways;
    };
    std::vector<Split> splits;
};
// The fewest statements (counted ones first, then the uncounted; ties: lower ids) among the enabled
// that cannot stand with the assumption; nothing if they can (or undecided). Exact up to
// `exact_limit` statements that matter.
[[nodiscard]] std::optional<Core> smallest_core(const Network&, const Enabled&,
                                                const Formula& assumption = Formula::truth(true),
                                                std::size_t exact_limit = 24);

// The steps or cases that show that these statements, one of the conflicts below, cannot stand:
// choices among rival values count whole, as among the enabled.
[[nodiscard]] Core show_conflict(const Network&, const Enabled&, std::vector<StatementId>);

struct Conflicts {
    std::vector<std::vector<StatementId>> minimal;  // smallest first, at most `limit`
    bool more = false;                              // there are more than were listed
    std::vector<Enabled> kept;  // maximal sets of statements that stand together, at most 64
    bool more_kept = false;
};
// All minimal conflicts among the enabled statements and the maximal sets that avoid them.
// Statements that are not droppable stay in each kept set. If the undoubted statements stand
// together, every kept set holds them all.
[[nodiscard]] Conflicts find_conflicts(const Network&, const Enabled&, std::size_t limit = 16,
                                       std::size_t kept_limit = 64);

}  // namespace antinomy::time
