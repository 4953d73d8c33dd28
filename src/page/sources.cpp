#include "page/sources.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "html/frame.hpp"
#include "report/phrases.hpp"

namespace antinomy::page {

using check::CaseSheet;
using check::SheetAssertion;
using check::SheetRecord;
using check::SheetSource;
using html::block;
using html::element;
using html::Html;
using html::markup;
using html::text;

namespace {

constexpr std::size_t kOpen = 12;  // entries of a list that stand unfolded

// Is `a` drawn from `b`, be it by way of others?
bool drawn_from(const CaseSheet& sheet, std::string_view a, std::string_view b) {
    std::set<std::string_view> seen;
    std::vector<std::string_view> next{a};
    while (!next.empty()) {
        const auto* s = sheet.source(next.back());
        next.pop_back();
        if (s == nullptr) continue;
        for (const auto& from : s->derived_from) {
            if (from == b) return true;
            if (seen.insert(from).second) next.push_back(from);
        }
    }
    return false;
}

// What a source is a statement of: values that somebody could have got wrong. Titles and the
// sources' own fields are the file's.
bool counts(const CaseSheet& sheet, const SheetAssertion& a) {
    const auto& r = sheet.records[a.record];
    return r.type != "source" && a.type != "nested" && a.field != "title" && a.field != "name" &&
           a.field != "kind" && a.state != "withdrawn" && a.state != "proposed";
}

// Fields of one record in one line.
class ByRecord {
public:
    ByRecord(const CaseSheet& sheet, const Words& words) : sheet_(sheet), words_(words) {}
    void add(std::size_t record, const std::string& what) {
        auto& list = fields_[record];
        if (list.empty()) order_.push_back(record);
        if (std::find(list.begin(), list.end(), what) == list.end()) list.push_back(what);
    }
    [[nodiscard]] bool empty() const { return order_.empty(); }
    [[nodiscard]] std::size_t facts() const {
        std::size_t n = 0;
        for (const auto& [record, list] : fields_) n += list.size();
        return n;
    }
    [[nodiscard]] Html list() const {
        Html items;
        for (const auto record : order_)
            items += block("li", words_.name(sheet_.records[record].title) + text(": ") +
                                     words_.name(report::list_words(fields_.at(record))));
        return block("ul", markup("\n") + items);
    }
    // Folded where it is long.
    [[nodiscard]] Html folded(const std::string& words) const {
        if (order_.size() <= kOpen) return block("p", text(words)) + list();
        return block("details", block("summary", text(words)) + list());
    }

private:
    const CaseSheet& sheet_;
    const Words& words_;
    std::map<std::size_t, std::vector<std::string>> fields_;
    std::vector<std::size_t> order_;
};

void row(Html& out, const char* name, const Html& value) {
    if (value.empty()) return;
    out += block("dt", text(name)) + block("dd", value);
}
Html said(const std::string& value) {
    return value.empty() ? Html{} : text(value);
}

Html source_links(const std::vector<std::string>& ids, const Words& words) {
    Html out;
    for (std::size_t i = 0; i < ids.size(); ++i)
        out += text(i == 0 ? "" : i + 1 == ids.size() ? " and " : ", ") + words.source(ids[i]);
    return out;
}

Html source(const Dossier& d, const Words& words, std::size_t i) {
    const auto& s = d.sheet.sources[i];
    const std::string number = std::to_string(i + 1);
    const auto tag = words.language(s.id);
    const auto& title = s.title.empty() ? s.id : s.title;
    const auto titled = tag.empty() || s.title.empty()
                            ? words.name(title)
                            : element("bdi", {{"lang", tag}}, text(title));
    auto out = block("h3", {{"id", "source-" + number}}, text("Source " + number + ": ") + titled);
    Html facts;
    row(facts, "Name in the file", element("code", text(s.id)));
    row(facts, "Kind", said(field_words(s.kind)));
    row(facts, "Publisher", s.publisher.empty() ? Html{} : words.name(s.publisher));
    row(facts, "Published", said(s.published));
    row(facts, "Retrieved", said(s.retrieved));
    row(facts, "Language", said(s.language));
    row(facts, "Address", s.url.empty() ? Html{} : element("code", {{"dir", "ltr"}}, text(s.url)));
    row(facts, "Reliability",
        text(s.reliability.empty()          ? "not said"
             : s.reliability == "low"       ? "low: nothing is certain on it alone"
             : s.reliability == "unchecked" ? "unchecked: not looked up again by whoever entered it"
                                            : s.reliability));
    row(facts, "Drawn from", source_links(s.derived_from, words));
    Html ties;
    for (const auto& other : d.sheet.sources) {
        if (other.id == s.id) continue;
        const auto why = dependence(d.sheet, s.id, other.id);
        if (why.empty()) continue;
        ties += text(ties.empty() ? "" : "; ") + words.source(other.id) + text(" (" + why + ")");
    }
    row(facts, "Not independent of", ties);
    for (const auto& [name, value] : s.others)
        facts += block("dt", text(field_words(name))) + block("dd", words.name(value));
    out += block("dl", {{"class", "facts"}}, markup("\n") + facts);

    ByRecord rests(d.sheet, words);
    for (const auto& a : d.sheet.assertions)
        if (a.source == s.id && counts(d.sheet, a)) {
            auto what = field_words(a.field);
            if (!a.account.empty()) what += " (" + words.account(a.account) + ")";
            rests.add(a.record, what);
        }
    for (std::size_t r = 0; r < d.sheet.records.size(); ++r)
        if (d.sheet.records[r].source == s.id && d.sheet.records[r].assertions.empty())
            rests.add(r, "that there is one");
    std::size_t orders = 0;
    for (const auto& o : d.sheet.orders) orders += o.source == s.id ? 1u : 0u;
    if (rests.empty() && orders == 0)
        return out + block("p", text("Nothing in the file rests on it."));
    if (!rests.empty())
        out += rests.folded(
            report::count_words(rests.facts(), "fact rests on it:", "facts rest on it:"));
    if (orders > 0)
        out += block("p", text("And " + report::count_words(orders, "statement") +
                               " of what came before what."));
    return out;
}

}  // namespace

std::string dependence(const CaseSheet& sheet, std::string_view a, std::string_view b) {
    if (a == b) return "the same source";
    const auto* x = sheet.source(a);
    const auto* y = sheet.source(b);
    if (x == nullptr || y == nullptr) return {};
    if (drawn_from(sheet, a, b)) return "drawn from it";
    if (drawn_from(sheet, b, a)) return "which is drawn from this one";
    for (const auto& from : x->derived_from)
        if (std::find(y->derived_from.begin(), y->derived_from.end(), from) !=
            y->derived_from.end())
            return "both drawn from the same source";
    if (!x->publisher.empty() && x->publisher == y->publisher) return "one publisher";
    return {};
}

Html sources_section(const Dossier& d) {
    const Words words(d);
    const auto& sheet = d.sheet;
    // By fact: its sources, in the order of the file; and whether somebody names none.
    struct Support {
        std::vector<std::string> sources;
        bool without = false;
        std::size_t record = 0;
        std::string field;
    };
    std::vector<std::string> order;
    std::map<std::string, Support> support;
    for (const auto& a : sheet.assertions) {
        if (!counts(sheet, a)) continue;
        const auto [it, fresh] = support.try_emplace(a.path);
        if (fresh) order.push_back(a.path);
        it->second.record = a.record;
        it->second.field = field_words(a.field);
        if (a.source.empty()) {
            it->second.without = true;
        } else if (std::find(it->second.sources.begin(), it->second.sources.end(), a.source) ==
                   it->second.sources.end()) {
            it->second.sources.push_back(a.source);
        }
    }
    if (sheet.sources.empty() && order.empty()) return {};
    auto out = block("h2", {{"id", "sources"}}, text("Sources"));
    if (sheet.sources.empty())
        out += block("p", text("The file names no source."));
    else
        out +=
            block("p", text("By number, as the file lists them. How far a source is to be relied "
                            "on, and what it is drawn from, is what the file says of it; where it "
                            "says nothing, nothing is known of it here."));
    for (std::size_t i = 0; i < sheet.sources.size(); ++i) out += source(d, words, i);

    ByRecord none(sheet, words);
    ByRecord one(sheet, words);
    ByRecord tied(sheet, words);
    ByRecord weak(sheet, words);
    const auto number = [&](const std::string& id) {
        const auto n = words.source_number(id);
        return n == 0 ? id : "source " + std::to_string(n);
    };
    for (const auto& path : order) {
        const auto& s = support.at(path);
        if (s.sources.empty()) {
            none.add(s.record, s.field);
            continue;
        }
        const bool low = std::all_of(s.sources.begin(), s.sources.end(), [&](const auto& id) {
            const auto* x = sheet.source(id);
            return x != nullptr && x->reliability == "low";
        });
        std::vector<std::string> numbers;
        for (const auto& id : s.sources) numbers.push_back(number(id));
        const auto named = s.field + " (" + report::list_words(numbers) + ")";
        if (low) weak.add(s.record, named);
        if (s.sources.size() == 1) {
            one.add(s.record, named);
            continue;
        }
        bool free = false;  // two that nothing ties together
        for (std::size_t i = 0; i < s.sources.size(); ++i)
            for (std::size_t k = i + 1; k < s.sources.size(); ++k)
                free = free || dependence(sheet, s.sources[i], s.sources[k]).empty();
        if (!free) tied.add(s.record, named);
    }
    const auto part = [&](const char* title, const ByRecord& list, const std::string& otherwise) {
        out += block("h3", text(title));
        if (list.empty())
            out += block("p", text(otherwise));
        else
            out += list.folded(report::count_words(list.facts(), "fact") + ":");
    };
    part("Facts with no source", none, "None: each fact names one.");
    if (!sheet.sources.empty()) {
        part("Facts with one source only", one, "None.");
        part("Facts whose sources are not independent", tied,
             "No fact has two sources or more that depend on each other, as far as the file says "
             "what its "
             "sources are drawn from. What has one source only stands above.");
        if (!weak.empty()) part("Facts on weak sources alone", weak, "");
    }
    return out;
}

}  // namespace antinomy::page
