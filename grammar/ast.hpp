#pragma once
// Syntax trees of the small languages that people write inside the YAML: EDTF, time expressions,
// order lines, conditions, messages. Text in, tree out: nothing here knows a calendar, a record or
// a rule.
//
// Ranges are half-open byte offsets into the text that was parsed; the caller turns them into
// places of a file. A tree's strings are as written (case kept).

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace antinomy::grammar {

struct Range {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    friend bool operator==(const Range&, const Range&) = default;
};

// Why a text was refused, what was expected there, and what was probably meant.
struct SyntaxError {
    Range range;
    std::string message;  // "expected a month from 01 to 12 or a season from 21 to 41"
    std::string help;     // "write 2014-09-29"; may be empty
};

template <class T>
using Parsed = std::variant<T, SyntaxError>;

// ---------------------------------------------------------------- EDTF (ISO 8601-2:2019)

struct ClockTime {
    int hour = 0;  // 0..23 (24:00:00 is refused: write the next day)
    int minute = 0;
    int second = 0;
    std::optional<int> offset_minutes;  // east of UTC; absent: local time of the case
};

// What a mark says of one part of a date: `?` uncertain, `~` approximate, `%` both.
struct Qualifier {
    bool uncertain = false;
    bool approximate = false;
    [[nodiscard]] explicit operator bool() const { return uncertain || approximate; }
    friend bool operator==(const Qualifier&, const Qualifier&) = default;
};

// A date of any precision. Digits may be 'X' (unspecified).
struct EdtfDate {
    Range range;
    bool negative = false;
    bool long_year = false;  // written with Y: Y170000002, Y17E7
    std::string year;        // "2014", "201X", "XXXX"; of Y17E7 the digits before the E
    int exponent = 0;        // of Y17E7: 7; 0: none
    int significant = 0;     // of 1950S2: 2; 0: nothing is said
    std::string month;       // "", "01".."12" (or X), "21".."41" for seasons and the like
    std::string day;         // "" or two digits or X
    std::optional<ClockTime> clock;
    std::array<Qualifier, 3> qualifiers;  // of year, month and day, wherever the marks stood

    // of any part: what counts for the meaning
    [[nodiscard]] bool uncertain() const {
        return qualifiers[0].uncertain || qualifiers[1].uncertain || qualifiers[2].uncertain;
    }
    [[nodiscard]] bool approximate() const {
        return qualifiers[0].approximate || qualifiers[1].approximate || qualifiers[2].approximate;
    }
    // 1 a year, 2 a month, season or the like, 3 a day
    [[nodiscard]] std::size_t parts() const { return month.empty() ? 1 : day.empty() ? 2 : 3; }
};

// One end of an interval.
struct EdtfEnd {
    enum class Kind { day, open, unknown } kind = Kind::day;
    EdtfDate date;  // of Kind::day
};

struct EdtfInterval {
    Range range;
    EdtfEnd start;
    EdtfEnd end;
};

// [a,b..c,..d] one of; {..} all of (in a date field: one of too).
struct EdtfSetItem {
    std::optional<EdtfDate> first;  // absent: from ever
    std::optional<EdtfDate> last;   // absent: for ever. A single date has first == last
};
struct EdtfSet {
    Range range;
    bool all = false;
    std::vector<EdtfSetItem> items;
};

using Edtf = std::variant<EdtfDate, EdtfInterval, EdtfSet>;

// ---------------------------------------------------------------- time expressions

// A dotted name of a record or of one of its dates: `ban`, `asia-plus-en.published`,
// `events.ban.start`.
struct PointName {
    Range range;
    std::vector<std::string> parts;
};
// An expression as the anchor of another: `10 days after 1 month before ban`. It is a day, one of
// those that the expression allows. Never an EDTF value, and never a OneSided, a Between or an
// Aged.
struct TimeExpression;
struct Chained {
    std::shared_ptr<const TimeExpression> time;  // never empty
};
using Anchor = std::variant<PointName, EdtfDate, Chained>;

// `hour` is of conditions only: what a case file says is dated in days.
enum class Unit { day, week, month, year, working_day, hour };
enum class Bound { exactly, at_least, at_most };

// `10 days after ban`, `at least 3 months before a.start`, `5 working days after ban`
struct Offset {
    Bound bound = Bound::exactly;
    std::int64_t count = 0;
    Unit unit = Unit::day;
    bool after = true;
    Anchor anchor;
};

enum class Side { before, after, not_before, not_after, same_day };
// `before killing`, `not after 2014-10-09`, `on ban` / `same day as ban`
struct OneSided {
    Side side = Side::before;
    Anchor anchor;
};

// `between release and election`: both days included.
struct Between {
    Anchor first;
    Anchor last;
};

// `January of asia-plus-en.published`: that month of the anchor's year.
struct MonthOf {
    int month = 1;  // 1..12
    Anchor anchor;
};

// `last week of s.published`, `this year of x`, `next month of x`
struct UnitOf {
    int shift = 0;  // -1 last, 0 this (same), 1 next
    Unit unit = Unit::week;
    Anchor anchor;
};

// `Thursday before ban`, `Thursday on or after ban`: the nearest one.
struct WeekdayNear {
    int weekday = 1;  // 1 Monday .. 7 Sunday
    bool after = false;
    bool or_on = false;  // the anchor's own day counts
    Anchor anchor;
};

// `Thursday of last week of x`
struct WeekdayOf {
    int weekday = 1;  // 1 Monday .. 7 Sunday
    int shift = 0;    // as in UnitOf
    Anchor anchor;
};

// `aged 28 on x`, `aged 28 to 30 on x`: born on a day such that so many years are completed on x.
struct Aged {
    int least = 0;
    int most = 0;
    Anchor anchor;
};

struct TimeExpression {
    Range range;
    std::variant<Edtf, Offset, OneSided, Between, MonthOf, UnitOf, WeekdayNear, WeekdayOf, Aged>
        value;
};

// ---------------------------------------------------------------- order lines

// `a before b`, `a at least 10 days before b`
struct OrderRelation {
    enum class Kind {
        before,
        after,
        not_before,
        not_after,
        same_day,
        distance
    } kind = Kind::before;
    Bound bound = Bound::at_least;  // of Kind::distance
    std::int64_t days = 0;          // of Kind::distance
    bool after = false;             // of Kind::distance: `at least 3 days after`
};
struct OrderLine {
    Range range;
    std::vector<PointName> points;         // n + 1
    std::vector<OrderRelation> relations;  // n; between neighbours
};

// ---------------------------------------------------------------- conditions

enum class ExprKind {
    any_of,      // children: two or more, joined by `or`
    all_of,      // children: two or more, joined by `and`
    negation,    // `not x`: one child
    quantifier,  // text: some | every | no; name: the variable; children: list, condition. `days`:
                 // over the days of a period
    compare,   // text: = != < <= > >= in matches  ("at most" is <=, "more than" > ...); 2 children
    relation,  // a relation of time; `relation`, 2 children
    sum,       // text: + or -; 2 children
    product,   // `2 times x`: 2 children
    stretch,   // `from a to b`: from the first day of a to the last of b; 2 children
    call,      // text: function name; children: arguments
    path,      // parts: e.published; a part that ends in `*` is followed as often as it goes;
               // `sided`: "according to NAME" if not empty
    number,    // number
    duration,  // count and unit: `10 days`, `3 months`
    day,       // a date literal: `date`
    string,    // text: 'quoted'
    boolean    // text: yes | no
};

enum class TimeWord {
    before,
    after,
    not_before,
    not_after,
    same_day,
    not_same_day,
    distance,  // at least / at most / exactly N days before / after
    within,    // a lies in b, both ends included
    overlaps,  // a and b share a day
    agrees,    // `agrees with`: values that can both be so
    allen      // `allen meets` ...: `allen` has the word
};

struct Expr {
    ExprKind kind = ExprKind::path;
    Range range;
    std::string text;
    std::string name;
    std::vector<std::string> parts;
    std::vector<Range> part_ranges;  // of a path's parts; of a call's or quantifier's one name
    std::string sided;
    Range sided_range;
    double number = 0;
    std::int64_t count = 0;
    Unit unit = Unit::day;
    Bound bound = Bound::at_least;
    TimeWord relation = TimeWord::before;
    bool after = false;
    bool days = false;  // of a quantifier
    std::string allen;
    EdtfDate date;
    std::vector<Expr> children;
};

// ---------------------------------------------------------------- bindings and messages

// What a rule's `for:` gives a name: `evidence`, `e.records`, `c.conduct according to accuser`.
// It is a path; its first part may be a type.

// "{e} was public on {e.published}": text and expressions in turn. `{{` and `}}` stand for braces.
struct MessagePart {
    std::string text;  // literal, if `expr` is absent
    std::optional<Expr> expr;
};
struct Message {
    std::vector<MessagePart> parts;
};

}  // namespace antinomy::grammar
