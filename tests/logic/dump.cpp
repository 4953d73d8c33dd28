// What the program says of every rule in every case, instance by instance and account by account,
// as one line of JSON a case: what brute.py works out by itself. Only for tests.
//
// Usage: logic_dump VOCABULARY (PACK CASE)...

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "check/run.hpp"
#include "check/state.hpp"
#include "model/load.hpp"
#include "rule/pack.hpp"

namespace antinomy {
namespace {

using json = nlohmann::ordered_json;

json bindings_of(const model::Case& file, const check::Outcome& o) {
    json out = json::object();
    for (std::size_t i = 0; i < o.rule->bindings.size(); ++i) {
        const auto r = o.instance.records[i];
        out[o.rule->bindings[i].name] = r.valid() ? json(file.record(r).id) : json(nullptr);
    }
    return out;
}

// Every outcome, silence included.
json outcomes(const rule::Packs& packs, const model::Case& file, const check::Options& options) {
    std::vector<const rule::Rule*> rules;
    for (const auto& r : packs.rules()) rules.push_back(&r);
    const auto judged = check::judge_case(packs, file, options, rules);
    json out{{"views", json::object()}, {"undecided", judged.undecided.size()}};
    for (const auto& v : judged.views) {
        auto& view = out["views"][v.account.valid() ? file.accounts[v.account.value].id : ""];
        view = {{"stands", v.stands}, {"outcomes", json::array()}};
        for (const auto& o : v.outcomes)
            view["outcomes"].push_back({{"rule", o.rule->id},
                                        {"for", bindings_of(file, o)},
                                        {"status", check::word(o.status)}});
    }
    return out;
}

// What a report of the same case would hold.
json findings(const rule::Packs& packs, const model::Case& file, const check::Options& options) {
    json out = json::array();
    for (const auto& f : check::check_case(packs, file, options).result.findings) {
        json names = json::object();
        for (const auto& [name, path] : f.bindings) names[name] = path.substr(path.rfind('.') + 1);
        out.push_back({{"rule", f.rule}, {"for", names}, {"verdict", check::word(f.verdict)}});
    }
    return out;
}

json answer(const std::string& vocabulary, const std::string& pack, const std::string& path) {
    text::SourceMap sources;
    text::Diagnostics diagnostics;
    model::Loader loader(sources, diagnostics);
    rule::Packs packs;
    for (const auto& file : {vocabulary, pack})
        if (const auto* root = loader.document(file, {})) packs.add(file, root, diagnostics);
    packs.finish(diagnostics);
    loader.add(path);
    loader.finish();
    json out = json::object();
    if (!diagnostics.has_errors())
        for (const auto& files : loader.cases()) {
            const auto file =
                model::build_case(packs.vocabulary(), files.parts, diagnostics, packs.policies());
            if (diagnostics.has_errors()) break;
            check::Options options;
            options.resolve = false;
            options.infer = false;
            out = outcomes(packs, file, options);
            out["findings"] = findings(packs, file, options);
        }
    if (diagnostics.has_errors()) {
        out = json::object();
        out["errors"] = json::array();
        for (const auto& d : diagnostics.items()) out["errors"].push_back(d.message);
    }
    return out;
}

int run(int count, char** arguments) {
    if (count < 4 || count % 2 != 0) {
        std::cerr << "usage: logic_dump VOCABULARY (PACK CASE)...\n";
        return 2;
    }
    for (int i = 2; i < count; i += 2)
        std::cout << answer(arguments[1], arguments[i], arguments[i + 1]).dump() << std::endl;
    return 0;
}

}  // namespace
}  // namespace antinomy

int main(int count, char** arguments) {
    return antinomy::run(count, arguments);
}
