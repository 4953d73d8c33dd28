#include "cli/outputs.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <sstream>

#include "cli/arguments.hpp"
#include "text/nearest.hpp"
#include "text/whole_file.hpp"

namespace antinomy::cli {

namespace fs = std::filesystem;

namespace {

std::string name_in(const std::string& written) {
    return written.substr(0, written.find('='));
}

bool is_folder(const std::string& file) {
    std::error_code ec;
    return !file.empty() && (file.back() == '/' || fs::is_directory(file, ec));
}

// A folder that pages go into, made if it is not there.
bool make_folder(const std::string& path, text::Diagnostics& problems) {
    std::error_code ec;
    fs::create_directories(path, ec);
    if (!ec || fs::is_directory(path)) return true;
    problems.add({text::Level::error,
                  "not-written",
                  {},
                  path,
                  "the folder could not be made: " + ec.message(),
                  "name a folder that you may write to",
                  {}});
    return false;
}

}  // namespace

std::string format_problem(const std::string& written) {
    const auto name = name_in(written);
    if (report::format_named(name) != nullptr) {
        if (written.find('=') == std::string::npos || written.size() > name.size() + 1) return {};
        return "`" + written + "` names no file\nwrite `--format " + name + "=FILE`";
    }
    std::string shown;
    std::vector<std::string> names;
    for (const auto& f : report::formats()) {
        names.emplace_back(f.name);
        shown += (shown.empty() ? "" : ", ") + names.back();
    }
    const auto near = text::nearest(name, names);
    return "`" + name + "` is none of " + shown +
           (near ? "\ndid you mean `" + *near + "`?" : "\nwrite one of them");
}

std::optional<std::vector<Output>> read_outputs(const std::vector<std::string>& written) {
    std::vector<Output> files;
    std::optional<Output> out;
    for (const auto& w : written) {
        const auto name = name_in(w);
        Output o{report::format_named(name), w == name ? "" : w.substr(name.size() + 1)};
        if (o.file == "-" || o.file == "/dev/stdout") o.file.clear();
        if (o.file.empty()) {
            if (out) {
                static_cast<void>(refused("two reports for standard output: " +
                                              std::string(out->format->name) + " and " + name,
                                          "give one of them a file: `--format " + name + "=FILE`"));
                return std::nullopt;
            }
            out = std::move(o);
            continue;
        }
        if (is_folder(o.file) && o.format->pages == nullptr) {
            static_cast<void>(refused("`" + o.file + "` is a folder, and the report is one file",
                                      "name a file in it: `--format " + name + "=" + o.file +
                                          (o.file.back() == '/' ? "" : "/") + "FILE`"));
            return std::nullopt;
        }
        const auto same = std::find_if(files.begin(), files.end(), [&](const Output& other) {
            std::error_code ec;
            const auto kind = fs::status(o.file, ec).type();
            const bool stream = kind != fs::file_type::not_found && kind != fs::file_type::none &&
                                kind != fs::file_type::regular && kind != fs::file_type::directory;
            return !stream && text::same_file(other.file, o.file);
        });
        if (same != files.end()) {
            static_cast<void>(
                refused("two reports for one file: `" + same->file + "` and `" + o.file + "`",
                        "give each its own file"));
            return std::nullopt;
        }
        files.push_back(std::move(o));
    }
    files.push_back(out ? *out : Output{report::format_named("text"), {}});
    return files;
}

bool write_outputs(const std::vector<Output>& outputs, report::Report report,
                   text::Diagnostics& problems) {
    const auto style = report.style;
    struct Rendered {
        std::string bytes;
        std::vector<report::Page> pages;
        bool left_out = false;  // an error has said why
    };
    std::vector<Rendered> rendered;
    bool whole = true;
    for (const auto& o : outputs) {
        report.style = o.file.empty() ? style : report::Style{};
        Rendered r;
        if (is_folder(o.file)) {
            r.pages = o.format->pages(report);
        } else if (o.format->make != nullptr) {
            r.left_out = !o.format->make(report, r.bytes, problems);
        } else if (o.format->pages != nullptr && report.result.cases.size() > 1) {
            r.left_out = true;
            problems.add({text::Level::error,
                          "not-written",
                          {},
                          "--" + std::string(o.format->name),
                          "the pages of " + std::to_string(report.result.cases.size()) +
                              " cases are a folder, not one file",
                          "write `--format " + std::string(o.format->name) + "=FOLDER/`",
                          {}});
        } else {
            std::ostringstream text;
            o.format->print(text, report);
            r.bytes = text.str();
        }
        rendered.push_back(std::move(r));
    }
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        const auto& file = outputs[i].file;
        if (rendered[i].left_out) {
            whole = false;
            continue;
        }
        if (file.empty()) {
            std::cout << rendered[i].bytes << std::flush;
            whole = whole && std::cout;
            continue;
        }
        // What was read is never written over by what is said of it.
        bool was_read = false;
        for (std::uint32_t id = 0; id < report.sources.size() && !was_read; ++id)
            was_read = text::same_file(file, std::string(report.sources.name({id})));
        if (was_read) {
            problems.add({text::Level::error,
                          "not-written",
                          {},
                          file,
                          "it was read in this run, and the report would be written over it",
                          "name another file for the report",
                          {}});
            whole = false;
            continue;
        }
        if (!is_folder(file)) {
            whole = text::write_whole(file, rendered[i].bytes, problems) && whole;
            continue;
        }
        if (!make_folder(file, problems)) {
            whole = false;
            continue;
        }
        for (const auto& page : rendered[i].pages)
            whole =
                text::write_whole((fs::path(file) / page.name).string(), page.bytes, problems) &&
                whole;
    }
    return whole;
}

}  // namespace antinomy::cli
