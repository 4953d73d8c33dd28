#pragma once
// A map, and the vocabulary that it is for, made of what was found in the records: which paths
// become fields of which record, and in which words that is written down for the person who edits
// it. What is left open stands at its place, and is listed.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/form.hpp"
#include "data/kinds.hpp"
#include "data/survey.hpp"
#include "model/vocabulary.hpp"

namespace antinomy::data {

// One path of a record, and the field that it goes into.
struct DraftLine {
    std::string path;
    const Shape* shape = nullptr;
    std::string name;   // of the field; empty: it goes into none
    bool list = false;  // several texts
    Reckoned reckoned;
    std::string words;  // what words of the data mean, as a flow mapping of YAML
    std::string why;    // of a path that goes into no field: the reason
};

// One record of the vocabulary, of each record of the data or of each item of a list in it.
struct DraftRecord {
    std::string type;
    std::string plural;
    std::string each;       // empty: of the record itself
    std::string parent;     // the field that refers to the record itself; empty: none
    std::string title;      // the field that names it; empty: none
    std::uint64_t all = 0;  // records, or items
    bool drafted = true;    // false: the vocabulary has no type for it
    std::vector<DraftLine> lines;
    std::vector<std::string> unmet;  // fields of the type that no path goes into, in words
};

struct Draft {
    std::vector<DraftRecord> records;  // the first: of the record itself
    std::string case_id;               // a path; empty: none
    std::string case_title;
    std::size_t left_out = 0;  // paths that were too many
    std::vector<std::string> unmet_types;
};

// `name`: what the records are called where they come from; `id`: of the map; `json`: as reckon()
// has it.
[[nodiscard]] Draft draft_of(const Shape& root, const std::string& id, const std::string& name,
                             bool json);
// The same, into the fields of a vocabulary that is there: by name and kind.
void match(Draft&, const model::Vocabulary&);

// What stands around the paths.
struct DraftHead {
    std::string id;
    std::string source;  // the file, in words
    Form form;
    std::string pack;           // empty: the draft brings its own vocabulary
    bool pack_outside = false;  // not in this folder
    bool shipped = false;
    std::uint64_t records = 0;
    bool whole = true;                  // these are all there are
    std::vector<std::string> flaws;     // of records that could not be read
    const text::Node* first = nullptr;  // a record for a test
};
// The map as YAML; what it leaves open is added to `open`, in the order of the file.
[[nodiscard]] std::string write_draft(const Draft&, const DraftHead&,
                                      std::vector<std::string>& open);

}  // namespace antinomy::data
