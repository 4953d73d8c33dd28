#include <algorithm>
#include <cstdio>
#include <set>
#include <utility>

#include "check/state.hpp"
#include "check/zones.hpp"
#include "time/words.hpp"

namespace antinomy::check {

using model::AssertionId;
using model::RecordId;

namespace {

std::string field_path(const model::Case& c, const model::Vocabulary& vocabulary,
                       const model::Assertion& a) {
    const auto& r = c.record(a.record);
    return r.path + "." + vocabulary.type(r.type).fields[a.field].name;
}

// As a reader would say on which days a fact lies.
std::string days_of_fact(const Fact& f) {
    return f.when.empty() ? time::when_words(time::DaySet(f.days)) : f.when;
}

std::string who(const Fact& f) {
    std::string out;
    const auto add = [&](const std::string& s) {
        if (!s.empty()) out += (out.empty() ? "" : ", ") + s;
    };
    add(f.account);
    if (!f.speaker.empty()) add("speaker " + f.speaker);
    if (!f.source.empty()) add("in " + f.source);
    add(f.state);
    if (f.doubtful) add("doubtful");
    return out.empty() ? "no source" : out;
}

std::string label_of(const Fact& f) {
    std::string out;
    if (f.is_date)
        out =
            f.days.single() && time::to_string(f.days.first) == f.value ? f.value : days_of_fact(f);
    else
        out = f.value;
    if (!f.zone.empty()) out += f.zone == "unknown" ? " (zone not known)" : " (" + f.zone + ")";
    const auto dot = f.path.rfind('.');
    const auto record_dot = f.path.rfind('.', dot - 1);
    const auto record =
        f.path.substr(record_dot == std::string::npos ? 0 : record_dot + 1, dot - record_dot - 1);
    out = "`" + record + "` " + f.path.substr(dot + 1) + ": " + out;
    if (f.state == "unchallenged") out += ", " + f.account + "'s word, unchallenged";
    return out;
}

// Of `a, b: list`, which is the first is the order in the file: the two stand sorted, and so does
// what comes after them, which may be a part of either.
std::string bindings_identity(const rule::Rule& r, const Finding& f) {
    std::string first;  // of a pair
    for (const auto& b : r.bindings)
        if (b.beside >= 0 && first.empty())
            first = r.bindings[static_cast<std::size_t>(b.beside)].name;
    std::string out;
    std::vector<std::string> sorted;
    for (const auto& [name, path] : f.bindings)
        if (sorted.empty() && name != first)
            out += "\n" + name + "=" + path;
        else
            sorted.push_back(path);
    std::sort(sorted.begin(), sorted.end());
    for (const auto& path : sorted) out += "\n" + path;
    return out;
}

}  // namespace

void call_records(Finding& f, const rule::Rule& r, std::string at,
                  const std::vector<std::string>& bindings) {
    f.at = std::move(at);
    for (std::size_t i = 0; i < f.bindings.size(); ++i) f.bindings[i].second = bindings[i];
    f.identity = word(f.relation);
    f.identity += bindings_identity(r, f);
}

std::string account_name(const model::Case& c, model::AccountId a) {
    return a.valid() ? c.accounts[a.value].id : std::string();
}

std::string hash16(const std::string& s) {
    // FNV-1a, 64 bits: stable on every machine; a name, not a proof against forgery.
    std::uint64_t h = 14695981039346656037ull;
    for (const char ch : s) {
        h ^= static_cast<unsigned char>(ch);
        h *= 1099511628211ull;
    }
    std::string out(16, '0');
    for (auto digit = out.rbegin(); digit != out.rend(); ++digit, h >>= 4u)
        *digit = "0123456789abcdef"[h & 0xFu];
    return out;
}

std::string place_of(const model::Case& c, const model::Vocabulary& vocabulary, const Outcome& o) {
    const auto& i = o.instance;
    if (!i.field_record.valid()) return o.at().valid() ? c.record(o.at()).path : std::string();
    const auto& record = c.record(i.field_record);
    return record.path + "." + vocabulary.type(record.type).fields[i.field].name;
}

Others others_of(const model::Case& c, const model::Selection& selection,
                 const model::Assertion& a) {
    Others out;
    for (const auto id : c.record(a.record).fields[a.field]) {
        const auto& b = c.assertion(id);
        if (b.by == a.by || b.state == model::State::withdrawn ||
            b.state == model::State::proposed || !selection.admits(b.source))
            continue;
        auto& list = same_value(a.value, b.value) ? out.alike : out.otherwise;
        auto name = account_name(c, b.by);
        if (std::find(list.begin(), list.end(), name) == list.end())
            list.push_back(std::move(name));
    }
    return out;
}

Fact fact_of(const Timeline& t, const Reading& reading) {
    const auto& c = t.file();
    const auto& a = c.assertion(reading.assertion);
    const auto& field = t.vocabulary().type(c.record(a.record).type).fields[a.field];
    Fact f;
    f.path = field_path(c, t.vocabulary(), a);
    f.value = a.value.written;
    f.is_date = field.kind == model::FieldKind::day || field.kind == model::FieldKind::period;
    if (f.is_date) {
        const auto days = field.kind == model::FieldKind::day
                              ? t.days_of(reading.side, a, &f.days_exact)
                              : a.value.period.start.days.unite(a.value.period.end.days);
        if (!days.empty()) f.days = days.hull();
        if (field.kind == model::FieldKind::period)
            f.when = period_words(a.value);
        else if (days.windows().size() > 1)
            f.when = time::when_words(days);
        // How far from it a day may lie that is only about so is not the statement's.
        if (a.value.absolute && is_approximate(a.value)) {
            if (f.when.empty()) f.when = "taken as " + time::when_words(days);
            f.when += ", which is by the policy approximate_slack (" + std::to_string(t.slack()) +
                      " days either way of what is marked ~)";
        }
    }
    if (f.is_date && a.value.absolute && !a.value.place.assumed)
        f.zone = c.zones[a.value.place.zone].name;
    f.account = account_name(c, a.by);
    f.state = std::string(model::word(a.state));
    if (a.state == model::State::unchallenged) f.others = others_of(c, t.selection(), a);
    if (a.source.valid()) f.source = c.record(a.source).id;
    if (a.speaker.valid()) f.speaker = c.record(a.speaker).id;
    f.quote = a.quote;
    f.doubtful = t.doubtful(a);
    f.span = a.span;
    return f;
}

void fill_proof(Proof& proof, const Timeline& t, const time::Core& core,
                const std::optional<Requirement>& own, time::Solver&) {
    const auto& c = t.file();
    struct Item {
        time::StatementId id;
        std::optional<Fact> fact;
        std::optional<Requirement> requirement;
    };
    std::vector<Item> items;
    for (const auto s : core.statements) {
        const auto& o = t.origins()[s.value];
        Item item;
        item.id = s;
        if (o.kind == Origin::Kind::value) {
            item.fact = fact_of(t, Reading{o.assertion, 0});
        } else if (o.kind == Origin::Kind::order) {
            item.requirement =
                Requirement{"order", o.order < c.orders.size() ? c.orders[o.order].text : "",
                            c.orders[o.order].span};
        } else if (o.kind == Origin::Kind::always) {
            const auto& type = t.vocabulary().type(c.record(o.record).type);
            model::AlwaysLine line;
            line.text = "a period starts before it ends";
            line.span = type.span;
            if (o.always_line < type.always.size()) line = type.always[o.always_line];
            item.requirement =
                Requirement{"always", c.record(o.record).path + ": " + line.text, line.span};
        } else {
            item.requirement = Requirement{o.rule, o.text, o.span};
        }
        items.push_back(std::move(item));
    }
    std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
        if (a.fact.has_value() != b.fact.has_value()) return a.fact.has_value();
        return a.fact && b.fact && a.fact->path < b.fact->path;
    });
    // What a rule that took part requires of these dates.
    for (auto& i : items) {
        if (!i.requirement || t.origins()[i.id.value].kind != Origin::Kind::rule) continue;
        std::vector<time::Formula> all;
        for (const auto& l : t.network().links())
            if (l.because == i.id) all.push_back(time::Formula::of(l.difference));
        for (const auto& arms : t.network().one_ofs()) {
            if (arms.empty() || arms.front().because != i.id) continue;
            std::vector<time::Formula> any;
            for (const auto& arm : arms) {
                std::vector<time::Formula> each;
                for (const auto& d : arm.differences) each.push_back(time::Formula::of(d));
                any.push_back(time::Formula::all_of(std::move(each)));
            }
            all.push_back(time::Formula::any_of(std::move(any)));
        }
        i.requirement->says = supposed_of(t, time::Formula::all_of(std::move(all)));
    }
    std::map<std::uint32_t, std::size_t> index;
    std::size_t facts = 0;
    for (auto& i : items)
        if (i.fact) {
            index[i.id.value] = facts++;
            proof.facts.push_back(std::move(*i.fact));
        }
    std::size_t next = facts;
    if (own) {
        proof.requirements.push_back(*own);
        ++next;
    }
    for (auto& i : items)
        if (i.requirement) {
            index[i.id.value] = next++;
            proof.requirements.push_back(std::move(*i.requirement));
        }
    proof.steps = steps_of(t, core.steps, index);
    for (const auto& k : core.cases) {
        ProofCase pc;
        pc.assume = k.assume;
        pc.path = k.path;
        pc.steps = steps_of(t, k.steps, index);
        proof.cases.push_back(std::move(pc));
    }
    bool named = true;
    for (const auto& split : core.splits) {
        ProofSplit told;
        for (const auto b : split.because)
            if (const auto it = index.find(b.value); it != index.end())
                told.because.push_back(it->second);
        std::sort(told.because.begin(), told.because.end());
        for (const auto& way : split.ways) {
            told.ways.push_back(supposed_of(t, way));
            named = named && all_named(told.ways.back());
        }
        proof.splits.push_back(std::move(told));
    }
    proof.kind = !proof.steps.empty()            ? "steps"
                 : !proof.cases.empty() && named ? "cases"
                                                 : "statements";
}

