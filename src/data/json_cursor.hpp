#pragma once
// Goes over the bytes of a text that is known to be JSON (a record that has a sketch,
// sketcher.hpp); it only guards against going astray. Of this folder alone: what of such a text is
// wanted is made into a tree by `pick`, and laid out flat by `outline`.

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace antinomy::data {

class JsonCursor {
public:
    explicit JsonCursor(std::string_view bytes) : bytes_(bytes) {}

    [[nodiscard]] std::string_view bytes() const { return bytes_; }
    [[nodiscard]] std::uint32_t at() const { return at_; }
    void go_to_end() { at_ = static_cast<std::uint32_t>(bytes_.size()); }
    // The byte there; NUL at the end.
    [[nodiscard]] char here() const { return at_ < bytes_.size() ? bytes_[at_] : '\0'; }
    void step() { ++at_; }
    void skip_white() {
        while (at_ < bytes_.size() && white(bytes_[at_])) ++at_;
    }
    // Over a number, `true`, `false` or `null`.
    void word() {
        while (at_ < bytes_.size() && !white(bytes_[at_]) && bytes_[at_] != ',' &&
               bytes_[at_] != ']' && bytes_[at_] != '}')
            ++at_;
    }
    // Over the bracket that opens; if nothing is in there, over the one that closes, too.
    bool empty(char end) {
        ++at_;
        skip_white();
        if (here() != end) return false;
        ++at_;
        return true;
    }
    // After an item: is there another? False at the end, which is taken.
    bool more(char end, bool& good) {
        skip_white();
        const char c = here();
        good = c == ',' || c == end;
        if (good) ++at_;
        return c == ',';
    }
    // Over a string: what stands between its quotes, as it is written. False: it does not end.
    bool quoted(std::string_view& inside) {
        const auto begin = at_ + 1;
        for (auto from = std::size_t{begin};;) {
            const auto end = next_quote(from);
            if (end >= bytes_.size()) return false;
            auto slash = end;
            while (slash > begin && bytes_[slash - 1] == '\\') --slash;
            from = end + 1;
            if ((end - slash) % 2 != 0) continue;
            inside = bytes_.substr(begin, end - begin);
            at_ = static_cast<std::uint32_t>(end + 1);
            return true;
        }
    }
    // Over a key and what parts it from its value. Good until the next call. False: there is none.
    bool key(std::string_view& out) {
        skip_white();
        if (here() != '"' || !quoted(out)) return false;
        if (out.find('\\') != std::string_view::npos) {
            key_.clear();
            decode(out, key_);
            out = key_;
        }
        key_end_ = at_;
        skip_white();
        if (here() != ':') return false;
        ++at_;
        return true;
    }
    // Where that key ends.
    [[nodiscard]] std::uint32_t key_end() const { return key_end_; }
    // Over a value.
    bool pass() {
        skip_white();
        std::string_view inside;
        if (here() == '"') return quoted(inside);
        if (here() != '{' && here() != '[') {
            const auto begin = at_;
            word();
            return at_ > begin;
        }
        for (std::size_t open = 0; at_ < bytes_.size();) {
            const char c = bytes_[at_];
            if (c == '"') {
                if (!quoted(inside)) return false;
                continue;
            }
            ++at_;
            // Brackets and braces differ by one bit.
            const char bracket = static_cast<char>(c & ~0x20);
            if (bracket == '[') ++open;
            if (bracket == ']' && --open == 0) return true;
        }
        return false;
    }

    // What stands between quotes, without its escapes, behind what is there.
    static void decode(std::string_view written, std::string& to);

private:
    static bool white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
    // Most strings are short: eight bytes at a time, without a call.
    [[nodiscard]] std::size_t next_quote(std::size_t from) const {
        constexpr std::uint64_t kEach = 0x0101010101010101u;
        const auto* const bytes = bytes_.data();
        const auto size = bytes_.size();
        for (; from + 8 <= size; from += 8) {
            std::uint64_t x = 0;
            std::memcpy(&x, bytes + from, 8);
            x ^= kEach * '"';
            if (((x - kEach) & ~x & (kEach * 0x80)) != 0) break;
        }
        while (from < size && bytes[from] != '"') ++from;
        return from;
    }

    std::string_view bytes_;
    std::uint32_t at_ = 0;
    std::uint32_t key_end_ = 0;
    std::string key_;  // one with escapes
};

}  // namespace antinomy::data
