#include "data/documents.hpp"

#include "text/join.hpp"

namespace antinomy::data {

namespace {

bool is_marker(std::string_view line) {
    const auto head = line.substr(0, 3);
    if (head != "---" && head != "...") return false;
    const auto rest = line.substr(3);
    return rest.empty() || rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\n' || rest[0] == '\r';
}

// `- `: an item of a list at the root.
bool is_item(std::string_view line) {
    return line[0] == '-' && (line.size() == 1 || line[1] == ' ' || line[1] == '\n' ||
                              line[1] == '\r' || line[1] == '\t');
}

bool has_content(std::string_view line) {
    const auto at = line.find_first_not_of(" \t\r\n");
    return at != std::string_view::npos && line[at] != '#';
}

}  // namespace

Documents::Got Documents::line(Raw& out) {
    std::size_t seen = 0;
    std::size_t count = 0;
    for (;;) {
        const auto held = window_.held();
        const auto at = held.find('\n', seen);
        if (at != std::string_view::npos) {
            count = at + 1;
            break;
        }
        seen = held.size();
        if (seen > kLongestRecord || !window_.more()) {
            count = window_.held().size();
            break;
        }
    }
    if (count == 0) return Got::nothing;
    const auto text = window_.held().substr(0, count);
    const bool marker = is_marker(text);
    // `--- {id: a}`: what follows the marker belongs to the document.
    const std::size_t taken = marker && has_content(text.substr(3)) && text[0] == '-' ? 3 : count;
    const bool item = !marker && is_item(text) && place_.column == 1;
    if (item && list_ && content_) return Got::item;
    if (marker) list_ = false;
    if (item && !content_) list_ = true;
    if (!marker) {
        content_ = content_ || has_content(text);
        if (!out.flaw && out.bytes.size() + count > kLongestRecord) {
            out.flaw = Flaw{"record-too-long",
                            text::join("the document is longer than ",
                                       std::to_string(kLongestRecord >> 20), " MiB"),
                            "split it", 0};
            out.bytes.resize(std::min<std::size_t>(out.bytes.size(), 64));
        }
        if (!out.flaw) {
            out.bytes.append(text);
            if (item && list_) out.bytes[out.bytes.size() - text.size()] = ' ';
        }
    }
    pass_over(place_, text.substr(0, taken));
    offset_ += taken;
    window_.drop(taken);
    return marker ? Got::marker : Got::line;
}

bool Documents::next(Raw& out) {
    if (!begun_) {
        begun_ = true;
        if (window_.drop_mark()) offset_ += 3;
    }
    for (;;) {
        out.bytes.clear();
        out.flaw.reset();
        out.begin = place_;
        out.offset = offset_;
        content_ = false;
        Got got = Got::line;
        while ((got = line(out)) == Got::line) {
        }
        if (content_) {
            out.number = ++records_;
            return true;
        }
        if (got == Got::nothing) return false;
    }
}

}  // namespace antinomy::data
