#pragma once
// Durations as a case file states them: `10 days`, `7 years 6 months`, `3 hours`. Numbers with
// units, the larger unit first, each at most once; a number alone is days.
#include <string_view>

#include "grammar/ast.hpp"

namespace antinomy::grammar {

// Never negative; each count at most 1,000,000.
struct WrittenDuration {
    std::int64_t years = 0;
    std::int64_t months = 0;
    std::int64_t weeks = 0;
    std::int64_t days = 0;
    std::int64_t hours = 0;
    std::int64_t minutes = 0;
};

[[nodiscard]] Parsed<WrittenDuration> parse_duration(std::string_view text);

}  // namespace antinomy::grammar
