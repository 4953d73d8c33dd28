#pragma once
// The records of a data set, from all its files, one after the other; and one record made into
// trees. The first is done by one thread, the second by as many as there are.

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "data/documents.hpp"
#include "data/files.hpp"
#include "data/json.hpp"
#include "data/lines.hpp"
#include "data/map.hpp"
#include "data/reread.hpp"
#include "data/table.hpp"
#include "text/fast.hpp"

namespace antinomy::data {

// What the records of a file have in common.
struct DataFile {
    std::string path;
    std::size_t part = 0;
    std::vector<std::string> columns;  // of a table
};

struct Found {
    Raw raw;
    std::shared_ptr<const DataFile> file;
};

class Records {
public:
    // `reread`: the data are read twice, and this is one of the two readings; it must outlive this.
    Records(const Map& map, std::vector<std::string> paths, Reread* reread = nullptr);
    // The next record. What is wrong with whole files is told: one that cannot be opened, or is
    // damaged, or whose header lacks a column that the map asks for (it is then not read at all).
    bool next(Found&, text::Diagnostics&);

    // Likewise, but of records that are lines several together, up to about `most` bytes, if so
    // many are at hand (Raw::lines).
    bool next_lines(Found&, std::size_t most, text::Diagnostics&);

    [[nodiscard]] std::size_t files() const { return files_read_; }
    [[nodiscard]] const std::vector<std::size_t>& part_files() const { return part_files_; }
    [[nodiscard]] std::size_t files_left_out() const { return files_.left_out(); }
    // Bytes of files as stored: read, and of all (0: not known).
    [[nodiscard]] std::uint64_t done() const;

private:
    using Reader = std::variant<Lines, JsonElements, Rows, Documents>;
    bool open(text::Diagnostics&);
    bool columns_fit(const std::vector<std::string>& columns, text::Diagnostics&);

    const Map& map_;
    Files files_;
    Reread* reread_;
    std::unique_ptr<Stream> stream_;
    std::unique_ptr<Reader> reader_;
    std::shared_ptr<DataFile> file_;
    bool first_ = true;  // no record of this file was given yet
    bool ended_ = false;
    std::size_t files_read_ = 0;
    std::vector<std::size_t> part_files_;  // of them, by part
    std::uint64_t done_ = 0;
};

// Makes trees of records; one for each thread.
class RecordReader {
public:
    explicit RecordReader(const Map& map) : map_(map) {}
    // The tree of what a record holds, in `file`, which has its bytes; nothing, and what is wrong.
    [[nodiscard]] std::optional<text::Node> read(const Found&, const text::SourceMap&, text::FileId,
                                                 text::Diagnostics&);

private:
    const Map& map_;
    JsonReader json_;
    text::FastYaml yaml_;
};

}  // namespace antinomy::data
