#pragma once
// A record as it was read, for those who go through it once: JSON on simdjson's tape, or a tree.
// Both are asked in one way; nothing is owned.

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "text/document.hpp"

namespace antinomy::data {

// An element of a record: of a JSON text, or of a tree. Kinds that matter here; a number that is no
// whole one is `other`, for its text is not kept.
enum class Shape : std::uint8_t { absent, nothing, text, whole, truth, list, mapping, other };

// JSON as simdjson leaves it: a tape of words, the kind in the upper 8 bits of each, what belongs
// to it in the others (its documentation, "tape.md"). It is walked here word by word, for that is
// what most of the time for a record goes into.
class JsonElement {
public:
    JsonElement() = default;
    JsonElement(const std::uint64_t* tape, const std::uint8_t* texts, std::size_t at)
        : tape_(tape), texts_(texts), at_(at) {}
    [[nodiscard]] Shape shape() const { return kShapes[tape_[at_] >> 56u]; }
    [[nodiscard]] std::string_view text() const { return text_at(at_); }
    [[nodiscard]] std::int64_t whole() const {
        std::int64_t out = 0;
        std::memcpy(&out, tape_ + at_ + 1, sizeof out);
        return out;
    }
    [[nodiscard]] bool truth() const { return tape_[at_] >> 56u == 't'; }
    class Entries;
    template <class Do>
    bool items(const Do& each) const {
        const auto end = after(at_) - 1;
        for (auto at = at_ + 1; at < end; at = after(at))
            if (!each(JsonElement(tape_, texts_, at))) return false;
        return true;
    }
    // The first bytes of a text of it, and those behind it, for there is more on the tape's texts.
    static std::uint64_t eight(std::string_view text) {
        std::uint64_t out = 0;
        std::memcpy(&out, text.data(), sizeof out);
        return out;
    }
    static constexpr bool kWellFormed = false;  // keys may stand twice

private:
    [[nodiscard]] std::string_view text_at(std::size_t at) const {
        const auto* text = texts_ + (tape_[at] & kPayload);
        std::uint32_t size = 0;
        std::memcpy(&size, text, sizeof size);
        return {reinterpret_cast<const char*>(text) + sizeof size, size};
    }
    // The next word that does not belong to the one here.
    [[nodiscard]] std::size_t after(std::size_t at) const {
        switch (tape_[at] >> 56u) {
            case '{':
            case '[':
                return static_cast<std::uint32_t>(tape_[at]);
            case 'l':
            case 'u':
            case 'd':
                return at + 2;
            default:
                return at + 1;
        }
    }

    static constexpr std::uint64_t kPayload = (std::uint64_t{1} << 56u) - 1;
    // By the kind of a word.
    static constexpr std::array<Shape, 256> kShapes = [] {
        std::array<Shape, 256> out{};
        for (auto& s : out) s = Shape::other;
        out['{'] = Shape::mapping;
        out['['] = Shape::list;
        out['"'] = Shape::text;
        out['l'] = Shape::whole;
        out['t'] = out['f'] = Shape::truth;
        out['n'] = Shape::nothing;
        return out;
    }();
    const std::uint64_t* tape_ = nullptr;
    const std::uint8_t* texts_ = nullptr;
    std::size_t at_ = 0;
};

// The entries of a mapping, one after the other.
class JsonElement::Entries {
public:
    explicit Entries(const JsonElement& of)
        : value_(of.tape_, of.texts_, of.at_ + 2), end_(of.after(of.at_) - 1) {}
    [[nodiscard]] bool more() const { return value_.at_ <= end_; }
    [[nodiscard]] std::string_view key() const { return value_.text_at(value_.at_ - 1); }
    [[nodiscard]] const JsonElement& value() const { return value_; }
    void next() { value_.at_ = value_.after(value_.at_) + 1; }

private:
    JsonElement value_;
    std::size_t end_;
};

class TreeElement {
public:
    TreeElement() = default;
    explicit TreeElement(const text::Node& n) : n_(&n) {}
    [[nodiscard]] Shape shape() const {
        switch (n_->kind) {
            case text::NodeKind::null:
                return Shape::nothing;
            case text::NodeKind::scalar:
                return Shape::text;
            case text::NodeKind::sequence:
                return Shape::list;
            case text::NodeKind::mapping:
                return Shape::mapping;
        }
        return Shape::other;
    }
    [[nodiscard]] std::string_view text() const { return n_->text; }
    [[nodiscard]] std::int64_t whole() const { return 0; }
    [[nodiscard]] bool truth() const { return false; }
    class Entries {
    public:
        explicit Entries(const TreeElement& of)
            : at_(of.n_->entries.data()), end_(at_ + of.n_->entries.size()) {}
        [[nodiscard]] bool more() const { return at_ != end_; }
        [[nodiscard]] std::string_view key() const { return at_->key.text; }
        [[nodiscard]] TreeElement value() const { return TreeElement(at_->value); }
        void next() { ++at_; }

    private:
        const text::Entry* at_;
        const text::Entry* end_;
    };
    template <class Do>
    bool items(const Do& each) const {
        for (const auto& i : n_->items)
            if (!each(TreeElement(i))) return false;
        return true;
    }
    static std::uint64_t eight(std::string_view text) {
        std::uint64_t out = 0;
        std::memcpy(&out, text.data(), std::min(text.size(), sizeof out));
        return out;
    }
    static constexpr bool kWellFormed = true;

private:
    const text::Node* n_ = nullptr;
};

// An element with what is asked of it again and again.
template <class Element>
struct Seen {
    Element e{};
    Shape shape = Shape::absent;
    std::string_view text{};  // of a text

    Seen() = default;
    explicit Seen(const Element& element) : e(element), shape(element.shape()) {
        if (shape == Shape::text) text = element.text();
    }
    [[nodiscard]] bool scalar() const {
        return shape == Shape::text || shape == Shape::truth || shape == Shape::whole;
    }
    [[nodiscard]] bool holds_more() const {
        return shape == Shape::list || shape == Shape::mapping;
    }
};

}  // namespace antinomy::data
