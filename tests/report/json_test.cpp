#include "report/json.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/report/fixture.hpp"

namespace antinomy::report_test {
namespace {

std::string json_of(const Seed& s, const text::Diagnostics& d = {}) {
    std::ostringstream out;
    report::print_json(out, s.result, s.sources, d);
    return out.str();
}

TEST(Json, SeedCase) {
    const Seed s = seed();
    const std::string text = json_of(s);
    EXPECT_EQ(text, json_of(s));
    expect_golden("seed.json", text);
}

TEST(Json, TheKeysOfTheDesign) {
    const auto j = nlohmann::json::parse(json_of(seed()));
    EXPECT_EQ(j["format"], 1);
    EXPECT_EQ(j["complete"], true);
    const auto& f = j["findings"][1];
    EXPECT_EQ(f["rule"], "evidence-predates-event");
    EXPECT_EQ(f["given"][0]["path"], "evidence.video.published");
    EXPECT_EQ(f["given"][0]["account"], "defence");
    EXPECT_EQ(f["bindings"]["m"], "events.meeting-nov");
    EXPECT_EQ(f["places"][0]["line"], 28);
    EXPECT_EQ(f["places"][0]["column"], 3);
    EXPECT_EQ(f["places"][0]["end_line"], 28);
    EXPECT_EQ(f["places"][0]["end_column"], 8);
    const auto& proof = f["proof"];
    EXPECT_EQ(proof["facts"][0]["first"], "2014-11-01");
    EXPECT_EQ(proof["facts"][0]["speaker"], nullptr);
    EXPECT_EQ(proof["facts"][1]["state"], "unchallenged");
    EXPECT_EQ(proof["requirements"][0]["text"], "e.published not before m.start");
    EXPECT_EQ(proof["steps"][0]["min_days"], 32);
    EXPECT_EQ(proof["steps"][0]["because"], (std::vector<int>{0, 1}));
    EXPECT_EQ(f["exceptions"][0]["switch"], "evidence.video.same_item");
    EXPECT_EQ(f["resolve"][0]["changes"][0]["to"], "no");
    const auto& possible = j["findings"][4];
    EXPECT_EQ(possible["verdict"], "possible");
    EXPECT_EQ(possible["proof"]["witnesses"][0]["violates"], true);
    EXPECT_EQ(possible["proof"]["witnesses"][0]["dates"]["norms.ban.legal_force"], "2014-11-10");
    EXPECT_EQ(possible["turning"][0]["certain"][0][0], nullptr);
    EXPECT_EQ(possible["turning"][0]["certain"][0][1], "2014-10-08");
    EXPECT_EQ(j["suppressed"].size(), 1u);
    EXPECT_EQ(j["summary"]["findings"]["error"]["certain"], 3);
    EXPECT_EQ(j["summary"]["findings"]["error"]["possible"], 2);
    EXPECT_EQ(j["summary"]["suppressed"], 1);
    EXPECT_EQ(j["summary"]["not_applicable"].size(), 2u);
    EXPECT_TRUE(j["errors"].empty());
}

TEST(Json, ErrorsAndUndecidedMakeItIncomplete) {
    Seed s = seed();
    text::Diagnostics d;
    d.warning(s.at("case:", "id"), "odd", "an odd id", "");
    EXPECT_EQ(nlohmann::json::parse(json_of(s, d))["complete"], true);
    d.error(s.at("case:", "id"), "duplicate-key", "`id` stands twice", "remove one");
    text::Diagnostic missing;
    missing.code = "no-such-file";
    missing.where = "cases/missing.yaml";
    missing.message = "cannot be opened";
    d.add(missing);
    auto j = nlohmann::json::parse(json_of(s, d));
    EXPECT_EQ(j["complete"], false);
    ASSERT_EQ(j["errors"].size(), 2u);
    EXPECT_EQ(j["errors"][0]["line"], 3);
    EXPECT_EQ(j["errors"][0]["help"], "remove one");
    EXPECT_EQ(j["errors"][1]["file"], "cases/missing.yaml");
    EXPECT_EQ(j["errors"][1]["line"], nullptr);
    EXPECT_EQ(j["warnings"].size(), 1u);
    s.result.cases[0].undecided = {{"r", "tj-ziyoyev", "events.a", "too many"}};
    j = nlohmann::json::parse(json_of(s));
    EXPECT_EQ(j["complete"], false);
    EXPECT_EQ(j["summary"]["undecided"], 1);
}

TEST(Json, HostileStrings) {
    Seed s = seed();
    const std::string nasty =
        "\x1b[1m \x7f \xc2\x9b \xc2\xad \xe2\x80\xae \xe2\x80\xa8 \xd8\x9c \xff \xef\xbb\xbf \" \\ "
        "ж";
    s.result.cases[0].findings[0].message = nasty;
    s.result.cases[0].id = nasty;
    const std::string text = json_of(s);
    for (const char* raw : {"\x1b", "\x7f", "\xc2\x9b", "\xc2\xad", "\xe2\x80\xae", "\xe2\x80\xa8",
                            "\xd8\x9c", "\xff", "\xef\xbb\xbf"})
        EXPECT_EQ(text.find(raw), std::string::npos) << raw;
    const auto j = nlohmann::json::parse(text);
    EXPECT_EQ(j["findings"][5]["message"],
              "\x1b[1m \x7f \xc2\x9b \xc2\xad \xe2\x80\xae \xe2\x80\xa8 \xd8\x9c \xef\xbf\xbd "
              "\xef\xbb\xbf \" \\ ж");
}

TEST(Json, NothingChecked) {
    const Seed s;
    const auto j = nlohmann::json::parse(json_of(s));
    EXPECT_TRUE(j["findings"].is_array());
    EXPECT_TRUE(j["gaps"].is_array());
    EXPECT_EQ(j["summary"]["cases"], 0);
}

}  // namespace
}  // namespace antinomy::report_test
