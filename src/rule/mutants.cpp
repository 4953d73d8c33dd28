#include "rule/mutants.hpp"

#include <map>

#include "rule/literals.hpp"
#include "rule/spell.hpp"

namespace antinomy::rule {
namespace {

using grammar::Bound;
using grammar::TimeWord;

constexpr const char* kArrow = " → ";

// The other words for a comparison, by the operator that it has: its negation comes first.
const std::map<std::string, std::vector<std::string>>& comparisons() {
    static const std::map<std::string, std::vector<std::string>> table{{"=", {"!="}},
                                                                       {"!=", {"="}},
                                                                       {"<", {">=", "<=", ">"}},
                                                                       {"<=", {">", "<", ">="}},
                                                                       {">", {"<=", ">=", "<"}},
                                                                       {">=", {"<", ">", "<="}}};
    return table;
}

const std::map<TimeWord, std::vector<TimeWord>>& relations() {
    using T = TimeWord;
    static const std::map<TimeWord, std::vector<TimeWord>> table{
        {T::before, {T::not_before, T::not_after, T::after}},
        {T::after, {T::not_after, T::not_before, T::before}},
        {T::not_before, {T::before, T::after, T::not_after}},
        {T::not_after, {T::after, T::before, T::not_before}},
        {T::same_day, {T::not_same_day}},
        {T::not_same_day, {T::same_day}}};
    return table;
}

// Changes a copy of the rule in place, notes the copy, and changes it back.
class Maker {
public:
    explicit Maker(const Rule& original) : rule_(original) { rule_.tests.clear(); }

    std::vector<Mutant> run() {
        if (rule_.where) {
            condition(*rule_.where);
            auto kept = std::move(*rule_.where);
            rule_.where.reset();
            note("where " + kept.written + kArrow + "no where", kept.span);
            rule_.where = std::move(kept);
        }
        condition(rule_.require);
        exceptions(rule_.unless);
        number_alike();
        return std::move(out_);
    }

private:
    void note(std::string change, text::Span span) {
        out_.push_back({rule_, std::move(change), span});
    }

    void condition(Condition& c) {
        at_ = &c;
        conditions(c.term, true);
    }

    void exceptions(std::vector<Exception>& list) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            // What other packs and rules bring is theirs to try.
            if (!list[i].pack.empty() || !list[i].rule.empty()) continue;
            condition(list[i].when);
            exceptions(list[i].unless);
            const auto kept = list[i];
            const auto at = list.begin() + static_cast<std::ptrdiff_t>(i);
            list.erase(at);
            note("unless " + kept.when.written + kArrow + "no such exception", kept.when.span);
            list.insert(list.begin() + static_cast<std::ptrdiff_t>(i), kept);
        }
    }

    // `negate`: no, where the negation above has been taken off already, which is the same.
    void conditions(Term& t, bool negate) {
        switch (t.op) {
            case Op::compare:
                compare(t, negate);
                return;
            case Op::relation:
                relation(t, negate);
                return;
            default:
                break;
        }
        if (negate) negated(t);
        if (t.op == Op::all || t.op == Op::any) {
            const auto kept = t.op;
            const auto before = built(t);
            t.op = kept == Op::all ? Op::any : Op::all;
            note(before + kArrow + built(t), place_of(*at_, t));
            t.op = kept;
        }
        if (t.type.kind != Kind::condition || t.op == Op::cases) return;
        for (auto& child : t.children)
            if (child.type.kind == Kind::condition && child.op != Op::cases)
                conditions(child, t.op != Op::negate);
            else
                values(child, t);
    }

    static std::string built(const Term& t) { return spell(t, &t); }

    void negated(Term& t) {
        const auto kept = t;
        const auto before = spell(t);
        if (t.op == Op::negate) {
            t = kept.children.front();
        } else {
            t = Term{};
            t.op = Op::negate;
            t.range = kept.range;
            t.children.push_back(kept);
        }
        note(before + kArrow + (t.op == Op::negate ? built(t) : spell(t)), place_of(*at_, kept));
        t = kept;
    }

    void compare(Term& t, bool negate) {
        const auto kept = t.text;
        const auto before = built(t);
        const auto& others = comparisons().at(kept);
        for (std::size_t i = negate ? 0 : 1; i < others.size(); ++i) {
            t.text = others[i];
            note(before + kArrow + built(t), place_of(*at_, t));
        }
        t.text = kept;
        for (auto& child : t.children) values(child, t);
    }

    void relation(Term& t, bool negate) {
        const auto it = relations().find(t.word);
        if (it != relations().end()) {
            for (std::size_t i = negate ? 0 : 1; i < it->second.size(); ++i)
                changed(t, t.word, it->second[i]);
        } else {
            if (negate) negated(t);
            turned(t);
        }
        for (auto& child : t.children) values(child, t);
    }

