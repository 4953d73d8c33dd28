#include "docs/policies.hpp"

#include <algorithm>
#include <set>

#include "rule/uses.hpp"
#include "time/conventions.hpp"

namespace antinomy::docs {

using html::block;
using html::element;
using html::Html;
using html::markup;
using html::text;

namespace {

std::string anchor(const std::string& name) {
    return "policy-" + file_name(name);
}

std::string about(const Library& library, const std::string& name) {
    if (const auto& said = library.packs->policy_about(name); !said.empty()) return said;
    if (const auto convention = time::convention_of(name))
        return time::kConventionTable[*convention].about;
    if (name == "approximate_slack") return "days by which a date marked ~ may lie off";
    if (name == "southern_seasons") return "1: seasons are those of the southern half of the earth";
    return {};
}

Html dated_values(const Library& library, const std::string& name) {
    const auto& policy = library.packs->terms().find(name)->second;
    const auto& basis = library.packs->policy_basis(name);
    Html rows;
    for (std::size_t i = 0; i < policy.values.size(); ++i) {
        const auto& value = policy.values[i];
        Html rests;
        for (const auto& b : basis[i]) rests += (rests.empty() ? Html() : text("; ")) + citation(b);
        const auto day = [](time::Day d, const char* none) {
            return text(time::bounded(d) ? time::to_string(d) : none);
        };
        rows += block("tr", element("td", text(model::print(value))) +
                                element("td", day(value.days.first, "ever before")) +
                                element("td", day(value.days.last, "to this day")) +
                                element("td", {{"dir", "auto"}}, rests));
    }
    Html head;
    for (const char* column : {"Value", "From", "To", "Rests on"})
        head += element("th", {{"scope", "col"}}, text(column));
    return html::scroll("Values of " + name,
                        block("table", block("caption", text("Values of law, by the day")) +
                                           block("thead", block("tr", head)) +
                                           block("tbody", markup("\n") + rows)));
}

Html one(const Library& library, const std::string& name) {
    const auto& packs = *library.packs;
    Html out = block("h2", {{"id", anchor(name)}}, element("code", text(name)));
    if (const auto words = about(library, name); !words.empty())
        out += block("p", {{"dir", "auto"}}, text(words));
    const auto place = packs.policy_place(name);
    const auto convention = time::convention_of(name);
    const auto term = packs.terms().find(name);
    const bool dated = term != packs.terms().end() && term->second.dated;
    Html facts = markup("\n");
    const auto fact = [&](const char* what, const Html& value) {
        facts += element("dt", text(what)) + block("dd", value);
    };
    if (!dated) {
        fact("Value", element("strong", text(report::policy_value(packs, name))));
        if (convention) {
            const auto& choice = time::kConventionTable[*convention].words;
            fact("May be", element("code", text(choice[0])) + text(" or ") +
                               element("code", text(choice[1])));
        }
        fact("Rests on", text(convention ? "practice differs; a pack or a case may choose"
                                         : "no basis is given; a case may set another value"));
    }
    fact("Set in", text(place.valid() ? library.place(place) : "the program itself"));
    Html used;
    for (const auto* r : library.rules) {
        const auto names = rule::policies_used(*r);
        if (std::find(names.begin(), names.end(), name) == names.end()) continue;
        used += block("li", link(library, *r, 0));
    }
    if (dated) out += dated_values(library, name);
    out += block("dl", {{"class", "facts"}}, facts);
    if (used.empty()) return out;
    return out + block("h3", text("Rules that use it")) + block("ul", markup("\n") + used);
}

}  // namespace

Html policy_link(const std::string& name, int up) {
    return element("a", {{"href", html::address(up, {"policies.html"}, anchor(name))}},
                   element("code", text(name)));
}

File policies_page(const Library& library) {
    std::set<std::string> names;
    for (const auto& [name, value] : library.packs->policies()) names.insert(name);
    for (const auto& [name, value] : library.packs->terms()) names.insert(name);
    Html main =
        block("h1", text("Policies")) +
        block("p", {{"class", "lead"}},
              text("Numbers of law, thresholds that a desk chooses, and ways of counting in which "
                   "practice differs."));
    Html items = markup("\n");
    for (const auto& name : names)
        items += block("li", policy_link(name, 0) + text(": ") +
                                 text(report::policy_value(*library.packs, name)));
    main += block("ul", items);
    for (const auto& name : names) main += one(library, name);
    return page(library, "policies.html", "Policies", Tab::policies, std::move(main));
}

}  // namespace antinomy::docs
