#include "data/json_cursor.hpp"

#include "text/utf8.hpp"

namespace antinomy::data {

namespace {

unsigned unit(std::string_view s, std::size_t at) {
    unsigned out = 0;
    for (const char c : s.substr(std::min(at, s.size()), 4))
        out = out * 16 + static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    return out;
}

}  // namespace

void JsonCursor::decode(std::string_view s, std::string& to) {
    for (std::size_t i = 0; i < s.size();) {
        if (s[i] != '\\' || i + 1 == s.size()) {
            to.push_back(s[i++]);
            continue;
        }
        const char c = s[i + 1];
        i += 2;
        switch (c) {
            case 'b':
                to.push_back('\b');
                break;
            case 'f':
                to.push_back('\f');
                break;
            case 'n':
                to.push_back('\n');
                break;
            case 'r':
                to.push_back('\r');
                break;
            case 't':
                to.push_back('\t');
                break;
            case 'u': {
                char32_t point = unit(s, i);
                i += 4;
                if (point >= 0xD800 && point <= 0xDBFF) {
                    point = 0x10000 + ((point - 0xD800) << 10u) + (unit(s, i + 2) - 0xDC00);
                    i += 6;
                }
                text::append_utf8(to, point);
                break;
            }
            default:
                to.push_back(c);
        }
    }
}

}  // namespace antinomy::data
