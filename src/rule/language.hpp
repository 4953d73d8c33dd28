#pragma once
// Texts of packs in several languages:
//
//   message: {en: "{e} was public on {e.published}", ru: "{e}: опубликовано {e.published}"}
//
// wherever a pack has a `title`, `message`, `possible`, `help`, `because`, `about` or `note`.
// Before a pack is read, each is made the one text of the language asked for; where that is
// missing, the English one, which none may lack. Titles of shipped rules stand in a file a language
// (rules/lang), so that who translates needs to touch no rule.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "text/document.hpp"
#include "text/keys.hpp"

namespace antinomy::rule {

struct Language {
    std::string code = "en";
    std::map<std::string, std::string, std::less<>> titles;  // by rule id
};

// What was met in the packs read.
struct Translated {
    std::set<std::string> languages;  // that some text is in
    std::set<std::string> without;    // rules whose title is not in the language asked for
    // What was taken in the language asked for, where that is not English: texts as they stand,
    // and of messages, which are filled in later, whose and which (`possible`).
    std::set<std::string, std::less<>> texts;
    std::set<std::pair<std::string, bool>> messages;
};

// A language by its code (BCP 47, the primary language and what follows): "ru", "zh-Hant".
[[nodiscard]] bool is_language(std::string_view code);

// Is it one of the keys of packs whose text may be in several languages?
[[nodiscard]] bool has_languages(std::string_view key);
// Makes the texts of a pack single ones. Files that are no packs stay as they are.
void choose_language(text::Node& root, const Language&, text::Diagnostics&, Translated&);

// `language:` and `titles:`, the file of titles in another language. False: errors were reported.
[[nodiscard]] bool read_titles(const text::Node& root, Language&, text::Diagnostics&);

[[nodiscard]] const text::Keys& titles_keys();  // of such a file

}  // namespace antinomy::rule
