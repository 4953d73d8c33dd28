#include "cli/known_findings.hpp"

#include <algorithm>

#include "check/suppress.hpp"

namespace antinomy::cli {

KnownFindings::KnownFindings(const track::Entries& entries, const rule::Packs& packs,
                             const report::Threshold& threshold)
    : entries_(track::settled(entries)),
      seen_(entries_.size()),
      packs_(packs),
      threshold_(threshold) {
    for (std::size_t i = 0; i < entries_.size(); ++i)
        by_fingerprint_.emplace(entries_[i].fingerprint, i);
}

check::Baseline KnownFindings::of(const check::Finding& f) {
    const auto it = by_fingerprint_.find(f.fingerprint);
    if (it == by_fingerprint_.end()) return check::Baseline::fresh;
    auto& seen = seen_[it->second];
    seen.found = true;
    if (check::is_mandatory(packs_, f.rule)) return check::Baseline::fresh;
    if (entries_[it->second].verdict > f.verdict) return check::Baseline::stronger;
    if (f.suppressed.empty()) {
        ++seen.known;
        if (threshold_.counts(f.severity, f.verdict)) ++seen.counted;
    }
    return check::Baseline::old;
}

std::vector<KnownFindings::Again> KnownFindings::again() const {
    std::vector<Again> out;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const std::uint64_t known = seen_[i].known;
        if (known <= entries_[i].times) continue;
        const auto more = known - entries_[i].times;
        out.push_back({&entries_[i], more, std::min<std::uint64_t>(more, seen_[i].counted)});
    }
    return out;
}

std::string why_no_ids(const data::Map& map) {
    if (map.per != data::Per::record) return {};
    for (const auto& [key, value] : map.case_block)
        if (key->text == "id" && value.constant == nullptr) return {};
    return "a baseline knows findings by the id of their record, and the map `" + map.id +
           "` gives records none of their own";
}

}  // namespace antinomy::cli
