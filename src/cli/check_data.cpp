// antinomy check --map MAP DATA...: the records of a data set, in their own form.
//
// Findings are told record by record, as soon as they are there, and none is kept. Standard output
// has the findings, standard error the records that could not be checked and, of the short form,
// the sum; of JSON all stands on standard output, an object a line.

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "cli/arguments.hpp"
#include "cli/check.hpp"
#include "cli/data_summary.hpp"
#include "cli/progress.hpp"
#include "cli/workspace.hpp"
#include "data/convert.hpp"
#include "data/run.hpp"
#include "report/json.hpp"
#include "report/layout.hpp"
#include "report/phrases.hpp"
#include "report/short.hpp"
#include "report/text.hpp"

namespace antinomy::cli {

namespace {

using Json = nlohmann::ordered_json;

class DataCheck {
public:
    DataCheck(const CheckOptions& options, const Common& common)
        : o_(options), style_(common.style(1)), common_(common) {}

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
        options.check.resolve = o_.format != "short";
        options.check.infer = false;
        options.brief = o_.format == "short";
        options.threads =
            o_.threads > 0 ? o_.threads : std::max(1u, std::thread::hardware_concurrency());
        options.sample = o_.sample;
        options.screen = !o_.no_screen;
        options.gaps = o_.no_gaps ? 0 : gaps_as_they_come() ? data::GapList::kAll : kFirstGaps;
        options.seed = o_.seed;
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
        for (const auto& [rule, n] : totals.looked_into)
            spdlog::info("looked into closely: {}, in {}",
                         rule.empty() ? "the dates as a whole" : rule,
                         report::count_words(n, "record"));
        if (totals.read == 0 && !w_.diagnostics().has_errors()) no_records(loaded.map, totals);
        if (totals.checked > 0 && o_.sample == 0) paths_unmet(loaded.map, totals);
        const DataSummary summary(o_, loaded, totals, limits_, first_gaps_, held_back_);
        finish(summary, totals);
        return exit_code(summary, totals);
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
        if (!o_.baseline.empty())
            return refused("`--baseline` is for case files, and `--map` for data",
                           "leave one of them out; of data sets, `--at-most` says how much a rule "
                           "may find");
        if (o_.map == "-" && std::find(o_.paths.begin(), o_.paths.end(), "-") != o_.paths.end())
            return refused("the map and the data cannot both be standard input",
                           "give one of them as a file");
        return kFine;
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
        std::ostringstream problems;
        for (const auto& d : out.problems.items()) {
            if (o_.format == "json")
                json_problem(problems, &out, d);
            else
                problems << report::short_line(d, out.sources) << where(out, d.span) << '\n';
        }
        told.problems = problems.str();
        if (out.result == nullptr) return told;
        for (const auto* f : report::in_order(*out.result)) {
            std::ostringstream text;
            if (o_.format == "json") {
                Json before;
                before["kind"] = "finding";
                put_record(before, out, f->places.empty() ? text::Span{} : f->places[0].span);
                report::print_json_line(text, before, *f, out.sources);
            } else if (o_.format == "short") {
                text << report::short_line(*f, out.file, out.sources)
                     << (f->places.empty() ? "" : where(out, f->places[0].span)) << '\n';
            } else {
                if (told.findings.empty()) heading(text, out);
                report::print_finding(text, *f, out.sources, style_);
            }
            told.findings.push_back(text.str());
        }
        if (out.gaps != nullptr) tell_gaps(out, told);
        return told;
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
        } else if (o_.format == "short") {
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

    [[nodiscard]] int exit_code(const DataSummary& summary, const data::Totals& totals) const {
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
        if (const auto why = summary.why_found(); !why.empty()) {
            tell_exit(kFound, why);
            return kFound;
        }
        if (summary.sum().all() > 0)
            tell_exit(kFine, o_.fail_on == "never" ? "`--fail-on never`"
                             : limits_.empty()
                                 ? "no " + counted_words(0, o_)
                                 : "no " + counted_words(0, o_) + " beyond the limits of its rule");
        return kFine;
    }

    const CheckOptions& o_;
    report::Style style_;
    const Common& common_;
    Workspace w_;
    data::Limits limits_;
    FirstGaps first_gaps_;
    std::uint64_t told_ = 0;
    std::uint64_t held_back_ = 0;
    ProgressLine progress_;
};

}  // namespace

int check_data(const CheckOptions& options, const Common& common) {
    return DataCheck(options, common).run();
}

}  // namespace antinomy::cli
