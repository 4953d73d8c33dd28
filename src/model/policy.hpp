#pragma once
// Policies that are terms ("10 days") or have dates ("10 until 2016, 15 from then on"). Plain
// numbers and ways of counting need no more than a number, and are kept as such (case.hpp).

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "grammar/ast.hpp"
#include "time/calendar.hpp"

namespace antinomy::model {

struct PolicyValue {
    std::int64_t count = 0;
    std::optional<grammar::Unit> unit;  // none: a plain number
    time::Window days;                  // on which it holds; unbounded: always

    friend bool operator==(const PolicyValue&, const PolicyValue&) = default;
};

struct Policy {
    bool term = false;                // its values are terms, else numbers
    bool dated = false;               // a day has to be named where it is used
    std::vector<PolicyValue> values;  // in order of their days, none of which two share
};

using Policies = std::map<std::string, Policy, std::less<>>;

// "10", "10 days": a whole number from 0 to a million, of a term one from 1 on with its unit.
// Nothing: it is neither.
[[nodiscard]] std::optional<PolicyValue> read_policy_value(const std::string& text);
// The same back.
[[nodiscard]] std::string print(const PolicyValue&);
// "10 days from 2010-01-01 to 2016-11-13": with the days on which it holds, as far as they end.
[[nodiscard]] std::string print_with_days(const PolicyValue&);

}  // namespace antinomy::model
