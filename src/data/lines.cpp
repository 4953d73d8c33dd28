#include "data/lines.hpp"

#include <algorithm>

namespace antinomy::data {

namespace {

bool blank(std::string_view s) {
    if (!s.empty() && s.front() == '{') return false;  // as most lines begin
    return s.find_first_not_of(" \t\r") == std::string_view::npos;
}

// Without the line break, of which only the LF was taken.
std::string_view without_cr(std::string_view line) {
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
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

void Lines::begin() {
    if (begun_) return;
    begun_ = true;
    if (window_.drop_mark()) offset_ += 3;
}

bool Lines::several(Raw& out, std::size_t most) {
    begin();
    out.flaw.reset();
    out.lines = 0;
    // Who parses the lines where they stand may read a little further than the last one.
    if (out.bytes.size() < most + kBehind) out.bytes.resize(most + kBehind);
    auto* const to = out.bytes.data();
    // Until there is one that is not blank.
    while (out.lines == 0) {
        std::size_t size = 0;
        std::size_t end = 0;  // behind the last line break
        while (end == 0 && size < most) {
            const auto got = window_.read(to + size, most - size);
            if (got == 0) break;
            const auto at = std::string_view(to + size, got).rfind('\n');
            if (at != std::string_view::npos) end = size + at + 1;
            size += got;
        }
        window_.put_back({to + end, size - end});
        if (end == 0) return false;
        out.begin = {};
        out.begin.line = line_;
        out.offset = offset_;
        out.number = records_ + 1;
        out.ends.clear();
        for (std::size_t at = 0; at < end; ++line_) {
            const std::string_view rest(to + at, end - at);
            const auto line = rest.substr(0, rest.find('\n'));
            out.ends.push_back(static_cast<std::uint32_t>(at + line.size()));
            if (!blank(line)) ++out.lines;
            at += line.size() + 1;
        }
        offset_ += end;
        records_ += out.lines;
    }
    return true;
}

bool LinesOf::next(std::string_view& bytes) {
    while (end_ != ends_.end()) {
        const std::size_t end = *end_++;
        given_ = without_cr(bytes_.substr(at_, end - at_));
        given_offset_ = offset_ + at_;
        ++line_;
        at_ = end + 1;
        if (blank(given_)) continue;
        ++number_;
        bytes = given_;
        return true;
    }
    return false;
}

void LinesOf::take(Raw& out) const {
    out.offset = given_offset_;
    out.begin = {};
    out.begin.line = line_ - 1;
    out.flaw.reset();
    out.bytes.assign(given_);
    out.number = number_ - 1;
    out.lines = 0;
}

bool LinesOf::next(Raw& out) {
    std::string_view bytes;
    if (!next(bytes)) return false;
    take(out);
    return true;
}

bool Lines::next(Raw& out) {
    begin();
    out.lines = 0;
    while (line(out)) {
        if (!out.flaw && blank(out.bytes)) continue;
        out.number = ++records_;
        return true;
    }
    return false;
}

}  // namespace antinomy::data
