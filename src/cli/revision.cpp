#include "cli/revision.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <utility>

#include "text/program.hpp"

namespace antinomy::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t kLargestOther = 1u << 20;  // of a file that is no YAML by its name, bytes
constexpr std::uintmax_t kLargestRead = 16u << 20;  // of any file (guard G0 of src/text), bytes
constexpr std::uintmax_t kAtOnce = 64u << 20;       // asked of git in one go, bytes
constexpr std::size_t kShort = 12;                  // digits of a commit in a message

text::Ran git(std::vector<std::string> words, const std::string& input = {}) {
    words.insert(words.begin(), {"git", "--no-pager"});
    // Messages as this file knows them; nobody to ask for a password; nothing written on the side.
    return text::run_program(words, input,
                             {"LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0"});
}

std::string line_of(const text::Ran& ran) {
    auto out = text::first_line(ran.out);
    while (!out.empty() && (out.back() == '\r' || out.back() == '\n')) out.pop_back();
    return out;
}

// Why git did not do it: what it said, or that it could not be asked.
bool failed(const text::Ran& ran, Refusal& why) {
    if (ran.error == 0 && ran.status == 0) return false;
    if (ran.error == ENOENT) {
        why.why = "git is not installed";
        why.help = "install it (`apt install git`), or give two folders";
    } else if (ran.error != 0) {
        why.why = std::string("git could not be started: ") + std::strerror(ran.error);
        why.help = "try again, or give two folders";
    } else {
        why.why = "git says: " + text::first_line(ran.said);
        why.help = "see what `git status` says there, or give two folders";
    }
    return true;
}

bool is_yaml(const fs::path& path) {
    return path.extension() == ".yaml" || path.extension() == ".yml";
}

// A name that stays below the folder it is put into. Nor into a `.git`, however it is written: what
// looks like a repository there ends the search for antinomy.yaml.
bool stays_inside(const std::string& path) {
    if (path.empty() || path.front() == '/' || path.back() == '/') return false;
    for (std::size_t at = 0; at <= path.size();) {
        const auto end = std::min(path.find('/', at), path.size());
        auto part = path.substr(at, end - at);
        std::transform(part.begin(), part.end(), part.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        if (part.empty() || part == "." || part == ".." || part == ".git") return false;
        at = end + 1;
    }
    return true;
}

struct Entry {
    std::string object;
    std::string path;
    std::uintmax_t size = 0;
    bool link = false;
};

// "100644 blob OBJECT    SIZE\tPATH", each ended by NUL. Files and links; no submodules.
std::vector<Entry> entries_in(const std::string& listed) {
    std::vector<Entry> out;
    for (std::size_t at = 0; at < listed.size();) {
        const auto end = std::min(listed.find('\0', at), listed.size());
        const auto tab = listed.find('\t', at);
        if (tab < end) {
            const auto head = listed.substr(at, tab - at);
            const auto object = head.find(' ', 7);
            const auto size = head.rfind(' ');
            Entry e;
            if (head.compare(6, 6, " blob ") == 0 && object != std::string::npos && size > object) {
                e.object = head.substr(object + 1, head.find(' ', object + 1) - object - 1);
                std::from_chars(head.data() + size + 1, head.data() + head.size(), e.size);
                e.link = head.compare(0, 6, "120000") == 0;
                e.path = listed.substr(tab + 1, end - tab - 1);
                out.push_back(std::move(e));
            }
        }
        at = end + 1;
    }
    return out;
}

// The bytes of the objects, in their order; less of them where git broke off.
std::vector<std::string> bytes_of(const std::vector<Entry>& entries, std::size_t from,
                                  std::size_t to, text::Ran& ran) {
    std::string asked;
    for (auto i = from; i < to; ++i) asked += entries[i].object + '\n';
    ran = git({"cat-file", "--batch"}, asked);
    std::vector<std::string> out;
    const auto& text = ran.out;
    // "OBJECT blob SIZE", a line break, the bytes, a line break.
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        if (end == std::string::npos) break;
        const auto blank = text.rfind(' ', end);
        std::size_t size = 0;
        const auto* const number = text.data() + blank + 1;
        if (blank == std::string::npos || blank < at ||
            std::from_chars(number, text.data() + end, size).ptr != text.data() + end ||
            text.size() - end - 1 < size)
            break;
        out.push_back(text.substr(end + 1, size));
        at = end + 1 + size + 1;
    }
    return out;
}

