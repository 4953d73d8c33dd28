#include "time/meaning.hpp"

#include <algorithm>
#include <map>
#include <variant>

#include "grammar/edtf.hpp"
#include "grammar/time.hpp"
#include "time/conventions.hpp"
#include "time/expression.hpp"
#include "time/network.hpp"

namespace antinomy::time {

namespace {

std::string joined(const grammar::PointName& name) {
    std::string out;
    for (const auto& part : name.parts) out += (out.empty() ? "" : ".") + part;
    return out;
}

class Reading {
public:
    Reading(const std::vector<NamedDate>& anchors, const Conventions& conventions)
        : anchors_(anchors), conventions_(conventions) {}

    // Does something in it count by this convention?
    [[nodiscard]] bool counts(std::size_t convention) const {
        const auto kind = convention == kMonthEnd ? CalendarRelation::Kind::months_after
                                                  : CalendarRelation::Kind::age;
        const auto& all = network_.calendar_choices();
        return std::any_of(all.begin(), all.end(),
                           [&](const auto& choice) { return choice.relation.kind == kind; });
    }

    void relative(Meaning& m, const grammar::TimeExpression& expression) {
        for (const auto* name : names_in(expression)) {
            const auto written = joined(*name);
            if (std::find(m.anchors.begin(), m.anchors.end(), written) == m.anchors.end())
                m.anchors.push_back(written);
        }
        const auto statement = network_.add_statement({"expression", true, true, false});
        const auto point = network_.add_point("expression");
        add(statement, point, expression);
        if (!error_.empty()) {
            m.error = error_;
            m.help = help_;
            return;
        }
        m.uncertain = uncertain_;
        m.approximate = approximate_;
        Solver solver(network_);
        const auto fit = solver.fits();
        bool exact = true;
        if (fit == Fit::yes) m.days = solver.days(point, Formula::truth(true), &exact);
        if (fit == Fit::no) {
            m.error = "no day fits: the dates of `" + m.anchors.front() +
                      "` and the others contradict one another";
            m.help = "compare the dates given for them";
        } else if (fit == Fit::undecided || !exact) {
            m.error = "the days were not found within the limit of " +
                      std::to_string(Solver::kTests) + " tests";
            m.help = "give narrower dates";
        } else {
            m.valid = true;
        }
    }

private:
    // Points as names come up; anchors may be relative to one another, in a circle too.
    void add(StatementId statement, PointId point, const grammar::TimeExpression& expression) {
        // First all points, since an anchor may add statements of its own.
        for (const auto* name : names_in(expression)) anchor(*name);
        if (!error_.empty()) return;
        add_relative(
            network_, statement, point, expression,
            [&](const grammar::PointName& name) {
                const auto p = points_.at(joined(name));
                return AnchorPoints{p, p};
            },
            conventions_);
    }

    void anchor(const grammar::PointName& name) {
        const auto written = joined(name);
        if (points_.count(written) != 0) return;
        const auto given = std::find_if(anchors_.begin(), anchors_.end(),
                                        [&](const NamedDate& a) { return a.name == written; });
        if (given == anchors_.end()) {
            if (error_.empty()) {
                error_ = "it depends on the date of `" + written + "`, which is not given";
                help_ = "add --anchor " + written + "=DATE, such as --anchor " + written +
                        "=2014-10-09";
            }
            return;
        }
        const auto p = network_.add_point(written);
        points_.emplace(written, p);
        const auto statement = network_.add_statement({written, true, true, false});
        auto parsed = grammar::parse_time(given->date);
        if (const auto* e = std::get_if<grammar::SyntaxError>(&parsed)) {
            wrong(*given, e->message, e->help);
            return;
        }
        const auto& expression = std::get<grammar::TimeExpression>(parsed);
        const auto* edtf = std::get_if<grammar::Edtf>(&expression.value);
        if (edtf == nullptr) {
            add(statement, p, expression);
            return;
        }
        const auto days = day_of(*edtf, conventions_);
        if (const auto* e = std::get_if<CalendarError>(&days)) {
            wrong(*given, e->message, e->help);
            return;
        }
        const auto& stated = std::get<StatedDay>(days);
        network_.add_days(statement, p, stated.days);
        uncertain_ = uncertain_ || stated.doubtful;
        approximate_ = approximate_ || stated.approximate;
    }

