#include "report/sarif.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "report/line_hash.hpp"
#include "tests/report/fixture.hpp"
#include "text/encode.hpp"

namespace antinomy::report_test {
namespace {

using Json = nlohmann::json;

std::string sarif_of(const Seed& s, const text::Diagnostics& d = {},
                     const report::SarifLimits& limits = {},
                     const report::Provenance& provenance = {}) {
    std::ostringstream out;
    report::Report report{s.result, s.sources, d};
    report.provenance = provenance;
    report::print_sarif(out, report, limits);
    return out.str();
}

Json run_of(const std::string& text) {
    return Json::parse(text)["runs"][0];
}

const Json& result_of(const Json& run, const std::string& fingerprint) {
    for (const auto& r : run["results"])
        if (r["partialFingerprints"]["antinomy/v1"] == fingerprint) return r;
    ADD_FAILURE() << fingerprint;
    return run["results"][0];
}

// A run of the seed case as the command line would tell of it.
report::Provenance provenance(const Seed& s) {
    report::Provenance p;
    p.version = "1.2.3";
    p.tzdata = "2024a";
    p.inputs = {
        {"cases/ziyoyev.yaml", s.sources.bytes(s.file).size(), std::string(64, '0'), s.file}};
    p.project = {"/home/desk/files/", "/home/desk/files/"};
    report::Provenance::Rule r;
    r.id = "evidence-predates-event";
    r.title = "A recording is older than the event it is said to record";
    r.pack = "evidence";
    r.kind = "fact";
    r.help = "ask for the *upload's* metadata";
    r.applied = true;
    p.rules = {r};
    return p;
}

TEST(LineHash, PublishedVectors) {
    const auto vectors = Json::parse(slurp(ANTINOMY_ROOT "/tests/report/line_hashes.json"));
    ASSERT_EQ(vectors.size(), 8u);
    for (const auto& v : vectors) {
        std::string text;
        for (int i = 0; i < v.value("repeat", 1); ++i) text += v["text"].get<std::string>();
        EXPECT_EQ(report::line_hashes(text), v["hashes"].get<std::vector<std::string>>()) << v;
    }
}

// UTF-16 units, not bytes and not code points: 51 of them outside the first plane fill the window.
TEST(LineHash, CountsUtf16) {
    std::string wide;
    for (int i = 0; i < 50; ++i) wide += "👩";
    const auto one = report::line_hashes(wide + "a");
    const auto other = report::line_hashes(wide + "b");
    EXPECT_EQ(one[0], other[0]);
    std::string shorter = wide.substr(4);
    EXPECT_NE(report::line_hashes(shorter + "a")[0], report::line_hashes(shorter + "b")[0]);
}

TEST(Uri, EveryByte) {
    EXPECT_EQ(text::percent_encoded("cases/a-b_c.~1", "/"), "cases/a-b_c.~1");
    EXPECT_EQ(text::percent_encoded("дело 1#?.yaml", "/"),
              "%D0%B4%D0%B5%D0%BB%D0%BE%201%23%3F.yaml");
    EXPECT_EQ(text::percent_encoded("c:\\x\xff%", "/"), "c%3A%5Cx%FF%25");
}

TEST(Sarif, SeedCase) {
    const Seed s = seed();
    const auto text = sarif_of(s, {}, {}, provenance(s));
    EXPECT_EQ(text, sarif_of(s, {}, {}, provenance(s)));
    expect_golden("seed.sarif", text);
}

TEST(Sarif, LevelsSayHowSureItIs) {
    const auto run = run_of(sarif_of(seed()));
    EXPECT_EQ(result_of(run, "5d1c9a0042f7be13")["level"], "error");    // certain error
    EXPECT_EQ(result_of(run, "77b0c31d5e9f2a68")["level"], "warning");  // possible error
    EXPECT_EQ(result_of(run, "1234abcd5678ef90")["level"], "warning");  // certain warning
    EXPECT_EQ(result_of(run, "00000000deadbeef")["level"], "note");     // certain review
}

TEST(Sarif, TheProofStandsInTheMessageAndItsLinksLeadSomewhere) {
    const auto run = run_of(sarif_of(seed()));
    const auto& r = result_of(run, "5d1c9a0042f7be13");
    const auto text = r["message"]["text"].get<std::string>();
    EXPECT_NE(text.find("at least 32 days after `evidence.video.published`"), std::string::npos)
        << text;
    EXPECT_NE(text.find("Certain, given defence's word"), std::string::npos) << text;
    ASSERT_EQ(r["relatedLocations"].size(), 3u);
    for (const auto& at : r["relatedLocations"])
        EXPECT_NE(text.find("](" + std::to_string(at["id"].get<int>()) + ")"), std::string::npos);
}

TEST(Sarif, AFlowOfEachAccountByTime) {
    const auto run = run_of(sarif_of(seed()));
    const auto& flows = result_of(run, "5d1c9a0042f7be13")["codeFlows"];
    ASSERT_EQ(flows.size(), 1u);  // court and prosecution rest on the same statements
    EXPECT_EQ(flows[0]["message"]["text"],
              "The statements on the account of court and prosecution, by time.");
    const auto& at = flows[0]["threadFlows"][0]["locations"];
    ASSERT_EQ(at.size(), 2u);
    EXPECT_EQ(at[0]["properties"]["first"], "2014-09-30");
    EXPECT_EQ(at[0]["executionOrder"], 1);
    EXPECT_EQ(at[1]["executionOrder"], 2);
    EXPECT_EQ(at[1]["importance"], "essential");
    // Between two accounts, each has its own.
    const auto& between = result_of(run, "1234abcd5678ef90")["codeFlows"];
    ASSERT_EQ(between.size(), 2u);
    EXPECT_EQ(between[0]["threadFlows"][0]["locations"][0]["properties"]["first"], "2014-09-29");
    EXPECT_EQ(between[1]["threadFlows"][0]["locations"][0]["properties"]["first"], "2014-11-01");
}

TEST(Sarif, WhatMayBeOfOneDayIsPutInNoOrder) {
    Seed s = seed();
    auto& f = s.result.cases[0].findings[1];
    ASSERT_EQ(f.fingerprint, "77b0c31d5e9f2a68");  // November, and a force that may fall into it
    const auto run = run_of(sarif_of(s));
    const auto& at = result_of(run, f.fingerprint)["codeFlows"][0]["threadFlows"][0]["locations"];
    ASSERT_EQ(at.size(), 2u);
    EXPECT_EQ(at[0]["executionOrder"], at[1]["executionOrder"]);
}

TEST(Sarif, StatesOfAFinding) {
    Seed s = seed();
    auto& findings = s.result.cases[0].findings;
    for (auto& f : findings) f.baseline = check::Baseline::fresh;
    findings[0].baseline = check::Baseline::old;
    findings[1].baseline = check::Baseline::stronger;
    findings.back().suppressed_at = s.at("case:", "id");
    findings.back().suppressed_by = "A. Lawyer";
    findings.back().suppressed_until = "2027-03-01";
    s.result.gone = {{"evidence-predates-event", "tj-ziyoyev", "evidence.photo", "abcdef0123456789",
                      check::Verdict::certain, "the photo was older"}};
    const auto run = run_of(sarif_of(s));
    EXPECT_EQ(result_of(run, findings[0].fingerprint)["baselineState"], "unchanged");
    EXPECT_EQ(result_of(run, findings[0].fingerprint)["suppressions"][0]["kind"], "external");
    EXPECT_EQ(result_of(run, findings[1].fingerprint)["baselineState"], "updated");
    EXPECT_TRUE(result_of(run, findings[1].fingerprint)["suppressions"].empty());
    EXPECT_EQ(result_of(run, findings[2].fingerprint)["baselineState"], "new");
    const auto& silenced = result_of(run, "00000000deadbeef")["suppressions"][0];
    EXPECT_EQ(silenced["kind"], "inSource");
    EXPECT_EQ(silenced["status"], "accepted");
    EXPECT_EQ(silenced["justification"], "one newsroom is all there is until the judgment is seen");
    EXPECT_EQ(silenced["properties"]["by"], "A. Lawyer");
    EXPECT_EQ(silenced["properties"]["until"], "2027-03-01");
    EXPECT_EQ(silenced["location"]["physicalLocation"]["region"]["startLine"], 3);
    const auto& gone = result_of(run, "abcdef0123456789");
    EXPECT_EQ(gone["baselineState"], "absent");
    EXPECT_EQ(gone["level"], "none");
    // Where one result says whether it is suppressed, all do.
    for (const auto& r : run["results"]) EXPECT_EQ(r.count("suppressions"), 1u);
}

TEST(Sarif, NothingSuppressedAndNoBaseline) {
    Seed s = seed();
    s.result.cases[0].findings.pop_back();
    for (const auto& r : run_of(sarif_of(s))["results"]) {
        EXPECT_EQ(r.count("suppressions"), 0u);
        EXPECT_EQ(r.count("baselineState"), 0u);
    }
}

TEST(Sarif, NothingFound) {
    const Seed s;
    const auto run = run_of(sarif_of(s));
    EXPECT_TRUE(run["results"].is_array());
    EXPECT_TRUE(run["results"].empty());
    EXPECT_EQ(run["invocations"][0]["executionSuccessful"], true);
    EXPECT_TRUE(run["tool"]["driver"]["rules"].is_array());
}

TEST(Sarif, ProblemsMakeTheRunUnsuccessful) {
    Seed s = seed();
    text::Diagnostics d;
    d.warning(s.at("case:", "id"), "odd", "an odd id", "");
    EXPECT_EQ(run_of(sarif_of(s, d))["invocations"][0]["executionSuccessful"], true);
    d.error(s.at("case:", "id"), "duplicate-key", "`id` stands twice", "remove one");
    text::Diagnostic missing;
    missing.code = "no-such-file";
    missing.where = "cases/missing.yaml";
    missing.message = "cannot be opened";
    d.add(missing);
    auto run = run_of(sarif_of(s, d));
    const auto& i = run["invocations"][0];
    EXPECT_EQ(i["executionSuccessful"], false);
    ASSERT_EQ(i["toolExecutionNotifications"].size(), 2u);
    EXPECT_EQ(i["toolExecutionNotifications"][1]["message"]["text"],
              "`id` stands twice. Help: remove one.");
    EXPECT_EQ(i["toolConfigurationNotifications"][0]["message"]["text"],
              "`cases/missing.yaml`: cannot be opened.");
    s.result.cases[0].undecided = {{"r", "tj-ziyoyev", "events.a", "too many"}};
    EXPECT_EQ(run_of(sarif_of(s))["invocations"][0]["executionSuccessful"], false);
}

TEST(Sarif, HostileStrings) {
    Seed s = seed();
    const std::string nasty =
        "\x1b[1m \xe2\x80\xae {0} [x](http://evil.example) {a} <img src=x> \xff ж";
    auto& f = s.result.cases[0].findings[3];
    f.message = nasty;
    f.places[1].label = "a] b \\ [c](2)";
    f.rule_title = nasty;
    f.rule = "nasty";
    const auto text = sarif_of(s);
    for (const char* raw : {"\x1b", "\xe2\x80\xae", "\xff"})
        EXPECT_EQ(text.find(raw), std::string::npos) << raw;
    const auto run = run_of(text);
    const auto& r = result_of(run, f.fingerprint);
    const auto told = r["message"]["text"].get<std::string>();
    EXPECT_NE(told.find("{{0}} [x] (http://evil.example) {{a}}"), std::string::npos) << told;
    EXPECT_NE(told.find("- [a\\] b \\\\ \\[c\\] (2) (prosecution)](1)"), std::string::npos) << told;
    const auto& rule = run["tool"]["driver"]["rules"][r["ruleIndex"].get<std::size_t>()];
    EXPECT_EQ(rule["id"], "nasty");
    const auto help = rule["help"]["markdown"].get<std::string>();
    EXPECT_NE(help.find("\\[x\\](http\\://evil.example) {a} \\<img"), std::string::npos) << help;
}

TEST(Sarif, NamesFromTheTopOfTheProject) {
    Seed s = seed();
    auto p = provenance(s);
    const auto location = [&] {
        const auto run = run_of(sarif_of(s, {}, {}, p));
        auto at = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
        for (const auto& [name, base] : run["originalUriBaseIds"].items())
            EXPECT_EQ(base.count("uri"), 0u) << name;  // where it lies is nobody's business
        return at["uriBaseId"].get<std::string>() + " " + at["uri"].get<std::string>();
    };
    EXPECT_EQ(location(), "%SRCROOT% cases/ziyoyev.yaml");
    p.project.here = "/home/desk/files/more/";
    EXPECT_EQ(location(), "%SRCROOT% more/cases/ziyoyev.yaml");
    p.project.top = "/home/desk/files/more/";
    EXPECT_EQ(location(), "%SRCROOT% cases/ziyoyev.yaml");
    p.project.here = "/home/other/";
    EXPECT_EQ(location(), "ELSEWHERE cases/ziyoyev.yaml");
    p.project = {};
    EXPECT_EQ(location(), "%SRCROOT% cases/ziyoyev.yaml");
    EXPECT_EQ(report::name_in_project(p, "/etc/x"), std::nullopt);
    EXPECT_EQ(report::name_in_project(p, "../x"), std::nullopt);
    EXPECT_EQ(report::name_in_project(p, "a/../b.yaml"), "b.yaml");
}

TEST(Sarif, OnlyWhatCodeScanningTakes) {
    Seed s = seed();
    const auto total = s.result.cases[0].findings.size();
    ASSERT_EQ(total, 7u);
    report::SarifLimits limits;
    limits.results = 3;
    auto run = run_of(sarif_of(s, {}, limits));
    ASSERT_EQ(run["results"].size(), 3u);
    // The worst are kept: two of the three certain errors, and what says that there are more.
    EXPECT_EQ(run["results"][0]["level"], "error");
    EXPECT_EQ(run["results"][1]["level"], "error");
    EXPECT_EQ(run["results"][2]["ruleId"], "findings-left-out");
    const auto words = run["results"][2]["message"]["text"].get<std::string>();
    EXPECT_EQ(words.find("5 more findings (3 of severity error) left out"), 0u) << words;
    EXPECT_EQ(run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"], words);
    limits.results = total;
    EXPECT_EQ(run_of(sarif_of(s, {}, limits))["results"].size(), total);

    limits = {};
    limits.locations = 2;
    limits.flow_locations = 1;
    run = run_of(sarif_of(s, {}, limits));
    const auto& r = result_of(run, "5d1c9a0042f7be13");
    EXPECT_EQ(r["relatedLocations"].size(), 1u);
    EXPECT_NE(r["message"]["text"].get<std::string>().find("and in 2 more places, 2 of them left "
                                                           "out here"),
              std::string::npos);
    EXPECT_EQ(r["codeFlows"][0]["threadFlows"][0]["locations"].size(), 1u);
    EXPECT_NE(run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
                  .get<std::string>()
                  .find("the end is left out"),
              std::string::npos);
}

TEST(Sarif, PackedSizeIsBounded) {
    Seed s = seed();
    auto& findings = s.result.cases[0].findings;
    const auto one = findings[4];
    findings.clear();
    std::uint32_t x = 1;
    for (int i = 0; i < 400; ++i) {
        findings.push_back(one);
        // What does not pack well.
        std::string noise;
        for (int k = 0; k < 300; ++k)
            noise += static_cast<char>('a' + ((x = x * 1664525u + 1013904223u) >> 27u) % 26);
        findings.back().message += noise;
        findings.back().fingerprint = std::to_string(1000000000000000 + i);
    }
    report::SarifLimits limits;
    const auto whole = run_of(sarif_of(s, {}, limits))["results"].size();
    EXPECT_EQ(whole, 400u);
    limits.packed_bytes = 40000;
    const auto run = run_of(sarif_of(s, {}, limits));
    const auto kept = run["results"].size();
    EXPECT_LT(kept, 250u);
    EXPECT_GT(kept, 20u);
    const auto words = run["results"].back()["message"]["text"].get<std::string>();
    EXPECT_EQ(words.find(std::to_string(401 - kept) + " more findings"), 0u) << words;
}

}  // namespace
}  // namespace antinomy::report_test
