#pragma once
// Findings of one case, re-checked together: one that is made of others needs them. Of this folder
// alone.

#include <string>
#include <vector>

#include "verify/certificate.hpp"

namespace antinomy::verify {

// A text of an object; empty: it has none of that key.
[[nodiscard]] std::string text_of(const Json&, const char* key);
// What a finding says it is, not yet examined.
[[nodiscard]] Checked named(const Json& finding);
// Examines each, and puts what came of it where it belongs (as many as findings).
void examine_together(Examiner&, const std::vector<const Json*>& findings,
                      const std::vector<Checked*>&);
// The packs of the folder itself, as the program takes them.
[[nodiscard]] std::vector<File> packs_in(const std::string& rules,
                                         std::vector<std::string>& problems);

}  // namespace antinomy::verify
