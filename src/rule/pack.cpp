#include "rule/pack.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "model/keys.hpp"
#include "rule/keys.hpp"
#include "rule/read_rule.hpp"
#include "time/conventions.hpp"

namespace antinomy::rule {

using text::Node;

namespace {

const std::vector<std::string> kTopKeys = text::names_of(top_keys());
const std::vector<std::string> kPackKeys = text::names_of(pack_keys());
const std::vector<std::string> kSeverities = text::names_of(severities());

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

void Packs::finish(text::Diagnostics& diagnostics) {
    for (const auto& [name, value] :
         {std::pair{"approximate_slack", 30.0}, {"southern_seasons", 0.0}})
        policies_.try_emplace(name, value);
    for (const auto& convention : time::kConventionTable)
        policies_.try_emplace(convention.name, -1.0);
    vocabulary_.finish(diagnostics);
    Defines defines;
    DefineReader definer(vocabulary_, policies_, defines, diagnostics);
    for (const auto& s : sources_) definer.read(*s.root);
    definer.check();
    RuleReader reader(vocabulary_, policies_, defines, diagnostics, with_tests);
    for (const auto& s : sources_) reader.read(*s.root, s.id, rules_);
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
