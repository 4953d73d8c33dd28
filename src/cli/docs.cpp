// antinomy docs OUT [PACK...]    the rules as a folder of pages

#include <algorithm>
#include <iostream>
#include <memory>

#include "cli/commands.hpp"
#include "cli/workspace.hpp"
#include "docs/folder.hpp"
#include "docs/site.hpp"
#include "report/phrases.hpp"

namespace antinomy::cli {

namespace {

struct DocsOptions {
    std::string out;
    std::vector<std::string> packs;
};

// Those of the packs that are asked for, and what these say of rules of others.
std::vector<const rule::Rule*> rules_of(const rule::Packs& packs,
                                        const std::vector<std::string>& ids) {
    std::vector<const rule::Rule*> out;
    const auto asked = [&](const std::string& pack) {
        return ids.empty() || std::find(ids.begin(), ids.end(), pack) != ids.end();
    };
    for (const auto* rules : {&packs.rules(), &packs.off()})
        for (const auto& r : *rules)
            if (asked(r.pack) || (r.overridden && asked(r.overridden->pack))) out.push_back(&r);
    std::sort(out.begin(), out.end(), [](const auto* a, const auto* b) {
        return std::tie(a->pack, a->id) < std::tie(b->pack, b->id);
    });
    return out;
}

int run(const DocsOptions& o, const Common& common) {
    Workspace w(true);
    w.add(o.packs);
    w.load();
    std::vector<std::string> files;
    std::vector<std::string> ids;
    for (const auto& p : w.named_packs()) {
        files.push_back(p.path);
        ids.push_back(p.id);
    }
    if (!o.packs.empty() && files.empty())
        w.argument_error("docs", "there is no rule pack in what was given", "name a pack");
    const auto& packs = files.empty() ? w.packs() : w.packs_together(files);
    docs::Library library;
    library.packs = &packs;
    library.rules = rules_of(packs, ids);
    library.place = [&](const text::Span& span) { return w.place(span); };
    library.generator = std::string("antinomy ") + ANTINOMY_VERSION;
    std::vector<docs::File> pages;
    // Of packs that did not load wholly nobody knows which rules they have: no pages.
    if (!w.diagnostics().has_errors()) pages = docs::site(library, w.sources(), w.diagnostics());
    const bool written =
        !w.diagnostics().has_errors() && docs::write_folder(o.out, pages, w.diagnostics());
    if (w.print_problems(common.style(2)) || !written) return kNotDone;
    std::size_t examples = 0;
    for (const auto* r : library.rules) examples += r->tests.size();
    std::cout << report::count_words(pages.size(), "page") << " of "
              << report::count_words(library.rules.size(), "rule") << " and "
              << report::count_words(examples, "example") << ": "
              << report::sanitize(o.out + (o.out.back() == '/' ? "" : "/")) << "index.html\n";
    return kFine;
}

}  // namespace

Run add_docs(CLI::App& app, const Common& common) {
    auto o = std::make_shared<DocsOptions>();
    auto* sub =
        app.add_subcommand("docs", "The rules as a folder of pages (HTML) to read or print");
    sub->add_option("OUT", o->out, "the folder: new, empty, or of an earlier run")->required();
    sub->add_option("PACK", o->packs, "packs or folders; without any: the shipped packs");
    return [o, sub, &common]() -> int { return sub->parsed() ? run(*o, common) : -1; };
}

}  // namespace antinomy::cli
