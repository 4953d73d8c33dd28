#include "data/json_walk.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "data/convert.hpp"
#include "data/json.hpp"

namespace antinomy::data {

namespace {

constexpr std::uint32_t kNone = check::Sketch::kNone;

bool digit(char c) {
    return c >= '0' && c <= '9';
}

// May a number or a word end before it?
bool may_end(char c) {
    return c == ',' || c == '}' || c == ']' || c == '\n' || c == ' ' || c == '\r' || c == '\t';
}

std::uint64_t eight(const char* at) {
    std::uint64_t out = 0;
    std::memcpy(&out, at, sizeof out);
    return out;
}

// The first of eight bytes: so many of them.
std::uint64_t mask(std::size_t bytes) {
    return bytes >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * bytes)) - 1;
}

// The number that four hexadecimal digits make; more than 16 bits: they are none.
std::uint32_t hexadecimal(const char* at) {
    std::uint32_t out = 0;
    for (int i = 0; i < 4; ++i) {
        const char c = at[i];
        const auto low = static_cast<char>(c | 0x20);
        if (digit(c))
            out = out * 16 + static_cast<std::uint32_t>(c - '0');
        else if (low >= 'a' && low <= 'f')
            out = out * 16 + static_cast<std::uint32_t>(low - 'a' + 10);
        else
            return UINT32_MAX;
    }
    return out;
}

}  // namespace

// ---------------------------------------------------------------- keys

class JsonWalk::Once {
public:
    explicit Once(std::vector<std::string_view>& all) : all_(all), first_(all.size()) {}
    Once(const Once&) = delete;
    Once& operator=(const Once&) = delete;
    ~Once() { all_.resize(first_); }
    // False: it stood here before.
    bool add(std::string_view key) {
        // Most keys differ from all others in a bit of these.
        std::uint64_t ends = key.size() * 0x9E3779B97F4A7C15u;
        for (std::size_t i = 0; i < std::min<std::size_t>(key.size(), 4); ++i)
            ends = (ends ^ static_cast<unsigned char>(key[i]) ^
                    (std::uint64_t{static_cast<unsigned char>(key[key.size() - 1 - i])} << 8u)) *
                   0x9E3779B97F4A7C15u;
        auto& word = seen_[ends >> 61u];
        const auto bit = std::uint64_t{1} << (ends >> 55u & 63u);
        if ((word & bit) != 0 && std::find(all_.begin() + static_cast<std::ptrdiff_t>(first_),
                                           all_.end(), key) != all_.end())
            return false;
        word |= bit;
        all_.push_back(key);
        return true;
    }

private:
    std::vector<std::string_view>& all_;
    std::size_t first_;
    std::array<std::uint64_t, 8> seen_{};
};

JsonWalk::JsonWalk(const SketchPlan::Parts& plan) : plan_(plan) {
    orders_.emplace_back(plan.root.names.size());
    for (const auto& split : plan.splits) orders_.emplace_back(split.place.names.size());
}

bool JsonWalk::go(std::string_view bytes, PathEnds& ends) {
    ends.root.assign(plan_.root.paths, Seen());
    ends.items.resize(plan_.splits.size());
    for (auto& items : ends.items) items.clear();
    ends_ = &ends;
    begin_ = bytes.data();
    keys_.clear();
    made_.clear();
    if (!tokens_.read(bytes) || !escapes_are_good(bytes) || begin_[*tokens_.begin()] != '{')
        return false;
    return mapping(tokens_.begin(), plan_.root, orders_.front(), 0, ends.root.data(), 1) ==
           tokens_.end();
}

