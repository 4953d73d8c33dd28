#include "rule/uses.hpp"

#include <algorithm>
#include <set>

#include "time/conventions.hpp"

namespace antinomy::rule {
namespace {

void collect(const Term& t, std::set<std::string>& out) {
    const auto add = [&](time::ConventionId c) { out.insert(time::kConventionTable[c].name); };
    // How a month after the 31st counts matters only where something is counted in months.
    const bool term = t.op == Op::duration || t.op == Op::policy || t.op == Op::dated;
    if (term && (t.unit == grammar::Unit::month || t.unit == grammar::Unit::year))
        add(time::kMonthEnd);
    // Of a sum with a day, whatever length it has: a field's may have months.
    if (t.op == Op::sum && t.type.kind == Kind::day && t.children[1].op != Op::duration)
        add(time::kMonthEnd);
    if (t.op == Op::age) add(time::kLeapBirthday);
    if (t.op == Op::deadline) {
        add(time::kDeadlineFirstDay);
        add(time::kDeadlineRolls);
    }
    if (t.op == Op::policy || t.op == Op::dated) out.insert(t.text);
    for (const auto& child : t.children) collect(child, out);
}

void collect(const std::vector<Exception>& list, std::set<std::string>& out) {
    for (const auto& e : list) {
        collect(e.when.term, out);
        collect(e.unless, out);
    }
}

}  // namespace

std::vector<const Rule*> rules_read(const Packs& packs, const Rule& rule) {
    std::vector<const Rule*> out;
    for (const auto& other : packs.rules()) {
        const auto& about = other.bindings[static_cast<std::size_t>(other.at)].type;
        const auto& types = rule.reads_findings_of;
        if (other.severity == Severity::error && other.between == Between::none &&
            other.stratum < rule.stratum && about.kind == Kind::record &&
            std::find(types.begin(), types.end(), about.record) != types.end())
            out.push_back(&other);
    }
    std::sort(out.begin(), out.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
    return out;
}

std::vector<std::string> policies_used(const Rule& r) {
    std::set<std::string> out;
    if (r.where) collect(r.where->term, out);
    collect(r.require.term, out);
    collect(r.unless, out);
    return {out.begin(), out.end()};
}

}  // namespace antinomy::rule
