#include "rule/read_rule.hpp"

#include <algorithm>
#include <charconv>

#include "model/keys.hpp"
#include "rule/keys.hpp"
#include "text/nearest.hpp"

namespace antinomy::rule {

using text::Node;

namespace {

const std::vector<std::string> kRuleKeys = text::names_of(rule_keys());
const std::vector<std::string> kSeverities = text::names_of(severities());
const std::vector<std::string> kAbout = text::names_of(abouts());
const std::vector<std::string> kReaches = text::names_of(reaches());

}  // namespace

void RuleReader::read(const Node& root, const std::string& pack, std::vector<Rule>& out) {
    const auto* node = root.find("rules");
    if (node == nullptr) return;
    if (!node->is_sequence())
        return wrong(*node, "a list of rules", "write `rules:` and `- id: ...` below it");
    for (const auto& item : node->items) {
        if (!item.is_mapping()) {
            wrong(item, "the keys of a rule", "write `- id: ...`");
            continue;
        }
        RuleReader::read_rule(item, pack, out);
    }
}

void RuleReader::read_rule(const Node& node, const std::string& pack, std::vector<Rule>& out) {
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
    const Node* among = nullptr;
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
            RuleReader::read_between(v, rule);
        else if (k.text == "mandatory") {
            const auto w = choice(v, "answer", {"yes", "no", "true", "false"});
            rule.mandatory = w == "yes" || w == "true";
        } else if (k.text == "aliases")
            read_names(v, "an id of a rule", rule.aliases);
        else if (k.text == "group") {
            std::vector<std::pair<std::string, text::Span>> groups;
            read_names(v, "a name of a group", groups);
            for (auto& [name, span] : groups) rule.groups.push_back(std::move(name));
        } else if (k.text == "over")
            read_over(v, rule);
        else if (k.text == "for")
            for_node = &v;
        else if (k.text == "at")
            at = &v;
        else if (k.text == "among")
            among = &v;
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
            RuleReader::read_basis(v, rule.basis);
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
            auto& d = error(rule.span, "defined-twice", "rule `" + rule.id + "` is defined twice",
                            "rename one");
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

    if (may_sleep_ && good_ && sleeps(rule, node, *for_node)) {
        rule.severity_written = rule.severity;
        out.push_back(std::move(rule));
        return;
    }

    Scope scope;
    scope.owner = "rule `" + rule.id + "`";
    scope.all = &all_;
    scope.parses = parses_;
    scope.vocabulary = &vocabulary_;
    scope.defines = &defines_;
    scope.policies = &policies_;
    scope.terms = &terms_;
    scope.sides = rule.sides;
    scope.any_side = any_side_;
    if (for_node->is_mapping() && for_node->entries.empty()) {
        error(for_node->span, "missing-value", "`for` binds nothing", "write `for: {e: evidence}`");
        return;
    }
    if (!for_node->is_mapping()) {
        wrong(*for_node, "bindings by name", "write `for: {e: evidence}`");
        return;
    }
    bool bound = true;
    for (const auto& [key, value] : for_node->entries)
        bound = read_binding(key, value, scope, rule) && bound;
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
    if (among != nullptr) {
        read_among(*among, scope, rule);
        if (!rule.among) return;
        scope.among = &*rule.among;
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
    rule.severity_written = rule.severity;
    for (const auto t : scope.reads_findings_of)
        if (std::find(rule.reads_findings_of.begin(), rule.reads_findings_of.end(), t) ==
            rule.reads_findings_of.end())
            rule.reads_findings_of.push_back(t);
    rule.defines = std::move(scope.calls);
    out.push_back(std::move(rule));
}

bool RuleReader::sleeps(const Rule& rule, const Node& node, const Node& bound) const {
    const auto& there = *parses_->there;
    if (there.empty()) return true;
    // What looks beyond its own bindings, or is looked at by other rules, is left awake.
    if (rule.between != Between::none || !rule.over.empty() || node.find("among") != nullptr ||
        mentions(node, "fails"))
        return false;
    return std::any_of(bound.entries.begin(), bound.entries.end(), [&](const auto& e) {
        return e.value.is_scalar() && vocabulary_.find(e.value.text).valid() &&
               there.count(e.value.text) == 0;
    });
}

void RuleReader::read_among(const Node& node, Scope& scope, Rule& rule) {
    constexpr const char* kHow =
        "write `among: {name: peers, alike: [s.norm], value: s.term, at_least: 5}`";
    if (!node.is_mapping()) return wrong(node, "the keys of `among`", kHow);
    const auto before = diagnostics_.error_count();
    Among out;
    out.rule = rule.id;
    out.at = rule.at;
    out.span = node.span;
    bool valued = false;
    for (const auto& [k, v] : node.entries) {
        if (k.text == "name") {
            if (is_new_name(v, text_of(v, "a name"), rule)) out.name = v.text;
        } else if (k.text == "alike") {
            if (!v.is_sequence()) {
                wrong(v, "a list of values", "write `alike: [s.norm, s.kind]`");
                continue;
            }
            for (const auto& item : v.items) {
                auto c = compile_value(item, scope, diagnostics_);
                if (!c) continue;
                const auto kind = c->term.type.kind;
                if (c->term.type.list || kind == Kind::day || kind == Kind::period ||
                    kind == Kind::condition || kind == Kind::field)
                    error(item.span, "wrong-type",
                          "what is alike is one value that is no date, found " +
                              describe(c->term.type, vocabulary_),
                          "name a record, a word, a text, a number or yes and no");
                out.alike.push_back(std::move(*c));
            }
        } else if (k.text == "value") {
            valued = true;
            auto c = compile_value(v, scope, diagnostics_);
            if (!c) continue;
            const auto& type = c->term.type;
            if (type.list || (type.kind != Kind::number && type.kind != Kind::duration))
                error(v.span, "wrong-type",
                      "what is compared is a number or a duration, found " +
                          describe(type, vocabulary_),
                      "name a field that holds one");
            out.value = std::move(*c);
        } else if (k.text == "at_least") {
            std::int64_t n = 0;
            const auto end = v.text.data() + v.text.size();
            const auto [p, ec] = std::from_chars(v.text.data(), end, n);
            if (!v.is_scalar() || ec != std::errc() || p != end || n < 2 || n > 1'000'000)
                error(v.span, "wrong-type", "`at_least` is a whole number from 2 to 1,000,000",
                      "write `at_least: 5`");
            else
                out.at_least = static_cast<std::size_t>(n);
        } else {
            unknown(k, "`among`", text::names_of(among_keys()));
        }
    }
    if (diagnostics_.error_count() != before) return;
    for (const auto& [what, there] :
         {std::pair{"name", !out.name.empty()}, {"alike", !out.alike.empty()}, {"value", valued}})
        if (!there)
            error(node.span, "missing-key", std::string("`among` has no `") + what + "`", kHow);
    if (rule.between != Between::none)
        error(node.span, "misplaced-key", "a rule with `between` compares no data set",
              "leave one of the two out");
    if (diagnostics_.error_count() == before) rule.among = std::move(out);
}

bool RuleReader::is_new_name(const Node& key, const std::string& name, const Rule& rule) {
    if (!is_name(name)) {
        error(key.span, "bad-name", "`" + name + "` is no name of a binding", kLanguageName);
        return false;
    }
    if (vocabulary_.find(name).valid() || name == "field") {
        error(key.span, "name-taken", "`" + name + "` is the name of a type",
              "give the binding another name");
        return false;
    }
    for (const auto& other : rule.bindings)
        if (other.name == name) {
            error(key.span, "name-taken", "`" + name + "` is already a name in this rule",
                  "choose another");
            return false;
        }
    return !clashes_with_word(key, name);
}

bool RuleReader::read_binding(const Node& key, const Node& value, Scope& scope, Rule& rule) {
    const auto comma = key.text.find(',');
    const bool pair = comma != std::string::npos;
    const auto first = pair ? folded(key.text.substr(0, comma)) : key.text;
    if (!is_new_name(key, first, rule)) {
        static_cast<void>(compile_binding(first, value, scope, diagnostics_));
        return false;
    }
    auto binding = compile_binding(first, value, scope, diagnostics_);
    if (!binding) return false;
    const bool list = binding->source.type.list;
    const auto add = [&](Binding b) {
        scope.variables.push_back({b.name, b.type, b.side, scope.next_index++, true});
        rule.bindings.push_back(std::move(b));
    };
    add(*binding);
    if (!pair) return true;
    if (!list) {
        error(value.span, "wrong-type",
              "two of a list are bound, found " + describe(binding->source.type, vocabulary_),
              "name a type or a field that holds a list");
        return false;
    }
    const auto second = folded(key.text.substr(comma + 1));
    if (!is_new_name(key, second, rule)) return false;
    binding->name = second;
    binding->beside = static_cast<int>(rule.bindings.size()) - 1;
    add(std::move(*binding));
    return true;
}

bool RuleReader::clashes_with_word(const Node& key, const std::string& name) {
    for (const auto& type : vocabulary_.types())
        for (const auto& field : type.fields)
            if (listed(field.words, name)) {
                error(key.span, "ambiguous-word",
                      "binding `" + name + "` has the name of a word of `" + type.name + "." +
                          field.name + "`",
                      "rename the binding");
                return true;
            }
    return false;
}

void RuleReader::read_between(const Node& node, Rule& rule) {
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

void RuleReader::read_names(const Node& node, std::string_view what,
                            std::vector<std::pair<std::string, text::Span>>& out) {
    const auto one = [&](const Node& n) {
        const auto name = text_of(n, what);
        if (name.empty()) return;
        if (!model::good_id(name)) {
            error(n.span, "bad-name", "`" + name + "` is no " + std::string(what).substr(3),
                  model::kNameHelp);
            good_ = false;
        }
        out.emplace_back(name, n.span);
    };
    if (!node.is_sequence()) return one(node);
    for (const auto& item : node.items) one(item);
}

void RuleReader::read_over(const Node& node, Rule& rule) {
    constexpr const char* kHelp = "write `over: [rule-id]`, or {rule: rule-id, by: lex-specialis}";
    if (!node.is_sequence()) {
        wrong(node, "a list of rules", kHelp);
        good_ = false;
        return;
    }
    for (const auto& item : node.items) {
        Over o;
        o.span = item.span;
        const auto before = diagnostics_.error_count();
        if (item.is_scalar()) {
            o.rule = item.text;
        } else if (!item.is_mapping()) {
            wrong(item, "the id of a rule", kHelp);
        } else {
            for (const auto& [k, v] : item.entries) {
                if (k.text == "rule") {
                    o.rule = text_of(v, "the id of a rule");
                    o.span = v.span;
                } else if (k.text == "by") {
                    o.by = choice(v, "ground of rank", text::names_of(ranks()));
                } else {
                    unknown(k, "an entry of `over`", text::names_of(over_keys()));
                }
            }
            if (o.rule.empty() && diagnostics_.error_count() == before)
                error(item.span, "missing-key", "an entry of `over` names no rule", kHelp);
        }
        if (diagnostics_.error_count() != before)
            good_ = false;
        else
            rule.over.push_back(std::move(o));
    }
}

}  // namespace antinomy::rule
