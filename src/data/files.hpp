#pragma once
// The files of a run, one after the other, in byte order of their paths: files as named, folders
// walked. Of a folder, files with one of the suffixes (and .gz or .zst behind it) are taken, and
// the others counted; hidden ones and links are not followed. Held are the names of one folder and
// of those above it, not of all.

#include <cstdint>
#include <string>
#include <vector>

#include "text/diagnostic.hpp"

namespace antinomy::data {

class Files {
public:
    Files(std::vector<std::string> paths, std::vector<std::string> suffixes);
    // The next file; false: there is none. What cannot be listed is told.
    bool next(std::string& path, text::Diagnostics&);
    // Files in the folders that were not taken, for their names.
    [[nodiscard]] std::size_t left_out() const { return left_out_; }

private:
    bool fits(const std::string& name) const;
    void list(const std::string& folder, text::Diagnostics&);

    struct Entry {
        std::string path;
        bool folder = false;
    };
    std::vector<std::string> suffixes_;
    std::vector<Entry> left_;  // the next one last
    std::size_t left_out_ = 0;
};

// Bytes of all files that would be read, as stored; 0: not known, for standard input is among them,
// or there are so many that looking at each would take its time.
[[nodiscard]] std::uint64_t stored_bytes(const std::vector<std::string>& paths,
                                         const std::vector<std::string>& suffixes);

}  // namespace antinomy::data
