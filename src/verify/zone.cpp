#include "verify/zone.hpp"

#include <date/tz.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <map>
#include <vector>

namespace antinomy::verify {

using time::Day;
using time::Window;

namespace {

constexpr std::int64_t kDay = 86400;
constexpr Between kAnywhere{-12 * 3600, 14 * 3600};
// What the database says of times before 1800 and after 2036 is what it says of those years.
constexpr std::int64_t kFirstDay = -62091;  // 1800-01-01
constexpr std::int64_t kLastDay = 24472;    // 2037-01-01
constexpr std::int64_t kTail = 731;         // days before, whose offsets may hold for ever after

std::int64_t down(std::int64_t a, std::int64_t b) {  // a / b, to the lower whole number
    return (a - ((a % b) + b) % b) / b;
}
std::int64_t up(std::int64_t a, std::int64_t b) {
    return -down(-a, b);
}

// A stretch of one offset; open to both sides at the ends of the database.
struct Stretch {
    std::int64_t from;
    std::int64_t to;  // the first second that is not in it
    std::int64_t east;
};

const std::vector<Stretch>& stretches_of(const std::string& name) {
    static std::map<std::string, std::vector<Stretch>> known;
    const auto [it, fresh] = known.try_emplace(name);
    if (!fresh) return it->second;
    auto& out = it->second;
    constexpr std::int64_t kOpen = std::int64_t{1} << 55;
    const auto& zone = *date::locate_zone(name);
    for (auto at = kFirstDay * kDay; at < kLastDay * kDay;) {
        const auto info = zone.get_info(date::sys_seconds{std::chrono::seconds{at}});
        const auto end = info.end.time_since_epoch().count();
        out.push_back({out.empty() ? -kOpen : at, end, info.offset.count()});
        at = end;
    }
    const auto count = out.size();
    for (std::size_t i = 0; i < count; ++i)
        if (out[i].to > (kLastDay - kTail) * kDay)
            out.push_back({kLastDay * kDay, kOpen, out[i].east});
    return out;
}

Between offsets_within(const std::string& name, std::int64_t from, std::int64_t to) {
    std::vector<std::int64_t> found;
    const auto& all = stretches_of(name);
    for (const auto& s : all)
        if (from < s.to + s.east && s.from + s.east < to) found.push_back(s.east);
    // Clocks were put forward over all of it: those before and those after.
    for (std::size_t i = 1; found.empty() && i < all.size(); ++i)
        if (all[i].from == all[i - 1].to && all[i - 1].to + all[i - 1].east <= from &&
            to <= all[i].from + all[i].east)
            found = {all[i - 1].east, all[i].east};
    if (found.empty()) return kAnywhere;
    const auto [least, most] = std::minmax_element(found.begin(), found.end());
    return {*least, *most};
}

bool same(const Placed& a, const Placed& b) {  // one zone by its name
    if (a.zone->kind != b.zone->kind) return false;
    switch (a.zone->kind) {
        case Zone::Kind::own:
            return true;
        case Zone::Kind::named:
            return a.zone->name == b.zone->name;
        case Zone::Kind::fixed:
            return a.zone->east == b.zone->east;
        case Zone::Kind::unknown:
            return a.who == b.who && a.who >= 0;
    }
    return false;
}

// a's offset less b's: what is to be added to b's clock less a's, to have the time between.
Between apart(const Placed& a, const Placed& b) {
    return {a.offsets.least - b.offsets.most, a.offsets.most - b.offsets.least};
}

}  // namespace

std::optional<int> read_offset(const std::string& s) {
    if (s == "Z") return 0;
    const auto figure = [&](std::size_t i) { return s[i] >= '0' && s[i] <= '9'; };
    if ((s.size() != 3 && s.size() != 6) || (s[0] != '+' && s[0] != '-')) return std::nullopt;
    if (!figure(1) || !figure(2)) return std::nullopt;
    int minutes = std::atoi(s.substr(1, 2).c_str()) * 60;
    if (s.size() == 6) {
        if (s[3] != ':' || !figure(4) || !figure(5) || s[4] > '5') return std::nullopt;
        minutes += std::atoi(s.substr(4).c_str());
    }
    if (s[0] == '-') minutes = -minutes;
    if (minutes * 60 < kAnywhere.least || minutes * 60 > kAnywhere.most) return std::nullopt;
    return minutes;
}

Zone zone_of_offset(int minutes) {
    std::string name = "UTC";
    if (minutes != 0) {
        name += (minutes < 0 ? "-" : "+") + std::to_string(std::abs(minutes) / 60);
        const int rest = std::abs(minutes) % 60;
        if (rest != 0) name += (rest < 10 ? ":0" : ":") + std::to_string(rest);
    }
    return {Zone::Kind::fixed, name, minutes * 60};
}

std::optional<Zone> read_zone(const std::string& name) {
    if (name == "unknown") return Zone{Zone::Kind::unknown, name, 0};
    if (const auto minutes = read_offset(name)) return Zone{Zone::Kind::fixed, name, *minutes * 60};
    // A look for the file spares reading the whole database for a name that is none.
    std::error_code ec;
    const std::filesystem::path base("/usr/share/zoneinfo");
    if (name.empty() || name[0] == '/' || name.find("..") != std::string::npos) return std::nullopt;
    if (std::filesystem::is_directory(base, ec) &&
        !std::filesystem::is_regular_file(base / name, ec))
        return std::nullopt;
    try {
        if (stretches_of(name).empty()) return std::nullopt;
    } catch (const std::exception&) {
        return std::nullopt;
    }
    return Zone{Zone::Kind::named, name, 0};
}

Between offsets(const Zone& zone, Window days) {
    if (zone.kind == Zone::Kind::fixed) return {zone.east, zone.east};
    if (zone.kind != Zone::Kind::named) return kAnywhere;
    // Days far outside of the database are those at its ends.
    const auto second = [](Day d, std::int64_t open) {
        return bounded(d)
                   ? std::clamp<std::int64_t>(d.value, -10'000'000'000, 10'000'000'000) * kDay
                   : open;
    };
    constexpr std::int64_t kOpen = std::int64_t{1} << 54;
    return offsets_within(zone.name, second(days.first, -kOpen), second(plus(days.last, 1), kOpen));
}

Between offsets_at(const Zone& zone, Day day, int second) {
    if (zone.kind != Zone::Kind::named) return offsets(zone, {day, day});
    const auto at = day.value * kDay + second;
    return offsets_within(zone.name, at, at + 1);
}

bool one_zone(const Placed& a, const Placed& b) {
    if (!a.zone || !b.zone || same(a, b)) return true;
    return a.offsets.single() && a.offsets == b.offsets;
}

Between days_over(const Placed& value, const Placed& zone) {
    if (one_zone(value, zone)) return {};
    // Its first moment and its last, by the other clock.
    const auto by = apart(value, zone);
    return {down(value.second.value_or(0) - by.most, kDay),
            down(value.second.value_or(kDay - 1) - by.least, kDay)};
}

Between days_between(const Placed& a, const Placed& b) {
    const auto there = days_over(b, a);
    const auto here = days_over(a, b);
    return {std::min(there.least, -here.most), std::max(there.most, -here.least)};
}

Before before(const Placed& a, const Placed& b) {
    const bool one = one_zone(a, b);
    if (one && !a.second && !b.second) return {};
    // A zone may have two offsets on one day; a day beside a time of it is of the same one.
    Between by{};
    if (!one || (a.second && b.second && a.zone && b.zone && a.zone->kind == Zone::Kind::named &&
                 same(a, b)))
        by = apart(a, b);
    const std::int64_t from = a.second.value_or(0);
    const std::int64_t to = b.second.value_or(kDay);
    Before out;
    // Perhaps: a's first moment lies before b's last. Surely: a's last before b's first; a whole
    // day's last moment is not the first of the next.
    out.perhaps = down(from - to - by.most, kDay) + 1;
    const auto least = b.second.value_or(0) + by.least;
    out.surely = a.second ? down(*a.second - least, kDay) + 1 : up(kDay - least, kDay);
    return out;
}

}  // namespace antinomy::verify
