#pragma once
// What an expression relative to other points ("10 days after ban", "January of s.published") says
// of a point, as constraints of a network: differences, calendar relations, and points of its own
// where the expression brings a date or a link of a chain.
//
// Whoever calls says what a name stands for; no record, view or file is known here. An expression
// adds constraints only through what is returned and through its own points, which are tied under
// the given statement and restrict nothing else: any dating of the anchors can be extended to them.

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "grammar/ast.hpp"
#include "time/conventions.hpp"
#include "time/network.hpp"
#include "time/stated.hpp"

namespace antinomy::time {

// First and last day of what an anchor names; the same point for what has one day.
struct AnchorPoints {
    PointId first;
    PointId last;
};
// May add points to the network.
using AnchorOf = std::function<AnchorPoints(const grammar::PointName&)>;

// The names in an expression, in the order they are written. They live as long as it does.
[[nodiscard]] std::vector<const grammar::PointName*> names_in(const grammar::TimeExpression&);

// Does it count working days, itself or what it hangs on?
[[nodiscard]] bool counts_working_days(const grammar::TimeExpression&);

// Which ways of counting (of `kConventionTable`) it asks for, itself or in what it hangs on.
[[nodiscard]] std::array<bool, kConventions> conventions_of(const grammar::TimeExpression&);

// All of it holds of the point.
struct Relative {
    std::vector<Difference> differences;
    struct ToAnchor {
        PointId anchor;
        CalendarRelation relation;
    };
    std::optional<ToAnchor> calendar;  // what no difference can say
};
// Will `calendar` be empty?
[[nodiscard]] bool only_distances(const grammar::TimeExpression&);
// Of an EDTF value: nothing (stated.hpp has its days).
[[nodiscard]] Relative relative_to(Network&, StatementId, PointId, const grammar::TimeExpression&,
                                   const AnchorOf&, const Conventions&);

// Adds what `relative_to` returns, under the statement.
void add_relative(Network&, StatementId, PointId, const grammar::TimeExpression&, const AnchorOf&,
                  const Conventions&);

}  // namespace antinomy::time
