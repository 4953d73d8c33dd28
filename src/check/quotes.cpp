// A quote is evidence of its value: the dates read in it are compared with what the case says. The
// finding warns where a quote speaks of days and none of them can be the value; it keeps silent
// wherever a reader could see it otherwise.
#include <algorithm>
#include <map>
#include <set>

#include "check/state.hpp"
#include "grammar/quoted.hpp"

namespace antinomy::check {

using grammar::QuotedDate;
using model::Assertion;
using model::AssertionId;
using model::FieldKind;
using time::Day;
using time::DaySet;
using time::Window;

namespace {

// A word about the day of publication may have been said a while before.
constexpr std::int64_t kSaidBefore = 31;

DaySet span_of(const time::StatedPeriod& p) {
    const auto start = p.start.days.hull();
    return DaySet(Window{start.first, std::max(start.last, p.end.days.hull().last)});
}

// Everything that an assertion's date can mean; nothing where that is not days written in it. Of a
// Julian date the Gregorian reading as well: the quote may have either.
std::optional<DaySet> days_said(const model::Case& c, const model::Field& field,
                                const Assertion& a) {
    if (!a.value.absolute) return std::nullopt;
    const auto* edtf = std::get_if<grammar::Edtf>(&a.value.time->value);
    if (edtf == nullptr) return std::nullopt;
    if (field.kind == FieldKind::day) {
        const auto plain = time::day_of(*edtf, c.conventions);
        const auto* days = std::get_if<time::StatedDay>(&plain);
        return days == nullptr ? a.value.day.days : a.value.day.days.unite(days->days);
    }
    const auto plain = time::period_of(*edtf, c.conventions);
    const auto* period = std::get_if<time::StatedPeriod>(&plain);
    const auto said = span_of(a.value.period);
    return period == nullptr ? said : said.unite(span_of(*period));
}

// The day of a month, or its last one.
Day day_in(std::int64_t year, int month, int day) {
    return time::to_day({year, month, std::min(day, time::days_in_month(year, month))});
}
Window within_month(std::int64_t year, const QuotedDate& d) {
    return {day_in(year, *d.month, d.first_day.value_or(1)),
            day_in(year, *d.month, d.last_day.value_or(31))};
}

// The days that an absolute date of a quote, or one relative to publication, can mean.
std::optional<Window> window_of(const QuotedDate& d, const std::optional<Window>& published) {
    if (d.year) {
        if (!d.month) return Window{day_in(*d.year, 1, 1), day_in(*d.year, 12, 31)};
        return within_month(*d.year, d);
    }
    if (!d.shift || !published) return std::nullopt;
    const auto from = time::plus(published->first, -kSaidBefore);
    const auto to = published->last;
    if (d.unit == grammar::Unit::week)
        return Window{time::plus(from, 1 - time::iso_weekday(from) + 7 * *d.shift),
                      time::plus(to, 7 - time::iso_weekday(to) + 7 * *d.shift)};
    const auto first = time::to_civil(from);
    const auto last = time::to_civil(to);
    if (d.unit == grammar::Unit::month) {
        const auto month = [&](const time::Civil& c) {
            return c.year * 12 + c.month - 1 + *d.shift;
        };
        const auto a = month(first);
        const auto b = month(last);
        return Window{day_in(a / 12, static_cast<int>(a % 12) + 1, 1),
                      day_in(b / 12, static_cast<int>(b % 12) + 1, 31)};
    }
    if (!d.month)
        return Window{day_in(first.year + *d.shift, 1, 1), day_in(last.year + *d.shift, 12, 31)};
    return Window{within_month(first.year + *d.shift, d).first,
                  within_month(last.year + *d.shift, d).last};
}

bool meets(const DaySet& days, Window w) {
    return !days.intersect(DaySet(w)).empty();
}

// Without its year: is such a day among these?
bool meets_month(const DaySet& days, const QuotedDate& d) {
    for (const auto& w : days.windows()) {
        if (!bounded(w.first) || !bounded(w.last) || w.last.value - w.first.value >= 366)
            return true;
        for (auto year = time::to_civil(w.first).year; year <= time::to_civil(w.last).year; ++year)
            if (!time::intersect(w, within_month(year, d)).empty()) return true;
    }
    return false;
}

class Comparison {
public:
    Comparison(const model::Case& c, const model::Vocabulary& vocabulary)
        : case_(c), vocabulary_(vocabulary) {}

    // The day of publication of a value's source, if it is known.
    [[nodiscard]] std::optional<Window> published(const Assertion& a) const {
        if (!a.source.valid()) return std::nullopt;
        const auto& source = case_.record(a.source);
        const auto& type = vocabulary_.type(source.type);
        const auto index = type.field_index("published");
        if (index == SIZE_MAX || source.fields[index].size() != 1) return std::nullopt;
        const auto& said = case_.assertion(source.fields[index].front());
        if (!said.value.absolute || said.value.day.days.empty()) return std::nullopt;
        const auto hull = said.value.day.days.hull();
        if (!bounded(hull.first) || !bounded(hull.last)) return std::nullopt;
        return hull;
    }

