#include "config/config.hpp"

#include <algorithm>
#include <filesystem>

#include "config/keys.hpp"
#include "text/nearest.hpp"

namespace antinomy::config {

namespace fs = std::filesystem;
using text::Node;

namespace {

// As the file system knows it, as far as it exists: absolute, without links.
fs::path real(const fs::path& path) {
    std::error_code ec;
    auto out = fs::weakly_canonical(fs::absolute(path, ec), ec);
    return ec ? path : out;
}

// `path` seen from `folder`; nothing: it lies elsewhere.
std::optional<std::string> below(const fs::path& path, const fs::path& folder) {
    const auto from = real(path).lexically_relative(real(folder));
    if (from.empty() || *from.begin() == "..") return std::nullopt;
    return from.generic_string();
}

class Reader {
public:
    Reader(Config& out, const FormatProblem& formats, text::Diagnostics& diagnostics)
        : out_(out), formats_(formats), diagnostics_(diagnostics) {}

    void read(const Node& root) {
        for (const auto& [key, value] : root.entries) {
            const auto& name = key.text;
            if (name == "paths")
                out_.paths = files(value, "a file or a folder");
            else if (name == "packs")
                out_.packs = files(value, "the file of a rule pack");
            else if (name == "rules")
                rules(value);
            else if (name == "severities")
                weights(value, out_.weights);
            else if (name == "per_path")
                per_path(value);
            else if (name == "policies")
                policies(value);
            else if (name == "fail_on")
                out_.fail_on = word(value, "a severity", text::names_of(thresholds()));
            else if (name == "fail_on_possible")
                out_.fail_on_possible = word(value, "yes or no", text::names_of(truths()));
            else if (name == "lang")
                lang(value);
            else if (name == "redact")
                redact(value);
            else if (name == "max_findings")
                number(value);
            else if (name == "baseline")
                baseline(value);
            else if (name == "formats")
                formats(value);
            else
                unknown(key, std::string("`") + kFileName + "`", file_keys());
        }
    }

private:
    void error(const text::Span& at, const char* code, std::string message, std::string help) {
        diagnostics_.error(at, code, std::move(message), std::move(help));
    }

    void wrong(const Node& node, const std::string& what, std::string help) {
        error(node.span, "wrong-type",
              "expected " + what + ", found " + std::string(kind_word(node)), std::move(help));
    }

    void unknown(const Node& key, const std::string& of, const text::Keys& keys) {
        error(key.span, "unknown-key", of + " has no key `" + key.text + "`",
              text::did_you_mean(key.text, text::names_of(keys)));
    }

    std::optional<Said> word(const Node& node, const std::string& what,
                             const std::vector<std::string>& known) {
        if (!node.is_scalar()) {
            wrong(node, what, "write one of " + listed(known));
            return std::nullopt;
        }
        if (std::find(known.begin(), known.end(), node.text) == known.end()) {
            error(node.span, "unknown-word", "`" + node.text + "` is none of " + listed(known),
                  text::did_you_mean(node.text, known));
            return std::nullopt;
        }
        return Said{node.text, node.span};
    }

    static std::string listed(const std::vector<std::string>& words) {
        std::string out;
        for (const auto& w : words) out += (out.empty() ? "" : ", ") + w;
        return out;
    }

    std::vector<Said> texts(const Node& node, const std::string& what) {
        std::vector<Said> out;
        if (!node.is_sequence()) {
            wrong(node, "a list", "write [...] around " + what);
            return out;
        }
        for (const auto& item : node.items) {
            if (item.is_scalar())
                out.push_back({item.text, item.span});
            else
                wrong(item, what, "write one text");
        }
        return out;
    }

    // A path inside the folder of the file, as seen from the working folder.
    std::optional<std::string> inside(const std::string& written, const text::Span& at) {
        const auto path = (fs::path(out_.folder) / written).lexically_normal();
        if (written.empty() || fs::path(written).is_absolute())
            error(at, "outside-folder", "`" + written + "` is not a relative path",
                  "write it relative to this file");
        else if (!below(path, out_.folder))
            error(at, "outside-folder", "`" + written + "` lies outside the folder of this file",
                  std::string("put ") + kFileName + " into a folder that holds both");
        else
            return path.generic_string();
        return std::nullopt;
    }

