#include "report/excerpt.hpp"

#include <gtest/gtest.h>

#include <random>
#include <sstream>

#include "tests/report/fixture.hpp"

namespace antinomy::report_test {
namespace {

struct File {
    text::SourceMap sources;
    text::FileId id;
    explicit File(std::string text) { id = sources.add("a.yaml", std::move(text)); }
    [[nodiscard]] text::Span of(std::string_view word) const {
        const auto at = sources.bytes(id).find(word);
        EXPECT_NE(at, std::string_view::npos) << word;
        return {id, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + word.size())};
    }
    [[nodiscard]] std::string print(const std::vector<report::Mark>& marks,
                                    const report::Style& style = plain()) const {
        std::ostringstream out;
        report::print_excerpt(out, sources, marks, 2, id, style);
        return out.str();
    }
};

TEST(Excerpt, OnePlace) {
    const File f("a: 1\nb: two\n");
    EXPECT_EQ(f.print({{f.of("two"), "the second", true, report::Tone::error}}),
              " 2 │ b: two\n"
              "   │    ^^^ the second\n");
    EXPECT_EQ(f.print({{f.of("two"), "", false, report::Tone::error}}, ascii()),
              " 2 | b: two\n"
              "   |    ---\n");
}

TEST(Excerpt, SeveralPlacesOfOneLine) {
    const File f("import fu as FU, bar as FU\n");
    text::Span last = f.of("FU");
    last.begin = 24;
    last.end = 26;
    EXPECT_EQ(f.print({{last, "`FU` redefined here", true, report::Tone::error},
                       {f.of("FU"), "previous definition of `FU` here", false, {}},
                       {f.of("fu"), "of this", false, {}}}),
              " 1 │ import fu as FU, bar as FU\n"
              "   │        ──    ──         ^^ `FU` redefined here\n"
              "   │        │     │\n"
              "   │        │     previous definition of `FU` here\n"
              "   │        of this\n");
    // The same place twice: one underline.
    EXPECT_EQ(f.print({{last, "one", false, {}}, {last, "two", true, {}}}),
              " 1 │ import fu as FU, bar as FU\n"
              "   │                         ^^ one; two\n");
}

TEST(Excerpt, TabsWideLettersAndControls) {
    const File f("\ta:\t会議 ҷаласа \x1b[1m!\n");
    EXPECT_EQ(f.print({{f.of("ҷаласа"), "x", true, {}}}),
              " 1 │     a:  会議 ҷаласа \\x1b[1m!\n"
              "   │              ^^^^^^ x\n");
    EXPECT_EQ(f.print({{f.of("会議"), "x", true, {}}}),
              " 1 │     a:  会議 ҷаласа \\x1b[1m!\n"
              "   │         ^^^^ x\n");
    EXPECT_EQ(f.print({{f.of("\x1b"), "x", true, {}}}),
              " 1 │     a:  会議 ҷаласа \\x1b[1m!\n"
              "   │                     ^^^^ x\n");
}

TEST(Excerpt, EmptyPlacesAndSeveralLines) {
    const File f("a: [\n  1,\n  2]\n\nlast");
    EXPECT_EQ(f.print({{{f.id, 3, 15}, "all", true, {}}}),
              " 1 │ a: [\n"
              "   │    ^ all\n");
    EXPECT_EQ(f.print({{{f.id, 4, 4}, "missing `]`", true, {}}}),
              " 1 │ a: [\n"
              "   │     ^ missing `]`\n");
    EXPECT_EQ(f.print({{{f.id, 15, 15}, "empty", true, {}}}),
              " 4 │\n"
              "   │ ^ empty\n");
    EXPECT_EQ(f.print({{{f.id, 20, 20}, "the end", true, {}}}),
              " 5 │ last\n"
              "   │     ^ the end\n");
    const File nothing("");
    EXPECT_EQ(nothing.print({{{nothing.id, 0, 0}, "empty file", true, {}}}),
              " 1 │\n"
              "   │ ^ empty file\n");
}

TEST(Excerpt, LongLinesAreCutAroundThePlace) {
    const std::string a(100, 'a');
    const File f(a + " needle " + a + " straw " + a + "\n");
    report::Style narrow = plain(40);
    const std::string one = f.print({{f.of("needle"), "here", true, {}}}, narrow);
    EXPECT_EQ(one,
              " 1 │ ...aaaaaaaaaa needle aaaaaaaaaaa...\n"
              "   │               ^^^^^^ here\n");
    // Two places too far apart for one window: the line is shown twice.
    const std::string two =
        f.print({{f.of("needle"), "here", true, {}}, {f.of("straw"), "there", false, {}}}, narrow);
    EXPECT_EQ(two, one +
                       " 1 │ ...aaaaaaaaaaa straw aaaaaaaaaaa...\n"
                       "   │                ───── there\n");
    // At the beginning and at the end there are dots on one side only.
    const File begin("needle " + a + a + "\n");
    EXPECT_EQ(begin.print({{begin.of("needle"), "", true, {}}}, narrow),
              " 1 │ needle aaaaaaaaaaaaaaaaaaaaaaaaa...\n"
              "   │ ^^^^^^\n");
    const File end(a + a + " needle\n");
    EXPECT_EQ(end.print({{end.of("needle"), "", true, {}}}, narrow),
              " 1 │ ...aaaaaaaaaaaaaaaaaaaaaaaaa needle\n"
              "   │                              ^^^^^^\n");
}

TEST(Excerpt, ALineOfMegabytesCostsAWindow) {
    const File f(std::string(8u << 20u, 'x') + "needle" + std::string(8u << 20u, 'y') + "\n");
    std::ostringstream out;
    const text::Span needle = f.of("needle");
    for (int i = 0; i < 4; ++i)
        report::print_excerpt(out, f.sources, {{needle, "here", true, {}}}, 2, f.id, plain());
    EXPECT_LT(out.str().size(), 4u * 300u);
}

TEST(Excerpt, OtherFilesAreNamed) {
    text::SourceMap sources;
    const auto a = sources.add("a.yaml", "one\n");
    const auto b = sources.add("dir/b\x1b.yaml", "two\n");
    std::ostringstream out;
    report::print_excerpt(out, sources, {{{a, 0, 3}, "", true, {}}, {{b, 0, 3}, "", false, {}}}, 2,
                          a, plain());
    EXPECT_EQ(out.str(),
              " 1 │ one\n"
              "   │ ^^^\n"
              "  --> dir/b\\x1b.yaml:1:1\n"
              " 1 │ two\n"
              "   │ ───\n");
}

// Any bytes, any places, any width: no crash, no control sent, no row too wide.
TEST(Excerpt, AnyBytes) {
    std::mt19937 random(3);
    const std::vector<std::string> parts = {"a",
                                            " ",
                                            "\t",
                                            "\n",
                                            "会",
                                            "ж",
                                            "e\xcc\x81",
                                            "\xff",
                                            "\x1b",
                                            "👩‍⚖️",
                                            "\xe2\x80\xae",
                                            "\xcc\x81"};
    for (int round = 0; round < 400; ++round) {
        std::string text;
        const std::size_t size = random() % 400;
        for (std::size_t i = 0; i < size; ++i) text += parts[random() % parts.size()];
        const File f(text);
        const auto length = static_cast<std::uint32_t>(text.size());
        std::vector<report::Mark> marks;
        for (std::size_t i = 0; i < 1 + random() % 4; ++i) {
            const auto begin = static_cast<std::uint32_t>(random() % (length + 1));
            const auto end = begin + static_cast<std::uint32_t>(random() % (length - begin + 1));
            std::string label;
            for (std::size_t n = random() % 12; n > 0; --n) label += "word ";
            marks.push_back({{f.id, begin, end}, label, i == 0, {}});
        }
        const int width = 40 + static_cast<int>(random() % 60);
        const std::string out = f.print(marks, plain(width));
        expect_width(out, width);
        EXPECT_EQ(report::sanitize(report::one_line(out)), report::one_line(out));
        for (const char c : out) EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n');
    }
}

}  // namespace
}  // namespace antinomy::report_test
