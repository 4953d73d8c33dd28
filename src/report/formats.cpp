#include "report/formats.hpp"

#include <algorithm>

#include "report/csv.hpp"
#include "report/github.hpp"
#include "report/gitlab.hpp"
#include "report/json.hpp"
#include "report/junit.hpp"
#include "report/markdown.hpp"
#include "report/sarif.hpp"
#include "report/short.hpp"
#include "report/text.hpp"

namespace antinomy::report {

namespace {

std::vector<Format>& table() {
    static std::vector<Format> all{
        {"text", "for reading",
         [](std::ostream& out, const Report& r) {
             TextOptions options;
             options.max_findings = r.max_findings;
             print_text(out, r.result, r.sources, r.style, options);
         },
         false, true, false},
        {"short", "one line a finding",
         [](std::ostream& out, const Report& r) {
             print_short(out, r.result, r.sources, r.max_findings);
         },
         false, false, false},
        {"sarif", "for code scanning",
         [](std::ostream& out, const Report& r) { print_sarif(out, r); }},
        {"json", "the whole result",
         [](std::ostream& out, const Report& r) {
             print_json(out, r.result, r.sources, r.problems, &r.provenance);
         }},
        {"jsonl", "findings as JSON Lines",
         [](std::ostream& out, const Report& r) {
             print_jsonl(out, r.result, r.sources, r.problems);
         },
         false, false, false},
        {"junit", "tests in JUnit's XML", print_junit},
        {"junit-gitlab", "the same with the files that GitLab links to", print_junit_gitlab},
        {"gitlab", "GitLab's code quality report", print_gitlab},
        {"github", "annotations of GitHub Actions, and the summary of the step", print_github},
        {"markdown", "to be pasted into an issue", print_markdown},
        {"csv", "a row a finding", print_csv},
        {"csv-chronology", "a row for each date as each account has it", print_csv_chronology,
         true},
    };
    return all;
}

}  // namespace

const std::vector<Format>& formats() {
    return table();
}

void add_format(const Format& f) {
    table().push_back(f);
}

const Format* format_named(std::string_view name) {
    const auto& all = formats();
    const auto it =
        std::find_if(all.begin(), all.end(), [&](const Format& f) { return f.name == name; });
    return it == all.end() ? nullptr : &*it;
}

}  // namespace antinomy::report
