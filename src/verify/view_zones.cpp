// Of a view: in which zone its values are said, and its points stand.

#include <algorithm>
#include <set>

#include "verify/view.hpp"

namespace antinomy::verify {

using time::Window;

namespace {

template <class T>
const T& at(const std::vector<T>& v, int i) {
    return v[static_cast<std::size_t>(i)];
}

// The first name in an expression.
const std::string* name_in(const Expression& e);
const std::string* name_in(const Anchor& a) {
    if (!a.name.empty()) return &a.name;
    return a.nested ? name_in(*a.nested) : nullptr;
}
const std::string* name_in(const Expression& e) {
    const auto* first = name_in(e.anchor);
    if (first == nullptr && e.form == Expression::Form::between) return name_in(e.last);
    return first;
}

}  // namespace

View::Frame View::frame_of(std::size_t side, int assertion, int part) const {
    std::set<int> seen;  // anchors may run in a circle
    while (seen.insert(assertion).second) {
        const auto& a = at(case_.assertions, assertion);
        if (a.day || a.span) {
            const auto& standing = part == 0 ? a.start : a.end;
            // Of a zone that nobody knows, each end of each value has its own.
            return {standing.zone.value_or(case_.zone), assertion * 2 + part};
        }
        if (!a.relative) break;
        const auto* name = name_in(*a.relative);
        const auto p = name == nullptr ? std::nullopt : case_.point(*name);
        if (!p) break;
        const int field = effective(side, p->record, p->first);
        part = field == p->first ? p->first_part : 0;
        const auto& held = slot(side, p->record, field);
        if (held.empty()) break;
        assertion = held.front();
    }
    return {case_.zone, -1};
}

Placed View::placed(const Frame& frame, Window days) {
    Placed out;
    out.zone = frame.zone;
    out.who = frame.who;
    out.offsets = offsets(frame.zone, days);
    return out;
}

Placed View::place_of(std::size_t side, int record, int field, int part) const {
    const auto& held = slot(side, record, field);
    if (held.empty()) return placed({case_.zone, -1}, {});
    const auto& a = at(case_.assertions, held.front());
    const auto frame = frame_of(side, held.front(), part);
    if (held.size() > 1 || (!a.day && !a.span)) return placed(frame, {});
    const auto& stated = a.day ? *a.day : part == 0 ? a.span->start : a.span->end;
    const auto days = stated.days.hull();
    auto out = placed(frame, days);
    out.second = (part == 0 ? a.start : a.end).second;
    if (out.second) out.offsets = offsets_at(frame.zone, days.first, *out.second);
    return out;
}

Between View::into_zone_of(int p, int assertion) const {
    if (p == 0 || helper(p)) return {};
    const auto& of = made_for_[static_cast<std::size_t>(p)];
    return days_over(placed(frame_of(of.side, assertion, of.part), {}), place(p));
}

int View::seen_from(const Placed& zone, int p, Constraints& out) {
    const auto over = days_over(place(p), zone);
    if (over == Between{}) return p;
    const int here = helper_point();
    out.push_back(Constraint::at_least(p, here, over.least));
    out.push_back(Constraint::at_least(here, p, -over.most));
    return here;
}

}  // namespace antinomy::verify