namespace {

std::string step_words(const Step& s) {
    const auto name = [](const std::string& p) {
        return p.empty() ? std::string("1970-01-01") : p;
    };
    // From the origin of the count of days, or to it: a day of the calendar.
    if (s.from.empty() && !s.to.empty())
        return s.to + " is " + time::to_string(time::Day{s.min_days}) + " or later";
    if (s.to.empty() && !s.from.empty())
        return s.from + " is " + time::to_string(time::Day{-s.min_days}) + " or earlier";
    if (s.min_days > 0)
        return name(s.to) + " is at least " + std::to_string(s.min_days) +
               (s.min_days == 1 ? " day" : " days") + " after " + name(s.from);
    if (s.min_days == 0) return name(s.to) + " is not before " + name(s.from);
    return name(s.to) + " is at most " + std::to_string(-s.min_days) +
           (s.min_days == -1 ? " day" : " days") + " before " + name(s.from);
}

void proof_text(Finding& f, const std::vector<Explained::Line>& literals,
                const std::vector<std::string>& zones) {
    auto& text = f.proof.text;
    for (const auto& x : f.proof.facts) {
        std::string days;
        if (x.is_date && !(x.days.single() && time::to_string(x.days.first) == x.value))
            days = " (" + days_of_fact(x) + ")";
        const auto zone = x.zone.empty()        ? ""
                          : x.zone == "unknown" ? ", in a zone that is not known"
                                                : ", in " + x.zone;
        text.push_back(x.path + " is " + x.value + days + zone + " [" + who(x) + "]");
    }
    for (const auto& x : f.proof.premises)
        text.push_back(x.path + " is " + x.value + " [" + who(x) + "]");
    for (const auto& r : f.proof.requirements)
        text.push_back("required by " + r.rule + ": " + r.text);
    for (const auto& z : zones) text.push_back(z);
    for (const auto& turn : f.turns_on)
        if (turn.on != "zones") text.push_back("it turns on " + turn.text);
    for (const auto& l : literals)
        text.push_back(l.section + ": " + l.written +
                       (l.values.empty() ? "" : " (" + l.values + ")") + ": " +
                       (l.outcome == "true"    ? "holds"
                        : l.outcome == "false" ? "does not hold"
                        : l.outcome == "gap"   ? "not stated"
                                               : l.outcome));
    for (const auto& s : f.proof.steps) text.push_back(step_words(s));
    if (!f.proof.steps.empty()) {
        std::int64_t sum = 0;
        for (const auto& s : f.proof.steps) sum += s.min_days;
        if (f.proof.steps.size() > 1 && f.proof.steps.front().from == f.proof.steps.back().to)
            text.push_back("round the circle that is at least " + std::to_string(sum) +
                           (sum == 1 ? " day" : " days") + ", and it must be 0");
    }
    for (const auto& k : f.proof.cases) {
        text.push_back("if " + k.assume + ":");
        for (const auto& s : k.steps) text.push_back("  " + step_words(s));
    }
    bool told[2] = {false, false};
    for (const auto& w : f.proof.witnesses) {
        if (std::exchange(told[w.violates ? 1 : 0], true) || w.dates.empty()) continue;
        std::string line =
            w.violates ? "a dating in which it is so: " : "a dating in which it is not: ";
        for (std::size_t i = 0; i < w.dates.size(); ++i)
            line +=
                (i == 0 ? "" : ", ") + w.dates[i].first + " " + time::to_string(w.dates[i].second);
        text.push_back(line);
    }
}

// The smallest core, looked for first among the statements about the points that the rule read: one
// of at most two found there is the smallest of all, since a smaller one would have to be about
// these points too.
std::optional<time::Core> core_near(const time::Network& network, const time::Enabled& enabled,
                                    const time::Formula& against,
                                    const std::set<std::uint32_t>& points) {
    constexpr std::size_t kLarge = 150;  // statements; below it the whole is looked through at once
    if (network.statement_count() <= kLarge) return time::smallest_core(network, enabled, against);
    time::Enabled near(enabled.size(), false);
    const auto note = [&](time::StatementId s, time::PointId p) {
        if (points.count(p.value) != 0) near[s.value] = enabled[s.value];
    };
    for (const auto& l : network.links()) {
        note(l.because, l.difference.from);
        note(l.because, l.difference.to);
    }
    for (const auto& d : network.day_choices()) note(d.because, d.point);
    for (const auto& c : network.calendar_choices()) {
        note(c.because, c.point);
        note(c.because, c.anchor);
    }
    for (const auto& arms : network.one_ofs())
        // All of its arms, or none: what is left out would make the others stricter.
        if (std::any_of(arms.begin(), arms.end(), [&](const time::Arm& arm) {
                return std::any_of(
                    arm.differences.begin(), arm.differences.end(), [&](const time::Difference& d) {
                        return points.count(d.from.value) != 0 || points.count(d.to.value) != 0;
                    });
            }))
            for (const auto& arm : arms) near[arm.because.value] = enabled[arm.because.value];
    if (auto core = time::smallest_core(network, near, against)) {
        const auto counted =
            std::count_if(core->statements.begin(), core->statements.end(),
                          [&](time::StatementId s) { return network.statement(s).counted; });
        if (counted <= 2) return core;
    }
    return time::smallest_core(network, enabled, against);
}

Severity severity_of(rule::Severity s) {
    switch (s) {
        case rule::Severity::error:
            return Severity::error;
        case rule::Severity::warning:
            return Severity::warning;
        case rule::Severity::review:
            return Severity::review;
        case rule::Severity::info:
            return Severity::info;
    }
    return Severity::error;
}

// Fields that a condition reads, in its order: of a path that leads nowhere the field at which it
// ends.
struct Read {
    std::string path;
    bool direct = true;  // it is the field that the condition names
    bool there = false;  // the view has a value of it
};
void add_read(const rule::Term& t, const Outcome& o, const Timeline& tl, std::vector<Read>& out) {
    for (const auto& child : t.children) add_read(child, o, tl, out);
    if (t.op != rule::Op::path || t.steps.empty() || t.binding < 0) return;
    const auto at = static_cast<std::size_t>(t.binding);
    // The variable of a quantifier is no record by itself.
    if (at >= o.instance.records.size() || !o.instance.records[at].valid()) return;
    auto r = o.instance.records[at];
    const auto& c = tl.file();
    for (std::size_t i = 0; i < t.steps.size(); ++i) {
        const auto& rec = c.record(r);
        const auto field = tl.effective_field(0, r, t.steps[i]);
        const auto& held = tl.view(0).held(c, r, field);
        const bool last = i + 1 == t.steps.size();
        if (last || held.empty() || c.assertion(held.front()).value.records.empty()) {
            out.push_back({rec.path + "." + tl.vocabulary().type(rec.type).fields[t.steps[i]].name,
                           last, !held.empty()});
            return;
        }
        r = c.assertion(held.front()).value.records.front();
    }
}

// What to assert so that an exception holds, of a condition such as `e.same_item = no`: where a
// fact is missing, that one.
Read to_assert(const rule::Term& t, const Outcome& o, const Timeline& tl, bool missing) {
    std::vector<Read> all;
    add_read(t, o, tl, all);
    if (all.empty()) return {};
    const auto gap = std::find_if(all.begin(), all.end(), [](const Read& x) { return !x.there; });
    return missing && gap != all.end() ? *gap : all.front();
}

// A proof that a certain finding cannot be otherwise: undisputed statements alone, if they suffice.
std::optional<time::Core> core_of(const Context& context, const Evaluator::Judged& judged,
                                  const time::Formula& against) {
    const auto& t = *context.timeline;
    auto undisputed = context.evaluator->firm_statements();
    for (std::uint32_t s = 0; s < undisputed.size(); ++s)
        undisputed[s] = undisputed[s] && t.undisputed({s});
    auto core = core_near(t.network(), undisputed, against, judged.reads.points);
    if (!core)
        core = core_near(t.network(), context.evaluator->firm_statements(), against,
                         judged.reads.points);
    return core;
}

// These, and what they are relative to: the days of the ones are those of the others.
std::vector<Reading> with_anchors(const Timeline& t, const std::set<Reading>& dates,
                                  bool as_written = false) {
    std::vector<Reading> out(dates.begin(), dates.end());
    if (as_written) return out;
    const auto& c = t.file();
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto [id, side] = out[i];
        const auto& value = c.assertion(id).value;
        if (value.absolute || !value.time) continue;
        for (const auto* name : time::names_in(*value.time)) {
            const auto p = model::resolve_point(t.vocabulary(), c, *name, {}, nullptr);
            if (!p) continue;
            for (const auto field : {p->first, p->last})
                for (const auto anchor :
                     t.view(side).held(c, p->record, t.effective_field(side, p->record, field)))
                    if (const Reading next{anchor, side};
                        std::find(out.begin(), out.end(), next) == out.end())
                        out.push_back(next);
        }
    }
    return out;
}

