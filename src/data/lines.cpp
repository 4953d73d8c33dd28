#include "data/lines.hpp"

namespace antinomy::data {

namespace {

bool blank(std::string_view s) {
    return s.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

bool Lines::line(Raw& out) {
    out.flaw.reset();
    out.offset = offset_;
    out.begin = {};
    out.begin.line = line_++;
    std::size_t seen = 0;
    bool too_long = false;
    for (;;) {
        const auto held = window_.held();
        const auto at = held.find('\n', seen);
        if (at != std::string_view::npos) {
            if (!too_long) out.bytes.assign(held.substr(0, at > kLongestRecord ? 64 : at));
            too_long = too_long || at > kLongestRecord;
            window_.drop(at + 1);
            offset_ += at + 1;
            break;
        }
        seen = held.size();
        if (seen > kLongestRecord) {
            // Its begin is kept for the message, no more.
            if (!too_long) out.bytes.assign(held.substr(0, 64));
            too_long = true;
            window_.drop(seen);
            offset_ += seen;
            seen = 0;
        }
        if (window_.more()) continue;
        const auto rest = window_.held();
        if (rest.empty() && !too_long) return false;
        if (!too_long) out.bytes.assign(rest);
        offset_ += rest.size();
        window_.drop(rest.size());
        break;
    }
    if (!out.bytes.empty() && out.bytes.back() == '\r') out.bytes.pop_back();
    if (too_long)
        out.flaw = {"record-too-long",
                    "the line is longer than " + std::to_string(kLongestRecord >> 20) + " MiB",
                    "split the record", 0};
    return true;
}

bool Lines::next(Raw& out) {
    if (!begun_) {
        begun_ = true;
        if (window_.drop_mark()) offset_ += 3;
    }
    while (line(out)) {
        if (!out.flaw && blank(out.bytes)) continue;
        out.number = ++records_;
        return true;
    }
    return false;
}

}  // namespace antinomy::data
