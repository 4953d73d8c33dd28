// Mutants of the valid files, one or two edits each, read by us and by libfyaml in one process.
// What libfyaml refuses we must refuse; what both read must mean the same. ANTINOMY_MUTANTS sets
// their number, ANTINOMY_SEED the seed, for longer runs by hand; ANTINOMY_SHOW prints the mutants
// that differ.

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>

#include "tests/text/helpers.hpp"
#include "tests/text/oracle.hpp"

namespace antinomy::text {
namespace {

using test::Parsed;

std::size_t number(const char* name, std::size_t otherwise) {
    const char* value = std::getenv(name);
    return value == nullptr ? otherwise : static_cast<std::size_t>(std::atoll(value));
}

class Mutator {
public:
    explicit Mutator(std::size_t seed) : random_(seed) {}

    // Not std::uniform_int_distribution: its numbers differ between libraries.
    std::size_t below(std::size_t n) { return n == 0 ? 0 : random_() % n; }

    void edit(std::string& text) {
        static const char* const kTokens[] = {
            ":",       ": ",      " :", "\"",  "'",    "[", "]",  "{",    "}",    ",",
            ", ",      "- ",      "-",  "? ",  "?",    "#", " #", "&a",   "*a",   "!",
            "|",       ">",       "\n", "\n ", "\n  ", " ", "  ", "\t",   "\\",   "---",
            "\n---\n", "\n...\n", "%",  "@",   "`",    "~", "x",  "\r\n", "<<: ", "\xC2\xA0"};
        const std::size_t at = below(text.size() + 1);
        switch (below(7)) {
            case 0:
                if (at < text.size()) text.erase(at, 1);
                break;
            case 1:
                if (at < text.size()) text.erase(at, 1 + below(6));
                break;
            case 2:
            case 3:
                text.insert(at, kTokens[below(std::size(kTokens))]);
                break;
            case 4:
                if (at < text.size()) text.replace(at, 1, kTokens[below(std::size(kTokens))]);
                break;
            case 5: {  // a line twice, or gone
                const std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
                std::size_t end = text.find('\n', at);
                end = end == std::string::npos ? text.size() : end + 1;
                if (below(2) == 0)
                    text.insert(begin, text.substr(begin, end - begin));
                else
                    text.erase(begin, end - begin);
                break;
            }
            default: {  // a line moved to the right or to the left
                const std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
                if (below(2) == 0)
                    text.insert(begin, 1 + below(3), ' ');
                else if (begin < text.size() && text[begin] == ' ')
                    text.erase(begin, 1);
                break;
            }
        }
    }

private:
    std::mt19937_64 random_;
};

TEST(Mutation, agrees_with_libfyaml) {
    std::vector<std::string> seeds;
    for (const auto& path : test::files_in("valid")) seeds.push_back(test::read_all(path));
    ASSERT_FALSE(seeds.empty());
    const std::size_t mutants = number("ANTINOMY_MUTANTS", 2'000);
    const bool show = std::getenv("ANTINOMY_SHOW") != nullptr;
    Mutator mutate(number("ANTINOMY_SEED", 20140930));

    std::size_t they_refuse = 0;
    std::size_t we_alone_accept = 0;
    std::size_t we_alone_refuse = 0;
    std::size_t other_content = 0;
    for (std::size_t i = 0; i < mutants; ++i) {
        std::string text = seeds[mutate.below(seeds.size())];
        for (std::size_t edits = 1 + mutate.below(2); edits > 0; --edits) mutate.edit(text);
        const Parsed ours(text);
        const auto theirs = test::ask_libfyaml(text);
        ASSERT_NE(ours.root.has_value(), ours.diagnostics.has_errors());
        for (const auto& d : ours.diagnostics.items()) {
            ASSERT_LE(d.span.begin, d.span.end) << text;
            ASSERT_LE(d.span.end, text.size()) << text;
        }
        they_refuse += theirs.accepted ? 0 : 1;
        std::string content;
        if (ours.root) test::write_node(content, *ours.root);
        if (ours.root && !theirs.accepted) {
            ++we_alone_accept;
            if (show) std::cout << "=== we alone accept\n" << text << "\n";
        } else if (!ours.root && theirs.accepted) {
            ++we_alone_refuse;
            if (show) std::cout << "=== we alone refuse: " << ours.errors() << "\n" << text << "\n";
        } else if (ours.root && content != theirs.content) {
            ++other_content;
            if (show)
                std::cout << "=== other content\n"
                          << text << "\n"
                          << content << "\n"
                          << theirs.content << "\n";
        }
    }
    std::cout << mutants << " mutants: libfyaml refuses " << they_refuse << ", we alone accept "
              << we_alone_accept << ", we alone refuse " << we_alone_refuse << ", other content "
              << other_content << "\n";
    EXPECT_LT(we_alone_accept * 200, they_refuse) << "half a per cent";
    EXPECT_LT(other_content * 200, mutants - they_refuse) << "half a per cent";
}

}  // namespace
}  // namespace antinomy::text
