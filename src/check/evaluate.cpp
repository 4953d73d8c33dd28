#include "check/evaluate.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace antinomy::check {

using model::AssertionId;
using model::RecordId;
using rule::Op;
using rule::Term;

namespace {

using K = Ground::Kind;

}  // namespace

void Reads::add(const Reads& o) {
    values.insert(o.values.begin(), o.values.end());
    dates.insert(o.dates.begin(), o.dates.end());
    stated.insert(o.stated.begin(), o.stated.end());
    records.insert(o.records.begin(), o.records.end());
    points.insert(o.points.begin(), o.points.end());
    zones.insert(o.zones.begin(), o.zones.end());
    gaps.insert(o.gaps.begin(), o.gaps.end());
    fails.insert(o.fails.begin(), o.fails.end());
    values_of_law.insert(o.values_of_law.begin(), o.values_of_law.end());
}

std::string Instance::key(const model::Case& c) const {
    std::string out;
    for (const auto r : records) out += (r.valid() ? c.record(r).path : std::string("-")) + "|";
    if (field_record.valid()) out += c.record(field_record).path + "." + std::to_string(field);
    if (one.valid())
        out += "#" + std::to_string(std::min(one, other).value) + "," +
               std::to_string(std::max(one, other).value);
    return out;
}

namespace {

time::Enabled both(time::Enabled a, const time::Enabled* b) {
    if (b != nullptr)
        for (std::size_t i = 0; i < a.size(); ++i) a[i] = a[i] && (i >= b->size() || (*b)[i]);
    return a;
}

}  // namespace

Evaluator::Evaluator(const Timeline& timeline,
                     const std::map<std::string, double, std::less<>>& policies,
                     const FindingLookup* lookup, const time::Enabled* kept)
    : timeline_(timeline),
      case_(timeline.file()),
      vocabulary_(timeline.vocabulary()),
      policies_(policies),
      lookup_(lookup),
      firm_enabled_(both(timeline.undoubted(), kept)),
      full_enabled_(both(timeline.all(), kept)),
      full_(timeline.network(), full_enabled_),
      doubted_(firm_enabled_ == full_enabled_
                   ? std::nullopt
                   : std::optional<time::Solver>(std::in_place, timeline.network(), firm_enabled_)),
      firm_(doubted_ ? *doubted_ : full_),
      left_alone_(doubted_ && timeline.left_alone(firm_enabled_, full_enabled_)),
      doubt_(timeline.has_doubt()),
      restricted_(kept != nullptr),
      anything_proposed_(std::any_of(
          case_.assertions.begin(), case_.assertions.end(),
          [](const model::Assertion& a) { return a.state == model::State::proposed; })) {}

Evaluator::~Evaluator() = default;

bool Evaluator::spend(std::int64_t steps) {
    if (steps_ == nullptr) return true;
    *steps_ -= steps;
    return *steps_ >= 0;
}

time::Fit Evaluator::counted(time::Solver& s, const time::Formula& f) {
    if (spent()) return time::Fit::undecided;
    const auto out = s.fits(f);
    spend(kTest * s.tests());
    return out;
}

time::Fit Evaluator::fits_firmly(const time::Formula& f) {
    const auto firm = counted(firm_, f);
    return firm == time::Fit::no && left_alone_ ? counted(full_, f) : firm;
}

const re2::RE2& Evaluator::pattern(const Term& t) {
    auto& out = patterns_[&t];
    if (out == nullptr) {
        re2::RE2::Options options(re2::RE2::Quiet);
        options.set_max_mem(1 << 20);
        out = std::make_unique<re2::RE2>(t.text, options);
    }
    return *out;
}

bool Evaluator::weak(const model::Assertion& a) const {
    return timeline_.doubtful(a);
}

bool Evaluator::weak(RecordId source) const {
    return timeline_.weak(source);
}

Ground Evaluator::doubted(Ground g, const Term& t, const Context& c) {
    auto doubt = Ground::unknown("doubtful", t.written);
    if (c.open_both_ways) return doubt;
    return Ground::all_of({std::move(g), std::move(doubt)});
}

Evaluator::Context Evaluator::context(const Instance& i, Reads& reads) {
    Context c;
    c.instance = &i;
    c.records = i.records;
    c.sides = i.sides;
    c.reads = &reads;
    return c;
}

// ---------------------------------------------------------------- paths

void Evaluator::note_gap(const Located& at, Context& c) {
    const auto& r = case_.record(at.record);
    c.reads->gaps.insert(r.path + "." + vocabulary_.type(r.type).fields[at.field].name);
}

