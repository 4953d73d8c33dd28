#include "data/gaps.hpp"

namespace antinomy::data {

GapList::GapList(const rule::Packs& packs, std::uint64_t most) : most_(most) {
    for (const auto& r : packs.rules()) rules_[r.id].more = most > 0;
}

check::Screen::Telling GapList::by_number(const check::Screen& screen) const {
    check::Screen::Telling out;
    for (const auto& id : screen.rules()) out.push_back(&rules_.at(id).more);
    return out;
}

bool GapList::wants(const std::string& rule) const {
    const auto it = rules_.find(rule);
    return it != rules_.end() && it->second.more.load(std::memory_order_relaxed);
}

bool GapList::take(const std::string& rule) {
    const auto it = rules_.find(rule);
    if (it == rules_.end() || it->second.told == most_) return false;
    if (++it->second.told == most_) it->second.more.store(false, std::memory_order_relaxed);
    return true;
}

}  // namespace antinomy::data
