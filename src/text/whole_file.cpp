#include "text/whole_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <set>
#include <utility>

namespace antinomy::text {

namespace fs = std::filesystem;

namespace {

constexpr int kLinks = 40;     // as the kernel follows at most
constexpr int kNames = 10000;  // parts of killed runs in one folder

std::string help_for(int error, const std::string& folder) {
    switch (error) {
        case ENOENT:
            return "make the folder `" + folder + "` first, or name another file";
        case EISDIR:
            return "name a file in it";
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
            return "make room there, or name a file elsewhere";
        case EACCES:
        case EPERM:
        case EROFS:
            return "name a file that you may write, in a folder that you may write to";
        case ENAMETOOLONG:
            return "give it a shorter name";
        default:
            return "name a file elsewhere";
    }
}

std::string folder_of(const std::string& path) {
    const auto folder = fs::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

NotWritten failed(int error, const std::string& path) {
    return {std::strerror(error), help_for(error, folder_of(path))};
}

// The number of the error; 0: all of it was taken.
int write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto n = ::write(file, bytes.data(), bytes.size());
        if (n > 0)
            bytes.remove_prefix(static_cast<std::size_t>(n));
        else if (n == 0)
            return EIO;
        else if (errno != EINTR)
            return errno;
    }
    return 0;
}

// A file system that knows no such thing is no reason to fail.
int to_disk(int file) {
    while (::fsync(file) != 0) {
        if (errno == EINVAL || errno == ENOTSUP || errno == ENOSYS) return 0;
        if (errno != EINTR) return errno;
    }
    return 0;
}

// Where links lead to, step by step: the last name need not be there. The number of the error.
int follow(std::string& path) {
    for (int i = 0; i < kLinks; ++i) {
        std::string to(PATH_MAX, '\0');
        const auto n = ::readlink(path.c_str(), to.data(), to.size());
        if (n < 0) return errno == EINVAL || errno == ENOENT ? 0 : errno;
        to.resize(static_cast<std::size_t>(n));
        path = to.front() == '/' ? to : (fs::path(path).parent_path() / to).string();
    }
    return ELOOP;
}

int write_through(const std::string& path, std::string_view bytes) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0) return errno;
    int error = write_all(file, bytes);
    if (::close(file) != 0 && error == 0 && errno != EINTR) error = errno;
    return error;
}

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int number() const { return number_; }
    // The number of the error.
    int close() { return ::close(std::exchange(number_, -1)) == 0 || errno == EINTR ? 0 : errno; }

private:
    int number_;
};

// The name of a part, and whether a name is one.
std::string part_name(int number) {
    return ".antinomy-" + std::to_string(::getpid()) + "-" + std::to_string(number) + ".part";
}
bool is_part(std::string_view name) {
    constexpr std::string_view kBegin = ".antinomy-";
    constexpr std::string_view kEnd = ".part";
    if (name.size() <= kBegin.size() + kEnd.size() || name.substr(0, kBegin.size()) != kBegin ||
        name.substr(name.size() - kEnd.size()) != kEnd)
        return false;
    name = name.substr(kBegin.size(), name.size() - kBegin.size() - kEnd.size());
    const auto dash = name.find('-');
    const auto digits = [](std::string_view s) {
        return !s.empty() && s.find_first_not_of("0123456789") == std::string_view::npos;
    };
    return dash != std::string_view::npos && digits(name.substr(0, dash)) &&
           digits(name.substr(dash + 1));
}

