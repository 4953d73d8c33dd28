#pragma once
// Dates in quoted prose: "he took part on September 29, 2014", "29 сентября 2014 года", "in May",
// "last week", "January this year", 29.09.2014. Not the language of cases: what people write, in
// each language that names.hpp knows, to be compared with what a case says of the quote.
//
// It reads what is plain and says when it is not sure that it has read everything: a weekday, "two
// days after", a year in two digits. Whoever compares keeps silent then. No calendar here: 30
// February is read.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "grammar/ast.hpp"

namespace antinomy::grammar {

struct QuotedDate {
    Range range;  // in the quote
    std::optional<int> year;
    std::optional<int> month;
    // Days first..last of the month: "29 and 30 September".
    std::optional<int> first_day;
    std::optional<int> last_day;
    // Relative to the day of the quote: "last week"; with `month`, that month of "this year".
    std::optional<int> shift;
    Unit unit = Unit::year;
    bool weak = false;  // may be no date at all: "2014" alone, "May"
};

struct QuotedDates {
    std::vector<QuotedDate> dates;
    bool sure = true;  // false: there may be others, or they may mean something else
};

// Time and memory linear in the text; beyond 10,000 words it is not sure.
[[nodiscard]] QuotedDates dates_in_quote(std::string_view text);

}  // namespace antinomy::grammar
