#include "text/sha256.hpp"

#include <nettle/sha2.h>

#include <array>

namespace antinomy::text {

std::string sha256(std::string_view bytes) {
    sha256_ctx context;
    sha256_init(&context);
    // It takes characters as numbers from 0 to 255.
    sha256_update(&context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
    std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
    sha256_digest(&context, digest.size(), digest.data());
    std::string out;
    for (const unsigned byte : digest) {
        out += "0123456789abcdef"[byte >> 4u];
        out += "0123456789abcdef"[byte & 15u];
    }
    return out;
}

}  // namespace antinomy::text
