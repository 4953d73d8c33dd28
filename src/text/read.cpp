// Reading whole files. A path may name anything: nothing here blocks on a FIFO, follows a device
// without end or reads more than the limit.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "text/document.hpp"
#include "text/join.hpp"

namespace antinomy::text {

namespace {

struct Descriptor {
    int fd = -1;
    bool owned = false;
    Descriptor() = default;
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (owned && fd >= 0) ::close(fd);
    }
};

void refuse(Diagnostics& diagnostics, const std::string& path, std::string code,
            std::string message, std::string help) {
    Diagnostic d;
    d.code = std::move(code);
    d.where = path;
    d.message = std::move(message);
    d.help = std::move(help);
    diagnostics.add(std::move(d));
}

std::string help_for(int error) {
    switch (error) {
        case ENOENT:
            return "check the path; it is relative to the current folder";
        case EACCES:
            return "give yourself the right to read it";
        case ENOTDIR:
            return "a part of the path is a file, not a folder";
        case ELOOP:
            return "a symbolic link leads back to itself";
        case ENAMETOOLONG:
            return "give a shorter path";
        default:
            return "make sure that the path names a file that can be read";
    }
}

std::string amount(std::uint32_t bytes) {
    if (bytes >= (1u << 20) && bytes % (1u << 20) == 0)
        return join(std::to_string(bytes >> 20), " MiB");
    return join(std::to_string(bytes), " bytes");
}

bool same_file(const struct stat& a, const struct stat& b) {
    return a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
           a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

}  // namespace

std::string kind_of_file(unsigned mode) {
    if (S_ISDIR(mode)) return "a folder";
    if (S_ISFIFO(mode)) return "a pipe";
    if (S_ISSOCK(mode)) return "a socket";
    if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device";
    return "no regular file";
}

std::optional<FileId> read_file(SourceMap& map, const std::string& path, Diagnostics& diagnostics,
                                const Limits& limits) {
    const bool standard_input = path == "-";
    Descriptor file;
    struct stat before {};
    if (standard_input) {
        file.fd = STDIN_FILENO;
    } else {
        if (path.empty() || path.find('\0') != std::string::npos) {
            refuse(diagnostics, path, "cannot-open", "cannot open: not a path",
                   "give the path of a file, or `-` for standard input");
            return std::nullopt;
        }
        // Non-blocking: opening a FIFO without a writer would wait for ever.
        file.fd = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
        file.owned = true;
        if (file.fd < 0) {
            const int error = errno;
            refuse(diagnostics, path, "cannot-open", join("cannot open: ", std::strerror(error)),
                   help_for(error));
            return std::nullopt;
        }
        if (::fstat(file.fd, &before) != 0) {
            const int error = errno;
            refuse(diagnostics, path, "cannot-read", join("cannot read: ", std::strerror(error)),
                   help_for(error));
            return std::nullopt;
        }
        if (!S_ISREG(before.st_mode)) {
            refuse(diagnostics, path, "not-a-file",
                   join("is ", kind_of_file(before.st_mode), ", not a regular file"),
                   S_ISDIR(before.st_mode) ? "name a file in it"
                                           : "name a file, or use `-` for standard input");
            return std::nullopt;
        }
    }

    std::string bytes;
    if (before.st_size > 0 && before.st_size <= static_cast<off_t>(limits.file_bytes))
        bytes.reserve(static_cast<std::size_t>(before.st_size) + 1);
    bool too_large = before.st_size > static_cast<off_t>(limits.file_bytes);
    std::array<char, 16u << 10> buffer;
    while (!too_large) {
        const ssize_t got = ::read(file.fd, buffer.data(), buffer.size());
        if (got < 0) {
            const int error = errno;
            if (error == EINTR) continue;
            refuse(diagnostics, path, "cannot-read", join("cannot read: ", std::strerror(error)),
                   help_for(error));
            return std::nullopt;
        }
        if (got == 0) break;
        bytes.append(buffer.data(), static_cast<std::size_t>(got));
        too_large = bytes.size() > limits.file_bytes;
    }
    if (too_large) {
        refuse(diagnostics, path, "too-large",
               join("is larger than the limit of ", amount(limits.file_bytes)),
               "split the file, or raise the limit");
        return std::nullopt;
    }
    if (!standard_input) {
        struct stat after {};
        if (::fstat(file.fd, &after) != 0 || !same_file(before, after)) {
            refuse(diagnostics, path, "file-changed", "changed while it was read",
                   "run again when nothing writes to it");
            return std::nullopt;
        }
    }
    return map.add(path, std::move(bytes));
}

}  // namespace antinomy::text
