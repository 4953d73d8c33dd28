// antinomy diff OLD NEW: two checks compared. Each is a report of `check --format json`, or case
// files or a folder of them, which are checked now, by the same rules. `diff A..B PATH`: a path as
// two revisions of a git repository have it.

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/judge.hpp"
#include "cli/revision.hpp"
#include "cli/today.hpp"
#include "cli/workspace.hpp"
#include "report/diagnostics.hpp"
#include "track/diff_report.hpp"

namespace antinomy::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargest = 1u << 30;  // bytes of a report

struct DiffOptions {
    std::vector<std::string> sides;
    std::string git;
    ConfigChoice config;
    std::string format = "text";
    bool variants = false;
    std::string today;
};

// Case files are YAML; a report is JSON.
bool is_report(const std::string& path) {
    std::error_code ec;
    return !fs::is_directory(path, ec) && fs::path(path).extension() == ".json";
}

std::optional<track::Checked> from_report(const std::string& path, const std::string& name) {
    std::error_code ec;
    std::string why;
    std::ifstream in;
    if (!fs::is_regular_file(path, ec)) {
        why = fs::exists(path, ec) ? "it is no file" : "there is no such file";
    } else if (fs::file_size(path, ec) > kLargest) {
        why = "it is larger than 1 GiB";
    } else {
        in.open(path, std::ios::binary);
        std::ostringstream bytes;
        bytes << in.rdbuf();
        if (!in)
            why = "it cannot be read";
        else if (auto out = track::checked_from_json(bytes.str(), name, why))
            return out;
    }
    std::cerr << "antinomy: `" << report::sanitize(name) << "` cannot be compared: " << why
              << "\n  help: give what `antinomy check --format json` wrote, or case files\n";
    return std::nullopt;
}

// Where cases are read from.
struct Place {
    std::string path;
    std::string name;              // what it is called
    std::string start;             // see `Workspace::start_in`
    Revision* revision = nullptr;  // whose files these are; none: the files as they are now
};

// What is wrong with files of a revision, by the names that they have in it.
bool print_problems(Workspace& w, const Revision* revision, const report::Style& style) {
    if (revision == nullptr) return w.print_problems(style);
    text::SourceMap sources;
    for (std::uint32_t i = 0; i < w.sources().size(); ++i)
        sources.add(revision->shown(std::string(w.sources().name({i}))),
                    std::string(w.sources().bytes({i})));
    text::Diagnostics list;
    const auto problems = w.unique();
    for (auto d : problems.items()) {
        for (auto* text : {&d.where, &d.message, &d.help}) *text = revision->shown(*text);
        for (auto& related : d.related) related.label = revision->shown(related.label);
        list.add(std::move(d));
    }
    report::print_diagnostics(std::cerr, list, sources, style);
    return list.has_errors();
}

std::optional<track::Checked> from_cases(const Place& place, const DiffOptions& o, bool whole,
                                         std::optional<time::Day> today, const Common& common) {
    Workspace w;
    w.let_rules_sleep();
    w.start_in(place.start);
    auto config = o.config;
    // Seen from the working folder it would be named by a way through folders that are no case's.
    if (place.revision != nullptr && config.file.empty() && !config.none)
        if (const auto found = config::find(place.path); !found.empty())
            config.file = std::filesystem::weakly_canonical(found).string();
    if (!w.configure(config, {place.path})) {
        print_problems(w, place.revision, common.style(2));
        return std::nullopt;
    }
    w.add({place.path});
    w.load(o.variants);
    // All is read.
    if (place.revision != nullptr) place.revision->remove();
    Judging judging;
    judging.variants = o.variants;
    judging.resolve = judging.infer = false;
    judging.today = today;
    check_asked(w, judging);
    const auto judged = judge(w, judging);
    const bool errors = print_problems(w, place.revision, common.style(2));
    // Nothing could be judged: there is nothing to compare with.
    if (judged.cases.empty()) return std::nullopt;
    auto out = track::checked_of(judged.result, place.name, !errors);
    if (!whole) return out;
    out.whole = true;
    for (const auto* c : judged.cases)
        out.statements[c->file.id] = track::statements_of(c->packs->vocabulary(), c->file);
    return out;
}

// The two checks; nothing: said on standard error.
using Sides = std::vector<track::Checked>;

std::optional<Sides> from_paths(const DiffOptions& o, std::optional<time::Day> today,
                                const Common& common) {
    // Beside a report, of which only what its findings name is known, no more of cases is compared.
    const bool whole = !is_report(o.sides[0]) && !is_report(o.sides[1]);
    Sides sides;
    for (const auto& path : o.sides) {
        auto side = is_report(path) ? from_report(path, path)
                                    : from_cases({path, path, {}}, o, whole, today, common);
        if (!side) return std::nullopt;
        sides.push_back(std::move(*side));
    }
    return sides;
}

