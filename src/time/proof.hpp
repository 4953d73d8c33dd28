#pragma once
// Inside of the folder: from a set of statements that cannot stand to the steps that show it.

#include "time/network.hpp"

namespace antinomy::time {

// Fills `steps` or `cases` of a core whose statements are given. Not found (too much work):
// neither.
void prove(const Network&, const Enabled& whole, const Formula& assumption, Core&);

}  // namespace antinomy::time
