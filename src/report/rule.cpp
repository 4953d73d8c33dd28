#include "report/rule.hpp"

#include <algorithm>
#include <ostream>

#include "report/layout.hpp"
#include "report/rule_words.hpp"
#include "rule/monotone.hpp"
#include "rule/uses.hpp"
#include "time/conventions.hpp"

namespace antinomy::report {
namespace {

using rule::Rule;

// A page in one format. Depth counts how deep in a list something stands.
class Page {
public:
    virtual ~Page() = default;
    virtual void head(const std::string& id, const std::string& title) = 0;
    virtual void item(const std::string& name, const Words&) = 0;  // of the list below the head
    virtual void section(const std::string& name) = 0;
    virtual void paragraph(const Words&) = 0;
    virtual void bullet(int depth, const Words&) = 0;
    virtual void condition(const std::string&) = 0;
};

class TextPage : public Page {
public:
    TextPage(std::ostream& out, const Style& style) : out_(out), style_(style) {}

    void head(const std::string& id, const std::string& title) override {
        out_ << paint(Tone::strong, one_line(id), style_) << '\n';
        if (!title.empty()) print_wrapped(out_, "  ", Tone::plain, title, 2, style_);
        out_ << '\n';
    }
    void item(const std::string& name, const Words& w) override {
        print_wrapped(out_, "  " + name + ": ", Tone::frame, joined(w), 6, style_);
    }
    void section(const std::string& name) override {
        out_ << '\n' << paint(Tone::strong, name, style_) << '\n';
    }
    void paragraph(const Words& w) override {
        print_wrapped(out_, "  ", Tone::plain, joined(w), 2, style_);
    }
    void bullet(int depth, const Words& w) override {
        const int at = 2 + 2 * depth;
        print_wrapped(out_, spaces(at) + "- ", Tone::frame, joined(w), at + 2, style_);
    }
    void condition(const std::string& text) override {
        print_wrapped(out_, "  ", Tone::plain, text, 4, style_);
    }

private:
    static std::string joined(const Words& w) {
        std::string out;
        for (const auto& x : w) out += x.code ? "`" + x.text + "`" : x.text;
        return out;
    }

