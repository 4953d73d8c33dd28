// antinomy schema case|pack|config [--pack FILE]...   a JSON Schema of the files, for editors
// antinomy schema report                              of what `check --format json` prints

#include <iostream>
#include <memory>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/workspace.hpp"
#include "report/schema.hpp"

namespace antinomy::cli {

namespace {

struct SchemaOptions {
    std::string of;
    std::vector<std::string> packs;
};

int written() {
    std::cout << std::flush;
    if (std::cout) return kFine;
    std::cerr << "antinomy: the schema could not be written whole\n";
    return kNotDone;
}

int run(const SchemaOptions& o, const Common& common) {
    if (o.of == "report") {
        if (!o.packs.empty())
            return refused("`--pack` is for the schemas of cases and packs",
                           "leave it out: a report has the same keys whatever the rules");
        report::print_report_schema(std::cout);
        return written();
    }
    Workspace w;
    const auto& packs = w.packs_together(o.packs);
    // Of packs that did not load wholly the vocabulary may lack something: no schema.
    if (w.print_problems(common.style(2))) return kNotDone;
    if (o.of == "case")
        report::print_case_schema(std::cout, packs);
    else if (o.of == "config")
        report::print_config_schema(std::cout, packs);
    else
        report::print_pack_schema(std::cout, packs);
    return written();
}

}  // namespace

Run add_schema(CLI::App& app, const Common& common) {
    auto o = std::make_shared<SchemaOptions>();
    auto* sub = app.add_subcommand("schema",
                                   "A JSON Schema of case files, packs, antinomy.yaml or reports");
    sub->add_option("KIND", o->of,
                    "case (case files and what they include), pack, config (antinomy.yaml), or "
                    "report (--format json)")
        ->required()
        ->check(one_of({"case", "pack", "config", "report"}));
    add_list(*sub, "--pack", o->packs, "rule packs beside the shipped ones");
    return [o, sub, &common]() -> int { return sub->parsed() ? run(*o, common) : -1; };
}

}  // namespace antinomy::cli
