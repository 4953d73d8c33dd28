#pragma once
// Places of values in a sketch, numbered anew: only what rules still read has one. Of this folder
// alone.

#include <vector>

#include "check/screen_program.hpp"

namespace antinomy::check {

// Of the program, before it is told at a glance (screen_glance.hpp), and of the shapes.
void number_slots(ScreenProgram&, std::vector<Screen::Shape>&);

}  // namespace antinomy::check
