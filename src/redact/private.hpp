#pragma once
// What a case file keeps to itself: `private:`.
//
//   private: a note                 a text, of the file, the case, an account, a record or a
//                                   statement: for who keeps the file
//   private: [name, residence]      these keys of the same mapping
//   private: yes                    beside `value`: this statement
//
// All of it is taken out before the case is read, so that no rule, message, excerpt or hash can
// tell of it: what is private is as if it were not stated. Where a type has a field of the name
// `private`, that is what the key means in its records.

#include <optional>
#include <string>
#include <string_view>

#include "model/vocabulary.hpp"
#include "text/document.hpp"

namespace antinomy::redact {

// The bytes of the file without what is private: blanks stand there, line breaks stay, and so does
// the place of all else. Nothing: nothing in it is private. What is wrong is told.
[[nodiscard]] std::optional<std::string> without_private(const model::Vocabulary&,
                                                         const text::Node& root,
                                                         std::string_view bytes,
                                                         text::Diagnostics&);

}  // namespace antinomy::redact
