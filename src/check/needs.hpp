#pragma once
// What rules read of a case, record by record and field by field. Where a quick look (screen.hpp)
// has settled all other rules, the rest of the case cannot matter to those that are left, and need
// not be made.
//
// With a type of records come its dates, which its `always:` ties to one another, and its title.
// Sources come whole: what is said may rest on a weak one.

#include <cstdint>
#include <vector>

#include "rule/pack.hpp"

namespace antinomy::check {

struct Needs {
    bool everything = false;  // more than the rule itself tells
    // By type: no fields at all are no records of it; else by field.
    std::vector<std::vector<char>> fields;
    // Likewise: all records of it are gone through, not only those that are bound or led to.
    std::vector<char> all;
    // Likewise: a condition or a sentence has the title as a value of its own; else it only stands
    // for its record, in words (Evaluator::title).
    std::vector<char> titles;

    [[nodiscard]] bool type(model::TypeId t) const {
        return everything || !fields[t.value].empty();
    }
    [[nodiscard]] bool field(model::TypeId t, std::size_t index) const {
        return everything || (!fields[t.value].empty() && fields[t.value][index] != 0);
    }
    void add(const Needs&);
};

// Of cases without accounts whose dates are dates of the calendar (sketch.hpp): its conditions,
// exceptions and sentences.
[[nodiscard]] Needs needs_of(const rule::Packs&, const rule::Rule&);

}  // namespace antinomy::check
