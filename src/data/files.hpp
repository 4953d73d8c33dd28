#pragma once
// The files of a run, one after the other, in byte order of their paths: files as named, folders
// walked. Of a folder, files with a name of one of the kinds that the map has (and .gz or .zst
// behind it) are taken, and the others counted; hidden ones and links are not followed. Held are
// the names of one folder and of those above it, not of all.
//
// What two of the paths lead to is read once, and that is told. A file that is named itself is
// taken whatever it is called, if the map has one kind only.

#include <cstdint>
#include <string>
#include <vector>

#include "data/map.hpp"
#include "text/diagnostic.hpp"

namespace antinomy::data {

class Files {
public:
    Files(const std::vector<Part>& parts, std::vector<std::string> paths);
    // The next file and its part; false: there is none. What cannot be listed, or could be of two
    // parts or of none, is told.
    bool next(std::string& path, std::size_t& part, text::Diagnostics&);
    // Files in the folders that were not taken, for their names.
    [[nodiscard]] std::size_t left_out() const { return left_out_; }

private:
    std::vector<std::size_t> parts_of(const std::string& path) const;
    void list(const std::string& folder, text::Diagnostics&);

    struct Entry {
        std::string path;
        bool folder = false;
        bool named = false;  // itself
    };
    void once_each(std::vector<std::string>& paths);

    const std::vector<Part>& parts_;
    std::vector<std::string> twice_;  // paths that others lead to as well
    std::vector<Entry> left_;         // the next one last
    std::size_t left_out_ = 0;
};

// Bytes of all files that would be read, as stored; 0: not known, for standard input is among them,
// or there are so many that looking at each would take its time.
[[nodiscard]] std::uint64_t stored_bytes(const std::vector<Part>& parts,
                                         const std::vector<std::string>& paths);
// "hearings*.csv", or "*.csv, *.tsv": the names that are taken.
[[nodiscard]] std::string patterns_of(const Part&);

}  // namespace antinomy::data
