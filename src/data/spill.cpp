#include "data/spill.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "text/join.hpp"

namespace antinomy::data {

namespace {

std::string folder_of_temporary_files() {
    const char* said = std::getenv("TMPDIR");
    return said != nullptr && *said != '\0' ? said : "/tmp";
}

[[noreturn]] void fail(const std::string& folder, const char* what) {
    throw SpillError(text::join("a temporary file in ", folder, " cannot be ", what, ": ",
                                std::strerror(errno)));
}

// Not every file system can make a file without a name; then it has one for a moment.
int make_file(const std::string& folder) {
    const int made = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (made >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) return made;
    std::string name = folder + "/antinomy-XXXXXX";
    const int named = ::mkostemp(name.data(), O_CLOEXEC);
    if (named >= 0) ::unlink(name.c_str());
    return named;
}

}  // namespace

Spill::~Spill() {
    if (file_ >= 0) ::close(file_);
}

void Spill::write(std::string_view bytes) {
    if (file_ < 0) {
        folder_ = folder_of_temporary_files();
        file_ = make_file(folder_);
        if (file_ < 0) fail(folder_, "made");
    }
    while (!bytes.empty()) {
        const auto done = ::write(file_, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) fail(folder_, "written");
        bytes.remove_prefix(static_cast<std::size_t>(done));
        size_ += static_cast<std::uint64_t>(done);
    }
}

std::size_t Spill::read(std::uint64_t from, char* to, std::size_t size) const {
    std::size_t got = 0;
    while (got < size && from + got < size_) {
        const auto n = ::pread(file_, to + got, size - got, static_cast<off_t>(from + got));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) fail(folder_, "read");
        got += static_cast<std::size_t>(n);
    }
    return got;
}

}  // namespace antinomy::data
