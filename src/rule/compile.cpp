#include "rule/compile.hpp"

#include <re2/re2.h>

#include <algorithm>

#include "grammar/condition.hpp"
#include "grammar/message.hpp"
#include "text/nearest.hpp"
#include "time/conventions.hpp"
#include "time/stated.hpp"

namespace antinomy::rule {

using grammar::Expr;
using grammar::ExprKind;

std::string describe(const TypeRef& type, const model::Vocabulary& vocabulary) {
    switch (type.kind) {
        case Kind::condition:
            return "a condition";
        case Kind::day:
            return type.list ? "a list of dates" : "a date";
        case Kind::period:
            return type.list ? "a list of periods" : "a period";
        case Kind::number:
            return type.list ? "a list of numbers" : "a number";
        case Kind::duration:
            return type.list ? "a list of durations" : "a duration";
        case Kind::boolean:
            return type.list ? "a list of yes and no" : "yes or no";
        case Kind::text:
            return type.list ? "a list of texts" : "a text";
        case Kind::word:
            return (type.list ? "a list, each " : "") +
                   (type.words != nullptr ? model::describe(*type.words) : "a word");
        case Kind::field:
            return "a field";
        case Kind::record: {
            const auto& name = vocabulary.type(type.record).name;
            return type.list ? "a list of " + name + " records" : "a record of type " + name;
        }
    }
    return "a value";
}

namespace {

bool of_fixed_length(grammar::Unit u) {
    return u == grammar::Unit::day || u == grammar::Unit::week || u == grammar::Unit::hour;
}
bool counts_working_days(const Term& t) {
    if (t.op == Op::duration || t.op == Op::policy || t.op == Op::dated)
        return t.type.kind == Kind::duration && t.unit == grammar::Unit::working_day;
    return (t.op == Op::sum || t.op == Op::product || t.op == Op::cases) &&
           t.type.kind == Kind::duration &&
           std::any_of(t.children.begin(), t.children.end(), counts_working_days);
}

struct Function {
    const char* name;
    std::size_t least;
    std::size_t most;
};
const std::vector<Function> kFunctions{
    {"known", 1, 1},    {"certainly", 1, 1}, {"possibly", 1, 1},    {"fails", 1, 2},
    {"same", 2, 2},     {"age", 2, 2},       {"width", 1, 1},       {"width_up_to", 1, 1},
    {"earliest", 1, 1}, {"latest", 1, 1},    {"relative", 1, 1},    {"anchored", 1, 1},
    {"elided", 1, 1},   {"years", 1, 1},     {"count", 1, 1},       {"flips_with_zone", 2, 2},
    {"deadline", 2, 2}, {"sum", 1, 1},       {"min", 1, 1},         {"max", 1, 1},
    {"median", 1, 1},   {"at", 2, 2},        {"travel_time", 3, 3}, {"pending", 1, 1},
    {"doubtful", 1, 1}};
const std::vector<std::string> kNotYet{"values"};

class Compiler {
public:
    Compiler(const text::Node& node, Scope& scope, text::Diagnostics& diagnostics)
        : node_(node), scope_(scope), diagnostics_(diagnostics), vocabulary_(*scope.vocabulary) {}

    bool failed() const { return failed_; }

    // A condition: its type must be one.
    Term condition(const Expr& e) {
        Term t = term(e, nullptr);
        if (!failed_ && t.type.kind == Kind::boolean && !t.type.list) {
            // `d.in_absentia` alone reads as `d.in_absentia = yes`.
            if (t.op == Op::boolean) {
                t.type = {};
                return t;
            }
            Term c;
            c.op = Op::compare;
            c.text = "=";
            c.range = t.range;
            c.written = t.written;
            Term yes;
            yes.op = Op::boolean;
            yes.number = 1;
            yes.type.kind = Kind::boolean;
            yes.written = "yes";
            c.children = {std::move(t), std::move(yes)};
            return c;
        }
        if (!failed_ && t.type.kind != Kind::condition)
            error(e.range, "wrong-type",
                  "expected a condition, found " + describe(t.type, vocabulary_),
                  "compare it with something");
        return t;
    }

    Term term(const Expr& e, const TypeRef* expected) {
        Term t;
        t.range = e.range;
        if (!charge(1, e.range)) return t;
        t.written = grammar::print(e);
        switch (e.kind) {
            case ExprKind::any_of:
            case ExprKind::all_of:
                t.op = e.kind == ExprKind::any_of ? Op::any : Op::all;
                for (const auto& c : e.children) t.children.push_back(condition(c));
                return t;
            case ExprKind::negation:
                t.op = Op::negate;
                t.children.push_back(condition(e.children.front()));
                return t;
            case ExprKind::quantifier:
                return quantifier(e, std::move(t));
            case ExprKind::compare:
                return compare(e, std::move(t));
            case ExprKind::relation:
                return relation(e, std::move(t));
            case ExprKind::sum:
                return sum(e, std::move(t));
            case ExprKind::product:
                return product(e, std::move(t));
            case ExprKind::stretch:
                return stretch(e, std::move(t));
            case ExprKind::call:
                return call(e, std::move(t), expected);
            case ExprKind::path:
                return path(e, std::move(t), expected);
            case ExprKind::number:
                t.op = Op::number;
                t.number = e.number;
                t.type.kind = Kind::number;
                return t;
            case ExprKind::duration:
                t.op = Op::duration;
                t.count = e.count;
                t.unit = e.unit;
                t.type.kind = Kind::duration;
                return t;
            case ExprKind::day: {
                t.op = Op::day;
                t.type.kind = Kind::day;
                auto day = time::day_of(e.date, {});
                if (auto* bad = std::get_if<time::CalendarError>(&day)) {
                    error(e.range, "bad-date", bad->message,
                          bad->help.empty() ? "write a day that exists" : bad->help);
                } else if (const auto& days = std::get<time::StatedDay>(day).days;
                           days.windows().size() != 1 || !days.hull().single()) {
                    error(e.range, "imprecise-date", "a date in a condition must name one day",
                          "write it as 2014-10-09");
                } else {
                    t.count = days.hull().first.value;
                }
                return t;
            }
            case ExprKind::string:
                t.op = Op::text;
                t.text = e.text;
                t.type.kind = Kind::text;
                return t;
            case ExprKind::boolean:
                t.op = Op::boolean;
                t.number = e.text == "yes" ? 1 : 0;
                t.type.kind = Kind::boolean;
                return t;
        }
        return t;
    }

