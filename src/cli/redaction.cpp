// `check --redact`: cases rewritten without their names, and checked as such.

#include <algorithm>
#include <filesystem>

#include "cli/workspace.hpp"
#include "redact/redact.hpp"

namespace antinomy::cli {

namespace fs = std::filesystem;

bool Workspace::is_shipped(text::FileId file) const {
    const auto name = sources_.name(file);
    return std::find(shipped_.begin(), shipped_.end(), name) != shipped_.end() ||
           fs::path(name).parent_path() == fs::path(rules_folder_) / "forums";
}

std::size_t Workspace::leave_codes() {
    const auto told = unique();
    diagnostics_ = {};
    std::set<std::string> codes;
    std::size_t remarks = 0;
    for (const auto& d : told.items()) {
        if (d.level == text::Level::error) codes.insert(d.code);
        // That one is told again, of the rewritten case.
        if (d.level != text::Level::error && d.code != "verified-before") ++remarks;
    }
    std::string all;
    for (const auto& c : codes) all += (all.empty() ? "" : ", ") + c;
    if (!codes.empty())
        diagnostics_.add({text::Level::error,
                          "not-redacted",
                          {},
                          "--redact",
                          "what was given has errors: " + all,
                          "run with `--no-redact` to read them",
                          {}});
    return remarks;
}

bool Workspace::redact(const std::string& key_file) {
    const auto remarks = leave_codes();
    if (diagnostics_.has_errors()) return false;
    const auto refuse = [&](const char* code, std::string message, std::string help) {
        diagnostics_.add(
            {text::Level::error, code, {}, "--redact", std::move(message), std::move(help), {}});
        return false;
    };
    for (const auto& c : cases_)
        for (const auto& s : c.file.suppressions)
            if (!s.fingerprint.empty())
                return refuse("not-redacted",
                              "a suppression names a fingerprint, and those of a redacted report "
                              "are others",
                              "say by `at`, `accounts` and `verdict` which finding is meant, or "
                              "run with `--no-redact`");
    if (!key_file.empty() && !redact::load(key_file, key_, diagnostics_)) return false;

    auto& names = key_.names;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
        names.keep_words_of(cases_[i].packs->vocabulary());
        for (const auto& part : parts_[i])
            redact::meet(cases_[i].packs->vocabulary(), *part.root, names);
        // Of a variant that is left out nothing is said but that it is.
        if (parts_[i].empty()) cases_[i].file = {};
    }
    for (const auto& c : cases_) sweep_rules(c);
    if (diagnostics_.has_errors()) return false;

    // Places in packs stay places; files that hold names are nowhere to be found.
    redacted_.emplace();
    for (std::uint32_t i = 0; i < sources_.size(); ++i) {
        const text::FileId file{i};
        const std::string name(sources_.name(file));
        if (is_shipped(file))
            redacted_->add(
                "rules/" +
                    fs::path(name).lexically_relative(fs::path(rules_folder_)).generic_string(),
                std::string(sources_.bytes(file)));
        else
            redacted_->add(names.file(name, "file-"), "");
    }
    for (std::size_t i = 0; i < cases_.size(); ++i) {
        plain_.push_back(cases_[i].file);
        if (!parts_[i].empty() && !rewrite(i)) return false;
    }
    if (remarks > 0)
        diagnostics_.add({text::Level::note,
                          "remarks-left-out",
                          {},
                          "--redact",
                          std::to_string(remarks) + (remarks == 1 ? " remark" : " remarks") +
                              " on the files left out: what they say may be a name",
                          "run with `--no-redact` to read them",
                          {}});
    if (!key_file.empty()) return redact::save(key_file, key_, diagnostics_);
    return true;
}

