#pragma once
// Inside of the folder: the files of grammar/names/ as CMake has built them in (names.hpp reads
// them). By code.
#include <string_view>
#include <utility>
#include <vector>

namespace antinomy::grammar {

[[nodiscard]] const std::vector<std::pair<std::string_view, std::string_view>>& names_data();

}  // namespace antinomy::grammar
