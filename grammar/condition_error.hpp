#pragma once
// Why a condition, a value or a path was refused: the token where the grammar stopped and what it
// expected there become a range, a message and, where a habit or a slip of the hand is known, help.
#include "grammar/token.hpp"

namespace antinomy::grammar {

// What a text is read as, and how its errors name it.
struct Entry {
    std::string_view noun;
    std::string_view next;  // what may follow a complete value
};
inline constexpr Entry as_condition = {"condition", "a relation, `and` or `or`"};
inline constexpr Entry as_value = {"expression", "`+`, `-` or the end"};
inline constexpr Entry as_path = {"path", "`.`, `according to` or the end"};

// Instead of an expectation: a relation after a complete one.
inline constexpr std::string_view chained = "chained";

// Whether the token begins a relation (a distance without `exactly` apart).
[[nodiscard]] bool begins_relation(const Token& token);

// `expected`: words in backquotes, or a noun; "the end" if the whole text should have been read.
[[nodiscard]] SyntaxError explain(const Tokens& tokens, std::vector<Token>::const_iterator at,
                                  std::string_view expected, const Entry& entry);

}  // namespace antinomy::grammar
