#include "data/alike.hpp"

#include <algorithm>

#include "check/brief.hpp"
#include "check/weigh.hpp"
#include "data/path.hpp"
#include "data/pick.hpp"
#include "text/join.hpp"

namespace antinomy::data {

using text::Node;
using text::Span;

namespace {

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

std::string_view Alike::written(const Outline::Piece& p) const {
    return bytes_.substr(p.begin, p.end - p.begin);
}

Alike::Place Alike::place_of(const Span& span) const {
    for (std::size_t i = 0; i < outline_.pieces.size(); ++i) {
        const auto& p = outline_.pieces[i];
        // Of a mapping or list its first byte.
        const auto end = p.scalar ? p.end : std::min(p.end, p.begin + 1);
        if (span.begin == p.begin && span.end == end) return {i, true, 0, 0};
        const bool within = p.begin <= span.begin && span.end <= p.end;
        if (within && !p.open && !p.apart)
            return {i, false, span.begin - p.begin, span.end - span.begin};
    }
    return {};
}

Span Alike::span_of(const Place& place) const {
    const auto& p = outline_.pieces[place.piece];
    if (!place.all) return {file_, p.begin + place.from, p.begin + place.from + place.size};
    return {file_, p.begin, p.scalar ? p.end : std::min(p.end, p.begin + 1)};
}

void Alike::add_titles(const std::vector<std::size_t>& pieces) {
    for (const auto n : pieces) {
        add_number(outline_.key, n);
        add_text(outline_.key, written(outline_.pieces[n]));
    }
}

Alike::Entry* Alike::known() {
    if (const auto it = young_.find(outline_.key); it != young_.end()) return &it->second;
    const auto it = old_.find(outline_.key);
    if (it == old_.end()) return nullptr;
    auto met = old_.extract(it);
    make_room();
    return &young_.insert(std::move(met)).position->second;
}

Alike::Entry& Alike::add(Entry entry) {
    make_room();
    return young_.insert_or_assign(outline_.key, std::move(entry)).first->second;
}

void Alike::make_room() {
    if (young_.size() < kMost / 2) return;
    old_ = std::move(young_);
    young_.clear();
}

Alike::Called Alike::called(const Kept& kept, const std::string& path) const {
    for (std::size_t n = 0; n < kept.stems.size(); ++n) {
        const auto list = kept.lists[n];
        if (kept.stems[n].empty() || items_[list] == kNone) continue;
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
    const auto said = [&](const std::string& words) {
        return f.message.find(words) != std::string::npos ||
               f.condition.find(words) != std::string::npos;
    };
    // Of most nothing that looks like a name is in them.
    std::vector<char> perhaps;
    for (const auto item : items_)
        perhaps.push_back(item != kNone && said('-' + std::to_string(item + 1)));
    for (std::size_t n = 0; n < kept.stems.size(); ++n) {
        const auto list = kept.lists[n];
        if (kept.stems[n].empty() || perhaps[list] == 0) continue;
        const auto path = path_of({kept.stems[n], list});
        const auto name = path.substr(path.find('.') + 1);
        if (said(name)) return false;
    }
    entry.rule = *rule;
    entry.at = called(kept, f.at);
    for (const auto& [name, path] : f.bindings) entry.bindings.push_back(called(kept, path));
    entry.items = items_;
    return true;
}

Alike::Path Alike::path_in(const Node& part, const Span& span) const {
    const auto path = path_to(part, span);
    for (std::uint32_t n = 0; n < outline_.lists.size(); ++n) {
        const auto& list = outline_.lists[n];
        if (list.item == kNone) continue;
        const auto begin = outline_.pieces[list.piece].begin;
        const auto before = path_to(part, {file_, begin, begin + 1}) + '[';
        const auto item = text::join(before, std::to_string(list.item), "]");
        if (path.compare(0, item.size(), item) == 0)
            return {before, n, path.substr(item.size() - 1)};
    }
    return {path, Kept::kNone, {}};
}

bool Alike::read(const Branch* wish, Node& room, const Node*& out) const {
    static const Branch all{true, true, {}, {}, {}};
    out = nullptr;
    for (const auto& p : outline_.pieces) {
        if (wish == nullptr || p.wish != wish) continue;
        if (!pick_json(written(p), file_, all, {}, room)) return false;
        if (!room.is_null()) out = &room;
    }
    return true;
}

const Alike::Known* Alike::find(const Kept& kept, std::string_view bytes, text::FileId file,
                                const Items& items) {
    bytes_ = bytes;
    file_ = file;
    outline_.key.clear();
    add_number(outline_.key, kept.number);
    good_ = outline_json(bytes, kept.record, items, kept.list_count, outline_);
    if (!good_) return nullptr;
    items_.resize(outline_.lists.size());
    for (std::size_t n = 0; n < items_.size(); ++n) items_[n] = outline_.lists[n].item;
    auto* entry = known();
    if (entry == nullptr) return nullptr;
    if (!entry->titles.empty()) {
        const auto size = outline_.key.size();
        add_titles(entry->titles);
        entry = known();
        outline_.key.resize(size);
        if (entry == nullptr) return nullptr;
    }
    return tell(*entry);
}

bool Alike::names(const Kept& kept, const Node*& id, const Node*& title) {
    return read(kept.id, id_, id) && read(kept.title, title_, title);
}

const Alike::Known* Alike::tell(Entry& entry) {
    auto& finding = entry.checked.result.findings.front();
    finding.places.front().span = span_of(entry.place);
    finding.baseline = check::Baseline::none;
    if (entry.items != items_) {
        std::vector<std::string> bindings;
        for (const auto& b : entry.bindings) bindings.push_back(path_of(b));
        check::call_records(finding, *entry.rule, path_of(entry.at), bindings);
        entry.items = items_;
    }
    entry.checked.applied = entry.applied;
    known_.path = entry.path.before;
    if (entry.path.list != Kept::kNone)
        known_.path += std::to_string(items_[entry.path.list]) + entry.path.after;
    known_.checked = &entry.checked;
    known_.first_stated = entry.first_stated;
    known_.first_shown = entry.first_shown;
    known_.words = &entry.words;
    return &known_;
}

const Alike::Known* Alike::keep(const Kept& kept, const Node& part, check::Checked&& checked) {
    Entry entry;
    auto& r = checked.result;
    if (kept.one_by_one && r.findings.size() == 1) {
        auto& f = r.findings.front();
        // More was worked out than its line and its dates.
        if (!f.proof.holds.empty() || !f.proof.witnesses.empty()) return nullptr;
        entry.first_stated = check::first_stated(f);
        entry.first_shown = check::first_shown(f);
        f.proof = {};
        f.timeline.clear();
    }
    if (!good_ || outline_.key.size() > kLong || r.findings.size() != 1 ||
        !in_a_line(r.findings.front()) || !r.gaps.empty() || !r.undecided.empty() ||
        !r.notes.empty() || !r.inferred.empty() || !checked.explained.empty())
        return nullptr;
    const auto& span = r.findings.front().places.front().span;
    if (span.file != file_) return nullptr;
    entry.place = place_of(span);
    if (entry.place.piece == kNone) return nullptr;
    entry.path = path_in(part, span);
    std::vector<std::size_t> titles;
    for (const auto& title : checked.titles) {
        // What is constant is so for all.
        if (title.valid() && title.file != file_) continue;
        const auto at = title.valid() ? place_of(title) : Place{};
        if (at.piece == kNone) return nullptr;
        if (outline_.pieces[at.piece].apart) titles.push_back(at.piece);
    }
    std::sort(titles.begin(), titles.end());
    titles.erase(std::unique(titles.begin(), titles.end()), titles.end());
    entry.applied = checked.applied;
    entry.checked = std::move(checked);
    if (!note_names(kept, entry)) return nullptr;
    // Titles are in its words.
    if (entry.checked.result.findings.front().message.size() > kLong) return nullptr;
    if (!titles.empty()) {
        Entry whose;
        whose.titles = titles;
        add(std::move(whose));
        add_titles(titles);
    }
    auto& added = add(std::move(entry));
    return tell(added);
}

}  // namespace antinomy::data
