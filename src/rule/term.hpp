#pragma once
// Conditions after names are resolved and types are checked: what the evaluation walks.
//
// Nothing is left to be looked up by name while a case is checked: a path is a binding and field
// numbers, a define has been written out in its place, a policy is its name (its value is the
// case's).

#include <cstdint>
#include <string>
#include <vector>

#include "grammar/ast.hpp"
#include "model/vocabulary.hpp"

namespace antinomy::rule {

enum class Kind { condition, day, period, number, duration, boolean, text, word, record, field };

struct TypeRef {
    Kind kind = Kind::condition;
    bool list = false;
    model::TypeId record;                 // of Kind::record
    const model::Field* words = nullptr;  // of Kind::word: the field whose words these are
};
// "a date", "a list of act records": for messages.
[[nodiscard]] std::string describe(const TypeRef&, const model::Vocabulary&);

enum class Op {
    all,  // and
    any,  // or
    negate,
    some,  // quantifier: children: list, condition; `binding` is the variable, `text` its name;
           // over days (`days`): children: period, condition
    every,
    no,
    compare,    // text: = != < <= > >=
    in,         // child 0 is an item of child 1
    matches,    // RE2; text: the pattern
    relation,   // time: word, bound, count, unit, after, allen
    agrees,     // values that can both be so
    known,      // two-valued: is anything stated?
    pending,    // of a date: is it said that it has not come?
    doubtful,   // two-valued: is it stated, and by doubtful statements alone?
    certainly,  // two-valued, on F
    possibly,
    fails,     // three-valued without a mode; text: "", certainly, possibly
    same,      // one record?
    relative,  // of a field: its value is relative to another point
    anchored,  // of a field: the point it is relative to has a date
    elided,    // of a field: its year has an X
    path,      // binding, steps
    records,   // all records of a type
    on_day,    // items of a list that last over a day: children: list, day
    peers,     // the amounts of all that is alike, over the whole data set (`among:`); text: the
               // rule, binding: what it is about, count: how many at least, children: what is alike
    number,
    duration,  // count, unit
    day,       // count: days since 1970-01-01
    text,
    word,
    boolean,      // number 0 or 1
    policy,       // text: its name; a term if it is of Kind::duration
    dated,        // the same on a day: child: that day
    age,          // children: person, day: an interval of whole years
    width,        // days that the stated window has
    width_up_to,  // 1 to that many
    earliest,     // first day of the stated window
    latest,
    years,     // of a field: how many years its elided year can have
    count,     // of a list
    deadline,  // last day of a term: children: a day, a duration
    flips,     // would two days turn round if an assumed zone were not theirs?
    sum,       // + and -: text
    product,   // a number times a number or a duration
    stretch,   // a period: children: from, to
    total,     // of a list of numbers or durations: text: sum, min, max, median
    travel,    // the least time from one place to another: children: place, place, km an hour
    cases      // a define by cases: children: condition, value, condition, value ...
};

struct Term {
    Op op = Op::all;
    TypeRef type;
    grammar::Range range;              // in the rule's text; of what a define has, the call's
    int binding = -1;                  // of a path: which binding; of a quantifier: its variable
    std::vector<std::uint32_t> steps;  // field numbers along a path
    std::vector<std::uint32_t> all_the_way;  // which steps are followed as often as they go
    int part = -1;                           // of a path into a period: 0 start, 1 end
    int side = -1;                           // of a path with "according to": which side
    std::string text;
    double number = 0;
    std::int64_t count = 0;
    grammar::Unit unit = grammar::Unit::day;
    grammar::Bound bound = grammar::Bound::at_least;
    grammar::TimeWord word = grammar::TimeWord::before;
    bool after = false;
    bool days = false;    // of a quantifier: over the days of a period; of a path: one of them
    std::string written;  // canonical text, for proofs
    std::vector<Term> children;
};

// What can be added to a day, or be the length of a term, in working days as well: written, a
// policy's, or by cases one of these.
[[nodiscard]] inline bool is_term(const Term& t) {
    if (t.type.kind != Kind::duration || t.type.list) return false;
    if (t.op == Op::cases) {
        for (std::size_t i = 1; i < t.children.size(); i += 2)
            if (!is_term(t.children[i])) return false;
        return true;
    }
    return t.op == Op::duration || t.op == Op::policy || t.op == Op::dated;
}

}  // namespace antinomy::rule
