#include "data/narrow.hpp"

#include <algorithm>

#include "text/join.hpp"

namespace antinomy::data {

namespace {

Branch& at_name(Branch& b, const std::string& name) {
    const auto known = std::find(b.names.begin(), b.names.end(), name);
    if (known != b.names.end()) return b.below[static_cast<std::size_t>(known - b.names.begin())];
    b.names.push_back(name);
    return b.below.emplace_back();
}

// What a path leads to, from here; null: it asks for more than names.
Branch* led(Branch& from, const Path& path) {
    auto* at = &from;
    for (const auto& step : path.steps) {
        if (step.kind != Path::Step::Kind::name) return nullptr;
        at = &at_name(*at, step.name);
    }
    return at;
}

}  // namespace

Narrowing::Narrowing(const Map& map, const rule::Packs& packs, const check::Options& options,
                     const check::Screen& screen)
    : map_(map), packs_(packs), screen_(screen) {
    for (const auto& [key, records] : map_.lists)
        for (const auto& r : records) {
            records_.push_back(&r);
            plurals_.push_back(&key->text);
        }
    const auto all = check::judged_rules(packs, options);
    const auto asked = [&](const rule::Rule& r) {
        return options.rules.empty() ||
               std::find(options.rules.begin(), options.rules.end(), r.id) != options.rules.end();
    };
    const auto others_ask = [&](const rule::Rule& r) {
        const auto type = r.bindings[static_cast<std::size_t>(r.at)].type.record;
        return r.severity == rule::Severity::error &&
               std::any_of(all.begin(), all.end(), [&](const auto* o) {
                   const auto& of = o->reads_findings_of;
                   return o->reads_findings &&
                          (of.empty() || std::find(of.begin(), of.end(), type) != of.end());
               });
    };
    // Of a rule that compares records, and that nobody asked for, nobody hears, unless others ask
    // what it finds; neither does the quick look go through it.
    for (const auto* r : all)
        if (!r->among || r->kind == rule::RuleKind::fact || asked(*r) || others_ask(*r))
            judged_.push_back(r);
}

const Kept& Narrowing::without(const std::vector<const rule::Rule*>& settled) {
    if (last_ != nullptr && settled == last_settled_) return *last_;
    last_settled_ = settled;
    // The rules of packs stand in one list.
    const auto* const first = packs_.rules().data();
    const auto place = [&](const rule::Rule* r) { return static_cast<std::size_t>(r - first); };
    settled_.assign(packs_.rules().size(), 0);
    for (const auto* r : settled) settled_[place(r)] = 1;
    open_.clear();
    for (const auto* r : judged_) {
        const auto at = place(r);
        if (settled_[at] != 0) continue;
        open_.push_back(static_cast<char>(at & 0xFFu));
        open_.push_back(static_cast<char>(at >> 8u & 0xFFu));
        open_.push_back(static_cast<char>(at >> 16u));
    }
    if (const auto it = known_.find(open_); it != known_.end()) return *(last_ = it->second.get());
    // Records of a data set leave few sets of rules open; where they leave many, nothing is kept
    // from the former ones.
    constexpr std::size_t kKnown = 1024;
    if (known_.size() >= kKnown) known_.clear();
    auto kept = std::make_unique<Kept>();
    kept->number = ++made_;
    for (const auto* r : judged_)
        if (settled_[place(r)] == 0) kept->rules.push_back(r);
    narrow(*kept);
    last_ = known_.emplace(open_, std::move(kept)).first->second.get();
    return *last_;
}

void Narrowing::narrow(Kept& out) {
    check::Needs needs;
    for (const auto* r : out.rules) {
        auto it = needs_.find(r);
        if (it == needs_.end()) it = needs_.emplace(r, check::needs_of(packs_, *r)).first;
        needs.add(it->second);
    }
    out.everything = needs.everything || out.rules.empty();
    for (const auto& [key, value] : map_.case_block)
        if (value.path) {
            if (auto* b = led(out.record, *value.path)) {
                b->whole = true;
                b->apart = b->apart && (key->text == "id" || key->text == "title");
            } else {
                out.everything = true;
            }
        }
    const auto reached = this->reached(out, needs);
    for (std::size_t n = 0; n < records_.size(); ++n) {
        const auto& r = *records_[n];
        std::vector<char> fields;
        if (!out.everything && needs.type(r.type) && reached[n] != 0) {
            const auto& type = packs_.vocabulary().type(r.type);
            // One more than there are: none at all means no record.
            fields.resize(r.fields.size() + 1);
            for (std::size_t i = 0; i < r.fields.size(); ++i)
                fields[i] = needs.field(r.type, type.field_index(r.fields[i].field->name));
        }
        keep(out, r, std::move(fields), needs.everything || needs.titles[r.type.value] != 0);
    }
    find_lists(out, needs);
    for (const auto& [key, value] : map_.case_block) {
        if (!value.path || out.everything) continue;
        const auto* at = &out.record;
        for (const auto& step : value.path->steps) at = at->at(step.name);
        if (key->text == "id") out.id = at;
        if (key->text == "title") out.title = at;
    }
}

void Open::clear() {
    settled.clear();
    anywhere = true;
    at.clear();
    lacks.clear();
    applied.clear();
}

void Open::take(const check::Sketch& sketch, const check::Screen::Tally& tally) {
    using Tally = check::Screen::Tally;
    const auto item = [&](std::uint32_t record) {
        const auto& r = sketch.records[record];
        return Item{r.shape, r.item};
    };
    anywhere = tally.anywhere;
    for (const auto record : tally.open_at) at.push_back(item(record));
    for (const auto& lack : tally.lacks)
        lacks.emplace_back(std::get<0>(lack), item(std::get<1>(lack)));
    for (const auto number : tally.touched) {
        const auto came = tally.came[number];
        if ((came & Tally::kOpen) != 0 && (came & Tally::kApplies) != 0)
            applied.emplace_back(number, (came & Tally::kLacks) != 0);
    }
}

Items Kept::chosen(const Open& open) const {
    Items out(list_count, open.anywhere ? ~std::uint64_t{0} : 0);
    for (const auto& at : open.at) {
        const auto list = lists[at.record];
        if (list != kNone && at.item < 64) out[list] |= std::uint64_t{1} << at.item;
    }
    return out;
}

std::vector<Items> Kept::item_by_item(const Open& open) const {
    std::vector<Items> out;
    if (!one_by_one || open.anywhere) return out;
    for (const auto& at : open.at) {
        const auto list = lists[at.record];
        if (list == kNone || at.item >= 64) return {};
        Items one(list_count, 0);
        one[list] = std::uint64_t{1} << at.item;
        if (std::find(out.begin(), out.end(), one) == out.end()) out.push_back(std::move(one));
    }
    if (out.size() < 2) out.clear();
    return out;
}

// Lists of which all that is made of one item is needed where a rule is open for one of these
// records, and nothing of the item is where none is: rules ask for no more than those they bind,
// and whatever refers to them is made of the same item.
void Narrowing::find_lists(Kept& out, const check::Needs& needs) const {
    out.lists.assign(records_.size(), Kept::kNone);
    out.stems.assign(records_.size(), {});
    if (out.everything) return;
    const auto made = [&](std::size_t n) { return !out.fields[n].empty(); };
    const auto same_list = [&](std::size_t a, std::size_t b) {
        return records_[a]->each && records_[b]->each &&
               records_[a]->each->written == records_[b]->each->written;
    };
    out.one_by_one = std::all_of(out.rules.begin(), out.rules.end(), [&](const auto* r) {
        return r->bindings.size() == 1 && screen_.one_by_one(*r);
    });
    std::vector<char> asked(records_.size());  // for more
    for (const auto* r : out.rules) {
        if (screen_.one_by_one(*r)) continue;
        const auto bound = screen_.bound(*r);
        for (std::size_t n = 0; n < records_.size(); ++n)
            if (bound.empty() || bound[n] != 0) asked[n] = 1;
    }
    for (std::size_t n = 0; n < records_.size(); ++n) {
        if (!made(n)) continue;
        const auto& r = *records_[n];
        if (needs.all[r.type.value] != 0) asked[n] = 1;
        for (std::size_t i = 0; i < r.fields.size(); ++i) {
            const auto& f = r.fields[i];
            if (!f.field->target.valid()) continue;
            for (const auto& a : f.assertions)
                for (std::size_t to = 0; to < records_.size(); ++to)
                    if (records_[to]->type == f.field->target &&
                        (a.value.constant == nullptr || !same_list(n, to)))
                        asked[to] = 1;
        }
    }
    for (std::size_t n = 0; n < records_.size(); ++n) {
        if (!made(n) || !records_[n]->each || out.lists[n] != Kept::kNone) continue;
        const auto& each = *records_[n]->each;
        auto* const list = each.from_root ? led(out.record, each) : nullptr;
        bool some = list != nullptr && !list->whole && each.steps.size() > 0;
        for (std::size_t o = 0; o < records_.size(); ++o)
            some = some && !(made(o) && same_list(n, o) && asked[o] != 0);
        if (!some) continue;
        list->list = out.list_count++;
        for (std::size_t o = n; o < records_.size(); ++o) {
            if (!same_list(n, o)) continue;
            out.lists[o] = list->list;
            if (!records_[o]->named)
                out.stems[o] = text::join(*plurals_[o], ".", records_[o]->name, "-");
        }
    }
}

// By record of the map: may a rule bind it, go through it with all of its type, or be led to it?
std::vector<char> Narrowing::reached(const Kept& kept, const check::Needs& needs) const {
    std::vector<char> out(records_.size());
    if (needs.everything) return out;
    std::vector<std::size_t> more;
    const auto add = [&](std::size_t n) {
        if (out[n] == 0) more.push_back(n);
        out[n] = 1;
    };
    const auto add_all = [&](model::TypeId type) {
        for (std::size_t n = 0; n < records_.size(); ++n)
            if (records_[n]->type == type) add(n);
    };
    for (const auto* r : kept.rules) {
        const auto bound = screen_.bound(*r);
        for (std::size_t n = 0; n < records_.size(); ++n)
            if (bound.empty() || bound[n] != 0) add(n);
    }
    for (std::size_t t = 0; t < needs.all.size(); ++t)
        if (needs.all[t] != 0) add_all(model::TypeId{static_cast<std::uint32_t>(t)});
    while (!more.empty()) {
        const auto& r = *records_[more.back()];
        more.pop_back();
        const auto& type = packs_.vocabulary().type(r.type);
        for (const auto& f : r.fields) {
            const auto target = f.field->target;
            if (!target.valid() || !needs.field(r.type, type.field_index(f.field->name))) continue;
            const auto name = [&](const text::Node& n) {
                for (std::size_t i = 0; i < records_.size(); ++i)
                    if (records_[i]->type == target && records_[i]->name == n.text) add(i);
            };
            for (const auto& a : f.assertions) {
                if (a.value.constant == nullptr)
                    add_all(target);
                else if (a.value.constant->is_sequence())
                    for (const auto& n : a.value.constant->items) name(n);
                else
                    name(*a.value.constant);
            }
        }
    }
    return out;
}

void Narrowing::keep(Kept& out, const RecordMap& r, std::vector<char> fields,
                     bool title_is_read) const {
    if (!fields.empty()) {
        auto* item = &out.record;
        const auto want = [&](const std::optional<Path>& path, bool title = false) {
            if (!path) return;
            if (auto* b = led(path->from_root ? out.record : *item, *path)) {
                b->whole = true;
                b->apart = b->apart && title;
            } else {
                out.everything = true;
            }
        };
        // One path of an item: then nothing but the words for it can turn on what stands there.
        const auto& title_field = packs_.vocabulary().type(r.type).title_field;
        const auto is_title = [&](const FieldMap& f) {
            return !title_is_read && r.each && f.field->name == title_field &&
                   f.assertions.size() == 1;
        };
        if (r.each) {
            auto* list = led(out.record, *r.each);
            if (list == nullptr || !r.each->from_root) {
                out.everything = true;
            } else {
                if (list->items.empty()) list->items.emplace_back();
                item = &list->items.front();
            }
        }
        if (r.named) want(r.named->path);
        for (const auto& [key, value] : r.meta) want(value.path);
        for (std::size_t i = 0; i < r.fields.size(); ++i) {
            const auto& f = r.fields[i];
            if (!f.nested.empty()) out.everything = true;
            // Whether a record is there at all turns on all that it may say.
            if (fields[i] == 0 && r.each) continue;
            for (const auto& a : f.assertions) {
                want(a.value.path, is_title(f));
                want(a.value.until);
                want(a.value.mark);
                if (a.as_of) want(a.as_of->path);
                for (const auto& [key, value] : a.meta) want(value.path);
            }
        }
    }
    out.fields.push_back(std::move(fields));
}

}  // namespace antinomy::data
