#pragma once
// The vocabulary: types of records and their fields, read from the `vocabulary:` of rule packs, so
// that another field of law brings its own without a line of C++.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "grammar/ast.hpp"
#include "model/working_days.hpp"
#include "text/diagnostic.hpp"
#include "text/document.hpp"

namespace antinomy::model {

struct TypeId {
    std::uint32_t value = UINT32_MAX;
    [[nodiscard]] bool valid() const { return value != UINT32_MAX; }
    friend bool operator==(TypeId, TypeId) = default;
};

enum class FieldKind {
    day,
    period,
    duration,
    integer,
    number,
    boolean,
    text,
    word,
    reference,
    nested
};

struct Field {
    std::string name;
    FieldKind kind = FieldKind::text;
    bool list = false;  // a list of references or texts; nested fields are lists by nature
    std::vector<std::string> words;  // of FieldKind::word
    std::vector<std::string> lasts;  // words whose records last: no one-day end (semantics 2.3)
    std::string target_name;         // of reference and nested
    text::Span type_span;
    TypeId target;
    std::string otherwise;  // a field whose value stands in where this one is missing
    text::Span otherwise_span;
    text::Span span;
};

struct AlwaysLine {
    std::string text;          // an order line over fields: "start not after end"
    text::Span span;           // of the scalar's text
    grammar::OrderLine order;  // the text, read
    std::vector<std::pair<std::string, text::Span>> fields;  // that it names
};

struct Type {
    std::string name;    // event
    std::string plural;  // events: the key of a case file; nested types have none of their own
    std::string title_field;
    std::string first_moment;  // the date field that stands for the record in time; empty: none
    std::string last_moment;
    std::vector<Field> fields;
    std::vector<AlwaysLine> always;
    bool nested = false;
    text::Span span;
    text::Span plural_span;
    text::Span title_span;
    text::Span first_span;  // of the moment
    text::Span last_span;

    [[nodiscard]] const Field* field(std::string_view name) const;
    [[nodiscard]] std::size_t field_index(std::string_view name) const;  // SIZE_MAX if none
};

class Vocabulary {
public:
    // Adds the types of one `vocabulary:` mapping; `finish` once after the last resolves their
    // references.
    void read(const text::Node&, text::Diagnostics&);
    void finish(text::Diagnostics&);

    [[nodiscard]] const std::vector<Type>& types() const { return types_; }
    [[nodiscard]] const Type& type(TypeId t) const { return types_[t.value]; }
    [[nodiscard]] TypeId find(std::string_view name) const;
    [[nodiscard]] TypeId find_plural(std::string_view plural) const;
    [[nodiscard]] std::vector<std::string> names() const;
    [[nodiscard]] std::vector<std::string> plurals() const;

    // Beside the types: packs bring the calendars that cases may count working days by.
    [[nodiscard]] const WorkingCalendars& calendars() const { return calendars_; }
    [[nodiscard]] WorkingCalendars& calendars() { return calendars_; }

private:
    void check_plural(const Type&, text::Diagnostics&) const;

    std::vector<Type> types_;
    WorkingCalendars calendars_;
};

// Names of cases, records, accounts, packs and rules: letters of any script, digits, `-` and `_`,
// not `-` first.
[[nodiscard]] bool good_id(std::string_view id);
inline constexpr const char* kNameHelp =
    "use letters of any script, digits, `-` and `_`, and do not begin with `-`";

// "a date", "a reference to an event", "one of meeting, call": for messages.
[[nodiscard]] std::string describe(const Field&);

}  // namespace antinomy::model
