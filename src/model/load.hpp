#pragma once
// From paths on a command line to the parts of cases: folders walked, files read and parsed once,
// includes followed inside the given folders only, circles shown, files that nobody includes named.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/case.hpp"
#include "text/document.hpp"

namespace antinomy::model {

struct CaseFiles {
    std::string path;         // of the main file, as shown
    std::vector<Part> parts;  // main first, then includes in the order met
    bool variant = false;
    bool named = false;       // given itself, not found in a folder
    bool incomplete = false;  // an include failed: it cannot be judged
};

class Loader {
public:
    // Of a file that was read: its tree if that is known without parsing; else nothing. Its heads
    // alone may be asked for, which are quicker to come by.
    using Known =
        std::function<std::optional<text::Node>(const text::SourceMap&, text::FileId, bool heads)>;
    Loader(text::SourceMap& sources, text::Diagnostics& diagnostics, Known known = nullptr)
        : sources_(sources), diagnostics_(diagnostics), known_(std::move(known)) {}

    // Is done to every tree once, before anybody sees it.
    void prepare_by(std::function<void(text::Node&)> prepare) { prepare_ = std::move(prepare); }
    // The folder that counts as the one where the command was started; else the working folder.
    void start_in(std::string folder) { start_ = std::move(folder); }
    // A file, a folder (walked for *.yaml and *.yml, in byte order of the paths) or "-".
    void add(const std::string& path);
    // After the last add: names files that nobody includes.
    void finish();

    [[nodiscard]] const std::vector<CaseFiles>& cases() const { return cases_; }
    // Rule packs met on the way (files with `pack:` or `rules:`).
    [[nodiscard]] const std::vector<std::string>& packs() const { return packs_; }
    // Maps of data sets met on the way (files with `map:`).
    [[nodiscard]] const std::vector<std::string>& maps() const { return maps_; }
    // From a path given on the command line: files that it names may be where the command was
    // started, if that holds the file; else no further than its folder.
    void root_at(const std::string& path);

    // A parsed file by path, read at most once a run; null: an error was reported.
    const text::Node* document(const std::string& path, const text::Span& asked_at);
    [[nodiscard]] text::FileId file_of(const std::string& path) const;
    // From now on the heads of what is known will do; whole trees are wanted, also of what was
    // read by its heads. Trees that were handed out stay as they are.
    void heads_will_do() { heads_ = true; }
    void take_whole();
    // Whether it was read already, and known without parsing.
    [[nodiscard]] bool was_known(const std::string& path) const;

    // `relative` as written in `from_file`; must stay inside the root of `from_file`. Empty:
    // reported.
    std::string resolve_inside(const std::string& relative, const std::string& from_file,
                               const text::Span& at, std::string_view what);

private:
    // One file has one key, on whatever way it is met: asking the file system takes longer than
    // reading, and is done once a path.
    const std::string& key_of(const std::string& path) const;
    void add_once(std::vector<std::string>& files, const std::string& path) const;
    void add_case(const std::string& path, const std::string& root, bool named);
    bool follow(const std::string& path, std::vector<std::string>& chain, std::vector<Part>& parts);

    struct Parsed {
        text::FileId file;
        std::unique_ptr<text::Node> root;
        bool known = false;
        std::optional<text::Diagnostic> unread;  // why the file could not be read
    };
    text::SourceMap& sources_;
    text::Diagnostics& diagnostics_;
    Known known_;
    std::function<void(text::Node&)> prepare_;
    std::string start_;
    bool heads_ = false;
    std::vector<std::unique_ptr<text::Node>> replaced_;  // heads that were handed out
    std::map<std::string, Parsed> documents_;            // by `key_of` the path
    mutable std::map<std::string, std::string> keys_;    // by path as written
    std::map<std::string, std::string> roots_;  // by key: folder that includes may not leave
    bool too_many_ = false;                     // told
    std::vector<CaseFiles> cases_;
    std::vector<std::string> packs_;
    std::vector<std::string> maps_;
    std::vector<std::string> loose_;  // files without `case:`
    std::map<std::string, bool> included_;
};

}  // namespace antinomy::model
