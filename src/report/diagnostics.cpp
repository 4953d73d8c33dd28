#include "report/diagnostics.hpp"

#include <algorithm>
#include <ostream>
#include <string_view>
#include <vector>

#include "report/excerpt.hpp"
#include "report/layout.hpp"

namespace antinomy::report {
namespace {

constexpr std::size_t kMost = 200;  // a screen is no place for more; the JSON has them all

}  // namespace

void print_diagnostics(std::ostream& out, const text::Diagnostics& diagnostics,
                       const text::SourceMap& sources, const Style& style) {
    std::vector<const text::Diagnostic*> sorted;
    for (const text::Diagnostic& d : diagnostics.items()) sorted.push_back(&d);
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) {
        if (a->span.valid() != b->span.valid()) return b->span.valid();
        if (!a->span.valid()) return false;
        if (a->span.file.value != b->span.file.value)
            return a->span.file.value < b->span.file.value;
        return a->span.begin < b->span.begin;
    });
    const std::size_t more = sorted.size() > kMost ? sorted.size() - kMost : 0;
    sorted.resize(sorted.size() - more);
    for (const text::Diagnostic* d : sorted) {
        const bool error = d->level == text::Level::error;
        const Tone tone = error                              ? Tone::error
                          : d->level == text::Level::warning ? Tone::warning
                                                             : Tone::info;
        std::string head = error ? "error" : d->level == text::Level::warning ? "warning" : "note";
        if (!d->code.empty()) head += '[' + one_line(d->code) + ']';
        print_wrapped(out, head + ": ", tone, d->message, 4, style, Tone::strong);
        std::vector<text::Span> spans{d->span};
        for (const text::Related& r : d->related) spans.push_back(r.span);
        const int gutter = gutter_of(sources, spans);
        if (d->span.valid()) {
            out << spaces(gutter) << paint(Tone::frame, "-->", style) << ' '
                << place_words(sources, d->span) << '\n';
            std::vector<Mark> marks{{d->span, "", true, tone}};
            for (const text::Related& r : d->related)
                marks.push_back({r.span, r.label, false, Tone::frame});
            print_bar(out, gutter, style);
            print_excerpt(out, sources, marks, gutter, d->span.file, style);
            print_bar(out, gutter, style);
        } else if (!d->where.empty()) {
            out << spaces(gutter) << paint(Tone::frame, "-->", style) << ' ' << sanitize(d->where)
                << '\n';
        }
        if (!d->help.empty()) print_item(out, gutter, "help", d->help, style);
        out << '\n';
    }
    if (more > 0)
        print_wrapped(out, "", Tone::plain,
                      std::to_string(more) + " more not shown (--format json has them all)", 0,
                      style, Tone::strong);
}

}  // namespace antinomy::report
