#pragma once
// Which findings of a case its `suppress:` entries silence, and which entries have had their day.
//
// An entry is a person's decision about findings as they were when it was made. So it silences
// nothing that was not before that person:
// - a *certain* finding only where the entry says `verdict: certain`: who waved through what may be
//   has not looked at what is. (Certain covers possible: the weaker was within what was decided.)
// - with `accounts:`, findings of exactly these accounts: one more account is another finding.
// - to the day `until`, that day included. After it the finding is back, and
//   `suppression-expired` says at the entry why.
// An entry that silences nothing is `suppression-unused`: the fault is gone, or the entry misses
// it.
//
// Pure: the same findings, entries and day give the same marks.

#include <string_view>
#include <vector>

#include "check/finding.hpp"
#include "model/case.hpp"
#include "rule/pack.hpp"

namespace antinomy::check {

struct Suppressing {
    std::optional<time::Day> today;  // none: no entry has ended
    // Of each entry of the case: was all judged that it could silence? If not, it is not called
    // unused.
    std::vector<bool> whole;
};

// Marks the findings (`suppressed`, `_by`, `_until`, `_at`); gives what is to be said of the
// entries themselves. Where several entries silence a finding, it carries the first one's reason.
[[nodiscard]] std::vector<Finding> suppress(std::vector<Finding>&, const model::Case&,
                                            const Suppressing&);

// May nothing silence a finding of this rule: no suppression, no baseline? A pack says so of its
// rules (`mandatory: true`); of findings about suppressions themselves it is so by nature.
[[nodiscard]] bool is_mandatory(const rule::Packs&, std::string_view rule);

}  // namespace antinomy::check
