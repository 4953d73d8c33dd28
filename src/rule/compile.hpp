#pragma once
// From the text of a rule to typed terms: names resolved, defines written out, types checked.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rule/pack.hpp"
#include "rule/parses.hpp"

namespace antinomy::rule {

// A define: a named condition or value with parameters. `is` or `cases`.
struct Define {
    std::string name;
    std::vector<std::pair<std::string, std::string>> parameters;  // name, type name
    std::optional<grammar::Expr> is;
    std::vector<std::pair<grammar::Expr, grammar::Expr>> cases;  // when, value
    const text::Node* is_node = nullptr;                         // where they stand
    std::vector<std::pair<const text::Node*, const text::Node*>> case_nodes;
    bool good = true;  // what calls one that isn't fails without a word of its own
    text::Span span;
};

// What conditions come to when the defines that they call are written out, counted as it is done:
// a few lines of defines that each call the one before twice would else fill any memory.
inline constexpr std::size_t kDefineDepth = 16;    // of defines that call one another
inline constexpr std::size_t kTerms = 10'000;      // of one rule, or of one define
inline constexpr std::size_t kAllTerms = 500'000;  // of all packs of a case
struct Written {
    std::size_t terms = 0;
    bool told = false;  // that it is too much
};

struct Scope {
    std::string owner;         // "rule `x`"
    Written written;           // its own
    Written* all = nullptr;    // of all packs together
    Parses* parses = nullptr;  // not null where something is compiled
    const model::Vocabulary* vocabulary = nullptr;
    const std::map<std::string, Define, std::less<>>* defines = nullptr;
    const std::map<std::string, double, std::less<>>* policies = nullptr;
    const model::Policies* terms = nullptr;
    std::vector<std::string> sides;
    bool any_side = false;  // `between` is broken, and was told so
    struct Variable {
        std::string name;
        TypeRef type;
        int side = -1;
        int index = 0;
        bool visible = true;  // a quantified variable is seen inside its quantifier only
        bool days = false;    // one of the days of a period
    };
    std::vector<Variable> variables;
    int next_index = 0;
    const Among* among = nullptr;  // what the rule compares over a data set, once it is read
    bool reads_findings = false;
    std::vector<model::TypeId> reads_findings_of;
    std::vector<std::string> calls;  // defines that were put in, each once
};

// Checks a define by itself, with its parameters for variables.
[[nodiscard]] bool compile_define(const Define&, Scope&, text::Diagnostics&);
// Can it be written where the language expects a name?
[[nodiscard]] bool is_name(const std::string& text);
// Is it a function of the language?
[[nodiscard]] bool is_function(std::string_view name);

// Text of a pack on one line, each run of white space one blank.
[[nodiscard]] std::string folded(const std::string&);

// Parses and compiles one scalar of a pack. Nothing: errors were reported.
[[nodiscard]] std::optional<Condition> compile_condition(const text::Node&, Scope&,
                                                         text::Diagnostics&);
// The same of a value.
[[nodiscard]] std::optional<Condition> compile_value(const text::Node&, Scope&, text::Diagnostics&);
// What a binding ranges over; `side` is set from "according to".
[[nodiscard]] std::optional<Binding> compile_binding(const std::string& name, const text::Node&,
                                                     Scope&, text::Diagnostics&);
[[nodiscard]] std::optional<MessageText> compile_message(const text::Node&, Scope&,
                                                         text::Diagnostics&);

}  // namespace antinomy::rule
