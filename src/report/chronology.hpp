#pragma once
// What `antinomy timeline` prints: for people, and for programs.
//
// Text: per account (accounts whose timelines are alike together) whether the dates fit, a picture
// (timeline.hpp), each date as stated and as it follows, on what it rests, the contradictions with
// their arithmetic, distances and orders that were asked for. A date that nobody states and nothing
// bounds on both sides is left out of the picture, unless it is an event's. Equal imprecise dates
// are never put in an order.
//
// JSON: one object a case; keys in README.md of this folder. The same chronology gives the same
// bytes.

#include <iosfwd>
#include <string>

#include "check/chronology.hpp"
#include "report/terminal.hpp"
#include "text/source.hpp"

namespace antinomy::report {

struct ChronologyShown {
    bool pairs = false;
};

void print_chronology(std::ostream&, const check::Chronology&, const Style&,
                      const ChronologyShown&);
// One line, ending in a line break.
void print_chronology_json(std::ostream&, const check::Chronology&, const text::SourceMap&,
                           const ChronologyShown&);

// The bounds of b - a in words: "32 to 61 days after", "at least 3 days before", "on the same day".
[[nodiscard]] std::string apart_words(const time::DistanceBounds&);
// The same as a sentence: "`b` is 32 to 61 days after `a`".
[[nodiscard]] std::string apart_sentence(const std::string& a, const std::string& b,
                                         const time::DistanceBounds&);
// "2014-11-01 to 2014-11-30", "2014-09-30", "on or before 2014-09-30", "2012-02-29 or 2016-02-29".
[[nodiscard]] std::string days_words(const time::DaySet&);
// What a proof rests on, one entry each: paths of facts, order lines, what holds by meaning.
[[nodiscard]] std::vector<std::string> support(const check::Proof&);

}  // namespace antinomy::report
