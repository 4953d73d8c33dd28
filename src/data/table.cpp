#include "data/table.hpp"

#include <algorithm>
#include <utility>

#include "text/join.hpp"
#include "text/utf8.hpp"

namespace antinomy::data {

using text::Node;

namespace {

struct Scan {
    std::size_t end = 0;   // behind the row, without its line break
    std::size_t next = 0;  // behind the line break
    std::size_t cells = 0;
    bool whole = false;  // a line break was met; else more bytes are needed, or the file ends
    std::optional<Flaw> flaw;
};

// One row from the begin of the text.
Scan scan_row(std::string_view s, const TableForm& form) {
    Scan out;
    std::size_t i = 0;
    const auto fail = [&](std::string code, std::string message, std::string help) {
        out.flaw = Flaw{std::move(code), std::move(message), std::move(help),
                        static_cast<std::uint32_t>(i)};
    };
    const auto at_break = [&](std::size_t at) {
        return s[at] == '\n' || (s[at] == '\r' && at + 1 < s.size() && s[at + 1] == '\n');
    };
    for (;;) {
        ++out.cells;
        if (form.quotes && i < s.size() && s[i] == '"') {
            const auto open = i;
            for (++i;; ++i) {
                i = s.find('"', i);
                if (i == std::string_view::npos) {
                    i = open;
                    fail("unclosed-quote", "the quote that begins this cell is not closed",
                         "close it, or double a quote that is text");
                    return out;
                }
                if (i + 1 < s.size() && s[i + 1] == '"') {
                    ++i;
                    continue;
                }
                break;
            }
            ++i;
            if (i < s.size() && s[i] != form.separator && !at_break(i) &&
                !(s[i] == '\r' && i + 1 == s.size())) {
                fail("text-after-quote", "text follows the quote that closes the cell",
                     "put the quotes around the whole cell, and double those that are text");
                return out;
            }
        } else {
            while (i < s.size() && s[i] != form.separator && s[i] != '\n') {
                if (form.quotes && s[i] == '"') {
                    fail("stray-quote", "a quote stands within a cell that does not begin with one",
                         "put the cell in quotes and double those within; if quotes mean nothing "
                         "in this table, say `quotes: no`");
                    return out;
                }
                ++i;
            }
        }
        if (i < s.size() && s[i] == form.separator) {
            ++i;
            continue;
        }
        if (i < s.size() && s[i] == '\r') ++i;  // of a quoted cell
        out.end = i;
        out.whole = i < s.size();
        out.next = out.whole ? i + 1 : i;
        if (out.end > 0 && s[out.end - 1] == '\r') --out.end;
        return out;
    }
}

bool blank(std::string_view s) {
    return s.find_first_not_of(" \t\r") == std::string_view::npos;
}

std::optional<std::size_t> bad_utf8(std::string_view s) {
    for (std::size_t i = 0; i < s.size();) {
        const auto point = text::decode_utf8(s, i);
        if (!point.valid) return i;
        i += point.length;
    }
    return std::nullopt;
}

}  // namespace

bool Rows::skip_line() {
    std::size_t seen = 0;
    for (;;) {
        const auto at = window_.held().find('\n', seen);
        const auto count = at == std::string_view::npos ? window_.held().size() : at + 1;
        if (at != std::string_view::npos || count > kLongestRecord) {
            pass_over(place_, window_.held().substr(0, count));
            offset_ += count;
            window_.drop(count);
            if (at != std::string_view::npos) return true;
            seen = 0;
        } else {
            seen = count;
        }
        if (window_.more()) continue;
        const auto rest = window_.held().size();
        pass_over(place_, window_.held());
        offset_ += rest;
        window_.drop(rest);
        return rest > 0;
    }
}

// The next row, blank or not. `cells`: how many it must have; 0: any number.
bool Rows::row(Raw& out, std::size_t cells) {
    out.flaw.reset();
    out.begin = place_;
    out.offset = offset_;
    Scan scan;
    // A row may end beyond what is held. Looked at again with twice as much, it costs no more than
    // twice; an open quote is looked for no further than the longest record.
    for (;;) {
        const auto held = window_.held();
        scan = scan_row(held.substr(0, kLongestRecord + 1), form_);
        const bool open = scan.flaw && scan.flaw->code == "unclosed-quote";
        if ((scan.whole || (scan.flaw && !open)) || held.size() > kLongestRecord) break;
        const auto before = held.size();
        bool any = false;
        while (window_.held().size() < 2 * before + 1 && window_.more()) any = true;
        if (!any) break;
    }
    const auto held = window_.held();
    if (held.empty()) return false;
    if (!scan.flaw && !scan.whole && held.size() > kLongestRecord)
        scan.flaw = Flaw{
            "record-too-long",
            text::join("the row is longer than ", std::to_string(kLongestRecord >> 20), " MiB"),
            "split the record", 0};
    if (!scan.flaw && cells != 0 && scan.cells != cells && !blank(held.substr(0, scan.end)))
        scan.flaw =
            Flaw{"wrong-cells",
                 text::join("the row has ", std::to_string(scan.cells), " cells, and there are ",
                            std::to_string(cells), " columns"),
                 "quote a cell that holds the separator, or add the cells that are missing", 0};
    if (!scan.flaw) {
        out.bytes.assign(held.substr(0, scan.end));
        pass_over(place_, held.substr(0, scan.next));
        offset_ += scan.next;
        window_.drop(scan.next);
        return true;
    }
    // One line is given up, no more: the next may be a row again.
    const auto line = held.find('\n');
    out.bytes.assign(held.substr(
        0, std::min<std::size_t>(line == std::string_view::npos ? held.size() : line, 4096)));
    if (!out.bytes.empty() && out.bytes.back() == '\r') out.bytes.pop_back();
    scan.flaw->at =
        std::min<std::uint32_t>(scan.flaw->at, static_cast<std::uint32_t>(out.bytes.size()));
    out.flaw = std::move(scan.flaw);
    return skip_line();
}

bool Rows::next(Raw& out) {
    if (over_) return false;
    if (!begun_) {
        begun_ = true;
        if (window_.drop_mark()) offset_ += 3;
        for (std::uint32_t i = 0; i < form_.skip; ++i)
            if (!skip_line()) break;
        if (form_.header) {
            Raw head;
            bool any = false;
            while ((any = row(head, 0)) && !head.flaw && blank(head.bytes)) {
            }
            over_ = !any;
            if (over_) return false;  // an empty file has no records
            std::optional<Flaw> flaw = head.flaw;
            auto cells = flaw ? std::nullopt : read_cells(head.bytes, {}, form_, flaw);
            if (cells) {
                form_.columns.clear();
                for (auto& c : *cells) form_.columns.push_back(std::move(c.text));
            } else {
                flaw->code = "bad-header";
                flaw->message = "the header cannot be read: " + flaw->message;
                out = std::move(head);
                out.flaw = std::move(flaw);
                out.number = ++records_;
                over_ = true;
                return true;
            }
        }
    }
    while (row(out, form_.columns.size())) {
        if (!out.flaw && blank(out.bytes)) continue;
        out.number = ++records_;
        return true;
    }
    over_ = true;
    return false;
}

std::optional<std::vector<Node>> read_cells(std::string_view row, text::FileId file,
                                            const TableForm& form, std::optional<Flaw>& flaw) {
    if (const auto bad = bad_utf8(row)) {
        flaw = Flaw{"not-utf8", "the row is not UTF-8",
                    "write the file in UTF-8: iconv -f WINDOWS-1252 -t UTF-8",
                    static_cast<std::uint32_t>(*bad)};
        return std::nullopt;
    }
    std::vector<Node> out;
    std::size_t i = 0;
    for (;;) {
        Node cell;
        cell.kind = text::NodeKind::scalar;
        cell.span.file = file;
        cell.span.begin = static_cast<std::uint32_t>(i);
        if (form.quotes && i < row.size() && row[i] == '"') {
            cell.style = text::ScalarStyle::double_quoted;
            ++i;
            cell.pieces.push_back({0, static_cast<std::uint32_t>(i)});
            while (i < row.size()) {
                if (row[i] == '"') {
                    if (i + 1 >= row.size() || row[i + 1] != '"') break;
                    ++i;
                    cell.text.push_back('"');
                    ++i;
                    cell.pieces.push_back({static_cast<std::uint32_t>(cell.text.size()),
                                           static_cast<std::uint32_t>(i)});
                    continue;
                }
                cell.text.push_back(row[i++]);
            }
            ++i;
        } else {
            const auto end = std::min(row.find(form.separator, i), row.size());
            cell.text.assign(row.substr(i, end - i));
            i = end;
        }
        cell.span.end = static_cast<std::uint32_t>(std::min(i, row.size()));
        out.push_back(std::move(cell));
        if (i >= row.size()) return out;
        ++i;  // the separator
        if (i == row.size()) {
            Node last;
            last.kind = text::NodeKind::scalar;
            last.span = {file, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i)};
            out.push_back(std::move(last));
            return out;
        }
    }
}

std::optional<Node> read_row(std::string_view row, text::FileId file, const TableForm& form,
                             const std::vector<std::string>& columns, std::optional<Flaw>& flaw) {
    auto cells = read_cells(row, file, form, flaw);
    if (!cells) return std::nullopt;
    Node out;
    out.kind = text::NodeKind::mapping;
    out.span = {file, 0, static_cast<std::uint32_t>(row.size())};
    for (std::size_t i = 0; i < cells->size() && i < columns.size(); ++i) {
        text::Entry entry;
        entry.key.kind = text::NodeKind::scalar;
        entry.key.text = columns[i];
        entry.key.span = (*cells)[i].span;
        // The name stands in the header: no part of it is looked for beyond the cell.
        entry.key.pieces.push_back({0, entry.key.span.begin});
        entry.value = std::move((*cells)[i]);
        out.entries.push_back(std::move(entry));
    }
    return out;
}

}  // namespace antinomy::data
