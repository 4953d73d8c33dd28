#include "report/timeline.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "report/terminal.hpp"

namespace antinomy::report {
namespace {

using time::bounded;
using time::Day;
using time::Window;

constexpr int kBreakColumns = 5;   // from one mark to the next: " // "
constexpr int kColumnsPerDay = 3;  // at most, on a broken axis

std::string short_date(Day d, bool with_year) {
    static constexpr std::array<std::string_view, 12> months = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (with_year) return time::to_string(d);
    const time::Civil c = time::to_civil(d);
    std::string out = std::to_string(c.day) + ' ';
    out += months[static_cast<std::size_t>(c.month - 1)];
    return out;
}

struct Glyphs {
    char32_t point, inferred_point, open, close, dash, inferred, start, bar, arrow_left,
        arrow_right;
};
constexpr Glyphs kUnicode{U'●', U'○', U'├', U'┤', U'─', U'┄', U'◆', U'━', U'◀', U'▶'};
constexpr Glyphs kAscii{U'*', U'o', U'[', U']', U'-', U'.', U'#', U'=', U'<', U'>'};

// From days to columns: linear pieces with cuts between them.
class Axis {
public:
    // `days`: sorted, distinct, not empty. `close[i]`: day i and the one before are the ends of one
    // window, which has two columns in any case. `covered[i]`: a window reaches from the one to the
    // other.
    Axis(std::vector<Day> days, std::vector<bool> close, std::vector<bool> covered, int width)
        : days_(std::move(days)),
          close_(std::move(close)),
          covered_(std::move(covered)),
          width_(width) {
        cut_.assign(days_.size(), false);
        place();
        while (crowded()) {
            std::size_t longest = 0;  // index of the day after the gap
            for (std::size_t i = 1; i < days_.size(); ++i)
                if (!cut_[i] && (longest == 0 || worth(i) > worth(longest))) longest = i;
            // Nothing is gained by cutting the shortest gaps, nor where no room is left.
            if (longest == 0 || worth(longest) == 0 ||
                (cuts() + 1) * kBreakColumns + static_cast<int>(days_.size()) > width_)
                break;
            cut_[longest] = true;
            place();
        }
    }
    [[nodiscard]] int column(Day d) const {
        const auto at = std::lower_bound(days_.begin(), days_.end(), d);
        return columns_[static_cast<std::size_t>(at - days_.begin())];
    }
    [[nodiscard]] int end() const { return columns_.back(); }
    struct Cut {
        int column;
        std::int64_t days;
    };
    [[nodiscard]] std::vector<Cut> list() const {
        std::vector<Cut> out;
        for (std::size_t i = 1; i < days_.size(); ++i)
            if (cut_[i]) out.push_back({columns_[i] - kBreakColumns + 2, gap(i)});
        return out;
    }

private:
    [[nodiscard]] std::int64_t gap(std::size_t i) const {
        return days_[i].value - days_[i - 1].value;
    }
    // Empty stretches are cut rather than windows, unless these are much longer.
    [[nodiscard]] std::int64_t worth(std::size_t i) const {
        return gap(i) <= smallest() + 1 ? 0 : covered_[i] ? gap(i) : 4 * gap(i);
    }
    [[nodiscard]] std::int64_t smallest() const {
        std::int64_t out = INT64_MAX;
        for (std::size_t i = 1; i < days_.size(); ++i) out = std::min(out, gap(i));
        return out;
    }
    [[nodiscard]] int cuts() const {
        return static_cast<int>(std::count(cut_.begin(), cut_.end(), true));
    }
    [[nodiscard]] bool crowded() const {
        for (std::size_t i = 1; i < columns_.size(); ++i)
            if (columns_[i] <= columns_[i - 1] && !close_[i]) return true;
        return false;
    }
    void place() {
        std::int64_t days = 0;
        for (std::size_t i = 1; i < days_.size(); ++i)
            if (!cut_[i]) days += gap(i);
        const int room = width_ - 1 - cuts() * kBreakColumns;
        double scale =
            days > 0 ? static_cast<double>(std::max(room, 1)) / static_cast<double>(days) : 0.0;
        if (cuts() > 0) scale = std::min(scale, static_cast<double>(kColumnsPerDay));
        columns_.assign(days_.size(), 0);
        std::int64_t run = 0;
        int cut = 0;
        for (std::size_t i = 1; i < days_.size(); ++i) {
            if (cut_[i])
                cut += kBreakColumns;
            else
                run += gap(i);
            columns_[i] = static_cast<int>(static_cast<double>(run) * scale + 0.5) + cut;
        }
    }

