// Geometry of the timeline: what holds of every plan, whatever is in it.

#include "page/lanes.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <set>

#include "page/dates.hpp"

namespace {

using namespace antinomy;
using namespace antinomy::page;
using time::Day;
using time::Window;

constexpr double kClose = 1e-6;

Day day(std::int64_t year, int month, int d) {
    return time::to_day({year, month, d});
}
Window on(std::int64_t year, int month, int d) {
    return {day(year, month, d), day(year, month, d)};
}
PlannedRow row(std::string event, std::vector<Window> stated) {
    PlannedRow r;
    r.event = event;
    r.name = std::move(event);
    r.days = windows_words(stated, Months::brief, 3);
    r.stated = std::move(stated);
    return r;
}
Plan one_lane(std::vector<PlannedRow> rows) {
    Plan p;
    p.lanes.push_back({"undisputed", "What the file states", "", 0, std::move(rows)});
    return p;
}

// Plans of all sizes: near and far days, days far before Christ, open ends, holes, long names.
rc::Gen<Window> any_window(std::int64_t reach) {
    return rc::gen::map(
        rc::gen::tuple(rc::gen::inRange<std::int64_t>(-reach, reach),
                       rc::gen::inRange<std::int64_t>(0, 400), rc::gen::inRange(0, 12)),
        [](const std::tuple<std::int64_t, std::int64_t, int>& t) {
            const auto [first, length, kind] = t;
            Window w{Day{first}, Day{first}};
            if (kind > 4) w.last = Day{first + length};
            if (kind == 10) w.first = time::kEver;
            if (kind == 11) w.last = time::kForever;
            return w;
        });
}
std::vector<Window> sorted(const std::vector<Window>& list) {
    time::DaySet set;
    for (const auto& w : list) set.add(w);
    return set.windows();
}
Plan any_plan() {
    static const std::vector<std::string> names{
        "the meeting",
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
        "a very long name of an event that nobody could ever write beside a mark without an end",
        "اجتماع المجموعة في المدينة القديمة",
        "собрание «Группы 24» в Екатеринбурге",
        "",
        "會議會議會議會議會議會議會議會議會議"};
    const auto reach = *rc::gen::element<std::int64_t>(10, 400, 40'000, 5'000'000);
    Plan plan;
    const auto lanes = *rc::gen::inRange<std::size_t>(1, 6);
    std::size_t n = 0;
    for (std::size_t l = 0; l < lanes; ++l) {
        PlannedLane lane;
        lane.key = "lane" + std::to_string(l);
        lane.name = *rc::gen::elementOf(names);
        lane.note = "nothing";
        lane.hue = static_cast<int>(l);
        const auto rows = *rc::gen::inRange<std::size_t>(0, 8);
        for (std::size_t i = 0; i < rows; ++i) {
            const auto windows = *rc::gen::resize(
                4, rc::gen::nonEmpty(rc::gen::container<std::vector<Window>>(any_window(reach))));
            auto r = row("event" + std::to_string(n++), sorted(windows));
            r.name = *rc::gen::elementOf(names);
            r.whose = *rc::gen::elementOf(names);
            if (*rc::gen::inRange(0, 4) == 0) r.left = {r.stated.front()};
            if (*rc::gen::inRange(0, 6) == 0) std::swap(r.left, r.stated);
            r.lasts = *rc::gen::inRange(0, 5) == 0;
            if (r.stated.empty() && r.left.empty()) r.stated = {Window{Day{0}, Day{0}}};
            lane.rows.push_back(std::move(r));
        }
        plan.lanes.push_back(std::move(lane));
    }
    const auto joins = *rc::gen::inRange<std::size_t>(0, 14);
    for (std::size_t j = 0; j < joins; ++j) {
        PlannedJoin join;
        join.number = j + 1;
        join.certain = j % 2 == 0;
        for (std::size_t l = 0; l < plan.lanes.size(); ++l)
            for (const auto& r : plan.lanes[l].rows)
                if (*rc::gen::inRange(0, 4) == 0) join.rows.emplace_back(l, r.event);
        plan.joins.push_back(std::move(join));
    }
    return plan;
}

const PlannedRow& planned(const Plan& plan, const Row& r) {
    return plan.lanes[r.lane].rows[r.planned];
}
// Boxes of all texts of a row, as they are estimated.
std::vector<Box> texts(const Row& r) {
    std::vector<Box> out;
    const auto add = [&](const Line& l, double size) {
        const double left = l.end ? l.x - l.width : l.x;
        out.push_back({left, l.y - size * .8, left + l.width, l.y + size * .2});
    };
    for (const auto& l : r.name) add(l, 13);
    for (const auto& l : r.whose) add(l, 12);
    if (r.days) add(*r.days, 12);
    return out;
}
bool overlap(const Box& a, const Box& b) {
    return a.left < b.right - kClose && b.left < a.right - kClose && a.top < b.bottom - kClose &&
           b.top < a.bottom - kClose;
}

TEST(Lanes, EveryEventStandsOnceInItsLane) {
    EXPECT_TRUE(rc::check([] {
        const auto plan = any_plan();
        const auto scene = lay_out(plan);
        std::set<std::pair<std::size_t, std::string>> seen;
        for (const auto& r : scene.rows)
            RC_ASSERT(seen.emplace(r.lane, planned(plan, r).event).second);
        std::size_t rows = 0;
        for (const auto& l : plan.lanes) rows += l.rows.size();
        RC_ASSERT(seen.size() == rows);
        for (const auto& lane : scene.lanes)
            for (std::size_t i = 0; i < lane.rows; ++i)
                RC_ASSERT(scene.rows[lane.first_row + i].lane == lane.planned);
    }));
}

TEST(Lanes, EverythingIsWithinTheChart) {
    EXPECT_TRUE(rc::check([] {
        const auto plan = any_plan();
        const auto s = lay_out(plan);
        for (const auto& r : s.rows) {
            RC_ASSERT(r.top >= s.head - kClose);
            RC_ASSERT(r.top + r.height <= s.height + kClose);
            RC_ASSERT(!r.pieces.empty());
            for (const auto& p : r.pieces) {
                RC_ASSERT(p.left >= s.left - kClose);
                RC_ASSERT(p.right <= s.right + kClose);
                RC_ASSERT(p.left <= p.right + kClose);
            }
            for (const auto& b : texts(r)) {
                RC_ASSERT(b.left >= 0);
                RC_ASSERT(b.right <= s.right + kClose);
                RC_ASSERT(b.top >= r.top - kClose);
                RC_ASSERT(b.bottom <= r.top + r.height + kClose);
            }
        }
        for (const auto& t : s.ticks) {
            RC_ASSERT(t.x >= s.left - kClose);
            RC_ASSERT(t.x <= s.right + kClose);
            RC_ASSERT(t.label.x + t.label.width <= s.right + kClose);
        }
        for (const auto& j : s.joins) {
            RC_ASSERT(j.x > s.right);
            RC_ASSERT(j.x + 12 <= s.width + kClose);
        }
    }));
}

// Marks of single days and ends of windows, with the day that each shows.
TEST(Lanes, TheOrderOfDaysIsTheOrderOnTheAxis) {
    EXPECT_TRUE(rc::check([] {
        const auto plan = any_plan();
        const auto s = lay_out(plan);
        std::map<std::int64_t, double> where;
        for (const auto& r : s.rows) {
            const auto& p = planned(plan, r);
            const auto& begin = p.stated.empty() ? p.left : p.stated;
            for (std::size_t i = 0; i < begin.size(); ++i) {
                // Wide enough to be seen as a window: its middle stays where it is.
                const auto& w = begin[i];
                if (!bounded(w.first) || !bounded(w.last)) continue;
                const auto& piece = r.pieces[i];
                if (!w.single() && piece.right - piece.left < 9.01) continue;
                for (const auto& [d, x] :
                     {std::pair{w.first.value, piece.left}, std::pair{w.last.value, piece.right}}) {
                    const auto [it, fresh] = where.emplace(d, x);
                    RC_ASSERT(std::abs(it->second - x) < kClose);
                }
            }
        }
        double before = -1;
        for (const auto& [d, x] : where) {
            RC_ASSERT(x >= before - kClose);
            before = x;
        }
    }));
}

TEST(Lanes, EqualWindowsAreDrawnAlike) {
    EXPECT_TRUE(rc::check([] {
        const auto plan = any_plan();
        const auto s = lay_out(plan);
        std::map<std::pair<std::int64_t, std::int64_t>, std::pair<double, double>> where;
        for (const auto& r : s.rows) {
            const auto& p = planned(plan, r);
            const auto& begin = p.stated.empty() ? p.left : p.stated;
            for (std::size_t i = 0; i < begin.size(); ++i) {
                const std::pair key{begin[i].first.value, begin[i].last.value};
                const std::pair at{r.pieces[i].left, r.pieces[i].right};
                const auto [it, fresh] = where.emplace(key, at);
                RC_ASSERT(std::abs(it->second.first - at.first) < kClose);
                RC_ASSERT(std::abs(it->second.second - at.second) < kClose);
            }
        }
    }));
}

TEST(Lanes, NoTextLiesOnAnother) {
    EXPECT_TRUE(rc::check([] {
        const auto plan = any_plan();
        const auto s = lay_out(plan);
        std::vector<Box> all;
        for (const auto& r : s.rows)
            for (const auto& b : texts(r)) all.push_back(b);
        for (const auto& l : s.lanes)
            all.push_back({l.name.x, l.name.y - 12, l.name.x + l.name.width, l.name.y + 3});
        for (const auto& t : s.ticks)
            if (!t.label.text.empty())
                all.push_back(
                    {t.label.x, t.label.y - 10, t.label.x + t.label.width, t.label.y + 2});
        for (std::size_t i = 0; i < all.size(); ++i)
            for (std::size_t k = i + 1; k < all.size(); ++k) RC_ASSERT(!overlap(all[i], all[k]));
        // Nor on the marks of its row.
        for (const auto& r : s.rows) {
            if (!r.days) continue;
            const double left = r.days->end ? r.days->x - r.days->width : r.days->x;
            for (const auto& p : r.pieces)
                RC_ASSERT(p.right <= left || p.left >= left + r.days->width);
        }
    }));
}

// Within a stretch of the axis a day is as wide as any other.
// The sign of a cut stands on the lower line of the axis, 6 pixels to both sides of its middle.
TEST(Lanes, NoNameOfADayLiesOnTheSignOfACut) {
    EXPECT_TRUE(rc::check([] {
        const auto s = lay_out(any_plan());
        for (const auto& c : s.cuts) {
            const double middle = (c.left + c.right) / 2;
            for (const auto& t : s.ticks)
                if (!t.label.text.empty() && t.label.y > 20)
                    RC_ASSERT(t.label.x >= middle + 6 - kClose ||
                              t.label.x + t.label.width <= middle - 6 + kClose);
        }
    }));
}

// Eight dates, each far from the one before: as narrow as stretches of the axis can be.
TEST(Lanes, StretchesHaveRoomForTheNameOfADay) {
    PlannedLane lane{"l", "l", "", 0, {}};
    std::int64_t years = 1;
    for (int i = 0; i < 8; ++i, years *= 3) {
        const Day day = antinomy::time::to_day({1970 + years, 5, 24});  // "24 May" is wide
        lane.rows.push_back(row("e" + std::to_string(i), {Window{day, Day{day.value + i % 2}}}));
    }
    Plan plan;
    plan.lanes.push_back(lane);
    const auto s = lay_out(plan);
    ASSERT_EQ(s.cuts.size(), kMostCuts);
    std::size_t named = 0;
    for (const auto& t : s.ticks) named += !t.label.text.empty() && t.label.y > 20;
    EXPECT_GE(named, s.cuts.size() + 1);
    for (const auto& c : s.cuts) {
        const double middle = (c.left + c.right) / 2;
        for (const auto& t : s.ticks) {
            if (t.label.text.empty() || t.label.y < 20) continue;
            EXPECT_TRUE(t.label.x >= middle + 6 || t.label.x + t.label.width <= middle - 6)
                << t.label.text;
        }
    }
}

TEST(Lanes, NoWordBetweenTwoMarksLiesOnAThird) {
    auto r = row("e", {Window{Day{0}, Day{0}}, Window{Day{400}, Day{400}}});
    Plan plan;
    plan.lanes.push_back({"l", "l", "", 0, {r}});
    EXPECT_EQ(lay_out(plan).rows.at(0).ors.size(), 1U);
    plan.lanes[0].rows[0].left = {Window{Day{0}, Day{400}}};
    EXPECT_TRUE(lay_out(plan).rows.at(0).ors.empty());
}

// "2016 to 24 Mar 2017" cut off behind "2": a date that is not the one meant.
TEST(Lanes, DaysBelowANameAreWhole) {
    PlannedRow r = row("e", {Window{Day{0}, Day{9'000}}});
    r.name = "the judgment on appeal, as the Court of Cassation upheld it, final";
    r.days = "24 Nov 2000 to 24 Mar 2003; inferred: 10 Jan 2002 to 24 Mar 2003, no end stated";
    Plan plan;
    plan.lanes.push_back({"l", "l", "", 0, {r}});
    const auto s = lay_out(plan);
    const auto joined = [](const std::vector<Line>& lines) {
        std::string out;
        for (const auto& l : lines) out += (out.empty() ? "" : " ") + l.text;
        return out;
    };
    EXPECT_EQ(joined(s.rows.at(0).name), r.name);
    EXPECT_EQ(joined(s.rows.at(0).whose), r.days);
}

TEST(Lanes, TheAxisIsToScale) {
    EXPECT_TRUE(rc::check([] {
        const auto plan = any_plan();
        const auto s = lay_out(plan);
        std::map<std::int64_t, double> where;
        for (const auto& r : s.rows) {
            const auto& p = planned(plan, r);
            const auto& begin = p.stated.empty() ? p.left : p.stated;
            for (std::size_t i = 0; i < begin.size(); ++i)
                if (begin[i].single()) where.emplace(begin[i].first.value, r.pieces[i].left);
        }
        const auto cut_between = [&](std::int64_t a, std::int64_t b) {
            return std::any_of(s.cuts.begin(), s.cuts.end(), [&](const Cut& c) {
                return a < c.days.first.value && c.days.last.value < b;
            });
        };
        double scale = -1;
        for (auto it = where.begin(); it != where.end(); ++it) {
            const auto next = std::next(it);
            if (next == where.end() || cut_between(it->first, next->first)) continue;
            const double here =
                (next->second - it->second) / static_cast<double>(next->first - it->first);
            if (scale >= 0) RC_ASSERT(std::abs(here - scale) < 1e-6 + scale * 1e-6);
            scale = here;
        }
    }));
}

TEST(Lanes, RowsGoByTheEarliestDayAndTiesAsGiven) {
    EXPECT_TRUE(rc::check([] {
        const auto plan = any_plan();
        const auto s = lay_out(plan);
        for (const auto& lane : s.lanes) {
            Day before = time::kEver;
            std::size_t index = 0;
            for (std::size_t i = 0; i < lane.rows; ++i) {
                const auto& r = s.rows[lane.first_row + i];
                const auto& p = planned(plan, r);
                const auto& left = p.left.empty() ? p.stated : p.left;
                const Day first = left.front().first;
                RC_ASSERT(before <= first);
                if (i > 0 && before == first) RC_ASSERT(index < r.planned);
                before = first;
                index = r.planned;
            }
        }
    }));
}

TEST(Lanes, JoinsTouchTheirRowsAndHaveColumnsOfTheirOwn) {
    EXPECT_TRUE(rc::check([] {
        const auto plan = any_plan();
        const auto s = lay_out(plan);
        RC_ASSERT(s.joins.size() <= kMostJoins);
        RC_ASSERT(s.joins.size() + s.joins_left_out == plan.joins.size());
        for (std::size_t i = 0; i < s.joins.size(); ++i) {
            const auto& j = s.joins[i];
            RC_ASSERT(j.rows.size() == plan.joins[j.planned].rows.size());
            RC_ASSERT(std::is_sorted(j.rows.begin(), j.rows.end()));
            if (i > 0) RC_ASSERT(j.x - s.joins[i - 1].x >= 24);  // a target's width
            for (const auto r : j.rows) {
                const std::pair entry{s.rows[r].lane, planned(plan, s.rows[r]).event};
                const auto& rows = plan.joins[j.planned].rows;
                RC_ASSERT(std::find(rows.begin(), rows.end(), entry) != rows.end());
            }
        }
    }));
}

// A span of more than fifty times the smallest gap: what is empty for long is left out, and said.
// On paper: nothing between two strips, every row in one, no head of a lane and no last row alone.
TEST(Lanes, StripsAreAllOfThePictureAndEachOfOneLane) {
    EXPECT_TRUE(rc::check([] {
        const auto s = lay_out(any_plan());
        double y = s.head;
        std::size_t row = 0;
        std::size_t heads = 0;
        for (const auto& strip : strips(s)) {
            RC_ASSERT(std::abs(strip.top - y) < kClose);
            RC_ASSERT(strip.bottom > strip.top);
            y = strip.bottom;
            const auto& lane = s.lanes.at(strip.lane);
            RC_ASSERT(strip.head == (strip.first_row == lane.first_row));
            heads += strip.head ? 1 : 0;
            RC_ASSERT(strip.first_row == row);
            row += strip.rows;
            RC_ASSERT(row <= lane.first_row + lane.rows);
            for (auto r = strip.first_row; r < row; ++r)
                RC_ASSERT(s.rows[r].top >= strip.top - kClose &&
                          s.rows[r].top + s.rows[r].height <= strip.bottom + kClose);
            const bool last = row == lane.first_row + lane.rows;
            RC_ASSERT(strip.rows >= (strip.head || last ? std::min<std::size_t>(2, lane.rows) : 1));
            RC_ASSERT(strip.rows <= 3);
        }
        RC_ASSERT(std::abs(y - s.height) < kClose);
        RC_ASSERT(row == s.rows.size());
        RC_ASSERT(heads == s.lanes.size());
    }));
}

// In documents: the same rows and lines, on the same axis.
TEST(Lanes, PartsHaveEveryRowOnceAndAreNoHigherThanAskedFor) {
    EXPECT_TRUE(rc::check([] {
        const auto whole = lay_out(any_plan());
        const double most = *rc::gen::inRange(120, 900);
        double highest = 0;
        for (const auto& s : strips(whole)) highest = std::max(highest, s.bottom - s.top);
        std::size_t before = 0;
        std::map<std::size_t, std::size_t> joined;
        const auto all = parts(whole, most);
        for (const auto& p : all) {
            RC_ASSERT(p.height <= std::max(most, whole.head + highest + 26) + kClose);
            RC_ASSERT(p.width == whole.width && p.head == whole.head);
            RC_ASSERT(p.ticks.size() == whole.ticks.size() && p.cuts.size() == whole.cuts.size());
            double y = p.head;
            std::size_t row = 0;
            for (const auto& l : p.lanes) {
                RC_ASSERT(std::abs(l.top - y) < kClose);
                RC_ASSERT(l.name.y > l.top && l.name.y < l.top + 26);
                RC_ASSERT(l.first_row == row);
                if (l.rows > 0) RC_ASSERT(std::abs(p.rows[row].top - l.top - 26) < kClose);
                row += l.rows;
                y += l.height;
            }
            RC_ASSERT(std::abs(y - p.height) < kClose && row == p.rows.size());
            for (std::size_t r = 0; r < p.rows.size(); ++r) {
                const auto& here = p.rows[r];
                const auto& there = whole.rows[before + r];
                RC_ASSERT(here.lane == there.lane && here.planned == there.planned);
                RC_ASSERT(std::abs(here.middle - here.top - (there.middle - there.top)) < kClose);
                RC_ASSERT(here.pieces.size() == there.pieces.size());
                RC_ASSERT(here.top >= p.head && here.top + here.height <= p.height + kClose);
                for (const auto* lines : {&here.name, &here.whose})
                    for (const auto& l : *lines)
                        RC_ASSERT(l.y > here.top && l.y < here.top + here.height);
                if (here.days) RC_ASSERT(std::abs(here.days->y - here.middle) < 6);
            }
            for (const auto& j : p.joins) {
                const auto& there =
                    *std::find_if(whole.joins.begin(), whole.joins.end(),
                                  [&](const auto& w) { return w.planned == j.planned; });
                RC_ASSERT(j.x == there.x);
                RC_ASSERT(j.from_above == (!there.rows.empty() && there.rows.front() < before));
                RC_ASSERT(j.goes_on ==
                          (!there.rows.empty() && there.rows.back() >= before + p.rows.size()));
                for (const auto r : j.rows) RC_ASSERT(r < p.rows.size());
                joined[j.planned] += j.rows.size();
            }
            before += p.rows.size();
        }
        RC_ASSERT(before == whole.rows.size());
        for (const auto& j : whole.joins) RC_ASSERT(joined[j.planned] == j.rows.size());
        if (whole.height <= most) RC_ASSERT(all.size() == 1U);
    }));
}

TEST(Lanes, BreaksTheAxisWhereTheSpanIsFarLongerThanTheSmallestGap) {
    const auto s = lay_out(one_lane(
        {row("a", {on(2014, 9, 29)}), row("b", {on(2014, 9, 30)}), row("c", {on(2016, 5, 1)})}));
    ASSERT_EQ(s.cuts.size(), 1u);
    EXPECT_EQ(time::to_string(s.cuts[0].days), "2014-10-01..2016-04-30");
    EXPECT_GT(s.rows[1].pieces[0].left - s.rows[0].pieces[0].left, 20);
}
TEST(Lanes, LeavesTheAxisWholeWhereItIsNot) {
    const auto s = lay_out(one_lane(
        {row("a", {on(2014, 9, 1)}), row("b", {on(2014, 9, 11)}), row("c", {on(2015, 1, 1)})}));
    EXPECT_TRUE(s.cuts.empty());
}
TEST(Lanes, RatherCutsEmptyDaysThanAWindow) {
    const auto s = lay_out(one_lane({row("a", {on(2014, 9, 29)}), row("b", {on(2014, 9, 30)}),
                                     row("c", {{day(2015, 9, 1), day(2016, 9, 1)}})}));
    ASSERT_FALSE(s.cuts.empty());
    EXPECT_EQ(time::to_string(s.cuts[0].days), "2014-10-01..2015-08-31");
}

TEST(Lanes, OneDayAloneStandsInTheMiddle) {
    const auto s = lay_out(one_lane({row("a", {on(2014, 9, 29)})}));
    EXPECT_NEAR(s.rows[0].pieces[0].left, (s.left + s.right) / 2, 1);
    EXPECT_TRUE(s.cuts.empty());
}
TEST(Lanes, NothingHasNoRows) {
    EXPECT_TRUE(lay_out({}).rows.empty());
    EXPECT_TRUE(lay_out(one_lane({})).rows.empty());
}

TEST(Lanes, TwoEqualMonthsHaveTheSameBracket) {
    const Window november{day(2014, 11, 1), day(2014, 11, 30)};
    const auto s = lay_out(one_lane({row("b", {november}), row("a", {november})}));
    EXPECT_EQ(s.rows[0].pieces[0].left, s.rows[1].pieces[0].left);
    EXPECT_EQ(s.rows[0].pieces[0].right, s.rows[1].pieces[0].right);
    EXPECT_EQ(s.rows[0].planned, 0u);  // as given, not by name
}

TEST(Lanes, HolesAreSeveralPieces) {
    const auto s = lay_out(
        one_lane({row("force", {on(2014, 10, 9), {day(2014, 11, 10), day(2014, 11, 11)}})}));
    ASSERT_EQ(s.rows[0].pieces.size(), 2u);
    EXPECT_EQ(s.rows[0].pieces[0].kind, Piece::Kind::day);
    EXPECT_EQ(s.rows[0].pieces[1].kind, Piece::Kind::window);
    EXPECT_EQ(s.rows[0].ors.size(), 1u);
}

TEST(Lanes, WhatFollowsIsDrawnWithinWhatIsStated) {
    auto r = row("a", {{day(2014, 11, 1), day(2014, 11, 30)}});
    r.left = {{day(2014, 11, 10), day(2014, 11, 20)}};
    const auto s = lay_out(one_lane({r}));
    ASSERT_EQ(s.rows[0].pieces.size(), 2u);
    EXPECT_FALSE(s.rows[0].pieces[0].inferred);
    EXPECT_TRUE(s.rows[0].pieces[1].inferred);
    EXPECT_LT(s.rows[0].pieces[0].left, s.rows[0].pieces[1].left);
    EXPECT_GT(s.rows[0].pieces[0].right, s.rows[0].pieces[1].right);
}

TEST(Lanes, WhatLastsGoesToItsEndOrToTheEdge) {
    auto open = row("ban", {on(2014, 10, 9)});
    open.lasts = true;
    auto closed = row("hold", {on(2014, 10, 9)});
    closed.lasts = true;
    closed.ends = {on(2014, 12, 1)};
    const auto s = lay_out(one_lane({open, closed}));
    EXPECT_TRUE(s.rows[0].pieces.back().open_right);
    EXPECT_NEAR(s.rows[0].pieces.back().right, s.right, 3);
    EXPECT_EQ(s.rows[1].pieces.back().kind, Piece::Kind::bar);
    EXPECT_EQ(s.rows[1].pieces.back().right, s.rows[1].pieces[1].left);
}

TEST(Dates, InWords) {
    const auto w = [](std::int64_t y1, int m1, int d1, std::int64_t y2, int m2, int d2) {
        return window_words({day(y1, m1, d1), day(y2, m2, d2)});
    };
    EXPECT_EQ(day_words(day(2014, 9, 30)), "30 September 2014");
    EXPECT_EQ(day_words(day(2014, 9, 30), Months::brief), "30 Sep 2014");
    EXPECT_EQ(day_words(day(-43, 3, 15)), "15 March 44 BCE");
    EXPECT_EQ(day_words(day(0, 1, 1)), "1 January 1 BCE");
    EXPECT_EQ(day_words(day(12026, 1, 1)), "1 January 12026");
    EXPECT_EQ(w(2014, 11, 1, 2014, 11, 30), "November 2014");
    EXPECT_EQ(w(2014, 11, 1, 2014, 11, 29), "1 to 29 November 2014");
    EXPECT_EQ(w(2020, 2, 1, 2020, 2, 29), "February 2020");
    EXPECT_EQ(w(2014, 1, 1, 2014, 12, 31), "2014");
    EXPECT_EQ(w(2014, 10, 9, 2014, 11, 11), "9 October to 11 November 2014");
    EXPECT_EQ(w(2014, 12, 31, 2015, 1, 1), "31 December 2014 to 1 January 2015");
    EXPECT_EQ(window_words({time::kEver, day(2014, 9, 29)}), "not after 29 September 2014");
    EXPECT_EQ(window_words({day(2014, 9, 29), time::kForever}), "not before 29 September 2014");
    EXPECT_EQ(window_words({}), "any day");
    const std::vector<Window> days{on(2014, 10, 9), on(2014, 11, 10), on(2014, 11, 12)};
    EXPECT_EQ(windows_words(days, Months::brief, 2), "9 Oct 2014 or 10 Nov 2014 or 12 Nov 2014");
    EXPECT_EQ(windows_words(days, Months::brief, 1), "9 Oct 2014 or one of 2 more stretches");
}

}  // namespace
