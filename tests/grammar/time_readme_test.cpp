// The examples of grammar/README.md on EDTF, time expressions and order lines hold.

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "grammar/edtf.hpp"
#include "grammar/time.hpp"

namespace antinomy::grammar {
namespace {

// The cells of a row, without blanks around them.
std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> out;
    std::size_t begin = 1;
    for (std::size_t bar = line.find('|', 1); bar != std::string::npos;
         bar = line.find('|', begin)) {
        const std::size_t first = line.find_first_not_of(' ', begin);
        const std::size_t last = line.find_last_not_of(' ', bar - 1);
        out.push_back(first >= bar ? "" : line.substr(first, last + 1 - first));
        begin = bar + 1;
    }
    return out;
}

std::string code(const std::string& cell) {
    return cell.size() < 2 ? cell : cell.substr(1, cell.size() - 2);
}

struct Answer {
    std::string printed;
    SyntaxError error;
};
template <class Tree>
Answer answer(const Parsed<Tree>& parsed) {
    if (const auto* error = std::get_if<SyntaxError>(&parsed)) return {"(refused)", *error};
    return {print(std::get<Tree>(parsed)), {}};
}
Answer read(const std::string& section, const std::string& text) {
    if (section == "EDTF") return answer(parse_edtf(text));
    if (section == "Time expressions") return answer(parse_time(text));
    return answer(parse_order(text));
}

TEST(TimeReadme, ExamplesHold) {
    std::ifstream file(std::string(ANTINOMY_ROOT) + "/grammar/README.md");
    ASSERT_TRUE(file.is_open());
    std::string section;
    std::string table;
    int examples = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("## ")) section = line.substr(3);
        const bool ours =
            section == "EDTF" || section == "Time expressions" || section == "Order lines";
        if (!ours || !line.starts_with("|") || line.starts_with("|--")) continue;
        const std::vector<std::string> row = cells(line);
        ASSERT_EQ(row.size(), 3U) << line;
        if (row[0] == "written" || row[0] == "refused") {
            table = row[0];
            continue;
        }
        ++examples;
        const Answer got = read(section, code(row[0]));
        if (table == "written") {
            EXPECT_EQ(got.printed, code(row[1])) << line;
        } else {
            EXPECT_EQ(got.printed, "(refused)") << line;
            EXPECT_EQ(got.error.message, row[1]) << line;
            EXPECT_EQ(got.error.help, row[2]) << line;
        }
    }
    EXPECT_GT(examples, 50);
}

}  // namespace
}  // namespace antinomy::grammar
