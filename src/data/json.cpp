#include "data/json.hpp"

#include <simdjson.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "text/join.hpp"

namespace antinomy::data {

using text::Node;
using text::NodeKind;

namespace {

bool white(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Walks the DOM and the bytes that it was made of side by side. The bytes are JSON, so each step
// knows what comes next; depth is bounded by the parser's own limit.
class Walk {
public:
    Walk(std::string_view bytes, text::FileId file) : bytes_(bytes), file_(file) {}

    bool value(const simdjson::dom::element& e, Node& out) {
        skip();
        out.span.file = file_;
        out.span.begin = at_;
        using Type = simdjson::dom::element_type;
        switch (e.type()) {
            case Type::OBJECT:
                if (!object(simdjson::dom::object(e), out)) return false;
                break;
            case Type::ARRAY:
                out.kind = NodeKind::sequence;
                out.flow = true;
                ++at_;
                for (const auto item : simdjson::dom::array(e)) {
                    out.items.emplace_back();
                    if (!value(item, out.items.back())) return false;
                    comma();
                }
                skip();
                ++at_;
                break;
            case Type::STRING:
                string(std::string_view(e), out);
                break;
            case Type::NULL_VALUE:
                out.kind = NodeKind::null;
                word();
                break;
            default:
                out.kind = NodeKind::scalar;
                word();
                out.text.assign(bytes_.substr(out.span.begin, at_ - out.span.begin));
        }
        out.span.end = at_;
        return true;
    }

    std::optional<Flaw> flaw;

private:
    void skip() {
        while (at_ < bytes_.size() && white(bytes_[at_])) ++at_;
    }
    void comma() {
        skip();
        if (at_ < bytes_.size() && bytes_[at_] == ',') ++at_;
    }
    void word() {
        while (at_ < bytes_.size() && !white(bytes_[at_]) && bytes_[at_] != ',' &&
               bytes_[at_] != ']' && bytes_[at_] != '}')
            ++at_;
    }

    bool object(const simdjson::dom::object& o, Node& out) {
        out.kind = NodeKind::mapping;
        out.flow = true;
        ++at_;
        for (const auto field : o) {
            skip();
            text::Entry entry;
            entry.key.span.file = file_;
            entry.key.span.begin = at_;
            string(field.key, entry.key);
            entry.key.span.end = at_;
            if (const auto* same = out.find_entry(entry.key.text)) {
                flaw =
                    Flaw{"duplicate-key",
                         text::join("the key `", entry.key.text, "` stands twice, first at byte ",
                                    std::to_string(same->key.span.begin + 1), " of the record"),
                         "keep one", entry.key.span.begin};
                return false;
            }
            skip();
            ++at_;  // the colon
            out.entries.push_back(std::move(entry));
            if (!value(field.value, out.entries.back().value)) return false;
            comma();
        }
        skip();
        ++at_;
        return true;
    }

    // A string's text is the DOM's; its pieces say where in the file each stretch without an escape
    // stands.
    void string(std::string_view decoded, Node& out) {
        out.kind = NodeKind::scalar;
        out.style = text::ScalarStyle::double_quoted;
        out.text.assign(decoded);
        ++at_;
        out.pieces.push_back({0, at_});
        std::uint32_t done = 0;
        while (bytes_[at_] != '"') {
            if (bytes_[at_] != '\\') {
                ++at_;
                ++done;
                continue;
            }
            const std::uint32_t length = escape();
            out.pieces.push_back({done + length, at_});
            done += length;
        }
        ++at_;
    }

    // Goes over an escape; how many bytes of text it stands for.
    std::uint32_t escape() {
        if (bytes_[at_ + 1] != 'u') {
            at_ += 2;
            return 1;
        }
        const auto unit = hex(at_ + 2);
        at_ += 6;
        if (unit < 0x80) return 1;
        if (unit < 0x800) return 2;
        if (unit < 0xD800 || unit > 0xDBFF) return 3;
        at_ += 6;  // the other half of a pair: the parser has seen it
        return 4;
    }
    [[nodiscard]] unsigned hex(std::uint32_t at) const {
        unsigned out = 0;
        for (std::uint32_t i = 0; i < 4; ++i) {
            const char c = bytes_[at + i];
            out = out * 16 + static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        }
        return out;
    }

    std::string_view bytes_;
    text::FileId file_;
    std::uint32_t at_ = 0;
};

std::string what_is_wrong(simdjson::error_code code) {
    switch (code) {
        case simdjson::UTF8_ERROR:
            return "is not UTF-8";
        case simdjson::EMPTY:
            return "is empty";
        case simdjson::NUMBER_ERROR:
            return "has a number that is none in JSON, or too large for 64 bits";
        case simdjson::UNCLOSED_STRING:
            return "has a string that is not closed";
        case simdjson::UNESCAPED_CHARS:
            return "has a control character in a string";
        case simdjson::STRING_ERROR:
            return "has a string with a bad escape";
        case simdjson::DEPTH_ERROR:
            return "is nested too deeply";
        case simdjson::T_ATOM_ERROR:
        case simdjson::F_ATOM_ERROR:
        case simdjson::N_ATOM_ERROR:
            return "has a word that is none of true, false and null";
        default:
            return "is not well-formed: brackets, commas, colons or what follows the value";
    }
}

}  // namespace

struct JsonReader::Parser {
    simdjson::dom::parser dom{kLongestRecord + 64};
    simdjson::padded_string padded;
    std::string buffer;
};

JsonReader::JsonReader() : parser_(std::make_unique<Parser>()) {}
JsonReader::~JsonReader() = default;
JsonReader::JsonReader(JsonReader&&) noexcept = default;

std::optional<Node> JsonReader::read(std::string_view bytes, text::FileId file,
                                     std::optional<Flaw>& flaw) {
    auto& p = *parser_;
    // simdjson reads some bytes past the end.
    p.buffer.assign(bytes);
    p.buffer.append(simdjson::SIMDJSON_PADDING, '\0');
    simdjson::dom::element root;
    const auto error = p.dom.parse(p.buffer.data(), bytes.size(), false).get(root);
    if (error != simdjson::SUCCESS) {
        flaw = Flaw{error == simdjson::DEPTH_ERROR ? "too-deep" : "bad-json",
                    text::join("the record ", what_is_wrong(error)),
                    error == simdjson::UTF8_ERROR
                        ? "write the file in UTF-8: iconv -f WINDOWS-1252 -t UTF-8"
                        : "mend the record; the others are read all the same",
                    0};
        return std::nullopt;
    }
    Walk walk(bytes, file);
    Node out;
    if (walk.value(root, out)) return out;
    flaw = std::move(walk.flaw);
    return std::nullopt;
}

// ---- elements of a large list

char JsonElements::byte(std::size_t at) {
    while (window_.held().size() <= at)
        if (!window_.more()) return '\0';
    return window_.held()[at];
}

void JsonElements::take(std::size_t count) {
    advance(place_, window_.held().substr(0, count));
    offset_ += count;
    window_.drop(count);
}

char JsonElements::peek() {
    std::size_t n = 0;
    for (;;) {
        const char c = byte(n);
        if (!white(c)) {
            take(n);
            return c;
        }
        if (++n == 4096) {
            take(n);
            n = 0;
        }
    }
}

void JsonElements::refuse(Raw& out, std::string message, std::string help) {
    out.bytes.clear();
    out.begin = place_;
    out.offset = offset_;
    out.flaw = Flaw{"no-records", std::move(message), std::move(help), 0};
    at_ = At::end;
}

// A string whose quote is next, taken; its bytes as written, if asked for. It ends at the line's
// end too: no string of JSON goes on there.
bool JsonElements::string(std::string* to) {
    std::size_t n = 1;
    for (;; ++n) {
        if (n > kLongestRecord) return false;
        const char c = byte(n);
        if (c == '\\') {
            ++n;
            continue;
        }
        if (c == '"' || c == '\n' || c == '\0') {
            if (to != nullptr) to->assign(window_.held().substr(1, n - 1));
            take(c == '"' ? n + 1 : n);
            return c == '"';
        }
    }
}

// A value, taken; with its bytes where `out` is given. `stop` closes what it stands in.
bool JsonElements::value(Raw* out, char stop) {
    if (out != nullptr) {
        out->bytes.clear();
        out->begin = place_;
        out->offset = offset_;
        out->flaw.reset();
    }
    std::string open;      // brackets that wait to be closed
    std::size_t n = 0;     // bytes looked at and not yet taken
    std::size_t size = 0;  // of the value so far
    bool quoted = false;
    bool too_long = false;
    const auto flush = [&] {
        if (out != nullptr && !too_long) out->bytes.append(window_.held().substr(0, n));
        size += n;
        take(n);
        n = 0;
        if (size <= kLongestRecord || too_long) return;
        too_long = true;
        if (out != nullptr) out->bytes.resize(64);
    };
    for (;;) {
        if (n >= (64u << 10)) flush();
        const char c = byte(n);
        if (c == '\0' && window_.held().size() <= n) break;
        if (quoted) {
            // A string ends at its line's end, closed or not: so the rest can be told apart.
            if (c == '\\' && byte(n + 1) != '\n')
                ++n;
            else if (c == '"' || c == '\n')
                quoted = false;
            ++n;
            continue;
        }
        if (c == '"') {
            quoted = true;
        } else if (c == '[' || c == '{') {
            open.push_back(c == '[' ? ']' : '}');
        } else if (c == ']' || c == '}') {
            const auto match = open.rfind(c);
            if (match == std::string::npos) {
                if (c == stop || open.empty()) break;  // closes what the value stands in
            } else {
                open.resize(match);
                if (open.empty()) {
                    ++n;
                    break;
                }
            }
        } else if (open.empty() && (c == ',' || (stop == '\0' && white(c)))) {
            break;
        }
        ++n;
    }
    flush();
    if (out == nullptr) return true;
    while (!out->bytes.empty() && white(out->bytes.back())) out->bytes.pop_back();
    if (too_long)
        out->flaw = Flaw{
            "record-too-long",
            text::join("the record is longer than ", std::to_string(kLongestRecord >> 20), " MiB"),
            "split the record", 0};
    else if (!open.empty())
        out->flaw =
            Flaw{"bad-json",
                 text::join("the record is not closed: a `", std::string_view(&open.back(), 1),
                            "` is missing; what follows, up to line ", std::to_string(place_.line),
                            ", was taken as a part of it"),
                 "close the record; its followers were not read", 0};
    return true;
}

bool JsonElements::enter(Raw& out) {
    if (window_.drop_mark()) offset_ += 3;
    char c = peek();
    if (c == '\0') {
        at_ = At::end;
        return false;  // an empty file has no records
    }
    std::string path = "$";
    for (const auto& key : keys_) {
        if (c != '{') {
            refuse(
                out,
                text::join("there is no mapping at `", path, "`, in which `", key, "` could stand"),
                "correct `records:` of the map");
            return true;
        }
        take(1);
        bool found = false;
        while (!found) {
            c = peek();
            if (c != '"') break;
            std::string name;
            if (!string(&name)) break;
            if (peek() != ':') break;
            take(1);
            c = peek();
            found = name == key;
            if (found) break;
            value(nullptr, '}');
            if (peek() != ',') break;
            take(1);
        }
        if (!found) {
            refuse(out, text::join("`", path, "` has no key `", key, "`"),
                   "correct `records:` of the map");
            return true;
        }
        path += "." + key;
    }
    if (c == '[') {
        take(1);
        at_ = At::list;
        return false;
    }
    if (!keys_.empty()) {
        refuse(out, text::join("`", path, "` is no list"), "correct `records:` of the map");
        return true;
    }
    at_ = At::single;
    return false;
}

// What follows the list is gone over to its end: so that a file that was cut off is told.
bool JsonElements::leave(Raw& out) {
    at_ = At::end;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        while (peek() == ',') {
            take(1);
            if (peek() != '"' || !string(nullptr) || peek() != ':') break;
            take(1);
            peek();
            value(nullptr, '}');
        }
        if (peek() != '}') {
            refuse(out, "the file ends, or breaks off, before what holds the records is closed",
                   "see whether the file is whole; the records were read");
            return true;
        }
        take(1);
    }
    if (peek() != '\0') {
        refuse(out, "text follows what should be the end of the file",
               "one JSON text a file; records a line each are `reads: jsonl`");
        return true;
    }
    return false;
}

bool JsonElements::next(Raw& out) {
    out.flaw.reset();
    if (at_ == At::start && enter(out)) {
        out.number = ++records_;
        return true;
    }
    if (at_ == At::single) {
        value(&out, '\0');
        out.number = ++records_;
        if (peek() != '\0') {
            out.flaw = Flaw{"no-records", "text follows the record, where the file should end",
                            "one JSON text a file; records a line each are `reads: jsonl`", 0};
        }
        at_ = At::end;
        return true;
    }
    if (at_ != At::list) return false;
    char c = peek();
    if (c == ',' && some_) {
        take(1);
        c = peek();
    }
    if (c == ']') {
        take(1);
        if (!leave(out)) return false;
        out.number = ++records_;
        return true;
    }
    if (c == '\0') {
        refuse(out, "the list of records is not closed", "see whether the file is whole");
        out.number = ++records_;
        return true;
    }
    some_ = true;
    const auto before = offset_;
    value(&out, ']');
    out.number = ++records_;
    if (offset_ == before) {
        // A bracket that closes nothing: one error, and on behind it.
        out.bytes.assign(1, c);
        take(1);
        out.flaw =
            Flaw{"bad-json", "a record is missing here", "take the comma or the bracket out", 0};
    }
    return true;
}

}  // namespace antinomy::data
