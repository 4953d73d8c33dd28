#include "grammar/condition.hpp"

#include <algorithm>
#include <array>
#include <boost/spirit/home/x3.hpp>

#include "grammar/condition_error.hpp"
#include "grammar/edtf.hpp"
#include "grammar/phrase.hpp"
#include "grammar/token.hpp"

// Text is cut into tokens (token.hpp), the grammar below runs over those, and a token where it
// stopped becomes an error. While a rule is at work its Expr collects parts as children, and its
// last step makes the node of them. (Not in on_success: X3 hands it no attribute when the rule has
// actions, and silently leaves it out.)

namespace antinomy::grammar {
namespace x3 = boost::spirit::x3;
namespace {

using std::string;
using std::string_view;
using Kind = Token::Kind;
using At = std::vector<Token>::const_iterator;
using Stop = x3::expectation_failure<At>;

// ---------------------------------------------------------------- phrases

// How many tokens from `at` are the phrase's words, and its first word that is missing.
struct Match {
    std::size_t words = 0;
    string_view missing;
};
Match match(const Phrase& phrase, At at, At end) {
    Match result;
    for (string_view rest = phrase.words; !rest.empty(); ++at, ++result.words) {
        const auto next = rest.substr(0, rest.find(' '));
        if (at == end || !is_word(*at, next)) {
            result.missing = next;
            break;
        }
        rest.remove_prefix(std::min(rest.size(), next.size() + 1));
    }
    return result;
}

// "`in`, `before` or `after`"
string one_of(const std::vector<string_view>& words) {
    string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        out += i == 0 ? "" : i + 1 < words.size() ? ", " : " or ";
        out += shown(words[i]);
    }
    return out;
}

// The longest phrase of the table. One that breaks off after its first word is an error, since no
// name may stand there.
template <std::size_t n>
bool take_phrase(const std::array<Phrase, n>& table, At& at, At end, Expr& out) {
    const Phrase* found = nullptr;
    std::size_t taken = 0, farthest = 1;
    std::vector<string_view> missing;
    for (const auto& phrase : table) {
        const auto [matched, next] = match(phrase, at, end);
        if (next.empty() && matched > taken) {
            found = &phrase;
            taken = matched;
        }
        if (matched > farthest) missing.clear();
        farthest = std::max(farthest, matched);
        const bool known = std::find(missing.begin(), missing.end(), next) != missing.end();
        if (matched == farthest && !next.empty() && !known) missing.push_back(next);
    }
    if (!found) {
        if (missing.empty()) return false;
        throw Stop(at + static_cast<std::ptrdiff_t>(farthest), one_of(missing));
    }
    out.kind = found->kind;
    out.text = found->text;
    out.relation = found->relation;
    at += static_cast<std::ptrdiff_t>(taken);
    return true;
}

// ---------------------------------------------------------------- leaves

Range between(At first, At last) {
    return {first->range.begin, std::prev(last)->range.end};
}

bool take_relation(At& at, At end, Expr& out) {
    return take_phrase(relations, at, end, out);
}

bool take_bound(At& at, At end, Expr& out) {
    if (!take_phrase(bounds, at, end, out)) return false;
    out.bound = out.text == ">=" ? Bound::at_least : Bound::at_most;
    return true;
}

bool take_allen(At& at, At, Expr& out) {
    if (at->kind != Kind::word ||
        std::find(allen_words.begin(), allen_words.end(), at->text) == allen_words.end()) {
        return false;
    }
    out.kind = ExprKind::relation;
    out.relation = TimeWord::allen;
    out.allen = (at++)->text;
    return true;
}

bool take_direction(At& at, At, Expr& out) {
    if (!is_word(*at, "before") && !is_word(*at, "after")) return false;
    out.after = (at++)->text == "after";
    return true;
}

bool take_part(At& at, At, Expr& out) {
    if (at->kind != Kind::word) return false;
    out.range = at->range;
    out.text = (at++)->text;
    return true;
}

bool take_name(At& at, At end, Expr& out) {
    // `at(list, day)`: before a bracket the word is a function's name.
    const bool called = is_word(*at, "at") && is_word(*std::next(at), "(");
    return (called || !is_reserved(at->text)) && take_part(at, end, out);
}

bool take_duration(At& at, At, Expr& out) {
    if (at->kind != Kind::number || std::next(at)->kind != Kind::word) return false;
    auto last = std::next(at);
    const bool working = last->text == "working" && std::next(last)->kind == Kind::word;
    if (working) ++last;
    auto word = last->text;
    if (word.size() > 1 && word.back() == 's') word.remove_suffix(1);
    const auto unit = std::find(units.begin(), units.end(), word);
    if (unit == units.end() || (working && unit != units.begin())) return false;
    out.kind = ExprKind::duration;
    out.unit = working ? Unit::working_day : static_cast<Unit>(unit - units.begin());
    out.count = static_cast<std::int64_t>(at->number);
    if (at->text.find('.') != string_view::npos) {
        throw Stop(at, "a whole number of hours, days, weeks, months or years");
    }
    out.range = between(at, std::next(last));
    at = std::next(last);
    return true;
}

bool take_literal(At& at, At, Expr& out) {
    switch (at->kind) {
        case Kind::number:
            out.kind = ExprKind::number;
            out.number = at->number;
            break;
        case Kind::date:
            out.kind = ExprKind::day;
            out.date = std::get<EdtfDate>(parse_edtf_date(at->text));
            out.date.range = at->range;
            break;
        case Kind::text:
            out.kind = ExprKind::string;
            out.text = at->text;
            break;
        default:
            if (!is_word(*at, "yes") && !is_word(*at, "no")) return false;
            out.kind = ExprKind::boolean;
            out.text = at->text;
    }
    out.range = (at++)->range;
    return true;
}

// `word` as an Expr that waits for its children.
template <ExprKind kind>
bool take_operator(At& at, At, Expr& out, std::initializer_list<string_view> words) {
    for (const auto word : words) {
        if (!is_word(*at, word)) continue;
        out.kind = kind;
        out.range = at->range;
        out.text = (at++)->text;
        return true;
    }
    return false;
}
bool take_not(At& at, At end, Expr& out) {
    if (!take_operator<ExprKind::negation>(at, end, out, {"not"})) return false;
    out.text.clear();
    return true;
}
bool take_sign(At& at, At end, Expr& out) {
    return take_operator<ExprKind::sum>(at, end, out, {"+", "-"});
}
bool take_some_or_every(At& at, At end, Expr& out) {
    return take_operator<ExprKind::quantifier>(at, end, out, {"some", "every"});
}
bool take_no(At& at, At end, Expr& out) {
    return take_operator<ExprKind::quantifier>(at, end, out, {"no"});
}

bool take_times(At& at, At end, Expr& out) {
    return take_operator<ExprKind::product>(at, end, out, {"times"});
}
// `some day d in`: the word is no name before another one.
bool take_day(At& at, At, Expr& out) {
    if (!is_word(*at, "day") || std::next(at)->kind != Kind::word || is_word(*std::next(at), "in"))
        return false;
    out.range = (at++)->range;
    return true;
}

// A leaf of the grammar: a function that takes tokens, and what to call it in an error.
struct Leaf : x3::parser<Leaf> {
    using attribute_type = Expr;
    static bool const has_attribute = true;
    using Take = bool (*)(At&, At, Expr&);

