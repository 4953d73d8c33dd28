#pragma once
// What the tests of this folder share: files made for a test, and what a reader makes of them.

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "data/record.hpp"
#include "data/stream.hpp"

namespace antinomy::data::test {

// A file with these bytes, for as long as the object lives.
class File {
public:
    explicit File(const std::string& bytes) {
        std::string name = (std::filesystem::temp_directory_path() / "antinomy-XXXXXX").string();
        const int fd = mkstemp(name.data());
        path_ = name;
        if (fd >= 0) ::close(fd);
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    ~File() { std::filesystem::remove(path_); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

// "2:1 {"a": 1}", and of a flawed record "3:1 !bad-json@4", one a line; last the stream's problem.
template <class Reader, class... Options>
std::string records(const std::string& bytes, const Options&... options) {
    const File file(bytes);
    Stream stream(file.path());
    Reader reader(stream, options...);
    std::string out;
    Raw raw;
    while (reader.next(raw)) {
        out += std::to_string(raw.begin.line) + ":" + std::to_string(raw.begin.column) + " ";
        out += raw.flaw ? "!" + raw.flaw->code + "@" + std::to_string(raw.flaw->at) : raw.bytes;
        out += "\n";
    }
    if (stream.problem()) out += "!!" + stream.problem()->code + "\n";
    return out;
}

}  // namespace antinomy::data::test
