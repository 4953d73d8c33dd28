#include "page/document.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "page/office.hpp"
#include "page/page.hpp"
#include "text/program.hpp"

namespace antinomy::page {
namespace {

constexpr const char* kProgram = "pandoc";
constexpr const char* kOldest = "SOURCE_DATE_EPOCH=315532800";  // 1980-01-01: zip knows no earlier

bool fail(text::Diagnostics& problems, const std::string& format, const std::string& why,
          const std::string& help) {
    problems.add({text::Level::error, "not-made", {}, "--" + format, why, help, {}});
    return false;
}

bool docx(const report::Report& r, std::string& bytes, text::Diagnostics& problems) {
    return make_document("docx", r, bytes, problems);
}
bool odt(const report::Report& r, std::string& bytes, text::Diagnostics& problems) {
    return make_document("odt", r, bytes, problems);
}

report::Format row(std::string_view name, std::string_view what,
                   bool (*make)(const report::Report&, std::string&, text::Diagnostics&)) {
    auto format = html_format();
    format.name = name;
    format.what = what;
    format.print = nullptr;
    format.pages = nullptr;
    format.make = make;
    return format;
}

}  // namespace

bool make_document(const std::string& format, const report::Report& r, std::string& bytes,
                   text::Diagnostics& problems) {
    if (r.result.cases.size() != 1)
        return fail(
            problems, format,
            "a document is of one case, and " +
                (r.result.cases.empty() ? std::string("none was checked")
                                        : std::to_string(r.result.cases.size()) + " were checked"),
            "name one case file, or write `--html FOLDER/` for all");
    std::vector<std::string> settings;
    if (std::getenv("SOURCE_DATE_EPOCH") == nullptr) settings.emplace_back(kOldest);
    const auto ran = text::run_program({kProgram, "--from", "html", "--to", format,
                                        "--shift-heading-level-by=-1", "--output", "-"},
                                       document_text(r, 0), settings);
    if (ran.error == ENOENT)
        return fail(
            problems, format, "pandoc, which makes documents of pages, is not installed",
            "install it (`apt install pandoc`), or write `--html FILE` and open that in the "
            "word processor");
    if (ran.error != 0)
        return fail(problems, format,
                    std::string("pandoc could not be started: ") + std::strerror(ran.error),
                    "write `--html FILE` and open that in the word processor");
    if (ran.status != 0 || ran.out.empty())
        return fail(problems, format, "pandoc made no document: " + text::first_line(ran.said),
                    "write `--html FILE` and open that in the word processor");
    bytes = finished(format, ran.out);
    return true;
}

report::Format docx_format() {
    return row("docx", "a document for Word and LibreOffice, by pandoc", docx);
}
report::Format odt_format() {
    return row("odt", "a document for LibreOffice, by pandoc", odt);
}

}  // namespace antinomy::page
