// antinomy baseline write | update | prune FILE PATH...   the findings that are known
//
// A baseline is made of what a check without filters finds, and only if all could be checked: what
// was missed would come up later as new.

#include <filesystem>
#include <iostream>
#include <memory>

#include "cli/arguments.hpp"
#include "cli/baseline.hpp"
#include "cli/commands.hpp"
#include "cli/judge.hpp"
#include "cli/today.hpp"
#include "cli/workspace.hpp"
#include "report/phrases.hpp"
#include "text/whole_file.hpp"

namespace antinomy::cli {

namespace {

std::string sum(const track::Changed& changed) {
    const auto n = changed.entries.size();
    std::string out = report::count_words(n, "entry", "entries");
    std::string parts;
    for (const auto& [count, word] :
         {std::pair{changed.added, "added"}, std::pair{changed.raised, "now certain"},
          std::pair{changed.lowered, "now possible"}, std::pair{changed.removed, "taken out"},
          std::pair{changed.oftener, "in another number of records"}})
        if (count > 0) parts += (parts.empty() ? "" : ", ") + std::to_string(count) + ' ' + word;
    return out + (parts.empty() ? ", as before" : ": " + parts);
}

// Entries of cases that were not judged here stay as they are: a part of a folder may be given.
std::size_t elsewhere(const track::Entries& entries, const Judged& judged) {
    std::size_t n = 0;
    for (const auto& e : entries)
        n += std::none_of(judged.result.cases.begin(), judged.result.cases.end(),
                          [&](const check::CaseResult& c) { return c.id == e.case_id; })
                 ? 1
                 : 0;
    return n;
}

int run(Doing doing, const BaselineOptions& o, const Common& common) {
    if (!o.map.empty()) return baseline_of_data(doing, o, common);
    if (o.threads > 0)
        return refused("`--threads` is for data sets, and there is no map",
                       "add `--map MAP`, or leave it out");
    Judging judging;
    judging.variants = o.variants;
    judging.resolve = judging.infer = false;
    std::string no_day;
    judging.today = day_of_run(o.today, no_day);
    if (!judging.today) return refused_day(no_day);
    if (o.file == "-")
        return refused("a baseline is a file, and `-` is standard input", "name a file");
    Workspace w;
    w.let_rules_sleep();
    if (!w.configure(o.config, o.paths)) {
        w.print_problems(common.style(2));
        return kNotDone;
    }
    auto known = known_before(w, doing, o, common);
    if (!known) return kNotDone;
    const auto before = std::move(*known);
    w.add(o.paths);
    w.load(o.variants);
    check_asked(w, judging);
    const auto judged = judge(w, judging);
    const auto of = run_of(judged, judging);
    if (doing == Doing::update) warn_of_mandatory(w, before, of);
    if (w.print_problems(common.style(2))) {
        std::cerr << "antinomy: the baseline is as it was: not everything could be checked\n";
        return kNotDone;
    }
    const auto changed = doing == Doing::write    ? track::written(before, judged.result, of)
                         : doing == Doing::update ? track::updated(before, judged.result, of)
                                                  : track::pruned(before, judged.result, of);
    if (const int code = write_baseline(o, changed); code != kFine) return code;
    std::size_t suppressed = 0;
    std::size_t mandatory = 0;
    for (const auto& c : judged.result.cases)
        for (const auto& f : c.findings)
            if (!f.suppressed.empty())
                ++suppressed;
            else if (of.mandatory(f.case_id, f.rule))
                ++mandatory;
    if (doing != Doing::prune) tell_left_out(suppressed, mandatory);
    if (const auto n = elsewhere(changed.entries, judged); n > 0)
        std::cout << report::count_words(n, "entry", "entries")
                  << " of cases that were not given: kept\n";
    std::cout << std::flush;
    return std::cout ? kFine : kNotDone;
}

}  // namespace

std::optional<track::Entries> known_before(Workspace& w, Doing doing, const BaselineOptions& o,
                                           const Common& common, std::size_t most) {
    std::error_code ec;
    const bool there = std::filesystem::exists(o.file, ec);
    if (doing == Doing::write && !there) return track::Entries{};
    auto known = track::read_baseline(w.sources(), o.file, w.diagnostics(), most);
    if (known) return known;
    w.print_problems(common.style(2));
    if (doing != Doing::write && !there)
        std::cerr << "antinomy: `antinomy baseline write` makes a new one\n";
    return std::nullopt;
}

int write_baseline(const BaselineOptions& o, const track::Changed& changed) {
    if (const auto problem = text::write_whole(o.file, track::baseline_text(changed.entries)))
        return refused("`" + o.file + "` is as it was: " + problem->why, problem->help);
    std::cout << report::sanitize(o.file) << ": " << sum(changed) << '\n';
    return kFine;
}

void tell_left_out(std::size_t suppressed, std::size_t mandatory) {
    if (suppressed > 0)
        std::cout << report::count_words(suppressed, "finding") << " left out: suppressed\n";
    if (mandatory > 0)
        std::cout << report::count_words(mandatory, "finding")
                  << " left out: of rules that nothing silences\n";
}

Run add_baseline(CLI::App& app, const Common& common) {
    auto o = std::make_shared<BaselineOptions>();
    auto* sub = app.add_subcommand(
        "baseline", "A file of the findings that are known, so that `check` counts only others");
    sub->require_subcommand(1);
    std::vector<std::pair<CLI::App*, Doing>> commands;
    for (const auto& [name, doing, what] :
         {std::tuple{"write", Doing::write, "write all findings of these cases to a file"},
          std::tuple{"update", Doing::update, "add the findings that are new; take nothing out"},
          std::tuple{"prune", Doing::prune, "take out the findings that are gone; add nothing"}}) {
        auto* command = sub->add_subcommand(name, what);
        command->add_option("FILE", o->file, "the baseline")->required();
        command->add_option("PATH", o->paths, "case files (with --map: data), or folders of them")
            ->required();
        command->add_option("--map", o->map, "of data in their own form, as this map says");
        command->add_option("--threads", o->threads,
                            "with --map: threads that check; as many as there are processors if "
                            "not said");
        command->add_flag("--variants", o->variants, "the variants of cases too");
        add_today(*command, o->today);
        add_config(*command, o->config);
        commands.emplace_back(command, doing);
    }
    return [o, commands, &common]() -> int {
        for (const auto& [command, doing] : commands)
            if (command->parsed()) return run(doing, *o, common);
        return -1;
    };
}

}  // namespace antinomy::cli