    Take take;
    const char* name;
    Leaf(Take function, const char* called) : take(function), name(called) {}

    template <class Context, class RuleContext, class Attribute>
    bool parse(At& first, At const& last, Context const&, RuleContext&, Attribute& out) const {
        Expr expr;
        if (first == last || !take(first, last, expr)) return false;
        x3::traits::move_to(std::move(expr), out);
        return true;
    }
};

// A fixed word or sign.
struct Word : x3::parser<Word> {
    using attribute_type = x3::unused_type;
    static bool const has_attribute = false;

    const char* word;
    explicit Word(const char* text) : word(text) {}

    template <class Context, class RuleContext, class Attribute>
    bool parse(At& first, At const& last, Context const&, RuleContext&, Attribute&) const {
        if (first == last || !is_word(*first, word)) return false;
        ++first;
        return true;
    }
};

// What can't follow a complete relation: another one.
struct NoRelation : x3::parser<NoRelation> {
    using attribute_type = x3::unused_type;
    static bool const has_attribute = false;

    template <class Context, class RuleContext, class Attribute>
    bool parse(At& first, At const& last, Context const&, RuleContext&, Attribute&) const {
        return first == last || !begins_relation(*first);
    }
};

}  // namespace
}  // namespace antinomy::grammar

namespace boost::spirit::x3 {
// An action doesn't change what its parser is called.
template <class Subject, class Action>
struct get_info<action<Subject, Action>> {
    using result_type = std::string;
    std::string operator()(const action<Subject, Action>& parser) const {
        return get_info<Subject>()(parser.subject);
    }
};
template <>
struct get_info<antinomy::grammar::Leaf> {
    using result_type = std::string;
    std::string operator()(const antinomy::grammar::Leaf& leaf) const { return leaf.name; }
};
template <>
struct get_info<antinomy::grammar::Word> {
    using result_type = std::string;
    std::string operator()(const antinomy::grammar::Word& word) const {
        return antinomy::grammar::shown(word.word);
    }
};
template <>
struct get_info<antinomy::grammar::NoRelation> {
    using result_type = std::string;
    std::string operator()(const antinomy::grammar::NoRelation&) const {
        return std::string(antinomy::grammar::chained);
    }
};
}  // namespace boost::spirit::x3

