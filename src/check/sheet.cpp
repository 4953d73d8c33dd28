#include "check/sheet.hpp"

#include <algorithm>
#include <set>

#include "check/run.hpp"
#include "check/state.hpp"

namespace antinomy::check {

using model::AccountId;
using model::AssertionId;
using model::FieldKind;
using model::RecordId;

namespace {

std::string_view word(FieldKind kind) {
    switch (kind) {
        case FieldKind::day:
            return "date";
        case FieldKind::period:
            return "period";
        case FieldKind::duration:
            return "duration";
        case FieldKind::integer:
            return "int";
        case FieldKind::number:
            return "number";
        case FieldKind::boolean:
            return "bool";
        case FieldKind::text:
            return "text";
        case FieldKind::word:
            return "word";
        case FieldKind::reference:
            return "reference";
        case FieldKind::nested:
            return "nested";
    }
    return "text";
}

std::string_view word(model::Role role) {
    switch (role) {
        case model::Role::party:
            return "party";
        case model::Role::court:
            return "court";
        case model::Role::other:
            return "other";
    }
    return "other";
}

std::string_view word(model::Answer answer) {
    switch (answer) {
        case model::Answer::no:
            return "no";
        case model::Answer::yes:
            return "yes";
        case model::Answer::unknown:
            return "unknown";
    }
    return "unknown";
}

class Maker {
public:
    Maker(const rule::Packs& packs, const model::Case& c, const text::SourceMap& files,
          const std::optional<std::vector<std::string>>& sources)
        : vocabulary_(packs.vocabulary()), case_(c), files_(files) {
        Options options;
        options.sources = sources;
        selection_ = selection_of(vocabulary_, case_, options);
        source_ = vocabulary_.find("source");
    }

    CaseSheet run() {
        out_.id = case_.id;
        out_.title = case_.title;
        out_.forum = case_.forum;
        out_.timezone = case_.timezone;
        out_.complete = case_.complete;
        find_weak();
        records();
        assertions();
        titles();
        sources();
        accounts();
        lines();
        return std::move(out_);
    }

private:
    [[nodiscard]] std::string id_of(RecordId r) const {
        return r.valid() ? case_.record(r).id : std::string();
    }
    [[nodiscard]] std::string path_of(const model::Assertion& a) const {
        const auto& r = case_.record(a.record);
        return r.path + '.' + vocabulary_.type(r.type).fields[a.field].name;
    }
    // Of a record's field, the first that is said of it.
    [[nodiscard]] const model::Assertion* first(RecordId r, std::string_view field) const {
        const auto& record = case_.record(r);
        const auto index = vocabulary_.type(record.type).field_index(field);
        if (index == SIZE_MAX || record.fields[index].empty()) return nullptr;
        return &case_.assertion(record.fields[index].front());
    }
    [[nodiscard]] std::string written(RecordId r, std::string_view field) const {
        const auto* a = first(r, field);
        return a == nullptr ? std::string() : a->value.written;
    }

    void find_weak() {
        for (std::uint32_t i = 0; i < case_.records.size(); ++i)
            if (source_.valid() && case_.records[i].type == source_ &&
                is_weak(case_, vocabulary_, RecordId{i}))
                weak_.insert(RecordId{i});
    }

    void records() {
        record_at_.assign(case_.records.size(), SIZE_MAX);
        for (std::uint32_t i = 0; i < case_.records.size(); ++i) {
            const auto& r = case_.records[i];
            // Sources that the check is to do without are nobody's either.
            const RecordId self{i};
            if (!selection_.admits(r.source) ||
                (r.type == source_ && selection_.sources && !selection_.admits(self)))
                continue;
            record_at_[i] = out_.records.size();
            SheetRecord s;
            const auto& type = vocabulary_.type(r.type);
            s.id = r.id;
            s.path = r.path;
            s.type = type.name;
            s.plural = type.plural;
            if (type.nested) {
                const auto end = r.path.rfind('.');
                const auto begin = end == std::string::npos ? end : r.path.rfind('.', end - 1);
                if (begin != std::string::npos)
                    s.plural = r.path.substr(begin + 1, end - begin - 1);
            }
            s.title = r.id;
            if (r.parent.valid() && record_at_[r.parent.value] != SIZE_MAX)
                s.parent = record_at_[r.parent.value];
            s.account = account_name(case_, r.by);
            s.source = id_of(r.source);
            s.state = std::string(model::word(r.state));
            s.span = r.span;
            out_.records.push_back(std::move(s));
        }
    }

