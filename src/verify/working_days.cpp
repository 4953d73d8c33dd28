#include "verify/working_days.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <utility>

#include "verify/dates.hpp"
#include "verify/names.hpp"

namespace antinomy::verify {

using time::Day;
using time::DaySet;
using time::Window;

namespace {

constexpr std::int64_t kYears = 400;  // that a calendar may cover

// A day of every year: month and day.
using Yearly = std::pair<int, int>;
std::optional<Yearly> yearly(const std::string& s) {
    if (s.size() != 5 || s[2] != '-') return std::nullopt;
    for (const std::size_t i : {0, 1, 3, 4})
        if (s[i] < '0' || s[i] > '9') return std::nullopt;
    const Yearly out{std::atoi(s.substr(0, 2).c_str()), std::atoi(s.substr(3).c_str())};
    const bool leap = out.first >= 1 && out.first <= 12 && out.second >= 1 &&
                      out.second <= time::days_in_month(2016, out.first);
    return leap ? std::optional(out) : std::nullopt;
}
std::optional<Day> dated(const std::string& s) {
    if (s.size() != 10) return std::nullopt;
    const auto read = read_day(s, {});
    if (!read || read->doubtful || !read->days.hull().single()) return std::nullopt;
    return read->days.hull().first;
}

// The days of an item of a list, of each of these years.
bool take(const YAML::Node& item, std::int64_t from_year, std::int64_t to_year, DaySet& out) {
    const auto text = [&](const char* key) {
        const auto part = item.IsMap() ? item[key] : YAML::Node();
        return part && part.IsScalar() ? part.Scalar() : std::string();
    };
    const auto first = item.IsScalar() ? item.Scalar() : text("day");
    const auto last = text("last").empty() ? first : text("last");
    if (const auto a = dated(first), b = dated(last); a && b) {
        out.add({*a, *b});
        return *a <= *b;
    }
    const auto a = yearly(first);
    const auto b = yearly(last);
    if (!a || !b) return false;
    for (auto year = from_year; year <= to_year; ++year) {
        // 29 February alone is no day of a common year; of a stretch it is the 28th.
        const bool common = time::days_in_month(year, 2) == 28;
        if (common && *a == Yearly{2, 29} && *b == *a) continue;
        const auto of = [](std::int64_t y, Yearly d) {
            return time::to_day({y, d.first, std::min(d.second, time::days_in_month(y, d.first))});
        };
        out.add({of(year, *a), of(*b < *a ? year + 1 : year, *b)});
    }
    return true;
}

}  // namespace

std::shared_ptr<const WorkingDays> WorkingDays::read(const YAML::Node& node) {
    if (!node.IsMap()) return nullptr;
    const auto years = node["years"];
    const auto free = node["free"];
    if (!years || !years.IsSequence() || years.size() != 2 || !free || !free.IsSequence())
        return nullptr;
    const auto from = std::atoll(years[0].Scalar().c_str());
    const auto to = std::atoll(years[1].Scalar().c_str());
    if (from < 1 || to > 9999 || to < from || to - from >= kYears) return nullptr;
    std::array<bool, 8> rests{};
    for (const auto& day : free) {
        const auto weekday = day.IsScalar() ? weekday_called(day.Scalar()) : std::nullopt;
        if (!weekday) return nullptr;
        rests[static_cast<std::size_t>(*weekday)] = true;
    }
    DaySet holidays;
    DaySet worked;
    // From the year before: what the last days of it owe to the first of this.
    for (const auto& [key, into] : {std::pair{"holidays", &holidays}, std::pair{"worked", &worked}})
        if (const auto list = node[key]; list && list.IsSequence())
            for (const auto& item : list)
                if (!take(item, from - 2, to, *into)) return nullptr;
    const auto moved = node["moved_on"];
    const bool moves = moved && moved.IsScalar() && moved.Scalar() == "yes";
    auto out = std::make_shared<WorkingDays>();
    out->covered_ = {time::to_day({from, 1, 1}), time::to_day({to, 12, 31})};
    std::int64_t owed = 0;  // holidays on days of rest
    for (auto d = plus(out->covered_.first, -31); d <= out->covered_.last; d = plus(d, 1)) {
        const bool rest = rests[static_cast<std::size_t>(time::iso_weekday(d))];
        bool works = !rest && !holidays.contains(d);
        if (worked.contains(d)) {
            works = true;
        } else if (rest && holidays.contains(d)) {
            owed += moves ? 1 : 0;
        } else if (works && owed > 0) {
            works = false;
            --owed;
        }
        if (works && out->covered_.contains(d)) out->worked_.push_back(d);
    }
    return out;
}

std::optional<Window> WorkingDays::known(std::int64_t n, bool back) const {
    const auto size = static_cast<std::int64_t>(worked_.size());
    if (size == 0 || n > size) return std::nullopt;
    auto out = covered_;
    if (back)
        out.first = n == 0 ? worked_.front() : plus(worked_[static_cast<std::size_t>(n - 1)], 1);
    else
        out.last = n == 0 ? worked_.back() : plus(worked_[static_cast<std::size_t>(size - n)], -1);
    return out.empty() ? std::nullopt : std::optional(out);
}

Day WorkingDays::count(Day from, std::int64_t n, bool back) const {
    // Worked days before the day, and with it.
    const auto before = std::lower_bound(worked_.begin(), worked_.end(), from) - worked_.begin();
    const auto with = std::upper_bound(worked_.begin(), worked_.end(), from) - worked_.begin();
    const auto index = back ? (n == 0 ? with - 1 : before - n) : (n == 0 ? before : with + n - 1);
    return worked_[static_cast<std::size_t>(index)];
}

}  // namespace antinomy::verify
