#pragma once
// The slow twin of the solver: small random networks, and every dating of their points over a few
// days, one after the other. Knows the meaning of the constraints and no algorithm.

#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "time/network.hpp"

namespace antinomy::time::brute {

using Dating = std::vector<std::int64_t>;  // by point; the origin's is 0

class Random {
public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}
    // Both ends included. Not std::uniform_int_distribution: the same on every library.
    std::int64_t in(std::int64_t low, std::int64_t high) {
        auto width = static_cast<std::uint64_t>(high - low + 1);
        return low + static_cast<std::int64_t>(engine_() % width);
    }
    bool one_in(std::int64_t n) { return in(1, n) == 1; }

private:
    std::mt19937_64 engine_;
};

// What a statement says, as a test of a dating.
struct Constraint {
    std::vector<StatementId> of;  // several: the arms of a one-of; it counts if all are enabled
    std::function<bool(const Dating&)> holds;
};

struct Case {
    Network network;
    std::vector<PointId> points;  // without the origin
    std::vector<Constraint> constraints;
    Window range;  // all points lie in here by statement 0, which is not counted
    std::string text;
};

inline bool meets(const Difference& d, const Dating& at) {
    return d.most >= kNoBound || at[d.to.value] - at[d.from.value] <= d.most;
}

inline bool meets(const Formula& f, const Dating& at) {
    switch (f.kind) {
        case Formula::Kind::yes:
            return true;
        case Formula::Kind::no:
            return false;
        case Formula::Kind::leaf:
            return meets(f.leaf, at);
        case Formula::Kind::all:
            for (const auto& part : f.parts)
                if (!meets(part, at)) return false;
            return true;
        case Formula::Kind::any:
            for (const auto& part : f.parts)
                if (meets(part, at)) return true;
            return false;
    }
    return false;
}

// The calendar relations once more, from their words and the calendar alone.
inline bool related(const CalendarRelation& r, Day point, Day anchor) {
    Civil p = to_civil(point);
    Civil a = to_civil(anchor);
    auto months = [](const Civil& c) { return c.year * 12 + c.month; };
    if (r.kind == CalendarRelation::Kind::month_of) return p.year == a.year && p.month == r.month;
    if (r.kind == CalendarRelation::Kind::unit_of) {
        if (r.unit == grammar::Unit::day) return point.value == anchor.value + r.count;
        if (r.unit == grammar::Unit::month) return months(p) == months(a) + r.count;
        if (r.unit == grammar::Unit::year) return p.year == a.year + r.count;
        Day monday = plus(anchor, 7 * r.count - (iso_weekday(anchor) - 1));
        return point >= monday && point <= plus(monday, 6);
    }
    const std::int64_t step = r.backwards ? -1 : 1;
    if (r.kind == CalendarRelation::Kind::weekday_near) {  // walk until there is one
        Day d = r.or_on ? anchor : plus(anchor, step);
        while (iso_weekday(d) != r.weekday) d = plus(d, step);
        return point == d;
    }
    if (r.kind == CalendarRelation::Kind::weekday_of) {
        Day monday = plus(anchor, 7 * r.count - (iso_weekday(anchor) - 1));
        return iso_weekday(point) == r.weekday && point >= monday && point <= plus(monday, 6);
    }
    if (r.kind == CalendarRelation::Kind::age) {  // one birthday after the other
        auto one = [&](LeapBirthday leap) {
            std::int64_t years = 0;
            auto birthday = [&](std::int64_t year) {
                if (p.day <= days_in_month(year, p.month)) return to_day({year, p.month, p.day});
                if (leap == LeapBirthday::march_1) return to_day({year, 3, 1});
                return to_day({year, 2, 28});
            };
            if (anchor < point) return false;
            while (birthday(p.year + years + 1) <= anchor) ++years;
            return years >= r.count && years <= r.most;
        };
        if (r.leap_birthday != LeapBirthday::both) return one(r.leap_birthday);
        return one(LeapBirthday::march_1) || one(LeapBirthday::february_28);
    }
    if (r.kind == CalendarRelation::Kind::working_days_after) {  // count day by day
        Day d = anchor;
        std::int64_t left = r.count;
        const auto far = (point.value - anchor.value) * step;
        for (bool first = true;; first = false) {
            auto works = r.calendar->works(d);
            if (!works) return r.bound == grammar::Bound::at_most || far >= r.count;
            if (*works && left == 0) break;
            if (*works && !first && --left == 0) break;
            d = plus(d, step);
        }
        if (r.bound == grammar::Bound::exactly) return point == d;
        bool farther = r.bound == grammar::Bound::at_least;
        return farther != r.backwards ? point >= d : point <= d;
    }
    auto one = [&](MonthEnd end) {
        Day target = add_months(anchor, r.count, end);
        if (r.bound == grammar::Bound::exactly) return point == target;
        bool later = (r.bound == grammar::Bound::at_least) == (r.count >= 0);
        return later ? point >= target : point <= target;
    };
    if (r.month_end != MonthEnd::both) return one(r.month_end);
    return one(MonthEnd::clamp) || one(MonthEnd::overflow);
}

