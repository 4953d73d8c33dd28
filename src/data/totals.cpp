#include "data/totals.hpp"

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
    with_findings += other.with_findings;
    gaps += other.gaps;
    suppressed += other.suppressed;
    for (const auto& [rule, counts] : other.rules) rules[rule].add(counts);
    for (const auto& [rule, n] : other.looked_into) looked_into[rule] += n;
}

void Totals::count(const check::Checked& record) {
    std::map<std::string, bool> certain;      // of rules that found something
    std::map<std::string, bool> new_certain;  // that no baseline knows
    for (const auto& f : record.result.findings) {
        if (!f.suppressed.empty()) {
            ++suppressed;
            continue;
        }
        auto& any = certain.emplace(f.rule, false).first->second;
        any = any || f.verdict == check::Verdict::certain;
        auto& counts = rules[f.rule];
        const auto severity = static_cast<std::size_t>(f.severity);
        const auto verdict = static_cast<std::size_t>(f.verdict);
        ++counts.findings.findings[severity][verdict];
        if (f.baseline == check::Baseline::old) {
            ++counts.known.findings[severity][verdict];
            continue;
        }
        counts.stronger += f.baseline == check::Baseline::stronger ? 1 : 0;
        auto& new_one = new_certain.emplace(f.rule, false).first->second;
        new_one = new_one || f.verdict == check::Verdict::certain;
    }
    for (const auto& [rule, any] : new_certain) {
        auto& counts = rules[rule];
        ++(any ? counts.new_certain : counts.new_possible);
    }
    for (const auto& [rule, any] : certain) {
        auto& counts = rules[rule];
        ++(any ? counts.certain : counts.possible);
    }
    for (const auto& a : record.applied) {
        auto& counts = rules[a.rule];
        ++counts.applied;
        if (a.passed && certain.count(a.rule) == 0) ++counts.passed;
    }
    for (const auto& g : record.result.gaps) ++rules[g.rule].gaps;
    gaps += record.result.gaps.size();
    with_findings += certain.empty() ? 0 : 1;
}

}  // namespace antinomy::data
