#include "text/nearest.hpp"

#include <gtest/gtest.h>

namespace antinomy::text {
namespace {

TEST(Nearest, slips_of_the_hand) {
    const std::vector<std::string> fields = {"start", "end", "participants", "place", "title"};
    EXPECT_EQ(nearest("strat", fields), "start");  // a swap is one edit
    EXPECT_EQ(nearest("stat", fields), "start");
    EXPECT_EQ(nearest("partcipants", fields), "participants");
    EXPECT_EQ(nearest("paritcpantss", fields), "participants");  // three of twelve
    EXPECT_EQ(nearest("titel", fields), "title");
    EXPECT_EQ(nearest("start", fields), "start");
    EXPECT_EQ(nearest("and", fields), "end");  // one edit is always allowed
    EXPECT_EQ(nearest("xx", fields), std::nullopt);
    EXPECT_EQ(nearest("stxyt", fields), std::nullopt);  // two edits of five letters
    EXPECT_EQ(nearest("", fields), std::nullopt);
    EXPECT_EQ(nearest("start", {}), std::nullopt);
}

TEST(Nearest, first_among_equals_and_best_first) {
    EXPECT_EQ(nearest("cat", {"bat", "rat"}), "bat");
    EXPECT_EQ(nearest("events", {"event", "events"}), "events");
}

TEST(Nearest, counts_characters_not_bytes) {
    EXPECT_EQ(nearest("Қосмов", {"Қосимов"}), "Қосимов");
    EXPECT_EQ(nearest("да", {"до"}), "до");
    EXPECT_EQ(nearest("да", {"ни"}), std::nullopt);
}

TEST(Nearest, sentence) {
    EXPECT_EQ(did_you_mean("strat", {"end", "start"}), "did you mean `start`?");
    EXPECT_EQ(did_you_mean("zzzzzz", {"end", "start"}), "known: end, start");
    EXPECT_EQ(did_you_mean("zzzzzz", {}), "none is known here");
    EXPECT_EQ(did_you_mean("zzzzzz", {"a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "b1",
                                      "b2", "b3", "b4", "b5"}),
              "known: a1, a2, a3, a4, a5, a6, a7, a8, a9, b1, b2, b3 and 2 more");
}

}  // namespace
}  // namespace antinomy::text
