#pragma once
// A case in outline: of each record the values that rules read, as plain numbers, made straight
// from data and judged by a `Screen` (screen.hpp) before anybody builds the case itself.
//
// It holds what most records of a data set are: one view, one value a field, days and periods
// between two days, nothing doubtful, relative or pending, one zone, no clock times. What is more
// than that has no sketch.
//
// Texts point into what the sketch was made from, which must outlive it.

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/vocabulary.hpp"

namespace antinomy::check {

struct Sketch {
    // Further than any day of the calendar: no bound.
    static constexpr std::int64_t kOpen = std::int64_t{1} << 45;
    static constexpr std::uint32_t kNone = UINT32_MAX;

    struct Value {
        bool there = false;     // stated
        bool closed = false;    // of a list: nothing is left out
        bool free = false;      // of a date that is not stated: `always:` ties it to others
        bool by_clock = false;  // of a duration: it has hours
        bool narrowed = false;  // the days below are fewer than what is stated
        // A reference: the record. A list: its first item in `listed` or `texts`, and how many.
        std::uint32_t record = kNone;
        std::uint32_t count = 0;
        // A day lies from low[0] to high[0], in days since 1970-01-01; a period starts there and
        // ends from low[1] to high[1]. Of a duration low has the months, high the seconds.
        std::int64_t low[2] = {0, 0};
        std::int64_t high[2] = {0, 0};
        double number = 0;      // integer, number; boolean: 0 or 1
        std::string_view text;  // text, word

        [[nodiscard]] std::int64_t months() const { return low[0]; }
        [[nodiscard]] std::int64_t seconds() const { return high[0]; }
        void lasts(std::int64_t months, std::int64_t seconds, bool clock = false) {
            low[0] = months;
            high[0] = seconds;
            by_clock = clock;
        }
        // The days stay as they are: they are read only where they are stated or free.
        void forget() {
            there = closed = free = by_clock = narrowed = false;
            record = kNone;
            count = 0;
            number = 0;
            text = {};
        }
    };
    struct Record {
        model::TypeId type;
        std::uint32_t shape = 0;     // of those that the screen knows (Screen::know)
        std::uint32_t first = 0;     // of its values
        std::uint32_t item = kNone;  // of the list of the data that made it, from 0
    };

    std::vector<Record> records;
    std::vector<Value> values;  // of all records, one after the other, and room for more
    std::vector<std::uint32_t> listed;
    std::vector<std::string_view> texts;
    std::vector<std::vector<std::uint32_t>> of_type;   // records by type, in their order
    std::vector<std::vector<std::uint32_t>> of_shape;  // likewise by shape

    // Empty, for cases of so many types and shapes; keeps its memory.
    void clear(std::size_t types, std::size_t shapes) {
        for (const auto& r : records) {
            of_type[r.type.value].clear();
            of_shape[r.shape].clear();
        }
        records.clear();
        used_ = 0;
        listed.clear();
        texts.clear();
        of_type.resize(types);
        of_shape.resize(shapes);
    }
    // A record with so many values, none of them stated. Shapes come in their order.
    std::uint32_t add(model::TypeId type, std::uint32_t shape, std::size_t size,
                      std::uint32_t item = kNone) {
        const auto id = static_cast<std::uint32_t>(records.size());
        records.push_back({type, shape, static_cast<std::uint32_t>(used_), item});
        const auto first = used_;
        used_ += size;
        if (values.size() < used_) values.resize(2 * used_);
        for (auto *v = values.data() + first, *end = v + size; v != end; ++v) v->forget();
        of_type[type.value].push_back(id);
        of_shape[shape].push_back(id);
        return id;
    }

private:
    std::size_t used_ = 0;  // of the values
};

}  // namespace antinomy::check
