#include "verify/place.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace antinomy::verify {

namespace fs = std::filesystem;

std::string to_string(const Place& p) {
    return p.file + ":" + std::to_string(p.line) + ":" + std::to_string(p.column);
}

Place File::at(const YAML::Mark& mark) const {
    if (!origins.empty())
        return mark.line >= 0 && static_cast<std::size_t>(mark.line) < origins.size()
                   ? origins[static_cast<std::size_t>(mark.line)]
                   : Place{};
    Place out{path, mark.line + 1, 1};
    if (mark.line < 0 || static_cast<std::size_t>(mark.line) >= lines.size()) return out;
    const auto& line = lines[static_cast<std::size_t>(mark.line)];
    const auto end = std::min(line.size(), static_cast<std::size_t>(std::max(mark.column, 0)));
    for (std::size_t i = 0; i < end; ++i)
        if ((static_cast<unsigned char>(line[i]) & 0xC0u) != 0x80u) ++out.column;
    return out;
}

File read_file(const std::string& name) {
    File out;
    out.name = name;
    std::error_code ec;
    out.path = fs::weakly_canonical(fs::absolute(name, ec), ec).string();
    if (fs::is_directory(name, ec) || !fs::exists(name, ec)) {
        out.error = "cannot be opened";
        return out;
    }
    if (fs::is_regular_file(name, ec) && fs::file_size(name, ec) > kLargestFile) {
        out.error = "is larger than " + std::to_string(kLargestFile >> 20) + " MB";
        return out;
    }
    std::ifstream in(name, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) {
        out.error = "cannot be read";
        return out;
    }
    std::string bytes = text.str();
    if (bytes.rfind("\xEF\xBB\xBF", 0) == 0) bytes.erase(0, 3);
    std::string line;
    for (const char c : bytes) {
        if (c != '\n') {
            line += c;
            continue;
        }
        out.lines.push_back(std::move(line));
        line.clear();
    }
    out.lines.push_back(std::move(line));
    try {
        out.root = YAML::Load(bytes);
    } catch (const YAML::Exception& e) {
        out.error = std::string("is no YAML: ") + e.what();
    }
    return out;
}

std::vector<std::pair<YAML::Node, YAML::Node>> entries(const YAML::Node& node) {
    std::vector<std::pair<YAML::Node, YAML::Node>> out;
    if (!node.IsDefined() || !node.IsMap()) return out;
    for (const auto& item : node)
        if (item.first.IsScalar()) out.emplace_back(item.first, item.second);
    return out;
}

}  // namespace antinomy::verify
