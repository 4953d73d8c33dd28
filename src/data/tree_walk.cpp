#include "data/tree_walk.hpp"

#include "data/convert.hpp"

namespace antinomy::data {

Seen TreeWalk::seen(const text::Node& n) {
    Seen out;
    out.at = &n;
    switch (n.kind) {
        case text::NodeKind::null:
            out.shape = Shape::nothing;
            break;
        case text::NodeKind::scalar:
            out.at = n.text.data();
            out.size = static_cast<std::uint32_t>(n.text.size());
            out.shape = Shape::text;
            break;
        case text::NodeKind::sequence:
            out.shape = Shape::list;
            break;
        case text::NodeKind::mapping:
            out.shape = Shape::mapping;
            break;
    }
    return out;
}

bool TreeWalk::go(const text::Node& record, PathEnds& ends) {
    ends.root.assign(plan_.root.paths, Seen());
    ends.items.resize(plan_.splits.size());
    for (auto& items : ends.items) items.clear();
    ends_ = &ends;
    return record.is_mapping() && mapping(record, plan_.root, 0, ends.root.data());
}

bool TreeWalk::mapping(const text::Node& n, const Place& place, std::uint32_t at, Seen* ends) {
    const auto& names = place.names[at];
    for (const auto& entry : n.entries) {
        const auto name = names.child(entry.key.text);
        if (name == check::Sketch::kNone) continue;
        const auto& child = place.names[name];
        const auto one = seen(entry.value);
        if (child.path != check::Sketch::kNone) ends[child.path] = one;
        if (one.shape == Shape::nothing) continue;
        if (!child.children.empty() &&
            (one.shape != Shape::mapping || !mapping(entry.value, place, name, ends)))
            return false;
        if (!child.each || (one.shape == Shape::text && trimmed(one.text()).empty())) continue;
        if (one.shape != Shape::list) return false;
        for (const auto which : child.splits)
            if (!split(entry.value, which)) return false;
    }
    return true;
}

bool TreeWalk::split(const text::Node& list, std::size_t which) {
    const auto& s = plan_.splits[which];
    auto& items = ends_->items[which];
    const auto& top = s.place.names.front();
    for (const auto& item : list.items) {
        auto* const ends = items.add(s.place.paths);
        const auto one = seen(item);
        items.whole.push_back(one.shape == Shape::nothing ? 0 : 1);
        if (one.shape == Shape::nothing) continue;
        if (top.path != check::Sketch::kNone) ends[top.path] = one;
        if (!top.children.empty() &&
            (one.shape != Shape::mapping || !mapping(item, s.place, 0, ends)))
            return false;
    }
    return true;
}

}  // namespace antinomy::data
