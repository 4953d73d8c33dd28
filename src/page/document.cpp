#include "page/document.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

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

// Files of a zip archive on one day (1980-01-01, the first that such an archive knows): pandoc
// dates those of an OpenDocument by the clock. APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16. What is no such
// archive stays as it is.
void on_one_day(std::string& zip) {
    const auto number = [&](std::size_t at, int bytes) {
        std::size_t n = 0;
        for (int i = bytes; i-- > 0;)
            n = n << 8u | static_cast<unsigned char>(zip[at + static_cast<std::size_t>(i)]);
        return n;
    };
    const auto set = [&](std::size_t at) { zip.replace(at, 4, std::string("\0\0\x21\0", 4)); };
    constexpr std::size_t kEnd = 22;
    constexpr std::size_t kEntry = 46;
    constexpr std::size_t kLocal = 30;
    const auto end = zip.rfind("PK\5\6");
    if (end == std::string::npos || zip.size() - end < kEnd) return;
    auto at = number(end + 16, 4);
    for (auto left = number(end + 10, 2); left > 0; --left) {
        if (at + kEntry > end || zip.compare(at, 4, "PK\1\2") != 0) return;
        const auto local = number(at + 42, 4);
        if (local + kLocal > end || zip.compare(local, 4, "PK\3\4") != 0) return;
        set(at + 12);
        set(local + 10);
        at += kEntry + number(at + 28, 2) + number(at + 30, 2) + number(at + 32, 2);
    }
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
    const auto ran =
        text::run_program({kProgram, "--from", "html", "--to", format, "--output", "-"},
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
    bytes = ran.out;
    if (format == "odt") on_one_day(bytes);
    return true;
}

report::Format docx_format() {
    return row("docx", "a document for Word and LibreOffice, by pandoc", docx);
}
report::Format odt_format() {
    return row("odt", "a document for LibreOffice, by pandoc", odt);
}

}  // namespace antinomy::page
