#pragma once
// What `explain` is asked for, of case files (explain.cpp) and of data sets (explain_data.cpp), and
// the words that both use.

#include <iosfwd>
#include <string>
#include <vector>

#include "check/run.hpp"
#include "cli/commands.hpp"
#include "cli/workspace.hpp"
#include "report/terminal.hpp"

namespace antinomy::cli {

struct ExplainOptions {
    ConfigChoice config;
    std::string what;
    std::vector<std::string> paths;
    std::string at;
    std::vector<std::string> sources;
    std::string today;
    // Of data sets.
    std::string map;
    std::string record;
};

// 6 to 16 digits of 0-9a-f.
[[nodiscard]] bool is_fingerprint(const std::string&);
// What a rule says, to standard output.
void print_rule(const rule::Rule&, const report::Style&);
// Does it concern the record `at` of a case, or one within it? Of an empty `at` all does.
[[nodiscard]] bool explained_at(const check::Explained&, const std::string& at);
// What a rule said of one binding.
void print_explained(std::ostream&, const check::Explained&, const report::Style&);

// `explain --map`: the exit code.
[[nodiscard]] int explain_data(const ExplainOptions&, const Common&);

}  // namespace antinomy::cli
