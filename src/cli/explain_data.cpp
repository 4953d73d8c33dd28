// antinomy explain WHAT --map MAP [--record RECORD] DATA...: of a data set, a finding by its
// fingerprint, by its line of the report or its place; or what a rule said of one record.
//
// The data are read again from their beginning. For a fingerprint, records that a quick look finds
// in order are passed over; else only the record that is named is checked.

#include <algorithm>
#include <atomic>
#include <charconv>
#include <filesystem>
#include <iostream>
#include <optional>
#include <sstream>
#include <thread>

#include "cli/arguments.hpp"
#include "cli/explain.hpp"
#include "data/run.hpp"
#include "report/explain.hpp"
#include "report/phrases.hpp"
#include "report/rule_words.hpp"
#include "report/short.hpp"
#include "text/nearest.hpp"

namespace antinomy::cli {

namespace {

// A place as reports have it, and the rule where a whole line of one was given.
struct Spot {
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;  // 0: not said
    std::string rule;
    bool gap = false;  // the line tells of a gap
};

// Takes ":12" off the end.
std::optional<std::uint32_t> take_number(std::string& s) {
    const auto colon = s.rfind(':');
    if (colon == std::string::npos || colon == 0) return std::nullopt;
    std::uint32_t out = 0;
    const auto* const end = s.data() + s.size();
    const auto [at, failed] = std::from_chars(s.data() + colon + 1, end, out);
    if (failed != std::errc{} || at != end || out == 0) return std::nullopt;
    s.resize(colon);
    return out;
}

// "data.csv:3:1", "data.csv:3", "data.csv:3:1: error[in-order] ..."
std::optional<Spot> read_spot(std::string written) {
    Spot out;
    auto cut = std::string::npos;
    for (const char* word : {"error", "warning", "review", "info", "gap"}) {
        const auto mark = std::string(": ") + word + '[';
        const auto at = written.find(mark);
        if (at >= cut) continue;
        const auto begin = at + mark.size();
        const auto end = written.find(']', begin);
        if (end == std::string::npos) continue;
        cut = at;
        out.rule = written.substr(begin, end - begin);
        out.gap = word[0] == 'g';
    }
    if (cut != std::string::npos) written.resize(cut);
    const auto last = take_number(written);
    if (!last) return std::nullopt;
    out.line = *last;
    if (const auto before = take_number(written)) {
        out.line = *before;
        out.column = *last;
    }
    out.file = written;
    return out;
}

bool same_file(const std::string& a, const std::string& b) {
    namespace fs = std::filesystem;
    return a == b || fs::path(a).lexically_normal() == fs::path(b).lexically_normal();
}

// Does the line lie in a record of the case?
bool covers(const data::Outcome& out, const Spot& spot) {
    const auto in = [&](const text::Node& tree) {
        return out.sources.position(tree.span.file, tree.span.begin).line <= spot.line &&
               spot.line <= out.sources.position(tree.span.file, tree.span.end).line;
    };
    if (out.members == nullptr)
        return out.record != nullptr && same_file(out.file, spot.file) && in(*out.record);
    return std::any_of(out.members->begin(), out.members->end(), [&](const data::Member& m) {
        return same_file(m.file->path, spot.file) && in(*m.tree);
    });
}

bool has_id(const text::Node& made, const std::string& id) {
    const auto* block = made.find("case");
    const auto* node = block == nullptr ? nullptr : block->find("id");
    return node != nullptr && node->text == id;
}

class DataExplain {
public:
    DataExplain(const ExplainOptions& o, const Common& common)
        : o_(o), common_(common), style_(common.style(1)) {}

