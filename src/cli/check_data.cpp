// antinomy check --map MAP DATA...: the records of a data set, in their own form.
//
// Findings are told record by record, as soon as they are there (through a pipe: within a second,
// while more come), and none is kept. Standard output has the findings, standard error the records
// that could not be checked and, of the short form, the sum; of JSON all stands on standard output,
// an object a line. For reports that are made at the end so many findings are kept as
// kept_findings.hpp says.

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "cli/arguments.hpp"
#include "cli/check.hpp"
#include "cli/data_summary.hpp"
#include "cli/judge.hpp"
#include "cli/kept_findings.hpp"
#include "cli/known_findings.hpp"
#include "cli/progress.hpp"
#include "cli/provenance.hpp"
#include "cli/step_summary.hpp"
#include "cli/workspace.hpp"
#include "data/convert.hpp"
#include "data/run.hpp"
#include "report/json.hpp"
#include "report/layout.hpp"
#include "report/phrases.hpp"
#include "report/short.hpp"
#include "report/text.hpp"
#include "text/whole_file.hpp"

namespace antinomy::cli {

namespace {

using Json = nlohmann::ordered_json;

class DataCheck {
public:
    DataCheck(const CheckOptions& options, const Common& common, const std::vector<Output>& outputs)
        : o_(options), style_(common.style(1)), common_(common), outputs_(outputs) {}

    int run() {
        if (const int code = refused_options(); code != kFine) return code;
        const auto loaded = w_.load_map(o_.map);
        w_.check_rules(o_.rules);
        if (!loaded.good || w_.diagnostics().has_errors()) return broken();
        const bool lists = std::any_of(
            loaded.map.parts.begin(), loaded.map.parts.end(),
            [](const data::Part& p) { return p.reads == data::Reads::yaml && p.records; });
        if (o_.sample > 0 && loaded.map.per != data::Per::key && lists)
            return refused("`--sample` cannot be drawn from lists within YAML documents",
                           "leave it out, or write a document for each record");
        data::RunOptions options;
        options.check.rules = Workspace::canonical(*loaded.packs, o_.rules);
        // What nobody is shown is not worked out.
        options.check.resolve = o_.format != "short" || !outputs_.empty();
        options.check.infer = false;
        options.brief = !options.check.resolve;
        options.threads =
            o_.threads > 0 ? o_.threads : std::max(1u, std::thread::hardware_concurrency());
        options.sample = o_.sample;
        options.screen = !o_.no_screen;
        options.gaps = o_.no_gaps ? 0 : gaps_as_they_come() ? data::GapList::kAll : kFirstGaps;
        options.seed = o_.seed;
        if (!o_.baseline.empty() && !read_known(loaded)) return broken();
        if (known_) options.known = [this](const check::Finding& f) { return known_->of(f); };
        options.tell = [this](const data::Outcome& out) { return tell(out); };
        options.write = [this](const data::Told& told) { write(told); };
        if (progress_.wanted())
            options.progress = [this](const data::Progress& p) { progress_.show(p); };
        const bool limits_good = take_limits(loaded);
        options.comparison =
            data::comparison(loaded.map, *loaded.packs, options.check.rules, w_.diagnostics());
        if (!limits_good || w_.diagnostics().has_errors()) return broken();
        if (o_.format == "text") {
            for (const auto& line : report::wrap(report::preamble(), style_.width))
                std::cout << line << '\n';
            std::cout << '\n';
        }
        const auto totals =
            data::run(loaded.map, *loaded.packs, w_.sources(), o_.paths, options, w_.diagnostics());
        progress_.clear();
        if (!totals.why_no_look.empty())
            spdlog::info("no quick look at records: {}", totals.why_no_look);
        else
            spdlog::info("{} of {} records were in order at a quick look", totals.quiet,
                         totals.read);
        if (totals.alike > 0)
            spdlog::info("{} of the others said what one before them had said", totals.alike);
        for (const auto& [rule, n] : totals.looked_into)
            spdlog::info("looked into closely: {}, in {}",
                         rule.empty() ? "the dates as a whole" : rule,
                         report::count_words(n, "record"));
        if (totals.read == 0 && !w_.diagnostics().has_errors()) no_records(loaded.map, totals);
        if (totals.checked > 0 && o_.sample == 0) paths_unmet(loaded.map, totals);
        if (known_) beside_the_baseline(loaded, totals);
        const DataSummary summary(o_, loaded, totals, limits_, first_gaps_, held_back_, beside_);
        const bool written = reports(loaded, totals, summary);
        finish(summary, totals);
        return exit_code(summary, totals, written);
    }

private:
    // Of the gaps of each rule, so many are told at the end.
    static constexpr std::uint64_t kFirstGaps = 3;
    // Or all of them, with their records.
    [[nodiscard]] bool gaps_as_they_come() const {
        return !o_.no_gaps && (o_.gaps || o_.format == "json");
    }

