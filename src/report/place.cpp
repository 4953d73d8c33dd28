#include "report/place.hpp"

#include <filesystem>
#include <system_error>

namespace antinomy::report {

std::string relative_path(const Provenance& run, std::string_view name) {
    namespace fs = std::filesystem;
    if (name.empty() || name == "-") return std::string(name);
    if (auto from_top = name_in_project(run, std::string(name))) return *from_top;
    fs::path path = fs::path(name).lexically_normal();
    if (path.is_absolute()) {
        std::error_code error;
        const fs::path here = fs::current_path(error);
        path = error ? path.relative_path() : path.lexically_relative(here);
    }
    return path.generic_string();
}

Where where(const Report& r, const text::Span& span, std::string_view file) {
    const text::SourceMap& sources = r.sources;
    Where out;
    if (!span.valid()) {
        out.file = relative_path(r.provenance, file);
        return out;
    }
    out.file = relative_path(r.provenance, sources.name(span.file));
    const text::Position begin = sources.position(span.file, span.begin);
    const text::Position end = sources.position(span.file, span.end);
    out.line = begin.line;
    out.column = begin.column;
    out.end_line = end.line;
    out.end_column = end.column;
    return out;
}

}  // namespace antinomy::report
