#include "data/reread.hpp"

#include <zlib.h>

#include <utility>

namespace antinomy::data {

namespace {

std::uint32_t sum_of(const std::string& s) {
    return static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef*>(s.data()), static_cast<uInt>(s.size())));
}

constexpr const char* kHelp =
    "rules that compare records need the data twice: run again when nothing writes to them, or "
    "leave these rules out with `--rules`";

}  // namespace

std::unique_ptr<Stream> Reread::open(const std::string& path) {
    if (path != "-") return std::make_unique<Stream>(path, Stream::Summed{});
    if (std::exchange(taken_, true)) return std::make_unique<Stream>(path);
    return second_ ? std::make_unique<Stream>(path, static_cast<const Tape&>(tape_))
                   : std::make_unique<Stream>(path, tape_);
}

void Reread::close(const Stream& stream, text::Diagnostics& diagnostics) {
    const auto& path = stream.path();
    if (path == "-") {
        if (!tape_.whole()) tape_.end(stream.problem());
        return;
    }
    const Mark now{sum_of(path), stream.sum(), stream.done()};
    if (!second_) {
        marks_.push_back(now);
        return;
    }
    if (astray_) return;
    if (at_ == marks_.size() || marks_[at_].path != now.path) {
        other_files(path, "was not read at this place the first time: files came or went",
                    diagnostics);
        return;
    }
    const auto& before = marks_[at_++];
    if (before.bytes == now.bytes && before.size == now.size) return;
    diagnostics.add({text::Level::error,
                     "data-changed",
                     {},
                     path,
                     "has changed since it was read the first time",
                     kHelp,
                     {}});
}

void Reread::end(text::Diagnostics& diagnostics) {
    if (second_ && !astray_ && at_ < marks_.size())
        other_files("data", "fewer files than were read the first time", diagnostics);
}

void Reread::other_files(const std::string& path, const std::string& message,
                         text::Diagnostics& diagnostics) {
    astray_ = true;
    diagnostics.add({text::Level::error, "data-changed", {}, path, message, kHelp, {}});
}

}  // namespace antinomy::data
