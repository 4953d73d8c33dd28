#pragma once
// What the values at one path are, by what was counted of them: the kind of field that would take
// them, the formats of dates, the spellings of nothing among them. What the counts leave open is a
// doubt, in words; then the kind is text, which takes anything.

#include <string>
#include <vector>

#include "data/survey.hpp"

namespace antinomy::data {

enum class ValueKind { nothing, date, period, duration, whole, number, truth, text };
// The word that the vocabulary has for it: "date", "int".
[[nodiscard]] std::string_view word(ValueKind);

struct Reckoned {
    ValueKind kind = ValueKind::text;
    struct Format {
        std::size_t index = 0;  // in tried_formats()
        std::uint64_t count = 0;
    };
    std::vector<Format> formats;     // of dates, and of periods
    std::vector<std::string> nulls;  // spellings of nothing, most frequent first
    char decimal = '.';              // of numbers, before the fraction
    char grouping = '\0';            // and between groups of three digits; NUL: none
    bool refused = false;            // there are values that such a field does not take
    bool two_readings = false;       // day before month, or after
    std::vector<std::string> doubts;
};

// `json`: what stands without quotes is a number as JSON has it.
[[nodiscard]] Reckoned reckon(const Texts&, bool json);

// A value as it may stand in a message or a comment: on one line, cut, without characters that
// could be taken for something else; in backquotes.
[[nodiscard]] std::string shown(std::string_view value, std::size_t most = 40);

}  // namespace antinomy::data
