#pragma once
// Of a record that a quick look did not find in order, what the rules that are still open need
// (check/needs.hpp): which records of the map they may bind or be led to, which fields of these,
// and which parts of the record all that is made from. The rest cannot matter to what is told in a
// line, and is not made.
//
// Only for maps and records that have a sketch: nothing is wrong with these, and nothing in them
// is nested, disputed or relative (sketcher.hpp).

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "check/needs.hpp"
#include "check/run.hpp"
#include "check/screen.hpp"
#include "data/map.hpp"
#include "data/pick.hpp"

namespace antinomy::data {

// What a quick look left of a record, so that it can be gone on with later.
struct Open {
    std::vector<const rule::Rule*> settled;
    // Of the rules that are open, in numbers of the screen: for which records each that can be
    // settled for some alone is open, by what of the map makes them and by item of the data;
    struct Item {
        std::uint32_t record = 0;
        std::uint32_t item = 0;
    };
    bool anywhere = true;  // there is no telling
    std::vector<Item> at;
    // what is missing at others, once for each;
    std::vector<std::pair<std::uint32_t, Item>> lacks;
    // and those that apply: does something lack?
    std::vector<std::pair<std::uint32_t, bool>> applied;

    void clear();
    void take(const check::Sketch&, const check::Screen::Tally&);
};

// What is needed for some rules.
struct Kept {
    std::uint64_t number = 0;              // no other has it
    std::vector<const rule::Rule*> rules;  // in the order in which they are judged
    bool everything = false;
    // By record of the map, in their order: by field; none at all: the record is not made.
    std::vector<std::vector<char>> fields;
    Branch record{};  // of the data
    // Of it, what the case's id and title are made of; null: nothing.
    const Branch* id = nullptr;
    const Branch* title = nullptr;
    // By record of the map: the number of the list of the data that it is made of, if of that only
    // some items are needed, those for which rules are open (`chosen`); else kNone.
    std::vector<std::uint32_t> lists{};
    std::uint32_t list_count = 0;
    // Likewise: of those the paths but for the number of the item, "charges.charge-"; empty where
    // the data name them.
    std::vector<std::string> stems{};
    // Each of the rules binds one record, and is settled for each alone: what is found in items of
    // such lists is what is found in each by itself.
    bool one_by_one = false;

    static constexpr auto kNone = UINT32_MAX;
    [[nodiscard]] Items chosen(const Open&) const;
    // Likewise, but each item by itself; none at all if there are not several, or it is not so.
    [[nodiscard]] std::vector<Items> item_by_item(const Open&) const;
};

// One for each thread: what is worked out for some rules is kept for the next record.
class Narrowing {
public:
    // All must outlive it.
    Narrowing(const Map&, const rule::Packs&, const check::Options&, const check::Screen&);
    // All rules that are judged but those that are settled. Good as long as this is.
    [[nodiscard]] const Kept& without(const std::vector<const rule::Rule*>& settled);

private:
    void narrow(Kept&);
    std::vector<char> reached(const Kept&, const check::Needs&) const;
    void keep(Kept&, const RecordMap&, std::vector<char> fields, bool title_is_read) const;
    void find_lists(Kept&, const check::Needs&) const;

    const Map& map_;
    const rule::Packs& packs_;
    const check::Screen& screen_;
    std::vector<const RecordMap*> records_;    // of the map; the screen's shapes are in their order
    std::vector<const std::string*> plurals_;  // of those: the keys of their lists
    std::vector<const rule::Rule*> judged_;
    std::map<const rule::Rule*, check::Needs> needs_;
    std::vector<char> settled_;  // by place in the packs
    std::string open_;           // likewise: those that are judged and not settled
    std::map<std::string, std::unique_ptr<const Kept>> known_;
    std::uint64_t made_ = 0;  // of those
    // What was asked for last: most records that are left open are so for the same rules.
    std::vector<const rule::Rule*> last_settled_;
    const Kept* last_ = nullptr;
};

}  // namespace antinomy::data
