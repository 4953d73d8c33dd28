#include "data/files.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "text/join.hpp"

namespace antinomy::data {

namespace fs = std::filesystem;

namespace {

bool ends_with(std::string_view s, std::string_view end) {
    return s.size() > end.size() && s.substr(s.size() - end.size()) == end;
}

bool fits(const Part& part, const std::string& name) {
    if (!part.files.empty()) return fnmatch(part.files.c_str(), name.c_str(), 0) == 0;
    return std::any_of(part.suffixes.begin(), part.suffixes.end(),
                       [&](const std::string& s) { return ends_with(name, s); });
}

}  // namespace

Files::Files(const std::vector<Part>& parts, std::vector<std::string> paths) : parts_(parts) {
    if (paths.size() > 1) once_each(paths);
    for (auto it = paths.rbegin(); it != paths.rend(); ++it) {
        std::error_code ec;
        left_.push_back({*it, *it != "-" && fs::is_directory(*it, ec), true});
    }
}

// Takes out paths that are given twice, or that a folder which is given leads to.
void Files::once_each(std::vector<std::string>& paths) {
    std::set<std::string> folders;
    std::set<std::string> known;
    std::vector<std::string> whole;
    for (const auto& p : paths) {
        std::error_code ec;
        whole.push_back(p == "-" ? p : fs::weakly_canonical(p, ec).string());
        if (ec) whole.back() = p;
        if (p != "-" && fs::is_directory(p, ec)) folders.insert(whole.back());
    }
    const auto taken_from_above = [&](const fs::path& path) {
        // A file of another name would not be taken from there.
        if (folders.count(path.string()) == 0 && parts_of(path.string()).empty()) return false;
        for (auto at = path; at.has_relative_path(); at = at.parent_path()) {
            if (at.filename().string().front() == '.') return false;  // nor what is hidden
            if (folders.count(at.parent_path().string()) != 0) return true;
        }
        return false;
    };
    std::vector<std::string> out;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const bool first = known.insert(whole[i]).second;
        (first && (paths[i] == "-" || !taken_from_above(whole[i])) ? out : twice_)
            .push_back(paths[i]);
    }
    paths = std::move(out);
}

std::vector<std::size_t> Files::parts_of(const std::string& path) const {
    std::string name = fs::path(path).filename().string();
    std::string plain = name;
    for (const std::string_view packed : {".gz", ".zst"})
        if (ends_with(plain, packed)) plain.resize(plain.size() - packed.size());
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < parts_.size(); ++i)
        if (fits(parts_[i], plain) || fits(parts_[i], name)) out.push_back(i);
    return out;
}

void Files::list(const std::string& folder, text::Diagnostics& diagnostics) {
    std::vector<Entry> found;
    std::error_code ec;
    for (auto it = fs::directory_iterator(folder, ec); !ec && it != fs::directory_iterator();
         it.increment(ec)) {
        std::error_code e;
        const auto name = it->path().filename().string();
        if (name.empty() || name[0] == '.' || it->is_symlink(e)) continue;
        const bool is_folder = it->is_directory(e);
        if (is_folder || !parts_of(name).empty())
            found.push_back({it->path().lexically_normal().string(), is_folder, false});
        else
            ++left_out_;
    }
    if (ec)
        diagnostics.add({text::Level::error,
                         "unreadable",
                         {},
                         folder,
                         "cannot list the folder: " + ec.message(),
                         "check its permissions",
                         {}});
    std::sort(found.begin(), found.end(),
              [](const Entry& a, const Entry& b) { return a.path > b.path; });
    std::move(found.begin(), found.end(), std::back_inserter(left_));
}

bool Files::next(std::string& path, std::size_t& part, text::Diagnostics& diagnostics) {
    for (const auto& twice : std::exchange(twice_, {}))
        diagnostics.add({text::Level::warning,
                         "given-twice",
                         {},
                         twice,
                         "another path that was given leads here too; what is here is read once",
                         "give one of them",
                         {}});
    while (!left_.empty()) {
        const auto entry = std::move(left_.back());
        left_.pop_back();
        if (entry.folder) {
            list(entry.path, diagnostics);
            continue;
        }
        path = entry.path;
        part = 0;
        if (parts_.size() == 1) return true;
        const auto of = parts_of(path);
        if (of.size() == 1) {
            part = of.front();
            return true;
        }
        std::string names;
        for (std::size_t i = 0; i < parts_.size(); ++i)
            if (of.empty() || std::find(of.begin(), of.end(), i) != of.end())
                names += text::join(names.empty() ? "" : ", ", "`", parts_[i].name, "` (",
                                    patterns_of(parts_[i]), ")");
        diagnostics.add(
            {text::Level::error,
             of.empty() ? "no-part" : "ambiguous-part",
             {},
             path,
             text::join(of.empty() ? "no part of the map has files of this name: "
                                   : "several parts of the map have files of this name: ",
                        names),
             of.empty() ? "rename the file, or correct `files` of the map"
                        : "let `files` of the map tell them apart",
             {}});
    }
    return false;
}

std::uint64_t stored_bytes(const std::vector<Part>& parts, const std::vector<std::string>& paths) {
    constexpr int kMostFiles = 100'000;
    Files files(parts, paths);
    text::Diagnostics unheard;
    std::string path;
    std::size_t part = 0;
    std::uint64_t out = 0;
    for (int n = 0; files.next(path, part, unheard); ++n) {
        if (n == kMostFiles || path == "-") return 0;
        std::error_code ec;
        if (const auto size = fs::file_size(path, ec); !ec) out += size;
    }
    return out;
}

std::string patterns_of(const Part& part) {
    if (!part.files.empty()) return part.files;
    std::string out;
    for (const auto& s : part.suffixes) out += text::join(out.empty() ? "*" : ", *", s);
    return out;
}

}  // namespace antinomy::data