    text::Diagnostic& error(grammar::Range range, std::string code, std::string message,
                            std::string help) {
        failed_ = true;
        if (inlined_ > 0) message += " (in what `" + inlining_ + "` stands for)";
        return diagnostics_.error(node_.inside(range.begin, range.end), std::move(code),
                                  std::move(message), std::move(help));
    }

private:
    // Before anything is made: is there room for so many more terms?
    bool charge(std::size_t terms, grammar::Range range) {
        const auto count = [&](Written& w, std::size_t most, const std::string& who) {
            w.terms += terms;
            if (w.terms <= most) return true;
            if (!w.told)
                error(range, "too-large",
                      who + " more than " + std::to_string(most) +
                          " terms, with the defines that are called written out",
                      "call fewer defines inside one another");
            w.told = true;
            failed_ = true;
            return false;
        };
        return count(scope_.written, kTerms, scope_.owner + " comes to") &&
               (scope_.all == nullptr ||
                count(*scope_.all, kAllTerms,
                      scope_.owner + " is left out with all that follow: the packs come to"));
    }

    struct Depth {
        explicit Depth(int& d) : depth(d) { ++depth; }
        ~Depth() { --depth; }
        Depth(const Depth&) = delete;
        Depth& operator=(const Depth&) = delete;
        int& depth;
    };

    Term quantifier(const Expr& e, Term t) {
        t.op = e.text == "some" ? Op::some : e.text == "every" ? Op::every : Op::no;
        t.text = e.name;
        t.days = e.days;
        Term list = items(e.children[0]);
        if (failed_) return t;
        if (e.days) {
            if (!is_temporal(list.type)) {
                error(e.children[0].range, "wrong-type",
                      "expected a period after `in`, found " + describe(list.type, vocabulary_),
                      "name a record or a period that has a first and a last day, or write `from a "
                      "to b`");
                return t;
            }
        } else if (!list.type.list || list.type.kind != Kind::record) {
            error(
                e.children[0].range, "wrong-type",
                "expected a list of records after `in`, found " + describe(list.type, vocabulary_),
                "name a type or a field that holds a list");
            return t;
        }
        for (const auto& v : scope_.variables)
            if (v.visible && v.name == e.name) {
                error(e.part_ranges.empty() ? e.range : e.part_ranges.front(), "name-taken",
                      "`" + e.name + "` is already a name in this rule", "choose another");
                return t;
            }
        Scope::Variable v;
        v.name = e.name;
        v.type = list.type;
        v.type.list = false;
        v.side = list.side;
        v.days = e.days;
        if (e.days) v.type = {Kind::day, false, {}, nullptr};
        v.index = scope_.next_index++;
        t.binding = v.index;
        scope_.variables.push_back(v);
        const auto at = scope_.variables.size() - 1;
        Term body = condition(e.children[1]);
        scope_.variables[at].visible = false;
        if (e.days && !failed_) check_day(body, t.binding, false);
        t.children.push_back(std::move(list));
        t.children.push_back(std::move(body));
        return t;
    }

    // The days of a period are not tried one by one: what turns at which day is worked out from
    // what the variable is compared with. So it stands in relations of time alone, as it is or some
    // fixed time later.
    void check_day(const Term& t, int variable, bool compared) {
        if (failed_) return;
        if (t.op == Op::path && t.binding == variable && !compared) {
            error(t.range, "wrong-type",
                  "`" + t.written + "` is a day of a quantifier: it can only be compared",
                  "write " + t.written +
                      " before, after or within a date or period; days and weeks may be added");
            return;
        }
        const bool moves = compared && t.op == Op::sum && t.children[1].op == Op::duration &&
                           of_fixed_length(t.children[1].unit) &&
                           t.children[1].unit != grammar::Unit::hour;
        for (const auto& child : t.children)
            check_day(child, variable, t.op == Op::relation || moves);
        if (t.op == Op::certainly || t.op == Op::possibly)
            for (const auto& child : t.children) forbid_day(child, t, variable);
    }

    void forbid_day(const Term& t, const Term& around, int variable) {
        if (failed_) return;
        if (t.op == Op::path && t.binding == variable)
            error(around.range, "wrong-type",
                  "`" + around.written + "` cannot be asked of each day of a quantifier",
                  "put the quantifier inside of it");
        for (const auto& child : t.children) forbid_day(child, around, variable);
    }

    // What a quantifier or a binding runs over: here alone `at(list, day)` may stand.
    Term items(const Expr& e) {
        const bool call =
            e.kind == ExprKind::call && e.text == "at" &&
            (scope_.defines == nullptr || scope_.defines->find(e.text) == scope_.defines->end());
        if (!call) return term(e, nullptr);
        Term t;
        t.range = e.range;
        t.written = grammar::print(e);
        t.op = Op::on_day;
        if (e.children.size() != 2) {
            error(e.range, "wrong-arguments",
                  "`at` takes 2 arguments, found " + std::to_string(e.children.size()),
                  "write at(list, day)");
            return t;
        }
        Term list = term(e.children[0], nullptr);
        Term day = failed_ ? Term{} : term(e.children[1], nullptr);
        if (failed_) return t;
        if (!list.type.list || list.type.kind != Kind::record ||
            vocabulary_.type(list.type.record).first_moment.empty())
            error(
                list.range, "wrong-type",
                "`at` takes a list of records that last, found " + describe(list.type, vocabulary_),
                "name a list whose records have a `moment`");
        else if (!is_temporal(day.type))
            error(day.range, "wrong-type",
                  "`at` takes a date, found " + describe(day.type, vocabulary_),
                  help_for(day.type));
        t.type = list.type;
        t.side = list.side;
        t.children.push_back(std::move(list));
        t.children.push_back(std::move(day));
        return t;
    }

public:
    // The same for what a binding names.
    Term source(const Expr& e) { return items(e); }

private:
    // A word stands on one side of a comparison only: the other side's type says what it may be.
    static bool may_be_word(const Expr& e) {
        return e.kind == ExprKind::path && e.parts.size() == 1 && e.sided.empty();
    }

    const Scope::Variable* variable(const std::string& name) const {
        for (auto it = scope_.variables.rbegin(); it != scope_.variables.rend(); ++it)
            if (it->visible && it->name == name) return &*it;
        return nullptr;
    }

    bool is_word_here(const Expr& e) const {
        return may_be_word(e) && variable(e.parts[0]) == nullptr;
    }