    std::vector<Said> files(const Node& node, const std::string& what) {
        std::vector<Said> out;
        for (const auto& said : texts(node, what))
            if (auto path = inside(said.text, said.at)) out.push_back({std::move(*path), said.at});
        return out;
    }

    void rules(const Node& node) {
        if (!node.is_mapping()) return wrong(node, "`only` or `off`", "write `rules: {off: [id]}`");
        for (const auto& [key, value] : node.entries) {
            if (key.text == "only")
                out_.only = texts(value, "ids of rules");
            else if (key.text == "off")
                for (auto& rule : texts(value, "ids of rules"))
                    add(out_.weights, {rule, {"off", rule.at}});
            else
                unknown(key, "`rules`", rules_keys());
        }
        if (out_.only && out_.only->empty() && node.find("only")->is_sequence())
            error(node.find("only")->span, "missing-value", "no rule is named: nothing would run",
                  "name rules, or leave `only` out");
    }

    void weights(const Node& node, std::vector<Weight>& out) {
        if (!node.is_mapping())
            return wrong(node, "severities by rule", "write `severities: {rule-id: warning}`");
        for (const auto& [key, value] : node.entries)
            if (auto severity = word(value, "a severity", text::names_of(severities())))
                add(out, {{key.text, key.span}, *severity});
    }

    void add(std::vector<Weight>& out, const Weight& weight) {
        for (const auto& w : out)
            if (w.rule.text == weight.rule.text) {
                diagnostics_
                    .error(weight.rule.at, "said-twice",
                           "rule `" + weight.rule.text + "` has two severities", "keep one of them")
                    .related.push_back({w.rule.at, "the other one"});
                return;
            }
        out.push_back(weight);
    }

    void per_path(const Node& node) {
        const char* help = "write `per_path: [{paths: [drafts/**], severities: {rule-id: info}}]`";
        if (!node.is_sequence()) return wrong(node, "a list", help);
        for (const auto& item : node.items) {
            if (!item.is_mapping()) {
                wrong(item, "paths and severities", help);
                continue;
            }
            PerPath entry;
            for (const auto& [key, value] : item.entries) {
                if (key.text == "severities")
                    weights(value, entry.weights);
                else if (key.text != "paths")
                    unknown(key, "an entry of `per_path`", per_path_keys());
                else
                    for (auto& pattern : texts(value, "patterns of paths")) {
                        if (const auto why = Glob::refused(pattern.text); !why.empty()) {
                            error(pattern.at, "bad-pattern",
                                  "`" + pattern.text + "` is no pattern of paths: " + why,
                                  "write drafts/**, *.draft.yaml, or a path from this file's "
                                  "folder on");
                            continue;
                        }
                        entry.globs.emplace_back(pattern.text);
                        entry.patterns.push_back(std::move(pattern));
                    }
            }
            for (const char* key : {"paths", "severities"})
                if (item.find(key) == nullptr)
                    error(item.span, "missing-key",
                          std::string("an entry of `per_path` has no `") + key + "`", help);
            out_.per_path.push_back(std::move(entry));
        }
    }

    void number(const Node& node) {
        const bool digits = node.is_scalar() && !node.text.empty() && node.text.size() <= 9 &&
                            std::all_of(node.text.begin(), node.text.end(),
                                        [](char c) { return c >= '0' && c <= '9'; });
        if (digits)
            out_.max_findings = Said{node.text, node.span};
        else
            wrong(node, "a number of findings", "write digits only: 100");
    }

    void baseline(const Node& node) {
        if (!node.is_scalar()) return wrong(node, "the file of a baseline", "write one path");
        if (auto path = inside(node.text, node.span))
            out_.baseline = Said{std::move(*path), node.span};
    }

