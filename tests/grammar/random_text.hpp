#pragma once
// Seeded randomness of the grammars' tests: the same texts and trees on every machine.

#include <cstdint>
#include <string>
#include <string_view>

namespace antinomy::grammar::test {

// A generator of our own (splitmix64), since the standard's distributions differ by library.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    // 0 .. below - 1
    int below(int limit) {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        z ^= z >> 31U;
        return static_cast<int>(z % static_cast<std::uint64_t>(limit));
    }
    bool chance(int in) { return below(in) == 0; }
    template <class Container>
    const auto& pick(const Container& from) {
        return from[static_cast<std::size_t>(below(static_cast<int>(from.size())))];
    }
    std::string text(std::string_view alphabet, int longest) {
        std::string out;
        for (int n = below(longest + 1); n > 0; --n) out += pick(alphabet);
        return out;
    }
    // One to three edits: a character out, in, changed, or a piece said twice.
    std::string edited(std::string text, std::string_view alphabet) {
        for (int n = 1 + below(3); n > 0; --n) {
            const auto at = static_cast<std::size_t>(below(static_cast<int>(text.size()) + 1));
            const int kind = below(4);
            if (kind == 0 && at < text.size()) text.erase(at, 1);
            if (kind == 1) text.insert(at, 1, pick(alphabet));
            if (kind == 2 && at < text.size()) text[at] = pick(alphabet);
            if (kind == 3) text.insert(at, text.substr(at / 2, 4));
        }
        return text;
    }

private:
    std::uint64_t state_;
};

}  // namespace antinomy::grammar::test
