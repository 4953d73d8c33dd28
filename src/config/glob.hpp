#pragma once
// Patterns of paths, as `per_path:` has them.
//
// `*` stands for any characters but `/`, `?` for one of them, `**` as a whole part for any number
// of folders; all other characters for themselves. A pattern with a `/` anywhere but at its end is
// matched from the folder of the configuration on, one without at any depth below it. What matches
// a folder matches all that it holds. (As .gitignore has it, without `!` and `[...]`, which are
// refused.)

#include <memory>
#include <string>
#include <string_view>

namespace antinomy::config {

class Glob {
public:
    // Why it is no pattern; empty: it is one.
    [[nodiscard]] static std::string refused(std::string_view pattern);
    // A pattern that is not refused.
    explicit Glob(std::string_view pattern);
    // `path` is relative, with `/` between its parts, and has no part that is `..`.
    [[nodiscard]] bool matches(std::string_view path) const;

private:
    struct Program;
    std::shared_ptr<const Program> program_;
};

}  // namespace antinomy::config
