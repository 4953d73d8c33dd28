#include "text/reader.hpp"
#include "text/join.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "text/bytes.hpp"
#include "text/utf8.hpp"

namespace antinomy::text {

namespace {

// Both readers refuse longer ones: YAML bounds the look-ahead for a key's colon.
constexpr std::uint32_t kLongestKey = 1024;

bool is_flow_indicator(char c) {
    return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

}  // namespace

Reader::Reader(const SourceMap& map, FileId file, Diagnostics& diagnostics, const Limits& limits)
    : map_(map),
      file_(file),
      diagnostics_(diagnostics),
      limits_(limits),
      bytes_(map.bytes(file)),
      size_(static_cast<std::uint32_t>(bytes_.size())) {
    if (bytes_.substr(0, 3) == "\xEF\xBB\xBF") to_line(3);
}

// Bytes.

bool Reader::is_break(std::uint32_t i) const {
    return i >= size_ || bytes_[i] == '\n' || bytes_[i] == '\r';
}

bool Reader::is_blank(std::uint32_t i) const {
    return at(i) == ' ' || at(i) == '\t';
}

bool Reader::is_blank_or_break(std::uint32_t i) const {
    return is_blank(i) || is_break(i);
}

std::uint32_t Reader::line_end(std::uint32_t i) const {
    while (!is_break(i)) ++i;
    return i;
}

std::uint32_t Reader::next_line(std::uint32_t i) const {
    i = line_end(i);
    if (at(i) == '\r') ++i;
    return i < size_ ? i + 1 : size_;
}

std::uint32_t Reader::spaces(std::uint32_t i) const {
    while (at(i) == ' ') ++i;
    return i;
}

std::uint32_t Reader::blanks(std::uint32_t i) const {
    while (is_blank(i)) ++i;
    return i;
}

Reader::Marker Reader::marker(std::uint32_t i) const {
    if (!is_blank_or_break(i + 3)) return Marker::none;
    const auto three = bytes_.substr(std::min(i, size_), 3);
    return three == "---" ? Marker::start : three == "..." ? Marker::end : Marker::none;
}

bool Reader::dash(std::uint32_t i) const {
    return at(i) == '-' && is_blank_or_break(i + 1);
}

bool Reader::colon(std::uint32_t i, bool in_flow) const {
    return at(i) == ':' && (is_blank_or_break(i + 1) || (in_flow && is_flow_indicator(at(i + 1))));
}

// Text of the file for a message: one line, not too long, cut between characters.
std::string Reader::quote(std::uint32_t begin, std::uint32_t end) const {
    // Looks no further than it shows: this is called for every token of a line, however long.
    constexpr std::uint32_t kLongest = 48;
    end = std::min(end, size_);
    for (std::uint32_t i = begin; i < end && i <= begin + kLongest; ++i)
        if (is_break(i)) end = i;
    if (end - begin <= kLongest) return std::string(bytes_.substr(begin, end - begin));
    end = begin + kLongest;
    while (end > begin && (static_cast<unsigned char>(bytes_[end]) & 0xC0u) == 0x80u) --end;
    return join(std::string(bytes_.substr(begin, end - begin)), "...");
}

std::uint32_t Reader::line_number(std::uint32_t i) const {
    return map_.position(file_, i).line;
}

Span Reader::span(std::uint32_t begin, std::uint32_t end) const {
    return {file_, std::min(begin, size_), std::min(std::max(begin, end), size_)};
}

// The cursor.

bool Reader::first_on_line() const {
    return blanks(line_) >= p_;
}

bool Reader::at_document_end() const {
    return at_end() || (p_ == line_ && marker(p_) != Marker::none);
}

void Reader::skip() {
    for (;;) {
        p_ = blanks(p_);
        if (at(p_) == '#' && (p_ == line_ || is_blank(p_ - 1))) p_ = line_end(p_);
        if (!is_break(p_) || at_end()) return;
        to_line(next_line(p_));
    }
}

// Block structure hangs on columns, and a tab has none.
bool Reader::tab_free_indentation() {
    for (std::uint32_t i = line_; i < p_; ++i)
        if (at(i) == '\t')
            return error(i, i + 1, "tab-indentation", "a tab is used as indentation",
                         "indent with spaces");
    return true;
}

// Complaints.

void Reader::note(std::uint32_t begin, std::uint32_t end, std::string code, std::string message,
                  std::string help, std::optional<Related> related) {
    if (stop_) return;
    auto& added =
        diagnostics_.error(span(begin, end), std::move(code), std::move(message), std::move(help));
    if (related) added.related.push_back(std::move(*related));
    if (++errors_ >= kErrorsPerFile) stop_ = true;
}

bool Reader::error(std::uint32_t begin, std::uint32_t end, std::string code, std::string message,
                   std::string help, std::optional<Related> related) {
    resume_ = begin;
    note(begin, end, std::move(code), std::move(message), std::move(help), std::move(related));
    return false;
}

// Goes on at the first line below the last error that isn't indented deeper than `column`, and in
// any case below `from`, where the spoilt entry began. True if reading may go on (the cursor may
// stand at the end, or at something for an outer collection).
bool Reader::recover(std::uint32_t column, std::uint32_t from) {
    if (stop_) return false;
    to_line(next_line(std::max(resume_, from)));
    while (!at_end()) {
        p_ = spaces(line_);
        const bool nothing_here = is_break(blanks(p_)) || at(p_) == '#';
        if (!nothing_here && this->column() <= column) return true;
        to_line(next_line(line_));
    }
    return true;
}

bool Reader::count(std::uint32_t events, std::uint32_t where) {
    events_ += events;
    if (events_ <= limits_.events) return true;
    (void)error(where, where + 1, "too-many-events",
                join("the file holds more than ", std::to_string(limits_.events),
                     " keys, values and collections"),
                "split the file");
    stop_ = true;
    return false;
}

bool Reader::enter(std::uint32_t where) {
    if (!count(2, where)) return false;
    if (depth_ < limits_.depth) return true;
    return error(where, where + 1, "too-deep",
                 join("nested deeper than ", std::to_string(limits_.depth), " levels"),
                 "write it flatter");
}

void Reader::nothing(Node& node, std::uint32_t where) {
    node.kind = NodeKind::null;
    node.span = span(where, where);
}

// The document.

std::optional<Node> Reader::read() {
    Node root;
    before_document();
    if (stop_) return std::nullopt;
    if (at_document_end()) {
        if (errors_ == 0)
            (void)error(p_, p_, "empty-file", "the file holds nothing",
                        "write at least one `key: value`");
        if (!at_end()) after_document();
        return std::nullopt;
    }
    const std::uint32_t begin = p_;
    if (!block_value(root, -1, Owner::root)) {
        // Nothing of the root could be made out: what follows would be misread too.
        if (errors_ > 0) return std::nullopt;
    }
    skip();
    if (!root.is_mapping() && errors_ == 0) {
        (void)error(begin, std::max(begin + 1, std::min(root.span.end, line_end(begin))),
                    "root-not-mapping", join("the file holds ", kind_word(root), ", not a mapping"),
                    "write `key: value` lines");
    }
    after_document();
    if (errors_ > 0) return std::nullopt;
    return root;
}

// Directives, and the `---` that may open the document.
void Reader::before_document() {
    bool directives = false;
    for (;;) {
        skip();
        if (at_end()) return;
        if (at(p_) == '%' && p_ == line_) {
            note(p_, line_end(p_), "yaml-directive", "a YAML directive",
                 "delete the line; the file is read as YAML 1.2 without it");
            directives = true;
            to_line(next_line(p_));
            continue;
        }
        break;
    }
    if (p_ == line_ && marker(p_) == Marker::start) {
        p_ += 3;
        skip();
    } else if (directives) {
        note(p_, line_end(p_), "yaml-directive", "directives without `---` below them",
             "delete the directives");
        stop_ = true;
    }
}

void Reader::after_document() {
    for (bool ended = false; !stop_;) {
        skip();
        if (at_end()) return;
        if (p_ == line_ && marker(p_) == Marker::end) {
            const std::uint32_t tail = blanks(p_ + 3);
            if (!is_break(tail) && at(tail) != '#') {
                (void)error(tail, line_end(tail), "text-after-root",
                            "text on the line of the document's end",
                            "delete it: a file holds one document");
                return;
            }
            ended = true;
            to_line(next_line(p_));
            continue;
        }
        if ((p_ == line_ && marker(p_) == Marker::start) || ended)
            (void)error(p_, line_end(p_), "second-document", "a second document begins here",
                        "a file holds one document; put the second into its own file");
        else
            (void)error(p_, line_end(p_), "text-after-root", "text after the end of the document",
                        "delete it, or indent it under the key it belongs to");
        return;
    }
}

// Block nodes.

// Anchors, aliases and tags are reported and read over. False if it was an alias, which stands for
// a whole node.
bool Reader::property(bool in_flow) {
    const char sign = at(p_);
    const std::uint32_t begin = p_;
    while (!is_blank_or_break(p_) && !(in_flow && is_flow_indicator(at(p_)))) ++p_;
    if (sign == '*')
        note(begin, p_, "yaml-alias", join("an alias (`", quote(begin, p_), "`)"),
             "write the value out; a text that begins with `*` goes in quotes");
    else if (sign == '&')
        note(begin, p_, "yaml-anchor", join("an anchor (`", quote(begin, p_), "`)"),
             "delete it; a text that begins with `&` goes in quotes");
    else
        note(begin, p_, "yaml-tag", join("a tag (`", quote(begin, p_), "`)"),
             "delete it: types come from the vocabulary; a text that begins with `!` goes in "
             "quotes");
    return sign != '*';
}

// Complains about what can't begin a plain scalar.
bool Reader::no_indicator(bool in_flow) {
    const char c = at(p_);
    if (std::string_view("#?:-,[]{}|>@`%").find(c) == std::string_view::npos) return true;
    const std::string shown(1, c);
    if (c == '#')
        return error(p_, p_ + 1, "comment-needs-space", "`#` without a space before it",
                     "put a space before the comment, or quotes around the text");
    if (c == '?' && is_blank_or_break(p_ + 1))
        return error(p_, p_ + 1, "complex-key", "`? ` begins a key that is not plain text",
                     "write `key: value`; a text that begins with `?` goes in quotes");
    if (c == ':' && colon(p_, in_flow))
        return error(p_, p_ + 1, "null-key", "a `:` without a key before it",
                     "write the key before the colon");
    if (c == '-' && (is_blank_or_break(p_ + 1) || (in_flow && is_flow_indicator(at(p_ + 1)))))
        return error(p_, p_ + 1, in_flow ? "dash-in-brackets" : "unexpected-dash",
                     "`-` begins no list item here",
                     in_flow ? "separate items of `[...]` by commas; a dash as text goes in quotes"
                             : "a dash as text goes in quotes");
    if (c == ']' || c == '}')
        return error(p_, p_ + 1, "stray-bracket", join("`", shown, "` closes nothing"),
                     "delete it, or write the text in quotes");
    if ((c == '|' || c == '>') && in_flow)
        return error(p_, p_ + 1, "block-in-brackets",
                     join("a block of text (`", shown, "`) cannot stand inside `{}` or `[]`"),
                     "write the text in quotes");
    if (c == '@' || c == '`' || c == '%' || c == ',' || c == '|' || c == '>')
        return error(p_, p_ + 1, "quote-it", join("a text cannot begin with `", shown, "`"),
                     "write it in quotes");
    if (c == '?' && in_flow) return true;  // plain() says "quote it" with the whole text
    if ((c == '-' || c == '?' || c == ':') && in_flow && is_flow_indicator(at(p_ + 1)))
        return error(p_, p_ + 1, "quote-it", join("`", shown, "` alone is no text here"),
                     "write it in quotes");
    return true;
}

// Whether `key: ` stands from here on this line.
bool Reader::begins_entry(std::uint32_t from) const {
    const char c = at(from);
    std::uint32_t i = from;
    if (c == '"' || c == '\'') {
        for (++i; !is_break(i); ++i) {
            if (c == '"' && at(i) == '\\' && !is_break(i + 1)) {
                ++i;
            } else if (at(i) == c) {
                if (c == '\'' && at(i + 1) == '\'')
                    ++i;
                else
                    return at(blanks(i + 1)) == ':' && is_blank_or_break(blanks(i + 1) + 1);
            }
        }
        return false;
    }
    for (; !is_break(i); ++i) {
        if (colon(i, false)) return true;
        if (at(i) == '#' && i > from && is_blank(i - 1)) return false;
    }
    return false;
}

// Whether a key stands in the cursor's column on a line below, with nothing between but lines of
// that column.
bool Reader::key_below() const {
    for (std::uint32_t line = next_line(p_); line < size_; line = next_line(line)) {
        const std::uint32_t first = spaces(line);
        if (is_break(blanks(first))) continue;
        if (first - line != column() || marker(line) != Marker::none || is_blank(first))
            return false;
        if (at(first) == '#' || dash(first)) return false;
        if (begins_entry(first)) return true;
    }
    return false;
}

// After a value on its line: only a comment may follow.
bool Reader::end_of_value(bool may_be_key) {
    const std::uint32_t tail = blanks(p_);
    if (is_break(tail) || (at(tail) == '#' && tail > p_)) {
        p_ = tail;
        return true;
    }
    if (at(tail) == '#')
        return error(tail, tail + 1, "comment-needs-space", "`#` without a space before it",
                     "put a space before the comment");
    if (at(tail) == ':' && may_be_key)
        return error(tail, tail + 1, "missing-space", "no space after the colon of a key",
                     "write `key: value`");
    if (colon(tail, false))
        return error(tail, tail + 1, "second-colon", "a second `: ` on the line of a key",
                     "put the inner key on its own line");
    return error(tail, line_end(tail), "text-after-value",
                 join("`", quote(tail, line_end(tail)), "` follows a value that has ended"),
                 "put quotes around the whole value, or delete the rest");
}

bool Reader::block_value(Node& node, std::int64_t parent, Owner owner) {
    const std::uint32_t after = p_;
    const std::uint32_t line = line_;
    bool property_seen = false;
    for (;;) {
        skip();
        if (at_document_end()) {
            nothing(node, after);
            return count(1, after);
        }
        const bool own_line = first_on_line() && (line_ != line || owner == Owner::root);
        const auto here = std::int64_t{column()};
        const char c = at(p_);
        if (own_line) {
            const bool inside =
                here > parent || (owner == Owner::key && dash(p_) && here == parent);
            if (!inside) {
                nothing(node, after);
                return count(1, after);
            }
            if (!tab_free_indentation()) return false;
        }
        if (c == '&' || c == '*' || c == '!') {
            property_seen = true;
            if (property(false)) continue;
            node.kind = NodeKind::scalar;
            node.span = span(p_, p_);
            return end_of_value(false) && count(1, p_);
        }
        const bool may_nest = own_line || owner == Owner::item || property_seen;
        if (dash(p_)) {
            if (!may_nest)
                return error(p_, p_ + 1, "list-on-key-line",
                             "a list cannot begin on the line of its key",
                             "put `- ` on the next line, or write `[a, b]`");
            if (!tab_free_indentation()) return false;
            return block_sequence(node);
        }
        if (c == '|' || c == '>') {
            if (owner == Owner::root)
                return error(p_, p_ + 1, "root-not-mapping", "the file holds text, not a mapping",
                             "write `key: value` lines");
            return count(1, p_) && block_scalar(node, parent);
        }
        if (c == '[' || c == '{') {
            const std::uint32_t begin = p_;
            if (!flow(node, parent)) return false;
            if (at(blanks(p_)) == ':' && is_blank_or_break(blanks(p_) + 1))
                return error(begin, p_, "complex-key", "a key that is not plain text",
                             "write the key as text; brackets in it go in quotes");
            return end_of_value(false);
        }
        const bool in_quotes = c == '"' || c == '\'';
        if (!in_quotes && !no_indicator(false)) return false;
        // A key that lost its colon is told by the key below it; block_key says so.
        if (own_line && !in_quotes && !begins_entry(p_) && key_below()) return block_mapping(node);
        if (begins_entry(p_)) {
            if (may_nest) return tab_free_indentation() && block_mapping(node);
            if (owner == Owner::root)
                return error(p_, line_end(p_), "text-after-marker", "a key on the line of `---`",
                             "put the first key on the line below");
        }
        if (in_quotes) {
            if (!count(1, p_) || !quoted(node, parent)) return false;
            const bool lines = many_lines_;
            if (may_nest && lines && colon(blanks(p_), false))
                return error(node.span.begin, node.span.begin + 1, "key-over-lines",
                             "a key on more than one line", "write the key on one line");
            return end_of_value(may_nest && !lines);
        }
        if (!count(1, p_) || !plain(node, parent, false, false)) return false;
        if (is_null_word(node.text)) {
            node.kind = NodeKind::null;
            node.text.clear();
        }
        return true;
    }
}

bool Reader::block_key(Node& key, std::uint32_t column) {
    for (;;) {
        const char c = at(p_);
        if (c == '&' || c == '*' || c == '!') {
            const std::uint32_t begin = p_;
            const bool goes_on = property(false);
            if (goes_on) {
                p_ = blanks(p_);
                if (is_break(p_))
                    return error(begin, p_, "null-key", "a line without a key",
                                 "write `key: value`");
                continue;
            }
            key.kind = NodeKind::scalar;
            key.span = span(begin, p_);
            // `*a:` would be an alias named `a:` to YAML; it is refused already.
            if (at(p_ - 1) == ':') --p_;
            p_ = blanks(p_);
            break;
        }
        if (c == '[' || c == '{')
            return error(p_, p_ + 1, "complex-key", "a key that is not plain text",
                         "write the key as text; brackets in it go in quotes");
        if (c == '"' || c == '\'') {
            if (!quoted(key, column)) return false;
            if (many_lines_)
                return error(key.span.begin, key.span.begin + 1, "key-over-lines",
                             colon(blanks(p_), false) ? "a key on more than one line"
                                                      : "a quoted text where a key was expected",
                             "write `key: value`, the key on one line");
            break;
        }
        if (!no_indicator(false) || !plain(key, column, false, true)) return false;
        if (is_null_word(key.text))
            note(key.span.begin, key.span.end, "null-key",
                 join("`", key.text, "` as a key means \"nothing\" to YAML"), "write it in quotes");
        if (key.text == "<<")
            note(key.span.begin, key.span.end, "yaml-merge", "a merge key (`<<`)",
                 "write the fields out");
        break;
    }
    if (!count(1, key.span.begin)) return false;
    if (key.span.end - key.span.begin > kLongestKey)
        return error(key.span.begin, key.span.end, "key-too-long",
                     join("a key of more than ", std::to_string(kLongestKey), " bytes"),
                     "shorten the key");
    const std::uint32_t tail = blanks(p_);
    if (colon(tail, false)) {
        p_ = tail + 1;
        return true;
    }
    if (key.style != ScalarStyle::plain && at(tail) == ':')
        return error(tail, tail + 1, "missing-space", "no space after the colon of a key",
                     "write `key: value`");
    const bool tight = key.text.find(':') != std::string::npos;
    return error(key.span.begin, key.span.end, "missing-colon",
                 join("`", quote(key.span.begin, key.span.end), "` is no `key: value`"),
                 tight ? "put a space after the colon"
                       : "write a colon and a space after the key; a text of more than one line "
                         "is indented deeper than its key");
}

bool Reader::block_entry(Entry& entry, std::uint32_t column) {
    return block_key(entry.key, column) && block_value(entry.value, column, Owner::key);
}

bool Reader::block_mapping(Node& node) {
    node.kind = NodeKind::mapping;
    const std::uint32_t begin = p_;
    const std::uint32_t own = column();
    if (!enter(begin)) return false;
    ++depth_;
    std::uint32_t end = begin;
    while (!stop_) {
        const std::uint32_t from = p_;
        Entry entry;
        if (block_entry(entry, own)) {
            end = std::max(entry.key.span.end, entry.value.span.end);
            node.entries.push_back(std::move(entry));
        } else if (!recover(own, from)) {
            break;
        }
        skip();
        if (at_document_end()) break;
        bool ready = false;
        while (!ready && !stop_ && !at_document_end()) {
            const std::uint32_t here = column();
            if (!first_on_line()) {
                (void)error(p_, line_end(p_), "text-after-value",
                            join("`", quote(p_, line_end(p_)), "` follows a value that has ended"),
                            "put quotes around the whole value, or delete the rest");
            } else if (!tab_free_indentation()) {
                // reported
            } else if (here <= own && !(here == own && dash(p_))) {
                ready = true;
                break;
            } else if (here == own) {
                (void)error(p_, p_ + 1, "unexpected-dash",
                            "a list item among the keys of a mapping",
                            "give the list a key of its own, or indent it under the key above");
            } else {
                (void)error(p_, line_end(p_), "bad-indentation",
                            "this line is indented deeper than the keys it stands among",
                            "indent it as the line above it, or put it under a key without a value",
                            Related{span(begin, line_end(begin)), "the first of these keys"});
            }
            if (!recover(own, p_)) break;
        }
        if (!ready || column() < own) break;
    }
    --depth_;
    node.span = span(begin, end);
    check_duplicates(node);
    return !stop_;
}

bool Reader::block_sequence(Node& node) {
    node.kind = NodeKind::sequence;
    const std::uint32_t begin = p_;
    const std::uint32_t own = column();
    if (!enter(begin)) return false;
    ++depth_;
    std::uint32_t end = begin;
    while (!stop_) {
        const std::uint32_t item_begin = p_;
        Node item;
        ++p_;
        if (block_value(item, own, Owner::item)) {
            end = std::max(item_begin + 1, item.span.end);
            node.items.push_back(std::move(item));
        } else if (!recover(own, item_begin)) {
            break;
        }
        skip();
        bool ready = false;
        while (!stop_ && !at_document_end()) {
            const std::uint32_t here = column();
            if (!first_on_line()) {
                (void)error(p_, line_end(p_), "text-after-value",
                            join("`", quote(p_, line_end(p_)), "` follows a value that has ended"),
                            "put quotes around the whole value, or delete the rest");
            } else if (!tab_free_indentation()) {
                // reported
            } else if (here <= own) {
                ready = here == own && dash(p_);
                break;
            } else {
                (void)error(p_, line_end(p_), "bad-indentation",
                            "this line is indented deeper than the list items it stands among",
                            "indent it as the items, and begin it with `- `",
                            Related{span(begin, line_end(begin)), "the first item"});
            }
            if (!recover(own, p_)) break;
        }
        if (!ready) break;
    }
    --depth_;
    node.span = span(begin, end);
    return !stop_;
}

// Flow nodes.

// Blanks, comments and line breaks inside brackets. What stands on a new line there must be
// indented deeper than what the brackets belong to: otherwise they aren't closed.
bool Reader::flow_skip(std::int64_t parent, std::uint32_t open) {
    const std::uint32_t line = line_;
    skip();
    const std::uint32_t first = spaces(line_);
    if (!at_end()) {
        if (line_ == line || !first_on_line()) return true;
        if (std::int64_t{first} - line_ > parent && marker(line_) == Marker::none) return true;
    }
    const std::string_view shown = bytes_.substr(open, 1);
    const std::string help = join("close it with `", at(open) == '[' ? ']' : '}',
                                  "`; lines inside brackets are indented deeper than their key");
    if (at_end())
        return error(open, open + 1, "unclosed-bracket", join("`", shown, "` is not closed"), help);
    if (marker(line_) != Marker::none)
        return error(open, open + 1, "unclosed-bracket",
                     join("`", shown, "` is not closed before the document ends"), help,
                     Related{span(line_, line_ + 3), "the document ends here"});
    if (at(first) == '\t')
        return error(first, first + 1, "tab-indentation", "a tab is used as indentation",
                     "indent with spaces");
    if (at(p_) == ']' || at(p_) == '}')
        return error(p_, p_ + 1, "bracket-indentation",
                     "a closing bracket must be indented deeper than the key it belongs to",
                     "put a space before it, or close on the line above",
                     Related{span(open, open + 1), "opened here"});
    const bool goes_on = begins_entry(p_) || dash(p_);
    (void)error(open, open + 1, "unclosed-bracket",
                join("`", shown, "` is not closed before line ", std::to_string(line_number(p_)),
                     ", which is not indented deeper"),
                help, Related{span(p_, line_end(p_)), "not inside the brackets"});
    // What is no key of its own is a rest of the brackets, not worth a second complaint.
    if (!goes_on) resume_ = p_;
    return false;
}

bool Reader::flow(Node& node, std::int64_t parent) {
    const std::uint32_t open = p_;
    const bool mapping = at(p_) == '{';
    node.kind = mapping ? NodeKind::mapping : NodeKind::sequence;
    node.flow = true;
    if (!enter(open)) return false;
    ++depth_;
    ++p_;
    const char close = mapping ? '}' : ']';
    const auto body = [&] {
        for (;;) {
            if (!flow_skip(parent, open)) return false;
            const char c = at(p_);
            if (c == close) break;
            if (c == ']' || c == '}')
                return error(p_, p_ + 1, "bracket-mismatch",
                             join("`", c, "` closes what `", at(open), "` opened"),
                             join("write `", close, "`"),
                             Related{span(open, open + 1), "opened here"});
            if (c == ',')
                return error(p_, p_ + 1, "empty-entry", "nothing stands before this comma",
                             "delete the comma, or write what is missing");
            if (mapping) {
                Entry entry;
                if (!flow_entry(entry, parent, open)) return false;
                node.entries.push_back(std::move(entry));
            } else {
                Node item;
                if (!flow_node(item, parent)) return false;
                const std::uint32_t tail = blanks(p_);
                if (at(tail) == ':')
                    return error(item.span.begin, tail + 1, "pair-in-list",
                                 "`key: value` inside `[...]`",
                                 "write `{key: value}`, or put the text in quotes");
                node.items.push_back(std::move(item));
            }
            if (!flow_skip(parent, open)) return false;
            if (at(p_) == ',')
                ++p_;
            else if (at(p_) == ':')
                return no_indicator(true);
            else if (at(p_) == '#')
                return no_indicator(true);
            else if (at(p_) != ']' && at(p_) != '}')
                return error(p_, p_ + 1, "missing-comma",
                             join("`,` or `", close, "` was expected here"),
                             "separate entries by commas; a text with quotes, brackets or commas "
                             "in it goes in quotes as a whole",
                             Related{span(open, open + 1), "inside this bracket"});
        }
        ++p_;
        return true;
    };
    const bool good = body();
    --depth_;
    if (!good) return false;
    node.span = span(open, p_);
    if (mapping) check_duplicates(node);
    return !stop_;
}

bool Reader::flow_entry(Entry& entry, std::int64_t parent, std::uint32_t open) {
    const std::uint32_t begin = p_;
    const char c = at(p_);
    if (c == '[' || c == '{')
        return error(p_, p_ + 1, "complex-key", "a key that is not plain text",
                     "write the key as text; brackets in it go in quotes");
    if (!flow_node(entry.key, parent)) return false;
    if (entry.key.is_null()) {
        note(begin, std::max(begin + 1, entry.key.span.end), "null-key",
             "a key that means \"nothing\" to YAML", "write it in quotes");
        entry.key.kind = NodeKind::scalar;
    }
    if (many_lines_)
        return error(begin, begin + 1, "key-over-lines", "a key on more than one line",
                     "write the key on one line, and its colon after it");
    if (entry.key.style == ScalarStyle::plain && entry.key.text == "<<")
        note(begin, p_, "yaml-merge", "a merge key (`<<`)", "write the fields out");
    if (p_ - begin > kLongestKey)
        return error(begin, p_, "key-too-long",
                     join("a key of more than ", std::to_string(kLongestKey), " bytes"),
                     "shorten the key");
    p_ = blanks(p_);
    if (at(p_) != ':') {
        const bool tight =
            entry.key.style == ScalarStyle::plain && entry.key.text.find(':') != std::string::npos;
        return error(
            begin, std::max(begin + 1, entry.key.span.end), "missing-colon",
            join("`", quote(begin, entry.key.span.end), "` inside `{}` has no colon and value"),
            tight ? "put a space after the colon"
                  : "write `key: value`; if a comma belongs to a text, put the text in "
                    "quotes",
            Related{span(open, open + 1), "inside this bracket"});
    }
    const std::uint32_t after = ++p_;
    if (entry.key.style == ScalarStyle::plain && (at(p_) == '[' || at(p_) == '{'))
        return error(p_ - 1, p_, "missing-space", "no space after the colon of a key",
                     "write `key: value`");
    if (!flow_skip(parent, open)) return false;
    if (at(p_) == ',' || at(p_) == '}' || at(p_) == ']') {
        nothing(entry.value, after);
        return count(1, after);
    }
    return flow_node(entry.value, parent);
}

bool Reader::flow_node(Node& node, std::int64_t parent) {
    many_lines_ = false;
    const std::uint32_t line = line_;
    for (;;) {
        const char c = at(p_);
        if (c == '&' || c == '*' || c == '!') {
            const std::uint32_t begin = p_;
            const bool goes_on = property(true);
            if (!goes_on) {
                node.kind = NodeKind::scalar;
                node.span = span(begin, p_);
                return count(1, p_);
            }
            skip();
            if (at_end() || at(p_) == ',' || at(p_) == ']' || at(p_) == '}' || line_ != line) {
                node.kind = NodeKind::scalar;
                node.span = span(begin, begin);
                return count(1, begin);
            }
            continue;
        }
        if (c == '[' || c == '{') return flow(node, parent);
        if (!count(1, p_)) return false;
        if (c == '"' || c == '\'') {
            if (!quoted(node, parent)) return false;
            return true;
        }
        if (!no_indicator(true) || !plain(node, parent, true, false)) return false;
        if (is_null_word(node.text)) {
            node.kind = NodeKind::null;
            node.text.clear();
        }
        return true;
    }
}

void Reader::check_duplicates(const Node& mapping) {
    const auto report = [&](const Node& first, const Node& again) {
        note(again.span.begin, again.span.end, "duplicate-key",
             join("the key `", quote(again.span.begin, again.span.end), "` stands twice"),
             "rename one of them, or bring their values together",
             Related{first.span, "the first one"});
    };
    const auto& entries = mapping.entries;
    if (entries.size() <= 16) {
        for (std::size_t i = 1; i < entries.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (entries[i].key.text == entries[j].key.text) {
                    report(entries[j].key, entries[i].key);
                    break;
                }
        return;
    }
    std::unordered_map<std::string_view, const Node*> seen;
    seen.reserve(entries.size());
    for (const auto& entry : entries) {
        const auto [place, fresh] = seen.emplace(entry.key.text, &entry.key);
        if (!fresh) report(*place->second, entry.key);
    }
}

}  // namespace antinomy::text
