#include "check/groups.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "check/evaluate.hpp"

namespace antinomy::check {

using rule::Kind;

// What an instance has in common with others: a key for each combination of rival values; nothing
// where one of them is not stated.
std::optional<std::vector<std::string>> Evaluator::keys_of(
    const std::vector<const rule::Term*>& alike, Context& c) {
    constexpr std::size_t kKeys = 16;
    std::vector<std::string> keys{""};
    for (const auto* term : alike) {
        std::set<std::string> values;
        for (const auto& s : scalars(*term, c)) {
            if (s.gap || s.unknown) return std::nullopt;
            const auto kind = term->type.kind;
            values.insert(kind == Kind::record ? case_.record(s.record).path
                          : kind == Kind::number || kind == Kind::boolean ? std::to_string(s.low)
                          : kind == Kind::duration
                              ? std::to_string(s.months) + "/" + std::to_string(s.low)
                              : s.text);
        }
        if (values.empty() || c.on_weak) return std::nullopt;
        std::vector<std::string> next;
        for (const auto& key : keys)
            // With its length, so that no text can look like two.
            for (const auto& v : values)
                next.push_back(key + std::to_string(v.size()) + ":" + v + "\n");
        if (next.size() > kKeys) return std::nullopt;
        keys = std::move(next);
    }
    return keys;
}

std::optional<Evaluator::Belonging> Evaluator::belonging(const rule::Rule& r, const Instance& i) {
    Reads scratch;
    auto c = context(i, scratch);
    c.asserted_only = true;
    const auto scope = scope_of(r, c);
    if (scope.kind == Ground::Kind::no) return std::nullopt;
    std::vector<const rule::Term*> alike;
    for (const auto& a : r.among->alike) alike.push_back(&a.term);
    auto keys = keys_of(alike, c);
    if (!keys) return std::nullopt;
    Belonging out;
    out.sure = keys->size() == 1 && i.doubtful.empty() &&
               (scope.kind == Ground::Kind::yes ||
                fits_firmly(scope.formula(false, false).negated()) == time::Fit::no);
    out.keys = std::move(*keys);
    std::vector<Scalar> rivals;
    for (auto& s : scalars(r.among->value.term, c)) {
        if (s.gap) return std::nullopt;
        if (s.unknown || c.on_weak) {
            // Doubtful: it may be any amount.
            s.months = 0;
            s.low = r.among->value.term.type.kind == Kind::duration ? 0 : -HUGE_VAL;
            s.high = HUGE_VAL;
        }
        rivals.push_back(std::move(s));
    }
    if (rivals.empty()) return std::nullopt;
    out.amount = one_of(std::move(rivals)).amount();
    return out;
}

std::optional<GroupTotals> Evaluator::group_of(const rule::Term& peers, Context& c) {
    const auto missing = [&]() -> std::optional<GroupTotals> {
        const auto at = c.records[static_cast<std::size_t>(peers.binding)];
        c.reads->gaps.insert((at.valid() ? case_.record(at).path : std::string("case")) + "." +
                             peers.written);
        return std::nullopt;
    };
    if (groups_ == nullptr) return missing();
    std::vector<const rule::Term*> alike;
    for (const auto& a : peers.children) alike.push_back(&a);
    const auto keys = keys_of(alike, c);
    // Of rival groups it is not known which it belongs to.
    if (!keys || keys->size() != 1) return missing();
    auto found = groups_->find(peers.text, keys->front(), static_cast<std::uint64_t>(peers.count),
                               peers.type.kind == Kind::duration);
    return found ? std::move(found) : missing();
}

const Amount& GroupTotals::of(std::string_view what) const {
    return what == "sum" ? sum : what == "min" ? least : what == "max" ? greatest : median;
}

void Groups::add(const std::string& rule, const std::string& key, const Amount& amount, bool sure) {
    auto& group = groups_[{rule, key}];
    (sure ? group.members : group.perhaps).push_back(amount);
    group.totals.reset();
}

std::optional<GroupTotals> Groups::find(const std::string& rule, const std::string& key,
                                        std::uint64_t fewest, bool durations) const {
    const auto it = groups_.find({rule, key});
    if (it == groups_.end() || it->second.members.size() < fewest) return std::nullopt;
    const auto& group = it->second;
    if (!group.totals) {
        const auto total = [&](const char* what) {
            return total_of(what, durations, group.members, group.perhaps);
        };
        group.totals = GroupTotals{group.members.size(), group.perhaps.size(), total("sum"),
                                   total("min"),         total("max"),         total("median")};
    }
    return group.totals;
}

}  // namespace antinomy::check
