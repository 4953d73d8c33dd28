#include "verify/view.hpp"

#include <algorithm>
#include <climits>
#include <set>

namespace antinomy::verify {

using time::Day;
using time::DaySet;
using time::Window;

namespace {

template <class T>
const T& at(const std::vector<T>& v, int i) {
    return v[static_cast<std::size_t>(i)];
}

void names_in(const Anchor& a, std::vector<std::string>& out);
void names_in(const Expression& e, std::vector<std::string>& out) {
    names_in(e.anchor, out);
    if (e.form == Expression::Form::between) names_in(e.last, out);
}
void names_in(const Anchor& a, std::vector<std::string>& out) {
    if (!a.name.empty()) out.push_back(a.name);
    if (a.nested) names_in(*a.nested, out);
}

DaySet moved(const DaySet& days, Between by) {
    if (by == Between{}) return days;
    DaySet out;
    for (const auto& w : days.windows()) out.add({plus(w.first, by.least), plus(w.last, by.most)});
    return out;
}

}  // namespace

View::View(const Case& c, const Which& which)
    : case_(c), doubled_(which.doubled), counting_(c.conventions.counting) {
    if (counting_.month_end == Way::open) counting_.month_end = which.counting.month_end;
    if (counting_.leap_birthday == Way::open)
        counting_.leap_birthday = which.counting.leap_birthday;
    names_.emplace_back("1970-01-01");
    helpers_.push_back(false);
    places_.emplace_back();
    made_for_.emplace_back();
    by_name_.emplace(names_.front(), 0);
    sides_.push_back(make_side(which.account, which));
    if (which.other != kNobody) sides_.push_back(make_side(which.other, which));
    for (std::size_t side = 0; side < sides_.size(); ++side) {
        for (int r = 0; r < static_cast<int>(c.records.size()); ++r) {
            if (!sides_[side].exists[static_cast<std::size_t>(r)] ||
                at(sides_[side].same_as, r) != r)
                continue;
            const auto& fields = at(c.vocabulary.types, at(c.records, r).type).fields;
            for (int f = 0; f < static_cast<int>(fields.size()); ++f) {
                const auto kind = at(fields, f).kind;
                if (kind != Field::Kind::day && kind != Field::Kind::period) continue;
                if (side > 0 && shared(r, f)) continue;
                add_slot(side, r, f);
            }
        }
    }
    add_orders();
    add_always();
}

View::Holder View::make_side(int account, const Which& which) const {
    const auto& c = case_;
    Holder side;
    side.account = account;
    side.adopted = c.adopted(account);
    const auto rank_of = [&](int by) {
        const auto it = std::find(side.adopted.begin(), side.adopted.end(), by);
        return it == side.adopted.end() ? INT_MAX : static_cast<int>(it - side.adopted.begin());
    };
    const auto count = c.records.size();
    for (std::size_t i = 0; i < count; ++i) side.same_as.push_back(static_cast<int>(i));
    // Of identity lines about one pair, the account's own, else an adopted one, else nobody's.
    std::map<std::pair<int, int>, std::pair<int, int>> deciding;  // rank, line
    for (std::size_t i = 0; i < c.identities.size(); ++i) {
        const auto& line = c.identities[i];
        int rank = static_cast<int>(side.adopted.size());
        if (line.said.by != kNobody && (rank = rank_of(line.said.by)) == INT_MAX) continue;
        const auto key = std::minmax(line.a, line.b);
        const std::pair<int, int> mine{rank, static_cast<int>(i)};
        const auto [it, fresh] = deciding.try_emplace({key.first, key.second}, mine);
        if (!fresh && rank < it->second.first) it->second = mine;
    }
    for (const auto& [pair, decided] : deciding) {
        const auto& line = at(c.identities, decided.second);
        bool one = line.answer == Identity::Answer::yes;
        if (line.answer == Identity::Answer::unknown) {
            const auto it = which.identity.find(decided.second);
            one = it != which.identity.end() && it->second;
        }
        if (!one) continue;
        const auto [low, high] =
            std::minmax({at(side.same_as, pair.first), at(side.same_as, pair.second)});
        for (auto& r : side.same_as)
            if (r == high) r = low;
    }
    side.exists.assign(count, false);
    for (std::size_t i = 0; i < count; ++i) {
        const auto& r = c.records[i];
        if (r.said.state == State::proposed) continue;
        if (which.every_record) {
            side.exists[i] = true;
            continue;
        }
        if (r.said.state == State::withdrawn) continue;
        bool here = r.said.by == kNobody || rank_of(r.said.by) != INT_MAX ||
                    r.said.state == State::unchallenged;
        if (r.parent >= 0 && !side.exists[static_cast<std::size_t>(r.parent)]) here = false;
        side.exists[i] = here;
    }
    for (std::size_t i = 0; i < count; ++i)
        if (side.exists[i]) side.exists[static_cast<std::size_t>(side.same_as[i])] = true;
    for (std::size_t i = 0; i < count; ++i)
        if (side.exists[static_cast<std::size_t>(side.same_as[i])]) side.exists[i] = true;
    // Per field the assertions of the best class: conceded, own and adopted, plain, unchallenged.
    std::map<std::pair<int, int>, int> best;
    const int plain = static_cast<int>(side.adopted.size()) * 2 + 1;
    for (std::size_t i = 0; i < c.assertions.size(); ++i) {
        const auto& a = c.assertions[i];
        if (a.said.state == State::proposed || a.said.state == State::withdrawn) continue;
        int rank = INT_MAX;
        if (a.said.by == kNobody)
            rank = plain;
        else if (const int own = rank_of(a.said.by); own != INT_MAX)
            rank =
                a.said.state == State::conceded ? 0 : static_cast<int>(side.adopted.size()) + own;
        else if (a.said.state == State::unchallenged)
            rank = plain + 1;
        if (rank == INT_MAX) continue;
        const std::pair<int, int> key{at(side.same_as, a.record), a.field};
        const auto [it, fresh] = best.try_emplace(key, rank);
        if (rank > it->second) continue;
        if (rank < it->second) {
            it->second = rank;
            side.slots[key].clear();
        }
        static_cast<void>(fresh);
        side.slots[key].push_back(static_cast<int>(i));
    }
    return side;
}

const std::vector<int>& View::slot(std::size_t side, int record, int field) const {
    static const std::vector<int> none;
    const auto& s = sides_[side];
    const auto it = s.slots.find({at(s.same_as, record), field});
    return it == s.slots.end() ? none : it->second;
}

// Do both sides say the same of the field, and of what that is relative to?
bool View::shared(int record, int field) const {
    if (sides_.size() < 2) return true;
    if (doubled_) return false;
    std::vector<std::pair<int, int>> open{{record, field}};
    std::set<std::pair<int, int>> seen;
    while (!open.empty()) {
        const auto [r, f] = open.back();
        open.pop_back();
        const int head = at(sides_[0].same_as, r);
        if (head != at(sides_[1].same_as, r) || sides_[0].exists[static_cast<std::size_t>(r)] !=
                                                    sides_[1].exists[static_cast<std::size_t>(r)])
            return false;
        if (!seen.insert({head, f}).second) continue;
        if (slot(0, r, f) != slot(1, r, f)) return false;
        for (const int a : slot(0, r, f)) {
            const auto& x = at(case_.assertions, a);
            if (!x.relative) continue;
            std::vector<std::string> names;
            names_in(*x.relative, names);
            for (const auto& name : names)
                if (const auto p = case_.point(name)) {
                    open.emplace_back(p->record, p->first);
                    open.emplace_back(p->record, p->last);
                }
        }
    }
    return true;
}

// The field that stands in for a missing one, or the field itself.
int View::effective(std::size_t side, int record, int field) const {
    const auto& s = sides_[side];
    const int head = at(s.same_as, record);
    const auto& type = at(case_.vocabulary.types, at(case_.records, head).type);
    const auto& f = at(type.fields, field);
    if (f.otherwise.empty() || !slot(side, head, field).empty()) return field;
    // One is given by some account: then it is unknown here, and not the same day.
    for (std::size_t i = 0; i < case_.records.size(); ++i) {
        if (s.same_as[i] != head || case_.records[i].type != at(case_.records, head).type) continue;
        for (const int a : at(case_.records[i].fields, field)) {
            const auto state = at(case_.assertions, a).said.state;
            if (state != State::withdrawn && state != State::proposed) return field;
        }
    }
    for (int k = 0; k < static_cast<int>(type.fields.size()); ++k) {
        const auto& lasts = at(type.fields, k).lasts;
        if (lasts.empty()) continue;
        for (const int a : slot(side, head, k))
            for (const auto& word : at(case_.assertions, a).items)
                if (std::find(lasts.begin(), lasts.end(), word) != lasts.end()) return field;
    }
    const int instead = type.field(f.otherwise);
    return instead < 0 ? field : instead;
}

int View::make_point(std::size_t side, int record, int field, int part) {
    const int head = at(sides_[side].same_as, record);
    const int f = effective(side, record, field);
    if (f != field) part = 0;
    const auto& r = at(case_.records, head);
    const auto& of = at(at(case_.vocabulary.types, r.type).fields, f);
    auto name = r.path + "." + of.name;
    if (of.kind == Field::Kind::period) name += part == 0 ? ".start" : ".end";
    if (!shared(record, f)) name += "@" + at(case_.accounts, sides_[side].account).id;
    const auto [it, fresh] = by_name_.try_emplace(name, points());
    if (fresh) {
        names_.push_back(name);
        helpers_.push_back(false);
        places_.push_back(place_of(side, head, f, part));
        made_for_.push_back({side, part});
    }
    return it->second;
}

int View::helper_point() {
    names_.emplace_back();
    helpers_.push_back(true);
    places_.emplace_back();
    made_for_.emplace_back();
    return points() - 1;
}

int View::point(const std::string& name) const {
    const auto it = by_name_.find(name);
    return it == by_name_.end() ? -1 : it->second;
}

int View::of_assertion(int a) const {
    const auto it = of_assertion_.find(a);
    return it == of_assertion_.end() ? -1 : it->second;
}

int View::of_order(int o) const {
    const auto it = of_order_.find(o);
    return it == of_order_.end() ? -1 : it->second;
}

bool View::holds(int assertion) const {
    const auto& a = at(case_.assertions, assertion);
    for (std::size_t side = 0; side < sides_.size(); ++side) {
        const auto& held = slot(side, a.record, a.field);
        if (std::find(held.begin(), held.end(), assertion) != held.end()) return true;
    }
    return false;
}

bool View::one(int record, int other) const {
    return std::any_of(sides_.begin(), sides_.end(), [&](const Holder& side) {
        return at(side.same_as, record) == at(side.same_as, other);
    });
}

int View::add(Statement s) {
    statements_.push_back(std::move(s));
    return static_cast<int>(statements_.size()) - 1;
}

bool View::anchored(std::size_t side, const Anchor& a) const {
    if (a.nested) return anchored(side, *a.nested);
    if (a.date) return true;
    const auto p = case_.point(a.name);
    return p && sides_[side].exists[static_cast<std::size_t>(p->record)];
}

bool View::anchored(std::size_t side, const Expression& e) const {
    return anchored(side, e.anchor) &&
           (e.form != Expression::Form::between || anchored(side, e.last));
}

std::pair<int, int> View::anchor(std::size_t side, const Anchor& a, const Placed& from,
                                 Constraints& out) {
    if (a.nested) {
        const int p = helper_point();
        relative(side, p, *a.nested, from, out);
        return {p, p};
    }
    if (a.date) {
        const int p = helper_point();
        out.push_back(Constraint::in(p, a.date->days));
        return {p, p};
    }
    const auto name = case_.point(a.name);
    if (!name) {  // see `anchored`
        const int p = helper_point();
        return {p, p};
    }
    const int first = make_point(side, name->record, name->first, name->first_part);
    const int last = make_point(side, name->record, name->last, name->last_part);
    const int seen = seen_from(from, first, out);
    return {seen, last == first ? seen : seen_from(from, last, out)};
}

Constraint View::working_days(int from, int p, Relation r) const {
    r.calendar = case_.working_days;
    // Where the calendar doesn't say, so many days lie between, or more.
    std::vector<Constraint> far;
    if (r.bound != Bound::at_most)
        far.push_back(
            Constraint::at_least(r.backwards ? p : from, r.backwards ? from : p, r.count));
    const auto known = r.calendar->known(r.count, r.backwards);
    if (!known) return Constraint::all_of(std::move(far));
    r.known = *known;
    const auto not_before = Constraint::at_least(0, from, known->first.value);
    const auto not_after = Constraint::at_least(from, 0, -known->last.value);
    auto counted = Constraint::any_of(
        {Constraint::all_of({not_before, not_after, Constraint::related(from, p, r)}),
         negated(not_before), negated(not_after)});
    far.push_back(std::move(counted));
    return Constraint::all_of(std::move(far));
}

Constraint View::counted(int from, int p, Relation r) const {
    if (r.kind == Relation::Kind::working_days) return working_days(from, p, std::move(r));
    r.march = counting_.leap_birthday != Way::second;
    r.february = counting_.leap_birthday != Way::first;
    r.overflows = counting_.month_end == Way::second;
    auto one = Constraint::related(from, p, r);
    if (r.kind != Relation::Kind::months || r.count == 0 || counting_.month_end != Way::open)
        return one;
    r.overflows = true;
    return Constraint::any_of({std::move(one), Constraint::related(from, p, r)});
}

void View::relative(std::size_t side, int p, const Expression& e, const Placed& here,
                    Constraints& out) {
    const auto [first, last] = anchor(side, e.anchor, here, out);
    const auto least = [&](int from, int to, std::int64_t n) {
        out.push_back(Constraint::at_least(from, to, n));
    };
    switch (e.form) {
        case Expression::Form::distance: {
            const int low = e.after ? last : p;
            const int high = e.after ? p : first;
            least(low, high, e.bound == Bound::at_most ? 0 : e.count);
            if (e.bound != Bound::at_least) least(high, low, -e.count);
            break;
        }
        case Expression::Form::side:
            if (e.side == Side::before) least(p, first, 1);
            if (e.side == Side::after) least(last, p, 1);
            if (e.side == Side::not_before || e.side == Side::same_day) least(first, p, 0);
            if (e.side == Side::not_after || e.side == Side::same_day) least(p, last, 0);
            break;
        case Expression::Form::between: {
            const auto to = anchor(side, e.last, here, out);
            least(first, p, 0);
            least(p, to.second, 0);
            break;
        }
        case Expression::Form::relation: {
            const bool months = e.relation.kind == Relation::Kind::months ||
                                e.relation.kind == Relation::Kind::working_days;
            // A weekday before what lasts: before its first day; on or before: of its last.
            const bool weekday = e.relation.kind == Relation::Kind::weekday_near;
            const bool to_last = weekday && (e.relation.count > 0) != e.relation.same;
            const int from = to_last || (months && e.after) ? last : first;
            out.push_back(counted(from, p, e.relation));
            if (months && e.bound == Bound::at_most) {
                if (e.after)
                    least(from, p, 0);
                else
                    least(p, from, 0);
            }
            break;
        }
    }
}

bool View::value(std::size_t side, int p, int assertion, Constraints& out) {
    const auto& a = at(case_.assertions, assertion);
    const auto over = into_zone_of(p, assertion);
    if (a.day) {
        out.push_back(Constraint::in(p, moved(a.day->days, over)));
        return true;
    }
    if (!a.relative) return false;
    // What it is relative to may not be there in this view: then it says nothing.
    if (!anchored(side, *a.relative)) return true;
    const auto from = placed(frame_of(side, assertion, 0), {});
    if (over == Between{}) {
        relative(side, p, *a.relative, from, out);
        return true;
    }
    // Said in another zone than that of the point's first value.
    const int own = helper_point();
    relative(side, own, *a.relative, from, out);
    out.push_back(Constraint::at_least(own, p, over.least));
    out.push_back(Constraint::at_least(p, own, -over.most));
    return true;
}

void View::add_slot(std::size_t side, int record, int field) {
    const auto& held = slot(side, record, field);
    if (held.empty()) return;
    const auto& of = at(at(case_.vocabulary.types, at(case_.records, record).type).fields, field);
    std::vector<std::vector<int>> sources;
    std::vector<std::pair<int, std::string>> keys;
    const bool period = of.kind == Field::Kind::period;
    const int start = make_point(side, record, field, 0);
    const int end = period ? make_point(side, record, field, 1) : start;
    if (period) {
        Statement s;
        s.kind = Statement::Kind::always;
        s.index = record;
        s.line = -1;
        s.says.push_back(
            Constraint::at_least(start, end, 1 - before(place(end), place(start)).surely));
        add(std::move(s));
    }
    for (const int id : held) {
        const auto& a = at(case_.assertions, id);
        Statement s;
        s.index = id;
        s.doubtful = case_.doubtful(a);
        if (period) {
            s.known = a.span.has_value();
            if (a.span) {
                s.says.push_back(
                    Constraint::in(start, moved(a.span->start.days, into_zone_of(start, id))));
                s.says.push_back(
                    Constraint::in(end, moved(a.span->end.days, into_zone_of(end, id))));
            }
        } else {
            s.known = value(side, start, id, s.says);
        }
        const int n = add(std::move(s));
        of_assertion_.try_emplace(id, n);
        // Periods are rivals one by one; days by who says them and where.
        std::pair<int, std::string> key{a.said.by, a.said.source};
        if (period) key = {id, ""};
        const auto it = std::find(keys.begin(), keys.end(), key);
        if (it == keys.end()) {
            keys.push_back(key);
            sources.push_back({n});
        } else {
            sources[static_cast<std::size_t>(it - keys.begin())].push_back(n);
        }
    }
    if (sources.size() < 2) return;
    for (const auto& source : sources)
        for (const int n : source) statements_[static_cast<std::size_t>(n)].grouped = true;
    groups_.push_back(std::move(sources));
}

void View::add_order(const Order& order, const std::vector<PointName>& names, std::size_t side,
                     Constraints& out) {
    const auto moment = [&](const PointName& p) {
        return std::pair<int, int>{make_point(side, p.record, p.first, p.first_part),
                                   make_point(side, p.record, p.last, p.last_part)};
    };
    // The loosest readings: what a line leaves possible in some zones stays so.
    const auto apart = [&](int from, int to, std::int64_t n) {
        if (from != to) n -= days_between(place(from), place(to)).most;
        out.push_back(Constraint::at_least(from, to, n));
    };
    const auto within = [&](int from, int to, std::int64_t n) {
        if (from != to) n -= days_between(place(from), place(to)).least;
        out.push_back(Constraint::at_least(to, from, -n));
    };
    const auto perhaps_before = [&](int a, int b) {
        out.push_back(Constraint::at_least(a, b, a == b ? 1 : before(place(a), place(b)).perhaps));
    };
    const auto not_before = [&](int a, int b) {
        const auto surely = a == b ? 1 : before(place(a), place(b)).surely;
        out.push_back(Constraint::at_least(b, a, 1 - surely));
    };
    for (std::size_t k = 0; k < order.steps.size(); ++k) {
        const auto a = moment(names[k]);
        const auto b = moment(names[k + 1]);
        const auto& s = order.steps[k];
        if (s.distance) {
            const int from = s.after ? b.second : a.second;
            const int to = s.after ? a.first : b.first;
            apart(from, to, s.bound == Bound::at_most ? 0 : s.days);
            if (s.bound != Bound::at_least) within(from, to, s.days);
            continue;
        }
        switch (s.side) {
            case Side::before:
                perhaps_before(a.second, b.first);
                break;
            case Side::after:
                perhaps_before(b.second, a.first);
                break;
            case Side::not_before:  // exactly not (a before b)
                not_before(a.second, b.first);
                break;
            case Side::not_after:
                not_before(b.second, a.first);
                break;
            case Side::same_day:
                apart(a.first, b.first, 0);
                within(a.first, b.first, 0);
                apart(a.second, b.second, 0);
                within(a.second, b.second, 0);
                break;
        }
    }
}

bool View::in_view(std::size_t side, const OrderLine& line) const {
    const auto& s = sides_[side];
    if (line.said.by == kNobody || line.said.by == s.account) return true;
    if (std::find(s.adopted.begin(), s.adopted.end(), line.said.by) == s.adopted.end())
        return false;
    // Adopted: it falls where the adopter itself dates one of its points.
    for (const auto& name : line.order->names) {
        const auto p = case_.point(name);
        if (!p) continue;
        for (const int field : {p->first, p->last})
            for (const int a : slot(side, p->record, field))
                if (at(case_.assertions, a).said.by == s.account) return false;
    }
    return true;
}

void View::add_orders() {
    for (int i = 0; i < static_cast<int>(case_.orders.size()); ++i) {
        const auto& line = at(case_.orders, i);
        Statement s;
        s.kind = Statement::Kind::order;
        s.index = i;
        bool here = false;
        if (!line.order) {
            s.known = false;
            here = true;
        } else {
            std::vector<PointName> names;
            for (const auto& name : line.order->names)
                if (const auto p = case_.point(name)) names.push_back(*p);
            if (names.size() != line.order->names.size()) continue;
            for (std::size_t side = 0; side < sides_.size(); ++side) {
                if (!in_view(side, line)) continue;
                if (!std::all_of(names.begin(), names.end(), [&](const PointName& p) {
                        return sides_[side].exists[static_cast<std::size_t>(p.record)];
                    }))
                    continue;
                here = true;
                add_order(*line.order, names, side, s.says);
            }
        }
        if (here) of_order_.emplace(i, add(std::move(s)));
    }
}

void View::add_always() {
    for (std::size_t side = 0; side < sides_.size(); ++side) {
        for (int r = 0; r < static_cast<int>(case_.records.size()); ++r) {
            if (!sides_[side].exists[static_cast<std::size_t>(r)] ||
                at(sides_[side].same_as, r) != r)
                continue;
            const auto& type = at(case_.vocabulary.types, at(case_.records, r).type);
            for (int k = 0; k < static_cast<int>(type.always.size()); ++k) {
                const auto& line = at(type.always, k);
                Statement s;
                s.kind = Statement::Kind::always;
                s.index = r;
                s.line = k;
                s.known = line.known;
                std::vector<PointName> names;
                for (const auto& name : line.order.names)
                    if (const auto p = case_.point(name, r)) names.push_back(*p);
                if (line.known && names.size() == line.order.names.size())
                    add_order(line.order, names, side, s.says);
                // An end that is its start says nothing of itself.
                s.says.erase(std::remove_if(s.says.begin(), s.says.end(),
                                            [](const Constraint& c) { return c.from == c.to; }),
                             s.says.end());
                if (!s.says.empty() || !s.known) add(std::move(s));
            }
        }
    }
}

Constraints View::says(const std::vector<bool>& chosen, const std::vector<bool>& enabled) const {
    Constraints out;
    for (std::size_t i = 0; i < statements_.size(); ++i)
        if (chosen[i] && enabled[i] && !statements_[i].grouped)
            out.insert(out.end(), statements_[i].says.begin(), statements_[i].says.end());
    // One of the sources is right in all it says: of each way to pick a value a source, one is so.
    // Values that are left out are no ways; a pick counts if all of its others were chosen.
    for (const auto& group : groups_) {
        std::vector<std::size_t> pick(group.size(), 0);
        for (bool more = true; more;) {
            std::vector<Constraint> ways;
            bool counts = true;
            for (std::size_t k = 0; k < group.size(); ++k) {
                const auto i = static_cast<std::size_t>(group[k][pick[k]]);
                if (!enabled[i]) continue;
                counts = counts && chosen[i];
                ways.push_back(Constraint::all_of(statements_[i].says));
            }
            if (counts && !ways.empty()) out.push_back(Constraint::any_of(std::move(ways)));
            more = false;
            for (std::size_t k = 0; k < group.size() && !more; ++k) {
                more = ++pick[k] < group[k].size();
                if (!more) pick[k] = 0;
            }
        }
    }
    return out;
}

View::Days View::days_of(int assertion, int side_number) {
    const auto& a = at(case_.assertions, assertion);
    if (a.day) return {true, a.day->days.hull()};
    if (a.span) return {true, a.span->start.days.unite(a.span->end.days).hull()};
    if (!a.relative) return {};
    const auto side = static_cast<std::size_t>(side_number);
    if (side >= sides_.size()) return {};
    // A point of its own that only this value ties.
    const int p = helper_point();
    Constraints own;
    value(side, p, assertion, own);
    std::vector<bool> values(statements_.size(), false);
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = statements_[i].kind == Statement::Kind::value;
        if (values[i] && !statements_[i].known) return {};
    }
    auto whole = says(values, values);
    // Values that cannot stand together say nothing of any day.
    if (!values_stand_) values_stand_ = solve(points(), whole, 20'000).answer;
    if (*values_stand_ == Answer::unknown) return {};
    if (*values_stand_ == Answer::no) return {true, Window{}, false};
    // Only what hangs together with it.
    std::vector<bool> reached(static_cast<std::size_t>(points()), false);
    reached[static_cast<std::size_t>(p)] = true;
    std::vector<bool> taken(whole.size(), false);
    Constraints near = own;
    const auto reach = [&](const Constraint& c) {
        std::vector<int> of;
        points_of(c, of);
        for (const int q : of)
            if (q != 0) reached[static_cast<std::size_t>(q)] = true;
    };
    for (const auto& c : own) reach(c);
    for (bool more = true; more;) {
        more = false;
        for (std::size_t i = 0; i < whole.size(); ++i) {
            if (taken[i]) continue;
            std::vector<int> of;
            points_of(whole[i], of);
            if (std::none_of(of.begin(), of.end(),
                             [&](int q) { return q != 0 && reached[static_cast<std::size_t>(q)]; }))
                continue;
            taken[i] = more = true;
            reach(whole[i]);
            near.push_back(std::move(whole[i]));
        }
    }
    const auto try_with = [&](std::vector<Constraint> more) {
        auto all = near;
        all.insert(all.end(), more.begin(), more.end());
        return solve(points(), all);
    };
    const auto some = try_with({});
    if (some.answer == Answer::unknown) return {};
    if (some.answer == Answer::no) return {true, Window{}, false};  // then it may be any day
    // The outermost days, by halving what lies between a day that fits and one that is too far:
    // beyond all that is written by more than all distances together, there is no end.
    const auto all_days = extent(near);
    const auto beyond_all = points() * (all_days.farthest + 1) + 1;
    const auto outermost = [&](bool last) -> std::optional<Day> {
        const auto beyond = [&](std::int64_t d) {
            return try_with(
                {last ? Constraint::at_least(0, p, d) : Constraint::at_least(p, 0, -d)});
        };
        auto fits = some.dates[static_cast<std::size_t>(p)];
        auto out = last ? all_days.written.last.value + beyond_all
                        : all_days.written.first.value - beyond_all;
        const auto far = beyond(out);
        if (far.answer == Answer::unknown) return std::nullopt;
        if (far.answer == Answer::yes) return last ? time::kForever : time::kEver;
        while (std::abs(out - fits) > 1) {
            const auto middle = fits + (out - fits) / 2;
            const auto found = beyond(middle);
            if (found.answer == Answer::unknown) return std::nullopt;
            if (found.answer == Answer::yes)
                fits = found.dates[static_cast<std::size_t>(p)];
            else
                out = middle;
        }
        return Day{fits};
    };
    const auto first = outermost(false);
    const auto last = outermost(true);
    if (!first || !last) return {};
    return {true, {*first, *last}};
}

}  // namespace antinomy::verify
