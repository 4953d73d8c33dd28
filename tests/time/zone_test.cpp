// Two days or clock times in different zones, beside every instant that they can mean.
#include "time/zone.hpp"

#include <gtest/gtest.h>

#include <random>

namespace antinomy::time {
namespace {

Zone fixed(int hours, int minutes = 0) {
    Zone z;
    z.kind = Zone::Kind::fixed;
    z.offset = hours * 3600 + minutes * 60;
    z.name = offset_name(z.offset);
    return z;
}

Placed in(const Zone& z, std::optional<int> second = {}, bool assumed = false) {
    Placed p;
    p.zone = &z;
    p.assumed = assumed;
    p.second = second;
    p.offsets = z.during({});
    return p;
}

// The words of `a before b` where b's day is D days after a's.
std::string before(const Placed& a, const Placed& b, std::int64_t d) {
    const auto r = reach_before(a, b);
    return d >= r.certain ? "certain" : d >= r.possible ? "possible" : "impossible";
}

TEST(Zone, OrdersOfTimeMd) {
    const auto five = fixed(5);
    const auto one = fixed(1);
    const auto utc = fixed(0);
    const auto clock = [](int h, int m) { return h * 3600 + m * 60; };
    EXPECT_EQ(before(in(five, clock(23, 30)), in(one, clock(20, 0)), 0), "certain");  // 55
    EXPECT_EQ(before(in(five, clock(1, 0)), in(utc, clock(22, 0)), -1), "certain");   // 56
    EXPECT_EQ(before(in(five), in(five), 1), "certain");                              // 57
    EXPECT_EQ(before(in(five), in(fixed(-5)), 1), "certain");
    const auto ten = fixed(10);
    EXPECT_EQ(before(in(five), in(ten), 1), "possible");
    Zone unknown;
    unknown.kind = Zone::Kind::unknown;
    EXPECT_EQ(before(in(unknown), in(unknown), 1), "possible");  // 58
    EXPECT_EQ(before(in(unknown), in(unknown), 2), "possible");
    EXPECT_EQ(before(in(unknown), in(unknown), 3), "certain");
    const Zone local;
    EXPECT_EQ(before(in(local, clock(10, 0)), in(local), 0), "possible");  // 59
    EXPECT_EQ(before(in(local), in(local, clock(10, 0)), 0), "possible");
    EXPECT_EQ(before(in(local, clock(10, 0)), in(local), 1), "certain");
    EXPECT_EQ(before(in(local, clock(10, 0)), in(local), -1), "impossible");
}

TEST(Zone, OneZoneComparesAsDays) {
    const Zone local;
    const auto five = fixed(5);
    const auto again = fixed(5);
    Zone unknown;
    unknown.kind = Zone::Kind::unknown;
    EXPECT_EQ(before(in(local), in(local), 0), "impossible");
    EXPECT_EQ(before(in(five), in(again), 0), "impossible");
    EXPECT_EQ(before(in(unknown), in(unknown), 0), "possible");
    EXPECT_EQ(before(in(local), in(five), 1), "possible");  // the case's zone is not named
    EXPECT_EQ(reach_days(in(five), in(again), 7), (Reach{7, 7}));
}

TEST(Zone, Offsets) {
    EXPECT_EQ(offset_minutes("+05:00"), 300);
    EXPECT_EQ(offset_minutes("-03:30"), -210);
    EXPECT_EQ(offset_minutes("+05"), 300);
    EXPECT_EQ(offset_minutes("Z"), 0);
    EXPECT_EQ(offset_minutes("+14:00"), 840);
    for (const auto* bad : {"", "+14:01", "-12:30", "5", "+5:00", "+05:60", "+0a:00", "05:00"})
        EXPECT_FALSE(offset_minutes(bad)) << bad;
    EXPECT_EQ(offset_name(18000), "UTC+5");
    EXPECT_EQ(offset_name(-12600), "UTC-3:30");
    EXPECT_EQ(offset_name(0), "UTC");
}

// Clocks were put forward by an hour at the start of day 100 and back at that of day 200, at 02:00.
Zone summer() {
    Zone z;
    z.kind = Zone::Kind::named;
    z.name = "Test/Summer";
    constexpr std::int64_t far = std::int64_t{1} << 52;
    const std::int64_t forward = 100 * 86400 + 2 * 3600;
    const std::int64_t back = 200 * 86400 + 1 * 3600;
    z.stretches = {{-far, forward, 0}, {forward, back, 3600}, {back, far, 0}};
    return z;
}

TEST(Zone, OffsetsOfTheDay) {
    const auto z = summer();
    EXPECT_EQ(z.during({Day{99}, Day{99}}), (Offsets{0, 0}));
    EXPECT_EQ(z.during({Day{100}, Day{100}}), (Offsets{0, 3600}));
    EXPECT_EQ(z.during({Day{101}, Day{199}}), (Offsets{3600, 3600}));
    EXPECT_EQ(z.during({}), (Offsets{0, 3600}));
    EXPECT_EQ(z.at(Day{100}, 3600), (Offsets{0, 0}));
    EXPECT_EQ(z.at(Day{100}, 2 * 3600 + 1800), (Offsets{0, 3600}));  // left out by the clocks
    EXPECT_EQ(z.at(Day{100}, 3 * 3600), (Offsets{3600, 3600}));
    EXPECT_EQ(z.at(Day{200}, 3600 + 1800), (Offsets{0, 3600}));  // twice
    EXPECT_EQ(z.at(Day{200}, 2 * 3600), (Offsets{0, 0}));
}

// Every relation by trying hours: what holds at all of them is certain, what at none impossible.
TEST(Zone, ByEveryHour) {
    std::mt19937 random(58);
    const auto pick = [&](int low, int high) {
        return std::uniform_int_distribution<int>(low, high)(random);
    };
    struct Side {
        std::optional<int> hour;
        int least;
        int greatest;
    };
    const auto floor_days = [](std::int64_t hours) {
        return hours >= 0 ? hours / 24 : -((-hours + 23) / 24);
    };
    for (int round = 0; round < 300; ++round) {
        const auto side = [&] {
            Side s;
            if (pick(0, 1) == 1) s.hour = pick(0, 23);
            s.least = pick(-12, 14);
            s.greatest = pick(0, 1) == 1 ? s.least : pick(s.least, 14);
            return s;
        };
        const auto a = side();
        const auto b = side();
        const auto zone_a = fixed(0);
        const auto zone_b = fixed(0);
        const auto placed = [](const Side& s, const Zone& z) {
            Placed p;
            p.zone = &z;
            if (s.hour) p.second = *s.hour * 3600;
            p.offsets = {s.least * 3600, s.greatest * 3600};
            return p;
        };
        const auto pa = placed(a, zone_a);
        const auto pb = placed(b, zone_b);
        if (same_zone(pa, pb)) continue;
        const auto order = reach_before(pa, pb);
        for (std::int64_t d = -5; d <= 5; ++d) {
            bool all = true;
            bool some = false;
            std::int64_t least = 99;
            std::int64_t most = -99;
            for (int oa = a.least; oa <= a.greatest; ++oa)
                for (int ob = b.least; ob <= b.greatest; ++ob)
                    // Half hours in a day: the instants of one without a clock time lie between
                    // its first hour and the next day's.
                    for (int ha = 0; ha < 24; ++ha)
                        for (int hb = 0; hb < 24; ++hb) {
                            if (a.hour && ha != *a.hour) continue;
                            if (b.hour && hb != *b.hour) continue;
                            const auto from = std::int64_t{ha} - oa;
                            const auto to = d * 24 + hb - ob;
                            // Within its hour a day without a clock may be any minute.
                            const bool sure = a.hour ? from < to : from + 1 <= to;
                            const bool may = b.hour ? from < to : from < to + 1;
                            all = all && sure;
                            some = some || may;
                            const auto in_a = floor_days(to + oa) - floor_days(from + oa);
                            const auto in_b = floor_days(to + ob) - floor_days(from + ob);
                            least = std::min({least, in_a, in_b});
                            most = std::max({most, in_a, in_b});
                        }
            EXPECT_EQ(d >= order.certain, all) << round << " " << d;
            EXPECT_EQ(d >= order.possible, some) << round << " " << d;
            for (std::int64_t n = -6; n <= 6; ++n) {
                const auto days = reach_days(pa, pb, n);
                EXPECT_EQ(d >= days.certain, least >= n) << round << " " << d << " " << n;
                EXPECT_EQ(d >= days.possible, most >= n) << round << " " << d << " " << n;
            }
        }
    }
}

}  // namespace
}  // namespace antinomy::time
