#include "page/words.hpp"

#include <algorithm>

#include "report/phrases.hpp"
#include "time/words.hpp"

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

// Part of a name within a value or a message.
bool in_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '@' || static_cast<unsigned char>(c) >= 0x80;
}

// What may be a name in a text, one after the other: where it begins, and the name without the end
// of its sentence.
template <class Do>
void each_name(std::string_view written, const Do& take) {
    for (std::size_t i = 0; i < written.size();) {
        if (!in_name(written[i])) {
            ++i;
            continue;
        }
        auto end = i;
        while (end < written.size() && in_name(written[end])) ++end;
        auto word = written.substr(i, end - i);
        while (!word.empty() && word.back() == '.') word.remove_suffix(1);
        take(i, word);
        i = end;
    }
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
    if (auto recurring = time::recurring_words(set); !recurring.empty()) return recurring;
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
    for (const auto& r : d.sheet.records) {
        // What has no title is named by what it is, too.
        titles_[r.path] = r.title == r.id ? field_words(r.type) + " " + r.id : r.title;
        if (r.parent) continue;
        // An id that two records have names neither.
        const auto [it, fresh] = ids_.try_emplace(r.id, r.path);
        if (!fresh) it->second.clear();
        ids_[r.type + '.' + r.id] = r.path;
    }
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
    std::string whose;
    if (const auto at = rest.find('@'); at != std::string_view::npos) {
        whose = ", as " + account(rest.substr(at + 1)) + " has it";
        rest = rest.substr(0, at);
    }
    if (rest.size() > 1) out += ", " + field_words(rest.substr(1));
    return out + whose + value;
}

Html Words::dated(std::string_view path, bool first) const {
    const auto capital = [&](std::string s) {
        if (first && !s.empty() && s[0] >= 'a' && s[0] <= 'z')
            s[0] = static_cast<char>(s[0] - 'a' + 'A');
        return s;
    };
    const auto record = record_of(path);
    if (record.empty() || record.size() + 1 >= path.size()) return name(capital(point(path)));
    auto field = path.substr(record.size() + 1);
    std::string whose;
    if (const auto at = field.find('@'); at != std::string_view::npos) {
        whose = ", as " + account(field.substr(at + 1)) + " has it";
        field = field.substr(0, at);
    }
    const auto number = source_number(record.substr(record.rfind('.') + 1));
    const bool of_source =
        number > 0 && record == "sources." + dossier_.sheet.sources[number - 1].id;
    return (of_source ? source(dossier_.sheet.sources[number - 1].id)
                      : name(capital(title(record)))) +
           text(" (" + field_words(field)) + (whose.empty() ? Html() : name(whose)) + text(")");
}

std::string Words::path_of(std::string_view written) const {
    const auto known = [&](std::string_view path) {
        const auto record = record_of(path);
        return !record.empty() && record.size() < path.size();
    };
    if (known(written)) return std::string(written);
    for (auto dot = written.find('.'); dot != std::string_view::npos;
         dot = written.find('.', dot + 1)) {
        const auto it = ids_.find(written.substr(0, dot));
        if (it == ids_.end() || it->second.empty()) continue;
        return it->second + std::string(written.substr(dot));
    }
    return {};
}

Html Words::value(std::string_view path, std::string_view written) const {
    for (const auto& a : dossier_.sheet.assertions) {
        if (a.records.empty() || a.path != path || a.value != written) continue;
        Html out;
        for (const auto i : a.records)
            out +=
                (out.empty() ? Html() : text(", ")) + name(title(dossier_.sheet.records[i].path));
        return out;
    }
    Html out;
    std::size_t told = 0;
    each_name(written, [&](std::size_t i, std::string_view word) {
        const auto to = path_of(word);
        if (to.empty()) return;
        if (i > told) out += name(written.substr(told, i - told));
        out += dated(to);
        told = i + word.size();
    });
    if (told < written.size()) out += name(written.substr(told));
    return out;
}

