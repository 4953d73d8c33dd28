#include "cli/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace antinomy::cli {

namespace {

std::string time_words(double seconds) {
    const auto s = static_cast<std::uint64_t>(seconds + 0.5);
    if (s < 60) return std::to_string(s) + " s";
    if (s < 3600) return std::to_string(s / 60) + " min " + std::to_string(s % 60) + " s";
    return std::to_string(s / 3600) + " h " + std::to_string(s % 3600 / 60) + " min";
}

std::string mebibytes(std::uint64_t bytes) {
    return std::to_string(bytes >> 20u);
}

}  // namespace

std::string progress_line(const data::Progress& p, double seconds) {
    std::string out;
    if (p.readings > 1) out = "reading " + std::to_string(p.reading) + " of 2: ";
    out += std::to_string(p.records) + " records, " +
           std::to_string(static_cast<std::uint64_t>(static_cast<double>(p.records) / seconds)) +
           " a second, ";
    if (p.size == 0) return out + mebibytes(p.bytes) + " MiB read";
    // What is read is ahead of what is checked by no more than a few batches.
    const auto done = std::min(p.bytes, p.size);
    out += mebibytes(done) + " of " + mebibytes(p.size) + " MiB";
    if (done > 0)
        out +=
            ", " +
            time_words(seconds * static_cast<double>(p.size - done) / static_cast<double>(done)) +
            " left";
    return out;
}

ProgressLine::ProgressLine() : wanted_(isatty(STDERR_FILENO) == 1) {}

void ProgressLine::show(const data::Progress& p) {
    const auto now = Clock::now();
    if (p.reading != reading_) {
        reading_ = p.reading;
        begun_ = shown_ = now;
    }
    if (!wanted_ || now - shown_ < std::chrono::milliseconds(500)) return;
    shown_ = now;
    std::cerr << '\r' << progress_line(p, std::chrono::duration<double>(now - begun_).count())
              << "\x1b[K" << std::flush;
    on_screen_ = true;
}

void ProgressLine::clear() {
    if (on_screen_) std::cerr << "\r\x1b[K" << std::flush;
    on_screen_ = false;
}

}  // namespace antinomy::cli
