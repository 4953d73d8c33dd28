// antinomy verify FINDINGS.json... CASE...
// antinomy verify FINDINGS --map MAP DATA...

#include "verify/verify.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <sstream>
#include <thread>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/workspace.hpp"
#include "data/made.hpp"
#include "data/run.hpp"
#include "verify/data.hpp"

namespace antinomy::cli {

namespace {

struct VerifyOptions {
    std::vector<std::string> paths;
    std::string format = "text";
    std::string map;
};

int print(const VerifyOptions& o, const verify::Report& report) {
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

// A case as src/verify takes it, from the tree that a map made of data.
verify::MadeCase written(const text::Node& made, const text::SourceMap& sources) {
    auto text = data::made_text(made, sources);
    verify::MadeCase out;
    out.yaml = std::move(text.yaml);
    out.places.reserve(text.places.size());
    for (const auto& p : text.places)
        out.places.push_back(
            {std::string(p.file), static_cast<int>(p.line), static_cast<int>(p.column)});
    return out;
}

std::string id_of(const text::Node& made) {
    const auto* block = made.find("case");
    const auto* id = block == nullptr ? nullptr : block->find("id");
    return id == nullptr ? std::string() : id->text;
}

// Records are read and made into cases as `check --map` does it; what is claimed of them is
// examined by src/verify alone.
int run_data(const VerifyOptions& o, const Common& common) {
    if (o.paths.size() < 2)
        return refused(o.paths.empty() ? "no findings to verify" : "no data to verify them on",
                       "write `antinomy verify findings.json --map MAP DATA...`, findings as "
                       "`antinomy check --map --format json` writes them");
    const std::vector<std::string> paths(o.paths.begin() + 1, o.paths.end());
    if (std::count(o.paths.begin(), o.paths.end(), "-") + (o.map == "-" ? 1 : 0) > 1)
        return refused("findings, map and data cannot all be standard input",
                       "give all but one of them as files");
    Workspace w;
    const auto loaded = w.load_map(o.map);
    if (!loaded.good || w.diagnostics().has_errors()) {
        w.print_problems(common.style(2));
        return kNotDone;
    }
    verify::OfData of(loaded.pack_files, loaded.map.shipped ? rules_folder() : "");
    of.read(o.paths.front());
    data::RunOptions options;
    options.threads = std::max(1u, std::thread::hardware_concurrency());
    // Nothing is judged here.
    options.wanted = [&](const data::Outcome& out, const text::Node& made) {
        verify::OfData::Numbers numbers;
        const auto add = [&](const std::string& file, std::uint64_t record) {
            const auto& of_record = of.of(file, record);
            numbers.insert(numbers.end(), of_record.begin(), of_record.end());
        };
        if (out.members == nullptr)
            add(out.file, out.number);
        else
            for (const auto& m : *out.members) add(m.file->path, m.number);
        if (numbers.empty()) return false;
        std::sort(numbers.begin(), numbers.end());
        numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
        of.examine(numbers, id_of(made), written(made, out.sources));
        return false;
    };
    options.tell = [](const data::Outcome&) { return data::Told{}; };
    options.write = [](const data::Told&) {};
    // Without findings the data need not be read.
    if (of.size() > 0)
        static_cast<void>(
            data::run(loaded.map, *loaded.packs, w.sources(), paths, options, w.diagnostics()));
    const bool errors = w.print_problems(common.style(2));
    const int code = print(o, of.finish());
    return errors ? kNotDone : code;
}

int run(const VerifyOptions& o, const Common& common) {
    if (!o.map.empty()) return run_data(o, common);
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
    return print(o, verify::verify(findings, cases, rules_folder()));
}

}  // namespace

Run add_verify(CLI::App& app, const Common& common) {
    auto o = std::make_shared<VerifyOptions>();
    auto* sub = app.add_subcommand("verify", "Re-check the proofs of findings on the cases' files");
    sub->add_option("PATH", o->paths,
                    "findings (.json, of `check --format json`), then case files or folders; with "
                    "--map one file of findings, then the data")
        ->required();
    sub->add_option("--map", o->map, "the map of a data set that the findings are of");
    sub->add_option("--format", o->format, "text or json")->check(one_of({"text", "json"}));
    return [o, sub, &common]() -> int { return sub->parsed() ? run(*o, common) : -1; };
}

}  // namespace antinomy::cli
