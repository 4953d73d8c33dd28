#pragma once
// The key that records of one case have in common.

#include <optional>
#include <string>
#include <vector>

#include "data/map.hpp"
#include "text/diagnostic.hpp"

namespace antinomy::data {

// The key of the case that a record belongs to; nothing: it has none, which is an error. Texts are
// compared as they stand, without white space around them.
[[nodiscard]] std::optional<std::string> key_of(const Part&, const text::Node& record,
                                                text::Diagnostics&,
                                                std::vector<char>* found = nullptr);

// The same to be shown.
[[nodiscard]] std::string shown_key(const std::string& key);

}  // namespace antinomy::data
