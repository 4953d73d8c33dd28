#pragma once
// A map drafted from the first records of a data file, for somebody to edit: the form of the file,
// the paths of its records with the kind of their values, formats of dates, spellings of nothing.
// Nothing is guessed in silence: what the records leave open stands in the draft at its place, and
// in the list of what is open. The draft is a map that loads; with nothing open, and of a file that
// was read whole, it is one by which all its records can be checked.
//
// One file and one number of records give the same draft, byte for byte.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/draft.hpp"
#include "model/vocabulary.hpp"
#include "text/diagnostic.hpp"

namespace antinomy::data {

struct SuggestWish {
    std::string path;                               // a file, or "-"
    std::uint64_t sample = 0;                       // records that are read; 0: all
    std::string id;                                 // of the map; empty: from the file's name
    const model::Vocabulary* vocabulary = nullptr;  // null: the draft brings its own
    std::string pack;           // where that one is, from the folder that the map is for
    bool pack_outside = false;  // not in that folder
    bool shipped = false;       // the packs that come with the program are wanted beside it
};

struct Suggestion {
    std::string map;    // YAML
    std::string form;   // "csv"
    bool loads = true;  // false: nothing of the vocabulary was found, so the map makes no records
    bool whole = true;  // the sample is all there is
    std::uint64_t records = 0;
    std::uint64_t broken = 0;  // could not be read
    std::uint64_t paths = 0;   // that go into fields
    std::vector<std::string> open;
};

// Nothing: why is told (as the readers have it; `no-records`, if none could be read).
[[nodiscard]] std::optional<Suggestion> suggest(const SuggestWish&, text::Diagnostics&);

}  // namespace antinomy::data