    std::vector<Day> days_;
    std::vector<bool> close_;
    std::vector<bool> covered_;
    int width_;
    std::vector<bool> cut_;
    std::vector<int> columns_;
};

// A row of single-cell glyphs.
class Canvas {
public:
    explicit Canvas(int width) : glyphs_(static_cast<std::size_t>(width), U' ') {}
    void put(int column, char32_t glyph) {
        if (column >= 0 && column < width()) glyphs_[static_cast<std::size_t>(column)] = glyph;
    }
    void write(int column, std::string_view ascii) {
        for (const char c : ascii) put(column++, static_cast<unsigned char>(c));
    }
    [[nodiscard]] bool free(int from, int to) const {  // [from, to)
        if (from < 0 || to > width()) return false;
        for (int i = from; i < to; ++i)
            if (!empty_at(i)) return false;
        return true;
    }
    [[nodiscard]] bool empty_at(int c) const {
        return c < 0 || c >= width() || glyphs_[static_cast<std::size_t>(c)] == U' ';
    }
    [[nodiscard]] int width() const { return static_cast<int>(glyphs_.size()); }
    [[nodiscard]] std::string str() const {
        std::string out;
        for (const char32_t c : glyphs_) {
            if (c < 0x80) {
                out += static_cast<char>(c);
            } else {  // the glyphs above: three bytes
                out += static_cast<char>(0xe0u | (c >> 12u));
                out += static_cast<char>(0x80u | ((c >> 6u) & 0x3fu));
                out += static_cast<char>(0x80u | (c & 0x3fu));
            }
        }
        while (!out.empty() && out.back() == ' ') out.pop_back();
        return out;
    }

private:
    std::u32string glyphs_;
};

struct Drawing {
    const Axis& axis;
    const Glyphs& glyphs;
    int left;   // columns before the axis, for `◀`
    int edge;   // columns to the end of bars
    int width;  // of the chart; texts may stand right of the edge
    bool with_year;
    std::vector<Day> ticked;

    [[nodiscard]] int column(Day d) const { return left + axis.column(d); }
    [[nodiscard]] bool has_tick(Day d) const {
        return std::find(ticked.begin(), ticked.end(), d) != ticked.end();
    }
    // First and last column of a window: two columns at least unless it is one day.
    [[nodiscard]] std::pair<int, int> extent(const Window& w) const {
        const int a = bounded(w.first) ? column(w.first) : 0;
        const int b = bounded(w.last) ? column(w.last) : edge - 1;
        if (w.single() || b > a) return {a, b};
        return a + 1 < edge ? std::pair{a, a + 1} : std::pair{a - 1, a};
    }
    // Text with a space on both sides within (from, to), in the middle or at least off the cuts;
    // false: no room.
    bool inside(Canvas& canvas, int from, int to, std::string_view text) const {
        const int size = static_cast<int>(text.size()) + 2;
        const auto clear = [&](int at) {
            const auto list = axis.list();
            return std::none_of(list.begin(), list.end(), [&](const Axis::Cut& c) {
                return left + c.column + 2 > at && left + c.column < at + size;
            });
        };
        const int room = to - from - 1;
        if (size > room) return false;
        int at = from + 1 + (room - size) / 2;
        if (!clear(at))
            for (at = from + 2; at + size < to && !clear(at);) ++at;
        if (at + size > to || !clear(at)) return false;
        canvas.write(at, " ");
        canvas.write(at + 1, text);
        canvas.write(at + size - 1, " ");
        return true;
    }
    void cuts(Canvas& canvas, int from, int to) const {
        for (const Axis::Cut& c : axis.list())
            if (left + c.column > from && left + c.column + 1 < to)
                canvas.write(left + c.column, "//");
    }
    void window(Canvas& canvas, const Window& w, bool inferred) const {
        const auto [a, b] = extent(w);
        if (w.single()) {
            canvas.put(a, inferred ? glyphs.inferred_point : glyphs.point);
            return;
        }
        for (int c = a; c <= b; ++c) canvas.put(c, inferred ? glyphs.inferred : glyphs.dash);
        cuts(canvas, a, b);
        canvas.put(a, bounded(w.first) ? glyphs.open : glyphs.arrow_left);
        canvas.put(b, bounded(w.last) ? glyphs.close : glyphs.arrow_right);
    }
    [[nodiscard]] std::string dates(const Window& w) const {
        if (w.single()) return short_date(w.first, with_year);
        return (bounded(w.first) ? short_date(w.first, with_year) : "") + ".." +
               (bounded(w.last) ? short_date(w.last, with_year) : "");
    }
    [[nodiscard]] bool told(const Window& w) const {
        return (!bounded(w.first) || has_tick(w.first)) && (!bounded(w.last) || has_tick(w.last));
    }
    // Text beside what is drawn in [from, to]: right of it, else left of it, else nowhere.
    static void beside(Canvas& canvas, int from, int to, std::string_view text) {
        const int size = static_cast<int>(text.size());
        if (canvas.free(to + 1, to + 2 + size) && canvas.empty_at(to + 2 + size))
            canvas.write(to + 2, text);
        else if (canvas.free(from - 1 - size, from) && canvas.empty_at(from - 2 - size))
            canvas.write(from - 1 - size, text);
    }

