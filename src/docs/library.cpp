#include "docs/library.hpp"

#include <algorithm>

#include "report/phrases.hpp"

namespace antinomy::docs {

using html::block;
using html::element;
using html::Html;
using html::markup;
using html::text;

namespace {

int folders_above(const std::string& path) {
    return static_cast<int>(std::count(path.begin(), path.end(), '/'));
}

}  // namespace

bool Library::has(const rule::Rule& r) const {
    return std::find(rules.begin(), rules.end(), &r) != rules.end();
}

std::string address_of(const rule::Rule& r, int up) {
    return html::address(up, {"rules", file_name(r.id) + ".html"});
}

Html link(const Library& library, const rule::Rule& r, int up) {
    const auto id = element("code", text(r.id));
    return library.has(r) ? element("a", {{"href", address_of(r, up)}}, id) : id;
}

Html list(const Library& library, const std::vector<const rule::Rule*>& rules, int up) {
    Html items = markup("\n");
    for (const auto* r : rules) {
        Html item = link(library, *r, up) + text(" ") + severity_tag(*r);
        if (has_unverified(*r))
            item += text(" ") + element("span", {{"class", "tag unverified"}}, text("unverified"));
        item += element("span", {{"class", "dim"}, {"dir", "auto"}}, text(r->title));
        items += block("li", item);
    }
    return block("ul", {{"class", "rules"}}, items);
}

bool is_off(const rule::Rule& r) {
    return r.overridden && !r.overridden->severity;
}

bool has_unverified(const rule::Rule& r) {
    return std::any_of(r.basis.begin(), r.basis.end(), [](const auto& b) { return b.unverified; });
}

Html severity_tag(const rule::Rule& r) {
    const std::string word = is_off(r) ? "off" : std::string(rule::word(r.severity));
    return element("span", {{"class", "tag " + (is_off(r) ? "quiet" : word)}}, text(word));
}

Html words(const report::Words& list) {
    Html out;
    for (const auto& w : list) out += w.code ? element("code", text(w.text)) : text(w.text);
    return out;
}

Html citation(const rule::Citation& b) {
    Html out = text(b.cite);
    if (const auto note = rule::note_of(b); !note.empty()) out += text(": " + note);
    if (b.unverified)
        out += text(" ") + element("span", {{"class", "tag unverified"}}, text("unverified"));
    return out;
}

File page(const Library& library, std::string path, std::string title, Tab tab, Html main) {
    const int up = folders_above(path);
    html::Frame frame;
    frame.title = std::move(title);
    frame.site = "Antinomy rules";
    frame.home = html::address(up, {"index.html"});
    const auto add = [&](const char* file, const char* name, Tab which) {
        frame.navigation.push_back({html::address(up, {file}), name, which == tab});
    };
    add("index.html", "By family", Tab::families);
    add("severity.html", "By severity", Tab::severities);
    add("about.html", "By subject", Tab::abouts);
    add("ids.html", "All ids", Tab::ids);
    add("policies.html", "Policies", Tab::policies);
    frame.generator = library.generator + " docs";
    frame.main = std::move(main);
    frame.foot = block("p", text("Written by " + library.generator + " from " +
                                 report::count_words(library.rules.size(), "rule") +
                                 ". A finding takes no view on guilt, nor on the honesty of any "
                                 "court, party or reporter."));
    return {std::move(path), html::page(frame)};
}

}  // namespace antinomy::docs
