#include "text/visible.hpp"

#include "text/utf8.hpp"

namespace antinomy::text {
namespace {

std::string by_number(char mark, char32_t value, int digits) {
    std::string out{'\\', mark};
    for (int i = digits; i-- > 0;)
        out += "0123456789abcdef"[(value >> (4 * static_cast<unsigned>(i))) & 15u];
    return out;
}

}  // namespace

bool invisible(char32_t c) {
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0xad || c == 0x61c || c == 0x180e ||
           c == 0x200b || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) ||
           (c >= 0xe0000 && c <= 0xe0fff);
}

std::string visible(std::string_view text, std::string_view keep) {
    // Most texts are plain, or begin so.
    const auto plain = plain_bytes(text);
    std::string out(text.substr(0, plain));
    if (plain == text.size()) return out;
    out.reserve(text.size());
    for (auto i = plain; i < text.size();) {
        const char byte = text[i];
        if ((byte >= 0x20 && byte < 0x7f) || keep.find(byte) != std::string_view::npos) {
            out += byte;
            ++i;
            continue;
        }
        const auto c = decode_utf8(text, i);
        if (!c.valid)
            out += by_number('x', static_cast<unsigned char>(byte), 2);
        else if (invisible(c.value))
            out += c.value < 0x80      ? by_number('x', c.value, 2)
                   : c.value < 0x10000 ? by_number('u', c.value, 4)
                                       : by_number('U', c.value, 8);
        else
            out += text.substr(i, c.length);
        i += c.length;
    }
    return out;
}

}  // namespace antinomy::text
