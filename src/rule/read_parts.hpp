#pragma once
// What rules, policies and packs have in common: citations, exceptions. Inside of this folder.

#include <vector>

#include "rule/compile.hpp"
#include "rule/reading.hpp"

namespace antinomy::rule {

class PartReader : protected Reading {
public:
    explicit PartReader(text::Diagnostics& diagnostics, Parses* parses = nullptr)
        : Reading(diagnostics, parses) {}

    // False: errors were reported. What could be read is there all the same.
    bool citations(const text::Node& node, std::vector<Citation>& out) {
        good_ = true;
        read_basis(node, out);
        return good_;
    }
    bool exceptions(const text::Node& node, Scope& scope, std::vector<Exception>& out) {
        good_ = true;
        read_exceptions(node, scope, out, 0);
        return good_;
    }

protected:
    void read_basis(const text::Node&, std::vector<Citation>& out);
    void read_exceptions(const text::Node&, Scope&, std::vector<Exception>& out, int depth);
};

}  // namespace antinomy::rule