    int refused_options() {
        for (const auto& [given, name] :
             {std::pair{o_.variants, "--variants"}, std::pair{!o_.accounts.empty(), "--account"},
              std::pair{!o_.sources.empty(), "--sources"}, std::pair{!o_.today.empty(), "--today"},
              std::pair{o_.redact, "--redact"}})
            if (given)
                return refused(
                    "`" + std::string(name) + "` is for case files, and `--map` for data",
                    "leave one of them out");
        if (o_.gaps && told_at_the_end())
            return refused("`--gaps` tells them as they come, and standard output has the report",
                           "leave it out, or give the report a file: `--format NAME=FILE`");
        std::string no_day;
        date_ = run_date(o_.run_date, no_day);
        if (!no_day.empty())
            return refused(no_day, o_.run_date.empty() ? "set it to such a number, or not at all"
                                                       : "write a day as in 2026-11-30");
        if (o_.map == "-" && std::find(o_.paths.begin(), o_.paths.end(), "-") != o_.paths.end())
            return refused("the map and the data cannot both be standard input",
                           "give one of them as a file");
        if (o_.baseline == "-")
            return refused("a baseline is a file, and `-` is standard input", "name a file");
        return kFine;
    }

    // ---- what is known

    bool read_known(const LoadedMap& loaded) {
        if (const auto why = why_no_ids(loaded.map); !why.empty()) {
            w_.argument_error("--baseline", why, std::string(kGiveIds));
            return false;
        }
        const auto entries =
            track::read_baseline(w_.sources(), o_.baseline, w_.diagnostics(), track::kMostOfData);
        if (!entries) return false;
        warn_of_mandatory(w_, *entries, run_of_data(*loaded.packs));
        known_.emplace(*entries, *loaded.packs, o_.threshold());
        return true;
    }

    // When all was told.
    void beside_the_baseline(const LoadedMap& loaded, const data::Totals& totals) {
        const auto asked = Workspace::canonical(*loaded.packs, o_.rules);
        const auto in = [](const std::vector<std::string>& list, const std::string& id) {
            return std::find(list.begin(), list.end(), id) != list.end();
        };
        beside_.compared = true;
        // Of what was not looked at nothing is known.
        const bool whole =
            o_.sample == 0 && totals.not_checked == 0 && !w_.diagnostics().has_errors();
        beside_.gone = known_->gone([&](const track::Entry& e) {
            return whole && (asked.empty() || in(asked, e.rule)) && !in(totals.among, e.rule);
        });
        constexpr std::size_t kNamed = 12;
        std::size_t named = 0;
        for (const auto& a : known_->again()) {
            beside_.again += a.more;
            if (a.counted > 0) beside_.counted[a.entry->rule] += a.counted;
            if (named++ >= kNamed) continue;
            w_.diagnostics().warning(
                a.entry->span, "found-again",
                report::count_words(a.entry->times + a.more, "record") + " of the id `" +
                    report::one_line(a.entry->case_id) + "` have this finding, " +
                    std::to_string(a.more) + " more than here; which is new nobody can tell, and " +
                    "so many count",
                "give each record an id of its own; or `antinomy baseline update` accepts it");
        }
    }

