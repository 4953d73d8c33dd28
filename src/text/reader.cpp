// The strict reader: its cursor, its complaints, the document around the root, and what block and
// flow nodes share.

#include "text/reader.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "text/bytes.hpp"
#include "text/join.hpp"

namespace antinomy::text {

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

Reader::Marker Reader::marker(std::uint32_t i) const {
    if (!is_blank_or_break(i + 3)) return Marker::none;
    const auto three = bytes_.substr(std::min(i, size_), 3);
    return three == "---" ? Marker::start : three == "..." ? Marker::end : Marker::none;
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

// Shared by block and flow nodes.

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
