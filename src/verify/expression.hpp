#pragma once
// Places in time relative to others (`10 days after ban`) and order lines (`a before b before c`),
// read word by word. What it doesn't know: nothing (see dates.hpp).

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verify/dates.hpp"
#include "verify/relation.hpp"

namespace antinomy::verify {

struct Expression;
// What an expression is relative to: a name of the case, a date, or an expression again.
struct Anchor {
    std::string name;
    std::optional<Stated> date;
    std::shared_ptr<const Expression> nested;
};

enum class Side { before, after, not_before, not_after, same_day };

struct Expression {
    enum class Form {
        distance,  // `count` days (bound) before or after
        side,
        between,
        relation
    } form = Form::side;
    Side side = Side::before;
    Bound bound = Bound::exactly;
    std::int64_t count = 0;
    bool after = false;
    Relation relation;
    Anchor anchor;
    Anchor last;  // of between
};
[[nodiscard]] std::optional<Expression> read_expression(std::string_view, const Conventions&);

// Does it, or what it hangs on, count working days?
[[nodiscard]] bool counts_working_days(const Expression&);

struct OrderStep {
    Side side = Side::before;
    bool distance = false;
    Bound bound = Bound::exactly;
    std::int64_t days = 0;
    bool after = false;
};
struct Order {
    std::vector<std::string> names;
    std::vector<OrderStep> steps;  // between neighbours
};
[[nodiscard]] std::optional<Order> read_order(std::string_view);

}  // namespace antinomy::verify
