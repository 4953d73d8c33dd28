#pragma once
// Which of several packs' words on one thing counts. Inside of this folder.

#include <algorithm>
#include <string>

#include "rule/pack.hpp"

namespace antinomy::rule {

template <class Said, class Same>
const Said* Packs::highest(const std::vector<Said>& list, const std::string& what, const Same& same,
                           text::Diagnostics& diagnostics) const {
    const Said* first = nullptr;
    for (const auto& one : list) {
        const bool topped = std::any_of(list.begin(), list.end(), [&](const Said& other) {
            return above(other.source, one.source);
        });
        if (topped) continue;
        if (first == nullptr) {
            first = &one;
        } else if (!same(*first, one)) {
            const auto& a = sources_[first->source].head.id;
            const auto& b = sources_[one.source].head.id;
            auto& d = diagnostics.error(one.span, "pack-conflict",
                                        "packs `" + a + "` and `" + b + "` " + what +
                                            " differently, and neither extends the other",
                                        "let one extend the other, as in `pack: {id: " + b +
                                            ", extends: [" + a + "]}`: then its word counts");
            d.related.push_back({first->span, "the other one"});
        }
    }
    return first;
}

}  // namespace antinomy::rule
