#pragma once
// The form of a data file, told by its first bytes, for a map that is drafted: JSON, JSON Lines, a
// table and what parts its cells, YAML; and where in a text the list of records is. The name of the
// file decides only what the bytes leave open. What was decided on grounds that may be wrong is a
// doubt, in words.

#include <string>
#include <string_view>
#include <vector>

#include "data/table.hpp"
#include "text/document.hpp"

namespace antinomy::data {

struct Form {
    std::string reads;                 // a word of `reads:` in a map
    TableForm table;                   // of csv and tsv
    std::vector<std::string> records;  // keys from the root to the list of records; none: the root
    std::vector<std::string> doubts;
    std::vector<std::string> notes;  // what was seen, and leaves nothing open
};

// `head`: the first bytes of the file, unpacked; `whole`: they are all of it.
[[nodiscard]] Form form_of(std::string_view head, bool whole, const std::string& name);

// The lists of mappings that keys alone lead to, with the number of their items, the longest first.
struct ListPlace {
    std::vector<std::string> keys;
    std::size_t items = 0;
};
[[nodiscard]] std::vector<ListPlace> lists_in(const text::Node& root);

// Which of them holds the records, said as a doubt; none of them: nothing is changed.
void choose_list(Form&, const std::vector<ListPlace>&);

}  // namespace antinomy::data
