#include "time/working_days.hpp"

#include <algorithm>

namespace antinomy::time {

namespace {

// The day of a month, or its last one where there is no 29 February.
Day in_year(std::int64_t year, int month, int day) {
    return to_day({year, month, std::min(day, days_in_month(year, month))});
}

}  // namespace

WorkingDays::WorkingDays(const Data& data) : name_(data.name), covered_{Day{0}, Day{-1}} {
    const auto last_year = std::min(data.last_year, data.first_year + kMostYears - 1);
    if (last_year < data.first_year) return;
    covered_ = {to_day({data.first_year, 1, 1}), to_day({last_year, 12, 31})};

    DaySet holidays;
    for (auto year = data.first_year - 2; year <= last_year; ++year) {
        for (const auto& y : data.yearly) {
            const bool leap_only = y.first_month == 2 && y.first_day == 29 && y.last_month == 2 &&
                                   y.last_day == 29 && days_in_month(year, 2) == 28;
            if (leap_only) continue;
            const bool into_next =
                std::pair(y.last_month, y.last_day) < std::pair(y.first_month, y.first_day);
            holidays.add({in_year(year, y.first_month, y.first_day),
                          in_year(into_next ? year + 1 : year, y.last_month, y.last_day)});
        }
    }
    for (const auto& w : data.dated) holidays.add(w);
    DaySet worked;
    for (const auto& w : data.worked) worked.add(w);

    std::int64_t owed = 0;  // holidays that fell on a free day of the week
    // From the month before, for what it owes.
    for (Day d = plus(covered_.first, -31); d <= covered_.last; d = plus(d, 1)) {
        const bool rest = data.free[static_cast<std::size_t>(iso_weekday(d) - 1)];
        const bool holiday = holidays.contains(d);
        const auto work = [&] {
            if (covered_.contains(d)) days_.push_back(d);
        };
        if (worked.contains(d)) {
            work();
        } else if (holiday && rest) {
            if (data.moved_on) ++owed;
        } else if (!rest && !holiday) {
            if (owed > 0)
                --owed;
            else
                work();
        }
    }
}

std::optional<bool> WorkingDays::works(Day d) const {
    if (!covered_.contains(d)) return std::nullopt;
    return std::binary_search(days_.begin(), days_.end(), d);
}

std::optional<Day> WorkingDays::after(Day d, std::int64_t n) const {
    if (!covered_.contains(d) || n < 0) return std::nullopt;
    const auto from = n == 0 ? std::lower_bound(days_.begin(), days_.end(), d)
                             : std::upper_bound(days_.begin(), days_.end(), d);
    const auto skip = n == 0 ? 0 : n - 1;
    if (days_.end() - from <= skip) return std::nullopt;
    return *(from + skip);
}

std::optional<Day> WorkingDays::before(Day d, std::int64_t n) const {
    if (!covered_.contains(d) || n < 0) return std::nullopt;
    const auto to = n == 0 ? std::upper_bound(days_.begin(), days_.end(), d)
                           : std::lower_bound(days_.begin(), days_.end(), d);
    const auto count = n == 0 ? 1 : n;
    if (to - days_.begin() < count) return std::nullopt;
    return *(to - count);
}

}  // namespace antinomy::time
