#include "page/run.hpp"

#include <algorithm>
#include <set>

#include "html/frame.hpp"
#include "page/finding.hpp"
#include "report/phrases.hpp"

namespace antinomy::page {

using html::block;
using html::element;
using html::Html;
using html::markup;
using html::text;
using report::count_words;

namespace {

Html columns(std::initializer_list<std::string_view> names) {
    Html out;
    for (const auto name : names) out += element("th", {{"scope", "col"}}, text(name));
    return block("thead", block("tr", out));
}

Html table(std::string_view caption, const Html& head, const Html& rows) {
    return html::scroll(std::string(caption),
                        block("table", markup("\n") + block("caption", text(caption)) + head +
                                           block("tbody", markup("\n") + rows)));
}

Html cell(const Html& content) {
    return element("td", content);
}
Html row_head(const Html& content) {
    return element("th", {{"scope", "row"}}, content);
}
Html code(std::string_view s) {
    return element("code", text(s));
}
// One long word, which is broken anywhere.
Html hash(std::string_view s) {
    return element("code", {{"class", "hash"}}, text(s));
}

Html folded(std::string_view summary, const Html& content) {
    return block("details", markup("\n") + block("summary", text(summary)) + content);
}

// The same, and left out on paper: long, and nothing that was found rests on it.
Html folded_away(std::string_view summary, const Html& content) {
    return block("details", {{"class", "log"}},
                 markup("\n") + block("summary", text(summary)) + content);
}

void term(Html& out, std::string_view name, const Html& meaning) {
    out += element("dt", text(name)) + block("dd", meaning);
}

const report::Provenance::Case* of_case(const Dossier& d, const report::Report& r) {
    for (std::size_t i = 0; i < r.result.cases.size() && i < r.provenance.cases.size(); ++i)
        if (&r.result.cases[i] == &d.result) return &r.provenance.cases[i];
    return nullptr;
}

std::string where(const std::string& file, std::uint32_t line) {
    return file.empty() || line == 0 ? file : file + ":" + std::to_string(line);
}

// Policies that decide something in a rule that found something here, or on which a finding turns;
// and the others.
Html policies(const Dossier& d, const report::Report& r, const report::Provenance::Case& own) {
    std::set<std::string> found;
    std::set<std::string> used;
    for (const auto& f : d.result.findings) {
        found.insert(f.rule);
        for (const auto& needed : f.proof.requirements) found.insert(needed.rule);
        for (const auto& m : f.made_of) found.insert(m.rule);
        for (const auto& turn : f.turns_on) used.insert(turn.on);
    }
    for (const auto& rule : r.provenance.rules)
        if (found.count(rule.id) > 0) used.insert(rule.policies.begin(), rule.policies.end());
    const auto list = [&](bool of_findings, std::string_view caption) {
        Html rows;
        std::size_t n = 0;
        for (const auto& p : own.policies) {
            if ((used.count(p.name) > 0) != of_findings) continue;
            ++n;
            Html name = code(p.name);
            if (!p.about.empty())
                name += element("span", {{"class", "also"}, {"dir", "auto"}}, html::prose(p.about));
            rows +=
                block("tr", row_head(name) + cell(text(p.value)) +
                                cell(text(p.from + (p.pack.empty() ? "" : " " + p.pack) +
                                          (p.file.empty() ? "" : ", " + where(p.file, p.line)))));
        }
        if (n == 0) return Html();
        const auto summary = std::string(caption) + " (" + std::to_string(n) + ")";
        const auto all =
            table(caption, columns({"Policy, and what it decides", "Value", "Set by"}), rows);
        return of_findings ? folded(summary, all) : folded_away(summary, all);
    };
    return list(true, "Policies that rules with a finding here ask for") +
           list(false, "Other policies in force");
}

}  // namespace

Html silenced_section(const Dossier& d, const Words& words, const Numbers& numbers,
                      const report::Report& r) {
    std::vector<const check::Gone*> gone;
    for (const auto& g : r.result.gone)
        if (g.case_id == d.result.id) gone.push_back(&g);
    std::vector<std::size_t> old;
    for (const auto* f : numbers.standing())
        if (f->baseline == check::Baseline::old) old.push_back(numbers.of(*f));
    if (numbers.suppressed().empty() && gone.empty() && old.empty()) return {};
    Html out = block("h2", {{"id", "silenced"}}, text("Suppressed, and known before"));
    if (!old.empty())
        out += block("p", text("Known before, listed in the baseline: ") + finding_links(old) +
                              text(". They stand above with the others."));
    if (!numbers.suppressed().empty()) {
        Html sections;
        for (const auto* f : numbers.suppressed())
            sections += finding_section(*f, d, words, numbers);
        out +=
            block("p", text("Somebody has decided that these are not to be told with the others, "
                            "and has said why. They are here in full.")) +
            folded(count_words(numbers.suppressed().size(), "suppressed finding"), sections);
    }
    if (!gone.empty()) {
        Html items;
        for (const auto* g : gone)
            items += block("li", code(g->rule) + text(" at ") + words.name(words.point(g->at)) +
                                     text(", " + std::string(check::word(g->verdict)) + ": ") +
                                     element("span", {{"dir", "auto"}}, words.message(g->message)));
        out += block("p", text("Listed in the baseline, and no longer found. That is no clearance: "
                               "a fact, a rule or the file may have changed.")) +
               folded(count_words(gone.size(), "finding") + " that are gone",
                      block("ul", markup("\n") + items));
    }
    return out;
}

Html rules_section(const Dossier& d, const report::Report& r) {
    const Words words(d);
    Html out = block("h2", {{"id", "rules"}}, text("Rules run, and not run"));
    std::set<std::string> hit;
    for (const auto& f : d.result.findings) hit.insert(f.rule);
    std::set<std::string> ran_here = hit;
    std::set<std::string> part;  // of rules of fact: what they require stands in a proof
    for (const auto& f : d.result.findings)
        for (const auto& needed : f.proof.requirements) part.insert(needed.rule);
    for (std::size_t i = 0; i < r.result.cases.size() && i < r.ran.size(); ++i)
        if (&r.result.cases[i] == &d.result)
            for (const auto& one : r.ran[i]) ran_here.insert(one.rule);
    const auto applies = [&](const report::Provenance::Rule& rule) {
        // What the program itself looks for, it looks for in every case.
        return r.ran.empty() || rule.pack.empty() ? rule.applied || hit.count(rule.id) > 0
                                                  : ran_here.count(rule.id) > 0;
    };
    std::set<std::string> asked;
    for (const auto& g : d.result.gaps) asked.insert(g.rule);
    std::size_t applied = 0;
    std::size_t idle_count = 0;
    Html ran;
    Html idle;
    Html off;
    for (const auto& rule : r.provenance.rules) {
        if (!rule.off && !applies(rule)) {
            ++idle_count;
            idle += (idle.empty() ? Html() : text(", ")) + code(rule.id);
            continue;
        }
        auto& list = rule.off ? off : ran;
        Html row = row_head(code(rule.id) + element("span", {{"class", "also"}, {"dir", "auto"}},
                                                    words.spoken(rule.title, text(rule.title)))) +
                   cell(rule.pack.empty() ? text("built in") : code(rule.pack));
        if (&list == &ran) {
            ++applied;
            std::vector<std::size_t> verdicts(2);
            for (const auto& f : d.result.findings)
                if (f.rule == rule.id) ++verdicts[f.verdict == check::Verdict::possible];
            std::string result;
            if (verdicts[0] > 0) result = std::to_string(verdicts[0]) + " certain";
            if (verdicts[1] > 0)
                result += (result.empty() ? "" : ", ") + std::to_string(verdicts[1]) + " possible";
            if (result.empty() && part.count(rule.id) > 0) result = "took part in other findings";
            if (result.empty()) result = asked.count(rule.id) > 0 ? "" : "nothing found";
            if (asked.count(rule.id) > 0)
                result += std::string(result.empty() ? "" : ", ") + "asks for facts";
            row += cell(text(result));
        } else {
            row += cell(text("turned off by a pack"));
        }
        list += block("tr", row);
    }
    const auto& choices = r.provenance.choices;
    out += block("p",
                 text(count_words(r.result.rules, "rule") +
                      " of packs were run, beside what the "
                      "program itself looks for" +
                      (choices.rules.empty()
                           ? "."
                           : ": only those asked for. What the others have to say is not here.")));
    if (!ran.empty())
        out += folded("Rules that applied to something (" + std::to_string(applied) + ")",
                      table("Rules that applied to something",
                            columns({"Rule", "Pack", "In this case"}), ran));
    if (!idle.empty())
        out += folded_away("Rules that applied to nothing (" + std::to_string(idle_count) + ")",
                           block("p", text("The file does not hold all that they need to apply: ") +
                                          idle + text(".")));
    if (!off.empty())
        out += folded("Rules turned off", table("Rules that a pack has turned off",
                                                columns({"Rule", "Pack", "Why not"}), off));
    if (r.provenance.rules.empty() && !r.result.not_applicable.empty())
        out += block("p", text(count_words(r.result.not_applicable.size(), "rule") +
                               " applied to nothing."));
    return out;
}

Html provenance_section(const Dossier& d, const report::Report& r) {
    const Words words(d);
    const auto& p = r.provenance;
    Html out = block("h2", {{"id", "provenance"}}, text("What this report was made from"));
    Html facts = markup("\n");
    term(facts, "Program", text("antinomy " + p.version));
    if (!p.date.empty()) term(facts, "Day of the run", text(p.date));
    term(facts, "Time zones",
         text(p.tzdata.empty() || p.tzdata == "unknown" ? "edition not known"
                                                        : "tzdata " + p.tzdata));
    const auto asked = [&](std::string_view name, const std::vector<std::string>& list) {
        if (!list.empty()) term(facts, name, text("only " + report::list_words(list)));
    };
    asked("Accounts judged", p.choices.accounts);
    asked("Sources taken", p.choices.sources);
    asked("Rules run", p.choices.rules);
    out += block("dl", {{"class", "facts"}}, facts);
    out +=
        block("p", text("Whoever has the same program, packs and files can make this report again, "
                        "byte for byte."));
    const auto* own = of_case(d, r);
    Html inputs;
    for (const auto& f : p.inputs) {
        if (own != nullptr &&
            std::find(own->files.begin(), own->files.end(), f.name) == own->files.end())
            continue;
        inputs += block("tr", row_head(code(f.name)) + cell(text(std::to_string(f.bytes))) +
                                  cell(hash(f.sha256)));
    }
    if (!inputs.empty())
        out += table("Files of the case", columns({"File", "Bytes", "SHA-256"}), inputs);
    Html packs;
    for (const auto& pack : p.packs) {
        if (own != nullptr &&
            std::find(own->packs.begin(), own->packs.end(), pack.id) == own->packs.end())
            continue;
        packs += block(
            "tr", row_head(code(pack.id) + element("span", {{"class", "also"}, {"dir", "auto"}},
                                                   words.spoken(pack.title, text(pack.title)))) +
                      cell(text(pack.version.empty() ? "none given" : pack.version)) +
                      cell(text(pack.verified.empty() ? "not said" : pack.verified)) +
                      cell(code(pack.file.name) + text(" ") + hash(pack.file.sha256)));
    }
    if (!packs.empty())
        out +=
            folded("Rule packs",
                   table("Rule packs, and when the law in them was last looked up",
                         columns({"Pack", "Version", "Law verified", "File and SHA-256"}), packs));
    if (own != nullptr && !own->policies.empty()) out += policies(d, r, *own);
    return out;
}

Html limits_section(const Dossier& d, const Words& words, const report::Report& r) {
    Html out = block("h2", {{"id", "limits"}}, text("What this report does not show"));
    Html items;
    const auto item = [&](const Html& content) { items += block("li", content); };
    for (const auto& u : d.result.undecided)
        item(element("strong", text("Undecided: ")) +
             (u.rule.empty() ? Html() : code(u.rule) + text(" at ")) +
             words.name(words.point(u.at)) + text(": ") + words.prose(u.why));
    for (const auto& n : d.result.notes) item(words.prose(n));
    for (const auto& problem : r.problems.items())
        if (problem.level == text::Level::error)
            item(element("strong", text("Error in what was read: ")) +
                 html::prose(problem.message));
    if (r.result.variants_left_out > 0)
        item(text(count_words(r.result.variants_left_out, "variant") +
                  " of cases in the folder, made to be compared with others, not checked here."));
    item(
        text("The case file. What is compared is what sources are reported to say; whoever has the "
             "file may find more, or less."));
    item(
        text("Whether any statement is right. Where two cannot both hold, the report does not say "
             "which of them fails."));
    item(text(std::string(has_charges(d.sheet) ? "Guilt or innocence" : "Who is right") +
              ", and the good faith of any court, party, witness or reporter."));
    item(
        text("What nobody has entered. A rule without a finding has met nothing in this file that "
             "it speaks against; that clears nothing."));
    item(
        text("On paper: how the conditions of each rule were read, one by one, the rules that "
             "applied to nothing, and policies that no rule with a finding asks for. They stand in "
             "the file that was printed."));
    item(text(
        "Law beyond the rules that were run. The basis of a rule is given so that a lawyer can "
        "read it. Nobody has compared it with its text for this report."));
    item(
        text("Whether a statement was ever disputed. \"No other value entered\" means that the "
             "file has one "
             "value, and not that anybody was asked."));
    return out + block("ul", markup("\n") + items);
}

Html glossary_section(const Dossier& d) {
    Html out = block("h2", {{"id", "glossary"}}, text("How its words are meant"));
    Html terms = markup("\n");
    const auto add = [&](std::string_view name, std::string_view meaning) {
        term(terms, name, text(meaning));
    };
    add("account",
        "The facts as one side has them: its own statements, those it adopts from "
        "another, and those that belong to nobody in particular.");
    add("certain",
        "On the statements named, whichever days they leave open are taken, what the rule "
        "looks for is there. It says nothing on whether those statements are right, nor on "
        "what they come to in law.");
    add("given",
        "The condition of a certain finding: it stands if that word, to which the others are "
        "not known to have agreed, is right.");
    add("possible",
        "What the statements leave open, days or facts, decides it: taken one way the "
        "conflict is there, taken another it is not.");
    add("cannot tell",
        "A rule asks for a fact that is not in the file, or the question was not "
        "decided.");
    add("no conflict found",
        "What the rules that were run have to say on what is in the file. No "
        "clearance.");
    add("earliest, latest",
        "The first and the last day that a date can be. A date less precise than "
        "a day is one unknown day between the two, never its first one.");
    add("inferred", "Bounds that no statement gives by itself; they follow from several together.");
    add("unchallenged",
        "Said by one side, and entered as what the others are not known to have answered. The "
        "views that have nothing else of it take it as it is; that is not their word.");
    add("no other value entered",
        "The file has one value of it, whoever's it is. Whether anybody disputes it is not "
        "known to the file. Where it is entered for all accounts alike, it is nobody's word "
        "in particular.");
    add("conceded", "Said by one side, and agreed by another.");
    add("doubtful",
        "Marked with a question mark by whoever entered it; nothing is certain on it alone.");
    add("weak source",
        "A source that whoever entered it marked as of low reliability; nothing is certain on its "
        "word alone, and what another statement does not bear out stays possible.");
    add("source not looked up again",
        "What is entered from memory, or from a text that whoever entered it no longer had. It "
        "counts as any other; before anything is built on it, it is to be compared with the "
        "document.");
    add("policy",
        "A number or a way of counting that no statement of the case gives and on which lawful "
        "practice differs; what each decides stands beside it under \"What this report was made "
        "from\".");
    add("text checked",
        "Of a norm: whether somebody has compared what the file says of it with the official "
        "text. No: nobody has.");
    add("between", "A conflict of one account with another, not within either.");
    if (has_charges(d.sheet))
        add("reaches",
            "How far a finding goes: to an exhibit, to an element of the offence, to the "
            "charge, or only to the record of the case.");
    add("error, warning, review, info",
        "The weight that the rule gives to such a conflict, from most to least. These are words of "
        "the checker: none of them says that a court or anybody else has made an error. Nor do "
        "they say how sure it is: that is the verdict.");
    add("burden", "Which side must prove the point, where a rule says so.");
    add("exception", "What would take the finding away if somebody stated it.");
    add("gap", "A fact that a rule asks for and nobody has stated.");
    add("fingerprint", "A number by which the same finding is known in another run.");
    out += block("dl", {{"class", "terms"}}, terms);
    return out +
           block("p", text("Dates are written year-month-day. 2014-11 in a field for a day is "
                           "one day of November 2014, not known which (EDTF, ISO 8601-2)."));
}

}  // namespace antinomy::page
