// Where the time of one check goes, and how it compares with only reading the same files.
//
//     benchmark ANTINOMY READ_EVENTS [--repetitions N] [--in FOLDER]
//
// Run from the top of the repository: checks cases/tajikistan with the packs under rules/. What is
// compared is measured in turns within one run; each figure is the median. README.md beside this
// file says what each line means.

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "check/state.hpp"
#include "model/load.hpp"
#include "report/text.hpp"

namespace {

using namespace antinomy;
namespace fs = std::filesystem;

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const auto middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

// Milliseconds of the processor that this process has used.
double used() {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

struct Files {
    std::vector<std::string> mains;  // of the cases that are checked
    std::set<std::string> cases;     // what those cases consist of, and the packs
    std::set<std::string> all;       // and the variants found in the folder
};

std::vector<std::string> packs_in(const std::string& folder) {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".yaml") out.push_back(entry.path().string());
    std::sort(out.begin(), out.end());
    return out;
}

void must_be_good(const text::Diagnostics& diagnostics) {
    if (diagnostics.has_errors())
        throw std::runtime_error(diagnostics.items().front().where + " " +
                                 diagnostics.items().front().message);
}

const std::vector<std::string> kStages{"rules read",
                                       "rules compiled",
                                       "cases read",
                                       "cases built",
                                       "variants built, not checked",
                                       "views",
                                       "networks",
                                       "rules judged",
                                       "findings presented",
                                       "what would help",
                                       "report"};

// One check inside this process, stage by stage as `antinomy check` goes through them. What a call
// does in one piece is told apart by calling its parts once more.
void stages(const std::string& folder, std::map<std::string, std::vector<double>>& times,
            Files& files) {
    double last = used();
    std::map<std::string, double> now;
    const auto lap = [&](const std::string& stage) {
        const double t = used();
        now[stage] += t - last;
        last = used();
    };

    text::SourceMap sources;
    text::Diagnostics diagnostics;
    model::Loader loader(sources, diagnostics);
    rule::Packs packs;
    std::vector<std::pair<std::string, const text::Node*>> roots;
    for (const auto& path : packs_in("rules")) roots.emplace_back(path, loader.document(path, {}));
    lap("rules read");
    for (const auto& [path, root] : roots)
        if (root != nullptr) packs.add(path, root, diagnostics);
    packs.finish(diagnostics);
    lap("rules compiled");
    loader.add(folder);
    lap("cases read");
    must_be_good(diagnostics);

    std::vector<model::Case> cases;
    for (const bool variants : {false, true}) {
        for (const auto& c : loader.cases()) {
            if ((c.variant && !c.named) != variants) continue;
            auto built =
                model::build_case(packs.vocabulary(), c.parts, diagnostics, packs.policies());
            built.file = c.path;
            if (!variants) cases.push_back(std::move(built));
        }
        lap(variants ? "variants built, not checked" : "cases built");
    }
    must_be_good(diagnostics);
    for (const auto& [path, root] : roots) files.cases.insert(path);
    files.all = files.cases;
    files.mains.clear();
    for (const auto& c : loader.cases())
        for (const auto& part : c.parts) {
            const std::string name(sources.name(part.file));
            files.all.insert(name);
            if (c.variant && !c.named) continue;
            files.cases.insert(name);
            if (part.main) files.mains.push_back(name);
        }
    std::vector<const rule::Rule*> rules;
    for (const auto& r : packs.rules()) rules.push_back(&r);

    check::Result result;
    result.rules = rules.size();
    check::Options bare;
    bare.resolve = bare.infer = false;
    for (const auto& c : cases) {
        // Every view alone, and every two of them for the rules between accounts.
        last = used();
        const model::Selection selection;
        std::vector<std::vector<model::View>> views;
        const auto worlds = model::worlds(c, selection);
        const auto accounts = static_cast<std::uint32_t>(c.accounts.size());
        for (const auto& w : worlds) {
            if (accounts == 0) views.push_back({model::make_view(c, {}, selection, w)});
            for (std::uint32_t a = 0; a < accounts; ++a) {
                views.push_back({model::make_view(c, {a}, selection, w)});
                for (std::uint32_t b = 0; b < accounts; ++b)
                    if (a != b && !model::holds(c, {a}, {b}) && !model::holds(c, {b}, {a}))
                        views.push_back({model::make_view(c, {a}, selection, w),
                                         model::make_view(c, {b}, selection, w)});
            }
        }
        lap("views");
        for (auto& v : views) {
            const check::Timeline timeline(packs.vocabulary(), c, std::move(v), selection);
            time::Solver solver(timeline.network());
            static_cast<void>(solver.fits());
        }
        lap("networks");
        {
            const auto judgement = check::judge_case(packs, c, bare, rules);
            const double t = used();
            now["rules judged"] += t - last;
            last = t;
        }
        last = used();
        static_cast<void>(check::check_case(packs, c, bare));
        lap("findings presented");
        auto checked = check::check_case(packs, c, {});
        lap("what would help");
        result.cases.push_back(std::move(checked.result));
    }
    last = used();
    std::ostringstream out;
    report::print_text(out, result, sources, {});
    lap("report");

    // Each of these did what the one before it does, and more.
    now["what would help"] -= now["findings presented"];
    now["findings presented"] -= now["rules judged"];
    now["rules judged"] -= now["views"] + now["networks"];
    for (const auto& stage : kStages) times[stage].push_back(now[stage]);
}

struct Cost {
    double processor = 0;  // ms of the processor
    double wall = 0;       // ms on the clock
};

// A program from start to end, its output thrown away; `allowed` is the highest exit code.
Cost run(std::vector<std::string> arguments, int allowed) {
    std::vector<char*> argv;
    for (auto& a : arguments) argv.push_back(a.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    const auto begin = std::chrono::steady_clock::now();
    const int failed = posix_spawn(&child, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) throw std::runtime_error("cannot start " + arguments[0]);
    int status = 0;
    rusage usage{};
    if (wait4(child, &status, 0, &usage) != child) throw std::runtime_error("wait failed");
    const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - begin;
    if (!WIFEXITED(status) || WEXITSTATUS(status) > allowed)
        throw std::runtime_error(arguments[0] + " failed");
    const auto ms = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3;
    };
    return {ms(usage.ru_utime) + ms(usage.ru_stime), wall.count()};
}

struct Program {
    std::string name;
    std::vector<std::string> arguments;
    int allowed = 0;
    std::vector<double> processor = {};
    std::vector<double> wall = {};
};

void print_ratio(const char* what, const Program& a, const Program& b) {
    std::vector<double> processor;
    std::vector<double> wall;
    for (std::size_t i = 0; i < a.wall.size(); ++i) {
        processor.push_back(a.processor[i] / std::max(b.processor[i], 0.001));
        wall.push_back(a.wall[i] / std::max(b.wall[i], 0.001));
    }
    std::printf("ratio, %-50s %6.2f  (%.2f on the clock)\n", what, median(processor), median(wall));
}

int measure(const std::string& antinomy, const std::string& events, const std::string& folder,
            int repetitions) {
    std::map<std::string, std::vector<double>> times;
    Files files;
    stages(folder, times, files);  // warms up, and finds the files
    times.clear();
    const auto with = [](std::vector<std::string> head, const auto& more) {
        head.insert(head.end(), more.begin(), more.end());
        return head;
    };
    std::vector<Program> programs{
        {"start (antinomy --version)", {antinomy, "--version"}},
        {"events of the cases' files", with({events}, files.cases)},
        {"events of all files", with({events}, files.all)},
        {"check of the cases", with({antinomy, "check"}, files.mains), 1},
        {"check of the folder", {antinomy, "check", folder}, 1},
    };
    for (int i = 0; i < repetitions; ++i) {
        for (auto& p : programs) {
            const auto cost = run(p.arguments, p.allowed);
            p.processor.push_back(cost.processor);
            p.wall.push_back(cost.wall);
        }
        stages(folder, times, files);
    }

    std::printf("%s: %zu cases of %zu files, %zu files with variants (rule packs counted)\n",
                folder.c_str(), files.mains.size(), files.cases.size(), files.all.size());
    std::printf("medians of %d repetitions; milliseconds of the processor\n\n", repetitions);
    double sum = median(programs[0].processor);
    std::printf("%-30s %8.2f\n", "start", sum);
    for (const auto& stage : kStages) {
        const double t = median(times[stage]);
        sum += t;
        std::printf("%-30s %8.2f\n", stage.c_str(), t);
    }
    std::printf("%-30s %8.2f\n\n", "sum", sum);
    for (const auto& p : programs)
        std::printf("%-30s %8.2f  (%.2f on the clock)\n", p.name.c_str(), median(p.processor),
                    median(p.wall));
    std::printf("\n");
    print_ratio("check of the folder to events of all files", programs[4], programs[2]);
    print_ratio("check of the cases to events of the cases' files", programs[3], programs[1]);
    print_ratio("check of the folder to events of the cases' files", programs[4], programs[1]);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> words;
    std::string folder = "cases/tajikistan";
    int repetitions = 21;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--repetitions" && i + 1 < argc)
            repetitions = std::max(1, std::atoi(argv[++i]));
        else if (word == "--in" && i + 1 < argc)
            folder = argv[++i];
        else
            words.push_back(word);
    }
    if (words.size() != 2) {
        std::cerr << "usage: benchmark ANTINOMY READ_EVENTS [--repetitions N] [--in FOLDER]\n";
        return 2;
    }
    try {
        return measure(words[0], words[1], folder, repetitions);
    } catch (const std::exception& e) {
        std::cerr << "benchmark: " << e.what() << '\n';
        return 2;
    }
}
