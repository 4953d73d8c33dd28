#include "data/kinds.hpp"

#include <algorithm>

#include "data/draft_text.hpp"
#include "text/join.hpp"

namespace antinomy::data {

using text::join;

namespace {

std::string number(std::uint64_t n) {
    return std::to_string(n);
}

// "1 value", "2 values".
std::string values(std::uint64_t n) {
    return join(number(n), n == 1 ? " value" : " values");
}

bool has(Formats all, std::size_t index) {
    return ((all >> index) & 1u) != 0;
}

bool one_alone(Formats all) {
    return all != 0 && (all & (all - 1)) == 0;
}

// Do two of them read some text differently?
bool differ(Formats all) {
    static std::map<Formats, bool> known;  // a comparison takes milliseconds
    const auto at = known.find(all);
    if (at != known.end()) return at->second;
    const auto& formats = tried_formats();
    bool out = false;
    for (std::size_t i = 0; i < formats.size() && !out; ++i)
        for (std::size_t j = 0; j < i && !out; ++j)
            out = has(all, i) && has(all, j) && both_read(formats[j], formats[i]).has_value();
    return known.emplace(all, out).first->second;
}

// What each format makes of the text: "`%d/%m/%Y` reads `03/04/2014` as 2014-04-03, ...".
std::string readings(Formats all, std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < tried_formats().size(); ++i) {
        if (!has(all, i)) continue;
        const auto date = read_date(tried_formats()[i], text);
        if (date)
            out += join(out.empty() ? "" : ", ", "`", tried_formats()[i].written, "` reads ",
                        out.empty() ? join(shown(text), " as ") : std::string(), *date);
    }
    return out;
}

class Reckoning {
public:
    Reckoning(const Texts& t, bool json) : t_(t), json_(json) {}

    Reckoned run() {
        decide();
        if (out_.kind != ValueKind::text && out_.kind != ValueKind::nothing) {
            std::vector<std::pair<std::uint64_t, std::string>> spellings;
            for (const auto& [text, n] : t_.nothing) spellings.emplace_back(n, text);
            std::stable_sort(spellings.begin(), spellings.end(),
                             [](const auto& a, const auto& b) { return a.first > b.first; });
            for (auto& [n, text] : spellings) out_.nulls.push_back(std::move(text));
        }
        return std::move(out_);
    }

private:
    void doubt(std::string words) { out_.doubts.push_back(std::move(words)); }

    void decide() {
        const auto n = t_.values;
        if (n == 0) {
            out_.kind = ValueKind::nothing;
            return;
        }
        const auto numbers = t_.whole + t_.point;
        if (t_.truths == n) {
            out_.kind = ValueKind::truth;
        } else if (t_.whole == n) {
            whole();
        } else if (numbers == n) {
            out_.kind = ValueKind::number;
            // Of JSON, a number without quotes has a decimal point.
            if (t_.point_three == t_.point && (!json_ || t_.quoted > 0))
                doubt_signs(".", "the decimal point, or between groups of three digits");
        } else if (t_.comma > 0 && t_.comma + t_.whole == n) {
            comma();
        } else if (t_.point_grouped > 0 && numbers + t_.point_grouped + t_.comma_three == n) {
            // Of 1,250.5 beside 1,250 the comma stands between groups.
            out_.kind = ValueKind::number;
            out_.grouping = ',';
        } else if (t_.other_numbers.count > 0 && numbers + t_.other_numbers.count == n) {
            doubt(join("each value is a number, and ", values(t_.other_numbers.count), ", such as ",
                       shown(t_.other_numbers.example),
                       ", stand in a way that no field reads (an exponent, a sign such as `+` or "
                       "`$`, blanks between groups, or more than nine digits behind the point); "
                       "they are taken for texts"));
        } else if (dated() * 10 >= n * 9 || (dated() * 2 >= n && spellings())) {
            date();
        } else if (t_.durations == n) {
            out_.kind = ValueKind::duration;
        } else {
            out_.kind = ValueKind::text;
            if (numbers * 10 >= n * 9)
                doubt(join(number(numbers), " of ", values(n), " are numbers, and others are not",
                           strangers(", such as ")));
            else if (t_.other_dates.count > 0)
                doubt(join(values(t_.other_dates.count), ", such as ",
                           shown(t_.other_dates.example),
                           ", look like dates, and none of the formats that were tried reads "
                           "them; signs beside a date are named under `marks`, digits that are "
                           "not known under `unknown`"));
            else if (dated() > 0)
                doubt(join(number(dated()), " of ", values(n),
                           " have the form of a date, and the others have not",
                           strangers(", such as ")));
        }
    }

