#include "report/formats.hpp"

#include <algorithm>

#include "report/json.hpp"
#include "report/short.hpp"
#include "report/text.hpp"

namespace antinomy::report {

const std::vector<Format>& formats() {
    static const std::vector<Format> all{
        {"text", "for reading",
         [](std::ostream& out, const Report& r) { print_text(out, r.result, r.sources, r.style); },
         false, true},
        {"short", "one line a finding",
         [](std::ostream& out, const Report& r) { print_short(out, r.result, r.sources); }},
        {"json", "the whole result",
         [](std::ostream& out, const Report& r) {
             print_json(out, r.result, r.sources, r.problems);
         }},
    };
    return all;
}

const Format* format_named(std::string_view name) {
    const auto& all = formats();
    const auto it =
        std::find_if(all.begin(), all.end(), [&](const Format& f) { return f.name == name; });
    return it == all.end() ? nullptr : &*it;
}

}  // namespace antinomy::report