    void assertions() {
        assertion_at_.assign(case_.assertions.size(), SIZE_MAX);
        for (std::uint32_t i = 0; i < case_.assertions.size(); ++i) {
            const auto& a = case_.assertions[i];
            const auto record = record_at_[a.record.value];
            if (record == SIZE_MAX || !selection_.admits(a.source)) continue;
            const auto& field = vocabulary_.type(case_.record(a.record).type).fields[a.field];
            SheetAssertion s;
            s.record = record;
            s.path = path_of(a);
            s.field = field.name;
            s.type = std::string(word(field.kind));
            s.list = field.list;
            s.value = a.value.written;
            s.items = a.value.texts;
            for (const auto r : a.value.records)
                if (record_at_[r.value] != SIZE_MAX) s.records.push_back(record_at_[r.value]);
            s.account = account_name(case_, a.by);
            s.source = id_of(a.source);
            s.speaker = id_of(a.speaker);
            s.state = std::string(model::word(a.state));
            s.pending = a.value.pending;
            s.quote = a.quote;
            s.quote_of_record = a.quote_of_record;
            if (!a.quote.empty() && a.source.valid())
                s.quote_language = written(a.source, "language");
            s.closed = a.closed;
            s.doubtful = a.value.day.doubtful || a.value.period.start.doubtful ||
                         a.value.period.end.doubtful ||
                         (a.source.valid() && weak_.count(a.source) != 0);
            if (a.span.valid()) {
                const auto at = files_.position(a.span.file, a.span.begin);
                s.place = std::string(files_.name(a.span.file)) + ':' + std::to_string(at.line) +
                          ':' + std::to_string(at.column);
            }
            s.span = a.span;
            assertion_at_[i] = out_.assertions.size();
            out_.records[record].assertions.push_back(out_.assertions.size());
            out_.assertions.push_back(std::move(s));
        }
    }

    void titles() {
        for (std::uint32_t i = 0; i < case_.records.size(); ++i) {
            if (record_at_[i] == SIZE_MAX) continue;
            const auto& field = vocabulary_.type(case_.records[i].type).title_field;
            if (field.empty()) continue;
            if (auto title = written(RecordId{i}, field); !title.empty())
                out_.records[record_at_[i]].title = std::move(title);
        }
    }

    void sources() {
        for (std::uint32_t i = 0; i < case_.records.size(); ++i) {
            if (record_at_[i] == SIZE_MAX || !source_.valid() ||
                !(case_.records[i].type == source_))
                continue;
            const RecordId r{i};
            SheetSource s;
            s.id = case_.records[i].id;
            s.record = record_at_[i];
            s.kind = written(r, "kind");
            s.title = written(r, "title");
            s.publisher = written(r, "publisher");
            s.url = written(r, "url");
            s.language = written(r, "language");
            s.published = written(r, "published");
            s.retrieved = written(r, "retrieved");
            s.reliability = written(r, "reliability");
            if (const auto* a = first(r, "derived_from"))
                for (const auto from : a->value.records) s.derived_from.push_back(id_of(from));
            static const std::set<std::string_view> known{
                "kind",      "title",     "publisher",   "url",         "language",
                "published", "retrieved", "reliability", "derived_from"};
            for (const auto& f : vocabulary_.type(source_).fields)
                if (known.count(f.name) == 0)
                    if (auto value = written(r, f.name); !value.empty())
                        s.others.emplace_back(f.name, std::move(value));
            out_.sources.push_back(std::move(s));
        }
    }

    // Open identities are answered no: what is said of each is shown as its own.
    void accounts() {
        model::World apart;
        for (std::size_t i = 0; i < case_.identities.size(); ++i)
            if (case_.identities[i].value == model::Answer::unknown)
                apart.answers.emplace_back(i, false);
        out_.has_accounts = !case_.accounts.empty();
        if (case_.accounts.empty()) {
            account(AccountId{}, SheetAccount{}, apart);
            return;
        }
        for (std::uint32_t i = 0; i < case_.accounts.size(); ++i) {
            const auto& a = case_.accounts[i];
            SheetAccount s;
            s.id = a.id;
            s.title = a.title;
            s.role = std::string(word(a.role));
            for (const auto other : a.adopts) s.adopts.push_back(account_name(case_, other));
            account(AccountId{i}, std::move(s), apart);
        }
    }

