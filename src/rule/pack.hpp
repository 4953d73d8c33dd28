#pragma once
// Rule packs: read, resolved and type-checked when they are loaded, never while a case is checked.
//
// A pack is a YAML file with `pack:`, and any of `vocabulary:`, `policies:`, `define:`,
// `calendars:`, `rules:`. A rule that does not load is named with its place, and the others load
// all the same (the run then exits 2).

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/policy.hpp"
#include "model/vocabulary.hpp"
#include "rule/term.hpp"
#include "text/document.hpp"

namespace antinomy::rule {

class Parses;  // parses.hpp

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
    // Not of the rule's own `unless`: the pack whose `exceptions` has it, or the rule that ranks
    // above this one and whose `where` it is.
    std::string pack;
    std::string rule;
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
    std::string forum;  // the law of this jurisdiction alone; empty: of any
};
// May a case of these forums ("TJ, icc") rest on it?
[[nodiscard]] bool counts_in(const Citation&, std::string_view forums);
// Its note, and where it counts: "where the forum is TJ; territory, nationality".
[[nodiscard]] std::string note_of(const Citation&);

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

// What a pack says of a rule of a pack that it extends.
struct Override {
    std::string pack;
    std::optional<Severity> severity;  // none: the rule is off
    std::string because;
    text::Span span;
};

// A rule that ranks below this one: where this one applies, that one's finding does not stand.
struct Over {
    std::string rule;  // as written; an alias will do
    std::string by;    // lex-superior, lex-specialis, lex-posterior; empty: not said
    text::Span span;
};

struct Rule {
    std::string id;
    std::vector<std::pair<std::string, text::Span>> aliases;  // ids that it had before
    std::vector<std::string> groups;
    bool mandatory = false;
    std::vector<Over> over;
    std::string title;
    std::string pack;
    RuleKind kind = RuleKind::law;
    Severity severity = Severity::error;
    Severity severity_written = Severity::error;  // in its own pack
    std::optional<Override> overridden;           // of the pack that counts
    std::string about;                            // charge | proceeding | exhibit | source
    std::string reaches;                          // exhibit | element | charge | record
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

struct Scope;  // compile.hpp

// The head of a pack.
struct PackHead {
    std::string id;
    std::string title;
    std::string version;
    text::Span span;  // of the id
    std::optional<time::Day> verified_on;
    text::Span verified_span;
    bool says_law = false;  // it has rules, defines or policies
    // Ids of the packs that it extends, as written; `file`: where one is, from this pack.
    struct Base {
        std::string id;
        std::string file;
        text::Span span;
    };
    std::vector<Base> extends;
};
// The head of a parsed pack as far as it can be read, without a word of what is wrong with it.
[[nodiscard]] std::vector<PackHead::Base> bases_of(const text::Node& root);

class Packs {
public:
    // Adds the vocabulary and the policies of a parsed pack; its rules are compiled by `finish`.
    void add(std::string path, std::shared_ptr<const text::Node> root, text::Diagnostics&);
    void add(std::string path, const text::Node* root, text::Diagnostics&);
    // Resolves the vocabulary, compiles every rule, orders the strata.
    void finish(text::Diagnostics&);