    Term compare(const Expr& e, Term t) {
        t.op = Op::compare;
        t.text = e.text;
        const auto& l = e.children[0];
        const auto& r = e.children[1];
        if (e.text == "matches") return matches(e, std::move(t));
        if (e.text == "in") return membership(e, std::move(t));
        Term left;
        Term right;
        if (is_word_here(l) && !is_word_here(r)) {
            right = term(r, nullptr);
            if (failed_) return t;
            left = term(l, &right.type);
        } else {
            left = term(l, nullptr);
            if (failed_) return t;
            right = term(r, &left.type);
        }
        if (failed_) return t;
        const auto a = left.type;
        const auto b = right.type;
        const bool ordered = e.text != "=" && e.text != "!=";
        for (const auto* side : {&left, &right})
            if (counts_working_days(*side)) {
                error(side->range, "not-supported", "working days have no fixed length to compare",
                      "compare days, or add the term to a date");
                return t;
            }
        const auto numeric = [](const TypeRef& x) {
            return x.kind == Kind::number || x.kind == Kind::duration;
        };
        bool good = !a.list && !b.list;
        if (good) {
            if (numeric(a) && numeric(b))
                good = a.kind == b.kind ||
                       (a.kind == Kind::number ? is_policy(left) : is_policy(right));
            else if (ordered)
                good = false;
            else if (a.kind == Kind::record)
                good = b.kind == Kind::record && a.record == b.record;
            else
                good = a.kind == b.kind && a.kind != Kind::condition && a.kind != Kind::day &&
                       a.kind != Kind::period && a.kind != Kind::field;
        }
        if (!good) {
            std::string help = "compare values of one type";
            if (a.list || b.list)
                help = "name one of them: some x in ... satisfies (...)";
            else if (a.kind == Kind::day || b.kind == Kind::day)
                help = "dates are compared by before, after, not before, not after, same day as";
            else if ((left.op == Op::text && b.kind == Kind::word) ||
                     (right.op == Op::text && a.kind == Kind::word))
                help = "write the word without quotes";
            else if (numeric(a) && numeric(b))
                help = "one is a plain number: write both with a unit, or both without";
            else if (ordered)
                help = "only numbers have an order; dates use before and after";
            error(e.range, "wrong-type",
                  "`" + e.text + "` cannot compare " + describe(a, vocabulary_) + " with " +
                      describe(b, vocabulary_),
                  help);
            return t;
        }
        t.children.push_back(std::move(left));
        t.children.push_back(std::move(right));
        return t;
    }

    // A policy that is a plain number compares with a term: it is so many days.
    static bool is_policy(const Term& t) { return t.op == Op::policy || t.op == Op::dated; }

    Term matches(const Expr& e, Term t) {
        t.op = Op::matches;
        Term left = term(e.children[0], nullptr);
        if (failed_) return t;
        if (left.type.kind != Kind::text || left.type.list ||
            e.children[1].kind != ExprKind::string) {
            error(e.range, "wrong-type",
                  "`matches` takes a text and a quoted pattern, found " +
                      describe(left.type, vocabulary_),
                  "write e.title matches 'pattern'");
            return t;
        }
        t.text = e.children[1].text;
        re2::RE2::Options options(re2::RE2::Quiet);
        options.set_max_mem(1 << 20);
        if (t.text.size() > 1024) {
            error(e.children[1].range, "too-large", "a pattern is longer than 1024 bytes",
                  "shorten it");
        } else if (const re2::RE2 pattern(t.text, options); !pattern.ok()) {
            error(e.children[1].range, "bad-pattern", "the pattern is not RE2: " + pattern.error(),
                  "see RE2's syntax; it has no back references");
        }
        t.children.push_back(std::move(left));
        return t;
    }

    Term membership(const Expr& e, Term t) {
        t.op = Op::in;
        Term list = term(e.children[1], nullptr);
        if (failed_) return t;
        TypeRef item = list.type;
        item.list = false;
        Term left = term(e.children[0], &item);
        if (failed_) return t;
        const bool listed =
            item.kind == Kind::record || item.kind == Kind::text || item.kind == Kind::word;
        const bool same = listed && left.type.kind == item.kind && !left.type.list &&
                          (item.kind != Kind::record || item.record == left.type.record);
        if (!list.type.list || !same) {
            error(e.range, "wrong-type",
                  "`in` takes an item and a list of such, found " +
                      describe(left.type, vocabulary_) + " and " + describe(list.type, vocabulary_),
                  "name a list of the same type");
            return t;
        }
        t.children.push_back(std::move(left));
        t.children.push_back(std::move(list));
        return t;
    }

    bool is_temporal(const TypeRef& type) const {
        if (type.list) return false;
        if (type.kind == Kind::day || type.kind == Kind::period) return true;
        return type.kind == Kind::record && !vocabulary_.type(type.record).first_moment.empty();
    }

    // A record with `latitude` and `longitude`, which are numbers.
    bool is_place(const TypeRef& type) const {
        if (type.list || type.kind != Kind::record) return false;
        const auto numeric = [&](const char* name) {
            const auto* f = vocabulary_.type(type.record).field(name);
            return f != nullptr && !f->list &&
                   (f->kind == model::FieldKind::number || f->kind == model::FieldKind::integer);
        };
        return numeric("latitude") && numeric("longitude");
    }

    // What to write instead of a value of this type.
    std::string help_for(const TypeRef& type) const {
        if (type.kind == Kind::word) return "words are compared by `=`";
        if (type.list) return "name one of them: some x in ... satisfies (...)";
        if (type.kind != Kind::record) return "name a path to one";
        std::string dates;
        for (const auto& f : vocabulary_.type(type.record).fields)
            if (f.kind == model::FieldKind::day) dates += (dates.empty() ? "" : ", ") + f.name;
        return dates.empty() ? "a record of this type has no date"
                             : "name one of its dates: " + dates;
    }

    Term relation(const Expr& e, Term t) {
        Term left = term(e.children[0], nullptr);
        Term right = failed_ ? Term{} : term(e.children[1], nullptr);
        if (failed_) return t;
        t.word = e.relation;
        t.bound = e.bound;
        t.count = e.count;
        t.unit = e.unit;
        t.after = e.after;
        t.text = e.relation == grammar::TimeWord::within ? e.text : e.allen;
        if (e.relation == grammar::TimeWord::agrees) {
            t.op = Op::agrees;
            const bool same =
                left.type.kind == right.type.kind && left.type.list == right.type.list &&
                (left.type.kind != Kind::record || left.type.record == right.type.record);
            if (!same)
                error(e.range, "wrong-type",
                      "`agrees with` takes two values of one type, found " +
                          describe(left.type, vocabulary_) + " and " +
                          describe(right.type, vocabulary_),
                      "compare one field as two accounts or sources have it");
        } else {
            t.op = Op::relation;
            if ((e.relation == grammar::TimeWord::distance || e.text == "near") &&
                !of_fixed_length(e.unit)) {
                error(e.range, "not-supported",
                      "a distance in months, years or working days may be counted from either end, "
                      "with different outcomes",
                      "write it as a sum, which says from where: `a + 3 months not after b`");
                return t;
            }
            for (const auto* side : {&left, &right}) {
                if (is_temporal(side->type)) continue;
                const auto help = help_for(side->type);
                error(side->range, "wrong-type",
                      "a relation of time is between dates, found " +
                          describe(left.type, vocabulary_) + " and " +
                          describe(right.type, vocabulary_),
                      help);
                break;
            }
        }
        t.children.push_back(std::move(left));
        t.children.push_back(std::move(right));
        return t;
    }

