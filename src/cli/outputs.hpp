#pragma once
// Where the reports of a run go: `--format NAME[=FILE]`, any number of them.
//
// At most one goes to standard output; if none is asked for there, the text does. All are rendered
// before the first is written, and a file is written whole or not at all (text/whole_file.hpp).

#include <optional>
#include <string>
#include <vector>

#include "report/formats.hpp"
#include "text/diagnostic.hpp"

namespace antinomy::cli {

struct Output {
    const report::Format* format = nullptr;
    std::string file;  // empty: standard output. Ends in "/", or is a folder: pages within it
};

// "NAME" or "NAME=FILE", NAME being a format; as a validator of CLI11 has it: why not, a line
// break, and the way out.
[[nodiscard]] std::string format_problem(const std::string& written);

// What was asked for, the one for standard output last. Nothing: said on standard error.
[[nodiscard]] std::optional<std::vector<Output>> read_outputs(
    const std::vector<std::string>& written);

// Renders and writes all; standard output comes last, and is flushed. What could not be written is
// an error. False: one at least is not whole where it should be. `style` is that of standard
// output; files are written without colour.
bool write_outputs(const std::vector<Output>&, report::Report, text::Diagnostics&);

}  // namespace antinomy::cli
