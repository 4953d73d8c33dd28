#pragma once
// Trees of conditions as short text, for tests: (and (= a 1) (before b.start {2014-09})). Paths and
// yes/no stand bare, `@` marks a side, durations are in [], dates in {}.
#include <string>

#include "grammar/condition.hpp"
#include "grammar/edtf.hpp"

namespace antinomy::grammar {

inline std::string tree(const Expr& expr) {
    static constexpr const char* unit_names[] = {"day",  "week",        "month",
                                                 "year", "working-day", "hour"};
    static constexpr const char* bound_names[] = {"exactly", "at-least", "at-most"};
    static constexpr const char* time_words[] = {
        "before",       "after",    "not-before", "not-after", "same-day",
        "not-same-day", "distance", "within",     "overlaps",  "agrees"};
    const auto list = [&](std::string head) {
        std::string out = "(" + std::move(head);
        for (const auto& child : expr.children) out += " " + tree(child);
        return out + ")";
    };
    const auto length = [&] {
        return std::to_string(expr.count) + unit_names[static_cast<std::size_t>(expr.unit)];
    };
    switch (expr.kind) {
        case ExprKind::any_of:
            return list("or");
        case ExprKind::all_of:
            return list("and");
        case ExprKind::negation:
            return list("not");
        case ExprKind::quantifier:
            return list(expr.text + (expr.days ? " day " : " ") + expr.name);
        case ExprKind::compare:
            return list(expr.text);
        case ExprKind::relation:
            if (expr.relation == TimeWord::allen) return list("allen-" + expr.allen);
            if (expr.relation == TimeWord::distance) {
                const std::string bound = bound_names[static_cast<std::size_t>(expr.bound)];
                return list(bound + "-" + length() + (expr.after ? "-after" : "-before"));
            }
            if (expr.text == "near") return list("near-" + length());
            if (expr.text == "contains") return list("contains");
            return list(time_words[static_cast<std::size_t>(expr.relation)]);
        case ExprKind::sum:
            return list(expr.text);
        case ExprKind::product:
            return list("times");
        case ExprKind::stretch:
            return list("from-to");
        case ExprKind::call:
            return list("call " + expr.text);
        case ExprKind::path: {
            std::string out;
            for (const auto& part : expr.parts) out += (out.empty() ? "" : ".") + part;
            return expr.sided.empty() ? out : out + "@" + expr.sided;
        }
        case ExprKind::number: {
            std::string digits = std::to_string(expr.number);
            while (digits.back() == '0') digits.pop_back();
            if (digits.back() == '.') digits.pop_back();
            return digits;
        }
        case ExprKind::duration:
            return "[" + length() + "]";
        case ExprKind::day:
            return "{" + print(expr.date) + "}";
        case ExprKind::string:
            return "'" + expr.text + "'";
        case ExprKind::boolean:
            return expr.text;
    }
    return "?";
}

}  // namespace antinomy::grammar
