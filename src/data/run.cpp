#include "data/run.hpp"

#include <algorithm>
#include <deque>
#include <functional>
#include <optional>
#include <stdexcept>
#include <thread>
#include <type_traits>

#include "data/checker.hpp"
#include "data/gather.hpp"
#include "data/line.hpp"
#include "data/sketcher.hpp"

namespace antinomy::data {

namespace {

// Records that go to a thread together: enough to make the hand-over cheap, few enough that large
// records do not heap up.
constexpr std::size_t kRecordsTogether = 64;
constexpr std::size_t kBytesTogether = 1u << 20;
constexpr std::size_t kLinesTogether = 128u << 10;  // bytes

// A sequence of numbers that is the same everywhere (splitmix64, Steele, Lea and Flood 2014).
class Numbers {
public:
    explicit Numbers(std::uint64_t seed) : state_(seed) {}
    // Below the bound, evenly enough: the bias is under bound / 2^64.
    std::uint64_t below(std::uint64_t bound) {
        state_ += 0x9E3779B97F4A7C15u;
        auto z = state_;
        z = (z ^ (z >> 30u)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27u)) * 0x94D049BB133111EBu;
        return (z ^ (z >> 31u)) % bound;
    }

private:
    std::uint64_t state_;
};

// The rules asked for (none: all), but those left out.
std::vector<std::string> rules_but(const rule::Packs& packs, const std::vector<std::string>& asked,
                                   const std::vector<std::string>& left_out) {
    const auto in = [](const std::vector<std::string>& list, const std::string& id) {
        return std::find(list.begin(), list.end(), id) != list.end();
    };
    std::vector<std::string> out;
    for (const auto& r : packs.rules())
        if ((asked.empty() || in(asked, r.id)) && !in(left_out, r.id)) out.push_back(r.id);
    for (const auto& b : rule::builtin_rules())
        if (asked.empty() || in(asked, b)) out.push_back(b);
    // An empty list would mean all rules.
    if (out.empty()) out.emplace_back("-");
    return out;
}

class Run {
public:
    Run(const Map& map, const rule::Packs& packs, const text::SourceMap& sources,
        const std::vector<std::string>& paths, const RunOptions& options,
        text::Diagnostics& diagnostics)
        : map_(map),
          packs_(packs),
          sources_(sources),
          options_(options),
          diagnostics_(diagnostics),
          paths_(paths),
          met_(map.paths.size(), 0) {
        totals_.among = options.comparison.left_out;
        options_.check.rules = rules_but(packs, options.check.rules, totals_.among);
        options_.check.groups = &none_;
        if (options_.gaps > 0) gaps_.emplace(packs, options_.gaps);
        auto plan = std::make_unique<SketchPlan>(map, packs, options_.check);
        totals_.why_no_look = options_.screen && !options_.wanted ? plan->why_not() : "not wanted";
        if (totals_.why_no_look.empty()) sketches_ = std::move(plan);
    }

    Totals run() {
        if (options_.progress) {
            progress_.readings = options_.comparison.rules.empty() ? 1 : 2;
            progress_.size = stored_bytes(map_.parts, paths_);
        }
        try {
            if (!options_.comparison.rules.empty()) gather();
            check();
        } catch (const SpillError& e) {
            diagnostics_.add({text::Level::error,
                              "no-temporary-file",
                              {},
                              "data",
                              e.what(),
                              map_.per == Per::key
                                  ? "set TMPDIR to a folder with more room: records wait there "
                                    "for others of their case"
                                  : "set TMPDIR to a folder with more room, or leave out the rules "
                                    "that compare records, with `--rules`",
                              {}});
            // Those that wait for others, and were not told yet.
            if (by_key_) {
                const auto lost = by_key_->count() - told_of_them_;
                totals_.read += lost;
                totals_.not_checked += lost;
            }
        }
        totals_.files = records_->files();
        totals_.files_left_out = records_->files_left_out();
        totals_.part_files = records_->part_files();
        for (std::size_t i = 0; i < met_.size(); ++i)
            if (met_[i] == 0) totals_.unmet.push_back(i);
        // Rules of fact are judged whoever asked for what, for what they say of the others.
        const auto& asked = options_.check.rules;
        for (auto it = totals_.rules.begin(); it != totals_.rules.end();)
            it = std::find(asked.begin(), asked.end(), it->first) == asked.end()
                     ? totals_.rules.erase(it)
                     : std::next(it);
        if (totals_.read != totals_.checked + totals_.not_checked + totals_.left_out)
            throw std::logic_error("records were lost in between");
        return std::move(totals_);
    }

private:
    using Work = void (Checker::*)(Batch&);
    using Done = void (Run::*)(Batch&);

