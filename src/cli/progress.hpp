#pragma once
// How far a check of data is, on one line of a terminal: records, how many a second, and where the
// size of the data is known how much of it is read and how long the rest will take at that rate.

#include <chrono>
#include <cstdint>
#include <string>

#include "data/run.hpp"

namespace antinomy::cli {

// "1200 records, 400 a second, 3 of 12 MiB, 9 s left", so many seconds after the reading began.
[[nodiscard]] std::string progress_line(const data::Progress&, double seconds);

class ProgressLine {
public:
    // Written to standard error if that is a terminal, at most twice a second.
    ProgressLine();
    void show(const data::Progress&);
    // Makes room for other output.
    void clear();
    [[nodiscard]] bool wanted() const { return wanted_; }

private:
    using Clock = std::chrono::steady_clock;
    bool wanted_;
    bool on_screen_ = false;
    int reading_ = 0;
    Clock::time_point begun_ = Clock::now();
    Clock::time_point shown_ = begun_;
};

}  // namespace antinomy::cli
