#pragma once
// A case as its files state it, in plain words, for whoever prints it whole: who says what, of
// which record, from which source, in whose words. Nothing in it points into the model, and nothing
// is judged.
//
// Promises: every record, every assertion and every account of the case, in the order of its files;
// for each account what it holds of each field (semantics.md 2). What `sources` leaves out of the
// check is left out here; where an identity is open, the two records are held apart. What stands of
// a source, a person or a charge is what the vocabulary's fields are: nothing here knows their
// names, but for the few that `SheetSource` says.

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/case.hpp"
#include "rule/pack.hpp"
#include "text/source.hpp"
#include "time/calendar.hpp"

namespace antinomy::check {

// What one field of a record is said to be. Indices are into the sheet's lists.
struct SheetAssertion {
    std::size_t record = 0;
    std::string path;                  // "events.meeting.start": the record's, and the field
    std::string field;                 // "start"
    std::string type;                  // date, period, duration, int, number, bool, text, word,
                                       // reference, nested
    bool list = false;                 // the field is a list
    std::string value;                 // as written
    std::vector<std::string> items;    // of a list of texts, each by itself
    std::vector<std::size_t> records;  // of references and nested records: where they lead
    std::string account;               // empty: nobody's in particular
    std::string source;                // id; empty: none is named
    std::string speaker;               // id of the person
    std::string state;                 // "", unchallenged, conceded, withdrawn, proposed
    std::string pending;               // what a date that has not come waits for
    std::string quote;
    bool quote_of_record = false;  // the quote stands at the record, for all that is plain in it
    std::string quote_language;    // that of the source; empty: not said
    bool closed = false;           // a list with nothing left out
    bool doubtful = false;         // `?`, or on a source of low reliability
    std::string place;             // "path:line:column"
    text::Span span;
};

struct SheetRecord {
    std::string id;
    std::string path;    // "events.meeting-nov"
    std::string type;    // "event"
    std::string plural;  // "events"; of a nested type as its field is called
    std::string title;   // by the vocabulary's title field; the id where there is none
    std::optional<std::size_t> parent;  // of nested records
    std::string account;                // there in this account's view only; empty: in all
    std::string source;
    std::string state;
    std::vector<std::size_t> assertions;
    text::Span span;
};

// What an account holds of one field: several are rival values, one of which is so.
struct SheetHeld {
    std::string path;  // as of SheetAssertion
    std::vector<std::size_t> assertions;
};

struct SheetAccount {
    std::string id;
    std::string title;
    std::string role;                  // party, court, other
    std::vector<std::string> adopts;   // as given
    std::vector<std::size_t> records;  // that are there in its view
    std::vector<SheetHeld> holds;      // in the order of the records and of their fields
};

// A source, as far as the vocabulary has these fields: empty is not said.
struct SheetSource {
    std::string id;
    std::size_t record = 0;
    std::string kind;
    std::string title;
    std::string publisher;
    std::string url;
    std::string language;
    std::string published;
    std::string retrieved;
    std::string reliability;
    std::vector<std::string> derived_from;  // ids
    // Its other fields, as written: name, value.
    std::vector<std::pair<std::string, std::string>> others;
};

struct SheetOrder {
    std::string path;  // "order[0]"
    std::string text;  // "a before b"
    std::string account;
    std::string source;
    bool doubtful = false;
    text::Span span;
};

struct SheetIdentity {
    std::string a;  // paths
    std::string b;
    std::string value;  // yes, no, unknown
    std::string account;
    std::string source;
    text::Span span;
};

struct CaseSheet {
    std::string id;
    std::string title;
    std::string forum;
    std::string timezone;
    std::vector<std::string> complete;   // lists that the case says to be whole
    std::vector<SheetAccount> accounts;  // a case without any has one, without a name
    bool has_accounts = false;
    std::vector<SheetSource> sources;
    std::vector<SheetRecord> records;
    std::vector<SheetAssertion> assertions;
    std::vector<SheetOrder> orders;
    std::vector<SheetIdentity> identities;

    // By "events.meeting"; none: there is no such record. The longest beginning of a fact's path
    // ("events.meeting.start") that is a record's.
    [[nodiscard]] const SheetRecord* record_at(std::string_view path) const;
    [[nodiscard]] const SheetSource* source(std::string_view id) const;
    [[nodiscard]] const SheetAccount* account(std::string_view id) const;
    // What stands of a field of a record, whoever says it: indices of assertions.
    [[nodiscard]] std::vector<std::size_t> of(const SheetRecord&, std::string_view field) const;
    // The title of a person, an organisation or whatever else is named by id; the id if there is
    // none, or several.
    [[nodiscard]] std::string title_of(std::string_view type, std::string_view id) const;
};

// `sources`: only what these state, and what has none; none: all.
[[nodiscard]] CaseSheet make_sheet(const rule::Packs&, const model::Case&, const text::SourceMap&,
                                   const std::optional<std::vector<std::string>>& sources = {});

}  // namespace antinomy::check
