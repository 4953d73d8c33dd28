#include "model/zone.hpp"

#include <date/tz.h>

#include <exception>
#include <filesystem>
#include <vector>

#include "text/nearest.hpp"

namespace antinomy::model {

namespace {

using Seconds = std::chrono::seconds;

// A look into the folder spares reading the whole database where the name is none.
bool known_zone(const std::string& name) {
    if (name.empty() || name.front() == '/' || name.find("..") != std::string::npos) return false;
    std::error_code ec;
    const std::filesystem::path base("/usr/share/zoneinfo");
    if (!std::filesystem::is_directory(base, ec)) return true;
    return std::filesystem::is_regular_file(base / name, ec);
}

std::vector<time::Zone::Stretch> stretches_of(const date::time_zone& zone) {
    // The database's last rule holds on; it is written out year by year as far as the library does.
    const auto first = date::sys_days{date::year{1800} / 1 / 1};
    const auto last = date::sys_days{date::year{2037} / 1 / 1};
    constexpr std::size_t kMost = 4000;
    constexpr std::int64_t kFar = std::int64_t{1} << 52;
    std::vector<time::Zone::Stretch> out;
    date::sys_seconds at = first;
    while (at < last && out.size() < kMost) {
        const auto info = zone.get_info(at);
        time::Zone::Stretch s;
        s.from = out.empty() ? -kFar : out.back().to;
        s.to = info.end > last ? kFar : info.end.time_since_epoch().count();
        s.offset = static_cast<int>(info.offset.count());
        if (!out.empty() && out.back().offset == s.offset)
            out.back().to = s.to;
        else
            out.push_back(s);
        at = info.end;
    }
    if (out.empty()) return out;
    out.back().to = kFar;
    // After these years each offset of the last of them may hold.
    const auto tail =
        (date::sys_seconds{last} - std::chrono::duration_cast<Seconds>(date::years{2}))
            .time_since_epoch()
            .count();
    const auto count = out.size();
    for (std::size_t i = 0; i + 1 < count; ++i)
        if (out[i].to > tail)
            out.push_back({Seconds{last.time_since_epoch()}.count(), kFar, out[i].offset});
    return out;
}

}  // namespace

std::optional<time::Zone> read_zone(const std::string& name) {
    time::Zone zone;
    zone.name = name;
    if (name == "unknown") {
        zone.kind = time::Zone::Kind::unknown;
        return zone;
    }
    if (const auto minutes = time::offset_minutes(name)) {
        zone.kind = time::Zone::Kind::fixed;
        zone.offset = *minutes * 60;
        return zone;
    }
    if (!known_zone(name)) return std::nullopt;
    try {
        zone.kind = time::Zone::Kind::named;
        zone.stretches = stretches_of(*date::locate_zone(name));
        return zone;
    } catch (const std::exception&) {
        return std::nullopt;  // a file of the folder that is no zone
    }
}

std::string near_zones(const std::string& name) {
    const auto written = "write a name such as Asia/Dushanbe, an offset such as +05:00";
    std::vector<std::string> names;
    try {
        for (const auto& z : date::get_tzdb().zones) names.push_back(z.name());
    } catch (const std::exception&) {
        return written;
    }
    // The city alone, or its country wrong: `Dushanbe`, `Europe/Dushanbe`.
    const auto city = [](const std::string& s) { return s.substr(s.rfind('/') + 1); };
    if (const auto near = text::nearest(name, names)) return "did you mean `" + *near + "`?";
    std::vector<std::string> cities;
    for (const auto& n : names) cities.push_back(city(n));
    if (const auto near = text::nearest(city(name), cities))
        for (const auto& n : names)
            if (city(n) == *near) return "did you mean `" + n + "`?";
    return written;
}

}  // namespace antinomy::model
