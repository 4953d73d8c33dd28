// The command line: arguments, log, exit codes (docs in README.md; design.md 9).

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/workspace.hpp"
#include "text/nearest.hpp"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace antinomy::cli {

report::Style Common::style(int descriptor) const {
    const auto when = color == "always"  ? report::ColorWhen::always
                      : color == "never" ? report::ColorWhen::never
                                         : report::ColorWhen::automatic;
    return report::style_of(descriptor, when, ascii);
}

namespace {

// The innermost command that was asked for: of `rules show`, `show`.
const CLI::App* asked_for(const CLI::App& app) {
    for (const auto* sub : app.get_subcommands({}))
        if (sub->parsed()) return asked_for(*sub);
    return &app;
}

// As it is called: "antinomy rules show".
std::string full_name(const CLI::App& app) {
    const auto* parent = app.get_parent();
    return (parent == nullptr ? "" : full_name(*parent) + " ") + app.get_name();
}

// The names an unknown word may have meant: subcommands, or the options of the one in use.
std::string suggestion(const CLI::App& app, const std::string& word) {
    std::vector<std::string> known;
    const CLI::App* use = asked_for(app);
    // Of a command of commands, one of these was meant.
    const auto* over = use->get_subcommands({}).empty() ? &app : use;
    for (const auto* sub : over->get_subcommands({}))
        if (!sub->parsed() && word.rfind("--", 0) != 0) known.push_back(sub->get_name());
    if (word.rfind("--", 0) == 0) {
        known.clear();
        for (const auto* a = use; a != nullptr; a = a->get_parent())
            for (const auto* option : a->get_options())
                for (const auto& name : option->get_lnames()) known.push_back("--" + name);
    }
    const auto near = text::nearest(word.substr(0, word.find('=')), known);
    // It stands before the command that it is one of: `lint rules`.
    if (near && *near == word && over != &app)
        return "did you mean `" + full_name(*over) + " " + word + "`?";
    return near ? "did you mean `" + *near + "`?" : "see `antinomy --help`";
}

// The first word that is no option, and no value of one of the options before the command.
std::string first_word(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--color" || word == "--lang")
            ++i;
        else if (word.empty() || word[0] != '-')
            return word;
    }
    return {};
}

// The arguments in reverse, as CLI11 wants them. A date may look like a list to it ("[2014, 2016]")
// or like options ("-0044-03-15"): a blank before it keeps it whole, and means nothing to a date.
std::vector<std::string> reversed(int argc, char** argv) {
    const bool dates = first_word(argc, argv) == "date";
    std::vector<std::string> out;
    for (int i = argc - 1; i > 0; --i) {
        const std::string word = argv[i];
        const bool number = word.size() > 1 && word[0] == '-' && word[1] >= '0' && word[1] <= '9';
        out.push_back(dates && (word[0] == '[' || number) ? ' ' + word : word);
    }
    return out;
}

