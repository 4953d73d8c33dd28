#include "data/convert.hpp"

#include <algorithm>

#include "grammar/edtf.hpp"
#include "model/vocabulary.hpp"
#include "text/join.hpp"
#include "text/nearest.hpp"
#include "text/utf8.hpp"

namespace antinomy::data {

using model::FieldKind;
using text::join;
using text::Node;
using text::NodeKind;
using text::Span;

namespace {

bool digits(std::string_view s) {
    return !s.empty() && s.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string formats_words(const std::vector<DateFormat>& formats) {
    std::string out;
    for (const auto& f : formats) out += (out.empty() ? "`" : ", `") + f.written + "`";
    return out;
}

}  // namespace

bool is_nothing(const Node& n, const Writing& writing) {
    if (!n.is_scalar()) return n.is_null();
    const auto t = trimmed(n.text);
    if (t.empty()) return true;
    return std::any_of(writing.nulls.begin(), writing.nulls.end(),
                       [&](const std::string& s) { return trimmed(s) == t; });
}

Span place_of(const Node& n) {
    Span out = n.span;
    if (!n.is_scalar()) out.end = std::min(out.end, out.begin + 1);
    return out;
}

std::vector<std::string_view> parts_of(std::string_view text, std::string_view sign) {
    std::vector<std::string_view> out;
    for (;;) {
        const auto at = text.find(sign);
        out.push_back(trimmed(text.substr(0, at)));
        if (at == std::string_view::npos) return out;
        text.remove_prefix(at + sign.size());
    }
}

Node scalar_at(std::string text, Span span) {
    Node out;
    out.kind = NodeKind::scalar;
    out.text = std::move(text);
    out.span = span;
    return out;
}

Node in_place_of(std::string text, const Node& n) {
    Node out = scalar_at(std::move(text), n.span);
    out.style = n.style;
    const auto size = static_cast<std::uint32_t>(out.text.size());
    for (std::uint32_t i = 0; i < size; ++i)
        out.pieces.push_back(
            {i, i + 1 < size || n.span.end == n.span.begin ? n.span.begin : n.span.end - 1});
    return out;
}

std::string name_from(std::string_view text) {
    std::string out;
    bool any = false;
    text = trimmed(text);
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
            out += c;
            any = true;
            ++i;
            continue;
        }
        const auto point = text::decode_utf8(text, i);
        const auto one = text.substr(i, point.length);
        i += point.length;
        // As the second character, for a `-` may not be the first.
        if (point.valid && model::good_id(join("a", one))) {
            out += out.empty() && one == "-" ? std::string_view("_") : one;
            any = any || (one != "-" && one != "_");
        } else if (!out.empty() && out.back() != '-') {
            out += "-";
        }
    }
    while (!out.empty() && out.back() == '-') out.pop_back();
    return any ? out : std::string();
}

// What a word of the data means.
std::optional<Node> Converter::word(const std::string& what, const Writing& w, const Node& n) {
    const auto text = trimmed(n.text);
    if (n.is_scalar())
        for (const auto& [from, to] : w.words)
            if (trimmed(from) == text) return in_place_of(to, n);
    std::vector<std::string> known;
    for (const auto& [from, to] : w.words) known.push_back(from);
    diagnostics_->error(place_of(n), "unknown-word",
                        join(n.is_scalar() ? join("`", text, "`") : std::string(kind_word(n)),
                             " is none of the words that the map has for `", what, "`"),
                        text::did_you_mean(text, known));
    return std::nullopt;
}