    [[nodiscard]] const model::Vocabulary& vocabulary() const { return vocabulary_; }
    [[nodiscard]] const std::vector<Rule>& rules() const { return rules_; }
    // Rules that a pack has turned off: compiled, and never judged.
    [[nodiscard]] const std::vector<Rule>& off() const { return off_; }
    // By the id or one that it had before. Of those that are judged; null: none.
    [[nodiscard]] const Rule* find(std::string_view id) const;
    [[nodiscard]] const Rule* find_off(std::string_view id) const;
    // The id of the rule that had this one before; else the same again.
    [[nodiscard]] std::string canonical(std::string_view id) const;
    [[nodiscard]] const std::map<std::string, std::string, std::less<>>& aliases() const {
        return aliases_;
    }
    [[nodiscard]] std::vector<const PackHead*> heads() const;
    [[nodiscard]] std::vector<std::string> ids() const;
    [[nodiscard]] const std::map<std::string, double, std::less<>>& policies() const {
        return policies_;
    }
    // Policies that are terms or have dates; none of them is among the others.
    [[nodiscard]] const model::Policies& terms() const { return terms_; }
    // What a value of such a policy rests on, value by value.
    [[nodiscard]] const std::vector<std::vector<Citation>>& policy_basis(
        std::string_view name) const;
    // Where a pack sets the policy: of several, the one that extends the others. No place: no pack
    // does.
    [[nodiscard]] text::Span policy_place(std::string_view name) const;
    // What it decides, in the words of the pack that sets it; empty: not said.
    [[nodiscard]] const std::string& policy_about(std::string_view name) const;
    // Null if there is none of that name.
    [[nodiscard]] const WrittenDefine* find_define(std::string_view name) const;
    // Puts a rule in the place of the one that has its id and gives that one back. It must be of
    // the same types and order: the same rule, changed inside a condition.
    Rule replace(Rule);
    // The rules' own examples are compiled only where they are asked for.
    bool with_tests = false;
    // What was parsed already, shared with other packs of the same documents; null: none.
    std::shared_ptr<Parses> parses;

private:
    struct Source {
        std::string path;
        PackHead head;
        const text::Node* root;
        std::shared_ptr<const text::Node> owned;
        std::set<std::size_t> below;  // all packs that it extends, by way of others too
    };
    // One pack's word on a policy.
    struct Setting {
        std::size_t source;
        double value = 0;
        text::Span span;
        model::Policy policy;  // of a term or dated; else without values
        std::vector<std::vector<Citation>> basis;
        std::string about;
    };
    void read_head(const text::Node&, PackHead&, text::Diagnostics&);
    void read_policies(const text::Node&, std::size_t source, text::Diagnostics&);
    void link(text::Diagnostics&);  // who extends whom
    void settle_policies(text::Diagnostics&);
    void settle_aliases(text::Diagnostics&);
    void override_rules(text::Diagnostics&);
    // `exceptions:` of packs, put into the rules that they are for.
    void add_exceptions(const Scope&, text::Diagnostics&);
    void rank_rules(text::Diagnostics&);  // `over:`
    [[nodiscard]] std::size_t source_of(std::string_view pack) const;
    // Ids of rules as the packs have them, also of what did not load.
    [[nodiscard]] std::set<std::string> written_rules() const;
    // Is one of the two packs above the other?
    [[nodiscard]] bool above(std::size_t one, std::size_t other) const {
        return sources_[one].below.count(other) != 0;
    }
    // Of what several packs say of one thing, that of the pack which extends the others; if none
    // does and they differ, an error at both places.
    template <class Said, class Same>
    const Said* highest(const std::vector<Said>&, const std::string& what, const Same&,
                        text::Diagnostics&) const;

    std::vector<Source> sources_;
    model::Vocabulary vocabulary_;
    std::map<std::string, std::vector<Setting>, std::less<>> settings_;
    std::map<std::string, double, std::less<>> policies_;
    model::Policies terms_;
    std::map<std::string, std::vector<std::vector<Citation>>, std::less<>> policy_basis_;
    std::map<std::string, text::Span, std::less<>> policy_places_;
    std::map<std::string, std::string, std::less<>> policy_about_;
    std::map<std::string, std::string, std::less<>> aliases_;  // to the id
    std::map<std::string, WrittenDefine, std::less<>> defines_;
    std::vector<Rule> rules_;
    std::vector<Rule> off_;
};

// Ids of what the engine itself finds, for `expect`, `suppress` and `--rules`.
[[nodiscard]] const std::vector<std::string>& builtin_rules();

}  // namespace antinomy::rule
