#pragma once
// Ways of counting in which lawful practice differs. A pack or a case chooses one of the two words
// of each (`policies:`); what nobody chooses is counted both ways, the same way throughout a check,
// and a verdict is certain only if both agree.

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace antinomy::time {

struct Convention {
    const char* name;
    std::array<const char*, 2> words;
    const char* about;
};
enum ConventionId : std::size_t {
    kMonthEnd,
    kLeapBirthday,
    kDeadlineFirstDay,
    kDeadlineRolls,
    kConventions
};
inline constexpr std::array<Convention, kConventions> kConventionTable{
    {{"month_end",
      {"clamp", "overflow"},
      "a month after 31 January is the last of February, or counts on into March"},
     {"leap_birthday",
      {"march_1", "february_28"},
      "whoever was born on 29 February is a year older on 1 March, or on 28 February"},
     {"deadline_first_day",
      {"excluded", "included"},
      "a term counts from the day after, or that day is its first"},
     {"deadline_rolls",
      {"no", "yes"},
      "a term that ends on a free day ends there, or on the next working day"}}};

// By convention: which word; -1: nobody chose.
using Choices = std::array<int, kConventions>;
inline constexpr Choices kAllOpen{-1, -1, -1, -1};

[[nodiscard]] inline std::optional<std::size_t> convention_of(std::string_view name) {
    for (std::size_t i = 0; i < kConventions; ++i)
        if (name == kConventionTable[i].name) return i;
    return std::nullopt;
}
// Of a word, `unset` or `both`; nothing of any other.
[[nodiscard]] inline std::optional<int> choice_of(std::size_t convention, std::string_view word) {
    if (word == "unset" || word == "both") return -1;
    for (int k = 0; k < 2; ++k)
        if (word == kConventionTable[convention].words[static_cast<std::size_t>(k)]) return k;
    return std::nullopt;
}

}  // namespace antinomy::time
