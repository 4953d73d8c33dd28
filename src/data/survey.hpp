#pragma once
// What stands in the records of a data set, path by path: how often, of which kind, in which
// formats of dates. Counts and examples are kept, not the records.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "data/dates.hpp"
#include "text/document.hpp"

namespace antinomy::data {

// The formats of dates that are tried, in the order in which they are preferred. A set of them is a
// number with a bit for each.
[[nodiscard]] const std::vector<DateFormat>& tried_formats();
using Formats = std::uint64_t;

struct Counted {
    std::uint64_t count = 0;
    std::string example;  // the first one
    void add(std::string_view value) {
        if (count++ == 0) example = value;
    }
};

// The texts and numbers at one path. What is empty, or a known spelling of nothing ("-", "n/a"),
// is counted apart, and is no value.
struct Texts {
    std::uint64_t values = 0;
    std::string example;
    std::uint64_t blank = 0;
    std::map<std::string, std::uint64_t> nothing;  // spellings of nothing
    // Kinds; a value may be of several.
    std::uint64_t truths = 0;          // yes, no, true, false
    std::uint64_t whole = 0;           // whole numbers, as the vocabulary reads them
    std::uint64_t years = 0;           // of these, such as could be years
    std::uint64_t point = 0;           // numbers with a decimal point
    std::uint64_t point_three = 0;     // of these, such as 1.234: three digits behind it
    std::uint64_t comma = 0;           // numbers with a comma before the fraction: 1.250,5
    std::uint64_t comma_three = 0;     // of these, such as 1,234
    std::uint64_t grouped = 0;         // of these, such as have points between groups
    std::uint64_t point_grouped = 0;   // numbers with commas between groups: 1,250.5
    Counted other_numbers;             // such as no field reads: 1e5
    std::uint64_t durations = 0;       // 3 months
    std::uint64_t quoted = 0;          // written in quotes where numbers need none (JSON)
    std::uint64_t nameless = 0;        // without a letter or digit: no name of a record
    Counted intervals;                 // EDTF: 2014/2015
    Counted two_digits;                // dates whose year has two digits
    Counted other_dates;               // like a date, and in none of the formats
    Counted no_day;                    // in the form of a date, and no day of the calendar
    std::map<Formats, Counted> dates;  // by the formats that read them
    std::map<Formats, Counted> open;   // likewise, of dates that these read differently
    Counted strange;                   // none of the kinds above
    std::map<std::string, std::uint64_t> strangers;  // of these, the first few different ones
    std::map<std::string, std::uint64_t> different;  // values, as long as there are few
    bool few = true;
    bool each_once = true;  // no value stands twice
    std::unordered_set<std::uint64_t> met;
    [[nodiscard]] std::uint64_t all_dates() const;
    void add(const text::Node&);

private:
    // True: it is of one of the kinds.
    bool add_number(std::string_view);
    bool add_date(std::string_view, bool number);
    void add_strange(std::string_view);
};

// One path: of a key, or of the items of a list.
struct Shape {
    std::string key;
    const Shape* above = nullptr;  // null: a record
    bool items = false;            // of the list `above`
    std::uint64_t met = 0;         // records (or items) in which something stands there
    std::uint64_t absent = 0;      // the key stands there without a value
    std::uint64_t mappings = 0;
    std::uint64_t lists = 0;
    std::uint64_t longest = 0;   // of the lists
    std::uint64_t left_out = 0;  // keys that were too many to be told apart
    Texts texts;
    std::vector<std::unique_ptr<Shape>> children;  // by first appearance
    std::unordered_map<std::string, Shape*> by_key;
    std::unique_ptr<Shape> item;
    void add(const text::Node&);
};

}  // namespace antinomy::data
