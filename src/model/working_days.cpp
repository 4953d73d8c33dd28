#include "model/working_days.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "grammar/edtf.hpp"
#include "grammar/names.hpp"
#include "model/keys.hpp"
#include "model/vocabulary.hpp"
#include "text/nearest.hpp"

namespace antinomy::model {

using text::Node;

namespace {

const std::vector<std::string> kKeys = text::names_of(calendar_keys());
const std::vector<std::string> kDayKeys = text::names_of(holiday_keys());
const std::vector<std::string> kBasisKeys = text::names_of(source_keys());
constexpr const char* kDays = "write [01-01, {day: 03-21, last: 03-24}]";

struct YearlyDay {
    int month = 1;
    int day = 1;
};
struct StatedDay {
    std::optional<YearlyDay> yearly;  // 03-21
    std::optional<time::Day> dated;   // 2017-06-26
};

class Reader {
public:
    Reader(const std::string& name, text::Diagnostics& diagnostics)
        : name_(name), diagnostics_(diagnostics) {}

    std::optional<time::WorkingDays::Data> read(const Node& node) {
        data_.name = name_;
        if (!node.is_mapping()) {
            fault(node, "expected the keys of a calendar" + found(node),
                  "write `{years: [2017, 2017], free: [Saturday, Sunday]}`");
            return std::nullopt;
        }
        for (const auto& [k, v] : node.entries) {
            if (k.text == "years")
                years(v);
            else if (k.text == "free")
                free_days(v);
            else if (k.text == "holidays")
                holidays(v);
            else if (k.text == "worked")
                worked(v);
            else if (k.text == "moved_on")
                moved_on(v);
            else if (k.text == "title")
                scalar(v, "a title");
            else if (k.text == "basis")
                basis(v);
            else
                unknown(k, "a calendar", kKeys);
        }
        for (const char* key : {"years", "free"}) {
            if (node.find(key) != nullptr) continue;
            diagnostics_.error(node.span, "missing-key",
                               "calendar `" + name_ + "` has no `" + key + "`",
                               key == std::string_view("years")
                                   ? "write `years: [2017, 2018]`, the first and the last year "
                                     "for which all holidays are in it"
                                   : "write `free: [Saturday, Sunday]`, or `free: []`");
            good_ = false;
        }
        if (!good_) return std::nullopt;
        return std::move(data_);
    }

private:
    static std::string found(const Node& n) {
        return ", found " + (n.is_scalar() ? "`" + n.text + "`" : std::string(kind_word(n)));
    }
    void fault(const Node& n, std::string message, std::string help) {
        diagnostics_.error(n.span, "wrong-type", std::move(message), std::move(help));
        good_ = false;
    }
    void unknown(const Node& key, const char* what, const std::vector<std::string>& known) {
        diagnostics_.error(key.span, "unknown-key",
                           std::string(what) + " has no key `" + key.text + "`",
                           text::did_you_mean(key.text, known));
        good_ = false;
    }
    bool scalar(const Node& n, const char* what) {
        if (n.is_scalar()) return true;
        fault(n, std::string("expected ") + what + found(n),
              std::string("write ") + what + " as one text");
        return false;
    }

    static std::optional<std::int64_t> number(std::string_view s) {
        std::int64_t n = 0;
        const auto end = s.data() + s.size();
        const auto [p, error] = std::from_chars(s.data(), end, n);
        if (s.empty() || error != std::errc() || p != end) return std::nullopt;
        return n;
    }

    void years(const Node& n) {
        const auto at = [&](std::size_t i) { return number(n.items[i].text); };
        const bool two = n.is_sequence() && n.items.size() == 2 && at(0) && at(1);
        if (!two || *at(0) < 1 || *at(1) > 9999 || *at(1) < *at(0)) {
            fault(n, "expected the first and the last year" + found(n), "write [2014, 2018]");
            return;
        }
        if (*at(1) - *at(0) >= time::WorkingDays::kMostYears) {
            fault(n,
                  "a calendar covers at most " + std::to_string(time::WorkingDays::kMostYears) +
                      " years",
                  "cover the years that cases are about");
            return;
        }
        data_.first_year = *at(0);
        data_.last_year = *at(1);
    }

    void free_days(const Node& n) {
        if (!n.is_sequence()) {
            fault(n, "expected a list of days of the week" + found(n),
                  "write [Saturday, Sunday]; [] if none is free");
            return;
        }
        for (const auto& item : n.items) {
            const auto weekday = grammar::weekday_called(item.is_scalar() ? item.text : "");
            if (weekday) {
                data_.free[static_cast<std::size_t>(*weekday - 1)] = true;
                continue;
            }
            std::vector<std::string> known;
            for (const auto day : grammar::english_weekdays()) known.emplace_back(day);
            fault(item, "expected a day of the week" + found(item),
                  text::did_you_mean(item.text, known));
        }
    }

