// The formats for programs and for other tools: the seed case as a golden file, nothing checked,
// what is below the threshold. What other programs read in them: tests/formats.

#include "report/formats.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "report/csv.hpp"
#include "report/github.hpp"
#include "report/markdown_text.hpp"
#include "report/place.hpp"
#include "tests/report/fixture.hpp"

namespace antinomy::report_test {
namespace {

using report::markdown_cell;
using report::markdown_code;
using report::markdown_text;

check::Chronology dates(const Seed& s) {
    check::Chronology c;
    c.id = "tj-ziyoyev";
    c.file = "cases/ziyoyev.yaml";
    check::AccountChronology a;
    a.account = "prosecution";
    check::ChronologyPoint charged;
    charged.path = "events.meeting-nov.start";
    charged.label = "meeting-nov";
    charged.statements = {s.meeting_nov()};
    charged.days = DaySet(report_test::november());
    check::ChronologyPoint video;
    video.path = "evidence.video.published";
    video.label = "video published";
    video.statements = {s.video()};
    video.days = DaySet(on(2014, 9, 30));
    check::ChronologyPoint death;
    death.path = "events.death.start";
    death.label = "death";
    death.inferred = true;
    death.days = DaySet({day(2015, 2, 3), time::kForever});
    check::Proof why;
    why.facts = {s.video()};
    death.because = {why};
    a.points = {charged, video, death};
    c.accounts = {a};
    return c;
}

struct Made {
    Seed seed = report_test::seed();
    text::Diagnostics problems;
    report::Threshold threshold{};
    std::vector<std::vector<report::Ran>> ran{{{"age-of-responsibility", true},
                                               {"evidence-predates-event", false},
                                               {"liberty-undated", false}}};

