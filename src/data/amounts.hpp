#pragma once
// The amounts that rules with `among:` compare, of a whole data set, in bounded memory: gathered,
// sorted by group and size, and made into what a rule may ask of a group.
//
// Held are amounts up to a limit in bytes. What is more is sorted and put into a temporary file, a
// run at a time, and the runs are merged (Knuth, The Art of Computer Programming 3, 5.4). The
// merge is read twice side by side: once for the size of a group, its sum and its ends, once for
// what stands in its middle. So a group may be as large as the data set. The totals of groups are
// held up to another limit and then in a file too, in the order of a hash of what the records have
// in common; of the file an index is held, sixteen bytes for every 4 KiB.
//
// Totals do not depend on the order in which amounts came, nor on the limits.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "check/groups.hpp"
#include "data/spill.hpp"

namespace antinomy::data {

// A rule that compares records of a data set.
struct ComparedRule {
    std::string id;
    std::uint64_t fewest = 2;  // fewer are no group (`at_least`)
    bool durations = false;    // its amounts are durations, not numbers
};

struct SpillLimits {
    std::size_t amounts = std::size_t{32} << 20;  // bytes
    std::size_t totals = std::size_t{16} << 20;
};

// Looked up by any number of threads at once.
class GroupTable final : public check::GroupSource {
public:
    GroupTable(std::vector<ComparedRule> rules, std::size_t limit)
        : rules_(std::move(rules)), limit_(limit) {}
    [[nodiscard]] std::optional<check::GroupTotals> find(const std::string& rule,
                                                         const std::string& key,
                                                         std::uint64_t fewest,
                                                         bool durations) const override;
    // In the order of the hash, then of the key; `key` begins with the number of the rule.
    void add(std::uint64_t hash, std::string_view key, const check::GroupTotals&);
    [[nodiscard]] std::uint64_t groups() const { return groups_; }

private:
    struct Block {
        std::uint64_t first;  // hash
        std::uint64_t at;
    };
    [[nodiscard]] std::string_view block(std::size_t, std::string& buffer) const;

    std::vector<ComparedRule> rules_;
    std::size_t limit_;
    std::vector<Block> blocks_;
    std::string held_;
    Spill spill_;
    std::uint64_t size_ = 0;
    std::uint64_t groups_ = 0;
};

class Amounts {
public:
    explicit Amounts(std::vector<ComparedRule> rules, SpillLimits limits = {});
    ~Amounts();
    // By the number of the rule. Throws SpillError.
    void add(std::size_t rule, std::string_view key, const check::Amount&, bool sure);
    // Once, after all were added. Throws SpillError.
    [[nodiscard]] std::unique_ptr<GroupTable> totals();

    // One amount beside its group, as it is sorted.
    struct Entry;
    // Entries sorted, in memory or in the file.
    class Run;
    // All runs as one.
    class Merge;

private:
    void put(const Entry&);
    void sort();
    void spill();
    [[nodiscard]] std::vector<std::unique_ptr<Run>> runs() const;
    void total(Merge& ahead, Merge& behind, GroupTable&) const;

    struct Item {
        std::uint64_t hash;
        std::uint64_t at;  // in `bytes_`
    };
    std::vector<ComparedRule> rules_;
    SpillLimits limits_;
    std::string bytes_;
    std::vector<Item> items_;
    Spill spill_;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> parts_;  // of the file: from, to
    std::string key_;                                             // room for one
};

}  // namespace antinomy::data
