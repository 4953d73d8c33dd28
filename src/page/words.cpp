#include "page/words.hpp"

#include <algorithm>

#include "report/phrases.hpp"

namespace antinomy::page {

using html::element;
using html::Html;
using html::text;

namespace {

// A primary language of two or three letters, and parts of letters and digits behind it: what a
// browser takes for a language (BCP 47, section 2.1, without its rarer forms).
bool is_language(std::string_view tag) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    std::size_t part = 0;
    std::size_t length = 0;
    for (std::size_t i = 0; i <= tag.size(); ++i) {
        if (i < tag.size() && tag[i] != '-') {
            const bool digit = tag[i] >= '0' && tag[i] <= '9';
            if (!letter(tag[i]) && (part == 0 || !digit)) return false;
            ++length;
            continue;
        }
        if (part == 0 ? length < 2 || length > 3 : length < 2 || length > 8) return false;
        ++part;
        length = 0;
    }
    return true;
}

// Where the record of a path may end: the dots, from behind.
std::string_view shorter(std::string_view path) {
    const auto dot = path.rfind('.');
    return dot == std::string_view::npos ? std::string_view{} : path.substr(0, dot);
}

}  // namespace

bool has_charges(const check::CaseSheet& sheet) {
    return std::any_of(sheet.records.begin(), sheet.records.end(),
                       [](const auto& r) { return r.type == "charge" || r.type == "sentence"; });
}

std::string field_words(std::string_view field) {
    std::string out(field);
    for (char& c : out)
        if (c == '_' || c == '.') c = ' ';
    return out;
}

std::string days_words(const time::Window& w) {
    if (!time::bounded(w.first) && !time::bounded(w.last)) return "any day";
    if (!time::bounded(w.first)) return "until " + time::to_string(w.last);
    if (!time::bounded(w.last)) return "from " + time::to_string(w.first) + " on";
    if (w.single()) return time::to_string(w.first);
    return time::to_string(w.first) + " to " + time::to_string(w.last);
}

std::string days_words(const time::DaySet& set) {
    constexpr std::size_t most = 12;
    std::string out;
    const auto& windows = set.windows();
    for (std::size_t i = 0; i < windows.size(); ++i) {
        if (i == most)
            return out + " and " +
                   report::count_words(windows.size() - most, "more stretch", "more stretches");
        out += (i == 0 ? "" : i + 1 == windows.size() ? " or " : ", ") + days_words(windows[i]);
    }
    return out;
}

Words::Words(const Dossier& d) : dossier_(d) {
    for (const auto& r : d.sheet.records) titles_[r.path] = r.title;
    for (const auto& a : d.sheet.accounts)
        if (!a.id.empty()) accounts_[a.id] = a.title;
    for (std::size_t i = 0; i < d.sheet.sources.size(); ++i)
        sources_[d.sheet.sources[i].id] = i + 1;
}

std::string Words::record_of(std::string_view path) const {
    for (auto p = path.substr(0, path.find(": ")); !p.empty(); p = shorter(p))
        if (titles_.count(p) > 0) return std::string(p);
    return {};
}

std::string Words::title(std::string_view path) const {
    const auto it = titles_.find(path);
    if (it != titles_.end() && !it->second.empty()) return it->second;
    const auto dot = path.rfind('.');
    return std::string(dot == std::string_view::npos ? path : path.substr(dot + 1));
}

std::string Words::point(std::string_view path) const {
    const auto record = record_of(path);
    if (record.empty()) return std::string(path);
    auto out = title(record);
    auto rest = path.substr(record.size());
    if (rest.empty()) return out;
    std::string value;
    if (const auto colon = rest.find(": "); colon != std::string_view::npos) {
        value = rest.substr(colon);
        rest = rest.substr(0, colon);
    }
    if (rest.size() > 1) out += ", " + field_words(rest.substr(1));
    return out + value;
}

std::string Words::account(std::string_view id) const {
    const auto it = accounts_.find(id);
    return it == accounts_.end() || it->second.empty() ? std::string(id) : it->second;
}

std::string Words::accounts(const std::vector<std::string>& ids) const {
    std::vector<std::string> names;
    for (const auto& id : ids) names.push_back(account(id));
    return report::list_words(names);
}

std::string Words::person(std::string_view id) const {
    const auto it = titles_.find("persons." + std::string(id));
    return it == titles_.end() || it->second.empty() ? std::string(id) : it->second;
}

std::size_t Words::source_number(std::string_view id) const {
    const auto it = sources_.find(id);
    return it == sources_.end() ? 0 : it->second;
}

std::string Words::language(std::string_view source) const {
    const auto number = source_number(source);
    if (number == 0) return {};
    const auto& tag = dossier_.sheet.sources[number - 1].language;
    return is_language(tag) ? tag : "";
}

Html Words::name(std::string_view name) const {
    return element("bdi", text(name));
}

Html Words::source(std::string_view id) const {
    const auto number = source_number(id);
    if (number == 0) return element("code", text(id));
    return element("a", {{"href", "#source-" + std::to_string(number)}},
                   text("source " + std::to_string(number)));
}

