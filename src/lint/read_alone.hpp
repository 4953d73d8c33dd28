#pragma once
// What shows by reading a rule, without any case.

#include <set>

#include "lint/lint.hpp"

namespace antinomy::lint {

struct ReadAlone {
    std::vector<Remark> remarks;
    std::set<const rule::Term*> told;  // conditions that need not be searched any more
};
[[nodiscard]] ReadAlone read_alone(const rule::Packs&, const rule::Rule&);

}  // namespace antinomy::lint
