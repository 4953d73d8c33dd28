#include "text/bytes.hpp"

#include <cstdint>
#include <cstdio>
#include <cstring>

#include "text/join.hpp"
#include "text/utf8.hpp"

namespace antinomy::text {

namespace {

std::string code_point_name(char32_t value) {
    char name[16];
    std::snprintf(name, sizeof name, "U+%04X", static_cast<unsigned>(value));
    return name;
}

std::string byte_name(char byte) {
    char name[8];
    std::snprintf(name, sizeof name, "0x%02X",
                  static_cast<unsigned>(static_cast<unsigned char>(byte)));
    return name;
}

bool is_bidi_control(char32_t c) {
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

// UTF-16 and UTF-32 give away themselves by a byte order mark or by NUL bytes among the first two
// characters; hundreds of single complaints would hide that.
const char* wide_encoding(std::string_view bytes) {
    const auto starts = [&](std::string_view mark) { return bytes.substr(0, mark.size()) == mark; };
    using namespace std::string_view_literals;
    if (starts("\x00\x00\xFE\xFF"sv) || starts("\xFF\xFE\x00\x00"sv)) return "UTF-32";
    if (starts("\xFE\xFF"sv) || starts("\xFF\xFE"sv)) return "UTF-16";
    if (bytes.size() >= 4 && bytes[0] == 0 && bytes[1] == 0 && bytes[2] == 0) return "UTF-32";
    if (bytes.size() >= 4 && bytes[1] == 0 && bytes[2] == 0 && bytes[3] == 0) return "UTF-32";
    if (bytes.size() >= 4 && ((bytes[0] == 0 && bytes[2] == 0 && bytes[1] != 0) ||
                              (bytes[1] == 0 && bytes[3] == 0 && bytes[0] != 0)))
        return "UTF-16";
    return nullptr;
}

// How many of the first bytes are printable ASCII, as far as whole words of eight tell.
std::size_t ordinary(std::string_view bytes) {
    constexpr std::uint64_t kOnes = 0x0101010101010101;
    std::size_t i = 0;
    for (; bytes.size() - i >= 8; i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + i, sizeof word);
        // A high bit that is set: a byte of 128 or more, below 32, or of 127.
        const auto odd = word | (word - kOnes * 0x20) | (word + kOnes);
        if ((odd & (kOnes << 7u)) != 0) break;
    }
    return i;
}

}  // namespace

bool check_bytes(const SourceMap& map, FileId file, Diagnostics& diagnostics) {
    const std::string_view bytes = map.bytes(file);
    if (const char* name = wide_encoding(bytes)) {
        diagnostics.error({file, 0, 0}, "not-utf8", join("this is ", name, ", not UTF-8"),
                          "save the file as UTF-8");
        return false;
    }
    std::size_t found = 0;
    const auto report = [&](std::size_t at, std::size_t length, const char* code,
                            std::string message, const char* help) {
        ++found;
        diagnostics.error(
            {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + length)}, code,
            std::move(message), help);
    };
    for (std::size_t i = 0; i < bytes.size() && found < kErrorsPerFile;) {
        i += ordinary(bytes.substr(i));
        if (i >= bytes.size()) break;
        const char c = bytes[i];
        if (c >= ' ' && c != 0x7F) {
            ++i;
            continue;
        }
        const Utf8 point = decode_utf8(bytes, i);
        if (!point.valid) {
            report(i, 1, "not-utf8", join("byte ", byte_name(c), " is not UTF-8 text"),
                   "save the file as UTF-8");
            ++i;
            // One broken character is one complaint.
            while (i < bytes.size() && (static_cast<unsigned char>(bytes[i]) & 0xC0u) == 0x80u) ++i;
            continue;
        }
        const char32_t v = point.value;
        if (v == '\r') {
            if (i + 1 >= bytes.size() || bytes[i + 1] != '\n')
                report(i, 1, "lone-cr", "a carriage return without a line feed",
                       "end lines with LF or CR LF");
        } else if ((v < ' ' && v != '\t' && v != '\n') || (v >= 0x7F && v < 0xA0)) {
            report(i, point.length, "control-character",
                   join("control character ", code_point_name(v)),
                   "delete it, or write it as an escape in double quotes");
        } else if (v == 0x2028 || v == 0x2029) {
            report(i, point.length, "line-separator",
                   join(code_point_name(v), " ends a line for some readers and not for others"),
                   "use an ordinary line break, or write it as an escape in double quotes");
        } else if (is_bidi_control(v)) {
            report(
                i, point.length, "bidi-control",
                join("invisible ", code_point_name(v), " changes the order in which text is shown"),
                "delete it, or write it as an escape in double quotes");
        } else if (v == 0xFEFF) {
            if (i != 0)
                report(i, point.length, "bom-inside", "a byte order mark (U+FEFF) inside the text",
                       "delete it; it may stand at the very start only");
        } else if ((v & 0xFFFE) == 0xFFFE) {
            report(i, point.length, "control-character",
                   join(code_point_name(v), " is no character"), "delete it");
        }
        i += point.length;
    }
    return found == 0;
}

}  // namespace antinomy::text
