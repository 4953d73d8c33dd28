// What a changed rule is shown as is the language of conditions, and no two changes look alike.
#include "rule/mutants.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <regex>
#include <set>

#include "grammar/condition.hpp"
#include "model/load.hpp"
#include "rule/literals.hpp"
#include "rule/spell.hpp"

namespace antinomy::rule {
namespace {

struct Loaded {
    explicit Loaded(const std::vector<std::string>& paths) : loader(sources, diagnostics) {
        for (const auto& path : paths)
            if (const auto* root = loader.document(path, {})) packs.add(path, root, diagnostics);
        packs.finish(diagnostics);
    }
    text::SourceMap sources;
    text::Diagnostics diagnostics;
    model::Loader loader;
    Packs packs;
};

std::vector<std::string> packs_in(const std::string& folder) {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(ANTINOMY_ROOT + ("/" + folder)))
        if (entry.path().extension() == ".yaml") out.push_back(entry.path().string());
    std::sort(out.begin(), out.end());
    return out;
}

void each_rule(const std::function<void(const Rule&)>& look) {
    auto small = packs_in("tests/broken/rules");
    small.push_back(ANTINOMY_ROOT "/tests/trial/mutate.yaml");
    for (const auto& paths : {packs_in("rules"), small}) {
        const Loaded loaded(paths);
        ASSERT_FALSE(loaded.diagnostics.has_errors());
        for (const auto& rule : loaded.packs.rules()) look(rule);
    }
}

bool reads(const std::string& text) {
    return std::holds_alternative<grammar::Expr>(grammar::parse_condition(text));
}

// "a → b (1 of 2)" to "a" and "b".
std::pair<std::string, std::string> sides(std::string change) {
    change = std::regex_replace(change, std::regex(R"( \(\d+ of \d+\)$)"), "");
    const std::string arrow = " → ";
    const auto at = change.find(arrow);
    return {change.substr(0, at), change.substr(at + arrow.size())};
}

TEST(Mutants, AreShownInTheLanguageOfConditions) {
    std::size_t seen = 0;
    each_rule([&](const Rule& rule) {
        for (const auto& m : mutants(rule)) {
            const auto [before, after] = sides(m.change);
            EXPECT_NE(before, after) << m.change;
            if (after == "no where" || after == "no such exception") continue;
            EXPECT_TRUE(reads(before)) << before;
            EXPECT_TRUE(reads(after)) << after;
            ++seen;
        }
    });
    EXPECT_GT(seen, 300u);
}

TEST(Mutants, AreToldApart) {
    each_rule([](const Rule& rule) {
        std::set<std::string> changes;
        for (const auto& m : mutants(rule)) {
            EXPECT_TRUE(changes.insert(m.change).second) << rule.id << ": " << m.change;
            EXPECT_TRUE(m.span.valid()) << rule.id << ": " << m.change;
            EXPECT_EQ(m.change, canonical_change(m.change));
        }
    });
}

TEST(Mutants, LeaveTheRestOfTheRule) {
    each_rule([](const Rule& rule) {
        for (const auto& m : mutants(rule)) {
            EXPECT_EQ(m.rule.id, rule.id);
            EXPECT_EQ(m.rule.bindings.size(), rule.bindings.size());
            EXPECT_EQ(m.rule.stratum, rule.stratum);
            // Dropped or turned: nothing else goes.
            const auto [before, after] = sides(m.change);
            if (after == "no where") continue;
            EXPECT_EQ(m.rule.where.has_value(), rule.where.has_value());
        }
    });
}

TEST(Mutants, OfARuleAreThese) {
    const Loaded loaded(packs_in("rules"));
    const auto* rule = loaded.packs.find("relative-date-without-anchor");
    ASSERT_NE(rule, nullptr);
    std::vector<std::string> changes;
    for (const auto& m : mutants(*rule)) changes.push_back(m.change);
    EXPECT_EQ(changes, (std::vector<std::string>{"relative(f) → not relative(f)",
                                                 "where relative(f) → no where",
                                                 "anchored(f) → not anchored(f)"}));
}

TEST(Spell, SaysWhatIsWritten) {
    each_rule([](const Rule& rule) {
        for (const auto& literal : literals(rule)) {
            const auto text = spell(*literal.term);
            EXPECT_TRUE(reads(text)) << text;
            // Spelled out by its parts it reads as well, also where a define was called.
            EXPECT_TRUE(reads(spell(*literal.term, literal.term))) << rule.id << ": " << text;
        }
    });
}

TEST(CanonicalChange, FoldsBlanksAndTakesAnyArrow) {
    EXPECT_EQ(canonical_change("  a   before\n b -> a  after b "), "a before b → a after b");
    EXPECT_EQ(canonical_change("a → b"), "a → b");
    EXPECT_EQ(canonical_change(""), "");
}

}  // namespace
}  // namespace antinomy::rule
