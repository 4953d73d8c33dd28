#include "check/screen_conditions.hpp"

#include <algorithm>

namespace antinomy::check {

std::pair<Sketch::Value*, std::uint32_t> ScreenConditions::in_its_place(std::uint32_t record,
                                                                        const ScreenDate& d,
                                                                        std::uint32_t* field) {
    for (const auto& [slot, words] : d.lasts) {
        const auto& word = value(record, slot);
        if (word.there && std::find(words.begin(), words.end(), word.text) != words.end())
            return {&value(record, d.slot), d.part};
    }
    if (field != nullptr) *field = d.other_field;
    return {&value(record, d.other_slot), 0};
}

bool ScreenConditions::stand() {
    if (p_.stands) return true;
    links_.clear();
    for (std::uint32_t r = 0; r < s_.records.size(); ++r) {
        const auto& of = p_.stated[s_.records[r].shape];
        if (of.closer) return false;
        for (const auto slot : of.periods)
            if (auto& v = value(r, slot); v.there) link(v, 0, v, 1, 0);
        std::uint64_t done = 0;
        if (of.lines.size() > 64) return false;
        for (bool again = !of.lines.empty(); again;) {
            again = false;
            for (std::size_t k = 0; k < of.lines.size(); ++k) {
                const auto& line = of.lines[k];
                if ((done >> k & 1u) != 0) continue;
                const bool any =
                    std::any_of(line.dates.begin(), line.dates.end(), [&](std::size_t d) {
                        const auto [v, part] = effective(r, p_.dates[d]);
                        return v->there || v->free;
                    });
                if (!any) continue;
                done |= std::uint64_t{1} << k;
                again = true;
                for (const auto d : line.dates) {
                    const auto [v, part] = effective(r, p_.dates[d]);
                    if (v->there || v->free) continue;
                    v->free = true;
                    v->low[0] = v->low[1] = -Sketch::kOpen;
                    v->high[0] = v->high[1] = Sketch::kOpen;
                }
                for (const auto& l : line.links) {
                    const auto [a, pa] = effective(r, p_.dates[line.dates[l.from]]);
                    const auto [b, pb] = effective(r, p_.dates[line.dates[l.to]]);
                    if (a == b && pa == pb) {
                        if (l.least > 0) return false;
                        continue;
                    }
                    link(*a, pa, *b, pb, l.least);
                }
            }
        }
    }
    // Bounds drawn in until nothing moves: then the lowest days of all points are a dating.
    for (int round = 0; round < 16; ++round) {
        bool changed = false;
        for (const auto& l : links_) {
            auto& from_low = l.from->low[l.from_part];
            auto& from_high = l.from->high[l.from_part];
            auto& to_low = l.to->low[l.to_part];
            auto& to_high = l.to->high[l.to_part];
            if (moved(from_low, l.least) > to_low) {
                to_low = moved(from_low, l.least);
                changed = l.to->narrowed = true;
            }
            if (moved(to_high, -l.least) < from_high) {
                from_high = moved(to_high, -l.least);
                changed = l.from->narrowed = true;
            }
            if (from_low > from_high || to_low > to_high) return false;
        }
        if (!changed) return true;
    }
    return false;
}
void ScreenConditions::link(Sketch::Value& a, std::uint32_t pa, Sketch::Value& b, std::uint32_t pb,
                            std::int64_t least) {
    links_.push_back({&a, pa, &b, pb, least});
}

}  // namespace antinomy::check
