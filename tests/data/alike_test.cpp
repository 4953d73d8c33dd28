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
    static std::string written(const std::string& x) { return "{\"x\": \"" + x + "\"}"; }
    static constexpr text::FileId kFile{0};
    // As a checker does: the message; and whether it was known.
    bool known(const std::string& x) {
        const auto bytes = written(x);
        if (const auto* found = alike.find(kept, bytes, kFile, {})) {
            EXPECT_EQ(found->checked->result.findings.front().message, x);
            EXPECT_EQ(found->path, "$.x");
            return true;
        }
        text::Node part;
        EXPECT_TRUE(pick_json(bytes, kFile, kept.record, {}, part));
        check::Checked checked;
        auto& f = checked.result.findings.emplace_back();
        f.rule = "r";
        f.identity = "each";
        f.message = x;
        f.places.push_back({part.entries.front().value.span, "", ""});
        static_cast<void>(alike.keep(kept, part, std::move(checked)));
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
            const auto bytes = Alikes::written(std::to_string(i));
            static_cast<void>(a.alike.find(a.kept, bytes, Alikes::kFile, {}));
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
