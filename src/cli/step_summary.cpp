#include "cli/step_summary.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

#include "report/github.hpp"

namespace antinomy::cli {

bool append_step_summary(const report::Report& r, text::Diagnostics& problems) {
    const char* path = std::getenv("GITHUB_STEP_SUMMARY");
    if (path == nullptr || *path == '\0') return true;
    const std::string text = report::github_summary(r);
    const int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    int why = file < 0 ? errno : 0;
    for (std::size_t done = 0; why == 0 && done < text.size();) {
        const auto n = write(file, text.data() + done, text.size() - done);
        if (n >= 0)
            done += static_cast<std::size_t>(n);
        else if (errno != EINTR)
            why = errno;
    }
    if (file >= 0 && close(file) != 0 && why == 0) why = errno;
    if (why == 0) return true;
    problems.add(
        {text::Level::error,
         "not-written",
         {},
         path,
         "the summary of the step could not be appended: " + std::generic_category().message(why),
         "see where GITHUB_STEP_SUMMARY points, or unset it",
         {}});
    return false;
}

}  // namespace antinomy::cli
