#include "data/pick.hpp"

#include <algorithm>

#include "data/json.hpp"
#include "text/utf8.hpp"

namespace antinomy::data {

using text::Node;
using text::NodeKind;

namespace {

bool white(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Goes over bytes that are known to be JSON; it only guards against going astray.
class Pick {
public:
    Pick(std::string_view bytes, text::FileId file, const Items& items)
        : bytes_(bytes), file_(file), items_(items) {}

    // `wanted`: null: all of it. False: it is no JSON.
    bool value(const Branch* wanted, Node& out, std::size_t level = 1) {
        const bool whole = wanted == nullptr || wanted->whole;
        skip();
        out.span.file = file_;
        out.span.begin = at_;
        out.style = text::ScalarStyle::plain;
        out.flow = false;
        bool good = level <= kDepth;
        std::size_t items = 0;
        std::size_t entries = 0;
        switch (good ? here() : '\0') {
            case '{':
                out.kind = NodeKind::mapping;
                out.flow = true;
                good = whole || !wanted->names.empty()
                           ? object(whole ? nullptr : wanted, out, entries, level)
                           : pass();
                break;
            case '[':
                out.kind = NodeKind::sequence;
                out.flow = true;
                good = whole || !wanted->items.empty()
                           ? list(whole ? nullptr : wanted, out, items, level)
                           : pass();
                break;
            case '"':
                out.kind = NodeKind::scalar;
                out.style = text::ScalarStyle::double_quoted;
                good = string(&out.text);
                break;
            case 'n':
                out.kind = NodeKind::null;
                word();
                break;
            default:
                out.kind = NodeKind::scalar;
                word();
                good = good && at_ > out.span.begin;
                out.text.assign(bytes_.substr(out.span.begin, at_ - out.span.begin));
        }
        out.span.end = at_;
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

    [[nodiscard]] char here() const { return at_ < bytes_.size() ? bytes_[at_] : '\0'; }
    void skip() {
        while (at_ < bytes_.size() && white(bytes_[at_])) ++at_;
    }
    void word() {
        while (at_ < bytes_.size() && !white(bytes_[at_]) && bytes_[at_] != ',' &&
               bytes_[at_] != ']' && bytes_[at_] != '}')
            ++at_;
    }
    // After an item: is there another? False at the end, which is taken.
    bool more(char end, bool& good) {
        skip();
        const char c = here();
        good = c == ',' || c == end;
        if (good) ++at_;
        return c == ',';
    }
    bool empty(char end) {
        ++at_;
        skip();
        if (here() != end) return false;
        ++at_;
        return true;
    }

    bool list(const Branch* wanted, Node& out, std::size_t& count, std::size_t level) {
        if (empty(']')) return true;
        bool good = true;
        do {
            auto& item = next(out.items, count);
            if (wanted == nullptr) {
                if (!value(nullptr, item, level + 1)) return false;
            } else if (is_wanted(items_, wanted->list, count - 1)) {
                if (!value(&wanted->items.front(), item, level + 1)) return false;
            } else {
                item = Node{};
                item.span = {file_, at_, at_};
                if (!pass()) return false;
            }
        } while (more(']', good));
        return good;
    }

    bool object(const Branch* wanted, Node& out, std::size_t& count, std::size_t level) {
        if (empty('}')) return true;
        if (wanted != nullptr) out.entries.reserve(wanted->names.size());
        bool good = true;
        // Of the record itself nothing is wanted that comes after the last.
        const auto last = level == 1 && wanted != nullptr ? wanted->names.size() : 0;
        do {
            skip();
            const auto begin = at_;
            std::string_view key;
            if (here() != '"' || !quoted(key)) return false;
            const auto end = at_;
            if (key.find('\\') != std::string_view::npos) {
                key_.clear();
                decode(key, key_);
                key = key_;
            }
            const Branch* to = nullptr;
            if (wanted != nullptr) {
                const auto name = std::find(wanted->names.begin(), wanted->names.end(), key);
                if (name != wanted->names.end())
                    to = &wanted->below[static_cast<std::size_t>(name - wanted->names.begin())];
            }
            skip();
            if (here() != ':') return false;
            if (wanted != nullptr && to == nullptr) {
                ++at_;
                if (!pass()) return false;
                continue;
            }
            auto& entry = next(out.entries, count);
            entry.key.kind = NodeKind::scalar;
            entry.key.style = text::ScalarStyle::double_quoted;
            entry.key.span = {file_, begin, end};
            entry.key.text.assign(key);
            ++at_;
            if (!value(to, entry.value, level + 1)) return false;
            if (count == last) {
                at_ = static_cast<std::uint32_t>(bytes_.size());
                return true;
            }
        } while (more('}', good));
        return good;
    }

    // Goes over a value.
    bool pass() {
        skip();
        if (here() == '"') return string(nullptr);
        if (here() != '{' && here() != '[') {
            const auto begin = at_;
            word();
            return at_ > begin;
        }
        for (std::size_t open = 0; at_ < bytes_.size();) {
            const char c = bytes_[at_];
            if (c == '"') {
                if (!string(nullptr)) return false;
                continue;
            }
            ++at_;
            // Both brackets that open, and both that close, differ from one another by one bit.
            const char bracket = static_cast<char>(c & ~0x20);
            if (bracket == '[') ++open;
            if (bracket == ']' && --open == 0) return true;
        }
        return false;
    }

    // Over a string: what stands between its quotes.
    bool quoted(std::string_view& inside) {
        const auto begin = at_ + 1;
        for (auto from = std::size_t{begin};;) {
            const auto end = bytes_.find('"', from);
            if (end == std::string_view::npos) return false;
            auto slash = end;
            while (slash > begin && bytes_[slash - 1] == '\\') --slash;
            from = end + 1;
            if ((end - slash) % 2 != 0) continue;
            inside = bytes_.substr(begin, end - begin);
            at_ = static_cast<std::uint32_t>(end + 1);
            return true;
        }
    }
    bool string(std::string* to) {
        std::string_view inside;
        if (!quoted(inside)) return false;
        if (to == nullptr) return true;
        if (inside.find('\\') == std::string_view::npos) {
            to->assign(inside);
        } else {
            to->clear();
            decode(inside, *to);
        }
        return true;
    }

    static unsigned unit(std::string_view s, std::size_t at) {
        unsigned out = 0;
        for (const char c : s.substr(std::min(at, s.size()), 4))
            out = out * 16 + static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        return out;
    }
    static void decode(std::string_view s, std::string& to) {
        for (std::size_t i = 0; i < s.size();) {
            if (s[i] != '\\' || i + 1 == s.size()) {
                to.push_back(s[i++]);
                continue;
            }
            const char c = s[i + 1];
            i += 2;
            switch (c) {
                case 'b':
                    to.push_back('\b');
                    break;
                case 'f':
                    to.push_back('\f');
                    break;
                case 'n':
                    to.push_back('\n');
                    break;
                case 'r':
                    to.push_back('\r');
                    break;
                case 't':
                    to.push_back('\t');
                    break;
                case 'u': {
                    char32_t point = unit(s, i);
                    i += 4;
                    if (point >= 0xD800 && point <= 0xDBFF) {
                        point = 0x10000 + ((point - 0xD800) << 10u) + (unit(s, i + 2) - 0xDC00);
                        i += 6;
                    }
                    text::append_utf8(to, point);
                    break;
                }
                default:
                    to.push_back(c);
            }
        }
    }

    std::string_view bytes_;
    text::FileId file_;
    const Items& items_;
    std::uint32_t at_ = 0;
    std::string key_;  // one with escapes
};

}  // namespace

bool pick_json(std::string_view bytes, text::FileId file, const Branch& wanted, const Items& items,
               Node& out) {
    return Pick(bytes, file, items).value(&wanted, out);
}

}  // namespace antinomy::data
