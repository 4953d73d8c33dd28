// Allen's relations of the network beside small periods gone through one by one, and beside what is
// known of the published table of compositions (Allen 1983, figure 4).
#include "time/allen.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <string>
#include <vector>

#include "grammar/phrase.hpp"

namespace antinomy::time {
namespace {

struct Days {
    int first;
    int last;
};

// The one relation of two periods, from words: independent of the table in allen.cpp.
std::string relation_of(Days a, Days b) {
    const int a_end = a.last + 1;
    const int b_end = b.last + 1;
    if (a_end < b.first) return "before";
    if (b_end < a.first) return "after";
    if (a_end == b.first) return "meets";
    if (b_end == a.first) return "met-by";
    if (a.first == b.first && a_end == b_end) return "equals";
    if (a.first == b.first) return a_end < b_end ? "starts" : "started-by";
    if (a_end == b_end) return a.first > b.first ? "finishes" : "finished-by";
    if (a.first > b.first && a_end < b_end) return "during";
    if (a.first < b.first && a_end > b_end) return "contains";
    return a.first < b.first ? "overlaps" : "overlapped-by";
}

std::vector<Days> periods(int days) {
    std::vector<Days> out;
    for (int first = 0; first < days; ++first)
        for (int last = first; last < days; ++last) out.push_back({first, last});
    return out;
}

Formula holds(AllenSet set, Days a, Days b) {
    const auto day = [](int d) { return Moved{kOrigin, d}; };
    return allen_formula(set, {day(a.first), day(a.last)}, {day(b.first), day(b.last)});
}

// Differences between the origin and itself: true or false by their figures.
bool truth(const Formula& f) {
    switch (f.kind) {
        case Formula::Kind::yes:
            return true;
        case Formula::Kind::no:
            return false;
        case Formula::Kind::leaf:
            return 0 <= f.leaf.most;
        default:
            break;
    }
    for (const auto& part : f.parts)
        if (truth(part) == (f.kind == Formula::Kind::any)) return f.kind == Formula::Kind::any;
    return f.kind == Formula::Kind::all;
}

const auto& kWords = grammar::allen_words;

TEST(Allen, TwoPeriodsStandInExactlyOne) {
    for (const Days a : periods(7)) {
        for (const Days b : periods(7)) {
            for (const auto word : kWords)
                ASSERT_EQ(truth(holds(allen_set(word), a, b)), word == relation_of(a, b))
                    << word << ' ' << a.first << ".." << a.last << ' ' << b.first << ".." << b.last;
        }
    }
}

TEST(Allen, ConverseAndMirror) {
    for (const Days a : periods(6)) {
        for (const Days b : periods(6)) {
            const auto set = allen_set(relation_of(a, b));
            EXPECT_EQ(converse(set), allen_set(relation_of(b, a)));
            EXPECT_EQ(mirrored(set),
                      allen_set(relation_of({-a.last, -a.first}, {-b.last, -b.first})));
        }
    }
}

// Every one of the 8,192 unions, on periods of at most five days: and a union of relations that are
// neighbours needs no alternatives.
TEST(Allen, Unions) {
    std::map<std::string, std::pair<Days, Days>> one_of_each;
    for (const Days a : periods(5))
        for (const Days b : periods(5)) one_of_each[relation_of(a, b)] = {a, b};
    ASSERT_EQ(one_of_each.size(), kAllenCount);
    int plain = 0;
    for (unsigned bits = 0; bits < 1U << kAllenCount; ++bits) {
        const AllenSet set(bits);
        for (std::size_t r = 0; r < kAllenCount; ++r) {
            const auto& [a, b] = one_of_each.at(std::string(kWords[r]));
            ASSERT_EQ(truth(holds(set, a, b)), set[r]) << bits << ' ' << kWords[r];
        }
        PointId p[] = {{1}, {2}, {3}, {4}};
        const auto f = allen_formula(set, {{p[0]}, {p[1]}}, {{p[2]}, {p[3]}});
        plain += f.kind != Formula::Kind::any ? 1 : 0;
    }
    // The convex relations (Nökel 1989) and the empty one.
    EXPECT_EQ(plain, 83);
}

// Which of the thirteen a and c can stand in, if a r1 b and b r2 c.
using Table = std::array<std::array<AllenSet, kAllenCount>, kAllenCount>;

Table by_network() {
    Table out;
    Network network;
    const auto always = network.add_statement({});
    std::array<Period, 3> p;
    for (auto& period : p) {
        period = {{network.add_point("first")}, {network.add_point("last")}};
        network.add(always, {period.last.point, period.first.point, 0});
    }
    Solver solver(network);
    for (std::size_t r1 = 0; r1 < kAllenCount; ++r1)
        for (std::size_t r2 = 0; r2 < kAllenCount; ++r2)
            for (std::size_t r3 = 0; r3 < kAllenCount; ++r3)
                out[r1][r2][r3] =
                    solver.fits(Formula::all_of({allen_formula(AllenSet().set(r1), p[0], p[1]),
                                                 allen_formula(AllenSet().set(r2), p[1], p[2]),
                                                 allen_formula(AllenSet().set(r3), p[0], p[2])})) ==
                    Fit::yes;
    return out;
}

Table by_days(int days) {
    Table out;
    std::map<std::string, std::size_t> number;
    for (std::size_t r = 0; r < kAllenCount; ++r) number[std::string(kWords[r])] = r;
    const auto all = periods(days);
    for (const Days a : all)
        for (const Days b : all)
            for (const Days c : all)
                out[number[relation_of(a, b)]][number[relation_of(b, c)]].set(
                    number[relation_of(a, c)]);
    return out;
}

TEST(Allen, CompositionAgreesWithAllPeriodsAndThePublishedTable) {
    const Table table = by_network();
    // Six ends that may all differ, with a day between any two: 12 days hold every order of them.
    const Table brute = by_days(12);
    std::size_t sum = 0;
    std::map<std::size_t, int> sizes;
    for (std::size_t r1 = 0; r1 < kAllenCount; ++r1) {
        for (std::size_t r2 = 0; r2 < kAllenCount; ++r2) {
            ASSERT_EQ(table[r1][r2], brute[r1][r2]) << kWords[r1] << " with " << kWords[r2];
            sum += table[r1][r2].count();
            ++sizes[table[r1][r2].count()];
            // (r1 with r2) the other way round is the converse of r2 with the converse of r1.
            const auto turned = [](std::size_t r) {
                const auto set = converse(AllenSet().set(r));
                std::size_t i = 0;
                while (!set[i]) ++i;
                return i;
            };
            EXPECT_EQ(converse(table[r1][r2]), table[turned(r2)][turned(r1)]);
        }
    }
    // Known of the table: 409 basic relations in 169 cells, 97 of them with a single one, three
    // that leave all thirteen.
    EXPECT_EQ(sum, 409U);
    EXPECT_EQ(sizes, (std::map<std::size_t, int>{{1, 97}, {3, 42}, {5, 24}, {9, 3}, {13, 3}}));
    const auto cell = [&](const char* r1, const char* r2) {
        std::size_t i = 0;
        std::size_t j = 0;
        while (kWords[i] != r1) ++i;
        while (kWords[j] != r2) ++j;
        return table[i][j];
    };
    // Rows of the printed table.
    EXPECT_EQ(cell("before", "before"), allen_set("before"));
    EXPECT_EQ(cell("before", "during"),
              allen_set("before or overlaps or meets or during or starts"));
    EXPECT_EQ(cell("during", "during"), allen_set("during"));
    EXPECT_EQ(cell("meets", "met-by"), allen_set("finishes or finished-by or equals"));
    EXPECT_EQ(cell("overlaps", "overlaps"), allen_set("before or overlaps or meets"));
    EXPECT_EQ(cell("overlaps", "started-by"), allen_set("overlaps or finished-by or contains"));
    EXPECT_EQ(cell("starts", "finishes"), allen_set("during"));
    EXPECT_TRUE(cell("before", "after").all());
    EXPECT_TRUE(cell("after", "before").all());
    EXPECT_TRUE(cell("during", "contains").all());
}

}  // namespace
}  // namespace antinomy::time
