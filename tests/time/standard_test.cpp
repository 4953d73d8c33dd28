// The examples of the standard itself (tests/edtf/standard.tsv): whether a text is read, its level,
// its kind, its days, its canonical spelling.
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "grammar/edtf.hpp"
#include "time/stated.hpp"

namespace antinomy::time {
namespace {

std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> out{""};
    for (const char c : line) {
        if (c == '\t') {
            out.emplace_back();
        } else {
            out.back() += c;
        }
    }
    return out;
}

TEST(Standard, ItsExamplesHold) {
    std::ifstream file(ANTINOMY_ROOT "/tests/edtf/standard.tsv");
    Conventions as_written;
    as_written.approximate_slack = 0;
    std::size_t rows = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        SCOPED_TRACE(line);
        const auto row = cells(line);
        ASSERT_EQ(row.size(), 6U);
        ++rows;
        const auto parsed = grammar::parse_edtf(row[0]);
        const auto* edtf = std::get_if<grammar::Edtf>(&parsed);
        std::variant<StatedDay, CalendarError> read = CalendarError{};
        if (edtf != nullptr) read = day_of(*edtf, as_written);
        const auto* day = std::get_if<StatedDay>(&read);
        if (row[1] == "-") {
            EXPECT_EQ(day, nullptr);
            continue;
        }
        ASSERT_NE(edtf, nullptr) << std::get<grammar::SyntaxError>(parsed).message;
        ASSERT_NE(day, nullptr) << std::get<CalendarError>(read).message;
        EXPECT_EQ(std::to_string(grammar::level(*edtf)), row[1]);
        EXPECT_EQ(grammar::kind(*edtf), row[2]);
        EXPECT_EQ(to_string(day->days.hull().first), row[3]);
        EXPECT_EQ(to_string(day->days.hull().last), row[4]);
        EXPECT_EQ(grammar::print(*edtf), row[5] == "=" ? row[0] : row[5]);
        EXPECT_EQ(day->doubtful, row[0].find_first_of("?%") != std::string::npos);
        EXPECT_EQ(day->approximate, row[0].find_first_of("~%") != std::string::npos);
    }
    EXPECT_GE(rows, 125U);  // none is lost
}

}  // namespace
}  // namespace antinomy::time