    // "or" between the windows of a choice.
    void or_between(Canvas& canvas, const std::vector<Window>& windows) const {
        for (std::size_t i = 1; i < windows.size(); ++i) {
            const int from = extent(windows[i - 1]).second + 1;
            const int to = extent(windows[i]).first;
            for (int at = from; at + 4 <= to; ++at) {
                if (!canvas.free(at, at + 4)) continue;
                canvas.write(at + 1, "or");
                break;
            }
        }
    }
    // The dates that no tick tells, and what a bracket means.
    void name(Canvas& canvas, const Window& w, std::string_view what) const {
        const auto [a, b] = extent(w);
        const std::string days = dates(w);
        std::string full(told(w) ? "" : days);
        if (!what.empty() && !w.single()) (full += full.empty() ? "" : ", ") += what;
        if (full.empty()) return;
        if (!w.single() && inside(canvas, a + 1, b - 1, full)) return;
        if (!w.single() && !told(w) && inside(canvas, a + 1, b - 1, days)) return;
        beside(canvas, a, b, told(w) ? what : days);
    }
    // In force from: so for certain only after the last day on which it can begin.
    void bar(Canvas& canvas, const check::TimelineRow& r) const {
        const Window& last = r.windows.back();
        const bool known = r.windows.size() == 1 && (last.single() || !bounded(last.last));
        int from = 0;
        if (known) {
            from = bounded(last.first) ? column(last.first) : 0;
        } else {
            for (const Window& w : r.windows) window(canvas, w, r.inferred);
            from = extent(last).second;
        }
        // Up to the first day on which it may end; then that is drawn, too.
        int to = edge - 1;
        if (!r.ends.empty()) to = std::max(from + 1, extent(r.ends.front()).first);
        for (int c = from + 1; c < to; ++c) canvas.put(c, glyphs.bar);
        cuts(canvas, from, to);
        if (r.ends.empty())
            canvas.put(to, glyphs.arrow_right);
        else if (r.ends.size() == 1 && r.ends.front().single())
            canvas.put(to, glyphs.close);
        else
            for (const Window& w : r.ends) window(canvas, w, r.inferred);
        const bool bare = known && bounded(last.first) && !has_tick(last.first);
        if (known) canvas.put(from, bounded(last.first) ? glyphs.start : glyphs.arrow_left);
        inside(canvas, from, to, bare ? "from " + short_date(last.first, with_year) : "in force");
        if (known) return;
        for (const Window& w : r.windows) name(canvas, w, "");
        or_between(canvas, r.windows);
    }