    int broken() {
        if (o_.format == "json") {
            const auto problems = w_.unique();
            for (const auto& d : problems.items()) json_problem(std::cout, nullptr, d);
            std::cout << std::flush;
        } else {
            w_.print_problems(common_.style(2));
        }
        return kNotDone;
    }

    // ---- what there is to tell of a record; any thread

    data::Told tell(const data::Outcome& out) const {
        data::Told told;
        for (const auto& d : out.problems.items()) {
            if (o_.format == "json") {
                std::ostringstream line;
                json_problem(line, &out, d);
                told.problems += line.str();
                continue;
            }
            told.problems += report::short_line(d, out.sources) + where(out, d.span) + '\n';
        }
        if (!outputs_.empty()) told.more = KeptFindings::of(out, w_.sources().size());
        if (out.result == nullptr) return told;
        for (const auto* f : report::in_order(*out.result)) {
            if (told_at_the_end()) break;
            if (o_.format == "short") {
                told.findings.push_back(line_of(out, *f));
                continue;
            }
            std::ostringstream text;
            if (o_.format == "json") {
                Json before;
                before["kind"] = "finding";
                put_record(before, out, f->places.empty() ? text::Span{} : f->places[0].span);
                report::print_json_line(text, before, *f, out.sources);
            } else {
                if (told.findings.empty()) heading(text, out);
                report::TextOptions how;
                how.explain_beside = explain_beside();
                report::print_finding(text, *f, out.sources, style_, how);
            }
            told.findings.push_back(text.str());
        }
        if (out.gaps != nullptr) tell_gaps(out, told);
        return told;
    }

    static std::string line_of(const data::Outcome& out, const check::Finding& f) {
        if (out.said == nullptr) {
            auto line = report::short_line(f, out.file, out.sources);
            if (!f.places.empty()) line += where(out, f.places[0].span);
            return line += '\n';
        }
        const auto& said = (*out.said)[static_cast<std::size_t>(&f - out.result->findings.data())];
        if (said.words->empty()) *said.words = report::short_words(f);
        return report::short_line(f, out.file, out.sources, *said.words) + " at " +
               report::one_line(said.path) + '\n';
    }

    // The map and the data, for a command that is copied; of very many files the reader has to say
    // them anew.
    [[nodiscard]] std::string explain_beside() const {
        constexpr std::size_t kLong = 1000;
        const auto map = shell_words({"--map", o_.map});
        const auto data = shell_words(o_.paths);
        return map + ' ' + (data.size() > kLong ? "DATA..." : data);
    }

    void tell_gaps(const data::Outcome& out, data::Told& told) const {
        const auto& gaps = out.result->gaps;
        if (gaps.empty()) return;
        std::ostringstream text;
        if (o_.format == "text" && gaps_as_they_come()) {
            if (told.findings.empty()) heading(text, out);
            report::print_gaps(text, *out.result, style_);
            told.gaps.push_back({gaps.front().rule, text.str()});
            return;
        }
        for (auto g : gaps) {
            if (!out.gaps->wants(g.rule)) continue;
            std::uint64_t number = 0;
            // What is constant in the map is told of the record.
            if (out.at(g.span, number) == nullptr) g.span = first_place(out);
            text.str("");
            if (o_.format == "json") {
                Json before;
                before["kind"] = "gap";
                put_record(before, out, g.span);
                report::print_json_line(text, before, g, out.sources);
            } else {
                text << report::short_line(g, out.file, out.sources) << where(out, g.span) << '\n';
            }
            told.gaps.push_back({g.rule, text.str()});
        }
    }
    static text::Span first_place(const data::Outcome& out) {
        return data::place_of(out.members == nullptr ? *out.record : *out.members->front().tree);
    }

