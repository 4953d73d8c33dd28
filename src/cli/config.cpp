// antinomy config show [PATH]   what counts for a path, and where it comes from

#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/arguments.hpp"
#include "cli/check.hpp"
#include "cli/commands.hpp"
#include "cli/workspace.hpp"
#include "report/json_parts.hpp"

namespace antinomy::cli {

namespace {

using Json = nlohmann::ordered_json;

struct ShowOptions {
    CheckOptions check;  // what the command line would give to `check`
    std::string format = "text";
};

// A value, and where it comes from.
struct Line {
    std::string key;
    std::string value;
    std::string from;  // "default", "command line", "rules/policies.yaml:12", "antinomy.yaml:3"
    text::Span at;
};

class Show {
public:
    Show(ShowOptions& o, const Governed& governed, const Common& common)
        : o_(o), governed_(governed), common_(common) {}

    int run() {
        auto& o = o_.check;
        if (!w_.configure(o.config, o.paths)) return done(false);
        const auto& c = w_.config();
        const bool paths_given = !o.paths.empty();
        governed_.settle(c, o);
        if (paths_given) {
            w_.add(o.paths);
            w_.load();
        } else {
            static_cast<void>(w_.policies_for(w_.packs()));
            w_.load();
        }
        if (paths_given)
            for (const auto& p : o.paths) given("paths", p);
        else
            for (const auto& p : c.paths) said("paths", p);
        for (const auto& p : c.packs) said("packs", p);
        if (!o.rules.empty())
            for (const auto& r : o.rules) given("rules.only", r);
        else if (c.only)
            for (const auto& r : *c.only) said("rules.only", r);
        weights(paths_given);
        policies(paths_given);
        one("fail_on", o.fail_on, "--fail-on", c.fail_on);
        one("fail_on_possible", o.fail_on_possible ? "yes" : "no", "--fail-on-possible",
            c.fail_on_possible);
        one("max_findings", std::to_string(o.max_findings), "--max-findings", c.max_findings);
        if (o.no_baseline)
            given("baseline", "none");
        else
            one("baseline", o.baseline.empty() ? "none" : o.baseline, "--baseline", c.baseline);
        if (c.formats.empty()) lines_.push_back({"formats", "text", "default", {}});
        for (const auto& f : c.formats) said("formats", f);
        one("lang", language_asked().empty() ? (c.lang ? c.lang->text : "en") : language_asked(),
            "--lang", c.lang);
        one("redact", o.redact ? "yes" : "no", "--redact", c.redact);
        return done(true);
    }

private:
    void given(const std::string& key, const std::string& value) {
        lines_.push_back({key, value, "command line", {}});
    }
    void said(const std::string& key, const config::Said& value) {
        lines_.push_back({key, value.text, w_.place(value.at), value.at});
    }
    void one(const std::string& key, const std::string& value, const std::string& option,
             const std::optional<config::Said>& in_file) {
        const bool lang = option == "--lang" && !language_asked().empty();
        if (lang || (option != "--lang" && !option.empty() && governed_.given(option)))
            given(key, value);
        else if (in_file)
            lines_.push_back({key, value, w_.place(in_file->at), in_file->at});
        else
            lines_.push_back({key, value, "default", {}});
    }

    // Of a path, what counts for its cases; else all that is said.
    void weights(bool of_cases) {
        const auto& c = w_.config();
        if (!of_cases) {
            for (const auto& w : c.weights) weight("", w);
            for (const auto& entry : c.per_path) {
                std::string where;
                for (const auto& p : entry.patterns) where += (where.empty() ? "" : ", ") + p.text;
                for (const auto& w : entry.weights) weight(" in " + where, w);
            }
            return;
        }
        for (const auto& one : w_.cases()) {
            if (one.packs == nullptr || one.file.file.empty()) continue;
            const auto where = w_.cases().size() > 1 ? " in " + one.file.file : "";
            std::map<std::string, const config::Weight*> counts;
            for (const auto& w : c.weights) counts[w.rule.text] = &w;
            for (const auto e : c.entries_for(one.file.file))
                for (const auto& w : c.per_path[e].weights) counts[w.rule.text] = &w;
            for (const auto& [rule, w] : counts) weight(where, *w);
        }
    }
    void weight(const std::string& where, const config::Weight& w) {
        lines_.push_back({"severities." + w.rule.text + where, w.severity.text,
                          w_.place(w.severity.at), w.severity.at});
    }

