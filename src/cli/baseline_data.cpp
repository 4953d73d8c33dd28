// antinomy baseline write | update | prune FILE --map MAP DATA...   the findings of a data set that
// are known
//
// Held are the findings that go into the file, each once, and no more than a baseline may have,
// whatever the data. Which order they come in makes no difference: the file is sorted.

#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <thread>

#include "cli/arguments.hpp"
#include "cli/baseline.hpp"
#include "cli/judge.hpp"
#include "cli/known_findings.hpp"
#include "cli/progress.hpp"
#include "data/convert.hpp"
#include "data/run.hpp"
#include "report/phrases.hpp"
#include "report/short.hpp"

namespace antinomy::cli {

namespace {

// What a baseline wants to know of the findings of one case.
struct FoundInCase {
    std::string id;
    std::vector<check::Finding> findings;
};

check::Finding brief(const check::Finding& f) {
    check::Finding out;
    out.rule = f.rule;
    out.case_id = f.case_id;
    out.at = f.at;
    out.fingerprint = f.fingerprint;
    out.verdict = f.verdict;
    out.message = f.message;
    out.suppressed = f.suppressed;
    return out;
}

class DataBaseline {
public:
    DataBaseline(Doing doing, const BaselineOptions& o, const Common& common)
        : doing_(doing), o_(o), common_(common) {}

    int run() {
        if (const int code = refused_options(); code != kFine) return code;
        const auto loaded = w_.load_map(o_.map);
        if (!loaded.good || w_.diagnostics().has_errors()) return as_it_was();
        if (const auto why = why_no_ids(loaded.map); !why.empty())
            return refused(why, std::string(kGiveIds));
        auto before = known_before(w_, doing_, o_, common_, track::kMostOfData);
        if (!before) return kNotDone;
        for (const auto& e : *before) {
            listed_.insert(e.fingerprint);
            cases_.insert(e.case_id);
        }
        of_ = run_of_data(*loaded.packs);
        if (doing_ == Doing::update) warn_of_mandatory(w_, *before, of_);

        data::RunOptions options;
        options.check.resolve = options.check.infer = false;
        options.brief = true;
        options.threads =
            o_.threads > 0 ? o_.threads : std::max(1u, std::thread::hardware_concurrency());
        // What is gone is told from what was not given by the ids of the records that are there.
        if (doing_ == Doing::prune)
            options.wanted = [this](const data::Outcome&, const text::Node& made) {
                const auto* block = made.find("case");
                const auto* id = block == nullptr ? nullptr : block->find("id");
                return id != nullptr && cases_.count(id->text) != 0;
            };
        options.tell = [](const data::Outcome& out) { return tell(out); };
        options.write = [this](const data::Told& told) { write(told); };
        if (progress_.wanted())
            options.progress = [this](const data::Progress& p) { progress_.show(p); };
        options.comparison =
            data::comparison(loaded.map, *loaded.packs, options.check.rules, w_.diagnostics());
        if (w_.diagnostics().has_errors()) return as_it_was();
        const auto totals =
            data::run(loaded.map, *loaded.packs, w_.sources(), o_.paths, options, w_.diagnostics());
        progress_.clear();
        if (totals.read == 0 && !w_.diagnostics().has_errors())
            return refused("no record in what was given",
                           "see whether the data are where they should be, and named as the map "
                           "says");
        const bool failed = w_.print_problems(common_.style(2));
        if (failed || totals.not_checked > 0) {
            if (totals.not_checked > 0)
                std::cerr << "antinomy: " << report::count_words(totals.not_checked, "record")
                          << " could not be checked\n";
            return tell_as_it_was();
        }
        if (too_many_)
            return refused_too_many(found_.size() == track::kMostOfData
                                        ? "more than " + std::to_string(track::kMostOfData)
                                        : "more than 64 MiB of");

        of_.judged = [&](const track::Entry& e) {
            const auto& left_out = totals.among;
            return (doing_ != Doing::prune || judged_.count(e.case_id) != 0) &&
                   std::find(left_out.begin(), left_out.end(), e.rule) == left_out.end();
        };
        check::Result result;
        auto& all = result.cases.emplace_back();
        for (auto& [fingerprint, found] : found_) all.findings.push_back(std::move(found.finding));
        auto changed = doing_ == Doing::write    ? track::written(*before, result, of_)
                       : doing_ == Doing::update ? track::updated(*before, result, of_)
                                                 : track::pruned(*before, result, of_);
        count_times(*before, changed);
        if (changed.entries.size() > track::kMostOfData)
            return refused_too_many(std::to_string(changed.entries.size()));
        if (track::baseline_text(changed.entries).size() > track::kMostBytesOfData)
            return refused_too_many("more than 64 MiB of");
        const int code = write_baseline(o_, changed);
        if (code != kFine) return code;
        if (doing_ != Doing::prune) tell_left_out(suppressed_, mandatory_);
        std::size_t elsewhere = 0;
        for (const auto& e : changed.entries) elsewhere += judged_.count(e.case_id) == 0 ? 1 : 0;
        if (doing_ == Doing::prune && elsewhere > 0)
            std::cout << report::count_words(elsewhere, "entry", "entries")
                      << " of records that were not given: kept\n";
        std::cout << std::flush;
        return std::cout ? kFine : kNotDone;
    }

private:
    struct Found {
        check::Finding finding;
        std::uint64_t times = 0;
    };

