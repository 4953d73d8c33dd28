#pragma once
// Rule packs: read, resolved and type-checked when they are loaded, never while a case is checked.
//
// A pack is a YAML file with `pack:`, and any of `vocabulary:`, `policies:`, `define:`,
// `calendars:`, `rules:`. A rule that does not load is named with its place, and the others load
// all the same (the run then exits 2).

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/vocabulary.hpp"
#include "rule/term.hpp"
#include "text/document.hpp"

namespace antinomy::rule {

enum class RuleKind { fact, law };
enum class Severity { error, warning, review, info };
enum class Between { none, accounts, sources };
[[nodiscard]] std::string_view word(Severity);

struct Binding {
    std::string name;
    Term source;    // records of a type, a path, or Op::field for every stated field
    int side = -1;  // of `according to`: paths from this binding are read there
    int beside =
        -1;        // of the second of `a, b: list`: the first. Two different records, each two once
    TypeRef type;  // of one item
    std::string written;
    text::Span span;
};

struct Condition {
    Term term;
    std::string written;               // as in the pack, white space folded
    text::Span span;                   // of the scalar
    const text::Node* node = nullptr;  // the scalar itself: a term's range lies in it
};

struct Exception {
    Condition when;
    std::string because;
    std::vector<Exception> unless;
};

struct MessagePiece {
    std::string text;
    std::optional<Term> term;
    std::string function;        // "", "days", "apart", "word", "anchor": how the term is worded
    std::optional<Term> second;  // of days(a, b) and apart(a, b)
};
using MessageText = std::vector<MessagePiece>;

struct Citation {
    std::string cite;
    std::string note;
    bool unverified = false;
};

struct Expected {
    std::string at;
    std::string verdict = "certain";
    std::vector<std::string> accounts;
    bool has_accounts = false;
    text::Span span;
};

struct Example {
    std::string name;
    const text::Node* body = nullptr;  // the case
    std::vector<Expected> expect;
    text::Span span;
};

// A change of the rule that no example can notice, and why (mutants.hpp).
struct Survivor {
    std::string change;  // canonical
    std::string because;
    text::Span span;
};

// What a rule compares over a whole data set: amounts of all that is alike.
struct Among {
    std::string rule;              // whose it is
    int at = 0;                    // the binding that the rule is about
    std::string name;              // `peers`: as conditions call them
    std::vector<Condition> alike;  // values that those of one group have in common
    Condition value;               // the amount: a number or a duration
    std::size_t at_least = 2;      // fewer than so many are no group: a gap
    text::Span span;
};

struct Rule {
    std::string id;
    std::string title;
    std::string pack;
    RuleKind kind = RuleKind::law;
    Severity severity = Severity::error;
    std::string about;    // charge | proceeding | exhibit | source
    std::string reaches;  // exhibit | element | charge | record
    bool presumption = false;
    Between between = Between::none;
    std::vector<std::string> sides;  // two names, if between
    std::vector<Binding> bindings;
    int at = 0;  // binding the finding is about
    std::optional<Among> among;
    std::optional<Condition> where;
    Condition require;
    std::vector<Exception> unless;
    std::string burden;
    MessageText message;
    MessageText possible;
    std::string message_written;   // as in the pack, white space folded
    std::string possible_written;  // empty: the message serves both
    std::string help;
    std::vector<Citation> basis;
    std::vector<Example> tests;
    std::vector<Survivor> survives;  // read with the examples
    text::Span span;
    int stratum = 0;  // rules that read findings come after those they read
    bool reads_findings = false;
    std::vector<model::TypeId> reads_findings_of;  // of records of these types, by `fails`
    std::vector<std::string> defines;              // that it calls, and that these call
    std::size_t variable_count = 0;                // bindings and quantified variables together
};

// A define as its pack has it, for readers: the conditions of rules hold it written out.
struct WrittenDefine {
    std::string name;
    std::vector<std::pair<std::string, std::string>> parameters;  // name, type name
    std::string is;                                               // empty: it has cases
    std::vector<std::pair<std::string, std::string>> cases;       // when, is
    text::Span span;
};

class Packs {
public:
    // Adds the vocabulary and the policies of a parsed pack; its rules are compiled by `finish`.
    void add(std::string path, std::shared_ptr<const text::Node> root, text::Diagnostics&);
    void add(std::string path, const text::Node* root, text::Diagnostics&);
    // Resolves the vocabulary, compiles every rule, orders the strata.
    void finish(text::Diagnostics&);

    [[nodiscard]] const model::Vocabulary& vocabulary() const { return vocabulary_; }
    [[nodiscard]] const std::vector<Rule>& rules() const { return rules_; }
    [[nodiscard]] const Rule* find(std::string_view id) const;
    [[nodiscard]] std::vector<std::string> ids() const;
    [[nodiscard]] const std::map<std::string, double, std::less<>>& policies() const {
        return policies_;
    }
    // Where a pack sets the policy (the last one to do so counts); no place: no pack does.
    [[nodiscard]] text::Span policy_place(std::string_view name) const;
    // Null if there is none of that name.
    [[nodiscard]] const WrittenDefine* find_define(std::string_view name) const;
    // Puts a rule in the place of the one that has its id and gives that one back. It must be of
    // the same types and order: the same rule, changed inside a condition.
    Rule replace(Rule);
    // The rules' own examples are compiled only where they are asked for.
    bool with_tests = false;

private:
    struct Source {
        std::string path;
        std::string id;
        const text::Node* root;
        std::shared_ptr<const text::Node> owned;
    };
    std::string read_head(const text::Node&, text::Diagnostics&);
    void read_policies(const text::Node&, text::Diagnostics&);

    std::vector<Source> sources_;
    model::Vocabulary vocabulary_;
    std::map<std::string, double, std::less<>> policies_;
    std::map<std::string, text::Span, std::less<>> policy_places_;
    std::map<std::string, WrittenDefine, std::less<>> defines_;
    std::vector<Rule> rules_;
};

// Ids of what the engine itself finds, for `expect`, `suppress` and `--rules`.
[[nodiscard]] const std::vector<std::string>& builtin_rules();

}  // namespace antinomy::rule
