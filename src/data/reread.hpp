#pragma once
// Data that are read twice: files are opened again, standard input comes from a tape. What is read
// again must be what was read before; of each file its length and a checksum are kept, 16 bytes.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "data/stream.hpp"
#include "data/tape.hpp"
#include "text/diagnostic.hpp"

namespace antinomy::data {

class Reread {
public:
    // The first reading is over.
    void again() {
        second_ = true;
        at_ = 0;
        taken_ = false;
    }
    // A file for either reading; the first "-" is standard input.
    [[nodiscard]] std::unique_ptr<Stream> open(const std::string& path);
    // It was read as far as its records go. Changed since the first reading: an error.
    void close(const Stream&, text::Diagnostics&);
    // There are no more files.
    void end(text::Diagnostics&);

private:
    struct Mark {
        std::uint32_t path = 0;
        std::uint32_t bytes = 0;
        std::uint64_t size = 0;
    };
    void other_files(const std::string& path, const std::string& message, text::Diagnostics&);

    Tape tape_;
    std::vector<Mark> marks_;
    std::size_t at_ = 0;
    bool second_ = false;
    bool taken_ = false;   // standard input
    bool astray_ = false;  // other files than before: they are not compared any more
};

}  // namespace antinomy::data
