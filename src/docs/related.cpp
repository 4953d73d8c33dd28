#include "docs/related.hpp"

#include <algorithm>
#include <set>

#include "rule/uses.hpp"

namespace antinomy::docs {
namespace {

using rule::Rule;

// The type of the records that a rule's findings are about; none: fields of any record.
std::optional<model::TypeId> about(const Rule& r) {
    const auto& type = r.bindings[static_cast<std::size_t>(r.at)].type;
    if (type.kind != rule::Kind::record) return std::nullopt;
    return type.record;
}

bool ranks_above(const rule::Packs& packs, const Rule& one, const Rule& other) {
    return std::any_of(one.over.begin(), one.over.end(),
                       [&](const rule::Over& o) { return packs.canonical(o.rule) == other.id; });
}

bool reads(const rule::Packs& packs, const Rule& one, const Rule& other) {
    if (one.reads_findings_of.empty() || is_off(one)) return false;
    const auto list = rule::rules_read(packs, one);
    return std::find(list.begin(), list.end(), &other) != list.end();
}

}  // namespace

std::vector<Relation> related(const Library& library, const Rule& r) {
    std::vector<Relation> out;
    std::set<const Rule*> told{&r};
    const auto add = [&](std::string name, const auto& fits) {
        Relation relation{std::move(name), {}};
        for (const auto* other : library.rules)
            if (told.count(other) == 0 && fits(*other)) relation.rules.push_back(other);
        if (relation.rules.empty()) return;
        told.insert(relation.rules.begin(), relation.rules.end());
        out.push_back(std::move(relation));
    };
    const auto& packs = *library.packs;
    add("Ranks above", [&](const Rule& x) { return ranks_above(packs, r, x); });
    add("Ranks below", [&](const Rule& x) { return ranks_above(packs, x, r); });
    const auto read = is_off(r) || r.reads_findings_of.empty() ? std::vector<const Rule*>{}
                                                               : rule::rules_read(packs, r);
    add("Reads the findings of",
        [&](const Rule& x) { return std::find(read.begin(), read.end(), &x) != read.end(); });
    add("Its findings are read by", [&](const Rule& x) { return reads(packs, x, r); });
    for (const auto& group : r.groups)
        add("Of the group " + group, [&](const Rule& x) {
            return std::find(x.groups.begin(), x.groups.end(), group) != x.groups.end();
        });
    if (const auto type = about(r))
        add("Also about a record of type " + packs.vocabulary().type(*type).name,
            [&](const Rule& x) { return about(x) == type; });
    add("Of the same family", [&](const Rule& x) { return x.pack == r.pack; });
    return out;
}

}  // namespace antinomy::docs
