#include "data/totals.hpp"

#include <algorithm>

namespace antinomy::data {

std::uint64_t Counts::all() const {
    std::uint64_t n = 0;
    for (const auto& s : findings)
        for (const auto v : s) n += v;
    return n;
}

std::uint64_t Counts::certain() const {
    std::uint64_t n = 0;
    for (const auto& s : findings) n += s[static_cast<std::size_t>(check::Verdict::certain)];
    return n;
}

void Counts::add(const Counts& other) {
    for (std::size_t s = 0; s < findings.size(); ++s)
        for (std::size_t v = 0; v < findings[s].size(); ++v) findings[s][v] += other.findings[s][v];
}

std::uint64_t RuleCounts::open() const {
    return whole() ? 0 : applied - passed - certain - possible;
}

void RuleCounts::add(const RuleCounts& other) {
    applied += other.applied;
    passed += other.passed;
    certain += other.certain;
    possible += other.possible;
    gaps += other.gaps;
    findings.add(other.findings);
    known.add(other.known);
    stronger += other.stronger;
    new_certain += other.new_certain;
    new_possible += other.new_possible;
}

void Totals::add(const Totals& other) {
    read += other.read;
    checked += other.checked;
    not_checked += other.not_checked;
    left_out += other.left_out;
    cases += other.cases;
    cases_left_out += other.cases_left_out;
    quiet += other.quiet;
    alike += other.alike;
    with_findings += other.with_findings;
    gaps += other.gaps;
    suppressed += other.suppressed;
    for (const auto& [rule, counts] : other.rules) rules[rule].add(counts);
    for (const auto& [rule, n] : other.looked_into) looked_into[rule] += n;
}

void Totals::count(const check::Checked& record) {
    struct Found {
        const std::string* rule;
        RuleCounts* counts;
        bool certain = false;
        bool fresh = false;  // no baseline knows it
        bool fresh_certain = false;
    };
    std::vector<Found> found;
    const auto of = [&](const std::string& rule) {
        return std::find_if(found.begin(), found.end(),
                            [&](const Found& x) { return *x.rule == rule; });
    };
    for (const auto& f : record.result.findings) {
        if (!f.suppressed.empty()) {
            ++suppressed;
            continue;
        }
        auto here = of(f.rule);
        if (here == found.end()) here = found.insert(here, {&f.rule, &rules[f.rule]});
        const bool certain = f.verdict == check::Verdict::certain;
        here->certain = here->certain || certain;
        const auto severity = static_cast<std::size_t>(f.severity);
        const auto verdict = static_cast<std::size_t>(f.verdict);
        ++here->counts->findings.findings[severity][verdict];
        if (f.baseline == check::Baseline::old) {
            ++here->counts->known.findings[severity][verdict];
            continue;
        }
        here->counts->stronger += f.baseline == check::Baseline::stronger ? 1 : 0;
        here->fresh = true;
        here->fresh_certain = here->fresh_certain || certain;
    }
    for (const auto& x : found) {
        ++(x.certain ? x.counts->certain : x.counts->possible);
        if (x.fresh) ++(x.fresh_certain ? x.counts->new_certain : x.counts->new_possible);
    }
    for (const auto& a : record.applied) {
        const auto here = of(a.rule);
        auto& counts = here == found.end() ? rules[a.rule] : *here->counts;
        ++counts.applied;
        if (a.passed && here == found.end()) ++counts.passed;
    }
    for (const auto& g : record.result.gaps) ++rules[g.rule].gaps;
    gaps += record.result.gaps.size();
    with_findings += found.empty() ? 0 : 1;
}

}  // namespace antinomy::data
