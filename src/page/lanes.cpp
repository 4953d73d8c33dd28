#include "page/lanes.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "report/terminal.hpp"

namespace antinomy::page {

using time::bounded;
using time::Day;
using time::Window;

namespace {

constexpr double kNames = 236;  // width of the column of names
constexpr double kGap = 8;      // between a mark and its words
constexpr double kColumn = 27;  // of contradictions: a target of 24 pixels, and air
constexpr double kMargin = 6;
constexpr double kHead = 44;  // two lines of the axis
constexpr double kLaneHead = 26;
constexpr double kLaneFoot = 8;
constexpr double kLine = 17;  // of text
constexpr double kSmallLine = 15;
constexpr double kRowMargin = 7;
constexpr double kNameSize = 13;
constexpr double kSmallSize = 12;
constexpr double kPad = 15;           // of a piece of the axis, on both sides
constexpr double kCut = 24;           // width of a cut
constexpr double kNamedStretch = 44;  // the narrowest that has room for "30 Nov"
constexpr double kLeastWindow = 9;
constexpr double kOr = 28;  // between two marks, for the word
constexpr std::size_t kNameLines = 4;
constexpr std::size_t kWhoseLines = 4;

// ---------------------------------------------------------------- text

double cluster_width(std::string_view cluster, int cells) {
    if (cluster.empty()) return 0;
    const auto c = static_cast<unsigned char>(cluster.front());
    if (cells == 0) return 0;
    if (cells > 1) return 1.02 * cells / 2 + 0.02;
    if (c < 0x80) {
        if (std::string_view("iljI.,:;'|!()[]{}/`\"").find(static_cast<char>(c)) !=
            std::string_view::npos)
            return 0.34;
        if (std::string_view("ftr- ").find(static_cast<char>(c)) != std::string_view::npos)
            return 0.4;
        if (std::string_view("mwMW@%").find(static_cast<char>(c)) != std::string_view::npos)
            return 0.95;
        if (c >= 'A' && c <= 'Z') return 0.7;
        return 0.58;
    }
    return 0.66;
}

// Text cut to a width, with "…" where something is missing.
std::string fitted(std::string_view words, double size, double width, bool* cut = nullptr) {
    double sum = 0;
    const double dots = size;
    std::string out;
    std::string safe;  // as much as leaves room for the dots
    for (const auto& c : report::clusters(words, 1)) {
        sum += cluster_width(c.shown, c.width) * size *
               (c.shown.size() > 4 && c.width > 2 ? 1.2 : 1.0);
        if (sum <= width - dots) safe = out + c.shown;
        out += c.shown;
        if (sum > width) {
            if (cut != nullptr) *cut = true;
            return safe + "…";
        }
    }
    return out;
}

// At most so many lines, broken at blanks; what does not fit is cut off.
std::vector<std::string> broken(std::string_view words, double size, double width, std::size_t most,
                                bool* cut = nullptr) {
    std::vector<std::string> out;
    const std::string flat = report::one_line(words);
    std::string_view rest = flat;
    while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
    while (!rest.empty()) {
        if (out.size() + 1 == most) {
            out.push_back(fitted(rest, size, width, cut));
            break;
        }
        std::size_t end = 0;
        for (std::size_t at = 0; at <= rest.size(); ++at) {
            if (at < rest.size() && rest[at] != ' ') continue;
            if (text_width(rest.substr(0, at), size) > width) break;
            end = at;
        }
        if (end == 0) {  // one long word
            out.push_back(fitted(rest.substr(0, rest.find(' ')), size, width, cut));
            end = std::min(rest.find(' '), rest.size());
        } else {
            out.emplace_back(rest.substr(0, end));
        }
        rest.remove_prefix(end);
        while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
    }
    if (out.empty()) out.emplace_back();
    return out;
}

// ---------------------------------------------------------------- the axis

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string year_text(std::int64_t year) {
    return year > 0 ? std::to_string(year) : std::to_string(1 - year) + " BCE";
}

// A unit of the axis: `months` > 0: so many months, else so many days of a month.
struct Unit {
    int days = 0;
    std::int64_t months = 0;
    std::string_view name;
};

// What the lines mark at a scale (pixels a day): their names need room.
Unit unit_of(double scale) {
    constexpr double label = 50;
    if (scale * 1 >= label) return {1, 0, "days"};
    if (scale * 5 >= label) return {5, 0, "every fifth day"};
    if (scale * 10 >= label) return {10, 0, "every tenth day"};
    if (scale * 28 >= label) return {0, 1, "months"};
    if (scale * 90 >= label) return {0, 3, "quarters of a year"};
    for (std::int64_t years = 1; years < 1'000'000'000'000; years *= 10)
        for (const std::int64_t n : {1, 2, 5})
            if (scale * 365 * static_cast<double>(n * years) >= label)
                return {0, 12 * n * years, "years"};
    return {0, 12, "years"};
}

struct Stretch {  // of the axis, between two cuts
    Day first;
    Day last;
    double left = 0;  // with the pad
    double right = 0;
    double from = 0;  // x of `first`
};

class Axis {
public:
    // `days`: sorted, distinct, not empty. `covered[i]`: a window reaches over the gap before day
    // i.
    Axis(const std::vector<Day>& days, const std::vector<bool>& covered, double left,
         double right) {
        std::vector<bool> cut(days.size(), false);
        std::int64_t smallest = INT64_MAX;
        for (std::size_t i = 1; i < days.size(); ++i)
            smallest = std::min(smallest, days[i].value - days[i - 1].value);
        // What is left of the width is to be mostly days, not names of stretches and cuts.
        const auto fits = [&](std::size_t cuts) {
            return static_cast<double>(cuts) * (kCut + kNamedStretch) + kNamedStretch <=
                   (right - left) * 0.85;
        };
        for (std::size_t cuts = 0; cuts < kMostCuts && fits(cuts + 1) && days.size() > 1; ++cuts) {
            std::int64_t drawn = 0;
            std::size_t longest = 0;
            const auto gap = [&](std::size_t i) { return days[i].value - days[i - 1].value; };
            // A stretch within a window is cut only if it is much longer than an empty one.
            const auto worth = [&](std::size_t i) { return covered[i] ? gap(i) / 3 : gap(i); };
            for (std::size_t i = 1; i < days.size(); ++i) {
                if (cut[i]) continue;
                drawn += gap(i);
                if (longest == 0 || worth(i) > worth(longest)) longest = i;
            }
            if (longest == 0 || drawn <= kSpan * smallest || gap(longest) < 3 ||
                gap(longest) < drawn / (covered[longest] ? 2 : 4))
                break;
            cut[longest] = true;
        }
        for (std::size_t i = 0; i < days.size(); ++i) {
            if (i == 0 || cut[i]) {
                if (i > 0)
                    cuts_.push_back({0, 0, {Day{days[i - 1].value + 1}, Day{days[i].value - 1}}});
                stretches_.push_back({days[i], days[i]});
            }
            stretches_.back().last = days[i];
        }
        place(left, right);
        if (unit_of(scale_).days > 0) {
            days_named_ = true;
            place(left, right);
        }
    }

