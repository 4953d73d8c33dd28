#pragma once
// Bytes that do not fit into memory: a temporary file without a name, in the folder that TMPDIR
// says (else /tmp). It is gone when the object is, however the program ends.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace antinomy::data {

// No room, or no right to write there; the message says which, and the folder.
class SpillError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class Spill {
public:
    Spill() = default;
    ~Spill();
    Spill(const Spill&) = delete;
    Spill& operator=(const Spill&) = delete;

    // Adds bytes at the end; the file is made when the first come. Throws SpillError.
    void write(std::string_view bytes);
    // The bytes from an offset, as many as are there, at most `size`: how many. By any thread, also
    // several at once, while none writes. Throws SpillError.
    [[nodiscard]] std::size_t read(std::uint64_t from, char* to, std::size_t size) const;
    [[nodiscard]] std::uint64_t size() const { return size_; }

private:
    int file_ = -1;
    std::uint64_t size_ = 0;
    std::string folder_;
};

}  // namespace antinomy::data
