#pragma once
// Sketches of records (check/sketch.hpp), made straight from the data by a map: what `Applier` and
// `build_case` make a whole case of, for the few values that rules read. Every value that the map
// takes is looked at all the same, so that a record with anything wrong in it has no sketch.
//
// A map may ask for more than a sketch can hold (accounts, nested records, names from the data,
// words about single values): then there are none, and every record is checked as a case.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "check/screen.hpp"
#include "data/map.hpp"
#include "data/record.hpp"
#include "rule/pack.hpp"

namespace antinomy::data {

// What is the same for all records: the map with every name looked up. Shared by all threads.
class SketchPlan {
public:
    // All must outlive it. `rules`: those that are judged (check::Options).
    SketchPlan(const Map&, const rule::Packs&, const check::Options& rules);
    ~SketchPlan();
    // Why there are no sketches; empty: there are.
    [[nodiscard]] const std::string& why_not() const;
    [[nodiscard]] const check::Screen& screen() const;

    struct Parts;
    [[nodiscard]] const Parts& parts() const { return *parts_; }

private:
    std::unique_ptr<Parts> parts_;
};

// One for each thread.
class Sketcher {
public:
    explicit Sketcher(const SketchPlan&);
    ~Sketcher();

    // The sketch of a record; null: it has none, and must be checked as a case. `met`: as of
    // Applier::apply; slots are set even where there is none. Good until the next call, and as long
    // as the record is. `behind`: so many bytes after the record may be read, whatever they are; if
    // they are fewer than kBehind, the record is copied.
    [[nodiscard]] check::Sketch* of_json(std::string_view bytes, std::size_t behind,
                                         std::vector<char>& met);
    [[nodiscard]] check::Sketch* of_tree(const text::Node& record, std::vector<char>& met);

    struct Work;

private:
    std::unique_ptr<Work> work_;
};

}  // namespace antinomy::data
