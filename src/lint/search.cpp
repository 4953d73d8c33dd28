#include "lint/search.hpp"

#include <algorithm>

namespace antinomy::lint {

using rule::Op;
using rule::Rule;
using rule::Term;

namespace {

constexpr std::size_t kFew = 3;  // values of a cell

Term constant(bool value) {
    Term t;
    t.op = Op::boolean;
    t.number = value ? 1 : 0;
    t.written = value ? "yes" : "no";
    return t;
}

bool asks_time(const Term& t) {
    return t.op == Op::relation || t.op == Op::deadline || t.op == Op::age ||
           std::any_of(t.children.begin(), t.children.end(), asks_time);
}

bool asks_time(const Rule& r) {
    return (r.where && asks_time(r.where->term)) || asks_time(r.require.term) ||
           std::any_of(r.unless.begin(), r.unless.end(),
                       [](const rule::Exception& e) { return asks_time(e.when.term); });
}

bool may_find(const check::Verdicts::One& v) {
    return v.status == "certain" || v.status == "possible";
}

bool is_finding(const check::Verdicts::One& v) {
    return v.told && may_find(v);
}

// A rule that finds fault with every record of a type: what `fails` may see.
Rule fault_finder(model::TypeId type) {
    Rule out;
    out.id = "~" + std::to_string(type.value);
    out.severity = rule::Severity::error;
    rule::Binding b;
    b.name = "x";
    b.type.kind = rule::Kind::record;
    b.type.record = type;
    b.source.op = Op::records;
    b.source.type = b.type;
    b.source.type.list = true;
    b.source.count = type.value;
    out.bindings.push_back(std::move(b));
    out.require.term = constant(false);
    out.variable_count = 1;
    return out;
}

}  // namespace

void Extent::add(const Extent& o) {
    cases += o.cases;
    records = std::min(records, o.records);
}

std::vector<Term> conjuncts(const std::optional<rule::Condition>& where) {
    if (!where) return {};
    if (where->term.op == Op::all) return where->term.children;
    return {where->term};
}

Goal goal_of(const Rule& r, const std::vector<Term>& conditions, bool whole,
             std::vector<rule::Exception> exceptions) {
    Goal out;
    Rule now;
    now.id = r.id;
    now.kind = r.kind;
    now.severity = r.severity;
    now.between = r.between;
    now.sides = r.sides;
    now.bindings = r.bindings;
    now.at = r.at;
    now.among = r.among;
    now.variable_count = r.variable_count;
    now.reads_findings = r.reads_findings;
    now.stratum = 1;
    now.require.term = constant(false);
    // Which record a rule on every field is about shows only by what it asks.
    if (std::none_of(r.bindings.begin(), r.bindings.end(),
                     [](const rule::Binding& b) { return b.type.kind == rule::Kind::field; }))
        out.stages.push_back(now);
    std::vector<Term> so_far;
    for (const auto& c : conditions) {
        so_far.push_back(c);
        rule::Condition where;
        if (so_far.size() == 1) {
            where.term = c;
        } else {
            where.term.op = Op::all;
            where.term.children = so_far;
        }
        now.where = std::move(where);
        out.stages.push_back(now);
    }
    if (whole || out.stages.empty()) {
        if (whole) now.require = r.require;
        out.stages.push_back(now);
    }
    if (!exceptions.empty()) {
        now.unless = std::move(exceptions);
        out.stages.push_back(now);
    }
    return out;
}

struct Search::Walk {
    const Goal& goal;
    const Holds& holds;
    Space space;
    Choice choice;
    std::size_t most;              // cases
    std::size_t width = SIZE_MAX;  // values of each cell
    std::size_t cases = 0;
    bool spent = false;
    bool found = false;
    bool certain = false;
};

std::optional<model::Case> Search::build(const Space& space, const Choice& choice) const {
    const auto root = space.written(choice);
    text::Diagnostics problems;
    auto out = model::build_case(packs_.vocabulary(), {{{}, &root, true, true}}, problems,
                                 packs_.policies(), packs_.terms());
    if (problems.has_errors()) return std::nullopt;
    return out;
}

check::Verdicts Search::judge(const model::Case& c, const Rule& r, bool findings) const {
    std::vector<Rule> made;
    if (findings) {
        const auto reads = reads_of(packs_, r);
        for (const auto t : reads.fails) made.push_back(fault_finder(t));
    }
    std::vector<const Rule*> rules;
    for (const auto& m : made) rules.push_back(&m);
    rules.push_back(&r);
    auto out = check::verdicts(packs_, c, rules);
    out.each.erase(std::remove_if(out.each.begin(), out.each.end(),
                                  [&](const auto& v) { return v.rule != &r; }),
                   out.each.end());
    return out;
}

bool Search::step(Walk& w, std::size_t stage, std::size_t cell) {
    while (cell == w.space.ends[stage]) {
        const bool last = stage + 1 == w.goal.stages.size();
        // A stage that asks of nothing new is judged with the next.
        if (!last && w.space.ends[stage + 1] == cell) {
            ++stage;
            continue;
        }
        if (w.cases == w.most) {
            w.spent = true;
            return true;
        }
        const auto c = build(w.space, w.choice);
        if (!c) return false;
        ++w.cases;
        const auto& r = w.goal.stages[stage];
        const auto came = judge(*c, r, w.space.findings(w.choice));
        if (!came.stands) return false;
        if (last) {
            const auto at = std::find_if(came.each.begin(), came.each.end(), is_finding);
            if (at == came.each.end() || (w.holds && !w.holds(*c, came))) return false;
            w.found = true;
            w.certain = std::any_of(came.each.begin(), came.each.end(),
                                    [](const auto& v) { return v.told && v.status == "certain"; });
            return true;
        }
        // A day that nobody states may yet be bounded by others.
        const bool open = std::any_of(came.each.begin(), came.each.end(), [&](const auto& v) {
            return may_find(v) || v.status == "undecided" || (v.status == "gap" && asks_time(r));
        });
        if (!open) return false;
        ++stage;
    }
    // The likeliest value first, then none: four dates are soon stated where two would do.
    const auto& values = w.space.cells[cell].values;
    const auto last = values.size() - 1;
    const bool rather_none = w.space.cells[cell].rather_none;
    for (std::size_t n = 0; n < values.size() && n < w.width; ++n) {
        const auto v = n == (rather_none ? 0U : 1U) ? last : n > 1 || rather_none ? n - 1 : n;
        if (!w.space.fits(w.choice, cell, v)) continue;
        w.choice[cell] = v;
        if (step(w, stage, cell + 1)) return true;
    }
    w.choice[cell] = values.size() - 1;
    return false;
}

std::optional<Found> Search::find(const Goal& goal, Extent& extent, const Holds& holds,
                                  const std::vector<const Rule*>& also) {
    // The variables of the last stage are those of all.
    Reader reader(packs_, goal.stages.back());
    std::vector<Reads> stages;
    for (std::size_t i = 0; i < goal.stages.size(); ++i) {
        const auto& r = goal.stages[i];
        if (i == 0)
            for (const auto& b : r.bindings) reader.add(b);
        if (r.where) reader.add(r.where->term);
        reader.add(r.require.term);
        for (const auto& e : r.unless) reader.add(e);
        stages.push_back(reader.reads());
    }
    for (const auto* r : also) {
        const auto more = reads_of(packs_, *r);
        auto& all = stages.back();
        for (const auto& k : more.keys)
            if (std::find(all.keys.begin(), all.keys.end(), k) == all.keys.end())
                all.keys.push_back(k);
        for (const auto t : more.types)
            if (std::find(all.types.begin(), all.types.end(), t) == all.types.end())
                all.types.push_back(t);
        all.fails.insert(all.fails.end(), more.fails.begin(), more.fails.end());
        all.numbers.insert(more.numbers.begin(), more.numbers.end());
        all.texts.insert(more.texts.begin(), more.texts.end());
        for (const auto& [f, words] : more.words) all.words[f].insert(words.begin(), words.end());
        all.days.insert(more.days.begin(), more.days.end());
        all.distances.insert(more.distances.begin(), more.distances.end());
        all.months.insert(more.months.begin(), more.months.end());
        all.years.insert(more.years.begin(), more.years.end());
        all.how_known = all.how_known || more.how_known;
        all.elided = all.elided || more.elided;
        all.relative = all.relative || more.relative;
    }
    bool whole = true;
    for (int records = 1; records <= kRecords; ++records) {
        Walk w{goal,
               holds,
               space_of(packs_, goal.stages.back(), stages, records),
               {},
               records == 1 ? kCases : kMore};
        // A few values of each first: what there is to find is mostly there. What is not is then
        // looked for among all cases, these included.
        for (const std::size_t width : {kFew, SIZE_MAX}) {
            w.choice = w.space.nothing();
            w.cases = 0;
            w.spent = false;
            w.width = width;
            step(w, 0, 0);
            if (w.found) break;
        }
        extent.cases += w.cases;
        whole = whole && !w.spent;
        if (whole) extent.records = records;
        if (w.found) return Found{std::move(w.space), std::move(w.choice), w.certain};
    }
    return std::nullopt;
}

bool Search::holds_in(const Goal& goal, const Found& found) {
    const auto c = build(found.space, found.choice);
    if (!c) return false;
    const auto came = judge(*c, goal.stages.back(), found.space.findings(found.choice));
    return came.stands && std::any_of(came.each.begin(), came.each.end(), is_finding);
}

std::vector<model::Case> Search::examples(const Rule& r) const {
    std::vector<model::Case> out;
    for (const auto& example : r.tests) {
        text::Diagnostics problems;
        auto c =
            model::build_case(packs_.vocabulary(), {{example.span.file, example.body, true, true}},
                              problems, packs_.policies(), packs_.terms());
        if (!problems.has_errors()) out.push_back(std::move(c));
    }
    return out;
}

bool Search::certain_in(const Goal& goal, const model::Case& c) const {
    const auto& r = goal.stages.back();
    for (const bool findings : {false, true}) {
        if (findings && reads_of(packs_, r).fails.empty()) continue;
        const auto came = judge(c, r, findings);
        if (came.stands && std::any_of(came.each.begin(), came.each.end(), [](const auto& v) {
                return v.told && v.status == "certain";
            }))
            return true;
    }
    return false;
}

void Search::shrink(const Goal& goal, Found& found, const Holds& holds) {
    const auto keeps = [&](const Choice& choice) {
        const auto c = build(found.space, choice);
        if (!c) return false;
        const auto came = judge(*c, goal.stages.back(), found.space.findings(choice));
        return came.stands && (!holds || holds(*c, came)) &&
               std::any_of(came.each.begin(), came.each.end(), [&](const auto& v) {
                   return is_finding(v) && (!found.certain || v.status == "certain");
               });
    };
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t i = found.choice.size(); i-- > 0;) {
            const auto& cell = found.space.cells[i];
            if (cell.values[found.choice[i]].absent) continue;
            auto less = found.choice;
            less[i] = cell.values.size() - 1;
            // What is said of a record goes with it, and what names it.
            for (std::size_t k = 0; k < less.size(); ++k)
                if (!found.space.fits(less, k, less[k]))
                    less[k] = found.space.cells[k].values.size() - 1;
            if (!keeps(less)) continue;
            found.choice = std::move(less);
            changed = true;
        }
    }
}

}  // namespace antinomy::lint