inline Formula random_formula(Random& random, const std::vector<PointId>& points, int depth,
                              Window range) {
    auto point = [&] {
        return points[static_cast<std::size_t>(
            random.in(0, static_cast<std::int64_t>(points.size()) - 1))];
    };
    if (depth == 0 || random.one_in(3)) {
        if (random.one_in(20)) return Formula::truth(random.one_in(2));
        std::int64_t width = range.last.value - range.first.value;
        if (random.one_in(3)) {  // a day
            std::int64_t day = random.in(range.first.value, range.last.value);
            if (random.one_in(2)) return Formula::of({kOrigin, point(), day});
            return Formula::of({point(), kOrigin, -day});
        }
        return Formula::of({point(), point(), random.in(-width, width / 2)});
    }
    std::vector<Formula> parts;
    for (std::int64_t n = random.in(2, 3); n > 0; --n)
        parts.push_back(random_formula(random, points, depth - 1, range));
    Formula f =
        random.one_in(2) ? Formula::all_of(std::move(parts)) : Formula::any_of(std::move(parts));
    return random.one_in(5) ? f.negated() : f;
}

// Covers the range, or only the year of one of its ends.
inline std::shared_ptr<const WorkingDays> random_calendar(Random& random, Window range) {
    WorkingDays::Data data;
    data.first_year = to_civil(random.one_in(2) ? range.first : range.last).year;
    data.last_year = to_civil(range.last).year;
    for (auto& free : data.free) free = random.one_in(3);
    for (auto* days : {&data.dated, &data.worked}) {
        const Day d{random.in(range.first.value, range.last.value)};
        if (random.one_in(2)) days->push_back({d, plus(d, random.in(0, 2))});
    }
    return std::make_shared<const WorkingDays>(data);
}

struct Shape {
    std::int64_t points = 3;
    std::int64_t days = 12;
    std::int64_t statements = 5;
    bool boxed = true;  // all points within the range
    bool calendar = true;
};

