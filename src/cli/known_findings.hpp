#pragma once
// The baseline of a data set: which of the findings that go by are known, and which entries nothing
// was found for. Held are the entries, no more, whatever the data.
//
// Cases are told apart by their ids, and nothing makes the ids of records differ. So an entry says
// in how many records it was found (`times`); where there are more now, which of them is the new
// one nobody can tell, and so many count as new.

#include <atomic>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "check/finding.hpp"
#include "data/map.hpp"
#include "report/report.hpp"
#include "rule/pack.hpp"
#include "track/baseline.hpp"

namespace antinomy::cli {

class KnownFindings {
public:
    // The packs must outlive it. `threshold`: what counts for the exit code.
    KnownFindings(const track::Entries&, const rule::Packs& packs,
                  const report::Threshold& threshold);

    // What the baseline says of a finding that comes by; it is counted. Any thread.
    [[nodiscard]] check::Baseline of(const check::Finding&);

    // When all have come by. By `judged`, all was looked at that could have an entry's finding.
    struct Again {
        const track::Entry* entry;
        std::uint64_t more;     // than the entry has, all of them marked as known
        std::uint64_t counted;  // of them, for the exit code
    };
    [[nodiscard]] std::vector<Again> again() const;
    template <class Judged>
    [[nodiscard]] std::vector<check::Gone> gone(const Judged& judged) const {
        std::vector<check::Gone> out;
        for (std::size_t i = 0; i < entries_.size(); ++i)
            if (const auto& e = entries_[i]; !seen_[i].found && judged(e))
                out.push_back({e.rule, e.case_id, e.at, e.fingerprint, e.verdict, e.message});
        return out;
    }

private:
    struct Seen {
        std::atomic<bool> found{false};
        std::atomic<std::uint64_t> known{0};    // findings that are marked so
        std::atomic<std::uint64_t> counted{0};  // of them, were they new
    };
    track::Entries entries_;
    std::vector<Seen> seen_;  // by entry
    std::unordered_map<std::string_view, std::size_t> by_fingerprint_;
    const rule::Packs& packs_;
    report::Threshold threshold_;
};

// Why findings of this map's data have no names that last from one run to the next; empty: they
// have.
[[nodiscard]] std::string why_no_ids(const data::Map&);
inline constexpr std::string_view kGiveIds =
    "give `case:` of the map an `id` from the data, as in `id: $.number`";

}  // namespace antinomy::cli
