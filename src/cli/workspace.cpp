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

namespace {

std::string find_rules_folder() {
    if (const char* set = std::getenv("ANTINOMY_RULES"); set != nullptr && *set != '\0') return set;
    return ANTINOMY_RULES_FOLDER;
}

}  // namespace

Workspace::Workspace(bool with_tests)
    : loader_(sources_, diagnostics_), rules_folder_(find_rules_folder()), with_tests_(with_tests) {
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
    return packs_.emplace(files, std::move(packs)).first->second.get();
}

void Workspace::add(const std::vector<std::string>& paths) {
    for (const auto& p : paths) loader_.add(p);
}

void Workspace::load() {
    std::set<std::string> used_packs;
    for (const auto& files : loader_.cases()) {
        const auto before = diagnostics_.error_count();
        std::vector<std::string> extra;
        if (!files.parts.empty())
            if (const auto* block = files.parts.front().root->find("case"))
                if (const auto* list = block->find("packs"); list != nullptr && list->is_sequence())
                    for (const auto& item : list->items) {
                        auto path =
                            loader_.resolve_inside(item.text, files.path, item.span, "the pack");
                        if (path.empty() || loader_.document(path, item.span) == nullptr) continue;
                        used_packs.insert(path);
                        extra.push_back(std::move(path));
                    }
        LoadedCase loaded;
        loaded.packs = packs_with(extra);
        loaded.file = model::build_case(loaded.packs->vocabulary(), files.parts, diagnostics_,
                                        loaded.packs->policies());
        loaded.file.file = files.path;
        for (const auto& e : loaded.file.expectations)
            if (loaded.packs->find(e.rule) == nullptr &&
                !std::count(rule::builtin_rules().begin(), rule::builtin_rules().end(), e.rule))
                diagnostics_.error(e.span, "unknown-rule",
                                   "`expect` names the unknown rule `" + e.rule + "`",
                                   text::did_you_mean(e.rule, loaded.packs->ids()));
        for (const auto& s : loaded.file.suppressions)
            if (loaded.packs->find(s.rule) == nullptr &&
                !std::count(rule::builtin_rules().begin(), rule::builtin_rules().end(), s.rule))
                diagnostics_.error(s.span, "unknown-rule",
                                   "`suppress` names the unknown rule `" + s.rule + "`",
                                   text::did_you_mean(s.rule, loaded.packs->ids()));
        loaded.good = diagnostics_.error_count() == before && !files.incomplete;
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
    // Two cases of one id could not be told apart in a report.
    std::map<std::string, const model::Case*> ids;
    for (auto& c : cases_) {
        if (c.file.id.empty()) continue;
        const auto [it, fresh] = ids.emplace(c.file.id, &c.file);
        if (fresh) continue;
        auto& d =
            diagnostics_.error(c.file.span, "defined-twice",
                               "two cases have the id `" + c.file.id + "`", "give each its own");
        d.related.push_back({it->second->span, "the other one"});
        c.good = false;
    }
    for (const auto& c : cases_) {
        if (c.file.variant_of.empty() || ids.count(c.file.variant_of) != 0) continue;
        if (!c.named) {
            std::vector<std::string> known;
            for (const auto& [id, file] : ids) known.push_back(id);
            diagnostics_.warning(c.file.span, "unknown-case",
                                 "`variant_of` names `" + c.file.variant_of +
                                     "`, which is not among the cases given",
                                 text::did_you_mean(c.file.variant_of, known));
        }
    }
    loader_.finish();
}

void Workspace::argument_error(const std::string& what, const std::string& message,
                               const std::string& help) {
    diagnostics_.add({text::Level::error, "bad-argument", {}, what, message, help, {}});
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
