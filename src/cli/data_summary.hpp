#pragma once
// The sum of a data set's check: what was read, what each rule came to, which limits hold; as text
// and as JSON, and the exit code that follows.

#include <cstdint>
#include <iosfwd>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/check.hpp"
#include "cli/workspace.hpp"
#include "data/limits.hpp"
#include "data/run.hpp"
#include "report/terminal.hpp"

namespace antinomy::cli {

// By rule, lines: of each the first gaps of records, with their places.
using FirstGaps = std::map<std::string, std::vector<std::string>>;

// What a run came to beside a baseline, but for what the totals count.
struct BesideBaseline {
    bool compared = false;
    std::vector<check::Gone> gone;  // entries that were looked for, and not found
    std::uint64_t again = 0;        // findings in more records of one id than the baseline has
    std::map<std::string, std::uint64_t> counted;  // of them, by rule, for the exit code
};

class DataSummary {
public:
    // All must outlive it. `limits`: those that count, of the map and of the command line.
    DataSummary(const CheckOptions& options, const LoadedMap& loaded, const data::Totals& totals,
                const data::Limits& limits, const FirstGaps& gaps, std::uint64_t not_shown,
                const BesideBaseline& beside)
        : o_(options),
          loaded_(loaded),
          totals_(totals),
          limits_(limits),
          gaps_(gaps),
          not_shown_(not_shown),
          beside_(beside) {}

    void print(std::ostream&, const report::Style&) const;
    [[nodiscard]] nlohmann::ordered_json json(bool complete) const;
    // What counts as found, in words; empty: nothing does. What a limit allows does not; of a rule
    // with a limit, what is over it does, whatever its severity, unless nothing is to.
    [[nodiscard]] std::string why_found() const;
    // Findings of all rules.
    [[nodiscard]] data::Counts sum() const;
    // Rules with a limit that were judged and applied to no record.
    [[nodiscard]] std::vector<std::string> idle_limits() const;

private:
    // A limit beside what it is about.
    struct Held {
        std::uint64_t counted = 0;  // records with findings that count, and that are not known
        std::uint64_t of = 0;       // records that the rule applied to
        bool within = true;
    };
    [[nodiscard]] Held held(const std::string& rule, const data::Limit&) const;
    [[nodiscard]] data::RuleCounts counts(const std::string& rule) const;
    [[nodiscard]] bool asked(const std::string& rule) const;
    [[nodiscard]] std::vector<std::string> not_applied() const;
    // Findings that the baseline knows, as possible alone, or not.
    struct Known {
        std::uint64_t old = 0;
        std::uint64_t stronger = 0;
        std::uint64_t fresh = 0;
    };
    [[nodiscard]] Known known() const;
    [[nodiscard]] std::uint64_t again(const std::string& rule) const;
    // What is checked one by one, and counted.
    [[nodiscard]] const char* unit() const {
        return loaded_.map.per == data::Per::record ? "record" : "case";
    }
    void print_table(std::ostream&, const report::Style&) const;
    void print_limits(std::ostream&, const report::Style&) const;
    void print_gaps(std::ostream&, const report::Style&) const;

    const CheckOptions& o_;
    const LoadedMap& loaded_;
    const data::Totals& totals_;
    const data::Limits& limits_;
    const FirstGaps& gaps_;
    std::uint64_t not_shown_;
    const BesideBaseline& beside_;
};

}  // namespace antinomy::cli
