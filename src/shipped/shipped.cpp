#include "shipped/shipped.hpp"

#include "text/table.hpp"

namespace antinomy::shipped {

std::optional<text::Node> tree_of(const text::SourceMap& map, text::FileId file) {
    const auto bytes = map.bytes(file);
    for (const auto& f : files())
        if (f.bytes == bytes) return text::from_table(f.table, bytes, file);
    return std::nullopt;
}

}  // namespace antinomy::shipped
