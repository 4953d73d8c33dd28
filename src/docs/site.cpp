#include "docs/site.hpp"

#include <algorithm>

#include "docs/indexes.hpp"
#include "docs/policies.hpp"
#include "docs/rule_page.hpp"

namespace antinomy::docs {

std::vector<File> site(const Library& library, const text::SourceMap& sources,
                       text::Diagnostics& diagnostics) {
    std::vector<File> out{families_page(library), severities_page(library), abouts_page(library),
                          ids_page(library), policies_page(library)};
    for (const auto* r : library.rules) out.push_back(rule_page(library, *r, sources, diagnostics));
    std::sort(out.begin(), out.end(), [](const File& a, const File& b) { return a.path < b.path; });
    return out;
}

}  // namespace antinomy::docs
