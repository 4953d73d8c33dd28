#pragma once
// A compiled term as text again: for terms that were changed, and so are no longer what is written
// in them.

#include <string>

#include "rule/term.hpp"

namespace antinomy::rule {

// The term in the language of conditions. `changed`: a term inside it whose `written` no longer
// holds; what contains it is spelled out anew, also where the pack calls a define. Cannot fail.
[[nodiscard]] std::string spell(const Term&, const Term* changed = nullptr);

}  // namespace antinomy::rule
