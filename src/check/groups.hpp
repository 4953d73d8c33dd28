#pragma once
// Records of a whole data set that a rule compares with one another (`among:` of a rule): the
// amounts of those that are alike, gathered over all cases before any is judged by such a rule.
//
// A record belongs to a group for certain if every account of its case puts it there; if only some
// do, or one of rival values does, it belongs perhaps, and bounds are taken over both. One whose
// group or amount nobody states belongs to none.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace antinomy::check {

// From `low` to `high`; of a duration seconds, beside its months.
struct Amount {
    std::int64_t months = 0;
    double low = 0;
    double high = 0;
    bool by_clock = false;
};

// All that a rule may ask of a group; not of one that is empty.
struct GroupTotals {
    std::uint64_t members = 0;
    std::uint64_t perhaps = 0;  // more of them
    Amount sum;
    Amount least;
    Amount greatest;
    Amount median;
    // "sum", "min", "max" or "median".
    [[nodiscard]] const Amount& of(std::string_view what) const;
};

// Where groups are looked up while cases are judged; by several threads at once, unless it says
// otherwise.
class GroupSource {
public:
    virtual ~GroupSource() = default;
    // The group of a rule, by its id and what the records have in common; nothing if fewer than
    // `fewest` (at least 1) are in it for certain. `durations`: the amounts are durations, not
    // numbers.
    [[nodiscard]] virtual std::optional<GroupTotals> find(const std::string& rule,
                                                          const std::string& key,
                                                          std::uint64_t fewest,
                                                          bool durations) const = 0;
};

// Gets what belongs to the group of a rule: for certain (`sure`), or perhaps.
using Gather =
    std::function<void(const std::string& rule, const std::string& key, const Amount&, bool sure)>;

// Groups held in memory, every amount of them. By one thread at a time: what was asked is kept.
class Groups final : public GroupSource {
public:
    void add(const std::string& rule, const std::string& key, const Amount&, bool sure);
    [[nodiscard]] std::optional<GroupTotals> find(const std::string& rule, const std::string& key,
                                                  std::uint64_t fewest,
                                                  bool durations) const override;

private:
    struct Group {
        std::vector<Amount> members;
        std::vector<Amount> perhaps;
        mutable std::optional<GroupTotals> totals;
    };
    std::map<std::pair<std::string, std::string>, Group> groups_;
};

// The sum, min, max or median (`what`) of amounts: bounds, exact where all amounts are. `perhaps`
// may each be among them or not. Not of an empty list, but for the sum.
[[nodiscard]] Amount total_of(const std::string& what, bool durations,
                              const std::vector<Amount>& amounts,
                              const std::vector<Amount>& perhaps = {});
// What so many months and seconds have in seconds alone.
[[nodiscard]] std::pair<double, double> in_seconds(const Amount&);
// Bounds in months, which may be halves of them or endless, as an amount: whole months where they
// are exact, else seconds.
[[nodiscard]] Amount from_months(double low, double high);

}  // namespace antinomy::check
