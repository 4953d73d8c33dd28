#pragma once
// `define:` of packs: read, then checked each by itself. Inside of this folder.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "rule/compile.hpp"
#include "rule/reading.hpp"

namespace antinomy::rule {

using Defines = std::map<std::string, Define, std::less<>>;

class DefineReader : private Reading {
public:
    DefineReader(const model::Vocabulary& vocabulary,
                 const std::map<std::string, double, std::less<>>& policies,
                 const model::Policies& terms, Defines& defines, Written& all, Parses& parses,
                 text::Diagnostics& diagnostics)
        : Reading(diagnostics, &parses),
          vocabulary_(vocabulary),
          policies_(policies),
          terms_(terms),
          defines_(defines),
          all_(all) {}

    void read(const text::Node& root);
    // Each define by itself, after those that it calls.
    void check();

private:
    void check(Define&);

    const model::Vocabulary& vocabulary_;
    const std::map<std::string, double, std::less<>>& policies_;
    const model::Policies& terms_;
    Defines& defines_;
    Written& all_;
    std::vector<Define*> calling_;
    std::set<std::string, std::less<>> checked_;
};

}  // namespace antinomy::rule
