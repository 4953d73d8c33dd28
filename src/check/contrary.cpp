// What the file itself has against a finding: values that somebody states of what it rests on, and
// on which it would not stand. Each is tried, none is guessed.
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "check/state.hpp"

namespace antinomy::check {

using model::AssertionId;
using model::RecordId;

namespace {

bool counts(const model::Assertion& a, const model::Selection& selection) {
    return a.state != model::State::withdrawn && a.state != model::State::proposed &&
           selection.admits(a.source);
}

// Two of these say the same. (A day may stand in a zone of its own.)
std::pair<std::string, std::uint32_t> said(const model::Assertion& a) {
    return {a.value.written, a.value.place.zone};
}

bool is_finding(const ViewState& v, const std::string& key) {
    const auto it = v.by_key.find(key);
    return it != v.by_key.end() && v.outcomes[it->second].is_finding();
}

// What the outcomes read, findings that they were made of included.
std::set<AssertionId> read_by(const std::vector<Holding>& holdings) {
    std::set<AssertionId> out;
    for (const auto& h : holdings) {
        std::set<std::string> seen;
        const std::function<void(const Outcome&)> collect = [&](const Outcome& o) {
            if (!seen.insert(o.key).second) return;
            for (const auto& [context, judged] : o.judged)
                for (const auto* set : {&judged.reads.values, &judged.reads.dates})
                    for (const auto& reading : *set) out.insert(reading.assertion);
            for (const auto& key : o.verdict().reads.fails)
                if (const auto it = h.view->by_key.find(key); it != h.view->by_key.end())
                    collect(h.view->outcomes[it->second]);
        };
        collect(*h.outcome);
    }
    return out;
}

}  // namespace

// One value of a field, all who give it, and what it would take the place of.
struct Contraries::Candidate {
    Field field;
    std::vector<AssertionId> said;  // the value is the first's; at least one
    std::vector<AssertionId> held;  // by the finding's views; none: nobody there says anything
    bool lacking = false;           // one of these views holds nothing
    bool as_sourced = false;        // it is put there with the source that says it
};

Contraries::Contraries(const rule::Packs& packs, const model::Case& c, const Options& options,
                       const std::vector<const rule::Rule*>& rules)
    : packs_(packs),
      case_(c),
      rules_(rules),
      options_(options),
      selection_(selection_of(packs.vocabulary(), c, options)) {}

// In the order of the proof; then what else was read; then what would except it.
std::vector<Contraries::Field> Contraries::fields_of(const Finding& f,
                                                     const std::vector<Holding>& holdings) const {
    std::vector<Field> out;
    const auto add = [&](Field field) {
        if (std::find(out.begin(), out.end(), field) == out.end()) out.push_back(field);
    };
    const auto at = [&](const std::string& path) {
        const auto dot = path.rfind('.');
        if (dot == std::string::npos) return;
        const auto record = case_.by_path.find(path.substr(0, dot));
        if (record == case_.by_path.end()) return;
        const auto& type = packs_.vocabulary().type(case_.record(record->second).type);
        if (const auto index = type.field_index(path.substr(dot + 1)); index != SIZE_MAX)
            add({record->second, static_cast<std::uint32_t>(index)});
    };
    for (const auto* list : {&f.proof.facts, &f.proof.premises})
        for (const auto& fact : *list) at(fact.path);
    for (const auto id : read_by(holdings))
        add({case_.assertion(id).record, case_.assertion(id).field});
    for (const auto& e : f.exceptions) at(e.switch_path);
    return out;
}

// What the finding's views hold of a field.
std::set<AssertionId> Contraries::held_by(const std::vector<Holding>& holdings,
                                          const Field& field) const {
    std::set<AssertionId> out;
    for (const auto& h : holdings)
        for (const auto& context : h.view->contexts)
            for (const auto id : context.timeline->view(0).held(case_, field.record, field.index))
                out.insert(id);
    return out;
}

std::vector<Contraries::Candidate> Contraries::candidates(
    const Field& field, const std::vector<Holding>& holdings) const {
    const auto held = held_by(holdings, field);
    const bool lacking = std::any_of(holdings.begin(), holdings.end(),
                                     [&](const Holding& h) { return held_by({h}, field).empty(); });
    std::set<std::pair<std::string, std::uint32_t>> holds;
    for (const auto id : held) holds.insert(said(case_.assertion(id)));
    // Who has conceded something says nothing else any more.
    std::set<model::AccountId> conceded;
    for (const auto id : case_.record(field.record).fields[field.index])
        if (case_.assertion(id).state == model::State::conceded)
            conceded.insert(case_.assertion(id).by);
    std::vector<Candidate> out;
    std::map<std::pair<std::string, std::uint32_t>, std::size_t> known;
    for (const auto id : case_.record(field.record).fields[field.index]) {
        const auto& a = case_.assertion(id);
        if (a.state != model::State::conceded && conceded.count(a.by) != 0) continue;
        // What all of the finding's views hold, and nothing beside it, is what it rests on.
        if (!counts(a, selection_) || (holds.size() == 1 && holds.count(said(a)) != 0)) continue;
        const auto [it, fresh] = known.try_emplace(said(a), out.size());
        if (fresh) out.push_back({field, {}, {held.begin(), held.end()}, lacking});
        out[it->second].said.push_back(id);
    }
    return out;
}

void Contraries::put(const Candidate& k) {
    auto& changed = *scratch_;
    const auto& from = case_.assertion(k.said.front());
    for (const auto id : k.held) {
        changed.assertions[id.value].value = from.value;
        changed.assertions[id.value].closed = from.closed;
        if (k.as_sourced) changed.assertions[id.value].source = from.source;
    }
    for (const auto r : from.value.records) open(r);
    if (!k.lacking) return;
    auto stated = from;
    stated.by = {};
    stated.state = model::State::plain;
    changed.records[k.field.record.value].fields[k.field.index].push_back(
        {static_cast<std::uint32_t>(changed.assertions.size())});
    changed.assertions.push_back(std::move(stated));
}

// A record that is there on some account's word alone is supposed with the value that names it, and
// so is what that account says of it: else the value would lead to nothing.
void Contraries::open(RecordId r) {
    const auto by = case_.record(r).by;
    if (!by.valid() || !opened_.insert(r).second) return;
    auto& changed = *scratch_;
    changed.records[r.value].by = {};
    for (const auto& list : case_.record(r).fields)
        for (const auto id : list) {
            const auto& a = case_.assertion(id);
            if (a.by != by) continue;
            changed.assertions[id.value].by = {};
            for (const auto x : a.value.records) open(x);
        }
}

void Contraries::put_back(const Candidate& k) {
    auto& changed = *scratch_;
    for (const auto r : opened_) {
        changed.records[r.value].by = case_.record(r).by;
        for (const auto& list : case_.record(r).fields)
            for (const auto id : list) changed.assertions[id.value] = case_.assertions[id.value];
    }
    opened_.clear();
    for (const auto id : k.held) changed.assertions[id.value] = case_.assertions[id.value];
    changed.records[k.field.record.value].fields = case_.record(k.field.record).fields;
    changed.assertions.resize(case_.assertions.size());
}

// All that an account states otherwise of the records that the finding is about, or rests on; of a
// field that it gives two values of, nothing.
std::vector<Contraries::Candidate> Contraries::stated_by(
    model::AccountId account, const Finding& f, const std::vector<Holding>& holdings) const {
    std::set<RecordId> records;
    for (const auto& field : fields_of(f, holdings)) records.insert(field.record);
    for (const auto& h : holdings)
        for (const auto r : h.outcome->instance.records)
            if (r.valid()) records.insert(r);
    std::vector<Candidate> out;
    for (const auto r : records)
        for (std::uint32_t i = 0; i < case_.record(r).fields.size(); ++i) {
            auto all = candidates({r, i}, holdings);
            all.erase(std::remove_if(all.begin(), all.end(),
                                     [&](Candidate& k) {
                                         k.said.erase(
                                             std::remove_if(k.said.begin(), k.said.end(),
                                                            [&](AssertionId id) {
                                                                return case_.assertion(id).by !=
                                                                       account;
                                                            }),
                                             k.said.end());
                                         return k.said.empty();
                                     }),
                      all.end());
            if (all.size() == 1) out.push_back(std::move(all.front()));
        }
    return out;
}

std::optional<Contrary::Then> Contraries::suppose(const Finding& f,
                                                  const std::vector<Holding>& holdings,
                                                  const std::vector<const Candidate*>& values) {
    // Changed in place and put back: copying a case costs as much as judging it.
    if (!scratch_) scratch_ = case_;
    for (const auto* k : values) put(*k);
    std::set<Field> leading;
    for (const auto* k : values)
        if (!case_.assertion(k->said.front()).value.records.empty()) leading.insert(k->field);
    const auto then = judge_again(f, holdings, leading);
    for (const auto* k : values) put_back(*k);
    // What it does as firm as what it takes the place of, it may do less where only a weak source
    // says it, on which nothing is certain.
    std::vector<Candidate> sourced;
    bool weak = false;
    for (const auto* k : values) {
        const bool alone = std::all_of(k->said.begin(), k->said.end(), [&](AssertionId id) {
            return is_weak(case_, packs_.vocabulary(), case_.assertion(id).source);
        });
        sourced.push_back(*k);
        sourced.back().as_sourced = alone;
        weak = weak || (alone && !k->as_sourced);
    }
    if (!then || !weak) return then;
    std::vector<const Candidate*> again;
    for (const auto& k : sourced) again.push_back(&k);
    return suppose(f, holdings, again);
}

std::optional<Contrary::Then> Contraries::on_day(const Finding& f,
                                                 const std::vector<Holding>& holdings,
                                                 const std::vector<AssertionId>& assertions,
                                                 time::Day day) {
    if (!scratch_) scratch_ = case_;
    for (const auto id : assertions) put_on(scratch_->assertions[id.value].value, day);
    const auto then = judge_again(f, holdings, {});
    for (const auto id : assertions) scratch_->assertions[id.value] = case_.assertions[id.value];
    return then;
}

std::optional<Contrary::Then> Contraries::judge_again(const Finding& f,
                                                      const std::vector<Holding>& holdings,
                                                      const std::set<Field>& leading) {
    std::set<model::AccountId> accounts;
    for (const auto& h : holdings) accounts.insert(h.view->account);
    Scope scope;
    scope.accounts = &accounts;
    scope.statuses = true;
    // Whether it is still possible is asked of what the rules of fact leave; one that reads
    // findings is asked with those that it reads.
    const auto* rule = holdings.front().outcome->rule;
    std::vector<const rule::Rule*> rules;
    for (const auto* r : rules_)
        if (r == rule || r->kind == rule::RuleKind::fact ||
            (rule->reads_findings && r->stratum < rule->stratum))
            rules.push_back(r);
    if (!again_) {
        again_ = options_;
        again_->resolve = false;
        again_->infer = false;
        again_->trace.clear();
        again_->seen = nullptr;
    }
    const auto judged = judge_case(packs_, *scratch_, *again_, rules, scope);
    std::int64_t cost = 0;
    for (const auto& v : judged.views) cost += static_cast<std::int64_t>(v.outcomes.size());
    budget_ -= std::max<std::int64_t>({1, cost, judged.steps / 100});
    if (std::any_of(judged.undecided.begin(), judged.undecided.end(),
                    [&](const Undecided& u) { return u.rule.empty() || u.rule == rule->id; }))
        return std::nullopt;

    bool possible = false;
    bool gap = false;
    for (const auto& h : holdings) {
        const auto after =
            std::find_if(judged.views.begin(), judged.views.end(),
                         [&](const ViewState& v) { return v.account == h.view->account; });
        // Where the value stands against others of the view, nobody has a view that it is part of.
        if (after == judged.views.end() || (h.view->stands && !after->stands)) return std::nullopt;
        // The rule may find the same of other records: of those that the value leads to, be it at
        // another place, or that it has found them to be before, where several values led there.
        const auto led = [&](const Outcome& o) {
            for (const auto& [context, verdict] : o.judged)
                for (const auto& reading : verdict.reads.values) {
                    const auto& a = scratch_->assertion(reading.assertion);
                    if (leading.count({a.record, a.field}) != 0) return true;
                }
            return false;
        };
        for (const auto& o : after->outcomes) {
            if (o.rule != rule || !o.is_finding() || o.key == h.outcome->key) continue;
            const bool here = o.at() == h.outcome->at();
            if (is_finding(*h.view, o.key) ? here && led(o) : here || !leading.empty())
                return std::nullopt;
        }
        const auto it = after->by_key.find(h.outcome->key);
        if (it == after->by_key.end()) continue;
        switch (after->outcomes[it->second].status) {
            case Status::certain:
            case Status::undecided:
                return std::nullopt;
            case Status::possible:
                possible = true;
                break;
            case Status::gap:
                gap = true;
                break;
            case Status::satisfied:
            case Status::not_applicable:
                break;
        }
    }
    if (possible && f.verdict == Verdict::possible) return std::nullopt;
    return possible ? Contrary::Then::possible
           : gap    ? Contrary::Then::cannot_tell
                    : Contrary::Then::gone;
}

// Whose word an exception is that asks for one value, or for any, whatever becomes of the finding.
void Contraries::note_who_says(Finding& f, const std::vector<Holding>& holdings,
                               std::size_t i) const {
    auto& e = f.exceptions[i];
    const auto& exception = holdings.front().outcome->rule->unless[i];
    const auto dot = e.switch_path.rfind('.');
    if (dot == std::string::npos) return;
    const auto record = case_.by_path.find(e.switch_path.substr(0, dot));
    if (record == case_.by_path.end()) return;
    const auto& r = case_.record(record->second);
    const auto index = packs_.vocabulary().type(r.type).field_index(e.switch_path.substr(dot + 1));
    if (index == SIZE_MAX) return;
    const auto asked = value_asked(exception, e);
    const bool any = e.direct && exception.when.term.op == rule::Op::known;
    const auto held = held_by(holdings, {record->second, static_cast<std::uint32_t>(index)});
    for (const auto id : r.fields[index]) {
        const auto& a = case_.assertion(id);
        const auto name = account_name(case_, a.by);
        if (!counts(a, selection_) || held.count(id) != 0 ||
            std::find(f.accounts.begin(), f.accounts.end(), name) != f.accounts.end())
            continue;
        if (!asked && !any) {
            e.elsewhere = e.elsewhere || a.by.valid();
            continue;
        }
        if (any ? !a.value.pending.empty() : a.value.written != *asked) continue;
        if (std::find(e.said_by.begin(), e.said_by.end(), name) == e.said_by.end())
            e.said_by.push_back(name);
    }
    // What somebody states is not to be stated, but to be held by others.
    if (e.said_by.empty() || !asked) return;
    const auto stated = "`" + e.switch_path + ": " + *asked + "` is ";
    for (auto& x : f.resolve)
        if (const auto at = x.text.find(stated + "stated"); at != std::string::npos)
            x.text.replace(at, stated.size() + 6, stated + "held on this account, too");
}

void Contraries::find(Finding& f, const std::vector<Holding>& holdings) {
    if (holdings.empty()) return;
    const auto exceptions =
        std::min(f.exceptions.size(), holdings.front().outcome->rule->unless.size());
    for (std::size_t i = 0; i < exceptions; ++i) note_who_says(f, holdings, i);
    if (f.relation != Relation::each) return;
    if (holdings.front().outcome->rule->among) return;
    const auto reliability_of = [&](RecordId source) {
        for (const char* word : {"low", "unchecked"})
            if (is_marked(case_, packs_.vocabulary(), source, {word})) return std::string(word);
        return std::string();
    };
    const auto rival_of = [&](const Candidate& k) {
        Rival out;
        const auto& r = case_.record(k.field.record);
        out.path = r.path + "." + packs_.vocabulary().type(r.type).fields[k.field.index].name;
        out.value = case_.assertion(k.said.front()).value.written;
        std::vector<std::string> held;
        for (const auto id : k.held) {
            const auto& written = case_.assertion(id).value.written;
            if (std::find(held.begin(), held.end(), written) == held.end() && written != out.value)
                held.push_back(written);
        }
        for (const auto& written : held)
            out.instead_of += (out.instead_of.empty() ? "" : " or ") + written;
        for (const auto id : k.said) {
            const auto& a = case_.assertion(id);
            out.said.push_back({account_name(case_, a.by),
                                a.speaker.valid() ? case_.record(a.speaker).id : "",
                                a.source.valid() ? case_.record(a.source).id : "", a.span,
                                reliability_of(a.source)});
        }
        return out;
    };
    std::vector<Candidate> all;
    for (const auto& field : fields_of(f, holdings))
        for (auto& k : candidates(field, holdings)) all.push_back(std::move(k));
    // Accounts of which one value alone takes it away.
    std::set<model::AccountId> enough;
    for (const auto& k : all) {
        if (budget_ <= 0) return;
        const auto then = suppose(f, holdings, {&k});
        if (!then) continue;
        f.contrary.push_back({*then, {rival_of(k)}});
        for (const auto id : k.said)
            if (*then == Contrary::Then::gone) enough.insert(case_.assertion(id).by);
    }
    for (std::uint32_t n = 0; n < case_.accounts.size() && budget_ > 0; ++n) {
        const model::AccountId account{n};
        if (enough.count(account) != 0 ||
            std::any_of(holdings.begin(), holdings.end(),
                        [&](const Holding& h) { return h.view->account == account; }))
            continue;
        const auto wide = stated_by(account, f, holdings);
        std::vector<const Candidate*> own;
        for (const auto& k : wide) own.push_back(&k);
        if (own.size() < 2) continue;
        const auto then = suppose(f, holdings, own);
        // One value alone does as much.
        if (!then || std::any_of(f.contrary.begin(), f.contrary.end(), [&](const Contrary& x) {
                return x.then <= *then &&
                       std::any_of(x.values.front().said.begin(), x.values.front().said.end(),
                                   [&](const Rival::Word& w) {
                                       return w.account == account_name(case_, account);
                                   });
            }))
            continue;
        // What is not needed is not told.
        for (std::size_t i = 0; i < own.size() && own.size() > 1;) {
            auto fewer = own;
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
            if (suppose(f, holdings, fewer) == then)
                own = std::move(fewer);
            else
                ++i;
        }
        Contrary joint{*then, {}};
        for (const auto* k : own) joint.values.push_back(rival_of(*k));
        f.contrary.push_back(std::move(joint));
    }
    std::stable_sort(f.contrary.begin(), f.contrary.end(),
                     [](const Contrary& a, const Contrary& b) { return a.then < b.then; });
}

}  // namespace antinomy::check
