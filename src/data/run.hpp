#pragma once
// A data set checked: records read, made into cases by a map, judged by rules, told in their order.
// Every record is counted in and counted out: checked, or not, and then told with the reason.
//
// With several threads one reads and tells, the others check; what is told and counted does not
// depend on how many there are. Held are the records on their way, no more: a case is forgotten
// when its findings are told. Where a case has several records, those that cannot be read are told,
// and it is checked without them.
//
// For rules that compare records of the data set with one another (`among:`) the data are read
// twice: first to gather the amounts (amounts.hpp), then to check. What is wrong with a record or a
// file is told in the second reading; data that are not the same in both are an error (reread.hpp).

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "check/run.hpp"
#include "data/compare.hpp"
#include "data/gaps.hpp"
#include "data/records.hpp"
#include "data/totals.hpp"
#include "rule/pack.hpp"

namespace antinomy::data {

// One of the records of a case.
struct Member {
    std::shared_ptr<const DataFile> file;
    std::uint64_t number = 0;
    const text::Node* tree = nullptr;
};

// Of a finding that is told of several records: the path of its place in this one, and room for
// what is told of all of them.
struct SaidBefore {
    std::string path;
    std::string* words = nullptr;
};

// One case, when it was checked or could not be: of one record, or of several. References live as
// long as the call.
struct Outcome {
    const std::string& file;
    std::uint64_t number;  // in its file, from 1; of a list in a document: of the document
    const text::SourceMap& sources;  // the files of the run, and the record on top
    const text::Node* record;        // null: it cannot be read, or need not be (`said`)
    const text::Diagnostics& problems;
    const check::CaseResult* result;  // null: it was not checked
    // Of a case that is made of several records: those that can be read, and how many there are.
    const std::vector<Member>* members = nullptr;
    std::uint64_t count = 1;
    std::uint64_t not_checked = 0;  // of them
    const GapList* gaps = nullptr;  // which of its gaps are to be told; null: none
    // Of the rule that is to be explained (`check.trace`).
    const std::vector<check::Explained>* explained = nullptr;
    // Of findings that are told of this record as of others that say the same (alike.hpp), in their
    // order; null: they are not.
    const std::vector<SaidBefore>* said = nullptr;
    // The record that has a place, its number and its file; null: none has.
    [[nodiscard]] const text::Node* at(const text::Span&, std::uint64_t& in_file) const;
    // The file of that record; of a place that is in none, of the first.
    [[nodiscard]] const std::string& file_at(const text::Span&) const;
};

// What there is to tell of a record: made where it was checked, written where all is told.
struct Told {
    std::vector<std::string> findings;
    std::string problems;
    struct Gap {
        std::string rule;
        std::string text;
    };
    std::vector<Gap> gaps;             // those that `Outcome::gaps` wants, or more
    std::shared_ptr<const void> more;  // whatever who tells wants to find when it is written
};

// How far a run is.
struct Progress {
    int reading = 1;  // the data are read once or twice (`readings`)
    int readings = 1;
    std::uint64_t records = 0;  // done in this reading
    std::uint64_t bytes = 0;    // read in it, as stored
    std::uint64_t size = 0;     // of all that is to be read in it; 0: not known
};

struct RunOptions {
    check::Options check;
    unsigned threads = 1;
    std::uint64_t sample = 0;  // of so many cases; 0: all
    std::uint64_t seed = 0;
    // Records that a quick look finds in order are not checked as cases (check/screen.hpp). Off: to
    // compare, in tests.
    bool screen = true;
    // Of findings only what one line tells is wanted (check/brief.hpp). Not with `check.resolve`.
    bool brief = false;
    // Of each rule the first so many gaps of records are told; GapList::kAll: all of them.
    std::uint64_t gaps = 0;
    // Asked of every case that is made of data, before it is judged (any thread). `made`: as a case
    // file would have it, its places those of the data. False: it is not judged. None: all are.
    std::function<bool(const Outcome&, const text::Node& made)> wanted;
    // Asked of what was found in a case (any thread). True: it is judged again with `resolve`, and
    // what then is found is told.
    std::function<bool(const check::Checked&)> closer;
    // Asked of each finding (any thread): what a baseline says of it; it is marked and counted so.
    // None: there is no baseline.
    std::function<check::Baseline(const check::Finding&)> known;
    Comparison comparison;                          // of the map, the packs and the rules asked for
    SpillLimits spill;                              // of what is compared
    std::function<Told(const Outcome&)> tell;       // called by any thread
    std::function<void(const Told&)> write;         // called in order; its gaps are to be told
    std::function<void(const Progress&)> progress;  // after every few records
};

// Problems of whole files go to the diagnostics, and so does a temporary file that cannot be
// written: then nothing more is read. Those of records go only to what is told.
[[nodiscard]] Totals run(const Map&, const rule::Packs&, const text::SourceMap&,
                         const std::vector<std::string>& paths, const RunOptions&,
                         text::Diagnostics&);

// The rules of the packs (or those asked for) that judge one record: all but those with `among:`.
[[nodiscard]] std::vector<std::string> rules_of_records(const rule::Packs&,
                                                        const std::vector<std::string>& asked);

}  // namespace antinomy::data
