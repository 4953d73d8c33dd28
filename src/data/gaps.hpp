#pragma once
// Which gaps of records are told one by one: the first so many of each rule, in the order of the
// records. Any thread may ask, and what it makes ready is told by one; so which are told does not
// depend on how many threads there are.

#include <atomic>
#include <cstdint>
#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

#include "check/screen.hpp"
#include "rule/pack.hpp"

namespace antinomy::data {

class GapList {
public:
    static constexpr auto kAll = std::numeric_limits<std::uint64_t>::max();

    // `most`: of each rule; 0: none is told.
    GapList(const rule::Packs&, std::uint64_t most);
    // By number of the screen's rules; it must not outlive this.
    [[nodiscard]] check::Screen::Telling by_number(const check::Screen&) const;
    // Are more gaps of the rule to be told? Any thread.
    [[nodiscard]] bool wants(const std::string& rule) const;
    // Is this one, which is next, to be told? The thread that tells.
    [[nodiscard]] bool take(const std::string& rule);

private:
    struct OfRule {
        std::atomic<bool> more{false};
        std::uint64_t told = 0;
    };
    std::uint64_t most_;
    std::unordered_map<std::string, OfRule> rules_;  // all that can have gaps; none is added later
};

}  // namespace antinomy::data