    void formats(const Node& node) {
        for (auto& said : texts(node, "NAME or NAME=FILE")) {
            if (const auto why = formats_(said.text); !why.empty()) {
                const auto line = std::min(why.find('\n'), why.size());
                error(said.at, "unknown-word", why.substr(0, line),
                      line == why.size() ? "see `antinomy check --help`" : why.substr(line + 1));
                continue;
            }
            const auto at = said.text.find('=');
            if (at == std::string::npos) {
                out_.formats.push_back(std::move(said));
                continue;
            }
            if (const auto path = inside(said.text.substr(at + 1), said.at))
                out_.formats.push_back({said.text.substr(0, at + 1) + *path, said.at});
        }
    }

    void lang(const Node& node) {
        const char* help = "write the code of ISO 639: en, ru, tg";
        const bool letters =
            node.is_scalar() && node.text.size() >= 2 && node.text.size() <= 20 &&
            std::all_of(node.text.begin(), node.text.end(), [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
            });
        if (!node.is_scalar())
            wrong(node, "the code of a language", help);
        else if (!letters)
            error(node.span, "unknown-language", "`" + node.text + "` is no code of a language",
                  help);
        else
            out_.lang = Said{node.text, node.span};
    }

    void redact(const Node& node) {
        out_.redact = word(node, "yes or no", text::names_of(truths()));
        out_.may_redact = !out_.redact || out_.redact->text == "yes";
    }

    void policies(const Node& node) {
        if (!node.is_mapping())
            return wrong(node, "policies by name", "write `policies: {approximate_slack: 30}`");
        out_.policies = node;
    }

    Config& out_;
    const FormatProblem& formats_;
    text::Diagnostics& diagnostics_;
};

}  // namespace

std::vector<std::size_t> Config::entries_for(const std::string& case_file) const {
    std::vector<std::size_t> out;
    if (per_path.empty() || case_file == "-") return out;
    const auto path = below(case_file, folder);
    if (!path) return out;
    for (std::size_t i = 0; i < per_path.size(); ++i)
        if (std::any_of(per_path[i].globs.begin(), per_path[i].globs.end(),
                        [&](const Glob& g) { return g.matches(*path); }))
            out.push_back(i);
    return out;
}

std::string find(const std::string& path) {
    std::error_code ec;
    fs::path start = path.empty() || path == "-" ? fs::path(".") : fs::path(path);
    if (!fs::is_directory(start, ec)) start = start.parent_path();
    auto folder = real(start.empty() ? fs::path(".") : start);
    const auto here = real(".");
    while (true) {
        if (fs::is_regular_file(folder / kFileName, ec)) {
            const auto near = folder.lexically_relative(here);
            return ((near.empty() ? folder : near) / kFileName).lexically_normal().generic_string();
        }
        if (fs::exists(folder / ".git", ec) || folder == folder.parent_path()) return {};
        folder = folder.parent_path();
    }
}

namespace {

// Of a file that is no YAML, whether a line of it begins like the key.
bool speaks_of_redaction(std::string_view bytes) {
    constexpr std::string_view kKey = "redact";
    for (std::size_t at = 0; at < bytes.size();) {
        const auto end = std::min(bytes.find('\n', at), bytes.size());
        const auto word = bytes.substr(at, end - at).find_first_not_of(" \t\"'{,");
        if (word != std::string_view::npos && bytes.substr(at + word, kKey.size()) == kKey)
            return true;
        at = end + 1;
    }
    return false;
}

}  // namespace

Config read(const std::string& file, const FormatProblem& formats, text::SourceMap& sources,
            text::Diagnostics& diagnostics) {
    Config out;
    out.file = file;
    out.folder = fs::path(file).parent_path().generic_string();
    if (out.folder.empty()) out.folder = ".";
    const auto id = text::read_file(sources, file, diagnostics);
    if (!id) return out;
    const auto root = text::parse_yaml(sources, *id, diagnostics);
    if (root)
        Reader(out, formats, diagnostics).read(*root);
    else
        out.may_redact = speaks_of_redaction(sources.bytes(*id));
    return out;
}

}  // namespace antinomy::config
