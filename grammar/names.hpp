#pragma once
// The words of each language for months and days of the week, and the few others that dates in
// prose are made of. They come from the files in grammar/names/, which CMake builds into the
// program: a new language is a new file (README.md, "Languages"). Nothing is read at run time.
//
// The language of cases takes months and weekdays from here, in any language and case form, and
// nothing else; `short` forms and the other words are for dates in quotes only (quoted.hpp).

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace antinomy::grammar {

struct Language {
    std::string code;  // "en": the file's name
    struct Word {
        std::string text;
        int number = 0;  // month 1..12, weekday 1 Monday .. 7 Sunday
    };
    std::vector<Word> months;    // the names first, in order of the file
    std::vector<Word> weekdays;  // likewise
    std::vector<Word> short_months;
    // In prose: of the words that shift a unit (-1 last, 0 this, 1 next), and of the units.
    std::vector<Word> shifts;
    std::vector<std::string> weeks;
    std::vector<std::string> months_words;
    std::vector<std::string> years;
    std::vector<std::string> year_marks;   // after a year: "2014 года"
    std::vector<std::string> day_endings;  // after a day's number: "29th"
    std::vector<std::string> joints;       // between a day, a month and a year: "the 29th of"
    std::vector<std::string> ranges;       // between two days: "29 and 30 September"
    std::vector<std::string> before;       // before a date: "in May"
    std::vector<std::string> unsure;       // words that make a date of what is no date: "yesterday"
};

// What a file says, or why it can't be read: "line 3: ...".
[[nodiscard]] std::variant<Language, std::string> read_language(std::string_view code,
                                                                std::string_view text);

// English first, then by code.
[[nodiscard]] const std::vector<Language>& languages();

// Exactly as a file has it, or so with a capital first letter.
[[nodiscard]] std::optional<int> month_called(std::string_view word);
[[nodiscard]] std::optional<int> weekday_called(std::string_view word);

// Each word that these know, as it may be written.
[[nodiscard]] const std::vector<Language::Word>& all_months();
[[nodiscard]] const std::vector<Language::Word>& all_weekdays();

// The English names, in which everything is printed: index 0 is January, Monday.
[[nodiscard]] const std::array<std::string_view, 12>& english_months();
[[nodiscard]] const std::array<std::string_view, 7>& english_weekdays();
inline const std::array<std::string_view, 12>& month_names = english_months();
inline const std::array<std::string_view, 7>& weekday_names = english_weekdays();

// With small letters, of any script.
[[nodiscard]] std::string lower_case(std::string_view);

}  // namespace antinomy::grammar