bool same(const struct stat& a, const struct stat& b) {
    return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

// Takes away a part that a killed run left. Who writes one holds a lock on it until it has another
// name, and a lock ends with its process, wherever that ran; so a part without a lock is nobody's.
void take_away(const std::string& path) {
    const Descriptor file(
        ::open(path.c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    struct stat it {};
    if (file.number() < 0 || ::fstat(file.number(), &it) != 0 || !S_ISREG(it.st_mode) ||
        it.st_uid != ::geteuid() || it.st_nlink != 1 ||
        ::flock(file.number(), LOCK_EX | LOCK_NB) != 0)
        return;
    // It may have been put in place between the two calls: then the name is gone, or another's.
    struct stat now {};
    if (::lstat(path.c_str(), &now) == 0 && same(it, now)) ::unlink(path.c_str());
}

// Once a folder and run: a folder may be full of files, and many of them ours to write.
void sweep(const std::string& folder) {
    static std::mutex one_at_a_time;
    static std::set<std::string> swept;
    const std::lock_guard lock(one_at_a_time);
    if (!swept.insert(folder).second) return;
    std::error_code ec;
    for (auto it = fs::directory_iterator(folder, ec); !ec && it != fs::directory_iterator();
         it.increment(ec))
        if (is_part(it->path().filename().string())) take_away(it->path().string());
}

// Owner, permissions and bytes, to the disk. The number of the error.
int fill(int file, const struct stat* old, std::string_view bytes) {
    if (old != nullptr) {
        // Who may not give files away keeps what he wrote. Given first: giving away takes bits off.
        if (::fchown(file, old->st_uid, old->st_gid) != 0) errno = 0;
        if (::fchmod(file, old->st_mode & 07777) != 0) return errno;
    }
    if (const int error = write_all(file, bytes)) return error;
    return to_disk(file);
}

// The same file by another number, which its lock lives as long as. The first can then be closed,
// which may be what says that a byte was lost.
int again(int file) {
    return ::fcntl(file, F_DUPFD_CLOEXEC, 0);
}

// By a file that has no name until it is whole: of a run that is killed nothing is left. The number
// of the error; nothing: it cannot be done here.
std::optional<int> replace_by_unnamed(const std::string& folder, const std::string& target,
                                      const struct stat* old, std::string_view bytes, mode_t mode) {
    Descriptor file(::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, mode));
    if (file.number() < 0) {
        // File systems that have none; kernels and libraries that know none.
        if (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL) return std::nullopt;
        return errno;
    }
    static_cast<void>(::flock(file.number(), LOCK_EX | LOCK_NB));
    const Descriptor held(again(file.number()));
    if (held.number() < 0) return errno;
    if (const int error = fill(file.number(), old, bytes)) return error;
    if (const int error = file.close()) return error;
    // Without rights that only root has, this is how to name it (open(2)).
    const auto itself = "/proc/self/fd/" + std::to_string(held.number());
    const auto name = [&](const std::string& to) {
        return ::linkat(AT_FDCWD, itself.c_str(), AT_FDCWD, to.c_str(), AT_SYMLINK_FOLLOW) == 0;
    };
    if (old == nullptr && name(target)) return 0;
    // A name cannot be given over another's: for a moment it has one of its own.
    for (int i = 0; i < kNames; ++i) {
        const auto part = (fs::path(folder) / part_name(i)).string();
        if (!name(part)) {
            if (errno == EEXIST) continue;
            return std::nullopt;
        }
        if (::rename(part.c_str(), target.c_str()) == 0) return 0;
        const int error = errno;
        ::unlink(part.c_str());
        return error;
    }
    return EEXIST;
}

// By a file under a name of its own, which stays behind where the run is killed.
int replace_by_named(const std::string& folder, const std::string& target, const struct stat* old,
                     std::string_view bytes, mode_t mode) {
    for (int i = 0; i < kNames; ++i) {
        const auto part = (fs::path(folder) / part_name(i)).string();
        Descriptor file(
            ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
        if (file.number() < 0) {
            if (errno == EEXIST) continue;
            return errno;
        }
        // Another run may have come across it before the lock, and have taken it for nobody's.
        struct stat it {};
        if ((::flock(file.number(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) ||
            (::fstat(file.number(), &it) == 0 && it.st_nlink == 0))
            continue;
        const Descriptor held(again(file.number()));
        int error = held.number() < 0 ? errno : fill(file.number(), old, bytes);
        if (const int closing = file.close(); error == 0) error = closing;
        if (error == 0 && ::rename(part.c_str(), target.c_str()) != 0) error = errno;
        if (error != 0) ::unlink(part.c_str());
        return error;
    }
    return EEXIST;
}

int replace(const std::string& target, const struct stat* old, std::string_view bytes,
            mode_t mode) {
    const auto folder = folder_of(target);
    sweep(folder);
    auto done = replace_by_unnamed(folder, target, old, bytes, mode);
    if (!done) done = replace_by_named(folder, target, old, bytes, mode);
    if (*done != 0) return *done;
    // The name, too, shall outlast a power cut. Where that can't be had, old or new is there whole
    // all the same.
    const Descriptor above(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (above.number() >= 0) static_cast<void>(to_disk(above.number()));
    return 0;
}

}  // namespace

std::optional<NotWritten> write_whole(const std::string& path, std::string_view bytes,
                                      unsigned mode) {
    if (path.empty()) return NotWritten{"it has no name", "name a file"};
    if (path.find('\0') != std::string::npos)
        return NotWritten{"there is a NUL in its name", "name another file"};
    struct stat there {};
    if (::stat(path.c_str(), &there) == 0) {
        if (S_ISDIR(there.st_mode)) return failed(EISDIR, path);
        if (!S_ISREG(there.st_mode)) {
            if (const int error = write_through(path, bytes)) return failed(error, path);
            return std::nullopt;
        }
        if (::access(path.c_str(), W_OK) != 0) return failed(errno, path);
    } else if (errno != ENOENT) {
        return failed(errno, path);
    } else if (path.back() == '/') {
        return NotWritten{"it would be a folder", "name a file in it"};
    }
    std::string target = path;
    if (const int error = follow(target)) return failed(error, path);
    struct stat old {};
    const bool is_there = ::stat(target.c_str(), &old) == 0;
    if (const int error = replace(target, is_there ? &old : nullptr, bytes, mode))
        return failed(error, target);
    return std::nullopt;
}

bool write_whole(const std::string& path, std::string_view bytes, Diagnostics& problems) {
    const auto failure = write_whole(path, bytes);
    if (!failure) return true;
    std::error_code ec;
    const bool kept = fs::is_regular_file(path, ec);
    problems.add({Level::error,
                  "not-written",
                  {},
                  path,
                  "it could not be written: " + failure->why +
                      (kept ? "; what was there before is there still" : ""),
                  failure->help,
                  {}});
    return false;
}

bool same_file(const std::string& a, const std::string& b) {
    if (a == b) return true;
    struct stat one {};
    struct stat other {};
    const bool first = ::stat(a.c_str(), &one) == 0;
    const bool second = ::stat(b.c_str(), &other) == 0;
    if (first != second) return false;
    if (first) return one.st_dev == other.st_dev && one.st_ino == other.st_ino;
    std::string to_a = a;
    std::string to_b = b;
    if (follow(to_a) != 0 || follow(to_b) != 0) return false;
    std::error_code ec;
    const auto path_a = fs::weakly_canonical(fs::absolute(to_a, ec), ec);
    return !ec && path_a == fs::weakly_canonical(fs::absolute(to_b, ec), ec) && !ec;
}

}  // namespace antinomy::text
