#include "cli/workspace.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <set>

#include "check/suppress.hpp"
#include "cli/outputs.hpp"
#include "redact/private.hpp"
#include "report/diagnostics.hpp"
#include "rule/builtin.hpp"
#include "rule/keys.hpp"
#include "rule/parses.hpp"
#include "shipped/shipped.hpp"
#include "text/nearest.hpp"

namespace antinomy::cli {

namespace fs = std::filesystem;

std::string rules_folder() {
    if (const char* set = std::getenv("ANTINOMY_RULES"); set != nullptr && *set != '\0') return set;
    return ANTINOMY_RULES_FOLDER;
}

std::string& language_asked() {
    static std::string code;
    return code;
}

Workspace::Workspace(bool with_tests)
    : loader_(sources_, diagnostics_,
              with_tests ? nullptr : model::Loader::Known(shipped::tree_of)),
      rules_folder_(cli::rules_folder()),
      with_tests_(with_tests),
      parses_(std::make_shared<rule::Parses>()) {
    std::error_code ec;
    for (auto it = fs::directory_iterator(rules_folder_, ec); !ec && it != fs::directory_iterator();
         it.increment(ec))
        if (it->path().extension() == ".yaml") shipped_.push_back(it->path().string());
    std::sort(shipped_.begin(), shipped_.end());
    if (shipped_.empty()) {
        diagnostics_.add({text::Level::error,
                          "no-rules",
                          {},
                          rules_folder_,
                          "no rule packs there",
                          "set ANTINOMY_RULES to the folder `rules` of the project",
                          {}});
    }
    loader_.prepare_by([this](text::Node& root) {
        rule::choose_language(root, language_, diagnostics_, translated_);
    });
    speak(language_asked());
}

void Workspace::speak(const std::string& code) {
    if (code.empty() || code == language_.code) return;
    language_.code = code;
    const auto file = (fs::path(rules_folder_) / "lang" / (code + ".yaml")).string();
    std::error_code ec;
    if (!fs::exists(file, ec)) return;  // packs may have texts of their own
    const auto id = text::read_file(sources_, file, diagnostics_);
    const auto root = id ? text::parse_yaml(sources_, *id, diagnostics_) : std::nullopt;
    if (root && rule::read_titles(*root, language_, diagnostics_))
        translated_.languages.insert(code);
}

const rule::Packs* Workspace::packs_with(const std::vector<std::string>& files, bool shipped,
                                         const Entries* entries) {
    auto key = files;
    if (!shipped) key.insert(key.begin(), "");
    if (config_.file.empty()) entries = nullptr;
    if (entries != nullptr) {
        key.emplace_back("\n");  // no name of a file that a command line can have twice
        for (const auto e : *entries) key.push_back(std::to_string(e));
    }
    const auto known = packs_.find(key);
    if (known != packs_.end()) return known->second.get();
    const auto before = diagnostics_.error_count();
    auto packs = std::make_unique<rule::Packs>();
    packs->with_tests = with_tests_;
    packs->parses = parses_;
    auto all = shipped ? shipped_ : std::vector<std::string>{};
    const auto own = all.size();
    const auto want = [&](const std::string& f) {
        std::error_code ec;
        const bool same = std::any_of(
            all.begin(), all.end(), [&](const std::string& s) { return fs::equivalent(s, f, ec); });
        if (!same) all.push_back(f);
    };
    for (const auto& f : files) want(f);
    // Packs that these extend and say where they are; those may extend others. (The list grows.)
    for (std::size_t i = own; i < all.size(); ++i) {
        const auto path = all[i];
        const auto* root = loader_.document(path, {});
        if (root == nullptr) continue;
        for (const auto& base : rule::bases_of(*root)) {
            if (base.file.empty()) continue;
            const auto file = loader_.resolve_inside(base.file, path, base.span, "the pack");
            if (!file.empty() && loader_.document(file, base.span) != nullptr) want(file);
        }
    }
    // What was built in is known to load, all together: the tests load it. Of some of it alone, or
    // beside others' packs, what is wrong is told.
    const bool sleep = may_sleep_ && own == shipped::of_every_case() &&
                       std::all_of(all.begin(), all.end(), [&](const auto& path) {
                           return loader_.document(path, {}) != nullptr && loader_.was_known(path);
                       });
    if (sleep)
        parses_->there.emplace();
    else
        loader_.take_whole();
    add_all(*packs, all);
    const auto weights = entries == nullptr ? nullptr : weights_of(all, *entries);
    finish(*packs, weights);
    spdlog::info("{} rules from {} packs, {} texts parsed so far", packs->rules().size(),
                 all.size(), parses_->count());
    parses_->there.reset();
    if (sleep) asleep_.emplace(packs.get(), Asleep{all, weights});
    if (diagnostics_.error_count() != before) broken_.insert(packs.get());
    return packs_.emplace(std::move(key), std::move(packs)).first->second.get();
}

void Workspace::add_all(rule::Packs& packs, const std::vector<std::string>& files) {
    for (const auto& path : files)
        if (const auto* root = loader_.document(path, {})) {
            if (root->find("map") != nullptr)
                packs.add(path, pack_in(*root), diagnostics_);
            else
                packs.add(path, root, diagnostics_);
        }
}

void Workspace::wake_rules() {
    for (const auto& [packs, slept] : asleep_) {
        std::set<std::string, std::less<>> there;
        for (const auto& c : cases_)
            if (c.packs == packs)
                for (const auto& r : c.file.records)
                    there.insert(packs->vocabulary().type(r.type).name);
        if (there.empty()) continue;
        loader_.take_whole();
        auto awake = std::make_unique<rule::Packs>();
        awake->parses = parses_;
        parses_->there = std::move(there);
        add_all(*awake, slept.files);
        finish(*awake, slept.weights);
        parses_->there.reset();
        // Cases hold on to where the packs are, and maybe to what is in them.
        std::swap(*packs, *awake);
        before_.push_back(std::move(awake));
        spdlog::info("{} of {} rules awake, {} texts parsed so far",
                     std::count_if(packs->rules().begin(), packs->rules().end(),
                                   [](const auto& r) { return !r.bindings.empty(); }),
                     packs->rules().size(), parses_->count());
    }
    asleep_.clear();
}

std::shared_ptr<const text::Node> Workspace::pack_in(const text::Node& root) {
    auto out = std::make_shared<text::Node>();
    out->kind = root.kind;
    out->span = root.span;
    static const auto keys = text::names_of(rule::top_keys());
    for (const auto& entry : root.entries)
        if (std::find(keys.begin(), keys.end(), entry.key.text) != keys.end())
            out->entries.push_back(entry);
    return out;
}

bool Workspace::configure(const ConfigChoice& choice, const std::vector<std::string>& paths,
                          bool all_rules) {
    if (choice.none) return true;
    const auto file =
        choice.file.empty() ? config::find(paths.empty() ? "" : paths.front()) : choice.file;
    if (file.empty()) return true;
    const auto before = diagnostics_.error_count();
    config_file_ = {static_cast<std::uint32_t>(sources_.size())};
    config_ = config::read(file, format_problem, sources_, diagnostics_);
    spdlog::info("configuration: {}", file);
    if (config_.lang && language_asked().empty()) speak(config_.lang->text);
    if (all_rules) {
        config_.only.reset();
        config_.weights.clear();
        config_.per_path.clear();
    }
    for (const auto& pack : config_.packs) {
        loader_.root_at(pack.text);
        const auto* root = loader_.document(pack.text, pack.at);
        if (root == nullptr) continue;
        if (root->find("pack") != nullptr || root->find("rules") != nullptr)
            config_packs_.push_back(pack.text);
        else
            diagnostics_.error(pack.at, "not-a-pack", "`" + pack.text + "` is no rule pack",
                               "a pack begins with `pack: {id: ...}`");
    }
    return diagnostics_.error_count() == before;
}

namespace {

text::Node scalar(const std::string& text, const text::Span& at) {
    text::Node out;
    out.kind = text::NodeKind::scalar;
    out.text = text;
    out.span = at;
    return out;
}

text::Node mapping(const text::Span& at) {
    text::Node out;
    out.kind = text::NodeKind::mapping;
    out.span = at;
    return out;
}

// The ids and former ids of the rules of a pack, and the pack's own.
std::vector<std::string> rules_in(const text::Node& root) {
    std::vector<std::string> out;
    const auto* list = root.find("rules");
    if (list == nullptr || !list->is_sequence()) return out;
    for (const auto& item : list->items) {
        if (!item.is_mapping()) continue;
        if (const auto* id = item.find("id")) out.push_back(id->text);
        const auto* aliases = item.find("aliases");
        if (aliases == nullptr) continue;
        if (aliases->is_scalar()) out.push_back(aliases->text);
        for (const auto& alias : aliases->items) out.push_back(alias.text);
    }
    return out;
}

}  // namespace

std::shared_ptr<const text::Node> Workspace::weights_of(const std::vector<std::string>& files,
                                                        const Entries& entries) {
    // A pack of a case may have rules that others lack: of each set, what it has.
    std::set<std::string> there;
    auto extends = text::Node();
    extends.kind = text::NodeKind::sequence;
    for (const auto& path : files) {
        const auto* root = loader_.document(path, {});
        if (root == nullptr) continue;
        for (auto& id : rules_in(*root)) there.insert(std::move(id));
        const auto* pack = root->find("pack");
        const auto* id = pack == nullptr ? nullptr : pack->find("id");
        if (id != nullptr && id->is_scalar()) extends.items.push_back(scalar(id->text, {}));
    }
    known_rules_.insert(there.begin(), there.end());
    // Of two entries the later one counts.
    std::map<std::string, const config::Weight*> weights;
    const auto take = [&](const std::vector<config::Weight>& list) {
        for (const auto& w : list)
            if (there.count(w.rule.text) != 0) weights[w.rule.text] = &w;
    };
    take(config_.weights);
    for (const auto e : entries) take(config_.per_path[e].weights);
    if (weights.empty()) return nullptr;
    const text::Span whole{config_file_, 0, 0};
    auto out = std::make_shared<text::Node>(mapping(whole));
    auto head = mapping(whole);
    head.entries.push_back({scalar("id", whole), scalar(kConfigPack, whole)});
    head.entries.push_back({scalar("extends", whole), std::move(extends)});
    auto list = mapping(whole);
    for (const auto& [rule, w] : weights)
        list.entries.push_back(
            {scalar(rule, w->rule.at), scalar(w->severity.text, w->severity.at)});
    out->entries.push_back({scalar("pack", whole), std::move(head)});
    out->entries.push_back({scalar("override", whole), std::move(list)});
    return out;
}

void Workspace::finish(rule::Packs& packs, const std::shared_ptr<const text::Node>& weights) {
    if (weights == nullptr) return packs.finish(diagnostics_);
    text::Diagnostics told;
    packs.add(config_.file, weights, told);
    packs.finish(told);
    for (auto d : told.items()) {
        // Said of packs; here it is no pack that overrides.
        if (d.code == "mandatory" && d.span.file == config_file_) {
            const auto rule = d.message.substr(0, d.message.find(':'));
            d.message = rule + ": no configuration turns it off or weighs it less";
            d.help = "take the entry out";
        }
        diagnostics_.add(std::move(d));
    }
}

const Workspace::Policies& Workspace::policies_for(const rule::Packs& packs) {
    const auto [it, fresh] = policies_.try_emplace(&packs);
    auto& out = it->second;
    if (!fresh) return out;
    out.numbers = packs.policies();
    out.terms = packs.terms();
    if (!config_.policies.is_mapping()) return out;
    // What the law of a forum or a pack of the case says goes before what the desk says in general.
    const auto general = [&](const std::string& name) {
        const auto place = packs.policy_place(name);
        if (!place.valid()) return true;
        const auto file = sources_.name(place.file);
        const auto is_it = [&](const std::string& f) { return f == file; };
        return std::any_of(shipped_.begin(), shipped_.end(), is_it) ||
               std::any_of(config_packs_.begin(), config_packs_.end(), is_it);
    };
    auto policies = mapping(config_.policies.span);
    for (const auto& entry : config_.policies.entries) {
        const auto& name = entry.key.text;
        const bool known = out.numbers.count(name) != 0 || out.terms.count(name) != 0;
        if (!known) continue;
        known_policies_.insert(name);
        if (!general(name)) continue;
        policies.entries.push_back(entry);
        out.set[name] = entry.value.span;
    }
    // Read as a case reads its own.
    auto block = mapping(config_.policies.span);
    block.entries.push_back({scalar("policies", config_.policies.span), std::move(policies)});
    auto root = mapping(config_.policies.span);
    root.entries.push_back({scalar("case", config_.policies.span), std::move(block)});
    auto made = model::build_case(packs.vocabulary(), {{config_file_, &root, true, true}},
                                  diagnostics_, out.numbers, out.terms);
    out.numbers = std::move(made.policies);
    out.terms = std::move(made.terms);
    return out;
}

text::Span Workspace::config_policy(const rule::Packs& packs, const std::string& name) const {
    const auto of = policies_.find(&packs);
    if (of == policies_.end()) return {};
    const auto it = of->second.set.find(name);
    return it == of->second.set.end() ? text::Span{} : it->second;
}

std::vector<std::string> Workspace::rules_for(const LoadedCase& c,
                                              const std::vector<std::string>& asked) const {
    if (!asked.empty() || !config_.only) return canonical(*c.packs, asked);
    std::vector<std::string> out;
    for (const auto& rule : *config_.only) out.push_back(c.packs->canonical(rule.text));
    for (const auto& rule : c.packs->rules())
        if (rule.mandatory) out.push_back(rule.id);
    // What is said of a suppression is mandatory, too; where there is none, nothing is.
    if (!c.file.suppressions.empty())
        for (const auto& id : rule::builtin_rules())
            if (check::is_mandatory(*c.packs, id)) out.push_back(id);
    return out;
}

namespace {

// None: off.
std::optional<check::Severity> weight_of(const config::Weight& w) {
    using check::Severity;
    for (const auto s : {Severity::error, Severity::warning, Severity::review, Severity::info})
        if (check::word(s) == w.severity.text) return s;
    return std::nullopt;
}

bool may_weigh(const rule::Builtin& b, std::optional<check::Severity> weight) {
    if (b.mandatory) return weight && *weight <= static_cast<check::Severity>(b.severity);
    return weight || b.never_off.empty();
}

}  // namespace

check::BuiltinWeights Workspace::builtin_weights(const Entries& of_paths) const {
    check::BuiltinWeights out;
    const auto take = [&](const std::vector<config::Weight>& list) {
        for (const auto& w : list) {
            const auto* own = rule::find_builtin(w.rule.text);
            if (own != nullptr && may_weigh(*own, weight_of(w))) out[w.rule.text] = weight_of(w);
        }
    };
    take(config_.weights);
    for (const auto e : of_paths) take(config_.per_path[e].weights);
    return out;
}

void Workspace::check_config() {
    // Where no packs were put together nobody can say.
    if (config_.file.empty() || known_rules_.empty()) return;
    auto known = known_rules_;
    for (const auto& id : rule::builtin_rules()) known.insert(id);
    const auto check = [&](const config::Said& rule) {
        if (known.count(rule.text) == 0)
            diagnostics_.error(rule.at, "unknown-rule",
                               "no pack of these cases has a rule `" + rule.text + "`",
                               text::did_you_mean(rule.text, {known.begin(), known.end()}));
    };
    const auto weighed = [&](const config::Weight& w) {
        check(w.rule);
        const auto* own = rule::find_builtin(w.rule.text);
        const auto weight = weight_of(w);
        if (own == nullptr || may_weigh(*own, weight)) return;
        const auto name = "`" + w.rule.text + "` is ";
        if (own->mandatory)
            diagnostics_.error(w.rule.at, "mandatory",
                               name + "mandatory: what is said of suppressions is not " +
                                   (weight ? "weighed less" : "turned off"),
                               "take the entry out, and see to the suppressions that it is about");
        else
            diagnostics_.error(w.rule.at, "mandatory",
                               name + "not turned off: " + std::string(own->never_off),
                               "weigh it less (`info`), or silence single findings by `suppress` "
                               "in the case");
    };
    for (const auto& w : config_.weights) weighed(w);
    for (const auto& entry : config_.per_path)
        for (const auto& w : entry.weights) weighed(w);
    if (config_.only)
        for (const auto& rule : *config_.only) check(rule);
    if (policies_.empty()) return;
    for (const auto& [key, value] : config_.policies.entries) {
        if (known_policies_.count(key.text) != 0) continue;
        std::vector<std::string> names;
        for (const auto& [packs, policies] : policies_) {
            for (const auto& [name, number] : packs->policies()) names.push_back(name);
            for (const auto& [name, term] : packs->terms()) names.push_back(name);
        }
        diagnostics_.error(key.span, "unknown-policy",
                           "no rule pack knows the policy `" + key.text + "`",
                           text::did_you_mean(key.text, names));
    }
}

void Workspace::add(const std::vector<std::string>& paths) {
    for (const auto& p : paths) loader_.add(p);
}

bool Workspace::extra_packs(const model::CaseFiles& files, std::vector<std::string>& extra) {
    if (files.parts.empty()) return true;
    const auto* block = files.parts.front().root->find("case");
    if (block != nullptr) forum_packs(*block, extra);
    const auto* list = block == nullptr ? nullptr : block->find("packs");
    if (list == nullptr || !list->is_sequence()) return true;
    bool good = true;
    for (const auto& item : list->items) {
        if (!item.is_scalar()) continue;  // the case says so
        auto path = pack_named(item.text, files.path, item.span);
        good = good && !path.empty();
        if (!path.empty()) extra.push_back(std::move(path));
    }
    return good;
}

std::string Workspace::forum_pack(const std::string& forum) const {
    std::string name;
    for (const char c : forum) name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const auto good = [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; };
    if (name.empty() || !std::all_of(name.begin(), name.end(), good)) return {};
    const auto path = fs::path(rules_folder_) / "forums" / (name + ".yaml");
    std::error_code ec;
    return fs::is_regular_file(path, ec) ? path.string() : std::string();
}

void Workspace::forum_packs(const text::Node& block, std::vector<std::string>& extra) {
    const auto* forum = block.find("forum");
    if (forum == nullptr) return;
    const auto one = [&](const text::Node& n) {
        if (!n.is_scalar() || n.text.empty() || n.text.front() == '$') return;
        auto path = forum_pack(n.text);
        if (path.empty()) {
            spdlog::info("of the law of {} no figures come with the program; the desk's own count",
                         n.text);
            return;
        }
        loader_.root_at(path);
        extra.push_back(std::move(path));
    };
    if (forum->is_sequence())
        for (const auto& item : forum->items) one(item);
    else
        one(*forum);
}

std::string Workspace::pack_named(const std::string& name, const std::string& from,
                                  const text::Span& at) {
    // `tj-unverified`: a pack that comes with the program.
    if (auto shipped = forum_pack(name); !shipped.empty()) {
        loader_.root_at(shipped);
        return shipped;
    }
    auto path = loader_.resolve_inside(name, from, at, "the pack");
    const auto* root = path.empty() ? nullptr : loader_.document(path, at);
    if (root == nullptr) return {};
    if (root->find("pack") != nullptr || root->find("rules") != nullptr) return path;
    diagnostics_.error(at, "not-a-pack", "`" + name + "` is no rule pack",
                       "a pack begins with `pack: {id: ...}`; parts of a case go under "
                       "`include:`");
    return {};
}

namespace {

// `casemap`: a map that comes with the program, unless there is such a file.
std::string map_called(const std::string& name, const std::string& rules) {
    std::error_code ec;
    if (name.find_first_of("/.") != std::string::npos || fs::exists(name, ec)) return name;
    const auto shipped = fs::path(rules) / "maps" / (name + ".yaml");
    return fs::exists(shipped, ec) ? shipped.string() : name;
}

}  // namespace

LoadedMap Workspace::load_map(const std::string& name) {
    LoadedMap out;
    const auto path = map_called(name, rules_folder_);
    out.path = path;
    const auto before = diagnostics_.error_count();
    const auto* root = loader_.document(path, {});
    if (root == nullptr) return out;
    loader_.root_at(path);
    out.map = data::read_head(*root, loader_.file_of(path), diagnostics_);
    std::vector<std::string> files;
    if (const auto* block = root->find("case")) forum_packs(*block, files);
    for (std::size_t i = 0; i < out.map.packs.size(); ++i) {
        auto file = pack_named(out.map.packs[i], path, out.map.pack_spans[i]);
        if (!file.empty()) files.push_back(std::move(file));
    }
    if (!pack_in(*root)->entries.empty()) {
        files.push_back(path);
        const auto* pack = root->find("pack");
        const auto* id = pack == nullptr ? nullptr : pack->find("id");
        if (id != nullptr) out.own_pack = id->text;
    }
    // Types and rules that are missing because their pack is would only be told once more.
    if (diagnostics_.error_count() != before) return out;
    out.packs = packs_with(files, out.map.shipped);
    out.pack_files = files;
    if (broken_.count(out.packs) != 0) return out;
    out.good = data::read_body(out.map, *root, *out.packs, diagnostics_);
    return out;
}

const rule::Packs& Workspace::packs_together(const std::vector<std::string>& files, bool shipped) {
    std::vector<std::string> good;
    for (const auto& f : files) {
        const auto* root = loader_.document(f, {});
        if (root == nullptr) continue;  // why was said
        if (root->find("pack") != nullptr || root->find("rules") != nullptr) {
            good.push_back(f);
            continue;
        }
        diagnostics_.error(root->entries.empty() ? root->span : root->entries.front().key.span,
                           "not-a-pack", "`" + f + "` is no rule pack",
                           "a pack begins with `pack: {id: ...}`");
    }
    return *packs_with(good, shipped);
}

namespace {

std::string because(const rule::Rule& r) {
    return r.overridden->because.empty() ? "" : ", because " + r.overridden->because;
}

// The latest day that the case surely speaks of, and where: not of what is withdrawn or only
// proposed, not when a source was published.
std::optional<std::pair<time::Day, std::string>> latest_day(const model::Vocabulary& vocabulary,
                                                            const model::Case& c) {
    std::optional<std::pair<time::Day, std::string>> out;
    const auto source = vocabulary.find("source");
    for (const auto& a : c.assertions) {
        const auto& r = c.record(a.record);
        const auto& field = vocabulary.type(r.type).fields[a.field];
        const bool day = field.kind == model::FieldKind::day;
        if ((!day && field.kind != model::FieldKind::period) || r.type == source ||
            !a.value.absolute)
            continue;
        if (a.state == model::State::withdrawn || a.state == model::State::proposed) continue;
        for (const auto* stated : {&a.value.day, &a.value.period.start, &a.value.period.end}) {
            if (day != (stated == &a.value.day) || stated->days.empty()) continue;
            const auto first = stated->days.hull().first;
            if (time::bounded(first) && (!out || out->first < first))
                out = {first, r.path + "." + field.name};
        }
    }
    return out;
}

}  // namespace

// Law that was looked up before what the case is about may have changed since.
void Workspace::check_verified(const LoadedCase& c) {
    const auto latest = latest_day(c.packs->vocabulary(), c.file);
    if (!latest) return;
    std::string packs;
    for (const auto* head : c.packs->heads())
        if (head->says_law && head->verified_on && *head->verified_on < latest->first)
            packs += (packs.empty() ? "`" : ", `") + head->id + "` (" +
                     time::to_string(*head->verified_on) + ")";
    if (!packs.empty())
        diagnostics_.warning(
            c.file.id_span.valid() ? c.file.id_span : c.file.span, "verified-before",
            "the case speaks of " + time::to_string(latest->first) + " (" + latest->second +
                "); the law was last looked up earlier in " + packs,
            "see whether the law has changed since, then set `verified_on`");
}

void Workspace::check_named_rules(LoadedCase& c) {
    const auto& builtin = rule::builtin_rules();
    const auto check = [&](std::string_view key, const std::string& id, const text::Span& span) {
        if (c.packs->find(id) != nullptr || c.packs->find_off(id) != nullptr ||
            std::find(builtin.begin(), builtin.end(), id) != builtin.end())
            return;
        diagnostics_.error(span, "unknown-rule",
                           "`" + std::string(key) + "` names the unknown rule `" + id + "`",
                           text::did_you_mean(id, c.packs->ids()));
    };
    // A rule may be named as it was called before.
    const auto renamed = [&](std::string_view key, std::string& id, const text::Span& span) {
        const auto now = c.packs->canonical(id);
        if (now == id) return;
        diagnostics_.add({text::Level::note,
                          "renamed-rule",
                          span,
                          {},
                          "`" + std::string(key) + "` names rule `" + now +
                              "` as it was called before, `" + id + "`",
                          "write `" + now + "`",
                          {}});
        id = now;
    };
    for (auto& e : c.file.expectations) {
        check("expect", e.rule, e.span);
        renamed("expect", e.rule, e.span);
        const auto* off = c.packs->find_off(e.rule);
        if (off != nullptr && e.verdict != "none")
            diagnostics_.warning(e.span, "rule-off",
                                 "rule `" + e.rule + "` is off: pack `" + off->overridden->pack +
                                     "` says so" + because(*off),
                                 "expect `none`, or leave that pack out");
    }
    for (auto& s : c.file.suppressions) {
        check("suppress", s.rule, s.span);
        renamed("suppress", s.rule, s.span);
        if (!check::is_mandatory(*c.packs, s.rule)) continue;
        const auto* r = c.packs->find(s.rule);
        auto& d = diagnostics_.error(
            s.span, "mandatory", "rule `" + s.rule + "` is mandatory: no case may suppress it",
            r == nullptr ? "take the entry out, and the one that it is about"
                         : "take the entry out; where the facts excuse it, state the fact that the "
                           "rule's exceptions ask for");
        if (r != nullptr) d.related.push_back({r->span, "the rule"});
    }
}

std::vector<model::Part> Workspace::without_private(const rule::Packs& packs,
                                                    std::vector<model::Part> parts) {
    for (auto& part : parts) {
        const auto bytes = redact::without_private(packs.vocabulary(), *part.root,
                                                   sources_.bytes(part.file), diagnostics_);
        if (!bytes) continue;
        part.file = sources_.add(std::string(sources_.name(part.file)), *bytes);
        auto root = text::parse_yaml(sources_, part.file, diagnostics_);
        if (!root) continue;  // and why was said
        roots_.push_back(std::make_unique<text::Node>(std::move(*root)));
        part.root = roots_.back().get();
    }
    return parts;
}

void Workspace::check_language() {
    // Where no pack was read nobody can say which languages there are.
    const auto& there = translated_.languages;
    if (language_.code != "en" && !translated_.without.empty() &&
        there.count(language_.code) == 0) {
        std::vector<std::string> known{"en"};
        for (const auto& l : there)
            if (l != "en") known.push_back(l);
        argument_error("--lang", "no pack has a text in the language `" + language_.code + "`",
                       text::did_you_mean(language_.code, known));
    }
}

void Workspace::load(bool variants) {
    for (const auto& files : loader_.cases()) {
        if (files.variant && !files.named && !variants) {
            LoadedCase left_out;
            left_out.variant = true;
            left_out.packs = &packs();
            // Its names are read all the same: a case that varies itself, or nothing that is there,
            // is told.
            if (const auto* block =
                    files.parts.empty() ? nullptr : files.parts.front().root->find("case")) {
                if (const auto* id = block->find("id")) {
                    left_out.file.id = id->text;
                    left_out.file.id_span = id->span;
                }
                if (const auto* of = block->find("variant_of")) {
                    left_out.file.variant_of = of->text;
                    left_out.file.variant_span = of->span;
                }
            }
            cases_.push_back(std::move(left_out));
            parts_.emplace_back();
            continue;
        }
        const auto before = diagnostics_.error_count();
        auto extra = config_packs_;
        const bool all = extra_packs(files, extra);
        const auto entries = config_.entries_for(files.path);
        LoadedCase loaded;
        loaded.packs = packs_with(extra, true, &entries);
        loaded.builtin_weights = builtin_weights(entries);
        const auto& policies = policies_for(*loaded.packs);
        parts_.push_back(without_private(*loaded.packs, files.parts));
        const bool sound = all && broken_.count(loaded.packs) == 0;
        text::Diagnostics found;
        loaded.file = model::build_case(loaded.packs->vocabulary(), parts_.back(), found,
                                        policies.numbers, policies.terms);
        // What is like no list of records that is known may be one of packs that did not load
        // wholly.
        const auto theirs = [&](const text::Diagnostic& d) {
            const auto& parts = parts_.back();
            return d.code == "unknown-key" && d.help.rfind("did you mean", 0) != 0 &&
                   std::any_of(parts.begin(), parts.end(), [&](const auto& part) {
                       const auto& keys = part.root->entries;
                       return std::any_of(keys.begin(), keys.end(),
                                          [&](const auto& e) { return e.key.span == d.span; });
                   });
        };
        for (const auto& d : found.items())
            if (sound || !theirs(d)) diagnostics_.add(d);
        loaded.file.file = files.path;
        for (const auto& part : parts_.back()) {
            loaded.files.push_back(part.file);
            loaded.expects = loaded.expects || part.root->find("expect") != nullptr;
        }
        // Which rules these have nobody knows, either.
        if (sound) check_named_rules(loaded);
        if (sound) check_verified(loaded);
        loaded.good = sound && diagnostics_.error_count() == before && !files.incomplete;
        loaded.variant = files.variant;
        loaded.named = files.named;
        cases_.push_back(std::move(loaded));
    }
    wake_rules();
    for (const auto& path : loader_.packs()) {
        std::error_code ec;
        const bool shipped =
            std::any_of(shipped_.begin(), shipped_.end(),
                        [&](const std::string& s) { return fs::equivalent(s, path, ec); });
        const auto* packs = shipped ? &this->packs() : packs_with({path});
        const auto* root = loader_.document(path, {});
        std::string id;
        if (root != nullptr)
            if (const auto* pack = root->find("pack"))
                if (const auto* name = pack->find("id")) id = name->text;
        named_packs_.push_back({path, id, packs});
    }
    // A map may bring a pack in its own file.
    for (const auto& path : loader_.maps()) {
        const auto* root = loader_.document(path, {});
        if (root == nullptr || pack_in(*root)->entries.empty()) continue;
        const auto map = load_map(path);
        if (map.packs != nullptr) named_packs_.push_back({path, map.own_pack, map.packs});
    }
    check_ids();
    check_config();
    check_language();
    loader_.finish();
}

// Two cases of one id could not be told apart in a report; a variant needs what it varies.
void Workspace::check_ids() {
    std::map<std::string, const model::Case*> ids;
    for (auto& c : cases_) {
        if (c.file.id.empty()) continue;
        const auto [it, fresh] = ids.emplace(c.file.id, &c.file);
        if (fresh) continue;
        auto& d =
            diagnostics_.error(c.file.id_span, "defined-twice",
                               "two cases have the id `" + c.file.id + "`", "give each its own");
        d.related.push_back({it->second->id_span, "the other one"});
        c.good = false;
    }
    for (auto& c : cases_) {
        const auto& of = c.file.variant_of;
        if (of.empty()) continue;
        if (of == c.file.id) {
            diagnostics_.error(c.file.variant_span, "unknown-case",
                               "`variant_of` names the case itself", "name the case it varies");
            c.good = false;
        } else if (ids.count(of) == 0 && !c.named) {
            std::vector<std::string> known;
            for (const auto& [id, file] : ids)
                if (id != c.file.id) known.push_back(id);
            diagnostics_.warning(
                c.file.variant_span, "unknown-case",
                "`variant_of` names `" + of + "`, which is not among the cases given",
                text::did_you_mean(of, known));
        }
    }
}

std::string Workspace::file_name(const text::Span& span) const {
    std::string name(sources_.name(span.file));
    if (std::find(shipped_.begin(), shipped_.end(), name) != shipped_.end())
        name = "rules/" + fs::path(name).filename().string();
    return name;
}

std::string Workspace::place(const text::Span& span) const {
    return file_name(span) + ":" + std::to_string(sources_.position(span.file, span.begin).line);
}

void Workspace::argument_error(const std::string& what, const std::string& message,
                               const std::string& help) {
    diagnostics_.add({text::Level::error, "bad-argument", {}, what, message, help, {}});
}

void Workspace::nothing_to_check() {
    const bool packs = !loader_.packs().empty();
    const bool maps = !loader_.maps().empty();
    diagnostics_.add({text::Level::error,
                      "no-case",
                      {},
                      maps    ? loader_.maps().front()
                      : packs ? loader_.packs().front()
                              : "check",
                      maps    ? "a map alone holds nothing to check"
                      : packs ? "rule packs alone hold nothing to check"
                              : "nothing to check",
                      maps    ? "give it with --map, and the data; `antinomy test` runs its tests"
                      : packs ? "give a case; `antinomy test` runs the examples of packs"
                              : "give a case, or a folder of cases",
                      {}});
}

void Workspace::check_rules(const std::vector<std::string>& ids) {
    if (ids.empty()) return;
    std::vector<std::string> known = packs().ids();
    // Of what is built in a case may be judged where it is not off.
    const auto off_everywhere = [&](const std::string& id) {
        const auto* own = rule::find_builtin(id);
        return own != nullptr && !cases_.empty() &&
               std::none_of(cases_.begin(), cases_.end(), [&](const LoadedCase& c) {
                   const auto it = c.builtin_weights.find(own->id);
                   return it == c.builtin_weights.end() || it->second;
               });
    };
    for (const auto& [files, packs] : packs_)
        for (auto& id : packs->ids())
            if (std::find(known.begin(), known.end(), id) == known.end()) known.push_back(id);
    const std::string also =
        diagnostics_.has_errors()
            ? "; a rule that has an error itself is not known before that is mended"
            : "";
    for (const auto& written : ids) {
        auto id = written;
        for (const auto& [files, packs] : packs_) id = packs->canonical(id);
        if (off_everywhere(id)) {
            argument_error("--rules", "`" + id + "` is off: " + config_.file + " says so",
                           "add `--no-config` to judge it");
            continue;
        }
        if (std::find(known.begin(), known.end(), id) != known.end()) continue;
        const rule::Rule* off = nullptr;
        for (const auto& [files, packs] : packs_)
            if (off == nullptr) off = packs->find_off(id);
        if (off != nullptr) {
            argument_error("--rules",
                           "rule `" + id + "` is off: pack `" + off->overridden->pack +
                               "` says so" + because(*off),
                           "leave that pack out to judge it");
            continue;
        }
        const auto help = text::did_you_mean(id, known);
        argument_error("--rules", "no rule `" + id + "`",
                       text::nearest(id, known) ? help : help + also);
    }
}

std::vector<std::string> Workspace::canonical(const rule::Packs& packs,
                                              const std::vector<std::string>& ids) {
    std::vector<std::string> out;
    for (const auto& id : ids) out.push_back(packs.canonical(id));
    return out;
}

void Workspace::check_accounts(const std::vector<std::string>& names) {
    std::set<std::string> known;
    for (const auto& c : cases_)
        for (const auto& a : c.file.accounts) known.insert(a.id);
    for (const auto& n : names)
        if (known.count(n) == 0)
            argument_error("--account", "no account `" + n + "` in any of the cases",
                           text::did_you_mean(n, {known.begin(), known.end()}));
}

void Workspace::check_sources(const std::vector<std::string>& names) {
    std::set<std::string> known;
    for (const auto& c : cases_) {
        const auto type = c.packs->vocabulary().find("source");
        for (const auto& r : c.file.records)
            if (r.type == type) known.insert(r.id);
    }
    for (const auto& n : names)
        if (known.count(n) == 0)
            argument_error("--sources", "no source `" + n + "` in any of the cases",
                           text::did_you_mean(n, {known.begin(), known.end()}));
}

void Workspace::check_place(const std::string& at) {
    if (at.empty() || cases_.empty()) return;
    for (const auto& c : cases_)
        if (model::has_place(c.packs->vocabulary(), c.file, at)) return;
    argument_error("--at", "no record `" + at + "` in any of the cases",
                   model::near_places(cases_.front().file, at));
}

text::Diagnostics Workspace::unique() const {
    text::Diagnostics out;
    std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::string, std::string,
                        std::string>>
        seen;
    for (const auto& d : diagnostics_.items())
        if (seen.insert({d.span.file.value, d.span.begin, d.span.end, d.code, d.message, d.where})
                .second)
            out.add(d);
    return out;
}

bool Workspace::print_problems(const report::Style& style) {
    const auto list = unique();
    report::print_diagnostics(std::cerr, list, sources_, style);
    return list.has_errors();
}

}  // namespace antinomy::cli