    std::ostream& out_;
    const Style& style_;
};

// Text that Markdown shows as it is. What means something anywhere in a line is escaped there, what
// does so at its head (a list, a heading underlined) only there.
std::string escaped(std::string_view text) {
    static constexpr std::string_view kAnywhere = "\\`*_[]<>&|~#!";
    std::string safe = one_line(text);
    // Blanks at the ends part it from the code beside it.
    if (!safe.empty() && text.front() == ' ') safe.insert(0, " ");
    if (!safe.empty() && text.back() == ' ') safe += ' ';
    std::string out;
    const auto digits = safe.find_first_not_of("0123456789");
    for (std::size_t i = 0; i < safe.size(); ++i) {
        const char c = safe[i];
        const bool list_mark =
            i == digits && (i == 0 ? c == '+' || c == '-' || c == '=' : c == '.' || c == ')');
        if (list_mark || kAnywhere.find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

// The longest run of backticks; a fence must be longer.
std::size_t longest_run(std::string_view text) {
    std::size_t most = 0;
    std::size_t run = 0;
    for (const char c : text) {
        run = c == '`' ? run + 1 : 0;
        most = std::max(most, run);
    }
    return most;
}

std::string code_span(std::string_view text) {
    const std::string safe = one_line(text);
    if (safe.empty()) return {};
    const std::string fence(longest_run(safe) + 1, '`');
    // One blank on each side is taken off again; it keeps a backtick from joining the fence.
    const bool pad = safe.front() == '`' || safe.back() == '`';
    return fence + (pad ? " " : "") + safe + (pad ? " " : "") + fence;
}

class MarkdownPage : public Page {
public:
    explicit MarkdownPage(std::ostream& out) : out_(out) {}

    void head(const std::string& id, const std::string& title) override {
        out_ << "## " << escaped(id) << "\n\n";
        if (!title.empty()) out_ << escaped(title) << "\n\n";
    }
    void item(const std::string& name, const Words& w) override {
        out_ << "- " << name << ": " << joined(w) << '\n';
    }
    void section(const std::string& name) override { out_ << "\n### " << name << "\n\n"; }
    void paragraph(const Words& w) override { out_ << joined(w) << '\n'; }
    void bullet(int depth, const Words& w) override {
        out_ << spaces(2 * depth) << "- " << joined(w) << '\n';
    }
    void condition(const std::string& text) override {
        const std::string fence(std::max<std::size_t>(3, longest_run(text) + 1), '`');
        out_ << fence << "text\n" << one_line(text) << '\n' << fence << '\n';
    }

private:
    static std::string joined(const Words& w) {
        std::string out;
        for (const auto& x : w) out += x.code ? code_span(x.text) : escaped(x.text);
        return out;
    }

    std::ostream& out_;
};

void exceptions(Page& page, const std::vector<rule::Exception>& list, int depth) {
    for (const auto& x : list) {
        if (!x.rule.empty()) continue;
        Words w;
        if (!x.pack.empty()) {
            w.push_back(plain("by pack "));
            w.push_back(code(x.pack));
            w.push_back(plain(": "));
        }
        if (depth > 0) w.push_back(plain("unless "));
        w.push_back(code(x.when.written));
        if (!x.because.empty()) w.push_back(plain(": " + x.because));
        page.bullet(depth, w);
        exceptions(page, x.unless, depth + 1);
    }
}

void policies(Page& page, const rule::Packs& packs, const Rule& r, const Place& place) {
    const auto used = rule::policies_used(r);
    if (used.empty()) return;
    page.section("Policies");
    for (const auto& name : used) {
        Words w{code(name), plain(": " + policy_value(packs, name))};
        if (const auto at = packs.policy_place(name); at.valid())
            w.push_back(plain(", set at " + place(at)));
        if (const auto convention = time::convention_of(name))
            w.push_back(plain(" (" + std::string(time::kConventionTable[*convention].about) + ")"));
        page.bullet(0, w);
        const auto term = packs.terms().find(name);
        if (term == packs.terms().end() || !term->second.dated) continue;
        const auto& basis = packs.policy_basis(name);
        for (std::size_t i = 0; i < term->second.values.size(); ++i) {
            std::string text = model::print_with_days(term->second.values[i]);
            for (const auto& b : basis[i]) text += ", " + citation_text(b);
            page.bullet(1, {plain(text)});
        }
    }
}

void defines(Page& page, const rule::Packs& packs, const Rule& r, const Place& place) {
    if (r.defines.empty()) return;
    page.section("Defines");
    for (const auto& name : r.defines) {
        const auto* d = packs.find_define(name);
        if (d == nullptr) continue;
        std::string call = d->name + "(";
        for (const auto& [parameter, type] : d->parameters)
            call += (call.back() == '(' ? "" : ", ") + parameter + ": " + type;
        Words w{code(call + ")")};
        if (!d->is.empty()) {
            w.push_back(plain(" is "));
            w.push_back(code(d->is));
        }
        w.push_back(plain(", " + place(d->span)));
        page.bullet(0, w);
        for (const auto& [when, is] : d->cases)
            page.bullet(1, {code(is), plain(" when "), code(when)});
    }
}

void read_rules(Page& page, const rule::Packs& packs, const Rule& r) {
    if (r.reads_findings_of.empty()) return;
    page.section("Reads the findings of");
    const auto read = rule::rules_read(packs, r);
    if (read.empty()) page.paragraph({plain("no rule of the packs in use")});
    for (const auto* other : read) page.bullet(0, {code(other->id), plain(": " + other->title)});
}

void examples(Page& page, const Rule& r) {
    if (r.tests.empty()) return;
    page.section("Examples");
    for (const auto& example : r.tests) {
        std::string expected;
        for (const auto& e : example.expect)
            expected += (expected.empty() ? "" : "; ") + expected_words(e);
        page.bullet(0, {plain(example.name + ": " + (expected.empty() ? "no finding" : expected))});
    }
}

void properties(Page& page, const Rule& r, const Place& place) {
    page.head(r.id, r.title);
    page.item("pack", {code(r.pack), plain(", " + place(r.span))});
    page.item("kind", {plain(kind_words(r))});
    page.item("severity", {plain(std::string(rule::word(r.severity)))});
    if (r.overridden)
        page.item("overridden", {plain(overridden_words(r) + ", " + place(r.overridden->span))});
    if (r.mandatory)
        page.item(
            "mandatory",
            {plain("yes: no case suppresses it, no other pack turns it off or weighs it less")});
    for (const auto& [alias, span] : r.aliases) page.item("before", {code(alias)});
    for (const auto& o : r.over)
        page.item("over", {code(o.rule), plain(o.by.empty() ? "" : ", " + o.by)});
    for (const auto& g : r.groups) page.item("group", {code(g)});
    page.item("about", {plain(r.about)});
    page.item("reaches", {plain(r.reaches)});
    if (r.presumption)
        page.item("presumption",
                  {plain("yes: what usually holds; told as "), code("facts-contradict"),
                   plain(" where the facts exclude it for certain")});
    if (r.between != rule::Between::none) page.item("between", {plain(between_words(r))});
    if (!r.burden.empty()) page.item("burden", {plain(r.burden)});
    const auto asked = rule::asks_how_known(r);
    for (const auto& a : asked) page.item("asks how well something is known", {code(a)});
}

void conditions(Page& page, const rule::Packs& packs, const Rule& r) {
    page.section("For each");
    for (std::size_t i = 0; i < r.bindings.size(); ++i) {
        auto w = binding_words(r.bindings[i], packs);
        if (static_cast<int>(i) == r.at && r.bindings.size() > 1)
            w.push_back(plain("; the finding is about it"));
        page.bullet(0, w);
    }
    if (r.where) {
        page.section("Where");
        page.condition(r.where->written);
    }
    page.section("Require");
    page.condition(r.require.written);
    const auto ranked = [](const rule::Exception& x) { return !x.rule.empty(); };
    if (!std::all_of(r.unless.begin(), r.unless.end(), ranked)) {
        page.section("Unless");
        exceptions(page, r.unless, 0);
    }
    if (std::none_of(r.unless.begin(), r.unless.end(), ranked)) return;
    page.section("Yields to");
    for (const auto& x : r.unless)
        if (ranked(x)) page.bullet(0, {code(x.rule), plain(" where "), code(x.when.written)});
}

void said(Page& page, const Rule& r) {
    page.section("Message");
    page.paragraph({plain(r.message_written)});
    if (!r.possible_written.empty()) {
        page.section("Message of a possible finding");
        page.paragraph({plain(r.possible_written)});
    }
    if (!r.help.empty()) {
        page.section("Help");
        page.paragraph({plain(r.help)});
    }
    if (r.basis.empty()) return;
    page.section("Basis");
    for (const auto& b : r.basis) page.bullet(0, {plain(citation_text(b))});
}

void write(Page& page, const rule::Packs& packs, const Rule& r, const Place& place) {
    properties(page, r, place);
    conditions(page, packs, r);
    read_rules(page, packs, r);
    policies(page, packs, r, place);
    defines(page, packs, r, place);
    said(page, r);
    examples(page, r);
}

}  // namespace

void print_rule(std::ostream& out, const rule::Packs& packs, const Rule& r, const Place& place,
                const Style& style) {
    TextPage page(out, style);
    write(page, packs, r, place);
}

void print_rule_markdown(std::ostream& out, const rule::Packs& packs, const Rule& r,
                         const Place& place) {
    MarkdownPage page(out);
    write(page, packs, r, place);
}

}  // namespace antinomy::report
