#include "time/plain_day.hpp"

#include <variant>

#include "grammar/edtf.hpp"
#include "time/stated.hpp"

namespace antinomy::time {

std::optional<Day> plain_day(std::string_view text, std::string& why) {
    const auto parsed = grammar::parse_edtf(std::string(text));
    const auto* edtf = std::get_if<grammar::Edtf>(&parsed);
    if (edtf == nullptr) return std::nullopt;
    const auto day = day_of(*edtf, {});
    if (const auto* bad = std::get_if<CalendarError>(&day)) {
        why = bad->message;
        return std::nullopt;
    }
    if (grammar::kind(*edtf) != "day" || grammar::level(*edtf) != 0) return std::nullopt;
    return std::get<StatedDay>(day).days.hull().first;
}

}  // namespace antinomy::time
