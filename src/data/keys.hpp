#pragma once
// The keys of maps, each with what it is for. The reader accepts these and nothing else.

#include "text/keys.hpp"

namespace antinomy::data {

[[nodiscard]] const text::Keys& map_keys();       // of `map:`
[[nodiscard]] const text::Keys& part_keys();      // of a part
[[nodiscard]] const text::Keys& cases_of();       // words of `one_case`
[[nodiscard]] const text::Keys& mark_words();     // meanings in `marks`
[[nodiscard]] const text::Keys& table_keys();     // of `table:`
[[nodiscard]] const text::Keys& template_keys();  // of a record, beside its fields
[[nodiscard]] const text::Keys& value_keys();     // of a value that is a mapping
[[nodiscard]] const text::Keys& meta_keys();      // of an assertion, beside its value
[[nodiscard]] const text::Keys& test_keys();      // of a test
[[nodiscard]] const text::Keys& formats();        // words of `reads`
[[nodiscard]] const text::Keys& units();          // words of `unit`

}  // namespace antinomy::data