const std::vector<AssertionId>& Evaluator::held(const Located& at, Context& c) {
    const auto& list = timeline_.view(at.side).held(case_, at.record, at.field);
    const auto kind = vocabulary_.type(case_.record(at.record).type).fields[at.field].kind;
    const bool date = kind == model::FieldKind::day || kind == model::FieldKind::period;
    for (const auto a : list) (date ? c.reads->dates : c.reads->values).insert({a, at.side});
    if (list.empty() && c.with_proposed && !date) {
        const auto& only = proposed(at);
        for (const auto a : only) c.reads->values.insert({a, at.side});
        return only;
    }
    return list;
}

const std::vector<AssertionId>& Evaluator::proposed(const Located& at) {
    const auto& view = timeline_.view(at.side);
    const auto record = view.same_as[at.record.value];
    const auto slot = case_.record(record).first_slot + at.field;
    const auto [known, fresh] = proposed_.try_emplace({at.side, slot});
    if (!fresh) return known->second;
    for (std::uint32_t i = 0; i < case_.assertions.size(); ++i) {
        const auto& a = case_.assertions[i];
        if (a.state != model::State::proposed || a.field != at.field ||
            view.same_as[a.record.value] != record)
            continue;
        if (!a.by.valid() || holds(case_, view.account, a.by)) known->second.push_back({i});
    }
    return known->second;
}

Evaluator::Walk Evaluator::walk(const Term& t, Context& c) {
    Walk out;
    const auto at = static_cast<std::size_t>(t.binding);
    if (t.binding < 0 || at >= c.records.size() ||
        (!c.records[at].valid() && t.type.kind != rule::Kind::field)) {
        out.gap = true;
        return out;
    }
    const int side = t.side >= 0 ? t.side : c.sides[at];
    std::vector<Located> now{{c.records[at], UINT32_MAX, side, false}};
    for (std::size_t i = 0; i < t.steps.size(); ++i) {
        const bool last = i + 1 == t.steps.size();
        const bool all_the_way =
            std::find(t.all_the_way.begin(), t.all_the_way.end(), i) != t.all_the_way.end();
        std::vector<Located> next;
        // All the way: the records themselves, and what is found is followed in its turn.
        if (all_the_way) {
            out.list = true;
            next = now;
        }
        for (std::size_t k = 0; k < (all_the_way ? next.size() : now.size()); ++k) {
            const auto l = all_the_way ? next[k] : now[k];
            Located here{l.record, t.steps[i], l.side, l.weak};
            const auto& field = vocabulary_.type(case_.record(l.record).type).fields[here.field];
            const bool reference =
                field.kind == model::FieldKind::reference || field.kind == model::FieldKind::nested;
            if (!reference) {
                // Only the last step can end in something else.
                next.push_back(here);
                continue;
            }
            const auto& list = held(here, c);
            if (field.list) out.list = true;
            if (list.empty()) {
                if (field.list) {
                    out.open = true;  // nobody lists anything: an open list with nothing in it
                } else if (all_the_way) {
                    out.open = true;  // where it goes on from here nobody says
                } else {
                    note_gap(here, c);
                    out.gap = true;
                }
                continue;
            }
            if (!field.list)
                for (const auto id : list) {
                    // Two names of one record are no rivals.
                    const auto& same_as = timeline_.view(here.side).same_as;
                    const auto of = [&](AssertionId x) {
                        return same_as[case_.assertion(x).value.records.front().value];
                    };
                    if (of(id) != of(list.front())) (all_the_way ? out.open : out.rival) = true;
                }
            // A list that is whole by another source, and lacks an item, denies it.
            const auto denied = [&](RecordId r) {
                return field.list && list.size() > 1 &&
                       std::any_of(list.begin(), list.end(), [&](AssertionId id) {
                           const auto& b = case_.assertion(id);
                           const auto& items = b.value.records;
                           const auto& same_as = timeline_.view(here.side).same_as;
                           return b.closed && !weak(b) &&
                                  std::none_of(items.begin(), items.end(), [&](RecordId x) {
                                      return same_as[x.value] == same_as[r.value];
                                  });
                       });
            };
            for (const auto id : list) {
                const auto& a = case_.assertion(id);
                if (field.list && (!a.closed || l.weak || weak(a))) out.open = true;
                for (const auto r : a.value.records) {
                    const bool doubted = l.weak || weak(a) || denied(r);
                    if (!timeline_.view(here.side).exists[r.value]) {
                        // Another account's record: a gap, though nothing that could be found out.
                        if (!field.list) out.gap = true;
                        continue;
                    }
                    if (case_.record(r).by.valid()) c.reads->records.insert({r, here.side});
                    if (!spend(1 + static_cast<std::int64_t>(next.size() / 16))) break;
                    const auto same = std::find_if(next.begin(), next.end(),
                                                   [&](const Located& x) { return x.record == r; });
                    if (same == next.end())
                        next.push_back({r, UINT32_MAX, here.side, doubted});
                    else
                        same->weak = same->weak && doubted;
                }
            }
        }
        now = std::move(next);
        if (now.empty() && !last) break;
    }
    out.ends = std::move(now);
    if (out.ends.size() > 1 && !out.list) out.rival = true;
    // Beside a firm value a weak one is a rival: what follows must follow of both.
    if (!out.list && !out.ends.empty() &&
        std::all_of(out.ends.begin(), out.ends.end(), [](const Located& l) { return l.weak; }))
        c.on_weak = true;
    return out;
}