// The dates that a finding was judged by, also where what it says of an item of a list turned on
// them.
std::vector<Reading> dates_of(const Timeline& t, const Evaluator::Judged& judged,
                              const Instance& instance) {
    const auto& reads = judged.reads;
    auto dates = reads.dates;
    for (const auto p : reads.points) {
        const auto& of = t.made_for({p});
        if (!of.record.valid()) continue;
        for (const auto id : t.view(of.side).held(t.file(), of.record, of.field))
            dates.insert({id, of.side});
    }
    // Values beside one another are compared as they are written.
    return with_anchors(t, dates, instance.one.valid());
}

// The dates that were read, as facts: no arithmetic carries them.
void state_dates(Proof& proof, const Timeline& t, const Evaluator::Judged& judged,
                 const Instance& instance, const Requirement& own) {
    for (const auto& d : dates_of(t, judged, instance)) proof.facts.push_back(fact_of(t, d));
    proof.kind = proof.facts.empty() ? "values" : "dates";
    proof.requirements.push_back(own);
    std::sort(proof.facts.begin(), proof.facts.end(),
              [](const Fact& a, const Fact& b) { return a.path < b.path; });
}

// A dating that meets a formula, and which statements it leaves out: none if the view stands so;
// else the doubtful ones; else, where the view cannot stand, what is far from the points, or the
// rest of a largest set that stands.
struct Dated {
    std::vector<time::Day> days;
    time::Enabled on;
    bool doubtless = false;
};
std::optional<Dated> date(Context& context, const time::Formula& formula,
                          const std::set<std::uint32_t>& points) {
    auto& evaluator = *context.evaluator;
    const auto& network = context.timeline->network();
    if (formula.kind == time::Formula::Kind::no) return std::nullopt;
    if (evaluator.full().fits(formula) == time::Fit::yes)
        return Dated{evaluator.full().witness(), evaluator.statements(), false};
    if (evaluator.firm().fits(formula) == time::Fit::yes)
        return Dated{evaluator.firm().witness(), evaluator.firm_statements(), true};
    if (!context.restricted || !context.kept.empty()) return std::nullopt;
    // Two sides that cannot be joined: what has nothing to do with the points may not stand.
    auto near = statements_near(*context.timeline, evaluator.statements(), points);
    time::Solver solver(network, near);
    if (solver.fits(formula) == time::Fit::yes)
        return Dated{solver.witness(), evaluator.statements(), false};
    for (const auto& kept : time::find_conflicts(network, near).kept) {
        time::Solver part(network, kept);
        if (part.fits(formula) != time::Fit::yes) continue;
        auto on = evaluator.statements();
        for (std::size_t i = 0; i < on.size(); ++i) on[i] = on[i] && (!near[i] || kept[i]);
        return Dated{part.witness(), std::move(on), false};
    }
    return std::nullopt;
}

