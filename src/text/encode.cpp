#include "text/encode.hpp"

namespace antinomy::text {

std::string escaped_markup(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    return out;
}

std::string percent_encoded(std::string_view text, std::string_view kept) {
    std::string out;
    for (const char c : text) {
        const auto u = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '~' || c == '.' ||
                           kept.find(c) != std::string_view::npos;
        if (plain)
            out += c;
        else
            out += {'%', "0123456789ABCDEF"[u >> 4u], "0123456789ABCDEF"[u & 15u]};
    }
    return out;
}

}  // namespace antinomy::text