    [[nodiscard]] double x(Day d) const {
        for (const auto& s : stretches_)
            if (d <= s.last) return s.from + static_cast<double>(d.value - s.first.value) * scale_;
        const auto& s = stretches_.back();
        return s.from + static_cast<double>(d.value - s.first.value) * scale_;
    }
    [[nodiscard]] const std::vector<Stretch>& stretches() const { return stretches_; }
    [[nodiscard]] const std::vector<Cut>& cuts() const { return cuts_; }
    [[nodiscard]] double scale() const { return scale_; }

private:
    // Room for what names its beginning at least: the year, and a day where days have names.
    [[nodiscard]] double least(const Stretch& s) const {
        const double day = days_named_ ? kNamedStretch : 0;
        return std::max(
            {2 * kPad, day, text_width(year_text(time::to_civil(s.first).year), kSmallSize) + 6});
    }
    void place(double left, double right) {
        double room = right - left - static_cast<double>(cuts_.size()) * kCut;
        std::int64_t drawn = 0;
        for (const auto& s : stretches_) {
            room -= least(s);
            drawn += s.last.value - s.first.value;
        }
        scale_ = drawn > 0 ? std::max(room, 1.0) / static_cast<double>(drawn) : 0;
        double at = left;
        for (std::size_t i = 0; i < stretches_.size(); ++i) {
            auto& s = stretches_[i];
            if (i > 0) {
                cuts_[i - 1].left = at;
                cuts_[i - 1].right = at + kCut;
                at += kCut;
            }
            const double inner = static_cast<double>(s.last.value - s.first.value) * scale_;
            s.left = at;
            s.from = at + least(s) / 2;
            s.right = at + least(s) + inner;
            // One day alone stands in the middle of everything.
            if (stretches_.size() == 1 && drawn == 0) {
                s.right = right;
                s.from = (left + right) / 2;
            }
            at = s.right;
        }
    }

