// The strict reader's flow nodes: `[...]` and `{...}`.

#include <algorithm>
#include <utility>

#include "text/join.hpp"
#include "text/reader.hpp"

namespace antinomy::text {

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

}  // namespace antinomy::text
