#pragma once
// The bytes of a data file, block by block: a regular file or standard input ("-"), as it is or
// packed by gzip (RFC 1952, several members too) or Zstandard (RFC 8878, several frames too). Which
// of them it is, its first bytes say, not its name.
//
// Promises: holds a block and what the unpacker needs (for Zstandard up to 128 MiB, if the frame
// asks for it), never the file; a path is opened without blocking and must be a regular file; a
// damaged or cut stream gives all bytes before the damage, then an error that says where.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "text/diagnostic.hpp"

namespace antinomy::data {

class Tape;

class Stream {
public:
    explicit Stream(std::string path);
    // A checksum of the stored bytes is kept as they are read.
    struct Summed {};
    Stream(std::string path, Summed);
    // Standard input, that is put on a tape as it is read; or from the tape. The tape must outlive
    // the stream.
    Stream(std::string path, Tape& record);
    Stream(std::string path, const Tape& play);
    // These bytes and no file; `path` is a name for messages.
    Stream(std::string path, std::string bytes);
    ~Stream();
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    // Fills the buffer as far as it can: bytes written; 0 at the end and after an error.
    std::size_t read(char* to, std::size_t size);
    // Bytes that were read, and are to be read once more.
    void give_back(std::string bytes);
    // What went wrong, without a span: cannot-open, cannot-read, not-a-file, damaged-stream.
    [[nodiscard]] const std::optional<text::Diagnostic>& problem() const { return problem_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    // Of the file as it is stored: bytes read so far, and all of them (0: not known).
    [[nodiscard]] std::uint64_t done() const { return stored_; }
    [[nodiscard]] std::uint64_t size() const { return size_; }
    // CRC-32 of the stored bytes read so far; 0 if none is kept.
    [[nodiscard]] std::uint32_t sum() const { return sum_; }

private:
    struct Unpacker;
    enum class Packing { unknown, none, gzip, zstd };
    std::size_t stored(char* to, std::size_t size);
    std::size_t unpacked(char* to, std::size_t size);
    bool more_packed();
    void refuse(std::string code, std::string message, std::string help);
    void damaged(const std::string& what);

    std::string path_;
    int file_ = -1;
    bool owned_ = false;
    Packing packing_ = Packing::unknown;
    std::uint64_t stored_ = 0;
    std::uint64_t size_ = 0;
    std::uint64_t given_ = 0;  // bytes of text
    bool summed_ = false;
    std::uint32_t sum_ = 0;
    Tape* record_ = nullptr;
    const Tape* play_ = nullptr;
    std::string back_;  // given back; from `back_at_` on not read again yet
    std::size_t back_at_ = 0;
    std::optional<text::Diagnostic> problem_;
    std::unique_ptr<Unpacker> unpacker_;
};

// The unread bytes of a stream, of which as many are held as were asked for.
class Window {
public:
    explicit Window(Stream& stream) : stream_(stream) {}
    // Another block behind what is held; false: there is no more.
    bool more();
    // Something is wrong with the stream.
    [[nodiscard]] bool failed() const { return stream_.problem().has_value(); }
    [[nodiscard]] std::string_view held() const {
        return std::string_view(bytes_).substr(from_, to_ - from_);
    }
    // The next bytes, at most so many: of those that are held, or, if there are none, from the
    // stream. 0: there is no more.
    std::size_t read(char* to, std::size_t size);
    // The first `count` bytes held were read.
    void drop(std::size_t count) { from_ += count; }
    // Bytes that were dropped or read are unread once more.
    void put_back(std::string_view bytes);
    // A byte order mark (UTF-8) at the very start: dropped, and said so.
    bool drop_mark();

private:
    Stream& stream_;
    std::string bytes_;
    std::size_t from_ = 0;
    std::size_t to_ = 0;
    bool end_ = false;
};

// The longest record that is read, in bytes of text: a line, a row, an element, a document.
inline constexpr std::size_t kLongestRecord = 16u << 20;

}  // namespace antinomy::data
