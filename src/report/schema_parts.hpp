#pragma once
// Pieces that the schemas of cases and packs are made of.

#include <iosfwd>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "model/vocabulary.hpp"
#include "rule/pack.hpp"
#include "text/keys.hpp"

namespace antinomy::report::schema {

using Json = nlohmann::ordered_json;
// Schemas by key; a key that has none holds one text.
using Given = std::map<std::string, Json>;

[[nodiscard]] Json text();  // any plain value: the files' readers see its text
[[nodiscard]] Json yes_no();
[[nodiscard]] Json words(const text::Keys&);  // one of them, each described
[[nodiscard]] Json words(const std::vector<std::string>&);
[[nodiscard]] Json list(Json items, int least = 0);
[[nodiscard]] Json pair_of(Json items);  // a list of two
[[nodiscard]] Json by_name(Json value);  // a mapping whose keys are names
[[nodiscard]] Json any_of(std::vector<Json>);
[[nodiscard]] Json whole_number();  // from 0 to a million
[[nodiscard]] Json term();          // "10 days"
[[nodiscard]] Json reference(const std::string& definition);
[[nodiscard]] Json described(Json, const std::string& about);

// A mapping with the keys of the table and no others.
[[nodiscard]] Json mapping(const text::Keys&, const Given& = {},
                           const std::vector<std::string>& required = {});

// A policy's value: a number, or one of two words.
[[nodiscard]] Json policy(const std::string& name);

// What case files and the examples of rules hold, as `properties`; an example has no `include`, no
// `expect`, and no packs of its own.
[[nodiscard]] Json case_properties(const rule::Packs&, bool example);
// What the properties refer to.
[[nodiscard]] Json definitions(const rule::Packs&);

// Indented, what fits a line on one: a schema is read by people too.
void print(std::ostream&, const Json&);

// The head that every schema has.
[[nodiscard]] Json head(const std::string& title);

}  // namespace antinomy::report::schema