// Nothing that was written follows: every link is made after every file.
void make_links(const fs::path& folder,
                const std::vector<std::pair<std::string, fs::path>>& links) {
    std::error_code ec;
    std::vector<fs::path> made;
    for (const auto& [to, at] : links) {
        if (to.empty() || to.front() == '/' || to.find('\0') != std::string::npos) continue;
        fs::create_directories(at.parent_path(), ec);
        fs::create_symlink(to, at, ec);
        if (!ec) made.push_back(at);
    }
    // Links that lead through links can lead anywhere, so the file system is asked.
    for (const auto& at : made) {
        const auto end = fs::weakly_canonical(at, ec);
        const auto from = ec ? fs::path("..") : end.lexically_relative(folder);
        if (from.empty() || *from.begin() == "..") fs::remove(at, ec);
    }
}

}  // namespace

Range range_of(const std::string& word) {
    const auto at = word.find("..");
    if (at == std::string::npos) return {word, {}, false};
    const bool fork = word.compare(at, 3, "...") == 0;
    const auto or_head = [](std::string s) { return s.empty() ? "HEAD" : s; };
    return {or_head(word.substr(0, at)), or_head(word.substr(at + (fork ? 3 : 2))), fork};
}

std::optional<Range> range_in(const std::string& word) {
    const auto at = word.find("..");
    if (at == std::string::npos || word.size() < 3) return std::nullopt;
    for (const auto& part : fs::path(word))
        if (part == "..") return std::nullopt;
    std::error_code ec;
    if (fs::exists(fs::symlink_status(word, ec))) return std::nullopt;
    return range_of(word);
}

std::optional<Repository> Repository::here(Refusal& why) {
    const auto ran = git({"rev-parse", "--show-toplevel"});
    if (failed(ran, why)) {
        if (ran.error == 0 && ran.said.find("not a git repository") != std::string::npos) {
            why.why = "the working folder is in no git repository";
            why.help = "go to the repository that the cases are in, or give two folders";
        }
        return std::nullopt;
    }
    std::error_code ec;
    Repository out;
    // The name of a folder may end in anything but the line break that git adds.
    out.top_ = fs::weakly_canonical(ran.out.substr(0, ran.out.size() - 1), ec);
    return out;
}

std::optional<std::string> Repository::commit(const std::string& revision, Refusal& why) const {
    why.what = "`" + revision + "`";
    why.why = "git knows no such revision";
    why.help =
        "`git branch -a` and `git log` say which there are; of a shallow clone, `git fetch "
        "--unshallow` first";
    // No revision begins so, and git is not asked what it would make of it.
    if (revision.empty() || revision.front() == '-') return std::nullopt;
    const auto ran =
        git({"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"});
    const auto name = line_of(ran);
    if (ran.error == 0 && ran.status != 0 && ran.said.empty()) return std::nullopt;
    if (failed(ran, why) || name.empty()) return std::nullopt;
    return name;
}

std::optional<std::string> Repository::fork(const std::string& a, const std::string& b,
                                            Refusal& why) const {
    const auto ran = git({"merge-base", a, b});
    if (ran.error == 0 && ran.status == 1) {
        why.why = "the two have no commit in common";
        why.help = "write `..` between them; of a shallow clone, `git fetch --unshallow` first";
        return std::nullopt;
    }
    if (failed(ran, why)) return std::nullopt;
    return line_of(ran);
}

std::optional<std::string> Repository::path_in(const std::string& path, Refusal& why) const {
    std::error_code ec;
    // As it is written; and, where it goes through a link, as the file system has it.
    const auto written = fs::absolute(path, ec).lexically_normal();
    for (const auto& whole : {written, fs::weakly_canonical(written, ec)}) {
        auto from = whole.lexically_relative(top_);
        if (!from.empty() && !from.has_filename()) from = from.parent_path();
        if (!from.empty() && *from.begin() != "..") return from.generic_string();
    }
    why.what = "`" + path + "`";
    why.why = "it lies outside of the git repository " + top_.string();
    why.help = "go to the repository that it is in, or give two folders";
    return std::nullopt;
}

std::string Repository::here_in() const {
    std::error_code ec;
    const auto from = fs::weakly_canonical(".", ec).lexically_relative(top_);
    return from.empty() || *from.begin() == ".." ? "." : from.generic_string();
}

