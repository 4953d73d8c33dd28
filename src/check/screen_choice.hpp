#pragma once
// One choice of shapes for what a rule binds, and what of the rule is settled by it. Conditions
// come out as ScreenConditions has them, of all cases at once. Of this folder alone.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "check/screen_conditions.hpp"
#include "check/screen_program.hpp"

namespace antinomy::check {

// What is known of a condition. `closer`: nothing. `silent`: no missing fact is noted on the way.
struct Beforehand {
    Comes comes = Comes::closer;
    bool silent = true;
    [[nodiscard]] bool settled() const { return surely(comes) && silent; }
};

// What is bound: a record of a shape, nobody, or there is no telling.
struct Bound {
    enum class Is : std::uint8_t { any, shape, nobody };
    Is is = Is::any;
    std::uint32_t shape = 0;
};

// Dates of the program as they are for a shape: what stands in for a day that is never stated.
class ShapeDates {
public:
    ShapeDates(ScreenProgram& p, const std::vector<Screen::Shape>& shapes)
        : p_(p), shapes_(shapes) {}

    // The date to ask for instead, among the program's.
    int of(int date, std::uint32_t shape);

private:
    ScreenProgram& p_;
    const std::vector<Screen::Shape>& shapes_;
    std::map<std::pair<int, std::uint32_t>, int> made_;
};

// One choice of shapes for what a rule binds.
class ShapeChoice {
public:
    ShapeChoice(const ScreenProgram& p, const std::vector<Screen::Shape>& shapes, ShapeDates& dates,
                std::vector<Bound>& bound)
        : p_(p), shapes_(shapes), dates_(dates), bound_(bound) {}

    // A part of `where` that says "no", whatever else is so: nothing is bound.
    [[nodiscard]] bool ruled_out(const ScreenRule& r, std::size_t bound);

    // The rule without what is settled.
    void take_out(ScreenRule& r);

    // What a path from something bound leads to. Nothing: no record, and nothing is missing.
    [[nodiscard]] std::optional<Bound> follow(const ScreenNode& path, bool& perhaps_nobody) const;

private:
    // `known(a.b)`, where b refers to a record.
    static bool asks_for_reference(const ScreenNode& n);

    // Where what nobody lists is no fact, as in ScreenConditions::asserted.
    struct Asserting {
        explicit Asserting(ShapeChoice& c) : of(c) { of.asserted_ = true; }
        ~Asserting() { of.asserted_ = false; }
        Asserting(const Asserting&) = delete;
        Asserting& operator=(const Asserting&) = delete;
        ShapeChoice& of;
    };

    // The end of references. `perhaps`: one of them may not be stated; `noted`: what is missing on
    // the way is noted.
    struct Way {
        Bound::Is is = Bound::Is::any;
        std::uint32_t shape = 0;
        bool perhaps = false;
        bool noted = false;
    };
    [[nodiscard]] Way way(const ScreenNode& path, std::size_t steps) const;

    static Beforehand sure(bool b, bool silent = true) { return {truth(b), silent}; }

    // As ScreenConditions::condition, of all cases at once.
    [[nodiscard]] Beforehand judge(const ScreenNode& n, bool negated);

    [[nodiscard]] Beforehand quantified(const ScreenNode& n, bool negated) const;
    // A list of records that is never stated, of a record that is there.
    [[nodiscard]] bool nobody_listed(const ScreenNode& list) const;

    [[nodiscard]] Beforehand known(const ScreenNode& n) const;

    // A value that is never stated.
    [[nodiscard]] bool missing(const ScreenNode& n) const;
    static bool constant(const ScreenNode& n);
    [[nodiscard]] Beforehand compare(const ScreenNode& n) const;

    [[nodiscard]] Beforehand in(const ScreenNode& n, bool negated) const;

    // A day that is never stated, beside one that may be, is a gap.
    [[nodiscard]] Beforehand relation(const ScreenNode& n) const;
    [[nodiscard]] bool never_dated(const ScreenNode& n) const;

    // A condition, or its denial, without what is settled in it.
    [[nodiscard]] ScreenNode rewrite(const ScreenNode& n, bool negated);

    void take_out(std::vector<ScreenException>& all);

    void settle_dates(std::vector<ScreenException>& all);
    void settle_dates(ScreenNode& n);

    const ScreenProgram& p_;
    const std::vector<Screen::Shape>& shapes_;
    ShapeDates& dates_;
    std::vector<Bound>& bound_;
    // References of what is bound that `where` asks for.
    std::set<std::pair<int, std::uint32_t>> stated_;
    bool asserted_ = false;
};

}  // namespace antinomy::check
