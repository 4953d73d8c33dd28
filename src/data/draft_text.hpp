#pragma once
// How a map that is drafted writes what comes from the data, so that nothing in it can be taken for
// YAML, for another line or for another text: values, keys, names, paths, comments.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace antinomy::data {

// A scalar or a key of YAML that reads back as this very text: plain if it is a simple word or
// path, else in double quotes with escapes (controls, invisible and bidirectional characters).
// What is not UTF-8 becomes U+FFFD.
[[nodiscard]] std::string yaml_text(std::string_view);
// The first `most` characters, whole.
[[nodiscard]] std::string cut(std::string_view, std::size_t most);
// For comments and messages: on one line, cut, and what cannot be seen shown by its number.
[[nodiscard]] std::string one_safe_line(std::string_view, std::size_t most);

// A name of a field made of a key: small letters of any script, digits and `_`, a letter first; no
// word that the language of conditions or a record has itself. Never empty.
[[nodiscard]] std::string field_name(std::string_view key);
// Likewise of a type: no word that the vocabulary or a file has itself either.
[[nodiscard]] std::string type_name(std::string_view key);
// Small letters and digits alone: two keys that differ in nothing else are alike.
[[nodiscard]] std::string bare(std::string_view);

// A step of a path to a key (path.hpp), or nothing: a key with both kinds of quotes has none.
[[nodiscard]] std::optional<std::string> step_of(std::string_view key);

}  // namespace antinomy::data
