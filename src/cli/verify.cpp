// antinomy verify FINDINGS... --cases CASE...

#include "verify/verify.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <sstream>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/workspace.hpp"

namespace antinomy::cli {

namespace {

struct VerifyOptions {
    std::vector<std::string> paths;
    std::string format = "text";
};

int run(const VerifyOptions& o) {
    // Findings are JSON, cases YAML: told apart by what they are called.
    std::vector<std::string> findings;
    std::vector<std::string> cases;
    for (const auto& p : o.paths)
        (std::filesystem::path(p).extension() == ".json" ? findings : cases).push_back(p);
    if (findings.empty() || cases.empty()) {
        std::cerr
            << "antinomy: " << (findings.empty() ? "no findings" : "no cases")
            << " to verify\n  help: write `antinomy verify findings.json case.yaml`, findings "
               "as `antinomy check --format json` writes them\n";
        return kNotDone;
    }
    const auto report = verify::verify(findings, cases, rules_folder());
    std::ostringstream out;
    if (o.format == "json")
        verify::print_json(out, report);
    else
        verify::print_text(out, report);
    std::cout << out.str() << std::flush;
    if (!std::cout) {
        std::cerr << "antinomy: the report could not be written whole\n";
        return kNotDone;
    }
    const int code = report.exit_code();
    return code == 0 ? kFine : code == 1 ? kFound : kNotDone;
}

}  // namespace

Run add_verify(CLI::App& app, const Common&) {
    auto o = std::make_shared<VerifyOptions>();
    auto* sub = app.add_subcommand("verify", "Re-check the proofs of findings on the cases' files");
    sub->add_option("PATH", o->paths,
                    "findings (.json, of `check --format json`), then case files or folders")
        ->required();
    sub->add_option("--format", o->format, "text or json")->check(one_of({"text", "json"}));
    return [o, sub]() -> int { return sub->parsed() ? run(*o) : -1; };
}

}  // namespace antinomy::cli