bool Workspace::rewrite(std::size_t index) {
    auto& c = cases_[index];
    const auto& vocabulary = c.packs->vocabulary();
    auto& names = key_.names;
    const auto refuse = [&](const std::string& why) {
        diagnostics_.add({text::Level::error,
                          "not-redacted",
                          {},
                          "--redact",
                          "a case could not be rewritten without its names: " + why,
                          "give out no report of it, and report this as a fault of the program",
                          {}});
        return false;
    };
    std::vector<model::Part> parts;
    for (const auto& part : parts_[index]) {
        std::string why;
        const auto bytes =
            redact::rewritten(vocabulary, *part.root, sources_.bytes(part.file), names, why);
        if (!bytes) return refuse("the key `" + why + "` is not known to it");
        const auto name = names.file(std::string(sources_.name(part.file)), "file-");
        auto own = part;
        own.file = redacted_->add(name, *bytes);
        text::Diagnostics problems;
        auto root = text::parse_yaml(*redacted_, own.file, problems);
        if (!root) return refuse(problems.items().front().code);
        roots_.push_back(std::make_unique<text::Node>(std::move(*root)));
        own.root = roots_.back().get();
        parts.push_back(own);
    }
    text::Diagnostics problems;
    const auto& policies = policies_for(*c.packs);
    c.file = model::build_case(vocabulary, parts, problems, policies.numbers, policies.terms);
    c.file.file = redacted_->name(parts.front().file);
    c.files.clear();
    for (const auto& part : parts) c.files.push_back(part.file);
    for (const auto& d : problems.items())
        if (d.level == text::Level::error) return refuse(d.code + ": " + d.message);
    if (c.good) check_verified(c);
    return true;
}

// Messages and reasons in packs of the desk's own may hold what the case calls by a token.
void Workspace::sweep_rules(const LoadedCase& c) {
    const auto mine = std::find_if(packs_.begin(), packs_.end(), [&](const auto& entry) {
        return entry.second.get() == c.packs;
    });
    if (mine == packs_.end()) return;
    const auto& names = key_.names;
    const auto sweep = [&](std::string& s) { s = names.swept(s); };
    // Of a condition also the texts that it compares with: 'a name', whether it was met or not.
    const auto sweep_condition = [&](std::string& s) {
        std::string out;
        for (std::size_t at = 0; at < s.size();) {
            const auto open = std::min(s.find('\'', at), s.size());
            const auto close = open == s.size() ? open : s.find('\'', open + 1);
            out += s.substr(at, open - at);
            if (open < s.size()) out += "'cut'";
            at = close == std::string::npos || close == s.size() ? s.size() : close + 1;
        }
        s = names.swept(out);
    };
    const std::function<void(std::vector<rule::Exception>&, bool)> exceptions =
        [&](std::vector<rule::Exception>& list, bool own) {
            for (auto& x : list) {
                const bool foreign = own || !is_shipped(x.when.span.file);
                if (foreign) {
                    sweep(x.because);
                    sweep_condition(x.when.written);
                }
                exceptions(x.unless, foreign);
            }
        };
    const auto bad_name = [&](const std::string& id) {
        // A rule is often called by the same plain word as some record; a person is another matter.
        const auto swept = names.swept(id);
        const auto person = swept.find('P');
        const bool named = (person != std::string::npos && person + 1 < swept.size() &&
                            swept[person + 1] >= '0' && swept[person + 1] <= '9') ||
                           swept.find("text-") != std::string::npos;
        if (swept == id || !named) return;
        diagnostics_.add({text::Level::error,
                          "not-redacted",
                          {},
                          "--redact",
                          "the id of a rule of your own holds a name of the case",
                          "give the rule another id, or leave its pack out",
                          {}});
    };
    for (const auto& r : c.packs->off())
        if (!is_shipped(r.span.file)) bad_name(r.id);
    std::vector<rule::Rule> changed;
    for (const auto& r : c.packs->rules()) {
        const bool own = !is_shipped(r.span.file);
        if (own) bad_name(r.id);
        auto copy = r;
        if (own) {
            sweep(copy.title);
            sweep(copy.help);
            sweep(copy.message_written);
            sweep(copy.possible_written);
            for (auto* message : {&copy.message, &copy.possible})
                for (auto& piece : *message) sweep(piece.text);
            for (auto& basis : copy.basis) {
                sweep(basis.cite);
                sweep(basis.note);
            }
            if (copy.where) sweep_condition(copy.where->written);
            sweep_condition(copy.require.written);
            for (auto& b : copy.bindings) sweep_condition(b.written);
        }
        if (copy.overridden) sweep(copy.overridden->because);
        exceptions(copy.unless, own);
        changed.push_back(std::move(copy));
    }
    for (auto& r : changed) mine->second->replace(std::move(r));
}

void Workspace::rename(std::vector<std::string>& accounts,
                       std::vector<std::string>& sources) const {
    if (!redacted_) return;
    for (auto& a : accounts) a = key_.names.account(a);
    for (auto& s : sources) s = key_.names.path(s);
}

