// The table of quotes in grammar/README.md, and more of the kind.

#include "grammar/quoted.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "random_text.hpp"

namespace antinomy::grammar {
namespace {

std::string two(int n) {
    return (n < 10 ? "0" : "") + std::to_string(n);
}
std::string shape(const QuotedDate& d) {
    std::string out = d.year ? std::to_string(*d.year) : "?";
    if (d.shift) {
        const char* const unit = d.unit == Unit::week    ? "week"
                                 : d.unit == Unit::month ? "month"
                                                         : "year";
        out = std::string(*d.shift < 0 ? "last " : *d.shift > 0 ? "next " : "this ") + unit;
    }
    if (d.month) out += "-" + two(*d.month);
    if (d.first_day) out += "-" + two(*d.first_day);
    if (d.last_day != d.first_day) out += ".." + two(*d.last_day);
    return out + (d.weak ? " (weak)" : "");
}
std::string shape(const std::string& quote) {
    const auto read = dates_in_quote(quote);
    if (!read.sure) return "not sure";
    std::string out;
    for (const auto& d : read.dates) out += (out.empty() ? "" : "; ") + shape(d);
    return out.empty() ? "none" : out;
}

TEST(Quoted, ExamplesOfTheReadmeHold) {
    std::ifstream file(std::string(ANTINOMY_ROOT) + "/grammar/README.md");
    bool ours = false;
    int examples = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.rfind("## ", 0) == 0) ours = line == "## Dates in quotes";
        if (!ours || line.rfind("| `", 0) != 0) continue;
        const auto end = line.find("` | ");
        ASSERT_NE(end, std::string::npos) << line;
        const auto expected = line.substr(end + 4, line.size() - end - 6);
        EXPECT_EQ(shape(line.substr(3, end - 3)), expected) << line;
        ++examples;
    }
    EXPECT_GT(examples, 12);
}

struct Row {
    const char* quote;
    const char* dates;
};
const Row rows[] = {
    {"2014-09-29", "2014-09-29"},
    {"29/09/2014", "2014-09-29"},
    {"29.9.2014", "2014-09-29"},
    {"09.10.2014", "2014-10-09"},  // with dots, the day comes first
    {"29.09.14", "not sure"},
    {"the 29th of September, 2014", "2014-09-29"},
    {"29-го сентября", "?-09-29"},
    {"Sept 29", "?-09-29"},
    {"September 29-30, 2014", "2014-09-29..30"},
    {"29, 30 сентября и 1 октября 2014 г.", "?-09-29..30; 2014-10-01"},
    {"с 29 по 30 сентября 2014 года", "2014-09-29..30"},
    {"в ноябре", "?-11"},
    {"в 2014 году", "2014"},
    {"in 2014", "2014"},
    {"the 1990s", "none"},
    {"Article 307 of 2014-2015", "2014; 2015 (weak)"},
    {"March on the capital", "?-03 (weak)"},
    {"they march in 5 may ways", "none"},
    {"May 16", "?-05-16"},
    {"last November", "not sure"},
    {"в прошлом месяце", "last month"},
    {"на следующей неделе", "next week"},
    {"вчера, 5 марта", "not sure"},
    {"в четверг, 9 октября 2014 года", "2014-10-09"},
    {"before 5 March 2014", "not sure"},
    {"35 September 2014", "2014-09"},
    {"5\u00A0марта\u00A02015\u00A0года", "2015-03-05"},
    {"«5 марта» — день", "?-03-05"},
    {"5–7 March 2015", "2015-03-05..07"},
    {"", "none"},
    {"0000-00-00 99.99.9999", "none"},
    {"\xFF\xC2\xE2\x80", "none"},
};

TEST(Quoted, ReadsWhatPeopleWrite) {
    for (const auto& row : rows) EXPECT_EQ(shape(row.quote), row.dates) << row.quote;
}

TEST(Quoted, WithstandsRandomText) {
    test::Random random(41);
    static const std::vector<std::string> words{
        "29",  "September", "сентября", "2014", "года", ",",        ".",
        "-",   "/",         "last",     "week", "this", "year",     "в",
        "and", "9/10/",     "2014",     "th",   "of",   "Thursday", "после"};
    for (int n = 0; n < 20'000; ++n) {
        std::string text;
        for (int k = random.below(10); k > 0; --k)
            text += random.pick(words) + (random.chance(3) ? "" : " ");
        if (random.chance(3)) text = random.edited(text, "0123.,-\xD0\xC2\xE2\x80");
        for (const auto& d : dates_in_quote(text).dates) {
            ASSERT_LT(d.range.begin, d.range.end) << text;
            ASSERT_LE(d.range.end, text.size()) << text;
            ASSERT_TRUE(d.year || d.month || d.shift) << text;
        }
    }
}

TEST(Quoted, IsNotSureOfTheEndOfALongText) {
    std::string text;
    for (int n = 0; n < 20'000; ++n) text += "a ";
    EXPECT_FALSE(dates_in_quote(text).sure);
}

}  // namespace
}  // namespace antinomy::grammar