    // Relations that are no simple order: bounds and distances, one period in another.
    void turned(Term& t) {
        if (t.word == TimeWord::distance) {
            for (const auto bound : {Bound::at_least, Bound::at_most})
                if (bound != t.bound) changed(t, t.bound, bound);
            changed(t, t.after, !t.after);
        }
        if (t.word == TimeWord::distance || (t.word == TimeWord::within && t.text == "near"))
            moved(t, t, 0);
        // Of one day, to lie in a period and to share a day with it are the same.
        const bool one_day = t.children.front().type.kind == Kind::day;
        if (one_day) return;
        if (t.word == TimeWord::overlaps || (t.word == TimeWord::within && t.text.empty()))
            changed(t, t.word, t.word == TimeWord::within ? TimeWord::overlaps : TimeWord::within);
        if (t.word == TimeWord::within && t.text == "contains") changed(t, t.text, std::string{});
    }

    // One part of a literal with another value in its place.
    template <class Value>
    void changed(Term& literal, Value& part, Value with) {
        const auto before = built(literal);
        const auto kept = part;
        part = std::move(with);
        note(before + kArrow + built(literal), place_of(*at_, literal));
        part = kept;
    }

    // A count, one less (if the language can say so) and one more.
    void moved(Term& t, Term& literal, std::int64_t least) {
        const auto before = spell(literal, &t);
        const auto kept = t.count;
        for (const int by : {-1, 1}) {
            if (kept + by < least) continue;
            t.count = kept + by;
            note(before + kArrow + spell(literal, &t), place_of(*at_, t));
        }
        t.count = kept;
    }

    // The values that a literal compares: their numbers, and the conditions of defines.
    void values(Term& t, Term& literal, std::int64_t least = 0) {
        switch (t.op) {
            case Op::number:
                numbers(t, literal);
                return;
            case Op::duration:
                moved(t, literal, least);
                return;
            case Op::day:
                moved(t, literal, INT64_MIN / 2);
                return;
            case Op::policy:
            case Op::dated:
                // A term of a policy is a desk's or the law's; a plain number may be off by one.
                if (t.type.kind == Kind::number) policy(t, literal);
                return;
            case Op::cases:
                for (std::size_t i = 0; i + 1 < t.children.size(); i += 2) {
                    conditions(t.children[i], true);
                    values(t.children[i + 1], t.children[i + 1]);
                }
                return;
            default:
                break;
        }
        // A term has one day at least.
        for (auto& child : t.children) values(child, literal, t.op == Op::deadline ? 1 : 0);
    }

    void numbers(Term& t, Term& literal) {
        const auto before = spell(literal, &t);
        const auto kept = t.number;
        for (const int by : {-1, 1}) {
            if (kept + by < 0) continue;
            t.number = kept + by;
            note(before + kArrow + spell(literal, &t), place_of(*at_, t));
        }
        t.number = kept;
    }

    void policy(Term& t, Term& literal) {
        const auto kept = t;
        const auto before = spell(literal, &t);
        Term one;
        one.op = Op::number;
        one.number = 1;
        one.type.kind = Kind::number;
        one.written = "1";
        for (const char* sign : {"-", "+"}) {
            t = Term{};
            t.op = Op::sum;
            t.text = sign;
            t.type = kept.type;
            t.range = kept.range;
            t.children = {kept, one};
            note(before + kArrow + spell(literal, &t), place_of(*at_, kept));
        }
        t = kept;
    }

    // A define that is called twice, or a condition that stands twice, is changed in either place.
    void number_alike() {
        std::map<std::string, std::size_t> all;
        for (const auto& m : out_) ++all[m.change];
        std::map<std::string, std::size_t> seen;
        for (auto& m : out_) {
            const auto of = all[m.change];
            if (of < 2) continue;
            const auto k = ++seen[m.change];
            m.change += " (" + std::to_string(k) + " of " + std::to_string(of) + ")";
        }
    }

    Rule rule_;
    Condition* at_ = nullptr;
    std::vector<Mutant> out_;
};

}  // namespace

std::vector<Mutant> mutants(const Rule& rule) {
    return Maker(rule).run();
}

std::string canonical_change(const std::string& text) {
    std::string out;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (blank && (out.empty() || out.back() == ' ')) continue;
        out += blank ? ' ' : c;
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    for (auto at = out.find("->"); at != std::string::npos; at = out.find("->", at))
        out.replace(at, 2, "→");
    return out;
}

}  // namespace antinomy::rule