    [[nodiscard]] int refused_options() const {
        for (const auto& [given, name] :
             {std::pair{o_.variants, "--variants"}, std::pair{!o_.today.empty(), "--today"},
              std::pair{!o_.config.file.empty(), "--config"}})
            if (given)
                return refused(
                    "`" + std::string(name) + "` is for case files, and `--map` for data",
                    "leave one of them out");
        if (o_.file == "-")
            return refused("a baseline is a file, and `-` is standard input", "name a file");
        if (o_.map == "-" && std::find(o_.paths.begin(), o_.paths.end(), "-") != o_.paths.end())
            return refused("the map and the data cannot both be standard input",
                           "give one of them as a file");
        return kFine;
    }

    int as_it_was() {
        w_.print_problems(common_.style(2));
        return tell_as_it_was();
    }
    static int tell_as_it_was() {
        std::cerr << "antinomy: the baseline is as it was: not everything could be checked\n";
        return kNotDone;
    }
    [[nodiscard]] int refused_too_many(const std::string& n) const {
        return refused("`" + o_.file + "` is as it was: the data have " + n +
                           " findings, and a baseline of a data set no more than " +
                           std::to_string(track::kMostOfData),
                       std::string(track::kTooMany));
    }

    // Any thread.
    static data::Told tell(const data::Outcome& out) {
        data::Told told;
        for (const auto& d : out.problems.items())
            told.problems += report::short_line(d, out.sources) + '\n';
        if (out.result == nullptr) return told;
        auto found = std::make_shared<FoundInCase>();
        found->id = out.result->id;
        for (const auto& f : out.result->findings) found->findings.push_back(brief(f));
        told.more = std::move(found);
        return told;
    }

    void write(const data::Told& told) {
        if (!told.problems.empty()) {
            progress_.clear();
            std::cerr << told.problems;
        }
        const auto in_case = std::static_pointer_cast<const FoundInCase>(told.more);
        if (in_case == nullptr) return;
        if (cases_.count(in_case->id) != 0) judged_.insert(in_case->id);
        for (const auto& f : in_case->findings) {
            if (!f.suppressed.empty())
                ++suppressed_;
            else if (of_.mandatory(f.case_id, f.rule))
                ++mandatory_;
            // What only says that an entry is not gone is held of these alone.
            const bool taken = f.suppressed.empty() && !of_.mandatory(f.case_id, f.rule);
            if ((!taken || doing_ == Doing::prune) && listed_.count(f.fingerprint) == 0) continue;
            auto it = found_.find(f.fingerprint);
            if (it == found_.end()) {
                bytes_ += f.message.size();
                if (found_.size() == track::kMostOfData || bytes_ > track::kMostBytesOfData) {
                    too_many_ = true;
                    continue;
                }
                it = found_.emplace(f.fingerprint, Found{f, 0}).first;
            }
            auto& one = it->second;
            one.times += taken ? 1 : 0;
            // The strongest, and one that the baseline takes.
            const bool was_taken = one.finding.suppressed.empty();
            if (taken && (!was_taken || f.verdict < one.finding.verdict)) one.finding = f;
        }
    }

    // In how many records of one id each was found.
    void count_times(const track::Entries& before, track::Changed& changed) const {
        std::map<std::string, std::uint64_t> known;
        for (const auto& e : before) known[e.fingerprint] = std::max(known[e.fingerprint], e.times);
        for (auto& e : changed.entries) {
            const auto it = found_.find(e.fingerprint);
            if (it == found_.end()) continue;
            const auto old = known.find(e.fingerprint);
            const auto now = std::max<std::uint64_t>(it->second.times, 1);
            if (old == known.end() || doing_ == Doing::write)
                e.times = now;
            else
                e.times = doing_ == Doing::update ? std::max(old->second, now)
                                                  : std::min(old->second, now);
            if (old != known.end() && e.times != old->second) ++changed.oftener;
        }
    }

    const Doing doing_;
    const BaselineOptions& o_;
    const Common& common_;
    Workspace w_;
    ProgressLine progress_;
    track::Run of_;
    std::set<std::string> listed_;        // fingerprints of the entries there were
    std::set<std::string> cases_;         // and their cases,
    std::set<std::string> judged_;        // of which these were given
    std::map<std::string, Found> found_;  // by fingerprint
    std::size_t bytes_ = 0;               // of their sentences
    bool too_many_ = false;
    std::size_t suppressed_ = 0;
    std::size_t mandatory_ = 0;
};

}  // namespace

int baseline_of_data(Doing doing, const BaselineOptions& o, const Common& common) {
    return DataBaseline(doing, o, common).run();
}

}  // namespace antinomy::cli
