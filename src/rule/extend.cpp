// Packs and one another: their heads, who extends whom, what they override.

#include <functional>

#include "grammar/edtf.hpp"
#include "model/keys.hpp"
#include "rule/highest.hpp"
#include "rule/keys.hpp"
#include "rule/reading.hpp"
#include "text/nearest.hpp"

namespace antinomy::rule {

using text::Node;

namespace {

const std::vector<std::string> kPackKeys = text::names_of(pack_keys());

constexpr const char* kExtendsHelp = "write `extends: [other]`, or {pack: other, file: other.yaml}";
constexpr const char* kOverrideHelp =
    "write `override: {rule-id: {severity: warning}}`, or `{rule-id: off}`";

std::string found(const Node& node) {
    return ", found " + std::string(kind_word(node));
}

// `extends:` of a head; what is wrong is told only where there is somebody to tell.
std::vector<PackHead::Base> read_bases(const Node& list, text::Diagnostics* diagnostics) {
    std::vector<PackHead::Base> out;
    const auto error = [&](const Node& n, const char* code, std::string message) {
        if (diagnostics != nullptr)
            diagnostics->error(n.span, code, std::move(message), kExtendsHelp);
    };
    if (!list.is_sequence()) {
        error(list, "wrong-type", "expected a list of packs" + found(list));
        return out;
    }
    for (const auto& item : list.items) {
        if (item.is_scalar()) {
            out.push_back({item.text, {}, item.span});
            continue;
        }
        if (!item.is_mapping()) {
            error(item, "wrong-type", "expected the id of a pack" + found(item));
            continue;
        }
        PackHead::Base base{{}, {}, item.span};
        bool good = true;
        for (const auto& [k, v] : item.entries) {
            if (k.text != "pack" && k.text != "file") {
                if (diagnostics != nullptr)
                    unknown_key(k, "an entry of `extends`", text::names_of(extends_keys()),
                                *diagnostics);
                good = false;
            } else if (!v.is_scalar()) {
                error(v, "wrong-type", "expected one text" + found(v));
                good = false;
            } else {
                (k.text == "pack" ? base.id : base.file) = v.text;
                if (k.text == "pack") base.span = v.span;
            }
        }
        if (good && base.id.empty())
            error(item, "missing-key", "an entry of `extends` names no pack");
        else if (good)
            out.push_back(std::move(base));
    }
    return out;
}

}  // namespace

std::vector<PackHead::Base> bases_of(const Node& root) {
    const auto* head = root.find("pack");
    const auto* list = head == nullptr ? nullptr : head->find("extends");
    return list == nullptr ? std::vector<PackHead::Base>{} : read_bases(*list, nullptr);
}

void Packs::read_head(const Node& node, PackHead& head, text::Diagnostics& diagnostics) {
    if (!node.is_mapping()) {
        diagnostics.error(node.span, "wrong-type",
                          "expected the keys of a pack, found " + std::string(kind_word(node)),
                          "write `pack: {id: my-pack}`");
        return;
    }
    for (const auto& [k, v] : node.entries) {
        if (!listed(kPackKeys, k.text)) {
            unknown_key(k, "`pack`", kPackKeys, diagnostics);
        } else if (k.text == "extends") {
            head.extends = read_bases(v, &diagnostics);
        } else if (!v.is_scalar()) {
            diagnostics.error(v.span, "wrong-type",
                              "expected one text, found " + std::string(kind_word(v)),
                              "write `" + k.text + ": ...`");
        } else if (k.text == "title" || k.text == "version") {
            (k.text == "title" ? head.title : head.version) = v.text;
        } else if (k.text == "verified_on") {
            head.verified_on = exact_day(v, diagnostics);
            head.verified_span = v.span;
        } else if (k.text == "id") {
            head.id = v.text;
            head.span = v.span;
            if (!model::good_id(head.id))
                diagnostics.error(v.span, "bad-name", "`" + head.id + "` is no id of a pack",
                                  model::kNameHelp);
            for (const auto& other : sources_) {
                if (other.head.id != head.id) continue;
                auto& d = diagnostics.error(v.span, "defined-twice",
                                            "two packs have the id `" + head.id + "`",
                                            "give each its own");
                d.related.push_back({other.head.span, "the other one"});
            }
        }
    }
    if (node.find("id") == nullptr)
        diagnostics.error(node.span, "missing-key", "a rule pack has no id",
                          "write `pack: {id: my-pack}`");
}

void Packs::link(text::Diagnostics& diagnostics) {
    constexpr std::size_t kNone = SIZE_MAX;
    std::vector<std::string> ids;
    for (const auto& s : sources_) ids.push_back(s.head.id);
    const auto index = [&](const std::string& id) {
        const auto it = std::find(ids.begin(), ids.end(), id);
        return it == ids.end() ? kNone : static_cast<std::size_t>(it - ids.begin());
    };
    std::vector<std::vector<std::size_t>> direct(sources_.size());
    for (std::size_t i = 0; i < sources_.size(); ++i)
        for (const auto& base : sources_[i].head.extends) {
            const auto at = index(base.id);
            if (at != kNone) {
                direct[i].push_back(at);
                continue;
            }
            if (!base.file.empty()) {
                // A file that could not be read was told of.
                const auto name = base.file.substr(base.file.find_last_of('/') + 1);
                const auto read =
                    std::find_if(sources_.begin(), sources_.end(), [&](const Source& s) {
                        return s.path.substr(s.path.find_last_of('/') + 1) == name;
                    });
                if (read != sources_.end())
                    diagnostics.error(base.span, "unknown-pack",
                                      "the pack in `" + base.file + "` is `" + read->head.id +
                                          "`, not `" + base.id + "`",
                                      "write its id");
                continue;
            }
            const auto near = text::nearest(base.id, ids);
            diagnostics.error(
                base.span, "unknown-pack", "no pack `" + base.id + "` is loaded beside this one",
                near
                    ? "did you mean `" + *near + "`?"
                    : "say where it is, as in {pack: " + base.id + ", file: " + base.id + ".yaml}");
        }
    // Depth first; a pack that is met again on its own way closes a circle, and that link is left
    // out.
    std::vector<int> state(sources_.size(), 0);
    std::vector<std::size_t> path;
    const std::function<void(std::size_t)> visit = [&](std::size_t i) {
        state[i] = 1;
        path.push_back(i);
        for (const auto next : direct[i]) {
            if (state[next] == 1) {
                std::string circle;
                for (auto it = std::find(path.begin(), path.end(), next); it != path.end(); ++it)
                    circle += "`" + ids[*it] + "` extends ";
                diagnostics.error(
                    sources_[next].head.span, "pack-circle",
                    "packs extend one another in a circle: " + circle + "`" + ids[next] + "`",
                    "take out one `extends`");
                continue;
            }
            if (state[next] == 0) visit(next);
            auto& below = sources_[i].below;
            below.insert(next);
            below.insert(sources_[next].below.begin(), sources_[next].below.end());
        }
        path.pop_back();
        state[i] = 2;
    };
    for (std::size_t i = 0; i < sources_.size(); ++i)
        if (state[i] == 0) visit(i);
}

// ---------------------------------------------------------------- override

namespace {

struct Said {
    std::size_t source;
    Override what;
    text::Span span;
};

std::optional<Override> read_override(const Node& key, const Node& value, const std::string& pack,
                                      text::Diagnostics& diagnostics) {
    Override out{pack, {}, {}, key.span};
    auto words = text::names_of(severities());
    words.emplace_back("off");
    const Node* severity = &value;
    const auto before = diagnostics.error_count();
    if (value.is_mapping()) {
        for (const auto& [k, v] : value.entries) {
            if (k.text == "because" && v.is_scalar())
                out.because = v.text;
            else if (k.text == "because")
                diagnostics.error(v.span, "wrong-type", "expected a reason" + found(v),
                                  "write one text");
            else if (k.text != "severity")
                unknown_key(k, "an override", text::names_of(override_keys()), diagnostics);
        }
        severity = value.find("severity");
        if (severity == nullptr) {
            if (diagnostics.error_count() == before)
                diagnostics.error(value.span, "missing-key",
                                  "an override of `" + key.text + "` changes nothing",
                                  kOverrideHelp);
            return std::nullopt;
        }
    }
    if (!severity->is_scalar()) {
        diagnostics.error(severity->span, "wrong-type",
                          "expected a severity or `off`" + found(*severity), kOverrideHelp);
    } else if (severity->text != "off") {
        const auto it = std::find(words.begin(), words.end(), severity->text);
        if (it == words.end())
            diagnostics.error(severity->span, "unknown-word",
                              "`" + severity->text + "` is no severity, nor `off`",
                              text::did_you_mean(severity->text, words));
        else
            out.severity = static_cast<Severity>(it - words.begin());
    }
    if (diagnostics.error_count() != before) return std::nullopt;
    return out;
}

}  // namespace

std::size_t Packs::source_of(std::string_view pack) const {
    const auto home = std::find_if(sources_.begin(), sources_.end(),
                                   [&](const Source& s) { return s.head.id == pack; });
    return static_cast<std::size_t>(home - sources_.begin());
}

std::set<std::string> Packs::written_rules() const {
    std::set<std::string> out;
    for (const auto& s : sources_)
        if (const auto* list = s.root->find("rules"); list != nullptr && list->is_sequence())
            for (const auto& item : list->items)
                if (const auto* id = item.find("id")) out.insert(id->text);
    return out;
}

void Packs::override_rules(text::Diagnostics& diagnostics) {
    const auto written = written_rules();
    std::map<std::string, std::vector<Said>> said;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        const auto* node = sources_[i].root->find("override");
        if (node == nullptr) continue;
        if (!node->is_mapping()) {
            diagnostics.error(node->span, "wrong-type",
                              "expected rules by their ids" + found(*node), kOverrideHelp);
            continue;
        }
        for (const auto& [key, value] : node->entries) {
            const auto what = read_override(key, value, sources_[i].head.id, diagnostics);
            const auto* r = find(key.text);
            if (r == nullptr) {
                if (listed(builtin_rules(), key.text))
                    diagnostics.error(key.span, "not-extended",
                                      "`" + key.text + "` is built in: no pack overrides it",
                                      "`suppress` of a case silences single findings of it");
                else if (written.count(key.text) == 0)
                    diagnostics.error(key.span, "unknown-rule",
                                      "`override` names the unknown rule `" + key.text + "`",
                                      text::did_you_mean(key.text, ids()));
                continue;
            }
            const auto home = std::find_if(sources_.begin(), sources_.end(),
                                           [&](const Source& s) { return s.head.id == r->pack; });
            const auto at = static_cast<std::size_t>(home - sources_.begin());
            if (at == i) {
                diagnostics.error(key.span, "misplaced-key",
                                  "rule `" + key.text + "` is one of this very pack",
                                  "change it where it stands");
            } else if (!above(i, at)) {
                diagnostics.error(key.span, "not-extended",
                                  "pack `" + sources_[i].head.id + "` overrides rule `" + key.text +
                                      "` of pack `" + r->pack + "`, which it does not extend",
                                  "write `extends: [" + r->pack + "]` under `pack:`");
            } else if (what && r->mandatory &&
                       (!what->severity || *what->severity > r->severity_written)) {
                auto& d =
                    diagnostics.error(key.span, "mandatory",
                                      "rule `" + key.text + "` is mandatory: no other pack may " +
                                          (what->severity ? "weigh it less" : "turn it off"),
                                      "take the override out, or `mandatory` off the rule");
                d.related.push_back({r->span, "the rule"});
            } else if (what) {
                said[r->id].push_back({i, *what, key.span});
            }
        }
    }
    for (const auto& [id, list] : said) {
        const auto* counts = highest(
            list, "override rule `" + id + "`",
            [](const Said& a, const Said& b) { return a.what.severity == b.what.severity; },
            diagnostics);
        const auto it = std::find_if(rules_.begin(), rules_.end(),
                                     [&, name = id](const Rule& r) { return r.id == name; });
        it->overridden = counts->what;
        if (counts->what.severity) {
            it->severity = *counts->what.severity;
        } else {
            off_.push_back(std::move(*it));
            rules_.erase(it);
        }
    }
}

}  // namespace antinomy::rule
