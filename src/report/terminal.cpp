#include "report/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "text/source.hpp"
#include "text/utf8.hpp"
#include "text/visible.hpp"

namespace antinomy::report {
namespace {

bool set(const Environment& environment, const char* name) {
    const char* value = environment(name);
    return value != nullptr && *value != '\0';
}

bool utf8_locale(const Environment& environment) {
    // POSIX: the first of these that is set decides.
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        if (!set(environment, name)) continue;
        std::string value = environment(name);
        for (char& c : value)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return value.find("utf-8") != std::string::npos || value.find("utf8") != std::string::npos;
    }
    return false;
}

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

// Are there spaces beside one another? Of plain text; it may say so where a `!` follows a space.
bool spaces_meet(std::string_view text) {
    constexpr std::uint64_t kEach = 0x0101010101010101u;
    std::size_t n = 0;
    for (; n + 8 <= text.size(); n += 7) {
        std::uint64_t x = 0;
        std::memcpy(&x, text.data() + n, 8);
        x ^= kEach * ' ';
        const auto spaces = (x - kEach) & ~x & (kEach * 0x80);
        if ((spaces & (spaces >> 8u)) != 0) return true;
    }
    return text.substr(n).find("  ") != std::string_view::npos;
}

// Words of plain ASCII with a space between two, as most texts are.
bool is_plain_line(std::string_view text) {
    return text.empty() || (text::plain_bytes(text) == text.size() && text.front() != ' ' &&
                            text.back() != ' ' && !spaces_meet(text));
}

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> out;
    std::size_t i = 0;
    while (i < text.size()) {
        while (i < text.size() && is_space(text[i])) ++i;
        const std::size_t begin = i;
        while (i < text.size() && !is_space(text[i])) ++i;
        if (i > begin) out.push_back(sanitize(text.substr(begin, i - begin)));
    }
    return out;
}

}  // namespace

Style style_of(int descriptor, ColorWhen when, bool ascii) {
    const bool terminal = isatty(descriptor) == 1;
    int width = 0;
    winsize size{};
    if (terminal && ioctl(descriptor, TIOCGWINSZ, &size) == 0) width = size.ws_col;
    return style_from(terminal, width, when, ascii,
                      [](const char* name) -> const char* { return std::getenv(name); });
}

Style style_from(bool is_terminal, int terminal_width, ColorWhen when, bool ascii,
                 const Environment& environment) {
    Style style;
    if (when != ColorWhen::automatic) {
        style.color = when == ColorWhen::always;
    } else if (set(environment, "NO_COLOR")) {
        style.color = false;
    } else if (set(environment, "FORCE_COLOR") || set(environment, "CLICOLOR_FORCE")) {
        style.color = true;
    } else {
        const char* term = environment("TERM");
        style.color = is_terminal && !(term != nullptr && std::string_view(term) == "dumb");
    }
    style.unicode = !ascii && utf8_locale(environment);
    int width = terminal_width > 0 ? terminal_width : 80;
    if (set(environment, "COLUMNS")) {
        const std::string_view text = environment("COLUMNS");
        int asked = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), asked);
        if (error == std::errc{} && end == text.data() + text.size() && asked > 0) width = asked;
    }
    style.width = std::clamp(width, 40, 200);
    return style;
}

std::string sanitize(std::string_view text) {
    return text::visible(text);
}

std::string one_line(std::string_view text) {
    if (is_plain_line(text)) return std::string(text);
    std::string out;
    for (const std::string& word : words(text)) {
        if (!out.empty()) out += ' ';
        out += word;
    }
    return out;
}

std::vector<Cluster> clusters(std::string_view text, int tab) {
    std::vector<Cluster> out;
    std::int32_t state = 0;
    std::uint32_t before = 0;
    bool joinable = false;
    int column = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto p = text::decode_utf8(text, i);
        const bool plain = p.valid && !text::invisible(p.value);
        const bool joins =
            plain && joinable &&
            !utf8proc_grapheme_break_stateful(static_cast<std::int32_t>(before),
                                              static_cast<std::int32_t>(p.value), &state);
        if (joins) {
            Cluster& last = out.back();
            last.shown += text.substr(i, p.length);
            last.end = i + p.length;
            column -= last.width;
            last.width = cells(last.shown);
            column += last.width;
        } else {
            Cluster next;
            next.begin = i;
            next.end = i + p.length;
            if (p.valid && p.value == '\t') {
                next.width = tab - column % tab;
                next.shown = spaces(next.width);
            } else {
                next.shown = sanitize(text.substr(i, p.length));
                next.width = cells(next.shown);
            }
            column += next.width;
            out.push_back(std::move(next));
            state = 0;
        }
        joinable = plain;
        before = p.value;
        i += p.length;
    }
    return out;
}

std::vector<std::string> wrap(std::string_view text, int width, int first_width) {
    std::vector<std::string> lines;
    std::string line;
    int used = 0;
    const auto room = [&] { return lines.empty() && first_width >= 0 ? first_width : width; };
    const auto flush = [&] {
        lines.push_back(std::move(line));
        line.clear();
        used = 0;
    };
    for (const std::string& word : words(text)) {
        const int size = cells(word);
        if (used > 0 && used + 1 + size <= room()) {
            line += ' ' + word;
            used += 1 + size;
            continue;
        }
        if (size <= room() || static_cast<std::size_t>(size) == word.size()) {
            // It fits, or it is narrow throughout and so has no place to be broken at.
            if (used > 0 || (lines.empty() && size > room() && first_width >= 0 && size <= width))
                flush();
            line = word;
            used = size;
            continue;
        }
        if (used > 0 && used + 1 < room()) {
            line += ' ';
            ++used;
        } else if (used > 0) {
            flush();
        }
        int before = 0;
        for (const Cluster& c : clusters(word)) {
            const bool breakable = c.width > 1 || before > 1;
            if (used > 0 && breakable && used + c.width > room()) {
                if (line.back() == ' ') line.pop_back();
                flush();
            }
            line += c.shown;
            used += c.width;
            before = c.width;
        }
    }
    if (!line.empty() || lines.empty()) lines.push_back(std::move(line));
    return lines;
}

std::string shorten(std::string_view text, int width) {
    const std::string whole = one_line(text);
    if (cells(whole) <= width) return whole;
    std::string tail = "...";
    if (const auto open = whole.rfind(" ("); whole.back() == ')' && open != std::string::npos) {
        const std::string kept = "..." + whole.substr(open);
        if (cells(kept) + 4 <= width) tail = kept;
    }
    const int room = width - cells(tail);
    std::string out;
    int used = 0;
    for (const Cluster& c : clusters(whole)) {
        if (used + c.width > room) break;
        out += c.shown;
        used += c.width;
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out + tail;
}

std::string paint(Tone tone, std::string_view safe, const Style& style) {
    static constexpr std::array<std::string_view, 12> codes = {
        "", "1", "2", "34", "1;31", "1;33", "1;36", "1;34", "35", "32", "36", "33"};
    const std::string_view code = codes[static_cast<std::size_t>(tone)];
    if (!style.color || code.empty() || safe.empty()) return std::string(safe);
    std::string out = "\x1b[";
    out += code;
    out += 'm';
    out += safe;
    out += "\x1b[0m";
    return out;
}

int cells(std::string_view safe) {
    return static_cast<int>(text::display_width(safe));
}

std::string spaces(int n) {
    return std::string(n > 0 ? static_cast<std::size_t>(n) : 0, ' ');
}

}  // namespace antinomy::report
