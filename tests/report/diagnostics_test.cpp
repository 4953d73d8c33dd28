#include "report/diagnostics.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/report/fixture.hpp"

namespace antinomy::report_test {
namespace {

TEST(Diagnostics, PlaceRelatedAndHelp) {
    Seed s = seed();
    const auto other = s.sources.add("cases/group-24.yaml", "events:\n  meeting-nov: {}\n");
    text::Diagnostics d;
    d.error({other, 10, 21}, "defined-twice", "the record `events.meeting-nov` is defined twice",
            "keep one, or give each its account")
        .related.push_back({s.at("events:", "meeting-nov"), "first defined here"});
    d.error(s.at("charged:", "person"), "unknown-key",
            "`person` is no field of `act`, and this message goes on long enough to be wrapped",
            "did you mean `accused`?");
    d.warning(s.at("case:", "timezone"), "odd-zone", "the zone has no rules before 1924", "");
    text::Diagnostic missing;
    missing.code = "no-such-file";
    missing.where = "cases/\x1b[1mmissing.yaml";
    missing.message = "`cases/\x1b[1mmissing.yaml` cannot be opened: no such file";
    missing.help = "name a case file or a folder of them";
    d.add(missing);
    std::ostringstream out;
    report::print_diagnostics(out, d, s.sources, plain());
    expect_width(out.str(), 80);
    report::print_diagnostics(out, d, s.sources, ascii(60));
    report::Style coloured = plain();
    coloured.color = true;
    report::print_diagnostics(out, d, s.sources, coloured);
    expect_golden("diagnostics.txt", out.str());
}

TEST(Diagnostics, NoMoreThanAScreenCanUse) {
    const Seed s = seed();
    text::Diagnostics d;
    for (int i = 0; i < 250; ++i) d.error(s.at("case:", "id"), "x", "y", "z");
    std::ostringstream out;
    report::print_diagnostics(out, d, s.sources, plain());
    EXPECT_NE(out.str().find("50 more not shown"), std::string::npos);
}

}  // namespace
}  // namespace antinomy::report_test
