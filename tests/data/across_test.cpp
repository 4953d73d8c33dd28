// A whole run with rules that compare records, with room for few amounts and for all: the same is
// told, by any number of threads.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "data/run.hpp"
#include "helpers.hpp"
#include "model/load.hpp"

namespace antinomy::data {
namespace {

const char* const kPack = R"(pack: {id: p, title: Test}
vocabulary:
  row: {plural: rows, title: number, fields: {number: text, court: text, term: duration, costs: number}}
rules:
  - id: term
    title: far from the median
    kind: law
    severity: error
    about: record
    reaches: record
    for: {r: row}
    among: {name: peers, alike: [r.court], value: r.term, at_least: 3}
    require: r.term at most 2 times median(peers)
    message: "{r.term}; {median(peers)} of {count(peers)}; {sum(peers)}"
    basis: [{cite: none}]
    tests: []
  - id: costs
    title: the greatest
    kind: law
    severity: error
    about: record
    reaches: record
    for: {r: row}
    among: {name: peers, alike: [r.court], value: r.costs, at_least: 2}
    require: r.costs less than max(peers)
    message: "{r.costs}; from {min(peers)} to {max(peers)}; {sum(peers)}"
    basis: [{cite: none}]
    tests: []
)";
const char* const kMap = R"(map: {id: m, reads: jsonl, shipped: no}
case: {id: $.id}
rows: {row: {number: $.id, court: $.court, term: {path: $.term, unit: months}, costs: $.costs}}
)";

std::string data() {
    std::mt19937 draw(3);
    std::string out;
    for (int i = 0; i < 3'000; ++i)
        out += "{\"id\": \"r" + std::to_string(i) + "\", \"court\": \"c" +
               std::to_string(draw() % (draw() % 4 == 0 ? 2 : 500)) +
               "\", \"term\": " + std::to_string(draw() % 40 + 1) +
               ", \"costs\": " + std::to_string(draw() % 1'000) + "." +
               std::to_string(draw() % 100) + "}\n";
    return out;
}

class DataSet {
public:
    DataSet() : pack_(kPack), map_file_(kMap), data_(data()), loader_(sources_, diagnostics_) {
        if (const auto* root = loader_.document(pack_.path(), {}))
            packs_.add(pack_.path(), root, diagnostics_);
        packs_.finish(diagnostics_);
        const auto* root = loader_.document(map_file_.path(), {});
        map_ = read_head(*root, loader_.file_of(map_file_.path()), diagnostics_);
        good_ = read_body(map_, *root, packs_, diagnostics_) && !diagnostics_.has_errors();
        comparison_ = comparison(map_, packs_, {}, diagnostics_);
    }
    [[nodiscard]] bool good() const { return good_ && comparison_.rules.size() == 2; }

    // What is told, a finding a line; last how many records were checked.
    std::string told(SpillLimits limits, unsigned threads, text::Diagnostics& diagnostics) {
        RunOptions options;
        options.threads = threads;
        options.comparison = comparison_;
        options.spill = limits;
        options.tell = [](const Outcome& out) {
            Told made;
            if (out.result == nullptr) return made;
            for (const auto& f : out.result->findings)
                made.findings.push_back(out.result->id + " " + f.rule + " " +
                                        std::string(check::word(f.verdict)) + " " + f.message +
                                        "\n");
            return made;
        };
        std::string all;
        options.write = [&](const Told& made) {
            for (const auto& f : made.findings) all += f;
        };
        const auto totals = run(map_, packs_, sources_, {data_.path()}, options, diagnostics);
        return all + std::to_string(totals.checked);
    }

private:
    test::File pack_;
    test::File map_file_;
    test::File data_;
    text::SourceMap sources_;
    text::Diagnostics diagnostics_;
    model::Loader loader_;
    rule::Packs packs_;
    Map map_;
    Comparison comparison_;
    bool good_ = false;
};

TEST(Across, room_for_few_amounts_or_for_all) {
    DataSet data_set;
    ASSERT_TRUE(data_set.good());
    text::Diagnostics diagnostics;
    const auto wanted = data_set.told({}, 1, diagnostics);
    EXPECT_GT(std::count(wanted.begin(), wanted.end(), '\n'), 500);
    EXPECT_EQ(wanted.substr(wanted.rfind('\n') + 1), "3000");
    for (const auto& limits : {SpillLimits{5'000, 2'000}, SpillLimits{200'000, 100}})
        for (const unsigned threads : {1u, 2u, 7u})
            EXPECT_TRUE(data_set.told(limits, threads, diagnostics) == wanted)
                << limits.amounts << " " << threads;
    EXPECT_FALSE(diagnostics.has_errors());
}

// That there is no room is told, by any number of threads; and that shows that room was wanted.
TEST(Across, no_room) {
    DataSet data_set;
    ASSERT_TRUE(data_set.good());
    ::setenv("TMPDIR", "/nowhere/at/all", 1);
    for (const auto& limits : {SpillLimits{5'000, 1'000'000}, SpillLimits{10'000'000, 100}})
        for (const unsigned threads : {1u, 2u, 7u}) {
            text::Diagnostics diagnostics;
            EXPECT_EQ(data_set.told(limits, threads, diagnostics), "0");
            ASSERT_EQ(diagnostics.items().size(), 1u);
            EXPECT_EQ(diagnostics.items().front().code, "no-temporary-file");
        }
    ::unsetenv("TMPDIR");
}

}  // namespace
}  // namespace antinomy::data