std::vector<Evaluator::Located> Evaluator::list_items(const Term& t, Context& c, bool* open,
                                                      bool* gap) {
    if (t.op == Op::records) {
        const model::TypeId type{static_cast<std::uint32_t>(t.count)};
        const int side = std::max(0, t.side);
        std::vector<Located> out;
        spend(1 + static_cast<std::int64_t>(case_.records.size() / 16));
        for (std::uint32_t i = 0; i < case_.records.size(); ++i)
            if (case_.records[i].type == type && timeline_.view(side).exists[i])
                out.push_back({RecordId{i}, UINT32_MAX, side, weak(case_.records[i].source)});
        // A list that the file closes stays open in a view that holds nothing of it: that account
        // has not spoken.
        const bool silent =
            out.empty() && std::any_of(case_.records.begin(), case_.records.end(),
                                       [&](const model::Record& r) { return r.type == type; });
        *open = silent || !case_.is_complete(vocabulary_.type(type).plural);
        return out;
    }
    if (t.op == Op::on_day) return list_items(t.children[0], c, open, gap);
    auto w = walk(t, c);
    *open = w.open;
    *gap = w.gap;
    return std::move(w.ends);
}

// Lists of texts: of a path through a list of records one, else one of each rival.
std::vector<Evaluator::Texts> Evaluator::texts_of(const Term& t, Context& c, bool* gap) {
    const auto w = walk(t, c);
    *gap = w.gap;
    std::vector<Texts> out;
    if (w.list) out.emplace_back();
    for (const auto& end : w.ends) {
        if (!w.list) out.emplace_back();
        auto& list = out.back();
        const auto& assertions = held(end, c);
        list.open = list.open || assertions.empty() || (w.list && w.open);
        for (const auto id : assertions) {
            const auto& a = case_.assertion(id);
            list.open = list.open || !a.closed || weak(a);
            for (const auto& text : a.value.texts) {
                // A list that is whole by another source, and lacks an item, denies it.
                const bool denied =
                    std::any_of(assertions.begin(), assertions.end(), [&](AssertionId other) {
                        const auto& b = case_.assertion(other);
                        return b.closed && !weak(b) &&
                               std::find(b.value.texts.begin(), b.value.texts.end(), text) ==
                                   b.value.texts.end();
                    });
                (weak(a) || denied ? list.perhaps : list.texts).insert(text);
            }
        }
    }
    if (w.list && w.ends.empty()) out.back().open = true;
    return out;
}

// What is one in this view, under several names, is there once.
void Evaluator::keep_one_each(std::vector<Located>& items) const {
    std::vector<Located> kept;
    for (const auto& item : items) {
        const auto& same_as = timeline_.view(item.side).same_as;
        const auto one = std::find_if(kept.begin(), kept.end(), [&](const Located& x) {
            return same_as[x.record.value] == same_as[item.record.value];
        });
        if (one == kept.end())
            kept.push_back(item);
        else
            one->weak = one->weak && item.weak;
    }
    items = std::move(kept);
}

// A list as a condition names it: all records of a type by their plural.
std::string Evaluator::list_name(const Term& t) const {
    if (t.op != Op::records) return t.written;
    return vocabulary_.type(model::TypeId{static_cast<std::uint32_t>(t.count)}).plural;
}

// ---------------------------------------------------------------- conditions

Ground Evaluator::condition(const Term& t, const Instance& i, Reads& reads, bool asserted_only) {
    auto c = context(i, reads);
    c.asserted_only = asserted_only;
    return ground(t, c, false);
}

std::vector<LiteralTrace> Evaluator::trace(const Term& t, const Instance& i) {
    const auto once = [&] {
        Reads reads;
        auto c = context(i, reads);
        std::vector<LiteralTrace> out;
        c.trace = &out;
        c.open_both_ways = true;  // what is doubtful is told as open, whatever it denies
        ground(t, c, false);
        return out;
    };
    const auto picked = picked_;
    asked_.fill(false);
    auto out = once();
    // What comes out otherwise by another way of counting is open.
    for (std::size_t c = 0; c < asked_.size(); ++c) {
        if (!asked_[c]) continue;
        picked_[c] = 1 - std::max(0, picked[c]);
        const auto other = once();
        for (std::size_t k = 0; k < out.size() && k < other.size(); ++k)
            if (other[k].outcome != out[k].outcome) out[k].outcome = "possible";
        picked_ = picked;
    }
    return out;
}

