#include "report/line_hash.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>

#include "text/utf8.hpp"

namespace antinomy::report {

namespace {

constexpr std::size_t kBlock = 100;
constexpr std::uint64_t kBase = 37;
constexpr std::uint64_t kEnd = 65535;

constexpr std::uint64_t first_power() {
    std::uint64_t out = 1;
    for (std::size_t i = 0; i < kBlock; ++i) out *= kBase;
    return out;
}

std::string hex(std::uint64_t n) {
    std::string out;
    do {
        out.insert(out.begin(), "0123456789abcdef"[n & 15u]);
        n >>= 4u;
    } while (n != 0);
    return out;
}

// A window that rolls over the units: a line's hash is known when its first unit is about to leave.
class Roll {
public:
    void unit(std::uint64_t u) {
        // A line feed belongs to the return before it, unless a blank lies between.
        const bool skip = u == ' ' || u == '\t' || (after_return_ && u == '\n');
        after_return_ = !skip && u == '\r';
        if (skip) return;
        if (u == '\r') u = '\n';
        if (starts_[at_]) tell();
        if (line_begins_) starts_[at_] = true;
        line_begins_ = u == '\n';
        push(u);
    }
    std::vector<std::string> finish() {
        for (std::size_t i = 0; i < kBlock; ++i) {
            if (starts_[at_]) tell();
            push(0);
        }
        return std::move(out_);
    }

private:
    void push(std::uint64_t u) {
        static constexpr auto kPower = first_power();
        hash_ = kBase * hash_ + u - kPower * window_[at_];
        window_[at_] = u;
        at_ = (at_ + 1) % kBlock;
    }
    void tell() {
        auto text = hex(hash_);
        const auto n = ++seen_[text];
        out_.push_back(text + ':' + std::to_string(n));
        starts_[at_] = false;
    }

    std::array<std::uint64_t, kBlock> window_{};
    std::array<bool, kBlock> starts_{};
    std::uint64_t hash_ = 0;
    std::size_t at_ = 0;
    bool line_begins_ = true;
    bool after_return_ = false;
    std::unordered_map<std::string, std::size_t> seen_;
    std::vector<std::string> out_;
};

}  // namespace

std::vector<std::string> line_hashes(std::string_view bytes) {
    Roll roll;
    for (std::size_t i = 0; i < bytes.size();) {
        const auto c = text::decode_utf8(bytes, i);
        i += c.length;
        // As that program reads its files: what is no UTF-8 becomes U+FFFD.
        const char32_t value = c.valid ? c.value : 0xfffd;
        if (value < 0x10000) {
            roll.unit(value);
        } else {
            roll.unit(0xd800 + ((value - 0x10000) >> 10u));
            roll.unit(0xdc00 + ((value - 0x10000) & 0x3ffu));
        }
    }
    roll.unit(kEnd);
    return roll.finish();
}

}  // namespace antinomy::report