    void wrong(const NamedDate& given, const std::string& why, const std::string& help) {
        if (!error_.empty()) return;
        error_ = "the date given for `" + given.name + "`: " + why;
        help_ = help.empty() ? "write a date as 2014-09-30, or 2014-11" : help;
    }

    const std::vector<NamedDate>& anchors_;
    const Conventions& conventions_;
    Network network_;
    std::map<std::string, PointId> points_;
    std::string error_;
    std::string help_;
    bool uncertain_ = false;
    bool approximate_ = false;
};

void absolute(Meaning& m, const Conventions& conventions, bool period) {
    m.canonical = grammar::print(m.written);
    m.level = grammar::level(m.written);
    m.kind = grammar::kind(m.written);
    const auto refuse = [&](const CalendarError& e) {
        m.error = e.message;
        m.help = e.help.empty() ? "write a day that exists" : e.help;
    };
    if (period) {
        const auto meant = period_of(m.written, conventions);
        if (const auto* e = std::get_if<CalendarError>(&meant)) return refuse(*e);
        m.period = std::get<StatedPeriod>(meant);
        const auto& p = *m.period;
        m.days = DaySet(Window{p.start.days.hull().first, p.end.days.hull().last});
        m.uncertain = p.start.doubtful || p.end.doubtful;
        m.approximate = p.start.approximate || p.end.approximate;
    } else {
        const auto meant = day_of(m.written, conventions);
        if (const auto* e = std::get_if<CalendarError>(&meant)) return refuse(*e);
        const auto& stated = std::get<StatedDay>(meant);
        m.days = stated.days;
        m.uncertain = stated.doubtful;
        m.approximate = stated.approximate;
    }
    m.valid = true;
}

Conventions counted(Conventions c, std::size_t convention, bool second) {
    if (convention == kMonthEnd)
        c.month_end = second ? MonthEnd::overflow : MonthEnd::clamp;
    else
        c.leap_birthday = second ? LeapBirthday::february_28 : LeapBirthday::march_1;
    return c;
}

Meaning relative(const Meaning& as_written, const grammar::TimeExpression& expression,
                 const std::vector<NamedDate>& anchors, const Conventions& conventions) {
    for (const auto convention : {kMonthEnd, kLeapBirthday}) {
        const bool open = convention == kMonthEnd ? conventions.month_end == MonthEnd::both
                                                  : conventions.leap_birthday == LeapBirthday::both;
        if (!open) continue;
        Meaning either = as_written;
        Reading reading(anchors, conventions);
        reading.relative(either, expression);
        if (!reading.counts(convention)) continue;
        auto a = relative(as_written, expression, anchors, counted(conventions, convention, false));
        auto b = relative(as_written, expression, anchors, counted(conventions, convention, true));
        const bool differ = a.valid != b.valid || a.days != b.days;
        if (b.valid && !a.valid) std::swap(a, b);
        if (b.valid) a.days = a.days.unite(b.days);
        for (auto& name : b.open)
            if (std::find(a.open.begin(), a.open.end(), name) == a.open.end())
                a.open.push_back(std::move(name));
        if (differ) a.open.insert(a.open.begin(), kConventionTable[convention].name);
        return a;
    }
    Meaning m = as_written;
    Reading(anchors, conventions).relative(m, expression);
    return m;
}

}  // namespace

Meaning meaning_of(std::string_view text, const std::vector<NamedDate>& anchors,
                   const Conventions& conventions, bool period) {
    Meaning m;
    m.input = std::string(text);
    auto parsed = grammar::parse_time(text);
    if (const auto* e = std::get_if<grammar::SyntaxError>(&parsed)) {
        m.error = e->message;
        m.help = e->help.empty() ? "write a date as 2014-09-30, 2014-11 or `10 days after ban`"
                                 : e->help;
        return m;
    }
    const auto& expression = std::get<grammar::TimeExpression>(parsed);
    if (const auto* edtf = std::get_if<grammar::Edtf>(&expression.value)) {
        m.written = *edtf;
        absolute(m, conventions, period);
        return m;
    }
    m.canonical = grammar::print(expression);
    m.kind = "relative";
    if (period) {
        m.error = "a period is written with its dates, not relative to another point";
        m.help = "leave --as period out, or write start/end";
        return m;
    }
    if (!conventions.working_days && counts_working_days(expression)) {
        m.error = "working days are counted by a calendar, and there is none here";
        m.help = "count days, or ask in a case that names its calendar under `working_days:`";
        return m;
    }
    return relative(m, expression, anchors, conventions);
}

}  // namespace antinomy::time
