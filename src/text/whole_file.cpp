#include "text/whole_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>
#include <filesystem>

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

// Nobody else's: it was not there before.
int open_part(const std::string& folder, std::string& part) {
    for (int i = 0; i < kNames; ++i) {
        part = (fs::path(folder) /
                (".antinomy-" + std::to_string(::getpid()) + "-" + std::to_string(i) + ".part"))
                   .string();
        const int file =
            ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (file >= 0 || errno != EEXIST) return file;
    }
    return -1;
}

int replace(const std::string& target, const struct stat* old, std::string_view bytes) {
    const auto folder = folder_of(target);
    std::string part;
    const int file = open_part(folder, part);
    if (file < 0) return errno;
    int error = 0;
    if (old != nullptr) {
        // Who may not give files away keeps what he wrote. Given first: giving away takes bits off.
        if (::fchown(file, old->st_uid, old->st_gid) != 0) errno = 0;
        if (::fchmod(file, old->st_mode & 07777) != 0) error = errno;
    }
    if (error == 0) error = write_all(file, bytes);
    if (error == 0) error = to_disk(file);
    if (::close(file) != 0 && error == 0 && errno != EINTR) error = errno;
    if (error == 0 && ::rename(part.c_str(), target.c_str()) != 0) error = errno;
    if (error != 0) {
        ::unlink(part.c_str());
        return error;
    }
    // The name, too, shall outlast a power cut. Where that can't be had, old or new is there whole
    // all the same.
    const int above = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (above >= 0) {
        static_cast<void>(to_disk(above));
        ::close(above);
    }
    return 0;
}

}  // namespace

std::optional<NotWritten> write_whole(const std::string& path, std::string_view bytes) {
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
    if (const int error = replace(target, is_there ? &old : nullptr, bytes))
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
