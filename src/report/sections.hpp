#pragma once
// What is to be told of a finding beside its message and its places, as titled lists of sentences:
// for formats that lay text out in their own way. The same content as the terminal report, nothing
// cut. Sanitized, each one line; names stand between backticks.

#include <string>
#include <vector>

#include "check/finding.hpp"

namespace antinomy::report {

struct Section {
    std::string title;
    std::vector<std::string> lines;  // never none
    bool steps = false;              // one follows from the other, in this order
};
[[nodiscard]] std::vector<Section> sections(const check::Finding&);

}  // namespace antinomy::report
