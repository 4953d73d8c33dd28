// `exceptions:` of packs: each is put into every rule that it is for, as one more of its `unless`.
// It is compiled once by itself, with the types that it names, and then against the bindings of
// each rule: what such a rule lacks is told when the pack is loaded.

#include "model/keys.hpp"
#include "rule/keys.hpp"
#include "rule/read_parts.hpp"
#include "text/nearest.hpp"

namespace antinomy::rule {

using text::Node;

namespace {

constexpr const char* kHelp =
    "write `- {to: [group], given: {e: evidence}, when: ..., because: ...}`";

// What an exception of a pack speaks of.
struct Given {
    std::string name;
    model::TypeId type;
};

class GroupException : private PartReader {
public:
    GroupException(const Scope& language, const std::string& pack, const Node& node,
                   text::Diagnostics& diagnostics)
        : PartReader(diagnostics), language_(language), pack_(pack), node_(node) {}

    // False: errors were reported.
    bool read() {
        if (!node_.is_mapping()) {
            wrong(node_, "an exception of several rules", kHelp);
            return false;
        }
        const auto before = diagnostics_.error_count();
        for (const auto& [k, v] : node_.entries) {
            if (k.text == "to")
                read_to(v);
            else if (k.text == "given")
                read_given(v);
            else if (k.text == "when")
                when_ = &v;
            else if (k.text == "because")
                because_ = text_of(v, "a reason");
            else if (k.text == "unless")
                unless_ = &v;
            else
                unknown(k, "an exception of several rules", text::names_of(group_exception_keys()));
        }
        if (diagnostics_.error_count() != before) return false;
        for (const auto& [what, there] :
             {std::pair{"to", !to_.empty()}, {"when", when_ != nullptr}})
            if (!there)
                error(node_.span, "missing-key",
                      "an exception of several rules has no `" + std::string(what) + "`", kHelp);
        if (diagnostics_.error_count() != before) return false;
        auto scope = language_;
        for (const auto& g : given_) {
            TypeRef type;
            type.kind = Kind::record;
            type.record = g.type;
            scope.variables.push_back({g.name, type, -1, scope.next_index++, true});
        }
        compiled(scope);
        return diagnostics_.error_count() == before;
    }

    [[nodiscard]] const std::vector<std::pair<std::string, text::Span>>& to() const { return to_; }

    // `name`: under which the rule was meant.
    void put_into(Rule& r, const std::string& name, const text::Span& at) {
        auto scope = language_;
        scope.sides = r.sides;
        scope.next_index = static_cast<int>(r.variable_count);
        for (const auto& g : given_) {
            const auto i = binding_of(r, g);
            if (i < 0) {
                const auto& type = language_.vocabulary->type(g.type).name;
                auto& d = error(
                    at, "no-binding",
                    "rule `" + r.id + "`" + (name == r.id ? "" : " of the group `" + name + "`") +
                        " binds no " + type + " `" + g.name + "`, which this exception speaks of",
                    "name a binding that all these rules have, or name the rules that "
                    "have it under `to`");
                d.related.push_back({r.span, "the rule"});
                return;
            }
            const auto& b = r.bindings[static_cast<std::size_t>(i)];
            scope.variables.push_back({g.name, b.type, b.side, i, true});
        }
        auto x = compiled(scope);
        if (!x) return;
        x->pack = pack_;
        r.unless.push_back(std::move(*x));
        r.variable_count = static_cast<std::size_t>(scope.next_index);
        r.reads_findings = r.reads_findings || scope.reads_findings;
        for (const auto type : scope.reads_findings_of) r.reads_findings_of.push_back(type);
        for (auto& call : scope.calls)
            if (!listed(r.defines, call)) r.defines.push_back(std::move(call));
    }

private:
    void read_to(const Node& node) {
        const auto one = [&](const Node& n) {
            const auto name = text_of(n, "a group or a rule");
            if (!name.empty()) to_.emplace_back(name, n.span);
        };
        if (!node.is_sequence()) return one(node);
        for (const auto& item : node.items) one(item);
    }

