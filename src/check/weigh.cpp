#include "check/weigh.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace antinomy::check {

namespace {

bool earlier(const Finding& a, const Finding& b) {
    return std::tuple(a.severity, a.verdict, first_stated(a), a.rule, a.at, a.fingerprint) <
           std::tuple(b.severity, b.verdict, first_stated(b), b.rule, b.at, b.fingerprint);
}

}  // namespace

time::Day first_stated(const Finding& f) {
    auto first = time::kForever;
    for (const auto& x : f.proof.facts)
        if (x.is_date && bounded(x.days.first)) first = std::min(first, x.days.first);
    return first;
}

time::Day first_shown(const Finding& f) {
    auto first = first_stated(f);
    for (const auto& row : f.timeline)
        for (const auto& w : row.windows)
            if (bounded(w.first)) first = std::min(first, w.first);
    return first;
}

void sort_findings(std::vector<Finding>& findings) {
    std::stable_sort(findings.begin(), findings.end(), earlier);
}

void group_findings(std::vector<Finding>& findings) {
    using Date = std::pair<std::string, std::string>;  // path, account
    std::vector<std::size_t> parent(findings.size());
    for (std::size_t i = 0; i < parent.size(); ++i) parent[i] = i;
    const auto root = [&](std::size_t i) {
        while (parent[i] != i) i = parent[i] = parent[parent[i]];
        return i;
    };
    std::vector<std::set<Date>> dates(findings.size());
    std::map<Date, std::vector<std::size_t>> by_date;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        for (const auto& x : findings[i].proof.facts)
            if (x.is_date) dates[i].insert({x.path, x.account});
        if (dates[i].size() >= 2)
            for (const auto& d : dates[i]) by_date[d].push_back(i);
    }
    // All that has every date of another has its first one.
    for (std::size_t i = 0; i < findings.size(); ++i) {
        if (dates[i].size() < 2) continue;
        for (const auto k : by_date[*dates[i].begin()]) {
            if (root(i) == root(k) ||
                !std::includes(dates[k].begin(), dates[k].end(), dates[i].begin(), dates[i].end()))
                continue;
            parent[std::max(root(i), root(k))] = std::min(root(i), root(k));
        }
    }
    std::map<std::size_t, std::string> names;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        auto& name = names[root(i)];
        if (name.empty()) name = "g" + std::to_string(names.size());
        findings[i].group = name;
    }
}

void weigh(std::vector<Finding>& findings, const BuiltinWeights& weights) {
    if (weights.empty()) return;
    findings.erase(std::remove_if(findings.begin(), findings.end(),
                                  [&](Finding& f) {
                                      const auto it = weights.find(f.rule);
                                      if (it == weights.end()) return false;
                                      if (it->second) f.severity = *it->second;
                                      return !it->second;
                                  }),
                   findings.end());
    sort_findings(findings);
    group_findings(findings);
}

}  // namespace antinomy::check