// A dating of a view in which the finding is so, or is not: from the first way the view can stand
// that has one. What is beside the dates is assumed, and said.
// `cited`: dates that the proof names, in whatever way the view stands.
void add_witness(Proof& proof, const Holding& h, bool violates, const std::vector<Reading>& cited) {
    const auto add = [&](Witness w) {
        // Several views share a dating.
        for (auto& x : proof.witnesses)
            if (x.violates == violates && x.all == w.all && x.assumes == w.assumes) {
                x.holds.insert(x.holds.end(), w.holds.begin(), w.holds.end());
                return;
            }
        proof.witnesses.push_back(std::move(w));
    };
    std::set<std::size_t> judged;
    for (const auto& [k, j] : h.outcome->judged) {
        judged.insert(k);
        auto& context = h.view->contexts[k];
        const auto& t = *context.timeline;
        const auto formula = violates ? j.violation.formula(true, false)
                                      : j.violation.formula(false, false).negated();
        // The points of all dates that are cited, too.
        auto points = j.reads.points;
        const auto cite = [&](const std::vector<Reading>& dates) {
            for (const auto& d : dates) {
                const auto& a = t.file().assertion(d.assertion);
                for (const auto part : {0u, 1u})
                    if (const auto p = t.point(d.side, a.record, a.field, part))
                        points.insert(p->value);
            }
        };
        cite(dates_of(t, j, h.outcome->instance));
        cite(with_anchors(t, j.reads.stated));
        cite(cited);
        const auto dated = date(context, formula, points);
        if (!dated) continue;
        Witness w;
        w.violates = violates;
        for (const auto p : j.reads.points) {
            const time::PointId id{p};
            if (p == 0 || p >= dated->days.size()) continue;
            auto path = point_name(t, id);
            if (!path.empty()) w.dates.emplace_back(std::move(path), dated->days[p]);
        }
        std::sort(w.dates.begin(), w.dates.end(), [](const auto& a, const auto& b) {
            return std::tie(a.second, a.first) < std::tie(b.second, b.first);
        });
        w.all = hanging_together(t, dated->on, points, dated->days);
        w.holds.push_back(standing_of(*h.view, context, &dated->on));
        std::vector<std::pair<std::string, std::string>> open;
        j.violation.open(open);
        for (auto& [why, what] : open) w.assumes.push_back({std::move(why), std::move(what)});
        if (dated->doubtless) w.assumes.push_back({"doubtful", "left out"});
        add(std::move(w));
        return;
    }
    // Elsewhere it does not come up at all; or two sides cannot be joined, and nothing is certain.
    for (std::size_t k = 0; k < h.view->contexts.size() && !violates; ++k) {
        auto& context = h.view->contexts[k];
        const bool doubled = h.view->other.valid() && context.restricted;
        if (judged.count(k) != 0 && !doubled) continue;
        Witness w;
        w.assumes.push_back({doubled ? "join" : "way", doubled ? "the two accounts cannot be joined"
                                                               : "the rule does not come up"});
        w.holds.push_back(standing_of(*h.view, context));
        add(std::move(w));
        return;
    }
    Witness none;
    none.violates = violates;
    none.assumes.push_back({"undecided", "no dating was found within the limit of tests"});
    none.holds.push_back(standing_of(*h.view, h.view->contexts[h.outcome->context()]));
    add(std::move(none));
}

