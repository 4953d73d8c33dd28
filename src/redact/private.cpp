#include "redact/private.hpp"

#include <algorithm>
#include <set>

#include "text/nearest.hpp"

namespace antinomy::redact {

using text::Entry;
using text::Node;

namespace {

constexpr const char* kHelp =
    "write a note, `private: [key, key]` for keys beside it, or in a statement `private: yes`";

class Blanker {
public:
    Blanker(const model::Vocabulary& vocabulary, std::string_view bytes,
            text::Diagnostics& diagnostics)
        : vocabulary_(vocabulary), bytes_(bytes), diagnostics_(diagnostics) {}

    bool found() const { return found_; }
    std::string take() { return std::move(bytes_); }

    void file(const Node& root) {
        strip(root, false);
        for (const auto& [key, value] : root.entries) {
            if (key.text == "case") {
                strip(value, false);
            } else if (key.text == "accounts") {
                for (const auto& account : value.entries) strip(account.value, false);
            } else if (const auto type = vocabulary_.find_plural(key.text); type.valid()) {
                for (const auto& record : value.entries) this->record(record.value, type);
            }
        }
    }

private:
    // Takes out what the mapping says is private; true: all of it is (a statement).
    bool strip(const Node& mapping, bool statement) {
        const auto* entry = mapping.is_mapping() ? mapping.find_entry("private") : nullptr;
        if (entry == nullptr) return false;
        const auto& said = entry->value;
        std::set<const Entry*> out{entry};
        if (said.is_sequence()) {
            std::vector<std::string> known;
            for (const auto& e : mapping.entries)
                if (&e != entry) known.push_back(e.key.text);
            for (const auto& item : said.items) {
                const auto* named = item.is_scalar() ? mapping.find_entry(item.text) : nullptr;
                if (!item.is_scalar())
                    error(item, "wrong-type",
                          "expected the name of a key, found " + std::string(kind_word(item)));
                else if (named == nullptr || named == entry)
                    diagnostics_.error(item.span, "unknown-key",
                                       "`private` names the key `" + item.text +
                                           "`, which does not stand beside it",
                                       text::did_you_mean(item.text, known));
                else
                    out.insert(named);
            }
        } else if (!said.is_scalar()) {
            error(said, "wrong-type",
                  "expected a note or names of keys, found " + std::string(kind_word(said)));
        } else if (said.style == text::ScalarStyle::plain &&
                   (said.text == "yes" || said.text == "no")) {
            if (!statement)
                error(said, "wrong-type",
                      "`private: " + said.text + "` is said of a statement, and this is none");
            else if (said.text == "yes")
                return true;
        }
        take_out(mapping, out);
        return false;
    }

    void error(const Node& at, const char* code, std::string message) {
        diagnostics_.error(at.span, code, std::move(message), kHelp);
    }

    void record(const Node& node, model::TypeId id) {
        if (!node.is_mapping()) return;
        const auto& type = vocabulary_.type(id);
        if (type.field("private") == nullptr) strip(node, false);
        std::set<const Entry*> whole;
        for (const auto& entry : node.entries) {
            const auto* field = type.field(entry.key.text);
            if (field == nullptr) continue;
            if (field->kind == model::FieldKind::nested) {
                if (field->target.valid())
                    for (const auto& inner : entry.value.entries)
                        record(inner.value, field->target);
            } else if (entry.value.is_mapping()) {
                if (strip(entry.value, true)) whole.insert(&entry);
            } else if (entry.value.is_sequence()) {
                std::size_t gone = 0;
                std::set<const Node*> items;
                for (const auto& item : entry.value.items)
                    if (strip(item, true)) items.insert(&item), ++gone;
                if (gone > 0 && gone == entry.value.items.size())
                    whole.insert(&entry);
                else if (gone > 0)
                    take_out_items(entry.value, items);
            }
        }
        if (!whole.empty()) take_out(node, whole);
    }

    void blank(std::size_t begin, std::size_t end) {
        found_ = true;
        for (auto i = begin; i < end && i < bytes_.size(); ++i)
            if (bytes_[i] != '\n' && bytes_[i] != '\r') bytes_[i] = ' ';
    }
    // To the end of the line: what a comment says of it goes with it.
    std::size_t line_end(std::size_t at) const {
        return std::min(bytes_.find('\n', at), bytes_.size());
    }

    // The dash that an item begins with: not one of a comment, before it or behind it.
    std::size_t dash_from(std::size_t at) const {
        while (at < bytes_.size() && bytes_[at] != '-')
            at = bytes_[at] == '#' ? line_end(at) : at + 1;
        return at;
    }

    // A part of a collection, and whether it stays.
    struct Piece {
        std::size_t begin;
        std::size_t end;
        bool stays;
    };

    void take_out(const Node& mapping, const std::set<const Entry*>& out) {
        std::vector<Piece> pieces;
        for (const auto& e : mapping.entries)
            pieces.push_back(
                {e.key.span.begin, std::max(e.key.span.end, e.value.span.end), out.count(&e) == 0});
        if (mapping.flow) return from_brackets(mapping, pieces);
        for (const auto& p : pieces)
            if (!p.stays) blank(p.begin, line_end(p.end));
    }

    void take_out_items(const Node& list, const std::set<const Node*>& out) {
        std::vector<Piece> pieces;
        std::size_t at = list.span.begin;
        for (const auto& item : list.items) {
            const auto begin = list.flow ? item.span.begin : dash_from(at);
            pieces.push_back({begin, item.span.end, out.count(&item) == 0});
            at = item.span.end;
        }
        if (list.flow) return from_brackets(list, pieces);
        for (const auto& p : pieces)
            if (!p.stays) blank(p.begin, line_end(p.end));
    }

    // Of what is left each two neighbours keep one comma between them.
    void from_brackets(const Node& flow, const std::vector<Piece>& pieces) {
        const Piece* before = nullptr;  // the last that stays
        bool gap = false;               // something behind it went
        for (const auto& p : pieces) {
            if (!p.stays) {
                gap = true;
                continue;
            }
            if (gap) {
                const auto from = before == nullptr ? flow.span.begin + 1 : before->end;
                blank(from, p.begin);
                // There is room: what went was longer.
                if (before != nullptr) bytes_[bytes_.find(' ', from)] = ',';
            }
            before = &p;
            gap = false;
        }
        if (gap) blank(before == nullptr ? flow.span.begin + 1 : before->end, flow.span.end - 1);
    }

    const model::Vocabulary& vocabulary_;
    std::string bytes_;
    text::Diagnostics& diagnostics_;
    bool found_ = false;
};

}  // namespace

std::optional<std::string> without_private(const model::Vocabulary& vocabulary, const Node& root,
                                           std::string_view bytes, text::Diagnostics& diagnostics) {
    if (bytes.find("private") == std::string_view::npos) return std::nullopt;
    Blanker blanker(vocabulary, bytes, diagnostics);
    blanker.file(root);
    if (!blanker.found()) return std::nullopt;
    return blanker.take();
}

}  // namespace antinomy::redact
