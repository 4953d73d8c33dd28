#pragma once
// The seed case's findings as the checker would hand them over, written by hand, so that the
// renderers are tested apart from it.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "check/finding.hpp"
#include "report/terminal.hpp"
#include "text/source.hpp"

namespace antinomy::report_test {

using check::Finding;
using time::Day;
using time::DaySet;
using time::Window;

inline std::string slurp(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// Compares with tests/report/golden/NAME; ANTINOMY_UPDATE_GOLDEN=1 writes it instead.
inline void expect_golden(const std::string& name, const std::string& got) {
    const std::string path = std::string(ANTINOMY_ROOT) + "/tests/report/golden/" + name;
    const char* update = std::getenv("ANTINOMY_UPDATE_GOLDEN");
    if (update != nullptr && std::string_view(update) == "1") {
        std::ofstream(path, std::ios::binary) << got;
        return;
    }
    EXPECT_EQ(slurp(path), got) << "golden file " << name
                                << "; ANTINOMY_UPDATE_GOLDEN=1 rewrites it, read the difference";
}

inline Day day(std::int64_t year, int month, int d) {
    return time::to_day({year, month, d});
}
inline Window on(std::int64_t year, int month, int d) {
    return {day(year, month, d), day(year, month, d)};
}
inline Window november() {
    return {day(2014, 11, 1), day(2014, 11, 30)};
}

struct Seed {
    text::SourceMap sources;
    text::FileId file;
    check::Result result;

    // The place of `word` after the first `after`.
    [[nodiscard]] text::Span at(std::string_view after, std::string_view word) const {
        const std::string_view bytes = sources.bytes(file);
        const auto from = bytes.find(after);
        EXPECT_NE(from, std::string_view::npos) << after;
        const auto begin = bytes.find(word, from);
        EXPECT_NE(begin, std::string_view::npos) << word;
        return {file, static_cast<std::uint32_t>(begin),
                static_cast<std::uint32_t>(begin + word.size())};
    }

    check::Fact fact(std::string path, std::string value, Window days, std::string account,
                     text::Span span) const {
        check::Fact f;
        f.path = std::move(path);
        f.value = std::move(value);
        f.days = days;
        f.is_date = true;
        f.account = std::move(account);
        f.source = "asia-plus-en";
        f.span = span;
        return f;
    }
    check::Fact video() const {
        check::Fact f = fact("evidence.video.published", "2014-09-30", on(2014, 9, 30), "defence",
                             at("video:", "2014-09-30"));
        f.state = "unchallenged";
        f.speaker = "qosimov";
        f.quote = "the video tape appeared on September 30, 2014";
        return f;
    }
    check::Fact meeting_nov() const {
        return fact("events.meeting-nov.start", "2014-11", november(), "prosecution",
                    at("meeting-nov:", "2014-11"));
    }
    check::Fact meeting_sep() const {
        check::Fact f = fact("events.meeting-sep.start", "2014-09-29", on(2014, 9, 29), "defence",
                             at("meeting-sep:", "2014-09-29"));
        f.speaker = "qosimov";
        return f;
    }
    check::Fact force() const {
        return fact("norms.ban.legal_force", "[2014-10-09, 2014-11-10..2014-11-11]",
                    {day(2014, 10, 9), day(2014, 11, 11)}, "", at("ban:", "\"[2014-10-09"));
    }
    static DaySet force_days() {
        DaySet s(on(2014, 10, 9));
        s.add({day(2014, 11, 10), day(2014, 11, 11)});
        return s;
    }
    static check::TimelineRow row_sep() {
        return {"meeting of 29 September (defence)", {on(2014, 9, 29)}, true, false};
    }
    static check::TimelineRow row_nov() {
        return {"meeting of November (prosecution)", {november()}, true, false};
    }
    static check::TimelineRow row_video() {
        return {"video published", {on(2014, 9, 30)}, true, false};
    }
    static check::TimelineRow row_ban() {
        return {"ban pronounced", {on(2014, 10, 9)}, true, false};
    }
    static check::TimelineRow row_force() {
        return {"ban in legal force", force_days().windows(), false, false};
    }

    Finding evidence() const {
        Finding f;
        f.rule = "evidence-predates-event";
        f.rule_title = "A recording is older than the event it is said to record";
        f.case_id = "tj-ziyoyev";
        f.accounts = {"court", "prosecution"};
        f.given = {{"evidence.video.published", "defence"}};
        f.about = "exhibit";
        f.reaches = "exhibit";
        f.at = "evidence.video";
        f.message =
            "if its date is right and this is the recording relied on, `video` was public on "
            "2014-09-30, 32 to 61 days before `meeting-nov` (2014-11), which it is said to record";
        f.help = "ask for the upload's metadata, and for the exhibit itself";
        f.bindings = {{"e", "evidence.video"}, {"m", "events.meeting-nov"}};
        f.places = {
            {at("video:", "video"), "said to record `meeting-nov`", ""},
            {at("meeting-nov:", "2014-11"), "between 2014-11-01 and 2014-11-30", "prosecution"},
            {at("records:", "meeting-nov"), "whose word it is that it records this", "prosecution"},
            {at("video:", "2014-09-30"), "public 32 to 61 days earlier; unchallenged", "defence"}};
        f.proof.facts = {meeting_nov(), video()};
        f.proof.requirements = {{"evidence-predates-event", "e.published not before m.start", {}}};
        f.proof.steps = {{"evidence.video.published", "events.meeting-nov.start", 32, {0, 1}}};
        f.proof.text = {"`video` was public on 2014-09-30 (defence, unchallenged)",
                        "`meeting-nov` was on 2014-11-01 at the earliest (prosecution)",
                        "so it was public at least 32 days before what it is said to record"};
        f.timeline = {row_video(), row_nov()};
        f.basis = {{"Berkeley Protocol on Digital Open Source Investigations", "", false}};
        f.sources_note = {"`asia-plus-en` for both dates: one news report, no primary document"};
        f.exceptions = {{"e.same_item = no",
                         "what stands at that address today is not what was published then",
                         "absent", "evidence.video.same_item"}};
        f.contrary = {{check::Contrary::Then::gone,
                       {{"evidence.video.published",
                         "2014-12-02",
                         "2014-09-30",
                         {{"prosecution", "", "asia-plus-ru", {}}}}}},
                      {check::Contrary::Then::possible,
                       {{"evidence.video.published", "2014-11", "2014-09-30", {{"", "", "", {}}}},
                        {"events.meeting-nov.start",
                         "2014-11-20",
                         "2014-11",
                         {{"court", "qosimov", "asia-plus-en", {}}}}}}};
        f.resolve = {{{{"exception", "evidence.video.same_item", "no", ""}},
                      {},
                      "if there is a record that what is at that address today is another upload"},
                     {{{"withdraw", "evidence.video.published", "", ""}}, {}, ""},
                     {{{"move", "events.meeting-nov.start", "2014-09-30", ""}},
                      {"status-not-yet-in-effect at acts.charged"},
                      "if the meeting was on or before 2014-09-30"}};
        f.turning = {{"events.meeting-nov.start",
                      "2014-11",
                      DaySet({day(2014, 10, 1), time::kForever}),
                      {},
                      DaySet({time::kEver, day(2014, 9, 30)}),
                      {}}};
        f.group = "g1";
        f.fingerprint = "5d1c9a0042f7be13";
        return f;
    }

    Finding status_defence() const {
        Finding f;
        f.rule = "status-not-yet-in-effect";
        f.rule_title = "The act was over before the status that the offence needs had taken effect";
        f.case_id = "tj-ziyoyev";
        f.accounts = {"defence"};
        f.about = "charge";
        f.reaches = "element";
        f.at = "acts.admitted";
        f.message =
            "in defence's word, `meeting-sep` was on 2014-09-29, 10 days before `ban` was "
            "pronounced (2014-10-09), and so before it could have effect; `c307-3` needs that "
            "effect, as far as it rests on this attendance (later participation, if proved, is "
            "not touched)";
        f.burden = "prosecution";
        f.bindings = {{"c", "charges.c307-3"}, {"a", "acts.admitted"}};
        f.places = {{at("admitted:", "meeting-sep"), "the act admitted", "defence"},
                    {at("ban:", "2014-10-09"), "`ban` pronounced; no effect earlier", ""},
                    {at("meeting-sep:", "2014-09-29"), "10 days before `ban`", "defence"}};
        f.proof.facts = {meeting_sep(), fact("norms.ban.pronounced", "2014-10-09", on(2014, 10, 9),
                                             "", at("ban:", "2014-10-09"))};
        f.proof.steps = {{"events.meeting-sep.start", "norms.ban.pronounced", 10, {0, 1}}};
        f.proof.text = {"`meeting-sep` was on 2014-09-29 (defence, qosimov)",
                        "`ban` was pronounced on 2014-10-09, 10 days later",
                        "no reading gives it effect before that day"};
        f.timeline = {row_sep(), row_ban(), row_force()};
        f.basis = {{"ICCPR art. 15(1)", "", false},
                   {"HRC, Weinberger Weisz v. Uruguay, 28/1978", "", true}};
        f.exceptions = {{"a.continued_after not before effect(s)",
                         "the participation is said to have gone on after the status took effect",
                         "unknown", "acts.admitted.continued_after"},
                        {"c.other_act_charged = yes", "the charge rests on another act as well",
                         "absent", "charges.c307-3.other_act_charged"}};
        f.resolve = {{{{"exception", "charges.c307-3.other_act_charged", "yes", ""}}, {}, ""}};
        f.group = "g2";
        f.fingerprint = "0a51e2c49d33b7f0";
        return f;
    }

    Finding status_prosecution() const {
        Finding f = status_defence();
        f.verdict = check::Verdict::possible;
        f.accounts = {"court", "prosecution"};
        f.at = "acts.charged";
        f.message =
            "in prosecution's word, `meeting-nov` was in 2014-11; `ban`, pronounced on 2014-10-09, "
            "has legal force from 2014-10-09 or 2014-11-10..2014-11-11: the day may have come "
            "before that effect, which `c307-3` needs as far as it rests on this attendance";
        f.bindings = {{"c", "charges.c307-3"}, {"a", "acts.charged"}};
        f.places = {
            {at("charged:", "meeting-nov"), "the act charged", "prosecution"},
            {at("ban:", "\"[2014-10-09, 2014-11-10..2014-11-11]\""), "at once, or a month after",
             ""},
            {at("meeting-nov:", "2014-11"), "between 2014-11-01 and 2014-11-30", "prosecution"}};
        f.proof.facts = {meeting_nov(), force()};
        f.proof.steps.clear();
        f.proof.text.clear();
        f.proof.witnesses = {{true,
                              {{"events.meeting-nov.start", day(2014, 11, 1)},
                               {"norms.ban.legal_force", day(2014, 11, 10)}}},
                             {false,
                              {{"norms.ban.legal_force", day(2014, 10, 9)},
                               {"events.meeting-nov.start", day(2014, 11, 1)}}}};
        f.timeline = {row_ban(), row_force(), row_nov()};
        f.turning = {{"events.meeting-nov.start",
                      "2014-11",
                      DaySet({time::kEver, day(2014, 10, 8)}),
                      DaySet({day(2014, 10, 9), day(2014, 11, 10)}),
                      DaySet({day(2014, 11, 11), time::kForever}),
                      {}},
                     {"norms.ban.legal_force", "[2014-10-09, 2014-11-10..2014-11-11]",
                      DaySet({day(2014, 12, 1), time::kForever}),
                      DaySet({day(2014, 11, 2), day(2014, 11, 30)}),
                      DaySet({day(2014, 10, 9), day(2014, 11, 1)}),
                      DaySet({time::kEver, day(2014, 10, 8)})}};
        f.help =
            "ask for the day of legal force (certificate of the court that pronounced it) and "
            "the day of the act";
        f.resolve = {{{{"move", "norms.ban.legal_force", "2014-10-09", ""}}, {}, ""},
                     {{{"move", "events.meeting-nov.start", "2014-11-11", ""}}, {}, ""}};
        f.fingerprint = "77b0c31d5e9f2a68";
        return f;
    }

    Finding every_account() const {
        Finding f;
        f.rule = "every-account-in-conflict";
        f.rule_title = "Each account that speaks to a charge carries a conflict";
        f.case_id = "tj-ziyoyev";
        f.verdict = check::Verdict::possible;
        f.accounts = {"court", "defence", "prosecution"};
        f.about = "charge";
        f.reaches = "charge";
        f.at = "charges.c307-3";
        f.message =
            "`c307-3`: each account that speaks to it may carry a conflict that reaches "
            "this charge, as far as it rests on the attendance";
        f.places = {{at("c307-3:", "c307-3"), "the charge as reported", ""}};
        f.blocks = {
            {"court",
             "status-not-yet-in-effect",
             "the day in November may have come before the ban had effect",
             check::Verdict::possible,
             {},
             {{at("meeting-nov:", "2014-11"), "between 2014-11-01 and 2014-11-30", "prosecution"},
              {at("ban:", "\"[2014-10-09, 2014-11-10..2014-11-11]\""), "at once, or a month after",
               ""}}},
            {"defence",
             "status-not-yet-in-effect",
             "the act admitted came before the ban",
             check::Verdict::certain,
             {},
             {{at("meeting-sep:", "2014-09-29"), "10 days before `ban`", "defence"},
              {at("ban:", "2014-10-09"), "`ban` pronounced", ""}}}};
        f.timeline = {row_sep(), row_video(), row_ban(), row_force(), row_nov()};
        f.sources_note = {"`asia-plus-en` for 3 of 4 dates: one news report, no primary document"};
        f.resolve = {{{{"flip", "evidence.video.relied_on", "no", ""}},
                      {},
                      "if there is another proof of attendance in November beside the video"}};
        f.turning_note = "turns on several dates together";
        f.group = "g2";
        f.fingerprint = "c0ffee1234567890";
        return f;
    }

    Finding hasanov() const {
        Finding f;
        f.rule = "facts-contradict";
        f.rule_title = "Statements that cannot all hold";
        f.case_id = "tj-ziyoyev";
        f.about = "source";
        f.reaches = "record";
        f.at = "proceedings.hasanov";
        f.message =
            "`hasanov`: detained in January 2017, sentenced in May 2016; a detention that "
            "precedes the sentence would be at least 215 days too late";
        f.places = {{at("hasanov:", "January of asia-plus-en.published"),
                     "2017-01-01 to 2017-01-31, as published on 2017-01-09", ""},
                    {at("hasanov:", "2016-05"), "2016-05-31 at the latest", ""},
                    {at("asia-plus-en:", "2017-01-09"), "the year that \"this year\" means", ""}};
        check::Fact detained =
            fact("proceedings.hasanov.detained", "January of asia-plus-en.published",
                 {day(2017, 1, 1), day(2017, 1, 31)}, "",
                 at("hasanov:", "January of asia-plus-en.published"));
        detained.quote = "detained in Tajikistan in January this year";
        check::Fact published = fact("sources.asia-plus-en.published", "2017-01-09", on(2017, 1, 9),
                                     "", at("asia-plus-en:", "2017-01-09"));
        published.source = "";
        f.proof.facts = {fact("proceedings.hasanov.sentenced", "2016-05",
                              {day(2016, 5, 1), day(2016, 5, 31)}, "", at("hasanov:", "2016-05")),
                         detained, published};
        f.proof.requirements = {
            {"detention-precedes-sentence", "p.detained not after p.sentenced", {}}};
        f.proof.steps = {
            {"sources.asia-plus-en.published", "proceedings.hasanov.detained", -8, {1, 2}},
            {"proceedings.hasanov.detained", "proceedings.hasanov.sentenced", 0, {3}},
            {"proceedings.hasanov.sentenced", "sources.asia-plus-en.published", 223, {0, 2}}};
        f.proof.text = {"sentenced on 2016-05-31 at the latest",
                        "detained on 2017-01-01 at the earliest (January of the year in which the "
                        "source was published, 2017-01-09)",
                        "the detention comes before the sentence (a presumption), but here 215 "
                        "days or more after it"};
        f.timeline = {{"sentenced", {{day(2016, 5, 1), day(2016, 5, 31)}}, true, false},
                      {"detained", {{day(2017, 1, 1), day(2017, 1, 31)}}, true, false},
                      {"report published", {on(2017, 1, 9)}, true, false}};
        f.sources_note = {"`asia-plus-en` for all 3 dates: one news report, no primary document"};
        f.exceptions = {{"p.in_absentia = yes", "tried in absentia", "absent",
                         "proceedings.hasanov.in_absentia"},
                        {"p.text_reused = yes", "the paragraph was taken from a text of 2016",
                         "absent", "proceedings.hasanov.text_reused"}};
        f.resolve = {{{{"exception", "proceedings.hasanov.in_absentia", "yes", ""}},
                      {},
                      "if he was tried in absentia"},
                     {{{"exception", "proceedings.hasanov.text_reused", "yes", ""}},
                      {},
                      "if the paragraph was taken from a text of 2016"}};
        f.group = "g3";
        f.fingerprint = "9e8d7c6b5a493827";
        return f;
    }

    Finding between() const {
        Finding f;
        f.rule = "charged-and-admitted-acts-differ";
        f.case_id = "tj-ziyoyev";
        f.severity = check::Severity::warning;
        f.relation = check::Relation::between;
        f.accounts = {"defence", "prosecution"};
        f.about = "charge";
        f.reaches = "charge";
        f.at = "charges.c307-3";
        f.message =
            "the act charged (2014-11, prosecution) and the act admitted (2014-09-29, "
            "defence) differ by 33 to 62 days";
        f.places = {{at("c307-3:", "charged"), "rests on the act of November", ""},
                    {at("meeting-sep:", "2014-09-29"), "the act admitted", "defence"},
                    {at("meeting-nov:", "2014-11"), "the act charged", "prosecution"}};
        f.proof.facts = {meeting_nov(), meeting_sep()};
        f.timeline = {row_sep(), row_nov()};
        f.fingerprint = "1234abcd5678ef90";
        return f;
    }
};

inline Seed seed() {
    Seed s;
    const std::string root = ANTINOMY_ROOT;
    s.file = s.sources.add("cases/ziyoyev.yaml", slurp(root + "/tests/report/ziyoyev.yaml"));
    check::CaseResult c;
    c.id = "tj-ziyoyev";
    c.title = "Prosecution of S. Ziyoyev";
    c.file = "cases/ziyoyev.yaml";
    c.findings = {s.between(),  s.status_prosecution(), s.every_account(),
                  s.evidence(), s.status_defence(),     s.hasanov()};
    Finding suppressed = s.between();
    suppressed.rule = "single-source-material-fact";
    suppressed.severity = check::Severity::review;
    suppressed.suppressed = "one newsroom is all there is until the judgment is seen";
    suppressed.fingerprint = "00000000deadbeef";
    c.findings.push_back(suppressed);
    c.gaps = {
        {"admission-covers-another-event",
         "tj-ziyoyev",
         "charges.c307-3",
         "judgment_relies",
         {"defence", "prosecution"},
         "prosecution",
         ""},
        {"evidence-predates-event", "tj-ziyoyev", "evidence.video", "records", {"defence"}, "", ""},
        {"exhibit-shows-only-attendance", "tj-ziyoyev", "evidence.video", "records", {}, "", ""},
        {"liberty-undated", "tj-ziyoyev", "persons.ziyoyev", "arrested", {}, "", "warrant"},
        {"liberty-undated", "tj-ziyoyev", "persons.hasanov", "arrested", {}, "", ""}};
    c.inferred = {{"tj-ziyoyev",
                   "events.death.start",
                   "",
                   "XXXX-03-05",
                   DaySet(on(2015, 3, 5)),
                   {"release on 2015-02-03", "election on 2015-03-12"}}};
    c.notes = {"the source `rferl-tg` is marked as of low reliability"};
    s.result.cases = {std::move(c)};
    s.result.variants_left_out = 5;
    s.result.not_applicable = {"age-of-responsibility", "limitation-expired"};
    s.result.rules = 42;
    return s;
}

inline report::Style plain(int width = 80) {
    return {false, true, width};
}
inline report::Style ascii(int width = 80) {
    return {false, false, width};
}

// Asserts that no line is wider, but for lines with one of the bytes of `allow`.
inline void expect_width(const std::string& text, int width, std::string_view allow = "\n") {
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string line = text.substr(begin, end - begin);
        if (line.find_first_of(allow) == std::string::npos) {
            EXPECT_LE(report::cells(line), width) << line;
        }
        EXPECT_TRUE(line.empty() || line.back() != ' ') << "trailing space: " << line;
        begin = end + 1;
    }
}

}  // namespace antinomy::report_test
