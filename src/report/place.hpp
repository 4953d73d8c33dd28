#pragma once
// Where something stands, as formats for programs have it: a path that means the same on another
// machine (from the top of the project), and lines and columns from 1.

#include <cstdint>
#include <string>
#include <string_view>

#include "report/report.hpp"
#include "text/source.hpp"

namespace antinomy::report {

// From the top of the project that the program runs in; of a file outside, from the folder in which
// it runs. Without "." and "x/..", never absolute; "-" of standard input stays.
[[nodiscard]] std::string relative_path(const Provenance&, std::string_view name);

struct Where {
    std::string file;  // relative; empty: no place
    std::uint32_t line = 1;
    std::uint32_t column = 1;  // in code points
    std::uint32_t end_line = 1;
    std::uint32_t end_column = 1;  // one past the end
};
// Of a span without a file: the beginning of `file`.
[[nodiscard]] Where where(const Report&, const text::Span&, std::string_view file);

}  // namespace antinomy::report
