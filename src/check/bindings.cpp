// All bindings of a rule's variables in a view: joins by the paths, early tests of `where`.
#include "check/evaluate.hpp"

#include <algorithm>
#include <functional>

namespace antinomy::check {

using model::RecordId;
using rule::Op;
using rule::Term;

namespace {

using K = Ground::Kind;

}  // namespace

bool Evaluator::prune(const rule::Rule& r, const Instance& i, std::size_t bound_count) {
    if (!r.where) return false;
    // Conjuncts of `where` that need no later binding decide early.
    const std::function<int(const Term&)> highest = [&](const Term& t) {
        int n = t.op == Op::path || t.op == Op::some || t.op == Op::every || t.op == Op::no
                    ? t.binding
                    : -1;
        if (t.op == Op::some || t.op == Op::every || t.op == Op::no) n = -1;
        for (const auto& child : t.children) {
            const int m = highest(child);
            if (m < static_cast<int>(r.bindings.size())) n = std::max(n, m);
        }
        return n < static_cast<int>(r.bindings.size()) ? n : -1;
    };
    const auto& w = r.where->term;
    const auto check = [&](const Term& t) {
        if (highest(t) != static_cast<int>(bound_count) - 1) return false;
        Reads scratch;
        auto c = context(i, scratch);
        c.asserted_only = true;
        // What turns on a way of counting that nobody chose is left to the verdict.
        asked_.fill(false);
        const bool excluded = ground(t, c, false).kind == K::no;
        return excluded && std::find(asked_.begin(), asked_.end(), true) == asked_.end();
    };
    if (w.op == Op::all) {
        for (const auto& child : w.children)
            if (check(child)) return true;
        return false;
    }
    return check(w);
}

void Evaluator::enumerate(const rule::Rule& r, std::size_t at, Instance& i,
                          std::vector<Instance>& out, std::int64_t& budget) {
    if (budget <= 0 || spent()) return;
    if (at == r.bindings.size()) {
        --budget;
        if (out.size() == kInstances)
            budget = 0;
        else
            out.push_back(i);
        return;
    }
    const auto& b = r.bindings[at];
    if (b.type.kind == rule::Kind::field) {
        for (std::uint32_t n = 0; n < case_.records.size(); ++n) {
            const auto& view = timeline_.view(0);
            if (!view.exists[n] || view.same_as[n].value != n) continue;
            const auto& record = case_.records[n];
            const auto& fields = vocabulary_.type(record.type).fields;
            for (std::uint32_t f = 0; f < fields.size(); ++f) {
                if (fields[f].kind == model::FieldKind::nested) continue;
                i.field_record = RecordId{n};
                i.field = f;
                i.records[at] = RecordId{n};
                if (r.between == rule::Between::sources) {
                    for (std::size_t x = 0; x < record.fields[f].size(); ++x)
                        for (std::size_t y = x + 1; y < record.fields[f].size(); ++y) {
                            const auto& a = case_.assertion(record.fields[f][x]);
                            const auto& o = case_.assertion(record.fields[f][y]);
                            const auto counts = [&](const model::Assertion& s) {
                                return s.source.valid() && timeline_.selection().admits(s.source) &&
                                       s.state != model::State::withdrawn &&
                                       s.state != model::State::proposed;
                            };
                            if (!counts(a) || !counts(o) || a.source == o.source || a.by != o.by)
                                continue;
                            i.one = record.fields[f][x];
                            i.other = record.fields[f][y];
                            enumerate(r, at + 1, i, out, budget);
                        }
                    i.one = i.other = {};
                } else if (!view.held(case_, RecordId{n}, f).empty()) {
                    if (!prune(r, i, at + 1)) enumerate(r, at + 1, i, out, budget);
                }
            }
        }
        i.field_record = {};
        i.records[at] = {};
        return;
    }
    bool open = false;
    bool gap = false;
    bool rival = false;
    std::vector<Located> items;
    const auto before = i.reads;
    const auto& source = b.source.op == Op::on_day ? b.source.children[0] : b.source;
    if (source.op == Op::records) {
        auto c = context(i, i.reads);
        items = list_items(source, c, &open, &gap);
    } else {
        auto c = context(i, i.reads);
        auto w = walk(source, c);
        gap = w.gap;
        items = std::move(w.ends);
        rival = w.rival && i.among.empty();
        // One of rival values is firm: what follows must follow of both.
        if (w.rival &&
            std::any_of(items.begin(), items.end(), [](const Located& item) { return !item.weak; }))
            for (auto& item : items) item.weak = false;
    }
    const auto doubted = i.doubtful;
    const auto after = i.reads;
    if (rival) {
        i.rival = b.written;
        i.among = std::to_string(at) + "|" + i.key(case_);
    }
    for (const auto& item : items) {
        --budget;
        if (budget <= 0 || !spend(1)) return;
        if (b.beside >= 0) {
            // Two of one list: another record than the first, and each two once.
            const auto first = i.records[static_cast<std::size_t>(b.beside)];
            const auto& same_as = timeline_.view(0).same_as;
            if (item.record <= first || same_as[item.record.value] == same_as[first.value])
                continue;
        }
        i.reads = after;
        i.doubtful = item.weak && doubted.empty() ? b.written : doubted;
        i.records[at] = item.record;
        i.sides[at] = b.side >= 0 ? b.side : item.side;
        if (case_.record(item.record).by.valid())
            i.reads.records.insert({item.record, i.sides[at]});
        if (!prune(r, i, at + 1))
            enumerate(r, at + 1, i, out, budget);
        else if (!i.among.empty())
            left_out_.insert(i.among);
    }
    i.records[at] = {};
    i.doubtful = doubted;
    if (rival) {
        i.rival.clear();
        i.among.clear();
    }
    if (items.empty() && gap) {
        // What the path asks for is not there: the instance stands with the gap, unless `where`
        // excludes it already.
        i.reads = after;
        i.unbound.insert(at);
        out.push_back(i);
        i.unbound.erase(at);
    }
    i.reads = before;
}

std::vector<Instance> Evaluator::instances(const rule::Rule& r, std::int64_t& budget) {
    std::vector<Instance> out;
    left_out_.clear();
    Instance i;
    i.records.resize(std::max(r.variable_count, r.bindings.size()));
    i.sides.resize(i.records.size(), 0);
    enumerate(r, 0, i, out, budget);
    return out;
}

}  // namespace antinomy::check
