#pragma once
// One record that was made into a tree, gone through once: what the paths of a map lead to in it
// (as JsonWalk). Who made the tree saw that it is well-formed.

#include "data/elements.hpp"
#include "data/sketch_plan.hpp"
#include "text/document.hpp"

namespace antinomy::data {

class TreeWalk {
public:
    // The plan must outlive it.
    explicit TreeWalk(const SketchPlan::Parts& plan) : plan_(plan) {}
    // False: a path asks for a key of what has none, or splits what is no list. What is seen is
    // good as long as the tree is.
    [[nodiscard]] bool go(const text::Node& record, PathEnds&);
    // As of JsonWalk.
    template <class Do>
    static bool items(const Seen& list, const Do& each) {
        for (const auto& i : static_cast<const text::Node*>(list.at)->items)
            if (const auto one = seen(i); one.holds_more() || !each(one)) return false;
        return true;
    }

private:
    static Seen seen(const text::Node&);
    bool mapping(const text::Node&, const Place&, std::uint32_t at, Seen* ends);
    bool split(const text::Node& list, std::size_t which);

    const SketchPlan::Parts& plan_;
    PathEnds* ends_ = nullptr;
};

}  // namespace antinomy::data
