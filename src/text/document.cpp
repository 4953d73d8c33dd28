#include "text/document.hpp"

#include <algorithm>

namespace antinomy::text {

const Entry* Node::find_entry(std::string_view key) const {
    for (const auto& entry : entries)
        if (entry.key.text == key) return &entry;
    return nullptr;
}

const Node* Node::find(std::string_view key) const {
    const Entry* entry = find_entry(key);
    return entry == nullptr ? nullptr : &entry->value;
}

// Each piece reaches to the next one, in the text and in the file. Two pieces may share a
// `decoded`: what stands between them in the file (an escaped line break) is no part of the text,
// so a range that ends there ends at the first and one that begins there begins at the second.
Span Node::inside(std::uint32_t begin, std::uint32_t end) const {
    const auto size = static_cast<std::uint32_t>(text.size());
    begin = std::min(begin, size);
    end = std::clamp(end, begin, size);
    Span place = span;
    if (pieces.empty()) {
        place.begin = span.begin + begin;
        place.end = span.begin + end;
        return place;
    }
    const auto by_decoded = [](std::uint32_t at, const Piece& piece) { return at < piece.decoded; };
    auto from = std::upper_bound(pieces.begin(), pieces.end(), begin, by_decoded);
    if (from != pieces.begin()) --from;
    place.begin = std::min(from->file + (begin - from->decoded), span.end);
    if (end == begin) {
        place.end = place.begin;
        return place;
    }
    const auto to =
        std::lower_bound(pieces.begin(), pieces.end(), end,
                         [](const Piece& piece, std::uint32_t at) { return piece.decoded < at; });
    if (to != pieces.end() && to->decoded == end) {
        place.end = to->file;
    } else {
        const auto last = to == pieces.begin() ? to : to - 1;
        place.end = last->file + (end - last->decoded);
    }
    place.end = std::min(std::max(place.end, place.begin), span.end);
    return place;
}

std::string_view kind_word(const Node& node) {
    switch (node.kind) {
        case NodeKind::null:
            return "nothing";
        case NodeKind::scalar:
            return "text";
        case NodeKind::sequence:
            return "a list";
        case NodeKind::mapping:
            return "a mapping";
    }
    return "nothing";
}

}  // namespace antinomy::text
