// How values are said in messages and proofs.
#include "check/state.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "time/division.hpp"
#include "time/words.hpp"

namespace antinomy::check {

using model::AssertionId;
using model::RecordId;
using rule::Op;
using rule::Term;

namespace {

using K = Ground::Kind;

std::string plural(std::int64_t n) {
    return std::to_string(n) + (n == 1 ? " day" : " days");
}

// Days that no two dates of a case lie apart: over a thousand years.
constexpr std::int64_t kFar = 365'000;

// "2014-10-09 or a day between 2014-11-10 and 2014-11-11", "a day on or after 2014-11-10"
std::string windows(const time::DaySet& days) {
    if (auto recurring = time::recurring_words(days); !recurring.empty()) return recurring;
    std::string s;
    for (const auto& w : days.windows()) {
        s += s.empty() ? "" : " or ";
        if (w.single())
            s += time::to_string(w.first);
        else if (bounded(w.first) && bounded(w.last))
            s += "a day between " + time::to_string(w.first) + " and " + time::to_string(w.last);
        else if (bounded(w.first))
            s += "a day on or after " + time::to_string(w.first);
        else if (bounded(w.last))
            s += "a day on or before " + time::to_string(w.last);
        else
            s += "an unknown day";
    }
    return s;
}

// Which day it was: "2014-09-29", "an unknown day between 2014-11-01 and 2014-11-30".
std::string days_in_words(const time::DaySet& days) {
    if (const auto recurring = time::recurring_words(days); !recurring.empty()) return recurring;
    if (days.empty() || days.windows().size() > 4) return "an unknown day";
    if (days.windows().size() > 1 || days.hull().single()) return windows(days);
    const auto hull = time::said_hull(days);
    if (!bounded(hull.first) && !bounded(hull.last)) return "an unknown day";
    if (!bounded(hull.first)) return "an unknown day on or before " + time::to_string(hull.last);
    if (!bounded(hull.last)) return "an unknown day on or after " + time::to_string(hull.first);
    return "an unknown day between " + time::to_string(hull.first) + " and " +
           time::to_string(hull.last);
}

// As written, and that it is only about that: what lies between is not the statement's.
std::string about(const model::Value& v) {
    const auto mark = v.written.find_first_of("~%");
    // One mark at the end speaks for itself; of a part, or of one end, it is told as it stands.
    if (mark + 1 == v.written.size() && v.written[mark] == '~')
        return "about " + v.written.substr(0, mark);
    return "about \"" + v.written + "\"";
}
constexpr std::string_view kBySlack = "by the policy approximate_slack";

}  // namespace

bool same_value(const model::Value& a, const model::Value& b) {
    if (a.written == b.written && a.place.zone == b.place.zone) return true;
    // Days may be written in several ways.
    return a.absolute && b.absolute && !a.day.days.empty() && a.day.days == b.day.days &&
           a.day.doubtful == b.day.doubtful && a.place.zone == b.place.zone &&
           a.place.second == b.place.second;
}

std::string period_words(const model::Value& v) {
    const auto* edtf = v.time ? std::get_if<grammar::Edtf>(&v.time->value) : nullptr;
    return v.absolute && edtf != nullptr ? time::period_words(v.period, *edtf) : std::string();
}

std::string with_article(const std::string& name) {
    return name.rfind("the ", 0) == 0 ? name : "the " + name;
}

std::string Evaluator::title(RecordId r, int side) {
    const auto& record = case_.record(r);
    const auto& type = vocabulary_.type(record.type);
    if (!type.title_field.empty()) {
        // The record's own title, also where it is one with another.
        const auto index = type.field_index(type.title_field);
        for (const auto id : record.fields[index])
            if (!case_.assertion(id).value.texts.empty()) {
                titles_said_.push_back(case_.assertion(id).span);
                return case_.assertion(id).value.texts.front();
            }
    }
    titles_said_.emplace_back();
    static_cast<void>(side);
    return record.id;
}

// A date, a whole period, or (`part`) where a period starts or ends.
std::string Evaluator::say_time(const Located& end, int part) {
    const std::string unknown = "an unknown day";
    const auto field = timeline_.effective_field(end.side, end.record, end.field);
    const auto& list = timeline_.view(end.side).held(case_, end.record, field);
    const auto* only = list.size() == 1 ? &case_.assertion(list.front()).value : nullptr;
    if (only != nullptr && !only->pending.empty()) return only->written;
    const auto& type = vocabulary_.type(case_.record(end.record).type);
    if (part < 0 && type.fields[end.field].kind == model::FieldKind::period) {
        // As it was stated, if that stands for itself; else what its two ends come to.
        if (only != nullptr && !is_approximate(*only))
            if (auto words = period_words(*only); !words.empty()) return words;
        const auto first = say_time(end, 0);
        const auto last = say_time(end, 1);
        return first == unknown && last == unknown ? unknown : "from " + first + " to " + last;
    }
    const auto point = timeline_.point(end.side, end.record, end.field, part == 1 ? 1 : 0);
    if (only != nullptr && part >= 0) {
        // Of a period its start or its end, which has no writing of its own.
        const auto& end_of = part == 0 ? only->period.start : only->period.end;
        const auto& days = end_of.days;
        if (only->absolute && end_of.approximate)
            return days_in_words(days) + ' ' + std::string(kBySlack);
        if (only->absolute && days.windows().size() == 1 && days.hull().single())
            return windows(days);
        return point ? days_in_words(words_->days(*point)) : unknown;
    }
    if (only != nullptr && only->absolute) {
        const auto& stated = only->day.days;
        if (only->day.approximate)
            return about(*only) + " (taken as " + windows(stated) + ' ' + std::string(kBySlack) +
                   ')';
        const bool one = stated.windows().size() == 1;
        if (one && stated.hull().single()) return only->written;
        // A month or a year is one unknown day of it, and a reader must be told so.
        if (one && only->written.find_first_not_of("0123456789-") == std::string::npos)
            return "an unknown day of " + only->written;
        return stated.windows().size() <= 4 ? windows(stated) : only->written;
    }
    if (!point) return unknown;
    const auto days = words_->days(*point);
    return days.windows().size() <= 4 ? days_in_words(days) : unknown;
}

// Of a list of text all of it.
std::string Evaluator::say_texts(const Located& end) {
    const auto& list = timeline_.view(end.side).held(case_, end.record, end.field);
    std::string out;
    for (const auto id : list) {
        std::string one;
        for (const auto& text : case_.assertion(id).value.texts)
            one += (one.empty() ? "" : ", ") + text;
        if (one.empty()) one = "(none)";
        out += (out.empty() ? "" : " or ") + one;
    }
    return out.empty() ? "(not stated)" : out;
}

std::string Evaluator::say(const Term& t, const Instance& i) {
    Reads scratch;
    auto c = context(i, scratch);
    if (t.op == Op::cases) {
        for (std::size_t k = 0; k + 1 < t.children.size(); k += 2)
            if (ground(t.children[k], c, false).kind != K::no) return say(t.children[k + 1], i);
        return "an unknown day";
    }
    if (t.type.kind == rule::Kind::field) {
        if (!i.field_record.valid()) return "a field";
        if (t.side >= 0 && i.one.valid()) {
            const auto& value = case_.assertion(t.side == 0 ? i.one : i.other).value;
            // Records by their titles.
            std::string titles;
            for (const auto r : value.records) titles += (titles.empty() ? "" : ", ") + title(r, 0);
            return titles.empty() ? value.written : titles;
        }
        const auto& record = case_.record(i.field_record);
        return "`" + record.path + "." + vocabulary_.type(record.type).fields[i.field].name + "`";
    }
    const bool dated = t.type.kind == rule::Kind::day || t.type.kind == rule::Kind::period;
    const bool texts = t.type.kind == rule::Kind::text && t.type.list;
    if (t.op == Op::path && (dated || texts)) {
        const auto w = walk(t, c);
        std::vector<std::string> said;
        for (const auto& end : w.ends) {
            if (end.field == UINT32_MAX) continue;
            auto one = dated ? say_time(end, t.part) : say_texts(end);
            if (std::find(said.begin(), said.end(), one) == said.end())
                said.push_back(std::move(one));
        }
        if (said.empty()) return dated ? "an unknown day" : "(not stated)";
        std::string out;
        for (const auto& one : said) out += (out.empty() ? "" : w.rival ? " or " : ", ") + one;
        return out;
    }
    if (t.type.kind == rule::Kind::day &&
        (t.op == Op::sum || t.op == Op::day || t.op == Op::deadline)) {
        time::DaySet days;
        for (const auto& o : operands(t, c)) {
            if (o.gap || !o.first.point) continue;
            const auto at = words_->days(*o.first.point, o.guard.formula(true, true));
            // By the clock: of a day without one, whichever hour it was.
            const auto second = place(PointTerm{o.first.point, 0, 0}).second;
            const auto late = [&](std::int64_t from) {
                return time::floor_div(from + o.first.seconds, time::kSecondsOfDay);
            };
            const auto first =
                o.first.offset + (o.first.seconds == 0 ? 0 : late(second.value_or(0)));
            const auto last =
                o.first.offset +
                (o.first.seconds == 0 ? 0 : late(second.value_or(time::kSecondsOfDay - 1)));
            for (const auto& w : at.windows()) days.add({plus(w.first, first), plus(w.last, last)});
        }
        if (days.empty() || days.windows().size() > 4) return "an unknown day";
        return windows(days);
    }
    if (t.op == Op::dated || (t.op == Op::policy && t.type.kind == rule::Kind::duration)) {
        std::string out;
        for (const auto& x : terms(t, c)) {
            if (full_.fits(x.guard.formula(true, true)) == time::Fit::no) continue;
            const auto one = x.gap ? "(not stated)" : x.unknown ? "unknown" : print(x.value);
            if (out.find(one) == std::string::npos) out += (out.empty() ? "" : " or ") + one;
        }
        return out;
    }
    if (t.type.kind == rule::Kind::record) {
        auto w = walk(t, c);
        std::string out;
        for (const auto& end : w.ends)
            out += (out.empty() ? "" : ", ") + title(end.record, end.side);
        return out.empty() ? "(not stated)" : out;
    }
    if (t.op == Op::earliest || t.op == Op::latest) {
        bool gap = false;
        const auto w = stated(t.children[0], c, &gap);
        const auto day = t.op == Op::earliest ? w.first : w.last;
        return gap || !bounded(day) ? "an unknown day" : time::to_string(day);
    }
    const auto number = [](double x) {
        if (std::isinf(x)) return std::string("any number");
        if (x == std::floor(x)) return std::to_string(static_cast<std::int64_t>(x));
        auto s = std::to_string(x);
        while (s.back() == '0') s.pop_back();
        return s;
    };
    const bool duration = t.type.kind == rule::Kind::duration;
    const auto amount = [&](const Scalar& s, double x) {
        if (!duration || std::isinf(x)) return number(x);
        return time::to_string(time::Duration{s.months, static_cast<std::int64_t>(x), s.by_clock});
    };
    std::vector<std::string> said;
    for (auto& s : scalars(t, c)) {
        // One year it is; which of how many is what a reader wants to know.
        if (t.op == Op::years) s.low = s.high;
        // As wide as no case is: a date without a year has a part in it.
        const bool wide = (t.op == Op::width || t.op == Op::width_up_to) && s.high > kFar;
        if (wide) s.high = HUGE_VAL;
        std::string one;
        if (s.gap)
            one = "(not stated)";
        else if (wide && s.low > kFar)
            one = "an unknown number of";
        else if (t.type.kind == rule::Kind::text || t.type.kind == rule::Kind::word)
            one = s.text;
        else if (t.type.kind == rule::Kind::boolean)
            one = s.low != 0 ? "yes" : "no";
        else if (s.low == s.high)
            one = amount(s, s.low);
        else
            one = std::isinf(s.high) ? "at least " + amount(s, s.low)
                                     : amount(s, s.low) + " to " + amount(s, s.high);
        // Of rival values each once; of a list's all.
        if (t.type.list || std::find(said.begin(), said.end(), one) == said.end())
            said.push_back(std::move(one));
    }
    std::string out;
    for (const auto& one : said) out += (out.empty() ? "" : t.type.list ? ", " : " or ") + one;
    return out;
}

// Bounds of b - a over every alternative that can be; without either: no bounds at all.
time::DistanceBounds Evaluator::distance(const Term& a, const Term& b, Context& c) {
    time::DistanceBounds out{time::kNoBound, -time::kNoBound};
    for (const auto& x : operands(a, c))
        for (const auto& y : operands(b, c)) {
            if (x.gap || y.gap) return {};
            const auto guard = Ground::all_of({x.guard, y.guard}).formula(true, true);
            const auto bounds = words_->bounds(*x.last.point, *y.first.point, guard);
            if (bounds.least > bounds.most) continue;
            const auto shift = y.first.offset - x.last.offset;
            out.least = std::min(
                out.least, bounds.least <= -time::kNoBound ? bounds.least : bounds.least + shift);
            out.most = std::max(out.most,
                                bounds.most >= time::kNoBound ? bounds.most : bounds.most + shift);
        }
    if (out.least > out.most) return {};
    return out;
}

namespace {

// Bounds as they are told. A side of a range over a thousand years wide that is so far away comes
// from a date without a year, of which nobody knows anything: no bound.
time::DistanceBounds told(time::DistanceBounds d) {
    if (d.most - d.least <= kFar) return d;
    if (d.least < -kFar) d.least = -time::kNoBound;
    if (d.most > kFar) d.most = time::kNoBound;
    return d;
}

}  // namespace

std::string Evaluator::say_days(const Term& a, const Term& b, const Instance& i) {
    Reads scratch;
    auto c = context(i, scratch);
    auto [low, high] = told(distance(a, b, c));
    if (low < 0 && high <= 0) {
        std::swap(low, high);
        low = -low;
        high = -high;
    }
    if (low == high) return plural(low);
    const bool has_low = low > -time::kNoBound;
    const bool has_high = high < time::kNoBound;
    if (!has_low && !has_high) return "an unknown number of days";
    if (!has_high) return "at least " + plural(low);
    if (!has_low || low < 0) return "up to " + plural(high);
    return std::to_string(low) + " to " + plural(high);
}

std::string Evaluator::say_apart(const Term& a, const Term& b, const Instance& i) {
    Reads scratch;
    auto c = context(i, scratch);
    const auto [low, high] = told(distance(a, b, c));
    const bool has_low = low > -time::kNoBound;
    const bool has_high = high < time::kNoBound;
    const auto range = [](std::int64_t x, std::int64_t y) {
        return x == y ? plural(x) : std::to_string(x) + " to " + plural(y);
    };
    if (has_low && has_high && low == 0 && high == 0) return "on the day";
    if (has_low && low > 0)
        return (has_high ? range(low, high) : "at least " + plural(low)) + " before";
    if (has_high && high < 0)
        return (has_low ? range(-high, -low) : "at least " + plural(-high)) + " after";
    if (has_low && has_high && low == 0) return "on the day or up to " + plural(high) + " before";
    if (has_low && has_high && high == 0) return "on the day or up to " + plural(-low) + " after";
    if (has_low && has_high)
        return "up to " + plural(high) + " before or up to " + plural(-low) + " after";
    return "before or after";
}

std::string Evaluator::say_anchor(const Term& t, const Instance& i) {
    const int side = std::max(0, t.side);
    std::vector<model::PointRef> missing;
    for (const auto id : timeline_.view(side).held(case_, i.field_record, i.field)) {
        const auto& a = case_.assertion(id);
        if (!a.value.time || a.value.absolute) continue;
        for (const auto& ref : undated_anchors(a, side)) missing.push_back(ref);
    }
    std::vector<std::string> names;
    for (std::uint32_t n = 0; n < case_.accounts.size(); ++n) {
        const Timeline other(vocabulary_, case_,
                             {model::make_view(case_, {n}, timeline_.selection(), {})},
                             timeline_.selection());
        if (std::all_of(missing.begin(), missing.end(),
                        [&](const model::PointRef& ref) { return other.dates(0, ref); }))
            names.push_back(with_article(case_.accounts[n].title));
    }
    if (names.empty() || missing.empty()) return "a day that nobody states";
    std::string list;
    for (std::size_t n = 0; n < names.size(); ++n)
        list += (n == 0 ? "" : n + 1 == names.size() ? " and " : ", ") + names[n];
    return "a day that only " + list + (names.size() == 1 ? " states" : " state");
}

std::string Evaluator::say_word(const Term& t, const Instance& i) {
    Reads scratch;
    auto c = context(i, scratch);
    std::vector<AssertionId> list;
    bool inferred = false;
    const auto look = [&](int side, RecordId record, std::uint32_t field) {
        const auto p = timeline_.point(side, record, field, t.part == 1 ? 1 : 0);
        if (!p) return;
        const auto days = words_->days(*p);
        if (days.empty()) return;
        const auto hull = time::said_hull(days);
        inferred = inferred || bounded(hull.first) || bounded(hull.last);
    };
    if (t.type.kind == rule::Kind::field && t.side >= 0 && i.one.valid()) {
        list.push_back(t.side == 0 ? i.one : i.other);
    } else if (t.type.kind == rule::Kind::field) {
        const auto side = std::max(0, t.side);
        list = timeline_.view(side).held(case_, i.field_record, i.field);
        if (list.empty()) look(side, i.field_record, i.field);
    } else {
        // Whose word a reference is, is said where it stands: at the record that refers.
        Term holder = t;
        std::uint32_t last = UINT32_MAX;
        if (t.type.kind == rule::Kind::record && !t.steps.empty()) {
            last = t.steps.back();
            holder.steps.pop_back();
        }
        for (const auto& end : walk(holder, c).ends) {
            const auto field = last != UINT32_MAX ? last : end.field;
            if (field == UINT32_MAX) continue;
            const auto f = timeline_.effective_field(end.side, end.record, field);
            const auto& h = timeline_.view(end.side).held(case_, end.record, f);
            list.insert(list.end(), h.begin(), h.end());
            if (h.empty()) look(end.side, end.record, field);
        }
    }
    if (list.empty())
        return inferred ? "by inference from other dates" : "without a statement of it";
    // Of rival references that is told which leads to what the rule is about here.
    const auto leads = std::find_if(list.begin(), list.end(), [&](AssertionId id) {
        const auto& to = case_.assertion(id).value.records;
        return std::any_of(to.begin(), to.end(), [&](model::RecordId r) {
            return std::find(i.records.begin(), i.records.end(), r) != i.records.end();
        });
    });
    if (leads != list.end()) std::rotate(list.begin(), leads, std::next(leads));
    // Whose value is told as it is written, from that nothing is inferred.
    const bool as_written = t.type.kind == rule::Kind::field;
    const auto relative = [&](AssertionId id) {
        const auto& value = case_.assertion(id).value;
        return !as_written && value.time && !value.absolute && value.pending.empty();
    };
    const auto side = std::max(0, t.side);
    const auto same = [&](AssertionId first, AssertionId second) {
        const auto& a = case_.assertion(first);
        const auto& b = case_.assertion(second);
        if (a.value.written == b.value.written) return true;
        // Lists that may hold more do not differ.
        if (a.field == b.field && case_.record(a.record).type == case_.record(b.record).type &&
            vocabulary_.type(case_.record(a.record).type).fields[a.field].list)
            return !a.closed && !b.closed;
        return a.value.time && b.value.time && a.field == b.field &&
               timeline_.days_of(side, a) == timeline_.days_of(side, b);
    };
    // Who says the day itself goes before those from whose words it follows.
    if (relative(list.front())) {
        const auto outright = std::find_if(list.begin(), list.end(), [&](AssertionId id) {
            return !relative(id) && same(list.front(), id);
        });
        if (outright != list.end()) std::rotate(list.begin(), outright, std::next(outright));
    }
    const auto first = list.front();
    const auto named = [&](const std::string& id) {
        for (const auto& other : case_.accounts)
            if (other.id == id) return with_article(other.title);
        return id;
    };
    // All who say the same as `one`, each with its sources.
    const auto who_says = [&](AssertionId one) {
        struct Said {
            AssertionId who;
            std::vector<std::string> sources;
            bool in_parts = false;  // of a list, each source has some
        };
        std::vector<Said> all;
        for (const auto id : list) {
            if (!same(one, id) || (!relative(one) && relative(id))) continue;
            const auto& a = case_.assertion(id);
            auto at = std::find_if(all.begin(), all.end(), [&](const Said& x) {
                const auto& b = case_.assertion(x.who);
                return a.by == b.by && a.speaker == b.speaker && a.state == b.state;
            });
            if (at == all.end()) at = all.insert(all.end(), {id, {}, false});
            at->in_parts =
                at->in_parts || a.value.written != case_.assertion(at->who).value.written;
            if (!a.source.valid()) continue;
            const auto& source = case_.record(a.source).id;
            if (std::find(at->sources.begin(), at->sources.end(), source) == at->sources.end())
                at->sources.push_back(source);
        }
        std::string out;
        for (const auto& x : all) {
            const auto& a = case_.assertion(x.who);
            std::string sources;
            for (std::size_t k = 0; k < x.sources.size(); ++k)
                sources += (k == 0                      ? ""
                            : k + 1 == x.sources.size() ? " and "
                                                        : ", ") +
                           x.sources[k];
            if (x.sources.size() > 1 && x.in_parts &&
                vocabulary_.type(case_.record(a.record).type).fields[a.field].list)
                sources += " together";
            std::string words;
            if (a.by.valid()) {
                const auto account = named(case_.accounts[a.by.value].id);
                words = a.speaker.valid()
                            ? "on the word of " + title(a.speaker, 0) + " for " + account
                            : "on the account of " + account;
                if (!sources.empty()) words += " as reported in " + sources;
                if (a.state == model::State::unchallenged)
                    words += " (" +
                             others_words(others_of(case_, timeline_.selection(), a), named) + ")";
                if (a.state == model::State::conceded) words += " (conceded)";
            } else if (!sources.empty()) {
                words = "according to " + sources;
            } else {
                // Beside somebody who says it, that the file has it too adds nothing.
                if (all.size() > 1) continue;
                words = "as the file states without a source";
            }
            out += (out.empty() ? "" : ", and ") + words;
        }
        if (relative(one))
            out = "by inference from \"" + case_.assertion(one).value.written + "\", " + out;
        return out;
    };
    const auto out = who_says(first);
    if (std::all_of(list.begin(), list.end(), [&](AssertionId id) { return same(first, id); }))
        return out;
    // Which of several days is whose, as far as there are few.
    constexpr std::size_t kTold = 3;
    std::vector<AssertionId> different;
    for (const auto id : list)
        if (std::none_of(different.begin(), different.end(),
                         [&](AssertionId x) { return same(x, id); }))
            different.push_back(id);
    if (!case_.assertion(first).value.time || different.size() > kTold)
        return out + ", and others differ";
    std::string each;
    for (const auto id : different)
        each += (each.empty() ? "" : "; ") + case_.assertion(id).value.written + " " + who_says(id);
    return each;
}

std::string Evaluator::describe_values(const Term& t, Context& c) {
    // The paths a literal reads, with their values: "e.published is 2014-09-30".
    std::string out;
    std::set<std::string> told;
    const auto tell = [&](const Term& x) {
        Instance now = *c.instance;
        now.records = c.records;
        now.sides = c.sides;
        const auto said = say(x, now);
        if (!said.empty() && told.insert(x.written).second)
            out += (out.empty() ? "" : ", ") + x.written + " is " + said;
    };
    const std::function<void(const Term&)> visit = [&](const Term& x) {
        if (x.op == Op::path && (!x.steps.empty() || x.type.kind == rule::Kind::field))
            return tell(x);
        if (x.op == Op::dated) tell(x);
        for (const auto& child : x.children) visit(child);
    };
    for (const auto& child : t.children) visit(child);
    return out;
}

}  // namespace antinomy::check
