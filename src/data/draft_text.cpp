#include "data/draft_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "data/path.hpp"
#include "grammar/names.hpp"
#include "grammar/token.hpp"
#include "text/join.hpp"
#include "text/utf8.hpp"

namespace antinomy::data {

using text::join;

namespace {

constexpr std::size_t kLongestName = 60;  // bytes

// Controls, what cannot be seen, what turns lines around, and what is no character.
bool hidden(char32_t c) {
    struct Range {
        char32_t first;
        char32_t last;
    };
    static constexpr std::array<Range, 22> kHidden{
        {{0x00, 0x1F},     {0x7F, 0xA0},     {0xAD, 0xAD},     {0x34F, 0x34F},   {0x600, 0x605},
         {0x61C, 0x61C},   {0x6DD, 0x6DD},   {0x70F, 0x70F},   {0x115F, 0x1160}, {0x1680, 0x1680},
         {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x2000, 0x200F}, {0x2028, 0x202F}, {0x205F, 0x206F},
         {0x3000, 0x3000}, {0x3164, 0x3164}, {0xE000, 0xF8FF}, {0xFDD0, 0xFDEF}, {0xFE00, 0xFE0F},
         {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}}};
    if (c >= 0xE0000 || (c >= 0xFFF0 && c <= 0xFFFB) || (c & 0xFFFEu) == 0xFFFE) return true;
    return std::any_of(kHidden.begin(), kHidden.end(),
                       [&](const Range& r) { return c >= r.first && c <= r.last; });
}

bool ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Letters of other scripts than ours, and what goes with them; no signs or punctuation.
bool letter_beyond_ascii(char32_t c) {
    return c >= 0xC0 && (c < 0x2000 || c > 0x2BFF) && !hidden(c);
}

// May it stand in YAML as it is, and mean itself?
bool plain(std::string_view s) {
    static constexpr std::array<std::string_view, 7> kWords{"yes",  "no", "true", "false",
                                                            "null", "on", "off"};
    if (s.empty() || s.size() > 100) return false;
    std::size_t i = 0;
    // A path of simple names.
    const bool path = s[0] == '$' || s[0] == '.';
    if (path) {
        i = s[0] == '$' ? 2 : 1;
        if (s.size() <= i || s[i - 1] != '.') return false;
    }
    for (bool first = !path; i < s.size(); first = false) {
        const auto point = text::decode_utf8(s, i);
        if (!point.valid) return false;
        const bool letter =
            point.value < 0x80 ? ascii_letter(s[i]) : letter_beyond_ascii(point.value);
        if (!letter &&
            (first || ((s[i] < '0' || s[i] > '9') && s[i] != '_' && s[i] != '-' && s[i] != '.')))
            return false;
        i += point.length;
    }
    const auto low = grammar::lower_case(s);
    return std::find(kWords.begin(), kWords.end(), low) == kWords.end();
}

std::string escaped(char32_t c) {
    std::array<char, 12> out{};
    std::snprintf(out.data(), out.size(),
                  c < 0x100     ? "\\x%02X"
                  : c < 0x10000 ? "\\u%04X"
                                : "\\U%08X",
                  static_cast<unsigned>(c));
    return out.data();
}

}  // namespace

std::string yaml_text(std::string_view s) {
    if (plain(s)) return std::string(s);
    std::string out = "\"";
    for (std::size_t i = 0; i < s.size();) {
        const auto point = text::decode_utf8(s, i);
        if (!point.valid) {
            out += "\xEF\xBF\xBD";
            ++i;
            continue;
        }
        if (point.value == '"' || point.value == '\\') {
            out += '\\';
            out += static_cast<char>(point.value);
        } else if (point.value == '\n') {
            out += "\\n";
        } else if (point.value == '\t') {
            out += "\\t";
        } else if (hidden(point.value)) {
            out += escaped(point.value);
        } else {
            out += s.substr(i, point.length);
        }
        i += point.length;
    }
    return out + "\"";
}

std::string cut(std::string_view s, std::size_t most) {
    std::size_t i = 0;
    for (std::size_t n = 0; i < s.size() && n < most; ++n) {
        const auto point = text::decode_utf8(s, i);
        i += point.valid ? point.length : 1;
    }
    return std::string(s.substr(0, i));
}

std::string one_safe_line(std::string_view s, std::size_t most) {
    const auto head = cut(s, most);
    std::string out;
    for (std::size_t i = 0; i < head.size();) {
        const auto point = text::decode_utf8(head, i);
        if (!point.valid) {
            out += escaped(static_cast<unsigned char>(head[i]));
            ++i;
            continue;
        }
        if (point.value == '\n' || point.value == '\t' || point.value == '\r' || point.value == ' ')
            out += ' ';
        else if (hidden(point.value))
            out += escaped(point.value);
        else
            out += std::string_view(head).substr(i, point.length);
        i += point.length;
    }
    return head.size() < s.size() ? out + "..." : out;
}

std::string field_name(std::string_view key) {
    // Keys of every record, here or in a map.
    static constexpr std::array<std::string_view, 8> kTaken{"by",    "source", "speaker", "quote",
                                                            "state", "each",   "named",   "part"};
    const auto low = grammar::lower_case(key);
    std::string out;
    for (std::size_t i = 0; i < low.size();) {
        const auto point = text::decode_utf8(low, i);
        const auto length = point.valid ? point.length : 1u;
        const bool good = point.valid && (point.value < 0x80 ? ascii_letter(low[i]) ||
                                                                   (low[i] >= '0' && low[i] <= '9')
                                                             : letter_beyond_ascii(point.value));
        if (good && out.size() + length <= kLongestName)
            out += low.substr(i, length);
        else if (!good && !out.empty() && out.back() != '_')
            out += '_';
        i += length;
    }
    while (!out.empty() && out.back() == '_') out.pop_back();
    if (out.empty()) return "field_";
    if (out[0] >= '0' && out[0] <= '9') out = "n" + out;
    if (grammar::is_reserved(out) || std::find(kTaken.begin(), kTaken.end(), out) != kTaken.end())
        out += '_';
    return out;
}

std::string type_name(std::string_view key) {
    static constexpr std::array<std::string_view, 25> kTaken{
        "date",     "period",    "duration", "int",       "number",  "bool",       "text",
        "field",    "map",       "tests",    "case",      "include", "accounts",   "identity",
        "order",    "expect",    "suppress", "pack",      "rules",   "vocabulary", "define",
        "policies", "calendars", "override", "exceptions"};
    auto out = field_name(key);
    if (std::find(kTaken.begin(), kTaken.end(), out) != kTaken.end()) out += '_';
    return out;
}

std::string bare(std::string_view key) {
    const auto low = grammar::lower_case(key);
    std::string out;
    for (const char c : low)
        if (static_cast<unsigned char>(c) >= 0x80 || ascii_letter(c) || (c >= '0' && c <= '9'))
            out += c;
    return out;
}

std::optional<std::string> step_of(std::string_view key) {
    const char quote = key.find('\'') == std::string_view::npos ? '\'' : '"';
    if (key.find(quote) != std::string_view::npos) return std::nullopt;
    if (const auto simple = step_to(key); !simple.empty() && simple[0] == '.') return simple;
    return join("[", quote, key, quote, "]");
}

}  // namespace antinomy::data
