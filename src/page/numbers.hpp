#pragma once
// The number of each finding of a case, the same on the whole page: those that stand first, in the
// order of every report, then those that a `suppress:` entry silences. And the places on the page
// that links lead to.

#include <map>
#include <string>
#include <vector>

#include "check/finding.hpp"
#include "html/html.hpp"

namespace antinomy::page {

class Numbers {
public:
    explicit Numbers(const check::CaseResult&);

    // From 1; 0: not one of this case.
    [[nodiscard]] std::size_t of(const check::Finding&) const;
    // In their order.
    [[nodiscard]] const std::vector<const check::Finding*>& standing() const { return standing_; }
    [[nodiscard]] const std::vector<const check::Finding*>& suppressed() const {
        return suppressed_;
    }

private:
    std::vector<const check::Finding*> standing_;
    std::vector<const check::Finding*> suppressed_;
    std::map<const check::Finding*, std::size_t> numbers_;
};

// "finding-3", the id of its section.
[[nodiscard]] std::string finding_anchor(std::size_t number);
// "finding 3" as a link; `word` before the number may be empty.
[[nodiscard]] html::Html finding_link(std::size_t number, std::string_view word = "finding ");
// "findings 1, 2 and 5" as links.
[[nodiscard]] html::Html finding_links(const std::vector<std::size_t>& numbers);

}  // namespace antinomy::page