    [[nodiscard]] std::uint64_t dated() const {
        // Numbers that could be dates are dates where others are.
        return t_.all_dates() + t_.intervals.count + t_.two_digits.count + t_.no_day.count;
    }

    // Are those that are no dates a few words, such as may mean nothing?
    [[nodiscard]] bool spellings() const {
        return t_.strangers.size() <= 3 &&
               std::none_of(t_.strangers.begin(), t_.strangers.end(), [](const auto& s) {
                   return s.first.find_first_of("0123456789") != std::string::npos;
               });
    }

    // The most frequent of those that are of no kind, behind `lead`; nothing, if there are none.
    std::string strangers(std::string_view lead) const {
        std::string out;
        std::vector<std::pair<std::uint64_t, std::string>> sorted;
        for (const auto& [text, n] : t_.strangers) sorted.emplace_back(n, text);
        std::stable_sort(sorted.begin(), sorted.end(),
                         [](const auto& a, const auto& b) { return a.first > b.first; });
        for (std::size_t i = 0; i < sorted.size() && i < 3; ++i)
            out += join(i == 0 ? lead : ", ", shown(sorted[i].second), " (",
                        number(sorted[i].first), sorted[i].first == 1 ? " time)" : " times)");
        return out;
    }

    void whole() {
        out_.kind = ValueKind::whole;
        static const auto compact = [] {
            std::size_t i = 0;
            while (tried_formats()[i].written != "%Y%m%d") ++i;
            return i;
        }();
        std::uint64_t dates = 0;
        for (const auto& [formats, seen] : t_.dates)
            if (has(formats, compact)) dates += seen.count;
        if (dates == t_.values)
            doubt(
                "each value is a number, and a date by `%Y%m%d`; it is taken for a number: if "
                "they are dates, write `date` in the vocabulary and add `dates: [\"%Y%m%d\"]`");
        else if (t_.years == t_.values)
            doubt(
                "each value is a number, and could be a year; it is taken for a number: if they "
                "are years, write `date` in the vocabulary and add `dates: [edtf]`");
    }

    void doubt_signs(std::string_view sign, std::string_view readings_of_it) {
        out_.kind = ValueKind::text;
        doubt(join("`", sign, "` in ", shown(t_.example), " stands for ", readings_of_it,
                   ": all values have three digits behind it; write `number` in the vocabulary "
                   "and say what `decimal` and `grouping` are"));
    }

    void comma() {
        if (t_.comma_three == t_.comma) {
            doubt_signs(",", "the decimal comma, or between groups of three digits");
            return;
        }
        out_.kind = ValueKind::number;
        out_.decimal = ',';
        if (t_.grouped > 0) out_.grouping = '.';
    }

    void date() {
        const auto n = t_.values;
        if (t_.intervals.count > 0) {
            periods();
            return;
        }
        std::map<std::size_t, std::uint64_t> chosen;
        // What one format alone reads needs that one. Of several that read a text alike any will
        // do, if they read all texts alike; else it is open which one is meant, unless other
        // values need it.
        Formats needed = 0;
        for (const auto& [formats, seen] : t_.dates)
            if (one_alone(formats)) needed |= formats;
        for (const auto* group : {&t_.open, &t_.dates})
            for (const auto& [formats, seen] : *group) {
                const auto fit = formats & needed;
                if (one_alone(formats) || (group == &t_.dates && !differ(fit != 0 ? fit : formats)))
                    continue;
                if (one_alone(fit)) continue;
                out_.two_readings = true;
                if (fit != 0)
                    mixed(fit);
                else
                    two_readings(formats, seen);
                return;
            }
        for (const auto* group : {&t_.open, &t_.dates})
            for (const auto& [formats, seen] : *group) {
                const auto fit = formats & needed;
                auto pick = fit != 0 ? fit : formats;
                pick &= ~pick + 1;  // the one that is preferred
                needed |= pick;
                for (std::size_t i = 0; i < tried_formats().size(); ++i)
                    if (has(pick, i)) chosen[i] += seen.count;
            }
        // Numbers that are also dates by one of these are among them already; others are none.
        for (const auto& [index, count] : chosen) out_.formats.push_back({index, count});
        std::stable_sort(out_.formats.begin(), out_.formats.end(),
                         [](const auto& a, const auto& b) { return a.count > b.count; });
        for (std::size_t i = 0; i < out_.formats.size(); ++i)
            for (std::size_t j = 0; j < i; ++j) {
                const auto a = out_.formats[j].index;
                const auto b = out_.formats[i].index;
                if (!both_read(tried_formats()[a], tried_formats()[b])) continue;
                mixed((Formats{1} << a) | (Formats{1} << b));
                return;
            }
        if (out_.formats.empty()) {
            // Nothing but years of two digits, or days that are none.
            out_.kind = ValueKind::text;
        } else {
            out_.kind = ValueKind::date;
        }
        if (out_.kind == ValueKind::date && months_only())
            doubt(
                "each value is a month and a year by its form; they are taken for dates, and "
                "could be numbers of files: then write `text` in the vocabulary");
        if (t_.two_digits.count > 0)
            refuse(join("the year has two digits in ", values(t_.two_digits.count), ", such as ",
                        shown(t_.two_digits.example),
                        ": the century is open; say under `century` which years they mean, and "
                        "name the format, with `%y`"));
        if (t_.no_day.count > 0)
            refuse(join(values(t_.no_day.count), ", such as ", shown(t_.no_day.example), ", ",
                        t_.no_day.count == 1 ? "is" : "are", " no day of the calendar"));
        const auto others = n - dated();
        if (others > 0)
            refuse(join(values(others), others == 1 ? " is no date" : " are no dates",
                        strangers(": "), "; if that means nothing, name it under `nulls`"));
    }

