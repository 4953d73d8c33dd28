#include "lint/reads.hpp"

#include <re2/re2.h>

#include <algorithm>

namespace antinomy::lint {

using model::FieldKind;
using model::TypeId;
using rule::Op;
using rule::Term;

namespace {

constexpr std::int64_t kFarthest = 200;  // years of an age

bool quantifies(Op op) {
    return op == Op::some || op == Op::every || op == Op::no;
}

// Texts of which a pattern may take one: its alternatives, without what has a meaning in it. Tried
// before they are used.
std::vector<std::string> guesses(const std::string& pattern) {
    std::vector<std::string> out{""};
    std::string plain;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '\\' && i + 1 < pattern.size()) {
            const char next = pattern[++i];
            plain += next == 'd' ? '1' : next == 'w' ? 'a' : next == 's' ? ' ' : next;
            if (next == 'b') plain.pop_back();
        } else if (c == '|') {
            out.push_back(plain);
            plain.clear();
        } else if (c == '[') {
            const auto end = pattern.find(']', i + 1);
            if (end == std::string::npos) break;
            if (pattern[i + 1] != '^') plain += pattern[i + 1];
            i = end;
        } else if (c == '.') {
            plain += 'a';
        } else if (std::string("^$()?*+{}").find(c) == std::string::npos) {
            plain += c;
        }
    }
    out.push_back(plain);
    return out;
}

}  // namespace

Reader::Reader(const rule::Packs& packs, const rule::Rule& r)
    : packs_(packs), vocabulary_(packs.vocabulary()) {
    for (std::size_t i = 0; i < r.bindings.size(); ++i)
        if (r.bindings[i].type.kind == rule::Kind::record)
            variables_[static_cast<int>(i)] = r.bindings[i].type.record;
    if (r.where) note_variables(r.where->term);
    note_variables(r.require.term);
    for (const auto& e : r.unless) note_variables(e);
}

void Reader::note_variables(const Term& t) {
    if (quantifies(t.op) && !t.days) variables_[t.binding] = t.children[0].type.record;
    for (const auto& child : t.children) note_variables(child);
}

void Reader::note_variables(const rule::Exception& e) {
    note_variables(e.when.term);
    for (const auto& inner : e.unless) note_variables(inner);
}

void Reader::type(TypeId t) {
    if (std::find(out_.types.begin(), out_.types.end(), t) == out_.types.end())
        out_.types.push_back(t);
}

void Reader::key(TypeId t, std::uint32_t field, int side) {
    const Key k{t, field, side};
    if (std::find(out_.keys.begin(), out_.keys.end(), k) != out_.keys.end()) return;
    out_.keys.push_back(k);
    const auto& f = vocabulary_.type(t).fields[field];
    if (f.target.valid()) type(f.target);
    if (!f.otherwise.empty())
        key(t, static_cast<std::uint32_t>(vocabulary_.type(t).field_index(f.otherwise)), side);
}

void Reader::path(const Term& t, bool moment) {
    if (t.type.kind == rule::Kind::field) return fields_of_any_record(t.side);
    const auto it = variables_.find(t.binding);
    if (it == variables_.end()) return;
    auto now = it->second;
    type(now);
    for (const auto step : t.steps) {
        key(now, step, t.side);
        now = vocabulary_.type(now).fields[step].target;
        if (!now.valid()) return;
    }
    const auto& last = vocabulary_.type(now);
    if (!moment) return;
    for (const auto& name : {last.first_moment, last.last_moment})
        if (const auto at = last.field_index(name); at != SIZE_MAX)
            key(now, static_cast<std::uint32_t>(at), t.side);
}

// A rule about every field of every record: tried on the type whose dates are tied most.
void Reader::fields_of_any_record(int side) {
    TypeId best;
    std::vector<std::uint32_t> fields;
    for (std::uint32_t n = 0; n < vocabulary_.types().size(); ++n) {
        const auto& t = vocabulary_.types()[n];
        std::vector<std::uint32_t> tied;
        for (std::uint32_t f = 0; f < t.fields.size(); ++f) {
            if (t.fields[f].kind != FieldKind::day || t.plural.empty()) continue;
            if (std::any_of(t.always.begin(), t.always.end(), [&](const model::AlwaysLine& line) {
                    return std::any_of(line.fields.begin(), line.fields.end(),
                                       [&](const auto& x) { return x.first == t.fields[f].name; });
                }))
                tied.push_back(f);
        }
        if (tied.size() <= fields.size()) continue;
        best = TypeId{n};
        fields = std::move(tied);
    }
    if (!best.valid()) {
        out_.unreachable.insert("field");
        return;
    }
    type(best);
    for (const auto f : fields) key(best, f, side);
}

void Reader::add(const rule::Binding& b) {
    if (b.type.kind == rule::Kind::field) return;
    if (b.source.op == Op::records)
        type(b.type.record);
    else
        path(b.source, false);
}

void Reader::add_among(const rule::Rule& r) {
    if (!r.among) return;
    for (const auto& c : r.among->alike) add(c.term);
    add(r.among->value.term);
    // It takes a data set, and a case is none.
    out_.unreachable.insert("among");
}

void Reader::add(const rule::Exception& e) {
    add(e.when.term);
    for (const auto& inner : e.unless) add(inner);
}

// How far apart days may have to be.
void Reader::length(std::int64_t count, grammar::Unit unit, const std::string& written) {
    if (unit == grammar::Unit::working_day || unit == grammar::Unit::hour)
        out_.unreachable.insert(written);
    else if (unit == grammar::Unit::day || unit == grammar::Unit::week)
        out_.distances.insert(count * (unit == grammar::Unit::week ? 7 : 1));
    else
        out_.months.insert(count * (unit == grammar::Unit::year ? 12 : 1));
}

