#pragma once
// What `check` is asked for, for case files (check.cpp) and for data sets (check_data.cpp).

#include <cstdint>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "report/report.hpp"

namespace antinomy::cli {

struct CheckOptions {
    std::vector<std::string> paths;
    std::vector<std::string> formats;  // "NAME" or "NAME=FILE", as written
    std::string html;                  // the same as the format `html=...`
    std::string docx;                  // likewise
    std::string odt;
    std::string run_date;            // "2026-11-30"; empty: SOURCE_DATE_EPOCH, or none
    std::uint64_t max_findings = 0;  // 0: all are told
    std::string fail_on = "error";
    bool fail_on_possible = false;
    bool variants = false;
    std::string baseline;  // a file; empty: none
    std::string today;     // as given; empty: see today.hpp
    std::vector<std::string> accounts;
    std::vector<std::string> sources;
    std::vector<std::string> rules;
    // Of data sets.
    std::string map;
    std::string format = "text";
    std::vector<std::string> at_most;  // "RULE=3", "RULE=0.1%"
    std::uint64_t limit = 0;           // 0: all findings are told
    std::uint64_t sample = 0;
    bool no_screen = false;
    std::uint64_t seed = 0;
    unsigned threads = 0;  // 0: as many as there are processors

    // What counts for the exit code.
    [[nodiscard]] report::Threshold threshold() const;
};

// "certain findings of severity warning or worse": those that count.
[[nodiscard]] std::string counted_words(std::size_t n, const CheckOptions&);
// The last line on standard error: the exit code and its reason. Nothing where nothing was found.
void tell_exit(int code, const std::string& reason);

// `check --map`: the exit code.
[[nodiscard]] int check_data(const CheckOptions&, const Common&);

}  // namespace antinomy::cli
