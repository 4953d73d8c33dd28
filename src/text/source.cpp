#include "text/source.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <utility>

#include "text/utf8.hpp"

namespace antinomy::text {

namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
// Room for the lines of a long text is taken at once, as if each had so many bytes.
constexpr std::size_t kLong = 4096;
constexpr std::size_t kLineAbout = 40;

}  // namespace

FileId SourceMap::add(std::string name, std::string bytes) {
    return add_part(std::move(name), std::move(bytes), {});
}

FileId SourceMap::add_part(std::string name, std::string bytes, const Position& begin) {
    File file{std::move(name), std::move(bytes), {}, begin};
    const std::string_view all = file.bytes;
    // A byte order mark is no part of the first line: columns must not depend on it.
    file.line_starts.push_back(
        static_cast<std::uint32_t>(all.substr(0, kBom.size()) == kBom ? kBom.size() : 0));
    if (all.size() > kLong) file.line_starts.reserve(all.size() / kLineAbout);
    for (std::size_t at = all.find('\n'); at != std::string_view::npos; at = all.find('\n', at + 1))
        file.line_starts.push_back(static_cast<std::uint32_t>(at + 1));
    files_.push_back(std::move(file));
    return FileId{static_cast<std::uint32_t>(first() + files_.size() - 1)};
}

const SourceMap::File* SourceMap::find(FileId id) const {
    if (id.value < first()) return below_->find(id);
    return id.value < size() ? &files_[id.value - first()] : nullptr;
}

std::string_view SourceMap::name(FileId id) const {
    const File* file = find(id);
    return file != nullptr ? std::string_view(file->name) : std::string_view();
}

std::string_view SourceMap::bytes(FileId id) const {
    const File* file = find(id);
    return file != nullptr ? std::string_view(file->bytes) : std::string_view();
}

namespace {

// Which of the lines held an offset is in, from 0.
std::size_t line_of(const std::vector<std::uint32_t>& starts, std::uint32_t offset) {
    const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
    return after == starts.begin() ? 0 : static_cast<std::size_t>(after - starts.begin()) - 1;
}

}  // namespace

Position SourceMap::position(FileId id, std::uint32_t offset) const {
    std::string_view before;
    auto place = count(id, offset, before);
    place.column_cells += display_width(before);
    return place;
}

Position SourceMap::line_and_column(FileId id, std::uint32_t offset) const {
    std::string_view before;
    return count(id, offset, before);
}

Position SourceMap::count(FileId id, std::uint32_t offset, std::string_view& before) const {
    Position place;
    const File* held = find(id);
    if (held == nullptr) return place;
    const File& file = *held;
    const auto size = static_cast<std::uint32_t>(file.bytes.size());
    offset = std::clamp(offset, file.line_starts.front(), std::max(size, file.line_starts.front()));
    const std::size_t line = line_of(file.line_starts, offset);
    const std::uint32_t start = file.line_starts[line];
    if (line == 0) place = file.begin;
    place.line = static_cast<std::uint32_t>(line) + file.begin.line;
    before = std::string_view(file.bytes).substr(start, offset - start);
    // Between CR and LF: still the end of the text, so that both line ends give the same column.
    if (offset < size && file.bytes[offset] == '\n' && !before.empty() && before.back() == '\r')
        before.remove_suffix(1);
    place.column_bytes += static_cast<std::uint32_t>(before.size());
    for (std::size_t i = 0; i < before.size();) {
        // Most of it is plain: of a byte each.
        if (static_cast<unsigned char>(before[i]) < 0x80) {
            const auto plain =
                static_cast<std::uint32_t>(std::max<std::size_t>(plain_bytes(before.substr(i)), 1));
            place.column += plain;
            place.column_utf16 += plain;
            i += plain;
            continue;
        }
        const Utf8 point = decode_utf8(before, i);
        place.column += 1;
        place.column_utf16 += point.valid && point.value > 0xFFFF ? 2 : 1;
        i += point.length;
    }
    return place;
}

std::uint32_t SourceMap::line_start(FileId id, std::uint32_t offset) const {
    const File* file = find(id);
    return file == nullptr ? 0 : file->line_starts[line_of(file->line_starts, offset)];
}

std::string_view SourceMap::line(FileId id, std::uint32_t number) const {
    const File* held = find(id);
    if (held == nullptr || number < held->begin.line) return {};
    const File& file = *held;
    const std::size_t index = number - file.begin.line;
    if (index >= file.line_starts.size()) return {};
    const std::string_view all = file.bytes;
    const std::uint32_t begin = file.line_starts[index];
    if (index + 1 == file.line_starts.size()) return all.substr(begin);
    std::string_view text = all.substr(begin, file.line_starts[index + 1] - 1 - begin);
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    return text;
}

std::uint32_t SourceMap::line_count(FileId id) const {
    const File* file = find(id);
    if (file == nullptr) return 0;
    auto count = static_cast<std::uint32_t>(file->line_starts.size());
    // What follows the last line break is a line only if something stands there.
    if (count > 1 && file->line_starts.back() == file->bytes.size()) --count;
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
    const auto plain = [&](std::size_t i) { return utf8[i] >= ' ' && utf8[i] <= '~'; };
    for (std::size_t i = 0; i < utf8.size();) {
        // Of two of ASCII each is a cluster of one cell.
        if (i > 0 && plain(i) && plain(i - 1)) {
            const auto end = i + plain_bytes(utf8.substr(i));
            total += cluster + static_cast<std::uint32_t>(end - i - 1);
            cluster = 1;
            flag_half = 0;
            state = 0;
            previous = utf8[end - 1];
            i = end;
            continue;
        }
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
