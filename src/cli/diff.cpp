// antinomy diff OLD NEW: two checks compared. Each is a report of `check --format json`, or case
// files or a folder of them, which are checked now, by the same rules.

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/judge.hpp"
#include "cli/today.hpp"
#include "cli/workspace.hpp"
#include "track/diff_report.hpp"

namespace antinomy::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargest = 1u << 30;  // bytes of a report

struct DiffOptions {
    std::vector<std::string> sides;
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

std::optional<track::Checked> from_report(const std::string& path) {
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
        else if (auto out = track::checked_from_json(bytes.str(), path, why))
            return out;
    }
    std::cerr << "antinomy: `" << report::sanitize(path) << "` cannot be compared: " << why
              << "\n  help: give what `antinomy check --format json` wrote, or case files\n";
    return std::nullopt;
}

std::optional<track::Checked> from_cases(const std::string& path, const DiffOptions& o, bool whole,
                                         std::optional<time::Day> today, const Common& common) {
    Workspace w;
    w.let_rules_sleep();
    if (!w.configure(o.config, {path})) {
        w.print_problems(common.style(2));
        return std::nullopt;
    }
    w.add({path});
    w.load(o.variants);
    Judging judging;
    judging.variants = o.variants;
    judging.resolve = judging.infer = false;
    judging.today = today;
    check_asked(w, judging);
    const auto judged = judge(w, judging);
    const bool errors = w.print_problems(common.style(2));
    // Nothing could be judged: there is nothing to compare with.
    if (judged.cases.empty()) return std::nullopt;
    auto out = track::checked_of(judged.result, path, !errors);
    if (!whole) return out;
    out.whole = true;
    for (const auto* c : judged.cases)
        out.statements[c->file.id] = track::statements_of(c->packs->vocabulary(), c->file);
    return out;
}

int run(const DiffOptions& o, const Common& common) {
    std::string no_day;
    const auto today = day_of_run(o.today, no_day);
    if (!today) return refused_day(no_day);
    // Beside a report, of which only what its findings name is known, no more of cases is compared.
    const bool whole = !is_report(o.sides[0]) && !is_report(o.sides[1]);
    std::vector<track::Checked> sides;
    for (const auto& path : o.sides) {
        auto side = is_report(path) ? from_report(path) : from_cases(path, o, whole, today, common);
        if (!side) return kNotDone;
        sides.push_back(std::move(*side));
    }
    const auto diff = track::compare(sides[0], sides[1]);
    if (o.format == "json")
        track::print_diff_json(std::cout, diff);
    else
        track::print_diff(std::cout, diff, common.style(1));
    std::cout << std::flush;
    if (!std::cout) {
        std::cerr << "antinomy: the comparison could not be written whole\n";
        return kNotDone;
    }
    if (!sides[0].complete || !sides[1].complete) return kNotDone;
    return diff.any() ? kFound : kFine;
}

}  // namespace

Run add_diff(CLI::App& app, const Common& common) {
    auto o = std::make_shared<DiffOptions>();
    auto* sub = app.add_subcommand(
        "diff", "What a check finds that an earlier one did not, what is gone, and why");
    sub->add_option("OLD NEW", o->sides,
                    "each a report of `check --format json` (a file .json), or a case file or a "
                    "folder of them, which is checked")
        ->required()
        ->expected(2);
    sub->add_option("--format", o->format, "text or json")->check(one_of({"text", "json"}));
    sub->add_flag("--variants", o->variants, "the variants of cases too");
    add_today(*sub, o->today);
    add_config(*sub, o->config);
    return [o, sub, &common]() -> int { return sub->parsed() ? run(*o, common) : -1; };
}

}  // namespace antinomy::cli
