#include "rule/pack.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <set>

#include "grammar/condition.hpp"
#include "grammar/time.hpp"
#include "model/keys.hpp"
#include "rule/compile.hpp"
#include "rule/keys.hpp"
#include "rule/mutants.hpp"
#include "text/nearest.hpp"
#include "time/conventions.hpp"

namespace antinomy::rule {

using text::Node;

namespace {

const std::vector<std::string> kTopKeys = text::names_of(top_keys());
const std::vector<std::string> kPackKeys = text::names_of(pack_keys());
const std::vector<std::string> kRuleKeys = text::names_of(rule_keys());
const std::vector<std::string> kNotYet{"over",     "group",    "mandatory", "extends",
                                       "override", "relation", "aliases"};
const std::vector<std::string> kSeverities = text::names_of(severities());
const std::vector<std::string> kAbout = text::names_of(abouts());
const std::vector<std::string> kReaches = text::names_of(reaches());
const std::vector<std::string> kVerdicts = text::names_of(model::verdicts());

bool listed(const std::vector<std::string>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

constexpr const char* kLanguageName =
    "use letters, digits, `-` and `_`, a letter first, and no word of the language";

void unknown_key(const Node& key, std::string_view what, const std::vector<std::string>& known,
                 text::Diagnostics& diagnostics) {
    if (listed(kNotYet, key.text))
        diagnostics.error(key.span, "not-supported", "`" + key.text + "` is not supported yet",
                          "leave it out for now");
    else
        diagnostics.error(key.span, "unknown-key",
                          std::string(what) + " has no key `" + key.text + "`",
                          text::did_you_mean(key.text, known));
}

class Reader {
public:
    Reader(const model::Vocabulary& vocabulary,
           const std::map<std::string, double, std::less<>>& policies,
           std::map<std::string, Define, std::less<>>& defines, text::Diagnostics& diagnostics,
           bool with_tests)
        : vocabulary_(vocabulary),
          policies_(policies),
          defines_(defines),
          diagnostics_(diagnostics),
          with_tests_(with_tests) {}

    void read_defines(const Node& root) {
        const auto* node = root.find("define");
        if (node == nullptr) return;
        if (!node->is_mapping())
            return wrong(*node, "defines by name",
                         "write `define: {name: {given: {...}, is: ...}}`");
        for (const auto& [key, value] : node->entries) {
            Define d;
            d.name = key.text;
            d.span = key.span;
            if (!value.is_mapping()) {
                wrong(value, "{given: ..., is: ...}", "write `given:` and `is:`");
                continue;
            }
            bool good = true;
            if (!is_name(d.name)) {
                error(key.span, "bad-name", "`" + d.name + "` is no name of a define",
                      kLanguageName);
                good = false;
            } else if (is_function(d.name)) {
                error(key.span, "name-taken", "`" + d.name + "` is a function of the language",
                      "give the define another name");
                good = false;
            }
            const auto before = diagnostics_.error_count();
            for (const auto& [k, v] : value.entries) {
                if (k.text == "given") {
                    if (!v.is_mapping()) {
                        wrong(v, "parameters by name", "write `given: {e: event}`");
                        good = false;
                    }
                    for (const auto& [name, type] : v.entries) {
                        if (!is_name(name.text)) {
                            error(name.span, "bad-name",
                                  "`" + name.text + "` is no name of a parameter", kLanguageName);
                            good = false;
                        } else if (vocabulary_.find(name.text).valid()) {
                            error(name.span, "name-taken",
                                  "`" + name.text + "` is the name of a type",
                                  "give the parameter another name");
                            good = false;
                        }
                        if (!type.is_scalar()) {
                            wrong(type, "the name of a type", "write `given: {e: event}`");
                            good = false;
                            continue;
                        }
                        if (!vocabulary_.find(type.text).valid() && type.text != "date") {
                            auto known = vocabulary_.names();
                            known.emplace_back("date");
                            error(type.span, "unknown-type", "no type `" + type.text + "`",
                                  text::did_you_mean(type.text, known));
                            good = false;
                        }
                        d.parameters.emplace_back(name.text, type.text);
                    }
                } else if (k.text == "is") {
                    d.is = parse(v);
                    d.is_node = &v;
                    good = good && d.is.has_value();
                } else if (k.text == "cases") {
                    if (!v.is_sequence() || v.items.empty()) {
                        wrong(v, "a list of {when, is}", "write `cases: [{when: ..., is: ...}]`");
                        good = false;
                        continue;
                    }
                    for (const auto& item : v.items) {
                        const auto* when = item.find("when");
                        const auto* is = item.find("is");
                        const auto known = diagnostics_.error_count();
                        if (!item.is_mapping()) {
                            wrong(item, "{when: ..., is: ...}", "write `{when: ..., is: ...}`");
                            good = false;
                            continue;
                        }
                        for (const auto& [ck, cv] : item.entries)
                            if (ck.text != "when" && ck.text != "is")
                                unknown(ck, "a case of a define",
                                        text::names_of(define_case_keys()));
                        if (diagnostics_.error_count() != known) {
                            good = false;
                            continue;
                        }
                        if (when == nullptr || is == nullptr) {
                            error(item.span, "missing-key",
                                  "a case of a define has `when` and `is`",
                                  "add the one that is missing");
                            good = false;
                            continue;
                        }
                        auto w = parse(*when);
                        auto i = parse(*is);
                        if (w && i) {
                            d.cases.emplace_back(std::move(*w), std::move(*i));
                            d.case_nodes.emplace_back(when, is);
                        } else {
                            good = false;
                        }
                    }
                } else {
                    unknown(k, "a define", text::names_of(define_keys()));
                }
            }
            if (diagnostics_.error_count() != before) good = false;
            if (good && !d.is && d.cases.empty()) {
                error(key.span, "missing-key", "define `" + d.name + "` says nothing",
                      "add `is:` or `cases:`");
                good = false;
            }
            if (good && d.is && !d.cases.empty()) {
                error(key.span, "misplaced-key", "define `" + d.name + "` has `is` and `cases`",
                      "keep one");
                good = false;
            }
            d.good = good;
            if (const auto it = defines_.find(d.name); it != defines_.end()) {
                auto& e = error(key.span, "defined-twice", "`" + d.name + "` is defined twice",
                                "rename one");
                e.related.push_back({it->second.span, "first defined here"});
                continue;
            }
            defines_.emplace(d.name, std::move(d));
        }
    }

    // Each define by itself, after those that it calls.
    void check_defines() {
        for (auto& [name, define] : defines_) check_define(define);
    }

    void read_rules(const Node& root, const std::string& pack, std::vector<Rule>& out) {
        const auto* node = root.find("rules");
        if (node == nullptr) return;
        if (!node->is_sequence())
            return wrong(*node, "a list of rules", "write `rules:` and `- id: ...` below it");
        for (const auto& item : node->items) {
            if (!item.is_mapping()) {
                wrong(item, "the keys of a rule", "write `- id: ...`");
                continue;
            }
            read_rule(item, pack, out);
        }
    }

private:
    void check_define(Define& define) {
        if (checked_.count(define.name) != 0) return;
        const auto in = std::find(calling_.begin(), calling_.end(), &define);
        if (in != calling_.end()) {
            std::string circle;
            for (auto it = in; it != calling_.end(); ++it) {
                circle += "`" + (*it)->name + "` calls ";
                (*it)->good = false;
            }
            error(define.span, "define-circle",
                  "defines call one another in a circle: " + circle + "`" + define.name + "`",
                  "write one of them without the others");
            return;
        }
        calling_.push_back(&define);
        const std::function<void(const grammar::Expr&)> walk = [&](const grammar::Expr& e) {
            if (e.kind == grammar::ExprKind::call)
                if (const auto it = defines_.find(e.text); it != defines_.end())
                    check_define(it->second);
            for (const auto& child : e.children) walk(child);
        };
        if (define.is) walk(*define.is);
        for (const auto& [when, is] : define.cases) {
            walk(when);
            walk(is);
        }
        calling_.pop_back();
        if (define.good) {
            Scope scope;
            scope.vocabulary = &vocabulary_;
            scope.defines = &defines_;
            scope.policies = &policies_;
            define.good = compile_define(define, scope, diagnostics_);
        }
        checked_.insert(define.name);
    }

    text::Diagnostic& error(text::Span span, std::string code, std::string message,
                            std::string help) {
        return diagnostics_.error(span, std::move(code), std::move(message), std::move(help));
    }
    void wrong(const Node& node, std::string_view what, std::string help) {
        error(node.span, "wrong-type",
              "expected " + std::string(what) + ", found " + std::string(kind_word(node)),
              std::move(help));
    }
    void unknown(const Node& key, std::string_view what, const std::vector<std::string>& known) {
        unknown_key(key, what, known, diagnostics_);
    }

    std::optional<grammar::Expr> parse(const Node& node) {
        if (!node.is_scalar()) {
            wrong(node, "a condition or a value", "put it in quotes if it has a comma or a `: `");
            return std::nullopt;
        }
        auto parsed = grammar::parse_condition(node.text);
        if (auto* e = std::get_if<grammar::SyntaxError>(&parsed)) {
            error(node.inside(e->range.begin, e->range.end), "bad-condition", e->message,
                  e->help.empty() ? "see grammar/README.md; if YAML cut the text, put it in quotes"
                                  : e->help);
            return std::nullopt;
        }
        return std::get<grammar::Expr>(parsed);
    }

    std::string choice(const Node& node, std::string_view what,
                       const std::vector<std::string>& known) {
        if (!node.is_scalar()) return text_of(node, "a word");
        if (!listed(known, node.text)) {
            error(node.span, "unknown-word", "`" + node.text + "` is no " + std::string(what),
                  text::did_you_mean(node.text, known));
            good_ = false;
            return {};
        }
        return node.text;
    }

    std::string text_of(const Node& node, std::string_view what) {
        if (!node.is_scalar()) {
            wrong(node, std::string(what), "write one text");
            good_ = false;
            return {};
        }
        return node.text;
    }

    void read_rule(const Node& node, const std::string& pack, std::vector<Rule>& out) {
        good_ = true;
        any_side_ = false;
        const auto before = diagnostics_.error_count();
        Rule rule;
        rule.pack = pack;
        rule.span = node.span;
        rule.about = "record";
        rule.reaches = "record";
        const Node* for_node = nullptr;
        const Node* where = nullptr;
        const Node* require = nullptr;
        const Node* unless = nullptr;
        const Node* at = nullptr;
        const Node* message = nullptr;
        const Node* possible = nullptr;
        const Node* tests = nullptr;
        const Node* survives = nullptr;
        for (const auto& [k, v] : node.entries) {
            if (k.text == "id") {
                rule.id = text_of(v, "an id");
                rule.span = v.span;
            } else if (k.text == "title")
                rule.title = text_of(v, "a title");
            else if (k.text == "kind") {
                const auto w = choice(v, "kind of rule", text::names_of(kinds()));
                rule.kind = w == "fact" ? RuleKind::fact : RuleKind::law;
            } else if (k.text == "severity") {
                const auto w = choice(v, "severity", kSeverities);
                rule.severity = w == "warning"  ? Severity::warning
                                : w == "review" ? Severity::review
                                : w == "info"   ? Severity::info
                                                : Severity::error;
            } else if (k.text == "about")
                rule.about = choice(v, "thing a rule is about", kAbout);
            else if (k.text == "reaches")
                rule.reaches = choice(v, "reach of a rule", kReaches);
            else if (k.text == "presumption") {
                const auto w = choice(v, "answer", {"yes", "no", "true", "false"});
                rule.presumption = w == "yes" || w == "true";
            } else if (k.text == "between")
                read_between(v, rule);
            else if (k.text == "for")
                for_node = &v;
            else if (k.text == "at")
                at = &v;
            else if (k.text == "where")
                where = &v;
            else if (k.text == "require")
                require = &v;
            else if (k.text == "unless")
                unless = &v;
            else if (k.text == "burden")
                rule.burden = text_of(v, "a side");
            else if (k.text == "message")
                message = &v;
            else if (k.text == "possible")
                possible = &v;
            else if (k.text == "help")
                rule.help = text_of(v, "a help text");
            else if (k.text == "basis")
                read_basis(v, rule);
            else if (k.text == "tests")
                tests = &v;
            else if (k.text == "survives")
                survives = &v;
            else {
                unknown(k, "a rule", kRuleKeys);
                good_ = false;
            }
        }
        const bool told = diagnostics_.error_count() != before;
        if (rule.id.empty()) {
            if (!told) error(node.span, "missing-key", "a rule has no `id`", "add `id:`");
            return;
        }
        if (!model::good_id(rule.id)) {
            error(rule.span, "bad-name", "`" + rule.id + "` is no id of a rule", model::kNameHelp);
            good_ = false;
        }
        for (const auto& other : out)
            if (other.id == rule.id) {
                auto& d = error(rule.span, "defined-twice",
                                "rule `" + rule.id + "` is defined twice", "rename one");
                d.related.push_back({other.span, "first defined here"});
                return;
            }
        if (listed(builtin_rules(), rule.id)) {
            error(rule.span, "defined-twice", "`" + rule.id + "` is built in", "choose another id");
            return;
        }
        for (const auto& [what, present] :
             {std::pair{"for", for_node}, {"require", require}, {"message", message}})
            if (present == nullptr) {
                good_ = false;
                // A slip in a key may be why.
                if (told) continue;
                error(rule.span, "missing-key", "rule `" + rule.id + "` has no `" + what + "`",
                      std::string("add `") + what + ":`");
            }
        if (!good_ && (for_node == nullptr || require == nullptr)) return;

        Scope scope;
        scope.vocabulary = &vocabulary_;
        scope.defines = &defines_;
        scope.policies = &policies_;
        scope.sides = rule.sides;
        scope.any_side = any_side_;
        if (for_node->is_mapping() && for_node->entries.empty()) {
            error(for_node->span, "missing-value", "`for` binds nothing",
                  "write `for: {e: evidence}`");
            return;
        }
        if (!for_node->is_mapping()) {
            wrong(*for_node, "bindings by name", "write `for: {e: evidence}`");
            return;
        }
        bool bound = true;
        for (const auto& [key, value] : for_node->entries) {
            if (!is_name(key.text)) {
                error(key.span, "bad-name", "`" + key.text + "` is no name of a binding",
                      kLanguageName);
                bound = false;
                continue;
            }
            if (vocabulary_.find(key.text).valid() || key.text == "field") {
                error(key.span, "name-taken", "`" + key.text + "` is the name of a type",
                      "give the binding another name");
                bound = false;
                continue;
            }
            if (clashes_with_word(key)) bound = false;
            auto binding = compile_binding(key.text, value, scope, diagnostics_);
            if (!binding) {
                bound = false;
                continue;
            }
            scope.variables.push_back(
                {binding->name, binding->type, binding->side, scope.next_index++, true});
            rule.bindings.push_back(std::move(*binding));
        }
        if (!bound) return;
        if (at != nullptr && text_of(*at, "the name of a binding").empty()) return;
        if (at != nullptr) {
            rule.at = -1;
            for (std::size_t i = 0; i < rule.bindings.size(); ++i)
                if (rule.bindings[i].name == at->text) rule.at = static_cast<int>(i);
            if (rule.at < 0) {
                std::vector<std::string> known;
                for (const auto& b : rule.bindings) known.push_back(b.name);
                error(at->span, "unknown-name", "`at` names no binding: `" + at->text + "`",
                      text::did_you_mean(at->text, known));
                return;
            }
        }
        if (where != nullptr) {
            rule.where = compile_condition(*where, scope, diagnostics_);
            good_ = good_ && rule.where.has_value();
        }
        if (auto c = compile_condition(*require, scope, diagnostics_))
            rule.require = std::move(*c);
        else
            good_ = false;
        if (unless != nullptr) read_exceptions(*unless, scope, rule.unless, 0);
        if (message != nullptr) {
            if (auto m = compile_message(*message, scope, diagnostics_))
                rule.message = std::move(*m);
            else
                good_ = false;
        }
        if (possible != nullptr) {
            if (auto m = compile_message(*possible, scope, diagnostics_))
                rule.possible = std::move(*m);
            else
                good_ = false;
        } else {
            rule.possible = rule.message;
        }
        if (message != nullptr) rule.message_written = folded(message->text);
        if (possible != nullptr) rule.possible_written = folded(possible->text);
        if (tests != nullptr && with_tests_) read_tests(*tests, rule);
        if (survives != nullptr && with_tests_) read_survivors(*survives, rule);
        rule.reads_findings = scope.reads_findings;
        rule.variable_count = static_cast<std::size_t>(scope.next_index);
        if (!good_) return;
        rule.reads_findings_of = std::move(scope.reads_findings_of);
        rule.defines = std::move(scope.calls);
        out.push_back(std::move(rule));
    }

    bool clashes_with_word(const Node& key) {
        for (const auto& type : vocabulary_.types())
            for (const auto& field : type.fields)
                if (listed(field.words, key.text)) {
                    error(key.span, "ambiguous-word",
                          "binding `" + key.text + "` has the name of a word of `" + type.name +
                              "." + field.name + "`",
                          "rename the binding");
                    return true;
                }
        return false;
    }

    void read_between(const Node& node, Rule& rule) {
        // between: [one, other]  or  between: {accounts: [one, other]} / {sources: [one, other]}
        const Node* names = &node;
        rule.between = Between::accounts;
        if (node.is_mapping() && node.entries.size() == 1) {
            const auto& [key, value] = node.entries.front();
            if (key.text == "sources")
                rule.between = Between::sources;
            else if (key.text != "accounts") {
                unknown(key, "`between`", text::names_of(between_keys()));
                good_ = false;
            }
            names = &value;
            if (!good_) any_side_ = true;
        }
        if (!names->is_sequence() || names->items.size() != 2 ||
            names->items[0].text == names->items[1].text) {
            error(names->span, "wrong-type", "`between` gives two different names to the two sides",
                  "write `between: [accuser, accused]`");
            good_ = false;
            any_side_ = true;
            rule.between = Between::none;
            return;
        }
        for (const auto& n : names->items) rule.sides.push_back(n.text);
    }

    void read_basis(const Node& node, Rule& rule) {
        if (!node.is_sequence()) {
            wrong(node, "a list of citations", "write `basis: [{cite: ...}]`");
            good_ = false;
            return;
        }
        for (const auto& item : node.items) {
            Citation c;
            const auto before = diagnostics_.error_count();
            if (item.is_scalar()) {
                c.cite = item.text;
            } else if (!item.is_mapping()) {
                wrong(item, "a citation", "write {cite: ...}");
                good_ = false;
            } else {
                for (const auto& [k, v] : item.entries) {
                    if (k.text == "cite")
                        c.cite = text_of(v, "a citation");
                    else if (k.text == "note")
                        c.note = text_of(v, "a note");
                    else if (k.text == "status")
                        c.unverified = choice(v, "status of a citation",
                                              text::names_of(statuses())) == "unverified";
                    else {
                        unknown(k, "a citation", text::names_of(citation_keys()));
                        good_ = false;
                    }
                }
            }
            if (c.cite.empty() && diagnostics_.error_count() == before) {
                error(item.span, "missing-key", "a citation has no `cite`", "write {cite: ...}");
                good_ = false;
            }
            rule.basis.push_back(std::move(c));
        }
    }

    void read_exceptions(const Node& node, Scope& scope, std::vector<Exception>& out, int depth) {
        if (!node.is_sequence()) {
            wrong(node, "a list of {when, because}", "write `unless: [{when: ..., because: ...}]`");
            good_ = false;
            return;
        }
        if (depth > 4) {
            error(node.span, "too-deep", "exceptions are nested deeper than 4",
                  "write them side by side");
            good_ = false;
            return;
        }
        for (const auto& item : node.items) {
            Exception x;
            if (!item.is_mapping()) {
                wrong(item, "{when: ..., because: ...}", "write {when: ..., because: ...}");
                good_ = false;
                continue;
            }
            const auto before = diagnostics_.error_count();
            const auto* when = item.find("when");
            for (const auto& [k, v] : item.entries) {
                if (k.text == "because")
                    x.because = text_of(v, "a reason");
                else if (k.text == "unless")
                    read_exceptions(v, scope, x.unless, depth + 1);
                else if (k.text != "when") {
                    unknown(k, "an exception", text::names_of(exception_keys()));
                    good_ = false;
                }
            }
            if (when == nullptr) {
                good_ = false;
                if (diagnostics_.error_count() == before)
                    error(item.span, "missing-key", "an exception has no `when`",
                          "write {when: ..., because: ...}");
                continue;
            }
            if (auto c = compile_condition(*when, scope, diagnostics_)) {
                x.when = std::move(*c);
                out.push_back(std::move(x));
            } else {
                good_ = false;
            }
        }
    }

    void read_expected(const Node& node, Example& example) {
        if (!node.is_mapping())
            return wrong(node, "{at: ..., verdict: ...}", "write {at: ..., verdict: certain}");
        Expected x;
        x.span = node.span;
        for (const auto& [k, v] : node.entries) {
            if (k.text == "at")
                x.at = text_of(v, "a place");
            else if (k.text == "verdict")
                x.verdict = choice(v, "verdict", kVerdicts);
            else if (k.text == "accounts") {
                x.has_accounts = true;
                if (!v.is_sequence()) wrong(v, "a list of accounts", "write [a, b]");
                for (const auto& a : v.items) x.accounts.push_back(text_of(a, "an account"));
                std::sort(x.accounts.begin(), x.accounts.end());
            } else {
                unknown(k, "an expectation", text::names_of(expected_keys()));
            }
        }
        example.expect.push_back(std::move(x));
    }

    void read_tests(const Node& node, Rule& rule) {
        if (!node.is_sequence()) {
            wrong(node, "a list of examples",
                  "write `tests: [{name: ..., case: {...}, expect: [...]}]`");
            good_ = false;
            return;
        }
        for (const auto& item : node.items) {
            if (!item.is_mapping()) {
                wrong(item, "an example", "write {name: ..., case: {...}, expect: [...]}");
                good_ = false;
                continue;
            }
            Example example;
            example.span = item.span;
            const Node* expect = nullptr;
            const auto before = diagnostics_.error_count();
            for (const auto& [k, v] : item.entries) {
                if (k.text == "name") {
                    example.name = text_of(v, "a name");
                    example.span = v.span;
                } else if (k.text == "case") {
                    example.body = &v;
                    if (!v.is_mapping()) wrong(v, "the keys of a case", "write `case: {...}`");
                } else if (k.text == "expect") {
                    expect = &v;
                    if (!v.is_sequence())
                        wrong(v, "a list", "write `expect: []` or `expect: [{at: ...}]`");
                } else {
                    unknown(k, "an example", text::names_of(example_keys()));
                }
            }
            if (diagnostics_.error_count() == before)
                for (const auto& [what, there] : {std::pair{"name", !example.name.empty()},
                                                  {"case", example.body != nullptr},
                                                  {"expect", expect != nullptr}})
                    if (!there)
                        error(item.span, "missing-key",
                              "an example has no `" + std::string(what) + "`",
                              "add `" + std::string(what) + ":`");
            if (diagnostics_.error_count() != before) {
                good_ = false;
                continue;
            }
            for (const auto& e : expect->items) read_expected(e, example);
            if (diagnostics_.error_count() != before) good_ = false;
            rule.tests.push_back(std::move(example));
        }
    }

    void read_survivors(const Node& node, Rule& rule) {
        constexpr const char* kHelp =
            "write `survives: [{change: \"a before b -> a not after b\", because: ...}]`";
        if (!node.is_sequence()) {
            wrong(node, "a list of changes", kHelp);
            good_ = false;
            return;
        }
        for (const auto& item : node.items) {
            if (!item.is_mapping()) {
                wrong(item, "a change and its reason", kHelp);
                good_ = false;
                continue;
            }
            const auto before = diagnostics_.error_count();
            Survivor s;
            s.span = item.span;
            for (const auto& [k, v] : item.entries) {
                if (k.text == "change") {
                    s.change = canonical_change(text_of(v, "a change"));
                    s.span = v.span;
                } else if (k.text == "because") {
                    s.because = text_of(v, "a reason");
                } else {
                    unknown(k, "a change that survives", text::names_of(survivor_keys()));
                    good_ = false;
                }
            }
            if ((s.change.empty() || s.because.empty()) && diagnostics_.error_count() == before) {
                error(item.span, "missing-key",
                      std::string("a change that survives has no `") +
                          (s.change.empty() ? "change" : "because") + "`",
                      kHelp);
                good_ = false;
            }
            rule.survives.push_back(std::move(s));
        }
    }

    const model::Vocabulary& vocabulary_;
    const std::map<std::string, double, std::less<>>& policies_;
    std::map<std::string, Define, std::less<>>& defines_;
    text::Diagnostics& diagnostics_;
    bool with_tests_;
    bool good_ = true;
    bool any_side_ = false;
    std::vector<Define*> calling_;
    std::set<std::string, std::less<>> checked_;
};

// Rules that read findings come after those whose findings they read; a circle does not load.
void order_strata(std::vector<Rule>& rules, text::Diagnostics& diagnostics) {
    const auto n = rules.size();
    std::vector<int> state(n, 0);
    std::vector<std::size_t> path;
    std::set<std::size_t> broken;
    const auto about_type = [&](std::size_t i) {
        return rules[i].bindings[static_cast<std::size_t>(rules[i].at)].type;
    };
    const std::function<int(std::size_t)> visit = [&](std::size_t i) -> int {
        if (state[i] == 2) return rules[i].stratum;
        if (state[i] == 1) {
            std::string circle;
            bool in = false;
            for (const auto p : path) {
                in = in || p == i;
                if (in) circle += "`" + rules[p].id + "` reads ";
            }
            diagnostics.error(rules[i].span, "rule-circle",
                              "rules read one another's findings in a circle: " + circle + "`" +
                                  rules[i].id + "`",
                              "let one of them look at the facts instead");
            broken.insert(i);
            return 0;
        }
        state[i] = 1;
        path.push_back(i);
        int stratum = 0;
        for (const auto type : rules[i].reads_findings_of)
            for (std::size_t j = 0; j < n; ++j)
                if (about_type(j).kind == Kind::record && about_type(j).record == type)
                    stratum = std::max(stratum, visit(j) + 1);
        path.pop_back();
        state[i] = 2;
        rules[i].stratum = stratum;
        return stratum;
    };
    for (std::size_t i = 0; i < n; ++i) visit(i);
    for (auto it = broken.rbegin(); it != broken.rend(); ++it)
        rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(*it));
    std::stable_sort(rules.begin(), rules.end(),
                     [](const Rule& a, const Rule& b) { return a.stratum < b.stratum; });
}

WrittenDefine written(const Define& d) {
    WrittenDefine out{d.name, d.parameters, {}, {}, d.span};
    if (d.is && d.is_node != nullptr) out.is = folded(d.is_node->text);
    for (const auto& [when, is] : d.case_nodes)
        out.cases.emplace_back(folded(when->text), folded(is->text));
    return out;
}

}  // namespace

std::string_view word(Severity s) {
    return kSeverities[static_cast<std::size_t>(s)];
}

const std::vector<std::string>& builtin_rules() {
    static const std::vector<std::string> ids{
        "facts-contradict", "facts-contradict-jointly", "every-account-in-conflict",
        "quote-differs-from-value", "working-days-not-covered"};
    return ids;
}

void Packs::add(std::string path, std::shared_ptr<const text::Node> root,
                text::Diagnostics& diagnostics) {
    const auto* raw = root.get();
    add(std::move(path), raw, diagnostics);
    if (!sources_.empty() && sources_.back().root == raw) sources_.back().owned = std::move(root);
}

void Packs::add(std::string path, const text::Node* root, text::Diagnostics& diagnostics) {
    for (const auto& s : sources_)
        if (s.root == root) return;
    Source source{std::move(path), {}, root, nullptr};
    for (const auto& [k, v] : root->entries) {
        if (k.text == "pack")
            source.id = read_head(v, diagnostics);
        else if (k.text == "vocabulary")
            vocabulary_.read(v, diagnostics);
        else if (k.text == "policies")
            read_policies(v, diagnostics);
        else if (k.text == "calendars")
            vocabulary_.calendars().read(v, diagnostics);
        else if (!listed(kTopKeys, k.text))
            unknown_key(k, "a rule pack", kTopKeys, diagnostics);
    }
    if (root->find("pack") == nullptr)
        diagnostics.error(root->entries.empty() ? root->span : root->entries.front().key.span,
                          "missing-key", "a rule pack has no `pack: {id: ...}`",
                          "add it at the head of the file");
    sources_.push_back(std::move(source));
}

std::string Packs::read_head(const Node& node, text::Diagnostics& diagnostics) {
    std::string id;
    if (!node.is_mapping()) {
        diagnostics.error(node.span, "wrong-type",
                          "expected the keys of a pack, found " + std::string(kind_word(node)),
                          "write `pack: {id: my-pack}`");
        return id;
    }
    for (const auto& [k, v] : node.entries) {
        if (!listed(kPackKeys, k.text)) {
            unknown_key(k, "`pack`", kPackKeys, diagnostics);
        } else if (!v.is_scalar()) {
            diagnostics.error(v.span, "wrong-type",
                              "expected one text, found " + std::string(kind_word(v)),
                              "write `" + k.text + ": ...`");
        } else if (k.text == "id") {
            id = v.text;
            if (!model::good_id(id))
                diagnostics.error(v.span, "bad-name", "`" + id + "` is no id of a pack",
                                  model::kNameHelp);
            for (const auto& other : sources_) {
                if (other.id != id) continue;
                auto& d =
                    diagnostics.error(v.span, "defined-twice", "two packs have the id `" + id + "`",
                                      "give each its own");
                if (const auto* head = other.root->find("pack"))
                    if (const auto* there = head->find("id"))
                        d.related.push_back({there->span, "the other one"});
            }
        }
    }
    if (node.find("id") == nullptr)
        diagnostics.error(node.span, "missing-key", "a rule pack has no id",
                          "write `pack: {id: my-pack}`");
    return id;
}

void Packs::read_policies(const Node& node, text::Diagnostics& diagnostics) {
    if (!node.is_mapping()) {
        diagnostics.error(node.span, "wrong-type",
                          "expected policies by name, found " + std::string(kind_word(node)),
                          "write `policies: {appeal_days: 10}`");
        return;
    }
    for (const auto& [name, value] : node.entries) {
        if (!is_name(name.text))
            diagnostics.error(name.span, "bad-name", "`" + name.text + "` is no name of a policy",
                              kLanguageName);
        const Node* number = &value;
        if (value.is_mapping()) {
            const auto before = diagnostics.error_count();
            for (const auto& [k, v] : value.entries)
                if (k.text != "value" && k.text != "about")
                    unknown_key(k, "a policy", text::names_of(policy_keys()), diagnostics);
            number = value.find("value");
            if (number == nullptr) {
                if (diagnostics.error_count() == before)
                    diagnostics.error(value.span, "missing-key",
                                      "policy `" + name.text + "` has no `value`",
                                      "write {value: 14, about: ...}");
                continue;
            }
        }
        if (const auto convention = time::convention_of(name.text)) {
            const auto choice =
                number->is_scalar() ? time::choice_of(*convention, number->text) : std::nullopt;
            const auto& words = time::kConventionTable[*convention].words;
            if (choice) {
                policies_[name.text] = *choice;
                policy_places_[name.text] = name.span;
            } else
                diagnostics.error(
                    number->span, "unknown-word",
                    "policy `" + name.text + "` is " + words[0] + ", " + words[1] + " or unset",
                    "write one of these");
            continue;
        }
        constexpr std::int64_t kLargest = 1'000'000;
        std::int64_t n = -1;
        const auto& s = number->text;
        const auto end = s.data() + s.size();
        const auto [p, ec] = std::from_chars(s.data(), end, n);
        if (!number->is_scalar() || s.empty() || ec != std::errc() || p != end || n < 0 ||
            n > kLargest) {
            diagnostics.error(
                number->span, "wrong-type",
                "policy `" + name.text + "` is a whole number from 0 to " +
                    std::to_string(kLargest) + ", found " +
                    (number->is_scalar() ? "`" + s + "`" : std::string(kind_word(*number))),
                "write a number, or {value: 14, about: ...}");
            continue;
        }
        policies_[name.text] = static_cast<double>(n);
        policy_places_[name.text] = name.span;
    }
}

void Packs::finish(text::Diagnostics& diagnostics) {
    for (const auto& [name, value] :
         {std::pair{"approximate_slack", 30.0}, {"southern_seasons", 0.0}})
        policies_.try_emplace(name, value);
    for (const auto& convention : time::kConventionTable)
        policies_.try_emplace(convention.name, -1.0);
    vocabulary_.finish(diagnostics);
    std::map<std::string, Define, std::less<>> defines;
    Reader reader(vocabulary_, policies_, defines, diagnostics, with_tests);
    for (const auto& s : sources_) reader.read_defines(*s.root);
    reader.check_defines();
    for (const auto& s : sources_) reader.read_rules(*s.root, s.id, rules_);
    order_strata(rules_, diagnostics);
    for (const auto& [name, define] : defines) defines_.emplace(name, written(define));
}

Rule Packs::replace(Rule rule) {
    const auto it =
        std::find_if(rules_.begin(), rules_.end(), [&](const Rule& r) { return r.id == rule.id; });
    if (it != rules_.end()) std::swap(*it, rule);
    return rule;
}

const Rule* Packs::find(std::string_view id) const {
    for (const auto& r : rules_)
        if (r.id == id) return &r;
    return nullptr;
}

text::Span Packs::policy_place(std::string_view name) const {
    const auto it = policy_places_.find(name);
    return it == policy_places_.end() ? text::Span{} : it->second;
}

const WrittenDefine* Packs::find_define(std::string_view name) const {
    const auto it = defines_.find(name);
    return it == defines_.end() ? nullptr : &it->second;
}

std::vector<std::string> Packs::ids() const {
    std::vector<std::string> out;
    for (const auto& r : rules_) out.push_back(r.id);
    for (const auto& b : builtin_rules()) out.push_back(b);
    return out;
}

}  // namespace antinomy::rule