    [[nodiscard]] report::Report report() const {
        report::Report r{seed.result, seed.sources, problems, plain()};
        r.threshold = threshold;
        r.ran = ran;
        r.chronologies = {dates(seed)};
        return r;
    }
    [[nodiscard]] std::string print(std::string_view format) const {
        std::ostringstream out;
        report::format_named(format)->print(out, report());
        return out.str();
    }
};

const std::vector<std::string_view>& new_formats() {
    static const std::vector<std::string_view> all{
        "jsonl", "junit", "junit-gitlab", "gitlab", "github", "markdown", "csv", "csv-chronology"};
    return all;
}

TEST(Formats, NamesAreEachOnce) {
    std::set<std::string_view> names;
    for (const auto& f : report::formats()) {
        EXPECT_TRUE(names.insert(f.name).second) << f.name;
        EXPECT_EQ(report::format_named(f.name), &f);
        EXPECT_FALSE(f.what.empty());
    }
    EXPECT_EQ(report::format_named("yaml"), nullptr);
}

TEST(Formats, SeedCase) {
    const Made m;
    for (const auto name : new_formats()) {
        const std::string text = m.print(name);
        EXPECT_EQ(text, m.print(name));
        expect_golden("seed." + std::string(name), text);
    }
    expect_golden("seed.github-summary", report::github_summary(m.report()));
}

TEST(Formats, NothingChecked) {
    const Seed empty;
    const text::Diagnostics none;
    const report::Report r{empty.result, empty.sources, none};
    const auto print = [&](std::string_view name) {
        std::ostringstream out;
        report::format_named(name)->print(out, r);
        return out.str();
    };
    EXPECT_EQ(print("junit"),
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n</testsuites>\n");
    EXPECT_EQ(print("gitlab"), "[]\n");
    EXPECT_EQ(print("github"), "");
    const auto one_row = [](const std::string& text) {
        return std::count(text.begin(), text.end(), '\n') == 1 && text.substr(0, 5) == "case,";
    };
    EXPECT_TRUE(one_row(print("csv")));
    EXPECT_TRUE(one_row(print("csv-chronology")));
    EXPECT_EQ(nlohmann::json::parse(print("jsonl"))["kind"], "summary");
    EXPECT_NE(print("markdown").find("No case was checked."), std::string::npos);
    EXPECT_NE(report::github_summary(r).find("no case was checked"), std::string::npos);
}

TEST(Formats, TheThresholdSaysWhatFails) {
    const auto counts = [](const report::Threshold& t) {
        std::string out;
        for (std::size_t s = 0; s < 4; ++s)
            for (const auto v : {check::Verdict::certain, check::Verdict::possible})
                out += t.counts(static_cast<check::Severity>(s), v) ? 'x' : '.';
        return out;
    };
    EXPECT_EQ(counts({}), "x.......");
    EXPECT_EQ(counts({check::Severity::error, true}), "xx......");
    EXPECT_EQ(counts({check::Severity::review, false}), "x.x.x...");
    EXPECT_EQ(counts({check::Severity::info, true}), "xxxxxxxx");
    EXPECT_EQ(counts({std::nullopt, true}), "........");
    Seed s;
    s.file = s.sources.add("cases/ziyoyev.yaml",
                           slurp(std::string(ANTINOMY_ROOT) + "/tests/report/ziyoyev.yaml"));
    Finding f = s.evidence();
    EXPECT_TRUE(report::Threshold{}.counts(f));
    f.baseline = check::Baseline::fresh;
    EXPECT_TRUE(report::Threshold{}.counts(f));
    f.baseline = check::Baseline::stronger;
    EXPECT_TRUE(report::Threshold{}.counts(f));
    f.baseline = check::Baseline::old;
    EXPECT_FALSE(report::Threshold{}.counts(f));
    f.baseline = check::Baseline::none;
    f.suppressed = "known";
    EXPECT_FALSE(report::Threshold{}.counts(f));
}

TEST(Formats, BelowTheThresholdATestPasses) {
    Made m;
    const auto failures = [&] {
        const std::string text = m.print("junit");
        std::size_t n = 0;
        for (auto at = text.find("<failure"); at != std::string::npos;
             at = text.find("<failure", at + 1))
            ++n;
        EXPECT_NE(text.find("failures=\"" + std::to_string(n) + '"'), std::string::npos);
        // What it says is told all the same.
        EXPECT_NE(text.find("5d1c9a0042f7be13"), std::string::npos);
        EXPECT_NE(text.find("32 to 61 days before"), std::string::npos);
        return n;
    };
    EXPECT_EQ(failures(), 3u);  // certain errors of the seed case
    m.threshold.possible = true;
    EXPECT_EQ(failures(), 5u);
    m.threshold.worst = check::Severity::warning;
    EXPECT_EQ(failures(), 6u);
    m.threshold.worst.reset();
    EXPECT_EQ(failures(), 0u);
    m.threshold = {};
    for (Finding& f : m.seed.result.cases[0].findings) f.baseline = check::Baseline::old;
    EXPECT_EQ(failures(), 0u);
    EXPECT_NE(m.print("junit").find("in the baseline"), std::string::npos);
}

TEST(Formats, WhatCouldNotBeReadIsInEach) {
    Made m;
    m.problems.error(m.seed.at("case:", "id"), "duplicate-key", "`id` stands twice", "remove one");
    m.problems.error(m.seed.at("case:", "id"), "duplicate-key", "`id` stands twice", "remove one");
    text::Diagnostic missing;
    missing.code = "no-such-file";
    missing.where = "cases/missing.yaml";
    missing.message = "cannot be opened";
    m.problems.add(missing);
    for (const auto name : {"jsonl", "junit", "junit-gitlab", "gitlab", "github", "markdown"}) {
        const std::string text = m.print(name);
        EXPECT_NE(text.find("duplicate-key"), std::string::npos) << name;
        EXPECT_NE(text.find("cases/missing.yaml"), std::string::npos) << name;
    }
    EXPECT_NE(m.print("junit").find("errors=\"3\""), std::string::npos);
    EXPECT_NE(report::github_summary(m.report()).find("cannot be opened"), std::string::npos);
    std::set<std::string> seen;
    for (const auto& issue : nlohmann::json::parse(m.print("gitlab")))
        EXPECT_TRUE(seen.insert(issue["fingerprint"].get<std::string>()).second);
}

TEST(Formats, FingerprintsOfGitLabAreApart) {
    Made m;
    m.seed.result.cases.push_back(m.seed.result.cases[0]);
    std::set<std::string> seen;
    const auto issues = nlohmann::json::parse(m.print("gitlab"));
    EXPECT_EQ(issues.size(), 12u);
    for (const auto& issue : issues)
        EXPECT_TRUE(seen.insert(issue["fingerprint"].get<std::string>()).second);
}

TEST(Formats, GitHubTakesTenOfAKind) {
    Made m;
    auto& findings = m.seed.result.cases[0].findings;
    const Finding error = m.seed.evidence();
    Finding possible = error;
    possible.verdict = check::Verdict::possible;
    findings.clear();
    for (int i = 0; i < 30; ++i) findings.push_back(i % 2 == 0 ? possible : error);
    const auto lines = [&] {
        const std::string text = m.print("github");
        return std::count(text.begin(), text.end(), '\n');
    };
    EXPECT_EQ(lines(), 10);
    const std::string text = m.print("github");
    EXPECT_NE(text.find("21 more errors not shown"), std::string::npos);
    EXPECT_EQ(text.find("possible"), std::string::npos) << "the certain ones come first";
    findings.resize(10);
    EXPECT_EQ(lines(), 10);
    EXPECT_EQ(m.print("github").find("not shown"), std::string::npos);
}

TEST(Formats, ASummaryKeepsWithinItsLimit) {
    Made m;
    auto& findings = m.seed.result.cases[0].findings;
    const Finding error = m.seed.evidence();
    findings.assign(500, error);
    const std::string all = report::github_summary(m.report());
    EXPECT_EQ(all.find("not listed"), std::string::npos);
    EXPECT_NE(all.find("| 500 |"), std::string::npos);
    const std::string cut = report::github_summary(m.report(), 20'000);
    EXPECT_LT(cut.size(), 20'300u);
    EXPECT_NE(cut.find("more findings not listed here"), std::string::npos);
}

TEST(Formats, GitHubEscapesWhatCommandsAreMadeOf) {
    Made m;
    auto& findings = m.seed.result.cases[0].findings;
    findings = {m.seed.evidence()};
    findings[0].message = "100% of it\r\n::error::forged,\n##[group]x";
    findings[0].rule = "a:b,c%";
    const std::string text = m.print("github");
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
    EXPECT_NE(text.find("::100%25 of it ::error::forged, ##[group]x"), std::string::npos) << text;
    EXPECT_NE(text.find("title=error[a%3Ab%2Cc%25] certain%2C given defence's word::"),
              std::string::npos)
        << text;
}

TEST(Formats, PathsAreRelative) {
    report::Provenance nothing;
    EXPECT_EQ(report::relative_path(nothing, "./a/../b.yaml"), "b.yaml");
    EXPECT_EQ(report::relative_path(nothing, "../b.yaml"), "../b.yaml");
    EXPECT_EQ(report::relative_path(nothing, "-"), "-");
    EXPECT_EQ(report::relative_path(nothing, ""), "");
    const std::string root = ANTINOMY_ROOT;  // where the tests run
    EXPECT_EQ(report::relative_path(nothing, root + "/cases/a.yaml"), "cases/a.yaml");
    EXPECT_NE(report::relative_path(nothing, "/elsewhere/a.yaml").substr(0, 1), "/");
    report::Provenance run;
    run.project = {"/home/project/", "/home/project/data/"};
    EXPECT_EQ(report::relative_path(run, "a.yaml"), "data/a.yaml");
    EXPECT_EQ(report::relative_path(run, "../b.yaml"), "b.yaml");
    EXPECT_EQ(report::relative_path(run, "/home/project/c.yaml"), "c.yaml");
    EXPECT_EQ(report::relative_path(run, "../../d.yaml"), "../../d.yaml");
}

TEST(Csv, Cells) {
    using report::csv_cell;
    EXPECT_EQ(csv_cell("plain"), "plain");
    EXPECT_EQ(csv_cell(""), "");
    EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
    EXPECT_EQ(csv_cell("say \"no\""), "\"say \"\"no\"\"\"");
    for (const char* start : {"=", "+", "-", "@"})
        EXPECT_EQ(csv_cell(std::string(start) + "1+1"), "'" + std::string(start) + "1+1");
    EXPECT_EQ(csv_cell("\t=1"), "'\\x09=1");
    EXPECT_EQ(csv_cell("\r=1"), "'\\x0d=1");
    EXPECT_EQ(csv_cell("'=1"), "''=1");
    EXPECT_EQ(csv_cell("\xef\xbc\x9d"
                       "1"),
              "'\xef\xbc\x9d"
              "1");
    EXPECT_EQ(csv_cell("=HYPERLINK(\"x\",1)"), "\"'=HYPERLINK(\"\"x\"\",1)\"");
    EXPECT_EQ(csv_cell("a=1"), "a=1");
}

TEST(Markdown, TextStaysText) {
    EXPECT_EQ(markdown_text("plain words, and a date 2014-09-29."),
              "plain words, and a date 2014-09-29.");
    EXPECT_EQ(markdown_text("*a* _b_ [c](d) <e>"), "\\*a\\* \\_b\\_ \\[c\\](d) \\<e\\>");
    EXPECT_EQ(markdown_text("# h"), "\\# h");
    EXPECT_EQ(markdown_text("- i"), "\\- i");
    EXPECT_EQ(markdown_text("12. i"), "12\\. i");
    EXPECT_EQ(markdown_text("2014 was"), "2014 was");
    EXPECT_EQ(markdown_text("a\n- b"), "a - b");
    // What a platform would look for in the text.
    EXPECT_EQ(markdown_text("ask @user now"), "ask `@user` now");
    EXPECT_EQ(markdown_text("see #12, not # 12"), "see `#12,` not # 12");
    EXPECT_EQ(markdown_text("https://x.example/a_b"), "`https://x.example/a_b`");
    EXPECT_EQ(markdown_text("a.b@c.example"), "`a.b@c.example`");
    EXPECT_EQ(markdown_text(":tada: 12:30"), "`:tada:` 12:30");
    EXPECT_EQ(markdown_text("5d1c9a0042f7be13 1234567 deface"),
              "`5d1c9a0042f7be13` `1234567` deface");
    // Names between backticks stay so; a stray backtick is one.
    EXPECT_EQ(markdown_text("`a_b` and `c"), "`a_b` and \\`c");
    EXPECT_EQ(markdown_text("``x``"), "\\`\\`x\\`\\`");
    EXPECT_EQ(markdown_text("`a`@b"), "`` `a`@b ``");
    EXPECT_EQ(markdown_code("a`b"), "``a`b``");
    EXPECT_EQ(markdown_code("a|b"), "`a|b`");
    EXPECT_EQ(markdown_cell("a|b `c|d`"), "a\\|b `c\\|d`");
}

}  // namespace
}  // namespace antinomy::report_test
