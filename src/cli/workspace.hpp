#pragma once
// What every command does first: files read, packs loaded, cases built. One place for what is wrong
// with them.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "check/run.hpp"
#include "data/map.hpp"
#include "model/load.hpp"
#include "report/terminal.hpp"
#include "rule/pack.hpp"

namespace antinomy::cli {

// Exit codes (design.md 9).
inline constexpr int kFine = 0;
inline constexpr int kFound = 1;
inline constexpr int kNotDone = 2;
inline constexpr int kInternal = 3;

struct LoadedCase {
    model::Case file;
    const rule::Packs* packs = nullptr;
    std::vector<text::FileId> files;  // those that it was built of, the main one first
    bool good = false;                // no error in its files: it can be judged
    bool variant = false;
    bool named = false;
};

// A map of a data set, with the packs that it is used with.
struct LoadedMap {
    std::string path;
    data::Map map;
    const rule::Packs* packs = nullptr;
    std::string own_pack;  // the id of the pack that stands in the map's own file, if there is one
    bool good = false;     // no error in it, nor in its packs
};

// The folder of the shipped rule packs.
[[nodiscard]] std::string rules_folder();

class Workspace {
public:
    explicit Workspace(bool with_tests = false);

    // Of the shipped rules, those that can find nothing in the cases (none has a record of a type
    // that they bind) are read no further than their heads. For who judges cases, and looks into
    // no rule beside. Call before `add`.
    void let_rules_sleep() {
        may_sleep_ = true;
        loader_.heads_will_do();
    }
    // Files, folders, "-". Call once, then `load`.
    void add(const std::vector<std::string>& paths);
    // With `variants` no, variants met in folders are only counted, not built.
    void load(bool variants = true);

    [[nodiscard]] const rule::Packs& packs() {
        if (base_ == nullptr) base_ = packs_with({});
        return *base_;
    }
    // Packs named on the command line or met in a folder, each with the shipped ones.
    struct NamedPack {
        std::string path;
        std::string id;
        const rule::Packs* packs;
    };
    [[nodiscard]] const std::vector<NamedPack>& named_packs() const { return named_packs_; }
    // A map by its path; what is wrong with it is kept with the other problems.
    [[nodiscard]] LoadedMap load_map(const std::string& path);
    // Maps named on the command line or met in a folder.
    [[nodiscard]] const std::vector<std::string>& named_maps() const { return loader_.maps(); }
    // The shipped packs (if they are wanted) and these files, as one set, without `add` and `load`.
    // What is no pack is an error, kept with the others.
    const rule::Packs& packs_together(const std::vector<std::string>& files, bool shipped = true);
    [[nodiscard]] std::vector<LoadedCase>& cases() { return cases_; }
    [[nodiscard]] text::SourceMap& sources() { return sources_; }
    [[nodiscard]] const text::SourceMap& sources() const { return sources_; }
    [[nodiscard]] text::Diagnostics& diagnostics() { return diagnostics_; }
    [[nodiscard]] const text::Diagnostics& diagnostics() const { return diagnostics_; }
    [[nodiscard]] const std::string& rules_folder() const { return rules_folder_; }
    [[nodiscard]] const std::vector<std::string>& shipped() const { return shipped_; }

    // A file's name for readers: of shipped packs as in the project, wherever it lies.
    [[nodiscard]] std::string file_name(const text::Span&) const;
    // The same with the line: "rules/evidence.yaml:8".
    [[nodiscard]] std::string place(const text::Span&) const;

    // An error about an argument, not about a file.
    void argument_error(const std::string& what, const std::string& message,
                        const std::string& help);
    // Packs alone, or nothing: an error.
    void nothing_to_check();
    // Each rule asked for by name must be one; a near name is offered.
    void check_rules(const std::vector<std::string>& ids);
    // The ids of rules that are named as they were called before.
    [[nodiscard]] static std::vector<std::string> canonical(const rule::Packs&,
                                                            const std::vector<std::string>& ids);
    // So must accounts, sources and the place of an `--at`, in one case at least.
    void check_accounts(const std::vector<std::string>& names);
    void check_sources(const std::vector<std::string>& names);
    void check_place(const std::string& at);

    // Prints what is wrong, each thing once; says whether there was an error.
    bool print_problems(const report::Style&);
    // The diagnostics without repeats (a file shared by several cases is read by each).
    [[nodiscard]] text::Diagnostics unique() const;

private:
    const rule::Packs* packs_with(const std::vector<std::string>& files, bool shipped = true);
    void add_all(rule::Packs&, const std::vector<std::string>& files);
    // Reads rules again, now those that the records of the cases are for.
    void wake_rules();
    // Of a map that brings a pack in its own file, the keys of the pack; of other files, all.
    std::shared_ptr<const text::Node> pack_in(const text::Node& root);
    // A file of rules that another one names; empty, and why, if it is none.
    std::string pack_named(const std::string& name, const std::string& from, const text::Span&);
    // The packs that a case names; false: one of them is none.
    bool extra_packs(const model::CaseFiles&, std::vector<std::string>& extra);
    // The packs of the forums of a `case:` block, so far as there are any.
    void forum_packs(const text::Node& block, std::vector<std::string>& extra);
    // The shipped pack of a forum; empty: there is none.
    [[nodiscard]] std::string forum_pack(const std::string& forum) const;
    void check_named_rules(LoadedCase&);
    void check_verified(const LoadedCase&);
    void check_ids();

    text::SourceMap sources_;
    text::Diagnostics diagnostics_;
    model::Loader loader_;
    std::string rules_folder_;
    std::vector<std::string> shipped_;
    bool with_tests_;
    bool may_sleep_ = false;
    std::shared_ptr<rule::Parses> parses_;
    // By the files beside the shipped packs; those without the shipped ones begin with "".
    std::map<std::vector<std::string>, std::unique_ptr<rule::Packs>> packs_;
    std::map<rule::Packs*, std::vector<std::string>> asleep_;  // and their files
    std::vector<std::unique_ptr<rule::Packs>> before_;         // as they were when they slept
    std::set<const rule::Packs*> broken_;  // with errors: what uses them is not judged
    const rule::Packs* base_ = nullptr;
    std::vector<NamedPack> named_packs_;
    std::vector<LoadedCase> cases_;
};

}  // namespace antinomy::cli
