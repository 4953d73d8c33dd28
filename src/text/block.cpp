// The strict reader's block nodes: mappings and lists by indentation.

#include <algorithm>
#include <utility>

#include "text/join.hpp"
#include "text/reader.hpp"

namespace antinomy::text {

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
        if ((may_nest || owner == Owner::root) && begins_entry(p_)) {
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

}  // namespace antinomy::text