    void account(AccountId id, SheetAccount s, const model::World& world) {
        const auto view = model::make_view(case_, id, selection_, world);
        for (std::uint32_t i = 0; i < case_.records.size(); ++i) {
            const auto at = record_at_[i];
            if (at == SIZE_MAX || !view.exists[i]) continue;
            s.records.push_back(at);
            const auto& fields = vocabulary_.type(case_.records[i].type).fields;
            for (std::size_t f = 0; f < fields.size(); ++f) {
                SheetHeld held;
                for (const auto a : view.held(case_, RecordId{i}, f))
                    if (assertion_at_[a.value] != SIZE_MAX)
                        held.assertions.push_back(assertion_at_[a.value]);
                if (held.assertions.empty()) continue;
                held.path = case_.records[i].path + '.' + fields[f].name;
                s.holds.push_back(std::move(held));
            }
        }
        out_.accounts.push_back(std::move(s));
    }

    void lines() {
        for (const auto& o : case_.orders) {
            if (!selection_.admits(o.source)) continue;
            SheetOrder s;
            s.path = "order[" + std::to_string(o.index) + ']';
            s.text = o.text;
            s.account = account_name(case_, o.by);
            s.source = id_of(o.source);
            s.doubtful = o.doubtful || (o.source.valid() && weak_.count(o.source) != 0);
            s.span = o.span;
            out_.orders.push_back(std::move(s));
        }
        for (const auto& line : case_.identities) {
            if (!selection_.admits(line.source)) continue;
            out_.identities.push_back({case_.record(line.a).path, case_.record(line.b).path,
                                       std::string(word(line.value)), account_name(case_, line.by),
                                       id_of(line.source), line.span});
        }
    }

    const model::Vocabulary& vocabulary_;
    const model::Case& case_;
    const text::SourceMap& files_;
    model::Selection selection_;
    model::TypeId source_;
    std::set<RecordId> weak_;
    std::vector<std::size_t> record_at_;     // by record of the case; SIZE_MAX: left out
    std::vector<std::size_t> assertion_at_;  // by assertion of the case
    CaseSheet out_;
};

}  // namespace

const SheetRecord* CaseSheet::record_at(std::string_view path) const {
    while (!path.empty()) {
        for (const auto& r : records)
            if (r.path == path) return &r;
        const auto dot = path.rfind('.');
        if (dot == std::string_view::npos) break;
        path = path.substr(0, dot);
    }
    return nullptr;
}

const SheetSource* CaseSheet::source(std::string_view name) const {
    const auto it = std::find_if(sources.begin(), sources.end(),
                                 [&](const SheetSource& s) { return s.id == name; });
    return it == sources.end() ? nullptr : &*it;
}

const SheetAccount* CaseSheet::account(std::string_view name) const {
    const auto it = std::find_if(accounts.begin(), accounts.end(),
                                 [&](const SheetAccount& a) { return a.id == name; });
    return it == accounts.end() ? nullptr : &*it;
}

std::vector<std::size_t> CaseSheet::of(const SheetRecord& r, std::string_view field) const {
    std::vector<std::size_t> out;
    for (const auto a : r.assertions)
        if (assertions[a].field == field) out.push_back(a);
    return out;
}

std::string CaseSheet::title_of(std::string_view type, std::string_view name) const {
    const SheetRecord* found = nullptr;
    for (const auto& r : records) {
        if (r.type != type || r.id != name) continue;
        if (found != nullptr) return std::string(name);
        found = &r;
    }
    return found == nullptr ? std::string(name) : found->title;
}

CaseSheet make_sheet(const rule::Packs& packs, const model::Case& c, const text::SourceMap& files,
                     const std::optional<std::vector<std::string>>& sources) {
    return Maker(packs, c, files, sources).run();
}

}  // namespace antinomy::check