    [[nodiscard]] bool months_only() const {
        return std::all_of(out_.formats.begin(), out_.formats.end(), [](const auto& f) {
            const auto& written = tried_formats()[f.index].written;
            return written.find("%m") != std::string::npos &&
                   written.find("%d") == std::string::npos;
        });
    }

    // What such a field does not take.
    void refuse(std::string words) {
        out_.refused = out_.refused || out_.kind == ValueKind::date;
        doubt(std::move(words));
    }

    void periods() {
        std::uint64_t edtf = t_.intervals.count;
        for (const auto& [formats, seen] : t_.dates)
            if (has(formats, 0)) edtf += seen.count;
        if (edtf == t_.values) {
            out_.kind = ValueKind::period;
            out_.formats.push_back({0, edtf});
            return;
        }
        out_.kind = ValueKind::text;
        doubt(join(values(t_.intervals.count), ", such as ", shown(t_.intervals.example),
                   ", are intervals, and others are none"));
    }

    void two_readings(Formats formats, const Counted& seen) {
        out_.kind = ValueKind::text;
        out_.formats.clear();
        std::uint64_t all = 0;
        for (const auto* group : {&t_.open, &t_.dates})
            for (const auto& [f, s] : *group) all += f == formats ? s.count : 0;
        doubt(join("day and month could be either way round in ",
                   all == t_.values ? join("each of ", values(all)) : values(all), ": ",
                   readings(formats, seen.example),
                   "; write `date` in the vocabulary and name the format under `dates`"));
    }

    void mixed(Formats needed) {
        out_.kind = ValueKind::text;
        out_.formats.clear();
        std::string examples;
        for (std::size_t i = 0; i < tried_formats().size(); ++i) {
            if (!has(needed, i)) continue;
            std::uint64_t n = 0;
            std::string one;
            for (const auto& [formats, seen] : t_.dates)
                if (formats == Formats{1} << i) {
                    n += seen.count;
                    one = seen.example;
                }
            examples += join(examples.empty() ? "" : ", ", "`", tried_formats()[i].written,
                             "` alone reads ", values(n),
                             one.empty() ? std::string() : join(", such as ", shown(one)));
        }
        doubt(join("dates are written in two ways that one map cannot tell apart: ", examples,
                   "; others could be either"));
    }

    const Texts& t_;
    Reckoned out_;
    bool json_;
};

}  // namespace

std::string_view word(ValueKind kind) {
    switch (kind) {
        case ValueKind::date:
            return "date";
        case ValueKind::period:
            return "period";
        case ValueKind::duration:
            return "duration";
        case ValueKind::whole:
            return "int";
        case ValueKind::number:
            return "number";
        case ValueKind::truth:
            return "bool";
        default:
            return "text";
    }
}

Reckoned reckon(const Texts& texts, bool json) {
    return Reckoning(texts, json).run();
}

std::string shown(std::string_view value, std::size_t most) {
    return join("`", one_safe_line(value, most), "`");
}

}  // namespace antinomy::data
