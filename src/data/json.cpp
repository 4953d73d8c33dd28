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
// knows what comes next; it goes no deeper than kDepth.
class Walk {
public:
    Walk(std::string_view bytes, text::FileId file) : bytes_(bytes), file_(file) {}

    bool value(const simdjson::dom::element& e, Node& out, std::size_t level = 1) {
        skip();
        out.span.file = file_;
        out.span.begin = at_;
        if (level > kDepth) {
            flaw = Flaw{
                "too-deep",
                text::join("the record is nested deeper than ", std::to_string(kDepth), " levels"),
                "take a level out", at_};
            return false;
        }
        using Type = simdjson::dom::element_type;
        switch (e.type()) {
            case Type::OBJECT:
                if (!object(simdjson::dom::object(e), out, level)) return false;
                break;
            case Type::ARRAY:
                out.kind = NodeKind::sequence;
                out.flow = true;
                ++at_;
                for (const auto item : simdjson::dom::array(e)) {
                    out.items.emplace_back();
                    if (!value(item, out.items.back(), level + 1)) return false;
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

    bool object(const simdjson::dom::object& o, Node& out, std::size_t level) {
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
            if (!value(field.value, out.entries.back().value, level + 1)) return false;
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
    pass_over(place_, window_.held().substr(0, count));
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
    char last = '\0';              // that is no white space, outside of strings
    bool later = false;            // on another line than its first
    const char* broken = nullptr;  // why the value cannot go on as it does
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
            // No string goes on in the next line: what follows is told apart from it.
            if (c == '\n' && out != nullptr) {
                broken = "a string in it is not closed";
                break;
            }
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
            // After a comma a mapping has a key, and between two values stands a comma: here the
            // next record may begin, in the midst of one that is not closed.
            const bool wrong =
                last != '\0' && last != ':' && last != '[' && (last != ',' || open.back() == '}');
            if (wrong && later && out != nullptr && !open.empty()) {
                broken = open.back() == '}' ? "a `}` is missing" : "a `]` is missing";
                break;
            }
            open.push_back(c == '[' ? ']' : '}');
        } else if (c == ']' || c == '}') {
            const auto match = open.rfind(c);
            if (match == std::string::npos) {
                // Closes what the value stands in, if that ends here; else it is astray.
                if (open.empty() || (c == stop && ends_list(n + 1))) break;
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
        if (!white(c)) last = c;
        later = later || c == '\n';
        ++n;
    }
    flush();
    if (out == nullptr) return true;
    if (broken == nullptr && !open.empty())
        broken = open.back() == '}' ? "a `}` is missing" : "a `]` is missing";
    if (broken == nullptr || too_long)
        while (!out->bytes.empty() && white(out->bytes.back())) out->bytes.pop_back();
    if (too_long)
        out->flaw = Flaw{
            "record-too-long",
            text::join("the record is longer than ", std::to_string(kLongestRecord >> 20), " MiB"),
            "split the record", 0};
    else if (broken != nullptr)
        give_up(*out, broken);
    return true;
}

// Does what stands at this byte follow the list of records? After one at the root nothing does,
// after another its mapping goes on or ends.
bool JsonElements::ends_list(std::size_t at) {
    const auto seen = [&] {
        while (white(byte(at))) ++at;
        return byte(at++);
    };
    const char c = seen();
    if (c == '\0') return true;
    return !keys_.empty() && (c == '}' || (c == ',' && seen() == '"'));
}

// A record that is not closed: what follows its first line is looked through for the next one.
void JsonElements::give_up(Raw& out, const char* why) {
    out.flaw = Flaw{"bad-json", text::join("the record is not closed: ", why),
                    "close it; reading went on where the next one seems to begin", 0};
    const auto line = out.bytes.find('\n');
    if (line == std::string::npos) {
        if (byte(0) == '\n') lost_ = out.begin.column_bytes;
        return;
    }
    window_.put_back(std::string_view(out.bytes).substr(line));
    out.bytes.resize(line);
    place_ = out.begin;
    offset_ = out.offset + line;
    pass_over(place_, out.bytes);
    lost_ = out.begin.column_bytes;
}

// Goes on to the next record after one that is not closed: it begins a line, no deeper than the
// broken one did, perhaps behind a bracket that closes that one. Or to the end of the list.
void JsonElements::find_next() {
    take(1);  // the line break
    while (byte(0) != '\0') {
        std::size_t at = 0;
        while (byte(at) == ' ' || byte(at) == '\t') ++at;
        if (at < lost_) {
            if (byte(at) == ']' && ends_list(at + 1)) break;
            while (byte(at) == '}' || byte(at) == ']' || byte(at) == ',' || byte(at) == ' ') ++at;
            if (byte(at) == '{' || byte(at) == '[') {
                take(at);
                break;
            }
        }
        while (byte(at) != '\n' && byte(at) != '\0')
            if (++at == 4096) {
                take(at);
                at = 0;
            }
        take(byte(at) == '\n' ? at + 1 : at);
    }
    lost_ = 0;
}

bool JsonElements::enter(Raw& out) {
    if (window_.drop_mark()) offset_ += 3;
    char c = peek();
    if (c == '\0') {
        at_ = At::end;
        if (window_.failed()) return false;  // that is told of the file
        refuse(out, "the file is empty, which is no JSON", "write `[]` for no records");
        return true;
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
    if (lost_ > 0) find_next();
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
