#include "html/html.hpp"

#include <cstdint>

#include "text/encode.hpp"
#include "text/visible.hpp"

namespace antinomy::html {
namespace {

// Runs of white space as one blank each, at the ends too: words beside it stay apart.
std::string folded(std::string_view text) {
    std::string out;
    bool blank = false;
    for (const char c : text) {
        const bool space = c == ' ' || (c >= '\t' && c <= '\r');
        if (!space)
            out += c;
        else if (!blank)
            out += ' ';
        blank = space;
    }
    return out;
}

constexpr std::size_t kLongestName = 180;

// FNV-1a, which is the same everywhere.
std::string number_of(std::string_view bytes) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    std::string out;
    for (unsigned shift = 64; shift > 0; shift -= 4)
        out += "0123456789abcdef"[(hash >> (shift - 4)) & 15u];
    return out;
}

}  // namespace

Html text(std::string_view anything) {
    return Html(text::escaped_markup(text::visible(folded(anything))));
}

Html lines(std::string_view anything) {
    return Html(text::escaped_markup(text::visible(anything, "\n\t")));
}

Html markup(Literal literal) {
    return Html(std::string(literal.view()));
}

Html tag(Literal name, std::initializer_list<Attribute> attributes) {
    std::string out = "<" + std::string(name.view());
    for (const auto& a : attributes)
        out += " " + std::string(a.name.view()) + "=\"" +
               text::escaped_markup(text::visible(folded(a.value))) + '"';
    return Html(out + ">");
}

Html element(Literal name, std::initializer_list<Attribute> attributes, const Html& content) {
    auto out = tag(name, attributes) + content;
    out.out_ += "</" + std::string(name.view()) + ">";
    return out;
}

Html element(Literal name, const Html& content) {
    return element(name, {}, content);
}

Html block(Literal name, std::initializer_list<Attribute> attributes, const Html& content) {
    return element(name, attributes, content) + markup("\n");
}

Html block(Literal name, const Html& content) {
    return block(name, {}, content);
}

std::string address(int up, std::initializer_list<std::string_view> names,
                    std::string_view fragment) {
    std::string out;
    for (int i = 0; i < up; ++i) out += "../";
    bool first = true;
    for (const auto name : names) {
        if (!first) out += '/';
        first = false;
        out += text::percent_encoded(name);
    }
    if (!fragment.empty()) out += "#" + text::percent_encoded(fragment);
    return out;
}

std::string file_name(std::string_view id) {
    std::string out;
    for (const char c : id) {
        const auto u = static_cast<unsigned char>(c);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_')
            out += c;
        else
            out += {'~', "0123456789abcdef"[u >> 4u], "0123456789abcdef"[u & 15u]};
    }
    if (out.size() <= kLongestName) return out;
    return out.substr(0, kLongestName - 18) + "~~" + number_of(id);
}

}  // namespace antinomy::html