Ground Evaluator::ground(const Term& t, Context& c, bool negated) {
    if (!spend(1)) return Ground::unknown("limit", "");
    switch (t.op) {
        case Op::all:
        case Op::any: {
            const bool every = (t.op == Op::all) != negated;
            auto* outer = c.reads;
            std::vector<Ground> parts;
            std::vector<Reads> reads(t.children.size());
            for (std::size_t i = 0; i < t.children.size(); ++i) {
                c.reads = &reads[i];
                parts.push_back(ground(t.children[i], c, negated));
            }
            c.reads = outer;
            // Where one arm decides alone, nothing rests on the others: of several such, the one
            // with the fewest statements of accounts, then the fewest.
            const auto weight = [&](const Reads& r) {
                std::size_t bound = r.records.size();
                for (const auto& set : {r.values, r.dates})
                    for (const auto& x : set) bound += case_.assertion(x.assertion).by.valid();
                return std::pair{bound, r.values.size() + r.dates.size()};
            };
            std::optional<std::size_t> decides;
            for (std::size_t i = 0; i < parts.size(); ++i)
                if (parts[i].kind == (every ? K::no : K::yes) &&
                    (!decides || weight(reads[i]) < weight(reads[*decides])))
                    decides = i;
            auto g = every ? Ground::all_of(std::move(parts)) : Ground::any_of(std::move(parts));
            for (std::size_t i = 0; i < reads.size(); ++i) {
                if (decides && i != *decides) continue;
                // What is missing where it decides nothing need not be found out.
                if (g.kind == K::yes || g.kind == K::no) reads[i].gaps.clear();
                outer->add(reads[i]);
            }
            return g;
        }
        case Op::negate:
            return ground(t.children[0], c, !negated);
        case Op::boolean:
            return Ground::truth((t.number != 0) != negated);
        case Op::some:
        case Op::every:
        case Op::no: {
            auto g = quantified(t, c, negated);
            if (!c.days.empty()) return g;  // of some day, and not yet of which
            if (c.trace != nullptr)
                c.trace->push_back({t.written, "", outcome(negated ? g.negated() : g)});
            watch(t, g, negated);
            return g;
        }
        default:
            break;
    }
    const bool outside = std::exchange(c.on_weak, false);
    auto g = literal(t, c, negated);
    // Neither for certain nor for certain not; what asks for what is stated has its answer.
    const bool of_what_is_said = t.op == Op::known || t.op == Op::doubtful;
    const auto is_gap = [](const Ground& x) {
        return x.kind == K::gap || (x.formula(true, false).kind == time::Formula::Kind::no &&
                                    x.formula(false, true).kind == time::Formula::Kind::yes);
    };
    if (std::exchange(c.on_weak, outside) && !of_what_is_said && !is_gap(g))
        g = doubted(std::move(g), t, c);
    if (!c.days.empty()) return g;
    if (c.trace != nullptr)
        c.trace->push_back({t.written, describe_values(t, c), outcome(negated ? g.negated() : g)});
    watch(t, g, negated);
    return g;
}

void Evaluator::watch(const Term& t, const Ground& g, bool negated) {
    if (watcher_ != nullptr) (*watcher_)(t, outcome(negated ? g.negated() : g));
}

std::string Evaluator::outcome(const Ground& g) {
    switch (g.kind) {
        case K::yes:
            return "true";
        case K::no:
            return "false";
        case K::unknown:
            return "unknown";
        case K::gap:
            return "gap";
        default:
            break;
    }
    if (fits_firmly(g.formula(false, false).negated()) == time::Fit::no) return "true";
    if (fits_firmly(g.formula(true, true)) == time::Fit::no) return "false";
    return fits_firmly(g.formula(true, false)) == time::Fit::no ? "gap" : "possible";
}

