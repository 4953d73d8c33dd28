#include "data/run.hpp"

#include <algorithm>
#include <deque>
#include <stdexcept>
#include <thread>

#include "data/checker.hpp"
#include "data/line.hpp"
#include "data/sketcher.hpp"

namespace antinomy::data {

namespace {

// Records that go to a thread together: enough to make the hand-over cheap, few enough that large
// records do not heap up.
constexpr std::size_t kRecordsTogether = 64;
constexpr std::size_t kBytesTogether = 1u << 20;

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
          records_(map, paths),
          met_(map.paths.size(), 0) {
        options_.check.rules = rules_of_records(packs, options.check.rules, totals_.among);
        options_.check.groups = &none_;
        auto plan = std::make_unique<SketchPlan>(map, packs, options_.check);
        totals_.why_no_look = options_.screen ? plan->why_not() : "not wanted";
        if (totals_.why_no_look.empty()) sketches_ = std::move(plan);
    }

    Totals run() {
        if (options_.sample > 0) draw();
        if (options_.threads <= 1)
            alone();
        else
            together();
        totals_.files = records_.files();
        totals_.files_left_out = records_.files_left_out();
        for (std::size_t i = 0; i < met_.size(); ++i)
            if (met_[i] == 0) totals_.unmet.push_back(i);
        if (totals_.read != totals_.checked + totals_.not_checked + totals_.left_out)
            throw std::logic_error("records were lost in between");
        return std::move(totals_);
    }

private:
    // Any `sample` of the records, each set of so many as likely as the others (Vitter's
    // algorithm R), then in their order.
    void draw() {
        Numbers numbers(options_.seed);
        std::vector<std::pair<std::uint64_t, Found>> drawn;
        Found found;
        std::uint64_t n = 0;
        while (records_.next(found, diagnostics_)) {
            if (drawn.size() < options_.sample) {
                drawn.emplace_back(n, std::move(found));
            } else if (const auto at = numbers.below(n + 1); at < options_.sample) {
                drawn[at] = {n, std::move(found)};
            }
            ++n;
            found = {};
        }
        std::sort(drawn.begin(), drawn.end(),
                  [](const auto& a, const auto& b) { return a.first < b.first; });
        for (auto& [index, record] : drawn) drawn_.push_back(std::move(record));
        totals_.left_out = n - drawn_.size();
        totals_.read = totals_.left_out;
    }

    bool next(Found& found) {
        if (options_.sample == 0) return records_.next(found, diagnostics_);
        if (drawn_.empty()) return false;
        found = std::move(drawn_.front());
        drawn_.pop_front();
        return true;
    }

    std::unique_ptr<Batch> read() {
        auto batch = std::make_unique<Batch>();
        while (batch->records.size() < kRecordsTogether && batch->bytes < kBytesTogether) {
            Found found;
            if (!next(found)) break;
            batch->bytes += found.raw.bytes.size();
            batch->records.push_back(std::move(found));
        }
        return batch->records.empty() ? nullptr : std::move(batch);
    }

    void tell(const Batch& batch) {
        for (const auto& told : batch.told) options_.write(told);
        totals_.add(batch.totals);
        for (std::size_t i = 0; i < met_.size(); ++i) met_[i] |= batch.met[i];
        if (options_.progress) options_.progress(totals_.read, records_.done());
    }

    void alone() {
        Checker checker(map_, packs_, sources_, options_, sketches_.get());
        while (const auto batch = read()) {
            checker.check(*batch);
            tell(*batch);
        }
    }

    void together() {
        Line<Batch> line(std::size_t{options_.threads} * 4);
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
            for (unsigned i = 0; i < options_.threads; ++i)
                threads.emplace_back([&] {
                    Checker checker(map_, packs_, sources_, options_, sketches_.get());
                    line.work([&](Batch& b) { checker.check(b); });
                });
            while (auto batch = read())
                while (!line.put(batch)) tell(*line.take());
            while (const auto batch = line.take()) tell(*batch);
        }
    }

    const Map& map_;
    const rule::Packs& packs_;
    const text::SourceMap& sources_;
    RunOptions options_;
    std::unique_ptr<const SketchPlan> sketches_;
    text::Diagnostics& diagnostics_;
    Records records_;
    check::Groups none_;
    std::deque<Found> drawn_;
    std::vector<char> met_;
    Totals totals_;
};

}  // namespace

std::vector<std::string> rules_of_records(const rule::Packs& packs,
                                          const std::vector<std::string>& asked,
                                          std::vector<std::string>& among) {
    std::vector<std::string> out;
    for (const auto& r : packs.rules()) {
        if (!asked.empty() && std::find(asked.begin(), asked.end(), r.id) == asked.end()) continue;
        (r.among ? among : out).push_back(r.id);
    }
    for (const auto& b : rule::builtin_rules())
        if (asked.empty() || std::find(asked.begin(), asked.end(), b) != asked.end())
            out.push_back(b);
    // An empty list would mean all rules.
    if (out.empty()) out.emplace_back("-");
    return out;
}

Totals run(const Map& map, const rule::Packs& packs, const text::SourceMap& sources,
           const std::vector<std::string>& paths, const RunOptions& options,
           text::Diagnostics& diagnostics) {
    return Run(map, packs, sources, paths, options, diagnostics).run();
}

}  // namespace antinomy::data
