#include "redact/key.hpp"

#include <nettle/hmac.h>
#include <sys/random.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "text/utf8.hpp"
#include "text/visible.hpp"
#include "text/whole_file.hpp"

namespace antinomy::redact {

using text::Node;

namespace {

constexpr std::size_t kSecret = 32;
constexpr const char* kHex = "0123456789abcdef";
constexpr const char* kHelp = "name a file that `--redact-key` wrote, or one that is not there yet";

std::string hex(std::string_view bytes) {
    std::string out;
    for (const char c : bytes) {
        out += kHex[static_cast<unsigned char>(c) >> 4];
        out += kHex[static_cast<unsigned char>(c) & 15];
    }
    return out;
}

std::string from_hex(std::string_view s) {
    std::string out;
    if (s.size() % 2 != 0) return {};
    for (std::size_t i = 0; i < s.size(); i += 2) {
        const auto* high = std::strchr(kHex, s[i]);
        const auto* low = std::strchr(kHex, s[i + 1]);
        if (high == nullptr || low == nullptr) return {};
        out += static_cast<char>((high - kHex) * 16 + (low - kHex));
    }
    return out;
}

// As a text in double quotes that reads as the same again: what no file may hold as it is stands
// there by its number, in the form that YAML has for it.
std::string quoted(std::string_view s) {
    std::string out = "\"";
    for (std::size_t at = 0; at < s.size();) {
        const auto point = text::decode_utf8(s, at);
        const auto as_it_is = s.substr(at, point.length);
        if (as_it_is == "\"" || as_it_is == "\\") {
            (out += '\\') += as_it_is;
        } else if ((point.value & 0xFFFEu) == 0xFFFEu) {  // no character
            char number[16];
            std::snprintf(number, sizeof number, "\\U%08x", static_cast<unsigned>(point.value));
            out += number;
        } else {
            out += text::visible(as_it_is);
        }
        at += point.length;
    }
    return out + '"';
}

bool no_random_numbers(const std::string& path, text::Diagnostics& diagnostics) {
    diagnostics.add({text::Level::error,
                     "not-written",
                     {},
                     path,
                     std::string("the key could not be made: ") + std::strerror(errno),
                     "try again; no report was made",
                     {}});
    return false;
}

}  // namespace

bool load(const std::string& path, Key& key, text::Diagnostics& diagnostics) {
    struct stat there {};
    // (A link that leads nowhere yet is where the key is to be.)
    if (::stat(path.c_str(), &there) != 0 && errno == ENOENT) {
        std::array<char, kSecret> bytes{};
        if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
            return no_random_numbers(path, diagnostics);
        key.secret.assign(bytes.data(), bytes.size());
        return true;
    }
    text::SourceMap own;
    text::Diagnostics told;
    const auto file = text::read_file(own, path, told);
    const auto root = file ? text::parse_yaml(own, *file, told) : std::nullopt;
    // What stands in it is not for messages.
    const auto refuse = [&](std::uint32_t line, const std::string& why) {
        diagnostics.add({text::Level::error,
                         "not-a-key",
                         {},
                         path + (line == 0 ? "" : ":" + std::to_string(line)),
                         "this is no key of redacted reports: " + why,
                         kHelp,
                         {}});
        return false;
    };
    if (!root) {
        const auto& d = told.items().front();
        const auto line = d.span.valid() ? own.position(d.span.file, d.span.begin).line : 0;
        return refuse(line, d.span.valid() ? "it does not read (" + d.code + ")" : d.message);
    }
    const auto line_of = [&](const Node& n) {
        return own.position(n.span.file, n.span.begin).line;
    };
    const auto* version = root->find("redaction_key");
    const auto* secret = root->find("secret");
    const auto* names = root->find("names");
    if (version == nullptr || secret == nullptr || names == nullptr)
        return refuse(line_of(*root), "`redaction_key`, `secret` or `names` is missing");
    if (version->text != "1") return refuse(line_of(*version), "it is of another version");
    key.secret = from_hex(secret->text);
    if (key.secret.size() != kSecret)
        return refuse(line_of(*secret), "the secret is not 64 digits of 0-9a-f");
    std::vector<Named> known;
    std::set<std::pair<std::string, std::string>> met;
    for (const auto& item : names->items) {
        const bool three = item.items.size() == 3 && item.items[0].is_scalar() &&
                           item.items[1].is_scalar() && item.items[2].is_scalar();
        if (!three) return refuse(line_of(item), "a name is [kind, name, token]");
        if (!met.emplace(item.items[0].text, item.items[2].text).second)
            return refuse(line_of(item), "a token stands for two names");
        known.push_back({item.items[0].text, item.items[1].text, item.items[2].text});
    }
    key.names = Names(std::move(known));
    return true;
}

bool save(const std::string& path, const Key& key, text::Diagnostics& diagnostics) {
    std::string out =
        "# What the tokens of redacted reports stand for. Keep it apart from the reports.\n"
        "redaction_key: 1\nsecret: \"" +
        hex(key.secret) + "\"\nnames:";
    if (key.names.all().empty()) out += " []";
    out += "\n";
    for (const auto& n : key.names.all())
        out += "  - [" + n.kind + ", " + quoted(n.name) + ", " + quoted(n.token) + "]\n";
    const auto failure = text::write_whole(path, out, 0600);
    if (!failure) return true;
    diagnostics.add({text::Level::error,
                     "not-written",
                     {},
                     path,
                     "the key could not be written: " + failure->why + "; no report was made",
                     failure->help,
                     {}});
    return false;
}

std::string sealed(const Key& key, const std::string& fingerprint) {
    if (key.secret.empty() || fingerprint.empty()) return fingerprint;
    hmac_sha256_ctx context;
    hmac_sha256_set_key(&context, key.secret.size(),
                        reinterpret_cast<const std::uint8_t*>(key.secret.data()));
    hmac_sha256_update(&context, fingerprint.size(),
                       reinterpret_cast<const std::uint8_t*>(fingerprint.data()));
    std::array<std::uint8_t, 8> digest{};
    hmac_sha256_digest(&context, digest.size(), digest.data());
    return hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace antinomy::redact
