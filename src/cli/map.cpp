// antinomy map suggest FILE   a map for a data file, drafted from its records

#include <filesystem>
#include <iostream>
#include <memory>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/workspace.hpp"
#include "data/suggest.hpp"
#include "report/diagnostics.hpp"
#include "report/layout.hpp"
#include "report/phrases.hpp"

namespace antinomy::cli {

namespace fs = std::filesystem;

namespace {

struct SuggestOptions {
    std::string file;
    std::string pack;
    std::uint64_t sample = 10'000;
    std::string id;
};

// The vocabulary of a pack: alone if it can stand alone, else with the shipped ones beside it.
const model::Vocabulary* vocabulary_of(const std::string& pack, Workspace& alone, Workspace& beside,
                                       bool& shipped) {
    const auto* packs = &alone.packs_together({pack}, false);
    shipped = alone.diagnostics().has_errors() || packs->vocabulary().types().empty();
    if (shipped) packs = &beside.packs_together({pack});
    return &packs->vocabulary();
}

void sum(const SuggestOptions& o, const data::Suggestion& s, const report::Style& style) {
    const auto line = [&](const std::string& text) {
        report::print_wrapped(std::cerr, "", report::Tone::plain, text, 2, style,
                              report::Tone::plain);
    };
    line(o.file + ": " + s.form + ", " + report::count_words(s.records, "record") + " read" +
         (s.whole ? "" : ", and there are more (--sample)") +
         (s.broken > 0 ? ", " + std::to_string(s.broken) + " of them not readable" : "") + "; " +
         report::count_words(s.paths, "path") + " in the map");
    if (s.open.empty()) {
        line("nothing was left open");
    } else {
        line(report::count_words(s.open.size(), "thing") + " could not be told:");
        constexpr std::size_t kTold = 20;
        for (std::size_t i = 0; i < s.open.size() && i < kTold; ++i) line("- " + s.open[i]);
        if (s.open.size() > kTold)
            line("- and " + std::to_string(s.open.size() - kTold) +
                 " more, marked with `# ?` in "
                 "the map");
    }
    if (!s.loads) line("no path goes into a field of that pack, so the map does not load yet");
}

int suggest(const SuggestOptions& o, const Common& common) {
    if (!o.id.empty() && !model::good_id(o.id))
        return refused("`" + o.id + "` is no id", model::kNameHelp);
    if (o.pack == "-") return refused("`--pack` needs a file", "give the path of a rule pack");
    const auto style = common.style(2);
    std::unique_ptr<Workspace> alone;
    std::unique_ptr<Workspace> beside;
    data::SuggestWish wish;
    if (!o.pack.empty()) {
        alone = std::make_unique<Workspace>();
        beside = std::make_unique<Workspace>();
        wish.vocabulary = vocabulary_of(o.pack, *alone, *beside, wish.shipped);
        if (wish.shipped && beside->print_problems(style)) return kNotDone;
    }
    // A map names packs relative to itself; it is likely to be saved here.
    if (!o.pack.empty()) {
        std::error_code ec;
        wish.pack = fs::proximate(o.pack, fs::current_path(ec), ec).generic_string();
        wish.pack_outside = ec || wish.pack.rfind("..", 0) == 0;
    }
    wish.path = o.file;
    wish.sample = o.sample;
    wish.id = o.id;
    text::Diagnostics problems;
    const auto made = data::suggest(wish, problems);
    const text::SourceMap none;
    if (made) std::cout << made->map << std::flush;
    report::print_diagnostics(std::cerr, problems, none, style);
    if (!made) return kNotDone;
    sum(o, *made, style);
    if (!std::cout) {
        std::cerr << "antinomy: the map could not be written whole\n";
        return kNotDone;
    }
    return problems.has_errors() || !made->loads ? kNotDone : kFine;
}

}  // namespace

Run add_map(CLI::App& app, const Common& common) {
    auto o = std::make_shared<SuggestOptions>();
    auto* sub = app.add_subcommand("map", "Maps of data sets");
    sub->require_subcommand(1);
    auto* one = sub->add_subcommand(
        "suggest", "Draft a map, and a vocabulary, from the records of a data file");
    one->add_option("FILE", o->file, "JSON, JSON Lines, CSV, TSV or YAML, plain or packed; or -")
        ->required();
    one->add_option("--pack", o->pack, "a rule pack whose vocabulary the paths go into");
    one->add_option("--sample", o->sample, "read the first N records, 0: all (10000)")
        ->type_name("N");
    one->add_option("--id", o->id, "the map's name (from the file's, if not said)");
    return [o, sub, &common]() -> int { return sub->parsed() ? suggest(*o, common) : -1; };
}

}  // namespace antinomy::cli