std::string Words::caution(std::string_view source, bool doubtful) const {
    const auto number = source_number(source);
    const auto reliability =
        number == 0 ? std::string() : dossier_.sheet.sources[number - 1].reliability;
    return std::string(report::caution_words(reliability, doubtful));
}

Html Words::quote(std::string_view quote, std::string_view source) const {
    const auto tag = language(source);
    if (tag.empty()) return element("q", {{"dir", "auto"}}, text(quote));
    return element("q", {{"lang", tag}, {"dir", "auto"}}, text(quote));
}

Html Words::rule(const check::Finding& f) const {
    if (f.rule_title.empty()) return name(f.rule);
    const auto tag = dossier_.wording.of(f.rule_title);
    if (tag.empty()) return name(f.rule_title);
    return element("bdi", {{"lang", tag}}, text(f.rule_title));
}

Html Words::spoken(std::string_view written, const Html& content) const {
    const auto tag = dossier_.wording.of(written);
    return tag.empty() ? content : element("span", {{"lang", tag}}, content);
}

Html Words::spoken(const check::Finding& f, const Html& content) const {
    const auto tag = dossier_.wording.of_message(f);
    return tag.empty() ? content : element("span", {{"lang", tag}}, content);
}

Html Words::prose(std::string_view written) const {
    Html out;
    while (!written.empty()) {
        const auto open = written.find('`');
        const auto close = open == std::string_view::npos ? open : written.find('`', open + 1);
        if (close == std::string_view::npos) return out + text(written);
        out += text(written.substr(0, open));
        const auto inside = written.substr(open + 1, close - open - 1);
        if (accounts_.count(inside) > 0)
            out += name(account(inside));
        else if (!record_of(inside).empty())
            out += element("bdi", {{"class", "point"}}, text(point(inside)));
        else if (source_number(inside) > 0)
            out += source(inside);
        else
            out += element("code", text(inside));
        written.remove_prefix(close + 1);
    }
    return out;
}

std::string Words::verdict(const check::Finding& f) const {
    std::string out(check::word(f.verdict));
    if (!f.given.empty()) {
        std::vector<std::string> names;
        for (const auto& g : f.given) {
            auto who = account(g.account);
            if (std::find(names.begin(), names.end(), who) == names.end())
                names.push_back(std::move(who));
        }
        out += ", given the word of " + report::list_words(names);
    }
    if (!f.condition.empty()) out += " (certain if " + f.condition + " holds)";
    return out;
}

std::string Words::views(const check::Finding& f) const {
    if (f.between_sources) return "between sources";
    if (f.accounts.empty()) return "in every account";
    if (f.relation == check::Relation::between) return "between " + accounts(f.accounts);
    return "on the account of " + accounts(f.accounts);
}

Html Words::said(const check::ExceptionLooked& e) const {
    if (e.said_by.empty())
        return text(e.elsewhere ? "not stated on this account" : "nobody says so");
    std::vector<std::string> who;
    for (const auto& a : e.said_by)
        if (!a.empty()) who.push_back(account(a));
    if (who.empty()) return text("the file says so elsewhere");
    return text("only ") + name(report::list_words(who)) +
           text(who.size() == 1 ? " says so" : " say so");
}

Html Words::rivals(const check::Contrary& c) const {
    Html out;
    for (const auto& r : c.values) {
        if (!out.empty()) out += text("; and ");
        out += name(point(r.path)) + text(": ") + element("strong", name(r.value));
        if (!r.instead_of.empty()) out += text(", in place of ") + name(r.instead_of);
        Html who;
        for (const auto& w : r.said) {
            if (!who.empty()) who += text("; ");
            check::Fact f;
            f.account = w.account;
            f.speaker = w.speaker;
            f.source = w.source;
            who += whose(f);
        }
        out += text(" ") + element("span", {{"class", "whose"}}, text("(") + who + text(")"));
    }
    return out;
}

std::string Words::others(const check::Others& others) const {
    return check::others_words(others, [this](const std::string& id) { return account(id); });
}

Html Words::whose(const check::Fact& f) const {
    Html out;
    if (!f.speaker.empty()) out += name(person(f.speaker));
    if (!f.account.empty())
        out += text(f.speaker.empty() ? "" : ", for ") + name(account(f.account));
    if (f.speaker.empty() && f.account.empty()) out += text("Not tied to an account");
    if (f.source.empty())
        out += text("; no source given");
    else
        out += text("; ") + source(f.source);
    if (f.state == "unchallenged")
        out += text("; unchallenged: ") + name(others(f.others));
    else if (!f.state.empty())
        out += text("; " + f.state);
    if (const auto words = caution(f.source, f.doubtful); !words.empty())
        out += text("; ") + element("em", text(words));
    return out;
}

Html severity_tag(check::Severity s) {
    const std::string word(check::word(s));
    return element("span", {{"class", "tag " + word}}, text(word));
}

Html verdict_tag(const Words& words, const check::Finding& f) {
    return element("span", {{"class", "tag " + std::string(check::word(f.verdict))}},
                   text(words.verdict(f)));
}

}  // namespace antinomy::page
