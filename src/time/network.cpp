#include "time/network.hpp"

#include <algorithm>
#include <utility>

#include "time/search.hpp"

namespace antinomy::time {

Difference negate(const Difference& d) {
    std::int64_t most = std::clamp(d.most, -kNoBound - 1, kNoBound);
    return {d.to, d.from, -most - 1};
}

namespace {

Formula join(Formula::Kind kind, std::vector<Formula> parts) {
    const bool all = kind == Formula::Kind::all;
    const auto neutral = all ? Formula::Kind::yes : Formula::Kind::no;
    const auto absorbing = all ? Formula::Kind::no : Formula::Kind::yes;
    Formula out;
    out.kind = kind;
    for (Formula& part : parts) {
        if (part.kind == absorbing) return Formula::truth(!all);
        if (part.kind == neutral) continue;
        if (part.kind == kind)
            std::move(part.parts.begin(), part.parts.end(), std::back_inserter(out.parts));
        else
            out.parts.push_back(std::move(part));
    }
    if (out.parts.empty()) return Formula::truth(all);
    if (out.parts.size() == 1) {
        Formula only = std::move(out.parts.front());
        return only;
    }
    return out;
}

}  // namespace

Formula Formula::all_of(std::vector<Formula> parts) {
    return join(Kind::all, std::move(parts));
}

Formula Formula::any_of(std::vector<Formula> parts) {
    return join(Kind::any, std::move(parts));
}

Formula Formula::negated() const {
    switch (kind) {
        case Kind::yes:
            return truth(false);
        case Kind::no:
            return truth(true);
        case Kind::leaf:
            return of(negate(leaf));
        default:
            break;
    }
    std::vector<Formula> out;
    out.reserve(parts.size());
    for (const Formula& part : parts) out.push_back(part.negated());
    return kind == Kind::all ? any_of(std::move(out)) : all_of(std::move(out));
}

Network::Network() {
    names_.emplace_back("origin");
}

PointId Network::add_point(std::string name) {
    names_.push_back(std::move(name));
    return PointId{static_cast<std::uint32_t>(names_.size() - 1)};
}

StatementId Network::add_statement(Statement statement) {
    statements_.push_back(std::move(statement));
    return StatementId{static_cast<std::uint32_t>(statements_.size() - 1)};
}

void Network::add(StatementId because, Difference difference) {
    if (difference.most >= kNoBound) return;
    links_.push_back({difference, because});
}

void Network::add_days(StatementId because, PointId point, const DaySet& days) {
    if (days.empty()) {
        links_.push_back({{kOrigin, kOrigin, -1}, because});
        return;
    }
    for (const Difference& d : window_links(point, days.hull())) add(because, d);
    if (days.windows().size() > 1) day_choices_.push_back({because, point, days});
}

void Network::add_calendar(StatementId because, PointId point, PointId anchor,
                           const CalendarRelation& relation) {
    for (const Difference& d : calendar_hull(point, anchor, relation)) add(because, d);
    if (!is_plain(relation)) calendar_choices_.push_back({because, point, anchor, relation});
}

void Network::add_one_of(std::vector<Arm> arms) {
    if (!arms.empty()) one_ofs_.push_back(std::move(arms));
}

}  // namespace antinomy::time
