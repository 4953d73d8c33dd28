// antinomy check PATH...

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>

#include "cli/arguments.hpp"
#include "cli/check.hpp"
#include "cli/commands.hpp"
#include "cli/judge.hpp"
#include "cli/outputs.hpp"
#include "cli/provenance.hpp"
#include "cli/step_summary.hpp"
#include "cli/today.hpp"
#include "cli/workspace.hpp"
#include "page/document.hpp"
#include "page/page.hpp"
#include "report/formats.hpp"
#include "report/phrases.hpp"

namespace antinomy::cli {

namespace {

// What is told of the result in words, and whether findings count for the exit code.
int exit_code(const check::Result& result, const text::Diagnostics& problems, bool written,
              const CheckOptions& o) {
    const auto threshold = o.threshold();
    std::size_t all = 0;
    std::size_t counted = 0;
    for (const auto& c : result.cases)
        for (const auto& f : c.findings) {
            if (f.suppressed.empty()) ++all;
            if (threshold.counts(f)) ++counted;
        }
    if (problems.has_errors() || !written ||
        (result.cases.empty() && result.variants_left_out == 0)) {
        std::string why;
        if (problems.has_errors()) why = report::count_words(problems.error_count(), "error");
        if (!written) why += std::string(why.empty() ? "" : "; ") + "not every report was written";
        if (why.empty()) why = "nothing was checked";
        if (result.cases.empty() && problems.has_errors()) why += ", and no case was checked";
        tell_exit(kNotDone, why);
        return kNotDone;
    }
    if (counted > 0) {
        tell_exit(kFound, counted_words(counted, o));
        return kFound;
    }
    if (all > 0)
        tell_exit(kFine, o.fail_on == "never" ? "`--fail-on never`" : "no " + counted_words(0, o));
    return kFine;
}

// There is no report: what was wrong before it.
int not_checked(Workspace& w, const Common& common) {
    w.print_problems(common.style(2));
    tell_exit(kNotDone, report::count_words(w.unique().error_count(), "error"));
    return kNotDone;
}

int run(CheckOptions& o, const Governed& governed, const Common& common) {
    std::string no_day;
    const auto date = run_date(o.run_date, no_day);
    if (!no_day.empty())
        return refused(no_day, o.run_date.empty() ? "set it to such a number, or not at all"
                                                  : "write a day as in 2026-11-30");
    const auto start = std::chrono::steady_clock::now();
    const auto lap = [&](const char* what) {
        spdlog::info(
            "{}: {:.1f} ms since the start", what,
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
                .count());
    };
    const auto today = day_of_run(o.today, no_day);
    if (!today) return refused_day(no_day);
    Workspace w;
    if (!w.configure(o.config, o.paths)) {
        if (governed.given("--redact") ? o.redact : w.config().may_redact) w.leave_codes();
        return not_checked(w, common);
    }
    governed.settle(w.config(), o);
    const auto outputs = read_outputs(o.formats);
    if (!outputs) return kNotDone;
    // What says which rules were run has the words of all of them.
    if (std::none_of(outputs->begin(), outputs->end(),
                     [](const Output& out) { return out.format->provenance; }))
        w.let_rules_sleep();
    lap("rules loaded");
    if (o.paths.empty())
        return refused("PATH is missing", w.config().file.empty()
                                              ? "see `antinomy check --help`"
                                              : "give one, or name `paths` in antinomy.yaml");
    if (!o.redact_key.empty() && !o.redact)
        return refused("`--redact-key` is the key of a redacted report, and this one is not",
                       "add `--redact`, or leave the key out");
    if (o.redact && !o.baseline.empty())
        return refused("a baseline knows findings by their names, and a redacted report has none",
                       "add `--no-baseline`, or `--no-redact`");
    if (o.baseline == "-" && std::find(o.paths.begin(), o.paths.end(), "-") != o.paths.end())
        return refused("the baseline and a case cannot both be standard input",
                       "give one of them as a file");
    // What is wrong with it is told beside the findings, which then stand unmarked.
    std::optional<track::Entries> known;
    if (!o.baseline.empty()) known = track::read_baseline(w.sources(), o.baseline, w.diagnostics());
    w.add(o.paths);
    w.load(o.variants);
    lap("cases read");
    Judging judging{o.accounts, o.sources, o.rules, o.variants};
    judging.today = today;
    check_asked(w, judging);
    const auto asked = judging;
    if (o.redact) {
        if (!w.redact(o.redact_key)) return not_checked(w, common);
        w.rename(judging.accounts, judging.sources);
        o.accounts = judging.accounts;
        o.sources = judging.sources;
    }
    auto judged = judge(w, judging);
    auto& result = judged.result;
    if (o.redact) {
        w.seal(result, asked.rules, asked.accounts, asked.sources, asked.today);
        // A rule that compares with a name says so in its proof: then nothing leaves.
        if (w.diagnostics().has_errors()) return not_checked(w, common);
    }
    if (known) {
        const auto of = run_of(judged, judging);
        track::mark(result, *known, of);
        warn_of_mandatory(w, *known, of);
    }
    lap("checked");
    const auto problems = w.unique();
    report::Report report{result, w.sources(), problems, common.style(1)};
    report.max_findings = o.max_findings;
    report.threshold = o.threshold();
    report.ran = std::move(judged.ran);
    report.wording = {w.language(), w.translated().texts, w.translated().messages};
    const auto wants = [&](bool report::Format::*what) {
        return std::any_of(outputs->begin(), outputs->end(),
                           [&](const Output& out) { return out.format->*what; });
    };
    if (wants(&report::Format::provenance))
        report.provenance = provenance_of(w, judged.cases, result, o, date);
    if (wants(&report::Format::chronologies)) {
        check::ChronologyOptions dates;
        dates.accounts = o.accounts;
        if (!o.sources.empty()) dates.sources = o.sources;
        for (const auto* c : judged.cases)
            report.chronologies.push_back(check::make_chronology(*c->packs, c->file, dates));
        for (const auto* c : judged.cases)
            report.sheets.push_back(
                check::make_sheet(*c->packs, c->file, w.sources(), dates.sources));
    }
    const bool pages = std::any_of(outputs->begin(), outputs->end(), [](const Output& out) {
        return out.format->chronologies &&
               (out.format->pages != nullptr || out.format->make != nullptr);
    });
    for (std::size_t i = 0; pages && i < judged.cases.size(); ++i) {
        const auto& c = *judged.cases[i];
        check::Options options;
        options.rules = judged.rules[i];
        options.accounts = o.accounts;
        if (!o.sources.empty()) options.sources = o.sources;
        report.silences.push_back(check::silences_of(*c.packs, c.file, options));
    }
    bool written = true;
    for (const auto& out : *outputs)
        if (out.format->name == "github") written = append_step_summary(report, w.diagnostics());
    written = write_outputs(*outputs, std::move(report), w.diagnostics()) && written;
    w.print_problems(common.style(2));
    lap("reported");
    if (!std::cout) std::cerr << "antinomy: the report could not be written whole\n";
    return exit_code(result, w.unique(), written, o);
}

// Options that mean something of data sets only.
int refused_without_map(const CheckOptions& o) {
    for (const auto& [given, name] :
         {std::pair{o.limit > 0, "--limit"}, std::pair{o.sample > 0, "--sample"},
          std::pair{o.seed > 0, "--seed"}, std::pair{o.threads > 0, "--threads"},
          std::pair{o.no_screen, "--no-screen"}, std::pair{!o.at_most.empty(), "--at-most"},
          std::pair{o.gaps, "--gaps"}, std::pair{o.no_gaps, "--no-gaps"}})
        if (given)
            return refused("`" + std::string(name) + "` is for data sets, and there is no map",
                           "add `--map MAP`, or leave it out");
    return kFine;
}

// Formats of data sets that are told as they come,
bool is_streamed(std::string_view name) {
    return name == "text" || name == "short" || name == "json";
}
// and those of which so many findings are kept for the end.
bool is_kept(std::string_view name) {
    static constexpr std::string_view all[] = {"sarif",  "junit",    "junit-gitlab", "gitlab",
                                               "github", "markdown", "csv"};
    return std::find(std::begin(all), std::end(all), name) != std::end(all);
}

int start_data(CheckOptions& o, const Common& common) {
    if (!o.config.file.empty())
        return refused("`--config` is for case files, and `--map` for data",
                       "leave it out: what counts for data stands in the map");
    if (o.paths.empty()) return refused("PATH is missing", "see `antinomy check --help`");
    const auto outputs = read_outputs(o.formats);
    if (!outputs) return kNotDone;
    for (const auto& out : *outputs) {
        const std::string name(out.format->name);
        const bool streamed = is_streamed(name);
        if (streamed && !out.file.empty())
            return refused("of a data set, findings are told as they come, and `--format " + name +
                               "=" + out.file + "` would have to wait for the last",
                           "leave the file out, and write standard output to one");
        if (streamed || is_kept(name)) continue;
        return refused("a data set is no case, and " + name + " is for cases",
                       "write one of text, short, json, sarif, junit, junit-gitlab, gitlab, "
                       "github, markdown, csv");
    }
    std::vector<Output> kept;
    for (const auto& out : *outputs)
        if (is_kept(out.format->name)) kept.push_back(out);
    const std::string name(outputs->back().format->name);
    o.format = name;
    if (o.limit == 0) o.limit = o.max_findings;
    return check_data(o, common, kept);
}

int start(CheckOptions& o, const Governed& governed, const Common& common) {
    if (!o.html.empty()) o.formats.push_back("html=" + o.html);
    if (!o.docx.empty()) o.formats.push_back("docx=" + o.docx);
    if (!o.odt.empty()) o.formats.push_back("odt=" + o.odt);
    if (!o.map.empty()) return start_data(o, common);
    if (const int code = refused_without_map(o); code != kFine) return code;
    return run(o, governed, common);
}

}  // namespace

std::string counted_words(std::size_t n, const CheckOptions& o) {
    const auto what = std::string(o.fail_on_possible ? "" : "certain ") + "finding";
    return (n == 0 ? what : report::count_words(n, what)) + " of severity " + o.fail_on +
           (o.fail_on == "error" ? "" : " or worse");
}

void tell_exit(int code, const std::string& reason) {
    std::cerr << "exit " << code << ": " << reason << '\n';
}

report::Threshold CheckOptions::threshold() const {
    using check::Severity;
    report::Threshold out;
    out.worst.reset();
    out.possible = fail_on_possible;
    for (const auto s : {Severity::error, Severity::warning, Severity::review, Severity::info})
        if (check::word(s) == fail_on) out.worst = s;
    return out;
}

void Governed::add(CLI::App& app, CheckOptions& o) {
    app_ = &app;
    app.add_option("--fail-on", o.fail_on, "exit 1 for certain findings of this severity or worse")
        ->check(one_of({"error", "warning", "review", "info", "never"}));
    app.add_flag("--fail-on-possible", o.fail_on_possible,
                 "possible findings count for the exit code too");
    app.add_flag("--redact,!--no-redact", o.redact,
                 "for readers elsewhere: no names, texts, quotes or file names");
    app.add_option("--max-findings", o.max_findings,
                   "tell so many findings and count the others; the exit code is the same")
        ->check(a_count());
    auto* baseline = app.add_option("--baseline", o.baseline,
                                    "mark the findings that this file knows, and count the others "
                                    "(`antinomy baseline`)");
    app.add_flag("--no-baseline", o.no_baseline, "not even the one that antinomy.yaml names")
        ->excludes(baseline);
    add_list(app, "--rules", o.rules, "run only these rules");
}

void Governed::settle(const config::Config& c, CheckOptions& o) const {
    if (o.paths.empty())
        for (const auto& p : c.paths) o.paths.push_back(p.text);
    if (c.fail_on && !given("--fail-on")) o.fail_on = c.fail_on->text;
    if (c.fail_on_possible && !given("--fail-on-possible"))
        o.fail_on_possible = c.fail_on_possible->text == "yes";
    if (c.redact && !given("--redact")) o.redact = c.redact->text == "yes";
    if (c.max_findings && !given("--max-findings"))
        o.max_findings = std::stoull(c.max_findings->text);
    if (c.baseline && !given("--baseline") && !o.no_baseline) o.baseline = c.baseline->text;
    if (o.formats.empty())
        for (const auto& f : c.formats) o.formats.push_back(f.text);
}

Run add_check(CLI::App& app, const Common& common) {
    for (const auto& format : {page::html_format(), page::docx_format(), page::odt_format()})
        report::add_format(format);
    auto o = std::make_shared<CheckOptions>();
    auto governed = std::make_shared<Governed>();
    auto* sub =
        app.add_subcommand("check", "Report what cannot all be true or cannot all be lawful");
    sub->add_option("PATH", o->paths,
                    "case files (with --map: data), folders of them, or - for standard input; the "
                    "paths of antinomy.yaml, if not said");
    std::string names;
    for (const auto& f : report::formats())
        names +=
            (names.empty() ? "" : ", ") + std::string(f.name) + " (" + std::string(f.what) + ")";
    sub->add_option("--format", o->formats,
                    names + "; =FILE: to a file, whole or not at all. Any number of them")
        ->type_name("NAME[=FILE]")
        ->allow_extra_args(false)
        ->check(CLI::Validator(format_problem, ""));
    sub->add_option("--html", o->html, "the same as --format html=FILE; of several cases a FOLDER/")
        ->type_name("FILE");
    sub->add_option("--docx", o->docx, "the same as --format docx=FILE")->type_name("FILE");
    sub->add_option("--odt", o->odt, "the same as --format odt=FILE")->type_name("FILE");
    sub->add_option("--run-date", o->run_date,
                    "the day that reports say they were made on; else that of SOURCE_DATE_EPOCH, "
                    "or none");
    governed->add(*sub, *o);
    add_today(*sub, o->today);
    add_config(*sub, o->config);
    sub->add_flag("--variants", o->variants, "check the variants of cases too");
    sub->add_option("--redact-key", o->redact_key,
                    "with --redact: this file keeps what the tokens stand for, and the secret of "
                    "the fingerprints; made if it is not there");
    add_list(*sub, "--account", o->accounts, "judge only these accounts");
    add_list(*sub, "--sources", o->sources, "check as if only these sources existed");
    sub->add_option("--map", o->map,
                    "check data in their own form (JSON, JSON Lines, CSV, TSV, YAML, packed or "
                    "not), as this map says");
    add_list(*sub, "--at-most", o->at_most,
             "with --map: RULE=3 or RULE=0.1%: so many records, or such a share of those that it "
             "applied to, may a rule find fault with before the exit code is 1");
    sub->add_option("--limit", o->limit, "with --map: show so many findings, and count the others");
    auto* gaps = sub->add_flag("--gaps", o->gaps,
                               "with --map: tell every fact that a rule asks for and a record does "
                               "not state; else the first few of each rule, in JSON all");
    sub->add_flag("--no-gaps", o->no_gaps, "with --map: tell none of them, only how many")
        ->excludes(gaps);
    sub->add_option("--sample", o->sample, "with --map: check so many records, drawn by chance");
    sub->add_option("--seed", o->seed, "with --sample: another number draws others");
    sub->add_option("--threads", o->threads,
                    "with --map: threads that check; as many as there are processors if not said");
    sub->add_flag("--no-screen", o->no_screen,
                  "with --map: check every record as a case, without a quick look first; the "
                  "report is the same");
    return [o, governed, sub, &common]() -> int {
        return sub->parsed() ? start(*o, *governed, common) : -1;
    };
}

}  // namespace antinomy::cli
