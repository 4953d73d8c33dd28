#include "rule/pack.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <set>

#include "grammar/condition.hpp"
#include "grammar/time.hpp"
#include "rule/compile.hpp"
#include "text/nearest.hpp"

namespace antinomy::rule {

using text::Node;

namespace {

const std::vector<std::string> kTopKeys{"pack", "vocabulary", "policies", "define", "rules"};
const std::vector<std::string> kPackKeys{"id", "title", "version", "verified_on"};
const std::vector<std::string> kRuleKeys{
    "id",      "title",    "kind", "severity", "about",   "reaches", "presumption",
    "between", "for",      "at",   "where",    "require", "unless",  "burden",
    "message", "possible", "help", "basis",    "tests"};
const std::vector<std::string> kNotYet{"over",     "group",    "mandatory", "extends",
                                       "override", "relation", "aliases"};
const std::vector<std::string> kSeverities{"error", "warning", "review", "info"};
const std::vector<std::string> kAbout{"charge", "proceeding", "exhibit", "source", "record"};
const std::vector<std::string> kReaches{"exhibit", "element", "charge", "record"};
const std::vector<std::string> kVerdicts{"certain", "possible", "gap", "none"};

bool listed(const std::vector<std::string>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
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
            for (const auto& [k, v] : value.entries) {
                if (k.text == "given") {
                    for (const auto& [name, type] : v.entries) {
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
                        if (when == nullptr || is == nullptr) {
                            error(item.span, "missing-key",
                                  "a case of a define has `when` and `is`",
                                  "add the one that is missing");
                            good = false;
                            continue;
                        }
                        auto w = parse(*when);
                        auto i = parse(*is);
                        if (w && i)
                            d.cases.emplace_back(std::move(*w), std::move(*i));
                        else
                            good = false;
                    }
                } else {
                    unknown(k, "a define", {"given", "is", "cases"});
                }
            }
            if (good && !d.is && d.cases.empty()) {
                error(key.span, "missing-key", "define `" + d.name + "` says nothing",
                      "add `is:` or `cases:`");
                continue;
            }
            if (!good) continue;
            if (const auto it = defines_.find(d.name); it != defines_.end()) {
                auto& e = error(key.span, "defined-twice", "`" + d.name + "` is defined twice",
                                "rename one");
                e.related.push_back({it->second.span, "first defined here"});
                continue;
            }
            defines_.emplace(d.name, std::move(d));
        }
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
        if (listed(kNotYet, key.text))
            error(key.span, "not-supported", "`" + key.text + "` is not supported yet",
                  "leave it out for now");
        else
            error(key.span, "unknown-key", std::string(what) + " has no key `" + key.text + "`",
                  text::did_you_mean(key.text, known));
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
        if (!node.is_scalar() || !listed(known, node.text)) {
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
        for (const auto& [k, v] : node.entries) {
            if (k.text == "id") {
                rule.id = text_of(v, "an id");
                rule.span = v.span;
            } else if (k.text == "title")
                rule.title = text_of(v, "a title");
            else if (k.text == "kind") {
                const auto w = choice(v, "kind of rule", {"fact", "law"});
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
            else {
                unknown(k, "a rule", kRuleKeys);
                good_ = false;
            }
        }
        if (rule.id.empty()) {
            error(node.span, "missing-key", "a rule has no `id`", "add `id:`");
            return;
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
                error(rule.span, "missing-key", "rule `" + rule.id + "` has no `" + what + "`",
                      std::string("add `") + what + ":`");
                good_ = false;
            }
        if (!good_ && (for_node == nullptr || require == nullptr)) return;

        Scope scope;
        scope.vocabulary = &vocabulary_;
        scope.defines = &defines_;
        scope.policies = &policies_;
        scope.sides = rule.sides;
        if (!for_node->is_mapping() || for_node->entries.empty()) {
            wrong(*for_node, "bindings by name", "write `for: {e: evidence}`");
            return;
        }
        bool bound = true;
        for (const auto& [key, value] : for_node->entries) {
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
        if (tests != nullptr && with_tests_) read_tests(*tests, rule);
        rule.reads_findings = scope.reads_findings;
        rule.variable_count = static_cast<std::size_t>(scope.next_index);
        if (!good_) return;
        reads_.push_back(std::move(scope.reads_findings_of));
        out.push_back(std::move(rule));
    }

public:
    // For each rule read: the types whose findings it reads.
    std::vector<std::vector<model::TypeId>> reads_;

private:
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
                unknown(key, "`between`", {"accounts", "sources"});
                good_ = false;
            }
            names = &value;
        }
        if (!names->is_sequence() || names->items.size() != 2 ||
            names->items[0].text == names->items[1].text) {
            error(names->span, "wrong-type", "`between` gives two different names to the two sides",
                  "write `between: [accuser, accused]`");
            good_ = false;
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
            if (item.is_scalar()) {
                c.cite = item.text;
            } else {
                for (const auto& [k, v] : item.entries) {
                    if (k.text == "cite")
                        c.cite = v.text;
                    else if (k.text == "note")
                        c.note = v.text;
                    else if (k.text == "status")
                        c.unverified = choice(v, "status of a citation",
                                              {"unverified", "verified"}) == "unverified";
                    else {
                        unknown(k, "a citation", {"cite", "note", "status"});
                        good_ = false;
                    }
                }
            }
            if (c.cite.empty()) {
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
            const auto* when = item.find("when");
            if (when == nullptr) {
                error(item.span, "missing-key", "an exception has no `when`",
                      "write {when: ..., because: ...}");
                good_ = false;
                continue;
            }
            for (const auto& [k, v] : item.entries) {
                if (k.text == "because")
                    x.because = text_of(v, "a reason");
                else if (k.text == "unless")
                    read_exceptions(v, scope, x.unless, depth + 1);
                else if (k.text != "when") {
                    unknown(k, "an exception", {"when", "because", "unless"});
                    good_ = false;
                }
            }
            if (auto c = compile_condition(*when, scope, diagnostics_)) {
                x.when = std::move(*c);
                out.push_back(std::move(x));
            } else {
                good_ = false;
            }
        }
    }