JsonWalk::Token JsonWalk::mapping(Token t, const Place& place, std::vector<Order>& orders,
                                  std::uint32_t at, Seen* ends, std::size_t level) {
    if (level > kDepth) return nullptr;
    auto& order = orders[at];
    const auto* next = order.keys.data();
    const auto* const end = next + order.keys.size();
    const auto* const b = begin_;
    const auto begin = t++;
    if (b[*t] == '}') return t + 1;
    for (;;) {
        const auto* const key = b + t[0];
        if (*key != '"' || b[t[1]] != ':') return nullptr;
        const auto length = t[1] - t[0];
        const auto first = eight(key + 1);
        const auto second = eight(key + 9);
        const auto is = [&](const Order::Key& k) {
            if (k.length != length || ((first ^ k.first) & k.mask_first) != 0 ||
                ((second ^ k.second) & k.mask_second) != 0)
                return false;
            if (k.more == 0) return true;
            const auto& all = order.written[static_cast<std::size_t>(&k - order.keys.data())];
            return std::memcmp(all.data(), key + 1, k.more) == 0 && key[1 + k.more] == '"';
        };
        while (next != end && !is(*next)) ++next;
        if (next == end) break;
        const auto& k = *next++;
        t += 2;
        if (k.then == Order::Then::skip) {
            if (b[*t] == '"')
                ++t;
            else
                t = inspect(t, level + 1);
        } else if (k.then == Order::Then::more) {
            t = ask(t, place, orders, k.name, ends, level);
        } else if (b[*t] == '"') {
            text(t++, ends[k.path], k.then == Order::Then::take);
        } else {
            t = value(t, ends[k.path], k.then == Order::Then::take, level + 1);
        }
        if (t == nullptr) return nullptr;
        if (b[*t] == '}') return t + 1;
        if (b[*t] != ',') return nullptr;
        ++t;
    }
    // From here on keys are compared with those before them.
    Once keys(keys_);
    for (auto before = begin + 1; before != t; before = skip(before + 2) + 1)
        if (!keys.add(meant(written(before)))) return nullptr;
    const auto& names = place.names[at];
    for (;;) {
        if (b[t[0]] != '"' || b[t[1]] != ':') return nullptr;
        const auto key = meant(written(t));
        if (!keys.add(key)) return nullptr;
        t = ask(t + 2, place, orders, names.child(key), ends, level);
        if (t == nullptr) return nullptr;
        if (b[*t] == '}') break;
        if (b[*t] != ',') return nullptr;
        ++t;
    }
    learn(begin, place, at, order);
    return t + 1;
}

// The value of a key, by the paths that go on or end there.
JsonWalk::Token JsonWalk::ask(Token t, const Place& place, std::vector<Order>& orders,
                              std::uint32_t name, Seen* ends, std::size_t level) {
    if (name == kNone) return inspect(t, level + 1);
    const auto& child = place.names[name];
    Seen unheard;
    auto& end = child.path == kNone ? unheard : ends[child.path];
    const bool mapped = begin_[*t] == '{';
    const bool listed = begin_[*t] == '[';
    if (!mapped && !listed) {
        const auto behind = value(t, end, child.content || child.each, level + 1);
        if (behind == nullptr || end.shape == Shape::nothing) return behind;
        const bool blank = end.shape == Shape::text && trimmed(end.text()).empty();
        return child.children.empty() && (!child.each || blank) ? behind : nullptr;
    }
    if (!child.children.empty()) {
        if (!mapped || child.each) return nullptr;
        end.at = t;
        end.shape = Shape::mapping;
        return mapping(t, place, orders, name, ends, level + 1);
    }
    if (!child.each) return value(t, end, child.content, level + 1);
    if (!listed) return nullptr;
    end.at = t;
    end.shape = Shape::list;
    Token behind = nullptr;
    for (const auto which : child.splits) {
        behind = split(t, which);
        if (behind == nullptr) return nullptr;
    }
    return behind;
}

// The items of a list that is split.
JsonWalk::Token JsonWalk::split(Token t, std::size_t which) {
    const auto& s = plan_.splits[which];
    auto& items = ends_->items[which];
    const auto& top = s.place.names.front();
    if (s.level - 1 > kDepth) return nullptr;
    escape_ = escapes_.data();  // a list may be split twice
    ++t;
    if (begin_[*t] == ']') return t + 1;
    for (;;) {
        auto* const ends = items.add(s.place.paths);
        const bool mapped = begin_[*t] == '{';
        Seen item;
        if (mapped && !top.children.empty()) {
            item.at = t;
            item.shape = Shape::mapping;
            t = mapping(t, s.place, orders_[which + 1], 0, ends, s.level);
        } else {
            t = value(t, item, top.content, s.level);
            if (item.shape != Shape::nothing && !top.children.empty()) return nullptr;
        }
        if (t == nullptr) return nullptr;
        items.whole.push_back(item.shape == Shape::nothing ? 0 : 1);
        if (item.shape != Shape::nothing && top.path != kNone) ends[top.path] = item;
        if (begin_[*t] == ']') return t + 1;
        if (begin_[*t] != ',') return nullptr;
        ++t;
    }
}

