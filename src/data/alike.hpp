#pragma once
// What was found in records, kept for the next that say the same: many records of a data set do, in
// what the open rules read of them (a month, a court), though each has its own id and titles. What
// is told of such a record is what was told of the first, at its own places and with its own id.
//
// Two records are alike if the parts made of them (pick.hpp) for the same open rules are the same,
// key by key and text by text. Left out of that are
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
#include "text/document.hpp"

namespace antinomy::data {

// One for each thread.
class Alike {
public:
    // What was found in a record like this one, as of this one; id, title and file of the case are
    // the caller's to put in. Null: nothing is kept of one. Good until the next call; the part must
    // live as long.
    [[nodiscard]] check::Checked* find(const Kept&, const text::Node& part);
    // What was found in the record that `find` was asked for last. Not kept if it is more than one
    // finding in a line, has a place that is not in the part, or is long.
    void keep(const Kept&, check::Checked&&);

    [[nodiscard]] std::size_t size() const { return young_.size() + old_.size(); }
    // So many are kept at most; of what was not met again for that long nothing is.
    static constexpr std::size_t kMost = 2048;
    // Bytes of what records say, and of a sentence: long ones are hardly alike, and take room.
    static constexpr std::size_t kLong = 4096;

private:
    // What a record is called; with a list: and then the number of its item.
    struct Called {
        std::string path;
        std::uint32_t list = Kept::kNone;
    };
    // Without titles: what was found. With: whose words have them, and what was found is kept by
    // what they say, too.
    struct Entry {
        std::vector<std::size_t> titles;  // by their numbers in the part
        check::Checked checked;
        std::vector<check::Checked::Applied> applied;  // as it was found
        std::size_t place = 0;                         // by its number in the part
        // Where items were left out of the key: what the finding is at, and what its rule binds.
        const rule::Rule* rule = nullptr;
        Called at;
        std::vector<Called> bindings;
        std::vector<std::size_t> items;  // of which it is told now
    };
    using Entries = std::unordered_map<std::string, Entry>;

    void look(const text::Node&, const Branch*);
    void add_titles(const std::vector<std::size_t>& numbers);  // to the key
    [[nodiscard]] Entry* known();                              // by the key
    void add(Entry);                                           // likewise
    void make_room();                                          // for one more
    // The number of what stands at a place; kNowhere: of nothing, or of several.
    [[nodiscard]] std::size_t number_of(const text::Span&) const;
    // Nothing: it has items in its words.
    [[nodiscard]] bool note_names(const Kept&, Entry&) const;
    [[nodiscard]] Called called(const Kept&, const std::string& path) const;
    [[nodiscard]] std::string path_of(const Called&) const;

    static constexpr auto kNowhere = static_cast<std::size_t>(-1);
    // Of the part that was looked at last.
    std::string key_;
    std::vector<const text::Node*> nodes_;  // by number
    std::vector<std::size_t> apart_;        // numbers of those that are not in the key
    std::vector<std::size_t> items_;        // by list: the only one that is made, from 0
    // Those that were kept or met lately, and those before.
    Entries young_;
    Entries old_;
};

}  // namespace antinomy::data
