#pragma once
// A zip archive as a list of files, in memory: what a document of a word processor is. Reads those
// that pandoc writes; writes such as every office reads, each file on one day, so that the same
// files give the same bytes. APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16; no zip64, no encryption.

#include <optional>
#include <string>
#include <vector>

namespace antinomy::page {

struct Packed {
    std::string name;
    std::string bytes;
    bool stored = false;  // not compressed
};

// In the order of its directory. Empty: it is no such archive, or damaged.
[[nodiscard]] std::optional<std::vector<Packed>> unpack(const std::string& zip);
[[nodiscard]] std::string pack(const std::vector<Packed>&);

}  // namespace antinomy::page