namespace antinomy::grammar {
namespace {

// ---------------------------------------------------------------- nodes

// A rule's Expr has taken its parts as children; these make the node of them. `end` is where the
// rule's last token ends, expr.range.begin where its first begins, brackets included.

void be_only_child(Expr& expr) {
    Expr child = std::move(expr.children.front());
    expr = std::move(child);
}

// One child stands for itself, more are joined.
template <ExprKind kind>
void join(Expr& expr, std::uint32_t end) {
    if (expr.children.size() == 1) return be_only_child(expr);
    expr.kind = kind;
    expr.range.end = end;
}

// not not x: the negations, then what they negate.
void negate(Expr& expr, std::uint32_t end) {
    while (expr.children.size() > 1) {
        Expr body = std::move(expr.children.back());
        expr.children.pop_back();
        Expr& outer = expr.children.back();
        outer.range.end = end;
        outer.children.push_back(std::move(body));
    }
    be_only_child(expr);
}

// left, relation, right
void relate(Expr& expr, std::uint32_t end) {
    if (expr.children.size() == 1) return be_only_child(expr);
    Expr node = std::move(expr.children[1]);
    node.range = {expr.range.begin, end};
    node.children.push_back(std::move(expr.children[0]));
    node.children.push_back(std::move(expr.children[2]));
    if (node.kind == ExprKind::compare) node.bound = Bound::at_least;
    expr = Expr();
    if (node.text != "not in") {
        expr = std::move(node);
        return;
    }
    node.text = "in";
    expr.kind = ExprKind::negation;
    expr.range = node.range;
    expr.children.push_back(std::move(node));
}

// left, sign, right: the sum so far is the left operand of the next.
void add(Expr& expr, std::uint32_t end) {
    const auto begin = expr.range.begin;
    if (expr.children.size() == 3) {
        Expr node = std::move(expr.children[1]);
        node.range = {begin, end};
        node.children.push_back(std::move(expr.children[0]));
        node.children.push_back(std::move(expr.children[2]));
        expr.children.clear();
        expr.children.push_back(std::move(node));
    }
}

void close(Expr& expr, std::uint32_t end) {
    expr.range.end = end;
}
void be_stretch(Expr& expr, std::uint32_t end) {
    expr.kind = ExprKind::stretch;
    expr.range.end = end;
}
void be_sum(Expr& expr, std::uint32_t) {
    be_only_child(expr);
}

// ---------------------------------------------------------------- actions

using Make = void (*)(Expr&, std::uint32_t);
const auto make = [](Make node) {
    return x3::eps[(
        [node](auto& c) { node(x3::_val(c), std::prev(x3::_where(c).begin())->range.end); })];
};
const auto from_here =
    x3::eps[([](auto& c) { x3::_val(c).range.begin = x3::_where(c).begin()->range.begin; })];
const auto push = [](auto& c) { x3::_val(c).children.push_back(std::move(x3::_attr(c))); };
const auto become = [](auto& c) { x3::_val(c) = std::move(x3::_attr(c)); };
const auto name = [](auto& c) {
    x3::_val(c).name = std::move(x3::_attr(c).text);
    x3::_val(c).part_ranges.push_back(x3::_attr(c).range);
};
const auto part = [](auto& c) {
    x3::_val(c).parts.push_back(std::move(x3::_attr(c).text));
    x3::_val(c).part_ranges.push_back(x3::_attr(c).range);
};
const auto side = [](auto& c) {
    x3::_val(c).sided = std::move(x3::_attr(c).text);
    x3::_val(c).sided_range = x3::_attr(c).range;
};
const auto call = [](auto& c) {
    x3::_val(c).kind = ExprKind::call;
    x3::_val(c).text = std::move(x3::_val(c).parts.front());
    x3::_val(c).parts.clear();
};
const auto arguments_of = [](auto& c) { x3::_val(c).children = std::move(x3::_attr(c).children); };
const auto amount = [](auto& c) {
    x3::_val(c).kind = ExprKind::relation;
    x3::_val(c).relation = TimeWord::distance;
    x3::_val(c).count = x3::_attr(c).count;
    x3::_val(c).unit = x3::_attr(c).unit;
};
const auto of_days = [](auto& c) { x3::_val(c).days = true; };
const auto or_word = [](auto& c) { x3::_val(c).allen += " or " + x3::_attr(c).allen; };
const auto be_near = [](auto& c) {
    x3::_val(c).relation = TimeWord::within;
    x3::_val(c).text = "near";
};
const auto direction_of = [](auto& c) { x3::_val(c).after = x3::_attr(c).after; };
// The bound was read before it turned out to be that of a distance.
const auto bounded = [](auto& c) {
    const Bound bound = x3::_val(c).bound;
    x3::_val(c) = std::move(x3::_attr(c));
    x3::_val(c).bound = bound;
};
const auto exactly = [](auto& c) {
    x3::_val(c) = std::move(x3::_attr(c));
    x3::_val(c).bound = Bound::exactly;
};

// ---------------------------------------------------------------- grammar

template <class Id>
using Rule = x3::rule<Id, Expr>;

const Rule<struct OrId> condition = "an expression";
const Rule<struct AndId> conjunction = "an expression";
const Rule<struct NotId> negation = "an expression";
const Rule<struct UnnegatedId> unnegated = "an expression";
const Rule<struct QuantifierId> quantifier = "an expression";
const Rule<struct RelationId> relation = "an expression";
const Rule<struct RelationWordId> relation_word = "a relation";
const Rule<struct DistanceId> distance = "a distance";
const Rule<struct FirmDistanceId> firm_distance = "a number of hours, days, weeks, months or years";
const Rule<struct SumId> sum = "an expression";
const Rule<struct ProductId> product = "an expression";
const Rule<struct PrimaryId> primary = "an expression";
const Rule<struct StretchId> stretch = "an expression";
const Rule<struct NamedId> named = "a name";
const Rule<struct PathId> path = "a name";
const Rule<struct ArgumentsId> arguments = "an argument or `)`";
const Rule<struct ArgumentId> argument = "an argument";

Word word(const char* text) {
    return Word(text);
}

const Leaf not_word(take_not, "`not`");
const Leaf some_or_every(take_some_or_every, "`some` or `every`");
const Leaf none(take_no, "`no`");
const Leaf relation_phrase(take_relation, "a relation");
const Leaf bound_phrase(take_bound, "`at least` or `at most`");
const Leaf allen_word(
    take_allen,
    "one of Allen's relations, `before`, `meets`, `overlaps`, `starts`, `during`, `finishes`, "
    "`equals`, `after`, `met-by`, `overlapped-by`, `started-by`, `contains`, "
    "`finished-by`");
const Leaf direction(take_direction, "`before` or `after`");
const Leaf duration(take_duration, "a number of hours, days, weeks, months or years");
const Leaf sign(take_sign, "`+` or `-`");
const Leaf times(take_times, "`times`");
const Leaf day_word(take_day, "`day`");
const Leaf literal(take_literal, "a literal");
const Leaf a_name(take_name, "a name");
const Leaf a_part(take_part, "a name");

const auto condition_def = from_here >> conjunction[push] >> *(word("or") > conjunction[push]) >>
                           make(join<ExprKind::any_of>);
const auto conjunction_def = from_here >> negation[push] >> *(word("and") > negation[push]) >>
                             make(join<ExprKind::all_of>);
const auto negation_def = (+not_word[push] > unnegated[push] > make(negate)) | unnegated[become];
const auto unnegated_def = quantifier[become] | relation[become];

// `no` begins a quantifier only before NAME `in`; else it is the opposite of yes.
const auto quantifier_def = ((some_or_every[become] > -day_word[of_days] > a_name[name] >
                              word("in")) |
                             (none[become] >> -day_word[of_days] >> a_name[name] >> word("in"))) >
                            sum[push] > word("satisfies") > word("(") > condition[push] >
                            word(")") > make(close);

const auto relation_def = from_here >> sum[push] >>
                          -(relation_word[push] > sum[push] > NoRelation()) >> make(relate);

const auto relation_word_def =
    (word("allen") > allen_word[become] > *(word("or") > allen_word[or_word])) |
    (word("within") >> duration[amount] >> word("of") >> x3::eps[be_near]) |
    (word("exactly") > firm_distance[exactly]) | (bound_phrase[become] >> -distance[bounded]) |
    distance[exactly] | relation_phrase[become];
const auto distance_def = duration[amount] >> direction[direction_of];
const auto firm_distance_def = duration[amount] > direction[direction_of];

const auto sum_def = from_here >> product[push] >> *((sign[push] > product[push]) >> make(add)) >>
                     make(be_sum);
const auto product_def = from_here >> primary[push] >>
                         *((times[push] > primary[push]) >> make(add)) >> make(be_sum);
const auto primary_def = duration[become] | literal[become] | stretch[become] | named[become] |
                         (word("(") > condition[become] > word(")"));
const auto stretch_def = from_here >> word("from") > sum[push] > word("to") > sum[push] >
                         make(be_stretch);

const auto rest_of_path = *(word(".") > a_part[part]) >>
                          -(word("according") > word("to") > a_name[side]);
const auto path_def = from_here >> a_name[part] >> rest_of_path >> make(close);
const auto named_def = from_here >> a_name[part] >>
                       ((word("(")[call] > arguments[arguments_of]) | rest_of_path) >> make(close);
const auto argument_def = (word("on") > condition[become]) | condition[become];
const auto arguments_def =
    word(")") | ((argument[push] >> *(word(",") > argument[push])) > word(")"));

BOOST_SPIRIT_DEFINE(condition, conjunction, negation, unnegated, quantifier, relation,
                    relation_word, distance, firm_distance, sum, product, primary, stretch, path,
                    named, arguments, argument)

// ---------------------------------------------------------------- entries

// The node after the first `left` ones, left to right, or none. The depth is bounded: brackets by
// max_bracket_depth, the left spine of a sum by the length of the text.
const Expr* node_after(const Expr& expr, std::size_t& left) {
    if (left-- == 0) return &expr;
    for (const auto& child : expr.children) {
        if (const auto* found = node_after(child, left)) return found;
    }
    return nullptr;
}

template <class Start>
Parsed<Expr> parse(string_view text, const Start& start, const Entry& entry) {
    const Tokens tokens = cut(text);
    At at = tokens.list.begin();
    const At end = tokens.list.end();
    Expr expr;
    try {
        if (!x3::parse(at, end, start, expr)) {
            return explain(tokens, at, &entry == &as_path ? "a name" : "an expression", entry);
        }
        if (at->kind != Kind::end || tokens.error) return explain(tokens, at, "the end", entry);
    } catch (const Stop& stop) {
        return explain(tokens, stop.where(), stop.which(), entry);
    }
    std::size_t left = max_nodes;
    if (const auto* node = node_after(expr, left)) {
        return SyntaxError{node->range, "more than 1000 names, values and relations",
                           "give parts of it a name under `define:`"};
    }
    return expr;
}

}  // namespace

Parsed<Expr> parse_condition(string_view text) {
    return parse(text, condition, as_condition);
}
Parsed<Expr> parse_value(string_view text) {
    return parse(text, sum, as_value);
}
Parsed<Expr> parse_binding(string_view text) {
    return parse(text, named, as_path);
}
Parsed<Expr> parse_path(string_view text) {
    return parse(text, path, as_path);
}

}  // namespace antinomy::grammar