std::optional<Node> Converter::list(const model::Field& field, const Value& v,
                                    const std::vector<const Node*>& nodes) {
    Node out;
    out.kind = NodeKind::sequence;
    out.flow = true;
    out.span = place_of(*nodes.front());
    const auto add = [&](const Node& n) {
        if (is_nothing(n, v.writing)) return;
        if (v.writing.split.empty() || !n.is_scalar()) {
            if (auto item = single(field, v, n)) out.items.push_back(std::move(*item));
            return;
        }
        for (const auto text : parts_of(n.text, v.writing.split)) {
            const Node part = in_place_of(std::string(text), n);
            if (is_nothing(part, v.writing)) continue;
            if (auto item = single(field, v, part)) out.items.push_back(std::move(*item));
        }
    };
    for (const auto* n : nodes) {
        if (n->is_sequence())
            for (const auto& i : n->items) add(i);
        else
            add(*n);
    }
    return out;
}

std::optional<Node> Converter::single(const model::Field& field, const Value& v, const Node& n) {
    if (!n.is_scalar()) {
        diagnostics_->error(place_of(n), "wrong-type",
                            join("`", field.name, "` is ", model::describe(field), ", and `",
                                 v.path->written, "` leads to ", kind_word(n)),
                            "let the path of the map lead to one value");
        return std::nullopt;
    }
    const auto& w = v.writing;
    const auto text = trimmed(n.text);
    if (!w.words.empty()) return word(field.name, w, n);
    switch (field.kind) {
        case FieldKind::day:
        case FieldKind::period:
            return date(field, w, n);
        case FieldKind::duration:
            return duration(field, w, n);
        case FieldKind::integer:
        case FieldKind::number:
            return number(field, w, n);
        case FieldKind::reference: {
            auto name = name_from(text);
            if (left_out_ && left_out_(field.target, name)) return std::nullopt;
            if (!name.empty()) return in_place_of(std::move(name), n);
            diagnostics_->error(n.span, "no-name", join("`", n.text, "` is no name of a record"),
                                "refer to a record by a text with letters or digits");
            return std::nullopt;
        }
        case FieldKind::text:
            return n;
        default:
            return text.size() == n.text.size() ? n : in_place_of(std::string(text), n);
    }
}

std::optional<Node> Converter::date(const model::Field& field, const Writing& w, const Node& n,
                                    Mark mark) {
    const auto text = trimmed(n.text);
    if (auto read = read_date(w.dates, text, mark)) {
        if (*read == n.text) return n;
        return in_place_of(std::move(*read), n);
    }
    const auto& formats = w.dates.formats;
    std::string help = "correct the date, or name its format in the map";
    if (formats.size() == 1 && formats.front().edtf()) {
        const auto parsed = grammar::parse_edtf(text);
        if (const auto* e = std::get_if<grammar::SyntaxError>(&parsed))
            help = e->message + (e->help.empty() ? "" : "; " + e->help);
    }
    diagnostics_->error(
        n.span, "unknown-format",
        join("`", field.name, "`: `", text, "` is not written as ", formats_words(formats)),
        std::move(help));
    return std::nullopt;
}

std::optional<Node> Converter::pending(const Value& v, const Node& n) {
    if (!n.is_scalar()) return std::nullopt;
    const auto text = trimmed(n.text);
    for (const auto& [from, what] : v.pending) {
        if (trimmed(from) != text) continue;
        Node out;
        out.kind = NodeKind::mapping;
        out.span = n.span;
        text::Entry entry;
        entry.key = in_place_of("pending", n);
        entry.value = in_place_of(what, n);
        out.entries.push_back(std::move(entry));
        return out;
    }
    return std::nullopt;
}

