#include "report/text.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "report/explain.hpp"
#include "report/short.hpp"
#include "tests/report/fixture.hpp"

namespace antinomy::report_test {
namespace {

std::string text_of(const Seed& s, const report::Style& style,
                    const report::TextOptions& options = {}) {
    std::ostringstream out;
    report::print_text(out, s.result, s.sources, style, options);
    return out.str();
}

TEST(Text, SeedCase) {
    const std::string text = text_of(seed(), plain());
    expect_width(text, 80);
    expect_golden("seed.txt", text);
}

TEST(Text, SeedCaseInAscii) {
    const Seed s = seed();
    const std::string text = text_of(s, ascii());
    expect_width(text, 80);
    for (const char c : text) EXPECT_LT(static_cast<unsigned char>(c), 0x80);
    expect_golden("seed.ascii.txt", text);
}

TEST(Text, SeedCaseNarrowAndWide) {
    const Seed s = seed();
    for (const int width : {40, 50, 60, 120}) {
        const std::string text = text_of(s, plain(width));
        expect_width(text, width, width < 60 ? "`[" : "\n");  // paths and ids are whole
        expect_golden("seed." + std::to_string(width) + ".txt", text);
    }
}

TEST(Text, SeedCaseInColour) {
    report::Style style = plain();
    style.color = true;
    const Seed s = seed();
    const std::string text = text_of(s, style);
    expect_golden("seed.color.txt", text);
    // The colours are all that is added.
    std::string bare;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\x1b')
            i = text.find('m', i);
        else
            bare += text[i];
    }
    EXPECT_EQ(bare, text_of(s, plain()));
}

TEST(Text, WordsThatNoReportUses) {
    const Seed s = seed();
    std::string all = text_of(s, plain());
    std::ostringstream out;
    for (const Finding& f : s.result.cases[0].findings)
        report::print_explanation(out, f, s.result.cases[0], s.sources, plain());
    all += out.str();
    for (const char* word : {"illegal", "false", "proves", "clean", "court erred", "retroactive"})
        EXPECT_EQ(all.find(word), std::string::npos) << word;
    // Never "certain" without its given.
    EXPECT_NE(all.find("certain, given defence's word"), std::string::npos);
}

TEST(Text, SilenceIsNoClearance) {
    Seed s = seed();
    s.result.cases[0].findings.clear();
    s.result.cases[0].gaps.clear();
    s.result.cases[0].inferred.clear();
    s.result.cases[0].notes.clear();
    s.result.not_applicable.clear();
    expect_golden("silent.txt", text_of(s, plain()));
}

TEST(Text, ManyCases) {
    Seed s = seed();
    check::CaseResult quiet;
    quiet.id = "quiet";
    quiet.file = "cases/quiet.yaml";
    check::CaseResult broken = quiet;
    broken.id = "broken";
    broken.file = "cases/broken.yaml";
    broken.undecided = {{"some-rule", "broken", "events.a", "4096 network tests were not enough"}};
    s.result.cases.push_back(quiet);
    s.result.cases.push_back(broken);
    report::TextOptions options;
    options.max_findings = 1;
    options.details = false;
    const std::string text = text_of(s, plain(), options);
    EXPECT_EQ(text.find("quiet"), std::string::npos);
    expect_golden("many.txt", text);
}

TEST(Text, HostileStrings) {
    Seed s;
    const std::string nasty = "\x1b]0;title\x07\x1b[2J \xe2\x80\xae txt \x9b 1m \x7f\r\nnext";
    std::string file = "case:\n";
    file += "\tkey: \"\x1b[31mred\" # \xe2\x80\xae reversed\n";
    file += "  title: встреча в Екатеринбурге, ҷаласаи ноябр\n";
    file += "  place: 会議は十一月に開かれた\n";
    file += "  bad: \xff\xfe bytes\n";
    file += "  long: " + std::string(3000, 'a') + " needle " + std::string(3000, 'b') + "\n";
    file +=
        "  wide: " + std::string(40, '.') + "会議は十一月に開かれた会議は十一月に開かれた会議は\n";
    s.file = s.sources.add("cases/\x1b[31mevil\xe2\x80\xae.yaml", file);
    Finding f;
    f.rule = "rule\x1b[0m";
    f.at = nasty;
    f.accounts = {"acc\x1b[1m"};
    f.given = {{nasty, nasty}};
    f.message = nasty + " 会議は十一月に開かれた会議は十一月に開かれた会議は十一月に開かれた会議は";
    f.places = {{s.at("key", "\x1b[31mred"), nasty, ""},
                {s.at("title", "Екатеринбурге"), "город", ""},
                {s.at("place", "十一月"), "十一月", ""},
                {s.at("bad", "\xff\xfe"), "two bytes that are not UTF-8", ""},
                {s.at("long", "needle"), "found far inside", nasty},
                {s.at("wide", "開かれた会議は\n"), "at the end", "acc\x1b[1m"}};
    f.timeline = {{nasty, {on(2014, 9, 30)}, true, false}};
    f.exceptions = {{nasty, nasty, nasty, nasty}};
    f.basis = {{nasty, nasty, true}};
    f.sources_note = {nasty};
    f.help = nasty;
    f.burden = nasty;
    f.contrary = {
        {check::Contrary::Then::gone, {{nasty, nasty, nasty, {{nasty, nasty, nasty, {}}}}}}};
    f.resolve = {{{{nasty, nasty, nasty, nasty}}, {nasty}, ""}};
    f.turning = {{nasty, nasty, DaySet(on(2014, 1, 1)), {}, {}, {}}};
    f.turning_note = nasty;
    f.proof.text = {nasty};
    f.proof.facts = {s.fact(nasty, nasty, on(2014, 1, 1), nasty, s.at("long", "needle"))};
    f.proof.facts[0].quote = nasty;
    f.proof.requirements = {{nasty, nasty, {}}};
    f.proof.steps = {{nasty, nasty, 3, {0, 1}}};
    f.proof.witnesses = {{true, {{nasty, day(2014, 1, 1)}}}};
    f.fingerprint = nasty;
    f.bindings = {{nasty, nasty}};
    Finding hushed = f;
    hushed.suppressed = nasty;
    check::CaseResult c;
    c.id = nasty;
    c.title = nasty;
    c.file = nasty;
    c.findings = {f, hushed};
    c.gaps = {{nasty, nasty, nasty, nasty, {nasty}, nasty, nasty}};
    c.inferred = {{nasty, nasty, nasty, nasty, DaySet(on(2014, 1, 1)), {nasty}}};
    c.notes = {nasty};
    c.undecided = {{nasty, nasty, nasty, nasty}};
    s.result.cases = {c};
    s.result.not_applicable = {nasty};

    std::ostringstream all;
    report::print_text(all, s.result, s.sources, plain());
    expect_golden("hostile.txt", all.str());
    expect_width(all.str(), 80);
    report::print_explanation(all, f, c, s.sources, plain());
    report::print_short(all, s.result, s.sources);
    const std::string text = all.str();
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        EXPECT_TRUE(byte >= 0x20 || byte == '\n') << i;
        EXPECT_NE(byte, 0x7f);
    }
    EXPECT_EQ(text.find("\xe2\x80\xae"), std::string::npos);
    EXPECT_EQ(text.find('\x9b'), std::string::npos);
}

