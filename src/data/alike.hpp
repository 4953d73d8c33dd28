#pragma once
// What was found in records, kept for the next that say the same: many records of a data set do, in
// what the open rules read of them (a month, a court), though each has its own id and titles. What
// is told of such a record is what was told of the first, at its own places and with its own id.
//
// Two records are alike if what the same open rules read of them is written the same
// (outline.hpp), key by key and text by text. Left out of that are
// - the case's id and title;
// - titles of items that no rule reads: these must be the same where a sentence has one of them
//   (Checked::titles);
// - of a list of which one item is made, which one that is: records are called by it.
//
// Kept is a finding that stands alone, of which only what its line tells was worked out
// (check/brief.hpp), so that its place is the only one it has.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "check/run.hpp"
#include "data/narrow.hpp"
#include "data/outline.hpp"
#include "text/document.hpp"

namespace antinomy::data {

// One for each thread.
class Alike {
public:
    // Good until the next call.
    struct Known {
        // As found in this record; id, title and file of the case are the caller's to put in. What
        // it was put in order by is gone from the finding:
        check::Checked* checked = nullptr;
        time::Day first_stated = time::kForever;  // check/weigh.hpp
        time::Day first_shown = time::kForever;
        std::string path;  // of its place in the record (path_to)
        // Room for what is told of all that are alike; good until kMost / 2 more are kept.
        std::string* words = nullptr;
    };
    // What was found in a record like this one. Null: nothing is kept of one. Its bytes are those
    // of a file, and must live until the next call.
    [[nodiscard]] const Known* find(const Kept&, std::string_view bytes, text::FileId,
                                    const Items&);
    // What was found in the record that `find` was asked for last, of which this tree was made,
    // with the dates of findings (check/brief.hpp) if the rules are settled one by one. Null: it is
    // not kept, for it is more than one finding in a line, has a place that is not in the part, or
    // is long.
    const Known* keep(const Kept&, const text::Node& part, check::Checked&&);
    // What stands in that record for the case's id and title; null: nothing. False: neither can be
    // told.
    [[nodiscard]] bool names(const Kept&, const text::Node*& id, const text::Node*& title);

    [[nodiscard]] std::size_t size() const { return young_.size() + old_.size(); }
    // So many are kept at most; of what was not met again for that long nothing is.
    static constexpr std::size_t kMost = 2048;
    // Bytes of what records say, and of a sentence: long ones are hardly alike, and take room.
    static constexpr std::size_t kLong = 4096;

private:
    static constexpr auto kNone = Outline::kNone;
    // What a record is called; with a list: and then the number of its item.
    struct Called {
        std::string path;
        std::uint32_t list = Kept::kNone;
    };
    // A piece of an outline, or, of one that is compared as a whole, something in it.
    struct Place {
        std::size_t piece = kNone;
        bool all = true;
        std::uint32_t from = 0;  // the piece's begin
        std::uint32_t size = 0;
    };
    // A path of the data, and the number of an item between its two parts.
    struct Path {
        std::string before;
        std::uint32_t list = Kept::kNone;
        std::string after;
    };
    // Without titles: what was found. With: whose words have them, and what was found is kept by
    // what they say, too.
    struct Entry {
        std::vector<std::size_t> titles;  // by their pieces
        check::Checked checked;
        std::vector<check::Checked::Applied> applied;  // as it was found
        time::Day first_stated = time::kForever;
        time::Day first_shown = time::kForever;
        Place place;
        Path path;
        std::string words;
        // Where items were left out of the key: what the finding is at, and what its rule binds.
        const rule::Rule* rule = nullptr;
        Called at;
        std::vector<Called> bindings;
        std::vector<std::size_t> items;  // of which it is told now, by list
    };
    using Entries = std::unordered_map<std::string, Entry>;

    void add_titles(const std::vector<std::size_t>& pieces);  // to the key
    [[nodiscard]] Entry* known();                             // by the key
    Entry& add(Entry);                                        // likewise
    const Known* tell(Entry&);                                // of the record
    void make_room();                                         // for one more
    [[nodiscard]] std::string_view written(const Outline::Piece&) const;
    // What stands at a place; without a piece: nothing that is compared.
    [[nodiscard]] Place place_of(const text::Span&) const;
    [[nodiscard]] text::Span span_of(const Place&) const;
    // Null: nothing stands there. False: it cannot be read.
    [[nodiscard]] bool read(const Branch* wish, text::Node& room, const text::Node*& out) const;
    // Nothing: it has items in its words.
    [[nodiscard]] bool note_names(const Kept&, Entry&) const;
    [[nodiscard]] Called called(const Kept&, const std::string& path) const;
    [[nodiscard]] std::string path_of(const Called&) const;
    [[nodiscard]] Path path_in(const text::Node& part, const text::Span&) const;

    // Of the record that was asked for last.
    std::string_view bytes_;
    text::FileId file_;
    bool good_ = false;  // it has an outline
    Outline outline_;
    std::vector<std::size_t> items_;  // by list: the only one that is made
    text::Node id_;
    text::Node title_;
    Known known_;
    // Those that were kept or met lately, and those before.
    Entries young_;
    Entries old_;
};

}  // namespace antinomy::data
