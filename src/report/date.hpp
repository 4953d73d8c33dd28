#pragma once
// What `antinomy date` prints of one expression: in words, or as one line of JSON (keys:
// README.md).

#include <iosfwd>

#include "report/terminal.hpp"
#include "time/meaning.hpp"

namespace antinomy::report {

// "one unknown day of November 2014, from 2014-11-01 to 2014-11-30"; of what is not valid, nothing.
[[nodiscard]] std::string meaning_words(const time::Meaning&);

void print_meaning(std::ostream&, const time::Meaning&, const time::Conventions&, const Style&);
void print_meaning_json(std::ostream&, const time::Meaning&);

}  // namespace antinomy::report
