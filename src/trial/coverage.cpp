#include "trial/coverage.hpp"

#include <algorithm>

#include "rule/literals.hpp"
#include "rule/spell.hpp"

namespace antinomy::trial {

void Coverage::add(const rule::Rule& r, const check::SeenTerms& seen) {
    const auto literals = rule::literals(r);
    auto& all = seen_[r.id];
    all.resize(literals.size());
    for (std::size_t i = 0; i < literals.size(); ++i) {
        const auto it = seen.find(literals[i].term);
        if (it == seen.end()) continue;
        all[i].yes = all[i].yes || it->second.yes;
        all[i].no = all[i].no || it->second.no;
        all[i].open = all[i].open || it->second.open;
    }
}

namespace {

// A condition as a reader sees it: what a define has stands at its call, maybe more than once.
struct Condition {
    const rule::Literal* literal;
    std::string written;
    check::Seen seen;
};

std::vector<Condition> conditions(const std::vector<rule::Literal>& literals,
                                  const std::vector<check::Seen>& seen) {
    std::vector<Condition> out;
    for (std::size_t i = 0; i < literals.size(); ++i) {
        auto written = rule::spell(*literals[i].term);
        const auto same = std::find_if(out.begin(), out.end(), [&](const Condition& c) {
            return c.literal->span == literals[i].span && c.written == written;
        });
        if (same == out.end()) {
            out.push_back({&literals[i], std::move(written), seen[i]});
            continue;
        }
        same->seen.yes = same->seen.yes || seen[i].yes;
        same->seen.no = same->seen.no || seen[i].no;
        same->seen.open = same->seen.open || seen[i].open;
    }
    return out;
}

}  // namespace

Covered Coverage::of(const rule::Rule& r) const {
    Covered out;
    const auto literals = rule::literals(r);
    const auto it = seen_.find(r.id);
    const auto seen = it == seen_.end() ? std::vector<check::Seen>(literals.size()) : it->second;
    for (auto& c : conditions(literals, seen)) {
        ++out.conditions;
        Uncovered u{c.literal->span, c.literal->section, std::move(c.written), {}};
        if (!c.seen.yes) u.never.emplace_back("true");
        if (!c.seen.no) u.never.emplace_back("false");
        if (!c.seen.open && !c.literal->two_valued) u.never.emplace_back("unknown");
        const std::size_t asked = c.literal->two_valued ? 2 : 3;
        out.outcomes += asked;
        out.met += asked - u.never.size();
        if (!u.never.empty()) out.missing.push_back(std::move(u));
    }
    return out;
}

}  // namespace antinomy::trial