JsonWalk::Token JsonWalk::value(Token t, Seen& out, bool content, std::size_t level) {
    const char first = begin_[*t];
    if (first == '{' || first == '[') {
        out.at = t;
        out.size = 0;
        out.shape = first == '{' ? Shape::mapping : Shape::list;
        return inspect(t, level);
    }
    return scalar(t, out, content) ? t + 1 : nullptr;
}

// What no path asks for must be well-formed all the same.
JsonWalk::Token JsonWalk::inspect(Token t, std::size_t level) {
    const auto* const b = begin_;
    const char first = b[*t];
    if (first == '"') return t + 1;
    if (first != '{' && first != '[') {
        Seen unheard;
        return scalar(t, unheard, false) ? t + 1 : nullptr;
    }
    if (level > kDepth) return nullptr;
    ++t;
    if (first == '[') {
        if (b[*t] == ']') return t + 1;
        for (;;) {
            t = inspect(t, level + 1);
            if (t == nullptr) return nullptr;
            if (b[*t] == ']') return t + 1;
            if (b[*t] != ',') return nullptr;
            ++t;
        }
    }
    if (b[*t] == '}') return t + 1;
    Once keys(keys_);
    for (;;) {
        if (b[t[0]] != '"' || b[t[1]] != ':' || !keys.add(meant(written(t)))) return nullptr;
        t = inspect(t + 2, level + 1);
        if (t == nullptr) return nullptr;
        if (b[*t] == '}') return t + 1;
        if (b[*t] != ',') return nullptr;
        ++t;
    }
}

// Of what was gone through, or a value that is whole.
JsonWalk::Token JsonWalk::skip(Token t) const {
    std::size_t open = 0;
    do {
        const char c = begin_[*t++];
        open += c == '{' || c == '[' ? 1 : 0;
        open -= c == '}' || c == ']' ? 1 : 0;
    } while (open > 0);
    return t;
}

void JsonWalk::learn(Token begin, const Place& place, std::uint32_t at, Order& order) {
    constexpr unsigned kPatience = 4;
    constexpr std::size_t kMost = 64;
    const auto once = [&] {
        bool turned = false;
        std::size_t next = 0;
        for (auto t = begin + 1;; ++t) {
            const auto as_written = written(t);
            const auto text = meant(as_written);
            const auto known = static_cast<std::size_t>(
                std::find(order.meant.begin(), order.meant.end(), text) - order.meant.begin());
            if (known < order.meant.size()) {
                turned = turned || known < next;
                next = known + 1;
            } else if (order.keys.size() < kMost) {
                Order::Key k;
                const auto bytes = as_written.size() + 1;
                k.mask_first = mask(bytes);
                k.mask_second = bytes > 8 ? mask(bytes - 8) : 0;
                k.first = eight(as_written.data());
                k.second = eight(as_written.data() + 8);
                if (bytes > 16) k.more = static_cast<std::uint32_t>(bytes - 1);
                k.length = t[1] - t[0];
                k.name = place.names[at].child(text);
                if (k.name != kNone) {
                    const auto& child = place.names[k.name];
                    k.path = child.path;
                    k.then = !child.children.empty() || child.each || child.path == kNone
                                 ? Order::Then::more
                             : child.content ? Order::Then::take
                                             : Order::Then::form;
                }
                const auto to = static_cast<std::ptrdiff_t>(next++);
                order.keys.insert(order.keys.begin() + to, k);
                order.written.emplace(order.written.begin() + to, as_written);
                order.meant.emplace(order.meant.begin() + to, text);
            } else {
                turned = true;
            }
            t = skip(t + 2);
            if (begin_[*t] == '}') return turned;
        }
    };
    if (!once() || ++order.turned < kPatience) return;
    order = {};
    static_cast<void>(once());
}

