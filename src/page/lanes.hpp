#pragma once
// A timeline as geometry: rows in lanes, marks on one axis of days, and the contradictions that
// join rows. From what is to be drawn (`Plan`) to where it stands (`Scene`); nothing here knows
// HTML.
//
// Promises: the axis is linear; where the whole span is more than `kSpan` times its smallest gap,
// the longest stretches on which nothing begins or ends are cut out of it, each as a `Cut` that
// says which days it leaves out. A later day is never left of an earlier one, equal windows are
// drawn alike: no picture puts two equal imprecise dates in an order. Every row stands in one strip
// of its own, so no text lies on another: names left of the chart, days beside the marks or, where
// there is no room, below the name. The rows of a lane go by the earliest day they can have, equal
// ones as given.
//
// Lengths are CSS pixels of a picture `kWidth` wide, or as wide as asked for. Widths of text are
// estimates (no font is known here), a little on the safe side for Latin, Cyrillic and Greek;
// `shown` is what fits.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "time/calendar.hpp"

namespace antinomy::page {

inline constexpr double kWidth = 920;
inline constexpr std::int64_t kSpan = 50;
inline constexpr std::size_t kMostCuts = 7;
inline constexpr std::size_t kMostJoins = 10;  // columns of contradictions

// ---------------------------------------------------------------- what is to be drawn

struct PlannedRow {
    std::string event;  // path of the point; rows of one lane have different ones
    std::string name;
    std::string whose;  // whose word it is, what is open; empty: nothing to add
    std::string days;   // in words
    // As stated: the day is in one of these. Empty: nobody states it.
    std::vector<time::Window> stated;
    // What follows from other statements; empty: no more than is stated.
    std::vector<time::Window> left;
    bool lasts = false;              // from that day on, to
    std::vector<time::Window> ends;  // one of these; empty: no end is stated
    bool doubtful = false;
    bool in_conflict = false;  // the dates of its account contradict one another there
};
struct PlannedLane {
    std::string key;  // "account:defence", "evidence"
    std::string name;
    std::string note;  // of a lane without rows
    int hue = 0;       // of accounts from 1 on; 0: nobody's
    std::vector<PlannedRow> rows;
};
struct PlannedJoin {
    std::size_t number = 0;  // of the finding
    bool certain = false;
    std::vector<std::pair<std::size_t, std::string>> rows;  // lane, event
};
struct Plan {
    std::vector<PlannedLane> lanes;
    std::vector<PlannedJoin> joins;
};

// ---------------------------------------------------------------- where it stands

struct Box {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
};

struct Line {  // of text
    double x = 0;
    double y = 0;  // baseline
    std::string text;
    double width = 0;  // estimated
    bool end = false;  // x is where it ends
};

struct Piece {
    enum class Kind { day, window, bar } kind = Kind::day;
    double left = 0;
    double right = 0;
    bool inferred = false;
    bool open_left = false;  // no bound there
    bool open_right = false;
};

struct Row {
    std::size_t lane = 0;
    std::size_t planned = 0;  // index into the lane's rows
    double top = 0;
    double middle = 0;  // where the marks are
    double height = 0;
    std::vector<Line> name;
    std::vector<Line> whose;
    std::optional<Line> days;
    std::vector<Piece> pieces;
    std::vector<double> ors;  // between the windows of a choice
    bool shortened = false;   // the name did not fit
};

struct Lane {
    std::size_t planned = 0;
    double top = 0;
    double height = 0;
    Line name;
    std::optional<Line> note;
    std::size_t first_row = 0;  // into Scene::rows
    std::size_t rows = 0;
};

struct Tick {
    double x = 0;
    Line label;
    bool line = true;  // a line down the chart
};

struct Cut {
    double left = 0;
    double right = 0;
    time::Window days;  // left out, without the days at its ends
};

struct Join {
    std::size_t planned = 0;
    double x = 0;
    std::vector<std::size_t> rows;  // into Scene::rows, from top to bottom
    bool from_above = false;        // of a part: it has rows in parts before
    bool goes_on = false;           // and in later ones
};

struct Scene {
    double width = kWidth;
    double height = 0;
    double head = 0;  // where the lanes begin
    double left = 0;  // the chart's edges
    double right = 0;
    std::vector<Lane> lanes;
    std::vector<Row> rows;
    std::vector<Tick> ticks;
    std::vector<Cut> cuts;
    std::vector<Join> joins;
    std::size_t joins_left_out = 0;  // beyond kMostJoins, and those of fewer than two rows
    std::string unit;                // what the lines of the axis mark: "days", "months" ...
};

[[nodiscard]] Scene lay_out(const Plan&, double width = kWidth);

// A part of a scene that is never divided, below the axis: rows of one lane. The head of a lane
// stands with its first two rows, and its last two stand together.
struct Strip {
    double top = 0;
    double bottom = 0;
    std::size_t lane = 0;  // into Scene::lanes
    bool head = false;     // with the head of its lane
    std::size_t first_row = 0;
    std::size_t rows = 0;
};
// From the axis down, without gaps.
[[nodiscard]] std::vector<Strip> strips(const Scene&);

// The same in several pictures, each with the axis, none higher than `most` unless one strip is;
// about equally high, and rather divided between lanes than within one. A lane that goes on has its
// head again, a line that joins rows of two parts goes to the edge of each.
[[nodiscard]] std::vector<Scene> parts(const Scene&, double most);

// Estimated width of a text at a size in pixels.
[[nodiscard]] double text_width(std::string_view, double size);

}  // namespace antinomy::page
