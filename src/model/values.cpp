// Values, typed by the vocabulary.

#include <charconv>

#include "grammar/duration.hpp"
#include "grammar/edtf.hpp"
#include "grammar/time.hpp"
#include "model/builder.hpp"
#include "text/nearest.hpp"
#include "time/expression.hpp"

namespace antinomy::model {

using text::Node;
using text::Span;

std::optional<std::int64_t> whole_number(std::string_view s) {
    std::int64_t n = 0;
    if (s.empty() || (s.size() > 1 && s[0] == '0')) return std::nullopt;
    const auto [p, ec] = std::from_chars(s.data(), s.data() + s.size(), n);
    if (ec != std::errc() || p != s.data() + s.size()) return std::nullopt;
    return n;
}

std::optional<bool> truth(std::string_view s) {
    if (s == "yes" || s == "true") return true;
    if (s == "no" || s == "false") return false;
    return std::nullopt;
}

namespace {

// Digits with at most one point: no exponents, no hexadecimal, no leading zeros.
std::optional<double> decimal_number(std::string_view s) {
    const auto dot = s.find('.');
    const auto whole = whole_number(s.substr(0, dot));
    if (!whole || *whole > 1'000'000'000'000 || *whole < -1'000'000'000'000) return std::nullopt;
    double value = static_cast<double>(*whole);
    if (dot == std::string_view::npos) return value;
    double unit = 0.1;
    const auto rest = s.substr(dot + 1);
    if (rest.empty() || rest.size() > 9) return std::nullopt;
    for (const char c : rest) {
        if (c < '0' || c > '9') return std::nullopt;
        value += (s[0] == '-' ? -1 : 1) * unit * (c - '0');
        unit /= 10;
    }
    return value;
}

}  // namespace

bool Builder::read_value(const Field& field, const Node& node, Value& value,
                         time::Calendar calendar) {
    if (field.list) return read_list(field, node, value);
    if (!node.is_scalar()) {
        auto& d = error(node.span, "wrong-type",
                        "`" + field.name + "` is " + describe(field) + found(node),
                        "write a single value");
        if (node.is_sequence() && (field.kind == FieldKind::day || field.kind == FieldKind::period))
            d.help = "quote an EDTF set: \"[2014-10-09, 2014-11-10]\"";
        return false;
    }
    value.written = node.text;
    switch (field.kind) {
        case FieldKind::day:
        case FieldKind::period:
            return read_time(field, node, value, calendar);
        case FieldKind::duration: {
            auto parsed = grammar::parse_duration(node.text);
            if (auto* e = std::get_if<grammar::SyntaxError>(&parsed)) {
                error(node.inside(e->range.begin, e->range.end), "wrong-type",
                      "`" + field.name + "` is a duration: " + e->message + in_text(node.text),
                      e->help);
                return false;
            }
            const auto& d = std::get<grammar::WrittenDuration>(parsed);
            value.duration.months = d.years * 12 + d.months;
            value.duration.seconds =
                (d.weeks * 7 + d.days) * time::kSecondsOfDay + d.hours * 3600 + d.minutes * 60;
            value.duration.by_clock = d.hours != 0 || d.minutes != 0;
            if (node.text.find(' ') == std::string::npos)
                value.written = time::to_string(value.duration);
            return true;
        }
        case FieldKind::integer: {
            const auto n = whole_number(node.text);
            if (!n)
                return wrong(field, node, "write digits only, without leading zeros (19 at most)");
            value.number = static_cast<double>(*n);
            return true;
        }
        case FieldKind::number: {
            const auto n = decimal_number(node.text);
            if (!n) return wrong(field, node, "write digits, with a point if need be");
            value.number = *n;
            return true;
        }
        case FieldKind::boolean: {
            const auto b = truth(node.text);
            if (!b) return wrong(field, node, "write yes or no");
            value.boolean = *b;
            return true;
        }
        case FieldKind::text:
            value.texts = {node.text};
            return true;
        case FieldKind::word:
            if (!listed(field.words, node.text)) {
                error(node.span, "unknown-word",
                      "`" + node.text + "` is no word of `" + field.name + "`",
                      text::did_you_mean(node.text, field.words));
                return false;
            }
            value.texts = {node.text};
            return true;
        case FieldKind::reference: {
            const auto r = reference(field.target, node);
            if (!r.valid()) return false;
            value.records = {r};
            return true;
        }
        case FieldKind::nested:
            return false;
    }
    return false;
}

bool Builder::wrong(const Field& field, const Node& node, std::string help) {
    error(node.span, "wrong-type",
          "`" + field.name + "` is " + describe(field) + ", found `" + node.text + "`",
          std::move(help));
    return false;
}

bool Builder::read_list(const Field& field, const Node& node, Value& value) {
    if (!node.is_sequence()) {
        error(node.span, "wrong-type", "`" + field.name + "` is " + describe(field) + found(node),
              "write [a, b]");
        return false;
    }
    bool good = true;
    for (const auto& item : node.items) {
        if (field.kind == FieldKind::reference) {
            const auto r = reference(field.target, item);
            if (!r.valid()) {
                good = false;
                continue;
            }
            value.records.push_back(r);
        } else {
            if (!item.is_scalar()) {
                error(item.span, "wrong-type", "expected a text" + found(item),
                      "write one text an item");
                good = false;
                continue;
            }
            value.texts.push_back(item.text);
        }
        value.item_spans.push_back(item.span);
        value.written += (value.written.empty() ? "" : ", ") + item.text;
    }
    return good;
}

// A date of few digits may leave hundreds of thousands of separate days; a file of them, more than
// there is memory for.
bool Builder::too_many_windows(const Node& node, const Value& value) {
    for (const auto* days : {&value.day.days, &value.period.start.days, &value.period.end.days})
        windows_left_ -= static_cast<std::int64_t>(days->windows().size());
    if (windows_left_ >= 0) return false;
    error(node.span, "too-many-days",
          "the dates of this case leave more than " + std::to_string(kWindowsOfCase) +
              " separate days open",
          "give the century, or an interval from the first to the last day");
    return true;
}

bool Builder::read_time(const Field& field, const Node& node, Value& value,
                        time::Calendar calendar) {
    auto parsed = grammar::parse_time(node.text);
    if (auto* e = std::get_if<grammar::SyntaxError>(&parsed)) {
        error(node.inside(e->range.begin, e->range.end), "bad-date",
              e->message + in_text(node.text),
              e->help.empty() ? "write a date as 2014-09-30, 2014-11 or `10 days after ban`"
                              : e->help);
        return false;
    }
    value.time = std::move(std::get<grammar::TimeExpression>(parsed));
    const auto* edtf = std::get_if<grammar::Edtf>(&value.time->value);
    const bool julian = calendar == time::Calendar::julian;
    if (edtf == nullptr) {
        if (julian) {
            error(node.span, "wrong-type",
                  "a date relative to another point has no calendar" + in_text(node.text),
                  "leave `calendar` out, or write the date itself");
            return false;
        }
        if (field.kind == FieldKind::period) {
            error(node.span, "not-supported",
                  "a period relative to another point is not supported yet",
                  "use two date fields, or an absolute period");
            return false;
        }
        if (!named_calendar_ && time::counts_working_days(*value.time)) {
            std::string known;
            for (const auto& name : vocabulary_.calendars().names())
                known += (known.empty() ? "; there is " : ", ") + name;
            error(node.span, "no-calendar",
                  "working days are counted by a calendar, and this case names none",
                  "add `working_days: NAME` under `case:`" + known);
            return false;
        }
        return true;
    }
    const auto& conventions = case_.conventions;
    value.absolute = true;
    if (windows_left_ < 0) return false;  // that was told
    const auto report = [&](const time::CalendarError& e) {
        error(node.inside(e.range.begin, e.range.end), "bad-date", e.message,
              e.help.empty() ? "write a day that exists" : e.help);
        return false;
    };
    if (field.kind == FieldKind::day) {
        auto day = time::day_of(*edtf, conventions, calendar);
        if (auto* e = std::get_if<time::CalendarError>(&day)) return report(*e);
        value.day = std::get<time::StatedDay>(day);
    } else {
        auto period = time::period_of(*edtf, conventions, calendar);
        if (auto* e = std::get_if<time::CalendarError>(&period)) return report(*e);
        value.period = std::get<time::StatedPeriod>(period);
    }
    if (too_many_windows(node, value)) return false;
    // Whoever reads a finding sees both: the date as it was written, and the days it is reckoned
    // by.
    if (julian) {
        const auto first = field.kind == FieldKind::day ? value.day.days : value.period.start.days;
        const auto last = field.kind == FieldKind::day ? value.day.days : value.period.end.days;
        value.written += " (Julian; Gregorian " +
                         time::to_string(time::Window{first.hull().first, last.hull().last}) + ")";
    }
    return true;
}

bool Builder::read_pending(const Field& field, const Node& assertion, Value& value,
                           time::Calendar calendar) {
    static const std::string kAfter = "after ";
    const auto& node = *assertion.find("pending");
    const auto* as_of = assertion.find("as_of");
    if (field.kind != FieldKind::day && field.kind != FieldKind::period) {
        error(node.span, "wrong-type",
              "`pending` is for dates, and `" + field.name + "` is " + describe(field),
              "write the value");
        return false;
    }
    const auto waits_for = scalar(node, "what the day waits for");
    if (!waits_for) return false;
    value.pending = *waits_for;
    value.written = "pending (" + *waits_for + ")";
    static const std::string kNotYet = ", not yet on ";
    if (as_of == nullptr) {
        value.day.days = time::DaySet::all();
        value.period.start.days = value.period.end.days = time::DaySet::all();
        return true;
    }
    if (!scalar(*as_of, "the day on which it had not come")) return false;
    Field day;
    day.name = "as_of";
    day.kind = FieldKind::day;
    const auto plain = grammar::parse_time(as_of->text);
    if (const auto* time = std::get_if<grammar::TimeExpression>(&plain);
        time != nullptr && std::holds_alternative<grammar::Edtf>(time->value)) {
        Value said;
        said.written = as_of->text;
        if (!read_time(day, *as_of, said, calendar)) return false;
        value.written += kNotYet + said.written;
        value.time = std::move(said.time);
        value.absolute = true;
        value.day = std::move(said.day);
        // Of a month: not on one of its days, so at the earliest on the day after its first.
        value.day.days =
            time::DaySet(time::Window{plus(value.day.days.hull().first, 1), time::Window{}.last});
        value.period.start = value.period.end = value.day;
        return true;
    }
    auto after = grammar::parse_time(kAfter + as_of->text);
    auto* time = std::get_if<grammar::TimeExpression>(&after);
    if (time == nullptr || !std::holds_alternative<grammar::OneSided>(time->value)) {
        const auto* e = std::get_if<grammar::SyntaxError>(&plain);
        error(e != nullptr ? as_of->inside(e->range.begin, e->range.end) : as_of->span, "bad-date",
              "`as_of` is one day" + (e != nullptr ? ": " + e->message + in_text(as_of->text)
                                                   : ", found `" + as_of->text + "`"),
              e != nullptr && !e->help.empty()
                  ? e->help
                  : "write a date, or the name of one: `as_of: s.published`");
        return false;
    }
    if (field.kind == FieldKind::period) {
        error(as_of->span, "not-supported",
              "a period relative to another point is not supported yet",
              "write the date itself, or use two date fields");
        return false;
    }
    if (calendar == time::Calendar::julian) {
        error(as_of->span, "wrong-type",
              "a date relative to another point has no calendar" + in_text(as_of->text),
              "leave `calendar` out, or write the date itself");
        return false;
    }
    value.written += kNotYet + as_of->text;
    value.time = std::move(*time);
    value.before_time = static_cast<std::uint32_t>(kAfter.size());
    return true;
}

}  // namespace antinomy::model
