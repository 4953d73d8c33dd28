#pragma once
// Dates that no line break tears in two. A browser may break a line behind each hyphen of
// 2014-10-09; so in the running text of a page a date is an element `time`, which the style keeps
// on one line, and which programs that read the page know as a date. Between the two of
// 2014-10-09/2014-11-10, and before a clock time, a line may break.

#include <string>

namespace antinomy::page {

// The page with each date of its text ("2014-10-09", "2014-10") in such an element. Of a day or
// month that no calendar has nothing is made; titles, the style and pictures stay as they are. The
// page is one that `html` made: every `<` begins a tag, every `>` ends one.
[[nodiscard]] std::string with_whole_dates(const std::string& page);

}  // namespace antinomy::page
