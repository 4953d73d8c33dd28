#include "cli/kept_findings.hpp"

#include <algorithm>

namespace antinomy::cli {

struct KeptFindings::Record {
    check::CaseResult result;
    struct Part {
        std::string name;
        std::string bytes;
        text::Position begin;
    };
    std::vector<Part> parts;
    std::vector<Error> errors;
    std::size_t first = 0;  // the number of the first of them in the spans of the findings
    std::size_t bytes = 0;
};

namespace {

// Every place of a finding gets the number that its file has now.
class Moved {
public:
    Moved(std::size_t first, std::size_t to) : first_(first), to_(to) {}

    void finding(check::Finding& f) const {
        places(f.places);
        for (auto& b : f.blocks) places(b.places);
        proof(f.proof);
        for (auto& p : f.more_proofs) proof(p);
        span(f.suppressed_at);
    }

private:
    void span(text::Span& s) const {
        if (s.file.valid() && s.file.value >= first_)
            s.file.value = static_cast<std::uint32_t>(s.file.value - first_ + to_);
    }
    void places(std::vector<check::Place>& list) const {
        for (auto& p : list) span(p.span);
    }
    void standings(std::vector<check::Standing>& list) const {
        for (auto& s : list)
            for (auto& left : s.without) span(left.span);
    }
    void proof(check::Proof& p) const {
        standings(p.holds);
        for (auto* list : {&p.facts, &p.premises})
            for (auto& fact : *list) span(fact.span);
        for (auto& r : p.requirements) span(r.span);
        for (auto& w : p.witnesses) standings(w.holds);
    }

    std::size_t first_;
    std::size_t to_;
};

}  // namespace

std::shared_ptr<const KeptFindings::Record> KeptFindings::of(const data::Outcome& out,
                                                             std::size_t first) {
    const bool found = out.result != nullptr && !out.result->findings.empty();
    if (!found && !out.problems.has_errors()) return nullptr;
    auto record = std::make_shared<Record>();
    for (const auto& d : out.problems.items()) {
        if (d.level != text::Level::error) continue;
        Error e{d, {}, d.span.valid()};
        if (e.placed) {
            e.at = out.sources.position(d.span.file, d.span.begin);
            e.what.where = std::string(out.sources.name(d.span.file));
        }
        e.what.span = {};
        e.what.related.clear();
        record->errors.push_back(std::move(e));
    }
    if (!found) return record;
    const auto& from = *out.result;
    record->result.id = from.id;
    record->result.title = from.title;
    record->result.file = from.file;
    record->result.findings = from.findings;
    record->first = first;
    for (auto i = first; i < out.sources.size(); ++i) {
        const text::FileId id{static_cast<std::uint32_t>(i)};
        record->parts.push_back({std::string(out.sources.name(id)),
                                 std::string(out.sources.bytes(id)), out.sources.position(id, 0)});
        record->bytes += record->parts.back().bytes.size();
    }
    return record;
}

void KeptFindings::take(const std::shared_ptr<const Record>& record) {
    if (record == nullptr) return;
    for (const auto& e : record->errors) {
        if (errors_.size() < kFindings)
            errors_.push_back(e);
        else
            ++errors_left_out_;
    }
    const auto& list = record->result.findings;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto& f = list[i];
        const int how_bad = static_cast<int>(f.severity) * 2 +
                            (f.verdict == check::Verdict::possible ? 1 : 0) +
                            (f.suppressed.empty() && f.baseline != check::Baseline::old ? 0 : 8);
        kept_[{how_bad, next_++}] = {record, i};
        if (++records_[record.get()] == 1) bytes_ += record->bytes;
    }
    while (kept_.size() > kFindings || (bytes_ > kBytes && kept_.size() > 1)) {
        const auto last = std::prev(kept_.end());
        const auto* of = last->second.record.get();
        if (last->second.record->result.findings[last->second.finding].suppressed.empty())
            ++left_out_;
        if (--records_[of] == 0) {
            bytes_ -= of->bytes;
            records_.erase(of);
        }
        kept_.erase(last);
    }
}

check::Result KeptFindings::result(text::SourceMap& sources) const {
    check::Result out;
    std::map<std::uint64_t, const One*> in_order;
    for (const auto& [key, one] : kept_) in_order[key.second] = &one;
    const Record* last = nullptr;
    std::size_t to = 0;
    for (const auto& [number, one] : in_order) {
        const auto& record = *one->record;
        if (&record != last) {
            last = &record;
            to = sources.size();
            for (const auto& p : record.parts) sources.add_part(p.name, p.bytes, p.begin);
            check::CaseResult c;
            c.id = record.result.id;
            c.title = record.result.title;
            c.file = record.result.file;
            out.cases.push_back(std::move(c));
        }
        auto finding = record.result.findings[one->finding];
        Moved(record.first, to).finding(finding);
        out.cases.back().findings.push_back(std::move(finding));
    }
    return out;
}

std::vector<text::Diagnostic> KeptFindings::errors(text::SourceMap& sources) const {
    std::vector<text::Diagnostic> out;
    for (const auto& e : errors_) {
        out.push_back(e.what);
        // A part of the file that begins there and holds nothing: a place alone.
        if (e.placed) out.back().span = {sources.add_part(e.what.where, "", e.at), 0, 0};
    }
    return out;
}

}  // namespace antinomy::cli
