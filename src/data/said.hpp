#pragma once
// What records of the data say of one field of a case, by whom; put together where several of them
// make one record.

#include <string>
#include <utility>
#include <vector>

#include "text/document.hpp"

namespace antinomy::data {

struct Said {
    text::Node value;                                      // a mapping: of a date that has not come
    std::vector<std::pair<std::string, text::Node>> meta;  // by, source ...
    std::vector<text::Span> meta_spans;
};

// `together`: what is said alike is said once, and lists (`list`) said by one are put together.
void add_said(std::vector<Said>& all, Said, bool together, bool list);
// As a case has it: the value, one assertion, or (always if `several`) a list of them.
[[nodiscard]] text::Node field_node(std::vector<Said> all, bool several);

// Do they say the same, wherever they stand?
[[nodiscard]] bool alike(const text::Node&, const text::Node&);

// Trees made, not read.
[[nodiscard]] text::Node mapping_at(text::Span);
void put(text::Node& mapping, const std::string& key, text::Span, text::Node value);

}  // namespace antinomy::data
