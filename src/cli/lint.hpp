#pragma once
// antinomy rules lint [PACK...]: what in rules cannot be meant (src/lint).

#include <string>
#include <vector>

#include "cli/commands.hpp"

namespace antinomy::cli {

struct LintOptions {
    std::vector<std::string> packs;  // none: the shipped ones
    std::vector<std::string> rules;  // only these; none: all
    bool json = false;
};
// Prints remarks; the exit code: 0 none, 1 some, 2 not done.
[[nodiscard]] int lint(const LintOptions&, const Common&);

}  // namespace antinomy::cli
