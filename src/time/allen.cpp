#include "time/allen.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "grammar/phrase.hpp"

namespace antinomy::time {
namespace {

static_assert(grammar::allen_words.size() == kAllenCount);

// What two ends can be to one another.
constexpr int kLess = 1, kSame = 2, kMore = 4;

// Of a's start to b's start, a's start to b's end, a's end to b's start, a's end to b's end.
constexpr int kEnds = 4;
constexpr std::array<std::array<int, kEnds>, kAllenCount> kSigns = {{
    {kLess, kLess, kLess, kLess},  // before
    {kLess, kLess, kSame, kLess},  // meets
    {kLess, kLess, kMore, kLess},  // overlaps
    {kSame, kLess, kMore, kLess},  // starts
    {kMore, kLess, kMore, kLess},  // during
    {kMore, kLess, kMore, kSame},  // finishes
    {kSame, kLess, kMore, kSame},  // equals
    {kMore, kMore, kMore, kMore},  // after
    {kMore, kSame, kMore, kMore},  // met-by
    {kMore, kLess, kMore, kMore},  // overlapped-by
    {kSame, kLess, kMore, kMore},  // started-by
    {kLess, kLess, kMore, kMore},  // contains
    {kLess, kLess, kMore, kSame},  // finished-by
}};

// The relations whose ends have these signs, of the ends asked about.
AllenSet with(const std::array<int, kEnds>& signs, unsigned asked) {
    AllenSet out;
    for (std::size_t r = 0; r < kAllenCount; ++r) {
        bool fits = true;
        for (std::size_t e = 0; e < kEnds; ++e)
            fits = fits && ((asked >> e & 1U) == 0 || (signs[e] & kSigns[r][e]) != 0);
        out[r] = fits;
    }
    return out;
}

// The fewest pairs of ends whose signs say exactly this set; none where a conjunction cannot.
struct Plain {
    std::array<int, kEnds> signs{};
    unsigned asked = 0;
};
std::optional<Plain> plain(AllenSet set) {
    Plain out;
    for (std::size_t r = 0; r < kAllenCount; ++r)
        if (set[r])
            for (std::size_t e = 0; e < kEnds; ++e) out.signs[e] |= kSigns[r][e];
    for (std::size_t few = 0; few <= kEnds; ++few) {
        for (unsigned asked = 0; asked < 1U << kEnds; ++asked) {
            if (std::bitset<kEnds>(asked).count() != few) continue;
            bool difference = true;  // before or after without the same day is none
            for (std::size_t e = 0; e < kEnds; ++e)
                if ((asked >> e & 1U) != 0 && out.signs[e] == (kLess | kMore)) difference = false;
            if (!difference || with(out.signs, asked) != set) continue;
            out.asked = asked;
            return out;
        }
    }
    return std::nullopt;
}

}  // namespace

AllenSet allen_set(std::string_view words) {
    AllenSet out;
    while (!words.empty()) {
        const auto end = words.find(" or ");
        const auto word = words.substr(0, end);
        const auto at = std::find(grammar::allen_words.begin(), grammar::allen_words.end(), word);
        if (at != grammar::allen_words.end())
            out.set(static_cast<std::size_t>(at - grammar::allen_words.begin()));
        words.remove_prefix(end == std::string_view::npos ? words.size() : end + 4);
    }
    return out;
}

AllenSet converse(AllenSet set) {
    AllenSet out;
    // Six and their converses, with `equals` between them.
    for (std::size_t r = 0; r < kAllenCount; ++r)
        if (set[r]) out.set(r == 6 ? 6 : r < 6 ? r + 7 : r - 7);
    return out;
}

AllenSet mirrored(AllenSet set) {
    // Starts become ends, and less becomes more: before is after, starts is finishes.
    const auto turned = [](int sign) {
        return sign == kLess ? kMore : sign == kMore ? kLess : sign;
    };
    AllenSet out;
    for (std::size_t r = 0; r < kAllenCount; ++r) {
        if (!set[r]) continue;
        const auto& s = kSigns[r];
        out |= with({turned(s[3]), turned(s[2]), turned(s[1]), turned(s[0])}, 15);
    }
    return out;
}

Formula allen_formula(AllenSet set, const Period& a, const Period& b) {
    if (const auto p = plain(set)) {
        // Half-open: the end is the day after the last.
        const std::array<Moved, 2> of_a{a.first, {a.last.point, a.last.days + 1}};
        const std::array<Moved, 2> of_b{b.first, {b.last.point, b.last.days + 1}};
        std::vector<Formula> parts;
        for (std::size_t e = 0; e < kEnds; ++e) {
            if ((p->asked >> e & 1U) == 0) continue;
            const Moved& x = of_a[e / 2];
            const Moved& y = of_b[e % 2];
            const int sign = p->signs[e];
            // x - y <= 0 (strictly: -1); y - x likewise.
            if ((sign & kMore) == 0)
                parts.push_back(Formula::of(
                    {y.point, x.point, y.days - x.days - ((sign & kSame) != 0 ? 0 : 1)}));
            if ((sign & kLess) == 0)
                parts.push_back(Formula::of(
                    {x.point, y.point, x.days - y.days - ((sign & kSame) != 0 ? 0 : 1)}));
        }
        return Formula::all_of(std::move(parts));
    }
    std::vector<Formula> arms;
    for (std::size_t r = 0; r < kAllenCount; ++r)
        if (set[r]) arms.push_back(allen_formula(AllenSet().set(r), a, b));
    return Formula::any_of(std::move(arms));
}

}  // namespace antinomy::time
