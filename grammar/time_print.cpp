// Time expressions and order lines in their canonical spelling.

#include <array>

#include "grammar/edtf.hpp"
#include "grammar/names.hpp"
#include "grammar/time.hpp"

namespace antinomy::grammar {
namespace {

std::string spell(const PointName& name) {
    std::string out;
    for (const std::string& part : name.parts) out += (out.empty() ? "" : ".") + part;
    return out;
}
std::string spell(const Anchor& anchor) {
    if (const auto* name = std::get_if<PointName>(&anchor)) return spell(*name);
    if (const auto* link = std::get_if<Chained>(&anchor)) return print(*link->time);
    return print(std::get<EdtfDate>(anchor));
}
std::string spell(Unit unit) {
    return std::array{"day", "week", "month", "year", "working day"}.at(
        static_cast<std::size_t>(unit));
}
const char* spell_shift(int shift) {
    return shift < 0 ? "last " : shift > 0 ? "next " : "this ";
}
std::string spell(Bound bound, std::int64_t count, Unit unit, bool after) {
    const char* prefix = bound == Bound::at_least  ? "at least "
                         : bound == Bound::at_most ? "at most "
                                                   : "";
    return prefix + std::to_string(count) + " " + spell(unit) + (count == 1 ? "" : "s") +
           (after ? " after" : " before");
}

std::string spell(const Edtf& edtf) {
    return print(edtf);
}
std::string spell(const Offset& o) {
    return spell(o.bound, o.count, o.unit, o.after) + " " + spell(o.anchor);
}
std::string spell(const OneSided& o) {
    constexpr std::array words{"before ", "after ", "not before ", "not after ", "on "};
    return words[static_cast<std::size_t>(o.side)] + spell(o.anchor);
}
std::string spell(const Between& b) {
    return "between " + spell(b.first) + " and " + spell(b.last);
}
std::string spell(const MonthOf& m) {
    return std::string(month_names.at(static_cast<std::size_t>(m.month - 1))) + " of " +
           spell(m.anchor);
}
std::string spell(const UnitOf& u) {
    return spell_shift(u.shift) + spell(u.unit) + " of " + spell(u.anchor);
}
std::string spell_weekday(int weekday) {
    return std::string(weekday_names.at(static_cast<std::size_t>(weekday - 1)));
}
std::string spell(const WeekdayNear& w) {
    return spell_weekday(w.weekday) + (w.or_on ? " on or " : " ") +
           (w.after ? "after " : "before ") + spell(w.anchor);
}
std::string spell(const WeekdayOf& w) {
    return spell_weekday(w.weekday) + " of " + spell_shift(w.shift) + "week of " + spell(w.anchor);
}
std::string spell(const Aged& a) {
    return "aged " + std::to_string(a.least) +
           (a.most == a.least ? "" : " to " + std::to_string(a.most)) + " on " + spell(a.anchor);
}
std::string spell(const OrderRelation& r) {
    if (r.kind == OrderRelation::Kind::distance) return spell(r.bound, r.days, Unit::day, r.after);
    constexpr std::array words{"before", "after", "not before", "not after", "same day as"};
    return words[static_cast<std::size_t>(r.kind)];
}

}  // namespace

std::string print(const TimeExpression& expression) {
    return std::visit([](const auto& value) { return spell(value); }, expression.value);
}

std::string print(const OrderLine& line) {
    std::string out;
    for (std::size_t i = 0; i < line.points.size(); ++i) {
        if (i > 0) out += " " + spell(line.relations.at(i - 1)) + " ";
        out += spell(line.points[i]);
    }
    return out;
}

}  // namespace antinomy::grammar
