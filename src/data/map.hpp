#pragma once
// A map: how records of a data set become cases: each of them one, those of a file together, or
// those with one key, from whatever files they come. Read from a YAML file, and typed against
// the vocabulary of the packs that it is used with, before any data are read: a type or field that
// is not there, an option for another kind of field, a format of dates that is open to two
// readings, a constant of the wrong type are errors of the map, each with its place.
//
// The data may be of several kinds (`parts:`), each with a form and names of files of its own;
// records of the case say of which they are made.
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
    Dates dates;
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
    std::optional<Path> until;  // of a period: `path` leads to its begin, this to its end; of a
                                // date that is `between` two, to the other
    std::optional<Path> mark;   // where the sign of a date is, if it is not beside it
    std::string first_of;       // of a date that may be two: what parts them
    std::string last_of;
    bool first = false;  // of a record that several of the data make: the first that says it
    // Words of a date that has not come, and what it waits for (empty: the word itself).
    std::vector<std::pair<std::string, std::string>> pending;
    Writing writing;
    text::Span span;  // in the map
};

// One assertion of a field; `meta`: by, source, speaker, quote, state, zone, calendar, closed.
struct Assertion {
    Value value;
    std::optional<Value> as_of;  // of a date that has not come
    std::vector<std::pair<std::string, Value>> meta;
};

struct RecordMap;

// What becomes one case.
enum class Per { record, file, key };

// One kind of files: their names, their form, how values are written in them.
struct Part {
    std::string name;  // empty: the map has no parts
    Reads reads = Reads::json;
    std::string files;                  // a pattern of names (fnmatch of POSIX); empty: by suffix
    std::vector<std::string> suffixes;  // of the files that are taken from a folder
    std::optional<Path> records;        // where in a text the list of records is
    TableForm table;
    Writing writing;
    std::vector<Path> key;  // of the case, if that is made by key; several paths: all of them
    text::Span span;
};

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
    std::size_t part = 0;
    bool constant = true;  // no path in it: one for the case, not one for each record of data
    std::optional<Path> each;
    std::string each_split;  // of a list that is one text: what parts its items
    std::optional<Value> named;
    std::vector<std::pair<std::string, Value>> meta;
    std::vector<FieldMap> fields;
};

// Accounts that the data name: one of each name.
struct AccountMap {
    const text::Node* key = nullptr;
    std::size_t part = 0;
    Value named;
    std::vector<std::pair<const text::Node*, Value>> entries;  // role, title, adopts
};

// A test of the map: records of one case in, findings out.
struct MapTest {
    std::string name;
    std::vector<std::pair<const text::Node*, std::size_t>> records;  // and their parts
    const text::Node* expect = nullptr;                              // null: `refused`
    std::string refused;  // the code of the error that the record must have
    text::Span span;
};

struct Map {
    std::string id;
    std::string title;
    Per per = Per::record;
    std::vector<Part> parts;         // at least one
    bool in_parts = false;           // they have names
    std::vector<std::string> packs;  // as written; relative to the map
    std::vector<text::Span> pack_spans;
    bool shipped = true;  // the packs that come with the program are used too
    Limits limits;
    text::FileId file;
    text::Span span;

    std::vector<std::pair<const text::Node*, Value>> case_block;  // key, value
    std::size_t case_part = 0;                                    // of its paths
    std::vector<text::Entry> accounts;                            // constant ones
    std::vector<AccountMap> data_accounts;
    // By list ("events"), in the order of the map.
    std::vector<std::pair<const text::Node*, std::vector<RecordMap>>> lists;
    std::vector<MapTest> tests;
    // Every path, by its slot.
    struct WrittenPath {
        std::string written;
        text::Span span;
        std::size_t part = 0;
        // The slot of the list whose items it begins from.
        std::optional<std::size_t> list = std::nullopt;
    };
    std::vector<WrittenPath> paths;
};

// The head alone: which packs the map wants. Errors in it are told.
[[nodiscard]] Map read_head(const text::Node& root, text::FileId, text::Diagnostics&);
// The rest. True: no error.
[[nodiscard]] bool read_body(Map&, const text::Node& root, const rule::Packs&, text::Diagnostics&);

}  // namespace antinomy::data
