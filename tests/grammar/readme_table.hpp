#pragma once
// The tables of examples in grammar/README.md, which the tests hold it to.
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace antinomy::grammar::test {

// The cells between bars, without blanks and without the backquotes of code around them.
inline std::vector<std::string> readme_cells(const std::string& line) {
    std::vector<std::string> cells;
    for (std::size_t begin = 1, bar = 0; (bar = line.find('|', begin)) != std::string::npos;
         begin = bar + 1) {
        auto cell = line.substr(begin, bar - begin);
        cell.erase(0, std::min(cell.find_first_not_of(' '), cell.size()));
        cell.erase(cell.find_last_not_of(' ') + 1);
        const bool code = cell.size() > 1 && cell.find('`', 1) == cell.size() - 1;
        if (code && cell[0] == '`') cell = cell.substr(1, cell.size() - 2);
        cells.push_back(std::move(cell));
    }
    return cells;
}

// The rows under `## section` of tables whose first heading is `first`.
inline std::vector<std::vector<std::string>> readme_rows(std::string_view section,
                                                         std::string_view first) {
    std::ifstream file(ANTINOMY_ROOT "/grammar/README.md");
    std::vector<std::vector<std::string>> rows;
    std::string heading, table;
    for (std::string line; std::getline(file, line);) {
        if (line.rfind("## ", 0) == 0) heading = line.substr(3);
        if (line.rfind("|", 0) != 0) table.clear();
        if (heading != section || line.rfind("|", 0) != 0 || line.rfind("|--", 0) == 0) continue;
        auto cells = readme_cells(line);
        if (table.empty()) {
            table = cells[0];
        } else if (table == first) {
            rows.push_back(std::move(cells));
        }
    }
    return rows;
}

}  // namespace antinomy::grammar::test