int usage_error(const CLI::App& app, const CLI::ParseError& e, int argc, char** argv) {
    std::string message = e.what();
    std::string help = "see `antinomy --help`";
    const CLI::App* use = asked_for(app);
    const std::string name = full_name(*use);
    if (const auto at = message.find('\n'); at != std::string::npos) {
        help = message.substr(at + 1);
        message.resize(at);
    } else if (dynamic_cast<const CLI::ArgumentMismatch*>(&e) != nullptr) {
        // "--between: 2 required A B missing"
        message = "`" + message.substr(0, message.find(':')) + "` needs " +
                  (message.find("2 required") != std::string::npos ? "two values" : "a value");
        help = "see `" + name + " --help`";
    } else if (dynamic_cast<const CLI::ExtrasError*>(&e) != nullptr ||
               dynamic_cast<const CLI::RequiredError*>(&e) != nullptr) {
        // Name the first word that nobody knows.
        auto left = use->remaining();
        if (left.empty()) left = app.remaining();
        if (left.empty() && use == &app) left = {first_word(argc, argv)};
        if (left.empty() && message.rfind("A subcommand", 0) == 0) {
            message = "`" + name + "` needs a command";
            help = "one of:";
            for (const auto* sub : use->get_subcommands({})) help += " " + sub->get_name();
        } else if (left.empty()) {
            // "PATH is required"
            message = message.substr(0, message.find(' ')) + " is missing";
            help = "see `" + name + " --help`";
        } else if (left.front().empty()) {
            message = "a command is missing";
            help = "one of:";
            for (const auto* sub : app.get_subcommands({})) help += " " + sub->get_name();
        } else {
            message = "unknown " +
                      std::string(left.front().rfind("-", 0) == 0 ? "option" : "command") + " `" +
                      left.front() + "`";
            help = suggestion(app, left.front());
        }
    }
    std::cerr << "antinomy: " << report::sanitize(message) << "\n  help: " << report::sanitize(help)
              << "\n";
    return kNotDone;
}

int run(int argc, char** argv) {
    CLI::App app{"Antinomy: what cannot all be true, or cannot all be lawful, in a case file",
                 "antinomy"};
    app.set_version_flag("--version", std::string("antinomy ") + ANTINOMY_VERSION);
    app.require_subcommand(1);
    app.failure_message(CLI::FailureMessage::help);
    Common common;
    app.add_option("--color", common.color, "always, never or auto")
        ->check(one_of({"always", "never", "auto"}));
    app.add_flag("--ascii", common.ascii, "draw in ASCII");
    app.add_option("--lang", language_asked(),
                   "the language of the rules' texts, where they have it; else English")
        ->check(language());
    app.add_flag("-v,--verbose", common.verbose, "log to stderr; twice for more");
    app.fallthrough();
    const std::vector<Run> commands{
        add_check(app, common),         add_explain(app, common),  add_rules(app, common),
        add_docs(app, common),          add_schema(app, common),   add_test(app, common),
        add_timeline(app, common),      add_date(app, common),     add_verify(app, common),
        add_map(app, common),           add_baseline(app, common), add_diff(app, common),
        add_config_command(app, common)};
    try {
        app.parse(reversed(argc, argv));
    } catch (const CLI::CallForHelp&) {
        std::cout << app.help();
        return kFine;
    } catch (const CLI::CallForVersion& e) {
        std::cout << e.what() << "\n";
        return kFine;
    } catch (const CLI::ParseError& e) {
        return usage_error(app, e, argc, argv);
    }
    spdlog::set_default_logger(spdlog::stderr_color_mt("antinomy"));
    spdlog::set_pattern("antinomy: %v");
    spdlog::set_level(common.verbose >= 2   ? spdlog::level::debug
                      : common.verbose == 1 ? spdlog::level::info
                                            : spdlog::level::warn);
    for (const auto& command : commands)
        if (const int code = command(); code >= 0) return code;
    return kInternal;
}

}  // namespace

}  // namespace antinomy::cli

int main(int argc, char** argv) {
#ifdef __GLIBC__
    // A check takes and gives back much memory within a tenth of a second; asking the system for it
    // page by page and returning it in between costs a tenth of that time.
    mallopt(M_TOP_PAD, 16 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
    // As much at a time as a pipe holds: each piece is a call to the system, and wakes who reads. A
    // terminal has it line by line.
    static std::array<char, 64u << 10> room;
    if (isatty(STDOUT_FILENO) == 0) std::setvbuf(stdout, room.data(), _IOFBF, room.size());
    // A reader that goes away (`| head`) is no failure of the check.
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return antinomy::cli::run(argc, argv);
    } catch (const std::exception& e) {
        std::cerr << "antinomy: internal error: " << e.what()
                  << "\n  help: please report this with the input that causes it\n";
        return antinomy::cli::kInternal;
    }
}