std::optional<Revision> Revision::read(const std::string& commit, const std::string& name,
                                       const std::string& path, Refusal& why) {
    why.what = "`" + name + ":" + path + "`";
    auto ran = git({"ls-tree", "-r", "-l", "-z", "--full-tree", commit});
    if (failed(ran, why)) return std::nullopt;
    auto entries = entries_in(ran.out);
    const bool there =
        path == "." || std::any_of(entries.begin(), entries.end(), [&](const Entry& e) {
            return e.path.compare(0, path.size(), path) == 0 &&
                   (e.path.size() == path.size() || e.path[path.size()] == '/');
        });
    if (!there) {
        why.why = "there is no such path in that revision";
        why.help = "`git ls-tree -r --name-only " + name + "` lists what there is";
        return std::nullopt;
    }
    entries.erase(
        std::remove_if(entries.begin(), entries.end(),
                       [&](const Entry& e) {
                           return !stays_inside(e.path) ||
                                  (e.size > kLargestOther && !is_yaml(e.path) && e.path != path);
                       }),
        entries.end());

    std::error_code ec;
    auto above = fs::temp_directory_path(ec);
    if (!ec) above = fs::canonical(above, ec);
    auto folder = (above / "antinomy-XXXXXX").string();
    if (ec || ::mkdtemp(folder.data()) == nullptr) {  // 0700
        why.why = "no folder could be made for its files: " +
                  (ec ? ec.message() : std::string(std::strerror(errno)));
        why.help = "set TMPDIR to a folder that you may write to";
        return std::nullopt;
    }
    Revision out;
    out.folder_ = folder;
    out.name_ = name;
    out.there_ = true;
    const auto not_written = [&](const fs::path& at) {
        why.why = "its files could not be written to " + at.parent_path().string();
        why.help = "make room there, or set TMPDIR to a folder elsewhere";
        return std::nullopt;
    };
    // The search for antinomy.yaml ends where it would in the repository.
    fs::create_directory(fs::path(folder) / ".git", ec);
    // (A report is no case, and may be larger.)
    const auto large = std::stable_partition(entries.begin(), entries.end(), [&](const Entry& e) {
        return e.size <= kLargestRead || (e.path == path && !is_yaml(path));
    });
    for (auto it = large; it != entries.end(); ++it) {
        const auto at = fs::path(folder) / it->path;
        fs::create_directories(at.parent_path(), ec);
        std::ofstream(at).close();
        fs::resize_file(at, it->size, ec);
        if (ec) return not_written(at);
    }
    entries.erase(large, entries.end());
    std::vector<std::pair<std::string, fs::path>> links;
    for (std::size_t from = 0; from < entries.size();) {
        auto to = from;
        for (std::uintmax_t sum = 0; to < entries.size() && (to == from || sum < kAtOnce); ++to)
            sum += entries[to].size;
        const auto bytes = bytes_of(entries, from, to, ran);
        if (failed(ran, why)) return std::nullopt;
        if (bytes.size() != to - from) {
            why.why = "git has not all of its files";
            why.help = "`git fsck` says what is missing";
            return std::nullopt;
        }
        for (auto i = from; i < to; ++i) {
            const auto at = fs::path(folder) / entries[i].path;
            if (entries[i].link) {
                links.emplace_back(bytes[i - from], at);
                continue;
            }
            fs::create_directories(at.parent_path(), ec);
            std::ofstream file(at, std::ios::binary);
            file << bytes[i - from] << std::flush;
            if (!file) return not_written(at);
        }
        from = to;
    }
    make_links(folder, links);
    return out;
}

std::string Revision::at(const std::string& path) const {
    const auto whole = path == "." ? fs::path(folder_) : fs::path(folder_) / path;
    return whole.string();
}

std::string Revision::shown(std::string text) const {
    if (folder_.empty()) return text;  // of one that was moved from
    for (std::size_t at = 0; (at = text.find(folder_, at)) != std::string::npos;) {
        const auto end = at + folder_.size();
        const bool below = end < text.size() && text[end] == '/';
        text.replace(at, folder_.size() + (below ? 1 : 0), name_ + ":");
        at += name_.size() + 1;
    }
    return text;
}

void Revision::remove() {
    std::error_code ec;
    if (std::exchange(there_, false)) fs::remove_all(folder_, ec);  // (it follows no links)
}

}  // namespace antinomy::cli
