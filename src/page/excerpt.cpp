#include "page/excerpt.hpp"

#include <algorithm>
#include <vector>

namespace antinomy::page {

using html::block;
using html::element;
using html::Html;
using html::lines;
using html::text;

namespace {

// Bytes of a line shown on each side of a place; and of the place itself.
constexpr std::size_t kAround = 120;
constexpr std::size_t kMarked = 400;

bool inside_character(std::string_view s, std::size_t at) {
    return at < s.size() && (static_cast<unsigned char>(s[at]) & 0xc0u) == 0x80u;
}

// The line of a place, the place marked.
Html line_of(const text::Span& span, const text::SourceMap& sources) {
    const auto position = sources.position(span.file, span.begin);
    const auto line = sources.line(span.file, position.line);
    const auto begin = std::min<std::size_t>(position.column_bytes - 1, line.size());
    auto end =
        std::min<std::size_t>(begin + std::max<std::size_t>(span.end - span.begin, 1), line.size());
    auto from = begin > kAround ? begin - kAround : 0;
    while (inside_character(line, from)) --from;
    if (end - begin > kMarked) end = begin + kMarked;
    while (inside_character(line, end)) ++end;
    auto to = std::min(end + kAround, line.size());
    while (inside_character(line, to)) ++to;
    auto number = std::to_string(position.line);
    number.insert(0, number.size() < 4 ? 4 - number.size() : 0, ' ');
    return lines(number + "  ") + (from > 0 ? lines("...") : Html()) +
           lines(line.substr(from, begin - from)) +
           element("mark", lines(line.substr(begin, end - begin))) +
           lines(line.substr(end, to - end)) + (to < line.size() ? lines("...") : Html());
}

// Of a statement that stands at this place.
std::string caution_of(const check::Finding& f, const check::Place& p, const Words& words) {
    std::string out;
    const auto look = [&](const check::Proof& proof) {
        for (const auto* list : {&proof.facts, &proof.premises})
            for (const auto& x : *list)
                if (x.span == p.span && out.empty()) out = words.caution(x.source, x.doubtful);
    };
    look(f.proof);
    for (const auto& more : f.more_proofs) look(more);
    return out;
}

}  // namespace

Html excerpts(const check::Finding& f, const Words& words, const text::SourceMap& sources) {
    std::vector<const check::Place*> places;
    const auto add = [&](const check::Place& p) {
        const bool there = std::any_of(places.begin(), places.end(),
                                       [&](const auto* x) { return x->span == p.span; });
        if (p.span.valid() && !there) places.push_back(&p);
    };
    for (const auto& p : f.places) add(p);
    for (const auto& b : f.blocks)
        for (const auto& p : b.places) add(p);
    // By file, in the order in which the files are first named.
    std::vector<std::vector<const check::Place*>> files;
    for (const auto* p : places) {
        auto it = std::find_if(files.begin(), files.end(), [&](const auto& list) {
            return list.front()->span.file == p->span.file;
        });
        if (it == files.end()) it = files.insert(files.end(), std::vector<const check::Place*>{});
        it->push_back(p);
    }
    Html out;
    for (auto& list : files) {
        std::stable_sort(list.begin(), list.end(), [](const auto* a, const auto* b) {
            return a->span.begin < b->span.begin;
        });
        Html rows;
        for (const auto* p : list) {
            rows += line_of(p->span, sources) + lines("\n");
            std::string said = p->label;
            if (!p->account.empty()) {
                said += said.empty() ? "" : " ";
                said += "(" + words.account(p->account) + ")";
            }
            if (const auto caution = caution_of(f, *p, words); !caution.empty())
                said += (said.empty() ? "" : "; ") + caution;
            if (!said.empty())
                rows += element("span", {{"class", "label"}, {"dir", "auto"}},
                                lines("      ") + text(said)) +
                        lines("\n");
        }
        out += block("p", {{"class", "place"}},
                     element("code", text(sources.name(list[0]->span.file))));
        out += block("pre", {{"class", "wrap excerpt"}}, element("code", rows));
    }
    return out;
}

}  // namespace antinomy::page
