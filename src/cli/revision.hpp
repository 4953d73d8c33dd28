#pragma once
// Revisions of cases kept in git: which are meant, and the files of one, in a folder of their own.
//
// git is run without a shell, asked about commits by their full names only once it has said what
// they are, and writes nothing into the repository. What it gives is as untrusted as any tree that
// somebody pushed: no entry leads out of the folder, by its name or as a link.

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace antinomy::cli {

// "A..B", "A...B" (from where B left A), or "A" alone: from A to the files as they are now. As
// `git diff` has it, a side that is left out is HEAD.
struct Range {
    std::string before;
    std::string after;           // empty: the files as they are now
    bool from_the_fork = false;  // "A...B"
};

// Of a word that can be nothing but two revisions: "A..B" or "A...B", and no file of that name.
[[nodiscard]] std::optional<Range> range_in(const std::string& word);
// Of what `--git` was given.
[[nodiscard]] Range range_of(const std::string& word);

// What could not be had of git, why, and the way out.
struct Refusal {
    std::string what;
    std::string why;
    std::string help;
};

// The repository that the working folder is in, as git sees it (`GIT_DIR` and the like count).
class Repository {
public:
    // Nothing: there is none, or no git.
    static std::optional<Repository> here(Refusal&);

    // A commit by its full name.
    [[nodiscard]] std::optional<std::string> commit(const std::string& revision, Refusal&) const;
    // The last commit that both come from; of commits by their full names.
    [[nodiscard]] std::optional<std::string> fork(const std::string& a, const std::string& b,
                                                  Refusal&) const;
    // A path as given on the command line, seen from the top of the repository: "cases/x.yaml", "."
    // for all of it.
    [[nodiscard]] std::optional<std::string> path_in(const std::string& path, Refusal&) const;
    // The working folder, seen from there.
    [[nodiscard]] std::string here_in() const;

private:
    std::filesystem::path top_;
};

// The files of a commit, in a private folder that goes with this: every .yaml and .yml, the path
// that was asked for, other files of no more than 1 MiB, links that stay inside; as they were
// committed, without filters and without submodules. Of a file that is too large to be read there
// is but the size.
class Revision {
public:
    // `name` is what it is called in messages, `path` must be in it.
    static std::optional<Revision> read(const std::string& commit, const std::string& name,
                                        const std::string& path, Refusal&);
    Revision(Revision&& other) noexcept { *this = std::move(other); }
    Revision& operator=(Revision&& other) noexcept {
        std::swap(folder_, other.folder_);
        std::swap(name_, other.name_);
        std::swap(there_, other.there_);
        return *this;
    }
    ~Revision() { remove(); }

    // Where a path of the repository is.
    [[nodiscard]] std::string at(const std::string& path) const;
    // A text in which files of the folder are named as git does: "main:cases/x.yaml".
    [[nodiscard]] std::string shown(std::string text) const;
    // Nothing in the folder is needed any more.
    void remove();

private:
    Revision() = default;
    std::string folder_;  // absolute, without links
    std::string name_;
    bool there_ = false;
};

}  // namespace antinomy::cli
