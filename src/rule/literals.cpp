#include "rule/literals.hpp"

namespace antinomy::rule {
namespace {

bool is_two_valued(const Term& t) {
    switch (t.op) {
        case Op::known:
        case Op::doubtful:
        case Op::certainly:
        case Op::possibly:
        case Op::relative:
        case Op::anchored:
        case Op::elided:
            return true;
        case Op::fails:
            return !t.text.empty();
        default:
            return false;
    }
}

bool is_literal(const Term& t) {
    return t.type.kind == Kind::condition && t.op != Op::all && t.op != Op::any &&
           t.op != Op::negate && t.op != Op::boolean && t.op != Op::cases;
}

void collect(const Condition& c, const Term& t, const std::string& section,
             std::vector<Literal>& out) {
    if (is_literal(t)) out.push_back({&t, place_of(c, t), section, is_two_valued(t)});
    for (const auto& child : t.children) collect(c, child, section, out);
}

void collect(const Exception& e, std::vector<Literal>& out) {
    collect(e.when, e.when.term, "unless", out);
    for (const auto& inner : e.unless) collect(inner, out);
}

}  // namespace

text::Span place_of(const Condition& c, const Term& t) {
    return c.node == nullptr ? c.span : c.node->inside(t.range.begin, t.range.end);
}

std::vector<Literal> literals(const Rule& r) {
    std::vector<Literal> out;
    if (r.where) collect(*r.where, r.where->term, "where", out);
    collect(r.require, r.require.term, "require", out);
    // What other packs and rules bring is theirs to try.
    for (const auto& e : r.unless)
        if (e.pack.empty() && e.rule.empty()) collect(e, out);
    return out;
}

}  // namespace antinomy::rule
