#pragma once
// Calendars of working days (`calendars:` of packs), read a second time. Of days outside the years
// that one covers nothing is known, nor where counting leaves them.

#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "time/calendar.hpp"

namespace antinomy::verify {

class WorkingDays {
public:
    // Nothing: not a calendar as rules/README.md has it.
    [[nodiscard]] static std::shared_ptr<const WorkingDays> read(const YAML::Node&);

    // The days from which one can count n working days on (back); they are a stretch. n is 0 or
    // more: 0 is the day itself, or the next that is worked. Nothing: from none.
    [[nodiscard]] std::optional<time::Window> known(std::int64_t n, bool back) const;
    // Where one comes to; `from` must be one of those days.
    [[nodiscard]] time::Day count(time::Day from, std::int64_t n, bool back) const;

private:
    time::Window covered_{time::Day{0}, time::Day{-1}};
    std::vector<time::Day> worked_;  // in order
};

}  // namespace antinomy::verify