    void read_tests(const Node& node, Rule& rule) {
        if (!node.is_sequence()) {
            wrong(node, "a list of examples",
                  "write `tests: [{name: ..., case: {...}, expect: [...]}]`");
            good_ = false;
            return;
        }
        for (const auto& item : node.items) {
            Example example;
            example.span = item.span;
            const auto* body = item.find("case");
            const auto* expect = item.find("expect");
            if (const auto* name = item.find("name")) {
                example.name = name->text;
                example.span = name->span;
            }
            for (const auto& [k, v] : item.entries)
                if (k.text != "name" && k.text != "case" && k.text != "expect") {
                    unknown(k, "an example", {"name", "case", "expect"});
                    good_ = false;
                }
            if (body == nullptr || expect == nullptr || !expect->is_sequence() ||
                example.name.empty()) {
                error(item.span, "missing-key",
                      "an example has `name`, `case` and `expect` (a list)", "add what is missing");
                good_ = false;
                continue;
            }
            example.body = body;
            for (const auto& e : expect->items) {
                Expected x;
                x.span = e.span;
                for (const auto& [k, v] : e.entries) {
                    if (k.text == "at")
                        x.at = v.text;
                    else if (k.text == "verdict")
                        x.verdict = choice(v, "verdict", kVerdicts);
                    else if (k.text == "accounts") {
                        x.has_accounts = true;
                        for (const auto& a : v.items) x.accounts.push_back(a.text);
                        std::sort(x.accounts.begin(), x.accounts.end());
                    } else {
                        unknown(k, "an expectation", {"at", "verdict", "accounts"});
                        good_ = false;
                    }
                }
                example.expect.push_back(std::move(x));
            }
            rule.tests.push_back(std::move(example));
        }
    }

