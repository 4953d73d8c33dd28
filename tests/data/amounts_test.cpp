#include "data/amounts.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <random>
#include <thread>

namespace antinomy::data {
namespace {

using check::Amount;
using check::GroupTotals;

void expect_same(const Amount& a, const Amount& b, const std::string& what) {
    EXPECT_EQ(a.months, b.months) << what;
    EXPECT_EQ(a.low, b.low) << what;
    EXPECT_EQ(a.high, b.high) << what;
    EXPECT_EQ(a.by_clock, b.by_clock) << what;
}

constexpr double kDay = 86'400;

// Amounts of all kinds: whole numbers (of which sums are exact), months, days, ranges, endless
// ones.
Amount any_amount(std::mt19937& draw, bool durations, bool months_only) {
    Amount out;
    const auto roll = draw() % 20;
    if (durations && (months_only || roll < 8)) {
        out.months = static_cast<std::int64_t>(draw() % 60) - 5;
        if (months_only || roll < 6) return out;
    }
    out.low = static_cast<double>(draw() % 50) * kDay;
    out.high = roll % 3 == 0 ? out.low + static_cast<double>(draw() % 9) * kDay : out.low;
    if (roll == 19) {
        out.low = durations ? 0 : -HUGE_VAL;
        out.high = HUGE_VAL;
    }
    out.by_clock = durations && draw() % 40 == 0;
    return out;
}

// The same amounts through `check::Groups`, which holds them all, and through `Amounts`, with room
// for few and for all: every total is the same.
TEST(Amounts, agree_with_groups_in_memory) {
    const std::vector<ComparedRule> rules{{"terms", 2, true}, {"numbers", 3, false}};
    for (unsigned seed = 1; seed <= 12; ++seed) {
        for (const std::size_t limit : {2'000u, 40'000u, 10'000'000u}) {
            std::mt19937 draw(seed);
            Amounts amounts(rules, {limit, limit / 4});
            check::Groups groups;
            std::set<std::string> keys;
            for (int i = 0; i < 3'000; ++i) {
                const auto rule = draw() % 2;
                const auto group = draw() % 4 == 0 ? draw() % 3 : draw() % 400;
                // A text that holds what parts keys, or a byte of zero, is a text like any other.
                const auto key =
                    std::to_string(group) + (group % 7 == 0 ? std::string("\n\0x", 3) : "");
                const auto amount = any_amount(draw, rules[rule].durations, group % 2 == 0);
                const bool sure = draw() % 6 != 0;
                amounts.add(rule, key, amount, sure);
                groups.add(rules[rule].id, key, amount, sure);
                keys.insert(key);
            }
            const auto table = amounts.totals();
            std::uint64_t found = 0;
            for (const auto& rule : rules)
                for (const auto& key : keys) {
                    const auto what = rule.id + " " + key + " seed " + std::to_string(seed) +
                                      " limit " + std::to_string(limit);
                    const auto a = table->find(rule.id, key, rule.fewest, rule.durations);
                    const auto b = groups.find(rule.id, key, rule.fewest, rule.durations);
                    ASSERT_EQ(a.has_value(), b.has_value()) << what;
                    if (!a) continue;
                    ++found;
                    EXPECT_EQ(a->members, b->members) << what;
                    EXPECT_EQ(a->perhaps, b->perhaps) << what;
                    for (const auto* total : {"sum", "min", "max", "median"})
                        expect_same(a->of(total), b->of(total), what + " " + total);
                }
            EXPECT_EQ(found, table->groups());
            EXPECT_GT(found, 300u);
        }
    }
}

// What comes out does not depend on the order in which amounts came, fractions included.
TEST(Amounts, order_does_not_matter) {
    std::vector<double> values;
    std::mt19937 draw(7);
    for (int i = 0; i < 5'000; ++i) values.push_back(static_cast<double>(draw()) / 7919.0);
    std::optional<GroupTotals> first;
    for (int turn = 0; turn < 3; ++turn) {
        std::shuffle(values.begin(), values.end(), draw);
        Amounts amounts({{"r", 2, false}}, {turn == 0 ? 1'000'000u : 3'000u, 1'000});
        for (const auto v : values) amounts.add(0, "k", {0, v, v, false}, true);
        const auto t = amounts.totals()->find("r", "k", 2, false);
        ASSERT_TRUE(t);
        if (!first) first = t;
        for (const auto* total : {"sum", "min", "max", "median"})
            expect_same(first->of(total), t->of(total), total);
    }
}

TEST(Amounts, what_is_not_there) {
    Amounts amounts({{"r", 3, false}, {"s", 2, true}});
    amounts.add(0, "few", {0, 1, 1, false}, true);
    amounts.add(0, "few", {0, 1, 1, false}, true);
    for (int i = 0; i < 9; ++i) amounts.add(0, "perhaps", {0, 1, 1, false}, i < 2);
    for (int i = 0; i < 3; ++i) amounts.add(0, "there", {0, 1, 1, false}, true);
    const auto table = amounts.totals();
    EXPECT_FALSE(table->find("r", "few", 3, false));
    EXPECT_FALSE(table->find("r", "perhaps", 3, false));
    EXPECT_FALSE(table->find("r", "nowhere", 3, false));
    EXPECT_FALSE(table->find("s", "there", 2, true));
    EXPECT_FALSE(table->find("t", "there", 2, false));
    EXPECT_FALSE(table->find("r", "there", 4, false));
    EXPECT_TRUE(table->find("r", "there", 3, false));
    EXPECT_FALSE(Amounts({}).totals()->find("r", "k", 2, false));
}

// A key longer than what is read at a time, and many groups looked up by several threads.
TEST(Amounts, long_keys_and_threads) {
    const std::string long_key(300'000, 'x');
    Amounts amounts({{"r", 2, false}}, {100'000, 10'000});
    for (int i = 0; i < 3; ++i) amounts.add(0, long_key, {0, 5, 5, false}, true);
    constexpr int kGroups = 3'000;
    for (int i = 0; i < 2 * kGroups; ++i)
        amounts.add(0, std::to_string(i % kGroups), {0, double(i), double(i), false}, true);
    const auto table = amounts.totals();
    EXPECT_EQ(table->groups(), kGroups + 1u);
    const auto read = [&](int* wrong) {
        for (int i = 0; i < kGroups; ++i) {
            const auto t = table->find("r", std::to_string(i), 2, false);
            *wrong += !t || t->least.low != i || t->greatest.low != i + kGroups ? 1 : 0;
        }
    };
    int one = 0;
    int other = 0;
    std::thread thread(read, &one);
    read(&other);
    thread.join();
    EXPECT_EQ(one + other, 0);
    EXPECT_EQ(table->find("r", long_key, 2, false)->sum.low, 15);
}

// Where nothing can be written, that is said, with the folder.
TEST(Amounts, no_room) {
    ::setenv("TMPDIR", "/nowhere/at/all", 1);
    Amounts amounts({{"r", 2, false}}, {1'000, 1'000});
    std::string said;
    try {
        for (int i = 0; i < 1'000; ++i) amounts.add(0, "k", {0, 1, 1, false}, true);
    } catch (const SpillError& e) {
        said = e.what();
    }
    ::unsetenv("TMPDIR");
    EXPECT_NE(said.find("a temporary file in /nowhere/at/all cannot be made"), std::string::npos)
        << said;
}

}  // namespace
}  // namespace antinomy::data
