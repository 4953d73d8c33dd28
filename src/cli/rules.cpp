// antinomy rules [FILTER...]

#include <algorithm>
#include <iostream>
#include <memory>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/workspace.hpp"
#include "rule/monotone.hpp"
#include "text/nearest.hpp"

namespace antinomy::cli {

namespace {

struct RulesOptions {
    std::vector<std::string> words;
    std::vector<std::string> packs;
    std::string severity;
    std::string about;
};

std::string_view word(rule::Severity s) {
    switch (s) {
        case rule::Severity::error:
            return "error";
        case rule::Severity::warning:
            return "warning";
        case rule::Severity::review:
            return "review";
        case rule::Severity::info:
            return "info";
    }
    return "";
}

int run(const RulesOptions& o, const Common& common) {
    Workspace w;
    w.add(o.packs);
    w.load();
    std::vector<const rule::Rule*> list;
    const auto collect = [&](const rule::Packs& packs) {
        for (const auto& r : packs.rules())
            if (std::none_of(list.begin(), list.end(),
                             [&](const rule::Rule* x) { return x->id == r.id; }))
                list.push_back(&r);
    };
    collect(w.packs());
    for (const auto& p : w.named_packs()) collect(*p.packs);
    std::sort(list.begin(), list.end(), [](const auto* a, const auto* b) {
        return std::tie(a->pack, a->id) < std::tie(b->pack, b->id);
    });
    std::size_t shown = 0;
    std::string pack;
    for (const auto* r : list) {
        const auto matches = [&](const std::string& word_wanted) {
            return r->id.find(word_wanted) != std::string::npos ||
                   r->title.find(word_wanted) != std::string::npos || r->pack == word_wanted;
        };
        if (!o.words.empty() && std::none_of(o.words.begin(), o.words.end(), matches)) continue;
        if (!o.severity.empty() && o.severity != word(r->severity)) continue;
        if (!o.about.empty() && o.about != r->about) continue;
        if (r->pack != pack) {
            pack = r->pack;
            std::cout << (shown == 0 ? "" : "\n") << report::sanitize(pack) << "\n";
        }
        ++shown;
        std::cout << "  " << report::sanitize(r->id) << "  (" << word(r->severity) << ", "
                  << (r->kind == rule::RuleKind::fact ? "fact" : "law") << ", about " << r->about
                  << ")\n    " << report::sanitize(r->title) << "\n";
        for (const auto& asked : rule::asks_how_known(*r))
            std::cout << "    asks how well something is known: " << report::sanitize(asked)
                      << "\n";
    }
    if (o.words.empty() && o.severity.empty() && o.about.empty()) {
        std::cout << "\nbuilt in\n";
        for (const auto& b : rule::builtin_rules()) std::cout << "  " << b << "\n";
    }
    const bool errors = w.print_problems(common.style(2));
    if (shown == 0 && !errors) {
        std::vector<std::string> known = w.packs().ids();
        const bool asked = !o.words.empty();
        std::cerr << "antinomy: no rule matches"
                  << (asked ? " `" + report::sanitize(o.words.front()) + "`" : "") << "\n  help: "
                  << report::sanitize(asked ? text::did_you_mean(o.words.front(), known)
                                            : "`antinomy rules` lists all of them")
                  << "\n";
        return kNotDone;
    }
    return errors ? kNotDone : kFine;
}

}  // namespace

Run add_rules(CLI::App& app, const Common& common) {
    auto o = std::make_shared<RulesOptions>();
    auto* sub =
        app.add_subcommand("rules", "List the rules, all or those whose id, title or pack match");
    sub->add_option("WORD", o->words, "part of an id or title, or a pack");
    add_list(*sub, "--pack", o->packs, "rule packs to list beside the shipped ones");
    sub->add_option("--severity", o->severity, "only of this severity")
        ->check(one_of({"error", "warning", "review", "info"}));
    sub->add_option("--about", o->about, "only about this")
        ->check(one_of({"charge", "proceeding", "exhibit", "source", "record"}));
    return [o, sub, &common]() -> int { return sub->parsed() ? run(*o, common) : -1; };
}

}  // namespace antinomy::cli
