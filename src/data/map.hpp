#pragma once
// A map: how one record of a data set becomes one case. Read from a YAML file, and typed against
// the vocabulary of the packs that it is used with, before any data are read: a type or field that
// is not there, an option for another kind of field, a format of dates that is open to two
// readings, a constant of the wrong type are errors of the map, each with its place.
//
// A map has the form of a case file: lists of records by name, of records fields. Where the value
// comes from the data stands a path (path.hpp), or a mapping with `path:` and how the value is
// written there; a constant that looks like a path is written `{value: .5}`. `each:` makes a record
// of every item of a list. Keys: keys.hpp; a guide with examples: README.md of this folder.
//
// A `Map` points into the document that it was read from, which must outlive it.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "data/dates.hpp"
#include "data/limits.hpp"
#include "data/path.hpp"
#include "data/table.hpp"
#include "model/vocabulary.hpp"
#include "rule/pack.hpp"
#include "text/document.hpp"

namespace antinomy::data {

enum class Reads { json, jsonl, table, yaml };

// How values are written in the data.
struct Writing {
    std::vector<std::string> nulls;  // spellings of "nothing", beside the empty text
    std::vector<DateFormat> dates;
    char decimal = '.';
    char grouping = '\0';  // between groups of three digits; NUL: none
    std::string unit;      // of a duration that is a number alone
    std::vector<std::pair<std::string, std::string>> words;  // in the data, in the vocabulary
    std::string split;      // a text that is a list: what parts its items
    bool required = false;  // a record without it cannot be checked
};

// A constant of the map, or what a path leads to.
struct Value {
    const text::Node* constant = nullptr;
    std::optional<Path> path;
    std::optional<Path> until;  // of a period: `path` leads to its begin, this to its end
    Writing writing;
    text::Span span;  // in the map
};

// One assertion of a field; `meta`: by, source, speaker, quote, state, zone, calendar, closed.
struct Assertion {
    Value value;
    std::vector<std::pair<std::string, Value>> meta;
};

struct RecordMap;

struct FieldMap {
    const model::Field* field = nullptr;
    text::Span span;
    bool several = false;  // a list of assertions
    std::vector<Assertion> assertions;
    std::vector<RecordMap> nested;
};

struct RecordMap {
    model::TypeId type;
    std::string name;
    text::Span span;
    std::optional<Path> each;
    std::optional<Value> named;
    std::vector<std::pair<std::string, Value>> meta;
    std::vector<FieldMap> fields;
};

// A test of the map: a record in, findings out.
struct MapTest {
    std::string name;
    const text::Node* record = nullptr;
    const text::Node* expect = nullptr;  // null: `refused`
    std::string refused;                 // the code of the error that the record must have
    text::Span span;
};

struct Map {
    std::string id;
    std::string title;
    Reads reads = Reads::json;
    std::vector<std::string> suffixes;  // of the files that are taken from a folder
    std::optional<Path> records;        // where in a text the list of records is
    TableForm table;
    std::vector<std::string> packs;  // as written; relative to the map
    std::vector<text::Span> pack_spans;
    bool shipped = true;  // the packs that come with the program are used too
    Limits limits;
    text::FileId file;
    text::Span span;

    std::vector<std::pair<const text::Node*, Value>> case_block;  // key, value
    const text::Entry* accounts = nullptr;
    // By list ("events"), in the order of the map.
    std::vector<std::pair<const text::Node*, std::vector<RecordMap>>> lists;
    std::vector<MapTest> tests;
    // Every path, by its slot: as written, and where.
    std::vector<std::pair<std::string, text::Span>> paths;
};

// The head alone: which packs the map wants. Errors in it are told.
[[nodiscard]] Map read_head(const text::Node& root, text::FileId, text::Diagnostics&);
// The rest. True: no error.
[[nodiscard]] bool read_body(Map&, const text::Node& root, const rule::Packs&, text::Diagnostics&);

}  // namespace antinomy::data
