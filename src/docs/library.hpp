#pragma once
// The rules that pages are made of, and what all pages share: names of files, links, the frame.

#include <map>
#include <string>
#include <vector>

#include "html/frame.hpp"
#include "report/rule.hpp"
#include "report/rule_words.hpp"
#include "rule/pack.hpp"

namespace antinomy::docs {

// A file of the folder that is written: "rules/act-before-birth.html".
struct File {
    std::string path;
    std::string content;
};

// The page that stands in the navigation; of a rule's page none does.
enum class Tab { none, families, severities, abouts, ids, policies };

struct Library {
    const rule::Packs* packs = nullptr;
    std::vector<const rule::Rule*> rules;  // by pack, then id; each has a page
    report::Place place;                   // where in the packs something stands, in words
    std::string generator;                 // "antinomy 0.1.0"

    [[nodiscard]] bool has(const rule::Rule&) const;
};

using html::file_name;

// Where the page of a rule is, from a page that lies `up` folders below the first one.
[[nodiscard]] std::string address_of(const rule::Rule&, int up);
// The rule's id as a link to its page; without a page, its id.
[[nodiscard]] html::Html link(const Library&, const rule::Rule&, int up);
// Links with what each rule says in a line.
[[nodiscard]] html::Html list(const Library&, const std::vector<const rule::Rule*>&, int up);

[[nodiscard]] bool is_off(const rule::Rule&);
[[nodiscard]] bool has_unverified(const rule::Rule&);
// "error", "off", in the frame that all pages have for it.
[[nodiscard]] html::Html severity_tag(const rule::Rule&);

using html::prose;
[[nodiscard]] html::Html words(const report::Words&);
[[nodiscard]] html::Html citation(const rule::Citation&);

[[nodiscard]] File page(const Library&, std::string path, std::string title, Tab, html::Html main);

}  // namespace antinomy::docs