    int run() {
        if (const int code = refused_options(); code != kFine) return code;
        loaded_ = w_.load_map(o_.map);
        if (!loaded_.good || w_.diagnostics().has_errors()) return broken();
        const auto& packs = *loaded_.packs;
        auto what = o_.what;
        auto spot = read_spot(what);
        std::optional<Spot> record;
        if (!o_.record.empty()) record = read_spot(o_.record);
        // Of a gap a rule says what it asked for.
        if (spot && spot->gap) {
            what = spot->rule;
            record = spot;
        }
        const auto* rule = packs.find(what);
        if (rule == nullptr) rule = packs.find_off(what);
        const auto& builtin = rule::builtin_rules();
        const bool built_in = std::find(builtin.begin(), builtin.end(), what) != builtin.end();
        if (rule != nullptr || built_in) return of_rule(what, rule, record);
        if (spot) return at_place(*spot);
        if (is_fingerprint(what)) return by_fingerprint();
        w_.argument_error("explain",
                          "`" + what +
                              "` is no rule, no fingerprint (6 to 16 digits of 0-9a-f), and no "
                              "place of a report (FILE:LINE)",
                          text::did_you_mean(what, packs.ids()));
        return broken();
    }

private:
    int refused_options() {
        for (const auto& [given, name] :
             {std::pair{!o_.sources.empty(), "--sources"}, std::pair{!o_.today.empty(), "--today"},
              std::pair{!o_.config.file.empty(), "--config"}})
            if (given)
                return refused(
                    "`" + std::string(name) + "` is for case files, and `--map` for data",
                    "leave one of them out");
        return kFine;
    }
    int broken() {
        w_.print_problems(common_.style(2));
        return kNotDone;
    }

    // ---- what is asked for

    int of_rule(const std::string& what, const rule::Rule* rule,
                const std::optional<Spot>& record) {
        if (rule != nullptr) print_rule(*rule, style_);
        if (rule != nullptr && rule->overridden && !rule->overridden->severity) {
            std::cout << "  " << report::sanitize(report::overridden_words(*rule)) << '\n';
            return w_.print_problems(common_.style(2)) ? kNotDone : kFine;
        }
        if (o_.paths.empty()) return w_.print_problems(common_.style(2)) ? kNotDone : kFine;
        if (o_.record.empty() && !record)
            return refused("which record? a rule says something of each of them",
                           "name one: `--record ID`, by the id of its case, or `--record "
                           "FILE:LINE`, by its place");
        const auto id = loaded_.packs->canonical(what);
        data::RunOptions options;
        options.check.trace = id;
        options.check.resolve = rule == nullptr;  // what is built in is told as findings
        options.wanted = [&](const data::Outcome& out, const text::Node& made) {
            const bool yes = has_id(made, o_.record) || (record && covers(out, *record));
            if (yes) ++met_;
            return yes;
        };
        options.tell = [&](const data::Outcome& out) {
            data::Told told;
            std::ostringstream text;
            problems(text, out);
            told.problems = text.str();
            if (out.result == nullptr) return told;
            text.str("");
            heading(text, out);
            std::size_t n = 0;
            for (const auto& e : *out.explained)
                if (explained_at(e, o_.at)) {
                    print_explained(text, e, style_);
                    ++n;
                }
            if (rule == nullptr)
                for (const auto& f : out.result->findings)
                    if (f.rule == id) {
                        report::print_explanation(text, f, *out.result, out.sources, style_);
                        ++n;
                    }
            if (n == 0)
                text << "\nnothing in it that this rule speaks of"
                     << (o_.at.empty() ? "" : " at " + report::sanitize(o_.at)) << '\n';
            told.findings.push_back(text.str());
            return told;
        };
        const auto shown = go(options);
        if (shown == 0)
            return nothing(met_ == 0 ? no_record(o_.record.empty() ? o_.what : o_.record)
                                     : "the record cannot be checked");
        return done();
    }

    int at_place(const Spot& spot) {
        if (o_.paths.empty()) return no_data();
        data::RunOptions options;
        options.wanted = [&](const data::Outcome& out, const text::Node&) {
            const bool yes = covers(out, spot);
            if (yes) ++met_;
            return yes;
        };
        options.tell = [&](const data::Outcome& out) {
            return findings_told(out, [&](const check::Finding& f) {
                if (!spot.rule.empty() && f.rule != spot.rule) return false;
                // A place within the record, or that of a finding.
                if (spot.column == 0 || f.places.empty()) return true;
                const auto at = out.sources.position(f.places[0].span.file, f.places[0].span.begin);
                return at.line == spot.line && at.column == spot.column;
            });
        };
        const auto shown = go(options);
        if (shown == 0)
            return nothing(met_ == 0 ? no_record(spot.file + ":" + std::to_string(spot.line))
                                     : "nothing is found there; why, says `antinomy explain RULE "
                                       "--record " +
                                           spot.file + ":" + std::to_string(spot.line) +
                                           "` with the same map and data");
        return done();
    }