    std::vector<Stretch> stretches_;
    std::vector<Cut> cuts_;
    double scale_ = 0;
    bool days_named_ = false;
};

class Layout {
public:
    Layout(const Plan& plan, double width) : plan_(plan) { out_.width = width; }

    Scene run() {
        choose_joins();
        out_.left = kNames + kMargin;
        out_.right =
            out_.width - kMargin -
            (out_.joins.empty() ? 0 : 8 + kColumn * static_cast<double>(out_.joins.size()));
        collect_days();
        out_.head = kHead;
        if (days_.empty()) {
            rows(nullptr);
        } else {
            const Axis axis(days_, covered_, out_.left + arrow(open_before_),
                            out_.right - arrow(open_after_));
            out_.cuts = axis.cuts();
            rows(&axis);
            ticks(axis);
        }
        place_joins();
        return std::move(out_);
    }

private:
    [[nodiscard]] static double arrow(bool open) { return open ? 18 : 0; }

    static std::vector<Window> all_of(const PlannedRow& r) {
        auto out = r.stated;
        out.insert(out.end(), r.left.begin(), r.left.end());
        out.insert(out.end(), r.ends.begin(), r.ends.end());
        return out;
    }

    void collect_days() {
        for (const auto& lane : plan_.lanes)
            for (const auto& r : lane.rows) {
                for (const auto& w : all_of(r)) {
                    if (bounded(w.first)) days_.push_back(w.first);
                    if (bounded(w.last)) days_.push_back(w.last);
                    open_before_ = open_before_ || !bounded(w.first);
                    open_after_ = open_after_ || !bounded(w.last);
                }
                open_after_ = open_after_ || (r.lasts && r.ends.empty());
            }
        std::sort(days_.begin(), days_.end());
        days_.erase(std::unique(days_.begin(), days_.end()), days_.end());
        // How many bounded windows reach over each gap: +1 where one begins, -1 where it ends.
        std::vector<std::int64_t> change(days_.size() + 1, 0);
        const auto index = [&](Day d) {
            return static_cast<std::size_t>(std::lower_bound(days_.begin(), days_.end(), d) -
                                            days_.begin());
        };
        for (const auto& lane : plan_.lanes)
            for (const auto& r : lane.rows)
                for (const auto& w : all_of(r))
                    if (bounded(w.first) && bounded(w.last) && w.first < w.last) {
                        ++change[index(w.first) + 1];
                        --change[index(w.last) + 1];
                    }
        covered_.assign(days_.size(), false);
        std::int64_t open = 0;
        for (std::size_t i = 0; i < days_.size(); ++i) {
            open += change[i];
            covered_[i] = open > 0;
        }
    }

    // ------------------------------------------------------------ rows

