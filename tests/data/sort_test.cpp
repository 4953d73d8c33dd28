// Sorting by key with little memory: the same as sorting all at once, whatever is spilled.
#include "data/sort.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <random>

#include "data/spill.hpp"

namespace antinomy::data {
namespace {

using Entries = std::vector<std::pair<std::string, std::string>>;

Entries drawn(unsigned seed, std::size_t count, std::size_t longest) {
    std::mt19937 random(seed);
    Entries out;
    for (std::size_t i = 0; i < count; ++i) {
        // Keys with common beginnings, NUL bytes and bytes above 127; many of them alike.
        std::string key = "key";
        for (auto n = random() % 7; n > 0; --n)
            key.push_back(static_cast<char>(std::array{0, 1, 97, 200, 255}[random() % 5]));
        out.emplace_back(key, std::to_string(i) + std::string(random() % longest, 'x'));
    }
    return out;
}

Entries sorted(Sorter& sorter, const Entries& entries) {
    for (const auto& [key, text] : entries) sorter.add(key, text);
    Entries out;
    std::string key;
    std::string text;
    while (sorter.next(key, text)) out.emplace_back(key, text);
    EXPECT_FALSE(sorter.next(key, text));
    return out;
}

TEST(Sorter, SortsByKeyAndKeepsTheOrderOfWhatIsAlike) {
    for (const std::size_t memory :
         {std::size_t{1} << 30, std::size_t{40'000}, std::size_t{2'000}, std::size_t{1}})
        for (const unsigned seed : {1u, 2u, 3u}) {
            auto entries = drawn(seed, 5'000, 200);
            Sorter sorter(memory);
            const auto out = sorted(sorter, entries);
            std::stable_sort(entries.begin(), entries.end(),
                             [](const auto& a, const auto& b) { return a.first < b.first; });
            EXPECT_EQ(out, entries) << memory << " bytes, seed " << seed;
            EXPECT_EQ(sorter.count(), entries.size());
            // With a byte of memory each entry is a run, and runs of runs are merged.
            EXPECT_EQ(sorter.spilled() > 0, memory < 1'000'000);
            if (memory == 1) {
                EXPECT_GT(sorter.spilled(), 5'000u * 100u * 2u);
            }
        }
}

TEST(Sorter, TakesNoneAndTextsLongerThanItsMemory) {
    Sorter none(10);
    EXPECT_EQ(sorted(none, {}), Entries{});
    const Entries entries{{"b", std::string(300'000, 'b')}, {"a", ""}, {"", "c"}};
    Sorter sorter(1'000);
    EXPECT_EQ(sorted(sorter, entries), (Entries{entries[2], entries[1], entries[0]}));
}

struct Variable {
    explicit Variable(const char* value) {
        if (const char* old = std::getenv("TMPDIR")) old_ = old;
        ::setenv("TMPDIR", value, 1);
    }
    ~Variable() { old_.empty() ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", old_.c_str(), 1); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;
    std::string old_;
};

TEST(Sorter, SaysWhereItCannotSpill) {
    const Variable nowhere("/nowhere/at/all");
    Sorter sorter(10);
    sorter.add("a", std::string(100, 'a'));
    try {
        sorter.add("b", std::string(100, 'b'));
        FAIL() << "nothing was said";
    } catch (const SpillError& e) {
        EXPECT_STREQ(
            e.what(),
            "a temporary file in /nowhere/at/all cannot be made: No such file or directory");
    }
}

TEST(Sorter, SaysThatTheDiskIsFull) {
    // A limit of the size of files stands for a full disk.
    struct rlimit old {};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old), 0);
    auto* const handler = std::signal(SIGXFSZ, SIG_IGN);
    auto small = old;
    small.rlim_cur = 100'000;
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    std::string said;
    try {
        Sorter sorter(200'000);
        for (int i = 0; i < 1'000; ++i) sorter.add(std::to_string(i), std::string(1'000, 'x'));
    } catch (const SpillError& e) {
        said = e.what();
    }
    ::setrlimit(RLIMIT_FSIZE, &old);
    std::signal(SIGXFSZ, handler);
    EXPECT_EQ(said.substr(said.find("cannot")), "cannot be written: File too large");
}

}  // namespace
}  // namespace antinomy::data
