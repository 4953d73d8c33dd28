#include "data/compare.hpp"

#include <algorithm>
#include <functional>

#include "text/join.hpp"

namespace antinomy::data {

namespace {

// Gets each record of a map, and whether the data name it, or one that it is nested in.
using Visit = std::function<void(const RecordMap&, bool named)>;

void each_record(const RecordMap& record, bool above, const Visit& visit) {
    const bool named = above || record.named;
    visit(record, named);
    for (const auto& field : record.fields)
        for (const auto& nested : field.nested) each_record(nested, named, visit);
}

void each_record(const Map& map, const Visit& visit) {
    for (const auto& [list, records] : map.lists)
        for (const auto& record : records) each_record(record, false, visit);
}

bool from_data(const Value& v) {
    return v.path || v.until;
}

// Is anything of it taken from the data?
bool varies(const RecordMap& r) {
    if (r.each) return true;
    for (const auto& [key, value] : r.meta)
        if (from_data(value)) return true;
    for (const auto& field : r.fields) {
        for (const auto& a : field.assertions) {
            if (from_data(a.value)) return true;
            for (const auto& [key, value] : a.meta)
                if (from_data(value)) return true;
        }
        for (const auto& nested : field.nested)
            if (varies(nested)) return true;
    }
    return false;
}

// A record of this type that has one name wherever it comes from, and is not the same.
const RecordMap* of_one_name(const Map& map, model::TypeId type) {
    const RecordMap* out = nullptr;
    each_record(map, [&](const RecordMap& r, bool named) {
        if (out == nullptr && r.type == type && !named && varies(r)) out = &r;
    });
    return out;
}

bool made(const Map& map, model::TypeId type) {
    bool out = false;
    each_record(map, [&](const RecordMap& r, bool) { out = out || r.type == type; });
    return out;
}

}  // namespace

Comparison comparison(const Map& map, const rule::Packs& packs,
                      const std::vector<std::string>& asked, text::Diagnostics& diagnostics) {
    const auto named = [&](const rule::Rule& r) {
        return std::find(asked.begin(), asked.end(), r.id) != asked.end();
    };
    // Others are judged too, silently, where those asked for rest on them.
    bool reads_findings = false;
    for (const auto& r : packs.rules()) reads_findings = reads_findings || r.reads_findings;
    Comparison out;
    for (const auto& r : packs.rules()) {
        if (!r.among) continue;
        if (!asked.empty() && !named(r) && r.kind != rule::RuleKind::fact && !reads_findings)
            continue;
        const auto& first = r.bindings.front();
        if (first.source.op == rule::Op::records && !made(map, first.type.record)) continue;
        bool good = true;
        for (const auto& alike : r.among->alike) {
            const auto& type = alike.term.type;
            if (type.kind != rule::Kind::record) continue;
            const auto* astray = of_one_name(map, type.record);
            if (astray == nullptr || !good) continue;
            good = false;
            text::Diagnostic d{named(r) ? text::Level::error : text::Level::warning,
                               "unnamed-record",
                               astray->span,
                               {},
                               text::join("rule `", r.id, "` compares what has the same `",
                                          alike.written, "`, and `", astray->name,
                                          "` has one name in all records: all would be alike"),
                               "say where the data name it: `named: $.path`",
                               {}};
            diagnostics.add(std::move(d));
        }
        if (good)
            out.rules.push_back(
                {r.id, r.among->at_least, r.among->value.term.type.kind == rule::Kind::duration});
        else
            out.left_out.push_back(r.id);
    }
    return out;
}

}  // namespace antinomy::data
