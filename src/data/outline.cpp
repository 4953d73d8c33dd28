#include "data/outline.hpp"

#include "data/json.hpp"
#include "data/json_cursor.hpp"

namespace antinomy::data {

namespace {

// What begins a part of the key. No two keys of different trees are the same: each part says how
// it begins, and texts how long they are.
enum Mark : char {
    kScalar = 1,
    kApart,
    kWhole,
    kMapping,
    kName,
    kList,
    kOnly,
    kItem,
    kNothing,
    kEnd
};

class Layout {
public:
    Layout(std::string_view bytes, const Items& items, Outline& out)
        : json_(bytes), items_(items), out_(out) {}

    bool value(const Branch& wanted, std::size_t level = 1) {
        if (level > kDepth) return false;
        json_.skip_white();
        const auto number = out_.pieces.size();
        auto& piece = out_.pieces.emplace_back();
        piece.begin = json_.at();
        piece.wish = &wanted;
        const char c = json_.here();
        bool good = false;
        if ((c == '{' || c == '[') && !wanted.whole) {
            piece.open = true;
            good = c == '{' ? object(wanted, level) : list(wanted, number, level);
        } else {
            const bool scalar = c != '{' && c != '[';
            good = json_.pass();
            piece.end = json_.at();
            piece.scalar = scalar && c != 'n';
            piece.apart = piece.scalar && wanted.whole && wanted.apart && wanted.names.empty() &&
                          wanted.items.empty();
            mark(piece.apart ? kApart : scalar ? kScalar : kWhole);
            if (!piece.apart)
                add_text(out_.key, json_.bytes().substr(piece.begin, piece.end - piece.begin));
        }
        out_.pieces[number].end = json_.at();
        return good;
    }

private:
    void mark(Mark m) { out_.key.push_back(m); }

    bool object(const Branch& wanted, std::size_t level) {
        mark(kMapping);
        if (wanted.names.empty()) return json_.pass();
        if (json_.empty('}')) {
            mark(kEnd);
            return true;
        }
        bool good = true;
        std::size_t count = 0;
        // Of the record itself nothing is wanted that comes after the last.
        const auto last = level == 1 ? wanted.names.size() : 0;
        do {
            std::string_view key;
            if (!json_.key(key)) return false;
            const auto* const to = wanted.at(key);
            if (to == nullptr) {
                if (!json_.pass()) return false;
                continue;
            }
            mark(kName);
            add_number(out_.key, static_cast<std::uint64_t>(to - wanted.below.data()));
            if (!value(*to, level + 1)) return false;
            if (++count == last) {
                json_.go_to_end();
                break;
            }
        } while (json_.more('}', good));
        mark(kEnd);
        return good;
    }

    // Of a list of which one item is wanted: that one; kNone: of others, or of none.
    [[nodiscard]] std::size_t only(std::uint32_t list) const {
        if (list >= items_.size()) return Outline::kNone;
        const auto bits = items_[list];
        if (bits == 0 || (bits & (bits - 1)) != 0) return Outline::kNone;
        std::size_t item = 0;
        while ((bits >> item & 1u) == 0) ++item;
        return item;
    }

    bool list(const Branch& wanted, std::size_t number, std::size_t level) {
        if (wanted.items.empty()) {
            mark(kList);
            return json_.pass();
        }
        const auto& wish = wanted.items.front();
        const auto one = only(wanted.list);
        bool good = true;
        if (one == Outline::kNone) {
            mark(kList);
            if (json_.empty(']')) {
                mark(kEnd);
                return true;
            }
            std::size_t item = 0;
            std::size_t left_out = 0;  // what comes behind the last that is made matters to nobody
            do {
                if (!is_wanted(items_, wanted.list, item++)) {
                    ++left_out;
                    if (!json_.pass()) return false;
                    continue;
                }
                for (; left_out > 0; --left_out) mark(kNothing);
                mark(kItem);
                if (!value(wish, level + 1)) return false;
            } while (json_.more(']', good));
            mark(kEnd);
            return good;
        }
        mark(kOnly);
        if (json_.empty(']')) return false;
        bool made = false;
        std::size_t item = 0;
        do {
            json_.skip_white();
            if (item == one && json_.here() != 'n') {
                made = true;
                if (!value(wish, level + 1)) return false;
            } else if (!json_.pass()) {
                return false;
            }
            // All that come later than those are wanted.
            if (++item > 64) return false;
        } while (json_.more(']', good));
        out_.lists[wanted.list] = {one, number};
        return good && made;
    }

    JsonCursor json_;
    const Items& items_;
    Outline& out_;
};

}  // namespace

void add_number(std::string& to, std::uint64_t n) {
    for (; n >= 0x80; n >>= 7u) to.push_back(static_cast<char>(0x80u | (n & 0x7Fu)));
    to.push_back(static_cast<char>(n));
}

void add_text(std::string& to, std::string_view text) {
    add_number(to, text.size());
    to += text;
}

bool outline_json(std::string_view bytes, const Branch& wanted, const Items& items,
                  std::size_t lists, Outline& out) {
    out.pieces.clear();
    out.lists.assign(lists, {});
    return Layout(bytes, items, out).value(wanted);
}

}  // namespace antinomy::data
