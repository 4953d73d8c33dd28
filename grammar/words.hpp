#pragma once
// What the grammar of time and the help of its errors know about words: the characters of a name in
// any script, and the nearest of a few keywords for "did you mean". Names of months: names.hpp.

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "grammar/names.hpp"

namespace antinomy::grammar {

// The length in bytes of the name character at `at`; 0 if none is there. Letters and marks of any
// script, decimal digits, `-` and `_`; and the two joiners that Persian spells with.
[[nodiscard]] std::size_t name_character(std::string_view text, std::size_t at);

// The nearest word if it is a slip of the hand away (a third of its letters, at least one and at
// most two edits or swaps of neighbours), the first among equals; empty if none is near. Letter
// case is no difference.
[[nodiscard]] std::string_view nearest_word(std::string_view word,
                                            std::span<const std::string_view> words);

}  // namespace antinomy::grammar
