// antinomy timeline CASE...   the dates of each account: stated, what follows, what contradicts
// It describes: a contradiction is no failure of the command (exit 0); `check` judges.

#include <iostream>
#include <memory>
#include <sstream>

#include "check/chronology.hpp"
#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/workspace.hpp"
#include "grammar/time.hpp"
#include "report/chronology.hpp"

namespace antinomy::cli {

namespace {

struct TimelineOptions {
    ConfigChoice config;
    std::vector<std::string> paths;
    std::string format = "text";
    std::vector<std::string> accounts;
    std::vector<std::string> sources;
    std::vector<std::string> between;  // two names
    bool pairs = false;
    bool variants = false;
};

// A name as it is written in an order line; nothing if it is none.
std::optional<grammar::PointName> point_name(const std::string& text) {
    auto parsed = grammar::parse_order(text + " same day as " + text);
    auto* line = std::get_if<grammar::OrderLine>(&parsed);
    if (line == nullptr || line->points.size() != 2) return std::nullopt;
    return line->points.front();
}

// The points of `--between` in a case. What is wrong with a name goes to `problem`.
std::optional<check::NamedPoint> named(const LoadedCase& c, const std::string& text,
                                       model::PointProblem& problem) {
    const auto name = point_name(text);
    if (!name) {
        problem.why = "`" + text + "` is no name of a record or of one of its dates";
        problem.help = "write a name as order lines have it: meeting, or evidence.video.published";
        return std::nullopt;
    }
    const auto point = model::resolve_point(c.packs->vocabulary(), c.file, *name, {}, &problem);
    if (!point) return std::nullopt;
    return check::NamedPoint{text, *point};
}

int run(const TimelineOptions& o, const Common& common) {
    Workspace w;
    if (!w.configure(o.config, o.paths)) {
        w.print_problems(common.style(2));
        return kNotDone;
    }
    w.add(o.paths);
    w.load(o.variants);
    const auto files = w.diagnostics().error_count();
    w.check_accounts(o.accounts);
    w.check_sources(o.sources);
    // With a name misspelt, what would be shown is not what was asked for.
    if (w.diagnostics().error_count() != files) {
        w.print_problems(common.style(2));
        return kNotDone;
    }
    if (w.cases().empty() && !w.diagnostics().has_errors()) w.nothing_to_check();

    const auto style = common.style(1);
    std::ostringstream out;
    bool done = false;
    bool found = o.between.empty();  // in some case
    bool judged = false;
    std::optional<model::PointProblem> problem;
    std::size_t left_out = 0;
    for (auto& c : w.cases()) {
        if (c.variant && !c.named && !o.variants) {
            ++left_out;
            continue;
        }
        if (!c.good) continue;
        judged = true;
        check::ChronologyOptions options;
        options.accounts = o.accounts;
        if (!o.sources.empty()) options.sources = o.sources;
        options.pairs = o.pairs;
        if (!o.between.empty()) {
            model::PointProblem why;
            const auto a = named(c, o.between[0], why);
            const auto b = a ? named(c, o.between[1], why) : std::nullopt;
            if (!b) {
                if (!problem) problem = why;
                continue;
            }
            found = true;
            options.between.emplace_back(*a, *b);
        }
        const auto chronology = check::make_chronology(*c.packs, c.file, options);
        for (const auto& u : chronology.undecided)
            w.diagnostics().error(c.file.span, "undecided",
                                  (u.at.empty() ? "" : u.at + ": ") + u.why,
                                  "give narrower dates, or split the case");
        if (o.format == "json")
            report::print_chronology_json(out, chronology, w.sources(), {o.pairs});
        else
            report::print_chronology(out, chronology, style, {o.pairs});
        done = true;
    }
    if (!found && problem) w.argument_error("--between", problem->why, problem->help);
    if (o.format == "text" && left_out > 0 && !done && !w.diagnostics().has_errors())
        w.argument_error("timeline", "all cases there are variants",
                         "name one of them, or add --variants");
    std::cout << out.str() << std::flush;
    const bool errors = w.print_problems(common.style(2));
    if (!std::cout) {
        std::cerr << "antinomy: the timeline could not be written whole\n";
        return kNotDone;
    }
    return errors || !done || !judged ? kNotDone : kFine;
}

}  // namespace

Run add_timeline(CLI::App& app, const Common& common) {
    auto o = std::make_shared<TimelineOptions>();
    auto* sub = app.add_subcommand(
        "timeline", "The dates of each account: as stated, as they follow, what contradicts");
    sub->add_option("CASE", o->paths, "case files, folders of them, or - for standard input")
        ->required();
    sub->add_option("--format", o->format, "text or json (an object a case, each on a line)")
        ->check(one_of({"text", "json"}));
    add_list(*sub, "--account", o->accounts, "only these accounts");
    add_list(*sub, "--sources", o->sources, "as if only these sources existed");
    sub->add_flag("--pairs", o->pairs, "of each two events which came first, and the days between");
    sub->add_option("--between", o->between, "how many days lie between two points, and why")
        ->expected(2)
        ->type_name("A B");
    sub->add_flag("--variants", o->variants, "the variants of cases too");
    add_config(*sub, o->config);
    return [o, sub, &common]() -> int { return sub->parsed() ? run(*o, common) : -1; };
}

}  // namespace antinomy::cli
