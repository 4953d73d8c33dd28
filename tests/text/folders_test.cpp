// The three folders of YAML files beside this test, each read by us and by libfyaml.
//   invalid/  no YAML 1.2: refused by both
//   profile/  YAML, but not of our profile: refused by us alone
//   valid/    odd but fine: the same content to both

#include <gtest/gtest.h>

#include "tests/text/helpers.hpp"
#include "tests/text/oracle.hpp"

namespace antinomy::text {
namespace {

using test::Parsed;

TEST(Folders, invalid_is_refused_by_both) {
    std::size_t files = 0;
    for (const auto& path : test::files_in("invalid")) {
        const std::string bytes = test::read_all(path);
        const Parsed parsed(bytes);
        EXPECT_FALSE(parsed.root) << path;
        EXPECT_GT(parsed.diagnostics.error_count(), 0u) << path;
        EXPECT_FALSE(test::ask_libfyaml(bytes).accepted) << path;
        ++files;
    }
    EXPECT_GE(files, 94u);
    RecordProperty("files", static_cast<int>(files));
}

TEST(Folders, profile_is_refused_by_us_alone) {
    std::size_t files = 0;
    for (const auto& path : test::files_in("profile")) {
        const std::string bytes = test::read_all(path);
        const Parsed parsed(bytes);
        EXPECT_FALSE(parsed.root) << path;
        EXPECT_GT(parsed.diagnostics.error_count(), 0u) << path;
        EXPECT_TRUE(test::ask_libfyaml(bytes).accepted) << path;
        ++files;
    }
    EXPECT_GE(files, 50u);
}

TEST(Folders, valid_means_the_same_to_both) {
    std::size_t files = 0;
    for (const auto& path : test::files_in("valid")) {
        const std::string bytes = test::read_all(path);
        const Parsed parsed(bytes);
        EXPECT_TRUE(parsed.root) << path << ": " << parsed.errors();
        const auto theirs = test::ask_libfyaml(bytes);
        EXPECT_TRUE(theirs.accepted) << path;
        EXPECT_EQ(theirs.documents, 1) << path;
        std::string ours;
        if (parsed.root) test::write_node(ours, *parsed.root);
        EXPECT_EQ(ours, theirs.content) << path;
        ++files;
    }
    EXPECT_GE(files, 30u);
}

}  // namespace
}  // namespace antinomy::text