Ground Evaluator::quantified(const Term& t, Context& c, bool negated) {
    if (t.days) return some_day(t, c, negated);
    // every(c) = not some(not c); no(c) = not some(c). A negation goes inwards, so that in `where`
    // and `unless` it is told what stands in positive position.
    const bool outer_negated =
        (t.op == Op::some) == negated;  // is the existential under a negation?
    const bool inner_negated = t.op == Op::every;
    bool open = false;
    bool gap = false;
    auto* trace = c.trace;
    c.trace = nullptr;
    auto items = list_items(t.children[0], c, &open, &gap);
    keep_one_each(items);
    const auto variable = static_cast<std::size_t>(t.binding);
    if (c.records.size() <= variable) {
        c.records.resize(variable + 1);
        c.sides.resize(variable + 1, 0);
    }
    // What an item's condition reads matters where the item decides: then it is a ground of the
    // finding.
    std::vector<Ground> parts;
    for (const auto& item : items) {
        if (!spend(kItem)) break;
        c.records[variable] = item.record;
        c.sides[variable] = item.side;
        Reads own;
        auto* outer = c.reads;
        c.reads = &own;
        auto g = ground(t.children[1], c, inner_negated != outer_negated);
        if (t.children[0].op == Op::on_day) {
            auto over = lasts_over(item, t.children[0].children[1], c);
            g = outer_negated ? Ground::any_of({over.negated(), std::move(g)})
                              : Ground::all_of({std::move(over), std::move(g)});
        }
        if (item.weak && (!outer_negated || c.open_both_ways)) {
            std::vector<Ground> both{Ground::unknown("doubtful", list_name(t.children[0])),
                                     std::move(g)};
            g = outer_negated ? Ground::any_of(std::move(both)) : Ground::all_of(std::move(both));
        }
        c.reads = outer;
        c.reads->gaps.insert(own.gaps.begin(), own.gaps.end());
        c.reads->points.insert(own.points.begin(), own.points.end());
        c.reads->zones.insert(own.zones.begin(), own.zones.end());
        if (g.kind != (outer_negated ? K::yes : K::no)) {
            c.reads->values.insert(own.values.begin(), own.values.end());
            c.reads->dates.insert(own.dates.begin(), own.dates.end());
            c.reads->records.insert(own.records.begin(), own.records.end());
        }
        c.reads->fails.insert(own.fails.begin(), own.fails.end());
        c.reads->values_of_law.insert(own.values_of_law.begin(), own.values_of_law.end());
        parts.push_back(std::move(g));
    }
    c.trace = trace;
    c.records[variable] = {};
    if (gap) parts.push_back(Ground::of(K::gap));  // whose list it is, is not stated
    if (open && !(c.asserted_only && !outer_negated))
        parts.push_back(Ground::unknown("open-list", list_name(t.children[0])));
    return outer_negated ? Ground::all_of(std::move(parts)) : Ground::any_of(std::move(parts));
}

namespace {

bool has_gap(const Ground& g) {
    return g.kind == K::gap || std::any_of(g.parts.begin(), g.parts.end(), has_gap);
}

}  // namespace

