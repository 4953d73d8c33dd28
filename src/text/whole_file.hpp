#pragma once
// Writing a file whole or not at all.
//
// The bytes go into another file in its folder, to the disk, and only then take its place (rename
// of POSIX). So whoever looks, and whatever happens meanwhile (no room, a power cut, a kill), finds
// the old file or the new one, each whole.
//
// The other file has no name until it is whole (O_TMPFILE of Linux), so of a run that was killed
// nothing is left. Where the file system has no such files, or in the moment between a name and the
// place, `.antinomy-PROCESS-NUMBER.part` is. The next run of the same user that writes into that
// folder takes it away: a part is locked (flock) as long as its process lives. Where nothing can be
// locked it stays.
//
// A symbolic link stays one: what it leads to is replaced. Owner, group (as far as they may be
// given) and permissions stay; another name of the same file (a hard link) keeps the old content. A
// file that may not be written is not replaced, even where its folder would allow it.
//
// What is no regular file (/dev/stdout, /dev/full, a pipe) is written to directly.

#include <optional>
#include <string>
#include <string_view>

#include "text/diagnostic.hpp"

namespace antinomy::text {

struct NotWritten {
    std::string why;   // "No space left on device"
    std::string help;  // the way out
};

// Nothing: the file is there, whole and new. Else nothing has changed. `mode`: the permissions of a
// file that was not there, less what the umask takes off.
[[nodiscard]] std::optional<NotWritten> write_whole(const std::string& path, std::string_view bytes,
                                                    unsigned mode = 0666);
// The same; what went wrong becomes an error of code `not-written`. Was it written?
[[nodiscard]] bool write_whole(const std::string& path, std::string_view bytes, Diagnostics&);

// Do the two paths lead to one file, there or not yet there?
[[nodiscard]] bool same_file(const std::string& a, const std::string& b);

}  // namespace antinomy::text
