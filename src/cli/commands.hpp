#pragma once
// The commands: each adds its options to the app and returns what runs it.

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "report/terminal.hpp"

namespace antinomy::cli {

// Options that every command has.
struct Common {
    std::string color = "auto";
    bool ascii = false;
    int verbose = 0;
    [[nodiscard]] report::Style style(int descriptor) const;
};

using Run = std::function<int()>;

Run add_baseline(CLI::App& app, const Common&);
Run add_check(CLI::App& app, const Common&);
Run add_config_command(CLI::App& app, const Common&);
Run add_date(CLI::App& app, const Common&);
Run add_diff(CLI::App& app, const Common&);
Run add_docs(CLI::App& app, const Common&);
Run add_explain(CLI::App& app, const Common&);
Run add_map(CLI::App& app, const Common&);
Run add_rules(CLI::App& app, const Common&);
Run add_schema(CLI::App& app, const Common&);
Run add_test(CLI::App& app, const Common&);
Run add_timeline(CLI::App& app, const Common&);
Run add_verify(CLI::App& app, const Common&);

}  // namespace antinomy::cli
