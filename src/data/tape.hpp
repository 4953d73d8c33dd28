#pragma once
// Standard input for a second reading: what was read once, kept in a temporary file, packed
// (Zstandard, level 1). What was wrong with the stream comes at the end of it again.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/spill.hpp"
#include "text/diagnostic.hpp"

namespace antinomy::data {

class Tape {
public:
    Tape();
    ~Tape();
    Tape(const Tape&) = delete;
    Tape& operator=(const Tape&) = delete;

    // Text, as it comes. Throws SpillError.
    void record(std::string_view text);
    // The end: what the stream ended with. Throws SpillError.
    void end(const std::optional<text::Diagnostic>& problem);
    [[nodiscard]] bool whole() const { return whole_; }
    // Packed bytes from an offset on, as of a file; only of a whole tape.
    [[nodiscard]] std::size_t read(std::uint64_t from, char* to, std::size_t size) const {
        return spill_.read(from, to, size);
    }
    [[nodiscard]] std::uint64_t size() const { return spill_.size(); }
    [[nodiscard]] const std::optional<text::Diagnostic>& problem() const { return problem_; }

private:
    struct Packer;
    void pack(std::string_view text, bool last);

    std::unique_ptr<Packer> packer_;
    Spill spill_;
    std::optional<text::Diagnostic> problem_;
    bool whole_ = false;
};

}  // namespace antinomy::data
