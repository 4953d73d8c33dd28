#pragma once
// What one thread does with records: made into trees, then into cases by the map, checked, counted
// and told. Nothing is kept from one record to the next but what was found, for those that say the
// same (alike.hpp).

#include <optional>
#include <vector>

#include "data/alike.hpp"
#include "data/apply.hpp"
#include "data/gather.hpp"
#include "data/narrow.hpp"
#include "data/records.hpp"
#include "data/run.hpp"
#include "data/sketcher.hpp"

namespace antinomy::data {

// Records that go to a thread together, and what came of them.
struct Batch {
    std::vector<Found> records;
    std::vector<Gathered> cases;
    std::vector<std::pair<std::string, Found>> keyed;
    std::size_t bytes = 0;
    std::size_t count = 0;  // of the records
    std::vector<Told> told;
    Totals totals;
    std::vector<char> met;  // by slot of a path of the map: 1 if it led to something
    // What rules compare: instead of all that is above, where amounts are gathered.
    struct Compared {
        std::size_t rule;  // by its place in the comparison
        std::string alike;
        check::Amount amount;
        bool sure;
    };
    std::vector<Compared> compared;
};

class Checker {
public:
    // All must outlive the checker. `sketches`: what a quick look at records needs; null: every
    // record is checked as a case. `gaps`: those to be told; null: none.
    Checker(const Map& map, const rule::Packs& packs, const text::SourceMap& sources,
            const RunOptions& options, const SketchPlan* sketches, const GapList* gaps)
        : map_(map),
          packs_(packs),
          sources_(sources),
          options_(options),
          gaps_(gaps),
          check_(options.check),
          reader_(map),
          applier_(map, packs.vocabulary()) {
        if (sketches == nullptr) return;
        screen_ = &sketches->screen();
        sketcher_.emplace(*sketches);
        if (gaps != nullptr) telling_ = gaps->by_number(*screen_);
        if (options.brief || gaps != nullptr)
            narrowing_.emplace(map, packs, options.check, *screen_);
    }

    // Takes the records out of the batch and puts in what came of them: each of them a case;
    void check(Batch&);
    // those of a case together;
    void check_cases(Batch&);
    // or their keys, and what is to be told of those that have none.
    void find_keys(Batch&);
    // Likewise: only what rules compare. Of records that cannot be checked there is nothing.
    void gather(Batch&);
    void gather_cases(Batch&);
    void gather_keys(Batch&);

private:
    bool quiet(Batch&, check::Sketch*);
    void one(Batch&, Found&, const Open&);
    void wait(Batch&, Found&);
    void go_on(Batch&);
    void compare(Batch&, const model::Case&) const;
    // Calls `each` with every record that is in `found`, which may be a document with a list; what
    // is none is an error, and counted.
    template <class Each>
    std::uint64_t records_in(const Found&, const text::Node& tree, text::Diagnostics&,
                             const Each& each);
    void find_key(Batch&, Found&);
    void together(Batch&, Gathered&);
    void record(Batch&, const Found&, const text::SourceMap&, const text::Node& tree);
    // What of the record that was looked at is needed; null: all of it.
    const Kept* kept();
    // As `record`, with what is needed alone. False: something is wrong with it, and it must be
    // looked at as a whole. `open`, and the items that the tree was made of; null: of all.
    bool narrowed(Batch&, const Found&, const text::SourceMap&, const text::Node& tree, const Kept&,
                  const Open* open, const Items* items);
    // With the dates of findings, if they are asked for. Nothing: something is wrong with it.
    std::optional<check::Checked> briefly(Batch&, const Found&, const text::Node& tree, const Kept&,
                                          bool dated);
    // May what is found in one record be told of others?
    [[nodiscard]] bool may_keep() const { return options_.brief && !options_.closer; }
    // As `narrowed`, where one that says the same was checked before. False: none was.
    bool known(Batch&, const Found&, const text::SourceMap&, text::FileId, const Kept&, const Open&,
               const Items&);
    // Likewise, of a record in several items of which something may be found: each by itself.
    // False: it must be looked at as it is.
    bool item_by_item(Batch&, const Found&, const text::SourceMap&, text::FileId, const Kept&,
                      const Open&, const Items&);
    // Tells what was found in the record that `alike_` was asked for last. False: its names are
    // wrong.
    bool told_before(Batch&, const Found&, const text::SourceMap&, check::Checked&, const Kept&,
                     const Open&, const Items&);
    static void add_applied(check::Checked&, const std::string& rule, bool passed);
    void add_left_out(check::Checked&, const Kept&, const Open&, const Items&);
    bool unwanted(Batch&, Outcome&, const text::Node& made, std::uint64_t good);
    void judge(Batch&, model::Case&, text::Diagnostics&, Outcome&, std::uint64_t good);
    // `good`: records that the case is made of.
    void judged(Batch&, check::Checked&, text::Diagnostics&, Outcome&, std::uint64_t good);
    void finish(Batch&, const Outcome&);

    const Map& map_;
    const rule::Packs& packs_;
    const text::SourceMap& sources_;
    const RunOptions& options_;
    const GapList* gaps_;
    check::Options check_;  // with what is settled of the record that is checked
    RecordReader reader_;
    Applier applier_;
    const check::Screen* screen_ = nullptr;
    std::optional<Sketcher> sketcher_;
    check::Sketch* sketch_ = nullptr;  // of the record that was looked at last
    // Records that a quick look did not find in order, to be gone on with.
    struct Waiting {
        Found found;
        Open open;
    };
    std::vector<Waiting> waiting_;  // and room for more
    std::size_t waiting_count_ = 0;
    check::Screen::Telling telling_;
    // If findings are told in lines, or gaps one by one.
    std::optional<Narrowing> narrowing_;
    Alike alike_;
    text::Node part_;  // of a record, as it was made last
    std::vector<SaidBefore> said_;
    check::Screen::Tally tally_;
    bool gathering_ = false;
};

}  // namespace antinomy::data