Ground Evaluator::literal(const Term& t, Context& c, bool negated) {
    const auto finish = [&](Ground g) { return negated ? g.negated() : g; };
    switch (t.op) {
        case Op::relation:
            return relation(t, c, negated);
        case Op::compare:
            return compare(t, c, negated);
        case Op::agrees:
            return agrees(t, c, negated);
        case Op::flips:
            return finish(flips(t, c));
        case Op::known: {
            const auto& x = t.children[0];
            auto w = walk(x, c);
            // A gap is what `known` asks about: none is noted, and the reading alone does not bind
            // an account. A date that has not come is none.
            if (w.gap || w.ends.empty()) return finish(Ground::truth(false));
            for (const auto& end : w.ends) {
                if (end.field == UINT32_MAX) return finish(Ground::truth(true));
                for (const auto id : held(end, c))
                    if (case_.assertion(id).value.pending.empty())
                        return finish(Ground::truth(true));
            }
            return finish(Ground::truth(false));
        }
        case Op::pending: {
            auto w = walk(t.children[0], c);
            std::vector<Ground> each;
            if (!w.gap)
                for (const auto& end : w.ends)
                    for (const auto id : held(end, c)) {
                        const auto& a = case_.assertion(id);
                        each.push_back(weak(a.source) ? Ground::unknown("doubtful", t.written)
                                                      : Ground::truth(!a.value.pending.empty()));
                    }
            if (each.empty()) return finish(Ground::truth(false));
            return finish(Ground::of_rivals(std::move(each), t.written));
        }
        case Op::doubtful: {
            auto w = walk(t.children[0], c);
            bool stated = false;
            bool doubtful = true;
            for (const auto& end : w.ends) {
                if (end.field == UINT32_MAX) {
                    stated = true;
                    doubtful = doubtful && (end.weak || weak(case_.record(end.record).source));
                    continue;
                }
                for (const auto id : held(end, c)) {
                    stated = true;
                    doubtful = doubtful && (end.weak || weak(case_.assertion(id)));
                }
            }
            return finish(Ground::truth(stated && doubtful && !w.gap));
        }
        case Op::certainly:
        case Op::possibly: {
            // Of what is not there nothing is possible or certain: what turns on it is a gap.
            // Where it is denied, that nobody lists an item is no reason for it.
            const bool asserted_only = c.asserted_only;
            c.asserted_only = asserted_only && !negated;
            const bool both = std::exchange(c.open_both_ways, true);
            const auto g = ground(t.children[0], c, false);
            c.open_both_ways = both;
            c.asserted_only = asserted_only;
            const auto holds = [&](bool gaps_as) {
                if (t.op == Op::possibly)
                    return fits_firmly(g.formula(true, gaps_as)) != time::Fit::no;
                return fits_firmly(g.formula(false, gaps_as).negated()) == time::Fit::no;
            };
            if (holds(false)) return finish(Ground::truth(true));
            return finish(has_gap(g) && holds(true) ? Ground::of(K::gap) : Ground::truth(false));
        }
        case Op::fails: {
            auto w = walk(t.children[0], c);
            if (w.gap || w.ends.empty()) return Ground::of(K::gap);
            if (lookup_ == nullptr) return finish(Ground::truth(false));
            std::vector<Ground> each;
            for (const auto& end : w.ends) {
                each.push_back(Ground::of(lookup_->fails(end.record, t.text, c.reads->fails)));
                each.back().why = "finding";
                each.back().what = case_.record(end.record).path;
            }
            return finish(Ground::any_of(std::move(each)));
        }
        case Op::same: {
            auto a = walk(t.children[0], c);
            auto b = walk(t.children[1], c);
            if (a.gap || b.gap || a.ends.empty() || b.ends.empty()) return Ground::of(K::gap);
            bool all = true;
            bool any = false;
            for (const auto& x : a.ends)
                for (const auto& y : b.ends) {
                    // Two views may differ on whether they are one; then it is open.
                    const auto& vx = timeline_.view(x.side);
                    const auto& vy = timeline_.view(y.side);
                    const bool in_x = vx.same_as[x.record.value] == vx.same_as[y.record.value];
                    const bool in_y = vy.same_as[x.record.value] == vy.same_as[y.record.value];
                    all = all && in_x && in_y;
                    any = any || in_x || in_y;
                }
            return finish(all   ? Ground::truth(true)
                          : any ? Ground::unknown("identity", t.written)
                                : Ground::truth(false));
        }
        case Op::in: {
            bool open = false;
            bool gap = false;
            std::vector<Ground> each;
            const auto absent = [&] {
                return gap ? Ground::of(K::gap)
                       : !open || (c.asserted_only && !negated)
                           ? Ground::truth(false)
                           : Ground::unknown("open-list", list_name(t.children[1]));
            };
            // What only a weak source lists.
            const auto believed = [&] {
                return negated && !c.open_both_ways ? Ground::truth(true)
                                                    : Ground::unknown("doubtful", t.written);
            };
            if (t.children[0].type.kind == rule::Kind::record) {
                auto item = walk(t.children[0], c);
                const auto items = list_items(t.children[1], c, &open, &gap);
                if (item.gap || item.ends.empty()) return Ground::of(K::gap);
                for (const auto& i : item.ends) {
                    if (!spend(1 + static_cast<std::int64_t>(items.size() / 16))) break;
                    bool found = false;
                    bool perhaps = false;
                    for (const auto& l : items) {
                        const auto& v = timeline_.view(l.side);
                        if (v.same_as[i.record.value] != v.same_as[l.record.value]) continue;
                        (l.weak ? perhaps : found) = true;
                    }
                    each.push_back(found ? Ground::truth(true) : perhaps ? believed() : absent());
                }
            } else {
                const auto item = scalars(t.children[0], c);
                const auto lists = texts_of(t.children[1], c, &gap);
                if (item.empty() || lists.empty()) return Ground::of(K::gap);
                for (const auto& i : item)
                    for (const auto& list : lists) {
                        open = list.open;
                        each.push_back(i.gap       ? Ground::of(K::gap)
                                       : i.unknown ? Ground::unknown("doubtful", t.written)
                                       : list.texts.count(i.text) != 0   ? Ground::truth(true)
                                       : list.perhaps.count(i.text) != 0 ? believed()
                                                                         : absent());
                    }
            }
            return finish(Ground::of_rivals(std::move(each), t.written));
        }
        case Op::matches: {
            const auto& looks_for = pattern(t);
            std::vector<Ground> each;
            for (const auto& value : scalars(t.children[0], c)) {
                if (!spend(static_cast<std::int64_t>(value.text.size() / 16))) break;
                if (value.gap) {
                    each.push_back(Ground::of(K::gap));
                } else if (value.unknown && !value.weak) {
                    each.push_back(Ground::unknown("doubtful", t.written));
                } else {
                    auto g =
                        Ground::truth(re2::RE2::PartialMatch(value.text, looks_for) != negated);
                    each.push_back(value.weak ? doubted(std::move(g), t, c) : std::move(g));
                }
            }
            if (each.empty()) return Ground::of(K::gap);
            return Ground::of_rivals(std::move(each), t.written);
        }
        case Op::relative:
        case Op::anchored:
        case Op::elided: {
            const auto& i = *c.instance;
            const int side = std::max(0, t.children[0].side);
            Located at{i.field_record, i.field, side};
            bool any = false;
            for (const auto id : held(at, c)) {
                const auto& a = case_.assertion(id);
                if (t.op == Op::elided) {
                    any = any || a.value.day.elided_year;
                } else if (a.value.time && !a.value.absolute) {
                    any = any || t.op == Op::relative || undated_anchors(a, side).empty();
                }
            }
            return finish(Ground::truth(any));
        }
        default:
            break;
    }
    return Ground::of(K::unknown);
}

