#include "time/zone.hpp"

#include <algorithm>
#include <cstdlib>

#include "time/division.hpp"

namespace antinomy::time {
namespace {

constexpr std::int64_t kDay = 86400;

// Offsets of the stretches that have a local second in [from, to).
Offsets within(const std::vector<Zone::Stretch>& stretches, std::int64_t from, std::int64_t to) {
    std::optional<Offsets> out;
    const auto take = [&](int offset) {
        if (!out) out = Offsets{offset, offset};
        out->least = std::min(out->least, offset);
        out->greatest = std::max(out->greatest, offset);
    };
    for (const auto& s : stretches)
        if (s.from + s.offset < to && from < s.to + s.offset) take(s.offset);
    if (!out)  // a time that clocks put forward left out
        for (std::size_t i = 0; i + 1 < stretches.size(); ++i)
            if (stretches[i].to + stretches[i].offset <= from &&
                to <= stretches[i + 1].from + stretches[i + 1].offset) {
                take(stretches[i].offset);
                take(stretches[i + 1].offset);
            }
    return out.value_or(kAnyOffset);
}

// What b - a may be of two places, as offset(a) - offset(b): how far b's clock is behind.
struct Behind {
    std::int64_t least;
    std::int64_t greatest;
};
Behind behind(const Placed& a, const Placed& b) {
    const bool one = a.zone == b.zone && a.zone != nullptr;
    if (one && a.zone->kind != Zone::Kind::named && same_zone(a, b)) return {0, 0};
    return {std::int64_t{a.offsets.least} - b.offsets.greatest,
            std::int64_t{a.offsets.greatest} - b.offsets.least};
}

}  // namespace

Offsets Zone::during(Window days) const {
    switch (kind) {
        case Kind::fixed:
            return {offset, offset};
        case Kind::unknown:
        case Kind::local:
            return kAnyOffset;
        case Kind::named:
            break;
    }
    // Far outside of the stretches the first and the last of them go on.
    constexpr std::int64_t kFar = std::int64_t{1} << 50;
    const auto second = [&](Day d, std::int64_t open) {
        return bounded(d) ? std::clamp(d.value * kDay, -kFar, kFar) : open;
    };
    return within(stretches, second(days.first, -kFar), second(plus(days.last, 1), kFar));
}

Offsets Zone::at(Day day, int second) const {
    if (kind != Kind::named) return during({day, day});
    const auto local = day.value * kDay + second;
    return within(stretches, local, local + 1);
}

std::optional<int> offset_minutes(const std::string& s) {
    if (s == "Z") return 0;
    if (s.size() != 3 && s.size() != 6) return std::nullopt;
    if (s[0] != '+' && s[0] != '-') return std::nullopt;
    for (std::size_t i = 1; i < s.size(); ++i)
        if (i == 3 ? s[i] != ':' : s[i] < '0' || s[i] > '9') return std::nullopt;
    const int hours = (s[1] - '0') * 10 + (s[2] - '0');
    const int minutes = s.size() == 6 ? (s[4] - '0') * 10 + (s[5] - '0') : 0;
    const int all = (s[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
    if (minutes > 59 || all * 60 < kAnyOffset.least || all * 60 > kAnyOffset.greatest)
        return std::nullopt;
    return all;
}

std::string offset_name(int seconds) {
    if (seconds == 0) return "UTC";
    const auto two = [](int n) { return (n < 10 ? ":0" : ":") + std::to_string(n); };
    const int n = std::abs(seconds);
    std::string out = (seconds < 0 ? "UTC-" : "UTC+") + std::to_string(n / 3600);
    if (n % 3600 != 0) out += two(n % 3600 / 60);
    if (n % 60 != 0) out += two(n % 60);
    return out;
}

std::string to_string(Offsets o) {
    return o.single() ? offset_name(o.least)
                      : offset_name(o.least) + " to " + offset_name(o.greatest);
}

bool same_zone(const Placed& a, const Placed& b) {
    if (a.zone == nullptr || b.zone == nullptr) return true;
    if (a.zone == b.zone &&
        (a.zone->kind != Zone::Kind::unknown || (a.who == b.who && a.who != UINT32_MAX)))
        return true;
    return a.offsets.single() && a.offsets == b.offsets;
}

Reach reach_before(const Placed& a, const Placed& b) {
    const bool one = same_zone(a, b);
    if (one && !a.second && !b.second) return {1, 1};
    // Two clock times of one zone may have different offsets; a day beside a clock time is of that
    // zone, whatever the offset.
    const auto late = one && !(a.second && b.second) ? Behind{0, 0} : behind(a, b);
    // b - a = D days + (second of b - second of a) + late. A whole day has all its seconds, the
    // next day's first not among them.
    const std::int64_t a_first = a.second.value_or(0);
    const std::int64_t a_end = a.second ? *a.second : kDay;
    const std::int64_t b_first = b.second.value_or(0);
    const std::int64_t b_end = b.second ? *b.second : kDay;
    const auto must = a_end - b_first - late.least;
    Reach out;
    out.certain = a.second ? floor_div(must, kDay) + 1 : ceil_div(must, kDay);
    out.possible = floor_div(a_first - b_end - late.greatest, kDay) + 1;
    return out;
}

Reach reach_seconds(const Placed& a, const Placed& b, std::int64_t seconds) {
    const bool one = same_zone(a, b);
    const auto late = one && !(a.second && b.second) ? Behind{0, 0} : behind(a, b);
    // b - a = D days + (second of b - second of a) + late
    const std::int64_t a_first = a.second.value_or(0);
    const std::int64_t a_last = a.second.value_or(kDay - 1);
    const std::int64_t b_first = b.second.value_or(0);
    const std::int64_t b_last = b.second.value_or(kDay - 1);
    return {ceil_div(seconds - (b_first - a_last) - late.least, kDay),
            ceil_div(seconds - (b_last - a_first) - late.greatest, kDay)};
}

Shift shift_into(const Placed& value, const Placed& zone) {
    if (same_zone(value, zone)) return {};
    const auto late = behind(value, zone);
    return {floor_div(value.second.value_or(0) - late.greatest, kDay),
            floor_div(value.second.value_or(kDay - 1) - late.least, kDay)};
}

Reach reach_days(const Placed& a, const Placed& b, std::int64_t n) {
    // The day of b by a's clock, and the day of a by b's.
    const auto b_there = shift_into(b, a);
    const auto a_there = shift_into(a, b);
    return {n - std::min(b_there.least, -a_there.most), n - std::max(b_there.most, -a_there.least)};
}

}  // namespace antinomy::time
