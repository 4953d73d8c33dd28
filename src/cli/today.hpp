#pragma once
// Which day it is, for suppressions that end.
//
// The day of `--today`; else of SOURCE_DATE_EPOCH (seconds since 1970, UTC;
// reproducible-builds.org); else of the clock, in UTC. It is written into no report: what it
// decides is which suppressions have ended, so the same cases give the same bytes until one more
// has, and at any time with one of the first two.

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "time/calendar.hpp"

namespace antinomy::cli {

// The day of SOURCE_DATE_EPOCH (reproducible-builds.org), by which whoever builds says what a
// report is dated; none where it is not set. False, and why: it is no number of seconds since 1970.
[[nodiscard]] bool source_date(std::optional<time::Day>&, std::string& why);

// Nothing, and why: what was given is no day.
[[nodiscard]] std::optional<time::Day> day_of_run(const std::string& option, std::string& why);

// `--today`.
void add_today(CLI::App& app, std::string& option);

// Says on standard error that it is none; the exit code.
[[nodiscard]] int refused_day(const std::string& why);

}  // namespace antinomy::cli
