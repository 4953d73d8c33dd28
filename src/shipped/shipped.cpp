#include "shipped/shipped.hpp"

#include <algorithm>

#include "text/table.hpp"

namespace antinomy::shipped {

std::size_t of_every_case() {
    const auto& all = files();
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const File& f) {
        return f.name.find('/') == f.name.rfind('/');
    }));
}

std::optional<text::Node> tree_of(const text::SourceMap& map, text::FileId file, bool heads) {
    const auto bytes = map.bytes(file);
    for (const auto& f : files())
        if (f.bytes == bytes) return text::from_table(heads ? f.heads : f.table, bytes, file);
    return std::nullopt;
}

}  // namespace antinomy::shipped
