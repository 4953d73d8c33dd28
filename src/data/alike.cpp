#include "data/alike.hpp"

#include <algorithm>

#include "check/brief.hpp"
#include "data/convert.hpp"
#include "text/join.hpp"

namespace antinomy::data {

using text::Node;

namespace {

// Numbers and texts so that no two lists of them are the same bytes.
void add_number(std::string& to, std::uint64_t n) {
    for (; n >= 0x80; n >>= 7u) to.push_back(static_cast<char>(0x80u | (n & 0x7Fu)));
    to.push_back(static_cast<char>(n));
}
void add_text(std::string& to, std::string_view text) {
    add_number(to, text.size());
    to += text;
}

// Has it no place but the one of its line?
bool in_a_line(const check::Finding& f) {
    const auto& p = f.proof;
    return !f.identity.empty() && f.places.size() == 1 && f.suppressed.empty() &&
           f.accounts.empty() && f.blocks.empty() && f.more_proofs.empty() && f.made_of.empty() &&
           f.contrary.empty() && f.resolve.empty() && f.given.empty() && f.turns_on.empty() &&
           p.facts.empty() && p.premises.empty() && p.requirements.empty() && p.holds.empty() &&
           p.witnesses.empty();
}

}  // namespace

void Alike::look(const Node& node, const Branch* wanted) {
    const bool whole = wanted == nullptr || wanted->whole;
    const auto number = nodes_.size();
    nodes_.push_back(&node);
    key_.push_back(static_cast<char>(node.kind));
    if (node.is_scalar()) {
        if (wanted != nullptr && wanted->whole && wanted->apart && wanted->names.empty() &&
            wanted->items.empty())
            apart_.push_back(number);
        else
            add_text(key_, node.text);
    } else if (node.is_sequence()) {
        const auto* of_items = whole || wanted->items.empty() ? nullptr : &wanted->items.front();
        auto count = node.items.size();
        if (!whole && wanted->list != Kept::kNone) {
            const auto made = [](const Node& item) { return !item.is_null(); };
            const auto first = std::find_if(node.items.begin(), node.items.end(), made);
            if (first != node.items.end() && std::none_of(first + 1, node.items.end(), made)) {
                items_[wanted->list] = static_cast<std::size_t>(first - node.items.begin());
                add_number(key_, 0);
                look(*first, of_items);
                return;
            }
            // What comes after those that are made has no part in it.
            while (count > 0 && !made(node.items[count - 1])) --count;
        }
        add_number(key_, count + 1);
        for (std::size_t i = 0; i < count; ++i) look(node.items[i], of_items);
    } else if (node.is_mapping()) {
        add_number(key_, node.entries.size());
        for (const auto& entry : node.entries) {
            add_text(key_, entry.key.text);
            const Branch* to = nullptr;
            if (!whole) {
                const auto& names = wanted->names;
                const auto at = std::find(names.begin(), names.end(), entry.key.text);
                if (at != names.end())
                    to = &wanted->below[static_cast<std::size_t>(at - names.begin())];
            }
            look(entry.value, to);
        }
    }
}

std::size_t Alike::number_of(const text::Span& place) const {
    auto out = kNowhere;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        if (place_of(*nodes_[i]) != place) continue;
        if (out != kNowhere) return kNowhere;
        out = i;
    }
    return out;
}

void Alike::add_titles(const std::vector<std::size_t>& numbers) {
    for (const auto n : numbers) {
        add_number(key_, n);
        add_text(key_, nodes_[n]->text);
    }
}

Alike::Entry* Alike::known() {
    if (const auto it = young_.find(key_); it != young_.end()) return &it->second;
    const auto it = old_.find(key_);
    if (it == old_.end()) return nullptr;
    auto met = old_.extract(it);
    make_room();
    return &young_.insert(std::move(met)).position->second;
}

void Alike::add(Entry entry) {
    make_room();
    young_.insert_or_assign(key_, std::move(entry));
}

void Alike::make_room() {
    if (young_.size() < kMost / 2) return;
    old_ = std::move(young_);
    young_.clear();
}

