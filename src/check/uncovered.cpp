// Working days that the calendar of the case cannot count, because it covers
// other years: what hangs on them is never certain, and the reader should know
// why.
#include <algorithm>

#include "check/state.hpp"

namespace antinomy::check {

namespace {

using time::CalendarRelation;

bool counted(const CalendarRelation& r, time::Day from) {
    return (r.backwards ? r.calendar->before(from, r.count) : r.calendar->after(from, r.count))
        .has_value();
}

std::string years_of(const time::WorkingDays& calendar) {
    const auto covered = calendar.covered();
    const auto first = std::to_string(time::to_civil(covered.first).year);
    const auto last = std::to_string(time::to_civil(covered.last).year);
    return first == last ? first : first + " to " + last;
}

}  // namespace

void add_uncovered(const model::Case& c, Judgement& judgement, std::vector<Finding>& out) {
    std::vector<Finding> found;
    for (auto& v : judgement.views) {
        if (v.contexts.empty()) continue;
        const auto& t = *v.contexts.front().timeline;
        auto& solver = v.contexts.front().evaluator->full();
        for (const auto& choice : t.network().calendar_choices()) {
            const auto& r = choice.relation;
            const auto& origin = t.origins()[choice.because.value];
            if (!r.calendar || r.calendar->covered().empty() || origin.kind != Origin::Kind::value)
                continue;
            const auto days = solver.days(choice.anchor);
            if (days.empty()) continue;  // nothing stands here
            const auto hull = days.hull();
            const bool first = bounded(hull.first) && counted(r, hull.first);
            const bool last = bounded(hull.last) && counted(r, hull.last);
            if (first && last) continue;
            const auto& a = c.assertion(origin.assertion);
            Finding f;
            f.rule = "working-days-not-covered";
            f.rule_title = "The calendar does not say which days are worked";
            f.case_id = c.id;
            f.verdict = days.intersect(time::DaySet(r.calendar->covered())).empty()
                            ? Verdict::certain
                            : Verdict::possible;
            f.about = "source";
            f.reaches = "record";
            f.at = c.record(a.record).path;
            auto fact = fact_of(t, Reading{origin.assertion, 0});
            auto holders = holders_of(c, judgement.views, origin.assertion);
            f.accounts = std::move(holders.accounts);
            f.proof.kind = "values";
            f.proof.holds = std::move(holders.holds);
            f.message = fact.path + " (" + fact.value + ") " +
                        (f.verdict == Verdict::certain ? "is" : "may be") +
                        " outside the years of the calendar `" + r.calendar->name() + "` (" +
                        years_of(*r.calendar) +
                        "); nothing is certain of the working days that are not in it";
            f.help =
                "add the year to the calendar, with all its holidays, or give "
                "the date";
            f.places.push_back({a.span, "counted by `" + r.calendar->name() + "`", fact.account});
            f.fingerprint = hash16(f.rule + "\n" + c.id + "\n" + fact.path + "@" + fact.account +
                                   "@" + fact.source);
            f.proof.text.push_back(f.message);
            f.proof.facts.push_back(std::move(fact));
            // A chain may leave the years at several of its links, and several views
            // hold it.
            if (std::none_of(found.begin(), found.end(), [&](const Finding& other) {
                    return other.fingerprint == f.fingerprint;
                }))
                found.push_back(std::move(f));
        }
    }
    for (auto& f : found) out.push_back(std::move(f));
}

}  // namespace antinomy::check
