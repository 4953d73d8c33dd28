#pragma once
// Keys of files, each with what it is for: what a reader of files accepts and what a JSON Schema
// describes come from one table.

#include <string>
#include <string_view>
#include <vector>

namespace antinomy::text {

struct Key {
    const char* name;
    const char* about;
};
using Keys = std::vector<Key>;

[[nodiscard]] inline std::vector<std::string> names_of(const Keys& keys) {
    std::vector<std::string> out;
    for (const auto& k : keys) out.emplace_back(k.name);
    return out;
}

}  // namespace antinomy::text