    Term sum(const Expr& e, Term t) {
        t.op = Op::sum;
        t.text = e.text;
        Term left = term(e.children[0], nullptr);
        Term right = failed_ ? Term{} : term(e.children[1], nullptr);
        if (failed_) return t;
        const bool single = !left.type.list && !right.type.list;
        const bool term =
            right.type.kind == Kind::duration && (is_term(right) || !counts_working_days(right));
        if (single && left.type.kind == Kind::day && term)
            t.type.kind = Kind::day;
        else if (single && left.type.kind == Kind::number && right.type.kind == Kind::number)
            t.type.kind = Kind::number;
        else if (single && left.type.kind == Kind::duration && right.type.kind == Kind::duration &&
                 !counts_working_days(left) && !counts_working_days(right))
            t.type.kind = Kind::duration;
        else
            error(e.range, "wrong-type",
                  "`" + e.text + "` cannot join " + describe(left.type, vocabulary_) + " and " +
                      describe(right.type, vocabulary_),
                  "add a duration to a date, or numbers to numbers");
        t.children.push_back(std::move(left));
        t.children.push_back(std::move(right));
        return t;
    }

    Term product(const Expr& e, Term t) {
        t.op = Op::product;
        Term left = term(e.children[0], nullptr);
        Term right = failed_ ? Term{} : term(e.children[1], nullptr);
        if (failed_) return t;
        const bool number = left.type.kind == Kind::number && !left.type.list;
        const bool amount =
            (right.type.kind == Kind::number || right.type.kind == Kind::duration) &&
            !right.type.list && !counts_working_days(right);
        t.type.kind = right.type.kind;
        if (!number || !amount)
            error(e.range, "wrong-type",
                  "`times` stands between a number and a number or a duration, found " +
                      describe(left.type, vocabulary_) + " and " +
                      describe(right.type, vocabulary_),
                  "write 2 times x");
        t.children.push_back(std::move(left));
        t.children.push_back(std::move(right));
        return t;
    }

    Term stretch(const Expr& e, Term t) {
        t.op = Op::stretch;
        t.type.kind = Kind::period;
        for (const auto& child : e.children) {
            Term end = term(child, nullptr);
            if (failed_) return t;
            if (!is_temporal(end.type)) {
                error(
                    end.range, "wrong-type",
                    "`from` and `to` stand before dates, found " + describe(end.type, vocabulary_),
                    help_for(end.type));
                return t;
            }
            t.children.push_back(std::move(end));
        }
        return t;
    }

    // ------------------------------------------------------------ paths

    Term path(const Expr& e, Term t, const TypeRef* expected) {
        const auto& first = e.parts.front();
        const auto* v = variable(first);
        if (!e.sided.empty()) {
            const auto it = std::find(scope_.sides.begin(), scope_.sides.end(), e.sided);
            if (it == scope_.sides.end() && scope_.any_side) {
                failed_ = true;
                return t;
            }
            if (it == scope_.sides.end()) {
                error(e.sided_range, "unknown-side",
                      scope_.sides.empty()
                          ? "`according to` is for rules with `between:`, and this one has none"
                          : "no side `" + e.sided + "`",
                      scope_.sides.empty() ? "add `between: [one, other]`"
                                           : text::did_you_mean(e.sided, scope_.sides));
                return t;
            }
            t.side = static_cast<int>(it - scope_.sides.begin());
        }
        if (v != nullptr) {
            if (expected != nullptr && expected->kind == Kind::word && e.parts.size() == 1 &&
                v->type.kind != Kind::word && expected->words != nullptr &&
                std::find(expected->words->words.begin(), expected->words->words.end(), first) !=
                    expected->words->words.end()) {
                error(e.range, "ambiguous-word",
                      "`" + first + "` is a word of `" + expected->words->name +
                          "` and the name of a binding",
                      "rename the binding");
                return t;
            }
            t.op = Op::path;
            t.binding = v->index;
            t.type = v->type;
            t.days = v->days;
            if (t.side < 0) t.side = v->side;
            return steps(e, std::move(t), 1);
        }
        const auto type = vocabulary_.find(first);
        if (expected != nullptr && expected->kind == Kind::word && e.parts.size() == 1 &&
            expected->words != nullptr) {
            const auto& words = expected->words->words;
            if (std::find(words.begin(), words.end(), first) == words.end()) {
                error(e.range, "unknown-word",
                      "`" + first + "` is no word of `" + expected->words->name + "`",
                      text::did_you_mean(first, words));
                return t;
            }
            t.op = Op::word;
            t.text = first;
            t.type = *expected;
            return t;
        }
        if (scope_.among != nullptr && e.parts.size() == 1 && first == scope_.among->name) {
            t.op = Op::peers;
            t.text = scope_.among->rule;
            t.binding = scope_.among->at;
            t.count = static_cast<std::int64_t>(scope_.among->at_least);
            t.type = scope_.among->value.term.type;
            t.type.list = true;
            for (const auto& c : scope_.among->alike) t.children.push_back(c.term);
            return t;
        }
        if (type.valid() && e.parts.size() == 1) {
            t.op = Op::records;
            t.type.kind = Kind::record;
            t.type.record = type;
            t.type.list = true;
            t.count = type.value;
            return t;
        }
        if (e.parts.size() == 1 && scope_.policies != nullptr &&
            scope_.policies->find(first) != scope_.policies->end()) {
            if (time::convention_of(first)) {
                error(e.range, "wrong-type", "`" + first + "` is a way of counting, and no number",
                      "`age`, `deadline` and sums of dates heed it");
                return t;
            }
            t.op = Op::policy;
            t.text = first;
            t.type.kind = Kind::number;
            return t;
        }
        if (e.parts.size() == 1 && term_policy(first) != nullptr) {
            const auto& policy = *term_policy(first);
            if (policy.dated) {
                error(e.range, "no-day", "the value of `" + first + "` is not the same on all days",
                      "say on which day, as in " + first + "(on d.served)");
                return t;
            }
            t.op = Op::policy;
            return of_policy(std::move(t), first, policy);
        }
        if (type.valid()) {
            error(e.part_ranges.empty() ? e.range : e.part_ranges.front(), "unknown-name",
                  "`" + first + "` is a type: a path begins with the name of a record",
                  "write `for: {x: " + first + "}`, or some x in " + first + " satisfies (...)");
            return t;
        }
        std::vector<std::string> known;
        for (const auto& var : scope_.variables)
            if (var.visible) known.push_back(var.name);
        for (const auto& n : vocabulary_.names()) known.push_back(n);
        if (scope_.policies != nullptr)
            for (const auto& [n, value] : *scope_.policies)
                if (!time::convention_of(n)) known.push_back(n);
        if (scope_.terms != nullptr)
            for (const auto& [n, policy] : *scope_.terms) known.push_back(n);
        error(e.part_ranges.empty() ? e.range : e.part_ranges.front(), "unknown-name",
              "no binding, type or policy `" + first + "`", text::did_you_mean(first, known));
        return t;
    }

