// antinomy rules [WORD...]       lists the rules
// antinomy rules show ID         one of them, whole
// antinomy rules new ID          the skeleton of another
// antinomy rules lint [PACK...]  what in them cannot be meant

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/lint.hpp"
#include "cli/workspace.hpp"
#include "report/rule.hpp"
#include "report/rule_words.hpp"
#include "rule/monotone.hpp"
#include "rule/skeleton.hpp"
#include "text/nearest.hpp"

namespace antinomy::cli {

namespace {

struct RulesOptions {
    std::vector<std::string> words;
    std::vector<std::string> packs;
    std::string severity;
    std::string about;
    std::string id;  // of `show`
    std::string format = "text";
    std::string kind = "law";  // of `new`
    std::vector<std::string> bindings;
};

int list_rules(const RulesOptions& o, const Common& common) {
    Workspace w;
    w.add(o.packs);
    w.load();
    std::vector<const rule::Rule*> list;
    const auto collect = [&](const rule::Packs& packs) {
        for (const auto* rules : {&packs.rules(), &packs.off()})
            for (const auto& r : *rules)
                if (std::none_of(list.begin(), list.end(),
                                 [&](const rule::Rule* x) { return x->id == r.id; }))
                    list.push_back(&r);
    };
    // What a named pack does to rules of others is told with these.
    for (const auto& p : w.named_packs()) collect(*p.packs);
    collect(w.packs());
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
        if (!o.severity.empty() && o.severity != rule::word(r->severity)) continue;
        if (!o.about.empty() && o.about != r->about) continue;
        if (r->pack != pack) {
            pack = r->pack;
            std::cout << (shown == 0 ? "" : "\n") << report::sanitize(pack) << "\n";
        }
        ++shown;
        const bool off = r->overridden && !r->overridden->severity;
        std::cout << "  " << report::sanitize(r->id) << "  ("
                  << (off ? "off" : rule::word(r->severity)) << ", "
                  << (r->kind == rule::RuleKind::fact ? "fact" : "law") << ", about " << r->about
                  << ")\n    " << report::sanitize(r->title) << "\n";
        if (r->overridden)
            std::cout << "    " << report::sanitize(report::overridden_words(*r)) << "\n";
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

// Every rule once, as the packs that were named leave it.
std::map<std::string, const rule::Packs*> packs_by_rule(Workspace& w) {
    std::map<std::string, const rule::Packs*> out;
    const auto add = [&](const rule::Packs& packs) {
        for (const auto* rules : {&packs.rules(), &packs.off()})
            for (const auto& r : *rules) out.emplace(r.id, &packs);
    };
    for (const auto& p : w.named_packs()) add(*p.packs);
    add(w.packs());
    return out;
}

int no_such_rule(const std::string& id, const std::map<std::string, const rule::Packs*>& known) {
    const auto& builtin = rule::builtin_rules();
    std::string help =
        "it has no text to show: `antinomy explain " + id + " CASE` says what it found";
    std::string message = "`" + id + "` is built in";
    if (std::find(builtin.begin(), builtin.end(), id) == builtin.end()) {
        std::vector<std::string> ids;
        for (const auto& [name, packs] : known) ids.push_back(name);
        message = "no rule `" + id + "`";
        help = text::did_you_mean(id, ids);
    }
    return refused(message, help);
}

// What `rules` itself takes means nothing to `rules show` and `rules new`.
int filtered(const RulesOptions& o, const std::string& command) {
    if (!o.words.empty())
        return refused(
            "`rules " + command + "` takes one id, and was given `" + o.words.front() + "` too",
            "`antinomy rules WORD...` lists the rules that match");
    if (!o.severity.empty() || !o.about.empty())
        return refused("`rules " + command + "` takes one rule by its id, and no filter",
                       "leave `--severity` and `--about` out");
    return kFine;
}

int show(const RulesOptions& o, const Common& common) {
    if (const int code = filtered(o, "show"); code != kFine) return code;
    Workspace w(true);
    w.add(o.packs);
    w.load();
    const auto known = packs_by_rule(w);
    const bool errors = w.print_problems(common.style(2));
    auto it = known.find(o.id);
    if (it == known.end()) {
        // As it was called before.
        for (const auto& p : w.named_packs())
            if (it == known.end()) it = known.find(p.packs->canonical(o.id));
        if (it == known.end()) it = known.find(w.packs().canonical(o.id));
    }
    // With errors the rule may be one that did not load.
    if (it == known.end()) return errors ? kNotDone : no_such_rule(o.id, known);
    const auto* judged = it->second->find(it->first);
    const auto& r = judged != nullptr ? *judged : *it->second->find_off(it->first);
    const auto at = [&](const text::Span& span) { return w.place(span); };
    if (o.format == "markdown")
        report::print_rule_markdown(std::cout, *it->second, r, at);
    else
        report::print_rule(std::cout, *it->second, r, at, common.style(1));
    return errors ? kNotDone : kFine;
}

int start(const RulesOptions& o, const Common& common) {
    if (const int code = filtered(o, "new"); code != kFine) return code;
    rule::SkeletonWish wish;
    wish.id = o.id;
    wish.kind = o.kind == "fact" ? rule::RuleKind::fact : rule::RuleKind::law;
    for (const auto& b : o.bindings) {
        const auto at = b.find(':');
        if (at == std::string::npos || at == 0 || at + 1 == b.size())
            return refused("`--for " + b + "` is not NAME:TYPE", "write --for e:evidence");
        wish.bindings.emplace_back(b.substr(0, at), b.substr(at + 1));
    }
    Workspace w;
    w.add(o.packs);
    w.load();
    if (w.print_problems(common.style(2))) return kNotDone;
    const auto& named = w.named_packs();
    if (named.size() > 1)
        return refused("`rules new` reads one pack beside the shipped ones",
                       "give the pack that the rule is for");
    if (!named.empty()) wish.home = named.front().path;
    const auto text = rule::skeleton(named.empty() ? w.packs() : *named.front().packs, wish);
    if (const auto* problem = std::get_if<rule::SkeletonProblem>(&text))
        return refused(problem->message, problem->help);
    std::cout << std::get<std::string>(text);
    return kFine;
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
    auto* one = sub->add_subcommand("show", "One rule, whole: what it says, uses and is tried on");
    one->add_option("ID", o->id, "the rule's id")->required();
    one->add_option("--format", o->format, "text, or markdown for documents")
        ->check(one_of({"text", "markdown"}));
    auto* fresh = sub->add_subcommand("new", "The skeleton of a rule, with examples that hold");
    fresh->add_option("ID", o->id, "the new rule's id, in kebab case")->required();
    fresh->add_option("--kind", o->kind, "fact (what cannot be) or law (what must not be)")
        ->check(one_of({"fact", "law"}));
    fresh->add_option("--for", o->bindings, "NAME:TYPE...: what the rule is about, the first first")
        ->delimiter(',');
    auto l = std::make_shared<LintOptions>();
    auto* doubts = sub->add_subcommand(
        "lint", "Names that nothing reads, conditions that are always so, rules that never fire");
    doubts->add_option("PACK", l->packs, "packs or folders; without any: the shipped packs");
    add_list(*doubts, "--rules", l->rules, "only these rules");
    doubts->add_option("--format", o->format, "text, or json for programs")
        ->check(one_of({"text", "json"}));
    return [o, l, sub, one, fresh, doubts, &common]() -> int {
        if (!sub->parsed()) return -1;
        if (doubts->parsed()) {
            if (!o->words.empty() || !o->severity.empty() || !o->about.empty() || !o->packs.empty())
                return refused("`rules lint` takes packs and `--rules`, and no filter",
                               "write `antinomy rules lint PACK... --rules ID,...`");
            l->json = o->format == "json";
            return lint(*l, common);
        }
        if (fresh->parsed()) return start(*o, common);
        return one->parsed() ? show(*o, common) : list_rules(*o, common);
    };
}

}  // namespace antinomy::cli
