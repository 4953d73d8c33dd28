#include "text/program.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>

extern char** environ;  // POSIX has it, and no header must

namespace antinomy::text {

namespace {

struct Close {
    void operator()(std::FILE* f) const { std::fclose(f); }
};
using File = std::unique_ptr<std::FILE, Close>;

std::string read_all(int fd) {
    std::string out;
    char buffer[65536];
    for (;;) {
        const auto n = ::read(fd, buffer, sizeof buffer);
        if (n > 0)
            out.append(buffer, static_cast<std::size_t>(n));
        else if (n == 0 || errno != EINTR)
            return out;
    }
}

// The environment with these settings.
std::vector<std::string> environment_with(const std::vector<std::string>& settings) {
    auto out = settings;
    for (char** e = environ; *e != nullptr; ++e) {
        const std::string_view entry(*e);
        const auto name = entry.substr(0, entry.find('=') + 1);
        const bool set = std::any_of(settings.begin(), settings.end(), [&](const auto& s) {
            return !name.empty() && s.compare(0, name.size(), name) == 0;
        });
        if (!set) out.emplace_back(entry);
    }
    return out;
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (const auto& t : texts) out.push_back(const_cast<char*>(t.c_str()));
    out.push_back(nullptr);
    return out;
}

}  // namespace

Ran run_program(const std::vector<std::string>& words, std::string_view input,
                const std::vector<std::string>& settings) {
    Ran ran;
    // What it reads and what it says go through files, so that only one pipe can fill.
    const File in(std::tmpfile());
    const File said(std::tmpfile());
    int ends[2];
    if (!in || !said || ::pipe2(ends, O_CLOEXEC) != 0) {
        ran.error = errno;
        return ran;
    }
    if (std::fwrite(input.data(), 1, input.size(), in.get()) != input.size() ||
        std::fflush(in.get()) != 0) {
        ran.error = errno;
        ::close(ends[0]);
        ::close(ends[1]);
        return ran;
    }
    std::rewind(in.get());
    const auto environment = environment_with(settings);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ::fileno(in.get()), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ::fileno(said.get()), STDERR_FILENO);
    pid_t child = 0;
    ran.error = ::posix_spawnp(&child, words.front().c_str(), &actions, nullptr,
                               pointers(words).data(), pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (ran.error == 0) {
        ran.out = read_all(ends[0]);
        int status = 0;
        while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
        }
        ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        ::lseek(::fileno(said.get()), 0, SEEK_SET);
        ran.said = read_all(::fileno(said.get()));
    }
    ::close(ends[0]);
    return ran;
}

std::string first_line(const std::string& said) {
    const auto begin = said.find_first_not_of("\r\n ");
    if (begin == std::string::npos) return {};
    return said.substr(begin, std::min(said.find('\n', begin), said.size()) - begin);
}

}  // namespace antinomy::text
