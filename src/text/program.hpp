#pragma once
// Another program run to its end: arguments as they are, without a shell, so that no text of a user
// becomes a command.

#include <string>
#include <string_view>
#include <vector>

namespace antinomy::text {

struct Ran {
    int error = 0;     // of starting it (`errno`); ENOENT: it is not installed
    int status = -1;   // its exit code; below 0: it was ended by a signal
    std::string out;   // what it wrote to standard output, all of it
    std::string said;  // and to standard error
};

// `words`: the program, looked for along PATH, and its arguments; none holds a NUL. `input` is what
// it reads. `settings`: NAME=VALUE, in the place of what the environment has under that name.
// Waits for its end. Reentrant; throws nothing of its own.
[[nodiscard]] Ran run_program(const std::vector<std::string>& words, std::string_view input = {},
                              const std::vector<std::string>& settings = {});

// The first line that is not empty, of what a program said.
[[nodiscard]] std::string first_line(const std::string& said);

}  // namespace antinomy::text
