#include "docs/examples.hpp"

#include <algorithm>

#include "report/phrases.hpp"
#include "trial/trial.hpp"

namespace antinomy::docs {

using html::block;
using html::element;
using html::Html;
using html::text;

namespace {

// Longer proofs and lists are for `antinomy explain`.
constexpr std::size_t kLines = 12;

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> out;
    while (true) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
        out.push_back(line);
        if (end == std::string_view::npos) return out;
        text.remove_prefix(end + 1);
    }
}

// What begins at `column` (from 0) of its line, with as much taken off the lines below as all of
// them are indented by, at most `column`.
std::string dedented(std::string_view text, std::size_t column) {
    const auto lines = split(text);
    std::size_t indent = column;
    for (std::size_t i = 1; i < lines.size(); ++i)
        if (const auto at = lines[i].find_first_not_of(' '); at != std::string_view::npos)
            indent = std::min(indent, at);
    std::string out;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto line = lines[i];
        if (i > 0) line.remove_prefix(std::min(indent, line.size()));
        out += line;
        out += '\n';
    }
    while (out.size() > 1 && out[out.size() - 2] == '\n') out.pop_back();
    return out;
}

std::string part(const text::SourceMap& sources, const text::Span& span) {
    const auto column = span.begin - sources.line_start(span.file, span.begin);
    return dedented(sources.text(span), column);
}

Html bullets(const std::vector<std::string>& lines) {
    Html items = html::markup("\n");
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i == kLines && lines.size() > kLines + 1) {
            items += block("li", text("and " + report::count_words(lines.size() - i, "more line")));
            break;
        }
        items += block("li", {{"dir", "auto"}}, prose(lines[i]));
    }
    return block("ul", items);
}

void titled(Html& out, const std::string& title, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    out += block("p", {{"class", "dim"}}, text(title)) + bullets(lines);
}

Html finding(const check::Finding& f) {
    const std::string severity(check::word(f.severity));
    Html head = element("span", {{"class", "tag " + severity}}, text(severity)) +
                text(" " + report::verdict_words(f) + " ");
    head += element(
        "span", {{"class", "dim"}},
        text("at ") + element("code", text(f.at)) + text("; ") + prose(report::accounts_words(f)));
    Html out = block("p", head) + block("p", {{"class", "said"}, {"dir", "auto"}}, text(f.message));
    titled(out, "Because", report::because_lines(f, kLines));
    auto turns = report::turning_dates(f);
    for (const auto& t : f.turns_on) turns.push_back(t.text);
    if (!f.turning_note.empty()) turns.push_back(f.turning_note);
    titled(out, "Turns on", turns);
    if (f.verdict == check::Verdict::possible && (f.turning.empty() || !f.turning_note.empty()))
        titled(out, "Datings that the statements leave open", report::witness_lines(f));
    std::vector<std::string> changes;
    for (const auto& r : f.resolve) changes.push_back(report::resolution_words(r));
    titled(out, f.verdict == check::Verdict::certain ? "No longer certain" : "It would change",
           changes);
    return out;
}

std::vector<std::string> gaps(const std::vector<check::Gap>& list) {
    std::vector<std::string> out;
    for (const auto& g : list) {
        std::string line = "`" + g.field + "`";
        // A path names its record itself.
        line += (g.field.find('.') == std::string::npos ? " of `" : " for `") + g.at + "`";
        if (!g.accounts.empty()) line += " (" + report::list_words(g.accounts) + ")";
        if (!g.pending.empty()) line += "; it has not come: pending " + g.pending;
        if (std::find(out.begin(), out.end(), line) == out.end()) out.push_back(std::move(line));
    }
    return out;
}

