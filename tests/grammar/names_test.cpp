#include "grammar/names.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

namespace antinomy::grammar {
namespace {

TEST(Names, EveryFileIsBuiltIn) {
    std::set<std::string> files;
    for (const auto& file :
         std::filesystem::directory_iterator(std::string(ANTINOMY_ROOT) + "/grammar/names")) {
        ASSERT_EQ(file.path().extension(), ".txt");
        files.insert(file.path().stem());
        std::ifstream in(file.path());
        std::stringstream text;
        text << in.rdbuf();
        const auto read = read_language("x", text.str());
        const auto* why = std::get_if<std::string>(&read);
        EXPECT_EQ(why, nullptr) << file.path() << ": " << *why;
    }
    std::set<std::string> built;
    for (const auto& l : languages()) built.insert(l.code);
    EXPECT_EQ(built, files);
    EXPECT_EQ(languages().front().code, "en");
}

// No word is two months, in any language: what a case says must not depend on the order of files.
TEST(Names, NoWordMeansTwoThings) {
    for (const auto* list : {&all_months(), &all_weekdays()}) {
        std::map<std::string, int> seen;
        for (const auto& w : *list) {
            const auto [it, fresh] = seen.emplace(w.text, w.number);
            EXPECT_EQ(it->second, w.number) << w.text;
        }
    }
    for (const auto& w : all_weekdays()) EXPECT_FALSE(month_called(w.text)) << w.text;
}

TEST(Names, KnowsMonthsAndWeekdays) {
    EXPECT_EQ(month_called("January"), 1);
    EXPECT_EQ(month_called("December"), 12);
    EXPECT_EQ(month_called("january"), std::nullopt);
    EXPECT_EQ(month_called("Jan"), std::nullopt);
    EXPECT_EQ(month_called("ноября"), 11);
    EXPECT_EQ(month_called("Ноябрь"), 11);
    EXPECT_EQ(weekday_called("Thursday"), 4);
    EXPECT_EQ(weekday_called("среду"), 3);
    EXPECT_EQ(weekday_called("ban"), std::nullopt);
    EXPECT_EQ(english_months().at(9), "October");
    EXPECT_EQ(english_weekdays().at(6), "Sunday");
    EXPECT_EQ(lower_case("Ноябрь MAY"), "ноябрь may");
    EXPECT_EQ(lower_case("\xFF\xD0"), "\xFF\xD0");
}

TEST(Names, RefusesAFileThatCannotBeRead) {
    const auto why = [](std::string_view text) {
        const auto read = read_language("x", text);
        const auto* reason = std::get_if<std::string>(&read);
        return reason == nullptr ? "" : *reason;
    };
    std::string whole;
    for (int n = 1; n <= 12; ++n) whole += "month " + std::to_string(n) + ": m\n";
    EXPECT_EQ(why(whole), "weekday 1 has no name");
    for (int n = 1; n <= 7; ++n) whole += "weekday " + std::to_string(n) + ": w\n";
    EXPECT_EQ(why(whole), "");
    EXPECT_EQ(why("# only a comment\n"), "month 1 has no name");
    EXPECT_EQ(why("\nmonth 13: x\n"), "line 2: `month 13` is no key of a language");
    EXPECT_EQ(why("month 1:\n"), "line 1: `month 1` has no words");
    EXPECT_EQ(why("month 1 January"), "line 1: expected `key: words`");
    EXPECT_EQ(why("monht 1: January"), "line 1: `monht 1` is no key of a language");
}

}  // namespace
}  // namespace antinomy::grammar
