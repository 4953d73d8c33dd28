#include "rule/pack.hpp"
#include "rule/parses.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "model/keys.hpp"
#include "rule/keys.hpp"
#include "rule/parses.hpp"
#include "rule/read_rule.hpp"
#include "time/conventions.hpp"

namespace antinomy::rule {

using text::Node;

namespace {

const std::vector<std::string> kTopKeys = text::names_of(top_keys());
const std::vector<std::string> kSeverities = text::names_of(severities());

constexpr std::size_t kStrata = 256;  // rules that read findings, one after another
constexpr std::size_t kNamed = 8;     // rules of a circle that are named

// Rules that read findings come after those whose findings they read; a circle does not load.
void order_strata(std::vector<Rule>& rules, text::Diagnostics& diagnostics) {
    const auto n = rules.size();
    std::vector<int> state(n, 0);
    std::vector<std::size_t> path;
    std::set<std::size_t> broken;
    // Of one that is asleep, none: it has no findings.
    const auto about_type = [&](std::size_t i) {
        return rules[i].bindings.empty()
                   ? TypeRef{}
                   : rules[i].bindings[static_cast<std::size_t>(rules[i].at)].type;
    };
    const std::function<int(std::size_t)> visit = [&](std::size_t i) -> int {
        if (state[i] == 2) return rules[i].stratum;
        if (state[i] == 1) {
            if (broken.count(i) != 0) return 0;
            std::string circle;
            bool in = false;
            std::size_t named = 0;
            for (const auto p : path) {
                in = in || p == i;
                if (in && ++named <= kNamed) circle += "`" + rules[p].id + "` reads ";
            }
            if (named > kNamed) circle += "... reads ";
            diagnostics.error(rules[i].span, "rule-circle",
                              "rules read one another's findings in a circle: " + circle + "`" +
                                  rules[i].id + "`",
                              "let one of them look at the facts instead");
            broken.insert(i);
            return 0;
        }
        if (path.size() == kStrata) {
            diagnostics.error(rules[i].span, "too-deep",
                              "findings of `" + rules[i].id + "` are read by more than " +
                                  std::to_string(kStrata) + " rules, one after another",
                              "let one of them look at the facts instead");
            broken.insert(i);
            state[i] = 2;
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
    const auto before = [](const Rule& a, const Rule& b) { return a.stratum < b.stratum; };
    // They nearly always are; sorting would take room for half of them again.
    if (!std::is_sorted(rules.begin(), rules.end(), before))
        std::stable_sort(rules.begin(), rules.end(), before);
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

void Packs::add(std::string path, std::shared_ptr<const text::Node> root,
                text::Diagnostics& diagnostics) {
    const auto* raw = root.get();
    add(std::move(path), raw, diagnostics);
    if (!sources_.empty() && sources_.back().root == raw) sources_.back().owned = std::move(root);
}

void Packs::add(std::string path, const text::Node* root, text::Diagnostics& diagnostics) {
    for (const auto& s : sources_)
        if (s.root == root) return;
    Source source{std::move(path), {}, root, nullptr, {}};
    for (const auto& [k, v] : root->entries) {
        if (k.text == "pack")
            read_head(v, source.head, diagnostics);
        else if (k.text == "vocabulary")
            vocabulary_.read(v, diagnostics);
        else if (k.text == "policies")
            read_policies(v, sources_.size(), diagnostics);
        else if (k.text == "calendars")
            vocabulary_.calendars().read(v, diagnostics);
        else if (!listed(kTopKeys, k.text))
            unknown_key(k, "a rule pack", kTopKeys, diagnostics);
    }
    for (const char* key : {"rules", "define", "policies"})
        source.head.says_law = source.head.says_law || root->find(key) != nullptr;
    if (root->find("pack") == nullptr)
        diagnostics.error(root->entries.empty() ? root->span : root->entries.front().key.span,
                          "missing-key", "a rule pack has no `pack: {id: ...}`",
                          "add it at the head of the file");
    sources_.push_back(std::move(source));
}

void Packs::finish(text::Diagnostics& diagnostics) {
    link(diagnostics);
    settle_policies(diagnostics);
    vocabulary_.finish(diagnostics);
    if (parses == nullptr) parses = std::make_shared<Parses>();
    Defines defines;
    Written all;
    // With no record anywhere all rules sleep, and nothing calls a define.
    const bool all_asleep = parses->there && parses->there->empty();
    DefineReader definer(vocabulary_, policies_, terms_, defines, all, *parses, diagnostics);
    if (!all_asleep)
        for (const auto& s : sources_) definer.read(*s.root);
    definer.check();
    // A define may read findings, too: then no rule is known to be quiet by its own text.
    const bool may_sleep =
        parses->there &&
        (all_asleep || std::none_of(sources_.begin(), sources_.end(), [](const Source& s) {
             const auto* define = s.root->find("define");
             return define != nullptr && mentions(*define, "fails");
         }));
    RuleReader reader(vocabulary_, policies_, terms_, defines, all, *parses, diagnostics,
                      with_tests, may_sleep);
    rules_.reserve(written_rules().size());
    for (const auto& s : sources_) reader.read(*s.root, s.head.id, rules_);
    settle_aliases(diagnostics);
    override_rules(diagnostics);
    if (all_asleep) return;
    Scope language;
    language.owner = "an exception of a pack";
    language.all = &all;
    language.parses = parses.get();
    language.vocabulary = &vocabulary_;
    language.defines = &defines;
    language.policies = &policies_;
    language.terms = &terms_;
    add_exceptions(language, diagnostics);
    rank_rules(diagnostics);
    order_strata(rules_, diagnostics);
    for (const auto& [name, define] : defines) defines_.emplace(name, written(define));
}

Rule Packs::replace(Rule rule) {
    const auto it =
        std::find_if(rules_.begin(), rules_.end(), [&](const Rule& r) { return r.id == rule.id; });
    if (it != rules_.end()) std::swap(*it, rule);
    return rule;
}

namespace {

const Rule* among(const std::vector<Rule>& rules, std::string_view id) {
    const auto it =
        std::find_if(rules.begin(), rules.end(), [&](const Rule& r) { return r.id == id; });
    return it == rules.end() ? nullptr : &*it;
}

}  // namespace

const Rule* Packs::find(std::string_view id) const {
    return among(rules_, canonical(id));
}

const Rule* Packs::find_off(std::string_view id) const {
    return among(off_, canonical(id));
}

std::string Packs::canonical(std::string_view id) const {
    const auto it = aliases_.find(id);
    return it == aliases_.end() ? std::string(id) : it->second;
}

void Packs::settle_aliases(text::Diagnostics& diagnostics) {
    for (const auto& r : rules_)
        for (const auto& [alias, span] : r.aliases) {
            const auto* taken = among(rules_, alias);
            const auto known = aliases_.find(alias);
            if (taken == nullptr && known != aliases_.end()) taken = among(rules_, known->second);
            if (taken == nullptr && !listed(builtin_rules(), alias)) {
                aliases_.emplace(alias, r.id);
                continue;
            }
            auto& d = diagnostics.error(
                span, "name-taken",
                "`" + alias + "` cannot be an alias of rule `" + r.id + "`: " +
                    (taken == nullptr     ? "it is built in"
                     : taken == &r        ? "it is its id or alias already"
                     : taken->id == alias ? "another rule has that id"
                                          : "it is an alias of rule `" + taken->id + "`"),
                "an alias is an id that this rule had before, and no other");
            if (taken != nullptr && taken != &r)
                d.related.push_back({taken->span, "the other one"});
        }
}

std::vector<const PackHead*> Packs::heads() const {
    std::vector<const PackHead*> out;
    for (const auto& s : sources_) out.push_back(&s.head);
    return out;
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
