#pragma once
// How findings stand in a report: their order, their groups, and how much those that are built in
// weigh where a desk says so (antinomy.yaml).

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "check/finding.hpp"

namespace antinomy::check {

// Of findings that are built in (rule/builtin.hpp), by id: how much they weigh; none: they are off.
using BuiltinWeights = std::map<std::string, std::optional<Severity>, std::less<>>;

// The first day of the dates among a finding's facts; and among those that its timeline shows, too,
// by which reports go. kForever: it has none.
[[nodiscard]] time::Day first_stated(const Finding&);
[[nodiscard]] time::Day first_shown(const Finding&);
// Severity, verdict, first date, rule, place.
void sort_findings(std::vector<Finding>&);
// Names those of one conflict alike: the dates of one are among the dates of the other.
void group_findings(std::vector<Finding>&);
// The findings of a case that was checked, as these weights have them: those that are off are taken
// out, and the rest is sorted and grouped again.
void weigh(std::vector<Finding>&, const BuiltinWeights&);

}  // namespace antinomy::check
