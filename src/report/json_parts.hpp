#pragma once
// Parts of the JSON reports that several of them share, so that a fact or a proof looks the same
// wherever it stands. Keys: README.md, "JSON".

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "check/finding.hpp"
#include "report/provenance.hpp"
#include "text/source.hpp"

namespace antinomy::report {

// An ISO day; null if unbounded.
[[nodiscard]] nlohmann::ordered_json json_day(time::Day);
// [[first, last], ...]
[[nodiscard]] nlohmann::ordered_json json_days(const time::DaySet&);
[[nodiscard]] nlohmann::ordered_json json_facts(const std::vector<check::Fact>&,
                                                const text::SourceMap&);
[[nodiscard]] nlohmann::ordered_json json_proof(const check::Proof&, const text::SourceMap&);
// As text (indent -1: one line), with controls and invisible characters as \u escapes.
[[nodiscard]] std::string json_text(const nlohmann::ordered_json&, int indent);
// What the run was.
[[nodiscard]] nlohmann::ordered_json json_run(const Provenance&);

}  // namespace antinomy::report