    // " at $.terms[1].start", of places in the data.
    static std::string path(const data::Outcome& out, const text::Span& span) {
        std::uint64_t number = 0;
        const auto* record = out.at(span, number);
        return record == nullptr ? std::string() : data::path_to(*record, span);
    }
    static std::string where(const data::Outcome& out, const text::Span& span) {
        const auto p = path(out, span);
        return p.empty() ? p : " at " + report::one_line(p);
    }
    static void put_record(Json& line, const data::Outcome& out, const text::Span& span) {
        std::uint64_t number = 0;
        static_cast<void>(out.at(span, number));
        line["record"] = number;
        line["data_file"] = out.file_at(span);
        const auto p = path(out, span);
        line["data_path"] = p.empty() ? Json(nullptr) : Json(p);
    }
    void json_problem(std::ostream& to, const data::Outcome* out, const text::Diagnostic& d) const {
        Json before;
        before["kind"] = "problem";
        before["level"] = d.level == text::Level::error     ? "error"
                          : d.level == text::Level::warning ? "warning"
                                                            : "note";
        if (out != nullptr) put_record(before, *out, d.span);
        report::print_json_line(to, before, d, out != nullptr ? out->sources : w_.sources());
    }
    void heading(std::ostream& to, const data::Outcome& out) const {
        const auto& c = *out.result;
        std::string title = report::one_line(c.title.empty() ? c.id : c.title);
        if (!c.title.empty()) title += " (" + report::one_line(c.id) + ')';
        report::print_wrapped(to, style_.unicode ? "══ " : "== ", report::Tone::frame, title, 3,
                              style_, report::Tone::strong);
        if (out.members == nullptr) {
            to << "   " << report::sanitize(out.file) << ", record " << out.number << "\n\n";
            return;
        }
        // The files in the order in which the case has them; of many the first few.
        constexpr std::size_t kNamed = 3;
        std::vector<std::pair<std::string_view, std::uint64_t>> files;
        for (const auto& m : *out.members) {
            const auto it = std::find_if(files.begin(), files.end(),
                                         [&](const auto& f) { return f.first == m.file->path; });
            if (it == files.end())
                files.emplace_back(m.file->path, 1);
            else
                ++it->second;
        }
        std::string named;
        for (std::size_t i = 0; i < std::min(files.size(), kNamed); ++i)
            named += (i == 0 ? "" : ", ") + report::sanitize(std::string(files[i].first)) + ": " +
                     report::count_words(files[i].second, "record");
        if (files.size() > kNamed)
            named += ", and " + report::count_words(files.size() - kNamed, "more file");
        if (out.not_checked > 0)
            named += "; without " + report::count_words(out.not_checked, "record") +
                     " that cannot be read";
        report::print_wrapped(to, "   ", report::Tone::plain, named, 3, style_);
        to << '\n';
    }

    // ---- told in order

    void write(const data::Told& told) {
        if (!told.problems.empty()) {
            progress_.clear();
            if (o_.format == "json")
                std::cout << told.problems;
            else
                std::cerr << told.problems;
        }
        kept_.take(std::static_pointer_cast<const KeptFindings::Record>(told.more));
        for (const auto& f : told.findings) {
            if (o_.limit > 0 && told_ == o_.limit) {
                ++held_back_;
                continue;
            }
            ++told_;
            progress_.clear();
            std::cout << f;
        }
        for (const auto& g : told.gaps) {
            if (!gaps_as_they_come()) {
                first_gaps_[g.rule].push_back(g.text.substr(0, g.text.size() - 1));
                continue;
            }
            progress_.clear();
            std::cout << g.text;
        }
        const auto now = Clock::now();
        if (now - handed_on_ < std::chrono::seconds(1)) return;
        std::cout << std::flush;
        handed_on_ = now;
    }

    // ---- at the end

