#include "config/glob.hpp"

#include <re2/re2.h>

#include <vector>

namespace antinomy::config {

struct Glob::Program {
    explicit Program(const std::string& pattern) : expression(pattern, options()) {}
    static RE2::Options options() {
        RE2::Options out;
        out.set_log_errors(false);
        out.set_dot_nl(true);
        return out;
    }
    RE2 expression;
};

namespace {

std::vector<std::string_view> parts_of(std::string_view pattern) {
    std::vector<std::string_view> out;
    for (std::size_t begin = 0; begin <= pattern.size();) {
        const auto end = std::min(pattern.find('/', begin), pattern.size());
        if (end > begin) out.push_back(pattern.substr(begin, end - begin));
        begin = end + 1;
    }
    return out;
}

std::string expression_of(std::string_view part) {
    std::string out;
    std::size_t plain = 0;
    const auto flush = [&](std::size_t end) {
        const auto text = part.substr(plain, end - plain);
        out += RE2::QuoteMeta(re2::StringPiece(text.data(), text.size()));
        plain = end + 1;
    };
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (part[i] != '*' && part[i] != '?') continue;
        flush(i);
        // Stars in a row inside a part are as one.
        if (part[i] == '?')
            out += "[^/]";
        else if (i == 0 || part[i - 1] != '*')
            out += "[^/]*";
    }
    flush(part.size());
    return out;
}

}  // namespace

std::string Glob::refused(std::string_view pattern) {
    const auto parts = parts_of(pattern);
    if (parts.empty()) return "it matches nothing";
    if (pattern.size() > 1000) return "it is longer than 1000 bytes";
    if (pattern.front() == '/') return "it begins with `/`";
    if (pattern.front() == '!') return "`!` excludes nothing here";
    if (pattern.find('[') != std::string_view::npos) return "`[` begins no set of characters here";
    if (pattern.find('\\') != std::string_view::npos) return "it has a `\\` in it";
    for (const auto part : parts)
        if (part == "." || part == "..") return "it has the part `" + std::string(part) + "`";
    return {};
}

Glob::Glob(std::string_view pattern) {
    const auto parts = parts_of(pattern);
    const auto slash = pattern.find('/');
    const bool anywhere = slash == std::string_view::npos || slash + 1 == pattern.size();
    std::string out = anywhere ? "(?:.*/)?" : "";
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool last = i + 1 == parts.size();
        if (parts[i] == "**")
            out += last ? ".+" : "(?:[^/]+/)*";
        else
            out += expression_of(parts[i]) + (last ? "" : "/");
    }
    // A folder's name, and all that it holds; with `/` at the end nothing but a folder.
    out += pattern.back() == '/' ? "/.+" : "(?:/.+)?";
    program_ = std::make_shared<const Program>(out);
}

bool Glob::matches(std::string_view path) const {
    return RE2::FullMatch(re2::StringPiece(path.data(), path.size()), program_->expression);
}

}  // namespace antinomy::config
