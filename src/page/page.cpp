#include "page/page.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <ostream>
#include <set>

#include "html/frame.hpp"
#include "page/brief.hpp"
#include "page/chronology.hpp"
#include "page/dossier.hpp"
#include "page/emf.hpp"
#include "page/finding.hpp"
#include "page/next.hpp"
#include "page/numbers.hpp"
#include "page/plain.hpp"
#include "page/result.hpp"
#include "page/rivals.hpp"
#include "page/run.hpp"
#include "page/sources.hpp"
#include "page/style.hpp"
#include "page/timeline.hpp"
#include "page/whole.hpp"
#include "page/words.hpp"
#include "report/phrases.hpp"

namespace antinomy::page {

using html::block;
using html::element;
using html::Html;
using html::markup;
using html::text;

namespace {

constexpr const char* kSite = "Antinomy report";

struct Part {
    std::string anchor;
    std::string name;
    Html content;
};

Html preamble(bool charges) {
    return block("p", {{"class", "preamble"}}, text(report::preamble(charges)));
}

bool any_charges(const report::Report& r) {
    return std::any_of(r.sheets.begin(), r.sheets.end(), has_charges);
}

const std::string& title_of(const check::CaseResult& c) {
    return c.title.empty() ? c.id : c.title;
}

std::string generator(const report::Report& r) {
    return r.provenance.version.empty() ? "antinomy" : "antinomy " + r.provenance.version;
}

Html foot(const report::Report& r, bool charges) {
    return block("p", text("Written by " + generator(r) +
                           (r.provenance.date.empty() ? "" : " on " + r.provenance.date) +
                           ". It compares published statements; it takes no view on " +
                           (charges ? "guilt" : "who is right") + ", and is no legal advice."));
}

html::Frame frame(const report::Report& r, const std::string& title, const std::string& home,
                  bool charges) {
    html::Frame f;
    f.title = title;
    f.site = kSite;
    f.home = home;
    f.generator = generator(r);
    f.style = style() + dates_style();
    f.foot = foot(r, charges);
    return f;
}

Html findings(const Dossier& d, const Words& words, const Numbers& numbers) {
    Html out = block("h2", {{"id", "findings"}}, text("Findings"));
    if (numbers.standing().empty())
        return out + block("p", text("No finding under the rules that applied. Silence is no "
                                     "clearance."));
    for (const auto* f : numbers.standing()) out += finding_section(*f, d, words, numbers);
    return out;
}

}  // namespace

namespace {

// All of a page but its frame. `navigation`: with links to its parts.
Html case_main(const report::Report& r, std::size_t i, bool navigation) {
    const auto& c = r.result.cases.at(i);
    const Dossier d{c,        r.chronologies.at(i), r.sheets.at(i), r.silences.at(i), r.sources,
                    r.wording};
    const Words words(d);
    const Numbers numbers(c);

    std::vector<Part> parts;
    const auto add = [&](const char* anchor, const char* name, Html content) {
        if (!content.empty()) parts.push_back({anchor, name, std::move(content)});
    };
    add("result", "Result", result_section(d, words, numbers));
    add("timeline", "Timeline", timeline_section(d));
    add("findings", "Findings", findings(d, words, numbers));
    add("next", "What to find out next", next_section(d, words, numbers));
    add("answers", "What may be answered", answers_section(d, words, numbers));
    add("chronology", "Chronology", chronology_section(d));
    add("rivals", "Rival accounts", rivals_section(d));
    add("claims", "Claims, evidence, articles", claims_section(d, words, numbers));
    add("liberty", "Liberty", liberty_section(d, words));
    add("remedies", "Remedies", remedies_section(d, words));
    add("sources", "Sources", sources_section(d));
    add("silenced", "Suppressed, and known before", silenced_section(d, words, numbers, r));
    add("rules", "Rules run, and not run", rules_section(d, r));
    add("provenance", "What it was made from", provenance_section(d, r));
    add("limits", "What it does not show", limits_section(d, words, r));
    add("glossary", "How its words are meant", glossary_section(d));

    Html out = block("h1", element("bdi", text(title_of(c))));
    out += block("p", {{"class", "lead"}},
                 element("code", text(c.id)) + text(", from ") + element("code", text(c.file)));
    out += preamble(has_charges(d.sheet));
    Html items;
    for (const auto& part : parts)
        items += block("li", element("a", {{"href", "#" + part.anchor}}, text(part.name)));
    if (navigation)
        out += block("nav", {{"class", "contents"}, {"aria-labelledby", "contents"}},
                     markup("\n") + block("h2", {{"id", "contents"}}, text("On this page")) +
                         block("ul", markup("\n") + items));
    for (const auto& part : parts) out += part.content;
    return out;
}

}  // namespace

std::string case_page(const report::Report& r, std::size_t i, const std::string& home) {
    auto f = frame(r, title_of(r.result.cases.at(i)), home, has_charges(r.sheets.at(i)));
    f.main = case_main(r, i, true);
    return with_whole_dates(html::page(f));
}

namespace {

std::string base64(const std::string& bytes) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t three = 0;
        for (std::size_t k = 0; k < 3; ++k)
            three = three << 8u |
                    (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k)
            out += i + k > bytes.size() ? '=' : letters[three >> (18 - 6 * k) & 63u];
    }
    return out;
}

