#include "data/files.hpp"

#include <algorithm>
#include <filesystem>

namespace antinomy::data {

namespace fs = std::filesystem;

namespace {

bool ends_with(std::string_view s, std::string_view end) {
    return s.size() > end.size() && s.substr(s.size() - end.size()) == end;
}

}  // namespace

Files::Files(std::vector<std::string> paths, std::vector<std::string> suffixes)
    : suffixes_(std::move(suffixes)) {
    for (auto it = paths.rbegin(); it != paths.rend(); ++it) {
        std::error_code ec;
        left_.push_back({*it, *it != "-" && fs::is_directory(*it, ec)});
    }
}

bool Files::fits(const std::string& name) const {
    std::string_view plain = name;
    for (const std::string_view packed : {".gz", ".zst"})
        if (ends_with(plain, packed)) plain.remove_suffix(packed.size());
    return std::any_of(suffixes_.begin(), suffixes_.end(),
                       [&](const std::string& s) { return ends_with(plain, s); });
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
        if (is_folder || fits(name))
            found.push_back({it->path().lexically_normal().string(), is_folder});
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

bool Files::next(std::string& path, text::Diagnostics& diagnostics) {
    while (!left_.empty()) {
        const auto entry = std::move(left_.back());
        left_.pop_back();
        if (!entry.folder) {
            path = entry.path;
            return true;
        }
        list(entry.path, diagnostics);
    }
    return false;
}

std::uint64_t stored_bytes(const std::vector<std::string>& paths,
                           const std::vector<std::string>& suffixes) {
    constexpr int kMostFiles = 100'000;
    Files files(paths, suffixes);
    text::Diagnostics unheard;
    std::string path;
    std::uint64_t out = 0;
    for (int n = 0; files.next(path, unheard); ++n) {
        if (n == kMostFiles || path == "-") return 0;
        std::error_code ec;
        if (const auto size = fs::file_size(path, ec); !ec) out += size;
    }
    return out;
}

}  // namespace antinomy::data