void Reader::policy(const Term& t) {
    if (const auto it = packs_.policies().find(t.text); it != packs_.policies().end())
        out_.numbers.insert(it->second);
    if (const auto it = packs_.terms().find(t.text); it != packs_.terms().end())
        for (const auto& v : it->second.values) {
            if (v.unit)
                length(v.count, *v.unit, t.written);
            else
                out_.numbers.insert(static_cast<double>(v.count));
        }
}

void Reader::add(const Term& t) {
    bool moments = false;
    switch (t.op) {
        case Op::all:
        case Op::any:
        case Op::negate:
        case Op::boolean:
        case Op::compare:
        case Op::in:
        case Op::known:
        case Op::same:
        case Op::count:
        case Op::sum:
        case Op::cases:
        case Op::anchored:
        case Op::product:
        case Op::total:
            break;
        case Op::pending:
        case Op::doubtful:
            out_.unreachable.insert(t.written);
            break;
        case Op::some:
        case Op::every:
        case Op::no:
            if (t.days) out_.unreachable.insert(t.written);
            break;
        case Op::relation:
            moments = true;
            if (t.unit == grammar::Unit::working_day || t.unit == grammar::Unit::hour)
                out_.unreachable.insert(t.written);
            else if (t.unit == grammar::Unit::day || t.unit == grammar::Unit::week)
                out_.distances.insert(t.count * (t.unit == grammar::Unit::week ? 7 : 1));
            break;
        case Op::deadline:
            out_.distances.insert(0);
            break;
        case Op::agrees:
        case Op::flips:
            moments = true;
            out_.how_known = true;
            break;
        case Op::certainly:
        case Op::possibly:
        case Op::width:
        case Op::width_up_to:
        case Op::earliest:
        case Op::latest:
            out_.how_known = true;
            break;
        case Op::relative:
            out_.relative = true;
            break;
        case Op::elided:
        case Op::years:
            out_.elided = true;
            break;
        case Op::age:
            out_.years.insert(0);
            break;
        case Op::fails:
            out_.fails.push_back(t.children[0].type.record);
            break;
        case Op::matches: {
            re2::RE2::Options options(re2::RE2::Quiet);
            options.set_max_mem(1 << 20);
            const re2::RE2 pattern(t.text, options);
            bool found = false;
            for (const auto& g : guesses(t.text)) {
                if (g.empty() || found || !re2::RE2::PartialMatch(g, pattern)) continue;
                out_.texts.insert(g);
                found = true;
            }
            if (!found) out_.unreachable.insert(t.written);
            break;
        }
        case Op::records:
            type(t.type.record);
            return;
        case Op::path:
            path(t, false);
            return;
        case Op::number:
            out_.numbers.insert(t.number);
            return;
        case Op::policy:
            policy(t);
            return;
        case Op::text:
            out_.texts.insert(t.text);
            return;
        case Op::word:
            if (t.type.words != nullptr) out_.words[t.type.words].insert(t.text);
            return;
        case Op::day:
            out_.days.insert(t.count);
            return;
        case Op::duration:
            length(t.count, t.unit, t.written);
            return;
        default:
            // What was added to the language later.
            out_.unreachable.insert(t.written);
            break;
    }
    for (const auto& child : t.children) {
        if (moments && child.op == Op::path)
            path(child, child.type.kind == rule::Kind::record);
        else
            add(child);
    }
    if (!out_.years.empty())
        for (const auto n : out_.numbers)
            if (n >= 0 && n <= kFarthest) out_.years.insert(static_cast<std::int64_t>(n));
}

Reads reads_of(const rule::Packs& packs, const rule::Rule& r) {
    Reader reader(packs, r);
    for (const auto& b : r.bindings) reader.add(b);
    reader.add_among(r);
    if (r.where) reader.add(r.where->term);
    reader.add(r.require.term);
    for (const auto& e : r.unless) reader.add(e);
    return reader.reads();
}

namespace {

void count_variables(const Term& t, std::map<std::uint32_t, int>& out) {
    if (quantifies(t.op) && !t.days) ++out[t.children[0].type.record.value];
    for (const auto& child : t.children) count_variables(child, out);
}

void count_variables(const rule::Exception& e, std::map<std::uint32_t, int>& out) {
    count_variables(e.when.term, out);
    for (const auto& inner : e.unless) count_variables(inner, out);
}

// Whether one record is another takes two of them.
bool tells_apart(const Term& t) {
    const bool two = t.op == Op::same || t.op == Op::in || t.op == Op::compare;
    return (two && t.children[0].type.kind == rule::Kind::record) || !t.all_the_way.empty() ||
           std::any_of(t.children.begin(), t.children.end(), tells_apart);
}

bool tells_apart(const std::vector<rule::Exception>& list) {
    return std::any_of(list.begin(), list.end(), [](const rule::Exception& e) {
        return tells_apart(e.when.term) || tells_apart(e.unless);
    });
}

}  // namespace

int most_of_one_type(const rule::Rule& r) {
    std::map<std::uint32_t, int> by_type;
    for (const auto& b : r.bindings)
        if (b.type.kind == rule::Kind::record) ++by_type[b.type.record.value];
    if (r.where) count_variables(r.where->term, by_type);
    count_variables(r.require.term, by_type);
    for (const auto& e : r.unless) count_variables(e, by_type);
    const bool apart = (r.where && tells_apart(r.where->term)) || tells_apart(r.require.term) ||
                       tells_apart(r.unless);
    int out = apart ? 2 : 1;
    for (const auto& [type, n] : by_type) out = std::max(out, n);
    return out;
}

}  // namespace antinomy::lint
