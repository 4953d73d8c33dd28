#pragma once
// Options that several commands have in like form.

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "cli/workspace.hpp"

namespace antinomy::cli {

// One of a few words; a slip of the hand is answered with the nearest. The help follows the message
// after a line break (see `usage_error` in main.cpp).
[[nodiscard]] CLI::Validator one_of(std::vector<std::string> words);

// A share: a number from 0 to 100.
[[nodiscard]] CLI::Validator per_cent();

// A whole number from 0 on.
[[nodiscard]] CLI::Validator a_count();

// The code of a language.
[[nodiscard]] CLI::Validator language();

// Names parted by commas. The option takes one argument, so that a path may follow it.
CLI::Option* add_list(CLI::App& app, const std::string& option, std::vector<std::string>& names,
                      const std::string& help);

// `--config` and `--no-config`.
void add_config(CLI::App& app, ConfigChoice& choice);

// Words of a command line as a shell reads them: what is more than a plain word in quotes.
[[nodiscard]] std::string shell_words(const std::vector<std::string>& words);

// Says on standard error what of the arguments can't be done, and the way out; the exit code.
[[nodiscard]] int refused(const std::string& message, const std::string& help);

}  // namespace antinomy::cli
