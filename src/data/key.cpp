#include "data/key.hpp"

#include <algorithm>

#include "data/convert.hpp"
#include "text/join.hpp"

namespace antinomy::data {

using text::join;
using text::Node;
using text::Span;

std::optional<std::string> key_of(const Part& part, const Node& record,
                                  text::Diagnostics& diagnostics, std::vector<char>* found) {
    std::string out;
    for (const auto& path : part.key) {
        std::vector<const Node*> nodes;
        std::optional<Astray> astray;
        const bool met = follow(path, record, record, nodes, astray);
        if (met && found != nullptr) (*found)[path.slot] = 1;
        const auto* n = nodes.empty() ? nullptr : nodes.front();
        // An empty cell is no place that could be shown.
        const Span at = place_of(n != nullptr && n->span.end > n->span.begin ? *n : record);
        if (n == nullptr || !n->is_scalar() || is_nothing(*n, part.writing)) {
            diagnostics.error(
                at, "no-key",
                astray ? astray->message
                : n != nullptr && !n->is_scalar()
                    ? join("`", path.written, "` leads to ", kind_word(*n), ", and that is no key")
                    : join("nobody knows to which case this record belongs: `", path.written,
                           "` leads to nothing"),
                "correct the record, or `key` of the map");
            return std::nullopt;
        }
        // Parts of a key are kept apart by two NULs; one that a text has itself is marked. So the
        // order of keys is that of their parts, and no two are one.
        if (&path != &part.key.front()) out.append(2, '\0');
        for (const char c : trimmed(n->text)) {
            out.push_back(c);
            if (c == '\0') out.push_back('\1');
        }
    }
    return out;
}

std::string shown_key(const std::string& key) {
    std::string out;
    for (std::size_t i = 0; i < key.size(); ++i) {
        out.push_back(key[i] == '\0' ? ' ' : key[i]);
        if (key[i] == '\0') ++i;  // the second NUL, or the mark
    }
    return out;
}

}  // namespace antinomy::data
