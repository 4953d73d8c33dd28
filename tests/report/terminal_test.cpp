#include "report/terminal.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace antinomy::report {
namespace {

Style from(std::map<std::string, std::string> values, bool terminal = true,
           ColorWhen when = ColorWhen::automatic, bool ascii = false, int width = 0) {
    return style_from(terminal, width, when, ascii, [values](const char* name) -> const char* {
        const auto at = values.find(name);
        return at == values.end() ? nullptr : at->second.c_str();
    });
}

TEST(Style, ColourByOrder) {
    EXPECT_TRUE(from({}).color);
    EXPECT_FALSE(from({}, false).color);
    EXPECT_FALSE(from({{"TERM", "dumb"}}).color);
    EXPECT_TRUE(from({{"TERM", "xterm"}}).color);
    EXPECT_FALSE(from({{"NO_COLOR", "1"}}).color);
    EXPECT_TRUE(from({{"NO_COLOR", ""}}).color);  // empty is not set
    EXPECT_TRUE(from({{"FORCE_COLOR", "1"}}, false).color);
    EXPECT_TRUE(from({{"CLICOLOR_FORCE", "1"}}, false).color);
    EXPECT_TRUE(from({{"FORCE_COLOR", "1"}, {"TERM", "dumb"}}, false).color);
    EXPECT_FALSE(from({{"NO_COLOR", "1"}, {"FORCE_COLOR", "1"}}).color);
    EXPECT_TRUE(from({{"NO_COLOR", "1"}}, false, ColorWhen::always).color);
    EXPECT_FALSE(from({{"FORCE_COLOR", "1"}}, true, ColorWhen::never).color);
}

TEST(Style, UnicodeByLocale) {
    EXPECT_FALSE(from({}).unicode);
    EXPECT_TRUE(from({{"LANG", "tg_TJ.UTF-8"}}).unicode);
    EXPECT_TRUE(from({{"LANG", "C.utf8"}}).unicode);
    EXPECT_FALSE(from({{"LANG", "C.UTF-8"}, {"LC_ALL", "C"}}).unicode);
    EXPECT_TRUE(from({{"LANG", "C"}, {"LC_CTYPE", "en_GB.UTF-8"}}).unicode);
    EXPECT_FALSE(from({{"LANG", "C.UTF-8"}}, true, ColorWhen::automatic, true).unicode);
}

TEST(Style, Width) {
    EXPECT_EQ(from({}).width, 80);
    EXPECT_EQ(from({}, true, ColorWhen::automatic, false, 132).width, 132);
    EXPECT_EQ(from({{"COLUMNS", "100"}}, true, ColorWhen::automatic, false, 132).width, 100);
    EXPECT_EQ(from({{"COLUMNS", "7"}}).width, 40);
    EXPECT_EQ(from({{"COLUMNS", "99999"}}).width, 200);
    for (const char* nonsense : {"x", "-3", "0", "12x", "99999999999999"})
        EXPECT_EQ(from({{"COLUMNS", nonsense}}).width, 80) << nonsense;
}

TEST(Sanitize, ControlsByNumber) {
    EXPECT_EQ(sanitize("\x1b[31mred\x07"), "\\x1b[31mred\\x07");
    EXPECT_EQ(sanitize("a\nb\tc\rd\x7f"), "a\\x0ab\\x09c\\x0dd\\x7f");
    EXPECT_EQ(sanitize(std::string_view("\0", 1)), "\\x00");
    EXPECT_EQ(sanitize("\xc2\x9b"), "\\u009b");              // CSI as one character
    EXPECT_EQ(sanitize("\x9b"), "\\x9b");                    // and as a byte
    EXPECT_EQ(sanitize("\xe2\x80\xae"), "\\u202e");          // right-to-left override
    EXPECT_EQ(sanitize("\xe2\x81\xa7"), "\\u2067");          // isolate
    EXPECT_EQ(sanitize("\xd8\x9c"), "\\u061c");              // Arabic letter mark
    EXPECT_EQ(sanitize("\xe2\x80\xa8"), "\\u2028");          // line separator
    EXPECT_EQ(sanitize("\xe2\x80\x8b"), "\\u200b");          // zero width space
    EXPECT_EQ(sanitize("\xef\xbb\xbf"), "\\ufeff");          // byte order mark
    EXPECT_EQ(sanitize("\xf3\xa0\x81\x81"), "\\U000e0041");  // tag
}

TEST(Sanitize, BytesThatAreNotUtf8) {
    EXPECT_EQ(sanitize("\xff\xfe"), "\\xff\\xfe");
    EXPECT_EQ(sanitize("\xc0\xaf"), "\\xc0\\xaf");           // overlong
    EXPECT_EQ(sanitize("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // surrogate
    EXPECT_EQ(sanitize("\xe2\x82"), "\\xe2\\x82");           // cut short
}

TEST(Sanitize, LeavesScriptsAlone) {
    const std::string text =
        "ҷаласаи ноябр, встреча, 会議, اجلاس, 👩‍⚖️, é";
    EXPECT_EQ(sanitize(text), text);
    EXPECT_EQ(one_line("  a \n\t b\r\n"), "a b");
}

TEST(Sanitize, TwiceIsOnce) {
    std::mt19937 random(7);
    for (int round = 0; round < 500; ++round) {
        std::string text;
        for (int i = 0; i < 40; ++i) text += static_cast<char>(random() % 256);
        const std::string once = sanitize(text);
        EXPECT_EQ(sanitize(once), once);
        for (const char c : once) {
            const auto byte = static_cast<unsigned char>(c);
            EXPECT_TRUE(byte >= 0x20 && byte != 0x7f);
        }
    }
}

TEST(Clusters, KeepBytesAndWidths) {
    const auto c = clusters("a\tб会e\xcc\x81\x1b");
    ASSERT_EQ(c.size(), 6u);
    EXPECT_EQ(c[1].shown, "   ");
    EXPECT_EQ(c[1].width, 3);
    EXPECT_EQ(c[3].width, 2);
    EXPECT_EQ(c[4].shown, "e\xcc\x81");
    EXPECT_EQ(c[4].width, 1);
    EXPECT_EQ(c[5].shown, "\\x1b");
    EXPECT_EQ(c[5].width, 4);
    EXPECT_EQ(c[4].end, c[5].begin);
}

TEST(Wrap, ByWordsAndWideCharacters) {
    using Lines = std::vector<std::string>;
    EXPECT_EQ(wrap("", 10), (Lines{""}));
    EXPECT_EQ(wrap("one two three", 7), (Lines{"one two", "three"}));
    EXPECT_EQ(wrap("one two three", 7, 3), (Lines{"one", "two", "three"}));
    EXPECT_EQ(wrap("one", 7, 2), (Lines{"", "one"}));  // better below than too wide
    EXPECT_EQ(wrap("a events.meeting-nov.start b", 10),
              (Lines{"a", "events.meeting-nov.start", "b"}));
    EXPECT_EQ(wrap("会議は十一月", 4), (Lines{"会議", "は十", "一月"}));
    EXPECT_EQ(wrap("x 会議は十一月", 6), (Lines{"x 会議", "は十一", "月"}));
}

TEST(Wrap, NeverWiderUnlessAWordIs) {
    std::mt19937 random(11);
    const std::vector<std::string> words = {"a",         "within",  "会議は十一月", "ҷаласа",
                                            "e\xcc\x81", "\x1b[1m", "2014-11-01"};
    for (int round = 0; round < 300; ++round) {
        std::string text;
        for (int i = 0; i < 30; ++i) text += words[random() % words.size()] + ' ';
        const int width = 12 + static_cast<int>(random() % 60);
        std::string joined;
        for (const std::string& line : wrap(text, width)) {
            EXPECT_LE(cells(line), width);
            EXPECT_TRUE(line.empty() || line.back() != ' ');
        }
    }
}

TEST(Shorten, KeepsTheAccount) {
    EXPECT_EQ(shorten("meeting (defence)", 20), "meeting (defence)");
    EXPECT_EQ(shorten("meeting of 29 September (defence)", 24), "meeting of... (defence)");
    EXPECT_EQ(shorten("meeting of 29 September", 12), "meeting o...");
    EXPECT_EQ(shorten("会議は十一月に開かれた", 9), "会議は...");
}

}  // namespace
}  // namespace antinomy::report