// ---------------------------------------------------------------- scalars

std::string_view JsonWalk::written(Token t) const {
    const auto* const begin = begin_ + t[0] + 1;
    const auto* end = begin_ + t[1];
    // Up to the next token there is nothing but white space behind the closing quote.
    do --end;
    while (*end != '"');
    return {begin, static_cast<std::size_t>(end - begin)};
}

std::string_view JsonWalk::meant(std::string_view written) {
    if (escapes_.size() <= 1 || std::memchr(written.data(), '\\', written.size()) == nullptr)
        return written;
    made_.emplace_back();
    // What is good for `escapes_are_good` is so for simdjson.
    static_cast<void>(tokens_.unescape(written, made_.back()));
    return made_.back();
}

bool JsonWalk::scalar(Token t, Seen& out, bool content) {
    const auto* const s = begin_ + *t;
    const auto word = [&](std::string_view w, Shape shape) {
        out.at = s;
        out.size = static_cast<std::uint32_t>(w.size());
        out.shape = shape;
        return std::memcmp(s, w.data(), w.size()) == 0 && may_end(s[w.size()]);
    };
    switch (*s) {
        case '"':
            text(t, out, content);
            return true;
        case 'n':
            return word("null", Shape::nothing);
        case 't':
            return word("true", Shape::truth);
        case 'f':
            return word("false", Shape::truth);
        default:
            return number(s, out);
    }
}

bool JsonWalk::number(const char* s, Seen& out) const {
    const auto* p = s;
    if (*p == '-') ++p;
    const auto* const first = p;
    while (digit(*p)) ++p;
    const auto digits = p - first;
    if (digits == 0 || (digits > 1 && *first == '0')) return false;
    out.at = s;
    out.shape = Shape::whole;
    if (may_end(*p)) {
        constexpr int kSurely = 18;  // digits of 64 bits
        out.size = static_cast<std::uint32_t>(p - s);
        std::int64_t value = 0;
        return digits <= kSurely || std::from_chars(s, p, value).ec == std::errc();
    }
    // Nothing near the bounds of a double: there simdjson has its own.
    constexpr int kMost = 100;
    const auto some_digits = [&](int most) {
        const auto* const from = p;
        while (digit(*p)) ++p;
        return p > from && p - from <= most;
    };
    out.shape = Shape::other;
    if (digits > kMost) return false;
    if (*p == '.') {
        ++p;
        if (!some_digits(kMost)) return false;
    }
    if (*p == 'e' || *p == 'E') {
        ++p;
        if (*p == '+' || *p == '-') ++p;
        if (!some_digits(2)) return false;
    }
    out.size = static_cast<std::uint32_t>(p - s);
    return may_end(*p);
}

bool JsonWalk::escapes_are_good(std::string_view bytes) {
    escapes_.clear();
    const auto* p = bytes.data();
    const auto* const end = p + bytes.size();
    while (p < end && (p = static_cast<const char*>(
                           std::memchr(p, '\\', static_cast<std::size_t>(end - p)))) != nullptr) {
        escapes_.push_back(static_cast<std::uint32_t>(p - bytes.data()));
        switch (p[1]) {
            case '"':
            case '\\':
            case '/':
            case 'b':
            case 'f':
            case 'n':
            case 'r':
            case 't':
                p += 2;
                break;
            case 'u': {
                const auto unit = hexadecimal(p + 2);
                if (unit > 0xFFFF) return false;
                p += 6;
                if (unit < 0xD800 || unit > 0xDFFF) break;
                // The first half of a pair, and the second.
                if (unit > 0xDBFF || p[0] != '\\' || p[1] != 'u') return false;
                const auto other = hexadecimal(p + 2);
                if (other < 0xDC00 || other > 0xDFFF) return false;
                p += 6;
                break;
            }
            default:
                return false;
        }
    }
    escapes_.push_back(UINT32_MAX);
    escape_ = escapes_.data();
    return true;
}

}  // namespace antinomy::data
