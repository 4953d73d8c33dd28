#pragma once
// Guard G1: what bytes a YAML file may hold at all, checked before any reader sees them.

#include "text/diagnostic.hpp"
#include "text/source.hpp"

namespace antinomy::text {

// No more than this many errors of one file are reported: the rest rarely says anything new.
inline constexpr std::size_t kErrorsPerFile = 20;

// Reports every byte-level problem (up to kErrorsPerFile); true if there is none.
[[nodiscard]] bool check_bytes(const SourceMap&, FileId, Diagnostics&);

}  // namespace antinomy::text
