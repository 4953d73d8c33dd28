// What is kept of records that say the same: no more than there is room for, and what was met
// lately.
#include "data/alike.hpp"

#include <gtest/gtest.h>

#include <string>

namespace antinomy::data {
namespace {

// A rule about one thing, open for records of which `x` is read.
struct Alikes {
    Kept kept;
    rule::Rule rule;
    Alike alike;

    Alikes() {
        rule.id = "r";
        kept.rules = {&rule};
        kept.record.names = {"x"};
        kept.record.below.resize(1);
        kept.record.below.front().whole = true;
        kept.record.below.front().apart = false;
    }
    static text::Node part(const std::string& x) {
        text::Node out;
        out.kind = text::NodeKind::mapping;
        out.span = {text::FileId{0}, 0, 20};
        auto& entry = out.entries.emplace_back();
        entry.key.kind = entry.value.kind = text::NodeKind::scalar;
        entry.key.text = "x";
        entry.value.text = x;
        entry.value.span = {text::FileId{0}, 6, 10};
        return out;
    }
    // As a checker does: the message; and whether it was known.
    bool known(const std::string& x) {
        const auto node = part(x);
        if (const auto* found = alike.find(kept, node)) {
            EXPECT_EQ(found->result.findings.front().message, x);
            return true;
        }
        check::Checked checked;
        auto& f = checked.result.findings.emplace_back();
        f.rule = "r";
        f.identity = "each";
        f.message = x;
        f.places.push_back({node.entries.front().value.span, "", ""});
        alike.keep(kept, std::move(checked));
        return false;
    }
};

TEST(Alike, TellsWhatItKept) {
    Alikes a;
    EXPECT_FALSE(a.known("one"));
    EXPECT_FALSE(a.known("two"));
    EXPECT_TRUE(a.known("one"));
    EXPECT_TRUE(a.known("two"));
    EXPECT_EQ(a.alike.size(), 2u);
}

TEST(Alike, KeepsNoMoreThanItHasRoomFor) {
    Alikes a;
    // All that came before is met again each time, which must not keep it for ever.
    std::size_t made = 0;
    for (int round = 0; round < 8; ++round) {
        for (std::size_t i = 0; i + 1 < Alike::kMost / 2; ++i)
            EXPECT_FALSE(a.known(std::to_string(made++)));
        for (std::size_t i = 0; i < made; ++i) {
            const auto node = Alikes::part(std::to_string(i));
            static_cast<void>(a.alike.find(a.kept, node));
            ASSERT_LE(a.alike.size(), Alike::kMost);
        }
    }
    // What was met lately is there.
    EXPECT_TRUE(a.known(std::to_string(made - 1)));
}

TEST(Alike, KeepsNothingLong) {
    Alikes a;
    EXPECT_FALSE(a.known(std::string(Alike::kLong + 1, 'x')));
    EXPECT_FALSE(a.known(std::string(Alike::kLong + 1, 'x')));
    EXPECT_EQ(a.alike.size(), 0u);
}

}  // namespace
}  // namespace antinomy::data
