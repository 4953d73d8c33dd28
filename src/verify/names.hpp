#pragma once
// Months and days of the week as expressions may call them, in each language and case form. The
// words are data (grammar/names/*.txt, built into the program); they are read here a second time.

#include <optional>
#include <string>

namespace antinomy::verify {

// 1 January .. 12; nothing: no month is called so. As the data have the word, or with a capital
// first letter.
[[nodiscard]] std::optional<int> month_called(const std::string& word);
// 1 Monday .. 7 Sunday, likewise.
[[nodiscard]] std::optional<int> weekday_called(const std::string& word);

}  // namespace antinomy::verify
