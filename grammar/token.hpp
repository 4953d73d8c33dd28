#pragma once
// The words of a condition: names, numbers, dates, quoted text and signs, cut once before the
// grammar runs. What never can stand in a condition (`==`, a typographic quote, a minus without
// blanks, a bracket nested too deeply) is refused here, with what to write instead.
//
// A name is made of letters of any script (words.hpp), digits, `_` and inner hyphens, and begins
// with none of the digits and hyphens; after a dot it may begin with a digit.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/ast.hpp"

namespace antinomy::grammar {

inline constexpr std::size_t max_condition_bytes = 4096;
inline constexpr std::size_t max_bracket_depth = 64;
inline constexpr std::size_t max_nodes = 1000;

struct Token {
    enum class Kind { word, sign, number, date, text, end } kind = Kind::end;
    Range range;
    std::string_view text;  // as written; of Kind::text without its quotes
    double number = 0;      // of Kind::number
};

// Whether it is that word or sign, and not quoted text.
[[nodiscard]] inline bool is_word(const Token& token, std::string_view word) {
    return (token.kind == Token::Kind::word || token.kind == Token::Kind::sign) &&
           token.text == word;
}

// A word as errors show it, in backquotes.
[[nodiscard]] inline std::string shown(std::string_view word) {
    return std::string("`").append(word).append("`");
}

struct Tokens {
    std::vector<Token> list;           // always ends with one of Kind::end, where cutting ended
    std::vector<Range> open_brackets;  // those never closed, outermost first
    std::optional<SyntaxError> error;  // why cutting ended before the text did
};

// The tokens are views of `text`, which must outlive them.
[[nodiscard]] Tokens cut(std::string_view text);

// Words that mean something to the grammar wherever they stand, and so are no names.
[[nodiscard]] bool is_reserved(std::string_view word);

}  // namespace antinomy::grammar
