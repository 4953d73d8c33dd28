#include "cli/arguments.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <iostream>

#include "cli/workspace.hpp"
#include "report/terminal.hpp"
#include "text/nearest.hpp"

namespace antinomy::cli {

CLI::Validator one_of(std::vector<std::string> words) {
    std::string shown;
    for (const auto& w : words) shown += (shown.empty() ? "" : ", ") + w;
    const auto check = [words, shown](const std::string& given) -> std::string {
        if (std::find(words.begin(), words.end(), given) != words.end()) return {};
        const auto near = text::nearest(given, words);
        return "`" + given + "` is none of " + shown +
               (near ? "\ndid you mean `" + *near + "`?" : "\nwrite one of them");
    };
    return {check, "{" + shown + "}"};
}

CLI::Validator per_cent() {
    const auto check = [](const std::string& given) -> std::string {
        double value = -1;
        const auto* end = given.data() + given.size();
        const auto [at, error] = std::from_chars(given.data(), end, value);
        if (error == std::errc() && at == end && value >= 0 && value <= 100) return {};
        return "`" + given + "` is no number from 0 to 100\nwrite a share in per cent, as in 90";
    };
    return {check, "0 to 100"};
}

CLI::Validator a_count() {
    const auto check = [](const std::string& given) -> std::string {
        std::uint64_t value = 0;
        const auto* end = given.data() + given.size();
        const auto [at, error] = std::from_chars(given.data(), end, value);
        if (error == std::errc() && at == end) return {};
        return "`" + given + "` is no whole number from 0 on\nwrite a number, as in 20";
    };
    return {check, "N"};
}

CLI::Validator language() {
    const auto check = [](const std::string& given) -> std::string {
        if (rule::is_language(given)) return {};
        return "`" + given + "` is no code of a language\nwrite the code of ISO 639: en, ru, tg";
    };
    return {check, "CODE"};
}

CLI::Option* add_list(CLI::App& app, const std::string& option, std::vector<std::string>& names,
                      const std::string& help) {
    return app.add_option(option, names, help)->delimiter(',')->allow_extra_args(false);
}

void add_config(CLI::App& app, ConfigChoice& choice) {
    auto* file = app.add_option("--config", choice.file,
                                "this file for the antinomy.yaml that is found above the paths");
    app.add_flag("--no-config", choice.none, "no antinomy.yaml counts")->excludes(file);
}

std::string shell_words(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) {
        const bool plain =
            !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
                return std::isalnum(c) != 0 || c >= 0x80 ||
                       std::string_view("_-./=,:@%+").find(static_cast<char>(c)) !=
                           std::string_view::npos;
            });
        out += out.empty() ? "" : " ";
        if (plain) {
            out += word;
            continue;
        }
        out += '\'';
        for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
        out += '\'';
    }
    return out;
}

int refused(const std::string& message, const std::string& help) {
    std::cerr << "antinomy: " << report::sanitize(message) << "\n  help: " << report::sanitize(help)
              << "\n";
    return kNotDone;
}

}  // namespace antinomy::cli
