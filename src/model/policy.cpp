#include "model/policy.hpp"

#include <charconv>

#include "grammar/condition.hpp"

namespace antinomy::model {

namespace {
constexpr std::int64_t kLargest = 1'000'000;
}

std::optional<PolicyValue> read_policy_value(const std::string& text) {
    PolicyValue out;
    const auto* end = text.data() + text.size();
    const auto [p, ec] = std::from_chars(text.data(), end, out.count);
    if (ec != std::errc() || out.count < 0 || out.count > kLargest) return std::nullopt;
    if (p == end) return out;
    const auto parsed = grammar::parse_condition(text);
    const auto* e = std::get_if<grammar::Expr>(&parsed);
    if (e == nullptr || e->kind != grammar::ExprKind::duration || e->count != out.count ||
        out.count < 1)
        return std::nullopt;
    out.unit = e->unit;
    return out;
}

std::string print(const PolicyValue& v) {
    if (!v.unit) return std::to_string(v.count);
    grammar::Expr e;
    e.kind = grammar::ExprKind::duration;
    e.count = v.count;
    e.unit = *v.unit;
    return grammar::print(e);
}

std::string print_with_days(const PolicyValue& v) {
    auto out = print(v);
    if (bounded(v.days.first)) out += " from " + time::to_string(v.days.first);
    if (bounded(v.days.last)) out += " to " + time::to_string(v.days.last);
    return out;
}

}  // namespace antinomy::model
