#pragma once
// One code point of UTF-8, strictly (RFC 3629): no overlong forms, no surrogates, nothing above
// U+10FFFF.

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace antinomy::text {

struct Utf8 {
    char32_t value = 0;
    std::uint32_t length = 1;  // bytes to go on by; 1 for a byte that begins nothing valid
    bool valid = false;
};

// So many bytes at the begin are of ASCII without controls, from space to tilde; eight at a time.
[[nodiscard]] inline std::size_t plain_bytes(std::string_view text) {
    constexpr std::uint64_t kEach = 0x0101010101010101u;
    constexpr auto kHigh = kEach * 0x80;
    std::size_t n = 0;
    for (; n + 8 <= text.size(); n += 8) {
        std::uint64_t x = 0;
        std::memcpy(&x, text.data() + n, 8);
        const auto del = x ^ (kEach * 0x7F);
        if ((((x - kEach * ' ') & ~x) | x | ((del - kEach) & ~del)) & kHigh) break;
    }
    while (n < text.size() && text[n] >= ' ' && text[n] <= '~') ++n;
    return n;
}

// The code point at byte `at`, which must be inside the text.
[[nodiscard]] inline Utf8 decode_utf8(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(at);
    if (first < 0x80) return {first, 1, true};
    const std::uint32_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() - at < length) return {};
    char32_t value = first & (0xFFu >> (length + 1));
    for (std::uint32_t i = 1; i < length; ++i) {
        const unsigned next = byte(at + i);
        if ((next & 0xC0u) != 0x80u) return {};
        value = (value << 6) | (next & 0x3Fu);
    }
    if ((length == 3 && value < 0x800) || (length == 4 && value < 0x10000)) return {};
    if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
    return {value, length, true};
}

inline void append_utf8(std::string& to, char32_t value) {
    const auto put = [&](char32_t byte) { to.push_back(static_cast<char>(byte)); };
    if (value < 0x80) {
        put(value);
    } else if (value < 0x800) {
        put(0xC0 | (value >> 6));
        put(0x80 | (value & 0x3F));
    } else if (value < 0x10000) {
        put(0xE0 | (value >> 12));
        put(0x80 | ((value >> 6) & 0x3F));
        put(0x80 | (value & 0x3F));
    } else {
        put(0xF0 | (value >> 18));
        put(0x80 | ((value >> 12) & 0x3F));
        put(0x80 | ((value >> 6) & 0x3F));
        put(0x80 | (value & 0x3F));
    }
}

}  // namespace antinomy::text
