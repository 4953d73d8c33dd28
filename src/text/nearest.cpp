#include "text/nearest.hpp"

#include <algorithm>

#include "text/join.hpp"
#include "text/utf8.hpp"

namespace antinomy::text {

namespace {

// Distances count code points: a slip in a Cyrillic name is one edit, not two.
std::vector<char32_t> code_points(std::string_view text) {
    std::vector<char32_t> points;
    for (std::size_t i = 0; i < text.size();) {
        const Utf8 point = decode_utf8(text, i);
        points.push_back(point.valid ? point.value : 0xFFFD);
        i += point.length;
    }
    return points;
}

// Optimal string alignment: insertions, deletions, substitutions, swaps of neighbours.
std::size_t distance(const std::vector<char32_t>& a, const std::vector<char32_t>& b) {
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        before_last.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

}  // namespace

std::optional<std::string> nearest(std::string_view name,
                                   const std::vector<std::string>& candidates) {
    const auto points = code_points(name);
    const std::size_t limit = std::max<std::size_t>(1, std::min<std::size_t>(3, points.size() / 3));
    const std::string* best = nullptr;
    std::size_t best_distance = limit + 1;
    for (const auto& candidate : candidates) {
        const auto other = code_points(candidate);
        // Cheaper than the table, and names of very different length are never near.
        const std::size_t gap = points.size() > other.size() ? points.size() - other.size()
                                                             : other.size() - points.size();
        if (gap > limit) continue;
        const std::size_t d = distance(points, other);
        if (d < best_distance) {
            best = &candidate;
            best_distance = d;
        }
    }
    if (best == nullptr) return std::nullopt;
    return *best;
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates) {
    if (const auto near = nearest(name, candidates)) return join("did you mean `", *near, "`?");
    if (candidates.empty()) return "none is known here";
    constexpr std::size_t kShown = 12;
    std::string list = "known: ";
    for (std::size_t i = 0; i < std::min(kShown, candidates.size()); ++i) {
        if (i > 0) list += ", ";
        list += candidates[i];
    }
    if (candidates.size() > kShown)
        list += join(" and ", std::to_string(candidates.size() - kShown), " more");
    return list;
}

}  // namespace antinomy::text
