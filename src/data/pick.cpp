#include "data/pick.hpp"

#include <algorithm>

#include "data/json.hpp"
#include "data/json_cursor.hpp"

namespace antinomy::data {

using text::Node;
using text::NodeKind;

namespace {

class Pick {
public:
    Pick(std::string_view bytes, text::FileId file, const Items& items)
        : json_(bytes), file_(file), items_(items) {}

    // `wanted`: null: all of it. False: it is no JSON.
    bool value(const Branch* wanted, Node& out, std::size_t level = 1) {
        const bool whole = wanted == nullptr || wanted->whole;
        json_.skip_white();
        out.span.file = file_;
        out.span.begin = json_.at();
        out.style = text::ScalarStyle::plain;
        out.flow = false;
        bool good = level <= kDepth;
        std::size_t items = 0;
        std::size_t entries = 0;
        switch (good ? json_.here() : '\0') {
            case '{':
                out.kind = NodeKind::mapping;
                out.flow = true;
                good = whole || !wanted->names.empty()
                           ? object(whole ? nullptr : wanted, out, entries, level)
                           : json_.pass();
                break;
            case '[':
                out.kind = NodeKind::sequence;
                out.flow = true;
                good = whole || !wanted->items.empty()
                           ? list(whole ? nullptr : wanted, out, items, level)
                           : json_.pass();
                break;
            case '"':
                out.kind = NodeKind::scalar;
                out.style = text::ScalarStyle::double_quoted;
                good = string(out.text);
                break;
            case 'n':
                out.kind = NodeKind::null;
                json_.word();
                break;
            default:
                out.kind = NodeKind::scalar;
                json_.word();
                good = good && json_.at() > out.span.begin;
                out.text.assign(json_.bytes().substr(out.span.begin, json_.at() - out.span.begin));
        }
        out.span.end = json_.at();
        out.items.resize(items);
        out.entries.resize(entries);
        if (!out.is_scalar()) out.text.clear();
        return good;
    }

private:
    // The next of a list, made before or now; `count` of them are there.
    template <class T>
    static T& next(std::vector<T>& list, std::size_t& count) {
        if (count == list.size()) list.emplace_back();
        return list[count++];
    }

    bool list(const Branch* wanted, Node& out, std::size_t& count, std::size_t level) {
        if (json_.empty(']')) return true;
        bool good = true;
        do {
            auto& item = next(out.items, count);
            if (wanted == nullptr) {
                if (!value(nullptr, item, level + 1)) return false;
            } else if (is_wanted(items_, wanted->list, count - 1)) {
                if (!value(&wanted->items.front(), item, level + 1)) return false;
            } else {
                item = Node{};
                item.span = {file_, json_.at(), json_.at()};
                if (!json_.pass()) return false;
            }
        } while (json_.more(']', good));
        return good;
    }

    bool object(const Branch* wanted, Node& out, std::size_t& count, std::size_t level) {
        if (json_.empty('}')) return true;
        if (wanted != nullptr) out.entries.reserve(wanted->names.size());
        bool good = true;
        // Of the record itself nothing is wanted that comes after the last.
        const auto last = level == 1 && wanted != nullptr ? wanted->names.size() : 0;
        do {
            json_.skip_white();
            const auto begin = json_.at();
            std::string_view key;
            if (!json_.key(key)) return false;
            const Branch* const to = wanted == nullptr ? nullptr : wanted->at(key);
            if (wanted != nullptr && to == nullptr) {
                if (!json_.pass()) return false;
                continue;
            }
            auto& entry = next(out.entries, count);
            entry.key.kind = NodeKind::scalar;
            entry.key.style = text::ScalarStyle::double_quoted;
            entry.key.span = {file_, begin, json_.key_end()};
            entry.key.text.assign(key);
            if (!value(to, entry.value, level + 1)) return false;
            if (count == last) {
                json_.go_to_end();
                return true;
            }
        } while (json_.more('}', good));
        return good;
    }

    bool string(std::string& to) {
        std::string_view inside;
        if (!json_.quoted(inside)) return false;
        if (inside.find('\\') == std::string_view::npos) {
            to.assign(inside);
        } else {
            to.clear();
            JsonCursor::decode(inside, to);
        }
        return true;
    }

    JsonCursor json_;
    text::FileId file_;
    const Items& items_;
};

}  // namespace

const Branch* Branch::at(std::string_view name) const {
    const auto it = std::find(names.begin(), names.end(), name);
    return it == names.end() ? nullptr : &below[static_cast<std::size_t>(it - names.begin())];
}

bool pick_json(std::string_view bytes, text::FileId file, const Branch& wanted, const Items& items,
               Node& out) {
    return Pick(bytes, file, items).value(&wanted, out);
}

}  // namespace antinomy::data