    // The first reading: of what is wrong nothing is told yet.
    void gather() {
        reread_ = std::make_unique<Reread>();
        amounts_ = std::make_unique<Amounts>(options_.comparison.rules, options_.spill);
        text::Diagnostics unheard;
        records_ = std::make_unique<Records>(map_, paths_, reread_.get());
        if (map_.per == Per::record)
            pass(records(unheard), &Checker::gather, &Run::add);
        else
            together(&Checker::gather_keys, &Run::keep, &Checker::gather_cases, &Run::add, unheard);
        groups_ = amounts_->totals();
        amounts_.reset();
        progress_.reading = 2;
        progress_.records = 0;
        options_.check.groups = groups_.get();
        reread_->again();
    }

    void check() {
        records_ = std::make_unique<Records>(map_, paths_, reread_.get());
        if (map_.per != Per::record) {
            together(&Checker::find_keys, &Run::tell, &Checker::check_cases, &Run::tell,
                     diagnostics_);
        } else if (options_.sample > 0) {
            const auto next = [this](Found& f) { return records_->next(f, diagnostics_); };
            pass(drawn<Found>(next, &Batch::records), &Checker::check, &Run::tell);
        } else {
            pass(records(diagnostics_), &Checker::check, &Run::tell);
        }
    }

    // Cases of several records: those of a file, or of one key.
    void together(Work keys, Done keyed, Work work, Done done, text::Diagnostics& diagnostics) {
        const bool sampled = options_.sample > 0 && work == &Checker::check_cases;
        if (map_.per == Per::key) {
            by_key_ = std::make_unique<ByKey>();
            sorted_ = false;
            pass(records(diagnostics), keys, keyed);
            sorted_ = true;
        }
        ByFile by_file(*records_);
        const auto next = [&](Gathered& g) {
            return map_.per == Per::file ? by_file.next(g, diagnostics) : by_key_->next(g);
        };
        if (sampled)
            pass(drawn<Gathered>(next, &Batch::cases), work, done);
        else
            pass([&] { return read<Gathered>(next, &Batch::cases); }, work, done);
        by_key_.reset();
    }

    void show(std::size_t more) {
        if (!options_.progress) return;
        progress_.records += more;
        progress_.bytes = records_->done();
        options_.progress(progress_);
    }

    // What gives one batch after the other; null: there is no more.
    using Source = std::function<std::unique_ptr<Batch>()>;

    static std::size_t bytes(const Found& f) {
        return f.raw.lines > 0 ? f.raw.ends.back() : f.raw.bytes.size();
    }
    static std::size_t bytes(const Gathered& g) { return g.bytes; }
    static std::uint64_t count(const Found& f) { return std::max<std::uint64_t>(f.raw.lines, 1); }
    static std::uint64_t count(const Gathered& g) { return g.count; }

    // Room for lines is used again: else most of it would be taken anew for every batch.
    void reuse(Found& found) {
        if (room_.empty()) return;
        found.raw = std::move(room_.back());
        room_.pop_back();
    }
    void done_with(Batch& batch) {
        for (auto& found : batch.records)
            if (found.raw.lines > 0) room_.push_back(std::move(found.raw));
    }

    template <class One, class Next>
    std::unique_ptr<Batch> read(const Next& next, std::vector<One> Batch::*to) {
        auto batch = std::make_unique<Batch>();
        auto& list = (*batch).*to;
        while (batch->count < kRecordsTogether && batch->bytes < kBytesTogether) {
            One one;
            if constexpr (std::is_same_v<One, Found>) reuse(one);
            if (!next(one)) break;
            batch->bytes += bytes(one);
            batch->count += count(one);
            list.push_back(std::move(one));
        }
        return list.empty() ? nullptr : std::move(batch);
    }
    Source records(text::Diagnostics& diagnostics) {
        return [this, &diagnostics] {
            const auto next = [&](Found& f) {
                return records_->next_lines(f, kLinesTogether, diagnostics);
            };
            return read<Found>(next, &Batch::records);
        };
    }

    // Any `sample` of them, each set of so many as likely as the others (Vitter's algorithm R),
    // then in their order.
    template <class One, class Next>
    Source drawn(const Next& next, std::vector<One> Batch::*to) {
        Numbers numbers(options_.seed);
        std::vector<std::pair<std::uint64_t, One>> drawn;
        One one;
        std::uint64_t n = 0;
        std::uint64_t records = 0;
        while (next(one)) {
            const auto more = count(one);
            records += more;
            if (drawn.size() < options_.sample) {
                drawn.emplace_back(n, std::move(one));
            } else if (const auto at = numbers.below(n + 1); at < options_.sample) {
                drawn[at] = {n, std::move(one)};
            }
            ++n;
            one = {};
            show(more);
        }
        std::sort(drawn.begin(), drawn.end(),
                  [](const auto& a, const auto& b) { return a.first < b.first; });
        const auto kept = std::make_shared<std::deque<One>>();
        for (auto& [index, record] : drawn) {
            records -= count(record);
            kept->push_back(std::move(record));
        }
        progress_.records = records;
        totals_.left_out += records;
        totals_.read += records;
        totals_.cases_left_out += n - kept->size();
        return [this, to, kept] {
            const auto from_kept = [&](One& out) {
                if (kept->empty()) return false;
                out = std::move(kept->front());
                kept->pop_front();
                return true;
            };
            return read<One>(from_kept, to);
        };
    }

