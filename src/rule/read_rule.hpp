#pragma once
// One rule of a pack: its keys read, its conditions compiled. Inside of this folder.

#include <map>
#include <string>
#include <vector>

#include "rule/defines.hpp"
#include "rule/read_parts.hpp"

namespace antinomy::rule {

class RuleReader : private PartReader {
public:
    RuleReader(const model::Vocabulary& vocabulary,
               const std::map<std::string, double, std::less<>>& policies,
               const model::Policies& terms, const Defines& defines, Written& all, Parses& parses,
               text::Diagnostics& diagnostics, bool with_tests, bool may_sleep)
        : PartReader(diagnostics, &parses),
          vocabulary_(vocabulary),
          policies_(policies),
          terms_(terms),
          defines_(defines),
          all_(all),
          with_tests_(with_tests),
          may_sleep_(may_sleep) {}

    // The rules of a pack, after those that are there already. What does not load is left out.
    void read(const text::Node& root, const std::string& pack, std::vector<Rule>& out);

private:
    void read_rule(const text::Node&, const std::string& pack, std::vector<Rule>& out);
    // Whether nothing that it could find is there (Parses::there).
    [[nodiscard]] bool sleeps(const Rule&, const text::Node& node, const text::Node& bound) const;
    // `e: evidence`, or `a, b: evidence` for two different ones of a list.
    bool read_binding(const text::Node& key, const text::Node& value, Scope&, Rule&);
    void read_among(const text::Node&, Scope&, Rule&);
    bool is_new_name(const text::Node& key, const std::string& name, const Rule&);
    bool clashes_with_word(const text::Node& key, const std::string& name);
    void read_between(const text::Node&, Rule&);
    // One name or a list of them.
    void read_names(const text::Node&, std::string_view what,
                    std::vector<std::pair<std::string, text::Span>>& out);
    void read_over(const text::Node&, Rule&);
    void read_expected(const text::Node&, Example&);
    void read_tests(const text::Node&, Rule&);
    void read_survivors(const text::Node&, Rule&);

    const model::Vocabulary& vocabulary_;
    const std::map<std::string, double, std::less<>>& policies_;
    const model::Policies& terms_;
    const Defines& defines_;
    Written& all_;
    bool with_tests_;
    bool may_sleep_;
    bool any_side_ = false;
};

}  // namespace antinomy::rule
