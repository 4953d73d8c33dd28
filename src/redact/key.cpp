#include "redact/key.hpp"

#include <fcntl.h>
#include <nettle/hmac.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

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

std::string quoted(std::string_view s) {
    std::string out = "\"";
    for (const char c : s) {
        if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (c == '\r')
            out += "\\r";
        else if (c == '"' || c == '\\')
            (out += '\\') += c;
        else
            out += c;
    }
    return out + '"';
}

bool not_written(const std::string& path, const char* what, text::Diagnostics& diagnostics) {
    diagnostics.add(
        {text::Level::error,
         "not-written",
         {},
         path,
         std::string("the key could not be written: ") + what + ": " + std::strerror(errno),
         "see whether the folder is there and may be written to; no report was made",
         {}});
    return false;
}

}  // namespace

bool load(const std::string& path, Key& key, text::Diagnostics& diagnostics) {
    struct stat there {};
    if (::lstat(path.c_str(), &there) != 0 && errno == ENOENT) {
        std::array<char, kSecret> bytes{};
        if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
            return not_written(path, "no random numbers", diagnostics);
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
    auto beside = path + ".XXXXXX";
    const int file = ::mkstemp(beside.data());  // 0600
    if (file < 0) return not_written(path, "no file beside it", diagnostics);
    const char* failed = nullptr;
    for (std::size_t at = 0; at < out.size() && failed == nullptr;) {
        const auto n = ::write(file, out.data() + at, out.size() - at);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0)
            failed = "not all of it";
        else
            at += static_cast<std::size_t>(n);
    }
    if (failed == nullptr && ::fsync(file) != 0) failed = "not to the disk";
    if (::close(file) != 0 && failed == nullptr) failed = "not closed";
    if (failed == nullptr && ::rename(beside.c_str(), path.c_str()) != 0) failed = "not renamed";
    if (failed == nullptr) return true;
    const auto why = errno;
    ::unlink(beside.c_str());
    errno = why;
    return not_written(path, failed, diagnostics);
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
