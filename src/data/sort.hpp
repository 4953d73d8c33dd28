#pragma once
// Texts put in the order of their keys, byte by byte, and of one key in the order in which they
// came: in memory as far as a stated limit reaches, beyond it by sorted runs on disk that are then
// merged (external merge sort; Knuth, The Art of Computer Programming 3, 5.4).
//
// Runs are temporary files (spill.hpp). At most kRunsTogether of them are merged at a time, so that
// neither open files nor buffers grow with the data. Throws SpillError.
//
// An own one, for SQLite takes five times as long for the same (README.md of this folder).

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace antinomy::data {

class Sorter {
public:
    static constexpr std::size_t kMemory = 16u << 20;
    static constexpr std::size_t kRunsTogether = 64;

    explicit Sorter(std::size_t memory = kMemory);
    ~Sorter();
    Sorter(const Sorter&) = delete;
    Sorter& operator=(const Sorter&) = delete;

    void add(std::string_view key, std::string_view text);
    // After the last `add`: the next of them; false: there is no more.
    bool next(std::string& key, std::string& text);
    [[nodiscard]] std::uint64_t count() const { return count_; }
    // Bytes written to disk so far, merges included.
    [[nodiscard]] std::uint64_t spilled() const { return spilled_; }

private:
    class Run;
    using Runs = std::vector<std::unique_ptr<Run>>;
    struct Held {
        std::size_t at = 0;  // in `bytes_`: the key, then the text
        std::uint32_t key = 0;
        std::uint32_t text = 0;
        std::uint64_t head = 0;  // the first bytes of the key
    };
    [[nodiscard]] std::string_view key_of(const Held&) const;
    void sort();
    void spill();
    std::unique_ptr<Run> merged(Runs&);
    void begin_merge();

    std::size_t memory_;
    std::string bytes_;
    std::vector<Held> held_;
    std::vector<Runs> levels_;  // each of merged runs of the one before
    // While reading: the runs, oldest first, and a heap of those that have more.
    Runs reading_;
    std::vector<std::size_t> heap_;
    std::size_t next_ = 0;
    bool begun_ = false;
    std::uint64_t count_ = 0;
    std::uint64_t spilled_ = 0;
};

}  // namespace antinomy::data
