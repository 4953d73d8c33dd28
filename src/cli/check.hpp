#pragma once
// What `check` is asked for, for case files (check.cpp) and for data sets (check_data.cpp).

#include <cstdint>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/outputs.hpp"
#include "cli/workspace.hpp"
#include "report/report.hpp"

namespace antinomy::cli {

struct CheckOptions {
    std::vector<std::string> paths;
    ConfigChoice config;
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
    bool no_baseline = false;
    std::string today;  // as given; empty: see today.hpp
    std::vector<std::string> accounts;
    std::vector<std::string> sources;
    std::vector<std::string> rules;
    bool redact = false;
    std::string redact_key;
    // Of data sets.
    std::string map;
    std::string format = "text";
    std::vector<std::string> at_most;  // "RULE=3", "RULE=0.1%"
    std::uint64_t limit = 0;           // 0: all findings are told
    std::uint64_t sample = 0;
    bool no_screen = false;
    bool gaps = false;     // all are told one by one
    bool no_gaps = false;  // none is
    std::uint64_t seed = 0;
    unsigned threads = 0;  // 0: as many as there are processors

    // What counts for the exit code.
    [[nodiscard]] report::Threshold threshold() const;
};

// Adds the options that a configuration can have a value for, and says which of them were given.
class Governed {
public:
    void add(CLI::App&, CheckOptions&);
    // Takes the values of the configuration for what the command line leaves open.
    void settle(const config::Config&, CheckOptions&) const;
    [[nodiscard]] bool given(const std::string& option) const {
        return app_->get_option(option)->count() > 0;
    }

private:
    CLI::App* app_ = nullptr;
};

// "certain findings of severity warning or worse": those that count.
[[nodiscard]] std::string counted_words(std::size_t n, const CheckOptions&);
// The last line on standard error: the exit code and its reason. Nothing where nothing was found.
void tell_exit(int code, const std::string& reason);

// `check --map`: the exit code.
// `outputs`: reports that are made at the end, one to standard output at most; else `format` goes
// there, as it comes.
[[nodiscard]] int check_data(const CheckOptions&, const Common&,
                             const std::vector<Output>& outputs);

}  // namespace antinomy::cli
