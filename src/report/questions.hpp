#pragma once
// What to find out: the gaps of a case, put together. One question for what is missing, whoever
// asks for it; the same field of several records, asked for by the same rules, is one.

#include <string>
#include <vector>

#include "check/finding.hpp"

namespace antinomy::report {

struct Questions {
    std::size_t facts = 0;           // that are missing
    std::vector<std::string> lines;  // what most rules ask for comes first; sanitized, one line
};
[[nodiscard]] Questions questions(const check::CaseResult&);

// "a, b and 3 more"
[[nodiscard]] std::string some_names(const std::vector<std::string>& names, std::size_t most = 8);

}  // namespace antinomy::report
