#pragma once
// A case file with its names taken out, still a case file: records, accounts and the case are
// called by tokens (names.hpp), texts are tokens, of quotes the dates are left, comments are gone.
// Dates, numbers, words of the vocabulary, zones, the forum and the order of all things stay, and
// so do the lines.
//
// A report that is made of nothing but such files cannot say what is not in them; that is why the
// text is rewritten before it is read, and not the report after it is made.

#include <optional>
#include <string>
#include <string_view>

#include "model/vocabulary.hpp"
#include "redact/names.hpp"
#include "text/document.hpp"

namespace antinomy::redact {

// Gives the names of a file their tokens. First of all files, then each is rewritten.
void meet(const model::Vocabulary&, const text::Node& root, Names&);

// The file rewritten. The root must be of these very bytes and have been read without an error.
// Nothing: it holds what this does not know how to name; `why` says which key.
[[nodiscard]] std::optional<std::string> rewritten(const model::Vocabulary&, const text::Node& root,
                                                   std::string_view bytes, Names&,
                                                   std::string& why);

}  // namespace antinomy::redact
