#pragma once
// A record of the data made into a case by a map: a tree as a case file would have it, whose places
// are those of the data (of constants, those of the map). `model::build_case` reads it.
//
// Of a value that the data do not state nothing is made: it is a gap, as in a case. A record of
// whose paths none leads to anything is left out, and so are references to it. What is stated and
// cannot be read as the map says is an error at its place; the record is then not to be checked.

#include <string>
#include <vector>

#include "data/map.hpp"
#include "text/diagnostic.hpp"

namespace antinomy::data {

class Applier {
public:
    Applier(const Map& map, const model::Vocabulary& vocabulary)
        : map_(map), vocabulary_(vocabulary) {}

    // `id`: of the case, where the map gives none. `found`, if given, has a place for each path of
    // the map, and gets 1 for those that led to something.
    [[nodiscard]] text::Node apply(const text::Node& record, const std::string& id,
                                   text::Diagnostics&, std::vector<char>* found = nullptr) const;
    // The case as far as it is constant, each list split into one record: to type the map by.
    [[nodiscard]] text::Node without_data() const;

private:
    const Map& map_;
    const model::Vocabulary& vocabulary_;
};

// A name of a record or a case from a text of the data: every character that no name has becomes a
// `-`; empty if nothing is left.
[[nodiscard]] std::string name_from(std::string_view);

}  // namespace antinomy::data
