#include "model/load.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace antinomy::model {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kIncludeDepth = 16;
constexpr std::size_t kFiles = 1000;

bool is_yaml(const fs::path& p) {
    return p.extension() == ".yaml" || p.extension() == ".yml";
}

// `path` as the file system knows it, as far as it exists: absolute, without links.
fs::path real(const fs::path& path) {
    std::error_code ec;
    const auto whole = fs::absolute(path, ec);
    if (ec) return path;
    auto out = fs::weakly_canonical(whole, ec);
    return ec ? whole.lexically_normal() : out;
}

bool is_map(const text::Node& root) {
    return root.find("map") != nullptr;
}

// A map may bring a pack of its own, in the same file.
bool is_pack(const text::Node& root) {
    return !is_map(root) && (root.find("pack") != nullptr || root.find("rules") != nullptr);
}

// The head of a file: its first key.
text::Span head(const text::Node& root) {
    return root.entries.empty() ? root.span : root.entries.front().key.span;
}

bool inside(const fs::path& path, const fs::path& folder) {
    auto p = path.begin();
    for (auto f = folder.begin(); f != folder.end(); ++f, ++p) {
        if (f->empty()) continue;  // a trailing slash
        if (p == path.end() || *p != *f) return false;
    }
    return true;
}

}  // namespace

const std::string& Loader::key_of(const std::string& path) const {
    auto it = keys_.find(path);
    if (it == keys_.end())
        it = keys_.emplace(path, path == "-" || path.empty() ? path : real(path).string()).first;
    return it->second;
}

const text::Node* Loader::document(const std::string& path, const text::Span& asked_at) {
    const auto key = key_of(path);
    auto it = documents_.find(key);
    if (it == documents_.end()) {
        if (documents_.size() >= kFiles) {
            if (!std::exchange(too_many_, true))
                diagnostics_.add({text::Level::error,
                                  "too-many-files",
                                  asked_at,
                                  path,
                                  "more than " + std::to_string(kFiles) + " files in one run",
                                  "check fewer at once, or include fewer",
                                  {}});
            return nullptr;
        }
        Parsed parsed;
        text::Diagnostics reading;
        if (const auto file = text::read_file(sources_, path, reading)) {
            parsed.file = *file;
            auto root = known_ ? known_(sources_, *file, heads_) : std::nullopt;
            parsed.known = root.has_value();
            if (!root) root = text::parse_yaml(sources_, *file, diagnostics_);
            if (root) parsed.root = std::make_unique<text::Node>(std::move(*root));
            if (root && prepare_) prepare_(*parsed.root);
        } else if (!reading.items().empty()) {
            parsed.unread = reading.items().back();
            if (parsed.unread->where.empty()) parsed.unread->where = "''";
        }
        it = documents_.emplace(key, std::move(parsed)).first;
    }
    if (it->second.unread) {
        auto d = *it->second.unread;
        if (asked_at.valid()) {
            // The place to mend is where the file was asked for.
            d.span = asked_at;
            d.message = "`" + path + "`: " + d.message;
            if (d.code == "cannot-open")
                d.help = "check the path; it is relative to the file that it stands in";
        }
        diagnostics_.add(std::move(d));
    }
    return it->second.root.get();
}

text::FileId Loader::file_of(const std::string& path) const {
    const auto it = documents_.find(key_of(path));
    return it == documents_.end() ? text::FileId{} : it->second.file;
}

void Loader::take_whole() {
    if (!std::exchange(heads_, false)) return;
    for (auto& [key, parsed] : documents_) {
        if (!parsed.known) continue;
        replaced_.push_back(std::move(parsed.root));
        parsed.root = std::make_unique<text::Node>(*known_(sources_, parsed.file, false));
        if (prepare_) prepare_(*parsed.root);
    }
}

bool Loader::was_known(const std::string& path) const {
    const auto it = documents_.find(key_of(path));
    return it != documents_.end() && it->second.known;
}

