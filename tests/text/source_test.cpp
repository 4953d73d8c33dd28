#include "text/source.hpp"

#include <gtest/gtest.h>

#include <string>

namespace antinomy::text {
namespace {

std::string place(const Position& p) {
    return std::to_string(p.line) + ":" + std::to_string(p.column) + " bytes " +
           std::to_string(p.column_bytes) + " utf16 " + std::to_string(p.column_utf16) + " cells " +
           std::to_string(p.column_cells);
}

TEST(Source, position_in_four_units) {
    SourceMap map;
    // я: 2 bytes; 判: 3 bytes, 2 cells; 🙂: 4 bytes, 2 UTF-16 units, 2 cells.
    const FileId f = map.add("a", "я判🙂x\nb");
    EXPECT_EQ(place(map.position(f, 0)), "1:1 bytes 1 utf16 1 cells 1");
    EXPECT_EQ(place(map.position(f, 2)), "1:2 bytes 3 utf16 2 cells 2");
    EXPECT_EQ(place(map.position(f, 5)), "1:3 bytes 6 utf16 3 cells 4");
    EXPECT_EQ(place(map.position(f, 9)), "1:4 bytes 10 utf16 5 cells 6");
    EXPECT_EQ(place(map.position(f, 10)), "1:5 bytes 11 utf16 6 cells 7");
    EXPECT_EQ(place(map.position(f, 11)), "2:1 bytes 1 utf16 1 cells 1");
    EXPECT_EQ(place(map.position(f, 12)), "2:2 bytes 2 utf16 2 cells 2");
    EXPECT_EQ(place(map.position(f, 4000)), "2:2 bytes 2 utf16 2 cells 2");
}

TEST(Source, lines_and_line_ends) {
    SourceMap map;
    const FileId f = map.add("a", "one\r\n\r\ntwo\nthree");
    EXPECT_EQ(map.line_count(f), 4u);
    EXPECT_EQ(map.line(f, 1), "one");
    EXPECT_EQ(map.line(f, 2), "");
    EXPECT_EQ(map.line(f, 3), "two");
    EXPECT_EQ(map.line(f, 4), "three");
    EXPECT_EQ(map.line(f, 5), "");
    EXPECT_EQ(map.line(f, 0), "");
    EXPECT_EQ(map.position(f, 3).column, 4u);
    EXPECT_EQ(map.position(f, 4).column, 4u) << "between CR and LF";
    EXPECT_EQ(map.position(f, 5).line, 2u);

    const FileId ended = map.add("b", "one\n");
    EXPECT_EQ(map.line_count(ended), 1u);
    EXPECT_EQ(map.position(ended, 4).line, 2u);
    const FileId empty = map.add("c", "");
    EXPECT_EQ(map.line_count(empty), 1u);
    EXPECT_EQ(map.position(empty, 0).column, 1u);
}

TEST(Source, byte_order_mark_is_no_column) {
    SourceMap map;
    const FileId f = map.add("a", "\xEF\xBB\xBFx: y\n");
    EXPECT_EQ(map.line(f, 1), "x: y");
    EXPECT_EQ(map.position(f, 0).column, 1u);
    EXPECT_EQ(map.position(f, 3).column, 1u);
    EXPECT_EQ(place(map.position(f, 6)), "1:4 bytes 4 utf16 4 cells 4");
}

TEST(Source, broken_text_does_not_disturb) {
    SourceMap map;
    const FileId f = map.add("a", "\xFF\xD0x\xE2\x82");
    EXPECT_EQ(map.position(f, 2).column, 3u);
    EXPECT_EQ(map.position(f, 5).column, 6u);
}

TEST(Source, asked_for_what_is_not_there) {
    SourceMap map;
    EXPECT_EQ(map.name(FileId{}), "");
    EXPECT_EQ(map.bytes(FileId{3}), "");
    EXPECT_EQ(map.line(FileId{3}, 1), "");
    EXPECT_EQ(map.line_count(FileId{3}), 0u);
    EXPECT_EQ(map.text(Span{}), "");
    const FileId f = map.add("a", "abc");
    EXPECT_EQ(map.text(Span{f, 1, 99}), "bc");
    EXPECT_EQ(map.text(Span{f, 9, 2}), "");
}

TEST(Source, display_width) {
    const struct {
        const char* text;
        unsigned cells;
    } table[] = {
        {"", 0},
        {"abc", 3},
        {"Қосимов", 7},
        {"e\u0301", 1},  // combining accent
        {"判決", 4},
        {"🙂", 2},
        {"👨‍👩‍👧", 2},  // one family of three people and two joiners
        {"🇹🇯", 2},                  // one flag of two letters
        {"🇹🇯🇺🇿", 4},
        {"❤\uFE0F", 2},  // emoji presentation
        {"한국", 4},
        {"\u200B", 0},
        {"a\tb", 3},
        {"\xFF", 1},
    };
    for (const auto& row : table) EXPECT_EQ(display_width(row.text), row.cells) << row.text;
}

// A part of a larger file: places are those of the whole.
TEST(Source, part_of_a_file) {
    SourceMap below;
    const FileId a = below.add("a", "whole\n");
    SourceMap map(SourceMap::OnTop{}, below);
    Position begin;
    begin.line = 7;
    begin.column = begin.column_cells = begin.column_utf16 = 3;
    begin.column_bytes = 4;
    const FileId f = map.add_part("b", "xяy\nz", begin);
    EXPECT_EQ(map.size(), 2u);
    EXPECT_EQ(map.name(a), "a");
    EXPECT_EQ(map.name(f), "b");
    EXPECT_EQ(place(map.position(a, 2)), "1:3 bytes 3 utf16 3 cells 3");
    EXPECT_EQ(place(map.position(f, 0)), "7:3 bytes 4 utf16 3 cells 3");
    EXPECT_EQ(place(map.position(f, 3)), "7:5 bytes 7 utf16 5 cells 5");
    EXPECT_EQ(place(map.position(f, 5)), "8:1 bytes 1 utf16 1 cells 1");
    EXPECT_EQ(map.line(f, 7), "xяy");
    EXPECT_EQ(map.line(f, 8), "z");
    EXPECT_EQ(map.line(f, 6), "");
    EXPECT_EQ(map.line(f, 9), "");
    EXPECT_EQ(map.line_start(f, 3), 0u);
    EXPECT_EQ(map.line_start(f, 5), 5u);
    EXPECT_EQ(below.name(f), "");
}

}  // namespace
}  // namespace antinomy::text
