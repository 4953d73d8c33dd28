#include "data/reread.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>

#include "helpers.hpp"

namespace antinomy::data {
namespace {

// Standard input is this file while the object lives.
class Input {
public:
    explicit Input(const std::string& bytes) : file_(bytes), kept_(::dup(STDIN_FILENO)) {
        std::FILE* opened = std::fopen(file_.path().c_str(), "rb");
        ::dup2(::fileno(opened), STDIN_FILENO);
        std::fclose(opened);
    }
    ~Input() {
        ::dup2(kept_, STDIN_FILENO);
        ::close(kept_);
    }
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;

private:
    test::File file_;
    int kept_;
};

std::string all_of(Stream& stream, std::size_t at_a_time) {
    std::string out;
    std::string buffer(at_a_time, '\0');
    while (const auto got = stream.read(buffer.data(), buffer.size())) out.append(buffer, 0, got);
    return out;
}

std::string much() {
    std::string out;
    unsigned x = 1;
    for (int i = 0; i < 300'000; ++i) {
        x = x * 1664525u + 1013904223u;
        out += std::to_string(x) + "\n";
    }
    return out;
}

// What a file and standard input give the second time, and what is said of it.
std::string codes(const text::Diagnostics& diagnostics) {
    std::string out;
    for (const auto& d : diagnostics.items())
        out += d.code + " " + d.where + ": " + d.message + "\n";
    return out;
}

TEST(Reread, standard_input_comes_from_the_tape) {
    for (const auto& text : {std::string(), much(), std::string("a"), std::string(5, '\0')}) {
        const Input input(text);
        Reread reread;
        text::Diagnostics diagnostics;
        auto first = reread.open("-");
        EXPECT_EQ(all_of(*first, 70'000), text);
        reread.close(*first, diagnostics);
        // A second "-" is at the end.
        EXPECT_EQ(all_of(*reread.open("-"), 10), "");
        reread.end(diagnostics);
        reread.again();
        for (const std::size_t at_a_time : {1'000u, 1'000'000u}) {
            auto second = reread.open("-");
            EXPECT_EQ(all_of(*second, at_a_time), text);
            EXPECT_EQ(all_of(*reread.open("-"), 10), "");
            reread.close(*second, diagnostics);
            reread.end(diagnostics);
            reread.again();
        }
        EXPECT_EQ(codes(diagnostics), "");
    }
}

TEST(Reread, what_was_wrong_comes_again) {
    const Input input("\x1f\x8b no gzip");
    Reread reread;
    text::Diagnostics diagnostics;
    auto first = reread.open("-");
    EXPECT_EQ(all_of(*first, 100), "");
    ASSERT_TRUE(first->problem());
    reread.close(*first, diagnostics);
    reread.again();
    auto second = reread.open("-");
    EXPECT_EQ(all_of(*second, 100), "");
    ASSERT_TRUE(second->problem());
    EXPECT_EQ(second->problem()->message, first->problem()->message);
}

// A reader that stops early has read as much the second time.
TEST(Reread, as_far_as_it_was_read) {
    const auto text = much();
    const test::File file(text);
    Reread reread;
    text::Diagnostics diagnostics;
    for (int turn = 0; turn < 2; ++turn) {
        auto stream = reread.open(file.path());
        std::string buffer(1'000, '\0');
        EXPECT_EQ(stream->read(buffer.data(), buffer.size()), buffer.size());
        reread.close(*stream, diagnostics);
        reread.end(diagnostics);
        reread.again();
    }
    EXPECT_EQ(codes(diagnostics), "");
}

TEST(Reread, files_that_are_not_the_same) {
    const test::File a("one");
    const test::File b("two");
    const auto read = [](Reread& reread, const std::vector<std::string>& paths,
                         text::Diagnostics& diagnostics) {
        for (const auto& path : paths) {
            auto stream = reread.open(path);
            static_cast<void>(all_of(*stream, 100));
            reread.close(*stream, diagnostics);
        }
        reread.end(diagnostics);
    };
    const auto twice = [&](const std::vector<std::string>& first,
                           const std::vector<std::string>& second) {
        Reread reread;
        text::Diagnostics diagnostics;
        read(reread, first, diagnostics);
        EXPECT_EQ(codes(diagnostics), "");
        reread.again();
        read(reread, second, diagnostics);
        return codes(diagnostics);
    };
    EXPECT_EQ(twice({a.path(), b.path()}, {a.path(), b.path()}), "");
    EXPECT_EQ(twice({a.path(), b.path()}, {a.path()}),
              "data-changed data: fewer files than were read the first time\n");
    const auto other = "data-changed " + b.path() +
                       ": was not read at this place the first time: files came or went\n";
    EXPECT_EQ(twice({a.path()}, {a.path(), b.path()}), other);
    EXPECT_EQ(twice({a.path(), b.path()}, {b.path(), a.path()}), other);
    EXPECT_EQ(twice({"nowhere"}, {"nowhere"}), "");
}

}  // namespace
}  // namespace antinomy::data
