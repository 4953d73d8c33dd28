#pragma once
// What a report is made of, whatever its format: what was found, where it was read, what was wrong
// with what was read, and what the run was. Nothing in it is computed by a renderer.
//
// Everything it points to is the caller's and outlives the printing.

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "check/chronology.hpp"
#include "check/finding.hpp"
#include "check/sheet.hpp"
#include "check/silence.hpp"
#include "report/provenance.hpp"
#include "report/terminal.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

namespace antinomy::report {

// Which findings are asked to fail a run (exit 1).
struct Threshold {
    std::optional<check::Severity> worst = check::Severity::error;  // or worse; none: never
    bool possible = false;                                          // possible findings count too

    [[nodiscard]] bool counts(check::Severity severity, check::Verdict verdict) const {
        return worst && severity <= *worst && (possible || verdict == check::Verdict::certain);
    }
    // What is suppressed, or stands in the baseline, never does.
    [[nodiscard]] bool counts(const check::Finding& f) const {
        return f.suppressed.empty() && f.baseline != check::Baseline::old &&
               counts(f.severity, f.verdict);
    }
};

// A rule that applied to something in a case.
struct Ran {
    std::string rule;
    bool passed = false;  // wherever it applied: what it requires holds, or an exception does
};

// What rules say in another language than the report itself, which is English.
struct Wording {
    std::string language;  // "ru"; empty: all is English
    std::set<std::string, std::less<>> texts;
    std::set<std::pair<std::string, bool>> messages;  // of a rule; true: on what is possible

    // The language of a text of a rule or pack; empty: that of the report.
    [[nodiscard]] std::string of(std::string_view text) const {
        return texts.count(text) > 0 ? language : "";
    }
    [[nodiscard]] std::string of_message(const check::Finding& f) const {
        const bool possible = f.verdict == check::Verdict::possible;
        return messages.count({f.rule, possible}) > 0 ? language : "";
    }
};

struct Report {
    const check::Result& result;
    const text::SourceMap& sources;
    const text::Diagnostics& problems;
    Style style{};  // of formats that are read on a terminal
    // Of each case of the result, in its order; empty where no format asked for them.
    std::vector<check::Chronology> chronologies{};
    std::vector<check::CaseSheet> sheets{};   // likewise
    std::vector<check::Silences> silences{};  // likewise
    Provenance provenance{};                  // empty where no format asked for it
    std::size_t max_findings = 0;  // formats for reading tell so many, and count the rest; 0: all
    Threshold threshold{};
    // Of each case of the result, in its order: by id.
    std::vector<std::vector<Ran>> ran{};
    Wording wording{};
    // What `antinomy explain` wants beside a fingerprint, as a shell reads it; empty: the paths of
    // the cases, which a reader knows.
    std::string explain_beside{};
};

}  // namespace antinomy::report
