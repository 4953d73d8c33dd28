#pragma once
// Which rules compare records of a data set with one another (`among:`), and whether a map lets
// them.

#include <string>
#include <vector>

#include "data/amounts.hpp"
#include "data/map.hpp"
#include "rule/pack.hpp"
#include "text/diagnostic.hpp"

namespace antinomy::data {

struct Comparison {
    std::vector<ComparedRule> rules;    // to gather amounts for, before any record is checked
    std::vector<std::string> left_out;  // by id: not to be judged
};

// Of the rules asked for (by id; none: all). A rule of whose type the map makes no record gathers
// nothing. One that takes records for alike that refer to the same record is left out if the map
// gives that one a constant name, and yet takes what it holds from the data: all records of the
// data set would seem to be alike. That is a warning, and of a rule that was asked for an error.
[[nodiscard]] Comparison comparison(const Map&, const rule::Packs&,
                                    const std::vector<std::string>& asked, text::Diagnostics&);

}  // namespace antinomy::data
