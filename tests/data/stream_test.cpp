#include "data/stream.hpp"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <random>

#include "data/lines.hpp"
#include "helpers.hpp"

namespace antinomy::data {
namespace {

using test::records;

std::string gzip(const std::string& text) {
    z_stream z{};
    EXPECT_EQ(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string out(text.size() + 1000, '\0');
    std::string in = text;
    z.next_in = reinterpret_cast<Bytef*>(in.data());
    z.avail_in = static_cast<uInt>(in.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&z, Z_FINISH), Z_STREAM_END);
    out.resize(z.total_out);
    deflateEnd(&z);
    return out;
}

std::string zstd(const std::string& text) {
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
    return out;
}

// Bytes that do not pack well, so that several blocks are needed.
std::string much() {
    std::string out;
    unsigned x = 1;
    for (int i = 0; i < 200'000; ++i) {
        x = x * 1664525u + 1013904223u;
        out += std::to_string(x) + "\n";
    }
    return out;
}

std::string read_all(const std::string& bytes, std::string* problem = nullptr) {
    const test::File file(bytes);
    Stream stream(file.path());
    std::string out;
    std::string buffer(1000, '\0');
    while (const auto got = stream.read(buffer.data(), buffer.size())) out.append(buffer, 0, got);
    if (problem != nullptr && stream.problem()) *problem = stream.problem()->message;
    EXPECT_TRUE(problem != nullptr || !stream.problem());
    return out;
}

TEST(Stream, plain_and_packed_are_one) {
    const auto text = much();
    EXPECT_EQ(read_all(text), text);
    EXPECT_EQ(read_all(gzip(text)), text);
    EXPECT_EQ(read_all(zstd(text)), text);
    EXPECT_EQ(read_all(""), "");
    EXPECT_EQ(read_all("a"), "a");
    EXPECT_EQ(read_all(gzip("")), "");
}

TEST(Stream, members_and_frames_follow_one_another) {
    EXPECT_EQ(read_all(gzip("a\n") + gzip("b\n")), "a\nb\n");
    EXPECT_EQ(read_all(zstd("a\n") + zstd("") + zstd("b\n")), "a\nb\n");
}

TEST(Stream, what_stands_before_damage_is_read) {
    const auto text = much();
    for (const auto& packed : {gzip(text), zstd(text)}) {
        std::string problem;
        const auto cut = read_all(packed.substr(0, packed.size() / 2), &problem);
        EXPECT_NE(problem.find("is cut off at byte " + std::to_string(packed.size() / 2)),
                  std::string::npos)
            << problem;
        EXPECT_GT(cut.size(), text.size() / 4);
        EXPECT_EQ(cut, text.substr(0, cut.size()));
        auto wrong = packed;
        for (std::size_t i = 0; i < 8; ++i) wrong[wrong.size() / 2 + i] ^= 0x55;
        problem.clear();
        const auto damaged = read_all(wrong, &problem);
        EXPECT_FALSE(problem.empty());
        // The place: bytes of text that were given.
        EXPECT_NE(problem.find("after " + std::to_string(damaged.size()) + " bytes of text"),
                  std::string::npos)
            << problem;
    }
    // Garbage after the last member.
    std::string problem;
    EXPECT_EQ(read_all(gzip("a\n") + "x", &problem), "a\n");
    EXPECT_FALSE(problem.empty());
}

TEST(Stream, what_is_no_file) {
    const auto refused = [](const std::string& path) {
        const Stream stream(path);
        return stream.problem() ? stream.problem()->code : std::string();
    };
    EXPECT_EQ(refused("/nowhere/at/all"), "cannot-open");
    EXPECT_EQ(refused(""), "cannot-open");
    EXPECT_EQ(refused("/tmp"), "not-a-file");
    EXPECT_EQ(refused("/dev/null"), "not-a-file");
}

TEST(Lines, numbers_and_ends) {
    EXPECT_EQ(records<Lines>("a\nb\n"), "1:1 a\n2:1 b\n");
    EXPECT_EQ(records<Lines>("a\r\n \r\n\nb"), "1:1 a\n4:1 b\n");
    EXPECT_EQ(records<Lines>("\xEF\xBB\xBF{}\n"), "1:1 {}\n");
    EXPECT_EQ(records<Lines>(""), "");
    EXPECT_EQ(records<Lines>("\n\n"), "");
    EXPECT_EQ(records<Lines>(gzip("a\nb")), "1:1 a\n2:1 b\n");
}

TEST(Lines, a_line_too_long_loses_no_other) {
    const std::string longest(kLongestRecord, 'x');
    EXPECT_EQ(records<Lines>("a\n" + longest + "x\nb\n"), "1:1 a\n2:1 !record-too-long@0\n3:1 b\n");
    EXPECT_EQ(records<Lines>(longest + "\nb").size(), longest.size() + 11);
    EXPECT_EQ(records<Lines>("a\n" + longest + longest), "1:1 a\n2:1 !record-too-long@0\n");
}

// Lines taken several at a time and parted are those that are taken one by one.
TEST(Lines, several_are_as_one_by_one) {
    const auto shown = [](const Raw& raw) {
        return std::to_string(raw.number) + " " + std::to_string(raw.begin.line) + ":" +
               std::to_string(raw.begin.column) + " @" + std::to_string(raw.offset) + " " +
               (raw.flaw ? "!" + raw.flaw->code : raw.bytes) + "\n";
    };
    std::mt19937 draw(11);
    for (int turn = 0; turn < 60; ++turn) {
        std::string text = turn % 3 == 0 ? "\xEF\xBB\xBF" : "";
        const int lines = static_cast<int>(draw() % 400);
        for (int i = 0; i < lines; ++i) {
            const auto roll = draw() % 20;
            text += roll == 0   ? ""
                    : roll == 1 ? "  \t"
                    : roll == 2 ? std::string(draw() % 400'000, 'x')
                    : roll == 3 ? " {}"
                                : "{" + std::string(draw() % 3'000, 'y') + "}";
            text += roll % 2 == 0 ? "\n" : "\r\n";
        }
        if (turn % 7 == 0) text += std::string(kLongestRecord + 5, 'z') + "\n{}\n";
        if (turn % 2 == 0) text += "the last one";
        const test::File file(text);
        std::string wanted;
        {
            Stream stream(file.path());
            Lines reader(stream);
            Raw raw;
            while (reader.next(raw)) wanted += shown(raw);
        }
        for (const std::size_t most : {1u, 5'000u, 64u << 10}) {
            Stream stream(file.path());
            Lines reader(stream);
            Raw raw;
            std::string got;
            std::uint64_t counted = 0;
            for (;;) {
                if (reader.several(raw, most)) {
                    counted += raw.lines;
                    LinesOf parts(raw);
                    Raw part;
                    while (parts.next(part)) got += shown(part);
                } else if (reader.next(raw)) {
                    ++counted;
                    got += shown(raw);
                } else {
                    break;
                }
            }
            EXPECT_EQ(counted,
                      static_cast<std::uint64_t>(std::count(wanted.begin(), wanted.end(), '\n')));
            ASSERT_TRUE(got == wanted) << turn << " " << most;
        }
    }
}

}  // namespace
}  // namespace antinomy::data
