#include "lint/read_alone.hpp"

#include <algorithm>

#include "rule/literals.hpp"
#include "rule/spell.hpp"
#include "rule/uses.hpp"

namespace antinomy::lint {

using rule::Exception;
using rule::Op;
using rule::Rule;
using rule::Term;

namespace {

bool uses(const Term& t, int variable) {
    return (t.op == Op::path && t.type.kind != rule::Kind::field && t.binding == variable) ||
           std::any_of(t.children.begin(), t.children.end(),
                       [&](const Term& c) { return uses(c, variable); });
}

bool uses(const std::vector<Exception>& list, int variable) {
    return std::any_of(list.begin(), list.end(), [&](const Exception& e) {
        return uses(e.when.term, variable) || uses(e.unless, variable);
    });
}

bool uses(const rule::MessageText& message, int variable) {
    return std::any_of(message.begin(), message.end(), [&](const rule::MessagePiece& p) {
        return (p.term && uses(*p.term, variable)) || (p.second && uses(*p.second, variable));
    });
}

// The same value on both sides? What is read, not how it is written.
bool same(const Term& a, const Term& b) {
    if (a.op != b.op || a.binding != b.binding || a.steps != b.steps || a.days != b.days ||
        a.all_the_way != b.all_the_way || a.part != b.part || a.side != b.side ||
        a.text != b.text || a.number != b.number || a.count != b.count || a.unit != b.unit ||
        a.bound != b.bound || a.word != b.word || a.after != b.after ||
        a.children.size() != b.children.size())
        return false;
    for (std::size_t i = 0; i < a.children.size(); ++i)
        if (!same(a.children[i], b.children[i])) return false;
    return true;
}

class Reading {
public:
    Reading(const rule::Packs& packs, const Rule& r) : packs_(packs), rule_(r) {}

    ReadAlone run() {
        bindings();
        if (rule_.where) conditions(*rule_.where, rule_.where->term, "where");
        conditions(rule_.require, rule_.require.term, "require");
        exceptions(rule_.unless);
        message();
        return std::move(out_);
    }

private:
    void note(std::string code, text::Span span, std::string section, std::string written,
              std::string text, std::string help) {
        Remark r;
        r.code = std::move(code);
        r.rule = rule_.id;
        r.span = span;
        r.section = std::move(section);
        r.written = std::move(written);
        r.text = std::move(text);
        r.help = std::move(help);
        out_.remarks.push_back(std::move(r));
    }

    void bindings() {
        for (std::size_t i = 0; i < rule_.bindings.size(); ++i) {
            const auto& b = rule_.bindings[i];
            if (b.type.kind == rule::Kind::field) continue;
            const auto variable = static_cast<int>(i);
            bool read = (rule_.where && uses(rule_.where->term, variable)) ||
                        uses(rule_.require.term, variable) || uses(rule_.unless, variable) ||
                        b.beside >= 0;
            for (const auto& other : rule_.bindings) read = read || other.beside == variable;
            if (rule_.among) {
                read = read || uses(rule_.among->value.term, variable);
                for (const auto& c : rule_.among->alike) read = read || uses(c.term, variable);
            }
            for (const auto& other : rule_.bindings)
                read = read || (other.source.op == Op::path && uses(other.source, variable));
            if (read) continue;
            const bool named = uses(rule_.message, variable) || uses(rule_.possible, variable);
            const bool joined = b.source.op != Op::records;
            // One that leads from another record brings in who is named by the message.
            if (named && joined) continue;
            note("unused-binding", b.span, "for", b.name,
                 "no condition reads `" + b.name + "`" +
                     (named                             ? ", only a message names it"
                      : static_cast<int>(i) == rule_.at ? ", though it is what a finding is about"
                                                        : "") +
                     (joined ? ": it is only followed" : ": every record is tried in vain"),
                 joined ? "take it out, or ask by known(...) whether it is stated"
                        : "take it out, or tie it to the others in `where`");
        }
    }

    void exceptions(const std::vector<Exception>& list) {
        for (const auto& e : list) {
            conditions(e.when, e.when.term, "unless");
            exceptions(e.unless);
        }
    }

    void conditions(const rule::Condition& c, const Term& t, const std::string& section) {
        const auto at = rule::place_of(c, t);
        const auto written = rule::spell(t);
        if (t.op == Op::some || t.op == Op::every || t.op == Op::no) {
            if (!uses(t.children[1], t.binding))
                note("unused-variable", at, section, written,
                     "what is asked of each `" + t.text + "` does not read `" + t.text + "`",
                     "ask something of it, or take the quantifier out");
        } else if ((t.op == Op::compare || t.op == Op::relation || t.op == Op::agrees ||
                    t.op == Op::same || t.op == Op::flips) &&
                   t.children.size() == 2 && same(t.children[0], t.children[1]) &&
                   t.children[0].op != Op::number) {
            out_.told.insert(&t);
            note("same-on-both-sides", at, section, written,
                 "`" + written + "` holds a value against itself",
                 "one of the two is meant to be another");
        } else if (t.op == Op::fails && rule::rules_read(packs_, rule_).empty()) {
            out_.told.insert(&t);
            note("fails-of-nothing", at, section, written,
                 "no rule that `" + written + "` could see is an error about such a record",
                 "add that rule, or take the condition out");
        }
        for (const auto& child : t.children) conditions(c, child, section);
    }

    void message() {
        const bool names = std::any_of(rule_.message.begin(), rule_.message.end(),
                                       [](const auto& piece) { return piece.term.has_value(); });
        if (!names)
            note("message-names-nothing", rule_.span, "message", rule_.message_written,
                 "the message names nothing of the case: it is the same of every record",
                 "name the record and the values that were compared, as in {e} and {e.published}");
    }

    const rule::Packs& packs_;
    const Rule& rule_;
    ReadAlone out_;
};

}  // namespace

ReadAlone read_alone(const rule::Packs& packs, const Rule& r) {
    return Reading(packs, r).run();
}

}  // namespace antinomy::lint
