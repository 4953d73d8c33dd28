#include "data/checker.hpp"

#include <utility>

#include "text/join.hpp"

namespace antinomy::data {

void Checker::check(Batch& batch) {
    batch.met.assign(map_.paths.size(), 0);
    for (auto& found : batch.records) {
        if (found.raw.lines == 0) {
            one(batch, found);
            continue;
        }
        Found line;
        line.file = found.file;
        LinesOf lines(found.raw);
        while (lines.next(line.raw)) one(batch, line);
    }
    batch.records.clear();
    if (!sketcher_) return;
    batch.totals.gaps += std::exchange(tally_.gaps, 0);
    for (std::size_t i = 0; i < tally_.applied.size(); ++i)
        if (const auto n = std::exchange(tally_.applied[i], 0); n > 0) {
            auto& counts = batch.totals.rules[screen_->rules()[i]];
            counts.applied += n;
            counts.passed += std::exchange(tally_.passed[i], 0);
        }
}

// Is there nothing to tell of a record? Then it is counted, and done with.
bool Checker::quiet(Batch& batch, check::Sketch* sketch) {
    if (sketch == nullptr || !screen_->quiet(*sketch, tally_)) return false;
    ++batch.totals.read;
    ++batch.totals.checked;
    ++batch.totals.quiet;
    return true;
}

void Checker::one(Batch& batch, Found& found) {
    const bool json = map_.reads == Reads::json || map_.reads == Reads::jsonl;
    if (json && sketcher_ && !gathering_ && !found.raw.flaw &&
        quiet(batch, sketcher_->of_json(found.raw.bytes, batch.met)))
        return;
    text::SourceMap sources(text::SourceMap::OnTop{}, sources_);
    const auto file =
        sources.add_part(found.file->path, std::move(found.raw.bytes), found.raw.begin);
    text::Diagnostics problems;
    const auto tree = reader_.read(found, sources, file, problems);
    if (!tree) {
        finish(batch, {found.file->path, found.raw.number, sources, nullptr, problems, nullptr});
    } else if (map_.reads == Reads::yaml && map_.records) {
        list(batch, found, sources, *tree);
    } else {
        record(batch, found, sources, *tree);
    }
}

void Checker::gather(Batch& batch) {
    gathering_ = true;
    check(batch);
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

// The list of records in one document.
void Checker::list(Batch& batch, const Found& found, const text::SourceMap& sources,
                   const text::Node& tree) {
    std::vector<const text::Node*> nodes;
    std::optional<Astray> astray;
    static_cast<void>(follow(*map_.records, tree, tree, nodes, astray));
    if (!astray && nodes.size() == 1 && nodes.front()->is_sequence()) {
        for (const auto& item : nodes.front()->items) record(batch, found, sources, item);
        return;
    }
    text::Diagnostics problems;
    problems.error(
        tree.span, "no-records",
        astray ? astray->message
               : text::join("`", map_.records->written, "` leads to ",
                            nodes.empty() ? std::string_view("nothing") : kind_word(*nodes.front()),
                            ", not to a list of records"),
        "correct `records:` of the map");
    finish(batch, {found.file->path, found.raw.number, sources, nullptr, problems, nullptr});
}

void Checker::record(Batch& batch, const Found& found, const text::SourceMap& sources,
                     const text::Node& tree) {
    text::Diagnostics problems;
    Outcome out{found.file->path, found.raw.number, sources, &tree, problems, nullptr};
    if (!tree.is_mapping()) {
        problems.error(tree.span, "wrong-type",
                       text::join("a record is a mapping, found ", kind_word(tree)),
                       "correct `records:` of the map, or the record");
        finish(batch, out);
        return;
    }
    const bool json = map_.reads == Reads::json || map_.reads == Reads::jsonl;
    if (!gathering_ && !json && sketcher_ && quiet(batch, sketcher_->of_tree(tree, batch.met)))
        return;
    const auto root = applier_.apply(tree, text::join("record-", std::to_string(found.raw.number)),
                                     problems, &batch.met);
    if (problems.has_errors()) {
        finish(batch, out);
        return;
    }
    auto file = model::build_case(packs_.vocabulary(), {{tree.span.file, &root, true, false}},
                                  problems, packs_.policies(), packs_.terms());
    file.file = found.file->path;
    if (problems.has_errors()) {
        finish(batch, out);
        return;
    }
    if (gathering_) {
        compare(batch, file);
        return;
    }
    auto checked = check::check_case(packs_, file, options_.check);
    for (const auto& u : checked.result.undecided)
        problems.error(tree.span, "undecided",
                       text::join(u.rule.empty() ? "" : text::join("rule `", u.rule, "`"),
                                  u.at.empty() ? "" : text::join(" at ", u.at),
                                  u.rule.empty() ? "" : ": ", u.why),
                       "give narrower dates, or split the record");
    batch.totals.count(checked);
    out.result = &checked.result;
    finish(batch, out);
}

void Checker::finish(Batch& batch, const Outcome& out) {
    if (gathering_) return;
    auto& t = batch.totals;
    ++t.read;
    ++(out.problems.has_errors() || out.result == nullptr ? t.not_checked : t.checked);
    batch.told.push_back(options_.tell(out));
}

}  // namespace antinomy::data
