#include "report/layout.hpp"

#include <algorithm>
#include <ostream>

#include "report/phrases.hpp"
#include "report/timeline.hpp"

namespace antinomy::report {
namespace {

// One hue an account, in the order in which the finding names them.
class Hues {
public:
    Tone of(const std::string& account) {
        if (account.empty()) return Tone::frame;
        auto at = std::find(seen_.begin(), seen_.end(), account);
        if (at == seen_.end()) at = seen_.insert(seen_.end(), account);
        const auto i = static_cast<int>(at - seen_.begin()) % 4;
        return static_cast<Tone>(static_cast<int>(Tone::account_1) + i);
    }

private:
    std::vector<std::string> seen_;
};

void block_head(std::ostream& out, int gutter, const check::AccountBlock& b,
                const check::Finding& f, Tone tone, const Style& style) {
    std::string begin = spaces(gutter) + "::: account `" + one_line(b.account) + '`';
    std::string rest = one_line(b.message);
    const bool folded = !b.rule.empty() && b.rule != f.rule;
    std::string tail;
    if (folded) tail += one_line(b.rule);
    if (folded || b.verdict != f.verdict)
        (tail += tail.empty() ? "" : "; ") += check::word(b.verdict);
    if (!b.given.empty() && (folded || f.given.empty())) {
        check::Finding given;
        given.given = b.given;
        given.proof.facts = f.proof.facts;
        (tail += tail.empty() ? "" : ", ") += given_words(given);
    }
    if (!tail.empty()) ((rest += rest.empty() ? "[" : "  [") += tail) += ']';
    if (rest.empty()) {
        out << paint(tone, begin, style) << '\n';
        return;
    }
    begin += ": ";
    print_wrapped(out, begin, tone, rest, gutter + 4, style);
}

}  // namespace

Tone tone_of(check::Severity s) {
    switch (s) {
        case check::Severity::error:
            return Tone::error;
        case check::Severity::warning:
            return Tone::warning;
        case check::Severity::review:
            return Tone::review;
        case check::Severity::info:
            return Tone::info;
    }
    return Tone::error;
}

void print_wrapped(std::ostream& out, std::string_view begin, Tone tone, std::string_view text,
                   int hang, const Style& style, Tone text_tone) {
    const auto lines =
        wrap(text, std::max(style.width - hang, 20), std::max(style.width - cells(begin), 0));
    while (lines[0].empty() && !begin.empty() && begin.back() == ' ') begin.remove_suffix(1);
    out << paint(tone, begin, style) << paint(text_tone, lines[0], style) << '\n';
    for (std::size_t i = 1; i < lines.size(); ++i)
        out << spaces(hang) << paint(text_tone, lines[i], style) << '\n';
}

void print_item(std::ostream& out, int gutter, std::string_view name, std::string_view text,
                const Style& style) {
    const std::string lead = spaces(gutter + 1) + "= ";
    std::string begin(name);
    begin += ':';
    if (text.empty()) {
        print_wrapped(out, lead, Tone::frame, begin, gutter + 5, style, Tone::frame);
        return;
    }
    begin.insert(0, lead);
    begin += ' ';
    print_wrapped(out, begin, Tone::frame, text, gutter + 5, style);
}

void print_bullet(std::ostream& out, int gutter, std::string_view text, const Style& style) {
    print_wrapped(out, spaces(gutter + 5) + "- ", Tone::frame, text, gutter + 7, style);
}

int print_places(std::ostream& out, const check::Finding& f, const text::SourceMap& sources,
                 const Style& style) {
    std::vector<text::Span> spans;
    for (const check::Place& p : f.places) spans.push_back(p.span);
    for (const check::AccountBlock& b : f.blocks)
        for (const check::Place& p : b.places) spans.push_back(p.span);
    const int gutter = gutter_of(sources, spans);
    Hues hues;

    std::string head(check::word(f.severity));
    head += '[' + one_line(f.rule) + ']';
    if (const auto mark = baseline_mark(f); !mark.empty()) (head += ' ') += mark;
    head += ": ";
    print_wrapped(out, head, tone_of(f.severity), f.message, 4, style, Tone::strong);
    if (const std::string given = given_words(f); !given.empty())
        print_wrapped(out, spaces(4), Tone::plain, given, 4, style, Tone::strong);

    const std::string middle = style.unicode ? " · " : "; ";
    const std::string right = verdict_words(f) + middle + accounts_words(f);
    std::string place;
    if (!f.places.empty()) place = place_words(sources, f.places[0].span);
    if (place.empty()) place = one_line(f.at);
    const std::string arrow = spaces(gutter) + "--> ";
    out << paint(Tone::frame, arrow, style) << place;
    if (cells(arrow) + cells(place) + 3 + cells(right) <= style.width) {
        out << spaces(3) << right << '\n';
    } else {
        out << '\n';
        print_wrapped(out, spaces(gutter + 4), Tone::plain, right, gutter + 4, style);
    }
    if (f.places.empty() && f.blocks.empty()) return gutter;

    std::vector<Mark> marks;
    // Blocks as the checker gives them; one that has no places of its own gets those of its
    // account.
    std::vector<check::AccountBlock> blocks = f.blocks;
    const auto add = [&](const check::Place& p) {
        auto at = std::find_if(blocks.begin(), blocks.end(),
                               [&](const auto& b) { return b.account == p.account; });
        if (at == blocks.end()) {
            check::AccountBlock b;
            b.account = p.account;
            b.verdict = f.verdict;
            at = blocks.insert(blocks.end(), std::move(b));
        }
        const auto given = std::find_if(f.blocks.begin(), f.blocks.end(),
                                        [&](const auto& b) { return b.account == p.account; });
        if (given == f.blocks.end() || given->places.empty()) at->places.push_back(p);
    };
    for (std::size_t i = 0; i < f.places.size(); ++i) {
        const check::Place& p = f.places[i];
        if (i == 0) {
            std::string label = p.label;
            if (!p.account.empty() && label.find(p.account) == std::string::npos)
                ((label += label.empty() ? "(" : " (") += p.account) += ')';
            marks.push_back({p.span, std::move(label), true, tone_of(f.severity)});
        } else if (p.account.empty()) {
            marks.push_back({p.span, p.label, false, Tone::frame});
        } else {
            add(p);
        }
    }
    text::FileId shown = f.places.empty() ? text::FileId{} : f.places[0].span.file;
    print_bar(out, gutter, style);
    if (!marks.empty()) {
        shown = print_excerpt(out, sources, marks, gutter, shown, style);
        print_bar(out, gutter, style);
    }
    for (const check::AccountBlock& b : blocks) {
        const Tone tone = hues.of(b.account);
        block_head(out, gutter, b, f, tone, style);
        std::vector<Mark> own;
        for (const check::Place& p : b.places) own.push_back({p.span, p.label, false, tone});
        shown = print_excerpt(out, sources, own, gutter, shown, style);
        print_bar(out, gutter, style);
    }
    return gutter;
}

void print_timeline(std::ostream& out, const check::Finding& f, int gutter, const Style& style) {
    if (style.width < 60) return;
    const auto lines = draw_timeline(f.timeline, style.width - gutter - 1, style.unicode);
    for (std::size_t i = 0; i < lines.size(); ++i)
        out << spaces(gutter + 1) << paint(i == 0 ? Tone::frame : Tone::plain, lines[i], style)
            << '\n';
}

void print_witnesses(std::ostream& out, const check::Finding& f, int gutter, const Style& style) {
    const auto witnesses = witness_lines(f);
    if (witnesses.empty()) return;
    print_item(out, gutter, "datings that the statements leave open", "", style);
    for (const auto& text : witnesses) print_bullet(out, gutter, text, style);
}

void print_turning(std::ostream& out, const check::Finding& f, int gutter, std::size_t most,
                   const Style& style) {
    const auto dates = turning_dates(f);
    for (std::size_t i = 0; i < std::min(most, dates.size()); ++i)
        print_item(out, gutter, "turns on", dates[i], style);
    if (dates.size() > most)
        print_item(out, gutter, "turns on", count_words(dates.size() - most, "more date"), style);
    for (const check::Turn& t : f.turns_on) print_item(out, gutter, "turns on", t.text, style);
    if (!f.turning_note.empty()) print_item(out, gutter, "note", f.turning_note, style);
}

}  // namespace antinomy::report
