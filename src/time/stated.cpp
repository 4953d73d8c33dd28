#include "time/stated.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "grammar/edtf.hpp"

namespace antinomy::time {
namespace {

using grammar::EdtfDate;
using grammar::EdtfEnd;
using grammar::EdtfInterval;
using grammar::EdtfSet;

constexpr std::int64_t kYearLimit = grammar::year_limit;
// Work and memory that one written value may cost. `XXXX-03-05` has 10,000 windows; no date of so
// many years has more than 370,000 (`XXXX-XX-X1`), which are 6 MB. A set has no more than all its
// dates together.
constexpr std::size_t kMaxYears = 10'000;
constexpr std::size_t kMaxWindows = 400'000;

// How numbers become days.
struct Reading {
    const Conventions& conventions;
    Calendar calendar;
    [[nodiscard]] Day day(std::int64_t year, int month, int day) const {
        return to_day(calendar, {year, month, day});
    }
    [[nodiscard]] int month_length(std::int64_t year, int month) const {
        return days_in_month(calendar, year, month);
    }
};

template <class T>
using Result = std::variant<T, CalendarError>;

constexpr const char* kMonthNames[] = {"January",   "February", "March",    "April",
                                       "May",       "June",     "July",     "August",
                                       "September", "October",  "November", "December"};

bool masked(const std::string& s) {
    return s.find('X') != std::string::npos;
}

// Does a two-digit number match "1X", "XX", "07"?
bool matches(int value, const std::string& mask) {
    return mask.size() == 2 && (mask[0] == 'X' || mask[0] - '0' == value / 10) &&
           (mask[1] == 'X' || mask[1] - '0' == value % 10);
}

CalendarError error(grammar::Range range, std::string message, std::string help = {}) {
    return {range, std::move(message), std::move(help)};
}

// The two digits of the day, if they can be told from the range alone: marks before or between the
// parts (`2004-?06-11`) hide where it is.
grammar::Range day_range(const EdtfDate& d) {
    if (d.uncertain() || d.approximate()) return d.range;
    std::size_t plain = (d.long_year ? 1U : 0U) + (d.negative ? 1U : 0U) + d.year.size() + 6;
    if (d.range.end - d.range.begin < plain) return d.range;
    auto end = static_cast<std::uint32_t>(d.range.begin + plain);
    return {end - 2, end};
}

struct YearBlock {
    std::int64_t first;
    std::int64_t last;
};

CalendarError too_far(const EdtfDate& d) {
    return error(d.range, "the year is out of range: years go from -1000000000 to 1000000000");
}

// Y170000002, Y17E7, 1950S2: the years that share the significant digits.
Result<std::vector<YearBlock>> years_by_digits(const EdtfDate& d) {
    const std::int64_t year = grammar::year_of(d);
    const std::int64_t size = year < 0 ? -year : year;
    if (size > kYearLimit) return too_far(d);
    std::int64_t span = 1;
    if (d.significant != 0) {
        // A number of n digits, divided by 10 s times, has n - s digits: so many are open.
        std::int64_t open = size;
        for (int n = d.significant; n > 0; --n) open /= 10;
        for (; open > 0; open /= 10) span *= 10;
    }
    const std::int64_t first = size / span * span;
    const std::int64_t last = first + span - 1;
    if (last > kYearLimit) return too_far(d);
    return std::vector<YearBlock>{year < 0 ? YearBlock{-last, -first} : YearBlock{first, last}};
}

// The years that a year with X's can be: blocks of neighbouring years in ascending order. Trailing
// X's make one block of many years.
Result<std::vector<YearBlock>> years_of(const EdtfDate& d) {
    if (!masked(d.year)) return years_by_digits(d);
    const std::string& text = d.year;
    std::size_t trailing = 0;
    while (trailing < text.size() && text[text.size() - 1 - trailing] == 'X') ++trailing;
    std::vector<std::int64_t> heads{0};
    for (std::size_t i = 0; i + trailing < text.size(); ++i) {
        std::vector<std::int64_t> next;
        for (std::int64_t head : heads) {
            if (head > kYearLimit) return too_far(d);
            if (text[i] == 'X') {
                for (int digit = 0; digit < 10; ++digit) next.push_back(head * 10 + digit);
            } else {
                next.push_back(head * 10 + (text[i] - '0'));
            }
        }
        if (next.size() > kMaxYears)
            return error(d.range, "too many digits of the year are left open",
                         "write an interval from the first to the last year");
        heads = std::move(next);
    }
    std::int64_t span = 1;
    for (std::size_t i = 0; i < trailing; ++i) {
        span *= 10;
        if (span > 10 * kYearLimit) return too_far(d);
    }
    std::vector<YearBlock> blocks;
    for (std::int64_t head : heads) {
        if (head > kYearLimit) return too_far(d);
        YearBlock b{head * span, head * span + span - 1};
        if (d.negative) {
            b = {-b.last, -b.first};
            if (b.last == 0) b.last = -1;  // there is no year -0000
        }
        if (b.first > b.last) continue;
        if (b.last > kYearLimit || b.first < -kYearLimit) return too_far(d);
        blocks.push_back(b);
    }
    if (d.negative) std::reverse(blocks.begin(), blocks.end());
    if (blocks.empty()) return error(d.range, "there is no year -0000", "write 0000");
    return blocks;
}

// Months of a season, quarter and the like, counted from January of the stated year: 1..14.
struct MonthSpan {
    int first;
    int last;
};
std::optional<MonthSpan> span_of_code(int code, bool southern) {
    if (code >= 21 && code <= 24) code += southern ? 8 : 4;  // 25..28 north, 29..32 south
    switch (code) {
        case 25:
        case 31:
            return MonthSpan{3, 5};
        case 26:
        case 32:
            return MonthSpan{6, 8};
        case 27:
        case 29:
            return MonthSpan{9, 11};
        case 28:
        case 30:
            return MonthSpan{12, 14};
        default:
            break;
    }
    if (code >= 33 && code <= 36) return MonthSpan{(code - 33) * 3 + 1, (code - 33) * 3 + 3};
    if (code >= 37 && code <= 39) return MonthSpan{(code - 37) * 4 + 1, (code - 37) * 4 + 4};
    if (code == 40 || code == 41) return MonthSpan{(code - 40) * 6 + 1, (code - 40) * 6 + 6};
    return std::nullopt;
}

// Days of a year, counted from its 1 January (0), that month and day leave: once for a common year,
// once for a leap year.
std::vector<std::pair<int, int>> pattern_of(std::int64_t year, const EdtfDate& d,
                                            const Reading& how) {
    std::vector<std::pair<int, int>> runs;
    auto add = [&](int first, int last) {
        if (!runs.empty() && runs.back().second + 1 == first)
            runs.back().second = last;
        else
            runs.emplace_back(first, last);
    };
    int offset = 0;
    for (int month = 1; month <= 12; ++month) {
        int length = how.month_length(year, month);
        if (d.month.empty() || matches(month, d.month)) {
            if (d.day.empty()) {
                add(offset, offset + length - 1);
            } else {
                for (int day = 1; day <= length; ++day)
                    if (matches(day, d.day)) add(offset + day - 1, offset + day - 1);
            }
        }
        offset += length;
    }
    return runs;
}

CalendarError no_such_day(const EdtfDate& d, const std::vector<YearBlock>& years,
                          const Reading& how) {
    bool one_year = years.size() == 1 && years.front().first == years.front().last;
    if (!masked(d.month)) {
        int month = (d.month[0] - '0') * 10 + (d.month[1] - '0');
        if (month < 1 || month > 12)
            return error(d.range, "there is no month " + d.month, "months go from 01 to 12");
        std::string name = kMonthNames[month - 1];
        int length = how.month_length(one_year ? years.front().first : 2000, month);
        std::string days = std::to_string(length) + " days";
        if (d.day == "00") return error(day_range(d), "days are counted from 01");
        if (one_year)
            return error(day_range(d),
                         name + " " + std::to_string(years.front().first) + " has " + days);
        if (month == 2 && d.day == "29")
            return error(day_range(d), "none of these years has a 29 February");
        return error(day_range(d), name + " has at most " + days);
    }
    return error(d.range, "no day of the calendar looks like this");
}

Result<DaySet> days_of(const EdtfDate& d, const Reading& how) {
    auto read = years_of(d);
    if (auto* failed = std::get_if<CalendarError>(&read)) return *failed;
    const auto& blocks = std::get<std::vector<YearBlock>>(read);
    DaySet days;
    if (d.month.empty()) {
        for (const YearBlock& b : blocks)
            days.add({how.day(b.first, 1, 1), how.day(b.last, 12, 31)});
        return days;
    }
    std::int64_t count = 0;
    for (const YearBlock& b : blocks) count += b.last - b.first + 1;
    if (count > static_cast<std::int64_t>(kMaxYears))
        return error(d.range, "too many years are left open beside a month",
                     "leave at most four digits of the year open");
    if (!masked(d.month) && d.month >= "21") {
        int code = (d.month[0] - '0') * 10 + (d.month[1] - '0');
        auto span = span_of_code(code, how.conventions.southern);
        if (!span || !d.day.empty())
            return error(d.range, "there is no season " + d.month,
                         "months go from 01 to 12, seasons and the like from 21 to 41");
        for (const YearBlock& b : blocks) {
            for (std::int64_t y = b.first; y <= b.last; ++y) {
                std::int64_t last_year = span->last > 12 ? y + 1 : y;
                int last_month = span->last > 12 ? span->last - 12 : span->last;
                days.add({how.day(y, span->first, 1),
                          how.day(last_year, last_month, how.month_length(last_year, last_month))});
            }
        }
        return days;
    }
    // A month of one year, or a day of it, is what most dates are.
    if (count == 1 && !masked(d.month) && !masked(d.day)) {
        const auto year = blocks.front().first;
        const int month = (d.month[0] - '0') * 10 + (d.month[1] - '0');
        if (month >= 1 && month <= 12) {
            const int length = how.month_length(year, month);
            const int from = d.day.empty() ? 1 : (d.day[0] - '0') * 10 + (d.day[1] - '0');
            const int to = d.day.empty() ? length : from;
            if (from >= 1 && to <= length) {
                days.add({how.day(year, month, from), how.day(year, month, to)});
                return days;
            }
        }
    }
    const auto common = pattern_of(2015, d, how);
    const auto leap = pattern_of(2016, d, how);
    for (const YearBlock& b : blocks) {
        for (std::int64_t y = b.first; y <= b.last; ++y) {
            Day first = how.day(y, 1, 1);
            for (auto [from, to] : how.month_length(y, 2) == 29 ? leap : common)
                days.add({plus(first, from), plus(first, to)});
        }
    }
    if (days.empty()) return no_such_day(d, blocks, how);
    return days;
}

DaySet widened(const DaySet& days, std::int64_t slack) {
    DaySet out;
    for (const Window& w : days.windows()) out.add({plus(w.first, -slack), plus(w.last, slack)});
    return out;
}

Result<StatedDay> stated(const EdtfDate& d, const Reading& how) {
    auto read = days_of(d, how);
    if (auto* failed = std::get_if<CalendarError>(&read)) return *failed;
    StatedDay out;
    out.days = std::get<DaySet>(std::move(read));
    out.doubtful = d.uncertain();
    out.approximate = d.approximate();
    // Of a day or month without its year; a decade is a span, not a date that lacks something.
    out.elided_year = !d.month.empty() && (masked(d.year) || d.significant != 0);
    Window hull = out.days.hull();
    if (d.clock && hull.single()) {
        int offset = d.clock->offset_minutes.value_or(how.conventions.zone_offset_minutes);
        out.instant = hull.first.value * 86400 + d.clock->hour * 3600 + d.clock->minute * 60 +
                      d.clock->second - offset * 60;
    }
    if (d.approximate())
        out.days = widened(out.days, std::max(0, how.conventions.approximate_slack));
    return out;
}

void take_marks(StatedDay& into, const StatedDay& from) {
    into.doubtful = into.doubtful || from.doubtful;
    into.approximate = into.approximate || from.approximate;
    into.elided_year = into.elided_year || from.elided_year;
}

Result<StatedDay> stated(const EdtfEnd& end, const Reading& how) {
    if (end.kind == EdtfEnd::Kind::day) return stated(end.date, how);
    StatedDay open;
    open.days = DaySet::all();
    return open;
}

Result<StatedPeriod> stated(const EdtfInterval& interval, const Reading& how) {
    auto start = stated(interval.start, how);
    if (auto* failed = std::get_if<CalendarError>(&start)) return *failed;
    auto end = stated(interval.end, how);
    if (auto* failed = std::get_if<CalendarError>(&end)) return *failed;
    StatedPeriod out{std::get<StatedDay>(std::move(start)), std::get<StatedDay>(std::move(end))};
    Day first = out.start.days.hull().first;
    Day last = out.end.days.hull().last;
    bool backwards = last < first;
    const auto offset = [](const EdtfEnd& e) { return e.date.clock->offset_minutes.has_value(); };
    if (!backwards && out.start.instant && out.end.instant &&
        offset(interval.start) == offset(interval.end))
        backwards = *out.end.instant < *out.start.instant && last == first;
    if (backwards)
        return error(interval.range, "the interval ends before it starts",
                     "its last day is " + to_string(last) + ", its first " + to_string(first));
    return out;
}

Result<StatedDay> stated(const EdtfSet& set, const Reading& how) {
    StatedDay out;
    std::vector<Window> windows;  // in the order of the set
    for (const auto& item : set.items) {
        if (item.first && item.last && item.first->range == item.last->range) {
            auto one = stated(*item.first, how);
            if (auto* failed = std::get_if<CalendarError>(&one)) return *failed;
            const auto& day = std::get<StatedDay>(one);
            const auto& more = day.days.windows();
            windows.insert(windows.end(), more.begin(), more.end());
            if (windows.size() > kMaxWindows)
                return error(set.range, "too many separate days are left open",
                             "give the century, or an interval from the first to the last day");
            take_marks(out, day);
            if (set.items.size() == 1) out.instant = day.instant;
            continue;
        }
        Window w;
        grammar::Range range = set.range;
        if (item.first) {
            auto one = stated(*item.first, how);
            if (auto* failed = std::get_if<CalendarError>(&one)) return *failed;
            w.first = std::get<StatedDay>(one).days.hull().first;
            take_marks(out, std::get<StatedDay>(one));
            range = item.first->range;
        }
        if (item.last) {
            auto one = stated(*item.last, how);
            if (auto* failed = std::get_if<CalendarError>(&one)) return *failed;
            w.last = std::get<StatedDay>(one).days.hull().last;
            take_marks(out, std::get<StatedDay>(one));
            range.end = std::max(range.end, item.last->range.end);
        }
        if (w.empty())
            return error(
                range, "the range ends before it starts",
                "its last day is " + to_string(w.last) + ", its first " + to_string(w.first));
        windows.push_back(w);
    }
    std::sort(windows.begin(), windows.end(),
              [](const Window& a, const Window& b) { return a.first < b.first; });
    for (const Window& w : windows) out.days.add(w);
    if (out.days.empty()) return error(set.range, "the set has no day");
    return out;
}

}  // namespace

std::variant<StatedDay, CalendarError> day_of(const grammar::Edtf& edtf,
                                              const Conventions& conventions, Calendar calendar) {
    const Reading how{conventions, calendar};
    if (const auto* date = std::get_if<EdtfDate>(&edtf)) return stated(*date, how);
    if (const auto* set = std::get_if<EdtfSet>(&edtf)) return stated(*set, how);
    auto read = stated(std::get<EdtfInterval>(edtf), how);
    if (auto* failed = std::get_if<CalendarError>(&read)) return *failed;
    const auto& period = std::get<StatedPeriod>(read);
    StatedDay out;
    out.days = DaySet({period.start.days.hull().first, period.end.days.hull().last});
    take_marks(out, period.start);
    take_marks(out, period.end);
    return out;
}

std::variant<StatedPeriod, CalendarError> period_of(const grammar::Edtf& edtf,
                                                    const Conventions& conventions,
                                                    Calendar calendar) {
    if (const auto* interval = std::get_if<EdtfInterval>(&edtf))
        return stated(*interval, Reading{conventions, calendar});
    auto read = day_of(edtf, conventions, calendar);
    if (auto* failed = std::get_if<CalendarError>(&read)) return *failed;
    return StatedPeriod{std::get<StatedDay>(read), std::get<StatedDay>(read)};
}

}  // namespace antinomy::time
