#pragma once
// What parse_yaml and FastYaml share: the strict reader with all that is looked at before it, and
// yaml-cpp's opinion of what it read.

#include <optional>

#include "text/document.hpp"

namespace antinomy::text {

// What the strict reader makes of a file; nothing, and at least one diagnostic.
[[nodiscard]] std::optional<Node> read_strictly(const SourceMap&, FileId, Diagnostics&,
                                                const Limits&);

// Whether yaml-cpp reads the file as this document; if not, a diagnostic.
[[nodiscard]] bool yaml_cpp_agrees(const SourceMap&, FileId, const Node& root, Diagnostics&,
                                   const Limits&);

}  // namespace antinomy::text