    // The values that stand for one quote in one record. The dates read that none of them meets;
    // nothing if one does, or if that is not sure.
    [[nodiscard]] std::vector<QuotedDate> unmet(const std::string& quote,
                                                const std::vector<AssertionId>& group) const {
        const auto read = grammar::dates_in_quote(quote);
        if (!read.sure) return {};
        std::vector<QuotedDate> plain;
        for (const auto& d : read.dates)
            if (!d.weak) plain.push_back(d);
        if (plain.empty()) return {};
        for (const auto id : group) {
            const auto& a = case_.assertion(id);
            const auto& field = vocabulary_.type(case_.record(a.record).type).fields[a.field];
            const auto days = days_said(case_, field, a);
            if (!days || days->empty()) return {};
            const auto near = published(a);
            Window hull{time::kForever, time::kEver};
            for (const auto& d : read.dates) {
                const auto w = window_of(d, near);
                if (!w && d.shift) return {};           // relative to nobody knows when
                if (!w && plain.size() > 1) return {};  // of which year, beside the others?
                if (w ? meets(*days, *w) : meets_month(*days, d)) return {};
                if (!w || d.weak) continue;
                hull.first = std::min(hull.first, w->first);
                hull.last = std::max(hull.last, w->last);
            }
            // Of two dates, the value may lie between.
            if (plain.size() > 1 && meets(*days, hull)) return {};
        }
        return plain;
    }

private:
    const model::Case& case_;
    const model::Vocabulary& vocabulary_;
};

}  // namespace

void add_quote_differences(const rule::Packs& packs, const model::Case& c,
                           const Judgement& judgement, std::vector<Finding>& out) {
    if (std::all_of(c.assertions.begin(), c.assertions.end(),
                    [](const model::Assertion& a) { return a.quote.empty(); }))
        return;
    const auto& vocabulary = packs.vocabulary();
    const Comparison compare(c, vocabulary);
    for (const auto& record : c.records) {
        std::map<std::string, std::vector<AssertionId>> quotes;
        const auto& type = vocabulary.type(record.type);
        // A quote that stands for the whole record speaks of more than its dates, and the dates in
        // it may be those of something else.
        std::set<std::string> of_more;
        for (std::size_t f = 0; f < type.fields.size(); ++f)
            if (type.fields[f].kind != FieldKind::day && type.fields[f].kind != FieldKind::period)
                for (const auto id : record.fields[f]) of_more.insert(c.assertion(id).quote);
        for (std::size_t f = 0; f < type.fields.size(); ++f) {
            if (type.fields[f].kind != FieldKind::day && type.fields[f].kind != FieldKind::period)
                continue;
            for (const auto id : record.fields[f]) {
                const auto& a = c.assertion(id);
                if (a.quote.empty() || of_more.count(a.quote) != 0 || !a.value.time ||
                    !a.value.pending.empty() || a.state == model::State::withdrawn ||
                    a.state == model::State::proposed)
                    continue;
                // The quote of a record speaks of its moment; other days it may leave out.
                if (a.quote_of_record && type.fields[f].name != type.first_moment &&
                    type.fields[f].name != type.last_moment)
                    continue;
                quotes[a.quote].push_back(id);
            }
        }
        for (const auto& [quote, group] : quotes) {
            const auto unmet = compare.unmet(quote, group);
            if (unmet.empty()) continue;
            auto holders = holders_of(c, judgement.views, group.front());
            if (holders.timeline == nullptr) continue;  // a statement of nobody's
            const auto& a = c.assertion(group.front());
            const auto& field = type.fields[a.field];
            const auto days = *days_said(c, field, a);
            std::string dates;
            for (const auto& d : unmet)
                dates += (dates.empty() ? "\"" : ", \"") +
                         quote.substr(d.range.begin, d.range.end - d.range.begin) + "\"";
            Finding f;
            f.rule = "quote-differs-from-value";
            f.rule_title = "A quote speaks of another day than the value it stands for";
            f.case_id = c.id;
            // Certain where both sides are one day, and nothing else is read.
            const bool exact = unmet.size() == 1 && unmet.front().year && unmet.front().first_day &&
                               unmet.front().first_day == unmet.front().last_day &&
                               group.size() == 1 && field.kind == FieldKind::day &&
                               days.hull().single() && !a.value.day.doubtful &&
                               !a.value.day.approximate;
            f.verdict = exact ? Verdict::certain : Verdict::possible;
            f.about = "source";
            f.reaches = "record";
            f.at = record.path;
            f.message = record.path + "." + field.name + " is stated as " + a.value.written +
                        ", and its quote speaks of " + dates;
            f.help = "correct the value or the quote, or quote the words that give the date";
            auto fact = fact_of(*holders.timeline, Reading{group.front(), 0});
            f.accounts = std::move(holders.accounts);
            f.proof.kind = "values";
            f.proof.holds = std::move(holders.holds);
            f.places.push_back({a.span, "the quote of this speaks of " + dates, fact.account});
            // By whose values these are, not by the words: those may be put right in part.
            std::set<std::string> values;
            for (const auto id : group) {
                const auto x = fact_of(*holders.timeline, Reading{id, 0});
                values.insert(x.path + "@" + x.account + "@" + x.source);
            }
            std::string identity = f.rule + "\n" + c.id;
            for (const auto& v : values) identity += "\n" + v;
            f.fingerprint = hash16(identity);
            f.proof.text.push_back(f.message);
            f.proof.facts.push_back(std::move(fact));
            add_sources_note(f, c, vocabulary);
            out.push_back(std::move(f));
        }
    }
}

}  // namespace antinomy::check