// What a silent rule came to at each record; of an exception also which. Which part of a scope is
// not met is not said: the parts are listed by themselves, without the `not` or the `or` about
// them.
std::vector<std::string> silent(const std::vector<check::Explained>& list) {
    std::vector<std::string> out;
    for (const auto& e : list) {
        std::string line = "`" + e.at + "`";
        if (!e.account.empty()) line += ", " + e.account;
        line += ": " + (e.status == "not applicable" ? "outside its scope" : e.status);
        if (!e.note.empty()) line += ", " + e.note;
        for (const auto& l : e.lines)
            if (e.status == "excepted" && l.section == "unless" && l.outcome == "true")
                line += "; `" + l.written + "` holds";
        if (std::find(out.begin(), out.end(), line) == out.end()) out.push_back(std::move(line));
    }
    return out;
}

Html answer(const rule::Packs& packs, const rule::Rule& r, const trial::Example& x,
            text::Diagnostics& diagnostics) {
    if (is_off(r)) return block("p", text("Not judged: the rule is off."));
    check::Options options;
    options.rules = trial::rules_of(x);
    options.trace = r.id;
    options.infer = false;
    const auto checked = check::check_case(packs, x.file, options);
    const auto& result = checked.result;
    Html out;
    bool found = false;
    for (const auto* f : report::in_order(result)) {
        if (f->rule != r.id && f->rule != x.told) continue;
        out += finding(*f);
        found = true;
    }
    std::vector<check::Gap> asked;
    for (const auto& g : result.gaps)
        if (g.rule == r.id) asked.push_back(g);
    if (!found)
        out += block("p", element("span", {{"class", "tag quiet"}}, text("silent")) +
                              text(asked.empty() ? " No finding." : " No finding, but a gap."));
    titled(out, "It asks for what the file does not hold", gaps(asked));
    std::vector<std::string> undecided;
    for (const auto& u : result.undecided) undecided.push_back(u.why);
    titled(out, "Not decided", undecided);
    if (!found && asked.empty()) {
        const auto lines = silent(checked.explained);
        if (lines.empty())
            out += block("p", {{"class", "dim"}}, text("Nothing in it that the rule speaks of."));
        else
            titled(out, "What it looked at", lines);
    }
    const auto compared = trial::compare(x, result);
    for (const auto& d : compared.differences) {
        out += block("p", element("strong", text("The pack expects otherwise: ")) + text(d.what));
        diagnostics.warning(d.span.valid() ? d.span : x.written->span, "example-differs",
                            "`" + x.name + "`: " + d.what,
                            "`antinomy test` compares all examples; the page shows what is found");
    }
    return out;
}

}  // namespace

std::string case_text(const text::Node& body, const text::SourceMap& sources) {
    if (!body.flow || body.entries.empty()) return part(sources, body.span);
    std::string out;
    for (const auto& [key, value] : body.entries) {
        out += part(sources, key.span);
        out.back() = ':';
        out += value.is_null() ? "\n" : " " + part(sources, value.span);
    }
    return out;
}

Html examples(const Library& library, const rule::Rule& r, const text::SourceMap& sources,
              text::Diagnostics& diagnostics) {
    Html out;
    std::size_t number = 0;
    for (const auto& x : trial::examples_of(*library.packs, r, diagnostics)) {
        const auto name = "example-" + std::to_string(++number);
        const auto said = html::markup("\n") +
                          block("h4", text("What the program says of it, by this rule")) +
                          answer(*library.packs, r, x, diagnostics);
        const auto shown = html::markup("\n") + block("h4", text("The case")) +
                           html::listing("Case of example " + std::to_string(number),
                                         case_text(*x.written->body, sources));
        out += block("section",
                     {{"class", "example"}, {"id", name}, {"aria-labelledby", name + "-name"}},
                     html::markup("\n") +
                         block("h3", {{"id", name + "-name"}, {"dir", "auto"}},
                               text(std::to_string(number) + ". " + x.written->name)) +
                         block("div", {{"class", "pair"}},
                               html::markup("\n") + block("div", shown) +
                                   block("div", {{"class", "answer"}}, said)));
    }
    return out;
}

}  // namespace antinomy::docs
