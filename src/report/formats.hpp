#pragma once
// The formats of `check`: one table, from which the command line, its help and the documents take
// their names.

#include <iosfwd>
#include <string_view>
#include <vector>

#include "report/report.hpp"

namespace antinomy::report {

struct Format {
    std::string_view name;
    std::string_view what;  // for the help: "one line a finding"
    void (*print)(std::ostream&, const Report&);
    bool chronologies = false;  // it needs Report::chronologies and sheets
    bool terminal = false;      // it is read on a terminal: width, colour and characters matter
};

[[nodiscard]] const std::vector<Format>& formats();
// None: there is no such format.
[[nodiscard]] const Format* format_named(std::string_view);

}  // namespace antinomy::report
