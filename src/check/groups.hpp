#pragma once
// Records of a whole data set that a rule compares with one another (`among:` of a rule): the
// amounts of those that are alike, gathered over all cases before any is judged by such a rule.
//
// A record belongs to a group for certain if every account of its case puts it there; if only some
// do, or one of rival values does, it belongs perhaps, and bounds are taken over both. One whose
// group or amount nobody states belongs to none.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace antinomy::check {

// From `low` to `high`; of a duration seconds, beside its months.
struct Amount {
    std::int64_t months = 0;
    double low = 0;
    double high = 0;
    bool by_clock = false;
};

struct Group {
    std::vector<Amount> members;
    std::vector<Amount> perhaps;
};

// By the id of the rule, then by what the records have in common, one value a line.
using Groups = std::map<std::string, std::map<std::string, Group>>;

// The sum, min, max or median (`what`) of amounts: bounds, exact where all amounts are. `perhaps`
// may each be among them or not. Not of an empty list, but for the sum.
[[nodiscard]] Amount total_of(const std::string& what, bool durations,
                              const std::vector<Amount>& amounts,
                              const std::vector<Amount>& perhaps = {});
// What so many months and seconds have in seconds alone.
[[nodiscard]] std::pair<double, double> in_seconds(const Amount&);

}  // namespace antinomy::check
