#include "rule/spell.hpp"

#include <algorithm>

#include "grammar/condition.hpp"
#include "time/calendar.hpp"

namespace antinomy::rule {
namespace {

using grammar::Expr;
using grammar::ExprKind;

bool contains(const Term& t, const Term* changed) {
    return &t == changed || std::any_of(t.children.begin(), t.children.end(),
                                        [&](const Term& c) { return contains(c, changed); });
}

const char* function_of(Op op) {
    switch (op) {
        case Op::known:
            return "known";
        case Op::pending:
            return "pending";
        case Op::doubtful:
            return "doubtful";
        case Op::certainly:
            return "certainly";
        case Op::possibly:
            return "possibly";
        case Op::fails:
            return "fails";
        case Op::same:
            return "same";
        case Op::age:
            return "age";
        case Op::width:
            return "width";
        case Op::width_up_to:
            return "width_up_to";
        case Op::earliest:
            return "earliest";
        case Op::latest:
            return "latest";
        case Op::relative:
            return "relative";
        case Op::anchored:
            return "anchored";
        case Op::elided:
            return "elided";
        case Op::years:
            return "years";
        case Op::count:
            return "count";
        case Op::deadline:
            return "deadline";
        case Op::flips:
            return "flips_with_zone";
        case Op::total:
            return "";  // its text says which
        case Op::travel:
            return "travel_time";
        case Op::on_day:
            return "at";
        default:
            return nullptr;
    }
}

// A text that stands as it is: the printer puts a path of one part down unchanged.
Expr verbatim(const std::string& text) {
    Expr e;
    e.parts = {text};
    return e;
}

ExprKind kind_of(Op op) {
    switch (op) {
        case Op::all:
            return ExprKind::all_of;
        case Op::any:
            return ExprKind::any_of;
        case Op::negate:
            return ExprKind::negation;
        case Op::some:
        case Op::every:
        case Op::no:
            return ExprKind::quantifier;
        case Op::compare:
        case Op::in:
        case Op::matches:
            return ExprKind::compare;
        case Op::relation:
        case Op::agrees:
            return ExprKind::relation;
        case Op::sum:
            return ExprKind::sum;
        case Op::product:
            return ExprKind::product;
        case Op::stretch:
            return ExprKind::stretch;
        case Op::number:
            return ExprKind::number;
        case Op::duration:
            return ExprKind::duration;
        default:
            return function_of(op) != nullptr || op == Op::dated ? ExprKind::call : ExprKind::path;
    }
}

Expr expression(const Term& t, const Term* changed);

// By its operator and its parts, whatever is written in it.
Expr built(const Term& t, const Term* changed) {
    Expr e;
    e.kind = kind_of(t.op);
    if (t.op == Op::day) return verbatim(time::to_string(time::Day{t.count}));
    if (e.kind == ExprKind::path) return verbatim(t.written);
    e.text = t.text;
    e.number = t.number;
    e.count = t.count;
    e.unit = t.unit;
    e.bound = t.bound;
    e.relation = t.word;
    e.after = t.after;
    for (const auto& child : t.children) e.children.push_back(expression(child, changed));
    if (e.kind == ExprKind::quantifier) {
        e.name = t.text;
        e.days = t.days;
        e.text = t.op == Op::some ? "some" : t.op == Op::every ? "every" : "no";
    } else if (e.kind == ExprKind::call) {
        if (t.op == Op::dated) return e;
        e.text = t.op == Op::total ? t.text : function_of(t.op);
        if (!t.text.empty() && t.op != Op::total)
            e.children.push_back(verbatim(t.text));  // fails(x, certainly)
    } else if (t.op == Op::in) {
        e.text = "in";
    } else if (t.op == Op::matches) {
        e.text = "matches";
        Expr pattern;
        pattern.kind = ExprKind::string;
        pattern.text = t.text;
        e.children.push_back(std::move(pattern));
    } else if (e.kind == ExprKind::relation) {
        e.allen = t.text;
    }
    return e;
}

Expr expression(const Term& t, const Term* changed) {
    if (contains(t, changed)) return built(t, changed);
    // Where the pack calls a define, the call stands.
    auto e = built(t, nullptr);
    return grammar::print(e) == t.written ? e : verbatim(t.written);
}

}  // namespace

std::string spell(const Term& t, const Term* changed) {
    return grammar::print(expression(t, changed));
}

}  // namespace antinomy::rule