// Does anybody state the field? Of what is no field of a record: yes.
bool is_stated(const model::Case& c, const model::Vocabulary& vocabulary, const std::string& path) {
    const auto dot = path.rfind('.');
    if (dot == std::string::npos) return true;
    const auto record = c.by_path.find(path.substr(0, dot));
    if (record == c.by_path.end()) return true;
    const auto& r = c.record(record->second);
    const auto field = vocabulary.type(r.type).field_index(path.substr(dot + 1));
    return field == SIZE_MAX || !r.fields[field].empty();
}

// Of one that holds in several views with one and the same values: what the first says. Else what
// each says, and on whose account.
std::string words_of(const model::Case& c, const std::vector<Holding>& holdings) {
    struct Group {
        SaidOf said;
        std::vector<std::string> names;
    };
    std::vector<Group> groups;
    for (const auto& h : holdings) {
        auto said = said_of(h);
        auto at = std::find_if(groups.begin(), groups.end(),
                               [&](const Group& g) { return g.said.values == said.values; });
        if (at == groups.end()) at = groups.insert(groups.end(), {std::move(said), {}});
        for (const auto account : {h.view->account, h.view->other}) {
            if (!account.valid()) continue;
            auto name = with_article(c.accounts[account.value].title);
            if (std::find(at->names.begin(), at->names.end(), name) == at->names.end())
                at->names.push_back(std::move(name));
        }
    }
    if (groups.size() == 1) return std::move(groups.front().said.message);
    std::string out;
    for (const auto& g : groups) {
        std::string whose;
        for (std::size_t k = 0; k < g.names.size(); ++k)
            whose += (k == 0                    ? "on the account of "
                      : k + 1 == g.names.size() ? " and "
                                                : ", ") +
                     g.names[k];
        // Not twice where it begins with whose word it is.
        const bool says_so = g.said.message.rfind(whose + ' ', 0) == 0;
        out += (out.empty() ? "" : "; ") + (says_so || whose.empty() ? "" : whose + ": ") +
               g.said.message;
    }
    return out;
}

}  // namespace

std::optional<std::string> value_asked(const rule::Exception& x, const ExceptionLooked& e) {
    const auto& t = x.when.term;
    if (!e.direct || t.op != rule::Op::compare || t.text != "=" || t.children.size() != 2 ||
        t.children[0].op != rule::Op::path || t.children[1].op == rule::Op::path)
        return std::nullopt;
    return t.children[1].written;
}

std::set<model::AccountId> dated_by(const ViewState& v, const Outcome& o) {
    std::set<model::AccountId> out;
    const auto note = [&](model::AccountId by) {
        if (by.valid()) out.insert(by);
    };
    for (const auto& [k, judged] : o.judged) {
        auto& context = v.contexts[k];
        const auto& t = *context.timeline;
        const auto& c = t.file();
        for (const auto& d : judged.reads.stated) note(c.assertion(d.assertion).by);
        const auto core =
            core_of(context, judged, judged.violation.formula(false, false).negated());
        // Decided by what was computed from dates, or too much work: by all of them.
        if (!core || (core->statements.empty() && core->steps.empty())) {
            for (const auto& d : judged.reads.dates) note(c.assertion(d.assertion).by);
            continue;
        }
        for (const auto s : core->statements) {
            const auto& from = t.origins()[s.value];
            if (from.kind == Origin::Kind::value) note(c.assertion(from.assertion).by);
            if (from.kind == Origin::Kind::order) note(c.orders[from.order].by);
        }
    }
    return out;
}

void add_places(Finding& f) {
    std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
    for (const auto& p : f.places) seen.insert({p.span.file.value, p.span.begin});
    const auto add = [&](const Fact& x) {
        if (!x.span.valid() || !seen.insert({x.span.file.value, x.span.begin}).second) return;
        f.places.push_back({x.span, label_of(x), x.account});
    };
    for (const auto& x : f.proof.facts) add(x);
    // Without dates: what an account states, and the plain values; what only names another record
    // says little.
    if (f.proof.facts.empty())
        for (const auto& x : f.proof.premises)
            if (!x.account.empty() ||
                (!x.value.empty() && x.value.find_first_not_of("0123456789.") == std::string::npos))
                add(x);
    for (const auto& r : f.proof.requirements)
        if (r.rule == "order" && r.span.valid() &&
            seen.insert({r.span.file.value, r.span.begin}).second)
            f.places.push_back({r.span, "this order is stated here", ""});
}