    Term steps(const Expr& e, Term t, std::size_t from) {
        for (std::size_t i = from; i < e.parts.size(); ++i) {
            const auto range = i < e.part_ranges.size() ? e.part_ranges[i] : e.range;
            if (t.type.kind == Kind::period && !t.type.list && t.part < 0 &&
                (e.parts[i] == "start" || e.parts[i] == "end")) {
                t.part = e.parts[i] == "start" ? 0 : 1;
                t.type = {};
                t.type.kind = Kind::day;
                continue;
            }
            if (t.type.kind != Kind::record) {
                error(range, "no-fields",
                      "`" + e.parts[i - 1] + "` is " + describe(t.type, vocabulary_) +
                          " and has no fields",
                      "end the path before `" + e.parts[i] + "`");
                return t;
            }
            const auto& type = vocabulary_.type(t.type.record);
            const bool star = e.parts[i].back() == '*';
            const auto name = star ? e.parts[i].substr(0, e.parts[i].size() - 1) : e.parts[i];
            const auto index = type.field_index(name);
            if (index == SIZE_MAX) {
                std::vector<std::string> known;
                for (const auto& f : type.fields) known.push_back(f.name);
                error(range, "unknown-field",
                      "a record of type " + type.name + " has no field `" + name + "`",
                      text::did_you_mean(name, known));
                return t;
            }
            const auto& field = type.fields[index];
            const bool was_list = t.type.list;
            if (star) {
                if (type_of(field).kind != Kind::record || !(field.target == t.type.record)) {
                    error(range, "wrong-type",
                          "`" + e.parts[i] + "` is followed from one record to the next, and `" +
                              name + "` is " + model::describe(field),
                          "`*` stands after a reference from a " + type.name + " to another " +
                              type.name);
                    return t;
                }
                t.all_the_way.push_back(static_cast<std::uint32_t>(t.steps.size()));
                t.steps.push_back(static_cast<std::uint32_t>(index));
                t.type.list = true;
                continue;
            }
            t.steps.push_back(static_cast<std::uint32_t>(index));
            t.type = type_of(field);
            t.type.list = t.type.list || was_list;
        }
        return t;
    }

    static TypeRef type_of(const model::Field& field) {
        TypeRef type;
        type.list = field.list;
        switch (field.kind) {
            case model::FieldKind::day:
                type.kind = Kind::day;
                break;
            case model::FieldKind::period:
                type.kind = Kind::period;
                break;
            case model::FieldKind::duration:
                type.kind = Kind::duration;
                break;
            case model::FieldKind::integer:
            case model::FieldKind::number:
                type.kind = Kind::number;
                break;
            case model::FieldKind::boolean:
                type.kind = Kind::boolean;
                break;
            case model::FieldKind::text:
                type.kind = Kind::text;
                break;
            case model::FieldKind::word:
                type.kind = Kind::word;
                type.words = &field;
                break;
            case model::FieldKind::reference:
            case model::FieldKind::nested:
                type.kind = Kind::record;
                type.record = field.target;
                break;
        }
        return type;
    }

    // ------------------------------------------------------------ policies

    const model::Policy* term_policy(const std::string& name) const {
        if (scope_.terms == nullptr) return nullptr;
        const auto it = scope_.terms->find(name);
        return it == scope_.terms->end() ? nullptr : &it->second;
    }

    // A policy that is a term, or has dates. Of values in different units the term has the one that
    // is least like days: months, then working days.
    static Term of_policy(Term t, const std::string& name, const model::Policy& policy) {
        t.text = name;
        t.type = {};
        t.type.kind = policy.term ? Kind::duration : Kind::number;
        for (const auto& v : policy.values) {
            if (!v.unit || of_fixed_length(*v.unit)) continue;
            const bool months = *v.unit != grammar::Unit::working_day;
            if (months || of_fixed_length(t.unit)) t.unit = *v.unit;
        }
        return t;
    }

    // `appeal_days(on d.served)`: its value on that day.
    Term on_day(const Expr& e, Term t) {
        if (e.children.size() != 1) {
            error(
                e.range, "wrong-arguments",
                "policy `" + e.text + "` takes one day, found " + std::to_string(e.children.size()),
                "write " + e.text + "(on d.served)");
            return t;
        }
        Term day = term(e.children[0], nullptr);
        if (failed_) return t;
        if (day.type.kind != Kind::day || day.type.list) {
            error(day.range, "wrong-type",
                  "policy `" + e.text + "` takes a day, found " + describe(day.type, vocabulary_),
                  help_for(day.type));
            return t;
        }
        t.op = Op::dated;
        if (const auto* policy = term_policy(e.text)) {
            t = of_policy(std::move(t), e.text, *policy);
        } else {
            t.text = e.text;
            t.type.kind = Kind::number;
        }
        t.children.push_back(std::move(day));
        return t;
    }

    // ------------------------------------------------------------ calls