    void rows(const Axis* axis) {
        double y = out_.head;
        for (std::size_t l = 0; l < plan_.lanes.size(); ++l) {
            const auto& planned = plan_.lanes[l];
            Lane lane;
            lane.planned = l;
            lane.top = y;
            lane.first_row = out_.rows.size();
            lane.name = {kMargin, y + 17,
                         fitted(report::one_line(planned.name), 14, out_.width - 40), 0, false};
            lane.name.width = text_width(lane.name.text, 14);
            y += kLaneHead;
            std::vector<std::size_t> order(planned.rows.size());
            for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
            std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
                return earliest(planned.rows[a]) < earliest(planned.rows[b]);
            });
            for (const auto i : order) {
                row(axis, l, i, y);
                y += out_.rows.back().height;
            }
            if (planned.rows.empty()) {
                lane.note =
                    Line{out_.left + 4, y + 12,
                         fitted(planned.note, kSmallSize, out_.right - out_.left - 8), 0, false};
                lane.note->width = text_width(lane.note->text, kSmallSize);
                y += 20;
            }
            y += kLaneFoot;
            lane.rows = planned.rows.size();
            lane.height = y - lane.top;
            out_.lanes.push_back(std::move(lane));
        }
        out_.height = y;
    }

    static Day earliest(const PlannedRow& r) {
        Day out = time::kForever;
        for (const auto& w : r.left.empty() ? r.stated : r.left) out = std::min(out, w.first);
        return out;
    }

    void row(const Axis* axis, std::size_t lane, std::size_t index, double y) {
        const auto& planned = plan_.lanes[lane].rows[index];
        Row r;
        r.lane = lane;
        r.planned = index;
        r.top = y;
        const double width = kNames - kMargin - 14;
        double at = y + kRowMargin;
        for (auto& text : broken(planned.name, kNameSize, width, kNameLines, &r.shortened)) {
            r.name.push_back({kMargin + 8, at + 13, std::move(text), 0, false});
            r.name.back().width = text_width(r.name.back().text, kNameSize);
            at += kLine;
        }
        r.middle = y + kRowMargin + 8.5;
        if (axis != nullptr) marks(*axis, planned, r);
        std::string below = planned.whose;
        if (!planned.days.empty() && !place_days(planned, r))
            below = planned.days + (below.empty() ? "" : "; " + below);
        if (!below.empty())
            for (auto& text : broken(below, kSmallSize, width, kWhoseLines)) {
                r.whose.push_back({kMargin + 8, at + 11, std::move(text), 0, false});
                r.whose.back().width = text_width(r.whose.back().text, kSmallSize);
                at += kSmallLine;
            }
        r.height = at + kRowMargin - y;
        out_.rows.push_back(std::move(r));
    }

    // Where a window stands. One of several days is wide enough to be seen as such: it grows to
    // both sides alike.
    [[nodiscard]] Piece piece(const Axis& axis, const Window& w, bool inferred) const {
        Piece p;
        p.inferred = inferred;
        p.open_left = !bounded(w.first);
        p.open_right = !bounded(w.last);
        p.left = p.open_left ? out_.left + 2 : axis.x(w.first);
        p.right = p.open_right ? out_.right - 2 : axis.x(w.last);
        if (w.single()) return p;
        p.kind = Piece::Kind::window;
        if (const double lack = kLeastWindow - (p.right - p.left); lack > 0) {
            p.left -= lack / 2;
            p.right += lack / 2;
        }
        return p;
    }