// The timeline as images of a document, each as wide as its text, and not half as high, so that no
// letter is smaller than 7 points and no page stays empty; empty: there is none.
std::string drawn(const Dossier& d) {
    constexpr double wide = 642;  // pixels of CSS: 170 mm
    constexpr double scene_wide = 820;
    constexpr double most = 420;  // of the scene: 87 mm
    const Words words(d);
    const Numbers numbers(d.result);
    const auto plan = timeline_plan(d, words, numbers).plan;
    const auto scene = lay_out(plan, scene_wide);
    if (scene.rows.empty()) return {};
    const auto list = parts(scene, most);
    std::string out;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto made = metafile(plan, list[i], i + 1 == list.size() ? &scene : nullptr);
        std::string name = "Timeline";
        if (list.size() > 1)
            name += ", part " + std::to_string(i + 1) + " of " + std::to_string(list.size());
        out += "<p><img alt=\"" + name + ": the table below has the same rows in words\" width=\"" +
               std::to_string(std::lround(wide)) + "\" height=\"" +
               std::to_string(std::lround(made.height * wide / made.width)) +
               "\" src=\"data:image/x-emf;base64," + base64(made.bytes) + "\"></p>\n";
    }
    return out;
}

}  // namespace

std::string document_text(const report::Report& r, std::size_t i) {
    const auto head =
        markup("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n") +
        block("title", text(title_of(r.result.cases.at(i)))) + markup("</head>\n");
    const auto body = case_main(r, i, false) + foot(r, has_charges(r.sheets.at(i)));
    const Dossier d{r.result.cases.at(i),
                    r.chronologies.at(i),
                    r.sheets.at(i),
                    r.silences.at(i),
                    r.sources,
                    r.wording};
    return head.string() + "<body>\n" + plain(body.string(), drawn(d)) + "</body></html>\n";
}

namespace {

// Names of the pages of cases, in their order.
std::vector<std::string> page_names(const check::Result& result) {
    std::set<std::string> taken{"index.html"};
    std::vector<std::string> out;
    for (const auto& c : result.cases) {
        const auto base = html::file_name(c.id);
        auto name = base + ".html";
        for (int n = 2; !taken.insert(name).second; ++n)
            name = base + "~" + std::to_string(n) + ".html";
        out.push_back(name);
    }
    return out;
}

}  // namespace

std::string index_page(const report::Report& r) {
    const auto names = page_names(r.result);
    auto f = frame(r, "Cases", "", any_charges(r));
    f.main = block("h1", text("Cases")) + preamble(any_charges(r));
    const auto tally = report::tally(r.result);
    f.main += block("p", text(report::count_words(tally.findings, "finding") + " in " +
                              std::to_string(tally.cases_with_findings) + " of " +
                              report::count_words(r.result.cases.size(), "case") +
                              ". A case without one has not been cleared."));
    const bool remarks = std::any_of(r.result.cases.begin(), r.result.cases.end(),
                                     [](const auto& c) { return !c.undecided.empty(); });
    Html rows;
    for (std::size_t i = 0; i < r.result.cases.size(); ++i) {
        const auto& c = r.result.cases[i];
        std::size_t certain = 0;
        std::size_t possible = 0;
        for (const auto* x : report::in_order(c))
            ++(x->verdict == check::Verdict::certain ? certain : possible);
        rows += block(
            "tr", element("th", {{"scope", "row"}},
                          element("a", {{"href", html::address(0, {names[i]})}},
                                  element("bdi", text(title_of(c)))) +
                              element("span", {{"class", "also"}}, element("code", text(c.id)))) +
                      element("td", text(std::to_string(certain))) +
                      element("td", text(std::to_string(possible))) +
                      element("td", text(std::to_string(c.gaps.size()))) +
                      (remarks ? element("td", text(c.undecided.empty() ? ""
                                                                        : "not everything was "
                                                                          "decided"))
                               : Html{}));
    }
    Html columns;
    for (const auto* name : {"Case", "Certain", "Possible", "Facts asked for", "Remark"})
        if (remarks || std::string_view(name) != "Remark")
            columns += element("th", {{"scope", "col"}}, text(name));
    if (!rows.empty())
        f.main += html::scroll("Cases", block("table", {{"class", "cases"}},
                                              markup("\n") +
                                                  block("caption", text("What was found in each "
                                                                        "case")) +
                                                  block("thead", block("tr", columns)) +
                                                  block("tbody", markup("\n") + rows)));
    if (r.problems.has_errors()) {
        Html items;
        for (const auto& p : r.problems.items())
            if (p.level == text::Level::error) items += block("li", html::prose(p.message));
        f.main += block("h2", text("What could not be read or decided")) +
                  block("ul", markup("\n") + items);
    }
    if (r.result.variants_left_out > 0)
        f.main += block("p", text(report::count_words(r.result.variants_left_out, "variant") +
                                  " of cases left out."));
    return with_whole_dates(html::page(f));
}

std::vector<report::Page> pages(const report::Report& r) {
    const auto names = page_names(r.result);
    std::vector<report::Page> out;
    for (std::size_t i = 0; i < r.result.cases.size(); ++i)
        out.push_back({names[i], case_page(r, i, "index.html")});
    // Last, so that it never leads to a page that is not there yet.
    out.push_back({"index.html", index_page(r)});
    return out;
}

void print_page(std::ostream& out, const report::Report& r) {
    if (r.result.cases.size() == 1)
        out << case_page(r, 0);
    else
        out << index_page(r);
}

report::Format html_format() {
    return {"html", "a page for reading and printing", print_page, true, false, true, pages};
}

}  // namespace antinomy::page
