#include "rule/builtin.hpp"

namespace antinomy::rule {

const std::vector<Builtin>& builtins() {
    static const std::vector<Builtin> all{
        {"facts-contradict", "Statements that cannot all be true", Severity::error, false,
         "where statements contradict one another rules are judged on what is left of them, and "
         "nothing else would say so"},
        {"facts-contradict-jointly", "Requirements that are each possible cannot all hold",
         Severity::error, false, ""},
        {"every-account-in-conflict", "On each account something stands in the way of the charge",
         Severity::error, false, ""},
        {"quote-differs-from-value", "A quote speaks of another day than the value it stands for",
         Severity::warning, false, ""},
        {"working-days-not-covered", "The calendar does not say which days are worked",
         Severity::info, false, ""},
        {"suppression-expired", "A suppression has ended, and what it silenced is back",
         Severity::warning, true, ""},
        {"suppression-unused", "A suppression silences nothing", Severity::info, true, ""}};
    return all;
}

const Builtin* find_builtin(std::string_view id) {
    for (const auto& b : builtins())
        if (b.id == id) return &b;
    return nullptr;
}

const std::vector<std::string>& builtin_rules() {
    static const auto ids = [] {
        std::vector<std::string> out;
        for (const auto& b : builtins()) out.emplace_back(b.id);
        return out;
    }();
    return ids;
}

}  // namespace antinomy::rule
