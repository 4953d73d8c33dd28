#include "verify/relation.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <tuple>
#include <type_traits>

namespace antinomy::verify {

using time::Day;
using time::Window;

namespace {

Day monday(Day d) {
    return plus(d, 1 - time::iso_weekday(d));
}

Day first_of_month(Day d, std::int64_t on) {
    auto c = time::to_civil(d);
    const auto index = c.year * 12 + c.month - 1 + on;
    auto year = index / 12;
    auto month = index % 12;
    if (month < 0) {
        month += 12;
        --year;
    }
    return time::to_day({year, static_cast<int>(month) + 1, 1});
}

// The latest birthday of someone who has completed n years on the day.
Day latest_birth(Day on, std::int64_t n, time::LeapBirthday policy) {
    // From a day on which it is surely too late, back.
    auto low = plus(on, -(n + 2) * 366);
    auto high = on;
    while (low < high) {
        const Day middle{low.value + (high.value - low.value + 1) / 2};
        if (time::completed_years(middle, on, policy) >= n)
            low = middle;
        else
            high = plus(middle, -1);
    }
    return low;
}

}  // namespace

Window Relation::days_for(Day anchor) const {
    switch (kind) {
        case Kind::months: {
            const auto target = time::add_months(
                anchor, count, overflows ? time::MonthEnd::overflow : time::MonthEnd::clamp);
            return bounded_by(target);
        }
        case Kind::month_of: {
            const auto year = time::to_civil(anchor).year;
            const auto m = static_cast<int>(count);
            return {time::to_day({year, m, 1}),
                    time::to_day({year, m, time::days_in_month(year, m)})};
        }
        case Kind::unit_of:
            switch (unit) {
                case Unit::day:
                    return {plus(anchor, count), plus(anchor, count)};
                case Unit::week: {
                    const auto first = plus(monday(anchor), 7 * count);
                    return {first, plus(first, 6)};
                }
                case Unit::month:
                    return {first_of_month(anchor, count),
                            plus(first_of_month(anchor, count + 1), -1)};
                case Unit::year: {
                    const auto year = time::to_civil(anchor).year + count;
                    return {time::to_day({year, 1, 1}), time::to_day({year, 12, 31})};
                }
            }
            break;
        case Kind::weekday_near: {
            const auto here = time::iso_weekday(anchor);
            auto away = count > 0 ? (weekday - here + 7) % 7 : (here - weekday + 7) % 7;
            if (away == 0 && !same) away = 7;
            const auto day = plus(anchor, count > 0 ? away : -away);
            return {day, day};
        }
        case Kind::weekday_of: {
            const auto day = plus(monday(anchor), 7 * count + weekday - 1);
            return {day, day};
        }
        case Kind::aged:
            // By 28 February one is older sooner: of either way, the first day of the one and the
            // last of the other, and all between.
            return {plus(latest_birth(
                             anchor, upto + 1,
                             march ? time::LeapBirthday::march_1 : time::LeapBirthday::february_28),
                         1),
                    latest_birth(
                        anchor, count,
                        february ? time::LeapBirthday::february_28 : time::LeapBirthday::march_1)};
        case Kind::working_days:
            // Of other anchors nothing is known; that it is none of these is said beside it.
            return bounded_by(
                calendar->count(std::clamp(anchor, known.first, known.last), count, backwards));
    }
    return {};
}

Window Relation::bounded_by(Day target) const {
    if (bound == Bound::exactly) return {target, target};
    const bool above = (bound == Bound::at_least) != backwards;
    return above ? Window{target, time::kForever} : Window{time::kEver, target};
}

Window Relation::days_around(Day anchor) const {
    auto out = days_for(anchor);
    if (kind != Kind::months || !overflows) return out;
    // Only the end of a month runs on, and no farther than into the days of the next one's first.
    const auto next = days_for(first_of_month(anchor, 1)).first;
    const auto before = days_for(plus(first_of_month(anchor, 0), -1)).last;
    if (bounded(out.first)) out.first = std::min(out.first, next);
    if (bounded(out.last)) out.last = std::max(out.last, before);
    return out;
}

Relation::Span Relation::span_of_working_days() const {
    // So many days at least and at most, from whichever day one can count.
    static std::map<std::tuple<std::shared_ptr<const WorkingDays>, std::int64_t, bool>, Span> all;
    const auto [it, fresh] = all.try_emplace({calendar, count, backwards});
    auto& s = it->second;
    for (auto d = known.first; fresh && d <= known.last; d = plus(d, 1)) {
        const auto away = calendar->count(d, count, backwards).value - d.value;
        s.least = std::min(s.least.value_or(away), away);
        s.most = std::max(s.most.value_or(away), away);
    }
    auto out = s;
    const auto w = bounded_by(known.first);
    if (!bounded(w.first)) out.least.reset();
    if (!bounded(w.last)) out.most.reset();
    return out;
}

Relation::Span Relation::span() const {
    if (kind == Kind::working_days) return span_of_working_days();
    // The calendar comes round after 400 years; in a month the outermost are its first and last
    // days, those whose month later is shorter among them.
    const auto key = std::tuple(kind, count, upto, unit, bound, overflows, backwards, same, weekday,
                                march, february);
    static std::map<std::remove_const_t<decltype(key)>, Span> spans;
    if (const auto it = spans.find(key); it != spans.end()) return it->second;
    std::int64_t least = 0;
    std::int64_t most = 0;
    bool fresh = true;
    Window w;
    const auto look = [&](Day d) {
        w = days_for(d);
        const auto low = bounded(w.first) ? w.first.value - d.value : 0;
        const auto high = bounded(w.last) ? w.last.value - d.value : 0;
        least = fresh ? low : std::min(least, low);
        most = fresh ? high : std::max(most, high);
        fresh = false;
    };
    const bool weeks = kind == Kind::weekday_near || kind == Kind::weekday_of ||
                       (kind == Kind::unit_of && unit == Unit::week);
    if (weeks) {
        for (int d = 0; d < 7; ++d) look(Day{d});
    } else {
        for (std::int64_t year = 2000; year < 2400; ++year)
            for (int month = 1; month <= 12; ++month) {
                const auto length = time::days_in_month(year, month);
                for (int day : {1, 28, length - 1, length})
                    if (day >= 1) look(time::to_day({year, month, day}));
            }
    }
    Span out;
    if (bounded(w.first)) out.least = least;
    if (bounded(w.last)) out.most = most;
    return spans.emplace(key, out).first->second;
}

std::int64_t Relation::period() const {
    const bool weeks = kind == Kind::weekday_near || kind == Kind::weekday_of ||
                       (kind == Kind::unit_of && unit == Unit::week);
    return weeks ? 7 : 146'097;
}

std::int64_t Relation::reach() const {
    switch (kind) {
        case Kind::months:
            return std::abs(count) * 31 + 40;
        case Kind::month_of:
            return 400;
        case Kind::unit_of:
            return (std::abs(count) + 1) * (unit == Unit::year ? 366 : 31) + 10;
        case Kind::weekday_near:
            return 8;
        case Kind::weekday_of:
            return (std::abs(count) + 2) * 7;
        case Kind::aged:
            return (upto + 3) * 366;
        case Kind::working_days:
            return 400 * 366;  // as many years as a calendar may cover
    }
    return 0;
}

}  // namespace antinomy::verify
