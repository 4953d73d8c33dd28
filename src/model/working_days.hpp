#pragma once
// Calendars of working days, from the `calendars:` of rule packs to time::WorkingDays. A calendar
// is data of a jurisdiction: days of rest, holidays, free days that are worked, and for which years
// all this is known. How one is written: rules/README.md, "Calendars of working days".

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "text/document.hpp"
#include "time/working_days.hpp"

namespace antinomy::model {

class WorkingCalendars {
public:
    // Adds those of one `calendars:` mapping.
    void read(const text::Node&, text::Diagnostics&);

    // Null: there is none of that name.
    [[nodiscard]] std::shared_ptr<const time::WorkingDays> find(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> names() const;

private:
    struct Known {
        std::shared_ptr<const time::WorkingDays> days;
        text::Span span;
    };
    std::map<std::string, Known, std::less<>> calendars_;
};

}  // namespace antinomy::model
