#include "data/records.hpp"

#include <algorithm>
#include <utility>

#include "text/join.hpp"
#include "text/nearest.hpp"

namespace antinomy::data {

using text::join;

Records::Records(const Map& map, std::vector<std::string> paths, Reread* reread)
    : map_(map),
      files_(map.parts, std::move(paths)),
      reread_(reread),
      part_files_(map.parts.size(), 0) {}

std::uint64_t Records::done() const {
    return done_ + (stream_ ? stream_->done() : 0);
}

bool Records::open(text::Diagnostics& diagnostics) {
    std::string path;
    std::size_t part = 0;
    if (!files_.next(path, part, diagnostics)) {
        if (reread_ != nullptr && !std::exchange(ended_, true)) reread_->end(diagnostics);
        return false;
    }
    stream_ = reread_ != nullptr ? reread_->open(path) : std::make_unique<Stream>(path);
    file_ = std::make_shared<DataFile>();
    file_->path = path;
    file_->part = part;
    const auto& form = map_.parts[part];
    first_ = true;
    ++files_read_;
    ++part_files_[part];
    std::vector<std::string> keys;
    if (form.records)
        for (const auto& s : form.records->steps) keys.push_back(s.name);
    switch (form.reads) {
        case Reads::jsonl:
            reader_ = std::make_unique<Reader>(std::in_place_type<Lines>, *stream_);
            break;
        case Reads::json:
            reader_ = std::make_unique<Reader>(std::in_place_type<JsonElements>, *stream_, keys);
            break;
        case Reads::table:
            reader_ = std::make_unique<Reader>(std::in_place_type<Rows>, *stream_, form.table);
            break;
        case Reads::yaml:
            reader_ = std::make_unique<Reader>(std::in_place_type<Documents>, *stream_);
            break;
    }
    return true;
}

// Every path of the map begins with the name of a column.
bool Records::columns_fit(const std::vector<std::string>& columns, text::Diagnostics& diagnostics) {
    bool good = true;
    for (const auto& [written, span, part, list] : map_.paths) {
        if (part != file_->part) continue;
        PathProblem problem;
        const auto path = read_path(written, problem);
        if (!path || path->steps.empty() || path->steps.front().kind != Path::Step::Kind::name)
            continue;
        const auto& name = path->steps.front().name;
        const auto count = std::count(columns.begin(), columns.end(), name);
        if (count == 1) continue;
        const auto& optional = map_.parts[part].table.optional;
        if (count == 0 && std::find(optional.begin(), optional.end(), name) != optional.end())
            continue;
        good = false;
        if (count > 1)
            diagnostics.error(
                span, "ambiguous-column",
                join("`", file_->path, "` has ", std::to_string(count), " columns `", name, "`"),
                "rename all but one of them");
        else
            diagnostics.error(
                span, "unknown-column", join("`", file_->path, "` has no column `", name, "`"),
                columns.size() == 1 ? join("it has one column, `", columns.front(),
                                           "`: is `separator` of the map the right one?")
                                    : text::did_you_mean(name, columns));
    }
    return good;
}

bool Records::next_lines(Found& out, std::size_t most, text::Diagnostics& diagnostics) {
    if (!reader_ && !open(diagnostics)) return false;
    auto* lines = std::get_if<Lines>(reader_.get());
    if (lines == nullptr || !lines->several(out.raw, most)) {
        out.raw = {};
        return next(out, diagnostics);
    }
    out.file = file_;
    return true;
}

bool Records::next(Found& out, text::Diagnostics& diagnostics) {
    for (;;) {
        if (!reader_ && !open(diagnostics)) return false;
        if (std::visit([&](auto& r) { return r.next(out.raw); }, *reader_)) {
            bool read = true;
            if (first_ && map_.parts[file_->part].reads == Reads::table) {
                file_->columns = std::get<Rows>(*reader_).columns();
                const bool headless = out.raw.flaw && out.raw.flaw->code == "bad-header";
                read = headless || columns_fit(file_->columns, diagnostics);
            }
            first_ = false;
            out.file = file_;
            if (read) return true;
        } else if (stream_->problem()) {
            diagnostics.add(*stream_->problem());
        }
        if (reread_ != nullptr) reread_->close(*stream_, diagnostics);
        done_ += stream_->done();
        reader_.reset();
        stream_.reset();
    }
}

std::optional<text::Node> RecordReader::read(const Found& found, const text::SourceMap& sources,
                                             text::FileId file, text::Diagnostics& diagnostics) {
    const auto bytes = sources.bytes(file);
    const auto& form = map_.parts[found.file->part];
    auto flaw = found.raw.flaw;
    std::optional<text::Node> out;
    if (!flaw) {
        switch (form.reads) {
            case Reads::json:
            case Reads::jsonl:
                out = json_.read(bytes, file, flaw);
                break;
            case Reads::table:
                out = read_row(bytes, file, form.table, found.file->columns, flaw);
                break;
            case Reads::yaml:
                return yaml_.read(sources, file, diagnostics);
        }
    }
    if (flaw) {
        const auto size = static_cast<std::uint32_t>(bytes.size());
        const auto at = std::min(flaw->at, size);
        diagnostics.error({file, at, std::min(at + 1, size)}, flaw->code, flaw->message,
                          flaw->help);
        return std::nullopt;
    }
    return out;
}

}  // namespace antinomy::data