    [[nodiscard]] std::string row(const check::TimelineRow& r) const {
        Canvas canvas(width);
        cuts(canvas, -1, edge);
        if (!r.point) {
            bar(canvas, r);
            return canvas.str();
        }
        for (const Window& w : r.windows) window(canvas, w, r.inferred);
        for (const Window& w : r.left) window(canvas, w, true);
        const bool one = r.windows.size() == 1;
        if (r.left.empty()) {
            for (const Window& w : r.windows)
                name(canvas, w, r.inferred ? "inferred" : one ? "day unknown" : "");
            or_between(canvas, r.windows);
        } else {
            for (const Window& w : r.left) name(canvas, w, "inferred");
        }
        return canvas.str();
    }
};

}  // namespace

std::vector<std::string> draw_timeline(const std::vector<check::TimelineRow>& all, int width,
                                       bool unicode, std::size_t most_rows) {
    std::vector<const check::TimelineRow*> rows;
    std::size_t more = 0;
    std::vector<Day> days;
    bool open_before = false;
    bool open_after = false;
    for (const check::TimelineRow& r : all) {
        bool dated = !r.windows.empty();
        bool some = false;
        for (const Window& w : r.windows) {
            dated = dated && !w.empty();
            some = some || bounded(w.first) || bounded(w.last);
        }
        if (dated && some) rows.push_back(&r);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) {
        const auto earliest = [](const check::TimelineRow& r) {
            return (r.left.empty() ? r.windows : r.left).front().first;
        };
        return earliest(*a) < earliest(*b);
    });
    if (rows.size() > most_rows) {
        more = rows.size() - most_rows;
        rows.resize(most_rows);
    }
    // What is stated, then what is left of it.
    const auto windows_of = [](const check::TimelineRow& r) {
        auto out = r.windows;
        out.insert(out.end(), r.left.begin(), r.left.end());
        out.insert(out.end(), r.ends.begin(), r.ends.end());
        return out;
    };
    for (const check::TimelineRow* r : rows) {
        for (const Window& w : windows_of(*r)) {
            if (bounded(w.first)) days.push_back(w.first);
            if (bounded(w.last)) days.push_back(w.last);
            open_before = open_before || !bounded(w.first);
            open_after = open_after || !bounded(w.last);
        }
        open_after = open_after || (!r->point && r->ends.empty());
    }
    if (rows.empty()) return {};
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());

    const std::int64_t year = time::to_civil(days.front()).year;
    const bool with_year = time::to_civil(days.back()).year != year;
    std::string head = "= timeline";
    if (!with_year)
        head +=
            ' ' + time::to_string(days.front()).substr(0, time::to_string(days.front()).size() - 6);

    const int most = std::min(44, width * 9 / 20);
    int label_width = cells(head) - 2;
    for (const check::TimelineRow* r : rows)
        label_width = std::max(label_width, std::min(most, cells(one_line(r->label))));
    const int chart = std::max(width - 2 - label_width - 2, 12);
    std::vector<bool> close(days.size(), false);
    std::vector<bool> covered(days.size(), false);
    for (std::size_t i = 1; i < days.size(); ++i)
        for (const check::TimelineRow* r : rows)
            for (const Window& w : windows_of(*r)) {
                if (w.first == days[i - 1] && w.last == days[i]) close[i] = true;
                if (w.first <= days[i - 1] && w.last >= days[i]) covered[i] = true;
            }
    const int left = open_before ? 2 : 0;
    const int right = open_after ? 2 : 0;
    const Axis axis(days, std::move(close), std::move(covered), chart - left - right);
    const int edge = std::min(chart, left + axis.end() + 1 + right);
    Drawing drawing{axis, unicode ? kUnicode : kAscii, left, edge, chart, with_year, {}};

    // Ticks: the first and the last day, then by row, as many as have room.
    Canvas ticks(chart);
    const auto tick = [&](Day d) {
        if (drawing.has_tick(d)) return;
        const std::string text = short_date(d, with_year);
        const int size = static_cast<int>(text.size());
        int at = drawing.column(d);
        if (at + size > chart) at = std::max(0, std::min(chart, drawing.column(d) + 1) - size);
        if (!ticks.free(std::max(0, at - 2), std::min(chart, at + size + 2))) return;
        ticks.write(at, text);
        drawing.ticked.push_back(d);
    };
    tick(days.front());
    tick(days.back());
    for (const check::TimelineRow* r : rows)
        for (const Window& w : windows_of(*r)) {
            if (bounded(w.first)) tick(w.first);
            if (bounded(w.last)) tick(w.last);
        }
    for (const Axis::Cut& c : axis.list())
        if (ticks.free(left + c.column, left + c.column + 2)) ticks.write(left + c.column, "//");
    std::vector<std::string> out;
    const auto line = [&](std::string begin, const std::string& rest) {
        if (!rest.empty()) begin += spaces(2 + label_width + 2 - cells(begin)) + rest;
        out.push_back(std::move(begin));
    };
    line(head, ticks.str());
    for (const check::TimelineRow* r : rows)
        line("  " + shorten(r->label, label_width), drawing.row(*r));
    if (more > 0) out.push_back("  +" + std::to_string(more) + " more");
    if (const auto cuts = axis.list(); !cuts.empty()) {
        std::string text = "axis broken: // leaves out ";
        for (std::size_t i = 0; i < cuts.size(); ++i)
            text += (i == 0                 ? ""
                     : i + 1 == cuts.size() ? " and "
                                            : ", ") +
                    std::to_string(cuts[i].days);
        text += " days";
        for (const std::string& piece : wrap(text, width - 2)) out.push_back("  " + piece);
    }
    return out;
}

}  // namespace antinomy::report