inline Case random_case(Random& random, const Shape& shape) {
    Case c;
    // Ranges near ends of months, years and Februaries.
    const Day middles[] = {to_day({2015, 1, 1}),   to_day({2016, 2, 28}), to_day({2015, 2, 28}),
                           to_day({2014, 12, 29}), to_day({2017, 5, 31}), Day{0}};
    Day middle = middles[random.in(0, 5)];
    c.range = {plus(middle, -shape.days / 2), plus(middle, shape.days - shape.days / 2 - 1)};
    StatementId box = c.network.add_statement({"range", false, false, false});
    for (std::int64_t i = 0; i < shape.points; ++i) {
        PointId p = c.network.add_point(std::string(1, static_cast<char>('a' + i)));
        c.points.push_back(p);
        if (shape.boxed) c.network.add_days(box, p, DaySet(c.range));
    }
    auto point = [&] { return c.points[static_cast<std::size_t>(random.in(0, shape.points - 1))]; };
    auto day = [&] { return Day{random.in(c.range.first.value, c.range.last.value)}; };
    auto difference = [&] {
        if (random.one_in(3)) {
            if (random.one_in(2)) return Difference{kOrigin, point(), day().value};
            return Difference{point(), kOrigin, -day().value};
        }
        return Difference{point(), point(), random.in(-shape.days / 2, shape.days / 2)};
    };
    auto statement = [&] {
        std::string label = "s";
        label += std::to_string(c.network.statement_count());
        return c.network.add_statement({label, !random.one_in(6), true, random.one_in(5)});
    };
    while (static_cast<std::int64_t>(c.network.statement_count()) <= shape.statements) {
        switch (random.in(0, shape.calendar ? 7 : 5)) {
            case 0:
            case 1: {
                StatementId s = statement();
                Difference d = difference();
                c.network.add(s, d);
                c.constraints.push_back({{s}, [d](const Dating& at) { return meets(d, at); }});
                break;
            }
            case 2:
            case 3: {
                StatementId s = statement();
                PointId p = point();
                DaySet days;
                for (std::int64_t n = random.in(1, 4); n > 0; --n) {
                    Day first = day();
                    days.add({random.one_in(12) ? kEver : first,
                              random.one_in(12) ? kForever : plus(first, random.in(0, 3))});
                }
                c.network.add_days(s, p, days);
                c.constraints.push_back(
                    {{s}, [p, days](const Dating& at) { return days.contains(Day{at[p.value]}); }});
                break;
            }
            case 4:
            case 5: {  // one of two or three
                std::vector<Arm> arms;
                std::vector<StatementId> of;
                StatementId shared = statement();
                for (std::int64_t n = random.in(2, 3); n > 0; --n) {
                    StatementId s = of.empty() || random.one_in(2) ? shared : statement();
                    Arm arm{s, {}};
                    for (std::int64_t k = random.in(1, 2); k > 0; --k)
                        arm.differences.push_back(difference());
                    of.push_back(s);
                    arms.push_back(arm);
                }
                c.network.add_one_of(arms);
                c.constraints.push_back({of, [arms](const Dating& at) {
                                             for (const Arm& arm : arms) {
                                                 bool all = true;
                                                 for (const auto& d : arm.differences)
                                                     all = all && meets(d, at);
                                                 if (all) return true;
                                             }
                                             return false;
                                         }});
                break;
            }
            default: {
                StatementId s = statement();
                CalendarRelation r;
                r.kind = static_cast<CalendarRelation::Kind>(random.in(0, 6));
                if (r.kind == CalendarRelation::Kind::month_of) {
                    r.month = to_civil(day()).month;
                } else if (r.kind == CalendarRelation::Kind::unit_of) {
                    r.unit = static_cast<grammar::Unit>(random.in(0, 3));
                    r.count = random.in(-1, 1);
                } else if (r.kind == CalendarRelation::Kind::weekday_near ||
                           r.kind == CalendarRelation::Kind::weekday_of) {
                    r.weekday = static_cast<int>(random.in(1, 7));
                    r.count = random.in(-1, 1);
                    r.backwards = random.one_in(2);
                    r.or_on = random.one_in(2);
                } else if (r.kind == CalendarRelation::Kind::working_days_after) {
                    r.calendar = random_calendar(random, c.range);
                    r.count = random.in(0, 3);
                    r.backwards = random.one_in(2);
                    r.bound = static_cast<grammar::Bound>(random.in(0, 2));
                } else if (r.kind == CalendarRelation::Kind::age) {
                    r.count = random.in(0, 1);
                    r.most = r.count + random.in(0, 1);
                    r.leap_birthday = static_cast<LeapBirthday>(random.in(0, 2));
                } else {
                    r.count = random.in(-1, 1);
                    r.bound = static_cast<grammar::Bound>(random.in(0, 2));
                    r.month_end = static_cast<MonthEnd>(random.in(0, 2));
                }
                PointId p = point();
                PointId a = point();
                c.network.add_calendar(s, p, a, r);
                c.constraints.push_back({{s}, [r, p, a](const Dating& at) {
                                             return related(r, Day{at[p.value]}, Day{at[a.value]});
                                         }});
                break;
            }
        }
    }
    return c;
}

// Every dating of the points in the range.
inline void each_dating(const Case& c, Window range, const std::function<void(const Dating&)>& f) {
    Dating at(c.points.size() + 1, range.first.value);
    at[0] = 0;
    for (;;) {
        f(at);
        std::size_t i = 1;
        while (i < at.size() && at[i] == range.last.value) at[i++] = range.first.value;
        if (i == at.size()) return;
        ++at[i];
    }
}

}  // namespace antinomy::time::brute
