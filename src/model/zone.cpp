#include "model/zone.hpp"

#include <date/tz.h>

#include <filesystem>
#include <stdexcept>

namespace antinomy::model {

bool known_zone(const std::string& name) {
    // A look into the folder spares reading the whole database when no clock time asks for it.
    if (name.empty() || name.front() == '/' || name.find("..") != std::string::npos) return false;
    std::error_code ec;
    const std::filesystem::path base("/usr/share/zoneinfo");
    if (!std::filesystem::is_directory(base, ec)) return true;
    return std::filesystem::is_regular_file(base / name, ec);
}

int zone_offset(const std::string& name, const grammar::EdtfDate& local) {
    try {
        const auto digits = [](const std::string& s) {
            int n = 0;
            for (const char c : s) n = n * 10 + (c >= '0' && c <= '9' ? c - '0' : 0);
            return n;
        };
        const date::local_days day{date::year{digits(local.year)} / digits(local.month) /
                                   digits(local.day)};
        const auto at =
            day + std::chrono::hours(local.clock->hour) + std::chrono::minutes(local.clock->minute);
        const auto info = date::locate_zone(name)->get_info(at);
        return static_cast<int>(
            std::chrono::duration_cast<std::chrono::minutes>(info.first.offset).count());
    } catch (const std::exception&) {
        return 0;  // the zone was refused when the case was read
    }
}

}  // namespace antinomy::model
