#pragma once
// Types of records as the vocabularies of packs give them: what is a date, which field stands for a
// record in time, what holds by meaning. Only what bears on time and on names is read.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "verify/expression.hpp"
#include "verify/place.hpp"
#include "verify/working_days.hpp"

namespace antinomy::verify {

struct Field {
    enum class Kind { day, period, reference, nested, other } kind = Kind::other;
    std::string name;
    std::string target;     // of reference and nested: a type
    std::string otherwise;  // the field that stands in where this one is missing
    std::vector<std::string> lasts;
};

struct AlwaysLine {
    std::string text;
    Place place;
    Order order;
    bool known = true;  // the line could be read
};

struct Type {
    std::string name;
    std::string plural;
    std::string first_moment;
    std::string last_moment;
    std::vector<Field> fields;
    std::vector<AlwaysLine> always;
    [[nodiscard]] int field(const std::string& name) const;  // -1: none
};

struct Vocabulary {
    std::vector<Type> types;
    std::map<std::string, double> policies;                               // their defaults
    std::map<std::string, std::string> ways;                              // the same as words
    std::map<std::string, std::shared_ptr<const WorkingDays>> calendars;  // nothing: can't be read
    [[nodiscard]] int type(const std::string& name) const;
    [[nodiscard]] int of_plural(const std::string& plural) const;
    void read(const File& pack);
};

}  // namespace antinomy::verify
