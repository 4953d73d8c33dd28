#include "rule/monotone.hpp"

#include <algorithm>

namespace antinomy::rule {
namespace {

// `violates`: does the term count for the violation (or against it)?
void collect(const Term& t, bool violates, std::vector<std::string>& out) {
    const auto add = [&] {
        if (std::find(out.begin(), out.end(), t.written) == out.end()) out.push_back(t.written);
    };
    switch (t.op) {
        // What is known stays known, and what is certain certain; what isn't may become so.
        case Op::known:
        case Op::certainly:
            if (!violates) add();
            return;
        case Op::possibly:
            if (violates) add();
            return;
        case Op::width:
        case Op::width_up_to:
        case Op::earliest:
        case Op::latest:
        case Op::elided:
        case Op::years:
        case Op::pending:
        case Op::doubtful:
            add();
            return;
        case Op::agrees:
            // True while two windows meet: narrower ones may not. That they do not agree stays.
            if (violates) add();
            return;
        case Op::fails:
            // With a mode it has two values; without, three, as a relation has.
            if (!t.text.empty() && (t.text == "possibly") == violates) add();
            return;
        case Op::negate:
            collect(t.children.front(), !violates, out);
            return;
        case Op::every:
        case Op::no:
            // every: not some not; no: not some.
            collect(t.children[1], t.op == Op::every ? violates : !violates, out);
            return;
        case Op::compare:
            // `x = yes` of a condition may be turned over: both ways.
            for (const auto& child : t.children) {
                collect(child, true, out);
                collect(child, false, out);
            }
            return;
        case Op::cases:
            // A case's condition guards, and the next one's is guarded by its not being so.
            for (std::size_t i = 0; i < t.children.size(); ++i) {
                collect(t.children[i], true, out);
                collect(t.children[i], false, out);
            }
            return;
        default:
            break;
    }
    for (const auto& child : t.children) collect(child, violates, out);
}

void collect(const Exception& e, bool violates, std::vector<std::string>& out) {
    collect(e.when.term, violates, out);
    for (const auto& inner : e.unless) collect(inner, !violates, out);
}

}  // namespace

std::vector<std::string> asks_how_known(const Rule& r) {
    std::vector<std::string> out;
    if (r.where) collect(r.where->term, true, out);
    collect(r.require.term, false, out);
    for (const auto& e : r.unless) collect(e, false, out);
    return out;
}

}  // namespace antinomy::rule
