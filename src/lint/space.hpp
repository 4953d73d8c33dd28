#pragma once
// The cases that are tried: which records there may be, which of their fields may be stated, and
// how. Made up of what a rule reads (reads.hpp); nothing else is stated.

#include <string>
#include <vector>

#include "lint/reads.hpp"
#include "text/document.hpp"

namespace antinomy::lint {

inline constexpr int kRecords = 3;  // of a type; of records inside others: in each
inline constexpr int kDates = 4;    // stated in one case

// What may stand in a place. Absent: nothing does.
struct Value {
    bool absent = false;
    std::string text{};
    bool list = false;
    std::vector<std::size_t> records{};  // that it names, or hangs on: slots
    int dates = 0;                       // days that it states; a period has two
};

// A record that there may be.
struct Slot {
    model::TypeId type;
    std::string id;
    std::string path;
    int parent = -1;  // the slot that it stands in
    std::uint32_t parent_field = 0;
    int before = -1;  // the one without which this one would only be that one
};

// One question of which the answers make a case: is there this record? what of this field?
struct Cell {
    enum class About { record, field, findings } about = About::field;
    std::size_t slot = 0;
    Key key;
    std::vector<Value> values;  // the one most likely to matter first; to be absent last
    bool rather_none = false;   // another field stands in for it
};

// By cell: which of its values; the last one (nothing) where it has not been decided.
using Choice = std::vector<std::size_t>;

struct Space {
    rule::Between between = rule::Between::none;
    std::vector<std::string> sides;
    std::vector<Slot> slots;
    std::vector<Cell> cells;
    std::vector<std::size_t> existence;  // by slot: the cell that asks for it
    std::vector<std::size_t> ends;       // by stage: how many cells are decided by then
    std::vector<model::TypeId> fails;    // findings about records of these may be made up
    const model::Vocabulary* vocabulary = nullptr;

    [[nodiscard]] Choice nothing() const;
    [[nodiscard]] bool exists(const Choice&, std::size_t slot) const;
    // Can this cell take this value beside what was chosen before it?
    [[nodiscard]] bool fits(const Choice&, std::size_t cell, std::size_t value) const;
    [[nodiscard]] bool findings(const Choice&) const;
    // The case, as a file would have it.
    [[nodiscard]] text::Node written(const Choice&) const;
};

// `stages`: what is read up to each stage of a search; the last one holds all.
[[nodiscard]] Space space_of(const rule::Packs&, const rule::Rule&,
                             const std::vector<Reads>& stages, int records);

// A document made in memory, as lines of YAML in which each record takes one line.
[[nodiscard]] std::vector<std::string> lines_of(const text::Node&);

}  // namespace antinomy::lint