    void marks(const Axis& axis, const PlannedRow& planned, Row& r) {
        const bool stated = !planned.stated.empty();
        const auto& begin = stated ? planned.stated : planned.left;
        for (const auto& w : begin) r.pieces.push_back(piece(axis, w, !stated));
        choices(r, 0);
        // What is left of it, unless that is all of it.
        if (stated && planned.left != planned.stated)
            for (const auto& w : planned.left) r.pieces.push_back(piece(axis, w, true));
        drop_covered(r);
        if (!planned.lasts || begin.empty()) return;
        const auto last = piece(axis, begin.back(), false);
        Piece bar;
        bar.kind = Piece::Kind::bar;
        bar.left = bounded(begin.back().last) ? last.right : last.left;
        if (planned.ends.empty()) {
            bar.right = out_.right - 2;
            bar.open_right = true;
            r.pieces.push_back(bar);
            return;
        }
        const auto from = r.pieces.size();
        for (const auto& w : planned.ends) r.pieces.push_back(piece(axis, w, false));
        choices(r, from);
        bar.right = std::max(bar.left, r.pieces[from].left);
        r.pieces.push_back(bar);
        drop_covered(r);
    }

    // No word on a mark that reaches over the gap between two others.
    static void drop_covered(Row& r) {
        const auto covered = [&](double x) {
            return std::any_of(r.pieces.begin(), r.pieces.end(), [&](const Piece& p) {
                return p.left < x + kOr / 2 && p.right > x - kOr / 2 && p.left < p.right;
            });
        };
        r.ors.erase(std::remove_if(r.ors.begin(), r.ors.end(), covered), r.ors.end());
    }

    static void choices(Row& r, std::size_t from) {
        // Where there is no room for the word, the days in words have it.
        for (std::size_t i = from + 1; i < r.pieces.size(); ++i)
            if (r.pieces[i].left - r.pieces[i - 1].right >= kOr)
                r.ors.push_back((r.pieces[i - 1].right + r.pieces[i].left) / 2);
    }

    // Beside the marks, or within; false: no room.
    bool place_days(const PlannedRow& planned, Row& r) const {
        if (r.pieces.empty()) return false;
        const std::string words = report::one_line(planned.days);
        const double width = text_width(words, kSmallSize);
        double left = r.pieces.front().left;
        double right = left;
        for (const auto& p : r.pieces) {
            left = std::min(left, p.left);
            right = std::max(right, p.right);
        }
        const double y = r.middle + 4.2;
        const double off = kGap + 4;
        if (right + off + width <= out_.right)
            r.days = Line{right + off, y, words, width, false};
        else if (left - off - width >= out_.left)
            r.days = Line{left - off, y, words, width, true};
        return r.days.has_value();
    }

    // ------------------------------------------------------------ ticks

    static std::int64_t floor_to(std::int64_t n, std::int64_t step) {
        return (n >= 0 ? n / step : -((-n + step - 1) / step)) * step;
    }