std::vector<model::PointRef> Evaluator::undated_anchors(const model::Assertion& a, int side) const {
    std::vector<model::PointRef> out;
    for (const auto* name : time::names_in(*a.value.time))
        if (const auto ref = model::resolve_point(vocabulary_, case_, *name, {}, nullptr);
            ref && !timeline_.dates(side, *ref))
            out.push_back(*ref);
    return out;
}

// ---------------------------------------------------------------- verdicts

Ground Evaluator::exception(const rule::Exception& x, Context& c, std::string* state) {
    Reads own;
    auto* outer = c.reads;
    c.reads = &own;
    c.asserted_only = true;
    auto when = ground(x.when.term, c, false);
    const bool gap = !own.gaps.empty();
    when = when.without_gaps(false);
    const auto never = [&](const Ground& g) {
        return g.kind == K::no || full_.fits(g.formula(true, false)) == time::Fit::no;
    };
    if (gap && anything_proposed_ && never(when)) {
        // What is only proposed excuses perhaps.
        Reads offered;
        c.reads = &offered;
        c.with_proposed = true;
        if (!never(ground(x.when.term, c, false).without_gaps(false))) {
            when = Ground::unknown("proposed", x.when.written);
            own.values.insert(offered.values.begin(), offered.values.end());
        }
        c.with_proposed = false;
        c.reads = &own;
    }
    if (doubt_ && when.kind != K::yes && when.kind != K::no && when.kind != K::unknown) {
        // An exception that stands on a doubtful day alone excuses perhaps (semantics 4.4).
        const auto denied = when.formula(false, false).negated();
        if (full_.fits(denied) == time::Fit::no && fits_firmly(denied) != time::Fit::no)
            when = Ground::unknown("doubtful", x.when.written);
    }
    std::vector<Ground> parts{when};
    for (const auto& inner : x.unless) parts.push_back(exception(inner, c, nullptr).negated());
    c.reads = outer;
    auto g = Ground::all_of(std::move(parts));
    if (state != nullptr)
        *state = g.kind == K::yes ? "true" : never(g) ? (gap ? "absent" : "false") : "unknown";
    if (g.kind != K::no) {
        outer->points.insert(own.points.begin(), own.points.end());
        outer->dates.insert(own.dates.begin(), own.dates.end());
        outer->values.insert(own.values.begin(), own.values.end());
        outer->values_of_law.insert(own.values_of_law.begin(), own.values_of_law.end());
    }
    return g;
}

// Where a rule applies: what its bindings ask of days, and `where`.
Ground Evaluator::scope_of(const rule::Rule& r, Context& c) {
    std::vector<Ground> parts;
    for (std::size_t i = 0; i < r.bindings.size(); ++i)
        if (const auto& source = r.bindings[i].source; source.op == Op::on_day)
            parts.push_back(
                lasts_over({c.records[i], UINT32_MAX, c.sides[i]}, source.children[1], c));
    if (r.where) parts.push_back(ground(r.where->term, c, false));
    return Ground::all_of(std::move(parts));
}

