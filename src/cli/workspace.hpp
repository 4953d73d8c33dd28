#pragma once
// What every command does first: files read, packs loaded, cases built. One place for what is wrong
// with them.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "check/run.hpp"
#include "check/weigh.hpp"
#include "config/config.hpp"
#include "data/map.hpp"
#include "model/load.hpp"
#include "redact/key.hpp"
#include "report/provenance.hpp"
#include "report/terminal.hpp"
#include "rule/language.hpp"
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
    bool expects = false;  // it says what is to be found in it, be it nothing: `expect: []`
    check::BuiltinWeights builtin_weights{};  // as antinomy.yaml has them for this case
};

// A map of a data set, with the packs that it is used with.
struct LoadedMap {
    std::string path;
    data::Map map;
    const rule::Packs* packs = nullptr;
    std::vector<std::string> pack_files;  // of these, beside the shipped ones; in their order
    std::string own_pack;  // the id of the pack that stands in the map's own file, if there is one
    bool good = false;     // no error in it, nor in its packs
};

// Which `antinomy.yaml` counts, as the command line has it.
struct ConfigChoice {
    std::string file;   // empty: the one that is found
    bool none = false;  // `--no-config`
};

// The id of the pack that stands for the severities of the configuration.
inline constexpr const char* kConfigPack = "antinomy-yaml";

// The language that the texts of packs are wanted in (`--lang`): a code, "" if nobody said.
[[nodiscard]] std::string& language_asked();

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
    // See `model::Loader::start_in`. Call before `configure`.
    void start_in(std::string folder) { loader_.start_in(std::move(folder)); }
    // Reads the configuration that counts for the first of the paths, and takes its packs,
    // severities and policies for the cases (with `all_rules`, no severities: every rule runs).
    // Call before `add`. False: an error in it.
    [[nodiscard]] bool configure(const ConfigChoice&, const std::vector<std::string>& paths,
                                 bool all_rules = false);
    [[nodiscard]] const config::Config& config() const { return config_; }
    // The ids of rules to run on a case: those that are asked for; else, if there is a
    // configuration that names some, those and the mandatory ones; empty: all.
    [[nodiscard]] std::vector<std::string> rules_for(const LoadedCase&,
                                                     const std::vector<std::string>& asked) const;
    // The policies that hold for a case that has none of its own.
    struct Policies {
        std::map<std::string, double, std::less<>> numbers;
        model::Policies terms;
        // Of those that the configuration sets, where.
        std::map<std::string, text::Span, std::less<>> set;
    };
    [[nodiscard]] const Policies& policies_for(const rule::Packs&);
    // Where the configuration sets a policy that these packs know; no place: it does not.
    [[nodiscard]] text::Span config_policy(const rule::Packs&, const std::string& name) const;
    // Files, folders, "-". Call once, then `load`.
    void add(const std::vector<std::string>& paths);
    // With `variants` no, variants met in folders are only counted, not built.
    void load(bool variants = true);

    [[nodiscard]] const rule::Packs& packs() {
        if (base_ == nullptr) base_ = packs_with(config_packs_, true, &no_entries_);
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
    [[nodiscard]] text::SourceMap& sources() { return redacted_ ? *redacted_ : sources_; }
    [[nodiscard]] const text::SourceMap& sources() const {
        return redacted_ ? *redacted_ : sources_;
    }
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

    // From here on nothing that this hands out has a name in it (src/redact): the cases are those
    // of rewritten files, the sources hold these and the shipped packs, of what was wrong with the
    // files the codes are left. `key_file` may be empty; else it is read, and written.
    // False: it could not be done, and there is nothing to report.
    [[nodiscard]] bool redact(const std::string& key_file);
    [[nodiscard]] bool redacted() const { return redacted_.has_value(); }
    // Of what was wrong so far the codes are left, in one error: the words may be names. How many
    // remarks there were that are no errors.
    std::size_t leave_codes();
    // Accounts and sources as the rewritten cases call them.
    void rename(std::vector<std::string>& accounts, std::vector<std::string>& sources) const;
    // The last step: fingerprints by the key; and whether the findings are those of the cases as
    // they are, checked with the same options. Where they are not, that is an error.
    void seal(check::Result&, const std::vector<std::string>& rules,
              const std::vector<std::string>& accounts, const std::vector<std::string>& sources,
              std::optional<time::Day> today);

    // Of the packs read so far: the rules whose title is not in the language asked for, and the
    // languages that there are.
    [[nodiscard]] const rule::Translated& translated() const { return translated_; }
    // The language in which packs were read, as far as they have it.
    [[nodiscard]] const std::string& language() const { return language_.code; }

    // What a run was, of a redacted one without what tells of its place: packs of the desk's own
    // by tokens, no repository.
    void redact(report::Provenance&) const;

    // Prints what is wrong, each thing once; says whether there was an error.
    bool print_problems(const report::Style&);
    // The diagnostics without repeats (a file shared by several cases is read by each).
    [[nodiscard]] text::Diagnostics unique() const;

private:
    using Entries = std::vector<std::size_t>;
    // `entries`: what of `per_path` counts; null: the configuration does not.
    const rule::Packs* packs_with(const std::vector<std::string>& files, bool shipped = true,
                                  const Entries* entries = nullptr);
    void add_all(rule::Packs&, const std::vector<std::string>& files);
    // The severities of the configuration, as a pack above all others; null: it has none.
    std::shared_ptr<const text::Node> weights_of(const std::vector<std::string>& files,
                                                 const Entries&);
    void finish(rule::Packs&, const std::shared_ptr<const text::Node>& weights);
    // What the configuration names and no pack has, or says of what is built in and may not.
    void check_config();
    [[nodiscard]] check::BuiltinWeights builtin_weights(const Entries& of_paths) const;
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
    // Takes a language before a pack is read.
    void speak(const std::string& code);
    void check_language();  // some pack must have it
    void check_named_rules(LoadedCase&);
    void check_verified(const LoadedCase&);
    // The parts of a case without what is private.
    [[nodiscard]] std::vector<model::Part> without_private(const rule::Packs&,
                                                           std::vector<model::Part>);
    [[nodiscard]] bool is_shipped(text::FileId) const;
    void sweep_rules(const LoadedCase&);
    [[nodiscard]] bool rewrite(std::size_t index);
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
    struct Asleep {
        std::vector<std::string> files;
        std::shared_ptr<const text::Node> weights;
    };
    std::map<rule::Packs*, Asleep> asleep_;
    std::vector<std::unique_ptr<rule::Packs>> before_;  // as they were when they slept
    std::set<const rule::Packs*> broken_;               // with errors: what uses them is not judged
    rule::Language language_;
    rule::Translated translated_;
    config::Config config_;
    text::FileId config_file_;
    std::vector<std::string> config_packs_;
    Entries no_entries_;
    std::set<std::string> known_rules_;     // by ids and aliases, of packs that cases use
    std::set<std::string> known_policies_;  // of the configuration's
    std::map<const rule::Packs*, Policies> policies_;
    std::vector<std::vector<model::Part>> parts_;  // of the cases, in their order
    std::vector<std::unique_ptr<text::Node>> roots_;
    // Of a redacted run.
    redact::Key key_;
    std::optional<text::SourceMap> redacted_;
    std::vector<model::Case> plain_;  // the cases as they are, in their order
    const rule::Packs* base_ = nullptr;
    std::vector<NamedPack> named_packs_;
    std::vector<LoadedCase> cases_;
};

}  // namespace antinomy::cli