    void ticks(const Axis& axis) {
        const Unit unit = unit_of(axis.scale());
        out_.unit = std::string(unit.name);
        const bool years = unit.months >= 12;
        double upper = -1e9;  // where the last label of each line ends
        double lower = -1e9;
        const auto label = [&](double x, double y, std::string text, double& taken, double& at,
                               double least, double most) -> bool {
            const double w = text_width(text, kSmallSize);
            at = std::min(x + 3, most - w);
            // Not on the sign of the cut before it.
            if (at < taken + 7 || at < least) return false;
            taken = at + w;
            out_.ticks.push_back({x, {at, y, std::move(text), w, false}, false});
            return true;
        };
        for (std::size_t i = 0; i < axis.stretches().size(); ++i) {
            const auto& s = axis.stretches()[i];
            const double edge = i + 1 == axis.stretches().size() ? out_.right : s.right;
            double at = 0;
            const auto first = time::to_civil(s.first);
            const auto x_of = [&](Day d) {
                return s.from + static_cast<double>(d.value - s.first.value) * axis.scale();
            };
            std::size_t told = 0;
            // The year first: it has room everywhere.
            if (!years) {
                const double w = text_width(year_text(first.year), kSmallSize);
                const double x = std::min(s.left, edge - w);
                if (x >= upper + 4) {
                    upper = x + w;
                    out_.ticks.push_back({x, {x, 15, year_text(first.year), w, false}, false});
                }
            }
            const auto tick = [&](Day d, std::string text, bool year_begins, std::int64_t year) {
                const double x = x_of(d);
                if (x < s.left || x > s.right) return;
                out_.ticks.push_back({x, {}, true});
                // Without room for another year above, it stands beside its first month.
                if (year_begins && !years && year != first.year &&
                    !label(x, 15, year_text(year), upper, at, s.left - 4, edge))
                    text += ' ' + year_text(year);
                if (label(x, 33, std::move(text), lower, at, s.left - 4, edge)) ++told;
            };
            // In days from the first to the last, no more than the width has room for.
            const Day from{s.first.value - days_in(s.from - s.left, axis.scale())};
            const Day to{s.last.value + days_in(s.right - x_of(s.last), axis.scale())};
            if (axis.scale() > 0) {
                const auto begin = time::to_civil(from);
                if (unit.months > 0) {
                    for (auto m = floor_to(begin.year * 12 + begin.month - 1, unit.months);;
                         m += unit.months) {
                        const auto year = floor_to(m, 12) / 12;
                        const int month = static_cast<int>(m - year * 12) + 1;
                        const time::Civil civil{year, month, 1};
                        if (!time::valid(civil)) break;
                        const Day d = time::to_day(civil);
                        if (d > to) break;
                        tick(d,
                             years ? year_text(year)
                                   : std::string(kMonths[static_cast<std::size_t>(month - 1)]),
                             month == 1, year);
                    }
                } else {
                    for (Day d = from; d <= to; d = Day{d.value + 1}) {
                        const auto c = time::to_civil(d);
                        const bool round =
                            unit.days == 1 || c.day == 1 || (c.day % unit.days == 1 && c.day < 30);
                        if (!round) continue;
                        tick(d,
                             std::to_string(c.day) + " " +
                                 std::string(kMonths[static_cast<std::size_t>(c.month - 1)]),
                             c.month == 1 && c.day == 1, c.year);
                    }
                }
            }
            if (told == 0 && !years) {
                std::string text(kMonths[static_cast<std::size_t>(first.month - 1)]);
                if (unit.months == 0) text = std::to_string(first.day) + " " + text;
                const double w = text_width(text, kSmallSize);
                const double x = std::min(s.left, edge - w);
                if (x >= lower + 7 && x >= s.left - 4) {
                    lower = x + w;
                    out_.ticks.push_back({x, {x, 33, std::move(text), w, false}, false});
                }
            } else if (told == 0) {
                label(s.left, 33, year_text(first.year), lower, at, s.left - 4, edge);
            }
        }
    }
    static std::int64_t days_in(double width, double scale) {
        return scale > 0 ? static_cast<std::int64_t>(std::min(width / scale, 1e12)) : 0;
    }

    // ------------------------------------------------------------ contradictions

    void choose_joins() {
        for (std::size_t i = 0; i < plan_.joins.size(); ++i) {
            if (plan_.joins[i].rows.size() < 2 || out_.joins.size() == kMostJoins) {
                ++out_.joins_left_out;
                continue;
            }
            Join j;
            j.planned = i;
            out_.joins.push_back(std::move(j));
        }
    }

    void place_joins() {
        double x = out_.right + 8 + kColumn / 2;
        for (auto& j : out_.joins) {
            j.x = x;
            x += kColumn;
            for (const auto& [lane, event] : plan_.joins[j.planned].rows)
                for (std::size_t r = 0; r < out_.rows.size(); ++r)
                    if (out_.rows[r].lane == lane &&
                        plan_.lanes[lane].rows[out_.rows[r].planned].event == event)
                        j.rows.push_back(r);
            std::sort(j.rows.begin(), j.rows.end());
            j.rows.erase(std::unique(j.rows.begin(), j.rows.end()), j.rows.end());
        }
    }

    const Plan& plan_;
    Scene out_;
    std::vector<Day> days_;
    std::vector<bool> covered_;
    bool open_before_ = false;
    bool open_after_ = false;
};

}  // namespace