void add_rows(Finding& f, const Timeline& t) {
    for (const auto& x : f.proof.facts) {
        if (!x.is_date) continue;
        TimelineRow row;
        const auto dot = x.path.rfind('.');
        const auto record = t.file().find(x.path.substr(0, dot));
        row.label = record.valid() ? t.file().record(record).id : x.path.substr(0, dot);
        const auto field = x.path.substr(dot + 1);
        const auto& type = record.valid() ? t.vocabulary().type(t.file().record(record).type)
                                          : t.vocabulary().types().front();
        if (field != type.first_moment) row.label += " " + field;
        if (!x.account.empty()) row.label += " (" + x.account + ")";
        // A value that is a set keeps its holes.
        row.windows = {x.days};
        bool begins = field == "legal_force" || field == "force";
        const auto index = record.valid() ? type.field_index(field) : SIZE_MAX;
        if (index != SIZE_MAX) {
            // A day of which only an earlier one is known: it begins on none of them for certain.
            if (type.fields[index].kind == model::FieldKind::day && !bounded(x.days.last))
                begins = false;
            for (const auto id : t.file().record(record).fields[index]) {
                const auto& a = t.file().assertion(id);
                if (a.span != x.span) continue;
                if (!a.value.pending.empty()) begins = false;
                // Of a time its begin and its end.
                if (a.value.absolute && type.fields[index].kind == model::FieldKind::period &&
                    !a.value.period.start.days.empty()) {
                    row.windows = a.value.period.start.days.windows();
                    const auto& end = a.value.period.end.days;
                    if (!end.empty() && bounded(end.hull().last)) row.ends = end.windows();
                }
                if (a.value.absolute && !a.value.day.days.empty() &&
                    a.value.day.days.windows().size() <= 8)
                    row.windows = a.value.day.days.windows();
            }
        }
        bool shown = false;
        for (const auto& w : row.windows) shown = shown || bounded(w.first) || bounded(w.last);
        if (!shown) continue;
        row.point = !begins;
        f.timeline.push_back(std::move(row));
    }
}

// What the values of law that were counted by rest on, where the case takes them as the packs
// have them.
void add_values_of_law(Finding& f, const rule::Packs& packs, const model::Case& c,
                       const Reads& reads) {
    for (const auto& [name, index] : reads.values_of_law) {
        const auto own = c.terms.find(name);
        const auto pack = packs.terms().find(name);
        if (own == c.terms.end() || index >= own->second.values.size()) continue;
        const auto said = "`" + name + "` is " + model::print_with_days(own->second.values[index]);
        if (pack == packs.terms().end() || pack->second.values != own->second.values) {
            f.basis.push_back({"the case's own policies", said, false});
            continue;
        }
        const auto& basis = packs.policy_basis(name);
        if (index >= basis.size()) continue;
        for (const auto& b : basis[index])
            f.basis.push_back({b.cite, b.note.empty() ? said : b.note + ": " + said, b.unverified});
    }
}

void add_sources_note(Finding& f, const model::Case& c, const model::Vocabulary& vocabulary) {
    const auto type = vocabulary.find("source");
    if (!type.valid()) return;
    std::map<std::string, int> count;
    int none = 0;
    int all = 0;
    for (const auto* list : {&f.proof.facts, &f.proof.premises})
        for (const auto& x : *list) {
            if (x.path.rfind("norms.", 0) == 0) continue;
            ++all;
            // What a source is, and when it was published, it says itself.
            constexpr std::string_view kOwn = "sources.";
            const auto source = x.source.empty() && x.path.rfind(kOwn, 0) == 0
                                    ? x.path.substr(kOwn.size(), x.path.rfind('.') - kOwn.size())
                                    : x.source;
            if (source.empty())
                ++none;
            else
                ++count[source];
        }
    const auto text_of = [&](RecordId r, std::string_view field) -> std::string {
        const auto index = vocabulary.type(type).field_index(field);
        if (index == SIZE_MAX || c.record(r).fields[index].empty()) return "";
        return c.assertion(c.record(r).fields[index].front()).value.written;
    };
    std::map<std::string, std::string> publishers;
    for (const auto& [id, n] : count) {
        const auto r = c.find_in(type, id);
        if (!r.valid()) continue;
        std::string line = "`" + id + "` for " + std::to_string(n) + " of " + std::to_string(all) +
                           (all == 1 ? " statement" : " statements");
        if (const auto kind = text_of(r, "kind"); !kind.empty()) line += ": " + kind;
        if (text_of(r, "reliability") == "low") line += ", marked as weak";
        if (text_of(r, "reliability") == "unchecked") line += ", not looked up again";
        const auto publisher = text_of(r, "publisher");
        if (!publisher.empty()) {
            if (const auto it = publishers.find(publisher); it != publishers.end())
                line += "; one newsroom with `" + it->second + "`: not independent";
            else
                publishers[publisher] = id;
        }
        const auto derived = vocabulary.type(type).field_index("derived_from");
        if (derived != SIZE_MAX)
            for (const auto a : c.record(r).fields[derived])
                for (const auto from : c.assertion(a).value.records)
                    if (count.count(c.record(from).id) != 0)
                        line += "; drawn from `" + c.record(from).id + "`: not independent";
        f.sources_note.push_back(std::move(line));
    }
    if (none > 0)
        f.sources_note.push_back(std::to_string(none) + " of " + std::to_string(all) +
                                 (all == 1 ? " statement" : " statements") + " without a source");
}

SaidOf said_of(const Holding& h) {
    const auto& o = *h.outcome;
    const auto& i = o.instance;
    auto& evaluator = *h.view->contexts[o.context()].evaluator;
    const ViewLookup lookup(*h.view, o.rule->stratum);
    evaluator.set_lookup(&lookup);
    evaluator.speak_firmly(o.status == Status::certain);
    evaluator.pick(o.verdict().choices);
    SaidOf out;
    for (const auto& piece : o.status == Status::certain ? o.rule->message : o.rule->possible) {
        out.message += piece.text;
        if (!piece.term) continue;
        const auto said =
            piece.function == "apart"    ? evaluator.say_apart(*piece.term, *piece.second, i)
            : piece.function == "days"   ? evaluator.say_days(*piece.term, *piece.second, i)
            : piece.function == "word"   ? evaluator.say_word(*piece.term, i)
            : piece.function == "anchor" ? evaluator.say_anchor(*piece.term, i)
                                         : evaluator.say(*piece.term, i);
        out.message += said;
        if (piece.function != "word") out.values += said + "\n";
    }
    evaluator.set_lookup(nullptr);
    evaluator.speak_firmly(false);
    evaluator.pick(time::kAllOpen);
    return out;
}