std::optional<Node> Converter::day(const model::Field& field, const Value& v, const Node& n,
                                   const Node* mark, const Node* until) {
    if (auto waits = pending(v, n)) return waits;
    if (mark == nullptr || !n.is_scalar()) return single(field, v, n);
    const auto text = mark->is_scalar() ? trimmed(mark->text) : std::string_view();
    std::optional<Mark> said;
    std::vector<std::string> known;
    for (const auto& [sign, meaning] : v.writing.dates.marks) {
        known.push_back(sign);
        if (trimmed(sign) == text) said = meaning;
    }
    if (!said) {
        diagnostics_->error(
            place_of(*mark), "unknown-word",
            join("`", text, "` is none of the `marks` that the map has for `", field.name, "`"),
            text::did_you_mean(std::string(text), known));
        return std::nullopt;
    }
    if (*said == Mark::nothing) return std::nullopt;
    if (*said != Mark::between) return date(field, v.writing, n, *said);
    if (until == nullptr) {
        diagnostics_->error(place_of(n), "value-missing",
                            join("`", field.name, "` is between two dates, and `", v.until->written,
                                 "` leads to nothing"),
                            "add the other date");
        return std::nullopt;
    }
    const auto first = date(field, v.writing, n);
    const auto last = date(field, v.writing, *until);
    if (!first || !last) return std::nullopt;
    return in_place_of(join("[", first->text, "..", last->text, "]"), n);
}

std::optional<Node> Converter::period(const model::Field& field, const Value& v,
                                      const std::vector<const Node*>& from,
                                      const std::vector<const Node*>& to, Span place) {
    if (from.empty() && to.empty()) {
        if (v.writing.required)
            diagnostics_->error(
                place, "value-missing",
                join("`", field.name, "` is required, and neither `", v.path->written, "` nor `",
                     v.until->written, "` leads to anything"),
                "add it to the record, or take `required` out of the map");
        return std::nullopt;
    }
    std::string text;
    Span span;
    for (const auto* side : {&from, &to}) {
        if (side == &to) text += "/";
        if (side->empty()) {
            if (side == &from) text += "..";
            continue;
        }
        auto one = single(field, v, *side->front());
        if (!one) return std::nullopt;
        if (!span.valid()) span = one->span;
        text += one->text;
    }
    if (to.empty()) text += "..";
    Node out = scalar_at(std::move(text), span);
    return in_place_of(out.text, out);
}

std::optional<Node> Converter::duration(const model::Field& field, const Writing& w,
                                        const Node& n) {
    if (w.unit.empty()) return n;
    const auto text = trimmed(n.text);
    if (digits(text)) return in_place_of(join(text, " ", w.unit), n);
    diagnostics_->error(n.span, "bad-number",
                        join("`", field.name, "` is a number of ", w.unit, ", found `", text, "`"),
                        "write a whole number; one with its unit needs a map without `unit`");
    return std::nullopt;
}

std::optional<Node> Converter::number(const model::Field& field, const Writing& w, const Node& n) {
    const auto text = trimmed(n.text);
    if (w.decimal == '.' && w.grouping == '\0')
        return text.size() == n.text.size() ? n : in_place_of(std::string(text), n);
    const auto at = text.find(w.decimal);
    const auto whole = text.substr(0, at);
    bool good = at == std::string_view::npos || digits(text.substr(at + 1));
    std::string plain;
    std::size_t run = 0;  // digits since the last sign
    bool grouped = false;
    for (std::size_t i = 0; i < whole.size() && good; ++i) {
        const char c = whole[i];
        if (c == w.grouping && w.grouping != '\0') {
            good = grouped ? run == 3 : run >= 1 && run <= 3;
            grouped = true;
            run = 0;
        } else if ((c >= '0' && c <= '9') || (c == '-' && i == 0)) {
            plain.push_back(c);
            run += c == '-' ? 0 : 1;
        } else {
            good = false;
        }
    }
    good = good && run > 0 && (!grouped || run == 3);
    if (!good) {
        diagnostics_->error(
            n.span, "bad-number",
            join("`", field.name, "`: `", text, "` is no number with `",
                 std::string_view(&w.decimal, 1), "` before the fraction",
                 w.grouping == '\0' ? std::string()
                                    : join(" and `", std::string_view(&w.grouping, 1),
                                           "` between groups of three")),
            "correct the number, or `decimal` and `grouping` of the map");
        return std::nullopt;
    }
    if (at != std::string_view::npos) plain += join(".", text.substr(at + 1));
    return in_place_of(std::move(plain), n);
}

}  // namespace antinomy::data
