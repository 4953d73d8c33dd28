#include "data/checker.hpp"

#include <algorithm>
#include <deque>
#include <tuple>
#include <utility>

#include "check/brief.hpp"
#include "data/convert.hpp"
#include "data/key.hpp"
#include "text/join.hpp"

namespace antinomy::data {

using text::join;

namespace {

// Records that cannot be read are left out of their case one after the other, for what is wrong
// with one may only show when another is gone; not forever, for each time costs the whole case.
constexpr int kRounds = 8;

// The records of a batch, those of a block of lines one by one; they are used up. `done`: is there
// no more to do about a record than to look at its bytes (and at so many behind them)?
template <class Done, class Do>
void each(Batch& batch, const Done& done, const Do& record) {
    for (auto& found : batch.records) {
        const auto& raw = found.raw;
        const auto* const end = raw.bytes.data() + raw.bytes.capacity();
        const auto settled = [&](std::string_view bytes) {
            const auto behind = static_cast<std::size_t>(end - (bytes.data() + bytes.size()));
            return !raw.flaw && done(*found.file, bytes, behind);
        };
        if (raw.lines == 0) {
            if (!settled(raw.bytes)) record(found);
            found.raw.bytes = {};
            continue;
        }
        Found line;
        line.file = found.file;
        LinesOf lines(raw);
        for (std::string_view bytes; lines.next(bytes);) {
            if (settled(bytes)) continue;
            lines.take(line.raw);
            record(line);
        }
    }
}

template <class Do>
void each(Batch& batch, const Do& record) {
    const auto never = [](const DataFile&, std::string_view, std::size_t) { return false; };
    each(batch, never, record);
}

void not_a_record(text::Diagnostics& problems, const text::Node& tree) {
    problems.error(place_of(tree), "wrong-type",
                   join("a record is a mapping, found ", kind_word(tree)),
                   "correct `records:` of the map, or the record");
}

bool holds(const text::Span& outer, const text::Span& inner) {
    return outer.file == inner.file && outer.begin <= inner.begin && inner.begin <= outer.end;
}

// "smith-v-jones" of "2014/smith-v-jones.csv.gz".
std::string stem(std::string_view path) {
    path.remove_prefix(path.rfind('/') + 1);
    return std::string(path.substr(0, path.find('.', 1)));
}

}  // namespace

const text::Node* Outcome::at(const text::Span& place, std::uint64_t& in_file) const {
    in_file = number;
    if (members == nullptr)
        return record != nullptr && record->span.file == place.file ? record : nullptr;
    for (const auto& m : *members) {
        if (!holds(m.tree->span, place)) continue;
        in_file = m.number;
        return m.tree;
    }
    return nullptr;
}

const std::string& Outcome::file_at(const text::Span& place) const {
    if (members != nullptr)
        for (const auto& m : *members)
            if (holds(m.tree->span, place)) return m.file->path;
    return file;
}

template <class Each>
std::uint64_t Checker::records_in(const Found& found, const text::Node& tree,
                                  text::Diagnostics& problems, const Each& each) {
    const auto& form = map_.parts[found.file->part];
    std::uint64_t none = 0;
    const auto one = [&](const text::Node& node) {
        if (node.is_mapping()) {
            each(node);
            return;
        }
        not_a_record(problems, node);
        ++none;
    };
    if (form.reads != Reads::yaml || !form.records) {
        one(tree);
        return none;
    }
    std::vector<const text::Node*> nodes;
    std::optional<Astray> astray;
    static_cast<void>(follow(*form.records, tree, tree, nodes, astray));
    if (!astray && nodes.size() == 1 && nodes.front()->is_sequence()) {
        for (const auto& item : nodes.front()->items) one(item);
        return none;
    }
    problems.error(
        tree.span, "no-records",
        astray ? astray->message
               : join("`", form.records->written, "` leads to ",
                      nodes.empty() ? std::string_view("nothing") : kind_word(*nodes.front()),
                      ", not to a list of records"),
        "correct `records:` of the map");
    return none + 1;
}

void Checker::check(Batch& batch) {
    batch.met.assign(map_.paths.size(), 0);
    each(
        batch,
        [&](const DataFile& file, std::string_view bytes, std::size_t behind) {
            const auto reads = map_.parts[file.part].reads;
            return sketcher_ && !gathering_ && (reads == Reads::json || reads == Reads::jsonl) &&
                   quiet(batch, sketcher_->of_json(bytes, behind, batch.met));
        },
        [&](Found& found) { wait(batch, found); });
    go_on(batch);
    if (!sketcher_) return;
    for (std::size_t i = 0; i < tally_.gaps.size(); ++i)
        if (const auto n = std::exchange(tally_.gaps[i], 0); n > 0) {
            batch.totals.gaps += n;
            batch.totals.rules[screen_->rules()[i]].gaps += n;
        }
    for (std::size_t i = 0; i < tally_.opened.size(); ++i)
        if (const auto n = std::exchange(tally_.opened[i], 0); n > 0)
            batch.totals.looked_into[screen_->rules()[i]] += n;
    if (const auto n = std::exchange(tally_.unfit, 0); n > 0) batch.totals.looked_into[""] += n;
    for (std::size_t i = 0; i < tally_.applied.size(); ++i)
        if (const auto n = std::exchange(tally_.applied[i], 0); n > 0) {
            auto& counts = batch.totals.rules[screen_->rules()[i]];
            counts.applied += n;
            counts.passed += std::exchange(tally_.passed[i], 0);
        }
}

// Is there nothing to tell of a record? Then it is counted, and done with. Otherwise the rules of
// which there is nothing to tell need not be judged.
bool Checker::quiet(Batch& batch, check::Sketch* sketch) {
    check_.settled.clear();
    sketch_ = sketch;
    if (sketch == nullptr ||
        !screen_->quiet(*sketch, tally_,
                        check_.resolve && gaps_ == nullptr ? nullptr : &check_.settled,
                        gaps_ == nullptr ? nullptr : &telling_, check_.resolve))
        return false;
    ++batch.totals.read;
    ++batch.totals.checked;
    ++batch.totals.quiet;
    return true;
}

// To go the whole way with one record, then to look at the next ones, and so on, is slower than to
// do several of each: neither way's instructions stay where the processor finds them soon.
void Checker::wait(Batch& batch, Found& found) {
    constexpr std::size_t kWaiting = 64;
    if (waiting_.size() <= waiting_count_) waiting_.emplace_back();
    auto& w = waiting_[waiting_count_++];
    w.found.raw = std::move(found.raw);
    w.found.file = found.file;
    w.open.clear();
    w.open.settled.swap(check_.settled);
    if (!w.open.settled.empty()) w.open.take(*sketch_, tally_);
    if (waiting_count_ == kWaiting) go_on(batch);
}

void Checker::go_on(Batch& batch) {
    for (std::size_t i = 0; i < waiting_count_; ++i) {
        auto& w = waiting_[i];
        check_.settled.swap(w.open.settled);
        one(batch, w.found, w.open);
        w.found.file.reset();
    }
    waiting_count_ = 0;
    check_.settled.clear();
}

void Checker::one(Batch& batch, Found& found, const Open& open) {
    text::SourceMap sources(text::SourceMap::OnTop{}, sources_);
    const auto file =
        sources.add_part(found.file->path, std::move(found.raw.bytes), found.raw.begin);
    const auto reads = map_.parts[found.file->part].reads;
    if (reads == Reads::json || reads == Reads::jsonl)
        if (const auto* needed = kept()) {
            const auto items = needed->chosen(open);
            if (item_by_item(batch, found, sources, file, *needed, open, items) ||
                known(batch, found, sources, file, *needed, open, items) ||
                (pick_json(sources.bytes(file), file, needed->record, items, part_) &&
                 narrowed(batch, found, sources, part_, *needed, &open, &items)))
                return;
        }
    text::Diagnostics problems;
    const auto tree = reader_.read(found, sources, file, problems);
    std::uint64_t none = tree ? 0 : 1;
    if (tree)
        none = records_in(found, *tree, problems,
                          [&](const text::Node& node) { record(batch, found, sources, node); });
    if (none == 0) return;
    Outcome out{found.file->path, found.raw.number, sources, nullptr, problems, nullptr};
    if (tree) out.record = &*tree;
    out.count = out.not_checked = none;
    finish(batch, out);
}

void Checker::gather(Batch& batch) {
    gathering_ = true;
    check(batch);
    gathering_ = false;
}

void Checker::gather_cases(Batch& batch) {
    gathering_ = true;
    check_cases(batch);
    gathering_ = false;
}

void Checker::gather_keys(Batch& batch) {
    gathering_ = true;
    find_keys(batch);
    gathering_ = false;
}

void Checker::compare(Batch& batch, const model::Case& file) const {
    const auto& rules = options_.comparison.rules;
    check::gather(packs_, file, options_.check,
                  [&](const std::string& rule, const std::string& alike,
                      const check::Amount& amount, bool sure) {
                      for (std::size_t i = 0; i < rules.size(); ++i)
                          if (rules[i].id == rule)
                              batch.compared.push_back({i, alike, amount, sure});
                  });
}

void Checker::record(Batch& batch, const Found& found, const text::SourceMap& sources,
                     const text::Node& tree) {
    text::Diagnostics problems;
    Outcome out{found.file->path, found.raw.number, sources, &tree, problems, nullptr};
    out.not_checked = 1;
    const auto reads = map_.parts[found.file->part].reads;
    const bool json = reads == Reads::json || reads == Reads::jsonl;
    if (!gathering_ && !json && sketcher_) {
        if (quiet(batch, sketcher_->of_tree(tree, batch.met))) return;
        if (const auto* needed = kept();
            needed && narrowed(batch, found, sources, tree, *needed, nullptr, nullptr))
            return;
    }
    const auto root =
        applier_.apply({{&tree, found.file->part, false}},
                       join("record-", std::to_string(found.raw.number)), problems, &batch.met);
    if (problems.has_errors()) {
        finish(batch, out);
        return;
    }
    if (unwanted(batch, out, root, 1)) return;
    auto file = model::build_case(packs_.vocabulary(), {{tree.span.file, &root, true, false}},
                                  problems, packs_.policies(), packs_.terms());
    file.file = found.file->path;
    if (problems.has_errors())
        finish(batch, out);
    else if (gathering_)
        compare(batch, file);
    else
        judge(batch, file, problems, out, 1);
}

// Of a map and a record that have a sketch (what is wrong with a record leaves it without one), and
// if a rule was settled, for then the dates fit together.
const Kept* Checker::kept() {
    if (gathering_ || !narrowing_ || check_.settled.empty()) return nullptr;
    const auto& out = narrowing_->without(check_.settled);
    return out.everything ? nullptr : &out;
}

std::optional<check::Checked> Checker::briefly(Batch& batch, const Found& found,
                                               const text::Node& tree, const Kept& kept,
                                               bool dated) {
    text::Diagnostics problems;
    const auto root = applier_.apply({{&tree, found.file->part, false}},
                                     join("record-", std::to_string(found.raw.number)), problems,
                                     &batch.met, &kept.fields);
    if (!problems.items().empty()) return std::nullopt;
    auto file = model::build_case(packs_.vocabulary(), {{tree.span.file, &root, true, false}},
                                  problems, packs_.policies(), packs_.terms());
    if (!problems.items().empty()) return std::nullopt;
    file.file = found.file->path;
    // Those that are settled are not among the rules.
    const auto settled = std::exchange(check_.settled, {});
    auto checked = check::check_briefly(packs_, file, check_, kept.rules, dated);
    check_.settled = settled;
    return checked;
}

bool Checker::narrowed(Batch& batch, const Found& found, const text::SourceMap& sources,
                       const text::Node& tree, const Kept& kept, const Open* open,
                       const Items* items) {
    const bool keeps = open != nullptr && may_keep();
    auto checked = briefly(batch, found, tree, kept, keeps && kept.one_by_one);
    if (!checked) return false;
    check_.settled.clear();
    if (options_.closer && options_.closer(*checked)) return false;
    text::Diagnostics problems;
    Outcome out{found.file->path, found.raw.number, sources, &tree, problems, nullptr};
    out.not_checked = 1;
    const auto applied = checked->applied;
    if (open != nullptr && kept.list_count > 0) add_left_out(*checked, kept, *open, *items);
    judged(batch, *checked, problems, out, 1);
    if (!keeps) return true;
    checked->applied = applied;
    static_cast<void>(alike_.keep(kept, tree, std::move(*checked)));
    return true;
}

bool Checker::known(Batch& batch, const Found& found, const text::SourceMap& sources,
                    text::FileId file, const Kept& kept, const Open& open, const Items& items) {
    const auto* alike = alike_.find(kept, sources.bytes(file), file, items);
    if (alike == nullptr) return false;
    said_.resize(1);
    said_.front() = {alike->path, alike->words};
    if (!told_before(batch, found, sources, *alike->checked, kept, open, items)) return false;
    ++batch.totals.alike;
    return true;
}

bool Checker::item_by_item(Batch& batch, const Found& found, const text::SourceMap& sources,
                           text::FileId file, const Kept& kept, const Open& open,
                           const Items& items) {
    const auto parts = may_keep() ? kept.item_by_item(open) : std::vector<Items>();
    struct One {
        time::Day first_stated;
        time::Day first_shown;
        check::Finding finding;
        SaidBefore said;
    };
    std::vector<One> all;
    check::Checked whole;
    bool before = true;  // all was said before
    for (const auto& part : parts) {
        const auto* alike = alike_.find(kept, sources.bytes(file), file, part);
        if (alike == nullptr) {
            before = false;
            if (!pick_json(sources.bytes(file), file, kept.record, part, part_)) return false;
            auto checked = briefly(batch, found, part_, kept, true);
            if (checked) alike = alike_.keep(kept, part_, std::move(*checked));
            if (alike == nullptr) return false;
        }
        all.push_back({alike->first_stated,
                       alike->first_shown,
                       alike->checked->result.findings.front(),
                       {alike->path, alike->words}});
        for (const auto& a : alike->checked->applied) add_applied(whole, a.rule, a.passed);
    }
    if (all.empty()) return false;
    // The order of findings (check/weigh.hpp), and then that of reports.
    std::sort(all.begin(), all.end(), [](const One& a, const One& b) {
        const auto& x = a.finding;
        const auto& y = b.finding;
        return std::tie(x.severity, x.verdict, a.first_stated, x.rule, x.at) <
               std::tie(y.severity, y.verdict, b.first_stated, y.rule, y.at);
    });
    std::stable_sort(all.begin(), all.end(), [](const One& a, const One& b) {
        return std::tie(a.finding.severity, a.finding.verdict, a.first_shown) <
               std::tie(b.finding.severity, b.finding.verdict, b.first_shown);
    });
    said_.clear();
    for (auto& one : all) {
        whole.result.findings.push_back(std::move(one.finding));
        said_.push_back(std::move(one.said));
    }
    if (!told_before(batch, found, sources, whole, kept, open, items)) return false;
    if (before) ++batch.totals.alike;
    return true;
}

bool Checker::told_before(Batch& batch, const Found& found, const text::SourceMap& sources,
                          check::Checked& checked, const Kept& kept, const Open& open,
                          const Items& items) {
    const text::Node* id = nullptr;
    const text::Node* title = nullptr;
    if (!alike_.names(kept, id, title)) return false;
    auto names = applier_.names(id, title, join("record-", std::to_string(found.raw.number)));
    if (!names) return false;
    text::Diagnostics problems;
    auto& result = checked.result;
    result.id = std::move(names->id);
    result.title = std::move(names->title);
    result.file = found.file->path;
    for (auto& f : result.findings) check::put_in_case(f, result.id);
    check_.settled.clear();
    Outcome out{found.file->path, found.raw.number, sources, nullptr, problems, nullptr};
    out.said = &said_;
    out.not_checked = 1;
    if (kept.list_count > 0) add_left_out(checked, kept, open, items);
    judged(batch, checked, problems, out, 1);
    return true;
}

void Checker::add_applied(check::Checked& to, const std::string& rule, bool passed) {
    auto& all = to.applied;
    const auto it =
        std::find_if(all.begin(), all.end(), [&](const auto& a) { return a.rule == rule; });
    if (it == all.end())
        all.push_back({rule, passed});
    else
        it->passed = it->passed && passed;
}

// What open rules came to at items that were left out, for there they are settled.
void Checker::add_left_out(check::Checked& checked, const Kept& kept, const Open& open,
                           const Items& items) {
    for (const auto& [number, at] : open.lacks)
        if (!is_wanted(items, kept.lists[at.record], at.item)) ++tally_.gaps[number];
    for (const auto& [number, lacks] : open.applied)
        add_applied(checked, screen_->rules()[number], !lacks);
}

// Nobody wants it to be judged; it is counted.
bool Checker::unwanted(Batch& batch, Outcome& out, const text::Node& made, std::uint64_t good) {
    if (gathering_ || !options_.wanted || options_.wanted(out, made)) return false;
    out.not_checked -= good;
    finish(batch, out);
    return true;
}

void Checker::judge(Batch& batch, model::Case& file, text::Diagnostics& problems, Outcome& out,
                    std::uint64_t good) {
    // Where a quick look left gaps alone to be told, nothing is found that could be resolved.
    const bool resolve = std::exchange(check_.resolve, check_.resolve && check_.settled.empty());
    auto checked = check::check_case(packs_, file, check_);
    check_.resolve = resolve;
    check_.settled.clear();
    if (options_.closer && options_.closer(checked)) {
        auto all = check_;
        all.resolve = true;
        checked = check::check_case(packs_, file, all);
    }
    judged(batch, checked, problems, out, good);
}

void Checker::judged(Batch& batch, check::Checked& checked, text::Diagnostics& problems,
                     Outcome& out, std::uint64_t good) {
    const auto* first = out.members == nullptr ? out.record : out.members->front().tree;
    for (const auto& u : checked.result.undecided)
        problems.error(
            first->span, "undecided",
            join(u.rule.empty() ? "" : join("rule `", u.rule, "`"),
                 u.at.empty() ? "" : join(" at ", u.at), u.rule.empty() ? "" : ": ", u.why),
            "give narrower dates, or split the record");
    if (options_.known)
        for (auto& f : checked.result.findings) f.baseline = options_.known(f);
    batch.totals.count(checked);
    ++batch.totals.cases;
    out.result = &checked.result;
    out.gaps = gaps_;
    out.explained = &checked.explained;
    if (checked.result.undecided.empty()) out.not_checked -= good;
    finish(batch, out);
}

void Checker::check_cases(Batch& batch) {
    batch.met.assign(map_.paths.size(), 0);
    for (auto& gathered : batch.cases) together(batch, gathered);
    batch.cases.clear();
}

// All records of one case.
void Checker::together(Batch& batch, Gathered& gathered) {
    text::SourceMap sources(text::SourceMap::OnTop{}, sources_);
    text::Diagnostics problems;
    std::deque<text::Node> trees;
    std::vector<Member> members;
    std::vector<Datum> data;
    std::uint64_t none = 0;
    const auto& first = gathered.records.front();
    Outcome out{first.file->path, first.raw.number, sources, nullptr, problems, nullptr};
    out.members = &members;
    if (gathered.too_large()) {
        const auto file = sources.add_part(first.file->path, first.raw.bytes, first.raw.begin);
        problems.error(
            {file, 0,
             std::min<std::uint32_t>(1, static_cast<std::uint32_t>(first.raw.bytes.size()))},
            "case-too-large",
            join("the case `", shown_key(gathered.key), "` has ", std::to_string(gathered.count),
                 " records of ", std::to_string(gathered.bytes >> 20u), " MiB together; ",
                 std::to_string(kLargestCase >> 20u), " MiB is the most"),
            map_.per == Per::key ? "correct `key` of the map, or spell what is no key "
                                   "as one of its `nulls`"
                                 : "split the file");
        out.count = out.not_checked = gathered.count;
        finish(batch, out);
        return;
    }
    for (auto& found : gathered.records) {
        const auto file =
            sources.add_part(found.file->path, std::move(found.raw.bytes), found.raw.begin);
        auto tree = reader_.read(found, sources, file, problems);
        if (!tree) {
            ++none;
            continue;
        }
        trees.push_back(std::move(*tree));
        const auto add = [&](const text::Node& node) {
            members.push_back({found.file, found.raw.number, &node});
            data.push_back({&node, found.file->part, false});
        };
        // What has a key was taken out of its list to be sorted by it.
        if (map_.per == Per::key)
            add(trees.back());
        else
            none += records_in(found, trees.back(), problems, add);
    }
    out.count = none + members.size();
    out.not_checked = out.count;
    if (members.empty()) {
        finish(batch, out);
        return;
    }
    auto id = name_from(map_.per == Per::file ? stem(gathered.key) : shown_key(gathered.key));
    if (id.empty()) id = join("record-", std::to_string(out.number));
    for (int round = 0;; ++round) {
        text::Diagnostics now;
        const auto root = applier_.apply(data, id, now, &batch.met);
        std::optional<model::Case> file;
        if (!now.has_errors())
            file = model::build_case(packs_.vocabulary(),
                                     {{members.front().tree->span.file, &root, true, false}}, now,
                                     packs_.policies(), packs_.terms());
        if (!now.has_errors()) {
            for (const auto& d : now.items()) problems.add(d);
            const auto broken = static_cast<std::uint64_t>(
                std::count_if(data.begin(), data.end(), [](const Datum& d) { return d.broken; }));
            if (broken == data.size()) break;
            file->file = members.front().file->path;
            if (gathering_) {
                compare(batch, *file);
                return;
            }
            if (!unwanted(batch, out, root, data.size() - broken))
                judge(batch, *file, problems, out, data.size() - broken);
            return;
        }
        // Whose fault is it? What is wrong with none of them is wrong with the case.
        bool fewer = false;
        std::vector<char> blamed(data.size(), 0);
        text::Diagnostics others;
        for (const auto& d : now.items()) {
            if (d.level != text::Level::error) continue;
            bool anybody = false;
            for (std::size_t i = 0; i < data.size(); ++i)
                if (holds(data[i].tree->span, d.span) && !data[i].broken) {
                    blamed[i] = 1;
                    anybody = true;
                }
            fewer = fewer || anybody;
            (anybody ? problems : others).add(d);
        }
        for (std::size_t i = 0; i < data.size(); ++i)
            data[i].broken = data[i].broken || blamed[i] != 0;
        if (fewer && round + 1 < kRounds) continue;
        for (const auto& d : others.items()) problems.add(d);
        break;
    }
    finish(batch, out);
}

void Checker::find_keys(Batch& batch) {
    batch.met.assign(map_.paths.size(), 0);
    each(batch, [&](Found& found) { find_key(batch, found); });
}

void Checker::find_key(Batch& batch, Found& found) {
    text::SourceMap sources(text::SourceMap::OnTop{}, sources_);
    const auto file =
        sources.add_part(found.file->path, std::move(found.raw.bytes), found.raw.begin);
    text::Diagnostics problems;
    const auto tree = reader_.read(found, sources, file, problems);
    const auto& part = map_.parts[found.file->part];
    std::uint64_t none = tree ? 0 : 1;
    std::uint64_t keyless = 0;
    if (tree)
        none = records_in(found, *tree, problems, [&](const text::Node& node) {
            const auto key = key_of(part, node, problems, &batch.met);
            if (!key) {
                ++keyless;
                return;
            }
            Found one;
            one.file = found.file;
            one.raw.number = found.raw.number;
            one.raw.offset = found.raw.offset;
            one.raw.begin = found.raw.begin;
            one.raw.bytes = sources.bytes(file);
            if (&node != &*tree) {
                // A document of its own: what stands before it on its line becomes blank.
                const auto line = sources.line_start(file, node.span.begin);
                const auto end = sources.bytes(file).find('\n', node.span.end);
                one.raw.begin = sources.position(file, line);
                one.raw.offset += line;
                one.raw.bytes = std::string(node.span.begin - line, ' ');
                one.raw.bytes += sources.bytes(file).substr(
                    node.span.begin, end == std::string_view::npos || node.flow
                                         ? node.span.end - node.span.begin
                                         : end - node.span.begin);
            }
            batch.keyed.emplace_back(*key, std::move(one));
        });
    none += keyless;
    if (none == 0) return;
    Outcome out{found.file->path, found.raw.number, sources, nullptr, problems, nullptr};
    if (tree) out.record = &*tree;
    out.count = out.not_checked = none;
    finish(batch, out);
}

void Checker::finish(Batch& batch, const Outcome& out) {
    if (gathering_) return;
    auto& t = batch.totals;
    t.read += out.count;
    t.not_checked += out.not_checked;
    t.checked += out.count - out.not_checked;
    batch.told.push_back(options_.tell(out));
}

}  // namespace antinomy::data