    Term call(const Expr& e, Term t, const TypeRef* expected) {
        if (scope_.defines != nullptr)
            if (const auto it = scope_.defines->find(e.text); it != scope_.defines->end())
                return expand(e, it->second, std::move(t), expected);
        if (term_policy(e.text) != nullptr ||
            (scope_.policies != nullptr && !time::convention_of(e.text) &&
             scope_.policies->find(e.text) != scope_.policies->end()))
            return on_day(e, std::move(t));
        const auto f = std::find_if(kFunctions.begin(), kFunctions.end(),
                                    [&](const Function& x) { return e.text == x.name; });
        if (f == kFunctions.end()) {
            if (std::find(kNotYet.begin(), kNotYet.end(), e.text) != kNotYet.end()) {
                error(e.range, "not-supported", "`" + e.text + "` is not supported yet",
                      "write the condition without it");
                return t;
            }
            std::vector<std::string> known;
            for (const auto& x : kFunctions) known.emplace_back(x.name);
            if (scope_.defines != nullptr)
                for (const auto& [name, d] : *scope_.defines) known.push_back(name);
            error(e.part_ranges.empty() ? e.range : e.part_ranges.front(), "unknown-function",
                  "no function or define `" + e.text + "`", text::did_you_mean(e.text, known));
            return t;
        }
        if (e.children.size() < f->least || e.children.size() > f->most) {
            error(e.range, "wrong-arguments",
                  "`" + e.text + "` takes " + std::to_string(f->least) +
                      (f->most > f->least ? " or " + std::to_string(f->most) : "") +
                      (f->most == 1 ? " argument" : " arguments") + ", found " +
                      std::to_string(e.children.size()),
                  "write " + e.text + (f->most == 1 ? "(a)" : "(a, b)"));
            return t;
        }
        const auto argument = [&](std::size_t i) { return term(e.children[i], nullptr); };
        const auto want = [&](const Term& a, bool good, std::string_view what) {
            if (!failed_ && !good)
                error(a.range, "wrong-type",
                      "`" + e.text + "` takes " + std::string(what) + ", found " +
                          describe(a.type, vocabulary_),
                      help_for(a.type));
        };
        const std::string& name = e.text;
        if (name == "certainly" || name == "possibly") {
            t.op = name == "certainly" ? Op::certainly : Op::possibly;
            t.children.push_back(condition(e.children[0]));
            return t;
        }
        if (name == "fails") {
            t.op = Op::fails;
            Term x = argument(0);
            if (failed_) return t;
            want(x, x.type.kind == Kind::record && !x.type.list && x.op == Op::path, "a record");
            if (e.children.size() == 2) {
                const auto& mode = e.children[1];
                if (mode.kind != ExprKind::path || mode.parts.size() != 1 ||
                    (mode.parts[0] != "certainly" && mode.parts[0] != "possibly")) {
                    error(mode.range, "wrong-arguments", "`fails` is certainly or possibly",
                          "write fails(e, certainly)");
                    return t;
                }
                t.text = mode.parts[0];
            }
            scope_.reads_findings = true;
            if (!failed_) scope_.reads_findings_of.push_back(x.type.record);
            t.children.push_back(std::move(x));
            return t;
        }
        if (name == "at") {
            error(e.range, "wrong-type", "`at` gives a list of records",
                  "write it after `in` of a quantifier, or in `for:`");
            return t;
        }
        Term a = argument(0);
        if (failed_) return t;
        if (name == "sum" || name == "min" || name == "max" || name == "median") {
            t.op = Op::total;
            t.text = name;
            want(a,
                 (a.op == Op::path || a.op == Op::peers) && a.type.list &&
                     (a.type.kind == Kind::number || a.type.kind == Kind::duration),
                 "a list of numbers or durations");
            t.type.kind = a.type.kind;
        } else if (name == "travel_time") {
            t.op = Op::travel;
            t.type.kind = Kind::duration;
            Term b = argument(1);
            Term speed = failed_ ? Term{} : argument(2);
            if (failed_) return t;
            for (const auto* x : {&a, &b}) want(*x, is_place(x->type), "two places");
            if (!failed_ && (speed.type.kind != Kind::number || speed.type.list))
                error(speed.range, "wrong-type",
                      "`travel_time` takes a speed in kilometres an hour, found " +
                          describe(speed.type, vocabulary_),
                      "write travel_time(a.place, b.place, 900)");
            t.children.push_back(std::move(a));
            t.children.push_back(std::move(b));
            t.children.push_back(std::move(speed));
            return t;
        } else if (name == "known") {
            t.op = Op::known;
            want(a, a.op == Op::path, "a path");
        } else if (name == "doubtful") {
            t.op = Op::doubtful;
            want(a, a.op == Op::path, "a path");
        } else if (name == "pending") {
            t.op = Op::pending;
            want(a,
                 a.op == Op::path && (a.type.kind == Kind::day || a.type.kind == Kind::period) &&
                     !a.type.list,
                 "a date");
        } else if (name == "same") {
            t.op = Op::same;
            Term b = argument(1);
            if (failed_) return t;
            if (a.type.kind != Kind::record || a.type.list || b.type.kind != Kind::record ||
                b.type.list || b.type.record != a.type.record)
                error(e.range, "wrong-type",
                      "`same` takes two records of one type, found " +
                          describe(a.type, vocabulary_) + " and " + describe(b.type, vocabulary_),
                      "name two of one type");
            t.children.push_back(std::move(a));
            t.children.push_back(std::move(b));
            return t;
        } else if (name == "deadline") {
            t.op = Op::deadline;
            t.type.kind = Kind::day;
            Term b = argument(1);
            if (failed_) return t;
            want(a, a.type.kind == Kind::day && !a.type.list, "the day that starts a term");
            if (!failed_ && (b.type.kind != Kind::duration || b.type.list ||
                             (!is_term(b) && counts_working_days(b))))
                error(b.range, "wrong-type",
                      "`deadline` takes a term, found " + describe(b.type, vocabulary_),
                      "write deadline(d.served, 10 days)");
            if (!failed_ && b.op == Op::duration && b.unit == grammar::Unit::hour)
                error(b.range, "wrong-arguments", "the last day of a term is counted in days",
                      "add hours to a date: d.served + 48 hours");
            if (!failed_ && b.op == Op::duration && b.count < 1)
                error(b.range, "wrong-arguments", "a term has at least one day",
                      "write deadline(d.served, 10 days)");
            t.children.push_back(std::move(a));
            t.children.push_back(std::move(b));
            return t;
        } else if (name == "flips_with_zone") {
            t.op = Op::flips;
            Term b = argument(1);
            if (failed_) return t;
            for (const auto* x : {&a, &b}) want(*x, is_temporal(x->type), "two dates");
            t.children.push_back(std::move(a));
            t.children.push_back(std::move(b));
            return t;
        } else if (name == "age") {
            t.op = Op::age;
            t.type.kind = Kind::number;
            Term b = argument(1);
            if (failed_) return t;
            want(a, a.type.kind == Kind::day && !a.type.list, "a date of birth");
            want(b, b.type.kind == Kind::day && !b.type.list, "a date");
            t.children.push_back(std::move(a));
            t.children.push_back(std::move(b));
            return t;
        } else if (name == "width" || name == "width_up_to") {
            t.op = name == "width" ? Op::width : Op::width_up_to;
            t.type.kind = Kind::number;
            want(a, a.type.kind == Kind::day && !a.type.list && a.op == Op::path,
                 "a date that a file states");
        } else if (name == "earliest" || name == "latest") {
            t.op = name == "earliest" ? Op::earliest : Op::latest;
            t.type.kind = Kind::day;
            want(a, a.type.kind == Kind::day && !a.type.list && a.op == Op::path,
                 "a date that a file states");
        } else if (name == "count") {
            t.op = Op::count;
            t.type.kind = Kind::number;
            want(a, a.type.list, "a list");
        } else {
            t.op = name == "relative"   ? Op::relative
                   : name == "anchored" ? Op::anchored
                   : name == "elided"   ? Op::elided
                                        : Op::years;
            if (t.op == Op::years) t.type.kind = Kind::number;
            want(a, a.type.kind == Kind::field, "a field (`for: {f: field}`)");
        }
        t.children.push_back(std::move(a));
        return t;
    }