void Loader::add(const std::string& path) {
    std::error_code ec;
    if (path != "-" && fs::is_directory(path, ec)) {
        std::vector<std::string> found;
        bool good = true;
        for (auto it = fs::recursive_directory_iterator(path, ec);
             !ec && it != fs::recursive_directory_iterator(); it.increment(ec)) {
            std::error_code e;
            if (it->is_directory(e) && !it->path().filename().empty() &&
                it->path().filename().string()[0] == '.') {
                it.disable_recursion_pending();
                continue;
            }
            if (!is_yaml(it->path())) continue;
            if (it->is_symlink(e) && !inside(real(it->path()), real(path))) {
                diagnostics_.add({text::Level::error,
                                  "outside-folder",
                                  {},
                                  it->path().string(),
                                  "a link leads out of the folder that was given",
                                  "give the other folder too, or copy the file",
                                  {}});
                continue;
            }
            found.push_back(it->path().lexically_normal().string());
        }
        if (ec) {
            good = false;
            diagnostics_.add({text::Level::error,
                              "unreadable",
                              {},
                              path,
                              "cannot list the folder: " + ec.message(),
                              "check its permissions",
                              {}});
        }
        std::sort(found.begin(), found.end());
        bool any = false;
        for (const auto& file : found) {
            const auto* root = document(file, {});
            roots_.emplace(key_of(file), path);
            if (root == nullptr) {
                any = true;  // what it is nobody knows, and why was said
                continue;
            }
            if (is_pack(*root)) {
                any = true;
                add_once(packs_, file);
            } else if (is_map(*root)) {
                any = true;
                add_once(maps_, file);
            } else if (root->find("case") != nullptr) {
                any = true;
                add_case(file, path, false);
            } else if (fs::path(file).filename() != "antinomy.yaml" &&  // a configuration
                       root->find("titles") == nullptr) {               // titles in a language
                loose_.push_back(file);
            }
        }
        if (good && !any)
            diagnostics_.add(
                {text::Level::error,
                 "no-case",
                 {},
                 path,
                 "no case in this folder",
                 "a case is a .yaml file with a `case:` key; name the file or another folder",
                 {}});
        return;
    }
    const auto* node = document(path, {});
    if (node == nullptr) return;
    root_at(path);
    if (is_pack(*node))
        add_once(packs_, path);
    else if (is_map(*node))
        add_once(maps_, path);
    else
        add_case(path, roots_[key_of(path)], true);
}

void Loader::root_at(const std::string& path) {
    std::error_code ec;
    const fs::path start = start_.empty() ? fs::current_path(ec) : fs::path(start_);
    std::string root = start_.empty() ? "." : start_;
    if (path != "-" && !inside(real(path), real(start))) {
        root = fs::path(path).parent_path().string();
        if (root.empty()) root = ".";
    }
    roots_.emplace(key_of(path), root);
}

void Loader::add_once(std::vector<std::string>& files, const std::string& path) const {
    for (const auto& known : files)
        if (key_of(known) == key_of(path)) return;
    files.push_back(path);
}

void Loader::add_case(const std::string& path, const std::string& root, bool named) {
    for (auto& known : cases_)
        if (key_of(known.path) == key_of(path)) {
            known.named = known.named || named;
            return;
        }
    const auto* node = document(path, {});
    const auto* block = node->find("case");
    if (block == nullptr) {
        diagnostics_.error(head(*node), "no-case", "this file has no `case:`",
                           "add `case: {id: ...}`, or check the file that includes this one");
        return;
    }
    CaseFiles files;
    files.path = path;
    files.named = named;
    files.variant = block->find("variant_of") != nullptr;
    roots_.emplace(key_of(path), root);
    std::vector<std::string> chain;
    // Also when an include failed: what can be checked of the rest is for the caller to say.
    files.incomplete = !follow(path, chain, files.parts);
    if (!files.parts.empty()) files.parts.front().main = true;
    cases_.push_back(std::move(files));
}

