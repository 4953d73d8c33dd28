#pragma once
// One record of JSON, gone through once: what the paths of a map lead to in it.
//
// A text is taken only if it is JSON for certain (RFC 8259), has no key twice and is nested no
// deeper than kDepth: simdjson finds the tokens, and here they are looked at one after the other,
// each of them, also those that no path leads to. Nothing is made of what nobody asks for: of most
// texts only the two ends are looked at. What is refused here may be JSON all the same: nothing is
// said of large numbers and of halves of surrogate pairs.

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "data/elements.hpp"
#include "data/sketch_plan.hpp"
#include "data/tokens.hpp"

namespace antinomy::data {

class JsonWalk {
public:
    // The plan must outlive it.
    explicit JsonWalk(const SketchPlan::Parts&);
    // False: see above, or a path asks for a key of what has none, or splits what is no list.
    // kBehind bytes behind the text may be read, whatever they are, but the first of them is white
    // space or NUL. What is seen is good until the next call, and as long as the bytes are.
    [[nodiscard]] bool go(std::string_view bytes, PathEnds&);
    // The items of a list that was seen, one after the other, until `each` gives false or an item
    // is no scalar; then false.
    template <class Do>
    bool items(const Seen& list, const Do& each) {
        auto t = static_cast<Token>(list.at) + 1;
        escape_ = escapes_.data();
        for (const bool any = begin_[*t] != ']'; any; t += 2) {
            Seen one;
            if (!scalar(t, one, true) || !each(one)) return false;
            if (begin_[t[1]] == ']') break;
        }
        return true;
    }

    // What a text means that is written so; good until the next record.
    [[nodiscard]] std::string_view meant(std::string_view written);

private:
    using Token = const std::uint32_t*;

    // The keys of mappings at one place as they come: records of a data set have most of them in
    // one order, and keys that come in that order are told at a glance, and stand once.
    struct Order {
        enum class Then : std::uint8_t { skip, form, take, more };
        struct Key {
            // Its first bytes, as they are written, with the closing quote, and where there are
            // some.
            std::uint64_t first = 0;
            std::uint64_t second = 0;
            std::uint64_t mask_first = 0;
            std::uint64_t mask_second = 0;
            std::uint32_t more = 0;    // bytes, if there are more: then as `written`
            std::uint32_t length = 0;  // up to the colon
            std::uint32_t name = 0;    // index of its names
            std::uint32_t path = 0;    // that ends here
            Then then = Then::skip;
        };
        std::vector<Key> keys;
        std::vector<std::string> written;  // without quotes
        std::vector<std::string> meant;
        unsigned turned = 0;  // mappings of another order since
    };
    // The keys of one mapping, to see whether each stands once.
    class Once;

    // Each gives the token behind what it is about; null: it is refused.
    Token mapping(Token, const Place&, std::vector<Order>&, std::uint32_t at, Seen* ends,
                  std::size_t level);
    Token ask(Token, const Place&, std::vector<Order>&, std::uint32_t name, Seen* ends,
              std::size_t level);
    Token value(Token, Seen&, bool content, std::size_t level);
    Token inspect(Token, std::size_t level);
    Token split(Token, std::size_t which);
    [[nodiscard]] Token skip(Token) const;
    void learn(Token mapping, const Place&, std::uint32_t at, Order&);

    // False: it is none. `content`: of a text what it means is wanted.
    bool scalar(Token, Seen&, bool content);
    void text(Token t, Seen& out, bool content) {
        const auto from = t[0] + 1;
        const auto* const begin = begin_ + from;
        // Up to the next token there is nothing but white space behind the closing quote.
        const auto* end = begin_ + t[1] - 1;
        while (*end != '"') --end;
        out.at = begin;
        out.size = static_cast<std::uint32_t>(end - begin);
        out.shape = Shape::text;
        if (!content) {
            out.written = true;
            return;
        }
        while (*escape_ < from) ++escape_;
        if (*escape_ - from >= out.size) return;
        const auto meant = this->meant(out.text());
        out.at = meant.data();
        out.size = static_cast<std::uint32_t>(meant.size());
    }
    bool number(const char*, Seen&) const;
    // Finds them all.
    bool escapes_are_good(std::string_view bytes);
    // Between its quotes.
    [[nodiscard]] std::string_view written(Token) const;

    const SketchPlan::Parts& plan_;
    JsonTokens tokens_;
    const char* begin_ = nullptr;            // of the bytes
    std::vector<std::uint32_t> escapes_;     // where they begin; then the greatest number
    const std::uint32_t* escape_ = nullptr;  // the first of those that were not passed
    PathEnds* ends_ = nullptr;
    std::vector<std::vector<Order>> orders_;  // of the record, then by split; by name
    std::vector<std::string_view> keys_;      // of mappings that are being gone through
    std::deque<std::string> made_;            // texts that had escapes
};

}  // namespace antinomy::data
