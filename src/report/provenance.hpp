#pragma once
// What a run was: with what program, packs and data of zones, on which files, by which policies and
// by which choices of the command. Who has the same can have the same report again, byte for byte.
//
// Names of files are as the user wrote them; those of packs that come with the program as in the
// project ("rules/evidence.yaml"), wherever it is installed. No clock: `date` is what an option or
// SOURCE_DATE_EPOCH says.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "check/finding.hpp"
#include "text/source.hpp"

namespace antinomy::report {

struct Provenance {
    struct File {
        std::string name;
        std::uint64_t bytes = 0;
        std::string sha256;  // 64 hex digits
        text::FileId id;
    };
    struct Pack {
        std::string id;
        std::string title;
        std::string version;   // empty: it says none
        std::string verified;  // the day on which its law was last looked up; empty: not said
        File file;
        bool shipped = false;  // it comes with the program
    };
    struct Policy {
        std::string name;
        std::string
            value;         // "14", "10 days", "clamp", "10 days until 2016-01-01; 15 days from ..."
        std::string from;  // "case", "pack", "program"
        std::string pack;  // the id of that pack
        std::string file;  // where it is set, and on which line; of the program empty
        std::uint32_t line = 0;
        std::string about{};  // what it decides, in the words of who set it; empty: not said
    };
    // A rule that was judged, in one case at least, or that a pack has turned off.
    struct Rule {
        std::string id;
        std::string title;
        std::string pack;
        std::string kind;  // fact | law
        check::Severity severity = check::Severity::error;
        std::string about;
        std::string reaches;
        std::string help;
        std::vector<std::string> groups;
        std::vector<check::Basis> basis;
        std::vector<std::string> policies{};  // names of those that decide something in it
        bool presumption = false;
        bool mandatory = false;
        bool off = false;
        bool applied = false;  // to something, in one case at least
        std::string file;      // where it stands
        std::uint32_t line = 0;
        std::size_t findings = 0;  // suppressed and known ones too
    };
    struct Case {
        std::string id;
        std::vector<std::string> packs;  // ids, as they were read
        std::vector<std::string> files;  // the main file first
        std::vector<Policy> policies;    // by name
    };
    // Where files lie, for formats that name them from the top of a project; absolute paths, "/" at
    // the end, not for printing. Empty: not known.
    struct Project {
        std::string top;   // the nearest folder above that holds `.git`, else where the command ran
        std::string here;  // where the command ran
    };
    // The state of the project that the files are of, as the surroundings of CI say.
    struct Revision {
        std::string repository;  // its address (http or https)
        std::string commit;
        std::string branch;
    };
    // What the command line asked for; an empty list is all.
    struct Choices {
        std::vector<std::string> accounts;
        std::vector<std::string> sources;
        std::vector<std::string> rules;
        bool variants = false;
        std::string fail_on;
        bool fail_on_possible = false;
    };

    std::string version;       // of antinomy
    std::string date;          // of the run, "2026-11-30"; empty: not said
    std::string tzdata;        // "2024a"; empty: not known
    std::vector<File> inputs;  // files of cases, by name
    std::vector<Pack> packs;   // by id
    std::vector<Rule> rules;   // by id
    std::vector<Case> cases;   // in the order of the result
    Choices choices;
    Project project;
    Revision revision;  // empty: not said
};

// The name of a file from the top of the project: "cases/a.yaml". Nothing of one outside.
[[nodiscard]] std::optional<std::string> name_in_project(const Provenance&,
                                                         const std::string& name);

}  // namespace antinomy::report