double text_width(std::string_view words, double size) {
    double out = 0;
    for (const auto& c : report::clusters(words, 1)) out += cluster_width(c.shown, c.width) * size;
    return out;
}

Scene lay_out(const Plan& plan, double width) {
    return Layout(plan, width).run();
}

std::vector<Strip> strips(const Scene& s) {
    std::vector<Strip> out;
    for (std::size_t l = 0; l < s.lanes.size(); ++l) {
        const auto& lane = s.lanes[l];
        const auto end = lane.first_row + lane.rows;
        for (std::size_t at = lane.first_row, begin = at; begin == at || at < end; begin = at) {
            at = begin == lane.first_row ? std::min(begin + 2, end) : begin + 1;
            if (at + 1 == end) at = end;  // none is left alone
            const bool head = begin == lane.first_row;
            out.push_back({head ? lane.top : s.rows[begin].top,
                           at < end ? s.rows[at].top : lane.top + lane.height, l, head, begin,
                           at - begin});
            if (at == end) break;
        }
    }
    return out;
}

namespace {

// Those strips alone, from the axis down.
Scene part(const Scene& s, const std::vector<Strip>& strips, std::size_t begin, std::size_t end) {
    Scene out = s;
    out.lanes.clear();
    out.rows.clear();
    out.joins.clear();
    const auto first = strips[begin].first_row;
    const auto last = strips[end - 1].first_row + strips[end - 1].rows;
    double y = s.head;
    const auto move = [](Line& l, double by) { l.y += by; };
    for (auto i = begin; i < end; ++i) {
        const auto& strip = strips[i];
        if (i == begin || strip.head) {
            auto lane = s.lanes[strip.lane];
            const double by = y - lane.top;
            lane.top = y;
            move(lane.name, by);
            if (lane.note) move(*lane.note, by);
            lane.first_row = out.rows.size();
            lane.rows = 0;
            out.lanes.push_back(std::move(lane));
            if (!strip.head) y += kLaneHead;
        }
        const double by = y - strip.top;
        for (auto r = strip.first_row; r < strip.first_row + strip.rows; ++r) {
            auto row = s.rows[r];
            row.top += by;
            row.middle += by;
            for (auto& l : row.name) move(l, by);
            for (auto& l : row.whose) move(l, by);
            if (row.days) move(*row.days, by);
            out.rows.push_back(std::move(row));
            ++out.lanes.back().rows;
        }
        y += strip.bottom - strip.top;
        out.lanes.back().height = y - out.lanes.back().top;
    }
    out.height = y;
    for (const auto& j : s.joins) {
        Join here = j;
        here.rows.clear();
        for (const auto r : j.rows) {
            if (r < first)
                here.from_above = true;
            else if (r >= last)
                here.goes_on = true;
            else
                here.rows.push_back(r - first);
        }
        if (!here.rows.empty() || (here.from_above && here.goes_on))
            out.joins.push_back(std::move(here));
    }
    return out;
}

}  // namespace

std::vector<Scene> parts(const Scene& s, double most) {
    const auto list = strips(s);
    if (s.height <= most || list.size() < 2) return {s};
    const double count = std::ceil((s.height - s.head) / (most - s.head - kLaneHead));
    const double each = (s.height - s.head) / count;
    std::vector<Scene> out;
    for (std::size_t begin = 0; begin < list.size();) {
        double height = s.head + (list[begin].head ? 0 : kLaneHead);
        std::size_t end = begin;
        std::size_t between = begin;  // behind the last strip that ends a lane
        while (end < list.size() &&
               (end == begin || height + list[end].bottom - list[end].top <= most)) {
            height += list[end].bottom - list[end].top;
            ++end;
            if (end < list.size() && list[end].head && height >= s.head + 0.75 * each)
                between = end;
            if (height >= s.head + each && between > begin) break;
        }
        if (end < list.size() && between > begin) end = between;
        out.push_back(part(s, list, begin, end));
        begin = end;
    }
    return out;
}

}  // namespace antinomy::page