std::optional<Sides> from_git(const Range& range, const std::string& path, const DiffOptions& o,
                              std::optional<time::Day> today, const Common& common) {
    Refusal why;
    why.what = "`" + range.before + (range.from_the_fork ? "..." : "..") + range.after + "`";
    const auto refuse = [&why] {
        std::cerr << "antinomy: " << report::sanitize(why.what)
                  << " cannot be compared: " << report::sanitize(why.why)
                  << "\n  help: " << report::sanitize(why.help) << "\n";
        return std::nullopt;
    };
    const auto repository = Repository::here(why);
    if (!repository) return refuse();
    const auto in = repository->path_in(path, why);
    if (!in) return refuse();
    // All that was asked for is there before the first side is checked.
    struct Side {
        std::string name;
        std::optional<std::string> commit;
    };
    std::vector<Side> sides{{range.before, repository->commit(range.before, why)}};
    if (!sides[0].commit) return refuse();
    if (!range.after.empty()) {
        sides.push_back({range.after, repository->commit(range.after, why)});
        if (!sides[1].commit) return refuse();
    }
    if (range.from_the_fork) {
        why.what = "`" + range.before + "..." + range.after + "`";
        sides[0].commit = repository->fork(*sides[0].commit, *sides[1].commit, why);
        if (!sides[0].commit) return refuse();
        sides[0].name = sides[0].commit->substr(0, 12);
    }
    std::vector<Revision> revisions;
    for (const auto& side : sides) {
        auto revision = Revision::read(*side.commit, side.name, *in, why);
        if (!revision) return refuse();
        revisions.push_back(std::move(*revision));
    }
    Sides out;
    for (std::size_t i = 0; i < 2; ++i) {
        const auto place = i < revisions.size()
                               ? Place{revisions[i].at(*in), sides[i].name + ":" + *in,
                                       revisions[i].at(repository->here_in()), &revisions[i]}
                               : Place{path, path, {}};
        auto side = is_report(place.path) ? from_report(place.path, place.name)
                                          : from_cases(place, o, true, today, common);
        if (!side) return std::nullopt;
        out.push_back(std::move(*side));
    }
    return out;
}

int run(const DiffOptions& o, const Common& common) {
    std::string no_day;
    const auto today = day_of_run(o.today, no_day);
    if (!today) return refused_day(no_day);
    auto range = o.git.empty() ? std::nullopt : std::optional(range_of(o.git));
    auto paths = o.sides;
    if (!range && !paths.empty() && (range = range_in(paths.front()))) paths.erase(paths.begin());
    if (range && paths.size() > 1)
        return refused(
            "of two revisions one path is compared, and there are " + std::to_string(paths.size()),
            "name the folder that holds them, or compare one after the other");
    if (!range && paths.size() != 2)
        return refused(paths.empty() ? "OLD and NEW are missing" : "`OLD NEW` needs two values",
                       "see `antinomy diff --help`");
    const auto sides = range
                           ? from_git(*range, paths.empty() ? "." : paths.front(), o, today, common)
                           : from_paths(o, today, common);
    if (!sides) return kNotDone;
    const auto diff = track::compare((*sides)[0], (*sides)[1]);
    if (o.format == "json")
        track::print_diff_json(std::cout, diff);
    else
        track::print_diff(std::cout, diff, common.style(1));
    std::cout << std::flush;
    if (!std::cout) {
        std::cerr << "antinomy: the comparison could not be written whole\n";
        return kNotDone;
    }
    if (!(*sides)[0].complete || !(*sides)[1].complete) return kNotDone;
    return diff.any() ? kFound : kFine;
}

}  // namespace

Run add_diff(CLI::App& app, const Common& common) {
    auto o = std::make_shared<DiffOptions>();
    auto* sub = app.add_subcommand(
        "diff", "What a check finds that an earlier one did not, what is gone, and why");
    sub->add_option("OLD NEW", o->sides,
                    "each a report of `check --format json` (a file .json), or a case file or a "
                    "folder of them, which is checked; or two revisions A..B of git (A...B: from "
                    "where B left A) and a path, the working folder if not said");
    sub->add_option("--git", o->git,
                    "the revisions to compare, and nothing else is meant: A..B, A...B, or A alone, "
                    "with the files as they are now")
        ->type_name("REVISIONS");
    sub->add_option("--format", o->format, "text or json")->check(one_of({"text", "json"}));
    sub->add_flag("--variants", o->variants, "the variants of cases too");
    add_today(*sub, o->today);
    add_config(*sub, o->config);
    return [o, sub, &common]() -> int { return sub->parsed() ? run(*o, common) : -1; };
}

}  // namespace antinomy::cli
