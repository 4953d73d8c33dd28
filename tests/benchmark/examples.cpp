// The examples of rule packs, loaded and run through the engine, and nothing else: no comparing, no
// words. examples.py compares `antinomy test` with it.
//
//     examples SHIPPED-FOLDER PACK...
//
// Prints how many examples were judged.

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "check/run.hpp"
#include "model/load.hpp"
#include "rule/parses.hpp"

using namespace antinomy;

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    text::SourceMap sources;
    text::Diagnostics diagnostics;
    model::Loader loader(sources, diagnostics);
    std::vector<std::string> shipped;
    for (const auto& f : std::filesystem::directory_iterator(argv[1]))
        if (f.path().extension() == ".yaml") shipped.push_back(f.path().string());
    std::sort(shipped.begin(), shipped.end());
    const auto parses = std::make_shared<rule::Parses>();
    std::size_t judged = 0;
    // The shipped packs once; one of others with them.
    const auto run = [&](const std::string& other, const std::vector<std::string>& named) {
        rule::Packs packs;
        packs.with_tests = true;
        packs.parses = parses;
        auto files = shipped;
        if (!other.empty()) files.push_back(other);
        for (const auto& f : files)
            if (const auto* root = loader.document(f, {})) packs.add(f, root, diagnostics);
        packs.finish(diagnostics);
        for (const auto& r : packs.rules()) {
            const std::string file(sources.name(r.span.file));
            if (std::find(named.begin(), named.end(), file) == named.end()) continue;
            for (const auto& x : r.tests) {
                const auto c =
                    model::build_case(packs.vocabulary(), {{x.span.file, x.body, true, true}},
                                      diagnostics, packs.policies(), packs.terms());
                check::Options options;
                options.resolve = false;
                options.infer = false;
                options.rules = {r.id, "facts-contradict"};
                static_cast<void>(check::check_case(packs, c, options));
                ++judged;
            }
        }
    };
    std::vector<std::string> own;
    for (int i = 2; i < argc; ++i) {
        const std::string name = argv[i];
        if (std::find(shipped.begin(), shipped.end(), name) != shipped.end())
            own.push_back(name);
        else
            run(name, {name});
    }
    if (!own.empty()) run({}, own);
    std::cout << judged << " examples\n";
    return diagnostics.has_errors() ? 1 : 0;
}
