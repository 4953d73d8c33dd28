#pragma once
// What of a rule a screen tells at a glance, without going through its conditions: parts of `where`
// that ask for one value, and dates that stand as they must whatever else is so. Of this folder
// alone.

#include "check/screen_program.hpp"

namespace antinomy::check {

// Sets `tests`, `plain` and `single` by what the rest of the rule says.
void take_glance(const ScreenProgram&, ScreenRule&);

}  // namespace antinomy::check