    const model::Vocabulary& vocabulary_;
    const std::map<std::string, double, std::less<>>& policies_;
    std::map<std::string, Define, std::less<>>& defines_;
    text::Diagnostics& diagnostics_;
    bool with_tests_;
    bool good_ = true;
};

// Rules that read findings come after those whose findings they read; a circle does not load.
void order_strata(std::vector<Rule>& rules, const std::vector<std::vector<model::TypeId>>& reads,
                  text::Diagnostics& diagnostics) {
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
        for (const auto type : reads[i])
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

}  // namespace

const std::vector<std::string>& builtin_rules() {
    static const std::vector<std::string> ids{"facts-contradict", "facts-contradict-jointly",
                                              "every-account-in-conflict"};
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
        if (k.text == "pack") {
            for (const auto& [pk, pv] : v.entries) {
                if (pk.text == "id")
                    source.id = pv.text;
                else if (!listed(kPackKeys, pk.text)) {
                    const auto not_yet = listed(kNotYet, pk.text);
                    diagnostics.error(
                        pk.span, not_yet ? "not-supported" : "unknown-key",
                        not_yet ? "`" + pk.text + "` is not supported yet"
                                : "`pack` has no key `" + pk.text + "`",
                        not_yet ? "leave it out for now" : text::did_you_mean(pk.text, kPackKeys));
                }
            }
        } else if (k.text == "vocabulary") {
            vocabulary_.read(v, diagnostics);
        } else if (k.text == "policies") {
            for (const auto& [name, value] : v.entries) {
                const Node* number = &value;
                if (value.is_mapping()) {
                    for (const auto& [pk, pv] : value.entries)
                        if (pk.text != "value" && pk.text != "about")
                            diagnostics.error(pk.span, "unknown-key",
                                              "a policy has no key `" + pk.text + "`",
                                              text::did_you_mean(pk.text, {"value", "about"}));
                    number = value.find("value");
                }
                std::int64_t n = 0;
                const auto* s = number != nullptr && number->is_scalar() ? &number->text : nullptr;
                if (s == nullptr || s->empty() ||
                    std::from_chars(s->data(), s->data() + s->size(), n).ptr !=
                        s->data() + s->size() ||
                    n < 0) {
                    diagnostics.error(value.span, "wrong-type",
                                      "policy `" + name.text + "` is a whole number",
                                      "write a number, or {value: 14, about: ...}");
                    continue;
                }
                policies_[name.text] = static_cast<double>(n);
            }
        } else if (!listed(kTopKeys, k.text)) {
            diagnostics.error(k.span, "unknown-key", "a rule pack has no key `" + k.text + "`",
                              text::did_you_mean(k.text, kTopKeys));
        }
    }
    if (source.id.empty())
        diagnostics.error(root->span.valid()
                              ? text::Span{root->span.file, root->span.begin, root->span.begin}
                              : root->span,
                          "missing-key", "a rule pack has no `pack: {id: ...}`",
                          "add it at the head of the file");
    sources_.push_back(std::move(source));
}

void Packs::finish(text::Diagnostics& diagnostics) {
    for (const auto& [name, value] : {std::pair{"approximate_slack", 30.0},
                                      {"leap_birthday_february", 0.0},
                                      {"southern_seasons", 0.0}})
        policies_.try_emplace(name, value);
    vocabulary_.finish(diagnostics);
    for (const auto& type : vocabulary_.types()) {
        for (const auto& line : type.always) {
            const auto parsed = grammar::parse_order(line.text);
            if (const auto* e = std::get_if<grammar::SyntaxError>(&parsed)) {
                diagnostics.error(line.span, "bad-order", e->message + " in `" + line.text + "`",
                                  e->help.empty() ? "write `start not after end`" : e->help);
                continue;
            }
            for (const auto& p : std::get<grammar::OrderLine>(parsed).points) {
                const auto* field = type.field(p.parts.front());
                if (field == nullptr || (field->kind != model::FieldKind::day &&
                                         field->kind != model::FieldKind::period)) {
                    std::vector<std::string> known;
                    for (const auto& f : type.fields)
                        if (f.kind == model::FieldKind::day || f.kind == model::FieldKind::period)
                            known.push_back(f.name);
                    diagnostics.error(
                        line.span, "unknown-field",
                        "type `" + type.name + "` has no date field `" + p.parts.front() + "`",
                        text::did_you_mean(p.parts.front(), known));
                }
            }
        }
    }
    std::map<std::string, Define, std::less<>> defines;
    Reader reader(vocabulary_, policies_, defines, diagnostics, with_tests);
    for (const auto& s : sources_) reader.read_defines(*s.root);
    for (const auto& s : sources_) reader.read_rules(*s.root, s.id, rules_);
    order_strata(rules_, reader.reads_, diagnostics);
}

const Rule* Packs::find(std::string_view id) const {
    for (const auto& r : rules_)
        if (r.id == id) return &r;
    return nullptr;
}

std::vector<std::string> Packs::ids() const {
    std::vector<std::string> out;
    for (const auto& r : rules_) out.push_back(r.id);
    for (const auto& b : builtin_rules()) out.push_back(b);
    return out;
}

}  // namespace antinomy::rule