    void policies(bool of_cases) {
        if (!of_cases) {
            const auto& packs = w_.packs();
            const auto& counts = w_.policies_for(packs);
            for (const auto& [name, value] : counts.numbers)
                policy("", name, number(name, value), counts, packs, {});
            for (const auto& [name, term] : counts.terms)
                policy("", name, values(term), counts, packs, {});
            return;
        }
        for (const auto& one : w_.cases()) {
            if (one.packs == nullptr || one.file.file.empty()) continue;
            const auto where = w_.cases().size() > 1 ? " in " + one.file.file : "";
            const auto& counts = w_.policies_for(*one.packs);
            const auto own = [&](const std::string& name) {
                const auto it = one.file.policy_spans.find(name);
                return it == one.file.policy_spans.end() ? text::Span{} : it->second;
            };
            for (const auto& [name, value] : one.file.policies)
                policy(where, name, number(name, value), counts, *one.packs, own(name));
            for (const auto& [name, term] : one.file.terms)
                policy(where, name, values(term), counts, *one.packs, own(name));
        }
    }
    void policy(const std::string& where, const std::string& name, const std::string& value,
                const Workspace::Policies& counts, const rule::Packs& packs,
                const text::Span& own) {
        auto at = own;
        if (!at.valid()) {
            const auto it = counts.set.find(name);
            at = it != counts.set.end() ? it->second : packs.policy_place(name);
        }
        lines_.push_back(
            {"policies." + name + where, value, at.valid() ? w_.place(at) : "default", at});
    }
    static std::string number(const std::string& name, double value) {
        const auto whole = std::to_string(static_cast<long long>(value));
        const auto convention = time::convention_of(name);
        if (!convention) return whole;
        const auto& words = time::kConventionTable[*convention].words;
        for (const char* word : {words[0], words[1], "unset"})
            if (const auto choice = time::choice_of(*convention, word);
                choice && static_cast<double>(*choice) == value)
                return word;
        return whole;
    }
    static std::string values(const model::Policy& p) {
        std::string out;
        for (const auto& v : p.values) out += (out.empty() ? "" : "; ") + model::print_with_days(v);
        return out;
    }

    int done(bool good) {
        std::ostringstream out;
        const auto& file = w_.config().file;
        if (good && o_.format == "json") {
            Json values = Json::array();
            for (const auto& l : lines_) {
                Json from{{"kind", l.at.valid()          ? "file"
                                   : l.from == "default" ? "default"
                                                         : "command line"}};
                if (l.at.valid()) {
                    const auto p = w_.sources().position(l.at.file, l.at.begin);
                    from["file"] = w_.file_name(l.at);
                    from["line"] = p.line;
                    from["column"] = p.column;
                }
                values.push_back({{"key", l.key}, {"value", l.value}, {"from", std::move(from)}});
            }
            Json whole{{"format", 1}, {"config", nullptr}, {"values", std::move(values)}};
            if (!file.empty()) whole["config"] = file;
            out << report::json_text(whole, 1) << '\n';
        } else if (good) {
            out << "configuration: " << (file.empty() ? "none" : report::sanitize(file)) << "\n";
            for (const auto& l : lines_)
                out << report::sanitize(l.key) << ": " << report::sanitize(l.value) << "   ("
                    << report::sanitize(l.from) << ")\n";
        }
        std::cout << out.str() << std::flush;
        const bool errors = w_.print_problems(common_.style(2));
        if (!std::cout) {
            std::cerr << "antinomy: the configuration could not be written whole\n";
            return kNotDone;
        }
        return errors ? kNotDone : kFine;
    }

    ShowOptions& o_;
    const Governed& governed_;
    const Common& common_;
    Workspace w_;
    std::vector<Line> lines_;
};

}  // namespace

Run add_config_command(CLI::App& app, const Common& common) {
    auto o = std::make_shared<ShowOptions>();
    auto governed = std::make_shared<Governed>();
    auto* sub = app.add_subcommand("config", "What antinomy.yaml says, and where it says so");
    sub->require_subcommand(1);
    auto* show =
        sub->add_subcommand("show", "Every value that counts for a path, and where it comes from");
    show->add_option("PATH", o->check.paths, "cases, as for check; without any, the folder");
    show->add_option("--format", o->format, "text or json")->check(one_of({"text", "json"}));
    governed->add(*show, o->check);
    add_config(*show, o->check.config);
    return [o, governed, show, &common]() -> int {
        return show->parsed() ? Show(*o, *governed, common).run() : -1;
    };
}

}  // namespace antinomy::cli
