#pragma once
// What `antinomy baseline` is asked for, for case files (baseline.cpp) and for data sets
// (baseline_data.cpp).

#include <optional>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/workspace.hpp"
#include "track/baseline.hpp"

namespace antinomy::cli {

struct BaselineOptions {
    std::string file;
    ConfigChoice config;
    std::vector<std::string> paths;
    bool variants = false;
    std::string today;
    std::string map;       // of a data set; empty: cases
    unsigned threads = 0;  // 0: as many as there are processors
};

enum class Doing { write, update, prune };

// `baseline ... --map`: the exit code.
[[nodiscard]] int baseline_of_data(Doing, const BaselineOptions&, const Common&);

// The entries that the file has; of a new one that is there already those are asked for, too, since
// what is no baseline is not written over. Nothing: said, with all other problems. `most`: as
// `track::read_baseline` has it.
[[nodiscard]] std::optional<track::Entries> known_before(Workspace&, Doing, const BaselineOptions&,
                                                         const Common&, std::size_t most = 0);

// Writes the file, whole or not at all, and says what has changed. The exit code.
[[nodiscard]] int write_baseline(const BaselineOptions&, const track::Changed&);

// Says how many findings a baseline does not take up: those that are suppressed, and those of
// mandatory rules.
void tell_left_out(std::size_t suppressed, std::size_t mandatory);

}  // namespace antinomy::cli