    int by_fingerprint() {
        if (o_.paths.empty()) return no_data();
        const auto fits = [this](const check::Finding& f) {
            return f.fingerprint.rfind(o_.what, 0) == 0;
        };
        data::RunOptions options;
        options.check.resolve = false;
        options.brief = true;
        options.closer = [&](const check::Checked& checked) {
            const auto& list = checked.result.findings;
            return std::any_of(list.begin(), list.end(), fits);
        };
        options.tell = [&](const data::Outcome& out) { return findings_told(out, fits); };
        if (go(options) == 0)
            return nothing("no finding with the fingerprint `" + o_.what +
                           "` in what was given; reports have them as text and as JSON");
        return done();
    }

    // ---- told

    template <class Fits>
    data::Told findings_told(const data::Outcome& out, const Fits& fits) {
        data::Told told;
        if (out.result == nullptr) return told;
        std::ostringstream text;
        for (const auto* f : report::in_order(*out.result)) {
            if (!fits(*f)) continue;
            if (text.str().empty()) {
                heading(text, out);
                text << '\n';
            }
            report::print_explanation(text, *f, *out.result, out.sources, style_);
        }
        if (!text.str().empty()) told.findings.push_back(text.str());
        return told;
    }
    static void problems(std::ostream& to, const data::Outcome& out) {
        if (out.result == nullptr) return;
        for (const auto& d : out.problems.items()) to << report::short_line(d, out.sources) << '\n';
    }
    static void heading(std::ostream& to, const data::Outcome& out) {
        to << "\n== " << report::sanitize(out.result->id) << " (" << report::sanitize(out.file);
        if (out.members != nullptr && out.members->size() > 1)
            to << " and others: " << report::count_words(out.members->size(), "record");
        else
            to << ", record " << out.number;
        to << ")\n";
    }

    // Reads the data; how many were told.
    std::size_t go(data::RunOptions& options) {
        options.check.infer = false;
        options.threads = std::max(1u, std::thread::hardware_concurrency());
        options.comparison =
            data::comparison(loaded_.map, *loaded_.packs, options.check.rules, w_.diagnostics());
        std::size_t shown = 0;
        options.write = [&](const data::Told& told) {
            std::cerr << told.problems;
            for (const auto& f : told.findings) std::cout << f;
            shown += told.findings.size();
        };
        totals_ = data::run(loaded_.map, *loaded_.packs, w_.sources(), o_.paths, options,
                            w_.diagnostics());
        return shown;
    }

    static int no_data() {
        return refused("no data to look at", "give them after the map, as for `check --map`");
    }
    static std::string no_record(const std::string& named) {
        return "no record `" + named + "` in what was given";
    }
    int nothing(const std::string& why) {
        w_.print_problems(common_.style(2));
        std::cerr << "antinomy: " << report::sanitize(why) << '\n';
        if (totals_.not_checked > 0)
            std::cerr << "  " << report::count_words(totals_.not_checked, "record")
                      << " cannot be checked; `antinomy check --map` says why\n";
        std::cerr << "  help: give the map and the data of the report\n";
        return kNotDone;
    }
    int done() {
        std::cout << std::flush;
        const bool errors = w_.print_problems(common_.style(2));
        return errors || !std::cout ? kNotDone : kFine;
    }

    const ExplainOptions& o_;
    const Common& common_;
    report::Style style_;
    Workspace w_;
    LoadedMap loaded_;
    data::Totals totals_;
    std::atomic<std::size_t> met_{0};  // records that were asked for
};

}  // namespace

int explain_data(const ExplainOptions& options, const Common& common) {
    return DataExplain(options, common).run();
}

}  // namespace antinomy::cli
