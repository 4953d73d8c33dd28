#pragma once
// Parts of the terminal layout that the report and the explanation share.

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "check/finding.hpp"
#include "report/excerpt.hpp"
#include "report/terminal.hpp"
#include "text/source.hpp"

namespace antinomy::report {

[[nodiscard]] Tone tone_of(check::Severity);

// `text` wrapped, its first line after `begin`, the others indented by `hang`. `begin` is painted
// with `tone` and counts with its own width.
void print_wrapped(std::ostream&, std::string_view begin, Tone tone, std::string_view text,
                   int hang, const Style&, Tone text_tone = Tone::plain);

// "   = name: text"
void print_item(std::ostream&, int gutter, std::string_view name, std::string_view text,
                const Style&);
// "     - text", below an item
void print_bullet(std::ostream&, int gutter, std::string_view text, const Style&);

// Head line, given, place with verdict and accounts, excerpts of the primary place and of each
// account's block. Returns the gutter.
int print_places(std::ostream&, const check::Finding&, const text::SourceMap&, const Style&);

// The timeline as an item; nothing under 60 columns or without dates.
void print_timeline(std::ostream&, const check::Finding&, int gutter, const Style&);

// Two datings, one that conflicts and one that does not.
void print_witnesses(std::ostream&, const check::Finding&, int gutter, const Style&);

// Turning points as items, at most `most` of them.
void print_turning(std::ostream&, const check::Finding&, int gutter, std::size_t most,
                   const Style&);

}  // namespace antinomy::report
