#include "redact/redact.hpp"

#include <algorithm>
#include <vector>

#include "grammar/quoted.hpp"
#include "grammar/time.hpp"

namespace antinomy::redact {

using model::FieldKind;
using text::Node;

namespace {

// A country by its two letters is what rules of jurisdiction look for, and no name of anybody.
bool country_code(const std::string& field, const std::string& s) {
    return (field == "country" || field == "jurisdiction") && s.size() == 2 &&
           std::all_of(s.begin(), s.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// As a text in double quotes.
std::string quoted(const std::string& s) {
    std::string out = "\"";
    for (const char c : s) {
        if (c == '"' || c == '\\') out += '\\';
        out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    }
    return out + '"';
}

void points_of(const grammar::TimeExpression&, std::vector<grammar::PointName>&);

void point_of(const grammar::Anchor& anchor, std::vector<grammar::PointName>& out) {
    if (const auto* name = std::get_if<grammar::PointName>(&anchor))
        out.push_back(*name);
    else if (const auto* inner = std::get_if<grammar::Chained>(&anchor))
        points_of(*inner->time, out);
}

// The names in a time expression.
void points_of(const grammar::TimeExpression& time, std::vector<grammar::PointName>& out) {
    std::visit(
        [&](const auto& v) {
            using T = std::decay_t<decltype(v)>;
            if constexpr (std::is_same_v<T, grammar::Between>) {
                point_of(v.first, out);
                point_of(v.last, out);
            } else if constexpr (!std::is_same_v<T, grammar::Edtf>) {
                point_of(v.anchor, out);
            }
        },
        time.value);
}

class Rewriter {
public:
    Rewriter(const model::Vocabulary& vocabulary, std::string_view bytes, Names& names)
        : vocabulary_(vocabulary), bytes_(bytes), names_(names) {}

    bool file(const Node& root) {
        for (const auto& [key, value] : root.entries) {
            keep(key);
            const auto& name = key.text;
            if (name == "case") {
                case_block(value);
            } else if (name == "include") {
                for (const auto& item : value.items) put(item, names_.file(item.text, "part-"));
            } else if (name == "accounts") {
                accounts(value);
            } else if (name == "order") {
                for (const auto& item : value.items) order(item);
            } else if (name == "identity") {
                for (const auto& item : value.items) identity(item);
            } else if (name == "expect" || name == "suppress") {
                for (const auto& item : value.items) wish(item);
            } else if (const auto type = vocabulary_.find_plural(name); type.valid()) {
                for (const auto& entry : value.entries) {
                    rename(entry.key, names_.id(entry.key.text));
                    record(entry.value, type);
                }
            } else {
                unknown(key);
            }
        }
        return why.empty();
    }

    std::string take() {
        std::sort(pieces_.begin(), pieces_.end(),
                  [](const Piece& a, const Piece& b) { return a.begin < b.begin; });
        std::string out;
        std::size_t at = 0;
        bool comment = false;
        const auto between = [&](std::size_t end) {
            // Between scalars stand signs, blanks and comments; nothing else comes through.
            for (; at < end; ++at) {
                const char c = bytes_[at];
                if (c == '#') comment = true;
                if (c == '\n') comment = false;
                if (c == '\n' || c == '\r' ||
                    (!comment && std::string_view(" \t-:,[]{}.").find(c) != std::string_view::npos))
                    out += c;
            }
        };
        for (const auto& p : pieces_) {
            between(p.begin);
            if (p.kept) {
                out.append(bytes_.substr(p.begin, p.end - p.begin));
            } else {
                out += p.text;
                // What stood on several lines still does, so that the lines below it stay.
                out.append(static_cast<std::size_t>(
                               std::count(bytes_.begin() + p.begin, bytes_.begin() + p.end, '\n')),
                           '\n');
            }
            at = p.end;
        }
        between(bytes_.size());
        return out;
    }

    std::string why;

private:
    struct Piece {
        std::uint32_t begin;
        std::uint32_t end;
        bool kept;
        std::string text;
    };

    void unknown(const Node& key) {
        if (why.empty()) why = key.text;
    }
    void keep(const Node& n) {
        // The first line of a block may have a comment.
        if (n.is_scalar() && n.style == text::ScalarStyle::block)
            put(n, n.text.substr(0, n.text.find_last_not_of('\n') + 1));
        else if (n.is_scalar())
            pieces_.push_back({n.span.begin, n.span.end, true, {}});
        for (const auto& item : n.items) keep(item);
        for (const auto& [key, value] : n.entries) keep(key), keep(value);
    }
    void put(const Node& n, const std::string& token) {
        if (n.is_scalar()) pieces_.push_back({n.span.begin, n.span.end, false, quoted(token)});
    }
    // Of keys: as it is, without quotes.
    void rename(const Node& key, const std::string& token) {
        pieces_.push_back({key.span.begin, key.span.end, false, token});
    }
    void put_text(const Node& n, const std::string& wish = {}) {
        if (n.is_scalar()) put(n, names_.text(n.text, wish));
        for (const auto& item : n.items) put_text(item);
        for (const auto& [key, value] : n.entries) unknown(key), keep(key), put_text(value);
    }
    void put_path(const Node& n) {
        if (n.is_scalar()) put(n, names_.path(n.text));
        for (const auto& item : n.items) put_path(item);
    }

    void case_block(const Node& block) {
        std::string id;
        if (const auto* said = block.find("id")) id = names_.case_id(said->text);
        for (const auto& [key, value] : block.entries) {
            keep(key);
            const auto& name = key.text;
            if (name == "id" || name == "variant_of")
                put(value, names_.case_id(value.text));
            else if (name == "title")
                put_text(value, id);
            else if (name == "packs")
                for (const auto& item : value.items) put(item, names_.file(item.text, "pack-"));
            else if (name == "forum" || name == "timezone" || name == "complete" ||
                     name == "policies" || name == "working_days")
                keep(value);
            else
                unknown(key);
        }
    }

    void accounts(const Node& node) {
        for (const auto& [key, value] : node.entries) {
            const auto token = names_.account(key.text);
            rename(key, token);
            for (const auto& [k, v] : value.entries) {
                keep(k);
                if (k.text == "title")
                    put_text(v, token);
                else if (k.text == "role")
                    keep(v);
                else if (k.text == "adopts")
                    account(v);
                else
                    unknown(k);
            }
        }
    }
    void account(const Node& n) {
        if (n.is_scalar()) put(n, names_.account(n.text));
        for (const auto& item : n.items) account(item);
    }

    // by, source, speaker, quote, state; false: it is none of them.
    bool meta(const Node& key, const Node& value) {
        const auto& name = key.text;
        if (name == "by")
            account(value);
        else if (name == "source" || name == "speaker")
            put_path(value);
        else if (name == "quote")
            put(value, cut(value.text));
        else if (name == "state")
            keep(value);
        else
            return false;
        return true;
    }

    // A quote with nothing left but its dates. Where it is not sure which they are, not even those:
    // nobody compares them then.
    static std::string cut(const std::string& quote) {
        const auto found = grammar::dates_in_quote(quote);
        std::string out = "...";
        if (found.sure)
            for (const auto& d : found.dates)
                out += " " + quote.substr(d.range.begin, d.range.end - d.range.begin) + " ...";
        return out;
    }

    void record(const Node& node, model::TypeId id) {
        const auto& type = vocabulary_.type(id);
        for (const auto& [key, value] : node.entries) {
            keep(key);
            const auto* field = type.field(key.text);
            if (field == nullptr) {
                if (!meta(key, value)) unknown(key);
            } else if (field->kind == FieldKind::nested) {
                if (!field->target.valid()) unknown(key);
                for (const auto& inner : value.entries) {
                    rename(inner.key, names_.id(inner.key.text));
                    record(inner.value, field->target);
                }
            } else {
                said(*field, value);
            }
        }
    }
    void said(const model::Field& field, const Node& value) {
        if (value.is_mapping()) {
            statement(field, value);
        } else if (value.is_sequence() && !value.items.empty() &&
                   value.items.front().is_mapping()) {
            for (const auto& item : value.items) statement(field, item);
        } else {
            this->value(field, value);
        }
    }

    void statement(const model::Field& field, const Node& node) {
        for (const auto& [key, value] : node.entries) {
            keep(key);
            const auto& name = key.text;
            if (name == "value")
                this->value(field, value);
            else if (name == "pending")
                put_text(value);
            else if (name == "as_of")
                time(value);
            else if (name == "closed" || name == "calendar" || name == "zone")
                keep(value);
            else if (!meta(key, value))
                unknown(key);
        }
    }

    void value(const model::Field& field, const Node& node) {
        switch (field.kind) {
            case FieldKind::day:
            case FieldKind::period:
                return time(node);
            case FieldKind::duration:
            case FieldKind::integer:
            case FieldKind::number:
            case FieldKind::boolean:
            case FieldKind::word:
                return keep(node);
            case FieldKind::reference:
                return put_path(node);
            case FieldKind::text:
            case FieldKind::nested:
                if (node.is_scalar() && country_code(field.name, node.text)) return keep(node);
                return put_text(node);
        }
    }

    void time(const Node& node) {
        if (!node.is_scalar()) return;
        const auto parsed = grammar::parse_time(node.text);
        const auto* time = std::get_if<grammar::TimeExpression>(&parsed);
        if (time == nullptr) return put(node, "XXXX");
        std::vector<grammar::PointName> points;
        points_of(*time, points);
        with_points(node, points);
    }

    void with_points(const Node& node, std::vector<grammar::PointName>& points) {
        if (points.empty()) return keep(node);
        std::sort(points.begin(), points.end(),
                  [](const auto& a, const auto& b) { return a.range.begin > b.range.begin; });
        auto text = node.text;
        for (const auto& p : points)
            text.replace(p.range.begin, p.range.end - p.range.begin,
                         names_.path(text.substr(p.range.begin, p.range.end - p.range.begin)));
        put(node, text);
    }

    void line(const Node& node) {
        const auto parsed = grammar::parse_order(node.text);
        if (const auto* order = std::get_if<grammar::OrderLine>(&parsed)) {
            auto points = order->points;
            with_points(node, points);
        } else {
            put(node, "cut");
        }
    }

    void order(const Node& item) {
        if (item.is_scalar()) return line(item);
        for (const auto& [key, value] : item.entries) {
            keep(key);
            if (key.text == "value")
                line(value);
            else if (!meta(key, value))
                unknown(key);
        }
    }

    void identity(const Node& item) {
        for (const auto& [key, value] : item.entries) {
            keep(key);
            if (key.text == "value")
                keep(value);
            else if (vocabulary_.find_plural(key.text).valid())
                put_path(value);
            else if (!meta(key, value))
                unknown(key);
        }
    }

    void wish(const Node& item) {
        for (const auto& [key, value] : item.entries) {
            keep(key);
            const auto& name = key.text;
            if (name == "rule" || name == "verdict" || name == "until")
                keep(value);
            else if (name == "at" || name == "sources")
                put_path(value);
            else if (name == "accounts")
                account(value);
            else if (name == "reason" || name == "by")
                put_text(value);
            else
                unknown(key);
        }
    }

    const model::Vocabulary& vocabulary_;
    std::string_view bytes_;
    Names& names_;
    std::vector<Piece> pieces_;
};

class Meeting {
public:
    Meeting(const model::Vocabulary& vocabulary, Names& names)
        : vocabulary_(vocabulary), names_(names) {}

    void file(const Node& root) {
        if (const auto* block = root.find("case"))
            for (const char* key : {"id", "variant_of"})
                if (const auto* id = block->find(key)) names_.meet_case(id->text);
        if (const auto* accounts = root.find("accounts"))
            for (const auto& [key, value] : accounts->entries) names_.meet_account(key.text);
        for (const auto& [key, value] : root.entries)
            if (const auto type = vocabulary_.find_plural(key.text); type.valid())
                records(value, type);
    }

private:
    void records(const Node& list, model::TypeId id) {
        const auto& type = vocabulary_.type(id);
        for (const auto& [key, value] : list.entries) {
            names_.meet_id(key.text, type.name);
            for (const auto& [k, v] : value.entries) {
                const auto* field = type.field(k.text);
                if (field == nullptr) continue;
                if (field->kind == FieldKind::nested && field->target.valid())
                    records(v, field->target);
                else if (field->kind == FieldKind::text)
                    texts(v, field->name == type.title_field ? names_.id(key.text) : "",
                          type.name == "person");
            }
        }
    }

    void texts(const Node& n, const std::string& wish, bool person) {
        if (n.is_scalar()) {
            static_cast<void>(names_.text(n.text, wish));
            if (person) names_.meet_person(n.text);
        }
        for (const auto& item : n.items) texts(item, wish, person);
        if (const auto* value = n.find("value")) texts(*value, wish, person);
    }

    const model::Vocabulary& vocabulary_;
    Names& names_;
};

}  // namespace

void meet(const model::Vocabulary& vocabulary, const text::Node& root, Names& names) {
    names.keep_words_of(vocabulary);
    Meeting(vocabulary, names).file(root);
}

std::optional<std::string> rewritten(const model::Vocabulary& vocabulary, const text::Node& root,
                                     std::string_view bytes, Names& names, std::string& why) {
    Rewriter rewriter(vocabulary, bytes, names);
    if (!rewriter.file(root)) {
        why = rewriter.why;
        return std::nullopt;
    }
    return rewriter.take();
}

}  // namespace antinomy::redact
