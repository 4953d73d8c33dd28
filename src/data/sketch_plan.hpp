#pragma once
// What is the same for the sketches of all records: the map with every name looked up. Of this
// folder alone; the promises are those of sketcher.hpp.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "check/sketch.hpp"
#include "data/sketcher.hpp"
#include "model/case.hpp"
#include "time/calendar.hpp"

namespace antinomy::data {

// Paths that begin alike, as a tree of names: a record is gone through once.
struct Names {
    std::vector<std::pair<std::string, std::uint32_t>> children;  // name, index
    std::uint64_t lengths = 0;                  // bit n: there is a child of n bytes (modulo 64)
    std::uint32_t path = check::Sketch::kNone;  // the number of the path that ends here
    bool content = false;               // what a text here says is read, not only that it is one
    bool each = false;                  // the list here is split into records
    std::vector<std::uint32_t> splits;  // so
    // kNone: there is none.
    [[nodiscard]] std::uint32_t child(std::string_view name) const {
        if ((lengths >> (name.size() % 64) & 1u) != 0)
            for (const auto& [text, to] : children)
                if (text == name) return to;
        return check::Sketch::kNone;
    }
};

// Where paths begin: the record, or an item of a list that is split.
struct Place {
    std::vector<Names> names{1};
    std::uint32_t paths = 0;
};

// First days of months, for the years that most data are of.
class Months {
public:
    Months() {
        for (std::size_t i = 0; i < first_.size(); ++i)
            first_[i] = static_cast<std::int32_t>(
                time::to_day({kFrom + static_cast<int>(i / 12), static_cast<int>(i % 12) + 1, 1})
                    .value);
    }
    // The month's first day, and that of the next month, which is of the same years.
    [[nodiscard]] bool find(int year, int month, std::int64_t& first, std::int64_t& next) const {
        if (year < kFrom || year >= kFrom + kYears) return false;
        const auto at = static_cast<std::size_t>((year - kFrom) * 12 + month - 1);
        first = first_[at];
        next = first_[at + 1];
        return true;
    }

private:
    static constexpr int kFrom = 1800;
    static constexpr int kYears = 400;
    std::array<std::int32_t, kYears * 12 + 1> first_{};
};

// A path as a number among those of its place.
struct Lead {
    std::uint32_t number = check::Sketch::kNone;
    bool of_item = false;
    std::size_t slot = 0;  // of the map
};

struct FieldPlan {
    const model::Field* field = nullptr;
    std::uint32_t slot =
        check::Sketch::kNone;  // in the sketch; check::Sketch::kNone: no rule reads it
    const Writing* writing = nullptr;
    std::optional<Lead> from;
    std::optional<Lead> until;
    std::optional<check::Sketch::Value> constant;
    std::vector<std::string_view> constant_texts;
    std::vector<std::uint32_t> targets;  // templates that a constant refers to
    bool closed = false;
    bool form_only = false;  // any scalar will do, and nothing comes of it
    bool day_only = false;   // one path, no words for nothing, and dates of EDTF first of all
    // What one of the unit is, of durations that are numbers.
    std::int64_t unit_months = 0;
    std::int64_t unit_seconds = 0;
};

// How a field is filled, if it is one of those that most are: what is asked of the plan again and
// again, close together.
struct Fill {
    enum class How : std::uint8_t {
        any,       // as the plan has it
        form,      // form_only
        day,       // day_only
        constant,  // one value
        refer,     // to the record of one template
    };
    How how = How::any;
    bool of_item = false;  // what the path begins at
    bool closed = false;
    bool has_path = false;
    bool no_nulls = false;  // and no words for nothing
    std::uint32_t path = 0;
    std::uint32_t slot = check::Sketch::kNone;
    std::uint32_t target = 0;  // the template
    std::size_t met = 0;       // slot of the path
};

struct Template {
    model::TypeId type;
    std::uint32_t each = check::Sketch::kNone;  // of `splits`
    std::optional<Lead> named;
    const Writing* naming = nullptr;
    bool has_paths = false;
    std::size_t size = 0;  // values of a record
    std::vector<FieldPlan> fields;
    std::vector<Fill> fills;  // by field
};

// A list that is split into records.
struct Split {
    Lead list;
    std::string written;
    std::vector<std::size_t> slots;  // of the map: one for each time that it is named
    std::size_t level = 0;           // how deep its items lie
    Place place;                     // paths of its items
};

struct SketchPlan::Parts {
    const Map* map = nullptr;
    std::string why_not;
    model::Case frame;
    std::unique_ptr<check::Screen> screen;
    std::size_t types = 0;
    Place root;
    std::vector<Split> splits;
    std::vector<Template> templates;  // the screen knows each as a shape, by its number
    std::optional<Lead> id;
    std::optional<Lead> title;
    std::vector<std::string> case_nulls;
    Months months;
};

}  // namespace antinomy::data