TEST(Text, PossibleThatTurnsOnSeveralDates) {
    Seed s = seed();
    Finding f = s.status_prosecution();
    f.turning.clear();
    f.turning_note = "turns on several dates together";
    f.condition = "killing-before-election";
    std::ostringstream out;
    report::print_finding(out, f, s.sources, plain());
    expect_width(out.str(), 80);
    expect_golden("several_dates.txt", out.str());
}

// Bounds on the calendar, branches, sentences that the explanation has anyway.
TEST(Text, ProofByCases) {
    Seed s = seed();
    Finding f = s.evidence();
    f.proof.steps.clear();
    f.proof.text = {"events.meeting-nov.start is 2014-11", "required by evidence-predates-event",
                    "if it was public in 2014:", "  and so on", "a sentence of its own"};
    f.proof.cases = {{"`e.published` in 2014",
                      {{"", "events.meeting-nov.start", day(2014, 11, 1).value, {0}},
                       {"evidence.video.published", "", -day(2014, 9, 30).value, {1}},
                       {"events.meeting-nov.start", "evidence.video.published", 0, {2}}}},
                     {"`e.published` in 2015",
                      {{"", "evidence.video.published", day(2015, 1, 1).value, {1}},
                       {"evidence.video.published", "", -day(2014, 9, 30).value, {1}}}}};
    std::ostringstream out;
    report::print_finding(out, f, s.sources, plain());
    out << "--------\n";
    report::print_explanation(out, f, s.result.cases[0], s.sources, plain());
    expect_width(out.str(), 80);
    expect_golden("cases.txt", out.str());
}

TEST(Text, NoCase) {
    std::ostringstream out;
    report::print_summary(out, {}, plain());
    EXPECT_EQ(out.str(), "no case was checked\n");
}

TEST(Short, SeedCase) {
    const Seed s = seed();
    std::ostringstream out;
    report::print_short(out, s.result, s.sources);
    expect_golden("seed.short.txt", out.str());
}

TEST(Explain, SeedCase) {
    const Seed s = seed();
    const check::CaseResult& c = s.result.cases[0];
    for (const Finding* f : {&c.findings[1], &c.findings[2], &c.findings[3], &c.findings[5]}) {
        std::ostringstream out;
        report::print_explanation(out, *f, c, s.sources, plain());
        expect_width(out.str(), 80);
        expect_golden("explain." + f->rule + ".txt", out.str());
    }
    std::ostringstream out;
    report::print_explanation(out, c.findings[5], c, s.sources, ascii());
    expect_width(out.str(), 80);
    expect_golden("explain.ascii.txt", out.str());
}

}  // namespace
}  // namespace antinomy::report_test