std::string Loader::resolve_inside(const std::string& relative, const std::string& from_file,
                                   const text::Span& at, std::string_view what) {
    const auto root_it = roots_.find(key_of(from_file));
    const fs::path root = root_it == roots_.end() ? fs::path(".") : fs::path(root_it->second);
    const fs::path wanted(relative);
    if (wanted.is_absolute() || relative.empty()) {
        diagnostics_.error(at, "outside-folder",
                           std::string(what) + " `" + relative + "` is not a relative path",
                           "write it relative to this file");
        return {};
    }
    const auto joined = (fs::path(from_file).parent_path() / wanted).lexically_normal();
    if (!inside(key_of(joined.string()), key_of(root.string()))) {
        diagnostics_.error(at, "outside-folder",
                           std::string(what) + " `" + relative + "` lies outside the folder `" +
                               root.string() + "`",
                           "give the folder that holds both files, or start there");
        return {};
    }
    roots_.emplace(key_of(joined.string()), root.string());
    return joined.string();
}

bool Loader::follow(const std::string& path, std::vector<std::string>& chain,
                    std::vector<Part>& parts) {
    const auto* node = document(path, {});
    if (node == nullptr) return false;
    parts.push_back({file_of(path), node, false});
    const auto* include = node->find("include");
    if (include == nullptr) return true;
    if (!include->is_sequence()) {
        diagnostics_.error(include->span, "wrong-type",
                           "expected a list of files, found " + std::string(kind_word(*include)),
                           "write `include: [other.yaml]`");
        return false;
    }
    chain.push_back(path);
    bool good = true;
    for (const auto& item : include->items) {
        if (!item.is_scalar()) {
            diagnostics_.error(item.span, "wrong-type",
                               "expected a file's path, found " + std::string(kind_word(item)),
                               "write it relative to this file");
            good = false;
            continue;
        }
        const auto target = resolve_inside(item.text, path, item.span, "the include");
        if (target.empty()) {
            good = false;
            continue;
        }
        included_[key_of(target)] = true;
        const auto again = std::find_if(chain.begin(), chain.end(), [&](const std::string& link) {
            return key_of(link) == key_of(target);
        });
        if (again != chain.end()) {
            std::string circle;
            for (auto it = again; it != chain.end(); ++it) circle += *it + " includes ";
            diagnostics_.error(item.span, "include-circle",
                               "files include one another in a circle: " + circle + target,
                               "take out one `include`");
            good = false;
            continue;
        }
        if (chain.size() >= kIncludeDepth) {
            diagnostics_.error(item.span, "too-deep",
                               "includes are nested deeper than " + std::to_string(kIncludeDepth),
                               "include the files directly");
            good = false;
            continue;
        }
        const auto* child = document(target, item.span);
        if (child == nullptr) {
            good = false;
            continue;
        }
        if (is_pack(*child)) {
            diagnostics_.error(item.span, "pack-in-include",
                               "`" + item.text + "` is a rule pack, not a part of a case",
                               "name it under `case: {packs: [...]}` instead");
            good = false;
            continue;
        }
        const auto id = file_of(target);
        const auto twice =
            std::find_if(parts.begin(), parts.end(), [&](const Part& p) { return p.file == id; });
        if (twice != parts.end()) continue;  // met on two ways: once is enough
        good = follow(target, chain, parts) && good;
    }
    chain.pop_back();
    return good;
}

void Loader::finish() {
    for (const auto& file : loose_) {
        if (included_.count(key_of(file)) != 0) continue;
        const auto* node = document(file, {});
        diagnostics_.warning(head(*node), "not-included",
                             "no case includes this file, and it has no `case:` of its own",
                             "include it, give it a `case:`, or take it away");
    }
}

}  // namespace antinomy::model
