#pragma once
// How many records a rule may find fault with before the run fails: a number of them, or a share of
// those that the rule applied to. In a map (`limits:` under `map:`) and on the command line, whose
// limit counts instead of the map's.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "rule/pack.hpp"
#include "text/diagnostic.hpp"
#include "text/document.hpp"

namespace antinomy::data {

struct Limit {
    bool share = false;
    std::uint64_t most = 0;  // records, or millionths of one per cent
    text::Span span;         // in the map; none: of the command line

    // Are `found` records few enough, of `applied`? A share of none at all is none.
    [[nodiscard]] bool allows(std::uint64_t found, std::uint64_t applied) const;
    // "3" or "0.1 %".
    [[nodiscard]] std::string written() const;
};
using Limits = std::map<std::string, Limit>;  // by the rule's id

// "3", "0.1%", "0.1 %": a whole number, or per cent from 0 to 100 with at most six digits behind
// the point. Nothing: it is neither.
[[nodiscard]] std::optional<Limit> read_limit(std::string_view);
inline constexpr const char* kLimitHelp =
    "write a number of records, or a share of those that the rule applied to: `3`, `0.1 %`";

// `limits:` of a map. A rule that is not there is an error, and so is one that is named twice, by
// its id and by what it was called before.
[[nodiscard]] Limits read_limits(const text::Node&, const rule::Packs&, text::Diagnostics&);

// The id of a rule that can have a limit; nothing: `help` says what there is.
[[nodiscard]] std::optional<std::string> rule_with_limit(const rule::Packs&,
                                                         const std::string& named,
                                                         std::string& message, std::string& help);

}  // namespace antinomy::data
