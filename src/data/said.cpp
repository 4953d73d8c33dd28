#include "data/said.hpp"

#include <algorithm>

#include "data/convert.hpp"

namespace antinomy::data {

using text::Entry;
using text::Node;
using text::NodeKind;
using text::Span;

namespace {

bool alike_meta(const Said& a, const Said& b) {
    if (a.meta.size() != b.meta.size()) return false;
    return std::all_of(a.meta.begin(), a.meta.end(), [&](const auto& m) {
        return std::any_of(b.meta.begin(), b.meta.end(), [&](const auto& other) {
            return other.first == m.first && alike(other.second, m.second);
        });
    });
}

}  // namespace

bool alike(const Node& a, const Node& b) {
    if (a.kind != b.kind || a.text != b.text || a.items.size() != b.items.size() ||
        a.entries.size() != b.entries.size())
        return false;
    for (std::size_t i = 0; i < a.items.size(); ++i)
        if (!alike(a.items[i], b.items[i])) return false;
    for (std::size_t i = 0; i < a.entries.size(); ++i)
        if (a.entries[i].key.text != b.entries[i].key.text ||
            !alike(a.entries[i].value, b.entries[i].value))
            return false;
    return true;
}

Node mapping_at(Span span) {
    Node out;
    out.kind = NodeKind::mapping;
    out.span = span;
    return out;
}

void put(Node& mapping, const std::string& key, Span span, Node value) {
    auto& entry = mapping.entries.emplace_back();
    entry.key = scalar_at(key, span);
    entry.value = std::move(value);
}

void add_said(std::vector<Said>& all, Said said, bool together, bool list) {
    if (together)
        for (auto& other : all) {
            if (!alike_meta(other, said)) continue;
            if (alike(other.value, said.value)) return;
            if (!list || !other.value.is_sequence() || !said.value.is_sequence()) continue;
            for (auto& i : said.value.items)
                if (std::none_of(other.value.items.begin(), other.value.items.end(),
                                 [&](const Node& n) { return alike(n, i); }))
                    other.value.items.push_back(std::move(i));
            return;
        }
    all.push_back(std::move(said));
}

Node field_node(std::vector<Said> all, bool several) {
    const bool list = several || all.size() > 1;
    const auto node = [&](Said said) {
        if (said.meta.empty() && !list) return std::move(said.value);
        const auto span = said.value.span;
        Node out = mapping_at(span);
        if (said.value.is_mapping())
            out.entries = std::move(said.value.entries);
        else
            put(out, "value", span, std::move(said.value));
        for (std::size_t i = 0; i < said.meta.size(); ++i)
            put(out, said.meta[i].first, said.meta_spans[i], std::move(said.meta[i].second));
        return out;
    };
    if (!list) return node(std::move(all.front()));
    Node out;
    out.kind = NodeKind::sequence;
    out.span = all.front().value.span;
    for (auto& said : all) out.items.push_back(node(std::move(said)));
    return out;
}

}  // namespace antinomy::data
