#include "report/excerpt.hpp"

#include <algorithm>
#include <cstdint>
#include <ostream>
#include <string_view>

namespace antinomy::report {
namespace {

// Bytes of a line that are looked at before and after the marks: no screen shows more.
constexpr std::uint32_t kBefore = 1024;
constexpr std::uint32_t kAfter = 2048;

// One row of cells under construction: what stands in each column, and its tone.
class Row {
public:
    void put(int column, std::string_view safe, Tone tone) {
        for (const Cluster& c : clusters(safe)) {
            const auto at = static_cast<std::size_t>(column);
            if (cells_.size() < at + static_cast<std::size_t>(std::max(c.width, 1)))
                cells_.resize(at + static_cast<std::size_t>(std::max(c.width, 1)));
            cells_[at] = {c.shown, tone, false};
            for (int i = 1; i < c.width; ++i)
                cells_[at + static_cast<std::size_t>(i)] = {"", tone, true};
            column += c.width;
        }
    }
    [[nodiscard]] std::string str(const Style& style) const {
        std::string out;
        for (std::size_t i = 0; i < cells_.size();) {
            const Tone tone = cells_[i].tone;
            std::string run;
            while (i < cells_.size() && cells_[i].tone == tone) {
                if (!cells_[i].covered) run += cells_[i].shown.empty() ? " " : cells_[i].shown;
                ++i;
            }
            out += paint(tone, run, style);
        }
        return out;
    }

private:
    struct Cell {
        std::string shown;
        Tone tone = Tone::plain;
        bool covered = false;  // by a wide character before it
    };
    std::vector<Cell> cells_;
};

struct Placed {
    const Mark* mark;
    int from = 0;  // columns of the window
    int to = 0;
    std::string label;
};

struct Line {
    text::FileId file;
    std::uint32_t number = 0;
    std::uint32_t start = 0;  // byte offset of the line in the file
    std::string_view text;
};

Line line_of(const text::SourceMap& sources, const text::Span& span) {
    Line out;
    out.file = span.file;
    const text::Position p = sources.position(span.file, span.begin);
    out.number = p.line;
    out.start = sources.line_start(span.file, span.begin);
    out.text = sources.line(span.file, p.line);
    return out;
}

void frame(std::ostream& out, int gutter, std::string_view number, const Style& style) {
    std::string text = spaces(gutter - static_cast<int>(number.size()));
    text += number;
    text += style.unicode ? " │" : " |";
    out << paint(Tone::frame, text, style);
}

void row(std::ostream& out, int gutter, std::string_view number, const Row& cells,
         const Style& style) {
    frame(out, gutter, number, style);
    const std::string text = cells.str(style);
    if (!text.empty()) out << ' ' << text;
    out << '\n';
}

// The labels that do not fit beside their underline, right to left, each below its own column.
void hang_labels(std::ostream& out, std::vector<Placed*> left, int gutter, int room,
                 const Style& style) {
    const std::string_view post = style.unicode ? "│" : "|";
    if (left.size() > 1) {
        Row posts;
        for (const Placed* p : left) posts.put(p->from, post, p->mark->tone);
        row(out, gutter, "", posts, style);
    }
    while (!left.empty()) {
        const Placed* p = left.back();
        left.pop_back();
        int column = p->from;
        const int wanted = std::min(cells(p->label), 40);
        if (room - column < wanted) column = std::max(0, room - wanted);
        if (!left.empty() && column < left.back()->from + 2)
            column = std::min(p->from, left.back()->from + 2);
        bool posts = true;
        if (room - column < std::min(wanted, 16)) {
            column = std::max(0, room - wanted);
            posts = false;
        }
        for (const std::string& piece : wrap(p->label, room - column)) {
            Row cells;
            if (posts)
                for (const Placed* other : left) cells.put(other->from, post, other->mark->tone);
            cells.put(column, piece, p->mark->tone);
            row(out, gutter, "", cells, style);
        }
    }
}

// Marks of one line, as many as one window can show; returns how many were shown.
std::size_t print_line(std::ostream& out, const Line& line, const std::vector<const Mark*>& marks,
                       int gutter, const Style& style) {
    const int room = std::max(style.width - gutter - 3, 20);
    // Bytes, from the start of the line.
    const auto offset = [&](std::uint32_t at) {
        const auto size = static_cast<std::uint32_t>(line.text.size());
        return at < line.start ? 0 : std::min(at - line.start, size);
    };
    std::size_t count = 1;
    std::uint32_t low = offset(marks[0]->span.begin);
    std::uint32_t high = low;
    while (count < marks.size()) {
        const std::uint32_t at = offset(marks[count]->span.begin);
        if (std::max(high, at) - std::min(low, at) > kAfter / 2) break;
        low = std::min(low, at);
        high = std::max(high, at);
        ++count;
    }
    std::uint32_t begin = low > kBefore ? low - kBefore : 0;
    std::size_t end = std::min<std::size_t>(line.text.size(), std::size_t{high} + kAfter);
    const auto inside = [&](std::size_t at) {
        return at < line.text.size() && (static_cast<unsigned char>(line.text[at]) & 0xc0) == 0x80;
    };
    for (int i = 0; i < 3 && begin > 0 && inside(begin); ++i) --begin;
    for (int i = 0; i < 3 && inside(end); ++i) ++end;
    std::string_view slice = line.text.substr(begin, end - begin);
    if (end == line.text.size())
        while (!slice.empty() && (slice.back() == ' ' || slice.back() == '\t'))
            slice.remove_suffix(1);
    const std::vector<Cluster> shown = clusters(slice);
    std::vector<int> columns;  // of each cluster, and of the end
    int total = 0;
    for (const Cluster& c : shown) {
        columns.push_back(total);
        total += c.width;
    }
    columns.push_back(total);
    const int code_end = total;
    const auto column_of = [&](std::uint32_t at, bool after) {
        const std::size_t byte = at < begin ? 0 : at - begin;
        std::size_t i = 0;
        while (i < shown.size() && (after ? shown[i].begin < byte : shown[i].end <= byte)) ++i;
        return columns[i];
    };
    std::vector<Placed> placed;
    for (std::size_t i = 0; i < count; ++i) {
        Placed p{marks[i], 0, 0, one_line(marks[i]->label)};
        p.from = column_of(offset(marks[i]->span.begin), false);
        p.to = std::max(p.from + 1, column_of(offset(marks[i]->span.end), true));
        total = std::max(total, p.to);  // a caret after the end of the line
        placed.push_back(std::move(p));
    }

    // The window: columns [first, first + size), with "..." where the line goes on.
    const bool cut_before = begin > 0;
    const bool cut_after = end < line.text.size();
    int first = 0;
    int last = total;
    if (cut_before || cut_after || total > room) {
        constexpr int dots = 3;
        const int size = room - 2 * dots;
        std::size_t fit = 1;
        int from = placed[0].from;
        int to = std::min(placed[0].to, from + size);
        for (; fit < placed.size(); ++fit) {
            const int f = std::min(from, placed[fit].from);
            const int t = std::max(to, placed[fit].to);
            if (t - f > size) break;
            from = f;
            to = t;
        }
        placed.resize(fit);
        count = fit;
        first = std::max(0, from - (size - (to - from)) / 2);
        if (!cut_before && to <= room - dots) first = 0;
        const bool dots_before = first > 0 || cut_before;
        last = first + room - (dots_before ? 2 * dots : dots);
        if (last >= total && !cut_after) {
            last = total;
            first = std::max(0, std::min(from, total - (room - dots)));
        }
    }
    const bool dots_before = first > 0 || cut_before;
    const bool dots_after = last < code_end || cut_after;
    const int shift = (dots_before ? 3 : 0) - first;
    Row code;
    if (dots_before) code.put(0, "...", Tone::faint);
    for (std::size_t i = 0; i < shown.size(); ++i)
        if (columns[i] >= first && columns[i + 1] <= last)
            code.put(columns[i] + shift, shown[i].shown, Tone::plain);
    if (dots_after) code.put(last + shift, "...", Tone::faint);
    row(out, gutter, std::to_string(line.number), code, style);

    for (Placed& p : placed) {
        p.from = std::clamp(p.from, first, std::max(first, last - 1)) + shift;
        p.to = std::max(std::min(p.to, std::max(last, first + 1)) + shift, p.from + 1);
    }
    // Equal places: one underline, the labels joined.
    std::vector<Placed> merged;
    for (Placed& p : placed) {
        const auto same = std::find_if(merged.begin(), merged.end(), [&](const Placed& m) {
            return m.from == p.from && m.to == p.to;
        });
        if (same == merged.end()) {
            merged.push_back(std::move(p));
            continue;
        }
        if (!p.label.empty() && p.label != same->label)
            same->label += (same->label.empty() ? "" : "; ") + p.label;
        if (p.mark->primary) same->mark = p.mark;
    }
    std::stable_sort(merged.begin(), merged.end(),
                     [](const Placed& a, const Placed& b) { return a.from < b.from; });
    Row under;
    int right = 0;
    for (const bool primary : {false, true})
        for (const Placed& p : merged) {
            if (p.mark->primary != primary) continue;
            for (int c = p.from; c < p.to; ++c)
                under.put(c, primary ? "^" : style.unicode ? "─" : "-", p.mark->tone);
            right = std::max(right, p.to);
        }
    std::vector<Placed*> below;
    for (Placed& p : merged)
        if (!p.label.empty()) below.push_back(&p);
    if (!below.empty() && below.back()->to == right &&
        right + 1 + cells(below.back()->label) <= room) {
        under.put(right + 1, below.back()->label, below.back()->mark->tone);
        below.pop_back();
    }
    row(out, gutter, "", under, style);
    hang_labels(out, below, gutter, room, style);
    return count;
}

}  // namespace

int gutter_of(const text::SourceMap& sources, const std::vector<text::Span>& spans) {
    int digits = 2;
    for (const text::Span& s : spans)
        if (s.valid())
            digits = std::max(
                digits,
                static_cast<int>(std::to_string(sources.position(s.file, s.begin).line).size()));
    return digits;
}

std::string place_words(const text::SourceMap& sources, const text::Span& span) {
    if (!span.valid()) return {};
    std::string out = sanitize(sources.name(span.file));
    if (span.begin == span.end && span.begin == 0) return out;
    const text::Position p = sources.line_and_column(span.file, span.begin);
    return out + ':' + std::to_string(p.line) + ':' + std::to_string(p.column);
}

text::FileId print_excerpt(std::ostream& out, const text::SourceMap& sources,
                           const std::vector<Mark>& marks, int gutter, text::FileId shown,
                           const Style& style) {
    for (std::size_t i = 0; i < marks.size();) {
        if (!marks[i].span.valid()) {
            ++i;
            continue;
        }
        const Line line = line_of(sources, marks[i].span);
        if (!(line.file == shown)) {
            out << spaces(gutter) << paint(Tone::frame, "-->", style) << ' '
                << place_words(sources, marks[i].span) << '\n';
            shown = line.file;
        }
        std::vector<const Mark*> same;
        std::size_t next = i;
        for (; next < marks.size() && marks[next].span.valid(); ++next) {
            const text::Span& s = marks[next].span;
            if (!(s.file == line.file) || s.begin < line.start ||
                s.begin > line.start + line.text.size())
                break;
            same.push_back(&marks[next]);
        }
        while (!same.empty()) {
            const std::size_t n = print_line(out, line, same, gutter, style);
            same.erase(same.begin(), same.begin() + static_cast<std::ptrdiff_t>(n));
        }
        i = std::max(next, i + 1);
    }
    return shown;
}

void print_bar(std::ostream& out, int gutter, const Style& style) {
    frame(out, gutter, "", style);
    out << '\n';
}

}  // namespace antinomy::report
