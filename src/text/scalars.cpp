// The strict reader's scalars: plain, quoted, block. Each decodes its text and notes the pieces in
// which that text stands in the file.

#include <algorithm>
#include <array>

#include "text/join.hpp"
#include "text/reader.hpp"
#include "text/utf8.hpp"

namespace antinomy::text {

namespace {

// Appends to a scalar, keeping Node::pieces true.
class Builder {
public:
    explicit Builder(Node& node) : node_(node) {}
    // Decoded text that begins at `file`; a new piece only if it doesn't follow the last one.
    void add(std::string_view text, std::uint32_t file) {
        if (text.empty()) return;
        mark(file);
        node_.text += text;
    }
    // From here on the text stands at `file`.
    void mark(std::uint32_t file) {
        const auto decoded = static_cast<std::uint32_t>(node_.text.size());
        if (!node_.pieces.empty()) {
            const auto& last = node_.pieces.back();
            if (last.file + (decoded - last.decoded) == file) return;
        }
        node_.pieces.push_back({decoded, file});
    }
    // What follows in the file up to the next addition is no part of the text before it.
    void stop(std::uint32_t file) {
        node_.pieces.push_back({static_cast<std::uint32_t>(node_.text.size()), file});
    }
    // Takes away text from its end; pieces that began there go with it.
    void cut(std::size_t size) {
        node_.text.resize(size);
        while (!node_.pieces.empty() && node_.pieces.back().decoded > size) node_.pieces.pop_back();
    }

private:
    Node& node_;
};

// What may end a plain scalar, or a line of it, or is remarked on.
constexpr std::array<bool, 256> kMattersInPlain = [] {
    std::array<bool, 256> out{};
    for (const char c : {'\n', '\r', ':', '#', ',', '[', ']', '{', '}', '?'})
        out[static_cast<unsigned char>(c)] = true;
    return out;
}();

bool matters_in_plain(char c) {
    return kMattersInPlain[static_cast<unsigned char>(c)];
}

}  // namespace

bool is_null_word(std::string_view text) {
    return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

bool Reader::check_size(const Node& node) {
    if (node.text.size() <= limits_.scalar_bytes) return true;
    return error(node.span.begin, node.span.begin + 1, "scalar-too-large",
                 join("this text is longer than the limit of ",
                      std::to_string(limits_.scalar_bytes), " bytes"),
                 "shorten it, or keep it in a file of its own");
}

// The caller has made sure that a plain scalar may begin here. It ends before `: `, ` #`, in flow
// also before `,[]{}`, and before a line that isn't indented deeper than its parent.
bool Reader::plain(Node& node, std::int64_t parent, bool in_flow, bool one_line) {
    node.kind = NodeKind::scalar;
    node.style = ScalarStyle::plain;
    many_lines_ = false;
    const std::uint32_t begin = p_;
    std::uint32_t question = UINT32_MAX;
    Builder text(node);
    std::uint32_t end = p_;
    for (;;) {
        const std::uint32_t chunk = p_;
        bool line_done = false;
        while (true) {
            while (p_ < size_ && !matters_in_plain(bytes_.data()[p_])) ++p_;
            const char c = at(p_);
            if (is_break(p_)) {
                line_done = true;
                break;
            }
            if (c == ':' && colon(p_, in_flow)) break;
            if (c == '#' && p_ > chunk && is_blank(p_ - 1)) break;
            if (in_flow && is_flow_indicator(c)) break;
            if (c == '?' && question == UINT32_MAX) question = p_;
            ++p_;
        }
        end = p_;
        while (end > chunk && is_blank(end - 1)) --end;
        text.add(bytes_.substr(chunk, end - chunk), chunk);
        if (!line_done) {
            if (at(p_) == ':' && !in_flow && !one_line) {
                if (many_lines_)
                    return error(chunk, end, "bad-indentation",
                                 join("the key `", quote(chunk, end), "` is indented under a text"),
                                 "indent it as the key it belongs beside, or write the text in "
                                 "quotes",
                                 Related{span(begin, line_end(begin)), "the text above it"});
                return error(p_, p_ + 1, "second-colon", "a second `: ` on the line of a key",
                             "write the value in quotes, or put the inner key on its own line");
            }
            break;
        }
        if (one_line) break;
        // Does the text go on? Empty lines count only if something follows them.
        std::uint32_t next = next_line(p_);
        std::uint32_t empty = 0;
        while (next < size_ && is_break(blanks(next))) {
            next = next_line(blanks(next));
            ++empty;
        }
        if (next >= size_ || marker(next) != Marker::none) break;
        const std::uint32_t first = spaces(next);
        if (static_cast<std::int64_t>(first - next) <= parent) break;
        const std::uint32_t start = blanks(first);
        if (at(start) == '#') break;
        if (in_flow && (is_flow_indicator(at(start)) || (at(start) == ':' && colon(start, true))))
            break;
        if (at(start) == '-' && dash(start))
            return error(start, start + 1, in_flow ? "dash-in-brackets" : "list-after-text",
                         "`- ` here goes on the text above it and begins no list",
                         in_flow ? "separate items of `[...]` by commas"
                                 : "a key holds either a text or a list; write the text in quotes "
                                   "if it holds the dash");
        text.stop(end);
        if (empty == 0)
            text.add(" ", end);
        else
            for (std::uint32_t i = 0, line = next_line(end); i < empty; ++i) {
                text.add("\n", line_end(line));
                line = next_line(line);
            }
        many_lines_ = true;
        line_ = next;
        p_ = start;
    }
    node.span = span(begin, end);
    p_ = end;
    if (!many_lines_) {
        node.pieces.clear();  // it stands there as it is
    }
    if (in_flow && question != UINT32_MAX)
        note(begin, end, "quote-it",
             "`?` inside `{}` or `[]` is not read alike by all YAML readers",
             join("write it in quotes: \"", quote(begin, end), "\""));
    return check_size(node);
}

bool Reader::escape(Node& node) {
    Builder text(node);
    const std::uint32_t begin = p_;
    const char c = at(p_ + 1);
    std::uint32_t digits = 0;
    switch (c) {
        case '0':
            text.add(std::string_view("\0", 1), begin);
            break;
        case 'a':
            text.add("\a", begin);
            break;
        case 'b':
            text.add("\b", begin);
            break;
        case 't':
        case '\t':
            text.add("\t", begin);
            break;
        case 'n':
            text.add("\n", begin);
            break;
        case 'v':
            text.add("\v", begin);
            break;
        case 'f':
            text.add("\f", begin);
            break;
        case 'r':
            text.add("\r", begin);
            break;
        case 'e':
            text.add("\x1b", begin);
            break;
        case ' ':
            text.add(" ", begin);
            break;
        case '"':
            text.add("\"", begin);
            break;
        case '/':
            text.add("/", begin);
            break;
        case '\\':
            text.add("\\", begin);
            break;
        case 'L':
            text.add("\u2028", begin);
            break;
        case 'P':
            text.add("\u2029", begin);
            break;
        case 'x':
            digits = 2;
            break;
        case 'u':
            digits = 4;
            break;
        case 'U':
            digits = 8;
            break;
        case 'N':
        case '_':
            return error(
                begin, begin + 2, "bad-escape",
                join("`", quote(begin, begin + 2), "` is not read alike by all YAML readers"),
                c == 'N' ? "write `\\u0085`" : "write `\\u00A0`");
        default: {
            std::uint32_t end = begin + 1;
            if (!is_break(end)) end += decode_utf8(bytes_, end).length;
            return error(begin, end, "bad-escape",
                         join("`", quote(begin, end), "` is no escape of double quotes"),
                         "write `\\\\` for a backslash, or put the text in single quotes");
        }
    }
    p_ = begin + 2;
    if (digits == 0) return true;
    std::uint64_t value = 0;
    for (std::uint32_t i = 0; i < digits; ++i, ++p_) {
        const char d = at(p_);
        const int digit = d >= '0' && d <= '9'   ? d - '0'
                          : d >= 'a' && d <= 'f' ? d - 'a' + 10
                          : d >= 'A' && d <= 'F' ? d - 'A' + 10
                                                 : -1;
        if (digit < 0)
            return error(begin, p_, "bad-escape",
                         join("`", quote(begin, begin + 2), "` needs ", std::to_string(digits),
                              " hexadecimal digits"),
                         "write them all, with leading zeros");
        value = value * 16 + static_cast<std::uint64_t>(digit);
    }
    if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return error(begin, p_, "bad-escape",
                     join("`", quote(begin, p_), "` is no character of Unicode"),
                     "write characters above U+FFFF as \\U and eight digits");
    std::string decoded;
    append_utf8(decoded, static_cast<char32_t>(value));
    text.add(decoded, begin);
    return true;
}

bool Reader::quoted(Node& node, std::int64_t parent) {
    node.kind = NodeKind::scalar;
    const char mark = at(p_);
    node.style = mark == '"' ? ScalarStyle::double_quoted : ScalarStyle::single_quoted;
    many_lines_ = false;
    const std::uint32_t open = p_;
    ++p_;
    Builder text(node);
    text.mark(p_);
    std::size_t keep = 0;  // blanks before this are escaped ones, which a line break doesn't eat
    const auto unclosed = [&](std::string message, std::optional<Related> related) {
        return error(open, open + 1, "unclosed-quote", std::move(message),
                     join("close the quote with `", mark,
                          "`; lines of a quoted text are indented deeper than its key"),
                     std::move(related));
    };
    for (;;) {
        const std::uint32_t run = p_;
        for (; p_ < size_; ++p_) {
            const char c = bytes_.data()[p_];
            if (c == mark || c == '\n' || c == '\r' || (c == '\\' && mark == '"')) break;
        }
        text.add(bytes_.substr(run, p_ - run), run);
        if (at_end()) return unclosed("this quote is not closed", std::nullopt);
        bool escaped_break = false;
        if (!is_break(p_)) {
            if (at(p_) == mark) {
                if (mark == '\'' && at(p_ + 1) == '\'') {
                    text.add("'", p_);
                    p_ += 2;
                    text.mark(p_);
                    continue;
                }
                break;
            }
            if (!is_break(p_ + 1)) {
                if (!escape(node)) return false;
                text.mark(p_);
                keep = node.text.size();
                continue;
            }
            if (p_ + 1 >= size_) return unclosed("this quote is not closed", std::nullopt);
            escaped_break = true;
            keep = node.text.size();
            ++p_;
        }
        // A line break. Blanks around it go, one break is a space, each empty line a line feed.
        std::size_t size = node.text.size();
        while (size > keep && (node.text[size - 1] == ' ' || node.text[size - 1] == '\t')) --size;
        const auto cut = static_cast<std::uint32_t>(node.text.size() - size);
        text.cut(size);
        const std::uint32_t chunk_end = (escaped_break ? p_ - 1 : p_) - cut;
        text.stop(chunk_end);
        many_lines_ = true;
        std::uint32_t empty = 0;
        std::uint32_t next = next_line(p_);
        while (next < size_ && is_break(blanks(next)) && blanks(next) < size_) {
            text.add("\n", line_end(next));
            next = next_line(next);
            ++empty;
        }
        if (next >= size_ || blanks(next) >= size_)
            return unclosed("this quote is not closed", std::nullopt);
        const std::uint32_t first = spaces(next);
        if (marker(next) != Marker::none)
            return unclosed("this quote is not closed before the document ends",
                            Related{span(next, next + 3), "the document ends here"});
        if (static_cast<std::int64_t>(first - next) <= parent) {
            if (at(first) == '\t')
                return error(first, first + 1, "tab-indentation", "a tab is used as indentation",
                             "indent with spaces");
            (void)unclosed(
                join("this quote is not closed before line ", std::to_string(line_number(next)),
                     ", which is not indented deeper than what it belongs to"),
                Related{span(first, line_end(first)), "not inside the quote"});
            // What is no key of its own is a rest of the quote, not worth a second complaint.
            if (!begins_entry(first) && !dash(first)) resume_ = first;
            return false;
        }
        if (empty == 0 && !escaped_break) text.add(" ", chunk_end);
        line_ = next;
        p_ = blanks(first);
        text.mark(p_);
    }
    text.mark(p_);
    ++p_;
    node.span = span(open, p_);
    return check_size(node);
}

// `|` keeps line breaks, `>` folds them. The indentation of the first line with text is the text's,
// unless a digit after the indicator says it.
bool Reader::block_scalar(Node& node, std::int64_t parent) {
    node.kind = NodeKind::scalar;
    node.style = ScalarStyle::block;
    many_lines_ = true;
    const std::uint32_t begin = p_;
    const bool folded = at(p_) == '>';
    char chomp = ' ';
    std::uint32_t digit = 0;
    ++p_;
    for (;; ++p_) {
        const char c = at(p_);
        if ((c == '+' || c == '-') && chomp == ' ')
            chomp = c;
        else if (c >= '1' && c <= '9' && digit == 0)
            digit = static_cast<std::uint32_t>(c - '0');
        else
            break;
    }
    std::uint32_t end = p_;
    const std::uint32_t tail = blanks(p_);
    if (!is_break(tail) && !(at(tail) == '#' && tail > p_))
        return error(tail, line_end(tail), "bad-block-header",
                     join("text on the line of `", folded ? '>' : '|', "`"),
                     "begin the text on the next line, indented; or write it in quotes");

    std::int64_t indent = parent + digit;
    std::uint32_t next = next_line(line_end(tail));
    if (digit == 0) {
        // Empty lines before the text may not be indented deeper than it.
        std::uint32_t look = next;
        std::uint32_t deepest = 0;
        std::uint32_t deepest_line = next;
        while (look < size_ && is_break(spaces(look)) && spaces(look) < size_) {
            if (spaces(look) - look > deepest) {
                deepest = spaces(look) - look;
                deepest_line = look;
            }
            look = next_line(look);
        }
        const std::int64_t found = look < size_ ? std::int64_t{spaces(look)} - look : 0;
        indent = std::max<std::int64_t>(found, parent + 1);
        if (look < size_ && found > parent && deepest > found)
            return error(deepest_line, deepest_line + deepest, "bad-indentation",
                         "an empty line above the text is indented deeper than the text",
                         "take away the spaces of that line");
        if (look >= size_ || found <= parent)  // no text at all: only empty lines
            indent = std::max<std::int64_t>(indent, deepest);
    }

    Builder text(node);
    std::vector<std::uint32_t> empty;  // ends of the empty lines since the last line with text
    bool any = false;
    bool last_spaced = false;
    std::uint32_t last_end = 0;
    while (next < size_) {
        const std::uint32_t stop = line_end(next);
        const std::uint32_t first = spaces(next);
        const std::int64_t column = std::int64_t{first} - next;
        if (first == stop && column <= indent) {
            if (stop >= size_ && first == next) break;
            empty.push_back(stop);
            next = next_line(stop);
            continue;
        }
        if (column < indent) {
            if (at(first) == '\t' && column <= parent + 1 && !is_break(blanks(first)) && !any)
                break;
            if (at(first) == '\t')
                return error(first, first + 1, "tab-indentation", "a tab is used as indentation",
                             "indent the text with spaces");
            break;
        }
        if (column == 0 && marker(next) != Marker::none) break;
        const std::uint32_t start = next + static_cast<std::uint32_t>(indent);
        const bool spaced = is_blank(start);
        if (!any) {
            for (const auto at_end_of : empty) text.add("\n", at_end_of);
        } else if (!folded || spaced || last_spaced) {
            text.add("\n", last_end);
            for (const auto at_end_of : empty) text.add("\n", at_end_of);
        } else if (empty.empty()) {
            text.add(" ", last_end);
        } else {
            text.stop(last_end);
            for (const auto at_end_of : empty) text.add("\n", at_end_of);
        }
        empty.clear();
        text.add(bytes_.substr(start, stop - start), start);
        any = true;
        last_spaced = spaced;
        last_end = end = stop;
        next = next_line(stop);
    }
    if (any && chomp != '-') text.add("\n", last_end);
    if (chomp == '+')
        for (const auto at_end_of : empty) text.add("\n", at_end_of);
    if (any && !node.pieces.empty()) text.mark(std::min(next, size_));
    if (node.pieces.empty()) node.pieces.push_back({0, end});
    // A last line without its line break still ends in one: guard G9 reads it as if it had.
    node.span = span(begin, end);
    if (next >= size_ && (size_ == 0 || bytes_[size_ - 1] != '\n'))
        p_ = size_;
    else
        to_line(next);
    if (p_ >= size_ && next < size_) to_line(next);
    return check_size(node);
}

}  // namespace antinomy::text