    // All batches worked on by all threads, and done with in their order.
    void pass(const Source& source, Work work, Done done) {
        if (options_.threads <= 1)
            alone(source, work, done);
        else
            by_threads(source, work, done);
    }

    void tell(Batch& batch) {
        for (auto& told : batch.told) {
            auto& gaps = told.gaps;
            gaps.erase(std::remove_if(gaps.begin(), gaps.end(),
                                      [this](const auto& g) { return !gaps_->take(g.rule); }),
                       gaps.end());
            options_.write(told);
        }
        keep(batch);
        if (by_key_ && sorted_) told_of_them_ += batch.totals.read;
        totals_.add(batch.totals);
        for (std::size_t i = 0; i < met_.size(); ++i) met_[i] |= batch.met[i];
        show(batch.count);
    }

    // Records with their keys, until all are there.
    void keep(Batch& batch) {
        for (const auto& [key, found] : batch.keyed) by_key_->add(key, found);
    }

    void add(Batch& batch) {
        show(batch.count);
        for (const auto& x : batch.compared) amounts_->add(x.rule, x.alike, x.amount, x.sure);
    }

    [[nodiscard]] const GapList* gaps() const { return gaps_ ? &*gaps_ : nullptr; }

    void alone(const Source& source, Work work, Done done) {
        Checker checker(map_, packs_, sources_, options_, sketches_.get(), gaps());
        while (const auto batch = source()) {
            (checker.*work)(*batch);
            (this->*done)(*batch);
            done_with(*batch);
        }
    }

    void by_threads(const Source& source, Work work, Done done) {
        Line<Batch> line(std::size_t{options_.threads} * 2);
        std::vector<std::thread> threads;
        // Whatever happens here, the threads end before what they use does.
        struct Join {
            Line<Batch>& line;
            std::vector<std::thread>& threads;
            ~Join() {
                line.close();
                for (auto& t : threads) t.join();
            }
        };
        {
            const Join join{line, threads};
            // The thread that reads checks as well, instead of waiting: so there are no more of
            // them than were asked for.
            for (unsigned i = 1; i < options_.threads; ++i)
                threads.emplace_back([&] {
                    Checker checker(map_, packs_, sources_, options_, sketches_.get(), gaps());
                    line.work([&](Batch& b) { (checker.*work)(b); });
                });
            Checker checker(map_, packs_, sources_, options_, sketches_.get(), gaps());
            const auto check = [&](Batch& b) { (checker.*work)(b); };
            while (auto batch = source())
                while (!line.put(batch)) {
                    if (line.help(check)) continue;
                    const auto first = line.take();
                    (this->*done)(*first);
                    done_with(*first);
                }
            while (line.help(check)) {
            }
            while (const auto batch = line.take()) {
                (this->*done)(*batch);
                while (line.help(check)) {
                }
            }
        }
    }

    const Map& map_;
    const rule::Packs& packs_;
    const text::SourceMap& sources_;
    RunOptions options_;
    std::unique_ptr<const SketchPlan> sketches_;
    std::optional<GapList> gaps_;  // those that are told
    text::Diagnostics& diagnostics_;
    const std::vector<std::string>& paths_;
    std::unique_ptr<Reread> reread_;
    std::unique_ptr<Records> records_;
    std::unique_ptr<Amounts> amounts_;
    std::unique_ptr<const GroupTable> groups_;
    check::Groups none_;
    std::unique_ptr<ByKey> by_key_;  // while records wait for others of their case
    bool sorted_ = false;            // all are there
    std::uint64_t told_of_them_ = 0;
    Progress progress_;
    std::vector<Raw> room_;  // for lines
    std::vector<char> met_;
    Totals totals_;
};

}  // namespace

std::vector<std::string> rules_of_records(const rule::Packs& packs,
                                          const std::vector<std::string>& asked) {
    std::vector<std::string> others;
    for (const auto& r : packs.rules())
        if (r.among) others.push_back(r.id);
    return rules_but(packs, asked, others);
}

Totals run(const Map& map, const rule::Packs& packs, const text::SourceMap& sources,
           const std::vector<std::string>& paths, const RunOptions& options,
           text::Diagnostics& diagnostics) {
    return Run(map, packs, sources, paths, options, diagnostics).run();
}

}  // namespace antinomy::data