void Workspace::seal(check::Result& result, const std::vector<std::string>& rules,
                     const std::vector<std::string>& accounts,
                     const std::vector<std::string>& sources, std::optional<time::Day> today) {
    if (!redacted_) return;
    // The cases as they are, with the same options.
    check::Options options;
    options.accounts = accounts;
    options.resolve = false;
    options.infer = false;
    options.today = today;
    if (!sources.empty()) options.sources = sources;
    check::Groups groups;
    const auto counts = [&](std::size_t i) { return cases_[i].good && !parts_[i].empty(); };
    for (std::size_t i = 0; i < cases_.size(); ++i) {
        if (!counts(i)) continue;
        options.rules = rules_for(cases_[i], rules);
        check::gather(*cases_[i].packs, plain_[i], options,
                      [&](const auto& rule, const auto& key, const auto& amount, bool sure) {
                          groups.add(rule, key, amount, sure);
                      });
    }
    options.groups = &groups;
    // What a finding is, beside its words.
    using Told = std::multiset<std::tuple<std::string, std::string, check::Severity, check::Verdict,
                                          bool, std::vector<std::string>>>;
    const auto told = [](const check::Finding& f, std::string at, std::vector<std::string> of) {
        std::sort(of.begin(), of.end());
        return std::tuple(f.rule, std::move(at), f.severity, f.verdict, f.suppressed.empty(),
                          std::move(of));
    };
    std::set<std::string> differ;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
        if (!counts(i)) continue;
        const auto shown =
            std::find_if(result.cases.begin(), result.cases.end(),
                         [&](const auto& c) { return c.file == cases_[i].file.file; });
        if (shown == result.cases.end()) continue;
        options.rules = rules_for(cases_[i], rules);
        auto plain = check::check_case(*cases_[i].packs, plain_[i], options);
        check::weigh(plain.result.findings, cases_[i].builtin_weights);
        Told before;
        Told after;
        for (const auto& f : plain.result.findings) {
            auto of = f.accounts;
            for (auto& a : of) a = f.between_sources ? key_.names.path(a) : key_.names.account(a);
            before.insert(told(f, key_.names.path(f.at), std::move(of)));
        }
        for (const auto& f : shown->findings) after.insert(told(f, f.at, f.accounts));
        std::vector<Told::value_type> other;
        std::set_symmetric_difference(before.begin(), before.end(), after.begin(), after.end(),
                                      std::back_inserter(other));
        for (const auto& o : other) differ.insert(std::get<0>(o));
    }
    for (const auto& rule : differ)
        diagnostics_.add(
            {text::Level::error,
             "redaction-differs",
             {},
             "--redact",
             "rule `" + rule + "` finds something else where names are taken out: it reads texts",
             "leave it out (`--rules`, or `rules: {off: [...]}` in antinomy.yaml)",
             {}});
    if (key_.secret.empty()) return;
    std::map<std::string, std::string> sealed;
    for (auto& c : result.cases)
        for (auto& f : c.findings) {
            const auto to = redact::sealed(key_, f.fingerprint);
            sealed[f.fingerprint] = to;
            f.fingerprint = to;
        }
    for (auto& c : result.cases)
        for (auto& f : c.findings)
            for (auto& r : f.resolve)
                for (auto& other : r.blocked_by)
                    if (const auto it = sealed.find(other); it != sealed.end()) other = it->second;
}

void Workspace::redact(report::Provenance& out) const {
    if (!redacted_) return;
    out.revision = {};
    out.project = {};
    const auto& names = key_.names;
    std::map<std::string, std::string> ids;
    for (auto& pack : out.packs) {
        if (pack.shipped) continue;
        pack.title.clear();
        // (Of its bytes nothing is known here: size and hash are those of no bytes.)
        ids[pack.id] = names.swept(pack.id);
        pack.id = ids[pack.id];
    }
    const auto rename = [&](std::string& id) {
        if (const auto it = ids.find(id); it != ids.end()) id = it->second;
    };
    for (auto& rule : out.rules) rename(rule.pack);
    for (auto& c : out.cases) {
        for (auto& id : c.packs) rename(id);
        for (auto& policy : c.policies) rename(policy.pack);
    }
}

}  // namespace antinomy::cli
