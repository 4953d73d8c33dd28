// Sums, least, greatest and middle amounts, of a list or of a group of a data set.
#include <algorithm>
#include <cmath>
#include <utility>

#include "check/groups.hpp"
#include "time/duration.hpp"

namespace antinomy::check {

namespace {

double middle(std::vector<double> v) {
    std::sort(v.begin(), v.end());
    const auto n = v.size();
    if (n % 2 == 1) return v[n / 2];
    const auto low = v[n / 2 - 1];
    const auto high = v[n / 2];
    return std::isinf(low) || std::isinf(high) ? (std::isinf(low) ? low : high) : (low + high) / 2;
}

}  // namespace

std::pair<double, double> in_seconds(const Amount& a) {
    if (a.months == 0) return {a.low, a.high};
    const auto days = time::days_of_months(std::abs(a.months));
    const auto day = static_cast<double>(time::kSecondsOfDay);
    const auto least = static_cast<double>(a.months > 0 ? days.least : -days.most) * day;
    const auto most = static_cast<double>(a.months > 0 ? days.most : -days.least) * day;
    return {a.low + least, a.high + most};
}

Amount total_of(const std::string& what, bool durations, const std::vector<Amount>& amounts,
                const std::vector<Amount>& perhaps) {
    Amount out;
    for (const auto* list : {&amounts, &perhaps})
        for (const auto& a : *list) out.by_clock = out.by_clock || a.by_clock;
    if (what == "sum") {
        for (const auto& a : amounts) {
            out.months += a.months;
            out.low += a.low;
            out.high += a.high;
        }
        for (const auto& a : perhaps) {
            const auto [low, high] = in_seconds(a);
            out.low += std::min(0.0, low);
            out.high += std::max(0.0, high);
        }
        return out;
    }
    // Where all are months, they are compared as such; else all in seconds.
    const auto no_seconds = [](const Amount& a) { return a.low == 0 && a.high == 0; };
    const bool months = durations && std::all_of(amounts.begin(), amounts.end(), no_seconds) &&
                        std::all_of(perhaps.begin(), perhaps.end(), no_seconds);
    std::vector<double> lows;
    std::vector<double> highs;
    const auto add = [&](const Amount& a, bool low_too, bool high_too) {
        const auto whole = static_cast<double>(a.months);
        const auto [low, high] = months ? std::pair{whole, whole} : in_seconds(a);
        if (low_too) lows.push_back(low);
        if (high_too) highs.push_back(high);
    };
    for (const auto& a : amounts) add(a, true, true);
    double low = 0;
    double high = 0;
    if (what == "median") {
        // One more that is low can only lower the middle: what is perhaps among them counts as low
        // as can be for the one bound, as high for the other.
        for (std::size_t i = 0; i < perhaps.size(); ++i) {
            lows.push_back(-HUGE_VAL);
            highs.push_back(HUGE_VAL);
        }
        low = middle(lows);
        high = middle(highs);
    } else {
        const bool least = what == "min";
        for (const auto& a : perhaps) add(a, least, !least);
        const auto end = [&](const std::vector<double>& v) {
            return least ? *std::min_element(v.begin(), v.end())
                         : *std::max_element(v.begin(), v.end());
        };
        low = end(lows);
        high = end(highs);
    }
    if (months) {
        const auto by_clock = out.by_clock;
        out = from_months(low, high);
        out.by_clock = by_clock;
    } else {
        out.low = low;
        out.high = high;
    }
    return out;
}

Amount from_months(double low, double high) {
    Amount out;
    if (low == high) {
        out.months = static_cast<std::int64_t>(std::floor(low));
        if (low != std::floor(low)) {
            // Half a month more, of 28 to 31 days.
            out.low = 14 * static_cast<double>(time::kSecondsOfDay);
            out.high = 15.5 * static_cast<double>(time::kSecondsOfDay);
        }
        return out;
    }
    const auto seconds = [](double m, bool least) {
        if (std::isinf(m)) return m;
        const auto [from, to] = in_seconds({static_cast<std::int64_t>(std::floor(m)), 0, 0, false});
        const auto half = m != std::floor(m);
        const auto day = static_cast<double>(time::kSecondsOfDay);
        return least ? from + (half ? 14 * day : 0) : to + (half ? 15.5 * day : 0);
    };
    out.low = seconds(low, true);
    out.high = seconds(high, false);
    return out;
}

}  // namespace antinomy::check
