#pragma once
// What a run over a data set came to, counted.

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "check/run.hpp"

namespace antinomy::data {

struct Counts {
    std::array<std::array<std::uint64_t, 2>, 4> findings{};  // by severity, by verdict
    [[nodiscard]] std::uint64_t all() const;
    [[nodiscard]] std::uint64_t certain() const;
    void add(const Counts&);
};

// What a rule came to, in cases (of one record, or several); each counts once, for the gravest.
struct RuleCounts {
    std::uint64_t applied = 0;   // of rules that judge a record as a whole: see `whole`
    std::uint64_t passed = 0;    // what it requires holds, or an exception does
    std::uint64_t certain = 0;   // with a finding that is certain
    std::uint64_t possible = 0;  // with findings, all of them possible
    std::uint64_t gaps = 0;      // facts that it asks for and cases do not state
    Counts findings;
    // Beside a baseline: findings that it knows, those that it knows as possible alone, and cases
    // with others, which count (without a baseline these are all), as above.
    Counts known;
    std::uint64_t stronger = 0;
    std::uint64_t new_certain = 0;
    std::uint64_t new_possible = 0;
    // Applied, and neither passed nor found anything: a fact is not stated, a finding is
    // suppressed, or it was too much work.
    [[nodiscard]] std::uint64_t open() const;
    // A rule of the program's own, which is about a record as a whole: it is not counted where
    // it applied and passed.
    [[nodiscard]] bool whole() const { return applied == 0; }
    void add(const RuleCounts&);
};

struct Totals {
    std::uint64_t read = 0;
    std::uint64_t checked = 0;
    std::uint64_t not_checked = 0;  // read + wholly: read == checked + not_checked + left_out
    std::uint64_t left_out = 0;     // by a sample
    std::uint64_t cases = 0;        // that were checked, be it without some of their records
    std::uint64_t cases_left_out = 0;
    std::uint64_t quiet = 0;  // checked: in order at a quick look
    // Checked: what they say had been said by others before. How many depends on the threads.
    std::uint64_t alike = 0;
    // Rules that a quick look could not settle, in how many records ("": what is before all rules).
    std::map<std::string, std::uint64_t> looked_into;
    std::string why_no_look;  // why no record had one; empty: it had
    std::uint64_t with_findings = 0;
    std::uint64_t gaps = 0;
    std::uint64_t suppressed = 0;
    std::size_t files = 0;
    std::size_t files_left_out = 0;
    std::vector<std::size_t> part_files;      // by part of the map: files read
    std::map<std::string, RuleCounts> rules;  // that applied to something, or found it
    std::vector<std::string> among;           // rules that were left out
    std::vector<std::size_t> unmet;           // slots of paths that led nowhere in any record
    void add(const Totals&);
    // What each rule came to in one more record.
    void count(const check::Checked& record);
};

}  // namespace antinomy::data