    // "write early(e, d): event, date"
    static std::string call_of(const Define& define) {
        std::string names;
        std::string types;
        for (const auto& [name, type] : define.parameters) {
            names += (names.empty() ? "" : ", ") + name;
            types += (types.empty() ? "" : ", ") + type;
        }
        return "write " + define.name + "(" + names + ")" +
               (types.empty() ? "" : ", which are: " + types);
    }

    Term expand(const Expr& e, const Define& define, Term t, const TypeRef* expected) {
        if (!define.good) {
            failed_ = true;
            return t;
        }
        if (e.children.size() != define.parameters.size()) {
            error(e.range, "wrong-arguments",
                  "`" + e.text + "` takes " + std::to_string(define.parameters.size()) +
                      (define.parameters.size() == 1 ? " argument" : " arguments") + ", found " +
                      std::to_string(e.children.size()),
                  call_of(define));
            return t;
        }
        if (inlined_ >= static_cast<int>(kDefineDepth)) {
            error(e.range, "define-circle",
                  "defines are nested deeper than " + std::to_string(kDefineDepth),
                  "call fewer inside one another");
            return t;
        }
        for (std::size_t i = 0; i < e.children.size(); ++i) {
            const auto& wanted = define.parameters[i].second;
            const auto arg = term(e.children[i], nullptr);
            if (failed_) return t;
            const auto type = vocabulary_.find(wanted);
            const bool good = type.valid() ? arg.type.kind == Kind::record &&
                                                 arg.type.record == type && !arg.type.list
                              : wanted == "date" ? is_temporal(arg.type)
                                                 : true;
            if (!good) {
                error(e.children[i].range, "wrong-type",
                      "`" + e.text + "` takes " +
                          (type.valid() ? "a record of type " + wanted : "a " + wanted) + " as `" +
                          define.parameters[i].first + "`, found " +
                          describe(arg.type, vocabulary_),
                      call_of(define));
                return t;
            }
        }
        std::map<std::string, const Expr*> arguments;
        for (std::size_t i = 0; i < e.children.size(); ++i)
            arguments[define.parameters[i].first] = &e.children[i];
        auto& calls = scope_.calls;
        if (std::find(calls.begin(), calls.end(), define.name) == calls.end())
            calls.push_back(define.name);
        const Depth depth(inlined_);
        const auto outer = inlining_;
        inlining_ = e.text;
        const auto written = t.written;
        if (define.is) {
            const auto body = substitute(*define.is, arguments, e.range);
            if (failed_) return t;
            t = term(body, expected);
            t.range = e.range;
        } else {
            t.op = Op::cases;
            for (const auto& [when, value] : define.cases) {
                t.children.push_back(condition(substitute(when, arguments, e.range)));
                if (failed_) break;
                t.children.push_back(term(substitute(value, arguments, e.range), expected));
                if (failed_) break;
                const auto& type = t.children.back().type;
                if (t.children.size() == 2)
                    t.type = type;
                else if (type.kind != t.type.kind)
                    error(e.range, "wrong-type", "the cases of `" + e.text + "` differ in type",
                          "give all one type");
            }
        }
        t.written = written;
        inlining_ = outer;
        return t;
    }

    // What a define says, with the arguments in the place of its parameters.
    Expr substitute(const Expr& body, const std::map<std::string, const Expr*>& arguments,
                    grammar::Range range) {
        Expr out;
        if (!charge(size_of(body), range)) return out;
        out = body;
        put_in(out, arguments, range);
        return out;
    }

    static std::size_t size_of(const Expr& e) {
        std::size_t out = 1;
        for (const auto& c : e.children) out += size_of(c);
        return out;
    }

    void put_in(Expr& e, const std::map<std::string, const Expr*>& arguments,
                grammar::Range range) {
        if (failed_) return;
        if (e.kind == ExprKind::path) {
            const auto it = arguments.find(e.parts.front());
            if (it != arguments.end()) {
                if (!charge(size_of(*it->second), range)) return;
                Expr out = *it->second;
                if (e.parts.size() > 1 && out.kind != ExprKind::path) {
                    error(range, "wrong-arguments", "`" + e.parts.front() + "` must be a path here",
                          "give a binding or a path");
                } else {
                    for (std::size_t i = 1; i < e.parts.size(); ++i) {
                        out.parts.push_back(e.parts[i]);
                        out.part_ranges.push_back(range);
                    }
                }
                e = std::move(out);
                return;
            }
        }
        e.range = range;
        for (auto& r : e.part_ranges) r = range;
        for (auto& c : e.children) put_in(c, arguments, range);
    }

