#pragma once
// Dates as people write them that EDTF writes otherwise (29.09.2014, 9/10/2014, Nov 2014, 1990s),
// and forms of ISO 8601-2 that are not supported. Used for the help of an error only: nothing is
// ever read this way, since 9/10/2014 is two dates.

#include <optional>
#include <string>
#include <string_view>

namespace antinomy::grammar {

struct Misspelling {
    std::string message;  // what is wrong with the whole; empty: the grammar says it better
    std::string help;     // "write 2014-09-29"
};

// Nothing if the text is no date that we know how to put right.
[[nodiscard]] std::optional<Misspelling> misspelt_date(std::string_view text);

}  // namespace antinomy::grammar
