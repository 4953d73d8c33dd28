#pragma once
// The folder that pages are written to.
//
// It must be new or empty, or hold `antinomy-docs.txt`, the list that every run leaves there of
// what it wrote. Pages of an earlier run that are no longer among the files are taken away, as long
// as they still say that this program wrote them; nothing else is deleted or written over. Each
// file is there whole or as it was before: it is written beside and then put in place.

#include <string>
#include <vector>

#include "docs/library.hpp"
#include "text/diagnostic.hpp"

namespace antinomy::docs {

inline constexpr const char* kListName = "antinomy-docs.txt";

// False: an error says what could not be done. Before the first byte is written, all is looked at
// that can be.
[[nodiscard]] bool write_folder(const std::string& folder, const std::vector<File>&,
                                text::Diagnostics&);

}  // namespace antinomy::docs
