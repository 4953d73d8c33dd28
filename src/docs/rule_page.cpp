#include "docs/rule_page.hpp"

#include <algorithm>

#include "docs/examples.hpp"
#include "docs/indexes.hpp"
#include "docs/policies.hpp"
#include "docs/related.hpp"
#include "report/phrases.hpp"
#include "rule/monotone.hpp"
#include "rule/uses.hpp"

namespace antinomy::docs {

using html::block;
using html::element;
using html::Html;
using html::markup;
using html::text;
using rule::Rule;

namespace {

constexpr int kUp = 1;  // pages of rules lie in a folder of their own

Html code(std::string_view s) {
    return element("code", text(s));
}

void fact(Html& out, const std::string& name, const Html& value) {
    out += element("dt", text(name)) + block("dd", value);
}

Html facts(const Library& library, const Rule& r) {
    Html out = markup("\n");
    fact(out, "Severity", severity_tag(r));
    if (r.overridden)
        fact(out, "Overridden",
             prose(report::overridden_words(r)) + text(", " + library.place(r.overridden->span)));
    fact(out, "Kind", text(report::kind_words(r)));
    fact(out, "About", text(r.about));
    fact(out, "Reaches", text(r.reaches));
    if (r.between != rule::Between::none) fact(out, "Compares", text(report::between_words(r)));
    if (r.presumption)
        fact(out, "Presumption",
             text("yes: what usually holds; told as ") + code("facts-contradict") +
                 text(" where the facts exclude it for certain"));
    if (r.mandatory)
        fact(out, "Mandatory",
             text("yes: no case suppresses it, no other pack turns it off or weighs it less"));
    for (const auto& [alias, span] : r.aliases) fact(out, "Formerly", code(alias));
    for (const auto& group : r.groups) fact(out, "Group", code(group));
    fact(out, "Written in", text(library.place(r.span)));
    return block("dl", {{"class", "facts"}}, out);
}

// A message as the pack has it; what is filled in from the case stands as code.
Html message(const std::string& written) {
    Html out;
    std::string_view rest = written;
    while (!rest.empty()) {
        const auto open = rest.find('{');
        const auto close = open == std::string_view::npos ? open : rest.find('}', open);
        if (close == std::string_view::npos) {
            out += text(rest);
            break;
        }
        out += text(rest.substr(0, open)) + code(rest.substr(open, close - open + 1));
        rest.remove_prefix(close + 1);
    }
    return block("p", {{"class", "said"}, {"dir", "auto"}}, out);
}

Html says(const Rule& r) {
    Html out = block("h2", text("What it says"));
    if (!r.possible_written.empty())
        out += block("p", {{"class", "dim"}}, text("Where it is certain:"));
    out += message(r.message_written);
    if (!r.possible_written.empty())
        out += block("p", {{"class", "dim"}}, text("Where it is only possible:")) +
               message(r.possible_written);
    out +=
        block("p", {{"class", "dim"}}, text("What stands in braces is filled in from the case."));
    return out;
}

Html why(const Rule& r) {
    Html out = block("h2", text("Why"));
    if (r.basis.empty()) return out + block("p", text("The pack names no basis in law."));
    Html items = markup("\n");
    for (const auto& b : r.basis) items += block("li", {{"dir", "auto"}}, citation(b));
    out += block("ul", items);
    if (has_unverified(r))
        out +=
            block("p", {{"class", "dim"}},
                  text("Unverified: the text that is cited has not been looked up. Read it before "
                       "you rely on it."));
    return out;
}

bool of_rank(const rule::Exception& x) {
    return !x.rule.empty();
}

// Depth is bounded by the reader of packs.
Html exception_list(const std::vector<rule::Exception>& list, bool nested) {
    Html items = markup("\n");
    for (const auto& x : list) {
        if (of_rank(x)) continue;
        Html item = nested ? text("unless ") : Html();
        item += code(x.when.written);
        if (!x.because.empty()) item += text(": " + x.because);
        if (!x.pack.empty()) item += text(" (an exception of pack ") + code(x.pack) + text(")");
        if (!x.unless.empty()) item += markup("\n") + exception_list(x.unless, true);
        items += block("li", item);
    }
    return block("ul", items);
}

Html not_applying(const Library& library, const Rule& r) {
    Html out = block("h2", text("When it does not apply"));
    const bool own = !std::all_of(r.unless.begin(), r.unless.end(), of_rank);
    const bool ranked = std::any_of(r.unless.begin(), r.unless.end(), of_rank);
    if (own)
        out += block("p", text("Where the case says one of these, no finding stands:")) +
               exception_list(r.unless, false);
    if (ranked) {
        Html items = markup("\n");
        for (const auto& x : r.unless) {
            if (!of_rank(x)) continue;
            const auto* above = library.packs->find(x.rule);
            items += block("li", (above != nullptr ? link(library, *above, kUp) : code(x.rule)) +
                                     text(" where ") + code(x.when.written));
        }
        out += block("p", text("It yields to rules that rank above it:")) + block("ul", items);
    }
    if (!own && !ranked) out += block("p", text("It has no exceptions."));
    if (r.where)
        out +=
            block("p", text("It is not spoken of at all outside its scope, which stands under ") +
                           element("a", {{"href", "#conditions"}}, text("conditions")) + text("."));
    return out;
}

Html burden(const Rule& r) {
    Html out = block("h2", text("Who must prove it"));
    if (r.burden.empty()) return out + block("p", text("The rule assigns no burden."));
    return out + block("p", text("The burden is on ") + element("strong", text(r.burden)) +
                                text(". What stays open counts against that side."));
}

Html condition(const std::string& name, const std::string& written) {
    return block("h3", text(name)) + html::formula(written);
}

Html conditions(const Library& library, const Rule& r) {
    Html out = block("h2", {{"id", "conditions"}}, text("Conditions as written"));
    out += block("h3", text("For each"));
    Html items = markup("\n");
    for (std::size_t i = 0; i < r.bindings.size(); ++i) {
        auto w = report::binding_words(r.bindings[i], *library.packs);
        if (static_cast<int>(i) == r.at && r.bindings.size() > 1)
            w.push_back(report::plain("; the finding is about it"));
        items += block("li", words(w));
    }
    out += block("ul", items);
    if (r.among) {
        Html grouped = code(r.among->name) + text(" are the values of ") +
                       code(r.among->value.written) + text(" of all that is alike in ");
        for (std::size_t i = 0; i < r.among->alike.size(); ++i)
            grouped += (i > 0 ? text(", ") : Html()) + code(r.among->alike[i].written);
        grouped += text("; fewer than " + std::to_string(r.among->at_least) + " are no group");
        out += block("h3", text("Compared over the whole data set")) + block("p", grouped);
    }
    if (r.where) out += condition("Where (its scope)", r.where->written);
    out += condition("Require (what must hold)", r.require.written);
    if (!r.defines.empty()) {
        Html defines = markup("\n");
        for (const auto& name : r.defines) {
            const auto* d = library.packs->find_define(name);
            if (d == nullptr) continue;
            std::string call = d->name + "(";
            for (const auto& [parameter, type] : d->parameters)
                call += (call.back() == '(' ? "" : ", ") + parameter + ": " + type;
            Html item = code(call + ")");
            if (!d->is.empty()) item += text(" is ") + code(d->is);
            Html cases = markup("\n");
            for (const auto& [when, is] : d->cases)
                cases += block("li", code(is) + text(" when ") + code(when));
            if (!d->cases.empty()) item += text(" is") + markup("\n") + block("ul", cases);
            defines += block("li", item);
        }
        out += block("h3", text("Names that it uses")) + block("ul", defines);
    }
    if (const auto asked = rule::asks_how_known(r); !asked.empty()) {
        Html list = markup("\n");
        for (const auto& a : asked) list += block("li", code(a));
        out += block("h3", text("Asks how well something is known")) +
               block("p", text("A certain finding may go when a date gets known better.")) +
               block("ul", list);
    }
    return out;
}

Html policies(const Library& library, const Rule& r) {
    const auto used = rule::policies_used(r);
    if (used.empty()) return {};
    Html items = markup("\n");
    for (const auto& name : used)
        items += block("li", policy_link(name, kUp) + text(": ") +
                                 text(report::policy_value(*library.packs, name)));
    return block("h2", text("Numbers and ways of counting")) + block("ul", items);
}

Html relations(const Library& library, const Rule& r) {
    Html out = block("h2", text("Related rules"));
    const auto list = related(library, r);
    if (list.empty()) return out + block("p", text("None."));
    for (const auto& relation : list)
        out += block("h3", text(relation.name)) + docs::list(library, relation.rules, kUp);
    return out;
}

}  // namespace

File rule_page(const Library& library, const Rule& r, const text::SourceMap& sources,
               text::Diagnostics& diagnostics) {
    Html main = block(
        "nav", {{"class", "crumb"}, {"aria-label", "Family"}},
        block("p", element("a", {{"href", html::address(kUp, {"index.html"}, part_anchor(r.pack))}},
                           text("Family: " + r.pack))));
    const auto& name = r.title.empty() ? r.id : r.title;
    main += block("h1", {{"dir", "auto"}}, text(name));
    main += block("p", {{"class", "lead"}}, code(r.id));
    main += facts(library, r);
    main += says(r) + why(r) + not_applying(library, r) + burden(r);
    if (!r.help.empty())
        main +=
            block("h2", text("What would settle it")) + block("p", {{"dir", "auto"}}, text(r.help));
    main += conditions(library, r) + policies(library, r);
    main += block("h2", {{"id", "examples"}}, text("Examples"));
    if (r.tests.empty())
        main += block("p", text("The pack has none."));
    else
        main += block("p", text("Small made-up cases, each with what the program says of it. They "
                                "are run by every test of the pack.")) +
                examples(library, r, sources, diagnostics);
    main += relations(library, r);
    return page(library, "rules/" + file_name(r.id) + ".html", r.id, Tab::none, std::move(main));
}

}  // namespace antinomy::docs
