#pragma once
// A located document as a row of bytes, and back: what a file that comes with the program was
// parsed to, so that it needn't be parsed once more in every run (see src/shipped).
//
// Promises: `from_table(to_table(root, bytes), bytes, file)` is `root`, node by node, with all
// places in `file`. Doesn't: check the row. It must have been made by `to_table`, from these very
// bytes; nothing that comes from a user may be given to it.

#include <string>
#include <string_view>

#include "text/document.hpp"

namespace antinomy::text {

[[nodiscard]] std::string to_table(const Node& root, std::string_view bytes);
[[nodiscard]] Node from_table(std::string_view table, std::string_view bytes, FileId);

}  // namespace antinomy::text