Evaluator::Judged Evaluator::judge(const rule::Rule& r, const Instance& i) {
    Judged out;
    const auto undecided_before = undecided_gaps_;
    out.reads = i.reads;
    auto c = context(i, out.reads);
    c.asserted_only = true;
    out.scope = scope_of(r, c);
    if (out.scope.kind == K::no) {
        out.violation = Ground::truth(false);
        out.status = Status::not_applicable;
        return out;
    }
    std::vector<Ground> parts{out.scope};
    if (i.perhaps) parts.push_back(Ground::unknown("rival-values", i.rival));
    if (!i.doubtful.empty()) parts.push_back(Ground::unknown("doubtful", i.doubtful));
    c.asserted_only = false;
    parts.push_back(ground(r.require.term, c, true));
    for (const auto& x : r.unless) {
        std::string state;
        parts.push_back(exception(x, c, &state).negated());
        out.exceptions.push_back(std::move(state));
    }
    out.violation = Ground::all_of(std::move(parts));
    // A large formula is kept with its outcome, and each test of the network goes through it.
    if (const auto size = out.violation.size(); size > kSmall) spend(kPart * (size - kSmall));
    if (spent()) {
        out.violation = Ground::of(K::unknown);
        out.status = Status::undecided;
        return out;
    }

    // What is settled without the network must not ask it: one that cannot stand would say yes to
    // anything.
    const auto fits = [&](time::Solver& s, const time::Formula& f) {
        if (f.kind == time::Formula::Kind::yes) return time::Fit::yes;
        if (f.kind == time::Formula::Kind::no) return time::Fit::no;
        return counted(s, f);
    };
    bool undecided = false;
    const auto no = [&](time::Fit f) {
        undecided = undecided || f == time::Fit::undecided;
        return f == time::Fit::no;
    };
    const auto against = out.violation.formula(false, false).negated();
    if (no(fits(firm_, against)) && (!left_alone_ || no(fits(full_, against)))) {
        // Of statements of which it is not known whether they can stand, anything would be certain.
        out.status = full_.fits() == time::Fit::undecided ? Status::undecided : Status::certain;
        return out;
    }
    const auto perhaps = out.violation.formula(true, false);
    const auto first = fits(full_, perhaps);
    undecided = undecided || first == time::Fit::undecided;
    if (first == time::Fit::yes) {
        bool stands = true;
        if (plus_ != nullptr && r.kind == rule::RuleKind::law) {
            stands = !no(fits(*plus_, perhaps));
            if (stands && no(fits(*plus_, against))) out.needs_requirement = true;
        }
        if (stands) {
            out.status = Status::possible;
            out.perhaps_certain = undecided || undecided_gaps_ != undecided_before;
            return out;
        }
    }
    if (undecided || undecided_gaps_ != undecided_before) {
        out.status = Status::undecided;
        return out;
    }
    if (first == time::Fit::no && doubt_ && firm_.fits(perhaps) == time::Fit::yes)
        out.on_doubt = true;
    const auto with_gaps = fits(full_, out.violation.formula(true, true));
    if (with_gaps == time::Fit::undecided) {
        out.status = Status::undecided;
        return out;
    }
    if (with_gaps == time::Fit::yes && first == time::Fit::no) {
        out.status = Status::gap;
        return out;
    }
    if (fits(full_, out.scope.formula(true, true)) == time::Fit::no) {
        out.status = Status::not_applicable;
        return out;
    }
    out.status = Status::satisfied;
    const auto& states = out.exceptions;
    out.excused =
        std::find(states.begin(), states.end(), "true") != states.end() && needs_excuse(r, i);
    return out;
}

bool Evaluator::needs_excuse(const rule::Rule& r, const Instance& i) {
    Reads scratch;
    auto c = context(i, scratch);
    c.asserted_only = true;
    std::vector<Ground> parts{r.where ? ground(r.where->term, c, false) : Ground::truth(true)};
    c.asserted_only = false;
    parts.push_back(ground(r.require.term, c, true));
    const auto violation = Ground::all_of(std::move(parts)).formula(true, true);
    return violation.kind == time::Formula::Kind::yes ||
           (violation.kind != time::Formula::Kind::no && full_.fits(violation) != time::Fit::no);
}

std::vector<Evaluator::Judged> Evaluator::judge_each(const rule::Rule& r, const Instance& i) {
    std::vector<Judged> out;
    picked_ = time::kAllOpen;
    asked_.fill(false);
    out.push_back(judge(r, i));
    // One way of counting may lead to where the next is asked for.
    for (auto asked = decltype(asked_){}; asked != asked_;) {
        asked = asked_;
        out.clear();
        std::size_t ways = 1;
        for (const bool a : asked) ways *= a ? 2u : 1u;
        for (std::size_t way = 0; way < ways; ++way) {
            auto rest = way;
            for (std::size_t c = 0; c < asked.size(); ++c) {
                picked_[c] = asked[c] ? static_cast<int>(rest % 2) : -1;
                if (asked[c]) rest /= 2;
            }
            out.push_back(judge(r, i));
            out.back().choices = picked_;
        }
    }
    picked_ = time::kAllOpen;
    return out;
}

Ground Evaluator::violation_undated(const rule::Rule& r, const Instance& i) {
    undated_open_ = true;
    Reads scratch;
    auto c = context(i, scratch);
    c.asserted_only = true;
    std::vector<Ground> parts{scope_of(r, c)};
    c.asserted_only = false;
    if (i.perhaps || !i.doubtful.empty()) parts.push_back(Ground::of(K::unknown));
    parts.push_back(ground(r.require.term, c, true));
    for (const auto& x : r.unless) parts.push_back(exception(x, c, nullptr).negated());
    undated_open_ = false;
    return Ground::all_of(std::move(parts));
}

Status Evaluator::judge_unbound(const rule::Rule& r, const Instance& i) {
    Reads scratch;
    auto c = context(i, scratch);
    c.asserted_only = true;
    if (r.where && full_.fits(ground(r.where->term, c, false).formula(true, true)) == time::Fit::no)
        return Status::not_applicable;
    const auto holds = [&](const rule::Exception& x) {
        const auto denied = exception(x, c, nullptr).formula(false, false).negated();
        return fits_firmly(denied) == time::Fit::no && full_.fits(denied) == time::Fit::no;
    };
    return std::any_of(r.unless.begin(), r.unless.end(), holds) ? Status::satisfied : Status::gap;
}

}  // namespace antinomy::check
