#pragma once
// What every reader of a part of a pack does alike: errors at a place, unknown keys, words.
// Inside of this folder.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/ast.hpp"
#include "rule/parses.hpp"
#include "text/document.hpp"
#include "time/calendar.hpp"

namespace antinomy::rule {

[[nodiscard]] bool listed(const std::vector<std::string>& list, std::string_view word);

inline constexpr const char* kLanguageName =
    "use letters, digits, `-` and `_`, a letter first, and no word of the language";

// A key that nothing has, or that is not built yet.
void unknown_key(const text::Node& key, std::string_view what,
                 const std::vector<std::string>& known, text::Diagnostics&);

// A day written in full, as 2014-10-09; nothing: an error was reported.
[[nodiscard]] std::optional<time::Day> exact_day(const text::Node&, text::Diagnostics&);

// Whether a text in it has that word, or one that has it in it.
[[nodiscard]] bool mentions(const text::Node&, std::string_view word);

class Reading {
public:
    // Without `parses` nothing is parsed.
    explicit Reading(text::Diagnostics& diagnostics, Parses* parses = nullptr)
        : parses_(parses), diagnostics_(diagnostics) {}

protected:
    text::Diagnostic& error(text::Span, std::string code, std::string message, std::string help);
    void wrong(const text::Node&, std::string_view what, std::string help);
    void unknown(const text::Node& key, std::string_view what,
                 const std::vector<std::string>& known);
    // Nothing: errors were reported.
    std::optional<grammar::Expr> parse(const text::Node&);
    // One of the words; empty and `good_` false: reported.
    std::string choice(const text::Node&, std::string_view what,
                       const std::vector<std::string>& known);
    std::string text_of(const text::Node&, std::string_view what);

    Parses* parses_;
    text::Diagnostics& diagnostics_;
    bool good_ = true;
};

}  // namespace antinomy::rule