    // 03-21 of every year, or 2017-06-26.
    std::optional<StatedDay> day(const Node& n) {
        StatedDay out;
        const auto& s = n.text;
        if (n.is_scalar() && s.size() == 5 && s[2] == '-') {
            const auto month = number(s.substr(0, 2));
            const auto d = number(s.substr(3));
            if (month && d && *month >= 1 && *month <= 12 && *d >= 1 &&
                *d <= time::days_in_month(2016, static_cast<int>(*month))) {
                out.yearly = YearlyDay{static_cast<int>(*month), static_cast<int>(*d)};
                return out;
            }
        }
        if (n.is_scalar() && s.size() == 10) {
            const auto parsed = grammar::parse_edtf_date(s);
            const auto* date = std::get_if<grammar::EdtfDate>(&parsed);
            if (date != nullptr && s.find_first_not_of("0123456789-") == std::string::npos) {
                const time::Civil c{*number(date->year), static_cast<int>(*number(date->month)),
                                    static_cast<int>(*number(date->day))};
                if (time::valid(c)) {
                    out.dated = time::to_day(c);
                    return out;
                }
            }
        }
        fault(n, "expected a day" + found(n), "write 03-21 for every year, or 2017-06-26");
        return std::nullopt;
    }

    // A day, or {day: 03-21, last: 03-24}.
    void days(const Node& n, bool yearly, std::vector<time::Window>& dated) {
        const Node* from = &n;
        const Node* to = nullptr;
        if (n.is_mapping()) {
            for (const auto& [k, v] : n.entries)
                if (!std::count(kDayKeys.begin(), kDayKeys.end(), k.text))
                    unknown(k, "a holiday", kDayKeys);
            from = n.find("day");
            to = n.find("last");
            if (from == nullptr) {
                diagnostics_.error(n.span, "missing-key", "a holiday has no `day`",
                                   "write {day: 03-21, last: 03-24}");
                good_ = false;
                return;
            }
        }
        const auto first = day(*from);
        const auto last = to == nullptr ? first : day(*to);
        if (!first || !last) return;
        if (first->dated && last->dated && *first->dated <= *last->dated &&
            last->dated->value - first->dated->value < 366) {
            dated.push_back({*first->dated, *last->dated});
        } else if (yearly && first->yearly && last->yearly) {
            data_.yearly.push_back(
                {first->yearly->month, first->yearly->day, last->yearly->month, last->yearly->day});
        } else if (!yearly && first->yearly) {
            fault(*from, "a day that is worked is a day of one year" + found(*from),
                  "write 2017-03-25");
        } else {
            fault(*to, "expected a last day not before the first, within a year" + found(*to),
                  "write both as 03-21, or both as 2017-06-26");
        }
    }

    void holidays(const Node& n) {
        list(n, "holidays", kDays, [&](const Node& item) { days(item, true, data_.dated); });
    }
    void worked(const Node& n) {
        list(n, "days", "write [2017-03-25]",
             [&](const Node& item) { days(item, false, data_.worked); });
    }
    template <class Take>
    void list(const Node& n, const char* what, const char* help, Take take) {
        if (!n.is_sequence()) {
            fault(n, std::string("expected a list of ") + what + found(n), help);
            return;
        }
        for (const auto& item : n.items) take(item);
    }
    void moved_on(const Node& n) {
        if (!n.is_scalar() || (n.text != "yes" && n.text != "no")) {
            fault(n, "expected yes or no" + found(n),
                  "yes: a holiday on a free day of the week makes the next working day free");
            return;
        }
        data_.moved_on = n.text == "yes";
    }
    void basis(const Node& n) {
        list(n, "sources", "write [{cite: ...}]", [&](const Node& item) {
            if (!item.is_mapping())
                return fault(item, "expected a source" + found(item), "write {cite: ...}");
            for (const auto& [k, v] : item.entries) {
                if (!std::count(kBasisKeys.begin(), kBasisKeys.end(), k.text))
                    unknown(k, "a source", kBasisKeys);
                else
                    scalar(v, k.text == "cite" ? "a citation" : "a note");
            }
        });
    }

    const std::string& name_;
    text::Diagnostics& diagnostics_;
    time::WorkingDays::Data data_;
    bool good_ = true;
};

}  // namespace

void WorkingCalendars::read(const Node& node, text::Diagnostics& diagnostics) {
    if (!node.is_mapping()) {
        diagnostics.error(node.span, "wrong-type",
                          "expected calendars by name, found " + std::string(kind_word(node)),
                          "write `calendars: {tj: {years: [2017, 2017], free: [Sunday]}}`");
        return;
    }
    for (const auto& [name, value] : node.entries) {
        if (!good_id(name.text)) {
            diagnostics.error(name.span, "bad-name", "`" + name.text + "` is no name of a calendar",
                              kNameHelp);
            continue;
        }
        const auto old = calendars_.find(name.text);
        if (old != calendars_.end()) {
            auto& d =
                diagnostics.error(name.span, "defined-twice",
                                  "calendar `" + name.text + "` is defined twice", "keep one");
            d.related.push_back({old->second.span, "first defined here"});
            continue;
        }
        Known known{nullptr, name.span};
        if (auto data = Reader(name.text, diagnostics).read(value))
            known.days = std::make_shared<const time::WorkingDays>(*data);
        calendars_.emplace(name.text, std::move(known));
    }
}

std::shared_ptr<const time::WorkingDays> WorkingCalendars::find(std::string_view name) const {
    const auto it = calendars_.find(name);
    return it == calendars_.end() ? nullptr : it->second.days;
}

std::vector<std::string> WorkingCalendars::names() const {
    std::vector<std::string> out;
    for (const auto& [name, known] : calendars_)
        if (known.days) out.push_back(name);
    return out;
}

}  // namespace antinomy::model
