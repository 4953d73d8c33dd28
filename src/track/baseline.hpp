#pragma once
// Baselines: the findings of a set of cases that are known already, so that a check counts only
// what is new.
//
// A baseline is no suppression: what is in it stays in every report, marked, and needs no reason;
// it only does not count for the exit code. It is a file of one entry a line, sorted, so that two
// branches that each add some merge by lines; which line an entry is on means nothing.
//
// An entry is a fingerprint with a verdict: *possible* does not cover *certain*, since who accepted
// what may be has not seen what is; *certain* covers both. The rest of it is for readers.
//
// Pure, but for `read_baseline`; nothing here writes files.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "check/finding.hpp"
#include "text/document.hpp"

namespace antinomy::track {

struct Entry {
    std::string rule;
    std::string case_id;
    std::string at;
    std::string fingerprint;
    check::Verdict verdict = check::Verdict::certain;
    std::string message;
    std::string reason;  // of the people who keep the file; empty: none
    // Of data sets: in how many records of one id. Cases have ids of their own: 1.
    std::uint64_t times = 1;
    text::Span span;  // of the entry
};
using Entries = std::vector<Entry>;

// Of a baseline as it was written or merged: an entry may be there twice. Nothing, and why, where
// the file cannot be read or is no baseline.
// `most`: of so many entries (and 64 MiB), more are an error; 0: as many as fit into 256 MiB.
[[nodiscard]] std::optional<Entries> read_baseline(text::SourceMap&, const std::string& path,
                                                   text::Diagnostics&, std::size_t most = 0);

// Of data sets, which have any number of findings: a baseline is held in memory, and a record of
// what is known to be wrong is no use to anybody who cannot read it.
inline constexpr std::size_t kMostOfData = 50'000;
inline constexpr std::size_t kMostBytesOfData = std::size_t{64} << 20u;  // of the file
inline constexpr std::string_view kTooMany =
    "split the data and keep a baseline of each part, or give the rules that find so much "
    "`limits` in the map";

// Sorted; of one fingerprint the stronger verdict alone.
[[nodiscard]] Entries settled(Entries);

// The file: sorted, each fingerprint and verdict once. The same entries give the same bytes.
[[nodiscard]] std::string baseline_text(Entries);

// What a run can say of entries.
struct Run {
    // No baseline holds back the findings of this rule.
    std::function<bool(const std::string& case_id, const std::string& rule)> mandatory;
    // All was judged that could have this finding: that it is not there means that it is gone.
    std::function<bool(const Entry&)> judged;
};

// Marks each finding, and lists what is gone.
void mark(check::Result&, const Entries&, const Run&);

// Entries of all findings that a baseline may hold: not those that are suppressed (that is decided
// already, with a reason) and not those of mandatory rules.
[[nodiscard]] Entries entries_of(const check::Result&, const Run&);

struct Changed {
    Entries entries;
    std::size_t added = 0;
    std::size_t raised = 0;   // possible, and now certain
    std::size_t lowered = 0;  // certain, and now possible
    std::size_t removed = 0;
    std::size_t oftener = 0;  // of data sets: in more records of one id, or in fewer
};
// A new file. The reasons of what was there before are kept.
[[nodiscard]] Changed written(const Entries& before, const check::Result&, const Run&);
// With what is new; nothing is taken out.
[[nodiscard]] Changed updated(const Entries& before, const check::Result&, const Run&);
// Without what is gone; what is only possible now does not stay accepted as certain. Nothing is
// added.
[[nodiscard]] Changed pruned(const Entries& before, const check::Result&, const Run&);

}  // namespace antinomy::track