    void no_records(const data::Map& map, const data::Totals& totals) {
        std::string patterns;
        for (const auto& p : map.parts)
            patterns += (patterns.empty() ? "" : ", ") + data::patterns_of(p);
        w_.diagnostics().add({text::Level::error,
                              "no-records",
                              {},
                              o_.paths.front(),
                              totals.files == 0 ? "no file of data in what was given"
                                                : "no record in what was given",
                              totals.files == 0
                                  ? "of folders, files named " + patterns + " are read"
                                  : "see whether the data are where they should be",
                              {}});
    }

    // A path that led to nothing in any record: a slip of the hand reads like a gap.
    void paths_unmet(const data::Map& map, const data::Totals& totals) {
        for (std::size_t i = 0; i < map.parts.size(); ++i)
            if (totals.part_files[i] == 0)
                w_.diagnostics().warning(
                    map.parts[i].span, "no-files",
                    "no file of `" + map.parts[i].name + "` is in what was given",
                    "its files are named " + data::patterns_of(map.parts[i]) +
                        "; give them, or take it out of the map");
        for (const auto slot : totals.unmet) {
            const auto& [written, span, part, list] = map.paths[slot];
            if (totals.part_files[part] == 0) continue;
            // Of a list that nobody has, that is said alone.
            if (list &&
                std::find(totals.unmet.begin(), totals.unmet.end(), *list) != totals.unmet.end())
                continue;
            data::PathProblem problem;
            const auto path = data::read_path(written, problem);
            const auto& optional = map.parts[part].table.optional;
            if (path && !path->steps.empty() &&
                std::find(optional.begin(), optional.end(), path->steps.front().name) !=
                    optional.end())
                continue;
            w_.diagnostics().warning(span, "path-unmet",
                                     "`" + written + "` led to nothing in any record",
                                     "correct it, or take it out of the map");
        }
    }

    void finish(const DataSummary& summary, const data::Totals& totals) {
        const auto problems = w_.unique();
        if (o_.format == "json") {
            for (const auto& d : problems.items()) json_problem(std::cout, nullptr, d);
            const bool complete = totals.not_checked == 0 && !w_.diagnostics().has_errors();
            std::cout << summary.json(complete).dump() << '\n';
        } else if (o_.format == "short" || told_at_the_end()) {
            w_.print_problems(common_.style(2));
            summary.print(std::cerr, common_.style(2));
        } else {
            summary.print(std::cout, style_);
            std::cout << std::flush;
            w_.print_problems(common_.style(2));
        }
        std::cout << std::flush;
    }

    // Those of the map, and instead of them those of the command line.
    bool take_limits(const LoadedMap& loaded) {
        limits_ = loaded.map.limits;
        data::Limits given;
        bool good = true;
        for (const auto& written : o_.at_most) {
            const auto sign = written.rfind('=');
            const auto named = written.substr(0, sign);
            auto limit = sign == std::string::npos
                             ? std::nullopt
                             : data::read_limit(std::string_view(written).substr(sign + 1));
            std::string message = "`" + written + "` is no limit of a rule";
            std::string help = "write `--at-most RULE=3` or `--at-most RULE=0.1%`";
            std::optional<std::string> id;
            if (limit) id = data::rule_with_limit(*loaded.packs, named, message, help);
            if (id && !given.emplace(*id, *limit).second) {
                message = "two limits of rule `" + *id + "`";
                help = "leave one of them out";
                id.reset();
            }
            if (!id) w_.argument_error("--at-most", message, help);
            good = good && id;
        }
        for (const auto& [rule, limit] : given) limits_[rule] = limit;
        return good;
    }

    // ---- reports that are made at the end

    // On standard output stands one of them, and nothing else.
    [[nodiscard]] bool told_at_the_end() const {
        return !outputs_.empty() && outputs_.back().file.empty();
    }