Finding present(const model::Case& c, const rule::Packs& packs,
                const std::vector<Holding>& holdings, std::size_t all_views, Wanted wanted) {
    const auto& first = holdings.front();
    const auto& o = *first.outcome;
    const auto& r = *o.rule;
    auto& context = first.view->contexts[o.context()];
    auto& evaluator = *context.evaluator;
    const auto& t = *context.timeline;
    const auto& judged = o.verdict();
    const ViewLookup lookup(*first.view, r.stratum);
    evaluator.set_lookup(&lookup);
    evaluator.speak_firmly(o.status == Status::certain);
    evaluator.pick(judged.choices);

    Finding f;
    f.rule = r.id;
    f.rule_title = r.title;
    f.severity = severity_of(r.severity);
    f.verdict = o.status == Status::certain ? Verdict::certain : Verdict::possible;
    f.relation = r.between == rule::Between::none ? Relation::each : Relation::between;
    f.between_sources = r.between == rule::Between::sources;
    f.about = r.about;
    f.reaches = r.reaches;
    f.at = place_of(c, packs.vocabulary(), o);
    f.help = r.help;
    f.burden = r.burden;
    f.condition = o.condition;
    f.turns_on = o.turns_on;
    for (std::size_t i = 0; i < r.bindings.size(); ++i) {
        if (r.bindings[i].type.kind == rule::Kind::field)
            f.bindings.emplace_back(r.bindings[i].name, f.at);
        else if (o.instance.records[i].valid())
            f.bindings.emplace_back(r.bindings[i].name, c.record(o.instance.records[i]).path);
    }
    const bool whole = wanted == Wanted::all;
    // Of a line nothing is told of them.
    const auto stated =
        wanted == Wanted::line ? std::vector<Reading>() : with_anchors(t, judged.reads.stated);
    if (whole) {
        for (const auto& b : r.basis)
            if (rule::counts_in(b, c.forum)) f.basis.push_back({b.cite, b.note, b.unverified});
        add_values_of_law(f, packs, c, judged.reads);
    }

    // ---- the proof
    const Requirement own{r.id, r.require.written, r.require.span};
    std::optional<time::Core> core;
    if (wanted == Wanted::line) {
        // Nothing that is told rests on it.
    } else if (f.verdict == Verdict::certain) {
        const auto against = judged.violation.formula(false, false).negated();
        core = core_of(context, judged, against);
        if (core && core->statements.empty() && core->steps.empty()) {
            // Settled by values that were computed from dates (an age, a width), or without dates.
            state_dates(f.proof, t, judged, o.instance, own);
        } else if (core) {
            fill_proof(f.proof, t, *core, own, evaluator.firm());
            if (whole) f.proof.supposed = supposed_of(t, against);
        } else {
            state_dates(f.proof, t, judged, o.instance, own);
            f.proof.kind = "undecided";
        }
        // The same in the other ways the views can stand; where it does not serve, one of its own.
        for (const auto& h : holdings)
            for (const auto& [k, j] : h.outcome->judged) {
                if (!whole) break;
                auto& here = h.view->contexts[k];
                const auto standing = standing_of(*h.view, here);
                if (f.proof.kind == "dates" || f.proof.kind == "values" || !core) {
                    f.proof.holds.push_back(standing);
                    continue;
                }
                const auto denied = j.violation.formula(false, false).negated();
                if (supposed_of(*here.timeline, denied) == *f.proof.supposed &&
                    serves(*core, t, here, true)) {
                    f.proof.holds.push_back(standing);
                    continue;
                }
                Proof more;
                const auto another = core_of(here, j, denied);
                if (another && !(another->statements.empty() && another->steps.empty())) {
                    fill_proof(more, *here.timeline, *another, own, here.evaluator->firm());
                    more.supposed = supposed_of(*here.timeline, denied);
                } else {
                    state_dates(more, *here.timeline, j, h.outcome->instance, own);
                    if (!another) more.kind = "undecided";
                }
                more.holds.push_back(standing);
                f.more_proofs.push_back(std::move(more));
            }
    } else {
        f.proof.kind = "witnesses";
        f.proof.requirements.push_back(own);
        auto cited = dates_of(t, judged, o.instance);
        for (const auto& d : cited) f.proof.facts.push_back(fact_of(t, d));
        cited.insert(cited.end(), stated.begin(), stated.end());
        std::sort(f.proof.facts.begin(), f.proof.facts.end(),
                  [](const Fact& a, const Fact& b) { return a.path < b.path; });
        for (const auto& h : holdings)
            for (const bool violates : {true, false})
                if (whole) add_witness(f.proof, h, violates, cited);
    }
    if (whole) f.made_of = made_of(*first.view, o);
    // Windows that the rule took as stated are no links of the network; they are facts of the
    // finding all the same.
    for (const auto& d : stated) {
        auto fact = fact_of(t, d);
        if (std::none_of(f.proof.facts.begin(), f.proof.facts.end(),
                         [&](const Fact& x) { return x.span == fact.span; }))
            f.proof.facts.push_back(std::move(fact));
    }
    const auto add_premises = [&](const Timeline& here, const Reads& reads) {
        for (const auto& v : reads.values) {
            const auto& a = c.assertion(v.assertion);
            const auto& field = packs.vocabulary().type(c.record(a.record).type).fields[a.field];
            if (field.kind == model::FieldKind::nested) continue;
            auto fact = fact_of(here, v);
            if (std::none_of(f.proof.premises.begin(), f.proof.premises.end(), [&](const Fact& x) {
                    return x.span == fact.span && x.value == fact.value;
                }))
                f.proof.premises.push_back(std::move(fact));
        }
    };
    if (whole) add_premises(t, judged.reads);
    // In another view, or another set of what stands, it may turn on rival values that the first
    // one does not have.
    for (const auto& h : holdings) {
        if (f.verdict == Verdict::certain || !whole) continue;
        for (const auto& [k, verdict] : h.outcome->judged) {
            std::vector<std::pair<std::string, std::string>> open;
            verdict.violation.open(open);
            if (std::any_of(open.begin(), open.end(),
                            [](const auto& x) { return x.first == "rival-values"; }))
                add_premises(*h.view->contexts[k].timeline, verdict.reads);
        }
    }
    std::sort(f.proof.premises.begin(), f.proof.premises.end(), [](const Fact& a, const Fact& b) {
        return std::tie(a.path, a.account) < std::tie(b.path, b.account);
    });

    // ---- whose it is
    std::set<std::string> accounts;
    bool bound = false;
    for (const auto& h : holdings) {
        if (h.view->account.valid()) accounts.insert(account_name(c, h.view->account));
        if (h.view->other.valid()) accounts.insert(account_name(c, h.view->other));
        for (const auto& g : h.outcome->given)
            if (std::none_of(f.given.begin(), f.given.end(), [&](const Given& x) {
                    return x.path == g.path && x.account == g.account;
                }))
                f.given.push_back(g);
        for (const auto& [record, side] : h.outcome->verdict().reads.records)
            bound = bound || c.record(record).by.valid();
        for (const auto& v : h.outcome->verdict().reads.values)
            bound = bound || c.assertion(v.assertion).by.valid();
        bound = bound || !h.outcome->verdict().reads.fails.empty();
    }
    for (const auto& x : f.proof.facts) bound = bound || !x.account.empty();
    if (f.relation == Relation::between) {
        // Who adopts one of the two says the same: listed, not paired.
        for (std::uint32_t i = 0; i < c.accounts.size(); ++i)
            for (const auto a : c.accounts[i].adopts)
                if (accounts.count(c.accounts[a.value].id) != 0) accounts.insert(c.accounts[i].id);
    } else if (!bound && holdings.size() == all_views) {
        accounts.clear();
    }
    f.accounts.assign(accounts.begin(), accounts.end());

    // ---- words
    f.message = words_of(c, holdings);
    evaluator.set_lookup(&lookup);
    evaluator.speak_firmly(o.status == Status::certain);
    evaluator.pick(judged.choices);
    std::vector<Explained::Line> literals;
    if (r.where && whole)
        for (auto& l : evaluator.trace(r.where->term, o.instance))
            literals.push_back({"where", l.written, l.values, l.outcome});
    if (whole)
        for (auto& l : evaluator.trace(r.require.term, o.instance))
            literals.push_back({"require", l.written, l.values, l.outcome});
    for (std::size_t i = 0; whole && i < r.unless.size() && i < judged.exceptions.size(); ++i) {
        ExceptionLooked x;
        x.when = r.unless[i].when.written;
        x.because = r.unless[i].because;
        // Of several views, what leaves most open: what is not so in one may be unsaid in another.
        x.state = judged.exceptions[i];
        for (const auto& h : holdings) {
            const auto& states = h.outcome->verdict().exceptions;
            if (i >= states.size() || x.state == "unknown") continue;
            if (states[i] == "unknown" || (states[i] == "absent" && x.state == "false"))
                x.state = states[i];
        }
        const auto read = to_assert(r.unless[i].when.term, o, t, x.state == "absent");
        x.switch_path = read.path;
        x.direct = read.direct;
        // It may be ruled out by what is stated beside it; of what nobody states the file says
        // nothing.
        if (x.state == "false" && !is_stated(c, packs.vocabulary(), x.switch_path))
            x.state = "absent";
        f.exceptions.push_back(std::move(x));
    }
    std::vector<std::string> zones;
    for (const auto p : judged.reads.zones)
        if (p != 0) zones.push_back(t.path({p}) + " is a day of " + say_zone(evaluator.place({p})));
    if (!zones.empty() && f.verdict == Verdict::possible) {
        Turn turn;
        turn.on = "zones";
        for (const auto& z : zones) turn.text += (turn.text.empty() ? "" : "; ") + z;
        turn.text = "the zones of the days: " + turn.text;
        f.turns_on.push_back(std::move(turn));
    }
    if (whole) proof_text(f, literals, zones);

    // ---- places and pictures
    const auto& at = c.record(o.instance.field_record.valid() ? o.instance.field_record : o.at());
    text::Span primary = at.span;
    if (o.instance.one.valid()) {
        f.places.push_back({c.assertion(o.instance.one).span,
                            c.assertion(o.instance.one).value.written + " (" +
                                (c.assertion(o.instance.one).source.valid()
                                     ? c.record(c.assertion(o.instance.one).source).id
                                     : "") +
                                ")",
                            ""});
        f.places.push_back({c.assertion(o.instance.other).span,
                            c.assertion(o.instance.other).value.written + " (" +
                                (c.assertion(o.instance.other).source.valid()
                                     ? c.record(c.assertion(o.instance.other).source).id
                                     : "") +
                                ")",
                            ""});
    } else {
        f.places.push_back({primary, r.title.empty() ? r.id : "", ""});
    }
    if (whole) {
        add_places(f);
        add_rows(f, t);
        add_sources_note(f, c, packs.vocabulary());
    } else if (wanted == Wanted::ordered) {
        add_rows(f, t);  // reports go by the first day of these, too
    }

    // ---- fingerprint: rule, case, relation, bindings, owners of what the rule's own paths read
    std::set<std::string> owners;
    // In every view that shares the finding: which comes first is the order in the file.
    for (const auto& holding : holdings) {
        const auto& reads = holding.outcome->verdict().reads;
        for (const auto& set : {reads.values, reads.dates})
            for (const auto& v : set)
                if (c.assertion(v.assertion).by.valid())
                    owners.insert(account_name(c, c.assertion(v.assertion).by));
        for (const auto& [record, side] : reads.records)
            if (c.record(record).by.valid()) owners.insert(account_name(c, c.record(record).by));
    }
    auto& identity = f.identity;
    identity = word(f.relation);
    identity += bindings_identity(r, f);
    if (o.instance.one.valid()) {
        std::vector<std::string> sources{c.record(c.assertion(o.instance.one).source).id,
                                         c.record(c.assertion(o.instance.other).source).id};
        std::sort(sources.begin(), sources.end());
        identity += "\n" + sources[0] + "\n" + sources[1];
    }
    for (const auto& w : owners) identity += "\n@" + w;
    put_in_case(f, c.id);
    evaluator.set_lookup(nullptr);
    evaluator.speak_firmly(false);
    evaluator.pick(time::kAllOpen);
    return f;
}

}  // namespace antinomy::check
