#include "page/numbers.hpp"

#include "report/phrases.hpp"

namespace antinomy::page {

using html::element;
using html::Html;
using html::text;

Numbers::Numbers(const check::CaseResult& c)
    : standing_(report::in_order(c)), suppressed_(report::in_order(c, true)) {
    std::size_t n = 0;
    for (const auto* list : {&standing_, &suppressed_})
        for (const auto* f : *list) numbers_[f] = ++n;
}

std::size_t Numbers::of(const check::Finding& f) const {
    const auto it = numbers_.find(&f);
    return it == numbers_.end() ? 0 : it->second;
}

std::string finding_anchor(std::size_t number) {
    return "finding-" + std::to_string(number);
}

Html finding_link(std::size_t number, std::string_view word) {
    return element("a", {{"href", "#" + finding_anchor(number)}},
                   text(std::string(word) + std::to_string(number)));
}

Html finding_links(const std::vector<std::size_t>& numbers) {
    Html out;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i > 0) out += text(i + 1 == numbers.size() ? " and " : ", ");
        out += finding_link(numbers[i], i > 0 ? "" : numbers.size() > 1 ? "findings " : "finding ");
    }
    return out;
}

}  // namespace antinomy::page