    // False: one at least could not be written.
    bool reports(const LoadedMap& loaded, const data::Totals& totals, const DataSummary& summary) {
        if (outputs_.empty()) return true;
        for (const auto& out : outputs_)
            for (const auto& path : o_.paths)
                if (!out.file.empty() && text::same_file(out.file, path)) {
                    w_.diagnostics().add({text::Level::error,
                                          "not-written",
                                          {},
                                          out.file,
                                          "it was read in this run, and the report would be "
                                          "written over it",
                                          "name another file for the report",
                                          {}});
                    return false;
                }
        text::SourceMap sources(text::SourceMap::OnTop{}, w_.sources());
        auto result = kept_.result(sources);
        result.baselined = beside_.compared;
        result.gone = beside_.gone;
        result.rules = totals.rules.size();
        const auto problems = problems_of_report(totals, summary);
        const auto each = each_problem(totals, sources);
        const auto provenance = provenance_of_data(w_, loaded, totals, result, o_, date_);
        bool written = true;
        for (const auto& out : outputs_) {
            const auto name = out.format->name;
            auto told = result;
            std::vector<std::vector<report::Ran>> ran;
            if (name == "junit" || name == "junit-gitlab") told = by_rule(result, totals, ran);
            // These have no room for remarks: it stands among the findings.
            if ((name == "csv" || name == "gitlab") && kept_.left_out() > 0)
                told.cases.push_back(left_out(totals));
            // There each has a line of its own in the code, or is not seen.
            report::Report report{told, sources, name == "gitlab" ? each : problems, style_};
            report.threshold = o_.threshold();
            report.provenance = provenance;
            report.ran = std::move(ran);
            report.explain_beside = explain_beside();
            if (name == "github")
                written = append_step_summary(report, w_.diagnostics()) && written;
            written = write_outputs({out}, std::move(report), w_.diagnostics()) && written;
        }
        if (kept_.left_out() > 0)
            w_.diagnostics().add({text::Level::warning,
                                  "left-out",
                                  {},
                                  o_.paths.front(),
                                  left_out_words(),
                                  "`--format json` tells all of them",
                                  {}});
        return written;
    }
    [[nodiscard]] std::string left_out_words() const {
        return report::count_words(kept_.left_out(), "more finding") +
               (kept_.left_out() == 1 ? " is" : " are") + " left out of the reports, which hold " +
               std::to_string(kept_.size()) + ", the worst first";
    }
    // What was wrong, record by record; of what is too much how much it is.
    [[nodiscard]] text::Diagnostics each_problem(const data::Totals& totals,
                                                 text::SourceMap& sources) const {
        auto out = w_.unique();
        auto errors = kept_.errors(sources);
        if (errors.empty() && totals.not_checked > 0) out.add(not_checked(totals));
        for (auto& e : errors) out.add(std::move(e));
        if (kept_.errors_left_out() > 0)
            out.add({text::Level::error,
                     "left-out",
                     {},
                     o_.paths.front(),
                     report::count_words(kept_.errors_left_out(), "more error") +
                         " of records that could not be checked; standard error tells them all",
                     "mend them, or the map",
                     {}});
        return out;
    }
    [[nodiscard]] text::Diagnostic not_checked(const data::Totals& totals) const {
        return {text::Level::error,
                "not-checked",
                {},
                o_.paths.front(),
                report::count_words(totals.not_checked, "record") +
                    " could not be checked; standard error says which, and why",
                "mend them, or the map",
                {}};
    }
    // What was wrong, and what the report holds of all that was checked.
    [[nodiscard]] text::Diagnostics problems_of_report(const data::Totals& totals,
                                                       const DataSummary& summary) const {
        auto out = w_.unique();
        if (totals.not_checked > 0) out.add(not_checked(totals));
        const bool all = kept_.left_out() == 0;
        out.add({all ? text::Level::note : text::Level::warning,
                 all ? "data-set" : "left-out",
                 {},
                 o_.paths.front(),
                 report::count_words(totals.read, "record") + ", of which " +
                     std::to_string(totals.checked) +
                     " were checked: " + report::count_words(summary.sum().all(), "finding") +
                     " in " + std::to_string(totals.with_findings) + " of them" +
                     (all ? "" : "; " + left_out_words()) +
                     "; what is in order is not named, and silence is no clearance",
                 "`antinomy check --map` without `--format` tells what each rule came to",
                 {}});
        return out;
    }
    // A suite a rule: its findings, or that it passed.
    static check::Result by_rule(const check::Result& result, const data::Totals& totals,
                                 std::vector<std::vector<report::Ran>>& ran) {
        std::map<std::string, check::CaseResult> rules;
        for (const auto& [rule, c] : totals.rules) rules[rule];
        for (const auto& c : result.cases)
            for (const auto& f : c.findings) rules[f.rule].findings.push_back(f);
        check::Result out;
        out.rules = result.rules;
        out.baselined = result.baselined;
        out.gone = result.gone;
        for (auto& [rule, c] : rules) {
            c.id = c.file = rule;
            const auto it = totals.rules.find(rule);
            const bool open = it != totals.rules.end() && it->second.open() > 0;
            if (open)
                c.notes.push_back("open in " + report::count_words(it->second.open(), "record") +
                                  ", for want of a fact");
            ran.push_back(c.findings.empty() ? std::vector<report::Ran>{{rule, !open}}
                                             : std::vector<report::Ran>{});
            out.cases.push_back(std::move(c));
        }
        return out;
    }
    [[nodiscard]] check::CaseResult left_out(const data::Totals&) const {
        check::CaseResult out;
        out.id = "left-out";
        out.file = o_.paths.front();
        check::Finding f;
        f.rule = "left-out";
        f.rule_title = "Findings that are not in this file";
        f.case_id = out.id;
        f.severity = check::Severity::error;
        f.at = o_.paths.front();
        f.message = left_out_words();
        f.fingerprint = "0000000000000000";
        out.findings.push_back(std::move(f));
        return out;
    }

