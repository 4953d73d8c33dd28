#pragma once
// What comes with the program, as it was parsed when the program was built (README.md).

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "text/document.hpp"

namespace antinomy::shipped {

struct File {
    std::string_view name;   // from the top level of the project, for who reads a list of them
    std::string_view bytes;  // of the whole file
    std::string_view table;  // of its tree (text/table.hpp), without the examples of rules
    std::string_view heads;  // of its tree without what rules and defines say
};

// Made by the generator: shipped_data.cpp in the build folder.
[[nodiscard]] const std::vector<File>& files();

// How many of them every case has: those of the folder `rules` itself.
[[nodiscard]] std::size_t of_every_case();

// The tree of a file that holds, byte for byte, what one of these held, wherever it is. Of any
// other nothing: it is to be parsed. The examples of rules (`tests`, `survives`) are not in it.
// With `heads` a rule has no more than what tells it from others (its `for`, `require` and
// `message` are there, with nothing in them), and `define` has nothing in it.
[[nodiscard]] std::optional<text::Node> tree_of(const text::SourceMap&, text::FileId,
                                                bool heads = false);

}  // namespace antinomy::shipped