Alike::Called Alike::called(const Kept& kept, const std::string& path) const {
    for (std::size_t n = 0; n < kept.stems.size(); ++n) {
        const auto list = kept.lists[n];
        if (kept.stems[n].empty() || items_[list] == kNowhere) continue;
        Called out{kept.stems[n], list};
        if (path_of(out) == path) return out;
    }
    return {path};
}

std::string Alike::path_of(const Called& c) const {
    return c.list == Kept::kNone ? c.path : text::join(c.path, std::to_string(items_[c.list] + 1));
}

bool Alike::note_names(const Kept& kept, Entry& entry) const {
    const auto& f = entry.checked.result.findings.front();
    const auto rule = std::find_if(kept.rules.begin(), kept.rules.end(),
                                   [&](const rule::Rule* r) { return r->id == f.rule; });
    if (rule == kept.rules.end()) return false;
    for (std::size_t n = 0; n < kept.stems.size(); ++n) {
        const auto list = kept.lists[n];
        if (kept.stems[n].empty() || items_[list] == kNowhere) continue;
        const auto path = path_of({kept.stems[n], list});
        const auto name = path.substr(path.find('.') + 1);
        for (const auto* words : {&f.message, &f.condition})
            if (words->find(name) != std::string::npos) return false;
    }
    entry.rule = *rule;
    entry.at = called(kept, f.at);
    for (const auto& [name, path] : f.bindings) entry.bindings.push_back(called(kept, path));
    entry.items = items_;
    return true;
}

check::Checked* Alike::find(const Kept& kept, const Node& part) {
    key_.clear();
    nodes_.clear();
    apart_.clear();
    items_.assign(kept.list_count, kNowhere);
    add_number(key_, kept.number);
    look(part, &kept.record);
    auto* entry = known();
    if (entry == nullptr) return nullptr;
    if (!entry->titles.empty()) {
        const auto size = key_.size();
        add_titles(entry->titles);
        entry = known();
        key_.resize(size);
        if (entry == nullptr) return nullptr;
    }
    auto& finding = entry->checked.result.findings.front();
    finding.places.front().span = place_of(*nodes_[entry->place]);
    finding.baseline = check::Baseline::none;
    if (entry->items != items_) {
        std::vector<std::string> bindings;
        for (const auto& b : entry->bindings) bindings.push_back(path_of(b));
        check::call_records(finding, *entry->rule, path_of(entry->at), bindings);
        entry->items = items_;
    }
    entry->checked.applied = entry->applied;
    return &entry->checked;
}

void Alike::keep(const Kept& kept, check::Checked&& checked) {
    const auto& r = checked.result;
    if (key_.size() > kLong || r.findings.size() != 1 || !in_a_line(r.findings.front()) ||
        !r.gaps.empty() || !r.undecided.empty() || !r.notes.empty() || !r.inferred.empty() ||
        !checked.explained.empty())
        return;
    Entry entry;
    entry.place = number_of(r.findings.front().places.front().span);
    if (entry.place == kNowhere) return;
    std::vector<std::size_t> titles;
    const auto file = nodes_.front()->span.file;
    for (const auto& title : checked.titles) {
        // What is constant is so for all.
        if (title.valid() && title.file != file) continue;
        const auto number = title.valid() ? number_of(title) : kNowhere;
        if (number == kNowhere) return;
        if (std::find(apart_.begin(), apart_.end(), number) != apart_.end())
            titles.push_back(number);
    }
    std::sort(titles.begin(), titles.end());
    titles.erase(std::unique(titles.begin(), titles.end()), titles.end());
    entry.applied = checked.applied;
    entry.checked = std::move(checked);
    if (!note_names(kept, entry)) return;
    // Titles are in its words.
    if (entry.checked.result.findings.front().message.size() > kLong) return;
    if (!titles.empty()) {
        Entry whose;
        whose.titles = titles;
        add(std::move(whose));
        add_titles(titles);
    }
    add(std::move(entry));
}

}  // namespace antinomy::data
