#include "text/source.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <utility>

#include "text/utf8.hpp"

namespace antinomy::text {

namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

}  // namespace

FileId SourceMap::add(std::string name, std::string bytes) {
    File file{std::move(name), std::move(bytes), {}};
    const std::string_view all = file.bytes;
    // A byte order mark is no part of the first line: columns must not depend on it.
    file.line_starts.push_back(
        static_cast<std::uint32_t>(all.substr(0, kBom.size()) == kBom ? kBom.size() : 0));
    for (std::size_t at = all.find('\n'); at != std::string_view::npos; at = all.find('\n', at + 1))
        file.line_starts.push_back(static_cast<std::uint32_t>(at + 1));
    files_.push_back(std::move(file));
    return FileId{static_cast<std::uint32_t>(files_.size() - 1)};
}

std::string_view SourceMap::name(FileId id) const {
    return id.value < files_.size() ? std::string_view(files_[id.value].name) : std::string_view();
}

std::string_view SourceMap::bytes(FileId id) const {
    return id.value < files_.size() ? std::string_view(files_[id.value].bytes) : std::string_view();
}

Position SourceMap::position(FileId id, std::uint32_t offset) const {
    Position place;
    if (id.value >= files_.size()) return place;
    const File& file = files_[id.value];
    const auto size = static_cast<std::uint32_t>(file.bytes.size());
    offset = std::clamp(offset, file.line_starts.front(), std::max(size, file.line_starts.front()));
    const auto after =
        std::upper_bound(file.line_starts.begin(), file.line_starts.end(), offset) - 1;
    place.line = static_cast<std::uint32_t>(after - file.line_starts.begin()) + 1;
    std::string_view before = std::string_view(file.bytes).substr(*after, offset - *after);
    // Between CR and LF: still the end of the text, so that both line ends give the same column.
    if (offset < size && file.bytes[offset] == '\n' && !before.empty() && before.back() == '\r')
        before.remove_suffix(1);
    place.column_bytes = static_cast<std::uint32_t>(before.size()) + 1;
    for (std::size_t i = 0; i < before.size();) {
        const Utf8 point = decode_utf8(before, i);
        place.column += 1;
        place.column_utf16 += point.valid && point.value > 0xFFFF ? 2 : 1;
        i += point.length;
    }
    place.column_cells = display_width(before) + 1;
    return place;
}

std::string_view SourceMap::line(FileId id, std::uint32_t number) const {
    if (id.value >= files_.size() || number == 0) return {};
    const File& file = files_[id.value];
    if (number > file.line_starts.size()) return {};
    const std::string_view all = file.bytes;
    const std::uint32_t begin = file.line_starts[number - 1];
    if (number == file.line_starts.size()) return all.substr(begin);
    std::string_view text = all.substr(begin, file.line_starts[number] - 1 - begin);
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    return text;
}

std::uint32_t SourceMap::line_count(FileId id) const {
    if (id.value >= files_.size()) return 0;
    const File& file = files_[id.value];
    auto count = static_cast<std::uint32_t>(file.line_starts.size());
    // What follows the last line break is a line only if something stands there.
    if (count > 1 && file.line_starts.back() == file.bytes.size()) --count;
    return count;
}

std::string_view SourceMap::text(const Span& span) const {
    const std::string_view all = bytes(span.file);
    const std::size_t begin = std::min<std::size_t>(span.begin, all.size());
    const std::size_t end = std::clamp<std::size_t>(span.end, begin, all.size());
    return all.substr(begin, end - begin);
}

std::uint32_t display_width(std::string_view utf8) {
    std::uint32_t total = 0;
    std::uint32_t cluster = 0;    // cells of the grapheme cluster being read
    std::uint32_t flag_half = 0;  // regional indicators in it: two make one flag of two cells
    utf8proc_int32_t state = 0;
    utf8proc_int32_t previous = -1;
    for (std::size_t i = 0; i < utf8.size();) {
        const Utf8 point = decode_utf8(utf8, i);
        i += point.length;
        const auto value = static_cast<utf8proc_int32_t>(point.valid ? point.value : 0xFFFD);
        const bool breaks =
            previous < 0 || utf8proc_grapheme_break_stateful(previous, value, &state);
        if (breaks) {
            total += cluster;
            cluster = 0;
            flag_half = 0;
        }
        auto cells =
            value == '\t' ? 1u : static_cast<std::uint32_t>(std::max(0, utf8proc_charwidth(value)));
        if (value >= 0x1F1E6 && value <= 0x1F1FF) cells = ++flag_half == 2 ? 2 : 1;
        if (value == 0xFE0F && cluster == 1) cells = 2;  // emoji presentation is wide
        cluster = std::max(cluster, cells);
        previous = value;
    }
    return total + cluster;
}

}  // namespace antinomy::text