Html Words::as_written(std::string_view path, std::string_view written) const {
    const bool signs =
        written.find_first_of("/[],{}.%~?X") != std::string_view::npos &&
        written.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
    return signs ? element("code", name(written)) : value(path, written);
}

Html Words::values(std::string_view path, std::string_view written) const {
    Html out;
    for (auto rest = written; !rest.empty();) {
        const auto end = rest.find(" or ");
        out += (out.empty() ? Html() : text(" or ")) + value(path, rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 4);
    }
    return out;
}

std::string Words::joined(std::string_view ids) const {
    std::vector<std::string> names;
    for (auto rest = ids; !rest.empty();) {
        auto end = rest.find(" and ");
        std::size_t skip = 5;
        if (const auto comma = rest.find(", "); comma < end) {
            end = comma;
            skip = 2;
        }
        names.emplace_back(rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + skip);
    }
    for (const auto& id : names)
        if (accounts_.count(id) == 0) return account(ids);
    return accounts(names);
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

// Sources that a message names by their ids, as it names them ("according to ID", "(ID)"), and days
// that it names by what they are relative to ("1 day before ID.published").
Html Words::cited(std::string_view written) const {
    Html out;
    std::size_t told = 0;
    each_name(written, [&](std::size_t i, std::string_view word) {
        const auto before = written.substr(0, i);
        const auto after = written.substr(i + word.size());
        const auto follows = [&](std::string_view words) {
            return before.size() >= words.size() &&
                   before.substr(before.size() - words.size()) == words;
        };
        const bool named = follows("ccording to ") || follows("as reported in ") ||
                           (follows("(") && !after.empty() && after[0] == ')');
        Html name;
        if (named && source_number(word) > 0)
            name = source(word);
        else if (const auto to = path_of(word); !to.empty())
            name = dated(to);
        if (!name.empty()) {
            out += text(written.substr(told, i - told)) + name;
            told = i + word.size();
        }
    });
    return out + text(written.substr(told));
}

Html Words::prose(std::string_view written) const {
    return prose(written, false);
}

Html Words::message(std::string_view written) const {
    return prose(written, true);
}

std::string Words::side(std::string_view burden) const {
    if (accounts_.count(burden) > 0) return account(burden);
    const bool word =
        burden.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
    return (word ? "the " : "") + std::string(burden);
}

Html Words::prose(std::string_view written, bool cites) const {
    const auto plain = [&](std::string_view part) { return cites ? cited(part) : text(part); };
    Html out;
    while (!written.empty()) {
        const auto open = written.find('`');
        const auto close = open == std::string_view::npos ? open : written.find('`', open + 1);
        if (close == std::string_view::npos) return out + plain(written);
        out += plain(written.substr(0, open));
        const auto inside = written.substr(open + 1, close - open - 1);
        if (accounts_.count(inside) > 0)
            out += name(account(inside));
        else if (const auto record = record_of(inside); !record.empty())
            out += cites && inside.find(": ") == std::string_view::npos
                       ? dated(inside, out.empty())
                       : element("bdi", {{"class", "point"}}, text(point(inside)));
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
        out += name(point(r.path)) + text(": ") + element("strong", value(r.path, r.value));
        if (!r.instead_of.empty()) out += text(", in place of ") + values(r.path, r.instead_of);
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

Html Words::speaks(std::string_view speaker, std::string_view account,
                   std::string_view between) const {
    Html out;
    if (!speaker.empty()) out += name(person(speaker));
    if (!account.empty() && (speaker.empty() || person(speaker) != this->account(account)))
        out += text(speaker.empty() ? "" : between) + name(this->account(account));
    return out;
}

Html Words::whose(const check::Fact& f) const {
    auto out = speaks(f.speaker, f.account);
    if (f.speaker.empty() && f.account.empty()) out += text("Not tied to an account");
    if (f.source.empty())
        // What is entered of a source is counted as its own.
        out +=
            text(f.path.rfind("sources.", 0) == 0 ? "; of the source itself" : "; no source given");
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