    void read_given(const Node& node) {
        if (!node.is_mapping()) return wrong(node, "types by name", "write `given: {e: evidence}`");
        for (const auto& [name, type] : node.entries) {
            if (!is_name(name.text)) {
                error(name.span, "bad-name", "`" + name.text + "` is no name of a binding",
                      kLanguageName);
                continue;
            }
            const auto found =
                type.is_scalar() ? language_.vocabulary->find(type.text) : model::TypeId{};
            if (!found.valid()) {
                if (!type.is_scalar())
                    wrong(type, "the name of a type", "write `given: {e: evidence}`");
                else
                    error(type.span, "unknown-type", "no type `" + type.text + "`",
                          text::did_you_mean(type.text, language_.vocabulary->names()));
                continue;
            }
            given_.push_back({name.text, found});
        }
    }

    std::optional<Exception> compiled(Scope& scope) {
        Exception x;
        x.because = because_;
        auto when = compile_condition(*when_, scope, diagnostics_);
        if (!when) return std::nullopt;
        x.when = std::move(*when);
        if (unless_ != nullptr && !exceptions(*unless_, scope, x.unless)) return std::nullopt;
        return x;
    }

    // The binding of that name and type, or else the only one of that type.
    static int binding_of(const Rule& r, const Given& g) {
        int only = -1;
        std::size_t of_type = 0;
        for (std::size_t i = 0; i < r.bindings.size(); ++i) {
            const auto& b = r.bindings[i];
            if (b.type.kind != Kind::record || b.type.record != g.type) continue;
            if (b.name == g.name) return static_cast<int>(i);
            only = static_cast<int>(i);
            ++of_type;
        }
        return of_type == 1 ? only : -1;
    }

    const Scope& language_;
    const std::string& pack_;
    const Node& node_;
    std::vector<std::pair<std::string, text::Span>> to_;
    std::vector<Given> given_;
    const Node* when_ = nullptr;
    const Node* unless_ = nullptr;
    std::string because_;
};

}  // namespace

void Packs::add_exceptions(const Scope& language, text::Diagnostics& diagnostics) {
    const auto written = written_rules();
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        const auto* node = sources_[i].root->find("exceptions");
        if (node == nullptr) continue;
        if (!node->is_sequence()) {
            diagnostics.error(
                node->span, "wrong-type",
                "expected a list of exceptions, found " + std::string(kind_word(*node)), kHelp);
            continue;
        }
        for (const auto& item : node->items) {
            GroupException x(language, sources_[i].head.id, item, diagnostics);
            if (!x.read()) continue;
            std::set<std::string> done;
            for (const auto& [name, span] : x.to()) {
                bool known = written.count(canonical(name)) != 0 || find_off(name) != nullptr;
                const auto id = canonical(name);
                for (auto& r : rules_) {
                    const bool group = listed(r.groups, name);
                    if (r.id != id && !group) continue;
                    const auto home = source_of(r.pack);
                    // A group of a pack that this one knows nothing of is another one.
                    if (home != i && !above(i, home)) {
                        if (group) continue;
                        diagnostics.error(
                            span, "not-extended",
                            "pack `" + sources_[i].head.id + "` makes an exception to rule `" +
                                r.id + "` of pack `" + r.pack + "`, which it does not extend",
                            "write `extends: [" + r.pack + "]` under `pack:`");
                        continue;
                    }
                    known = true;
                    if (!done.insert(r.id).second) continue;
                    if (r.mandatory && home != i) {
                        auto& d = diagnostics.error(
                            span, "mandatory",
                            "rule `" + r.id +
                                "` is mandatory: no other pack may make an exception to it",
                            "name the other rules under `to`, or take `mandatory` off the rule");
                        d.related.push_back({r.span, "the rule"});
                        continue;
                    }
                    if (!r.bindings.empty()) x.put_into(r, name, span);  // else it is asleep
                }
                if (known) continue;
                auto names = ids();
                for (const auto& r : rules_)
                    for (const auto& g : r.groups)
                        if (!listed(names, g)) names.push_back(g);
                diagnostics.error(span, "unknown-rule",
                                  "`to` names neither a rule nor a group: `" + name + "`",
                                  text::did_you_mean(name, names));
            }
        }
    }
}

}  // namespace antinomy::rule
