#include "report/short.hpp"

#include <ostream>

#include "report/excerpt.hpp"
#include "report/phrases.hpp"
#include "report/terminal.hpp"

namespace antinomy::report {

void print_short(std::ostream& out, const check::Result& result, const text::SourceMap& sources) {
    for (const check::CaseResult& c : result.cases)
        for (const check::Finding* f : in_order(c)) {
            std::string place;
            if (!f->places.empty()) place = place_words(sources, f->places[0].span);
            out << (place.empty() ? sanitize(c.file) : place) << ": " << check::word(f->severity)
                << '[' << one_line(f->rule) << "] " << one_line(f->message) << " ("
                << verdict_words(*f) << ")\n";
        }
}

}  // namespace antinomy::report
