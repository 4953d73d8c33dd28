#include "cli/workspace.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <set>

#include "report/diagnostics.hpp"
#include "text/nearest.hpp"

namespace antinomy::cli {

namespace fs = std::filesystem;

std::string rules_folder() {
    if (const char* set = std::getenv("ANTINOMY_RULES"); set != nullptr && *set != '\0') return set;
    return ANTINOMY_RULES_FOLDER;
}

Workspace::Workspace(bool with_tests)
    : loader_(sources_, diagnostics_), rules_folder_(cli::rules_folder()), with_tests_(with_tests) {
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
    base_ = packs_with({});
}

const rule::Packs* Workspace::packs_with(const std::vector<std::string>& files) {
    const auto known = packs_.find(files);
    if (known != packs_.end()) return known->second.get();
    const auto before = diagnostics_.error_count();
    auto packs = std::make_unique<rule::Packs>();
    packs->with_tests = with_tests_;
    auto all = shipped_;
    for (const auto& f : files) {
        std::error_code ec;
        const bool same = std::any_of(
            all.begin(), all.end(), [&](const std::string& s) { return fs::equivalent(s, f, ec); });
        if (!same) all.push_back(f);
    }
    for (const auto& path : all)
        if (const auto* root = loader_.document(path, {})) packs->add(path, root, diagnostics_);
    packs->finish(diagnostics_);
    spdlog::info("{} rules from {} packs", packs->rules().size(), all.size());
    if (diagnostics_.error_count() != before) broken_.insert(packs.get());
    return packs_.emplace(files, std::move(packs)).first->second.get();
}

void Workspace::add(const std::vector<std::string>& paths) {
    for (const auto& p : paths) loader_.add(p);
}

bool Workspace::extra_packs(const model::CaseFiles& files, std::vector<std::string>& extra) {
    if (files.parts.empty()) return true;
    const auto* block = files.parts.front().root->find("case");
    const auto* list = block == nullptr ? nullptr : block->find("packs");
    if (list == nullptr || !list->is_sequence()) return true;
    bool good = true;
    for (const auto& item : list->items) {
        if (!item.is_scalar()) continue;  // the case says so
        auto path = loader_.resolve_inside(item.text, files.path, item.span, "the pack");
        const auto* root = path.empty() ? nullptr : loader_.document(path, item.span);
        if (root == nullptr) {
            good = false;
        } else if (root->find("pack") == nullptr && root->find("rules") == nullptr) {
            diagnostics_.error(item.span, "not-a-pack", "`" + item.text + "` is no rule pack",
                               "a pack begins with `pack: {id: ...}`; parts of a case go under "
                               "`include:`");
            good = false;
        } else {
            extra.push_back(std::move(path));
        }
    }
    return good;
}

const rule::Packs& Workspace::packs_together(const std::vector<std::string>& files) {
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
    return *packs_with(good);
}

void Workspace::check_named_rules(const LoadedCase& c) {
    const auto& builtin = rule::builtin_rules();
    const auto check = [&](std::string_view key, const std::string& id, const text::Span& span) {
        if (c.packs->find(id) != nullptr ||
            std::find(builtin.begin(), builtin.end(), id) != builtin.end())
            return;
        diagnostics_.error(span, "unknown-rule",
                           "`" + std::string(key) + "` names the unknown rule `" + id + "`",
                           text::did_you_mean(id, c.packs->ids()));
    };
    for (const auto& e : c.file.expectations) check("expect", e.rule, e.span);
    for (const auto& s : c.file.suppressions) check("suppress", s.rule, s.span);
}

void Workspace::load(bool variants) {
    for (const auto& files : loader_.cases()) {
        if (files.variant && !files.named && !variants) {
            LoadedCase left_out;
            left_out.variant = true;
            left_out.packs = base_;
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
            continue;
        }
        const auto before = diagnostics_.error_count();
        std::vector<std::string> extra;
        const bool all = extra_packs(files, extra);
        LoadedCase loaded;
        loaded.packs = packs_with(extra);
        loaded.file = model::build_case(loaded.packs->vocabulary(), files.parts, diagnostics_,
                                        loaded.packs->policies());
        loaded.file.file = files.path;
        const bool sound = all && broken_.count(loaded.packs) == 0;
        // Of packs that did not load wholly nobody knows which rules they have.
        if (sound) check_named_rules(loaded);
        loaded.good = sound && diagnostics_.error_count() == before && !files.incomplete;
        loaded.variant = files.variant;
        loaded.named = files.named;
        cases_.push_back(std::move(loaded));
    }
    for (const auto& path : loader_.packs()) {
        std::error_code ec;
        const bool shipped =
            std::any_of(shipped_.begin(), shipped_.end(),
                        [&](const std::string& s) { return fs::equivalent(s, path, ec); });
        const auto* packs = shipped ? base_ : packs_with({path});
        const auto* root = loader_.document(path, {});
        std::string id;
        if (root != nullptr)
            if (const auto* pack = root->find("pack"))
                if (const auto* name = pack->find("id")) id = name->text;
        named_packs_.push_back({path, id, packs});
    }
    check_ids();
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

void Workspace::argument_error(const std::string& what, const std::string& message,
                               const std::string& help) {
    diagnostics_.add({text::Level::error, "bad-argument", {}, what, message, help, {}});
}

void Workspace::nothing_to_check() {
    const bool packs = !loader_.packs().empty();
    diagnostics_.add({text::Level::error,
                      "no-case",
                      {},
                      packs ? loader_.packs().front() : "check",
                      packs ? "rule packs alone hold nothing to check" : "nothing to check",
                      packs ? "give a case; `antinomy test` runs the examples of packs"
                            : "give a case, or a folder of cases",
                      {}});
}

void Workspace::check_rules(const std::vector<std::string>& ids) {
    std::vector<std::string> known = base_->ids();
    for (const auto& [files, packs] : packs_)
        for (auto& id : packs->ids())
            if (std::find(known.begin(), known.end(), id) == known.end()) known.push_back(id);
    for (const auto& id : ids)
        if (std::find(known.begin(), known.end(), id) == known.end())
            argument_error("--rules", "no rule `" + id + "`", text::did_you_mean(id, known));
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
