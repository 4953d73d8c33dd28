#pragma once
// The key of redacted reports: what their tokens stand for, and the secret by which their
// fingerprints are made. It is a YAML file of its own, for its owner alone (mode 0600), and never
// part of a report.

#include <string>

#include "redact/names.hpp"
#include "text/document.hpp"

namespace antinomy::redact {

struct Key {
    std::string secret;  // 32 bytes; empty: there is none
    Names names;
};

// Reads the file; where there is none, makes a new secret. False: it is no key, and why is told.
[[nodiscard]] bool load(const std::string& path, Key&, text::Diagnostics&);
// Writes it whole or not at all; what stood there before stays until then.
[[nodiscard]] bool save(const std::string& path, const Key&, text::Diagnostics&);

// The fingerprint as a report shows it that was made with the key: HMAC-SHA-256 (RFC 2104), the
// first 16 hex digits. Without a secret as it is.
[[nodiscard]] std::string sealed(const Key&, const std::string& fingerprint);

}  // namespace antinomy::redact