    const text::Node& node_;
    Scope& scope_;
    text::Diagnostics& diagnostics_;
    const model::Vocabulary& vocabulary_;
    bool failed_ = false;
    int inlined_ = 0;
    std::string inlining_;
};

bool wants_text(const text::Node& node, std::string_view what, text::Diagnostics& diagnostics) {
    if (node.is_scalar()) return true;
    std::string help = "write the " + std::string(what) + " as one text";
    if (node.is_mapping() && node.flow)
        help = "YAML has cut it at a comma or a `: `: put it in quotes or in a block (`>-`)";
    else if (node.is_mapping())
        help = "YAML has read a `: ` in it as a key: put it in quotes or in a block (`>-`)";
    diagnostics.error(node.span, "wrong-type",
                      "expected a " + std::string(what) + ", found " + std::string(kind_word(node)),
                      help);
    return false;
}

void syntax_error(const text::Node& node, const grammar::SyntaxError& e, std::string_view code,
                  text::Diagnostics& diagnostics) {
    diagnostics.error(node.inside(e.range.begin, e.range.end), std::string(code), e.message,
                      e.help.empty() ? "see grammar/README.md; if YAML cut the text (at ` #`, `: ` "
                                       "or a comma in braces), put it in quotes"
                                     : e.help);
}

}  // namespace

std::string folded(const std::string& s) {
    std::string out;
    for (const char c : s) {
        const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (blank && (out.empty() || out.back() == ' ')) continue;
        out += blank ? ' ' : c;
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

bool is_name(const std::string& text) {
    const auto parsed = grammar::parse_path(text);
    const auto* e = std::get_if<grammar::Expr>(&parsed);
    return e != nullptr && e->parts.size() == 1 && e->sided.empty() && e->parts.front() == text;
}
bool is_function(std::string_view name) {
    return std::any_of(kFunctions.begin(), kFunctions.end(),
                       [&](const Function& f) { return name == f.name; }) ||
           std::find(kNotYet.begin(), kNotYet.end(), name) != kNotYet.end() || name == "days" ||
           name == "apart" || name == "word" || name == "anchor";
}

bool compile_define(const Define& define, Scope& scope, text::Diagnostics& diagnostics) {
    for (const auto& [name, type] : define.parameters) {
        TypeRef of;
        of.kind = Kind::day;
        if (const auto record = scope.vocabulary->find(type); record.valid()) {
            of.kind = Kind::record;
            of.record = record;
        }
        scope.variables.push_back({name, of, -1, scope.next_index++, true});
    }
    bool good = true;
    if (define.is) {
        Compiler compiler(*define.is_node, scope, diagnostics);
        static_cast<void>(compiler.term(*define.is, nullptr));
        good = !compiler.failed();
    }
    std::optional<TypeRef> first;
    for (std::size_t i = 0; i < define.cases.size(); ++i) {
        Compiler when(*define.case_nodes[i].first, scope, diagnostics);
        static_cast<void>(when.condition(define.cases[i].first));
        Compiler is(*define.case_nodes[i].second, scope, diagnostics);
        const auto& written = define.cases[i].second;
        const auto value = is.term(written, nullptr);
        if (is.failed()) {
            good = false;
        } else if (!first) {
            first = value.type;
        } else if (value.type.kind != first->kind) {
            is.error(written.range, "wrong-type",
                     "the cases of `" + define.name +
                         "` differ in type: " + describe(*first, *scope.vocabulary) + " and " +
                         describe(value.type, *scope.vocabulary),
                     "give all one type");
        }
        good = good && !when.failed() && !is.failed();
    }
    return good;
}

std::optional<Condition> compile_condition(const text::Node& node, Scope& scope,
                                           text::Diagnostics& diagnostics) {
    if (!wants_text(node, "condition", diagnostics)) return std::nullopt;
    const auto& parsed = scope.parses->condition(node);
    if (const auto* e = std::get_if<grammar::SyntaxError>(&parsed)) {
        syntax_error(node, *e, "bad-condition", diagnostics);
        return std::nullopt;
    }
    Compiler compiler(node, scope, diagnostics);
    Condition out;
    out.term = compiler.condition(std::get<Expr>(parsed));
    out.written = folded(node.text);
    out.span = node.span;
    out.node = &node;
    if (compiler.failed()) return std::nullopt;
    return out;
}

std::optional<Condition> compile_value(const text::Node& node, Scope& scope,
                                       text::Diagnostics& diagnostics) {
    if (!wants_text(node, "value", diagnostics)) return std::nullopt;
    const auto& parsed = scope.parses->value(node);
    if (const auto* e = std::get_if<grammar::SyntaxError>(&parsed)) {
        syntax_error(node, *e, "bad-condition", diagnostics);
        return std::nullopt;
    }
    Compiler compiler(node, scope, diagnostics);
    Condition out;
    out.term = compiler.term(std::get<Expr>(parsed), nullptr);
    out.written = folded(node.text);
    out.span = node.span;
    out.node = &node;
    if (compiler.failed()) return std::nullopt;
    return out;
}

std::optional<Binding> compile_binding(const std::string& name, const text::Node& node,
                                       Scope& scope, text::Diagnostics& diagnostics) {
    if (!wants_text(node, "type or path", diagnostics)) return std::nullopt;
    Binding out;
    out.name = name;
    out.written = folded(node.text);
    out.span = node.span;
    const auto& parsed = scope.parses->binding(node);
    if (const auto* e = std::get_if<grammar::SyntaxError>(&parsed)) {
        syntax_error(node, *e, "bad-binding", diagnostics);
        return std::nullopt;
    }
    const auto& path = std::get<Expr>(parsed);
    if (path.kind == ExprKind::path && path.parts.size() == 1 && path.parts[0] == "field") {
        out.type.kind = Kind::field;
        out.source.op = Op::path;
        out.source.type.kind = Kind::field;
        return out;
    }
    Compiler compiler(node, scope, diagnostics);
    out.source = compiler.source(path);
    if (compiler.failed()) return std::nullopt;
    out.type = out.source.type;
    out.type.list = false;
    out.side = out.source.side;
    if (out.type.kind != Kind::record) {
        compiler.error(
            path.range, "wrong-type",
            "a binding is a record, found " + describe(out.source.type, *scope.vocabulary),
            "name a type, or a field that refers to records");
        return std::nullopt;
    }
    return out;
}

std::optional<MessageText> compile_message(const text::Node& node, Scope& scope,
                                           text::Diagnostics& diagnostics) {
    if (!wants_text(node, "message", diagnostics)) return std::nullopt;
    const auto& parsed = scope.parses->message(node);
    if (const auto* e = std::get_if<grammar::SyntaxError>(&parsed)) {
        syntax_error(node, *e, "bad-message", diagnostics);
        return std::nullopt;
    }
    MessageText out;
    bool good = true;
    for (const auto& part : std::get<grammar::Message>(parsed).parts) {
        MessagePiece piece;
        piece.text = part.text;
        if (part.expr) {
            Compiler compiler(node, scope, diagnostics);
            const auto& e = *part.expr;
            const bool one = e.text == "word" || e.text == "anchor";
            if (e.kind == ExprKind::call && (one || e.text == "days" || e.text == "apart")) {
                const std::size_t wanted = one ? 1 : 2;
                if (e.children.size() != wanted) {
                    compiler.error(e.range, "wrong-arguments",
                                   "`" + e.text + "` takes " + std::to_string(wanted) +
                                       (wanted == 1 ? " argument, found " : " arguments, found ") +
                                       std::to_string(e.children.size()),
                                   "write {" + e.text +
                                       (e.text == "word" ? "(a.start)}"
                                        : one            ? "(f)}"
                                                         : "(a, b)}"));
                    good = false;
                    continue;
                }
                piece.function = e.text;
                piece.term = compiler.term(e.children[0], nullptr);
                if (!compiler.failed() && wanted == 2)
                    piece.second = compiler.term(e.children[1], nullptr);
            } else {
                piece.term = compiler.term(e, nullptr);
            }
            good = good && !compiler.failed();
        }
        out.push_back(std::move(piece));
    }
    if (!good) return std::nullopt;
    return out;
}

}  // namespace antinomy::rule
