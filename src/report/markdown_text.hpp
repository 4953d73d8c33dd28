#pragma once
// Text from outside, written so that Markdown shows it and does nothing with it: CommonMark 0.30
// and GitHub's tables, autolinks, strikethrough, mentions, references, emoji and formulas; GitLab's
// references.
//
// What CommonMark itself gives a meaning is escaped by a backslash. What the platforms look for
// afterwards, in the text that was escaped (@name, #12, addresses, commit ids, :emoji:,
// $formulas$), no backslash stops: such a word stands between backticks, where they look for
// nothing. A part that already stands between backticks, as names in messages do, stays so. All on
// one line; controls, bidirectional and invisible characters by number.

#include <string>
#include <string_view>

namespace antinomy::report {

// In a paragraph, a heading or an item of a list.
[[nodiscard]] std::string markdown_text(std::string_view);
[[nodiscard]] std::string markdown_code(std::string_view);
// In a cell of a table, where a bar would end the cell, in code too.
[[nodiscard]] std::string markdown_cell(std::string_view);
[[nodiscard]] std::string markdown_cell_code(std::string_view);

}  // namespace antinomy::report
