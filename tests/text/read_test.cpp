#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <cstring>

#include "tests/text/helpers.hpp"

namespace antinomy::text {
namespace {

namespace fs = std::filesystem;

class Read : public ::testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "antinomy-read-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder = name;
    }
    void TearDown() override { fs::remove_all(folder); }
    std::string write(const std::string& name, const std::string& bytes) const {
        const auto path = folder / name;
        std::ofstream(path, std::ios::binary) << bytes;
        return path.string();
    }
    // "" if read, else "code: message".
    std::string read(const std::string& path, const Limits& limits = {}) {
        diagnostics = {};
        const auto begin = std::chrono::steady_clock::now();
        file = read_file(map, path, diagnostics, limits);
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2)) << "blocked";
        EXPECT_EQ(file.has_value(), diagnostics.items().empty());
        if (file) return "";
        const auto& d = diagnostics.items().front();
        EXPECT_EQ(d.where, path);
        EXPECT_FALSE(d.span.valid());
        EXPECT_FALSE(d.help.empty());
        return d.code + ": " + d.message;
    }

    fs::path folder;
    SourceMap map;
    Diagnostics diagnostics;
    std::optional<FileId> file;
};

TEST_F(Read, whole_file_under_the_given_name) {
    const std::string path = write("a.yaml", std::string("a: \0\xFF\r\n", 7));
    EXPECT_EQ(read(path), "");
    EXPECT_EQ(map.bytes(*file), std::string("a: \0\xFF\r\n", 7));
    EXPECT_EQ(map.name(*file), path);
    EXPECT_EQ(read(write("empty", "")), "");
    EXPECT_EQ(map.bytes(*file), "");
    const std::string large(300'000, 'x');
    EXPECT_EQ(read(write("large", large)), "");
    EXPECT_EQ(map.bytes(*file), large);
}

TEST_F(Read, what_cannot_be_opened) {
    EXPECT_EQ(read((folder / "none").string()),
              "cannot-open: cannot open: No such file or directory");
    EXPECT_EQ(read(write("plain", "") + "/x"), "cannot-open: cannot open: Not a directory");
    EXPECT_EQ(read(""), "cannot-open: cannot open: not a path");
    EXPECT_EQ(read(std::string("a\0b", 3)), "cannot-open: cannot open: not a path");
    fs::create_symlink("loop", folder / "loop");
    EXPECT_EQ(read((folder / "loop").string()),
              "cannot-open: cannot open: Too many levels of symbolic links");
    if (::geteuid() != 0) {
        const std::string secret = write("secret", "x");
        fs::permissions(secret, fs::perms::none);
        EXPECT_EQ(read(secret), "cannot-open: cannot open: Permission denied");
    }
}

TEST_F(Read, only_regular_files) {
    EXPECT_EQ(read(folder.string()), "not-a-file: is a folder, not a regular file");
    const auto pipe = (folder / "pipe").string();
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(read(pipe), "not-a-file: is a pipe, not a regular file");
    EXPECT_EQ(read("/dev/zero"), "not-a-file: is a device, not a regular file");
    const auto name = (folder / "socket").string();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    ASSERT_LT(name.size(), sizeof address.sun_path);
    std::memcpy(address.sun_path, name.c_str(), name.size() + 1);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    ASSERT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(read(name), "cannot-open: cannot open: No such device or address");
    ::close(fd);
}

TEST_F(Read, size_limit) {
    Limits limits;
    limits.file_bytes = 10;
    EXPECT_EQ(read(write("ten", "0123456789"), limits), "");
    EXPECT_EQ(read(write("eleven", "0123456789a"), limits),
              "too-large: is larger than the limit of 10 bytes");
    const auto sparse = write("sparse", "");
    fs::resize_file(sparse, 17u << 20);
    EXPECT_EQ(read(sparse), "too-large: is larger than the limit of 16 MiB");
    // A file that says it has no size is read no further than the limit either.
    EXPECT_EQ(read("/proc/self/maps", limits), "too-large: is larger than the limit of 10 bytes");
}

TEST_F(Read, standard_input) {
    const std::string path = write("input", "a: b\n");
    const int saved = ::dup(STDIN_FILENO);
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    ASSERT_GE(fd, 0);
    ASSERT_EQ(::dup2(fd, STDIN_FILENO), STDIN_FILENO);
    EXPECT_EQ(read("-"), "");
    EXPECT_EQ(map.bytes(*file), "a: b\n");
    EXPECT_EQ(map.name(*file), "-");
    ASSERT_EQ(::lseek(STDIN_FILENO, 0, SEEK_SET), 0);
    Limits limits;
    limits.file_bytes = 2;
    EXPECT_EQ(read("-", limits), "too-large: is larger than the limit of 2 bytes");
    if (saved >= 0) {
        ::dup2(saved, STDIN_FILENO);
        ::close(saved);
    }
    ::close(fd);
}

}  // namespace
}  // namespace antinomy::text
