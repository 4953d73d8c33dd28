#pragma once
// Values of the data made into values of the vocabulary, as the map says that they are written:
// words, dates, periods, durations, numbers, references, lists. What cannot be read so is an error
// at its place, and no value.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/map.hpp"
#include "text/diagnostic.hpp"

namespace antinomy::data {

// Without white space at both ends; most texts have none.
[[nodiscard]] inline std::string_view trimmed(std::string_view s) {
    constexpr std::string_view kWhite = " \t\r\n";
    const auto white = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    if (s.empty() || (!white(s.front()) && !white(s.back()))) return s;
    const auto first = s.find_first_not_of(kWhite);
    if (first == std::string_view::npos) return {};
    return s.substr(first, s.find_last_not_of(kWhite) - first + 1);
}
// Is it spelt as nothing?
[[nodiscard]] bool is_nothing(const text::Node&, const Writing&);
// A whole record or item is pointed to by its begin.
[[nodiscard]] text::Span place_of(const text::Node&);
// The texts that a sign parts, without white space around them.
[[nodiscard]] std::vector<std::string_view> parts_of(std::string_view text, std::string_view sign);
[[nodiscard]] text::Node scalar_at(std::string text, text::Span);
// A text that stands for another one of the data: every part of it has the place of the whole.
[[nodiscard]] text::Node in_place_of(std::string text, const text::Node&);
// A name of a record or a case from a text of the data: every character that no name has becomes a
// `-`; empty if nothing is left.
[[nodiscard]] std::string name_from(std::string_view);

class Converter {
public:
    explicit Converter(text::Diagnostics& diagnostics) : diagnostics_(&diagnostics) {}
    // Where errors go from now on.
    void tell(text::Diagnostics& diagnostics) { diagnostics_ = &diagnostics; }
    // References that are left out, by type and name.
    void leave_out(std::function<bool(model::TypeId, const std::string&)> left_out) {
        left_out_ = std::move(left_out);
    }

    // What a word of the data means.
    [[nodiscard]] std::optional<text::Node> word(const std::string& what, const Writing&,
                                                 const text::Node&);
    [[nodiscard]] std::optional<text::Node> single(const model::Field&, const Value&,
                                                   const text::Node&);
    [[nodiscard]] std::optional<text::Node> list(const model::Field&, const Value&,
                                                 const std::vector<const text::Node*>&);
    // A date with its sign (null: it stands beside the date, or there is none), and the other date
    // of `between`; a date that has not come is a mapping with `pending`.
    [[nodiscard]] std::optional<text::Node> day(const model::Field&, const Value&,
                                                const text::Node&, const text::Node* mark,
                                                const text::Node* until);
    // From two values, each of them perhaps not stated; `place`: of the record.
    [[nodiscard]] std::optional<text::Node> period(const model::Field&, const Value&,
                                                   const std::vector<const text::Node*>& from,
                                                   const std::vector<const text::Node*>& to,
                                                   text::Span place);

private:
    std::optional<text::Node> date(const model::Field&, const Writing&, const text::Node&,
                                   Mark mark = Mark::exact);
    std::optional<text::Node> pending(const Value&, const text::Node&);
    std::optional<text::Node> duration(const model::Field&, const Writing&, const text::Node&);
    std::optional<text::Node> number(const model::Field&, const Writing&, const text::Node&);

    text::Diagnostics* diagnostics_;
    std::function<bool(model::TypeId, const std::string&)> left_out_;
};

}  // namespace antinomy::data
