#include "docs/folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>

namespace antinomy::docs {

namespace fs = std::filesystem;

namespace {

constexpr const char* kPartName = ".antinomy-docs.part";
constexpr const char* kListHead =
    "Written by antinomy docs. The next run looks here for what is its own.";
constexpr const char* kMark = "<meta name=\"generator\" content=\"antinomy ";
constexpr std::size_t kMarkWithin = 4096;

// Only paths that a run can have written; a list that somebody changed leads nowhere else.
bool may_be_ours(std::string_view path) {
    constexpr std::string_view kFolder = "rules/";
    constexpr std::string_view kEnd = ".html";
    if (path.substr(0, kFolder.size()) == kFolder) path.remove_prefix(kFolder.size());
    if (path.size() <= kEnd.size() || path.substr(path.size() - kEnd.size()) != kEnd) return false;
    path.remove_suffix(kEnd.size());
    return path.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_~") ==
           std::string_view::npos;
}

class Writer {
public:
    Writer(const std::string& folder, const std::vector<File>& files, text::Diagnostics& problems)
        : folder_(folder), files_(files), problems_(problems) {}

    bool run() {
        for (const auto& f : files_) now_.insert(f.path);
        if (!look() || !make_folders()) return false;
        auto both = before_;
        both.insert(now_.begin(), now_.end());
        // First the list, so that a run that is cut off is known by what it left.
        if (!write_list(both)) return false;
        for (const auto& f : files_)
            if (!write(f.path, f.content)) return false;
        for (const auto& path : before_)
            if (now_.count(path) == 0 && !take_away(path)) return false;
        return write_list(now_);
    }

private:
    bool fail(const std::string& code, const std::string& where, const std::string& message,
              const std::string& help) {
        problems_.add({text::Level::error, code, {}, where, message, help, {}});
        return false;
    }
    bool cannot(const std::string& what, const fs::path& path, int error) {
        return fail("not-written", path.string(), "cannot " + what + ": " + std::strerror(error),
                    "name a folder that you may write to, with room for the pages");
    }

    // What is there already, and is it of an earlier run?
    bool look() {
        if (folder_.empty())
            return fail("not-a-folder", "docs", "the folder for the pages has no name",
                        "write `antinomy docs OUT PACK...`");
        std::error_code ec;
        const auto status = fs::status(folder_, ec);
        if (status.type() == fs::file_type::not_found) return true;
        if (status.type() == fs::file_type::none) return cannot("look at it", folder_, ec.value());
        if (!fs::is_directory(status))
            return fail("not-a-folder", folder_.string(), "it is there, and is no folder",
                        "the folder for the pages comes first: `antinomy docs OUT PACK...`");
        fs::directory_iterator it(folder_, ec);
        if (ec) return cannot("read the folder", folder_, ec.value());
        std::string other;
        for (; it != fs::directory_iterator(); it.increment(ec)) {
            const auto name = it->path().filename().string();
            if (name != kPartName && (other.empty() || name < other)) other = name;
            if (ec) break;
        }
        if (other.empty()) return true;
        if (!read_list())
            return fail(
                "foreign-folder", folder_.string(),
                "it holds `" + other + "`" + " and no list of an earlier run (" + kListName + ")",
                "name a new or empty folder");
        return nothing_in_the_way();
    }

    bool read_list() {
        std::error_code ec;
        const auto path = folder_ / kListName;
        if (!fs::is_regular_file(fs::symlink_status(path, ec))) return false;
        std::ifstream in(path, std::ios::binary);
        std::string line;
        if (!std::getline(in, line) || line != kListHead) return false;
        while (std::getline(in, line))
            if (may_be_ours(line)) before_.insert(line);
        return true;
    }

    bool nothing_in_the_way() {
        std::error_code ec;
        const auto rules = fs::symlink_status(folder_ / "rules", ec);
        if (fs::exists(rules) && !fs::is_directory(rules))
            return in_the_way("rules", "a folder of that name is to be written");
        for (const auto& f : files_) {
            const auto status = fs::symlink_status(folder_ / f.path, ec);
            if (!fs::exists(status)) continue;
            if (before_.count(f.path) == 0)
                return in_the_way(f.path, "a page of that name is to be written");
            if (fs::is_directory(status))
                return in_the_way(f.path, "a page of that name is to be written");
        }
        return true;
    }
    bool in_the_way(const std::string& path, const std::string& why) {
        return fail("foreign-file", (folder_ / path).string(),
                    "no earlier run wrote it, and " + why, "move it away, or name another folder");
    }

    bool make_folders() {
        std::error_code ec;
        fs::create_directories(folder_, ec);
        if (ec) return cannot("make the folder", folder_, ec.value());
        fs::create_directory(folder_ / "rules", ec);
        return !ec || cannot("make the folder", folder_ / "rules", ec.value());
    }

    bool write_list(const std::set<std::string>& paths) {
        std::string text = std::string(kListHead) + "\n";
        for (const auto& path : paths) text += path + "\n";
        return write(kListName, text);
    }

    bool write(const std::string& path, const std::string& content) {
        const auto part = folder_ / kPartName;
        const auto target = folder_ / path;
        ::unlink(part.c_str());
        const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file < 0) return cannot("write there", part, errno);
        int error = 0;
        for (std::size_t done = 0; done < content.size() && error == 0;) {
            const auto n = ::write(file, content.data() + done, content.size() - done);
            if (n > 0)
                done += static_cast<std::size_t>(n);
            else if (errno != EINTR)
                error = n < 0 ? errno : EIO;
        }
        if (::close(file) != 0 && error == 0) error = errno;
        if (error == 0 && std::rename(part.c_str(), target.c_str()) != 0) error = errno;
        if (error == 0) return true;
        ::unlink(part.c_str());
        return cannot("write it", target, error);
    }

    // A page of a rule that is no more.
    bool take_away(const std::string& path) {
        std::error_code ec;
        const auto target = folder_ / path;
        if (!fs::is_regular_file(fs::symlink_status(target, ec))) return true;
        std::ifstream in(target, std::ios::binary);
        std::string head(kMarkWithin, '\0');
        in.read(head.data(), static_cast<std::streamsize>(head.size()));
        if (head.find(kMark) == std::string::npos) return true;
        fs::remove(target, ec);
        return !ec || cannot("take away the page of an earlier run", target, ec.value());
    }

    fs::path folder_;
    const std::vector<File>& files_;
    text::Diagnostics& problems_;
    std::set<std::string> before_;
    std::set<std::string> now_;
};

}  // namespace

bool write_folder(const std::string& folder, const std::vector<File>& files,
                  text::Diagnostics& problems) {
    return Writer(folder, files, problems).run();
}

}  // namespace antinomy::docs
