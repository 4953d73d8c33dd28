#include "report/uri.hpp"

namespace antinomy::report {

std::string percent_encoded(std::string_view path) {
    std::string out;
    for (const char c : path) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~' ||
                           c == '/';
        if (plain) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += "0123456789ABCDEF"[byte >> 4u];
        out += "0123456789ABCDEF"[byte & 15u];
    }
    return out;
}

}  // namespace antinomy::report
