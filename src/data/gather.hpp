#pragma once
// Records gathered into cases: those of a file, or those with one key (sort.hpp), which come in the
// byte order of their keys, whatever the order of the files. Within a case they keep the order of
// the data. Held is one case, and of the rest what the sorter holds.

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "data/records.hpp"
#include "data/sort.hpp"

namespace antinomy::data {

// The largest case that is checked, in bytes of its records.
inline constexpr std::size_t kLargestCase = 16u << 20;

// The records of one case. Of one that is too large only the first.
struct Gathered {
    std::string key;  // as key.hpp has it; of a file its path
    std::vector<Found> records;
    std::size_t bytes = 0;
    std::uint64_t count = 0;  // of all records
    [[nodiscard]] bool too_large() const { return bytes > kLargestCase; }
    void add(Found);
};

// By key: all records go in, then the cases come out.
class ByKey {
public:
    void add(const std::string& key, const Found&);
    bool next(Gathered&);
    [[nodiscard]] std::uint64_t count() const { return sorter_.count(); }

private:
    Found unpacked(std::string_view text);

    Sorter sorter_;
    // Files have few different headers; a record says which its file has.
    std::vector<std::shared_ptr<const DataFile>> headers_;
    std::shared_ptr<const DataFile> last_;  // put in, then taken out
    std::size_t last_header_ = 0;
    std::string key_;
    Found first_;  // of the next case
    bool ahead_ = false;
    bool begun_ = false;
    std::uint64_t given_ = 0;
};

// By file.
class ByFile {
public:
    explicit ByFile(Records& records) : records_(records) {}
    bool next(Gathered&, text::Diagnostics&);

private:
    Records& records_;
    Found first_;
    bool ahead_ = false;
    bool begun_ = false;
};

}  // namespace antinomy::data
