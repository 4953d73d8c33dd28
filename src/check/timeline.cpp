#include "check/timeline.hpp"

#include <algorithm>
#include <set>

#include "check/zones.hpp"

namespace antinomy::check {

using model::Assertion;
using model::FieldKind;
using model::RecordId;
using time::Difference;
using time::PointId;
using time::StatementId;

namespace {

bool written_doubtful(const model::Value& v) {
    return v.day.doubtful || v.period.start.doubtful || v.period.end.doubtful;
}

void window_differences(PointId p, time::Window w, std::vector<Difference>& out) {
    if (bounded(w.last)) out.push_back(at_most(time::kOrigin, p, w.last.value));
    if (bounded(w.first)) out.push_back(at_least(time::kOrigin, p, w.first.value));
}

// What distances say of p in a zone say this of it in another, where its day is so many days later.
std::vector<Difference> in_zone(const std::vector<Difference>& said, PointId p, time::Shift by) {
    if (by == time::Shift{}) return said;
    std::vector<Difference> out;
    for (const auto& d : said) {
        out.push_back(d);
        if (d.to == p) out.back().most += by.most;
        if (d.from == p) out.back().most -= by.least;
        // There is a day for p at all.
        for (const auto& e : said)
            if (d.to == p && e.from == p) out.push_back({d.from, e.to, d.most + e.most});
    }
    return out;
}

// A rival value of more windows (`XXXX-11-04` has 10,000) is no arm for each: the search would try
// them one by one.
constexpr std::size_t kWindowArms = 8;

}  // namespace

bool is_marked(const model::Case& c, const model::Vocabulary& vocabulary, RecordId source,
               std::initializer_list<std::string_view> words) {
    if (!source.valid()) return false;
    const auto& record = c.record(source);
    const auto index = vocabulary.type(record.type).field_index("reliability");
    return index != SIZE_MAX &&
           std::any_of(
               record.fields[index].begin(), record.fields[index].end(), [&](model::AssertionId a) {
                   return std::find(words.begin(), words.end(), c.assertion(a).value.written) !=
                          words.end();
               });
}

Timeline::Timeline(const model::Vocabulary& vocabulary, const model::Case& c,
                   std::vector<model::View> views, const model::Selection& selection,
                   bool double_all, const time::Choices* choices)
    : vocabulary_(vocabulary),
      case_(c),
      views_(std::move(views)),
      selection_(selection),
      double_all_(double_all),
      choices_(choices != nullptr ? *choices : c.choices),
      conventions_(c.conventions) {
    const auto month_end = choices_[time::kMonthEnd];
    conventions_.month_end = month_end < 0    ? time::MonthEnd::both
                             : month_end == 0 ? time::MonthEnd::clamp
                                              : time::MonthEnd::overflow;
    const auto birthday = choices_[time::kLeapBirthday];
    conventions_.leap_birthday = birthday < 0    ? time::LeapBirthday::both
                                 : birthday == 0 ? time::LeapBirthday::march_1
                                                 : time::LeapBirthday::february_28;
    dated_.push_back(true);  // the origin
    placed_.emplace_back();
    made_for_.emplace_back();
    find_weak_sources();
    build();
}

StatementId Timeline::statement(Origin origin, time::Statement s) {
    const auto id = network_.add_statement(std::move(s));
    origins_.resize(id.value + 1);
    origins_[id.value] = std::move(origin);
    return id;
}

StatementId Timeline::add_rule(std::string rule, std::string text, text::Span span) {
    Origin o;
    o.kind = Origin::Kind::rule;
    o.rule = std::move(rule);
    o.text = std::move(text);
    o.span = span;
    const auto label = o.rule;
    return statement(std::move(o), {label, false, true, false});
}

std::uint64_t Timeline::key(int side, RecordId r, std::uint32_t field, std::uint32_t part) const {
    const auto rep = view(side).same_as[r.value];
    const auto slot = case_.record(rep).first_slot + field;
    const bool own = side > 0 && views_.size() > 1 && !shared(r, field);
    return (std::uint64_t{slot} << 2) | (part << 1) | (own ? 1u : 0u);
}

bool Timeline::shared(RecordId r, std::uint32_t field) const {
    if (views_.size() < 2) return true;
    if (double_all_) return false;
    // What it is relative to may differ, and what that is relative to; anchors may run in a circle.
    std::vector<std::pair<RecordId, std::uint32_t>> open{{r, field}};
    std::set<std::size_t> seen;
    while (!open.empty()) {
        const auto [record, f] = open.back();
        open.pop_back();
        const auto head = views_[0].same_as[record.value];
        if (head != views_[1].same_as[record.value] ||
            views_[0].exists[record.value] != views_[1].exists[record.value])
            return false;
        const auto slot = case_.record(head).first_slot + f;
        if (!seen.insert(slot).second) continue;
        if (views_[0].slots[slot] != views_[1].slots[slot]) return false;
        for (const auto id : views_[0].slots[slot]) {
            const auto& value = case_.assertion(id).value;
            if (value.absolute || !value.time) continue;
            for (const auto* name : time::names_in(*value.time)) {
                const auto p = model::resolve_point(vocabulary_, case_, *name, {}, nullptr);
                if (!p) continue;
                open.emplace_back(p->record, p->first);
                open.emplace_back(p->record, p->last);
            }
        }
    }
    return true;
}

std::uint32_t Timeline::effective_field(int side, RecordId r, std::uint32_t field) const {
    const auto& v = view(side);
    const auto rep = v.same_as[r.value];
    const auto& record = case_.record(rep);
    const auto& type = vocabulary_.type(record.type);
    const auto& f = type.fields[field];
    if (f.otherwise.empty() || !v.slots[record.first_slot + field].empty()) return field;
    // Does any account give one? Then it is unknown here, not the same day (semantics 2.3). What
    // was withdrawn or only proposed gives none.
    const auto given = [&](model::AssertionId a) {
        const auto state = case_.assertion(a).state;
        return state != model::State::withdrawn && state != model::State::proposed;
    };
    for (std::uint32_t i = 0; i < case_.records.size(); ++i) {
        if (v.same_as[i] != rep || case_.records[i].type != record.type) continue;
        const auto& values = case_.records[i].fields[field];
        if (std::any_of(values.begin(), values.end(), given)) return field;
    }
    for (std::size_t k = 0; k < type.fields.size(); ++k) {
        if (type.fields[k].lasts.empty()) continue;
        for (const auto a : v.slots[record.first_slot + k])
            for (const auto& word : case_.assertion(a).value.texts)
                if (std::find(type.fields[k].lasts.begin(), type.fields[k].lasts.end(), word) !=
                    type.fields[k].lasts.end())
                    return field;
    }
    return static_cast<std::uint32_t>(type.field_index(f.otherwise));
}

std::optional<PointId> Timeline::point(int side, RecordId r, std::uint32_t field,
                                       std::uint32_t part) const {
    const auto f = effective_field(side, r, field);
    const auto it = points_.find(key(side, r, f, f == field ? part : 0));
    if (it == points_.end()) return std::nullopt;
    return it->second;
}

PointId Timeline::make_point(int side, RecordId r, std::uint32_t field, std::uint32_t part) {
    const auto f = effective_field(side, r, field);
    if (f != field) part = 0;
    const auto k = key(side, r, f, part);
    if (const auto it = points_.find(k); it != points_.end()) return it->second;
    const auto rep = view(side).same_as[r.value];
    const auto& record = case_.record(rep);
    auto name = record.path + "." + vocabulary_.type(record.type).fields[f].name;
    keep_up();
    const auto p = network_.add_point(std::move(name));
    points_.emplace(k, p);
    dated_.push_back(false);
    made_for_.push_back({rep, f, part, side});
    placed_.push_back(place_of(made_for_.back()));
    return p;
}

PointId Timeline::helper_point(std::string name) {
    const auto p = network_.add_point(std::move(name));
    keep_up();
    return p;
}

void Timeline::keep_up() {
    dated_.resize(network_.point_count(), true);
    placed_.resize(network_.point_count());
    made_for_.resize(network_.point_count());
}

std::string Timeline::path(PointId p) const {
    if (p == time::kOrigin) return "";
    const auto& of = made_for_[p.value];
    if (!of.record.valid()) return network_.name(p);
    const auto& field = vocabulary_.type(case_.record(of.record).type).fields[of.field];
    std::string out = network_.name(p);
    if (field.kind == FieldKind::period) out += of.part == 0 ? ".start" : ".end";
    return out;
}

bool Timeline::doubtful(const Assertion& a) const {
    if (written_doubtful(a.value)) return true;
    return weak(a.source);
}

bool Timeline::weak(RecordId r) const {
    return r.valid() && std::binary_search(weak_.begin(), weak_.end(), r);
}

// Asked of every value that is read, so looked up once.
void Timeline::find_weak_sources() {
    const auto type = vocabulary_.find("source");
    if (!type.valid()) return;
    for (std::uint32_t i = 0; i < case_.records.size(); ++i)
        if (case_.records[i].type == type && is_weak(case_, vocabulary_, RecordId{i}))
            weak_.push_back(RecordId{i});
}

time::AnchorOf Timeline::anchors(int side, const Assertion& a, StatementId why) {
    return [this, side, &a, why](const grammar::PointName& name) {
        const auto p = model::resolve_point(vocabulary_, case_, name, {}, nullptr);
        const auto frame = placed(standing_of(side, a, 0), {});
        const auto there = [&](PointId anchor) {
            // Of two anchors in different zones the value is in the first one's.
            const auto shift = time::shift_into(place(anchor), frame);
            if (shift == time::Shift{}) return anchor;
            const auto here = helper_point(network_.name(anchor));
            for (const auto& d :
                 {at_least(anchor, here, shift.least), at_most(anchor, here, shift.most)})
                network_.add(why, d);
            return here;
        };
        const auto first = make_point(side, p->record, p->first, p->first_part);
        const auto last = make_point(side, p->record, p->last, p->last_part);
        if (first == last) {
            const auto one = there(first);
            return time::AnchorPoints{one, one};
        }
        return time::AnchorPoints{there(first), there(last)};
    };
}

void Timeline::add_slot(int side, RecordId r, std::uint32_t field) {
    const auto& record = case_.record(r);
    const auto& held = view(side).slots[record.first_slot + field];
    if (held.empty()) return;
    const auto& f = vocabulary_.type(record.type).fields[field];
    const auto origin_of = [](model::AssertionId id) {
        Origin o;
        o.assertion = id;
        return o;
    };
    const auto label = record.path + "." + f.name;
    if (f.kind == FieldKind::period) {
        const auto start = make_point(side, r, field, 0);
        const auto end = make_point(side, r, field, 1);
        const auto says = [&](model::AssertionId id) {
            return says_something(side, case_.assertion(id));
        };
        if (std::any_of(held.begin(), held.end(), says))
            dated_[start.value] = dated_[end.value] = true;
        Origin o;
        o.kind = Origin::Kind::always;
        o.record = r;
        o.always_line = SIZE_MAX;
        network_.add(
            statement(std::move(o), {label + " starts before it ends", false, false, false}),
            at_most(end, start, time::reach_before(place(end), place(start)).certain - 1));
        std::vector<time::Arm> arms;
        for (const auto id : held) {
            const auto& a = case_.assertion(id);
            if (!a.value.absolute && a.value.pending.empty()) continue;
            const auto s = statement(origin_of(id), {label, true, true, doubtful(a)});
            if (!a.value.absolute) {
                arms.push_back({s, {}});  // it may be any day
                continue;
            }
            if (held.size() == 1) {
                network_.add_days(s, start, a.value.period.start.days);
                network_.add_days(s, end, a.value.period.end.days);
                continue;
            }
            time::Arm arm{s, {}};
            for (const auto& [point, stated] : {std::pair{start, &a.value.period.start.days},
                                                std::pair{end, &a.value.period.end.days}}) {
                const auto days = shifted(*stated, into_zone_of(point, a));
                if (days.windows().size() == 1) {
                    window_differences(point, days.hull(), arm.differences);
                    continue;
                }
                // An arm is plain distances: days with holes are those of a point of its own.
                const auto own = helper_point("value");
                network_.add_days(s, own, days);
                arm.differences.push_back(at_most(own, point, 0));
                arm.differences.push_back(at_least(own, point, 0));
            }
            arms.push_back(std::move(arm));
        }
        if (arms.size() > 1) network_.add_one_of(std::move(arms));
        return;
    }
    const auto p = make_point(side, r, field, 0);
    struct Stated {
        const Assertion* assertion;
        StatementId statement;
    };
    std::vector<std::vector<Stated>> sources;
    for (const auto id : held) {
        const auto& a = case_.assertion(id);
        if (!a.value.time && a.value.pending.empty()) continue;  // refused when it was read
        if (says_something(side, a)) dated_[p.value] = true;
        const Stated stated{&a, statement(origin_of(id), {label, true, true, doubtful(a)})};
        const auto same = std::find_if(sources.begin(), sources.end(), [&](const auto& group) {
            const auto& other = *group.front().assertion;
            return other.by == a.by && other.source == a.source;
        });
        if (same == sources.end())
            sources.push_back({stated});
        else
            same->push_back(stated);
    }
    if (sources.empty()) return;
    if (sources.size() == 1) {
        // Several only where two records are one: their plain dates must agree (semantics 1.5).
        for (const auto& [a, s] : sources.front()) state(side, p, *a, s);
        return;
    }
    // One of the sources is right in all it says: of each way to pick a value a source, one is so.
    std::vector<std::vector<time::Arm>> values;
    std::vector<std::size_t> first_value;
    for (const auto& group : sources) {
        first_value.push_back(values.size());
        for (const auto& [a, s] : group) values.push_back(arms(side, p, *a, s));
    }
    first_value.push_back(values.size());
    auto pick = std::vector<std::size_t>(first_value.begin(), first_value.end() - 1);
    for (std::size_t k = 0; k < pick.size();) {
        std::vector<time::Arm> one_of;
        for (const auto i : pick) one_of.insert(one_of.end(), values[i].begin(), values[i].end());
        network_.add_one_of(std::move(one_of));
        for (k = 0; k < pick.size() && ++pick[k] == first_value[k + 1]; ++k)
            pick[k] = first_value[k];
    }
}

bool Timeline::says_something(int side, const Assertion& a) const {
    if (a.value.absolute) return true;
    if (!a.value.time) return a.value.pending.empty();
    const auto names = time::names_in(*a.value.time);
    return std::all_of(names.begin(), names.end(), [&](const grammar::PointName* name) {
        const auto p = model::resolve_point(vocabulary_, case_, *name, {}, nullptr);
        return p && view(side).exists[p->record.value];
    });
}

void Timeline::state(int side, PointId p, const Assertion& a, StatementId s) {
    const auto shift = into_zone_of(p, a);
    if (a.value.absolute) {
        network_.add_days(s, p, shifted(a.value.day.days, shift));
        return;
    }
    if (!says_something(side, a)) return;
    if (shift != time::Shift{}) {
        // Said in another zone than the point's first value.
        const auto own = helper_point("value");
        state(side, own, a, s);
        for (const auto& d : {at_least(own, p, shift.least), at_most(own, p, shift.most)})
            network_.add(s, d);
        return;
    }
    time::add_relative(network_, s, p, *a.value.time, anchors(side, a, s), conventions_);
    keep_up();
}

std::vector<time::Arm> Timeline::arms(int side, PointId p, const Assertion& a, StatementId s) {
    const auto shift = into_zone_of(p, a);
    if (a.value.absolute && a.value.day.days.windows().size() <= kWindowArms) {
        std::vector<time::Arm> out;
        const auto days = shifted(a.value.day.days, shift);
        for (const auto& w : days.windows()) {
            out.push_back({s, {}});
            window_differences(p, w, out.back().differences);
        }
        return out;
    }
    if (!says_something(side, a)) return {{s, {}}};  // it may be any day
    // No point of its own for a value that may be wrong: that there is a day between two others
    // would be said of them all the same.
    if (!a.value.absolute && time::only_distances(*a.value.time)) {
        const auto says =
            time::relative_to(network_, s, p, *a.value.time, anchors(side, a, s), conventions_);
        keep_up();
        return {{s, in_zone(says.differences, p, shift)}};
    }
    // An arm is plain distances. The value is that of a point of its own, and the arm says that p
    // is there.
    const auto own = helper_point("value");
    state(side, own, a, s);
    return {{s, {at_most(own, p, shift.most), at_least(own, p, shift.least)}}};
}

PlacedMoment Timeline::moment(int side, const model::PointRef& p) {
    const auto first = make_point(side, p.record, p.first, p.first_part);
    const auto last = make_point(side, p.record, p.last, p.last_part);
    return {first, last, place(first), place(last)};
}

void Timeline::build() {
    const int sides = static_cast<int>(views_.size());
    for (int side = 0; side < sides; ++side) {
        const auto& v = view(side);
        for (std::uint32_t i = 0; i < case_.records.size(); ++i) {
            if (!v.exists[i] || v.same_as[i].value != i) continue;
            const auto& type = vocabulary_.type(case_.records[i].type);
            for (std::uint32_t f = 0; f < type.fields.size(); ++f) {
                if (type.fields[f].kind != FieldKind::day &&
                    type.fields[f].kind != FieldKind::period)
                    continue;
                if (side > 0 && shared(RecordId{i}, f)) continue;
                add_slot(side, RecordId{i}, f);
            }
        }
    }
    for (std::size_t i = 0; i < case_.orders.size(); ++i) {
        const auto& order = case_.orders[i];
        std::optional<StatementId> s;
        for (int side = 0; side < sides; ++side) {
            const auto& v = view(side);
            if (!model::in_view(case_, v, selection_, order)) continue;
            bool exists = true;
            for (const auto& p : order.points) exists = exists && v.exists[p.record.value];
            if (!exists) continue;
            if (!s) {
                Origin o;
                o.kind = Origin::Kind::order;
                o.order = i;
                s = statement(std::move(o), {order.text, true, true, false});
            }
            for (std::size_t k = 0; k + 1 < order.points.size(); ++k) {
                for (const auto& d :
                     order_differences(order.line.relations[k], moment(side, order.points[k]),
                                       moment(side, order.points[k + 1])))
                    network_.add(*s, d);
            }
        }
    }
    // `always:` joins a record's dates as soon as one of the two has a point; the other may be
    // inferred.
    for (int side = 0; side < sides; ++side) {
        const auto& v = view(side);
        for (std::uint32_t i = 0; i < case_.records.size(); ++i) {
            if (!v.exists[i] || v.same_as[i].value != i) continue;
            const auto type_id = case_.records[i].type;
            const auto& own = vocabulary_.type(type_id).always;
            std::vector<bool> done(own.size(), false);
            for (bool again = true; again;) {
                again = false;
                for (std::size_t k = 0; k < own.size(); ++k) {
                    if (done[k] || own[k].order.points.size() < 2) continue;
                    std::vector<model::PointRef> refs;
                    bool any = false;
                    for (const auto& name : own[k].order.points) {
                        const auto ref =
                            model::resolve_point(vocabulary_, case_, name, RecordId{i}, nullptr);
                        if (!ref) break;
                        refs.push_back(*ref);
                        any = any ||
                              point(side, ref->record, ref->first, ref->first_part).has_value();
                    }
                    if (refs.size() != own[k].order.points.size() || !any) continue;
                    done[k] = true;
                    again = true;
                    Origin o;
                    o.kind = Origin::Kind::always;
                    o.record = RecordId{i};
                    o.always_line = k;
                    std::optional<StatementId> s;
                    for (std::size_t n = 0; n + 1 < refs.size(); ++n) {
                        const auto a = moment(side, refs[n]);
                        const auto b = moment(side, refs[n + 1]);
                        if (a.first == b.first && a.last == b.last)
                            continue;  // an end that is its start
                        if (!s) s = statement(o, {own[k].text, false, false, false});
                        for (const auto& d : order_differences(own[k].order.relations[n], a, b))
                            network_.add(*s, d);
                    }
                }
            }
        }
    }
}

time::Enabled Timeline::undoubted() const {
    auto out = all();
    for (std::uint32_t i = 0; i < out.size(); ++i)
        if (network_.statement(StatementId{i}).doubtful) out[i] = false;
    // A doubtful one of rival values may be the right one, and then says nothing for certain: so
    // neither do the others, alone. (That of a weak source is left out alone; see `left_alone`.)
    const auto doubtful_date = [&](const time::Arm& a) {
        const auto& o = origins_[a.because.value];
        return o.kind == Origin::Kind::value &&
               written_doubtful(case_.assertion(o.assertion).value);
    };
    for (const auto& arms : network_.one_ofs())
        if (std::any_of(arms.begin(), arms.end(), doubtful_date))
            for (const auto& a : arms) out[a.because.value] = false;
    // Ways to pick of sources with several values share arms with one another.
    for (bool more = true; more;) {
        more = false;
        for (const auto& arms : network_.one_ofs()) {
            const auto gone = [&](const time::Arm& a) {
                return !out[a.because.value] && !network_.statement(a.because).doubtful;
            };
            if (std::none_of(arms.begin(), arms.end(), gone)) continue;
            for (const auto& a : arms) {
                more = more || out[a.because.value];
                out[a.because.value] = false;
            }
        }
    }
    return out;
}

bool Timeline::left_alone(const time::Enabled& firm, const time::Enabled& full) const {
    const auto& all = network_.one_ofs();
    return std::any_of(all.begin(), all.end(), [&](const std::vector<time::Arm>& arms) {
        bool some = false;
        bool fewer = false;
        for (const auto& a : arms) {
            some = some || firm[a.because.value];
            fewer = fewer || (full[a.because.value] && !firm[a.because.value]);
        }
        return some && fewer;
    });
}

bool Timeline::has_doubt() const {
    for (std::uint32_t i = 0; i < network_.statement_count(); ++i)
        if (network_.statement(StatementId{i}).doubtful) return true;
    return false;
}

bool Timeline::undisputed(StatementId s) const {
    const auto& o = origins_[s.value];
    if (o.kind == Origin::Kind::value) return !case_.assertion(o.assertion).by.valid();
    if (o.kind == Origin::Kind::order) return !case_.orders[o.order].by.valid();
    return true;
}

time::DaySet Timeline::days_of(int side, const Assertion& a, bool* exact_out) const {
    if (exact_out != nullptr) *exact_out = true;
    if (a.value.absolute || !a.value.time) return a.value.day.days;
    // On a copy: a point that only this value ties.
    Timeline copy = *this;
    Origin o;
    o.kind = Origin::Kind::scratch;
    const auto p = copy.helper_point("scratch");
    const auto s = copy.statement(std::move(o), {"scratch", true, true, false});
    copy.state(side, p, a, s);
    // What the value says, its anchor dated by values alone: not by what else may contradict it.
    time::Enabled values(copy.network_.statement_count(), false);
    for (std::uint32_t k = 0; k < values.size(); ++k)
        values[k] = copy.origins_[k].kind == Origin::Kind::value ||
                    copy.origins_[k].kind == Origin::Kind::scratch;
    time::Solver solver(copy.network_, values);
    bool exact = true;
    auto days = solver.days(p, time::Formula::truth(true), &exact);
    if (!exact && solver.fits() == time::Fit::no) return time::DaySet::all();
    if (!days.empty() && !exact) {
        // Too many days to try each: the first and the last are known all the same.
        const auto b = solver.bounds(time::kOrigin, p, time::Formula::truth(true), &exact);
        if (exact_out != nullptr) *exact_out = exact;
        time::Window w;
        if (b.least > -time::kNoBound) w.first = time::Day{b.least};
        if (b.most < time::kNoBound) w.last = time::Day{b.most};
        days = days.intersect(time::DaySet(w));
    }
    return days.empty() ? time::DaySet::all() : days;
}

}  // namespace antinomy::check
