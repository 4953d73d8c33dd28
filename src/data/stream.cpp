#include "data/stream.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "data/tape.hpp"
#include "text/document.hpp"
#include "text/join.hpp"

namespace antinomy::data {

namespace {

constexpr std::size_t kBlock = 256u << 10;
constexpr std::string_view kMark = "\xEF\xBB\xBF";

}  // namespace

struct Stream::Unpacker {
    std::vector<char> packed = std::vector<char>(kBlock);
    std::size_t from = 0;
    std::size_t to = 0;
    bool end = false;      // of the stored bytes
    bool between = false;  // a member or frame is whole: here the stream may end
    z_stream gzip{};
    bool gzip_open = false;
    ZSTD_DCtx* zstd = nullptr;

    Unpacker() = default;
    Unpacker(const Unpacker&) = delete;
    Unpacker& operator=(const Unpacker&) = delete;
    ~Unpacker() {
        if (gzip_open) inflateEnd(&gzip);
        if (zstd != nullptr) ZSTD_freeDCtx(zstd);
    }
    [[nodiscard]] std::string_view held() const { return {packed.data() + from, to - from}; }
};

Stream::Stream(std::string path) : path_(std::move(path)) {
    if (path_ == "-") {
        file_ = STDIN_FILENO;
        return;
    }
    if (path_.empty() || path_.find('\0') != std::string::npos) {
        refuse("cannot-open", "cannot open: not a path",
               "give the path of a file, or `-` for standard input");
        return;
    }
    // Non-blocking: opening a FIFO without a writer would wait for ever.
    file_ = ::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (file_ < 0) {
        refuse("cannot-open", text::join("cannot open: ", std::strerror(errno)),
               "check the path and the right to read it");
        return;
    }
    owned_ = true;
    struct stat about {};
    if (::fstat(file_, &about) != 0) {
        refuse("cannot-read", text::join("cannot read: ", std::strerror(errno)),
               "make sure that the path names a file that can be read");
    } else if (!S_ISREG(about.st_mode)) {
        refuse("not-a-file",
               text::join("is ", text::kind_of_file(about.st_mode), ", not a regular file"),
               "name a file, or use `-` for standard input");
    } else {
        size_ = static_cast<std::uint64_t>(about.st_size);
    }
}

Stream::Stream(std::string path, Summed) : Stream(std::move(path)) {
    summed_ = true;
}

Stream::Stream(std::string path, Tape& record) : Stream(std::move(path)) {
    record_ = &record;
}

Stream::Stream(std::string path, const Tape& play)
    : path_(std::move(path)), size_(play.size()), play_(&play) {}

Stream::Stream(std::string path, std::string bytes)
    : path_(std::move(path)), back_(std::move(bytes)) {}

Stream::~Stream() {
    if (owned_) ::close(file_);
}

void Stream::refuse(std::string code, std::string message, std::string help) {
    problem_ = text::Diagnostic{text::Level::error, std::move(code), {}, path_,
                                std::move(message), std::move(help), {}};
}

void Stream::damaged(const std::string& what) {
    refuse("damaged-stream",
           text::join(packing_ == Packing::gzip ? "gzip" : "Zstandard", ": ", what, " at byte ",
                      std::to_string(stored_ - unpacker_->held().size()), " of the file, after ",
                      std::to_string(given_), " bytes of text"),
           "get the file again; what stands before the damage was read");
}

std::size_t Stream::stored(char* to, std::size_t size) {
    if (play_ != nullptr && !problem_) {
        const auto got = play_->read(stored_, to, size);
        stored_ += got;
        if (got == 0) problem_ = play_->problem();
        return got;
    }
    if (file_ < 0 || problem_) return 0;
    for (;;) {
        const ssize_t got = ::read(file_, to, size);
        if (got >= 0) {
            stored_ += static_cast<std::uint64_t>(got);
            if (summed_ && got > 0)
                sum_ = static_cast<std::uint32_t>(
                    crc32(sum_, reinterpret_cast<const Bytef*>(to), static_cast<uInt>(got)));
            return static_cast<std::size_t>(got);
        }
        if (errno == EINTR) continue;
        refuse("cannot-read", text::join("cannot read: ", std::strerror(errno)),
               "make sure that the path names a file that can be read");
        return 0;
    }
}

// Fills the block of packed bytes if it is empty; false: there are no more.
bool Stream::more_packed() {
    auto& u = *unpacker_;
    if (u.from < u.to) return true;
    if (u.end) return false;
    u.from = 0;
    u.to = stored(u.packed.data(), u.packed.size());
    u.end = u.to == 0;
    return !u.end;
}

void Stream::give_back(std::string bytes) {
    back_ = std::move(bytes) + back_.substr(back_at_);
    back_at_ = 0;
}

std::size_t Stream::read(char* to, std::size_t size) {
    if (back_at_ < back_.size()) {
        const auto got = std::min(size, back_.size() - back_at_);
        std::memcpy(to, back_.data() + back_at_, got);
        back_at_ += got;
        return got;
    }
    if (problem_) return 0;
    if (packing_ == Packing::unknown) {
        // The first bytes tell; a pipe may give fewer than asked for.
        unpacker_ = std::make_unique<Unpacker>();
        auto& u = *unpacker_;
        while (u.to < 4) {
            const auto got = stored(u.packed.data() + u.to, u.packed.size() - u.to);
            if (got == 0) break;
            u.to += got;
        }
        const auto head = u.held();
        packing_ = Packing::none;
        if (head.substr(0, 2) == "\x1f\x8b") {
            packing_ = Packing::gzip;
            // 15: the largest window; 32: the head of gzip is read, too.
            u.gzip_open = inflateInit2(&u.gzip, 15 + 32) == Z_OK;
            if (!u.gzip_open) damaged("no memory to unpack");
        } else if (head.substr(0, 4) == "\x28\xb5\x2f\xfd") {
            packing_ = Packing::zstd;
            u.zstd = ZSTD_createDCtx();
            if (u.zstd == nullptr) damaged("no memory to unpack");
        }
        if (problem_) return 0;
    }
    std::size_t got = 0;
    if (packing_ != Packing::none) {
        got = unpacked(to, size);
    } else if (unpacker_->from < unpacker_->to) {
        got = std::min(size, unpacker_->held().size());
        std::memcpy(to, unpacker_->held().data(), got);
        unpacker_->from += got;
    } else {
        got = stored(to, size);
    }
    given_ += got;
    if (record_ != nullptr) record_->record({to, got});
    return got;
}

std::size_t Stream::unpacked(char* to, std::size_t size) {
    auto& u = *unpacker_;
    std::size_t written = 0;
    while (written == 0) {
        if (!more_packed()) {
            if (!problem_ && !u.between) damaged("the stream is cut off");
            return 0;
        }
        if (packing_ == Packing::gzip) {
            if (u.between) {
                if (inflateReset(&u.gzip) != Z_OK) {
                    damaged("the next member cannot be read");
                    return 0;
                }
                u.between = false;
            }
            u.gzip.next_in = reinterpret_cast<Bytef*>(u.packed.data() + u.from);
            u.gzip.avail_in = static_cast<uInt>(u.to - u.from);
            u.gzip.next_out = reinterpret_cast<Bytef*>(to);
            u.gzip.avail_out = static_cast<uInt>(std::min<std::size_t>(size, 1u << 30));
            const auto room = u.gzip.avail_out;
            const int said = inflate(&u.gzip, Z_NO_FLUSH);
            u.from = u.to - u.gzip.avail_in;
            written = room - u.gzip.avail_out;
            if (said == Z_STREAM_END) {
                u.between = true;
            } else if (said != Z_OK && said != Z_BUF_ERROR) {
                given_ += written;
                damaged(u.gzip.msg != nullptr ? u.gzip.msg : "the packed data are damaged");
                given_ -= written;
                return written;
            }
        } else {
            ZSTD_inBuffer in{u.packed.data() + u.from, u.to - u.from, 0};
            ZSTD_outBuffer out{to, size, 0};
            const auto said = ZSTD_decompressStream(u.zstd, &out, &in);
            u.from += in.pos;
            written = out.pos;
            if (ZSTD_isError(said) != 0) {
                damaged(ZSTD_getErrorName(said));
                return written;
            }
            u.between = said == 0;
        }
    }
    return written;
}

bool Window::more() {
    if (end_) return false;
    // What was read makes room, once it is at least as much as what is held.
    if (from_ > 0 && from_ >= to_ - from_) {
        std::memmove(bytes_.data(), bytes_.data() + from_, to_ - from_);
        to_ -= from_;
        from_ = 0;
        // After one very long record the room for it is given back.
        if (bytes_.size() > 4 * kBlock && to_ < kBlock) {
            bytes_.resize(2 * kBlock);
            bytes_.shrink_to_fit();
        }
    }
    if (bytes_.size() < to_ + kBlock) bytes_.resize(std::max(to_ + kBlock, bytes_.size() * 2));
    const auto got = stream_.read(bytes_.data() + to_, bytes_.size() - to_);
    to_ += got;
    end_ = got == 0;
    return got > 0;
}

std::size_t Window::read(char* to, std::size_t size) {
    if (from_ == to_) {
        if (end_) return 0;
        const auto got = stream_.read(to, size);
        end_ = got == 0;
        return got;
    }
    const auto got = std::min(size, to_ - from_);
    std::memcpy(to, bytes_.data() + from_, got);
    from_ += got;
    return got;
}

void Window::put_back(std::string_view bytes) {
    if (bytes.size() <= from_) {
        from_ -= bytes.size();
        std::memcpy(bytes_.data() + from_, bytes.data(), bytes.size());
        return;
    }
    std::string all(bytes);
    all += held();
    bytes_ = std::move(all);
    from_ = 0;
    to_ = bytes_.size();
}

bool Window::drop_mark() {
    while (held().size() < kMark.size() && more()) {
    }
    if (held().substr(0, kMark.size()) != kMark) return false;
    drop(kMark.size());
    return true;
}

}  // namespace antinomy::data
