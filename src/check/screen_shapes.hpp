#pragma once
// Rules as they are where it is known beforehand which records a case may have: what a map never
// states, always states as one word, and what its references lead to. Most rules of a library bind
// nothing of a given data set, and of the rest much is settled. Of this folder alone.

#include <vector>

#include "check/screen_program.hpp"

namespace antinomy::check {

// Puts in place of each rule one for each choice of shapes for what it binds, without the choices
// of which `where` can say "no" beforehand, and without the conditions that are settled. What the
// rules come to stays the same, with what is missing to them. Rules of no choice are idle.
// Values that no rule reads any more have no place.
void know_shapes(ScreenProgram&, std::vector<Screen::Shape>);

}  // namespace antinomy::check