    [[nodiscard]] int exit_code(const DataSummary& summary, const data::Totals& totals,
                                bool written) const {
        if (!std::cout) {
            std::cerr << "antinomy: the report could not be written whole\n";
            tell_exit(kNotDone, "not every finding was written");
            return kNotDone;
        }
        if (totals.not_checked > 0 || w_.diagnostics().has_errors()) {
            std::string why;
            if (totals.not_checked > 0)
                why = report::count_words(totals.not_checked, "record") + " not checked";
            const auto problems = w_.unique();
            if (problems.has_errors())
                why += (why.empty() ? "" : ", ") +
                       report::count_words(problems.error_count(), "error");
            tell_exit(kNotDone, why);
            return kNotDone;
        }
        if (!written) {
            tell_exit(kNotDone, "not every report was written");
            return kNotDone;
        }
        if (const auto why = summary.why_found(); !why.empty()) {
            tell_exit(kFound, why);
            return kFound;
        }
        if (summary.sum().all() > 0)
            tell_exit(kFine, o_.fail_on == "never"
                                 ? "`--fail-on never`"
                                 : "no " + counted_words(0, o_) +
                                       (known_ ? " beside the baseline" : "") +
                                       (limits_.empty() ? "" : " beyond the limits of its rule"));
        return kFine;
    }

    const CheckOptions& o_;
    report::Style style_;
    const Common& common_;
    const std::vector<Output>& outputs_;
    KeptFindings kept_;
    std::string date_;  // that reports say they were made on
    Workspace w_;
    data::Limits limits_;
    FirstGaps first_gaps_;
    std::optional<KnownFindings> known_;
    BesideBaseline beside_;
    std::uint64_t told_ = 0;
    std::uint64_t held_back_ = 0;
    ProgressLine progress_;
    using Clock = std::chrono::steady_clock;
    Clock::time_point handed_on_ = Clock::now();  // what was told, to who reads it
};

}  // namespace

int check_data(const CheckOptions& options, const Common& common,
               const std::vector<Output>& outputs) {
    return DataCheck(options, common, outputs).run();
}

}  // namespace antinomy::cli
